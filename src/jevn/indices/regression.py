"""Regression on social rank: slope index (SII) and relative index (RII) of inequality."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from jevn.indices.grouped import Floats, GroupedData, ridits
from jevn.indices.result import IndexResult, critical, make_result, undefined

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
    if data.orders is None:
        return None
    ranks = ridits(data.weights, np.array(data.orders, dtype=float))
    known = data.known
    r, w, y = ranks[known], data.weights[known], data.values[known]
    if len(np.unique(r)) < 2:
        return None
    share = w / w.sum()
    centre = float(share @ r)
    in_slope = share * (r - centre) / float(share @ (r - centre) ** 2)
    at_bottom = share - centre * in_slope
    return RankLine(
        float(at_bottom @ y), float(in_slope @ y), tuple(map(float, ranks)), at_bottom, in_slope
    )


def sii_linear(
    data: GroupedData, *, level: float = 0.95, variance: Variance = "delta"
) -> IndexResult:
    """Slope index of inequality: fitted value at the top minus at the bottom of the ladder.

    Slope of weighted least squares of the values on the ridits with weights = persons, once
    (Preston, Haines & Pamuk 1981; Pamuk 1985, Population Studies 39: 17-31). The interval of
    ``delta`` carries the groups' own standard errors through the linear estimator,
    ``se = sqrt(sum c_i^2 se_i^2)``, with normal limits: it says how sure the observed slope is.
    ``classical`` and ``hc1`` take the scatter of the groups about the line instead, with
    Student's t on ``k - 2`` degrees of freedom.

    Returns:
        Index ``sii_linear`` on the scale of the values; positive when the top has more.
    """
    line = rank_line(data)
    if line is None:
        return undefined("sii_linear", data, level, _why(data))
    if variance == "delta":
        errors = data.errors
        se = None if errors is None else float(np.sqrt(line.in_slope**2 @ errors**2))
        return make_result("sii_linear", data, level, line.slope, se)
    se = _scatter(data, line, variance)
    if se is None:
        return make_result("sii_linear", data, level, line.slope)
    from scipy.special import stdtrit

    half = float(stdtrit(int(data.known.sum()) - 2, (1 + level) / 2)) * se
    limits = (line.slope - half, line.slope + half)
    return make_result("sii_linear", data, level, line.slope, se, limits, method=variance)


def rii_linear(data: GroupedData, *, level: float = 0.95) -> IndexResult:
    """Relative index of inequality: fitted value at the top over at the bottom of the ladder.

    ``RII = (a + b) / a`` of the same line as :func:`sii_linear` (Kunst & Mackenbach 1995).
    Limits by the delta method on the logarithm with the groups' own standard errors. Where a
    fitted end is negative the quotient is given as defined, without interval and with a note,
    since it says nothing as a ratio; with zero at the bottom there is none. (The form of Pamuk
    is slope over mean.)

    Returns:
        Index ``rii_linear``, without unit; above one when the top has more.
    """
    line = rank_line(data)
    if line is None:
        return undefined("rii_linear", data, level, _why(data))
    bottom, top = line.intercept, line.intercept + line.slope
    if bottom == 0:
        return undefined("rii_linear", data, level, "fit_not_positive")
    estimate = top / bottom
    if bottom < 0 or top <= 0:
        note = "indices.note.fit_not_positive"
        return make_result("rii_linear", data, level, estimate, note=note)
    errors = data.errors
    if errors is None:
        return make_result("rii_linear", data, level, estimate)
    gradient = (line.at_bottom + line.in_slope) / top - line.at_bottom / bottom
    log_se = float(np.sqrt(gradient**2 @ errors**2))
    width = math.exp(critical(level) * log_se)
    limits = (estimate / width, estimate * width)
    return make_result("rii_linear", data, level, estimate, estimate * log_se, limits, method="log")


def _why(data: GroupedData) -> str:
    return "no_order" if data.orders is None else "too_few_groups"


def _scatter(data: GroupedData, line: RankLine, variance: Variance) -> float | None:
    known = data.known
    groups = int(known.sum())
    if groups < 3:
        return None
    r, w, y = np.array(line.ranks)[known], data.weights[known], data.values[known]
    rest = y - line.intercept - line.slope * r
    if variance == "hc1":
        return float(np.sqrt(groups / (groups - 2) * (line.in_slope**2 @ rest**2)))
    spread = float(w @ (r - float(w @ r) / w.sum()) ** 2)
    return float(np.sqrt((w @ rest**2) / (groups - 2) / spread))
