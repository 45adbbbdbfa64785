"""Patterns of the word lists: which of them a word fits, and with which part of it.

A pattern is written as planners write it: ``skole`` is the word in all its forms (its
lemma), ``skole*`` every word that begins so, ``*skole`` every compound that ends so in
all its forms, ``*skole*`` every word that holds it. Several words make a phrase, and ``..``
in a phrase is a gap of at most three words. A pattern of at least six letters that ends in a star
also fits compounds by their last part (``ungdomshelsestasjon`` fits ``helsestasjon*``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

GAP = ".."
"""Stands in a phrase for at most :data:`LONGEST_GAP` words."""
LONGEST_GAP = 3
LEAST_HEAD = 6
"""Least letters of a pattern for it to fit the last part of a compound."""
_LEAST_MODIFIER = 3
_LONGEST_ENDING = 4
_KEPT = 200_000

_TOKEN = re.compile(r"[a-zà-öø-ÿ0-9]+(?:[-'’][a-zà-öø-ÿ0-9]+)*-?", re.IGNORECASE)
_ENDINGS = (
    "ene", "ane", "ens", "ets", "ers", "ar", "er", "en", "et", "ei", "ne", "na",
    "a", "e", "n", "r", "s", "t",
)  # fmt: skip


@lru_cache(maxsize=_KEPT)
def forms(word: str) -> frozenset[str]:
    """A word in lower case with its lemmas in bokmål and nynorsk."""
    import simplemma

    low = word.lower()
    found = {low}
    for lang in ("nb", "nn"):
        found.add(simplemma.lemmatize(low, lang=lang).lower())
    return frozenset(found)


def tokens(text: str) -> list[tuple[str, int, int]]:
    """Words of a text with the place where each begins and ends."""
    return [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text)]


@dataclass(frozen=True, slots=True)
class Fits:
    """Patterns that a word fits, by number.

    Attributes:
        every: all of them.
        fronts: those that only the first part of a compound fits (*skole* in *skolegård*):
            what the word is, its last part says.
    """

    every: frozenset[int]
    fronts: frozenset[int]


class Vocabulary:
    """All single-word patterns, each with a number; tells which of them a word fits."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """Take in the patterns; the same pattern gets one number."""
        self.number: dict[str, int] = {}
        self._exact: dict[str, list[int]] = {}
        self._start: dict[str, list[int]] = {}
        self._end: dict[str, list[int]] = {}
        self._within: list[tuple[str, int]] = []
        for pattern in patterns:
            if pattern not in self.number:
                self.number[pattern] = len(self.number)
                self._add(pattern, self.number[pattern])
        self._cache: dict[str, Fits] = {}

    def _add(self, pattern: str, number: int) -> None:
        stem = pattern.strip("*").lower()
        if pattern.startswith("*") and pattern.endswith("*"):
            self._within.append((stem, number))
        elif pattern.startswith("*"):
            self._end.setdefault(stem, []).append(number)
        elif pattern.endswith("*"):
            self._start.setdefault(stem, []).append(number)
        else:
            self._exact.setdefault(stem, []).append(number)

    def fits(self, word: str) -> Fits:
        """Numbers of the patterns that a word fits."""
        low = word.lower()
        known = self._cache.get(low)
        if known is None:
            if len(self._cache) > _KEPT:
                self._cache = {}
            known = self._cache[low] = self._find(low)
        return known

    def _find(self, word: str) -> Fits:
        shapes = forms(word)
        whole, fronts = set(self._last_parts(word, shapes)), set[int]()
        for shape in shapes:
            whole.update(self._exact.get(shape, ()))
            for length in range(2, len(shape) + 1):
                found = self._start.get(shape[:length], ())
                long = len(shape) - length > _LONGEST_ENDING
                (fronts if long else whole).update(found)
        for stem, number in self._within:
            if stem in word:
                whole.add(number)
        return Fits(frozenset(whole | fronts), frozenset(fronts - whole))

    def _last_parts(self, word: str, shapes: Iterable[str]) -> Iterator[int]:
        for shape in {*shapes, *_bare(word)}:
            for cut in range(1, len(shape) - 1):
                last = shape[cut:]
                yield from self._end.get(last, ())
                if cut >= _LEAST_MODIFIER and len(last) >= LEAST_HEAD:
                    shortest = max(LEAST_HEAD, len(last) - _LONGEST_ENDING)
                    for length in range(shortest, len(last) + 1):
                        yield from self._start.get(last[:length], ())


def _bare(word: str) -> Sequence[str]:
    """The word without each inflection ending it may have."""
    return [
        word[: -len(end)] for end in _ENDINGS if word.endswith(end) and len(word) > len(end) + 3
    ]
