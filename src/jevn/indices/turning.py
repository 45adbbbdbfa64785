"""Turning the indices of many settings to *burden positive*."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from jevn.indices.index import INDICES, Family, Sign
from jevn.indices.result import IndexResults
from jevn.indices.settings import Flags


def turned(results: IndexResults) -> Flags:
    """Settings whose index changes when it is turned, if high values are bad, shape ``(s,)``."""
    index = INDICES[results.index]
    if index.sign in (Sign.SIZE, Sign.LEVEL):
        return np.zeros(len(results), dtype=bool)
    # Simple comparisons of groups without order go from the better to the worse already.
    turns = results.ordered | (index.family is Family.IMPACT)
    return turns & ~np.isnan(results.estimate)


def all_burden_positive(results: IndexResults, polarities: NDArray[np.int8]) -> IndexResults:
    """The same index of all settings, so that greater is a heavier burden of the low positions.

    As :func:`jevn.indices.burden_positive`, for many settings; where the polarity is unknown,
    nothing is turned.

    Args:
        results: the index with its native sign.
        polarities: 1 where high values are good, -1 where bad, 0 unknown, shape ``(s,)``.
    """
    turn = turned(results) & (polarities < 0)
    estimate, se, lower, upper = (
        a.copy() for a in (results.estimate, results.se, results.lower, results.upper)
    )
    if INDICES[results.index].sign is Sign.DIFFERENCE:
        estimate[turn] = -results.estimate[turn]
        lower[turn], upper[turn] = -results.upper[turn], -results.lower[turn]
        return replace(results, estimate=estimate, lower=lower, upper=upper)
    gone = turn & (results.estimate <= 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        estimate[turn] = 1 / results.estimate[turn]
        se[turn] = results.se[turn] / results.estimate[turn] ** 2
        lower[turn] = np.where(results.upper[turn] == 0, np.nan, 1 / results.upper[turn])
        upper[turn] = np.where(results.lower[turn] == 0, np.nan, 1 / results.lower[turn])
    for column in (estimate, se, lower, upper):
        column[gone] = np.nan
    notes = (*results.notes, "not_positive")
    return replace(
        results,
        estimate=estimate,
        se=se,
        lower=lower,
        upper=upper,
        method=np.where(gone, 0, results.method).astype(np.int8),
        notes=notes,
        note=np.where(gone, len(notes) - 1, results.note).astype(np.int8),
    )
