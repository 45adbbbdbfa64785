"""Adding rows to the CSV files of a plan folder: whole or not at all, the rest untouched."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from jevn.tables import TableSchema, empty_table, read_table
from jevn.tables.checking import check_table
from jevn.tables.delimited import read_delimited
from jevn.tables.raw import heading_key, known_headings
from jevn.terms import InputRefused, Problem, UserError

_SEPARATORS = {"comma": ";", "point": ",", "unknown": "\t"}


def content_id(prefix: str, *parts: str | None) -> str:
    """An id made from what was said, the same each time it is read.

    Letters' case and the number of spaces do not count.
    """
    said = "\x1f".join(" ".join((part or "").split()).casefold() for part in parts)
    return f"{prefix}-{hashlib.sha256(said.encode()).hexdigest()[:8]}"


def rows_of(folder: Path, schema: TableSchema) -> pl.DataFrame:
    """The rows that a table of a plan folder has.

    Raises:
        InputRefused: ``participation_not_csv`` if the table is no CSV file, and those of
            reading it.
        UserError: ``folder_missing``.
    """
    if not folder.is_dir():
        raise UserError("folder_missing", folder=str(folder))
    for ending in (".xlsx", ".parquet"):
        if (folder / f"{schema.name}{ending}").exists():
            raise InputRefused([Problem("participation_not_csv", f"{schema.name}{ending}")])
    path = folder / f"{schema.name}.csv"
    return read_table(path, schema) if path.exists() else empty_table(schema)


def append(
    folder: Path, new: Mapping[str, tuple[TableSchema, Sequence[Mapping[str, Any]]]]
) -> None:
    """Add rows to tables of a plan folder. All files are changed, or none.

    Columns and rows that are there stay as they are, also the municipality's own columns.

    Args:
        folder: the plan folder.
        new: by name of the table its schema and the rows to add.

    Raises:
        InputRefused: if a table would not be right with the new rows.
    """
    made = {
        folder / f"{name}.csv": _with_rows(folder / f"{name}.csv", schema, rows)
        for name, (schema, rows) in new.items()
        if rows
    }
    before = {path: path.read_bytes() if path.exists() else None for path in made}
    try:
        for path, data in made.items():
            _replace(path, data)
    except BaseException:
        for path, old in before.items():
            if old is None:
                path.unlink(missing_ok=True)
            else:
                _replace(path, old)
        raise


def _with_rows(path: Path, schema: TableSchema, rows: Sequence[Mapping[str, Any]]) -> bytes:
    used = [n for n in schema.names if any(row.get(n) is not None for row in rows)]
    if path.exists():
        raw = read_delimited(path.read_bytes(), schema, path.name)
        separator = _SEPARATORS[raw.decimal]
        headings = list(raw.headings)
        known = known_headings(schema)
        place = {known.get(heading_key(h)): i for i, h in reversed(list(enumerate(headings)))}
        old = [list(row) for row in raw.cells.iter_rows()]
    else:
        separator, headings, place, old = ",", [], {}, []
    for name in dict.fromkeys([*schema.required, *used]):
        if name not in place:
            place[name] = len(headings)
            headings.append(name)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerow(headings)
    for line in old:
        writer.writerow([*line, *[None] * (len(headings) - len(line))])
    for row in rows:
        cells: list[Any] = [None] * len(headings)
        for name in used:
            value = row.get(name)
            cells[place[name]] = ";".join(value) if isinstance(value, tuple | list) else value
        writer.writerow(cells)
    data = out.getvalue().encode()
    check_table(read_delimited(data, schema, path.name), schema, path.name)
    return data


def _replace(path: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
