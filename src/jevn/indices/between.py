"""How much the true values of zones differ: the variance between zones and what is known of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags

_COARSE: Final = 61
_FINE: Final = 61
_REACH: Final = 14.0
"""Values below e^-14 of the sampling variance are as good as none."""


@dataclass(frozen=True, eq=False)
class Spread:
    """Variance of the true values between zones, with limits.

    Attributes:
        variance: estimate, shape ``(s,)``; 0 where zones differ no more than by chance.
        lower: lower limit, shape ``(s,)``.
        upper: upper limit, shape ``(s,)``.
    """

    variance: Floats
    lower: Floats
    upper: Floats


def between_zones(
    values: Floats, variances: Floats, *, level: float = 0.95, slopes: Floats | None = None
) -> Spread:
    """Variance between zones by the estimator of Paule and Mandel, with Q-profile limits.

    With ``w_i = 1/(v_i + c_i A)`` and the mean weighted so, ``Q(A) = sum w_i (y_i - mean)^2``
    falls as ``A`` grows. The estimate solves ``Q(A) = k - 1``, the limits put ``Q(A)`` at the
    quantiles of chi-square with ``k - 1`` degrees of freedom; 0 where no positive value does.
    Paule & Mandel 1982, J Res Natl Bur Stand 87: 377-385; Viechtbauer 2007, Stat Med 26: 37-52.

    Args:
        values: value of each zone, shape ``(s, z)``; not-a-number where unknown.
        variances: sampling variance of each value, shape ``(s, z)``, in squared units of the
            values; none negative.
        level: level of the limits.
        slopes: how much of the variance between zones a value has, shape ``(s, z)``; 1 unless
            given.

    Returns:
        In squared units of the values; not-a-number with fewer than two zones.

    >>> found = between_zones(np.array([[1.0, 2.0, 3.0, 6.0]]), np.full((1, 4), 0.5))
    >>> round(float(found.variance[0]), 3)
    4.167
    """
    from scipy.special import chdtri

    known = np.isfinite(values) & np.isfinite(variances)
    free = known.sum(axis=1) - 1.0
    tail = (1 - level) / 2
    part = np.ones_like(values) if slopes is None else slopes
    targets = (free, chdtri(np.maximum(free, 1), tail), chdtri(np.maximum(free, 1), 1 - tail))
    found = [_solved(values, variances, part, target) for target in targets]
    few = free < 1
    return Spread(*(np.where(few, np.nan, one) for one in found))


def restricted_likelihood(values: Floats, variances: Floats) -> Floats:
    """Variance between zones by restricted maximum likelihood (REML), shape ``(s,)``.

    Fisher scoring from the estimate of Paule and Mandel; never below 0. Patterson & Thompson
    1971, Biometrika 58: 545-554; for zones Datta & Lahiri 2000, Statistica Sinica 10: 613-627.

    >>> values = np.array([[1.0, 2.0, 3.0, 6.0]])
    >>> round(float(restricted_likelihood(values, np.full((1, 4), 0.5))[0]), 3)
    4.167
    """
    known = np.isfinite(values) & np.isfinite(variances)
    sampling, filled = floored(values, variances), np.where(known, values, 0.0)
    found = np.nan_to_num(between_zones(values, variances).variance, nan=0.0)
    for _ in range(200):
        w = np.where(known, 1 / (sampling + found[:, None]), 0.0)
        total = np.maximum(w.sum(axis=1), np.finfo(float).tiny)
        mean = (w * filled).sum(axis=1) / total
        square, cube = (w**2).sum(axis=1), (w**3).sum(axis=1)
        score = (w**2 * (filled - mean[:, None]) ** 2).sum(axis=1) - (total - square / total)
        information = square - 2 * cube / total + square**2 / total**2
        step = np.where(information > 0, score / np.where(information > 0, information, 1), 0.0)
        found = np.maximum(found + step, 0.0)
    return np.where(known.sum(axis=1) < 2, np.nan, found)


def floored(values: Floats, variances: Floats) -> Floats:
    """Sampling variances that are never exactly 0, nor unknown, so that weights stay finite."""
    known = np.isfinite(values) & np.isfinite(variances)
    filled = np.where(known, values, 0.0)
    number = np.maximum(known.sum(axis=1), 1)
    mean = filled.sum(axis=1) / number
    spread = (np.where(known, values - mean[:, None], 0.0) ** 2).sum(axis=1) / number
    largest = np.where(known, variances, 0.0).max(axis=1)
    least = np.maximum(1e-12 * np.maximum(spread, largest), 1e-30)
    return np.where(known, np.maximum(variances, least[:, None]), 1.0)


def typical(known: Flags, sampling: Floats) -> Floats:
    """Harmonic mean of the sampling variances of the known zones, shape ``(s,)``."""
    number = np.maximum(known.sum(axis=1), 1)
    # A zone known without error must not set the scale of the rest.
    least = 1e-3 * np.where(known, sampling, 0.0).max(axis=1, keepdims=True)
    below = np.where(known, 1 / np.maximum(sampling, np.maximum(least, 1e-30)), 0.0).sum(axis=1)
    found: Floats = number / np.where(below > 0, below, 1.0)
    return found


def posterior_grid(
    log_marginal: Callable[[Floats], Floats], ceiling: Floats
) -> tuple[Floats, Floats]:
    """Where the variance between zones may lie, given the data, as points with weights.

    The unknown is ``t = log(A / v0)``, ``v0`` a typical sampling variance. The prior is on the
    weight ``b = v0/(v0 + A)`` that a typical zone gives to the mean: density proportional to
    ``1/sqrt(b)`` on 0-1 (Strawderman 1971, Ann Math Stat 42: 385-388, with a = 1/2). It is
    proper with any number of zones, and limits hold whether zones differ little or much.

    Args:
        log_marginal: log density of the data at values ``t`` of shape ``(s,)``.
        ceiling: greatest ``t`` worth looking at, shape ``(s,)``.

    Returns:
        Points and weights, each of shape ``(g, s)``; weights sum to 1 over points.
    """

    def heights(points: Floats) -> Floats:
        prior = points - 1.5 * np.logaddexp(0.0, points)
        return np.array([log_marginal(t) for t in points]) + prior

    steps = np.linspace(0.0, 1.0, _COARSE)[:, None]
    top = np.maximum(ceiling, _REACH)
    points = -_REACH + steps * (top + _REACH)
    height = heights(points)
    within = height > height.max(axis=0) - 14.0
    first = np.maximum(within.argmax(axis=0) - 1, 0)
    last = np.minimum(_COARSE - within[::-1].argmax(axis=0), _COARSE - 1)
    at = np.arange(points.shape[1])
    low, high = points[first, at], points[last, at]
    points = low + np.linspace(0.0, 1.0, _FINE)[:, None] * (high - low)
    height = heights(points)
    weights = np.exp(height - height.max(axis=0))
    return points, weights / weights.sum(axis=0)


def _solved(values: Floats, variances: Floats, slopes: Floats, target: Floats) -> Floats:
    known = np.isfinite(values) & np.isfinite(variances)
    sampling, filled = floored(values, variances), np.where(known, values, 0.0)

    def scatter(between: Floats) -> Floats:
        w = np.where(known, 1 / (sampling + slopes * between[:, None]), 0.0)
        mean = (w * filled).sum(axis=1) / np.maximum(w.sum(axis=1), np.finfo(float).tiny)
        found: Floats = (w * (filled - mean[:, None]) ** 2).sum(axis=1)
        return found

    number = np.maximum(known.sum(axis=1), 1)
    mean = filled.sum(axis=1) / number
    squares = (np.where(known, filled - mean[:, None], 0.0) ** 2).sum(axis=1)
    part = np.where(known & (slopes > 0), slopes, 1.0).min(axis=1)
    low = np.zeros(len(values))
    high = squares / np.maximum(target, 1e-9) / part
    none = scatter(low) <= target
    for _ in range(80):
        middle = (low + high) / 2
        above = scatter(middle) > target
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return np.where(none, 0.0, (low + high) / 2)
