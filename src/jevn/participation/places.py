"""Places named in what people say: zones and districts, never a person's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import polars as pl

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|[.!?:\n]")
_BEFORE = frozenset(
    {
        "på", "i", "ved", "fra", "frå", "til", "for", "rundt", "mellom", "langs", "om",
        "hos", "over", "under", "innover", "mot", "nær", "innen", "innan", "hele", "heile",
        "øvre", "ytre", "indre", "gamle",
    }
)  # fmt: skip
_AFTER = frozenset(
    {
        "skole", "skule", "barnehage", "bydel", "kommunedel", "sentrum", "torg", "stasjon",
        "idrettslag", "il", "kirke", "kyrkje", "park", "bibliotek", "helsestasjon",
        "ungdomsskole", "ungdomsskule", "barneskole", "barneskule", "velforening",
        "grendehus", "sykehjem", "sjukeheim", "kulturhus", "svømmehall", "frivilligsentral",
        "området",
    }
)  # fmt: skip
_TITLES = frozenset(
    {"herr", "fru", "hr", "rektor", "ordfører", "ordførar", "rådmann", "lege", "dr"}
)
_AND = frozenset({"og", "eller", "och"})
_STOPS = frozenset(".!?:\n")
_AREA_KINDS = ("zone", "former")


def place_names(places: pl.DataFrame) -> Mapping[str, str]:
    """Names of the parts of a municipality with their id; a name that two places share is left out.

    Args:
        places: table ``PLACES``.
    """
    found: dict[str, str] = {}
    shared: set[str] = set()
    for place, name, kind in places.select("place", "name", "kind").iter_rows():
        if kind not in _AREA_KINDS:
            continue
        key = name.strip()
        shared.update([key] if key in found else [])
        found[key] = place
    return {name: place for name, place in found.items() if name not in shared}


def recognise_place(text: str, names: Mapping[str, str]) -> str | None:
    """The one place that a text names, or ``None`` if it names none or several.

    A name counts in its own spelling, with or without the genitive *s*, where it stands as a
    place does: after *på*, *i*, *ved*, *fra* and the like, before *skole*, *bydel* and the like,
    in the genitive before a common noun, or first in a sentence before a word in lower case.
    Beside another name it may be a person's (*Kari Fjell*, *Fjell Hansen*), and does not count.

    Args:
        text: what was said.
        names: names of places with their ids (:func:`place_names`).

    >>> recognise_place("Trygg skolevei på Fjell", {"Fjell": "z1"})
    'z1'
    >>> recognise_place("Hilsen Kari Fjell", {"Fjell": "z1"})
    """
    words = [m.group() for m in _WORD.finditer(text)]
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for name in names:
        parts = tuple(_WORD.findall(name))
        if parts:
            by_first.setdefault(parts[0], []).append(parts)
    spelled = {tuple(_WORD.findall(name)): place for name, place in names.items()}
    found: set[str] = set()
    at = 0
    while at < len(words):
        parts = _longest(words, at, by_first)
        joined = bool(found) and at > 0 and words[at - 1].lower() in _AND
        if parts and (joined or _as_place(words, at, at + len(parts), parts)):
            found.add(spelled[parts])
        at += len(parts) if parts else 1
    return found.pop() if len(found) == 1 else None


def _longest(
    words: list[str], at: int, by_first: Mapping[str, list[tuple[str, ...]]]
) -> tuple[str, ...]:
    firsts = {words[at], _no_genitive(words[at])}
    known: Iterable[tuple[str, ...]] = (p for f in firsts for p in by_first.get(f, ()))
    return max((p for p in known if _stands(words, at, p)), key=len, default=())


def _stands(words: list[str], at: int, parts: tuple[str, ...]) -> bool:
    here = words[at : at + len(parts)]
    if len(here) < len(parts) or tuple(here[:-1]) != parts[:-1]:
        return False
    return parts[-1] in (here[-1], _no_genitive(here[-1]))


def _as_place(words: list[str], first: int, after: int, parts: tuple[str, ...]) -> bool:
    before = words[first - 1] if first else "\n"
    follows = words[after] if after < len(words) else "\n"
    if follows.lower() in _AFTER:
        return True
    if follows[0].isupper():
        return False
    if before.lower() in _BEFORE:
        return True
    genitive = words[after - 1] != parts[-1]
    if before in _STOPS:
        return genitive or follows not in _STOPS
    return before[0].islower() and before not in _TITLES | _AND and (genitive or follows in _STOPS)


def _no_genitive(word: str) -> str:
    return word[:-2] if word.endswith(("'s", "’s")) else word.removesuffix("s").rstrip("'’")
