"""Slope and relative index of inequality from a logistic curve on social rank."""

from __future__ import annotations

import numpy as np

from jevn.indices.bootstrap import drawn_limits
from jevn.indices.compat import Compat, as_healthequal
from jevn.indices.index import Estimates, Family, Sign, Unit, index
from jevn.indices.rank_curve_variance import CurveData, CurveVariance
from jevn.indices.result import critical
from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags, GroupedSettings


@index("sii_logit", Family.REGRESSION, sign=Sign.DIFFERENCE, unit=Unit.VALUE, ordered=True)
def sii_logit(
    groups: GroupedSettings,
    *,
    level: float = 0.95,
    variance: CurveVariance | None = None,
    compat: Compat | None = None,
    draws: int = 1000,
    seed: int = 1,
) -> Estimates:
    r"""Slope index of inequality by logistic regression on rank.

    $$ \operatorname{logit} \pi(R) = a + b R, \qquad SII = U \, [\pi(1) - \pi(0)] $$

    The value expected at the top of the social ladder minus at the bottom, with values as shares
    $y_i / U$ of the unit $U$ (100 for per cent), fitted as a binomial model with the persons of
    each group as weights, once. Fitted values never leave 0 to $U$, as a line's may.
    `compat="healthequal-1.0.1"` reproduces the figures of WHO's package instead: its scale is
    guessed from the greatest value, cases are rounded, and persons enter the weights squared; a
    note says so.

    Interval: `variance="delta"` (usual): the groups' standard errors through the sandwich and
    the delta method, normal limits on the scale of the values. `hc1`: from the scatter of the
    groups about the curve (usual with `compat`); `classical`: from the model, with every person
    counted; `bootstrap`: percentiles of `draws` draws from the groups' standard errors, begun at
    `seed`. `hc1` and `classical` ignore the groups' standard errors; `hc1` needs at least three
    groups and is unsafe with fewer than ten.

    Range: $-U$ to $U$.

    Sign: above 0 when the top has more.

    Ties: groups of the same position share their mean rank.

    Weights: persons, once; they count only relative to each other.

    Missing groups: keep their place in the ranks, but are not in the fit. Not defined for means,
    for values outside 0 to $U$, and where all cases lie at one end so that the model has no
    solution. 0 where nobody, or everybody, is a case.

    Source: Mackenbach & Kunst 1997, Soc Sci Med 44: 757-771; the logistic form as in Schlotheuber
    & Hosseinpoor 2022, Int J Environ Res Public Health 19: 3697.

    >>> from jevn.terms import Scale
    >>> data = GroupedData(
    ...     estimates=(30.0, 20.0, 10.0), populations=(20.0, 30.0, 50.0),
    ...     standard_errors=(3.0, 2.0, 1.0), orders=(1, 2, 3), scale=Scale.PERCENT,
    ... )
    >>> round(sii_logit(data).estimate, 2)
    -28.14
    """
    data = _data(groups, compat)
    chosen = variance or ("hc1" if compat else "delta")
    curve = data.fitted()
    bottom, top = curve.at_bottom, curve.at_top
    estimate = data.units * (top - bottom)
    if chosen == "bootstrap":
        se, lower, upper, few = drawn_limits(
            groups, lambda g: _slopes(_data(g, compat)), level=level, draws=draws, seed=seed
        )
        notes = [*_notes(data, curve.separated, compat), (few, "few_draws")]
        return Estimates(estimate, se, lower, upper, "bootstrap", [*data.notes(curve), *notes])
    steep_top, steep_bottom = top * (1 - top), bottom * (1 - bottom)
    # Where all or none are cases, the limit of flat curves: the derivative of the straight line.
    edge = (top == bottom) & (steep_top == 0)
    gradient = (
        np.where(edge, 1.0, steep_top)[:, None] * curve.by_top
        - np.where(edge, 1.0, steep_bottom)[:, None] * curve.by_bottom
    )
    se = data.units * data.se(curve, gradient, chosen)
    notes = [*data.notes(curve), *_notes(data, curve.separated, compat)]
    return Estimates(estimate, se, method=chosen, notes=notes)


@index("rii_logit", Family.REGRESSION, sign=Sign.RATIO, unit=Unit.NONE, ordered=True)
def rii_logit(
    groups: GroupedSettings,
    *,
    level: float = 0.95,
    variance: CurveVariance | None = None,
    compat: Compat | None = None,
    draws: int = 1000,
    seed: int = 1,
) -> Estimates:
    r"""Relative index of inequality by logistic regression on rank.

    $$ \operatorname{logit} \pi(R) = a + b R, \qquad RII = \pi(1) / \pi(0) $$

    The value expected at the top of the social ladder over that at the bottom, from the curve of
    `sii_logit`. It is a ratio of shares, not of odds. `compat` is as in `sii_logit`.

    Interval: as in `sii_logit`, but the limits are normal on the logarithm; the standard error
    given is $RII \operatorname{se}(\ln RII)$.

    Range: above 0.

    Sign: above 1 when the top has more.

    Ties: groups of the same position share their mean rank.

    Weights: persons, once; they count only relative to each other.

    Missing groups: as in `sii_logit`. Not defined where nobody is a case; 1 where everybody is.

    Source: Mackenbach & Kunst 1997, Soc Sci Med 44: 757-771; the logistic form as in Schlotheuber
    & Hosseinpoor 2022, Int J Environ Res Public Health 19: 3697.

    >>> from jevn.terms import Scale
    >>> data = GroupedData(
    ...     estimates=(30.0, 20.0, 10.0), populations=(20.0, 30.0, 50.0),
    ...     standard_errors=(3.0, 2.0, 1.0), orders=(1, 2, 3), scale=Scale.PERCENT,
    ... )
    >>> round(rii_logit(data).estimate, 3)
    0.18
    """
    data = _data(groups, compat)
    chosen = variance or ("hc1" if compat else "delta")
    curve = data.fitted()
    estimate = curve.at_top / curve.at_bottom
    notes = [*data.notes(curve), *_notes(data, curve.separated, compat)]
    if chosen == "bootstrap":
        se, lower, upper, few = drawn_limits(
            groups, lambda g: _ratios(_data(g, compat)), level=level, draws=draws, seed=seed
        )
        return Estimates(estimate, se, lower, upper, "bootstrap", [*notes, (few, "few_draws")])
    edge = (curve.at_top == 1) & (curve.at_bottom == 1)
    steep_top = np.where(edge, 1.0, 1 - curve.at_top)
    steep_bottom = np.where(edge, 1.0, 1 - curve.at_bottom)
    gradient = steep_top[:, None] * curve.by_top - steep_bottom[:, None] * curve.by_bottom
    log_se = data.se(curve, gradient, chosen)
    width = np.exp(critical(level) * log_se)
    return Estimates(estimate, estimate * log_se, estimate / width, estimate * width, chosen, notes)


def _data(groups: GroupedSettings, compat: Compat | None) -> CurveData:
    return as_healthequal(groups, compat) if compat else CurveData.of(groups, "logit")


def _notes(data: CurveData, separated: Flags, compat: Compat | None) -> list[tuple[Flags, str]]:
    return [(~separated, "compat_squared_weights")] if compat else []


def _slopes(data: CurveData) -> Floats:
    curve = data.fitted()
    return data.units * (curve.at_top - curve.at_bottom)


def _ratios(data: CurveData) -> Floats:
    curve = data.fitted()
    return curve.at_top / curve.at_bottom
