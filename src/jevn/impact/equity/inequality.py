"""Inequality by social position before and after, draw by draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jevn.impact.results import GapVerdict
from jevn.impact.uncertainty import Drawn, drawn

Floats = npt.NDArray[np.float64]
SURE = 0.95
"""Share of the draws that must agree before it is said that inequality falls or rises."""


@dataclass(frozen=True, slots=True)
class IndexChange:
    """One index before and after.

    Attributes:
        index: ``sii``, ``rii``, ``absolute_gap``, ``relative_gap`` or ``concentration``.
        before: without the alternative (mean of the draws).
        after: with it.
        change: after less before, in the same draws.
    """

    index: str
    before: float
    after: Drawn
    change: Drawn


@dataclass(frozen=True, slots=True)
class Equity:
    """What happens to inequality in one outcome.

    Attributes:
        indices: those that are defined in every draw.
        sii_falls: probability that the slope index comes nearer to zero.
        gap_falls: probability that the gap between the lowest and the highest group does.
        verdict: ``narrows`` or ``widens`` where at least 95 % of the draws agree for both,
            ``no_change`` where nothing moves, else ``cannot_tell``.
    """

    indices: tuple[IndexChange, ...]
    sii_falls: float
    gap_falls: float
    verdict: GapVerdict

    def index(self, name: str) -> IndexChange | None:
        """One index, or ``None`` where it is not defined."""
        return next((i for i in self.indices if i.index == name), None)


def slope_index(persons: Floats, values: Floats) -> Floats:
    """Slope index of inequality: weighted least squares on mid-point ranks, top less bottom.

    Args:
        persons: (groups,), lowest social position first.
        values: (..., groups).

    Returns:
        (...,); the same as :func:`jevn.indices.sii_linear`.
    """
    centred, share = _ranks(persons)
    return np.asarray(values @ (share * centred) / (share @ centred**2))


def equity(persons: Floats, before: Floats, after: Floats) -> Equity:
    """Indices of inequality before and after, their change, and what can be said of it.

    The slope index (SII) and the gap are absolute, in the outcome's own unit; the relative index
    (RII) is the ratio of the line's ends, top over bottom, the relative gap highest over lowest
    group, and the concentration index twice the covariance of value and rank over the mean
    (definitions and sources: :mod:`jevn.indices`). A verdict rests on the absolute indices alone:
    the relative ones can fall while everyone's distance grows.

    Args:
        persons: (groups,), lowest social position first.
        before: (groups,) or (draws, groups).
        after: (draws, groups).

    Raises:
        ValueError: shapes that differ, negative persons or none at all, values that are no
            numbers, or fewer than two groups.
    """
    persons, before, after = _checked(persons, before, after)
    found = []
    for name, of in _INDICES:
        first, second = of(persons, before), of(persons, after)
        if np.isfinite(first).all() and np.isfinite(second).all():
            change = IndexChange(name, float(first.mean()), drawn(second), drawn(second - first))
            found.append(change)
    slope = np.abs(slope_index(persons, after)) - np.abs(slope_index(persons, before))
    gap = np.abs(_gap(persons, after)) - np.abs(_gap(persons, before))
    falls = [_below(_rounded(x, after)) for x in (slope, gap)]
    moved = [bool(np.any(_rounded(x, after) != 0)) for x in (slope, gap)]
    verdict: GapVerdict = "cannot_tell"
    if not any(moved):
        verdict = "no_change"
    elif min(falls) >= SURE:
        verdict = "narrows"
    elif max(falls) <= 1 - SURE:
        verdict = "widens"
    return Equity(tuple(found), falls[0], falls[1], verdict)


def _rounded(change: Floats, values: Floats) -> Floats:
    """Changes within rounding of the values are none."""
    return np.where(np.abs(change) <= 1e-12 * (np.abs(values).max() + 1e-300), 0.0, change)


def _below(change: Floats) -> float:
    return float((change < 0).mean() + 0.5 * (change == 0).mean())


def _ranks(persons: Floats) -> tuple[Floats, Floats]:
    share = persons / persons.sum()
    rank = np.cumsum(share) - share / 2
    return rank - share @ rank, share


def _ratio(top: Floats, bottom: Floats) -> Floats:
    return np.divide(top, bottom, out=np.full_like(top, np.nan), where=(bottom > 0) & (top > 0))


def _rii(persons: Floats, values: Floats) -> Floats:
    share = persons / persons.sum()
    rank = np.cumsum(share) - share / 2
    slope = slope_index(persons, values)
    mean = values @ share
    return _ratio(mean + slope * (1 - share @ rank), mean - slope * (share @ rank))


def _gap(persons: Floats, values: Floats) -> Floats:
    there = np.flatnonzero(persons > 0)
    return np.asarray(values[..., there[-1]] - values[..., there[0]])


def _relative_gap(persons: Floats, values: Floats) -> Floats:
    there = np.flatnonzero(persons > 0)
    return _ratio(values[..., there[-1]], values[..., there[0]])


def _concentration(persons: Floats, values: Floats) -> Floats:
    centred, share = _ranks(persons)
    top, mean = 2 * (values @ (share * centred)), values @ share
    return np.divide(top, mean, out=np.full_like(top, np.nan), where=mean > 0)


_INDICES = (
    ("sii", slope_index),
    ("rii", _rii),
    ("absolute_gap", _gap),
    ("relative_gap", _relative_gap),
    ("concentration", _concentration),
)


def _checked(persons: Floats, before: Floats, after: Floats) -> tuple[Floats, Floats, Floats]:
    persons = np.asarray(persons, dtype=np.float64)
    after = np.asarray(after, dtype=np.float64)
    before = np.asarray(before, dtype=np.float64)
    if persons.ndim != 1 or after.ndim != 2 or after.shape[1] != len(persons):
        raise ValueError("after must have a row per draw and a column per group of persons")
    if before.shape not in (persons.shape, after.shape):
        raise ValueError("before must have the shape of persons or of after")
    if not np.isfinite(persons).all() or (persons < 0).any() or int((persons > 0).sum()) < 2:
        raise ValueError("persons must be numbers of 0 or more, in at least two groups")
    if not (np.isfinite(before).all() and np.isfinite(after).all()):
        raise ValueError("a value is no number")
    return persons, np.broadcast_to(before, after.shape), after
