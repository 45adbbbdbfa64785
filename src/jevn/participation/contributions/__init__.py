"""Spreadsheets of ideas and statements, read by a mapping of their columns."""

from jevn.participation.contributions.adding import AddedRows, add_contributions
from jevn.participation.contributions.guessing import guess_mapping
from jevn.participation.contributions.mapping import ColumnMapping, mapping_of, read_mapping
from jevn.participation.contributions.reading import Contributions, Repeated, read_contributions

__all__ = [
    "AddedRows",
    "ColumnMapping",
    "Contributions",
    "Repeated",
    "add_contributions",
    "guess_mapping",
    "mapping_of",
    "read_contributions",
    "read_mapping",
]
