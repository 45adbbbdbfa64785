"""Formulas for social inequality in health.

All indices of grouped data have one shape: ``index(data: GroupedData, *, level=0.95)`` gives an
:class:`IndexResult`, where estimate, standard error and limits are on the same scale, and what
cannot be defined is ``None`` with a note.
"""

from jevn.indices.disparity import index_of_disparity
from jevn.indices.grouped import GroupedData, ridits
from jevn.indices.rank_dependent import absolute_concentration_index, relative_concentration_index
from jevn.indices.rates import Interval, difference_of, proportion, rate
from jevn.indices.regression import RankLine, rank_line, rii_linear, sii_linear
from jevn.indices.result import IndexResult, burden_positive, critical
from jevn.indices.simple import difference, ratio

__all__ = [
    "GroupedData",
    "IndexResult",
    "Interval",
    "RankLine",
    "absolute_concentration_index",
    "burden_positive",
    "critical",
    "difference",
    "difference_of",
    "index_of_disparity",
    "proportion",
    "rank_line",
    "rate",
    "ratio",
    "relative_concentration_index",
    "ridits",
    "rii_linear",
    "sii_linear",
]
