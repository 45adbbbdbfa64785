"""Formulas for combining ranked lists of unequal length into one order.

All rules take :class:`RankedLists` and give a :class:`Ranking`, so that they can be
compared side by side. The convention for lists that stop early is the same everywhere:
items that a list leaves out stand below every item it names, tied among themselves.
"""

from jevn.rankings.borda import borda
from jevn.rankings.copeland import copeland
from jevn.rankings.lists import RankedLists
from jevn.rankings.pairwise import Pairwise, disagreements, pairwise
from jevn.rankings.preflib import read_preflib
from jevn.rankings.result import Ranking, Rule
from jevn.rankings.stability import left_out

__all__ = [
    "Pairwise",
    "RankedLists",
    "Ranking",
    "Rule",
    "borda",
    "copeland",
    "disagreements",
    "left_out",
    "pairwise",
    "read_preflib",
]
