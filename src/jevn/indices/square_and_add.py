"""Limits of sums and quotients of group values by square-and-add.

A normal interval of an index built from the standard errors of the groups is too short, or of no
width at all, where a group has few cases or none. Square-and-add (Newcombe 1998; Zou & Donner
2008) builds the limits of the index from the *limits* of the groups instead, here Wilson's, which
hold for few cases too and are not symmetric. With many cases both give the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from jevn.indices.result import critical
from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags, GroupedSettings

_STEPS: Final = 40


@dataclass(frozen=True, slots=True)
class Arms:
    """Distance from each value to its own limits, shape ``(s, k)``; 0 at unknown groups.

    Attributes:
        down: from the value down to its lower limit.
        up: from the value up to its upper limit.
    """

    down: Floats
    up: Floats


def arms(groups: GroupedSettings, level: float) -> Arms:
    """Distances from the values of the groups to their own limits.

    Shares of a known unit (also rates per N) have Wilson's limits. The number of persons behind
    the value is what its standard error says, ``n = p (1 - p) / se^2``, so that the design of a
    survey is in it; of groups where none or all are cases, whose standard error is 0 in most
    samples, it is the number of respondents. Other values (means) have normal limits.

    Args:
        groups: the settings.
        level: level of the limits.
    """
    z = critical(level)
    with np.errstate(all="ignore"):
        unit = groups.units[:, None]
        share, error = groups.values / unit, groups.errors / unit
        inside = (share > 0) & (share < 1)
        persons = np.where(inside, share * (1 - share) / error**2, groups.samples)
        spread = 1 + z**2 / persons
        half = z / spread * np.sqrt(share * (1 - share) / persons + (z / persons / 2) ** 2)
        shift = z**2 / persons * (0.5 - share) / spread
        normal = z * groups.errors
        possible = (share >= 0) & (share <= 1)
        wilson = possible & (persons > 0)
        down = np.where(wilson, unit * (half - shift), normal)
        up = np.where(wilson, unit * (half + shift), normal)
        down = np.where(possible, np.minimum(down, unit * share), down)
        up = np.where(possible, np.minimum(up, unit * (1 - share)), up)
    down = np.where(groups.known, np.maximum(down, 0.0), 0.0)
    return Arms(down, np.where(groups.known, np.maximum(up, 0.0), 0.0))


def limits_of_sum(weights: Floats, values: Floats, reach: Arms) -> tuple[Floats, Floats]:
    """Limits of ``sum w_i y_i`` of independent groups.

    ``L = sum w y - sqrt(sum (w (y - l or u - y))^2)``, with the limit that makes the sum less;
    the upper limit likewise.

    Args:
        weights: weight of each value, shape ``(s, k)``; 0 at unknown groups.
        values: value of each group, shape ``(s, k)``; 0 where unknown.
        reach: distances to the groups' limits.

    Returns:
        Lower and upper limits, each of shape ``(s,)``.
    """
    total = (weights * values).sum(axis=1)
    squares, used = weights**2, weights != 0
    less = np.where(used, squares * np.where(weights > 0, reach.down, reach.up) ** 2, 0.0)
    more = np.where(used, squares * np.where(weights > 0, reach.up, reach.down) ** 2, 0.0)
    return total - np.sqrt(less.sum(axis=1)), total + np.sqrt(more.sum(axis=1))


def limits_of_quotient(
    above: Floats, below: Floats, numerator: Floats, denominator: Floats, reach: Arms
) -> tuple[Floats, Floats]:
    """Limits of ``N / D``: every ``c`` for which 0 lies within the limits of ``N - c D``.

    That is Fieller's interval (1954), with square-and-add in the place of normal limits. It is
    bounded where the limits of D do not hold 0, which they never do for shares.

    Args:
        above: derivative of N by each value, shape ``(s, k)``; 0 at unknown groups.
        below: derivative of D by each value, likewise.
        numerator: N, shape ``(s,)``.
        denominator: D, shape ``(s,)``.
        reach: distances to the groups' limits.

    Returns:
        Lower and upper limits, each of shape ``(s,)``; not-a-number where D is 0 or its limits
        hold 0.
    """
    turn = np.where(denominator < 0, -1.0, 1.0)
    above, below = above * turn[:, None], below * turn[:, None]
    numerator, denominator = numerator * turn, denominator * turn
    least, _ = limits_of_sum(below, np.zeros_like(below), reach)
    bounded = denominator + least > 1e-12 * denominator
    with np.errstate(all="ignore"):
        start = np.where(bounded, numerator / denominator, np.nan)
        lower = _root(above, below, numerator, denominator, start, reach)
        upper = -_root(-above, below, -numerator, denominator, -start, reach)
    return lower, upper


def _root(
    above: Floats,
    below: Floats,
    numerator: Floats,
    denominator: Floats,
    start: Floats,
    reach: Arms,
) -> Floats:
    """Where the lower limit of ``N - c D`` is 0, below ``start``.

    The lower limit is a concave, falling function of ``c`` where D is bounded away from 0, and is
    not positive at ``start``: Newton's steps come down to the root without passing it.
    """
    at = start.copy()
    busy: Flags = ~np.isnan(at)
    down, up = reach.down**2, reach.up**2
    for _ in range(_STEPS):
        rows = np.flatnonzero(busy)
        if not rows.size:
            break
        few = slice(None) if rows.size == len(at) else rows
        c, slope = at[few], below[few]
        gradient = above[few] - c[:, None] * slope
        part = gradient * np.where(gradient > 0, down[few], up[few])
        length = np.sqrt((part * gradient).sum(axis=1))
        value = numerator[few] - c * denominator[few] - length
        fall = denominator[few] - (part * slope).sum(axis=1) / np.where(length > 0, length, 1.0)
        step = np.where(length > 0, value / fall, 0.0)
        moved = c + np.minimum(step, 0.0)
        busy[few] = np.abs(moved - c) > 1e-13 * np.maximum(1.0, np.abs(moved))
        at[few] = moved
    return at
