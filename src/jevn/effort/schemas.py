"""Tables of step 3: accounts, comparison, shares, services and their users."""

from __future__ import annotations

from jevn.tables import Column, TableSchema
from jevn.terms import AREAS, Reach, SocialDimension

_YEAR = Column("year", "year", "accounting year", required=True, aliases=("år", "regnskapsår"))
_FUNCTION = Column(
    "function",
    "id",
    "KOSTRA function, three digits",
    required=True,
    aliases=("funksjon", "kostrafunksjon", "kostra-funksjon", "funksjonskode"),
)
_AREA = Column(
    "area",
    "choice",
    "area of effort",
    required=True,
    choices=tuple(a.value for a in AREAS),
    aliases=("innsatsområde", "område"),
)
_REACH = Column(
    "reach",
    "choice",
    "whom it is meant for",
    required=True,
    choices=tuple(r.value for r in Reach),
    aliases=("innretning", "rekkevidde"),
)
_BASIS = Column(
    "basis",
    "choice",
    "how the figure was found",
    choices=("counted", "estimated", "default"),
    aliases=("grunnlag",),
)
_ORIGIN = Column("origin", "id", "id in origins.yaml", aliases=("kilde", "opphav"))
_STATUS = Column(
    "status",
    "choice",
    "whether the figures may still change: KOSTRA is unrevised until 15 June",
    choices=("revised", "unrevised"),
)
_SERVICE = Column(
    "service",
    "id",
    "id of the service or action",
    required=True,
    aliases=("tjeneste", "tiltak", "tjeneste-id", "tiltaks-id"),
)

ACCOUNTS = TableSchema(
    "accounts",
    "An amount in the running accounts by function, type and responsibility.",
    (
        _YEAR,
        _FUNCTION,
        Column(
            "type",
            "id",
            "KOSTRA type (art), three digits, or the sums AGD10 and AGD2; empty = a net sum",
            aliases=("art", "kostraart", "kostra-art", "artskode"),
        ),
        Column(
            "responsibility",
            "text",
            "unit responsible in the municipality's own chart",
            aliases=("ansvar", "ansvarsområde", "ansvarssted", "enhet"),
        ),
        Column(
            "amount",
            "amount",
            "kroner; income types (600-990) negative",
            required=True,
            aliases=("beløp", "belop", "kroner", "regnskap", "sum"),
        ),
    ),
)

COMPARISON_ACCOUNTS = TableSchema(
    "comparison_accounts",
    "Net running cost per inhabitant of another place, by function.",
    (
        Column(
            "place", "id", "place id", required=True, aliases=("sted", "kommune", "kommunenummer")
        ),
        _YEAR,
        _FUNCTION,
        Column(
            "net_nok_per_inhabitant",
            "amount",
            "net running cost, kroner per inhabitant",
            required=True,
            aliases=("netto per innbygger", "netto driftsutgifter per innbygger"),
        ),
        _ORIGIN,
        _STATUS,
    ),
    key=("place", "year", "function"),
)

SHARES = TableSchema(
    "shares",
    "The share of a function that belongs to an area; replaces the function's defaults whole.",
    (
        _FUNCTION,
        _AREA,
        Column(
            "share",
            "share",
            "part of the function's net running cost, 0-1",
            required=True,
            aliases=("andel",),
            at_least=0,
            at_most=1,
        ),
        _REACH,
        _BASIS,
        Column("note", "text", "why", aliases=("merknad", "begrunnelse")),
    ),
    key=("function", "area", "reach"),
)

SERVICES = TableSchema(
    "services",
    "A service or action in one area, function and year.",
    (
        _SERVICE,
        Column("name", "text", "name of the service", required=True, aliases=("navn",)),
        Column(
            "kind",
            "choice",
            "ordinary service, or action",
            required=True,
            choices=("service", "action"),
            aliases=("slag",),
        ),
        _AREA,
        _YEAR,
        Column("unit", "text", "organisational unit", aliases=("enhet",)),
        _FUNCTION,
        _REACH,
        Column("target_group", "text", "whom it is for, in words", aliases=("målgruppe",)),
        Column(
            "from_age",
            "integer",
            "first age it is for",
            aliases=("fra alder",),
            at_least=0,
            at_most=120,
        ),
        Column(
            "to_age",
            "integer",
            "last age it is for",
            aliases=("til alder",),
            at_least=0,
            at_most=120,
        ),
        Column("situation", "text", "what they have in common", aliases=("situasjon",)),
        Column("places", "list", "place ids served", aliases=("steder", "soner")),
        Column(
            "gross_nok", "amount", "gross running cost, kroner", aliases=("brutto",), at_least=0
        ),
        Column("net_nok", "amount", "net running cost, kroner", aliases=("netto",)),
        Column("fte", "number", "full-time equivalents", aliases=("årsverk",), at_least=0),
        Column("users", "number", "users in the year", aliases=("brukere",), at_least=0),
        _BASIS,
        Column(
            "certainty",
            "choice",
            "how sure the figures are",
            choices=("low", "medium", "high"),
            aliases=("sikkerhet",),
        ),
        Column(
            "intervention",
            "id",
            "id of the intervention type in the evidence catalogue",
            aliases=("tiltakstype",),
        ),
        _ORIGIN,
    ),
    key=("service", "year"),
)

SERVICE_USERS = TableSchema(
    "service_users",
    "Users of a service in one social group or zone.",
    (
        _SERVICE,
        _YEAR,
        Column(
            "dimension",
            "choice",
            "social dimension",
            required=True,
            choices=tuple(d.value for d in SocialDimension),
            aliases=("dimensjon",),
        ),
        Column("group", "id", "social group, or zone", required=True, aliases=("gruppe",)),
        Column(
            "users", "number", "users in the group", required=True, aliases=("brukere",), at_least=0
        ),
    ),
    key=("service", "year", "dimension", "group"),
)
