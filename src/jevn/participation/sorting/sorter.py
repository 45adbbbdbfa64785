"""Which areas a text is about, by the word lists, with the words that led there."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.participation.sorting.patterns import tokens
from jevn.participation.sorting.wordlists import word_lists
from jevn.terms import AREAS, EffortArea

NAME_WEIGHT = 1.0
"""Weight of a word that names an area."""
HINT_WEIGHT = 0.5
"""Weight of a word that points to an area, but not alone."""
HEADING_FACTOR = 0.9
"""A word in the heading weighs a little less than one in the text."""
THRESHOLD = 0.9
"""Least weight for an area to be given: one name, or two different hints in the text."""


@dataclass(frozen=True, slots=True)
class Sorted:
    """Areas found in a text.

    Attributes:
        areas: areas found, best first; empty if none was found.
        words: per area found the words in the text (and heading) that led there, in the
            order they stand.
        confidence: per area found the strength of the traces, 0-1: 1 - 0.4^weight, so one
            name gives 0.60 and two give 0.84. It is not a probability.
    """

    areas: tuple[EffortArea, ...]
    words: tuple[tuple[EffortArea, tuple[str, ...]], ...]
    confidence: tuple[tuple[EffortArea, float], ...]


@dataclass(frozen=True, slots=True)
class _Hit:
    """A place in a text that fits an entry of an area's word list."""

    area: EffortArea
    kind: str
    pattern: str
    first: int
    last: int


def sort_text(text: str, heading: str | None = None) -> Sorted:
    """Sort a text into areas of effort by the word lists.

    A word or phrase that names an area weighs 1, one that only points to it 0.5; the same
    entry of a list counts once; words in the heading weigh 0.9 of that. An area is given from a
    weight of 0.9; one that only hints speak for must also have more than half the weight of
    the best. A use of a word that has nothing to do with the area (listed under ``not``, as
    *samarbeid* for *arbeid*) does not count. No area found is an empty answer, never a guess.

    Args:
        text: what was said, in bokmål or nynorsk.
        heading: heading it stands under, if any.

    >>> found = sort_text("Flere læreplasser i kommunen")
    >>> found.areas, found.words
    ((<EffortArea.ARBEID: 'arbeid'>,), ((<EffortArea.ARBEID: 'arbeid'>, ('læreplasser',)),))
    """
    weight: dict[EffortArea, float] = {}
    shown: dict[EffortArea, list[str]] = {}
    counted: set[tuple[EffortArea, str]] = set()
    named: set[EffortArea] = set()
    for source, factor in ((text, 1.0), (heading or "", HEADING_FACTOR)):
        for area, kind, pattern, words in _found(source):
            if (area, pattern) in counted:
                continue
            counted.add((area, pattern))
            named.update([area] if kind == "names" else [])
            value = factor * (NAME_WEIGHT if kind == "names" else HINT_WEIGHT)
            weight[area] = weight.get(area, 0.0) + value
            shown.setdefault(area, []).append(words)
    order = {area: i for i, area in enumerate(AREAS)}
    best = max(weight.values(), default=0.0)
    areas = sorted(
        (
            area
            for area, value in weight.items()
            if value >= THRESHOLD - 1e-9 and (area in named or value > best / 2)
        ),
        key=lambda area: (-round(weight[area], 9), order[area]),
    )
    return Sorted(
        areas=tuple(areas),
        words=tuple((area, tuple(shown[area])) for area in areas),
        confidence=tuple((area, round(1 - 0.4 ** weight[area], 3)) for area in areas),
    )


def _found(text: str) -> list[tuple[EffortArea, str, str, str]]:
    """Area, kind, pattern and words as written, of each hit that counts."""
    if not text:
        return []
    place = tokens(text)
    hits = _hits([word for word, _, _ in place])
    barred = {(h.area, i) for h in hits if h.kind == "not" for i in range(h.first, h.last + 1)}
    taken: set[tuple[EffortArea, int]] = set()
    found: list[tuple[int, EffortArea, str, str, str]] = []
    ranked = sorted(
        (h for h in hits if h.kind != "not"),
        key=lambda h: (h.kind != "names", h.first - h.last, h.first),
    )
    for hit in ranked:
        span = {(hit.area, i) for i in range(hit.first, hit.last + 1)}
        if span & taken or span & barred:
            continue
        taken |= span
        words = text[place[hit.first][1] : place[hit.last][2]]
        found.append((hit.first, hit.area, hit.kind, hit.pattern, words))
    return [entry[1:] for entry in sorted(found, key=lambda e: e[0])]


def _hits(words: list[str]) -> list[_Hit]:
    lists = word_lists()
    fits = [lists.vocabulary.fits(word) for word in words]
    hits: list[_Hit] = []
    for i, numbers in enumerate(fits):
        for number in numbers:
            for entry in lists.by_first.get(number, ()):
                end = i + len(entry.parts)
                if end <= len(fits) and all(
                    part in fits[i + k] for k, part in enumerate(entry.parts)
                ):
                    hits.append(_Hit(entry.area, entry.kind, entry.text, i, end - 1))
    return hits
