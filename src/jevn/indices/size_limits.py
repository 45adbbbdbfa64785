"""Limits for indices that are never negative, where a normal interval fails near equality."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from jevn.indices.result import critical
from jevn.indices.ridits import Floats
from jevn.indices.settings import GroupedSettings

Quantile = Callable[[Floats, Floats], Floats]
"""Quantile of the estimator, given the true index and a normal deviate, all of shape ``(s,)``."""

_STEPS = 40


def size_limits(
    estimate: Floats, quantile: Quantile, noise: Floats, level: float
) -> tuple[Floats, Floats]:
    r"""Limits of a size: all true values whose acceptance region holds the estimate.

    The region of a true value $\delta$ runs from the quantile $a$ to the quantile
    $1 - \alpha + a$ of the estimator, $a = \tfrac{\alpha}{2}\,\delta/(\delta + \text{noise})$:
    one-sided at equality, two-sided far from it. So the limits hold as often at equality as
    elsewhere, and the lower one is 0 where equality cannot be ruled out (the idea of Feldman &
    Cousins 1998, Phys Rev D 57: 3873-3889). For the upper limit, an estimate below the sixth
    part of those at equality counts as that.

    Args:
        estimate: the plug-in index, shape ``(s,)``.
        quantile: quantile of the estimator, increasing in the true value and the deviate.
        noise: standard deviation of the estimator where all groups are equal, ``(s,)``.
        level: level of the interval.

    Returns:
        Lower and upper limits, each ``(s,)``; not-a-number where the estimate or the noise is.

    >>> shifted = lambda true, z: true + z
    >>> lower, upper = size_limits(np.array([0.5, 8.0]), shifted, np.ones(2), 0.95)
    >>> lower.round(2).tolist(), upper.round(2).tolist()
    ([0.0, 6.1], [2.6, 10.0])
    """
    from scipy.special import ndtri

    critical(level)
    alpha = 1 - level

    def lowest(true: Floats) -> Floats:
        part = np.where(true > 0, true / (true + noise), 0.0)
        return quantile(true, ndtri(alpha / 2 * part))

    def highest(true: Floats) -> Floats:
        part = np.where(true > 0, true / (true + noise), 0.0)
        return quantile(true, ndtri(1 - alpha + alpha / 2 * part))

    unknown = ~np.isfinite(estimate) | ~np.isfinite(noise)
    # Groups that lie closer than chance would have them tell nothing of less inequality.
    low = quantile(np.zeros_like(estimate), np.full_like(estimate, -1.0))
    held = np.fmax(estimate, low)
    ceiling = np.where(unknown, 1.0, held + noise)
    for _ in range(60):
        short = ~unknown & (lowest(ceiling) < held)
        if not short.any():
            break
        ceiling = np.where(short, 2 * ceiling, ceiling)
    lower = _crossing(highest, estimate, estimate)
    upper = _crossing(lowest, held, ceiling)
    return np.where(unknown, np.nan, lower), np.where(unknown, np.nan, upper)


def quadratic_limits(
    groups: GroupedSettings,
    estimate: Floats,
    gradient: Floats,
    curvature: Floats,
    level: float,
    bias: Floats | None = None,
) -> tuple[Floats, Floats]:
    r"""Limits of an index that is a squared distance near equality, $I \approx f \cdot BGV$.

    The estimator is a quadratic form of independent normal values; its first three cumulants
    are those of the form near equality, with a noncentral part scaled so that its variance is
    that of the delta method at the groups observed:

    $$ \kappa_1 = \delta + f t_1,\quad \kappa_2 = 2 f^2 t_2 + 4 \lambda_1 \delta,\quad
       \kappa_3 = 8 f^3 t_3 + 24 \lambda_2 \delta $$

    with $t_r = \operatorname{tr}((AS)^r)$, $A = \operatorname{diag}(p) - pp'$,
    $S = \operatorname{diag}(se^2)$, $4\lambda_1 = g'Sg / I$. Its quantiles are those of a
    Pearson type III distribution (Wilson & Hilferty 1931, Proc Natl Acad Sci 17: 684-688), and
    :func:`size_limits` inverts them.

    In simulated surveys with ten or more cases in each group (3 to 10 groups, equal and extreme
    sizes, flat to steep, prevalence 1 to 50 per cent) limits of 95 per cent hold in 93 to 97 of
    100; with fewer cases they mostly hold more often, but where a group has none, less.

    Args:
        groups: the settings.
        estimate: the plug-in index, shape ``(s,)``.
        gradient: its derivative by each group's value, shape ``(s, k)``.
        curvature: the factor f, shape ``(s,)``.
        level: level of the interval.
        bias: of the index, to the second order at the groups observed, ``(s,)``. Where it is
            more than near equality, $t_r$ is raised by the root of that ratio to the power r.

    Returns:
        Lower and upper limits, ``(s,)``; not-a-number where a standard error is unknown.
    """
    p, variances = groups.shares, groups.variances
    a = p * variances
    c1, c2, c3 = ((p * a**r).sum(axis=1) for r in (1, 2, 3))
    t1 = curvature * (a.sum(axis=1) - c1)
    t2 = curvature**2 * ((a**2).sum(axis=1) - 2 * c2 + c1**2)
    t3 = curvature**3 * ((a**3).sum(axis=1) - 3 * c3 + 3 * c1 * c2 - c1**3)
    if bias is not None:
        more = np.where(t1 > 0, np.sqrt(np.clip(bias / t1, 1.0, 4.0)), 1.0)
        t1, t2, t3 = more * t1, more**2 * t2, more**3 * t3
    half = variances * gradient / 2
    l1 = (np.where(groups.known & (variances > 0), half * gradient / 2, 0.0)).sum(axis=1)
    half = np.where(groups.known & (variances > 0), half, 0.0)
    l2 = curvature * ((p * half**2).sum(axis=1) - (p * half).sum(axis=1) ** 2)
    flat = estimate <= 0
    # Without any difference there is no direction: take the mean one.
    l1 = np.where(flat, np.where(t1 > 0, t2 / t1, 0.0), l1 / estimate)
    l2 = np.where(flat, np.where(t1 > 0, t3 / t1, 0.0), l2 / estimate)

    def quantile(true: Floats, deviate: Floats) -> Floats:
        variance = 2 * t2 + 4 * l1 * true
        third = 8 * t3 + 24 * l2 * true
        return _pearson(true + t1, variance, third, deviate)

    noise = np.where(groups.has_errors & np.isfinite(l1), np.sqrt(np.maximum(2 * t2, 0.0)), np.nan)
    return size_limits(estimate, quantile, noise, level)


def _pearson(mean: Floats, variance: Floats, third: Floats, deviate: Floats) -> Floats:
    """Quantile of a Pearson type III distribution of positive skewness."""
    spread = np.sqrt(np.maximum(variance, 0.0))
    skewness = np.where(spread > 0, third / spread**3, 0.0)
    skewness = np.maximum(np.nan_to_num(skewness), 1e-6)
    base = np.maximum(1 + skewness * deviate / 6 - skewness**2 / 36, 0.0)
    found: Floats = mean + spread * 2 / skewness * (base**3 - 1)
    return found


def _crossing(rising: Callable[[Floats], Floats], level: Floats, ceiling: Floats) -> Floats:
    """Where a rising function from 0 to the ceiling crosses a level; 0 where it lies above.

    False position in the manner of Illinois, with a halving where it stalls.
    """
    below, above = np.zeros_like(ceiling), ceiling
    low, high = rising(below) - level, rising(above) - level
    start = low >= 0
    low = np.maximum(low, -2 * np.abs(high) - np.abs(level))
    for turn in range(_STEPS):
        slope = high - low
        guess = np.where(slope > 0, above - high * (above - below) / slope, (below + above) / 2)
        if turn % 3 == 2:
            guess = (below + above) / 2
        guess = np.where((guess > below) & (guess < above), guess, (below + above) / 2)
        value = rising(guess) - level
        under = value < 0
        # The end that stays counts for less, so that it moves next time.
        high, low = np.where(under, high / 2, value), np.where(under, value, low / 2)
        below, above = np.where(under, guess, below), np.where(under, above, guess)
        if not (above - below > 1e-11 * ceiling).any():
            break
    return np.where(start, 0.0, (below + above) / 2)
