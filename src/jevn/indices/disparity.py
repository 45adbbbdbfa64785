"""Index of disparity: mean distance of the groups from the whole, relative to it."""

from __future__ import annotations

import numpy as np

from jevn.indices.deviations import alike, from_linear
from jevn.indices.index import Estimates, Family, Sign, Unit, index
from jevn.indices.ridits import Floats
from jevn.indices.settings import GroupedSettings


@index("idisw", Family.DISPROPORTIONALITY, sign=Sign.SIZE, unit=Unit.PERCENT)
def index_of_disparity(
    groups: GroupedSettings, *, level: float = 0.95, about: float | None = None
) -> Estimates:
    r"""Index of disparity, groups weighted with persons.

    $$ IDIS_w = \frac{100}{\mu} \sum_i p_i |y_i - \mu| $$

    With ``about``, a known value of the whole (without error) stands for the mean.

    Interval: the distances are folded normal variables, dependent as their common mean makes
    them; their bias is removed, and the error of the mean is in (`folded_limits`).

    Range: from 0, all groups equal, to below 200 for values that are not negative.

    Sign: never negative; a greater value is more inequality.

    Ties: of no importance; social position is not used.

    Weights: persons.

    Missing groups: passed over, with a note. Not defined where the mean is not positive.

    Source: Pearcy & Keppel 2002, Public Health Reports 117: 273-280; weighted form: Schlotheuber &
    Hosseinpoor 2022, Int J Environ Res Public Health 19: 3697.

    >>> data = GroupedData((30.0, 20.0, 10.0), (20.0, 30.0, 50.0))
    >>> round(index_of_disparity(data).estimate, 4)
    41.1765
    """
    return _disparity(groups, groups.shares, about, level)


@index("idisu", Family.DISPROPORTIONALITY, sign=Sign.SIZE, unit=Unit.PERCENT)
def index_of_disparity_unweighted(
    groups: GroupedSettings, *, level: float = 0.95, about: float | None = None
) -> Estimates:
    r"""Index of disparity, groups counting the same.

    $$ IDIS_u = \frac{100}{\mu} \frac{1}{k} \sum_i |y_i - \mu| $$

    With ``about``, a known value of the whole (without error) stands for the mean.

    Interval: as ``idisw``.

    Range: from 0, all groups equal.

    Sign: never negative; a greater value is more inequality.

    Ties: of no importance; social position is not used.

    Weights: groups count the same in the mean of distances; the mean of the population is
    weighted with persons.

    Missing groups: passed over, with a note. Not defined where the mean is not positive.

    Source: Pearcy & Keppel 2002, Public Health Reports 117: 273-280.

    >>> data = GroupedData((30.0, 20.0, 10.0), (20.0, 30.0, 50.0))
    >>> round(index_of_disparity_unweighted(data).estimate, 4)
    45.098
    """
    return _disparity(groups, alike(groups), about, level)


def _disparity(
    groups: GroupedSettings, weights: Floats, about: float | None, level: float
) -> Estimates:
    if about is None:
        base, fixed, mean = groups.shares, None, groups.means
    else:
        base = np.zeros_like(groups.shares)
        fixed = mean = np.full(len(groups), float(about))
    found = from_linear(groups, weights, base, level, about=fixed, base=base)
    return Estimates(
        found.estimate,
        found.se,
        found.lower,
        found.upper,
        method=found.method,
        notes=[(~(mean > 0), "zero_mean")],
    )
