"""Tables as values: read from real files, checked by schema, with origin and protection."""

from jevn.tables.disclosure import DisclosureRules, protect
from jevn.tables.origin import Origin, OriginKind
from jevn.tables.reading import empty_table, read_table, table_from_rows
from jevn.tables.schema import Column, TableSchema
from jevn.tables.writing import schema_markdown, write_table

__all__ = [
    "Column",
    "DisclosureRules",
    "Origin",
    "OriginKind",
    "TableSchema",
    "empty_table",
    "protect",
    "read_table",
    "schema_markdown",
    "table_from_rows",
    "write_table",
]
