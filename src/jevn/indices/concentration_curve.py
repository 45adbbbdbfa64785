"""The concentration curve: what share of the value lies with what share of the population."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jevn.indices.grouped import GroupedData
from jevn.indices.rank_weights import ranges
from jevn.indices.result import NOTES, critical
from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags, GroupedSettings, stacked
from jevn.indices.square_and_add import Arms, arms, limits_of_quotient


@dataclass(frozen=True, slots=True)
class ConcentrationCurve:
    """Points of a concentration curve from (0, 0) to (1, 1), one for each social position.

    Attributes:
        population: cumulative share of the population, from the bottom of the ladder.
        value: cumulative share of the value (of cases, for shares and rates).
        se: standard errors of ``value``; ``None`` where unknown.
        lower: lower limits of ``value``; ``None`` where unknown.
        upper: upper limits of ``value``; ``None`` where unknown.
        level: level of the limits, e.g. 0.95. They hold for one point at a time.
        note: key of a text that says why there are no points.
    """

    population: tuple[float, ...]
    value: tuple[float, ...]
    se: tuple[float | None, ...]
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    level: float
    note: str | None = None


def concentration_curve(data: GroupedData, *, level: float = 0.95) -> ConcentrationCurve:
    r"""Points of the concentration curve of grouped data.

    $$ L_j = \frac1\mu \sum_{i \le j} p_i y_i $$

    with groups from the bottom of the ladder. Groups of equal position are joined to one point;
    groups without a value are left out. Below the diagonal: the value gathers at the top. Twice
    the area between diagonal and curve is the relative concentration index.

    Standard errors are those of the delta method; limits as of ``rci``, kept between 0 and 1
    where values cannot be negative.

    Args:
        data: one setting.
        level: level of the limits.

    Returns:
        The curve; without points, with a note, where groups have no order, fewer than two
        positions have a value, or the mean is zero.

    Raises:
        ValueError: if the level does not lie between 0 and 1.

    Source: Wagstaff, Paci & van Doorslaer 1991, Soc Sci Med 33: 545-557.

    >>> data = GroupedData(
    ...     estimates=(30.0, 20.0, 10.0),
    ...     populations=(20.0, 30.0, 50.0),
    ...     standard_errors=(3.0, 2.0, 1.0),
    ...     orders=(1, 2, 3),
    ... )
    >>> curve = concentration_curve(data)
    >>> [round(share, 3) for share in curve.population]
    [0.0, 0.2, 0.5, 1.0]
    >>> [round(share, 3) for share in curve.value]
    [0.0, 0.353, 0.706, 1.0]
    """
    critical(level)  # refuses what is no level
    groups = stacked([data])
    ends = np.unique(ranges(groups)[1][0][groups.known[0]])
    note = _why_not(groups, len(ends))
    if note:
        return ConcentrationCurve((), (), (), (), (), level, NOTES + note)
    inner = ends[:-1]
    upto = (groups.ranks_of_known[0] < inner[:, None]) & groups.known
    share, se, lower, upper = _points(groups, upto, level)
    return ConcentrationCurve(
        population=(0.0, *map(float, inner), 1.0),
        value=(0.0, *map(float, share), 1.0),
        se=_between(0.0, se, 0.0),
        lower=_between(0.0, lower, 1.0),
        upper=_between(0.0, upper, 1.0),
        level=level,
    )


def _points(
    groups: GroupedSettings, upto: Flags, level: float
) -> tuple[Floats, Floats, Floats, Floats]:
    """Share, standard error and limits of the sum of some groups, one set of groups a row."""
    below = np.broadcast_to(groups.shares, upto.shape)
    above = np.where(upto, below, 0.0)
    mean = np.broadcast_to(groups.means, upto.shape[:1])
    sums: Floats = (above * groups.filled).sum(axis=1)
    share = sums / mean
    if not groups.has_errors[0]:
        unknown = np.full(len(share), np.nan)
        return share, unknown, unknown, unknown
    gradient = (above - share[:, None] * below) / mean[:, None]
    se = np.sqrt((gradient**2 * groups.variances).sum(axis=1))
    one = arms(groups, level)
    reach = Arms(np.broadcast_to(one.down, upto.shape), np.broadcast_to(one.up, upto.shape))
    lower, upper = limits_of_quotient(above, below, sums, mean, reach)
    if (groups.filled >= 0).all():
        lower, upper = np.clip(lower, 0, 1), np.clip(upper, 0, 1)
    return share, se, lower, upper


def _why_not(groups: GroupedSettings, positions: int) -> str:
    if not groups.ordered[0] and groups.groups[0]:
        return "no_order"
    if groups.groups[0] < 2:
        return "too_few_groups"
    if positions < 2:
        return "one_position"
    return "zero_mean" if groups.means[0] == 0 else ""


def _between(first: float, inner: Floats, last: float) -> tuple[float | None, ...]:
    if np.isfinite(inner).all():
        return (first, *map(float, inner), last)
    return (None,) * (len(inner) + 2)
