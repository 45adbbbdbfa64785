"""A table as it stands in its file: headings found, cells not yet understood."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from jevn.tables.faults import Faults, shorten
from jevn.tables.schema import TableSchema

Decimal = Literal["point", "comma", "unknown"]
"""What the form of the file says of its decimal sign, before any cell is looked at."""

HEADER_WITHIN: Final = 20
"""The header is looked for in this many lines from the top."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """Headings and cells of a file.

    Attributes:
        headings: one text per column, as written.
        cells: one column per heading, named by position ``0``, ``1``, …; text or typed.
        rows: line of each row in the file, counted from 1.
        decimal: the decimal sign that the form of the file implies.
        header_row: line of the headings.
    """

    headings: tuple[str, ...]
    cells: pl.DataFrame
    rows: pl.Series
    decimal: Decimal
    header_row: int = 1


def heading_key(text: str) -> str:
    """A heading as it is compared: without case, surrounding space, ``_`` read as space."""
    return " ".join(text.replace("_", " ").casefold().split())


def known_headings(schema: TableSchema) -> dict[str, str]:
    """Accepted headings (as compared) and the column each of them means."""
    known = {heading_key(a): c.name for c in schema.columns for a in c.aliases}
    return known | {heading_key(c.name): c.name for c in schema.columns}


def is_free(heading: str) -> bool:
    """Whether a column is the municipality's own (``_…`` or ``x_…``): accepted, not read."""
    text = heading.strip().casefold()
    return text.startswith(("_", "x_"))


def count_known(cells: Sequence[str], schema: TableSchema) -> int:
    """How many different columns of the schema a line of cells names."""
    known = known_headings(schema)
    return len({known[k] for k in map(heading_key, cells) if k in known})


def match_columns(raw: RawTable, schema: TableSchema, faults: Faults) -> dict[str, int]:
    """Position of each column of the schema in the file; faults in headings are noted."""
    known = known_headings(schema)
    found: dict[str, int] = {}
    for at, heading in enumerate(raw.headings):
        name = known.get(heading_key(heading))
        if name is None:
            _judge_unknown(raw, at, heading, schema, faults)
        elif name in found:
            first = shorten(raw.headings[found[name]])
            faults.add("double_column", raw.header_row, name, {"first": first})
        else:
            found[name] = at
    for name in schema.required:
        if name not in found:
            seen = ", ".join(shorten(h, 30) for h in raw.headings if h.strip())
            faults.add("missing_column", raw.header_row, name, {"seen": shorten(seen, 200)})
    return found


def _judge_unknown(
    raw: RawTable, at: int, heading: str, schema: TableSchema, faults: Faults
) -> None:
    if is_free(heading):
        return
    if not heading.strip():
        filled = raw.cells[str(at)]
        if not filled.is_null().all():
            faults.add("unnamed_column", raw.header_row, None, {"position": at + 1})
        return
    known = known_headings(schema)
    near = difflib.get_close_matches(heading_key(heading), list(known), n=1, cutoff=0.6)
    given = shorten(heading)
    if near:
        faults.add("unknown_column_near", raw.header_row, given, {"near": known[near[0]]})
    else:
        faults.add("unknown_column", raw.header_row, given, {"known": ", ".join(schema.names)})
