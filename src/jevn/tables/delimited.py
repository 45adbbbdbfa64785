"""Delimited text (CSV): encoding, separator, header and cells of a file."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from typing import Final

import polars as pl

from jevn.tables.faults import Faults, refuse, shorten
from jevn.tables.raw import HEADER_WITHIN, Decimal, RawTable, count_known
from jevn.tables.schema import TableSchema

LARGEST_CELL: Final = 100_000
"""Characters accepted in one cell."""

MOST_COLUMNS: Final = 1_000
"""Columns accepted in a table."""

_SEPARATORS: Final = (";", "\t", ",")
_MAGIC: Final = {
    b"PK\x03\x04": "zip/xlsx/docx",
    b"\xd0\xcf\x11\xe0": "xls/doc",
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"PAR1": "Parquet",
    b"\x1f\x8b": "gzip",
    b"SQLite format 3": "SQLite",
}
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_LOW: Final = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0C, 0x0D})
_HIGH: Final = re.compile(b"\xc2[\x80-\x9f]|\xef\xbf[\xbe\xbf]")


def read_delimited(data: bytes, schema: TableSchema, file: str) -> RawTable:
    """Headings and text cells of a CSV file.

    The encoding is UTF-8 (with or without mark), UTF-16 with mark, or Windows-1252/Latin-1.
    Separator and header are the pair that names most columns of the schema among the first
    lines; lines above it (titles, ``sep=;``) are passed over.

    Raises:
        InputRefused: if the file is empty, binary, without header, wrongly quoted, ragged
            or has too large cells.
    """
    text = decode(data, file)
    if not text.strip():
        raise refuse(file, "empty_file")
    lines = text.split("\n")
    separator, at, quoted = _find_header(lines, schema, file)
    faults = Faults(file)
    headings = _split(lines[at], separator) if not quoted else []
    if len(headings) > MOST_COLUMNS:
        raise refuse(file, "too_wide", n=len(headings))
    simple = '"' not in text and not quoted
    raw = _fast(lines, at, headings, separator) if simple else None
    if raw is None:
        raw = _careful(lines, at, separator, faults)
    faults.stop()
    return raw


def decode(data: bytes, file: str) -> str:
    """Bytes as text with line feeds only, composed letters (NFC) and no mark.

    Raises:
        InputRefused: if it is another kind of file, or cannot be text.
    """
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise refuse(file, "other_format", format=kind)
    return compose(_decode(data, file), file)


def compose(text: str, file: str, row: int | None = None) -> str:
    """Text with line feeds only and composed letters (NFC), as all tables hold it.

    Raises:
        InputRefused: if it has characters that are no text.
    """
    odd = _CONTROL.search(text) if _is_odd(text) else None
    if odd:
        line = row or text.count("\n", 0, odd.start()) + 1
        raise refuse(file, "binary", line=str(line), code=f"U+{ord(odd.group()):04X}")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _is_odd(text: str) -> bool:
    """Whether there may be characters that are no text: quick, and certain when it says no."""
    data = text.encode("utf-8", "surrogatepass")
    fewer = len(data.translate(None, _LOW)) != len(data)
    return fewer or _HIGH.search(data) is not None


def _decode(data: bytes, file: str) -> str:
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise refuse(file, "encoding", encoding="UTF-32")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise refuse(file, "encoding", encoding="UTF-16") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _find_header(lines: list[str], schema: TableSchema, file: str) -> tuple[str, int, bool]:
    """Separator, index of the header line, and whether the header itself spans lines."""
    best = (0, "", 0)
    seen = 0
    first = ""
    for at, line in enumerate(lines):
        if not line.strip():
            continue
        first = first or line
        seen += 1
        if seen > HEADER_WITHIN:
            break
        for separator in _SEPARATORS:
            cells = _split(line, separator)
            score = count_known(cells, schema)
            if score > best[0]:
                best = (score, separator, at)
    if best[0] == 0:
        names = ", ".join(schema.required or schema.names)
        raise refuse(file, "no_header", names=names, first=shorten(first))
    return best[1], best[2], lines[best[2]].count('"') % 2 == 1


def _split(line: str, separator: str) -> list[str]:
    if '"' not in line:
        return line[: 4 * LARGEST_CELL].split(separator)
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _decimal(separator: str) -> Decimal:
    # Comma between cells: programs and English settings, the decimal sign is the point.
    # Semicolon between cells exists because the comma is taken by the decimals.
    return {",": "point", ";": "comma", "\t": "unknown"}[separator]  # type: ignore[return-value]


def _fast(lines: list[str], at: int, headings: list[str], separator: str) -> RawTable | None:
    """A file without quotes whose lines all have as many cells as the header; else ``None``."""
    body = pl.DataFrame({"line": lines[at + 1 :]}, schema={"line": pl.String})
    body = body.with_columns(row=pl.int_range(at + 2, at + 2 + pl.len(), dtype=pl.Int64))
    body = body.filter(pl.col("line").str.strip_chars() != "")
    width = len(headings)
    uneven = body.select(
        (
            (pl.col("line").str.count_matches(separator, literal=True) != width - 1)
            | (pl.col("line").str.len_bytes() > LARGEST_CELL)
        ).any()
    ).item()
    if uneven:
        return None
    names = [str(i) for i in range(width)]
    if body.is_empty():
        cells = pl.DataFrame(schema=dict.fromkeys(names, pl.String))
    else:
        source = io.BytesIO((body["line"].str.join("\n").item() + "\n").encode())
        cells = pl.read_csv(
            source,
            has_header=False,
            new_columns=names,
            separator=separator,
            quote_char=None,
            infer_schema=False,
        )
        if cells.height != body.height or cells.width != width:
            return None
    return RawTable(tuple(headings), cells, body["row"], _decimal(separator), at + 1)


def _careful(lines: list[str], at: int, separator: str, faults: Faults) -> RawTable:
    """Any file, row by row; wrong quoting, ragged rows and large cells are noted."""
    csv.field_size_limit(max(csv.field_size_limit(), LARGEST_CELL))
    source = (line + "\n" for line in lines[at:])
    reader = csv.reader(source, delimiter=separator, strict=True)
    headings: list[str] = []
    rows: list[list[str]] = []
    numbers: list[int] = []
    start = at + 1
    try:
        for record in reader:
            number, start = start, at + 1 + reader.line_num
            if not headings:
                headings = record
                if len(headings) > MOST_COLUMNS:
                    raise refuse(faults.file, "too_wide", n=len(headings))
            elif any(cell.strip() for cell in record):
                _check_record(record, len(headings), number, faults)
                numbers.append(number)
                rows.append(record)
    except csv.Error:
        faults.add("quoting", start)
        faults.stop()
    width = len(headings)
    data = {
        str(i): pl.Series([r[i] if i < len(r) else None for r in rows], dtype=pl.String)
        for i in range(width)
    }
    rows_at = pl.Series("row", numbers, dtype=pl.Int64)
    return RawTable(tuple(headings), pl.DataFrame(data), rows_at, _decimal(separator), at + 1)


def _check_record(record: list[str], width: int, number: int, faults: Faults) -> None:
    if len(record) < width or any(cell.strip() for cell in record[width:]):
        faults.add("ragged", number, None, {"cells": len(record), "headings": width})
    if any(len(cell) > LARGEST_CELL for cell in record):
        faults.add("large_cell", number, None, {"most": LARGEST_CELL})
