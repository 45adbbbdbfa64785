"""How statistics files write places, periods, figures and hidden values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from jevn.sources.periods import read_period

SIGNS: Final = frozenset(
    {
        "",
        ":",
        ".",
        "..",
        "...",
        "…",
        "-",
        "–",
        "—",
        "*",
        "**",
        "k",
        "K",
        "x",
        "X",
        "na",
        "NA",
        "n/a",
    }
)
"""Signs that stand where a producer gives no figure; also less-than signs such as ``<5``."""

_LESS: Final = r"[<>≤≥]\s?=?\s?\d{1,3}"
SIGN: Final = rf"^(?:|[.:*\-–—…]|\.\.|\.\.\.|\*\*|[kKxX]|[nN]/?[aA]|{_LESS})$"
"""The signs as a pattern."""

NUMBER: Final = (
    r"^[+\-−]?(?:(?:\d{1,3}(?:[ \u00a0\u2007\u2009\u202f.,]\d{3})+|\d+)(?:[.,]\d*)?|[.,]\d+)"
    r"(?:[eE][+-]?\d+)?\s?%?$"
)
"""Anything that could be a number, with or without percent sign."""

_STEMS: Final = (
    "kommune|fylkeskommune|fylke|fylkes|bydel|bydels|delbydel|delbydels|grunnkrets|grunnkretser|"
    "knr|komm|kommnr|levekårssone|levekårssoner|sone|region|geografi|geo|geografisk område|"
    "location|municip|municipality|county|place|sted|område|områdes|delområde|zone|bosted|bostedskommune|nation"
)
_PLACE: Final = re.compile(
    rf"^(?:{_STEMS})(?P<end>s?\.?[ _-]?(?:nummer|nr\.?|kode|id|code|navn|name))?"
    r"(?:[ _]?\(?\d{4}\)?)?(?:[ _](?:alle|current|original))?$"
)
_PERIOD: Final = re.compile(
    r"^(?:år|aar|year|calyear|periode|period|tid|time|årstall|skoleår|skoleår[ _]slutt|"
    r"statistikkår|måned|kvartal|intervall|dato|år ?\((?:intervall|periode)\)|årgang)$"
)
_NAME: Final = re.compile(r"^(?:name|navn|label|.*[ _]?(?:navn|name))$")
_KEY: Final = re.compile(
    r"^(?:alder|aldersgruppe|age\w*|sort\w*|rekkefølge|rank|funksjon|art|kontoklasse|ansvar|"
    r"trinn|klassetrinn|kjønn|kjonn|sex|gender|utdann\w*|innvkat|landbak\w*|soes|sivilstand|"
    r"measure_type|.*(?:kode|code|nummer|[ _]nr\.?|[ _]id|_id))$"
)
_FIGURE: Final = re.compile(
    r"^(?:value|verdi|tal|n|obs|pst\.?|%|sum|beløp|belop|amount|kroner|persons?|personer|pop|pop_\w+|"
    r"rate|count|forholdstall|gjennomsnitt|snitt|mean|median|score|poeng|teller|nevner|numerator|"
    r"denominator|nedre\w*|øvre\w*|lower\w*|upper\w*|meis|smr)(?:[ _(].*)?$"
    r"|^(?:antall|andel|prosent|percent)|(?:prosent|andel|antall)(?:[ _(].*)?$|^per 1 ?0"
)
_HELPER: Final = re.compile(r"^sort[ _]?\w+$")

_SEX: Final = re.compile(
    r"^(?:menn|kvinner|gutter|jenter|begge kjønn|kjønn samlet|alle kjønn|mann|kvinne|men|women|"
    r"male|female|males|females|boys|girls|total kjønn)$"
)
_AGE: Final = re.compile(
    r"^\d{1,3}(?:\s?[-–_]\s?\d{1,3})?\s?(?:\+|år|år og over|år \+)?\s?(?:år)?$"
)


def heading(text: str) -> str:
    """A heading as it is compared."""
    return " ".join(text.casefold().split()).rstrip(":")


def is_place(text: str) -> bool:
    """Whether a heading says that the column holds places."""
    return _PLACE.match(heading(text)) is not None


def is_code(text: str) -> bool:
    """Whether the heading of a place says that it is a code."""
    found = _PLACE.match(heading(text))
    end = (found["end"] or "") if found else ""
    return bool(end) and not end.endswith(("navn", "name"))


def code_width(text: str) -> int | None:
    """Figures in the codes below a heading: 4 for municipalities, 2 for counties."""
    found = re.match(r"^(kommune|fylke)s?[ _-]?(?:nummer|nr\.?|kode)", heading(text))
    return {"kommune": 4, "fylke": 2}[found[1]] if found else None


def is_name(text: str) -> bool:
    """Whether a heading says that the column holds names."""
    return _NAME.match(heading(text)) is not None


def is_period(text: str) -> bool:
    """Whether a heading says that the column holds periods."""
    return _PERIOD.match(heading(text)) is not None


def is_key(text: str) -> bool:
    """Whether the numbers below a heading are codes, ages and the like, not figures."""
    return _KEY.match(heading(text)) is not None


def is_figure(text: str) -> bool:
    """Whether a heading says that the column holds figures."""
    return _FIGURE.search(heading(text)) is not None


def is_helper(text: str) -> bool:
    """Whether a column only serves to sort another (as reporting tools write)."""
    return _HELPER.match(heading(text)) is not None


def kind_of(values: Sequence[str]) -> str | None:
    """What headings that stand beside each other are: ``kjønn`` or ``alder``, if that is plain."""
    given = [heading(v) for v in values]
    if any(map(_SEX.match, given)):
        return "kjønn"
    if len(given) > 1 and all(map(_AGE.match, given)):
        return "alder"
    return None


_COUNTRY: Final = frozenset({"EAK", "00", "0", "nation_nor"})
_CODES: Final = (
    (re.compile(r"^K-?(\d{4})$"), ""),
    (re.compile(r"^F-(\d{2})$"), ""),
    (re.compile(r"^EKA(\d{2})$"), ""),
    (re.compile(r"^E?KG(\d{1,2})$"), "KG"),
    (re.compile(r"^(?:municip|county|ward\w*|wards|extrawards?)_nor(\d{2,8})$"), ""),
)
_BOTH: Final = re.compile(
    r"^(?P<code>\d{2}|\d{4}|\d{6}|\d{8}|\d{10}|K-?\d{4}|F-\d{2}|EKA\d{2}|EAKUO|EAK|EKG\d{1,2}|0)"
    r"\s*[-–:.]?\s+(?P<name>\D.*)$"
)
_PLAIN: Final = re.compile(r"^(?:\d{2}|\d{4}|\d{6}|\d{8}|\d{10})$")


def read_place(text: str) -> tuple[str, str | None]:
    """Code and name of a place as written.

    Codes lose what statistics bureaus put before them: ``K3005``, ``K-3005`` and
    ``municip_nor3005`` are ``3005``; ``EKA33`` and ``F-33`` are ``33``; ``EKG11`` is ``KG11``;
    ``EAK`` and ``00`` are the country, ``0``. A place that is a name only is its own code.

    >>> read_place("3005 Drammen"), read_place("K3005"), read_place("EAK Landet")
    (('3005', 'Drammen'), ('3005', None), ('0', 'Landet'))
    """
    given = text.strip()
    both = _BOTH.match(given)
    if both is not None:
        return _code(both["code"]), both["name"].strip()
    return _code(given), None


def has_code(text: str) -> bool:
    """Whether a place as written has a code."""
    given = text.strip()
    known = _PLAIN.match(given) or _BOTH.match(given) or given in _COUNTRY
    return bool(known) or any(pattern.match(given) for pattern, _ in _CODES)


def _code(text: str) -> str:
    if text in _COUNTRY:
        return "0"
    for pattern, front in _CODES:
        found = pattern.match(text)
        if found is not None:
            return front + found[1]
    return text


_MONTHS: Final = {
    name: number
    for names in (
        "januar februar mars april mai juni juli august september oktober november desember",
        "january february march april may june july august september october november december",
    )
    for number, whole in enumerate(names.split(), start=1)
    for name in (whole, whole[:3])
}
_MONTH: Final = re.compile(
    r"^([a-zæøå]+)\.?[ -]+(\d{4})$|^(\d{4})[ -]+([a-zæøå]+)\.?$", re.IGNORECASE
)
_QUARTER: Final = re.compile(
    r"^(?:(\d)\. ?(kvartal|kv\.?|halvår|tertial)\.? (\d{4})"
    r"|(\d{4}) (\d)\. ?(kvartal|halvår|tertial))$",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(r"\s*\((?!.*\d{4}).*\)$")
_SHORT: Final = re.compile(r"^(\d{4})[-–/](\d{2})$")
_FIRST_DAY: Final = re.compile(r"^(\d{4})-01-01(?:[T ].*)?$")
_WHOLE: Final = re.compile(r"^\d{4}$")
_WITHIN: Final = re.compile(
    r"^(?P<before>.*?)[\s_(,:–-]*(?P<period>(?:19|20)\d{2}(?:/\d{2})?"
    r"(?:\s*[-–_/]\s*(?:19|20)\d{2}(?:/\d{2})?)?)\)?$"
)


def read_periods(texts: Sequence[str]) -> dict[str, str] | None:
    """Periods as codes, by how they are written; ``None`` if one of them is no period.

    One year is ``2024``, several are ``2022_2024``; ``mars 2024`` is ``2024M03`` and
    ``1. kvartal 2024`` is ``2024K1``. A school year ``2022/23`` or ``2022-23`` is
    ``2022_2023``; a first of January stands for its year. Months, quarters and other days keep
    their form.

    >>> read_periods(["2022–2024 (3-årig)", "2014/15-2016/17", "2019-01-01"])
    {'2022–2024 (3-årig)': '2022_2024', '2014/15-2016/17': '2014_2017', '2019-01-01': '2019'}
    """
    bare = {t: _TAIL.sub("", t.strip()) for t in texts}
    short = [_SHORT.match(b) for b in bare.values()]
    schools = [m for m in short if m and int(m[2]) == (int(m[1]) + 1) % 100]
    months = [m for m in short if m and m[0][4] == "-" and 1 <= int(m[2]) <= 12]
    as_schools = bool(schools) and len(schools) == sum(m is not None for m in short)
    if as_schools and len(months) == len(schools):
        as_schools = len({m[0] for m in schools}) > 1 or "/" in schools[0][0]
    found = {}
    for text, given in bare.items():
        code = _period(given, schools=as_schools)
        if code is None:
            return None
        found[text] = code
    return found


def _period(given: str, *, schools: bool) -> str | None:
    match = _SHORT.match(given)
    if match and schools:
        return f"{match[1]}_{int(match[1]) + 1}"
    first = _FIRST_DAY.match(given)
    if first is not None:
        return first[1]
    if match and (given[4] != "-" or not 1 <= int(match[2]) <= 12):
        return None
    named = _part_of_year(given)
    if named is not None or re.match(r"\d{4}", given) is None:
        return named
    years = read_period(given)
    if years is None:
        return None
    if _WHOLE.match(given):
        return given if 1800 <= int(given) <= 2200 else None
    return f"{years[0]}_{years[1]}" if years[0] != years[1] else given


def _part_of_year(given: str) -> str | None:
    """A month, quarter, third or half of a year by its name."""
    month = _MONTH.match(given)
    if month is not None:
        number = _MONTHS.get((month[1] or month[4]).casefold())
        return f"{month[2] or month[3]}M{number:02}" if number else None
    quarter = _QUARTER.match(given)
    if quarter is not None:
        sign = {"k": "K", "h": "H", "t": "T"}[(quarter[2] or quarter[6])[0].casefold()]
        return f"{quarter[3] or quarter[4]}{sign}{quarter[1] or quarter[5]}"
    return None


def split_period(text: str) -> tuple[str, str] | None:
    """A heading that holds a period at its end: what stands before, and the period.

    >>> split_period("Andel (2021-2023)"), split_period("Antall 2024"), split_period("Andel")
    (('Andel', '2021-2023'), ('Antall', '2024'), None)
    """
    found = _WITHIN.match(text.strip())
    return (found["before"].strip(" _-–(,:"), found["period"]) if found else None
