"""Regression on social rank: slope index (SII) and relative index (RII) of inequality."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from jevn.indices.bootstrap import drawn_limits
from jevn.indices.grouped import GroupedData
from jevn.indices.index import Estimates, Family, Sign, Unit, index
from jevn.indices.result import critical
from jevn.indices.ridits import Floats
from jevn.indices.settings import GroupedSettings, divided, stacked

Variance = Literal["delta", "classical", "hc1", "bootstrap"]
"""Where the interval comes from: the groups' own standard errors, the scatter of the groups about
the line (two ways), or draws from the groups' standard errors."""
Form = Literal["ratio", "mean"]
"""Top over bottom of the line (Kunst & Mackenbach), or its slope over the mean (Pamuk)."""


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
    groups: GroupedSettings,
    *,
    level: float = 0.95,
    variance: Variance = "delta",
    draws: int = 1000,
    seed: int = 1,
) -> Estimates:
    r"""Slope index of inequality: the slope of a line on social rank.

    $$ SII = \frac{\sum p_i (R_i - \bar R)\, y_i}{\sum p_i (R_i - \bar R)^2} $$

    The value expected at the top of the social ladder minus at the bottom, by least squares of
    the values $y_i$ on the ranks $R_i$ (mid-points of the cumulative shares $p_i$).

    Interval: `variance="delta"` (usual): normal, from the groups' own standard errors. The slope
    is a sum $\sum c_i y_i$, so $se^2 = \sum c_i^2 se_i^2$ exactly. `classical` and `hc1`: from the
    scatter of the groups about the line, with Student's t on $k - 2$; they ignore the groups'
    standard errors and need at least three groups. `bootstrap`: percentiles of `draws` draws
    from the groups' standard errors, begun at `seed`.

    Range: no bounds; on a steep ladder it may exceed the range of the values.

    Sign: above 0 when the top has more.

    Ties: groups of the same position share their mean rank.

    Weights: persons, once.

    Missing groups: keep their place in the ranks, but are not in the fit.

    Source: Pamuk 1985, Popul Stud 39: 17-31; Mackenbach & Kunst 1997, Soc Sci Med 44: 757-771.

    >>> data = GroupedData(
    ...     estimates=(30.0, 20.0, 10.0), populations=(20.0, 30.0, 50.0),
    ...     standard_errors=(3.0, 2.0, 1.0), orders=(1, 2, 3),
    ... )
    >>> round(sii_linear(data).estimate, 2)
    -29.29
    """
    in_slope = lines(groups)[1]
    slope = (in_slope * groups.filled).sum(axis=1)
    notes = [(np.isnan(slope), "one_position")]
    if variance == "delta":
        return Estimates(slope, groups.propagated(in_slope), notes=notes)
    if variance == "bootstrap":
        se, lower, upper, few = drawn_limits(groups, _slopes, level=level, draws=draws, seed=seed)
        return Estimates(slope, se, lower, upper, "bootstrap", [*notes, (few, "few_draws")])
    if variance not in ("hc1", "classical"):
        raise ValueError(f"variance: {variance} is not one of delta, hc1, classical, bootstrap")
    se = np.sqrt(_scattered(groups, in_slope, in_slope, variance))
    half = _student(groups, level) * se
    return Estimates(slope, se, slope - half, slope + half, variance, notes)


@index("rii_linear", Family.REGRESSION, sign=Sign.RATIO, unit=Unit.NONE, ordered=True)
def rii_linear(
    groups: GroupedSettings,
    *,
    level: float = 0.95,
    variance: Variance = "delta",
    draws: int = 1000,
    seed: int = 1,
) -> Estimates:
    r"""Relative index of inequality from a line on social rank.

    $$ RII = \hat y(1) / \hat y(0) $$

    The value expected at the top of the social ladder over that at the bottom, from the line of
    `sii_linear` (the form of Kunst & Mackenbach; that of Pamuk is `rii_mean`).

    Interval: `variance="delta"` (usual): from the groups' own standard errors by the delta
    method on the logarithm. `classical` and `hc1`: the same from the scatter of the groups about
    the line, with Student's t on $k - 2$. `bootstrap`: percentiles of `draws` draws from the
    groups' standard errors, begun at `seed`.

    Range: above 0. Where the line falls below zero at one end the ratio says nothing: it is
    given with a note and without limits.

    Sign: above 1 when the top has more.

    Ties: groups of the same position share their mean rank.

    Weights: persons, once.

    Missing groups: keep their place in the ranks, but are not in the fit.

    Source: Mackenbach & Kunst 1997, Soc Sci Med 44: 757-771.

    >>> data = GroupedData(
    ...     estimates=(30.0, 20.0, 10.0), populations=(20.0, 30.0, 50.0),
    ...     standard_errors=(3.0, 2.0, 1.0), orders=(1, 2, 3),
    ... )
    >>> round(rii_linear(data).estimate, 4)
    0.0745
    """
    return _relative(groups, "ratio", level, variance, draws, seed)


