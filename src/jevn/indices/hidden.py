"""Bounds of an index when cells are hidden: what it can be, whatever the hidden values are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

import numpy as np

from jevn.indices.grouped import GroupedData
from jevn.indices.index import INDICES
from jevn.indices.result import NOTES
from jevn.indices.ridits import Floats
from jevn.indices.settings import GroupedSettings, stacked

MOST_HIDDEN: Final = 12
"""Most hidden groups of one setting."""
_STRAIGHT: Final = frozenset(
    {"aci", "erreygers", "rci", "rci_extended", "rii_linear", "rii_mean", "sii_linear", "symmetric"}
)
"""Linear in the values, or a quotient of two linear ones: both ends lie in corners."""
_BOWLS: Final = frozenset(
    {
        "atkinson", "bgsd", "bgv", "cov", "ge2", "gini", "idisu", "idisw", "kolm", "mdbu", "mdbw",
        "mdmu", "mdmw", "mdru", "mdrw", "mld", "ti",
    }
)  # fmt: skip
"""Bowl-shaped (quasi-convex): the upper end lies in a corner."""
_DOMES: Final = frozenset({"ede_atkinson", "ede_kolm"})
"""Dome-shaped (quasi-concave): the lower end lies in a corner."""
_POINTS, _ROUNDS, _SHRINKING = 256, 90, 0.8


@dataclass(frozen=True, slots=True)
class IndexBounds:
    """What an index can be when some groups are hidden.

    Attributes:
        index: name of the index.
        lower: least value it can have; ``None`` if it is not defined.
        upper: greatest value it can have.
        sharp: whether both are reached and nothing outside them is possible, by proof. Else at
            least one end was searched for: the true one may lie a little outside.
        hidden: number of hidden groups.
        method: ``corners``, or ``corners_and_search``.
        lower_with_chance: the least lower limit of the index found, if standard errors are known
            (also for the hidden groups): what is hidden, and chance, together.
        upper_with_chance: the greatest upper limit found.
        level: level of these limits.
        note: key of a text that says what to beware of.
    """

    index: str
    lower: float | None
    upper: float | None
    sharp: bool
    hidden: int
    method: str
    lower_with_chance: float | None
    upper_with_chance: float | None
    level: float
    note: str | None


def index_bounds(
    name: str,
    data: GroupedData,
    ranges: Sequence[tuple[float, float] | None],
    *,
    mean: float | None = None,
    level: float = 0.95,
) -> IndexBounds:
    r"""Least and greatest value of an index over all that hidden values can be.

    Each hidden value lies in its range; where the mean of the whole population is published too,
    only values that give it are possible: $\sum p_i y_i = \bar y$. What is possible is a convex
    polytope. An index that is linear, or a quotient of linear ones (SII, RII, ACI, RCI, paired
    differences), has both ends in its corners, which are all tried (Charnes & Cooper 1962, Nav
    Res Logist Q 9: 181-186). A bowl-shaped one (variance, Theil, Gini) has its upper end there;
    its lower end, and both ends of others, are searched for from the best corner and the middle.

    Args:
        name: name of the index in ``INDICES``.
        data: the groups; hidden ones have the value ``None``. Their standard errors, if given,
            are used for the limits with chance.
        ranges: least and greatest possible value of each hidden group, on the scale of the
            values (:func:`count_range`); ``None`` for groups that are not hidden.
        mean: the known mean of all groups together, weighted with persons.
        level: level of the limits with chance.

    Raises:
        KeyError: if there is no such index.
        ValueError: if a range is missing, turned or beside a known value, if there are more than
            twelve hidden groups, or if no hidden values give the mean.

    >>> data = GroupedData((30.0, None, 10.0), (200.0, 300.0, 500.0), orders=(1, 2, 3))
    >>> found = index_bounds("sii_linear", data, [None, (10.0, 20.0), None])
    >>> round(found.lower, 3), round(found.upper, 3), found.sharp
    (-29.286, -22.857, True)
    """
    index = INDICES[name]
    box = _box(data, ranges)
    if not box.at:
        result = index(data, level=level)
        return IndexBounds(
            name, result.estimate, result.estimate, True, 0, "corners", result.lower, result.upper,
            level, result.note,
        )  # fmt: skip
    corners = _corners(box, mean)
    straight = name in _STRAIGHT or (name in ("d", "r") and data.orders is not None)
    tried = [corners]
    if not straight:
        wanted = {1: name not in _DOMES, -1: name not in _BOWLS}
        tried += [_searched(name, box, mean, corners, sign) for sign, yes in wanted.items() if yes]
    results = index(box.filled(np.concatenate(tried)), level=level)
    known = ~np.isnan(results.estimate)
    notes = {results.notes[n] for n in results.note[~known]} if not known.all() else set()
    note = next(iter(sorted(notes)), None) if notes else None
    if not known.any():
        return IndexBounds(
            name, None, None, False, len(box.at), "corners", None, None, level,
            NOTES + (note or "not_defined"),
        )  # fmt: skip
    chance = known & ~np.isnan(results.lower)
    return IndexBounds(
        index=name,
        lower=float(results.estimate[known].min()),
        upper=float(results.estimate[known].max()),
        sharp=straight and bool(known.all()),
        hidden=len(box.at),
        method="corners" if straight else "corners_and_search",
        lower_with_chance=float(results.lower[chance].min()) if chance.any() else None,
        upper_with_chance=float(results.upper[chance].max()) if chance.any() else None,
        level=level,
        note=None if note is None else NOTES + "hidden_undefined",
    )


def count_range(
    least: float, most: float, persons: float, *, factor: float = 100.0
) -> tuple[float, float]:
    """Range of a value whose number of cases is hidden, e.g. 1 to 4 of 60 persons.

    Args:
        least: fewest cases that are hidden in this way.
        most: most cases that are.
        persons: persons in the group.
        factor: value when all are cases, e.g. 100 for per cent.

    Raises:
        ValueError: unless 0 <= least <= most <= persons and there are persons.

    >>> count_range(1, 3, 60)
    (1.6666666666666667, 5.0)
    """
    if not 0 <= least <= most <= persons or persons <= 0:
        raise ValueError(f"{least} to {most} cases of {persons} persons")
    return factor * least / persons, factor * most / persons


@dataclass(frozen=True, eq=False)
class _Box:
    """The hidden groups of a setting and their ranges."""

    data: GroupedData
    settings: GroupedSettings
    at: tuple[int, ...]
    low: Floats
    high: Floats

    def filled(self, values: Floats) -> GroupedSettings:
        """The setting once for each row of hidden values, shape ``(rows, hidden)``."""
        many = self.settings.part(np.zeros(len(values), dtype=np.int64))
        whole = many.values.copy()
        whole[:, list(self.at)] = values
        return replace(many, values=whole)

    def shares(self) -> Floats:
        """Population shares of the hidden groups in all groups."""
        sizes = self.settings.sizes[0]
        found: Floats = sizes[list(self.at)] / sizes.sum()
        return found

    def rest(self, mean: float) -> float:
        """What the hidden groups must sum to, weighted with their shares."""
        sizes = self.settings.sizes[0]
        visible = np.nan_to_num(self.settings.values[0])
        return mean - float((sizes * visible).sum() / sizes.sum())


def _box(data: GroupedData, ranges: Sequence[tuple[float, float] | None]) -> _Box:
    if len(ranges) != len(data.estimates):
        raise ValueError(f"{len(ranges)} ranges for {len(data.estimates)} groups")
    at, ends = [], []
    for i, (value, given) in enumerate(zip(data.estimates, ranges, strict=True)):
        if (value is None) != (given is not None):
            raise ValueError(f"group {i}: a hidden value needs a range, a known one none")
        if given is not None:
            if not (np.isfinite(given).all() and given[0] <= given[1]):
                raise ValueError(f"group {i}: range {given}")
            at.append(i)
            ends.append(given)
    if len(at) > MOST_HIDDEN:
        raise ValueError(f"{len(at)} hidden groups; at most {MOST_HIDDEN}")
    low, high = np.array(ends, dtype=np.float64).reshape(-1, 2).T
    return _Box(data, stacked([data]), tuple(at), low, high)


def _corners(box: _Box, mean: float | None) -> Floats:
    """Corners of what is possible, shape ``(corners, hidden)``."""
    choices = [np.unique([low, high]) for low, high in zip(box.low, box.high, strict=True)]
    if mean is None:
        return np.array(list(product(*choices)))
    shares, rest = box.shares(), box.rest(mean)
    slack = 1e-9 * max(1.0, abs(mean))
    found = []
    for free in range(len(box.at)):
        others = [c for i, c in enumerate(choices) if i != free]
        for values in product(*others):
            corner = np.insert(np.array(values, dtype=np.float64), free, 0.0)
            if shares[free] <= 0:
                continue
            corner[free] = (rest - float(shares @ corner)) / shares[free]
            room = slack / shares[free]
            if box.low[free] - room <= corner[free] <= box.high[free] + room:
                corner[free] = np.clip(corner[free], box.low[free], box.high[free])
                found.append(corner)
    if not found:
        raise ValueError(f"no hidden values within their ranges give the mean {mean}")
    return np.unique(np.array(found), axis=0)


def _searched(name: str, box: _Box, mean: float | None, corners: Floats, sign: int) -> Floats:
    """The best point found for one end: ``sign`` 1 for the least index, -1 for the greatest.

    Points are spread about the best one so far, ever closer. A bowl has no other low place than
    its lowest, so the search cannot be led astray in it.
    """
    rng = np.random.default_rng(1)
    index = INDICES[name]

    def worth(points: Floats) -> Floats:
        found = sign * index(box.filled(points)).estimate
        return np.where(np.isnan(found), np.inf, found)

    start = np.vstack([corners, corners.mean(axis=0)])
    values = worth(start)
    best, least = start[values.argmin()], values.min()
    reach = box.high - box.low
    for _ in range(_ROUNDS):
        points = best + reach * rng.uniform(-1, 1, (_POINTS, len(reach)))
        points = _moved(points, box, mean)
        values = worth(points)
        if values.min() < least:
            best, least = points[values.argmin()], values.min()
        reach = reach * _SHRINKING
    found: Floats = best[None, :]
    return found


def _moved(points: Floats, box: _Box, mean: float | None) -> Floats:
    """Points moved into the ranges, and onto the mean: all values by one step, cut at the ends."""
    inside = np.clip(points, box.low, box.high)
    if mean is None:
        return inside
    shares, rest = box.shares(), box.rest(mean)
    span = float((box.high - box.low).max()) + float(np.abs(points - inside).max()) + 1e-12
    below, above = np.full(len(points), -2 * span), np.full(len(points), 2 * span)
    for _ in range(60):
        step = (below + above) / 2
        short = np.clip(points + step[:, None], box.low, box.high) @ shares < rest
        below, above = np.where(short, step, below), np.where(short, above, step)
    moved: Floats = np.clip(points + ((below + above) / 2)[:, None], box.low, box.high)
    return moved
