"""Inequality before and after: gap, slope, and the verdict on whether the gap narrows."""

from __future__ import annotations

from collections.abc import Sequence

from jevn.impact.results import GapVerdict, Interval
from jevn.indices import GroupedData, rank_line

_SAME = 1e-12


def gap(values: Sequence[float]) -> float:
    """Value of the highest group minus that of the lowest."""
    return values[-1] - values[0]


def slope(values: Sequence[float], populations: Sequence[float]) -> float:
    """Slope index of inequality: weighted least-squares slope of the values on social rank.

    SII = Σ w (z - z̄)(y - ȳ) / Σ w (z - z̄)², z the mid-point rank, w the population
    (Mackenbach & Kunst 1997, Soc Sci Med 44:757-771; computed by :mod:`jevn.indices`). 0 if
    only one group has people.
    """
    line = rank_line(
        GroupedData(
            estimates=tuple(values),
            populations=tuple(populations),
            orders=tuple(float(i) for i in range(len(values))),
        )
    )
    return 0.0 if line is None else line.slope


def interval(value: float, one: float | None, other: float | None) -> Interval:
    """An interval whose limits stand in order whichever comes first."""
    if one is None or other is None:
        return Interval(value, None, None)
    return Interval(value, min(one, other), max(one, other))


def verdict(
    gap_before: float, gap_after: Interval, sii_before: float, sii_after: Interval
) -> GapVerdict:
    """Whether the difference between the groups gets smaller.

    * ``no_change``: neither the gap nor the slope moves.
    * ``not_known``: the effect has no published limits, so chance cannot be judged.
    * ``cannot_tell``: within the limits both smaller and larger are possible, or the gap
      between the outer groups and the slope over all groups move in opposite directions.
    * ``narrows``, ``widens``: absolute size surely smaller, larger.
    """
    moves = (abs(gap_after.value) - abs(gap_before), abs(sii_after.value) - abs(sii_before))
    if all(abs(m) <= _SAME for m in moves) and _still(gap_before, gap_after):
        return "no_change"
    if gap_after.lower is None or gap_after.upper is None:
        return "not_known"
    if moves[0] * moves[1] < 0:
        return "cannot_tell"
    ends = [abs(x) - abs(gap_before) for x in (gap_after.lower, gap_after.upper)]
    if all(e < -_SAME for e in (*ends, moves[0])):
        return "narrows"
    if all(e > _SAME for e in (*ends, moves[0])):
        return "widens"
    return "cannot_tell"


def _still(before: float, after: Interval) -> bool:
    limits = [x for x in (after.lower, after.upper) if x is not None]
    return all(abs(abs(x) - abs(before)) <= _SAME for x in limits)
