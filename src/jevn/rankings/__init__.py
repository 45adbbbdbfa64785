"""Formulas for combining ranked lists of unequal length into one order.

All rules take :class:`RankedLists` and give a :class:`Ranking`, so that they can be
compared side by side. The convention for lists that stop early is the same everywhere:
items that a list leaves out stand below every item it names, tied among themselves.
"""

from collections.abc import Callable

from jevn.rankings.borda import borda
from jevn.rankings.copeland import copeland
from jevn.rankings.kemeny import kemeny
from jevn.rankings.lists import RankedLists
from jevn.rankings.pairwise import Pairwise, disagreements, pairwise
from jevn.rankings.plackett_luce import Strengths, plackett_luce, strengths
from jevn.rankings.preflib import read_preflib, write_preflib
from jevn.rankings.result import Ranking, Rule
from jevn.rankings.stability import Steadiness, agreement, left_out, near_ties, steadiness
from jevn.rankings.table import read_table_of_lists

RULES: dict[Rule, Callable[[RankedLists], Ranking]] = {
    "borda": borda,
    "copeland": copeland,
    "kemeny": kemeny,
    "plackett-luce": plackett_luce,
}
"""Every rule by its name."""

__all__ = [
    "RULES",
    "Pairwise",
    "RankedLists",
    "Ranking",
    "Rule",
    "Steadiness",
    "Strengths",
    "agreement",
    "borda",
    "copeland",
    "disagreements",
    "kemeny",
    "left_out",
    "near_ties",
    "pairwise",
    "plackett_luce",
    "read_preflib",
    "read_table_of_lists",
    "steadiness",
    "strengths",
    "write_preflib",
]
