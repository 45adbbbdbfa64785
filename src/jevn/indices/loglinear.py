"""Relative index of inequality from an exponential curve on social rank."""

from __future__ import annotations

from typing import Literal

import numpy as np

from jevn.indices.bootstrap import drawn_limits
from jevn.indices.index import Estimates, Family, Sign, Unit, index
from jevn.indices.rank_curve_variance import CurveData, CurveVariance
from jevn.indices.result import critical
from jevn.indices.ridits import Floats, ridits
from jevn.indices.settings import GroupedSettings

Counts = Literal["exact", "whole"]
"""Cases as values say, or rounded to whole cases among persons rounded up."""


@index("rii_poisson", Family.REGRESSION, sign=Sign.RATIO, unit=Unit.NONE, ordered=True)
def rii_poisson(
    groups: GroupedSettings,
    *,
    level: float = 0.95,
    variance: CurveVariance = "delta",
    counts: Counts = "exact",
    draws: int = 1000,
    seed: int = 1,
) -> Estimates:
    r"""Relative index of inequality by Poisson regression on rank.

    $$ \ln \mu_i = \ln n_i + a + b R_i, \qquad RII = e^b $$

    The rate expected at the top of the social ladder over that at the bottom. Cases are
    $y_i n_i / U$ with persons $n_i$ and unit $U$, and they are not rounded: a value from a
    survey or a standardised rate times the persons of a small place is seldom whole, and to
    round 1.4 cases to 1 changes the rate by a third. `counts="whole"` rounds the cases and
    rounds persons up, as some other tools do.

    Interval: normal on the logarithm; the standard error given is $RII \operatorname{se}(b)$.
    `variance="delta"` (usual): the groups' standard errors through the sandwich; `classical`: the
    model's, as if every case had been counted; `hc1`: the scatter of the groups about the curve,
    for at least three groups and unsafe below ten; `bootstrap`: percentiles of `draws` draws from
    the groups' standard errors, begun at `seed`.

    Range: above 0.

    Sign: above 1 when the top has more.

    Ties: groups of the same position share their mean rank.

    Weights: persons, once, as the offset of the model.

    Missing groups: keep their place in the ranks, but are not in the fit. Not defined for means,
    for values below 0, without any case, and where only the group at one end has cases.

    Source: Moreno-Betancur et al. 2015, Epidemiology 26: 518-527; sandwich: Zou 2004,
    Am J Epidemiol 159: 702-706.

    >>> from jevn.terms import Scale
    >>> data = GroupedData(
    ...     estimates=(30.0, 20.0, 10.0), populations=(20.0, 30.0, 50.0),
    ...     standard_errors=(3.0, 2.0, 1.0), orders=(1, 2, 3), scale=Scale.PERCENT,
    ... )
    >>> round(rii_poisson(data).estimate, 3)
    0.184
    """
    data = _data(groups, counts)
    curve = data.fitted()
    estimate = curve.at_top / curve.at_bottom
    notes = data.notes(curve)
    if variance == "bootstrap":
        se, lower, upper, few = drawn_limits(
            groups, lambda g: _ratios(_data(g, counts)), level=level, draws=draws, seed=seed
        )
        return Estimates(estimate, se, lower, upper, "bootstrap", [*notes, (few, "few_draws")])
    log_se = data.se(curve, curve.by_top - curve.by_bottom, variance)
    width = np.exp(critical(level) * log_se)
    return Estimates(
        estimate, estimate * log_se, estimate / width, estimate * width, variance, notes
    )


def _data(groups: GroupedSettings, counts: Counts) -> CurveData:
    if counts == "exact":
        return CurveData.of(groups, "log")
    if counts != "whole":
        raise ValueError(f"counts: {counts} is neither exact nor whole")
    persons = np.ceil(groups.sizes)
    placed = np.where(np.isnan(groups.orders), 0.0, persons)
    ranks = np.nan_to_num(ridits(placed, groups.orders), nan=0.0)
    cases = np.rint(groups.filled / groups.units[:, None] * persons)
    shares = np.where(groups.known, cases / persons, 0.0)
    weights = np.where(groups.known, persons, 0.0)
    return CurveData(groups, shares, weights, ranks, groups.units, "log")


def _ratios(data: CurveData) -> Floats:
    curve = data.fitted()
    return curve.at_top / curve.at_bottom
