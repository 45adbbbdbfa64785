"""Regression on social rank: slope index (SII) and relative index (RII) of inequality."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from jevn.indices.grouped import GroupedData
from jevn.indices.index import Estimates, Family, Sign, Unit, index
from jevn.indices.result import critical
from jevn.indices.ridits import Floats
from jevn.indices.settings import GroupedSettings, divided, stacked

Variance = Literal["delta", "classical", "hc1"]
"""Where the interval comes from: the groups' own standard errors, or the scatter of the groups."""


@dataclass(frozen=True, slots=True)
class RankLine:
    """The line of weighted least squares of values on ranks.

    Attributes:
        intercept: fitted value at rank 0, the bottom of the social ladder.
        slope: fitted value at rank 1 minus at rank 0.
        ranks: rank of each group, also of groups without value, shape ``(k,)``.
        at_bottom: weights of the known values in the intercept.
        in_slope: weights of the known values in the slope.
    """

    intercept: float
    slope: float
    ranks: tuple[float, ...]
    at_bottom: Floats
    in_slope: Floats


def rank_line(data: GroupedData) -> RankLine | None:
    """Fit ``y = a + b R`` by least squares weighted with persons.

    Both coefficients are linear in the values: ``b = sum c_i y_i`` with
    ``c_i = w_i (R_i - Rbar) / sum w (R - Rbar)^2`` and ``a = sum (w_i/W - Rbar c_i) y_i``.
    Groups without a value keep their place in the ranks, but do not enter the fit.

    Returns:
        The line; ``None`` where groups have no order, or fewer than two positions have a value.
    """
    groups = stacked([data])
    if not groups.ordered[0]:
        return None
    at_bottom, in_slope = lines(groups)
    if np.isnan(in_slope[0]).any():
        return None
    values, known = groups.filled[0], groups.known[0]
    return RankLine(
        float(at_bottom[0] @ values),
        float(in_slope[0] @ values),
        tuple(map(float, groups.ranks[0])),
        at_bottom[0][known],
        in_slope[0][known],
    )


def lines(groups: GroupedSettings) -> tuple[Floats, Floats]:
    """Weights of the values in intercept and slope of the line of each setting.

    Returns:
        Two arrays of shape ``(s, k)``; 0 at groups without value; not-a-number in settings where
        fewer than two positions have a value.
    """
    ranks, shares = groups.ranks, groups.shares
    centre = (shares * ranks).sum(axis=1, keepdims=True)
    away = np.where(groups.known, ranks - centre, 0.0)
    spread = (shares * away**2).sum(axis=1, keepdims=True)
    in_slope = divided(shares * away, np.where(spread > 1e-14, spread, 0.0))
    return shares - centre * in_slope, in_slope


@index("sii_linear", Family.REGRESSION, sign=Sign.DIFFERENCE, unit=Unit.VALUE, ordered=True)
def sii_linear(
    groups: GroupedSettings, *, level: float = 0.95, variance: Variance = "delta"
) -> Estimates:
    """Slope index of inequality: fitted value at the top minus at the bottom of the ladder."""
    at_bottom, in_slope = lines(groups)
    slope = (in_slope * groups.filled).sum(axis=1)
    if variance == "delta":
        return Estimates(slope, groups.propagated(in_slope))
    from scipy.special import stdtrit

    bottom = (at_bottom * groups.filled).sum(axis=1)
    rest = np.where(
        groups.known, groups.filled - bottom[:, None] - slope[:, None] * groups.ranks, 0.0
    )
    free = (groups.groups - 2).astype(float)
    if variance == "hc1":
        squared = groups.groups / free * (in_slope**2 * rest**2).sum(axis=1)
    else:
        shares = groups.shares
        centre = (shares * groups.ranks).sum(axis=1, keepdims=True)
        spread = (shares * (groups.ranks - centre) ** 2).sum(axis=1)
        squared = (shares * rest**2).sum(axis=1) / free / spread
    se = np.where(free > 0, np.sqrt(squared), np.nan)
    half = stdtrit(np.maximum(free, 1), (1 + level) / 2) * se
    return Estimates(slope, se, slope - half, slope + half, method=variance)


@index("rii_linear", Family.REGRESSION, sign=Sign.RATIO, unit=Unit.NONE, ordered=True)
def rii_linear(groups: GroupedSettings, *, level: float = 0.95) -> Estimates:
    """Relative index of inequality: fitted value at the top over at the bottom of the ladder."""
    at_bottom, in_slope = lines(groups)
    bottom = (at_bottom * groups.filled).sum(axis=1)
    top = bottom + (in_slope * groups.filled).sum(axis=1)
    estimate = top / bottom
    gradient = (at_bottom + in_slope) / top[:, None] - at_bottom / bottom[:, None]
    log_se = groups.propagated(gradient)
    crossing = (bottom <= 0) | (top <= 0)
    log_se = np.where(crossing, np.nan, log_se)
    width = np.exp(critical(level) * log_se)
    return Estimates(
        estimate,
        estimate * log_se,
        estimate / width,
        estimate * width,
        method="log",
        notes=[(crossing, "fit_not_positive")],
    )
