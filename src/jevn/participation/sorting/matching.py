"""Places in a text that fit the word lists, and which of them count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from jevn.participation.sorting.patterns import LONGEST_GAP, Fits, tokens
from jevn.participation.sorting.wordlists import NO_PART, Entry, Kind, Word, WordLists
from jevn.terms import EffortArea

_STOP = re.compile(r"[.,;:!?()–]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in a text that fits a line of a word list.

    Attributes:
        word: the line.
        kind: what it counts as here; a name that only the first part of a compound fits is a
            hint where the last part names another area.
        first: number of its first word in the text, from 0.
        last: number of its last word.
        start: where it begins, in characters.
        end: where it ends.
        front: whether only the first part of a compound fits.
    """

    word: Word
    kind: Kind
    first: int
    last: int
    start: int
    end: int
    front: bool

    @property
    def area(self) -> EffortArea:
        """The area of the line."""
        return self.word.area


def hits_in(text: str, lists: WordLists) -> list[Hit]:
    """Places in a text that count, in the order they stand.

    Of places of the same area that overlap, the one that names the area counts, and among
    equals the longest. A place that holds a use listed under ``not`` does not count.
    """
    if not text:
        return []
    found = list(_all(text, lists))
    barred = {(h.area, i) for h in found if h.kind == "not" for i in range(h.first, h.last + 1)}
    taken: set[tuple[EffortArea, int]] = set()
    kept: list[Hit] = []
    order = {"names": 0, "otherwise": 1, "hints": 2}
    for hit in sorted(
        (h for h in found if h.kind != "not"),
        key=lambda h: (order[h.kind], h.first - h.last, h.front, h.first, h.word.text),
    ):
        span = {(hit.area, i) for i in range(hit.first, hit.last + 1)}
        if not span & taken and not span & barred:
            taken |= span
            kept.append(hit)
    return sorted(_heads_first(kept), key=lambda h: (h.first, h.last))


def _heads_first(hits: list[Hit]) -> Iterator[Hit]:
    """Names by the first part of a compound are hints where its last part names an area."""
    heads = {h.first for h in hits if h.kind == "names" and h.first == h.last and not h.front}
    for hit in hits:
        weak = hit.front and hit.kind == "names" and hit.first == hit.last and hit.first in heads
        yield replace(hit, kind="hints") if weak else hit


def _all(text: str, lists: WordLists) -> Iterator[Hit]:
    place = tokens(text)
    stops = {i for i in range(1, len(place)) if _STOP.search(text, place[i - 1][2], place[i][1])}
    fits = [lists.vocabulary.fits(word) for word, _, _ in place]
    for i, here in enumerate(fits):
        for number in here.every:
            for entry in lists.by_first.get(number, ()):
                last = _last(entry, fits, i, stops)
                if last is not None:
                    front = number in here.fronts and last == i
                    word = entry.word
                    yield Hit(word, word.kind, i, last, place[i][1], place[last][2], front)


def _last(entry: Entry, fits: list[Fits], first: int, stops: set[int]) -> int | None:
    """Number of the last word of the phrase that begins here, if it does.

    A phrase does not go on past a stop, comma or bracket.
    """
    at, gap = first, 0
    for part in entry.parts[1:]:
        if part == NO_PART:
            gap = LONGEST_GAP
            continue
        reach = range(at + 1, min(at + 2 + gap, len(fits)))
        found = next((k for k in reach if part in fits[k].every), None)
        if found is None or any(k in stops for k in range(at + 1, found + 1)):
            return None
        at, gap = found, 0
    return at
