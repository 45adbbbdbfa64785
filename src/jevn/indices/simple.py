"""Simple comparisons of two groups: difference and ratio."""

from __future__ import annotations

import numpy as np

from jevn.indices.comparison import outermost
from jevn.indices.index import Estimates, Family, Sign, Unit, index
from jevn.indices.result import critical
from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags, GroupedSettings, divided
from jevn.indices.square_and_add import arms, limits_of_sum


@index("d", Family.SIMPLE, sign=Sign.DIFFERENCE, unit=Unit.VALUE)
def difference(groups: GroupedSettings, *, level: float = 0.95) -> Estimates:
    r"""Difference between two groups.

    $$ D = y_\text{one} - y_\text{other} $$

    Ordered groups: the highest position minus the lowest. Unordered groups without a reference:
    the greatest value minus the least. With a reference: the distance of the group that is
    worst off compared with the reference, positive when it is worse off (of unknown polarity:
    the group farthest from the reference, minus the reference).

    Interval: by square-and-add from the limits of the two groups, taken as independent: Wilson's
    for shares, which hold also with few cases, normal ones for means. The standard error is
    $\operatorname{se}(D) = \sqrt{se_1^2 + se_2^2}$. The limits do not include the choice of the
    extreme groups among unordered ones, which makes differences too large in small samples.

    Range: no bounds but those of the values.

    Sign: above 0 when the top has more (ordered groups). Unordered groups: see above.

    Ties: groups that share the highest or the lowest position count with the mean of their
    values, weighted with persons.

    Weights: persons count only between tied groups.

    Missing groups: passed over; the outermost groups with a value are compared, with a note.

    Source: Keppel et al. 2005, Vital Health Stat 2(141): 1-16; limits: Newcombe 1998, Stat Med
    17: 873-890.

    >>> data = GroupedData(
    ...     estimates=(30.0, 20.0, 10.0), standard_errors=(3.0, 2.0, 1.0), orders=(1, 2, 3)
    ... )
    >>> result = difference(data)
    >>> result.estimate, round(result.se, 4)
    (-20.0, 3.1623)
    """
    one, other, same = _pair(groups)
    weights = one - other
    lower, upper = limits_of_sum(weights, groups.filled, arms(groups, level))
    estimate = (weights * groups.filled).sum(axis=1)
    return Estimates(
        np.where(same, np.nan, estimate),
        _error(groups, weights),
        lower,
        upper,
        method="square_and_add",
        notes=[(same, "one_position")],
    )


@index("r", Family.SIMPLE, sign=Sign.RATIO, unit=Unit.NONE)
def ratio(groups: GroupedSettings, *, level: float = 0.95) -> Estimates:
    r"""Ratio of two groups.

    $$ R = y_\text{one} / y_\text{other} $$

    The groups are those of the difference ``d``; with a reference and known polarity the greater
    stands above where high values are bad, the reference where they are good, so that above 1
    means worse off than the reference.

    Interval: on the logarithm,
    $\operatorname{se}(\ln R) = \sqrt{(se_1/y_1)^2 + (se_2/y_2)^2}$; the standard error given is
    $R \operatorname{se}(\ln R)$.

    Range: above 0.

    Sign: above 1 when the top has more (ordered groups).

    Ties: as in ``d``.

    Weights: as in ``d``.

    Missing groups: as in ``d``. Not defined where one of the values is zero or negative.

    Source: Katz et al. 1978, Biometrics 34: 469-474.

    >>> data = GroupedData(estimates=(30.0, 20.0, 10.0), orders=(1, 2, 3))
    >>> round(ratio(data).estimate, 4)
    0.3333
    """
    first, second, same = _pair(groups)
    one, other = ((side * groups.filled).sum(axis=1) for side in (first, second))
    its, others = _error(groups, first), _error(groups, second)
    impossible = (one <= 0) | (other <= 0)
    estimate = np.where(impossible | same, np.nan, one / other)
    log_se = np.hypot(its / one, others / other)
    width = np.exp(critical(level) * log_se)
    return Estimates(
        estimate,
        estimate * log_se,
        estimate / width,
        estimate * width,
        method="log",
        notes=[(same, "one_position"), (impossible & (groups.groups >= 2), "not_positive")],
    )


def _error(groups: GroupedSettings, weights: Floats) -> Floats:
    """Standard error of a weighted sum; only groups with a weight need one."""
    squares = np.where(weights != 0, weights**2 * groups.errors**2, 0.0)
    found: Floats = np.sqrt(squares.sum(axis=1))
    return found


def _pair(groups: GroupedSettings) -> tuple[Floats, Floats, Flags]:
    """Weights of the groups in the two sides of each setting, and the settings without two.

    Returns:
        Two arrays of shape ``(s, k)``, each row summing to 1; settings whose groups all have the
        same position.
    """
    top = np.where(groups.known, groups.orders, -np.inf).max(axis=1)
    bottom = np.where(groups.known, groups.orders, np.inf).min(axis=1)
    one = _joined(groups, groups.known & (groups.orders == top[:, None]))
    other = _joined(groups, groups.known & (groups.orders == bottom[:, None]))
    same = groups.ordered & (top == bottom)
    if groups.ordered.all():
        return one, other, same
    first, second = _unordered(groups)
    choose = groups.ordered[:, None]
    return np.where(choose, one, first), np.where(choose, other, second), same


def _joined(groups: GroupedSettings, members: Flags) -> Floats:
    """Weights of the groups at one position: their persons."""
    weights = np.where(members, groups.sizes, 0.0)
    return np.nan_to_num(divided(weights, weights.sum(axis=1, keepdims=True)))


def _unordered(groups: GroupedSettings) -> tuple[Floats, Floats]:
    known, values = groups.known, groups.values
    columns = np.arange(values.shape[1])
    greatest = outermost(groups, np.where(known, values, -np.inf))
    # Never the same group twice, also where all are equal.
    rest = known & (columns != greatest[:, None])
    least = outermost(groups, np.where(rest, -values, -np.inf))
    reference = groups.references
    held = (reference >= 0) & known[np.arange(len(groups)), reference]
    if held.any():
        others = known & (columns != reference[:, None])
        distance = values - values[np.arange(len(groups)), reference][:, None]
        polarity = groups.polarities[:, None]
        worse = np.where(polarity == 0, np.abs(distance), -polarity * distance)
        worst = outermost(groups, np.where(others, worse, -np.inf))
        good = groups.polarities > 0
        greatest = np.where(held, np.where(good, reference, worst), greatest)
        least = np.where(held, np.where(good, worst, reference), least)
    one, other = (columns == greatest[:, None]), (columns == least[:, None])
    return (one & known).astype(np.float64), (other & known).astype(np.float64)
