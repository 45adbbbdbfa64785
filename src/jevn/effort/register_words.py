"""Words that municipalities use in registers of services and actions, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from jevn.terms import AREAS, DIMENSIONS, LANGUAGES, EffortArea, Reach, Say, SocialDimension
from jevn.terms.dimensions import known_groups

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "service": ("id", "tjeneste-id", "teneste-id", "tiltaks-id", "tiltaksid", "tiltaksnr", "nr",
                "løpenr", "løpenummer", "tiltaksnummer", "service"),
    "name": ("tjeneste", "teneste", "tiltak", "navn", "namn", "tiltaksnavn", "tiltaksnamn",
             "tjenestenavn", "tenestenamn", "tjeneste/tiltak", "teneste/tiltak", "tilbud", "tilbod",
             "tjeneste eller tiltak", "navn på tiltak", "navn på tjeneste", "name"),
    "kind": ("slag", "type", "tjeneste eller tiltak?", "kind"),
    "area": ("innsatsområde", "område", "satsingsområde", "satsningsområde", "area"),
    "year": ("år", "regnskapsår", "rekneskapsår", "budsjettår", "year"),
    "unit": ("enhet", "eining", "virksomhet", "verksemd", "avdeling", "sektor", "ansvarlig",
             "ansvarleg", "ansvarlig enhet", "ansvarleg eining", "unit"),
    "function": ("funksjon", "kostra-funksjon", "kostrafunksjon", "kostra funksjon", "kostra",
                 "funksjonskode", "function"),
    "reach": ("innretning", "innretting", "rekkevidde", "universell/målrettet",
              "universelt/målrettet", "universelt eller målrettet", "reach"),
    "target_group": ("målgruppe", "hvem er det for", "for hvem", "for kven", "target_group"),
    "ages": ("alder", "aldersgruppe", "aldersgrupper"),
    "from_age": ("fra alder", "frå alder", "alder fra", "alder frå", "from_age"),
    "to_age": ("til alder", "alder til", "to_age"),
    "situation": ("situasjon", "livssituasjon", "kjennetegn", "kjenneteikn", "situation"),
    "places": ("sted", "steder", "stad", "stader", "sone", "soner", "levekårssone", "levekårssoner",
               "bydel", "geografi", "geografisk område", "hvor", "kvar", "places"),
    "gross_nok": ("brutto", "brutto kostnad", "bruttokostnad", "bruttobudsjett", "brutto budsjett",
                  "brutto utgift", "brutto driftsutgift", "utgifter", "gross_nok"),
    "net_nok": ("netto", "netto kostnad", "nettokostnad", "nettobudsjett", "netto budsjett",
                "netto utgift", "netto driftsutgift", "kostnad", "årlig kostnad", "årleg kostnad",
                "budsjett", "regnskap", "rekneskap", "beløp", "ressurser", "net_nok"),
    "fte": ("årsverk", "stillinger", "antall årsverk", "stillingar", "fte"),
    "users": ("brukere", "brukarar", "antall brukere", "tal på brukarar", "brukere i alt",
              "brukere totalt", "deltakere", "deltakarar", "antall deltakere", "users"),
    "basis": ("grunnlag", "basis"),
    "certainty": ("sikkerhet", "visse", "certainty"),
    "intervention": ("tiltakstype", "kunnskapskatalog", "kobling til forskning", "evidens",
                     "kopling til forsking", "intervention"),
    "origin": ("kilde", "kjelde", "origin"),
}  # fmt: skip
"""Column -> headings, in lower case and without units or brackets."""

VALUES: Mapping[str, Mapping[str, str]] = {
    "kind": {
        "tjeneste": "service", "teneste": "service", "service": "service", "ordinær": "service",
        "tiltak": "action", "action": "action", "prosjekt": "action",
    },
    "basis": {
        "talt": "counted", "talt opp": "counted", "telt": "counted", "counted": "counted",
        "regnskap": "counted", "registrert": "counted",
        "anslag": "estimated", "anslått": "estimated", "estimat": "estimated",
        "estimated": "estimated", "standard": "default", "default": "default",
    },
    "certainty": {
        "høy": "high", "høg": "high", "god": "high", "high": "high",
        "middels": "medium", "medium": "medium",
        "lav": "low", "låg": "low", "usikker": "low", "low": "low",
    },
    "reach": {
        "universell": Reach.UNIVERSAL, "universelt": Reach.UNIVERSAL, "universal": Reach.UNIVERSAL,
        "for alle": Reach.UNIVERSAL, "alle": Reach.UNIVERSAL,
        "proporsjonal": Reach.PROPORTIONATE, "proporsjonalt": Reach.PROPORTIONATE,
        "proporsjonal universalisme": Reach.PROPORTIONATE, "proportionate": Reach.PROPORTIONATE,
        "målrettet": Reach.TARGETED, "målretta": Reach.TARGETED, "targeted": Reach.TARGETED,
        "selektiv": Reach.TARGETED, "selektivt": Reach.TARGETED, "indisert": Reach.TARGETED,
    },
}  # fmt: skip
"""Column -> word -> value."""

WHOLE_MUNICIPALITY = frozenset(
    ("hele kommunen", "heile kommunen", "kommunen", "alle", "alle soner", "hele", "–", "-")
)
"""Words for a service that is in no zone of its own."""

_EXTRA_GROUPS: Mapping[str, tuple[SocialDimension, str]] = {
    "bare grunnskole": (SocialDimension.EDUCATION, "basic"),
    "vgs": (SocialDimension.EDUCATION, "upper_secondary"),
    "videregående skole": (SocialDimension.EDUCATION, "upper_secondary"),
    "vidaregåande skule": (SocialDimension.EDUCATION, "upper_secondary"),
    "universitet/høgskole": (SocialDimension.EDUCATION, "higher"),
    "universitet og høgskole": (SocialDimension.EDUCATION, "higher"),
    "innvandrere": (SocialDimension.BACKGROUND, "immigrant"),
    "jenter": (SocialDimension.SEX, "women"),
    "gutter": (SocialDimension.SEX, "men"),
}
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_UNIT_WORDS = re.compile(
    r",?\s*\b(i )?(1[ .\u00a0]?000|hele|tusen|mill\.?|millioner)?\s*(kr|kroner|nok)\b\.?"
    r"|\b20\d\d\b|\bt\.?kr\b"
)
_USERS = re.compile(r"^(antall |tal på )?(brukere|brukarar|deltakere|deltakarar)\b[\s:,–-]*")
_BY = re.compile(
    r"^(etter|med|fra|frå|i|bosatt i|busett i)\s+"
    r"((utdanning|inntekt|kjønn|sone|bakgrunn)\b[\s:,–-]*)?"
)


def heading_word(text: str) -> str:
    """A heading as it is looked up: lower case, without units, years, brackets and colon."""
    bare = _UNIT_WORDS.sub(" ", _BRACKETS.sub(" ", text.casefold()))
    return " ".join(bare.split()).strip(" :*,")


@cache
def _roles() -> Mapping[str, str]:
    return {word: column for column, words in HEADINGS.items() for word in words}


def column_of(text: str) -> str | None:
    """The column a heading names; ``None`` if it is not known."""
    return _roles().get(heading_word(text)) or _roles().get(text.casefold().strip())


def group_of(text: str, zones: Mapping[str, str]) -> tuple[SocialDimension, str] | None:
    """The social group or zone whose users a heading says it counts; ``None`` if none.

    Args:
        text: a heading such as ``Brukere etter utdanning Grunnskole``.
        zones: place ids by name in lower case.

    >>> group_of("Brukere: Grunnskole", {})
    (<SocialDimension.EDUCATION: 'education'>, 'basic')
    """
    bare = heading_word(text)
    if not _USERS.match(bare):
        return None
    word = _BY.sub("", _USERS.sub("", bare)).strip()
    if word in zones:
        return SocialDimension.ZONE, zones[word]
    return _groups().get(word)


def counts_users(text: str) -> bool:
    """Whether a heading says that users are counted."""
    return _USERS.match(heading_word(text)) is not None


@cache
def _groups() -> Mapping[str, tuple[SocialDimension, str]]:
    found = dict(_EXTRA_GROUPS)
    for lang in LANGUAGES:
        say = Say(lang)
        for dimension in DIMENSIONS:
            for group in known_groups(dimension) or ():
                key = f"group.{dimension}.{group}"
                if say.has(key):
                    found.setdefault(say(key).casefold(), (dimension, group))
    return found


@cache
def area_words() -> Mapping[str, EffortArea]:
    """Areas by id and by short and long name in every language, in lower case."""
    found: dict[str, EffortArea] = {}
    for area in AREAS:
        found[area.value] = area
        for lang in LANGUAGES:
            say = Say(lang)
            for key in (f"area.{area}", f"area.{area}.short"):
                name = say(key).casefold()
                found.setdefault(name, area)
                found.setdefault(_BRACKETS.sub("", name).strip(), area)
    return found
