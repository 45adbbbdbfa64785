"""Tables of step 2: places, population, indicators and observations."""

from __future__ import annotations

from typing import Final, get_args

from jevn.challenges.overview_results import Theme
from jevn.tables.schema import Column, TableSchema
from jevn.terms import AREAS, Polarity, Scale

GROUP_DIMENSIONS: Final = ("education", "income", "background", "sex", "age")
"""Dimensions an observation may be divided by (zones are places)."""

PLACE_KINDS: Final = ("country", "region", "municipality", "group", "zone", "former")

PLACES: Final = TableSchema(
    "places",
    "The municipality, its zones and former municipalities (whose parent it is), and places to "
    "compare with.",
    (
        Column("place", "id", "id of the place", True, aliases=("sted", "stad", "geo", "kode")),
        Column("name", "text", "name", True, aliases=("navn", "namn")),
        Column("kind", "choice", "kind of place", True, PLACE_KINDS, ("type", "slag")),
        Column("parent", "id", "id of the place it is part of", aliases=("del av", "overordnet")),
        Column(
            "population", "number", "persons", aliases=("folkemengde", "befolkning"), at_least=0
        ),
    ),
    key=("place",),
)

ZONES: Final = TableSchema(
    "zones",
    "Which basic statistical units the zones are made of. Figures of units are added up to zones.",
    (
        Column("basic_unit", "id", "id of the unit", True, aliases=("grunnkrets", "grunnkrins")),
        Column("zone", "id", "id of the zone", True, aliases=("sone", "levekårssone")),
    ),
    key=("basic_unit",),
)

POPULATION: Final = TableSchema(
    "population",
    "Persons of a place in a year; a dimension left empty means all of that dimension.",
    (
        Column("place", "id", "id of the place", True, aliases=("sted", "stad", "geo")),
        Column("year", "year", "year", True, aliases=("år", "aar")),
        Column("sex", "choice", "sex", choices=("women", "men"), aliases=("kjønn",)),
        Column(
            "age", "text", "one year (`34`), a band (`30-34`) or open (`90+`)", aliases=("alder",)
        ),
        Column(
            "education",
            "choice",
            "own education from 25 years, the parents' below",
            choices=("basic", "upper_secondary", "higher"),
            aliases=("utdanning",),
        ),
        Column(
            "income",
            "choice",
            "fifth of household income, lowest first",
            choices=("q1", "q2", "q3", "q4", "q5"),
            aliases=("inntekt",),
        ),
        Column(
            "background",
            "choice",
            "immigrant background",
            choices=("immigrant", "other"),
            aliases=("bakgrunn", "innvandringsbakgrunn"),
        ),
        Column(
            "persons", "number", "persons", True, aliases=("personer", "antall", "tal"), at_least=0
        ),
        Column("origin", "id", "id of the origin", aliases=("kilde", "kjelde")),
    ),
    key=("place", "year", "sex", "age", "education", "income", "background"),
)

INDICATORS: Final = TableSchema(
    "indicators",
    "An indicator in use.",
    (
        Column("indicator", "id", "id of the indicator", True, aliases=("indikator", "id")),
        Column(
            "area",
            "choice",
            "area of effort it belongs to",
            True,
            tuple(a.value for a in AREAS),
            ("område", "innsatsområde"),
        ),
        Column("name", "text", "name in bokmål", True, aliases=("navn", "name_nb")),
        Column("name_nn", "text", "name in nynorsk", aliases=("namn",)),
        Column("name_en", "text", "name in English"),
        Column(
            "scale",
            "choice",
            "how the value is expressed",
            True,
            tuple(s.value for s in Scale),
            ("skala", "enhet"),
        ),
        Column(
            "polarity",
            "choice",
            "whether a high value is good (`favourable`) or bad (`adverse`) for people",
            True,
            tuple(p.value for p in Polarity),
            ("retning",),
        ),
        Column("definition", "text", "definition in bokmål", aliases=("definisjon",)),
        Column("definition_nn", "text", "definition in nynorsk"),
        Column("definition_en", "text", "definition in English"),
        Column("origin", "id", "id of the origin", aliases=("kilde", "kjelde")),
        Column("note", "text", "note", aliases=("merknad",)),
        Column("ages", "text", "ages it concerns (`16+`, `25-66`), if not all", aliases=("alder",)),
        Column(
            "theme",
            "choice",
            "theme of the overview regulation",
            choices=get_args(Theme),
            aliases=("tema",),
        ),
    ),
    key=("indicator",),
)

OBSERVATIONS: Final = TableSchema(
    "observations",
    "A figure: the value of an indicator in a place, a period and possibly a social group.",
    (
        Column("indicator", "id", "id of the indicator", True, aliases=("indikator",)),
        Column("place", "id", "id of the place", True, aliases=("sted", "stad", "geo")),
        Column(
            "period_start", "year", "first year", True, aliases=("år", "fra år", "frå år", "year")
        ),
        Column("period_end", "year", "last year (empty: the first year)", aliases=("til år",)),
        Column(
            "dimension",
            "choice",
            "social dimension (empty: all persons)",
            choices=GROUP_DIMENSIONS,
            aliases=("dimensjon",),
        ),
        Column(
            "group",
            "text",
            "group of the dimension; ages as `16-24`, `80+` or `17`",
            aliases=("gruppe",),
        ),
        Column("value", "number", "value on the indicator's scale", aliases=("verdi",), signs=True),
        Column(
            "numerator", "number", "cases", aliases=("teller", "teljar"), at_least=0, signs=True
        ),
        Column(
            "denominator",
            "number",
            "persons, or person-years for rates",
            aliases=("nevner", "nemnar"),
            at_least=0,
            signs=True,
        ),
        Column("n", "number", "respondents", aliases=("svar",), at_least=0, signs=True),
        Column("lower", "number", "lower 95 % limit", aliases=("nedre",), signs=True),
        Column("upper", "number", "upper 95 % limit", aliases=("øvre",), signs=True),
        Column(
            "flag",
            "choice",
            "what is special about the value",
            choices=("hidden", "missing", "not_possible", "unrevised", "estimated"),
            aliases=("merke", "flagg"),
        ),
        Column(
            "basis",
            "choice",
            "what kind of value it is",
            choices=("share", "rate", "standardised", "mean"),
            aliases=("grunnlag",),
        ),
        Column("vintage", "text", "edition of the figures", aliases=("utgave", "utgåve")),
        Column("origin", "id", "id of the origin", aliases=("kilde", "kjelde")),
    ),
    key=(
        "indicator",
        "place",
        "period_start",
        "period_end",
        "dimension",
        "group",
        "basis",
        "vintage",
    ),
)
