"""Inequality as health forgone: Atkinson, Kolm and the equally distributed equivalent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from jevn.indices.index import Estimates, Family, Sign, Unit, index
from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags, GroupedSettings
from jevn.indices.size_limits import quadratic_limits


@dataclass(frozen=True, slots=True)
class PublicAversion:
    """How averse to inequality in health the people of a country are: medians of a survey.

    Attributes:
        atkinson: aversion to relative inequality (epsilon), without unit.
        kolm: aversion to absolute inequality (kappa), per year of healthy life.
        source: where it was asked.
    """

    atkinson: float
    kolm: float
    source: str


PUBLIC_AVERSION: Final = {
    "norway": PublicAversion(3.52, 0.05, "Horn, Norheim & Barra 2025, Value in Health 28(12)"),
    "england": PublicAversion(
        10.95, 0.15, "Robson et al. 2017, Health Economics 26(10): 1328-1334"
    ),
}
"""Aversion to inequality in health by country. Asked about years of (healthy) life: for other
values the absolute one (kappa) must be given per unit of the values."""

_NORWAY: Final = PUBLIC_AVERSION["norway"]


@index("atkinson", Family.DISPROPORTIONALITY, sign=Sign.SIZE, unit=Unit.NONE)
def atkinson_index(
    groups: GroupedSettings, *, level: float = 0.95, epsilon: float = 1.0
) -> Estimates:
    r"""Atkinson index: share of the mean that inequality costs.

    $$ A(\varepsilon) = 1 - \frac{1}{\mu}
       \Big(\sum_i p_i y_i^{1-\varepsilon}\Big)^{1/(1-\varepsilon)},\quad
       A(1) = 1 - \frac{1}{\mu}\prod_i y_i^{p_i} $$

    ``epsilon`` is the aversion to inequality, above 0. The default 1 is a middle course:
    $A(1) = 1 - e^{-MLD/1000}$. What people say they want is greater, see `PUBLIC_AVERSION`.

    Interval: quadratic form of the groups' errors, bias removed (`quadratic_limits`).

    Range: 0, all groups equal, to 1. With a zero and epsilon of 1 or more: 1, with a note and
    without limits.

    Sign: never negative; a greater value is more inequality. Of adverse values it tells how
    unequal they are, not what that costs.

    Ties: of no importance; social position is not used.

    Weights: persons.

    Missing groups: passed over, with a note. Not defined with negative values or mean 0.

    Source: Atkinson 1970, J Econ Theory 2: 244-263.

    >>> data = GroupedData((30.0, 20.0, 10.0), (20.0, 30.0, 50.0))
    >>> round(atkinson_index(data).estimate, 6)
    0.097838
    """
    equivalent, slope, negative, zero = _atkinson(groups, epsilon)
    mean = np.where(groups.means > 0, groups.means, np.nan)
    estimate = 1 - equivalent / mean
    # So close to 0 only rounding is left.
    estimate = np.where(np.abs(estimate) < 1e-15, 0.0, estimate)
    gradient = (equivalent / mean**2)[:, None] * groups.shares - slope / mean[:, None]
    tangent = _second(groups, equivalent, slope, epsilon) / mean
    p, variances = groups.shares, groups.variances
    tangent -= 2 * (slope * p * variances).sum(axis=1) / mean**2
    tangent += 2 * equivalent * (p**2 * variances).sum(axis=1) / mean**3
    curvature = epsilon / (2 * mean**2)
    lower, upper = quadratic_limits(groups, estimate, gradient, curvature, level, -tangent / 2)
    return Estimates(
        estimate,
        groups.propagated(gradient),
        lower,
        np.minimum(upper, 1.0),
        method="quadratic",
        notes=[
            (negative, "zero_group"),
            (~(groups.means > 0), "zero_mean"),
            (zero, "zero_decides"),
        ],
    )


@index("kolm", Family.DISPROPORTIONALITY, sign=Sign.SIZE, unit=Unit.VALUE)
def kolm_index(
    groups: GroupedSettings, *, level: float = 0.95, kappa: float | None = None
) -> Estimates:
    r"""Kolm index: how much of the mean inequality costs, in units of the values.

    $$ K(\kappa) = \frac{1}{\kappa} \ln \sum_i p_i e^{\kappa (\mu - y_i)} $$

    ``kappa`` is the aversion to inequality per unit of the values, above 0; by default one over
    the mean of the setting.

    Interval: quadratic form of the groups' errors, bias removed (`quadratic_limits`). The
    standard error holds kappa fixed; the limits take in that the mean behind it has errors.

    Range: from 0, all groups equal, to the mean minus the least value.

    Sign: never negative; a greater value is more inequality.

    Ties: of no importance; social position is not used.

    Weights: persons.

    Missing groups: passed over, with a note. By default not defined where the mean is not
    positive.

    Source: Kolm 1976, J Econ Theory 12: 416-442.

    >>> data = GroupedData((30.0, 20.0, 10.0), (20.0, 30.0, 50.0))
    >>> round(kolm_index(data).estimate, 6)
    1.609464
    """
    positive = np.where(groups.means > 0, groups.means, np.nan)
    aversion = 1 / positive if kappa is None else _aversion(groups, kappa, "kappa")
    equivalent, weights = _kolm(groups, aversion)
    estimate = groups.means - equivalent
    estimate = np.where(np.abs(estimate) < 1e-14 * np.abs(groups.means), 0.0, estimate)
    gradient = groups.shares - weights
    whole = gradient
    if kappa is None:
        relative = (estimate + (weights * groups.filled).sum(axis=1)) / positive
        whole = groups.shares * relative[:, None] - weights
    lower, upper = quadratic_limits(groups, estimate, whole, aversion / 2, level)
    return Estimates(
        estimate,
        groups.propagated(gradient),
        lower,
        upper,
        method="quadratic",
        notes=[(np.isnan(aversion), "zero_mean")],
    )


@index("ede_atkinson", Family.DISPROPORTIONALITY, sign=Sign.LEVEL, unit=Unit.VALUE)
def equally_distributed_equivalent_atkinson(
    groups: GroupedSettings, *, level: float = 0.95, epsilon: float = _NORWAY.atkinson
) -> Estimates:
    r"""Equally distributed equivalent after Atkinson.

    $$ EDE(\varepsilon) = \Big(\sum_i p_i y_i^{1-\varepsilon}\Big)^{1/(1-\varepsilon)},\quad
       EDE(1) = \prod_i y_i^{p_i} $$

    The level that would be as good as the one there is, if all groups had it: the mean less what
    inequality costs. ``epsilon`` is the aversion to inequality, by default the median of people
    in Norway (3.52; England 10.95, see `PUBLIC_AVERSION`).

    For favourable values only. Of adverse values (illness, death) the formula lies *below* the
    mean, as if inequality made things better; it is then given as defined, with a note. State
    such an outcome as health instead (share without the illness, years lived), or use
    ``ede_kolm`` with ``adverse=True``, which does not depend on that choice.

    Interval: normal, bias of the second order removed from its centre.

    Range: from the least value to the mean. With a zero and epsilon of 1 or more: 0, with a note
    and without limits.

    Sign: a level, not an index of inequality.

    Ties: of no importance; social position is not used.

    Weights: persons.

    Missing groups: passed over, with a note. Not defined with negative values or mean 0.

    Source: Atkinson 1970, J Econ Theory 2: 244-263; aversion: Horn, Norheim & Barra 2025, Value
    in Health 28(12); Robson et al. 2017, Health Economics 26(10): 1328-1334.

    >>> data = GroupedData((70.0, 72.0, 75.0), (20.0, 30.0, 50.0))
    >>> round(equally_distributed_equivalent_atkinson(data).estimate, 4)
    73.0001
    """
    estimate, slope, negative, zero = _atkinson(groups, epsilon)
    none = ~(groups.means > 0)
    estimate = np.where(none, np.nan, estimate)
    bias = _second(groups, estimate, slope, epsilon) / 2
    notes = [(negative, "zero_group"), (none, "zero_mean"), (zero, "zero_decides")]
    return _centred(groups, estimate, slope, bias, level, [*notes, _adverse(groups)])


@index("ede_kolm", Family.DISPROPORTIONALITY, sign=Sign.LEVEL, unit=Unit.VALUE)
def equally_distributed_equivalent_kolm(
    groups: GroupedSettings,
    *,
    level: float = 0.95,
    kappa: float = _NORWAY.kolm,
    adverse: bool = False,
) -> Estimates:
    r"""Equally distributed equivalent after Kolm.

    $$ EDE(\kappa) = -\frac{1}{\kappa} \ln \sum_i p_i e^{-\kappa y_i} $$

    The level that would be as good as the one there is, if all groups had it: the mean less what
    inequality costs. ``kappa`` is the aversion to inequality per unit of the values, by default
    the median of people in Norway asked about years of healthy life (0.05; England 0.15, see
    `PUBLIC_AVERSION`). For values in other units, give one that suits them.

    Of adverse values (illness, death) the formula lies *below* the mean, as if inequality made
    things better; it is then given as defined, with a note. With ``adverse=True`` it is turned,
    $+\frac{1}{\kappa} \ln \sum_i p_i e^{\kappa y_i}$: the level of the bad, equally shared, that
    would be as bad. That equals the shortfall from any bound, so no bound need be chosen.

    Interval: normal, bias of the second order removed from its centre.

    Range: from the least value to the mean; turned: from the mean to the greatest value.

    Sign: a level, not an index of inequality.

    Ties: of no importance; social position is not used.

    Weights: persons.

    Missing groups: passed over, with a note.

    Source: Kolm 1976, J Econ Theory 12: 416-442; aversion: Horn, Norheim & Barra 2025, Value in
    Health 28(12); Robson et al. 2017, Health Economics 26(10): 1328-1334.

    >>> data = GroupedData((70.0, 72.0, 75.0), (20.0, 30.0, 50.0))
    >>> round(equally_distributed_equivalent_kolm(data).estimate, 4)
    72.9967
    >>> round(equally_distributed_equivalent_kolm(data, adverse=True).estimate, 4)
    73.2009
    """
    sign = -1.0 if adverse else 1.0
    aversion = _aversion(groups, kappa, "kappa")
    estimate, weights = _kolm(groups, sign * aversion)
    second = sign * aversion[:, None] * weights * (weights - 1)
    bias = (second * groups.variances).sum(axis=1) / 2
    notes = [] if adverse else [_adverse(groups)]
    return _centred(groups, estimate, weights, bias, level, notes)


def _centred(
    groups: GroupedSettings,
    estimate: Floats,
    gradient: Floats,
    bias: Floats,
    level: float,
    notes: list[tuple[Flags, str]],
) -> Estimates:
    from jevn.indices.result import critical

    se = groups.propagated(gradient)
    middle, half = estimate - bias, critical(level) * se
    return Estimates(estimate, se, middle - half, middle + half, method="centred", notes=notes)


def _adverse(groups: GroupedSettings) -> tuple[Flags, str]:
    return groups.polarities < 0, "ede_adverse"


def _aversion(groups: GroupedSettings, value: float, name: str) -> Floats:
    if not (np.isfinite(value) and value > 0):
        raise ValueError(f"{name} must be above 0, not {value}")
    return np.full(len(groups), value)


def _atkinson(groups: GroupedSettings, epsilon: float) -> tuple[Floats, Floats, Flags, Flags]:
    """Equivalent ``(s,)``, gradient ``(s, k)``, negative values, and a zero that decides."""
    _aversion(groups, epsilon, "epsilon")
    p = groups.shares
    mean = np.where(groups.means > 0, groups.means, np.nan)[:, None]
    ratio = np.where(groups.known, groups.filled / mean, 1.0)
    negative: Flags = np.asarray((groups.known & (groups.filled < 0)).any(axis=1))
    zero: Flags = np.asarray((groups.known & (groups.filled == 0)).any(axis=1))
    zero = zero & (groups.means > 0) & (epsilon >= 1)
    if epsilon == 1:
        part = np.exp((p * np.log(ratio)).sum(axis=1))
    else:
        power = 1 - epsilon
        # Relative to the term that decides, so that no power overflows.
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.where(p > 0, power * np.log(ratio), -np.inf)
        top = logs.max(axis=1, keepdims=True)
        log_sum = top[:, 0] + np.log((p * np.exp(logs - top)).sum(axis=1))
        part = np.exp(log_sum / power)
    part = np.where(zero, 0.0, np.where(negative, np.nan, part))
    slope = np.where(groups.known, p * (part[:, None] / ratio) ** epsilon, 0.0)
    slope = np.where(zero[:, None], np.nan, slope)
    return part * mean[:, 0], slope, negative, zero


def _second(groups: GroupedSettings, equivalent: Floats, slope: Floats, epsilon: float) -> Floats:
    """Second derivatives of the equivalent times the variances, summed, shape ``(s,)``."""
    values = np.where(groups.known, groups.filled, 1.0)
    second = epsilon * slope * (slope / equivalent[:, None] - 1 / values)
    found: Floats = np.where(groups.variances > 0, second * groups.variances, 0.0).sum(axis=1)
    return found


def _kolm(groups: GroupedSettings, kappa: Floats) -> tuple[Floats, Floats]:
    """Equivalent ``(s,)`` and its gradient ``(s, k)``: the weight of each group in it."""
    powers = -kappa[:, None] * (groups.filled - groups.means[:, None])
    top = np.where(groups.known, powers, -np.inf).max(axis=1, keepdims=True)
    terms = groups.shares * np.exp(np.where(groups.known, powers - top, -np.inf))
    total = terms.sum(axis=1)
    return groups.means - (top[:, 0] + np.log(total)) / kappa, terms / total[:, None]
