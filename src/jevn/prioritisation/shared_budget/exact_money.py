"""What voters have left under Equal Shares, in exact whole numbers.

Sums of money after several purchases are fractions whose denominators grow with every
purchase. Here all of them share one denominator, so that only whole numbers are multiplied
and compared. It is slower than floating point and is asked only where that cannot decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jevn.prioritisation.shared_budget.prepared import Prepared

Whole = NDArray[Any]


class ExactMoney:
    """The exact state of voters after a row of purchases.

    Voters who gave the same points to the bought and the compared projects always have the
    same money left; they are kept as one class.
    """

    def __init__(
        self, prepared: Prepared, start: Fraction, bought: Sequence[int], compared: Sequence[int]
    ) -> None:
        """Pay for the bought projects in order, each voter beginning with ``start`` øre."""
        self._costs = prepared.costs
        projects = [*bought, *compared]
        table = np.zeros((prepared.voters, len(projects)), dtype=np.int64)
        for column, p in enumerate(projects):
            table[prepared.supporters[p], column] = prepared.given[p]
        rows = np.ascontiguousarray(table).view(np.dtype((np.void, 8 * len(projects)))).ravel()
        _, first, counts = np.unique(rows, return_index=True, return_counts=True)
        self._given = {p: table[first, column].astype(object) for column, p in enumerate(projects)}
        self._voters = counts.astype(object)
        self._money: Whole = np.full(len(counts), start.numerator, dtype=object)
        self._scale = start.denominator
        for p in bought:
            self._pay(p)

    def _split(self, project: int) -> tuple[Whole, Whole, int, int] | None:
        """Classes that support it, their points, and the price as a fraction over the scale.

        The price per point is ``top / (points * scale)``; ``None`` if they cannot pay.
        """
        given = self._given[project]
        who = np.flatnonzero(given > 0)
        points, money, voters = given[who], self._money[who], self._voters[who]
        top = self._costs[project] * self._scale
        if not len(who) or int((money * voters).sum()) < top:
            return None
        rich = np.ones(len(who), dtype=bool)
        while True:
            weight = int((points * voters)[rich].sum())
            poor = rich & (money * weight < top * points).astype(bool)
            if not poor.any():
                return who, points, top, weight
            top -= int((money * voters)[poor].sum())
            rich &= ~poor

    def price(self, project: int) -> Fraction | None:
        """Øre per point that its richest supporters would pay; ``None`` if they cannot."""
        found = self._split(project)
        return None if found is None else Fraction(found[2], found[3] * self._scale)

    def _pay(self, project: int) -> None:
        found = self._split(project)
        if found is None:
            raise ValueError("the supporters of a bought project can pay for it")
        who, points, top, weight = found
        money = self._money * weight
        money[who] -= np.minimum(money[who], top * points)
        self._money = money
        self._scale *= weight
