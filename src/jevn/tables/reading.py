"""Reading tables from real files: CSV, Excel and Parquet, checked whole against a schema."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from jevn.tables.checking import check_table
from jevn.tables.delimited import compose, read_delimited
from jevn.tables.faults import refuse
from jevn.tables.raw import RawTable
from jevn.tables.schema import TableSchema
from jevn.tables.workbook import read_parquet, read_workbook


def read_table(path: Path, schema: TableSchema, *, name: str | None = None) -> pl.DataFrame:
    """Read a file into a frame with exactly the schema's columns, and ``_row``.

    Args:
        path: a ``.csv`` (or any other delimited text), ``.xlsx`` or ``.parquet`` file.
        schema: what the file must and may hold.
        name: what to call the file in messages (default: its name).

    Returns:
        A frame with the columns of the schema in its order and types (missing optional
        columns and empty cells are null), and ``_row``: the line in the file. Columns of
        the file whose heading starts with ``_`` or ``x_`` are free, and are not read.

    Raises:
        InputRefused: with every fault found (at most 50 told), and nothing read.
    """
    file = name or path.name
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise refuse(file, "no_file") from None
    except OSError as error:
        raise refuse(file, "unreadable_file", reason=error.strerror or "") from None
    return check_table(_raw(data, path.suffix.casefold(), schema, file), schema, file)


def _raw(data: bytes, suffix: str, schema: TableSchema, file: str) -> RawTable:
    if not data.strip():
        raise refuse(file, "empty_file")
    if suffix in (".xlsx", ".xlsm"):
        return read_workbook(data, schema, file)
    if suffix == ".parquet":
        return read_parquet(data, schema, file)
    return read_delimited(data, schema, file)


def empty_table(schema: TableSchema) -> pl.DataFrame:
    """A frame with the schema's columns and ``_row``, and no rows."""
    columns: dict[str, Any] = {c.name: c.dtype for c in schema.columns}
    return pl.DataFrame(schema=columns | {"_row": pl.Int64()})


def table_from_rows(
    schema: TableSchema,
    rows: Iterable[Mapping[str, object]],
    *,
    name: str | None = None,
) -> pl.DataFrame:
    """A frame from rows in memory, checked as a file would be.

    Args:
        schema: what the rows must and may hold.
        rows: mappings from column name to text, number, date, list of texts or ``None``.
        name: what to call the table in messages (default: the schema's name).

    Raises:
        InputRefused: with every fault found; row 2 is the first row, as in a file.
    """
    given = list(rows)
    headings = list(dict.fromkeys([*schema.names, *(k for row in given for k in row)]))
    optional = set(schema.names) - set(schema.required)
    used = {k for row in given for k in row}
    headings = [h for h in headings if h in used or h not in optional]
    if not given:
        return empty_table(schema)
    columns = {
        str(i): pl.Series(
            [_cell(row.get(h), name or schema.name, 2 + n) for n, row in enumerate(given)],
            dtype=pl.String,
        )
        for i, h in enumerate(headings)
    }
    lines = pl.Series("row", range(2, 2 + len(given)), dtype=pl.Int64)
    raw = RawTable(tuple(headings), pl.DataFrame(columns), lines, "point")
    return check_table(raw, schema, name or schema.name)


def _cell(value: object, file: str, row: int) -> str | None:
    if isinstance(value, list | tuple):
        value = ";".join(str(v) for v in value)
    if value is None or isinstance(value, str):
        return compose(value, file, row) if value else None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return None if math.isnan(value) else repr(value)
    if isinstance(value, date):
        return value.isoformat()[:10]
    return str(value)
