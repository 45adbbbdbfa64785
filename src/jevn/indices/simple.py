"""Simple comparisons of two groups: difference and ratio."""

from __future__ import annotations

import math

from jevn.indices.grouped import GroupedData
from jevn.indices.result import IndexResult, critical, make_result, undefined


def difference(data: GroupedData, *, level: float = 0.95) -> IndexResult:
    r"""Absolute difference ``D`` between two groups.

    Ordered groups: highest position minus lowest. Unordered with a reference: the group
    farthest from it minus the reference. Unordered without: greatest minus least.
    ``se(D) = sqrt(se_1^2 + se_2^2)`` for independent groups.

    Returns:
        Index ``d`` on the scale of the values; positive when the highest position has more.
    """
    pair = _pair(data)
    if pair is None:
        return undefined("d", data, level, "too_few_groups")
    high, low = pair
    value = data.values[high] - data.values[low]
    return make_result("d", data, level, value, _error(data, high, low))


def ratio(data: GroupedData, *, level: float = 0.95) -> IndexResult:
    r"""Ratio ``R`` of the same two groups as :func:`difference`.

    Limits on the logarithmic scale (Katz et al. 1978, Biometrics 34: 469-474):
    ``se(ln R) = sqrt((se_1/y_1)^2 + (se_2/y_2)^2)``; ``se = R se(ln R)``. Not defined where
    a value is zero or negative.

    Returns:
        Index ``r``, without unit; above one when the highest position has more.
    """
    pair = _pair(data)
    if pair is None:
        return undefined("r", data, level, "too_few_groups")
    high, low = pair
    top, bottom = float(data.values[high]), float(data.values[low])
    if top <= 0 or bottom <= 0:
        return undefined("r", data, level, "not_positive")
    estimate = top / bottom
    errors = data.standard_errors
    one, two = (errors[high], errors[low]) if errors is not None else (None, None)
    if one is None or two is None:
        return make_result("r", data, level, estimate)
    log_se = math.hypot(one / top, two / bottom)
    width = math.exp(critical(level) * log_se)
    limits = (estimate / width, estimate * width)
    return make_result("r", data, level, estimate, estimate * log_se, limits, method="log")


def _pair(data: GroupedData) -> tuple[int, int] | None:
    at = [i for i, known in enumerate(data.known) if known]
    if len(at) < 2:
        return None
    if data.orders is not None:
        orders = data.orders
        high, low = max(at, key=lambda i: orders[i]), min(at, key=lambda i: orders[i])
        return None if orders[high] == orders[low] else (high, low)
    values = data.values
    reference = data.reference
    if reference is not None and reference in at:
        others = [i for i in at if i != reference]
        return max(others, key=lambda i: abs(values[i] - values[reference])), reference
    high = max(at, key=lambda i: values[i])
    return high, min((i for i in at if i != high), key=lambda i: values[i])


def _error(data: GroupedData, high: int, low: int) -> float | None:
    if data.standard_errors is None:
        return None
    one, two = data.standard_errors[high], data.standard_errors[low]
    return None if one is None or two is None else math.hypot(one, two)
