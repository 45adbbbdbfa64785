"""Index of disparity: how far groups without order lie from the whole."""

from __future__ import annotations

import numpy as np

from jevn.indices.grouped import GroupedData
from jevn.indices.result import IndexResult, critical, make_result, undefined


def index_of_disparity(
    data: GroupedData, *, weighted: bool = True, about: float | None = None, level: float = 0.95
) -> IndexResult:
    """Mean distance from the population mean as a percentage of it.

    ``IDIS = 100 sum w_i |y_i - mu| / mu`` with ``mu = sum p_i y_i`` and ``w`` the population
    shares (``idisw``), or ``1/k`` for each group (``idisu``); after Pearcy & Keppel 2002,
    Public Health Reports 117: 273-280. The standard error is of first order (delta method)
    with the signs of the distances held; near zero inequality it is too small.

    ``about`` is a value to hold the groups against instead of their mean (the whole
    municipality's, known without error).

    Returns:
        Index ``idisw`` or ``idisu`` in per cent of the mean; 0 when all groups are equal.
    """
    name = "idisw" if weighted else "idisu"
    known = data.known
    if known.sum() < 2:
        return undefined(name, data, level, "too_few_groups")
    values, weights = data.values[known], data.weights[known]
    shares = weights / weights.sum()
    mean = float(shares @ values) if about is None else about
    if mean <= 0:
        return undefined(name, data, level, "zero_mean")
    part = shares if weighted else np.full(len(values), 1 / len(values))
    side = np.sign(values - mean)
    total = float(part @ np.abs(values - mean))
    estimate = 100 * total / mean
    errors = data.errors
    moved = shares if about is None else np.zeros_like(shares)
    slope = part * side - moved * float(part @ side)
    gradient = 100 * (slope / mean - total * moved / mean**2)
    se = None if errors is None else float(np.sqrt(gradient**2 @ errors**2))
    limits = None
    if se is not None:
        half = critical(level) * se
        limits = (max(0.0, estimate - half), estimate + half)
    return make_result(name, data, level, estimate, se, limits)
