"""For whom: inequality, welfare, winners and losers of an alternative, draw by draw."""

from jevn.impact.equity.comparing import (
    GroupChange,
    PlanePoint,
    distribution_dominance,
    plane_point,
    stochastic_dominance,
    verdict_of,
    winners_losers,
)
from jevn.impact.equity.inequality import Equity, IndexChange, equity, slope_index
from jevn.impact.equity.welfare import AVERSION, WelfareChange, equivalent, welfare

__all__ = [
    "AVERSION",
    "Equity",
    "GroupChange",
    "IndexChange",
    "PlanePoint",
    "WelfareChange",
    "distribution_dominance",
    "equity",
    "equivalent",
    "plane_point",
    "slope_index",
    "stochastic_dominance",
    "verdict_of",
    "welfare",
    "winners_losers",
]
