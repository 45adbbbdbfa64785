"""The level over time."""

from __future__ import annotations

import math
from collections.abc import Sequence

from jevn.challenges.observed import LEVEL, Observed, judge
from jevn.challenges.results import Figure, Indicator, Trend
from jevn.indices import Interval, critical


def trend(level: Observed, series: Sequence[Observed], indicator: Indicator) -> Trend | None:
    """The municipality's series of periods as long as the newest one's, and its yearly change.

    Periods of other lengths are never mixed in. The slope is weighted least squares on the
    mid-points of the periods, with weights ``1 / se^2``; periods that overlap (moving means)
    tell the same persons twice, so the slope rests on the newest period and those before it
    that do not overlap. ``se^2 = 1 / sum w (t - tbar)^2``, enlarged by the scatter about the line
    where that is more than chance (``Q / (k - 2)``; Birge 1932, Phys Rev 40: 207). Without
    standard errors: ordinary least squares with Student's t, from three periods.

    Returns:
        ``None`` with less than two periods.
    """
    points = [f for f in series if f.value is not None and f.years == level.years]
    if len(points) < 2:
        return None
    apart = _apart(points)
    slope = _weighted(apart)
    slope = slope or _ordinary(apart)
    figure = None
    if slope is not None:
        period = f"{apart[0].start}–{apart[-1].end}"
        figure = Figure(slope.estimate, slope.lower, slope.upper, period, level.origin)
    return Trend(
        tuple(p.figure() for p in points),
        figure,
        judge(None if slope is None else slope.estimate, slope, indicator.polarity),
    )


def _apart(points: Sequence[Observed]) -> list[Observed]:
    chosen: list[Observed] = []
    for point in reversed(points):
        if not chosen or point.end < chosen[-1].start:
            chosen.append(point)
    return chosen[::-1]


def _weighted(points: Sequence[Observed]) -> Interval | None:
    errors = [p.error for p in points]
    if len(points) < 2 or not all(errors):
        return None
    weights = [1 / e**2 for e in errors if e]
    slope, spread, rest = _line(points, weights)
    se = math.sqrt(1 / spread)
    if len(points) > 2:
        se *= math.sqrt(max(1.0, rest / (len(points) - 2)))
    half = critical(LEVEL) * se
    return Interval(slope, slope - half, slope + half, "wls")


def _ordinary(points: Sequence[Observed]) -> Interval | None:
    if len(points) < 3:
        return None
    from scipy.special import stdtrit

    slope, spread, rest = _line(points, [1.0] * len(points))
    free = len(points) - 2
    half = float(stdtrit(free, (1 + LEVEL) / 2)) * math.sqrt(rest / free / spread)
    return Interval(slope, slope - half, slope + half, "ols")


def _line(points: Sequence[Observed], weights: Sequence[float]) -> tuple[float, float, float]:
    """Slope per year, weighted spread of the years, weighted sum of squares about the line."""
    total = sum(weights)
    years = [p.middle for p in points]
    values = [p.value or 0.0 for p in points]
    centre = sum(w * t for w, t in zip(weights, years, strict=True)) / total
    mean = sum(w * y for w, y in zip(weights, values, strict=True)) / total
    each = list(zip(weights, years, values, strict=True))
    spread = sum(w * (t - centre) ** 2 for w, t, _ in each)
    slope = sum(w * (t - centre) * (y - mean) for w, t, y in each) / spread
    rest = sum(w * (y - mean - slope * (t - centre)) ** 2 for w, t, y in each)
    return slope, spread, rest
