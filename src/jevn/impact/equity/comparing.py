"""Alternatives held against each other: the plane, dominance, winners and losers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from jevn.impact.equity.inequality import SURE, slope_index
from jevn.impact.uncertainty import Drawn, drawn

Floats = npt.NDArray[np.float64]
_TINY = 1e-12

GroupVerdict = Literal["gains", "loses", "unchanged", "cannot_tell"]


@dataclass(frozen=True, slots=True)
class GroupChange:
    """What one group gains.

    Attributes:
        group: its name.
        persons: persons in it.
        total: gain of the group.
        per_1000: gain per 1 000 persons in it.
        verdict: ``gains`` or ``loses`` where at least 95 % of the draws agree.
    """

    group: str
    persons: float
    total: Drawn
    per_1000: Drawn
    verdict: GroupVerdict


def verdict_of(values: Floats) -> GroupVerdict:
    """What can be said of draws of a gain."""
    if not np.any(np.abs(values) > _TINY):
        return "unchanged"
    above = float((values > 0).mean())
    below = float((values < 0).mean())
    if above >= SURE:
        return "gains"
    return "loses" if below >= SURE else "cannot_tell"


def winners_losers(gain: Floats, persons: Floats, names: Sequence[str]) -> tuple[GroupChange, ...]:
    """Who gains and who loses.

    Args:
        gain: (draws, groups).
        persons: (groups,).
        names: of the groups.

    Raises:
        ValueError: shapes that differ.
    """
    if gain.ndim != 2 or gain.shape[1] != len(persons) or len(names) != len(persons):
        raise ValueError("gain must have a column per group")
    found = []
    for i, name in enumerate(names):
        per = gain[:, i] / persons[i] * 1000 if persons[i] > 0 else gain[:, i] * 0.0
        change = GroupChange(
            name, float(persons[i]), drawn(gain[:, i]), drawn(per), verdict_of(gain[:, i])
        )
        found.append(change)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class PlanePoint:
    """Place in the plane of health gained and inequality.

    Attributes:
        health: healthy years gained per 1 000 persons.
        fairness: how much more the bottom of the social ladder gains than the top, per 1 000
            (the fall in the slope index; above 0: inequality falls).
        win_win: share of the draws with more health and less inequality.
        health_only: more health, more inequality.
        fairness_only: less health, less inequality.
        lose_lose: less of both.
    """

    health: Drawn
    fairness: Drawn
    win_win: float
    health_only: float
    fairness_only: float
    lose_lose: float


def plane_point(gain: Floats, persons: Floats) -> PlanePoint:
    """Place of an alternative in the equity-efficiency plane.

    The slope index is linear, so its change is the slope of the gains: SII(after) - SII(before) =
    SII(gain).

    Args:
        gain: healthy years gained, (draws, groups), lowest social position first.
        persons: (groups,).
    """
    per = np.divide(gain, persons, out=np.zeros_like(gain), where=persons > 0) * 1000
    health = gain.sum(axis=1) / persons.sum() * 1000
    fairness = -slope_index(persons, per)
    up, fair = health > 0, fairness > 0
    down, unfair = health < 0, fairness < 0
    return PlanePoint(
        drawn(health),
        drawn(fairness),
        float((up & ~unfair | fair & ~down & ~up).mean()),
        float((up & unfair).mean()),
        float((down & fair).mean()),
        float((down & ~fair | unfair & ~up & ~down).mean()),
    )


Order = Literal["all_groups", "generalised_lorenz", "none"]


def distribution_dominance(first: Floats, second: Floats, persons: Floats) -> Order:
    """Whether a distribution is better than another for whoever prefers more and fairer.

    ``all_groups``: no group is worse off and one is better off. ``generalised_lorenz``: the sum
    that the worst-off share of the people has is never smaller and somewhere larger (Shorrocks
    1983, Economica 50:3-17): anyone averse to inequality prefers it.

    Args:
        first: level by group, (groups,), of a quantity of which more is better.
        second: the same of the other.
        persons: (groups,).
    """
    margin = _TINY * max(float(np.abs(first).max()), float(np.abs(second).max()), 1e-300)
    if (first >= second - margin).all() and (first > second + margin).any():
        return "all_groups"
    at, a = _lorenz(first, persons)
    bt, b = _lorenz(second, persons)
    grid = np.union1d(at, bt)
    upper, lower = np.interp(grid, at, a), np.interp(grid, bt, b)
    if (upper >= lower - margin).all() and (upper > lower + margin).any():
        return "generalised_lorenz"
    return "none"


def _lorenz(values: Floats, persons: Floats) -> tuple[Floats, Floats]:
    order = np.argsort(values, kind="stable")
    share = persons[order] / persons.sum()
    at = np.concatenate([[0.0], np.cumsum(share)])
    return at, np.concatenate([[0.0], np.cumsum(share * values[order])])


def stochastic_dominance(first: Floats, second: Floats) -> Literal["first", "second", "none"]:
    """Whether draws of a scalar dominate another's: of first order, else of second order.

    First order: at least as large at every quantile. Second order: the mean of the worst share
    of the draws is never smaller (whoever dislikes risk prefers it).

    Raises:
        ValueError: different numbers of draws.
    """
    if first.shape != second.shape or first.ndim != 1:
        raise ValueError("the two have different numbers of draws")
    a, b = np.sort(first), np.sort(second)
    if (a >= b).all() and (a > b).any():
        return "first"
    low, high = np.cumsum(a), np.cumsum(b)
    return "second" if (low >= high).all() and (low > high).any() else "none"
