"""Concentration indices of grouped data: how health concentrates along the social ladder."""

from __future__ import annotations

from typing import Literal

import numpy as np

from jevn.indices.index import Estimates, Family, Sign, Unit, index
from jevn.indices.rank_curves import RankCurve
from jevn.indices.rank_weights import (
    by_curve,
    gradient_of,
    one_position,
    quotient_notes,
    quotient_of,
    sum_of,
)
from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags, GroupedSettings, divided

Variance = Literal["delta", "kakwani"]
"""Where the standard error comes from: the groups' own, or the grouped formula of Kakwani."""


@index("aci", Family.RANK, sign=Sign.DIFFERENCE, unit=Unit.VALUE, ordered=True)
def absolute_concentration_index(groups: GroupedSettings, *, level: float = 0.95) -> Estimates:
    r"""Absolute concentration index, also called generalised.

    $$ ACI = 2 \sum_i p_i (R_i - \tfrac12) y_i = \mu \cdot RCI $$

    with $p_i$ the share of group $i$ in the population, $R_i$ its rank (ridit), $y_i$ its value
    and $\mu$ the mean.

    Interval: square-and-add from the limits of the groups: Wilson's for shares and rates, normal
    for means. The standard error is that of the delta method,
    $\operatorname{se} = \sqrt{\sum g_i^2 se_i^2}$ with $g_i = 2 p_i (R_i - \tfrac12)$. With many
    cases the limits are those of the standard error; with few they are wider and not symmetric.

    Range: within a quarter of the distance between the least and the greatest possible value,
    on both sides of 0.

    Sign: above 0 when the top has more.

    Ties: groups of equal position share their mean rank; all at one position: not defined.

    Weights: persons count once, in shares and ranks.

    Missing groups: left out; ranks are those among the groups with a value.

    Source: Wagstaff, Paci & van Doorslaer 1991, Soc Sci Med 33: 545-557; limits: Zou & Donner
    2008, Stat Med 27: 1693-1702.

    >>> data = GroupedData(
    ...     estimates=(30.0, 20.0, 10.0),
    ...     populations=(20.0, 30.0, 50.0),
    ...     standard_errors=(3.0, 2.0, 1.0),
    ...     orders=(1, 2, 3),
    ... )
    >>> result = absolute_concentration_index(data)
    >>> round(result.estimate, 4), round(result.se, 4)
    (-4.1, 0.5704)
    """
    return sum_of(groups, gradient_of(groups), level)


@index("rci", Family.RANK, sign=Sign.DIFFERENCE, unit=Unit.NONE, ordered=True)
def relative_concentration_index(
    groups: GroupedSettings, *, level: float = 0.95, variance: Variance = "delta"
) -> Estimates:
    r"""Relative concentration index: the concentration index of the literature.

    $$ RCI = \frac{2}{\mu} \sum_i p_i (R_i - \tfrac12) y_i $$

    with $p_i$ the share of group $i$ in the population, $R_i$ its rank (ridit), $y_i$ its value
    and $\mu$ the mean. It is twice the area between the concentration curve and the diagonal.

    Interval: square-and-add from the limits of the groups, solved as Fieller's interval of a
    quotient; see ``aci``. The standard error is that of the delta method with
    $g_i = p_i (2 R_i - 1 - RCI) / \mu$. With ``variance="kakwani"``: the variance of Kakwani,
    Wagstaff and van Doorslaer for grouped data with the variance within groups,
    $\frac1n [\sum p_i a_i^2 - (1 + C)^2] + \frac{1}{n \mu^2} \sum p_i \sigma_i^2 (2R_i - 1 - C)^2$
    with $a_i = \frac{y_i}{\mu}(2R_i - 1 - C) + 2 - q_{i-1} - q_i$, $q$ the concentration curve,
    $\sigma_i = se_i \sqrt{n_i}$ and $n$ the respondents in all, and normal limits. It takes
    respondents as shared out like the population.

    Range: from -1 to 1 for values that are not negative.

    Sign: above 0 when the top has more.

    Ties: groups of equal position share their mean rank; all at one position: not defined.

    Weights: persons count once, in shares and ranks.

    Missing groups: left out; ranks are those among the groups with a value.

    Source: Wagstaff, Paci & van Doorslaer 1991, Soc Sci Med 33: 545-557; Kakwani, Wagstaff & van
    Doorslaer 1997, J Econometrics 77: 87-103; limits: Fieller 1954, J R Stat Soc B 16: 175-185;
    Zou & Donner 2008, Stat Med 27: 1693-1702.

    >>> data = GroupedData(
    ...     estimates=(30.0, 20.0, 10.0),
    ...     populations=(20.0, 30.0, 50.0),
    ...     standard_errors=(3.0, 2.0, 1.0),
    ...     orders=(1, 2, 3),
    ... )
    >>> result = relative_concentration_index(data)
    >>> round(result.estimate, 4), round(result.se, 4)
    (-0.2412, 0.0295)
    """
    if variance == "delta":
        return quotient_of(groups, gradient_of(groups), level)
    if variance != "kakwani":
        raise ValueError(f"variance must be delta or kakwani, not {variance}")
    estimate = divided((gradient_of(groups) * groups.filled).sum(axis=1), groups.means)
    estimate = np.where(one_position(groups), np.nan, estimate)
    unknown: Flags = np.asarray((~np.isfinite(groups.samples) & groups.known).any(axis=1))
    return Estimates(
        estimate,
        np.where(unknown | ~groups.has_errors, np.nan, _kakwani(groups, estimate)),
        method="kakwani",
        notes=[*quotient_notes(groups), (unknown, "no_samples")],
    )