@index("rii_mean", Family.REGRESSION, sign=Sign.DIFFERENCE, unit=Unit.NONE, ordered=True)
def rii_mean(
    groups: GroupedSettings,
    *,
    level: float = 0.95,
    variance: Variance = "delta",
    draws: int = 1000,
    seed: int = 1,
) -> Estimates:
    r"""Slope index of inequality as a part of the mean.

    $$ RII_\mu = SII / \mu $$

    The relative index of inequality in the form of Pamuk: the slope of `sii_linear` over the
    mean of the population.

    Interval: as for `rii_linear`, but on the scale of the index.

    Range: no bounds; defined also where the line falls below zero.

    Sign: above 0 when the top has more.

    Ties: groups of the same position share their mean rank.

    Weights: persons, once.

    Missing groups: keep their place in the ranks, but are neither in the fit nor in the mean.

    Source: Pamuk 1985, Popul Stud 39: 17-31.

    >>> data = GroupedData(
    ...     estimates=(30.0, 20.0, 10.0), populations=(20.0, 30.0, 50.0), orders=(1, 2, 3),
    ... )
    >>> round(rii_mean(data).estimate, 3)
    -1.723
    """
    return _relative(groups, "mean", level, variance, draws, seed)


def _relative(
    groups: GroupedSettings, form: Form, level: float, variance: Variance, draws: int, seed: int
) -> Estimates:
    at_bottom, in_slope = lines(groups)
    bottom = (at_bottom * groups.filled).sum(axis=1)
    slope = (in_slope * groups.filled).sum(axis=1)
    top, single = bottom + slope, np.isnan(slope)
    if form == "ratio":
        estimate = top / bottom
        wrong, why = (bottom <= 0) | (top <= 0), "fit_not_positive"
        gradient = (at_bottom + in_slope) / top[:, None] - at_bottom / bottom[:, None]
    else:
        estimate = slope / groups.means
        wrong, why = groups.means == 0, "zero_mean"
        gradient = (in_slope - estimate[:, None] * groups.shares) / groups.means[:, None]
    notes = [(single, "one_position"), (wrong, why)]
    if variance == "bootstrap":
        se, lower, upper, few = drawn_limits(
            groups, lambda g: _ratios(g, form), level=level, draws=draws, seed=seed
        )
        lower = np.where(wrong, np.nan, lower)
        return Estimates(
            estimate,
            np.where(wrong, np.nan, se),
            lower,
            upper,
            "bootstrap",
            [*notes, (few, "few_draws")],
        )
    times: float | Floats = critical(level)
    if variance == "delta":
        se = groups.propagated(gradient)
    elif variance in ("hc1", "classical"):
        se = np.sqrt(_scattered(groups, gradient, in_slope, variance))
        times = _student(groups, level)
    else:
        raise ValueError(f"variance: {variance} is not one of delta, hc1, classical, bootstrap")
    se = np.where(wrong, np.nan, se)
    if form == "mean":
        return Estimates(
            estimate, se, estimate - times * se, estimate + times * se, variance, notes
        )
    width = np.exp(times * se)
    method = "log" if variance == "delta" else variance
    return Estimates(estimate, estimate * se, estimate / width, estimate * width, method, notes)


def _scattered(
    groups: GroupedSettings, gradient: Floats, in_slope: Floats, variance: Variance
) -> Floats:
    """Variance of an index from the scatter of the groups about the line, shape ``(s,)``."""
    slope = (in_slope * groups.filled).sum(axis=1, keepdims=True)
    centre = (groups.shares * groups.ranks).sum(axis=1, keepdims=True)
    fitted = groups.means[:, None] + slope * (groups.ranks - centre)
    rest = np.where(groups.known, groups.filled - fitted, 0.0)
    gradient = np.where(groups.known, gradient, 0.0)
    free = np.where(groups.groups > 2, groups.groups - 2.0, np.nan)
    if variance == "hc1":
        found: Floats = groups.groups / free * (gradient**2 * rest**2).sum(axis=1)
        return found
    common = (groups.shares * rest**2).sum(axis=1) / free
    return np.asarray(common * np.where(groups.known, gradient**2 / groups.shares, 0.0).sum(axis=1))


def _student(groups: GroupedSettings, level: float) -> Floats:
    from scipy.special import stdtrit

    found: Floats = stdtrit(np.maximum(groups.groups - 2.0, 1), (1 + level) / 2)
    return found


def _slopes(groups: GroupedSettings) -> Floats:
    found: Floats = (lines(groups)[1] * groups.filled).sum(axis=1)
    return found


def _ratios(groups: GroupedSettings, form: Form) -> Floats:
    at_bottom, in_slope = lines(groups)
    bottom = (at_bottom * groups.filled).sum(axis=1)
    slope = (in_slope * groups.filled).sum(axis=1)
    if form == "mean":
        return divided(slope, groups.means)
    # A line below zero at its top is a ratio near nothing; at its bottom it is no ratio.
    return np.where(bottom > 0, np.maximum(bottom + slope, 0) / bottom, np.nan)
