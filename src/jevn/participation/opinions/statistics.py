"""What a group agrees on, what tells it from the others, and what everybody agrees on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from jevn.participation.opinions.plane import Cells, Floats, Places
from jevn.participation.opinions.results import Agreed, Dividing, Representative, Stance

SIGNIFICANT: Final = 1.2815515655446004
"""Test value above which a share differs: the normal distribution's 0.90 quantile."""
MOST_SHOWN: Final = 5
LEAST_SEEN: Final = 5
"""Votes a group must have on a statement for its share to be set against other groups'."""


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Votes per group (rows) and column; ``seen`` holds passes too."""

    agree: Places
    disagree: Places
    seen: Places

    def total(self) -> Counts:
        """All groups together, as one row."""
        return Counts(*(part.sum(axis=0, keepdims=True) for part in self.parts()))

    def first(self, groups: int) -> Counts:
        """The first groups alone."""
        return Counts(*(part[:groups] for part in self.parts()))

    def others(self) -> Counts:
        """Per group all the other groups together."""
        return Counts(*(part.sum(axis=0, keepdims=True) - part for part in self.parts()))

    def parts(self) -> tuple[Places, Places, Places]:
        """Agree, disagree, seen."""
        return self.agree, self.disagree, self.seen

    def with_stance(self, stance: Stance) -> Places:
        """Votes that agree, or that disagree."""
        return self.agree if stance == "agree" else self.disagree


def counts_of(cells: Cells, labels: npt.NDArray[np.int64], groups: int) -> Counts:
    """Votes per group; people with label -1 are left out."""
    group = labels[cells.person]
    there = group >= 0
    place = group[there] * cells.columns + cells.column[there]
    value = cells.value[there]
    found = [
        np.bincount(place[chosen], minlength=groups * cells.columns).reshape(groups, cells.columns)
        for chosen in (value > 0, value < 0, slice(None))
    ]
    return Counts(found[0], found[1], found[2])


def share(count: npt.ArrayLike, seen: npt.ArrayLike) -> Floats:
    """Share with a prior of one for and one against: (count + 1) / (seen + 2)."""
    return (np.asarray(count) + 1.0) / (np.asarray(seen) + 2.0)


def share_test(count: npt.ArrayLike, seen: npt.ArrayLike) -> Floats:
    """One-share test against one half: 2·√(n+1)·((s+1)/(n+1) - ½), s of n.

    >>> round(float(share_test(54, 75)), 4)
    3.9001
    """
    trials = np.asarray(seen) + 1.0
    result: Floats = 2 * np.sqrt(trials) * ((np.asarray(count) + 1.0) / trials - 0.5)
    return result


def two_share_test(
    count: npt.ArrayLike, seen: npt.ArrayLike, other: npt.ArrayLike, other_seen: npt.ArrayLike
) -> Floats:
    """Two-share test, 1 added to each count: (p₁ - p₂) / √(p(1-p)(1/n₁ + 1/n₂)).

    p is the share of both together; the test is 0 where p = 1.
    """
    s1, n1, s2, n2 = (
        np.asarray(part, dtype=np.float64) + 1 for part in (count, seen, other, other_seen)
    )
    both = (s1 + s2) / (n1 + n2)
    spread = np.sqrt(np.maximum(0.0, both * (1 - both)) * (1 / n1 + 1 / n2))
    result = np.zeros(np.broadcast(s1, s2).shape)
    np.divide(s1 / n1 - s2 / n2, spread, out=result, where=spread > 0)
    return result


def representative(
    counts: Counts, ids: Sequence[str], kept: Sequence[int]
) -> tuple[tuple[Representative, ...], ...]:
    """Statements that represent each group, what it agrees on first.

    A statement represents a group if both the one-share and the two-share test exceed
    1.2816 for agreeing, or else for disagreeing. They are ordered by
    ``ratio · ratio_test · share · share_test``; the five first are kept, with those agreed
    on before the others. The statement that stands best for what the group agrees on
    always comes first, so that each group has one; a group that agrees on nothing has the
    statement whose two-share test is greatest.

    Args:
        counts: votes per group and column.
        ids: id of each column.
        kept: columns that may be shown, in order.

    Returns:
        One tuple per group.
    """
    tables = {stance: _Table.of(counts, stance) for stance in ("agree", "disagree")}
    return tuple(_of_group(tables, counts, g, ids, kept) for g in range(len(counts.seen)))


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """The figures of one stance, per group and column."""

    share: Floats
    share_test: Floats
    ratio: Floats
    ratio_test: Floats

    @classmethod
    def of(cls, counts: Counts, stance: str) -> _Table:
        others = counts.others()
        chosen: Stance = "agree" if stance == "agree" else "disagree"
        count, outside = counts.with_stance(chosen), others.with_stance(chosen)
        inside = share(count, counts.seen)
        return cls(
            inside,
            share_test(count, counts.seen),
            inside / share(outside, others.seen),
            two_share_test(count, counts.seen, outside, others.seen),
        )

    def strength(self, g: int, column: int) -> float:
        return float(
            self.ratio[g, column]
            * self.ratio_test[g, column]
            * self.share[g, column]
            * self.share_test[g, column]
        )

    def significant(self, g: int, column: int) -> bool:
        tests = min(self.share_test[g, column], self.ratio_test[g, column])
        return bool(tests > SIGNIFICANT)


def _of_group(
    tables: dict[str, _Table], counts: Counts, g: int, ids: Sequence[str], kept: Sequence[int]
) -> tuple[Representative, ...]:
    agree, disagree = tables["agree"], tables["disagree"]
    found: list[tuple[float, int, Stance]] = []
    for column in kept:
        stance: Stance = "agree" if agree.significant(g, column) else "disagree"
        if tables[stance].significant(g, column):
            found.append((tables[stance].strength(g, column), column, stance))
    found.sort(key=lambda entry: -entry[0])
    best = _best_agreed(agree, counts, g, kept)
    chosen: list[tuple[int, Stance]] = [] if best is None else [(best, "agree")]
    chosen += [(column, stance) for _, column, stance in found if column != best]
    if not chosen:
        voted = [c for c in kept if counts.agree[g, c] + counts.disagree[g, c] > 0]
        if not voted:
            return ()
        top = max(voted, key=lambda c: max(agree.ratio_test[g, c], disagree.ratio_test[g, c]))
        leaning = agree.ratio_test[g, top] > disagree.ratio_test[g, top]
        chosen = [(top, "agree" if leaning else "disagree")]
    chosen = sorted(chosen[:MOST_SHOWN], key=lambda entry: entry[1])
    found_at = [(column, stance, tables[stance]) for column, stance in chosen]
    return tuple(
        Representative(
            statement=ids[column],
            stance=stance,
            count=int(counts.with_stance(stance)[g, column]),
            seen=int(counts.seen[g, column]),
            share=float(table.share[g, column]),
            share_test=float(table.share_test[g, column]),
            ratio=float(table.ratio[g, column]),
            ratio_test=float(table.ratio_test[g, column]),
            best_agreed=column == best,
        )
        for column, stance, table in found_at
    )


def _best_agreed(agree: _Table, counts: Counts, g: int, kept: Sequence[int]) -> int | None:
    """The column that says best what a group agrees on, looked for in order.

    The first that is clearly agreed on (or more than half, and more than outside) is taken;
    a later one takes its place if it is stronger: by ``ratio · ratio_test · share ·
    share_test`` if the one held is agreed on more than outside, else by
    ``share · share_test``.
    """
    best: int | None = None
    for column in kept:
        if counts.agree[g, column] + counts.disagree[g, column] == 0:
            continue
        if best is None:
            general = agree.share_test[g, column] > SIGNIFICANT
            special = agree.ratio[g, column] > 1 and agree.share[g, column] > 0.5
            best = column if general or special else None
        elif agree.ratio[g, best] > 1:
            if agree.strength(g, column) > agree.strength(g, best):
                best = column
        elif (agree.share * agree.share_test)[g, column] > (agree.share * agree.share_test)[
            g, best
        ]:
            best = column
    return best


def consensus(
    counts: Counts, stance: Stance, ids: Sequence[str], kept: Sequence[int]
) -> tuple[Agreed, ...]:
    """Statements that more than half of everybody clearly agree (or disagree) with.

    Share above one half and one-share test above 1.2816, ordered by their product; at most
    five.

    Args:
        counts: votes of everybody, one row.
        stance: agree or disagree.
        ids: id of each column.
        kept: columns that may be shown, in order.
    """
    count, seen = counts.with_stance(stance)[0], counts.seen[0]
    shares, tests = share(count, seen), share_test(count, seen)
    found = [c for c in kept if shares[c] > 0.5 and tests[c] > SIGNIFICANT]
    found.sort(key=lambda c: -shares[c] * tests[c])
    return tuple(
        Agreed(ids[c], stance, int(count[c]), int(seen[c]), float(shares[c]), float(tests[c]))
        for c in found[:MOST_SHOWN]
    )


def group_aware(counts: Counts) -> Floats:
    """Group-aware consensus of each column: the product over groups of (agree+1)/(seen+2)."""
    product: Floats = share(counts.agree, counts.seen).prod(axis=0)
    return product


def dividing(counts: Counts, ids: Sequence[str], kept: Sequence[int]) -> tuple[Dividing, ...]:
    """Statements whose share of agreement differs most between groups, at most five.

    Only statements that at least five in each group have voted on.
    """
    if len(counts.seen) < 2:
        return ()
    shares = share(counts.agree, counts.seen)
    enough = [c for c in kept if (counts.seen[:, c] >= LEAST_SEEN).all()]
    spread = shares.max(axis=0) - shares.min(axis=0)
    enough.sort(key=lambda c: -spread[c])
    return tuple(
        Dividing(ids[c], float(spread[c]), int(shares[:, c].argmax()), int(shares[:, c].argmin()))
        for c in enough[:MOST_SHOWN]
    )
