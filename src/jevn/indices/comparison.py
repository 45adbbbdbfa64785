"""The group that others are compared with: reference, best or median."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags, GroupedSettings, divided

Against = Literal["reference", "best", "median"]
_CHOICES: Final = get_args(Against)


@dataclass(frozen=True, eq=False)
class Comparison:
    """What the groups of each setting are compared with.

    Attributes:
        weights: share of each group in the value compared with, shape ``(s, k)``, summing to
            1; all 0 where there is nothing to compare with.
        chosen: settings where the group was chosen by its value (best), shape ``(s,)``.
        notes: what is to be said: settings and note.
    """

    weights: Floats
    chosen: Flags
    notes: tuple[tuple[Flags, str], ...]

    @property
    def found(self) -> Flags:
        """Settings that have something to compare with, shape ``(s,)``."""
        return np.asarray(self.weights.sum(axis=1) > 0.5, dtype=bool)

    def value(self, groups: GroupedSettings) -> Floats:
        """The value compared with, shape ``(s,)``; not-a-number where there is none."""
        found: Floats = (self.weights * groups.filled).sum(axis=1)
        return np.where(self.found, found, np.nan)


def compared_with(groups: GroupedSettings, against: str = "reference") -> Comparison:
    """What the groups are compared with.

    ``reference``: the reference group given; without one, ordered groups are compared with the
    highest position that has a value (tied groups: their mean by persons), unordered ones with
    the best group. ``best``: the greatest value where high is good, the least where high is
    bad. ``median``: the value of the group in which the middle person is, groups set in the
    order of their values (the mean of two where the middle falls between them).

    Raises:
        ValueError: if there is no such choice.

    >>> from jevn.indices import GroupedData, stacked
    >>> data = GroupedData((30.0, 20.0, 10.0), (20.0, 30.0, 50.0), orders=(1, 2, 3))
    >>> compared_with(stacked([data])).weights.tolist()
    [[0.0, 0.0, 1.0]]
    """
    if against not in _CHOICES:
        raise ValueError(f"against must be one of {', '.join(_CHOICES)}, not {against!r}")
    nowhere = np.zeros(len(groups), dtype=bool)
    if against == "median":
        return Comparison(_median(groups), nowhere, ())
    unknown = groups.polarities == 0
    best = _best(groups)
    if against == "best":
        return Comparison(best, ~unknown, ((unknown, "no_polarity"),))
    named = groups.references >= 0
    columns = np.arange(groups.values.shape[1])
    given = (columns == groups.references[:, None]) & groups.known
    top = _top(groups)
    weights = np.where(groups.ordered[:, None], top, best)
    weights = np.where(named[:, None], given, weights).astype(np.float64)
    notes = (
        (named & ~given.any(axis=1), "reference_missing"),
        (~named & ~groups.ordered & unknown, "no_reference"),
    )
    return Comparison(weights, ~named & ~groups.ordered & ~unknown, notes)


def outermost(groups: GroupedSettings, score: Floats) -> NDArray[np.int64]:
    """Column of the group with the greatest score, shape ``(s,)``.

    Among equals the least certain, then the largest: rows in another order choose the same.
    """
    tied = score == score.max(axis=1, keepdims=True)
    for part in (np.nan_to_num(groups.errors, nan=-1.0), groups.sizes):
        kept = np.where(tied, part, -np.inf)
        tied &= kept == kept.max(axis=1, keepdims=True)
    return np.asarray(tied.argmax(axis=1), dtype=np.int64)


def _best(groups: GroupedSettings) -> Floats:
    """All weight on the group with the best value; 0 where polarity is unknown."""
    sign = groups.polarities[:, None].astype(np.float64)
    good = np.where(groups.known, sign * groups.filled, -np.inf)
    found = np.arange(good.shape[1]) == outermost(groups, good)[:, None]
    return np.where(found & groups.known & (sign != 0), 1.0, 0.0)


def _top(groups: GroupedSettings) -> Floats:
    """Weight by persons on the groups at the highest position that has a value."""
    placed = np.where(groups.known, groups.orders, -np.inf)
    there = groups.known & (placed == placed.max(axis=1, keepdims=True))
    weights = np.where(there, groups.sizes, 0.0)
    return np.nan_to_num(divided(weights, weights.sum(axis=1, keepdims=True)))


def _median(groups: GroupedSettings) -> Floats:
    """Weight on the group of the middle person, or half on each of the two beside it."""
    rows = np.argsort(np.where(groups.known, groups.filled, np.inf), axis=1, kind="stable")
    upto = np.cumsum(np.take_along_axis(groups.shares, rows, axis=1), axis=1)
    weights = np.zeros_like(upto)
    at = np.arange(len(groups))
    # The two meet in one group unless a border falls on the half.
    for half in (0.5 - 1e-12, 0.5 + 1e-12):
        weights[at, (upto > half).argmax(axis=1)] += 0.5
    back = np.empty_like(weights)
    np.put_along_axis(back, rows, weights, axis=1)
    return np.where(groups.known, back, 0.0)
