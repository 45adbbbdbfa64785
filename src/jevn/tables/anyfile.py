"""Reading a table whose columns are not known beforehand, in any of the forms files have."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import polars as pl

from jevn.tables.delimited import read_delimited
from jevn.tables.faults import Faults, refuse, shorten
from jevn.tables.numerals import Evidence, ambiguous, evidence, parse, parse_plain, tidy
from jevn.tables.raw import RawTable, heading_key, known_headings
from jevn.tables.schema import NULL_SIGNS, Column, TableSchema
from jevn.tables.workbook import read_parquet, read_workbook

_EMPTY: Final = ["", "NA", *NULL_SIGNS]
_WHOLE: Final = r"^(?:0|[1-9]\d{0,14})$"


def read_any(path: Path, numbers: Sequence[str], others: Sequence[str] = ()) -> pl.DataFrame:
    """All columns of a file (delimited text, Excel or Parquet), and ``_row``: the line.

    Separator, encoding, decimal sign and header line are found. Headings that are among the
    names given, but for case and ``_`` or space, get the name; others stand as written.

    Args:
        path: the file.
        numbers: names of columns that hold numbers. A column with a cell that is no number is
            given as texts; empty cells, ``NA`` and the signs of statistics bureaus for "no number
            here" are null.
        others: names of other columns that may be there.

    Raises:
        InputRefused: if the file cannot be read as a table, no heading is known, or a number
            can be read in two ways.
    """
    file = path.name
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise refuse(file, "no_file") from None
    except OSError as error:
        raise refuse(file, "unreadable_file", reason=error.strerror or "") from None
    if not data.strip():
        raise refuse(file, "empty_file")
    names = list(dict.fromkeys([*numbers, *others]))
    schema = TableSchema("table", "", tuple(Column(n, "text", "") for n in names))
    suffix = path.suffix.casefold()
    if suffix in (".xlsx", ".xlsm"):
        raw = read_workbook(data, schema, file)
    elif suffix == ".parquet":
        raw = read_parquet(data, schema, file)
    else:
        raw = read_delimited(data, schema, file)
    return _named(raw, names, numbers, file)


def with_other_columns(path: Path, schema: TableSchema) -> TableSchema:
    """The schema with the file's further columns as free texts, for one that reads only some.

    Args:
        path: the file.
        schema: columns that are read.

    Raises:
        InputRefused: if the file cannot be read as a table with any of the columns.
    """
    known = known_headings(schema)
    headings = read_any(path, (), list(known)).columns
    others = [h for h in headings if h != "_row" and heading_key(h) not in known]
    more = tuple(Column(name, "text", "not read") for name in others)
    return TableSchema(schema.name, schema.about, (*schema.columns, *more), schema.key)


def _named(raw: RawTable, names: Sequence[str], numbers: Sequence[str], file: str) -> pl.DataFrame:
    """The cells under their headings, columns of numbers as numbers."""
    known = {heading_key(name): name for name in names}
    found: dict[str, pl.Series] = {}
    for at, heading in enumerate(raw.headings):
        name = known.get(heading_key(heading), heading.strip())
        if not name and raw.cells[str(at)].is_null().all():
            continue
        if name in found:
            raise refuse(file, "double_column", first=name)
        found[name or f"_{at + 1}"] = _tidy(raw.cells[str(at)])
    texts = {n: s for n, s in found.items() if n in numbers and s.dtype == pl.String}
    texts = {n: s.set(s.is_in(_EMPTY), None) for n, s in texts.items()}
    found |= texts | (parse_plain(texts, raw.decimal) or _parsed(texts, raw, file))
    cells = {n: series if n in numbers else _whole(series) for n, series in found.items()}
    frame = pl.DataFrame([series.alias(name) for name, series in cells.items()])
    return frame.with_columns(raw.rows.cast(pl.Int64).alias("_row"))


def _tidy(cells: pl.Series) -> pl.Series:
    if cells.dtype != pl.String:
        return cells
    text = cells.str.strip_chars()
    return text.set(text == "", None)


def _parsed(texts: dict[str, pl.Series], raw: RawTable, file: str) -> dict[str, pl.Series]:
    tidied = {name: tidy(series) for name, series in texts.items()}
    shown = Evidence()
    for series in tidied.values():
        shown |= evidence(series)
    found = {}
    faults = Faults(file)
    for name, series in tidied.items():
        values = parse(series, shown, raw.decimal)
        unread = values.is_null() & series.is_not_null()
        for row in (unread & ambiguous(series)).arg_true().to_list():
            given = shorten(texts[name][row])
            faults.add("ambiguous_number", raw.rows[row], name, {"given": given})
        if unread.any():
            values = values.cast(pl.String).zip_with(~unread, texts[name])
        found[name] = values
    faults.stop()
    return found


def _whole(cells: pl.Series) -> pl.Series:
    """Years and the like as whole numbers; codes that begin with a zero stay texts."""
    if cells.dtype != pl.String or cells.null_count() == cells.len():
        return cells
    return cells.cast(pl.Int64) if cells.str.contains(_WHOLE).all() else cells
