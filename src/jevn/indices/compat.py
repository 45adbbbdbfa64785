"""Inputs of the logistic curve as WHO's package healthequal 1.0.1 makes them."""

from __future__ import annotations

from typing import Literal

import numpy as np

from jevn.indices.rank_curve_variance import CurveData
from jevn.indices.ridits import ridits
from jevn.indices.settings import GroupedSettings

Compat = Literal["healthequal-1.0.1"]
"""Software whose figures can be reproduced."""


def as_healthequal(groups: GroupedSettings, compat: Compat) -> CurveData:
    """Scale guessed, persons rounded up, cases rounded, weights of persons squared.

    The scale is 1, 100 or the power of ten from 1 000 on that is not below the greatest value
    of the setting, whatever its unit is declared to be. Groups without value do not take part in
    the ranks. Weighting by persons squared lets large groups decide: it is kept here only to
    reproduce published figures.

    Raises:
        ValueError: if ``compat`` is not known.
    """
    if compat != "healthequal-1.0.1":
        raise ValueError(f"compat: {compat} is not known; healthequal-1.0.1 is")
    greatest = groups.filled.max(axis=1)
    with np.errstate(all="ignore"):
        powers = np.rint(10 ** np.ceil(np.log10(np.maximum(greatest, 1)) - 1e-12))
    units = np.where(greatest <= 1, 1.0, np.maximum(powers, 100.0))
    persons = np.where(groups.known, np.ceil(groups.sizes), 0.0)
    ranks = np.nan_to_num(ridits(persons, np.where(groups.known, groups.orders, np.inf)), nan=0.0)
    with np.errstate(all="ignore"):
        cases = np.rint(groups.filled / units[:, None] * persons)
        shares = np.where(persons > 0, cases / persons, 0.0)
    return CurveData(groups, shares, persons**2, ranks, units, "logit")
