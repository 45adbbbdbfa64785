"""Tables as values: read from real files, checked by schema, with origin and protection."""

from jevn.tables.disclosure import DisclosureRules, protect
from jevn.tables.origin import Origin, OriginKind
from jevn.tables.reading import read_table
from jevn.tables.schema import Column, TableSchema

__all__ = [
    "Column",
    "DisclosureRules",
    "Origin",
    "OriginKind",
    "TableSchema",
    "protect",
    "read_table",
]
