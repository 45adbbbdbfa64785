"""Formulas for social inequality in health.

Every index of grouped data has one shape: called with :class:`GroupedData` (one setting) it gives
an :class:`IndexResult`, with :class:`GroupedSettings` (many) :class:`IndexResults`. Estimate,
standard error and limits are on the same scale; what cannot be defined is ``None`` with a note.
``INDICES`` holds them all by name.
"""

from jevn.indices.change import (
    IndexDifference,
    IndexDifferences,
    all_pairs,
    difference_of_indices,
    differences_from,
    holm,
)
from jevn.indices.concentration_curve import ConcentrationCurve, concentration_curve
from jevn.indices.disparity import index_of_disparity, index_of_disparity_unweighted
from jevn.indices.gathered import gathered
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
from jevn.indices.overlap import overlap_correlations
from jevn.indices.rank_dependent import (
    absolute_concentration_index,
    extended_concentration_index,
    relative_concentration_index,
)
from jevn.indices.rank_within_bounds import erreygers_index, symmetric_index, wagstaff_index
from jevn.indices.rates import Interval, difference_of, proportion, rate
from jevn.indices.regression import RankLine, rank_line, rii_linear, sii_linear
from jevn.indices.result import IndexResult, IndexResults, critical
from jevn.indices.ridits import ridits
from jevn.indices.settings import GroupedSettings, stacked
from jevn.indices.simple import difference, ratio
from jevn.indices.trend import Trend, Trends, trend_of_index, trend_of_values

__all__ = [
    "INDICES",
    "ConcentrationCurve",
    "Estimates",
    "Family",
    "GroupedData",
    "GroupedSettings",
    "Index",
    "IndexDifference",
    "IndexDifferences",
    "IndexResult",
    "IndexResults",
    "Interval",
    "RankLine",
    "Sign",
    "Trend",
    "Trends",
    "Unit",
    "absolute_concentration_index",
    "all_pairs",
    "burden_positive",
    "concentration_curve",
    "critical",
    "difference",
    "difference_of",
    "difference_of_indices",
    "differences_from",
    "erreygers_index",
    "extended_concentration_index",
    "gathered",
    "holm",
    "index",
    "index_of_disparity",
    "index_of_disparity_unweighted",
    "overlap_correlations",
    "proportion",
    "rank_line",
    "rate",
    "ratio",
    "relative_concentration_index",
    "ridits",
    "rii_linear",
    "sii_linear",
    "stacked",
    "symmetric_index",
    "trend_of_index",
    "trend_of_values",
    "wagstaff_index",
]
