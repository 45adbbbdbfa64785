"""Pairwise comparison: how much weight holds each item before each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from jevn.rankings.lists import RankedLists

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CELLS = 4_000_000
"""Greatest number of comparisons held in memory at a time."""


@dataclass(frozen=True, slots=True)
class Pairwise:
    """Weights of the lists that hold one item before another.

    Attributes:
        items: items in the order of rows and columns.
        before: ``before[i][j]`` is the weight of the lists that put item *i* before item *j*;
            lists that hold the two equal, or name neither, count for none.
        total: weight of all lists.
    """

    items: tuple[str, ...]
    before: tuple[tuple[float, ...], ...]
    total: float

    def margin(self, first: str, second: str) -> float:
        """Weight for ``first`` before ``second`` less the weight for the opposite."""
        i, j = self.items.index(first), self.items.index(second)
        return self.before[i][j] - self.before[j][i]


def preference_matrix(lists: RankedLists) -> NDArray[np.float64]:
    """Matrix *W* (items x items): weight of lists that put the row before the column."""
    n = len(lists.items)
    column = {item: i for i, item in enumerate(lists.items)}
    levels = np.empty((len(lists.lists), n), dtype=np.int32)
    for row, tiers in enumerate(lists.lists):
        levels[row] = len(tiers)
        for level, tier in enumerate(tiers):
            for item in tier:
                levels[row, column[item]] = level
    weights = np.asarray(lists.weights, dtype=np.float64)
    matrix = np.zeros((n, n))
    step = max(1, _CELLS // max(1, n * n))
    for start in range(0, len(levels), step):
        part = levels[start : start + step]
        before = part[:, :, None] < part[:, None, :]
        matrix += np.tensordot(weights[start : start + step], before, axes=1)
    return matrix


def pairwise(lists: RankedLists) -> Pairwise:
    """Compare all items two by two.

    >>> table = pairwise(RankedLists.of([["a", "b", "c"], ["b", "a"]]))
    >>> table.margin("a", "b"), table.margin("a", "c")
    (0.0, 2.0)
    """
    matrix = preference_matrix(lists)
    return Pairwise(
        items=lists.items,
        before=tuple(tuple(float(x) for x in row) for row in matrix),
        total=float(sum(lists.weights)),
    )


def disagreements(table: Pairwise, order: Sequence[str]) -> float:
    """Weighted Kendall distance between an order and all lists (Kemeny's criterion).

    Sum over all pairs of the weight of the lists that hold the pair the other way round:
    Kemeny, J. G. (1959): *Mathematics without numbers*, Daedalus 88(4).

    Args:
        table: pairwise weights.
        order: every item once, best first.

    Raises:
        ValueError: if ``order`` is not an order of all items.
    """
    if len(order) != len(table.items) or set(order) != set(table.items):
        raise ValueError("the order must name every item once")
    index = [table.items.index(item) for item in order]
    return float(
        sum(
            table.before[below][above]
            for place, above in enumerate(index)
            for below in index[place + 1 :]
        )
    )
