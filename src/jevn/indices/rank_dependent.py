"""Concentration indices of grouped data: how health concentrates along the social ladder."""

from __future__ import annotations

import numpy as np

from jevn.indices.grouped import Floats, GroupedData, ridits
from jevn.indices.result import IndexResult, make_result, undefined


def absolute_concentration_index(data: GroupedData, *, level: float = 0.95) -> IndexResult:
    """Absolute (generalised) concentration index ``ACI = 2 cov_p(y, R)``.

    ``sum 2 p_i (R_i - 1/2) y_i`` with ``p`` the population shares and ``R`` the ridits
    (Kakwani, Wagstaff & van Doorslaer 1997, J Econometrics 77: 87-103). Linear in the values,
    so ``se = sqrt(sum (2 p_i (R_i - 1/2))^2 se_i^2)``.

    Returns:
        Index ``aci`` on the scale of the values; positive when the top has more.
    """
    coefficients = _coefficients(data)
    if coefficients is None:
        return undefined("aci", data, level, _why(data))
    weights, _ = coefficients
    estimate = float(weights @ data.values[data.known])
    errors = data.errors
    se = None if errors is None else float(np.sqrt(weights**2 @ errors**2))
    return make_result("aci", data, level, estimate, se)


def relative_concentration_index(data: GroupedData, *, level: float = 0.95) -> IndexResult:
    """Relative concentration index ``RCI = ACI / mean``, between -1 and 1.

    Standard error by the delta method: the derivative by ``y_i`` is
    ``(2 p_i (R_i - 1/2) - RCI p_i) / mean``.

    Returns:
        Index ``rci``, without unit; not defined for a mean of zero.
    """
    coefficients = _coefficients(data)
    if coefficients is None:
        return undefined("rci", data, level, _why(data))
    weights, shares = coefficients
    values = data.values[data.known]
    mean = float(shares @ values)
    if mean == 0:
        return undefined("rci", data, level, "zero_mean")
    estimate = float(weights @ values) / mean
    errors = data.errors
    gradient = (weights - estimate * shares) / mean
    se = None if errors is None else float(np.sqrt(gradient**2 @ errors**2))
    return make_result("rci", data, level, estimate, se)


def _coefficients(data: GroupedData) -> tuple[Floats, Floats] | None:
    """Weights of the known values in the covariance with rank, and their population shares."""
    if data.orders is None or data.known.sum() < 2:
        return None
    known = data.known
    weights = data.weights[known]
    ranks = ridits(weights, np.array(data.orders, dtype=float)[known])
    shares = weights / weights.sum()
    return 2 * shares * (ranks - 0.5), shares


def _why(data: GroupedData) -> str:
    return "no_order" if data.orders is None else "too_few_groups"
