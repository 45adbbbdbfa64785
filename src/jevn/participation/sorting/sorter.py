"""Which areas a text is about, by the word lists, with the words that led there."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.participation.sorting.matching import Hit, hits_in
from jevn.participation.sorting.wordlists import WordLists, word_lists
from jevn.terms import EffortArea

NAME_WEIGHT = 1.0
"""Weight of a word that names an area."""
HINT_WEIGHT = 0.5
"""Weight of a word that points to an area, but not alone."""
HEADING_FACTOR = 0.9
"""A word in the heading weighs a little less than one in the text."""
HEADING_BESIDE = 0.5
"""The same, where the text itself names an area."""
THRESHOLD = 0.9
"""Least weight for an area to be given: one name, or two different hints in the text."""
LEAST_SHARE = 0.3
"""Least weight beside the best area for one to be given; below, it is only mentioned."""


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


NOTHING = Sorted((), (), ())
"""No area was found."""


class _Traces:
    """Weight and words of each area, as they are gathered."""

    def __init__(self) -> None:
        self.weight: dict[EffortArea, float] = {}
        self.words: dict[EffortArea, list[str]] = {}
        self.named: set[EffortArea] = set()
        self._counted: set[tuple[EffortArea, str]] = set()

    def add(self, hit: Hit, source: str, factor: float) -> None:
        """Count a place once per line of the list."""
        if (hit.area, hit.word.text) in self._counted:
            return
        self._counted.add((hit.area, hit.word.text))
        value = HINT_WEIGHT if hit.kind == "hints" else NAME_WEIGHT
        self.weight[hit.area] = self.weight.get(hit.area, 0.0) + factor * value
        self.words.setdefault(hit.area, []).append(source[hit.start : hit.end])
        if hit.kind != "hints":
            self.named.add(hit.area)

    def sorted(self) -> Sorted:
        """The areas with weight enough; of equals the one that was spoken of first."""
        order = {area: i for i, area in enumerate(self.weight)}
        best = max(self.weight.values(), default=0.0)
        areas = sorted(
            (
                area
                for area, value in self.weight.items()
                if value >= THRESHOLD - 1e-9
                and value >= LEAST_SHARE * best
                and (area in self.named or value > best / 2)
            ),
            key=lambda area: (-round(self.weight[area], 9), order[area]),
        )
        return Sorted(
            areas=tuple(areas),
            words=tuple((area, tuple(self.words[area])) for area in areas),
            confidence=tuple((area, round(1 - 0.4 ** self.weight[area], 3)) for area in areas),
        )


def sort_text(text: str, heading: str | None = None, lists: WordLists | None = None) -> Sorted:
    """Sort a text into areas of effort by the word lists.

    A word or phrase that names an area weighs 1, one that only points to it 0.5; the same
    line of a list counts once. An area is given from a weight of 0.9; one that only hints
    speak for must also have more than half the weight of the best. A word that says only whom or
    how (listed under ``otherwise``, as *barn* or *kompetanse*) counts as a name if no area
    is named. Words in the heading weigh 0.9 where the text names no area, and 0.5 where it does:
    then they can support an area of the text, not bring another. A use of a word that has
    nothing to do with the area (listed under ``not``, as *samarbeid* for *arbeid*) does not
    count. No area found is an empty answer, never a guess.

    Args:
        text: what was said, in bokmål or nynorsk; Swedish and Danish are known in part.
        heading: heading it stands under, if any.
        lists: word lists; the package's own if ``None``.

    >>> found = sort_text("Flere læreplasser i kommunen")
    >>> found.areas, found.words
    ((<EffortArea.ARBEID: 'arbeid'>,), ((<EffortArea.ARBEID: 'arbeid'>, ('læreplasser',)),))
    """
    lists = lists or word_lists()
    inside, above = hits_in(text, lists), hits_in(heading or "", lists)
    traces = _Traces()
    for hit in inside:
        if hit.kind != "otherwise":
            traces.add(hit, text, 1.0)
    factor = HEADING_BESIDE if traces.sorted().areas else HEADING_FACTOR
    for hit in above:
        if hit.kind != "otherwise":
            traces.add(hit, heading or "", factor)
    if traces.sorted().areas:
        return traces.sorted()
    for hits, source, factor in ((inside, text, 1.0), (above, heading or "", HEADING_FACTOR)):
        for hit in hits:
            if hit.kind == "otherwise":
                traces.add(hit, source, factor)
        if traces.sorted().areas:
            break
    return traces.sorted()
