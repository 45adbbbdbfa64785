"""The word lists: one open file per area, read and checked once, and a municipality's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, get_args

import yaml

from jevn.participation.sorting.patterns import GAP, Vocabulary
from jevn.terms import AREAS, EffortArea

Kind = Literal["names", "hints", "otherwise", "not"]
KINDS: tuple[Kind, ...] = get_args(Kind)
NO_PART = -1
"""Stands for a gap among the parts of a phrase."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase as someone wrote it in a list.

    Attributes:
        area: the area it belongs to.
        kind: ``names`` names the area; ``hints`` points to it, but not alone; ``otherwise``
            names it if nothing else in the text names an area; ``not`` is a use of words that
            has nothing to do with the area.
        text: the pattern (see :mod:`jevn.participation.sorting.patterns`).
    """

    area: EffortArea
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a word list, ready for matching.

    Attributes:
        word: the line.
        parts: numbers of its words in the vocabulary; a gap is :data:`NO_PART`.
    """

    word: Word
    parts: tuple[int, ...]


@dataclass(frozen=True)
class WordLists:
    """All word lists, ready for matching.

    Attributes:
        words: every line.
        vocabulary: every single-word pattern.
        by_first: entries by the number of their first word.
    """

    words: tuple[Word, ...]
    vocabulary: Vocabulary
    by_first: dict[int, tuple[Entry, ...]]


@lru_cache(maxsize=8)
def word_lists(own: tuple[Word, ...] = ()) -> WordLists:
    """The package's word lists with a municipality's own words.

    A word that the municipality gives another kind than the package does (as ``not`` where the
    package has ``names``) is taken as the municipality has it.

    Args:
        own: the municipality's words.

    Raises:
        ValueError: if a list of the package has an unknown field or an area has no list.
    """
    decided = {(w.area, w.text) for w in own}
    kept = (w for w in _package() if (w.area, w.text) not in decided)
    words = tuple(dict.fromkeys((*kept, *own)))
    vocabulary = Vocabulary(p for w in words for p in w.text.split() if p != GAP)
    by_first: dict[int, list[Entry]] = {}
    for word in words:
        parts = tuple(NO_PART if p == GAP else vocabulary.number[p] for p in word.text.split())
        by_first.setdefault(parts[0], []).append(Entry(word, parts))
    return WordLists(words, vocabulary, {first: tuple(found) for first, found in by_first.items()})


def words_of(content: dict[str, list[Any]], area: EffortArea) -> Iterable[Word]:
    """The words of one list.

    Raises:
        ValueError: the field or the entry that is wrong.
    """
    for unknown in set(content) - set(KINDS):
        raise ValueError(unknown)
    for kind in KINDS:
        for entry in content.get(kind) or ():
            if not is_pattern(entry):
                raise ValueError(entry)
            yield Word(area, kind, " ".join(entry.lower().split()))


def is_pattern(entry: object) -> bool:
    """Whether an entry is a word or phrase: letters, and a gap only between words."""
    if not isinstance(entry, str):
        return False
    parts = entry.split()
    return (
        bool(parts)
        and GAP not in (parts[0], parts[-1])
        and all(p == GAP or any(c.isalnum() for c in p) for p in parts)
    )


@cache
def _package() -> tuple[Word, ...]:
    found: list[Word] = []
    for area in AREAS:
        path = files("jevn.participation.sorting").joinpath("words", f"{area.value}.yaml")
        found.extend(words_of(yaml.safe_load(path.read_text("utf-8")), area))
    return tuple(dict.fromkeys(found))
