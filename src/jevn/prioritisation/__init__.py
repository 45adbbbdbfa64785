"""STEP 6. What do politicians put first, and why?

* :func:`read_priorities`: frame, the groups' ballots, the proposed package;
* :func:`prioritise`: packages within the frame — best by the groups' weights, each group's own,
  by need — with a reason for everything in and out, and what is always, sometimes or never in.
"""

from jevn.prioritisation.prioritise import prioritise
from jevn.prioritisation.reading import Priorities, read_priorities
from jevn.prioritisation.results import (
    Ballot,
    ChangeSupport,
    Choice,
    CriteriaOrder,
    Frame,
    Package,
    Prioritisation,
)
from jevn.prioritisation.weights import combined_weights, rank_order_centroid

__all__ = [
    "Ballot",
    "ChangeSupport",
    "Choice",
    "CriteriaOrder",
    "Frame",
    "Package",
    "Priorities",
    "Prioritisation",
    "combined_weights",
    "prioritise",
    "rank_order_centroid",
    "read_priorities",
]
