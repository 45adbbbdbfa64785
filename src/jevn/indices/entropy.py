"""Entropy of the distribution over groups: Theil, mean log deviation and their bias."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from jevn.indices.index import Estimates, Family, Sign, Unit, index
from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags, GroupedSettings
from jevn.indices.size_limits import quadratic_limits
from jevn.indices.variance import half_squared_variation


@index("ti", Family.DISPROPORTIONALITY, sign=Sign.SIZE, unit=Unit.PER_1000)
def theil_index(groups: GroupedSettings, *, level: float = 0.95) -> Estimates:
    r"""Theil index, times 1000.

    $$ TI = 1000 \sum_i p_i r_i \ln r_i, \quad r_i = y_i / \mu, \quad 0 \ln 0 = 0 $$

    The plug-in value; it is too great in small samples, see ``ti_corrected``.

    Interval: quadratic form of the groups' errors, bias removed (`quadratic_limits`). A group
    with zero and a standard error above zero leaves no limits.

    Range: from 0, all groups equal, to $-1000 \ln p$ where one group of share p has all.

    Sign: never negative; a greater value is more inequality.

    Ties: of no importance; social position is not used.

    Weights: persons.

    Missing groups: passed over, with a note. Not defined with negative values or mean 0.

    Source: Theil 1967, Economics and Information Theory, North-Holland; for health Harper & Lynch
    2005, Methods for Measuring Cancer Disparities, National Cancer Institute.

    >>> data = GroupedData((30.0, 20.0, 10.0), (20.0, 30.0, 50.0))
    >>> round(theil_index(data).estimate, 4)
    101.7574
    """
    return _entropy(groups, level, _theil)


@index("ti_corrected", Family.DISPROPORTIONALITY, sign=Sign.SIZE, unit=Unit.PER_1000)
def theil_index_corrected(groups: GroupedSettings, *, level: float = 0.95) -> Estimates:
    r"""Theil index, times 1000, with its bias removed.

    $$ TI - \tfrac12 \sum_i \frac{\partial^2 TI}{\partial y_i^2} \operatorname{se}_i^2,
       \text{ at least } 0 $$

    The second derivative is
    $1000\,[p_i/(\mu y_i) - p_i^2/\mu^2 - 2 p_i^2 (\ln r_i - TI/1000)/\mu^2]$.

    Interval: that of ``ti``, which has the bias removed already.

    Range: from 0; a negative value is set to 0.

    Sign: never negative; a greater value is more inequality.

    Ties: of no importance; social position is not used.

    Weights: persons.

    Missing groups: passed over, with a note. Not defined without the groups' standard errors.

    Source: the definition of the Theil index (see ``ti``) with the delta method of second order.

    >>> data = GroupedData((30.0, 20.0, 10.0), (20.0, 30.0, 50.0), (3.0, 2.0, 1.0))
    >>> theil_index_corrected(data).estimate < theil_index(data).estimate
    True
    """
    return _entropy(groups, level, _theil, corrected=True)


@index("mld", Family.DISPROPORTIONALITY, sign=Sign.SIZE, unit=Unit.PER_1000)
def mean_log_deviation(groups: GroupedSettings, *, level: float = 0.95) -> Estimates:
    r"""Mean log deviation, times 1000.

    $$ MLD = -1000 \sum_i p_i \ln r_i, \quad r_i = y_i / \mu $$

    The plug-in value; it is too great in small samples, see ``mld_corrected``.

    Interval: quadratic form of the groups' errors, bias removed (`quadratic_limits`).

    Range: from 0, all groups equal; no upper bound.

    Sign: never negative; a greater value is more inequality.

    Ties: of no importance; social position is not used.

    Weights: persons.

    Missing groups: passed over, with a note. Not defined where a group has zero or less.

    Source: Theil 1967, Economics and Information Theory, North-Holland; for health Harper & Lynch
    2005, Methods for Measuring Cancer Disparities, National Cancer Institute.

    >>> data = GroupedData((30.0, 20.0, 10.0), (20.0, 30.0, 50.0))
    >>> round(mean_log_deviation(data).estimate, 4)
    102.9616
    """
    return _entropy(groups, level, _log_deviation)


@index("mld_corrected", Family.DISPROPORTIONALITY, sign=Sign.SIZE, unit=Unit.PER_1000)
def mean_log_deviation_corrected(groups: GroupedSettings, *, level: float = 0.95) -> Estimates:
    r"""Mean log deviation, times 1000, with its bias removed.

    $$ MLD - 500 \sum_i \left(\frac{p_i}{y_i^2} - \frac{p_i^2}{\mu^2}\right)
       \operatorname{se}_i^2, \text{ at least } 0 $$

    Interval: that of ``mld``, which has the bias removed already.

    Range: from 0; a negative value is set to 0.

    Sign: never negative; a greater value is more inequality.

    Ties: of no importance; social position is not used.

    Weights: persons.

    Missing groups: passed over, with a note. Not defined without the groups' standard errors, or
    where a group has zero or less.

    Source: the definition of the index (see ``mld``) with the delta method of second order.

    >>> data = GroupedData((30.0, 20.0, 10.0), (20.0, 30.0, 50.0), (3.0, 2.0, 1.0))
    >>> mean_log_deviation_corrected(data).estimate < mean_log_deviation(data).estimate
    True
    """
    return _entropy(groups, level, _log_deviation, corrected=True)


@index("ge2", Family.DISPROPORTIONALITY, sign=Sign.SIZE, unit=Unit.NONE)
def generalised_entropy_2(groups: GroupedSettings, *, level: float = 0.95) -> Estimates:
    r"""Generalised entropy of order 2: half the squared coefficient of variation.

    $$ GE(2) = \tfrac12 \sum_i p_i \left((y_i/\mu)^2 - 1\right) $$

    Interval: quadratic form of the groups' errors, bias removed (`quadratic_limits`).

    Range: from 0, all groups equal. Not defined where the mean is not positive.

    Sign: never negative; a greater value is more inequality.

    Ties: of no importance; social position is not used.

    Weights: persons.

    Missing groups: passed over, with a note.

    Source: Shorrocks 1980, Econometrica 48: 613-625.

    >>> data = GroupedData((30.0, 20.0, 10.0), (20.0, 30.0, 50.0))
    >>> round(generalised_entropy_2(data).estimate, 6)
    0.105536
    """
    estimate, gradient, curvature = half_squared_variation(groups)
    lower, upper = quadratic_limits(groups, estimate, gradient, curvature, level)
    return Estimates(
        estimate,
        groups.propagated(gradient),
        lower,
        upper,
        method="quadratic",
        notes=[(~(groups.means > 0), "zero_mean")],
    )


Parts = tuple[Floats, Floats, Floats, Flags]
"""Value ``(s,)``, gradient and second derivatives ``(s, k)``, and where it is not defined."""


def _entropy(
    groups: GroupedSettings,
    level: float,
    parts: Callable[[GroupedSettings], Parts],
    *,
    corrected: bool = False,
) -> Estimates:
    plug_in, gradient, second, impossible = parts(groups)
    # A value without error adds nothing, however steep the index is there.
    moving = groups.known & (groups.variances > 0)
    gradient, second = np.where(moving, gradient, 0.0), np.where(moving, second, 0.0)
    plug_in = np.where(impossible, np.nan, np.maximum(plug_in, 0.0))
    estimate = plug_in
    notes = [(impossible, "zero_group"), (~(groups.means > 0), "zero_mean")]
    bias = (second * groups.variances).sum(axis=1) / 2
    if corrected:
        found = np.maximum(plug_in - np.where(groups.has_errors, bias, np.nan), 0.0)
        notes.append((~groups.has_errors, "no_errors"))
        estimate = np.where(np.isfinite(bias), found, np.nan)
    lower, upper = quadratic_limits(groups, plug_in, gradient, 500 / groups.means**2, level, bias)
    boundless = ~np.isfinite(gradient).all(axis=1)
    notes.append((boundless & ~impossible, "zero_with_error"))
    return Estimates(
        estimate, groups.propagated(gradient), lower, upper, method="quadratic", notes=notes
    )


def _theil(groups: GroupedSettings) -> Parts:
    p, mean, ratio = _ratios(groups)
    logarithm = np.log(ratio)
    value = (p * np.where(ratio > 0, ratio * logarithm, 0.0)).sum(axis=1)
    slope = logarithm - value[:, None]
    gradient = p / mean * slope
    second = p / (mean**2 * ratio) - (p / mean) ** 2 * (1 + 2 * slope)
    negative: Flags = np.asarray((groups.known & (groups.filled < 0)).any(axis=1))
    return 1000 * value, 1000 * gradient, 1000 * second, negative


def _log_deviation(groups: GroupedSettings) -> Parts:
    p, mean, ratio = _ratios(groups)
    value = -(p * np.log(ratio)).sum(axis=1)
    gradient = p / mean * (1 - 1 / ratio)
    second = p / (mean * ratio) ** 2 - (p / mean) ** 2
    none: Flags = np.asarray((groups.known & (groups.filled <= 0)).any(axis=1))
    return 1000 * value, 1000 * gradient, 1000 * second, none


def _ratios(groups: GroupedSettings) -> tuple[Floats, Floats, Floats]:
    """Shares, mean as a column, and values relative to it (1 where unknown)."""
    mean = np.where(groups.means > 0, groups.means, np.nan)[:, None]
    return groups.shares, mean, np.where(groups.known, groups.filled / mean, 1.0)
