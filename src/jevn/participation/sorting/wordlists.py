"""The word lists: one open file per area, read and checked once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from jevn.participation.sorting.patterns import Vocabulary
from jevn.terms import AREAS, EffortArea

_KINDS = ("names", "hints", "not")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a word list: a word or phrase that speaks for (or against) an area.

    Attributes:
        area: the area.
        kind: ``names`` names the area; ``hints`` points to it, but not alone; ``not`` is a
            use of words that has nothing to do with the area.
        text: the pattern as written.
        parts: numbers of its words in the vocabulary.
    """

    area: EffortArea
    kind: str
    text: str
    parts: tuple[int, ...]


@dataclass(frozen=True)
class WordLists:
    """All word lists, ready for matching.

    Attributes:
        vocabulary: every single-word pattern.
        by_first: entries by the number of their first word.
    """

    vocabulary: Vocabulary
    by_first: dict[int, tuple[Entry, ...]]


@cache
def word_lists() -> WordLists:
    """The word lists of the package.

    Raises:
        ValueError: if a list has an unknown field or an area has no list (a fault in the
            package's own files).
    """
    raw: list[tuple[EffortArea, str, str]] = []
    for area in AREAS:
        path = files("jevn.participation.sorting").joinpath("words", f"{area.value}.yaml")
        raw.extend((area, kind, text) for kind, text in _read(path.read_text("utf-8"), area))
    vocabulary = Vocabulary(word for _, _, text in raw for word in text.split())
    by_first: dict[int, list[Entry]] = {}
    for area, kind, text in dict.fromkeys(raw):
        parts = tuple(vocabulary.number[word] for word in text.split())
        by_first.setdefault(parts[0], []).append(Entry(area, kind, text, parts))
    return WordLists(vocabulary, {first: tuple(found) for first, found in by_first.items()})


def _read(text: str, area: EffortArea) -> list[tuple[str, str]]:
    content: dict[str, list[Any]] = yaml.safe_load(text)
    if set(content) - set(_KINDS):
        raise ValueError(f"word list of {area.value}: unknown field")
    found: list[tuple[str, str]] = []
    for kind in _KINDS:
        for entry in content.get(kind) or []:
            if not isinstance(entry, str) or not entry.strip("* "):
                raise ValueError(f"word list of {area.value}: {entry!r} is not a word")
            found.append((kind, " ".join(entry.lower().split())))
    return found
