"""Reading a table whose columns are not known beforehand, in any of the forms files have."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from jevn.tables.delimited import read_delimited
from jevn.tables.faults import refuse
from jevn.tables.numerals import Evidence, evidence, parse, parse_plain, tidy
from jevn.tables.raw import RawTable, heading_key
from jevn.tables.schema import NULL_SIGNS, Column, TableSchema
from jevn.tables.workbook import read_parquet, read_workbook

_EMPTY = ["", "NA", *NULL_SIGNS]


def read_any(path: Path, numbers: Sequence[str], others: Sequence[str] = ()) -> pl.DataFrame:
    """All columns of a file (delimited text, Excel or Parquet), and ``_row``: the line.

    Separator, encoding, decimal sign and header line are found. Headings that are among the
    names given, but for case and ``_`` or space, get the name; others stand as written.

    Args:
        path: the file.
        numbers: names of columns that hold numbers. A cell that is no number stays a text,
            and so does its column; empty cells, ``NA`` and the signs of statistics bureaus for
            "no number here" are null.
        others: names of other columns that may be there.

    Raises:
        InputRefused: if the file cannot be read as a table, or no heading is known.
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
    found |= texts | (parse_plain(texts, raw.decimal) or _parsed(texts, raw))
    frame = pl.DataFrame([series.alias(name) for name, series in found.items()])
    return frame.with_columns(raw.rows.cast(pl.Int64).alias("_row"))


def _tidy(cells: pl.Series) -> pl.Series:
    if cells.dtype != pl.String:
        return cells
    text = cells.str.strip_chars()
    return text.set(text == "", None)


def _parsed(texts: dict[str, pl.Series], raw: RawTable) -> dict[str, pl.Series]:
    tidied = {name: tidy(series) for name, series in texts.items()}
    shown = Evidence()
    for series in tidied.values():
        shown |= evidence(series)
    found = {}
    for name, series in tidied.items():
        values = parse(series, shown, raw.decimal)
        if values.null_count() == series.null_count():
            found[name] = values
    return found
