"""Patterns of the word lists: which of them a word fits.

A pattern is written as planners write it: ``skole`` is the word in all its forms (its
lemma), ``skole*`` every word that begins so, ``*skole`` every compound that ends so in
all its forms, ``*skole*`` every word that holds it. Several words make a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

_TOKEN = re.compile(r"[a-zà-öø-ÿ0-9]+(?:[-'’][a-zà-öø-ÿ0-9]+)*-?", re.IGNORECASE)
_ENDINGS = (
    "ene", "ane", "ens", "ets", "ers", "ar", "er", "en", "et", "ei", "ne", "na",
    "a", "e", "n", "r", "s", "t",
)  # fmt: skip


@lru_cache(maxsize=200_000)
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
        self._cache: dict[str, frozenset[int]] = {}

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

    def fits(self, word: str) -> frozenset[int]:
        """Numbers of the patterns that a word fits."""
        known = self._cache.get(word)
        if known is None:
            known = self._cache[word] = frozenset(self._find(word.lower()))
            if len(self._cache) > 200_000:
                self._cache = {word: known}
        return known

    def _find(self, word: str) -> Iterable[int]:
        shapes = forms(word)
        for shape in shapes:
            yield from self._exact.get(shape, ())
            for length in range(2, len(shape) + 1):
                yield from self._start.get(shape[:length], ())
        heads = {*shapes, *_bare(word)}
        for head in heads:
            for cut in range(1, len(head) - 1):
                yield from self._end.get(head[cut:], ())
        for stem, number in self._within:
            if stem in word:
                yield number


def _bare(word: str) -> Sequence[str]:
    """The word without each inflection ending it may have."""
    return [
        word[: -len(end)] for end in _ENDINGS if word.endswith(end) and len(word) > len(end) + 3
    ]