@index("rci_extended", Family.RANK, sign=Sign.DIFFERENCE, unit=Unit.NONE, ordered=True)
def extended_concentration_index(
    groups: GroupedSettings, *, level: float = 0.95, aversion: float = 2.0
) -> Estimates:
    r"""Extended concentration index, with a chosen aversion to inequality.

    $$ C(\nu) = 1 - \frac{1}{\mu} \sum_i w_i y_i, \quad
    w_i = \int_{R^-_i}^{R^+_i} \nu (1 - r)^{\nu - 1} dr = (1 - R^-_i)^\nu - (1 - R^+_i)^\nu $$

    with $R^-_i$ and $R^+_i$ the beginning and end of the group's range of ranks. The weight of
    the definition for persons is summed over the range, so that a group in two equal halves is
    the same group. ``aversion`` ($\nu$) is at least 1: 1 looks at the mean only and gives 0; 2
    equals ``rci``; the greater, the more the bottom of the ladder counts.

    Interval: as in ``rci``.

    Range: from $1 - \nu$ to 1 for values that are not negative.

    Sign: above 0 when the top has more.

    Ties: groups of equal position share one range; all at one position: not defined.

    Weights: persons count once, in shares and ranks.

    Missing groups: left out; ranks are those among the groups with a value.

    Source: Wagstaff 2002, Health Econ 11: 627-638.

    >>> data = GroupedData(
    ...     estimates=(30.0, 20.0, 10.0), populations=(20.0, 30.0, 50.0), orders=(1, 2, 3)
    ... )
    >>> round(extended_concentration_index(data).estimate, 4)
    -0.2412
    >>> round(extended_concentration_index(data, aversion=4.0).estimate, 4)
    -0.487
    """
    return quotient_of(groups, by_curve(groups, RankCurve("extended", aversion)), level)


def _kakwani(groups: GroupedSettings, estimate: Floats) -> Floats:
    shares, mean = groups.shares, groups.means[:, None]
    part = divided(shares * groups.filled, mean)
    mine, others = groups.orders[:, :, None], groups.orders[:, None, :]
    begins = (part[:, None, :] * (others < mine)).sum(axis=2)
    ends = (part[:, None, :] * (others <= mine)).sum(axis=2)
    away = 2 * groups.ranks_of_known - 1 - estimate[:, None]
    a = divided(groups.filled, mean) * away + 2 - begins - ends
    between = (shares * a**2).sum(axis=1) - (1 + estimate) ** 2
    respondents = np.where(groups.known, groups.samples, 0.0)
    within = (shares * groups.variances * respondents * divided(away, mean) ** 2).sum(axis=1)
    variance: Floats = (np.maximum(between, 0.0) + within) / respondents.sum(axis=1)
    return np.sqrt(variance)
