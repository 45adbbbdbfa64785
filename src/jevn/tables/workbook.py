"""Excel workbooks and Parquet files as raw tables."""

from __future__ import annotations

import io
import zipfile
from typing import Final

import polars as pl

from jevn.tables.faults import refuse
from jevn.tables.raw import HEADER_WITHIN, RawTable, count_known
from jevn.tables.schema import TableSchema

LARGEST_WORKBOOK: Final = 1_000_000_000
"""Bytes accepted in an unpacked workbook."""


def read_workbook(data: bytes, schema: TableSchema, file: str) -> RawTable:
    """Headings and cells of the sheet whose header names most columns of the schema.

    Raises:
        InputRefused: if it is no workbook, is too large unpacked, has no sheet with the
            headings, or several sheets that fit equally well.
    """
    import fastexcel

    check_archive(data, file)
    try:
        book = fastexcel.read_excel(data)
        sheets = [
            book.load_sheet(i, header_row=None, skip_rows=0, dtypes="string").to_polars()
            for i in range(len(book.sheet_names))
        ]
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError, OSError, ValueError):
        raise refuse(file, "not_workbook") from None
    best = [_header(sheet, schema) for sheet in sheets]
    most = max((score for score, _ in best), default=0)
    fitting = [i for i, (score, _) in enumerate(best) if score == most]
    if most == 0:
        names = ", ".join(schema.required or schema.names)
        raise refuse(file, "no_header", names=names, first=", ".join(book.sheet_names))
    if len(fitting) > 1:
        named = [i for i in fitting if book.sheet_names[i].strip().casefold() == schema.name]
        if len(named) != 1:
            names = ", ".join(book.sheet_names[i] for i in fitting)
            raise refuse(file, "several_sheets", sheets=names, name=schema.name)
        fitting = named
    at = best[fitting[0]][1]
    sheet = sheets[fitting[0]]
    cells = sheet.slice(at + 1)
    headings = tuple(str(v or "") for v in sheet.row(at))
    cells.columns = [str(i) for i in range(cells.width)]
    if not cells.is_empty():
        typed = book.load_sheet(
            fitting[0], header_row=None, skip_rows=at + 1, schema_sample_rows=None
        ).to_polars()
        exact = [
            series.cast(pl.String).str.strip_suffix(".0").alias(name)
            for name, series in zip(cells.columns, typed.get_columns(), strict=False)
            if series.dtype == pl.Float64 and series.len() == cells.height
        ]
        cells = cells.with_columns(exact)
    cells = cells.with_columns(pl.col(pl.String).str.normalize("NFC"))
    rows = pl.Series("row", range(at + 2, at + 2 + cells.height), dtype=pl.Int64)
    return RawTable(headings, cells, rows, "point", at + 1)


def check_archive(data: bytes, file: str) -> None:
    """Refuse what is no workbook, or too large when unpacked.

    Raises:
        InputRefused: ``table_not_workbook``, ``table_large_workbook``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        raise refuse(file, "not_workbook") from None
    if size > LARGEST_WORKBOOK:
        raise refuse(file, "large_workbook", most_mb=LARGEST_WORKBOOK // 1_000_000)


def _header(sheet: pl.DataFrame, schema: TableSchema) -> tuple[int, int]:
    """Most columns of the schema named by one line, and that line (from 0)."""
    best = (0, 0)
    for at in range(min(sheet.height, 2 * HEADER_WITHIN)):
        score = count_known([str(v or "") for v in sheet.row(at)], schema)
        if score > best[0]:
            best = (score, at)
    return best


def read_parquet(data: bytes, schema: TableSchema, file: str) -> RawTable:
    """Headings and typed cells of a Parquet file.

    Raises:
        InputRefused: if it cannot be read as Parquet.
    """
    try:
        frame = pl.read_parquet(io.BytesIO(data), use_pyarrow=False)
    except (
        pl.exceptions.PolarsError,
        pl.exceptions.PanicException,
        OSError,
        ValueError,
    ):
        raise refuse(file, "not_parquet") from None
    headings = tuple(frame.columns)
    if count_known(headings, schema) == 0:
        names = ", ".join(schema.required or schema.names)
        raise refuse(file, "no_header", names=names, first=", ".join(headings)[:200])
    frame.columns = [str(i) for i in range(frame.width)]
    frame = frame.with_columns(pl.col(pl.String).str.normalize("NFC"))
    rows = pl.Series("row", range(2, 2 + frame.height), dtype=pl.Int64)
    return RawTable(headings, frame, rows, "point")
