"""Gini index between groups."""

from __future__ import annotations

import numpy as np

from jevn.indices.folded_limits import absolute_normals, corrected_slope, folded_limits
from jevn.indices.index import Estimates, Family, Sign, Unit, index
from jevn.indices.ridits import Floats
from jevn.indices.settings import GroupedSettings


@index("gini", Family.DISPROPORTIONALITY, sign=Sign.SIZE, unit=Unit.NONE)
def gini_between_groups(groups: GroupedSettings, *, level: float = 0.95) -> Estimates:
    r"""Gini index between groups.

    $$ G = \frac{1}{2\mu} \sum_i \sum_j p_i p_j |y_i - y_j| $$

    Interval: the differences are folded normal variables, dependent where they share a group;
    their bias is removed, and the error of the mean is in (`folded_limits`).

    Range: 0, all groups equal, to below 1 for values that are not negative.

    Sign: never negative; a greater value is more inequality. Unlike the concentration index it
    does not say who has more: it is at least as great.

    Ties: of no importance; social position is not used.

    Weights: persons.

    Missing groups: passed over, with a note. Not defined where the mean is not positive.

    Source: Pyatt 1976, Economic Journal 86: 243-255.

    >>> data = GroupedData((30.0, 20.0, 10.0), (20.0, 30.0, 50.0))
    >>> round(gini_between_groups(data).estimate, 6)
    0.241176
    """
    p, variances = groups.shares, groups.variances
    mean = np.where(groups.means > 0, groups.means, np.nan)
    apart = groups.filled[:, :, None] - groups.filled[:, None, :]
    own = variances[:, :, None] + variances[:, None, :]
    pairs = p[:, :, None] * p[:, None, :]
    diagonal = np.arange(p.shape[1])
    pairs[:, diagonal, diagonal] = 0.0
    estimate = (pairs * np.abs(apart)).sum(axis=(1, 2)) / (2 * mean)
    pull = (pairs * np.sign(apart)).sum(axis=2)
    gradient = (pull - estimate[:, None] * p) / mean[:, None]
    moved = (p**2 * variances).sum(axis=1)

    def moments(factor: Floats) -> tuple[Floats, Floats]:
        gaps = factor[:, None, None] * apart
        mean_of, slopes = absolute_normals(gaps, own)
        # Each pair alone, then pairs that share a group i: their covariance is its variance.
        variance = (pairs**2 * (gaps**2 + own - mean_of**2)).sum(axis=(1, 2)) / 2
        power, factorial = np.ones_like(variances), 1.0
        for n, slope in enumerate(slopes, start=1):
            power, factorial = power * variances, factorial * n
            terms = pairs * slope
            shared = terms.sum(axis=2) ** 2 - (terms**2).sum(axis=2)
            variance += (power * shared).sum(axis=1) / factorial
        turned = corrected_slope(gaps, own, slopes[0])
        more = (pairs * turned).sum(axis=2) ** 2 - (pairs * slopes[0]).sum(axis=2) ** 2
        variance += np.maximum((variances * more).sum(axis=1), 0.0)
        part = factor * estimate
        both = ((pairs * slopes[0]).sum(axis=2) * p * variances).sum(axis=1)
        variance += part**2 * moved - 2 * part * both
        variance = np.where(groups.has_errors, np.maximum(variance, 0.0), np.nan)
        return (pairs * mean_of).sum(axis=(1, 2)) / (2 * mean), variance / mean**2

    lower, upper = folded_limits(estimate, moments, level)
    return Estimates(
        estimate,
        groups.propagated(gradient),
        lower,
        upper,
        method="folded",
        notes=[(~(groups.means > 0), "zero_mean")],
    )
