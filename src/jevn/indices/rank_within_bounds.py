"""Concentration indices of values with a least and a greatest possible value."""

from __future__ import annotations

import numpy as np

from jevn.indices.index import Estimates, Family, Sign, Unit, index
from jevn.indices.rank_curves import RankCurve
from jevn.indices.rank_weights import (
    Notes,
    by_curve,
    divided_by,
    gradient_of,
    quotient_of,
    sum_of,
)
from jevn.indices.ridits import Floats
from jevn.indices.settings import GroupedSettings


@index("erreygers", Family.RANK, sign=Sign.DIFFERENCE, unit=Unit.NONE, ordered=True)
def erreygers_index(groups: GroupedSettings, *, level: float = 0.95) -> Estimates:
    r"""Erreygers' corrected concentration index of bounded values.

    $$ E = \frac{4 \mu}{b - a} RCI = \frac{8}{b - a} \sum_i p_i (R_i - \tfrac12) y_i $$

    with $a$ and $b$ the least and the greatest possible value, from the scale and never from the
    figures at hand. Rates per N have no greatest value; 0 and N are used, with a note.

    Interval: as in ``aci``, of which it is a multiple.

    Range: from -1 to 1. Not defined where values have no bounds, or lie outside them.

    Sign: above 0 when the top has more. Cases and non-cases give the same with the other sign.

    Ties: groups of equal position share their mean rank; all at one position: not defined.

    Weights: persons count once, in shares and ranks.

    Missing groups: left out; ranks are those among the groups with a value.

    Source: Erreygers 2009, J Health Econ 28: 504-515.

    >>> data = GroupedData(
    ...     estimates=(30.0, 20.0, 10.0),
    ...     populations=(20.0, 30.0, 50.0),
    ...     standard_errors=(3.0, 2.0, 1.0),
    ...     orders=(1, 2, 3),
    ...     bounds=(0.0, 100.0),
    ... )
    >>> result = erreygers_index(data)
    >>> round(result.estimate, 4), round(result.se, 4)
    (-0.164, 0.0228)
    """
    low, high, notes = _bounds(groups)
    return sum_of(groups, 4 * gradient_of(groups) / (high - low)[:, None], level, notes)


@index("wagstaff", Family.RANK, sign=Sign.DIFFERENCE, unit=Unit.NONE, ordered=True)
def wagstaff_index(groups: GroupedSettings, *, level: float = 0.95) -> Estimates:
    r"""Wagstaff's normalised concentration index of bounded values.

    $$ W = \frac{\mu (b - a)}{(b - \mu)(\mu - a)} RCI $$

    with $a$ and $b$ the least and the greatest possible value, from the scale and never from the
    figures at hand. Rates per N have no greatest value; 0 and N are used, with a note.

    Interval: as in ``rci``, with $(b - \mu)(\mu - a)$ below the line; the standard error is that
    of the delta method.

    Range: from -1 to 1. Not defined where values have no bounds or lie outside them, nor where
    all values are the least or all the greatest possible.

    Sign: above 0 when the top has more. Cases and non-cases give the same with the other sign.

    Ties: groups of equal position share their mean rank; all at one position: not defined.

    Weights: persons count once, in shares and ranks.

    Missing groups: left out; ranks are those among the groups with a value.

    Source: Wagstaff 2005, Health Econ 14: 429-432.

    >>> data = GroupedData(
    ...     estimates=(30.0, 20.0, 10.0),
    ...     populations=(20.0, 30.0, 50.0),
    ...     standard_errors=(3.0, 2.0, 1.0),
    ...     orders=(1, 2, 3),
    ...     bounds=(0.0, 100.0),
    ... )
    >>> result = wagstaff_index(data)
    >>> round(result.estimate, 4), round(result.se, 4)
    (-0.2906, 0.0359)
    """
    low, high, notes = _bounds(groups)
    above = (high - low)[:, None] * gradient_of(groups)
    below = (low + high - 2 * groups.means)[:, None] * groups.shares
    room = (high - groups.means) * (groups.means - low)
    room = np.where(room > 1e-14 * (high - low) ** 2, room, 0.0)
    full = (groups.groups > 0) & (room == 0)
    return divided_by(groups, above, below, room, level, [*notes, (full, "all_at_bound")])


