"""Variance between groups, on three scales."""

from __future__ import annotations

import numpy as np

from jevn.indices.index import Estimates, Family, Sign, Unit, index
from jevn.indices.ridits import Floats
from jevn.indices.settings import GroupedSettings
from jevn.indices.size_limits import quadratic_limits


@index("bgv", Family.DISPROPORTIONALITY, sign=Sign.SIZE, unit=Unit.SQUARED)
def between_group_variance(groups: GroupedSettings, *, level: float = 0.95) -> Estimates:
    r"""Variance between groups.

    $$ BGV = \sum_i p_i (y_i - \mu)^2 $$

    Interval: quadratic form of the groups' errors, bias removed (`quadratic_limits`). The
    standard error is the first-order one, which is 0 where all groups are equal; the limits are
    not.

    Range: from 0, all groups equal.

    Sign: never negative; a greater value is more inequality.

    Ties: of no importance; social position is not used.

    Weights: persons.

    Missing groups: passed over, with a note.

    Source: Harper & Lynch 2005, Methods for Measuring Cancer Disparities, National Cancer
    Institute.

    >>> data = GroupedData((30.0, 20.0, 10.0), (20.0, 30.0, 50.0), (3.0, 2.0, 1.0))
    >>> round(between_group_variance(data).estimate, 6)
    61.0
    """
    estimate, gradient = variance_of(groups)
    lower, upper = quadratic_limits(groups, estimate, gradient, np.ones(len(groups)), level)
    return Estimates(estimate, groups.propagated(gradient), lower, upper, method="quadratic")


@index("bgsd", Family.DISPROPORTIONALITY, sign=Sign.SIZE, unit=Unit.VALUE)
def between_group_standard_deviation(groups: GroupedSettings, *, level: float = 0.95) -> Estimates:
    r"""Standard deviation between groups.

    $$ BGSD = \sqrt{\sum_i p_i (y_i - \mu)^2} $$

    Interval: roots of the limits of ``bgv``. The standard error is the first-order one, unknown
    where all groups are equal.

    Range: from 0, all groups equal.

    Sign: never negative; a greater value is more inequality.

    Ties: of no importance; social position is not used.

    Weights: persons.

    Missing groups: passed over, with a note.

    Source: Schlotheuber & Hosseinpoor 2022, Int J Environ Res Public Health 19: 3697.

    >>> data = GroupedData((30.0, 20.0, 10.0), (20.0, 30.0, 50.0), (3.0, 2.0, 1.0))
    >>> round(between_group_standard_deviation(data).estimate ** 2, 6)
    61.0
    """
    variance, gradient = variance_of(groups)
    estimate = np.sqrt(variance)
    lower, upper = quadratic_limits(groups, variance, gradient, np.ones(len(groups)), level)
    return Estimates(
        estimate,
        groups.propagated(gradient / (2 * estimate[:, None])),
        np.sqrt(lower),
        np.sqrt(upper),
        method="quadratic",
        notes=[(variance == 0, "equal_values")],
    )


@index("cov", Family.DISPROPORTIONALITY, sign=Sign.SIZE, unit=Unit.PERCENT)
def coefficient_of_variation(groups: GroupedSettings, *, level: float = 0.95) -> Estimates:
    r"""Coefficient of variation between groups, in per cent of the mean.

    $$ COV = \frac{100}{\mu} \sqrt{\sum_i p_i (y_i - \mu)^2} = 100 \sqrt{2\,GE(2)} $$

    Interval: roots of the limits of ``ge2``, so the error of the mean is in it. The standard
    error is the first-order one, unknown where all groups are equal.

    Range: from 0, all groups equal. Not defined where the mean is not positive.

    Sign: never negative; a greater value is more inequality.

    Ties: of no importance; social position is not used.

    Weights: persons.

    Missing groups: passed over, with a note.

    Source: Schlotheuber & Hosseinpoor 2022, Int J Environ Res Public Health 19: 3697.

    >>> data = GroupedData((30.0, 20.0, 10.0), (20.0, 30.0, 50.0), (3.0, 2.0, 1.0))
    >>> round(coefficient_of_variation(data).estimate, 4)
    45.9426
    """
    square, gradient, curvature = half_squared_variation(groups)
    estimate = 100 * np.sqrt(2 * square)
    lower, upper = quadratic_limits(groups, square, gradient, curvature, level)
    return Estimates(
        estimate,
        groups.propagated(10_000 * gradient / estimate[:, None]),
        100 * np.sqrt(2 * lower),
        100 * np.sqrt(2 * upper),
        method="quadratic",
        notes=[(~(groups.means > 0), "zero_mean"), (square == 0, "equal_values")],
    )


def variance_of(groups: GroupedSettings) -> tuple[Floats, Floats]:
    """Variance between groups ``(s,)`` and its gradient ``(s, k)``."""
    away = distances(groups)
    return (groups.shares * away**2).sum(axis=1), 2 * groups.shares * away


def half_squared_variation(groups: GroupedSettings) -> tuple[Floats, Floats, Floats]:
    """GE(2): value ``(s,)``, gradient ``(s, k)`` and factor of the variance ``(s,)``."""
    mean = np.where(groups.means > 0, groups.means, np.nan)
    variance, gradient = variance_of(groups)
    value = variance / (2 * mean**2)
    slope = gradient / (2 * mean[:, None] ** 2)
    return value, slope - 2 * (value / mean)[:, None] * groups.shares, 1 / (2 * mean**2)


def distances(groups: GroupedSettings) -> Floats:
    """How far each known group lies from the mean, ``(s, k)``; rounding error is 0."""
    away = np.where(groups.known, groups.filled - groups.means[:, None], 0.0)
    return np.where(np.abs(away) <= 1e-14 * np.abs(groups.means[:, None]), 0.0, away)
