"""Formulas for social inequality in health.

Every index of grouped data has one shape: called with :class:`GroupedData` (one setting) it gives
an :class:`IndexResult`, with :class:`GroupedSettings` (many) :class:`IndexResults`. Estimate,
standard error and limits are on the same scale; what cannot be defined is ``None`` with a note.
``INDICES`` holds them all by name.
"""

from jevn.indices.disparity import index_of_disparity, index_of_disparity_unweighted
from jevn.indices.grouped import GroupedData
from jevn.indices.index import (
    INDICES,
    Estimates,
    Family,
    Index,
    Sign,
    Unit,
    burden_positive,
    index,
)
from jevn.indices.rank_dependent import absolute_concentration_index, relative_concentration_index
from jevn.indices.rates import Interval, difference_of, proportion, rate
from jevn.indices.regression import RankLine, rank_line, rii_linear, sii_linear
from jevn.indices.result import IndexResult, IndexResults, critical
from jevn.indices.ridits import ridits
from jevn.indices.settings import GroupedSettings, stacked
from jevn.indices.simple import difference, ratio

__all__ = [
    "INDICES",
    "Estimates",
    "Family",
    "GroupedData",
    "GroupedSettings",
    "Index",
    "IndexResult",
    "IndexResults",
    "Interval",
    "RankLine",
    "Sign",
    "Unit",
    "absolute_concentration_index",
    "burden_positive",
    "critical",
    "difference",
    "difference_of",
    "index",
    "index_of_disparity",
    "index_of_disparity_unweighted",
    "proportion",
    "rank_line",
    "rate",
    "ratio",
    "relative_concentration_index",
    "ridits",
    "rii_linear",
    "sii_linear",
    "stacked",
]
