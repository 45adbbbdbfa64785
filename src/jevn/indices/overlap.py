"""Periods that share years: how their figures go together."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from jevn.indices.ridits import Floats


def periods(years: ArrayLike) -> tuple[Floats, Floats]:
    """First and last year of each period.

    Args:
        years: single years, shape ``(t,)``, or first and last year of each, shape ``(t, 2)``.

    Raises:
        ValueError: if the shape is another, a year is not finite, or a period ends before it
            begins.
    """
    found = np.asarray(years, dtype=np.float64)
    if found.ndim == 1:
        found = np.column_stack([found, found])
    if found.ndim != 2 or found.shape[1] != 2:
        raise ValueError("years: one of each period, or its first and last")
    if not np.isfinite(found).all():
        raise ValueError("years: not finite")
    if (found[:, 1] < found[:, 0]).any():
        raise ValueError("years: a period ends before it begins")
    return found[:, 0], found[:, 1]


def overlap_correlations(years: ArrayLike) -> Floats:
    r"""Correlation of figures of periods that share years.

    $$ \rho_{ij} = \frac{m_{ij}}{\sqrt{m_i m_j}} $$

    with $m_i$ the number of years in period $i$ and $m_{ij}$ of those in both: the correlation
    of means of years that are independent and weigh the same. Periods of seven years that begin
    a year apart: 6/7.

    Args:
        years: single years, shape ``(t,)``, or first and last year of each, shape ``(t, 2)``.

    Returns:
        Shape ``(t, t)``, with ones on the diagonal.

    Raises:
        ValueError: see :func:`periods`.

    >>> overlap_correlations([(2010, 2016), (2011, 2017), (2017, 2023)]).round(3).tolist()
    [[1.0, 0.857, 0.0], [0.857, 1.0, 0.143], [0.0, 0.143, 1.0]]
    """
    first, last = periods(years)
    length = last - first + 1
    shared = np.minimum(last[:, None], last) - np.maximum(first[:, None], first) + 1
    found: Floats = np.maximum(shared, 0.0) / np.sqrt(length[:, None] * length)
    return found
