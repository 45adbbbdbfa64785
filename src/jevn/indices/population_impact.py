"""Population impact: how much would change if all had the figure of one group."""

from __future__ import annotations

import numpy as np

from jevn.indices.comparison import Against, Comparison, compared_with
from jevn.indices.deviations import best_limits
from jevn.indices.index import Estimates, Family, Sign, Unit, index
from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags, GroupedSettings
from jevn.indices.square_and_add import arms, limits_of_quotient, limits_of_sum


@index("par", Family.IMPACT, sign=Sign.DIFFERENCE, unit=Unit.VALUE)
def population_attributable_risk(
    groups: GroupedSettings,
    *,
    level: float = 0.95,
    against: Against = "reference",
    floor: bool = False,
) -> Estimates:
    r"""Population attributable risk.

    $$ PAR = y_\text{ref} - \mu $$

    How much the figure of the whole population would change if all had that of the reference
    group. Without a reference group: ordered groups are compared with the highest position,
    unordered ones with the best group. With ``against`` as ``best`` or ``median``: always with
    the best group, or with the group of the middle person.

    Where the reference is worse off than the whole, the index points the other way; with
    ``floor`` it is then set to 0 (as some reports do), with a note.

    Interval: by square-and-add from the limits of all groups (Wilson's for shares, normal ones
    for means), the reference counted on both sides: they hold also with few cases.
    Compared with the best group: from the distribution of the greatest of several normal
    values, so that the doubt about which group is best is in it (`best_limits`). That the
    middle person could be in another group is not in the limits.

    Range: no bounds but those of the values.

    Sign: above 0 when the reference has more. For adverse values it is below 0 when the
    reference is better off than the whole.

    Ties: groups that share the highest position: their mean by persons.

    Weights: persons.

    Missing groups: passed over, with a note. Not defined where the reference has no value, or
    where there is neither reference, order nor polarity.

    Source: Schlotheuber & Hosseinpoor 2022, Int J Environ Res Public Health 19: 3697.

    >>> data = GroupedData((30.0, 20.0, 10.0), (20.0, 30.0, 50.0), orders=(1, 2, 3))
    >>> round(population_attributable_risk(data).estimate, 4)
    -7.0
    """
    compared = compared_with(groups, against)
    value = compared.value(groups)
    estimate = value - groups.means
    se = groups.propagated(compared.weights - groups.shares)
    weights = np.where(groups.known, compared.weights - groups.shares, 0.0)
    sums = limits_of_sum(weights, groups.filled, arms(groups, level))
    lower, upper = _limits(groups, compared, sums, level)
    methods = [(compared.chosen, "greatest"), (~compared.chosen, "square_and_add")]
    return _floored(groups, compared, (estimate, se, lower, upper), methods, floor)


@index("paf", Family.IMPACT, sign=Sign.DIFFERENCE, unit=Unit.PERCENT)
def population_attributable_fraction(
    groups: GroupedSettings,
    *,
    level: float = 0.95,
    against: Against = "reference",
    floor: bool = False,
) -> Estimates:
    r"""Population attributable fraction, in per cent.

    $$ PAF = 100\,\frac{y_\text{ref} - \mu}{\mu} $$

    The population attributable risk (``par``) in per cent of the mean; the same reference and
    the same options.

    Interval: that of the quotient $y_\text{ref}/\mu$ by square-and-add from the limits of all
    groups (Wilson's for shares, normal ones for means, which is Fieller's interval), the
    reference counted on both sides. Compared with the best group: as ``par``.

    Range: from -100, the reference has zero; no upper bound. Not defined where the mean is not
    positive.

    Sign: above 0 when the reference has more. For adverse values it is below 0 when the
    reference is better off than the whole.

    Ties: groups that share the highest position: their mean by persons.

    Weights: persons.

    Missing groups: passed over, with a note. Not defined where the reference has no value, or
    where there is neither reference, order nor polarity.

    Source: Schlotheuber & Hosseinpoor 2022, Int J Environ Res Public Health 19: 3697.

    >>> data = GroupedData((30.0, 20.0, 10.0), (20.0, 30.0, 50.0), orders=(1, 2, 3))
    >>> round(population_attributable_fraction(data).estimate, 4)
    -41.1765
    """
    compared = compared_with(groups, against)
    value = compared.value(groups)
    mean = np.where(groups.means > 0, groups.means, np.nan)
    ratio = value / mean
    gradient = compared.weights / mean[:, None] - (ratio / mean)[:, None] * groups.shares
    error = groups.propagated(gradient)
    below, above = limits_of_quotient(
        np.where(groups.known, compared.weights, 0.0),
        groups.shares,
        value,
        mean,
        arms(groups, level),
    )
    limits = (100 * (below - 1), 100 * (above - 1))
    lower, upper = _limits(groups, compared, limits, level, relative=True)
    methods = [(compared.chosen, "greatest"), (~compared.chosen, "square_and_add")]
    zero = [(~(groups.means > 0), "zero_mean")]
    parts = (100 * (ratio - 1), 100 * error, lower, upper)
    return _floored(groups, compared, parts, methods, floor, zero)


def _limits(
    groups: GroupedSettings,
    compared: Comparison,
    limits: tuple[Floats, Floats],
    level: float,
    *,
    relative: bool = False,
) -> tuple[Floats, Floats]:
    """Limits, from the distribution of the best group where it was chosen by its value."""
    lower, upper = limits
    if not compared.chosen.any():
        return lower, upper
    at = np.flatnonzero(compared.chosen)
    some = groups.part(at)
    near, far = best_limits(some, some.shares, level, relative=relative)
    good = some.polarities > 0
    if relative:
        # No more than all of the mean can be gained where high is bad.
        far = np.where(good, far, np.minimum(far, 100.0))
    lower, upper = lower.copy(), upper.copy()
    lower[at] = np.where(good, near, -far)
    upper[at] = np.where(good, far, -near)
    return lower, upper


def _floored(
    groups: GroupedSettings,
    compared: Comparison,
    parts: tuple[Floats, Floats, Floats, Floats],
    methods: list[tuple[Flags, str]],
    floor: bool,
    notes: list[tuple[Flags, str]] | None = None,
) -> Estimates:
    estimate, se, lower, upper = parts
    notes = [*compared.notes, *(notes or [])]
    if floor:
        good, bad = groups.polarities > 0, groups.polarities < 0
        notes.append(((good & (estimate < 0)) | (bad & (estimate > 0)), "floored"))
        notes.append((groups.polarities == 0, "no_polarity"))
        least = np.where(good, 0.0, -np.inf)
        most = np.where(bad, 0.0, np.inf)
        estimate, lower, upper = (np.clip(part, least, most) for part in (estimate, lower, upper))
    return Estimates(estimate, se, lower, upper, method=methods, notes=notes)