@index("symmetric", Family.RANK, sign=Sign.DIFFERENCE, unit=Unit.NONE, ordered=True)
def symmetric_index(
    groups: GroupedSettings,
    *,
    level: float = 0.95,
    sensitivity: float = 2.0,
    relative: bool = False,
) -> Estimates:
    r"""Symmetric index of bounded values, with a chosen sensitivity to the ends of the ladder.

    $$ GS(\beta) = \frac{4}{b - a} \sum_i w_i y_i, \quad
    w_i = \int_{R^-_i}^{R^+_i} \beta 2^{\beta - 2} |r - \tfrac12|^{\beta - 1}
    \operatorname{sgn}(r - \tfrac12) \, dr
    = 2^{\beta - 2} \left( |R^+_i - \tfrac12|^\beta - |R^-_i - \tfrac12|^\beta \right) $$

    with $R^-_i$ and $R^+_i$ the beginning and end of the group's range of ranks, and $a$ and $b$
    the least and the greatest possible value, from the scale and never from the figures at hand.
    ``sensitivity`` ($\beta$) is above 1: 2 equals ``erreygers``; nearer 1, the middle of the
    ladder counts more; greater, the two ends. ``relative=True`` divides by the mean in the place
    of $(b - a)/4$; values then need no bounds, and 2 equals ``rci``.

    Interval: as in ``aci``; of the relative form as in ``rci``.

    Range: from -1 to 1; of the relative form $-\beta/2$ to $\beta/2$ for values that are not
    negative. Not defined where values have no bounds or lie outside them.

    Sign: above 0 when the top has more. Bottom and top count the same; cases and non-cases give
    the same with the other sign.

    Ties: groups of equal position share one range; all at one position: not defined.

    Weights: persons count once, in shares and ranks.

    Missing groups: left out; ranks are those among the groups with a value.

    Source: Erreygers, Clarke & Van Ourti 2012, J Health Econ 31: 257-270.

    >>> data = GroupedData(
    ...     estimates=(30.0, 20.0, 10.0),
    ...     populations=(20.0, 30.0, 50.0),
    ...     orders=(1, 2, 3),
    ...     bounds=(0.0, 100.0),
    ... )
    >>> round(symmetric_index(data).estimate, 4)
    -0.164
    >>> round(symmetric_index(data, sensitivity=4.0).estimate, 4)
    -0.187
    """
    weights = by_curve(groups, RankCurve("symmetric", sensitivity))
    if relative:
        return quotient_of(groups, weights, level)
    low, high, notes = _bounds(groups)
    return sum_of(groups, 4 * weights / (high - low)[:, None], level, notes)


def _bounds(groups: GroupedSettings) -> tuple[Floats, Floats, Notes]:
    """Least and greatest possible value, not-a-number where the index is not defined."""
    low = np.where(np.isnan(groups.floors) & ~np.isnan(groups.units), 0.0, groups.floors)
    from_unit = np.isnan(groups.ceilings) & ~np.isnan(groups.units)
    high = np.where(from_unit, groups.units, groups.ceilings)
    without = ~(np.isfinite(low) & np.isfinite(high) & (high > low))
    beyond = (groups.values < low[:, None]) | (groups.values > high[:, None])
    outside = ~without & (groups.known & beyond).any(axis=1)
    gone = without | outside
    return (
        np.where(gone, np.nan, low),
        np.where(gone, np.nan, high),
        [(without, "no_bounds"), (outside, "outside_bounds"), (from_unit, "bounds_from_unit")],
    )
