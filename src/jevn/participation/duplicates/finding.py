"""Which texts say the same: pairs with a score and the words behind it, and clusters of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from jevn.participation.duplicates.contrasts import differ, penalty
from jevn.participation.duplicates.reading import Read, proper_names, read_text
from jevn.participation.duplicates.spelling import with_spelling
from jevn.participation.duplicates.weighing import weights

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

LEAST_SCORE = 0.8
"""Pairs from this score are suggested."""
Floats = npt.NDArray[np.float64]
_BLOCK = 256
_MOST_LISTED = 50
"""Texts that are word for word alike: beyond so many, each is paired with the first alone."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text to compare.

    Attributes:
        id: its id.
        text: what was said.
        heading: heading it stands under; read with texts too short to stand alone.
    """

    id: str
    text: str
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that seem to say the same.

    Attributes:
        a: id of the one that stands first.
        b: id of the other.
        score: 0-1; 1 for texts that are word for word the same.
        shared: words of ``a`` whose meaning ``b`` has too.
        only_a: words that only ``a`` has.
        only_b: words that only ``b`` has.
    """

    a: str
    b: str
    score: float
    shared: tuple[str, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]

    @property
    def differing(self) -> tuple[str, ...]:
        """Words that only one of them has, ``a``'s first."""
        return (*self.only_a, *self.only_b)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Texts that all seem to say the same.

    Attributes:
        ids: their ids, in the order given.
        score: least score between any two of them.
    """

    ids: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Suggestions; nothing is merged by them.

    Attributes:
        texts: number of texts compared.
        pairs: pairs, best first.
        clusters: texts that pair each with each, largest first.
    """

    texts: int
    pairs: tuple[Pair, ...]
    clusters: tuple[Cluster, ...]


def find_duplicates(
    texts: Iterable[Text], *, least: float = LEAST_SCORE, names: Iterable[str] = ()
) -> Duplicates:
    """Suggest texts that say the same, in bokmål and nynorsk mixed.

    Words are read as concepts (dictionary form, parts of compounds, synonyms of the field,
    spelling), each with a weight. The score of a pair is 3/4 of the part of the one that is
    found in the other, taken from whichever finds less, and 1/4 of that of the other, so that
    a special wish is not the same as a general one. A pair is never suggested when the texts
    wish opposite ways, or name different groups, places, numbers or services.

    Args:
        texts: texts with ids, each id once.
        least: pairs from this score are given, over 0 and at most 1.
        names: names of places, e.g. zones, known beforehand.

    Raises:
        ValueError: ``least`` is out of bounds or an id stands twice.

    >>> found = find_duplicates([Text("1", "Gratis buss for ungdom"),
    ...                          Text("2", "Buss utan eigendel for unge")])
    >>> found.pairs[0].score
    1.0
    """
    texts = tuple(texts)
    if not 0 < least <= 1:
        raise ValueError(f"least must be over 0 and at most 1, not {least}")
    if len({t.id for t in texts}) < len(texts):
        raise ValueError("an id stands twice")
    known_names = proper_names([t.text for t in texts]) | {
        word for name in names for word in name.lower().split() if len(word) > 2
    }
    read = with_spelling([_read(t, known_names) for t in texts])
    alike = _alike(read)
    first = [members[0] for members in alike]
    scored = _scored([read[i] for i in first], least)
    pairs = [_pair(texts, read, i, j, 1.0) for members in alike for i, j in _within(members)]
    for x, y, score in scored:
        for i, j in _between(alike[x], alike[y]):
            pairs.append(_pair(texts, read, min(i, j), max(i, j), score))
    place = {t.id: n for n, t in enumerate(texts)}
    pairs.sort(key=lambda p: (-p.score, place[p.a], place[p.b]))
    clusters = _clusters(texts, alike, scored)
    return Duplicates(len(texts), tuple(pairs), clusters)


def _read(text: Text, names: frozenset[str]) -> Read:
    found = read_text(text.text, names)
    if not any(w >= 0.7 for w in found.weight.values()) and text.heading:
        whole = read_text(f"{text.heading}. {text.text}", names)
        whole.plain = f"{text.heading.lower()} | {found.plain}"
        return whole
    return found


def _alike(read: Sequence[Read]) -> list[list[int]]:
    """Texts that are word for word the same, together."""
    groups: dict[object, list[int]] = {}
    for i, text in enumerate(read):
        key: object = text.plain or ("empty", i)
        groups.setdefault(key, []).append(i)
    return list(groups.values())


