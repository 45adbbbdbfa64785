"""Weights by rank: what all concentration indices of grouped data are made of."""

from __future__ import annotations

import numpy as np

from jevn.indices.index import Estimates
from jevn.indices.rank_curves import RankCurve
from jevn.indices.ridits import Floats, rank_ranges
from jevn.indices.settings import Flags, GroupedSettings, divided
from jevn.indices.square_and_add import arms, limits_of_quotient, limits_of_sum

Notes = list[tuple[Flags, str]]
"""Settings about which something is to be said, and the note's name."""


def gradient_of(groups: GroupedSettings) -> Floats:
    """Derivative of the absolute index by each value, shape ``(s, k)``."""
    return 2 * groups.shares * (groups.ranks_of_known - 0.5)


def one_position(groups: GroupedSettings) -> Flags:
    """Settings whose known groups all have the same position, shape ``(s,)``."""
    top = np.where(groups.known, groups.orders, -np.inf).max(axis=1)
    bottom = np.where(groups.known, groups.orders, np.inf).min(axis=1)
    found: Flags = groups.ordered & (top == bottom)
    return found


def ranges(groups: GroupedSettings) -> tuple[Floats, Floats]:
    """Where each position begins and ends among the groups with a value, ``(s, k)``."""
    lower, upper = rank_ranges(groups.shares, groups.orders)
    return np.clip(np.nan_to_num(lower), 0.0, 1.0), np.clip(np.nan_to_num(upper), 0.0, 1.0)


def by_curve(groups: GroupedSettings, curve: RankCurve) -> Floats:
    """Weight of each value when ranks count by a curve, shape ``(s, k)``.

    Every group of a position gets the mean weight of the position's ranks, times its share.
    """
    lower, upper = ranges(groups)
    with np.errstate(invalid="ignore", divide="ignore"):
        weights: Floats = np.nan_to_num(groups.shares * curve.mean(lower, upper))
    return weights


def sum_of(
    groups: GroupedSettings, gradient: Floats, level: float, notes: Notes | None = None
) -> Estimates:
    """An index that is a sum of the values with fixed weights."""
    same = one_position(groups)
    undefined = same if not notes else same | np.isnan(gradient).any(axis=1)
    estimate = np.where(undefined, np.nan, (gradient * groups.filled).sum(axis=1))
    lower, upper = limits_of_sum(gradient, groups.filled, arms(groups, level))
    return Estimates(
        estimate,
        groups.propagated(gradient),
        lower,
        upper,
        method="square_and_add",
        notes=[(same & (groups.groups >= 2), "one_position"), *(notes or [])],
    )


def quotient_of(groups: GroupedSettings, gradient: Floats, level: float) -> Estimates:
    """An index that is such a sum divided by the mean."""
    return divided_by(groups, gradient, groups.shares, groups.means, level, quotient_notes(groups))


def quotient_notes(groups: GroupedSettings) -> Notes:
    """Where an index that is relative to the mean is not defined."""
    several = groups.groups >= 2
    return [
        (one_position(groups) & several, "one_position"),
        ((groups.means == 0) & several, "zero_mean"),
    ]


def divided_by(
    groups: GroupedSettings,
    above: Floats,
    below: Floats,
    denominator: Floats,
    level: float,
    notes: Notes,
) -> Estimates:
    """An index that is a sum of the values over a function of their mean."""
    same = one_position(groups)
    numerator = (above * groups.filled).sum(axis=1)
    estimate = np.where(same, np.nan, divided(numerator, denominator))
    gradient = divided(above - estimate[:, None] * below, denominator[:, None])
    lower, upper = limits_of_quotient(above, below, numerator, denominator, arms(groups, level))
    open_ended = groups.has_errors & np.isfinite(estimate) & np.isnan(lower)
    return Estimates(
        estimate,
        groups.propagated(gradient),
        lower,
        upper,
        method="square_and_add",
        notes=[
            (same & (groups.groups >= 2), "one_position"),
            *notes,
            (open_ended, "mean_uncertain"),
        ],
    )
