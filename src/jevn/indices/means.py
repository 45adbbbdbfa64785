"""Means of groups of single values, and areas in groups of equal number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jevn.indices.noted import Notes, noted
from jevn.indices.result import critical
from jevn.indices.ridits import Floats


@dataclass(frozen=True, eq=False, slots=True)
class Means:
    """Means of groups, arrays with a place for each group.

    Attributes:
        groups: the groups, sorted.
        counts: known values in each.
        sums: their sum.
        deviations: standard deviation.
        estimate: mean.
        se: standard error.
        lower: lower limit.
        upper: upper limit.
        level: level of the limits.
        notes: what to beware of, and in which groups.
    """

    groups: NDArray[Any]
    counts: NDArray[np.int64]
    sums: Floats
    deviations: Floats
    estimate: Floats
    se: Floats
    lower: Floats
    upper: Floats
    level: float
    notes: Notes


def sample_means(
    values: ArrayLike, groups: ArrayLike | None = None, *, level: float = 0.95
) -> Means:
    """Means with limits of Student's t: ``mean -+ t sd / sqrt(n)`` with ``n - 1`` degrees.

    Student 1908, Biometrika 6: 1-25.

    Args:
        values: single values, shape ``(n,)``; unknown (not-a-number) ones are left out.
        groups: group of each value, any labels; without: all are one group.
        level: level of the limits.

    Returns:
        A mean for each group; without limits, with the note ``one_value``, where only one
        value is known.

    Raises:
        ValueError: if values and groups differ in number.

    >>> found = sample_means([1.0, 2.0, 6.0, 5.0, 5.0], ["a", "a", "a", "b", "b"])
    >>> found.estimate.tolist(), found.lower.round(3).tolist()
    ([3.0, 5.0], [-3.572, 5.0])
    """
    from scipy.special import stdtrit

    critical(level)  # refuses a level that is none
    x = np.asarray(values, dtype=np.float64)
    labels = np.zeros(x.shape, dtype=np.int64) if groups is None else np.asarray(groups)
    if x.ndim != 1 or labels.shape != x.shape:
        raise ValueError(f"values {x.shape} and groups {labels.shape} must be two equal rows")
    names, codes = np.unique(labels, return_inverse=True)
    known = ~np.isnan(x)
    size, at, x = len(names), codes[known], x[known]
    n = np.bincount(at, minlength=size).astype(np.int64)
    total = np.bincount(at, x, size).astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = total / n
        squares = np.bincount(at, (x - mean[at]) ** 2, size)
        sd = np.sqrt(squares / np.where(n > 1, n - 1, np.nan))
        se = sd / np.sqrt(n)
        width = stdtrit(np.where(n > 1, n - 1, np.nan), (1 + level) / 2) * se
    return Means(
        names,
        n,
        total,
        sd,
        mean,
        se,
        mean - width,
        mean + width,
        level,
        noted(one_value=n == 1, missing_count=n == 0),
    )


def quantile_groups(
    values: ArrayLike, number: int = 5, *, highest_first: bool = False
) -> NDArray[np.int64]:
    """Areas in groups of as nearly equal number as possible, by their values.

    Group of rank ``r`` (ties share the lowest rank) among ``n`` known values:
    ``number + 1 - ceil((n + 1 - r) number / n)``.

    Args:
        values: values, shape ``(…, areas)``; ranked along the last axis.
        number: how many groups: 5 for fifths, 10 for tenths.
        highest_first: whether group 1 has the highest values; else the lowest.

    Returns:
        Groups from 1, same shape; 0 where the value is unknown.

    Raises:
        ValueError: unless there are at least two groups.

    >>> quantile_groups([3.0, 9.0, 1.0, 5.0], 2).tolist()
    [1, 2, 1, 2]
    """
    if number < 2:
        raise ValueError(f"{number} groups")
    x = np.asarray(values, dtype=np.float64)
    x = -x if highest_first else x
    known = ~np.isnan(x)
    n = known.sum(axis=-1, keepdims=True)
    order = np.argsort(x, axis=-1, kind="stable")  # not-a-number comes last
    placed = np.take_along_axis(x, order, axis=-1)
    first = np.ones(x.shape, dtype=bool)
    first[..., 1:] = placed[..., 1:] != placed[..., :-1]
    places = np.where(first, np.arange(x.shape[-1]), 0)
    rank = np.empty(x.shape, dtype=np.int64)
    np.put_along_axis(rank, order, np.maximum.accumulate(places, axis=-1) + 1, axis=-1)
    group = number + 1 + (-(n + 1 - rank) * number) // np.maximum(n, 1)
    return np.where(known, np.maximum(group, 1), 0)
