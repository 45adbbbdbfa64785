"""Social rank: where a group lies in the cumulative distribution of the population."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def ridits(weights: Floats, orders: Floats) -> Floats:
    """Mid-point of each group's range in the cumulative distribution of the population.

    ``R_i = (sum of weights below i + half the weight at i's position) / all weights``
    (Bross 1958, Biometrics 14: 18-38, the *ridit*). Groups of equal position share their mean
    rank, so the answer does not depend on the order of rows. Many settings are ranked in one
    call, each along the last axis.

    Args:
        weights: persons per group, shape ``(..., k)``; none negative.
        orders: social position per group, 1 lowest, shape ``(..., k)``. Groups of weight 0 may
            have any position, also not-a-number: they take no room on the ladder.

    Returns:
        Ranks between 0 and 1, shape ``(..., k)``; not-a-number where a position is, and in
        settings without persons.

    >>> ridits(np.array([20.0, 30.0, 50.0]), np.array([1.0, 2.0, 3.0])).tolist()
    [0.1, 0.35, 0.75]
    >>> ridits(np.array([20.0, 30.0, 50.0]), np.array([1.0, 2.0, 2.0])).tolist()
    [0.1, 0.6, 0.6]
    """
    lower, upper = rank_ranges(weights, orders)
    return (lower + upper) / 2


def rank_ranges(weights: Floats, orders: Floats) -> tuple[Floats, Floats]:
    """Where the range of each position begins and ends in the cumulative population.

    Groups of equal position share one range.

    Args:
        weights: as in :func:`ridits`.
        orders: as in :func:`ridits`.

    Returns:
        Two arrays of shape ``(..., k)`` between 0 and 1; not-a-number where a position is, and in
        settings without persons.

    >>> lower, upper = rank_ranges(np.array([20.0, 30.0, 50.0]), np.array([1.0, 2.0, 2.0]))
    >>> lower.tolist(), upper.tolist()
    ([0.0, 0.2, 0.2], [0.2, 1.0, 1.0])
    """
    rows = np.argsort(orders, axis=-1, kind="stable")
    position = np.take_along_axis(orders, rows, axis=-1)
    weight = np.take_along_axis(weights, rows, axis=-1)
    upto = np.cumsum(weight, axis=-1)
    new = np.ones(position.shape, dtype=bool)
    new[..., 1:] = position[..., 1:] != position[..., :-1]
    last = np.ones(position.shape, dtype=bool)
    last[..., :-1] = new[..., 1:]
    below = np.maximum.accumulate(np.where(new, upto - weight, -np.inf), axis=-1)
    above = np.where(last, upto, np.inf)[..., ::-1]
    through = np.minimum.accumulate(above, axis=-1)[..., ::-1]
    total = upto[..., -1:]
    with np.errstate(invalid="ignore", divide="ignore"):
        ends = below / total, through / total
    lower, upper = (_put_back(end, rows, orders) for end in ends)
    return lower, upper


def _put_back(sorted_by_position: Floats, rows: NDArray[np.int64], orders: Floats) -> Floats:
    found = np.empty_like(sorted_by_position)
    np.put_along_axis(found, rows, sorted_by_position, axis=-1)
    return np.where(np.isnan(orders), np.nan, found)
