"""Funnels: how far areas of different size may lie from the whole by chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jevn.indices.noted import Notes, counted, noted, refuse
from jevn.indices.rates import poisson_limits
from jevn.indices.result import critical
from jevn.indices.ridits import Floats

Kind = Literal["proportion", "rate", "ratio"]
LEVELS = (0.95, 0.998)
"""Two and three standard deviations: one of 40 and one of 1 000 beyond each by chance."""


class FunnelClass(IntEnum):
    """Where an area lies; the order is that of the values. Not known: :attr:`UNKNOWN`."""

    FAR_BELOW = -2
    BELOW = -1
    WITHIN = 0
    ABOVE = 1
    FAR_ABOVE = 2
    UNKNOWN = 9


@dataclass(frozen=True, eq=False, slots=True)
class FunnelLimits:
    """Limits at given sizes, inner first.

    Attributes:
        denominators: sizes of areas, shape ``(n,)``.
        baseline: value of the whole.
        lower: lower limits, shape ``(levels, n)``.
        upper: upper limits, shape ``(levels, n)``.
        levels: level of each pair of limits.
    """

    denominators: Floats
    baseline: float
    lower: Floats
    upper: Floats
    levels: tuple[float, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Funnel:
    """Areas in a funnel, arrays of shape ``(n,)``.

    Attributes:
        values: value of each area.
        classes: :class:`FunnelClass` of each, as numbers.
        limits: limits at the size of each area.
        notes: what to beware of, and in which areas.
    """

    values: Floats
    classes: NDArray[np.int64]
    limits: FunnelLimits
    notes: Notes


def funnel_limits(
    denominators: ArrayLike,
    baseline: float,
    kind: Kind,
    *,
    levels: Sequence[float] = LEVELS,
    multiplier: float = 1.0,
) -> FunnelLimits:
    """Limits for areas of given sizes if they were all like the whole.

    Proportions: ``p -+ z sqrt(p (1 - p) / n)`` within 0-1, where Wilson's interval of an area
    just touches ``p``. Rates and ratios: the number of events whose exact Poisson interval just
    touches the expected number (which need not be whole), over the denominator.

    Spiegelhalter 2005, Stat Med 24: 1185-1202.

    Args:
        denominators: persons, person-years (rate) or expected events (ratio), shape ``(n,)``.
        baseline: proportion, rate or ratio of the whole, per person; 1 for ratios.
        kind: what it is.
        levels: levels of the limits, inner first.
        multiplier: factor on limits and baseline in the result.

    Raises:
        ValueError: if a denominator is negative, or the baseline is not possible.

    >>> found = funnel_limits([100, 400], 0.2, "proportion")
    >>> found.lower.round(4).tolist()
    [[0.1216, 0.1608], [0.0764, 0.1382]]
    """
    n = counted("denominators", denominators)
    if not 0 <= baseline <= (1 if kind == "proportion" else np.inf):
        raise ValueError(f"baseline: {baseline}")
    pairs = [_touching(n, baseline, kind, level) for level in levels]
    return FunnelLimits(
        n,
        baseline * multiplier,
        np.array([low for low, _ in pairs]) * multiplier,
        np.array([high for _, high in pairs]) * multiplier,
        tuple(levels),
    )


def funnel_classes(
    numerators: ArrayLike,
    denominators: ArrayLike,
    kind: Kind,
    *,
    baseline: float | None = None,
    levels: Sequence[float] = LEVELS,
    multiplier: float = 1.0,
) -> Funnel:
    """Which areas differ from the whole by more than chance.

    Proportions are held against the limits; rates and ratios by whether the interval of the
    area's own events (exact below ten, Byar from ten) leaves out the expected number.

    Args:
        numerators: cases or events, shape ``(n,)``.
        denominators: persons, person-years or expected events, shape ``(n,)``.
        kind: proportion, rate or ratio.
        baseline: value of the whole; without: all numerators over all denominators, of ratios 1.
        levels: inner and outer level.
        multiplier: factor on values and limits.

    Raises:
        ValueError: if a count is negative, cases are more than persons, there are events
            without denominator (naming the area), or there are not two levels.

    >>> funnel_classes([30, 20, 100], [100, 100, 1000], "proportion").classes.tolist()
    [2, 1, -1]
    """
    if len(levels) != 2 or levels[0] >= levels[1]:
        raise ValueError("an inner and an outer level are needed")
    x, n = np.broadcast_arrays(
        counted("numerators", numerators), counted("denominators", denominators)
    )
    refuse(
        np.asarray(x > n) if kind == "proportion" else (n == 0) & (x > 0), "more than is possible"
    )
    known = ~np.isnan(x + n) & (n > 0)
    if baseline is None:
        whole = n[known].sum()
        baseline = 1.0 if kind == "ratio" else float(x[known].sum() / whole) if whole else 0.0
    limits = funnel_limits(n, baseline, kind, levels=levels, multiplier=multiplier)
    with np.errstate(invalid="ignore"):
        values = x * multiplier / np.where(n > 0, n, np.nan)
        if kind == "proportion":
            beyond = [(values > limits.upper[i], values < limits.lower[i]) for i in (0, 1)]
        else:
            each = [poisson_limits(x, level=level) for level in levels]
            beyond = [(low > baseline * n, high < baseline * n) for low, high in each]
    classes = sum((above.astype(np.int64) - below for above, below in beyond), np.int64(0))
    return Funnel(
        values,
        np.where(known, classes, int(FunnelClass.UNKNOWN)),
        limits,
        noted(nobody_here=n == 0, missing_count=np.isnan(x + n)),
    )


def _touching(n: Floats, baseline: float, kind: Kind, level: float) -> tuple[Floats, Floats]:
    z = critical(level)
    with np.errstate(all="ignore"):
        if kind == "proportion":
            width = z * np.sqrt(baseline * (1 - baseline) / n)
            return np.maximum(baseline - width, 0.0), np.minimum(baseline + width, 1.0)
        from scipy.special import pdtrik

        tail, expected = (1 - level) / 2, baseline * n
        events = np.where(np.exp(-expected) >= tail, 0.0, pdtrik(tail, expected))
        many = pdtrik(1 - tail, expected) + 1
        # Of very few expected, one event is too many already.
        many = np.where(-np.expm1(-expected) <= tail, 1.0, many)
        return events / n, many / n
