"""Simple comparisons of two groups: difference and ratio."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jevn.indices.comparison import outermost
from jevn.indices.index import Estimates, Family, Sign, Unit, index
from jevn.indices.result import critical
from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags, GroupedSettings


@index("d", Family.SIMPLE, sign=Sign.DIFFERENCE, unit=Unit.VALUE)
def difference(groups: GroupedSettings, *, level: float = 0.95) -> Estimates:
    r"""Difference between two groups.

    $$ D = y_\text{one} - y_\text{other} $$

    Ordered groups: the highest position minus the lowest. Unordered groups without a reference:
    the greatest value minus the least. With a reference: the distance of the group that is
    worst off compared with the reference, positive when it is worse off (of unknown polarity:
    the group farthest from the reference, minus the reference).

    Interval: normal, from the errors of the two groups, taken as independent:
    $\operatorname{se}(D) = \sqrt{se_1^2 + se_2^2}$. The limits do not include the choice of the
    extreme groups among unordered ones, which makes differences too large in small samples.

    Range: no bounds but those of the values.

    Sign: above 0 when the top has more (ordered groups). Unordered groups: see above.

    Ties: groups that share the highest or the lowest position count with the mean of their
    values, weighted with persons.

    Weights: persons count only between tied groups.

    Missing groups: passed over; the outermost groups with a value are compared, with a note.

    Source: Keppel et al. 2005, Vital Health Stat 2(141): 1-16.

    >>> data = GroupedData(
    ...     estimates=(30.0, 20.0, 10.0), standard_errors=(3.0, 2.0, 1.0), orders=(1, 2, 3)
    ... )
    >>> result = difference(data)
    >>> result.estimate, round(result.se, 4)
    (-20.0, 3.1623)
    """
    (one, its), (other, others), same = _pair(groups)
    return Estimates(
        np.where(same, np.nan, one - other), np.hypot(its, others), notes=[(same, "one_position")]
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
    (one, its), (other, others), same = _pair(groups)
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


Side = tuple[Floats, Floats]
"""Value and standard error of one side of a comparison, each of shape ``(s,)``."""


def _pair(groups: GroupedSettings) -> tuple[Side, Side, Flags]:
    """The two sides of each setting, and the settings whose sides are the same groups."""
    orders = groups.orders
    top = np.where(groups.known, orders, -np.inf).max(axis=1)
    bottom = np.where(groups.known, orders, np.inf).min(axis=1)
    one = _joined(groups, groups.known & (orders == top[:, None]))
    other = _joined(groups, groups.known & (orders == bottom[:, None]))
    same = groups.ordered & (top == bottom)
    if groups.ordered.all():
        return one, other, same
    first, second = _unordered(groups)
    choose = groups.ordered
    return (
        (np.where(choose, one[0], first[0]), np.where(choose, one[1], first[1])),
        (np.where(choose, other[0], second[0]), np.where(choose, other[1], second[1])),
        same,
    )


def _joined(groups: GroupedSettings, members: Flags) -> Side:
    """Mean of groups at one position, weighted with persons, with its standard error."""
    weights = np.where(members, groups.sizes, 0.0)
    weights = weights / weights.sum(axis=1, keepdims=True)
    squares = np.where(members, weights**2 * groups.errors**2, 0.0)
    return (weights * groups.filled).sum(axis=1), np.sqrt(squares.sum(axis=1))


def _unordered(groups: GroupedSettings) -> tuple[Side, Side]:
    known, values = groups.known, groups.values
    greatest = outermost(groups, np.where(known, values, -np.inf))
    # Never the same group twice, also where all are equal.
    rest = known & (np.arange(values.shape[1]) != greatest[:, None])
    least = outermost(groups, np.where(rest, -values, -np.inf))
    at = np.arange(len(groups))
    reference = groups.references
    held = (reference >= 0) & known[at, reference]
    if not held.any():
        return _side(groups, greatest), _side(groups, least)
    others = known & (np.arange(values.shape[1]) != reference[:, None])
    distance = values - values[at, reference][:, None]
    polarity = groups.polarities[:, None]
    worse = np.where(polarity == 0, np.abs(distance), -polarity * distance)
    worst = outermost(groups, np.where(others, worse, -np.inf))
    good = groups.polarities > 0
    above = np.where(held, np.where(good, reference, worst), greatest)
    below = np.where(held, np.where(good, worst, reference), least)
    return _side(groups, above), _side(groups, below)


def _side(groups: GroupedSettings, column: NDArray[np.int64]) -> Side:
    at = np.arange(len(groups))
    return groups.values[at, column], groups.errors[at, column]
