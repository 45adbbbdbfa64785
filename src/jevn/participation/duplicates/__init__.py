"""Contributions that say the same: suggested side by side, merged only by a person.

``find_duplicates`` suggests; ``merged.csv`` of the plan folder holds what a person has found to
be the same, and :func:`merge` carries it out. The words that mean the same, and those that make
two texts different, are open files in ``words/``.
"""

from jevn.participation.duplicates.finding import (
    LEAST_SCORE,
    Cluster,
    Duplicates,
    Pair,
    Text,
    find_duplicates,
)
from jevn.participation.duplicates.merging import Merge, merge, read_merged

__all__ = [
    "LEAST_SCORE",
    "Cluster",
    "Duplicates",
    "Merge",
    "Pair",
    "Text",
    "find_duplicates",
    "merge",
    "read_merged",
]