def _scored(read: Sequence[Read], least: float) -> list[tuple[int, int, float]]:
    """Pairs of different texts with at least the score, by their places."""
    weighted, present, totals = weights(read)
    found: list[tuple[int, int, float]] = []
    for start in range(0, len(read), _BLOCK):
        block = slice(start, start + _BLOCK)
        for x, y, score in _candidates(weighted, present, totals, block, least):
            if differ(read[x], read[y]):
                continue
            score *= penalty(read[x], read[y])
            if score >= least - 1e-9:
                found.append((x, y, round(score, 3)))
    return found


def _candidates(
    weighted: csr_matrix, present: csr_matrix, totals: Floats, block: slice, least: float
) -> list[tuple[int, int, float]]:
    """Pairs (x < y, x in the block) whose shared part alone reaches the score."""
    mine = (weighted[block] @ present.T).tocoo()
    x, y = mine.row + block.start, mine.col
    later = x < y
    x, y, of_x = x[later], y[later], mine.data[later] / totals[x[later]]
    # three quarters on the lesser part: a lesser part under this cannot reach the score
    enough = of_x >= (least - 0.25) / 0.75 - 1e-9
    x, y, of_x = x[enough], y[enough], of_x[enough]
    if not len(x):
        return []
    of_y = np.empty(len(x))
    for begin in range(0, len(x), 200_000):
        part = slice(begin, begin + 200_000)
        shared = present[x[part]].multiply(weighted[y[part]])
        of_y[part] = np.asarray(shared.sum(axis=1)).ravel() / totals[y[part]]
    score = 0.75 * np.minimum(of_x, of_y) + 0.25 * np.maximum(of_x, of_y)
    keep = score >= least - 1e-9 - _slack(totals[x], totals[y])
    score = np.minimum(1.0, score + _slack(totals[x], totals[y]))
    return list(zip(x[keep].tolist(), y[keep].tolist(), score[keep].tolist(), strict=True))


def _slack(a: Floats, b: Floats) -> Floats:
    """Long texts have more room for words that do not matter."""
    longest = np.maximum(np.minimum(a, b), 1e-9)
    slack: Floats = 0.1 * np.clip(1 - 8 / longest, 0, 1)
    return slack


def _within(members: Sequence[int]) -> list[tuple[int, int]]:
    if len(members) <= _MOST_LISTED:
        return [(i, j) for n, i in enumerate(members) for j in members[n + 1 :]]
    return [(members[0], j) for j in members[1:]]


def _between(one: Sequence[int], other: Sequence[int]) -> list[tuple[int, int]]:
    if len(one) * len(other) <= _MOST_LISTED:
        return [(i, j) for i in one for j in other]
    return [(one[0], other[0])]


def _pair(texts: Sequence[Text], read: Sequence[Read], i: int, j: int, score: float) -> Pair:
    a, b = read[i], read[j]
    return Pair(
        texts[i].id,
        texts[j].id,
        score,
        _words(a, [c for c in a.weight if c in b.weight]),
        _words(a, [c for c in a.weight if c not in b.weight]),
        _words(b, [c for c in b.weight if c not in a.weight]),
    )


def _words(read: Read, concepts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(read.word[c] for c in concepts))


def _clusters(
    texts: Sequence[Text], alike: list[list[int]], scored: list[tuple[int, int, float]]
) -> tuple[Cluster, ...]:
    """Join the best pairs first, and only where all pair with all."""
    score = {(x, y): s for x, y, s in scored}
    of = {n: [n] for n in range(len(alike))}
    least = dict.fromkeys(range(len(alike)), 1.0)
    for x, y, _ in sorted(scored, key=lambda s: (-s[2], s[0], s[1])):
        one, other = of[x], of[y]
        if one is other:
            continue
        cross = [score.get((min(i, j), max(i, j)), 0.0) for i in one for j in other]
        if not all(cross):
            continue
        joined = sorted(one + other)
        worst = min(*cross, least[one[0]], least[other[0]])
        for n in joined:
            of[n] = joined
            least[n] = worst
    found = []
    for members in {id(m): m for m in of.values()}.values():
        places = sorted(i for n in members for i in alike[n])
        if len(places) > 1:
            found.append((places, least[members[0]]))
    found.sort(key=lambda c: (-len(c[0]), c[0]))
    return tuple(Cluster(tuple(texts[i].id for i in places), s) for places, s in found)
