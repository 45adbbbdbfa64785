"""Statistics files as sheets of cells: delimited text in any encoding, and workbooks."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from jevn.tables.delimited import decode
from jevn.tables.faults import refuse
from jevn.tables.raw import Decimal
from jevn.tables.workbook import check_archive
from jevn.terms import InputRefused, Problem

Cell = str | float | None
"""A cell: text, a number typed as such in a workbook, or empty."""

Line = tuple[Cell, ...]

LARGEST_FILE: Final = 400_000_000
"""Bytes of the largest file read."""

_SEPARATORS: Final = (";", "\t", ",", "|")
_TRIED: Final = 400
"""Lines by which the separator is found."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """A sheet of a workbook, or a whole text file.

    Attributes:
        name: name of the sheet; ``None`` for text.
        lines: cells of every line that is not empty.
        numbers: the line in the file of each, counted from 1.
        decimal: the decimal sign that the form of the file implies.
        percent: (line, column from 0) of cells that a workbook shows as percent.
        separator: what parts the cells of a text file.
    """

    name: str | None
    lines: tuple[Line, ...]
    numbers: tuple[int, ...]
    decimal: Decimal
    percent: frozenset[tuple[int, int]] = frozenset()
    separator: str | None = None

    def after(self, line: int) -> Sheet:
        """The sheet without its first lines, up to and including a line of the file."""
        at = sum(n <= line for n in self.numbers)
        return Sheet(
            self.name,
            self.lines[at:],
            self.numbers[at:],
            self.decimal,
            self.percent,
            self.separator,
        )


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a file; empty and hidden ones are left out.

    Text may be UTF-8 (with or without mark), UTF-16 with mark, Windows-1252 or Latin-1; cells
    parted by semicolon, tab, comma or bar. Cells of a workbook that are merged all hold what
    stands in the first of them.

    Raises:
        InputRefused: ``table_no_file``, ``table_empty_file``, ``table_other_format``,
            ``table_not_workbook``, ``table_quoting`` and the like.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise refuse(path.name, "no_file") from None
    except OSError as error:
        raise refuse(path.name, "unreadable_file", reason=error.strerror or "–") from None
    if not data.strip():
        raise refuse(path.name, "empty_file")
    if len(data) > LARGEST_FILE:
        raise refuse(path.name, "unreadable_file", reason=f"> {LARGEST_FILE // 1_000_000} MB")
    if path.suffix.casefold() in (".xlsx", ".xlsm"):
        return _workbook(data, path.name)
    return (_text(decode(data, path.name), path.name),)


def _text(text: str, file: str) -> Sheet:
    given = re.match(r"sep=(.)\n", text, re.IGNORECASE)
    first = 2 if given else 1
    body = text[given.end() :] if given else text
    separators = (given[1],) if given else _SEPARATORS
    lines = body.splitlines(keepends=True)
    tried = [(s, _split(lines[:_TRIED], s)) for s in separators if s in body]
    separator, sample = max(tried, key=lambda r: _evenness(r[1].rows), default=(";", _NOTHING))
    if not tried or (_evenness(sample.rows)[0] < 1 and sample.broken is None):
        raise InputRefused([Problem("sources_file_one_column", file)])
    read = _split(lines, separator) if len(lines) > _TRIED else sample
    if read.broken is not None:
        raise InputRefused([Problem("table_quoting", file, read.broken + first - 1)])
    rows = read.rows
    kept = [(n + first - 1, line) for n, line in rows if any(c is not None for c in line)]
    decimal: Decimal = {";": "comma", ",": "point"}.get(separator, "unknown")  # type: ignore[assignment]
    return Sheet(
        None,
        tuple(line for _, line in kept),
        tuple(n for n, _ in kept),
        decimal,
        separator=separator,
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """Lines with their number, and the number of the line where the quoting is broken."""

    rows: list[tuple[int, Line]]
    broken: int | None = None


_NOTHING: Final = _Reading([])


def _split(lines: Sequence[str], separator: str) -> _Reading:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    rows: list[tuple[int, Line]] = []
    start = 1
    try:
        for record in reader:
            rows.append((start, tuple(c.strip() or None for c in record)))
            start = reader.line_num + 1
    except csv.Error:
        return _Reading(rows, start)
    return _Reading(rows)


def _evenness(rows: Sequence[tuple[int, Line]]) -> tuple[int, int]:
    """Lines that have the usual number of cells, and that number."""
    widths = Counter(len(line) for _, line in rows if len(line) > 1)
    if not widths:
        return 0, 0
    width, lines = max(widths.items(), key=lambda item: (item[1], item[0]))
    return lines, width


def _workbook(data: bytes, file: str) -> tuple[Sheet, ...]:
    from io import BytesIO
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    check_archive(data, file)
    try:
        book = load_workbook(BytesIO(data), data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, TypeError):
        raise refuse(file, "not_workbook") from None
    try:
        found = [_sheet(s) for s in book.worksheets if s.sheet_state == "visible"]
    finally:
        book.close()
    if not any(s.lines for s in found):
        raise refuse(file, "empty_file")
    return tuple(s for s in found if s.lines)


def _sheet(sheet: Any) -> Sheet:
    covered = dict(_merged(sheet))
    lines: list[Line] = []
    numbers: list[int] = []
    percent: set[tuple[int, int]] = set()
    for row in sheet.iter_rows():
        cells: list[Cell] = []
        for cell in row:
            value = covered.get((cell.row, cell.column), cell.value)
            cells.append(_cell(value))
            if isinstance(cells[-1], float) and "%" in str(cell.number_format or ""):
                percent.add((cell.row, cell.column - 1))
        if row and any(c is not None for c in cells):
            lines.append(tuple(cells))
            numbers.append(row[0].row)
    return Sheet(sheet.title, tuple(lines), tuple(numbers), "unknown", frozenset(percent))


def _merged(sheet: Any) -> Iterator[tuple[tuple[int, int], Any]]:
    """What merged cells hold, by row and column counted from 1."""
    for area in sheet.merged_cells.ranges:
        value = sheet.cell(area.min_row, area.min_col).value
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                yield (row, column), value


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, bool):
        return None if value is None else str(value)
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else str(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip() or None


def said(cell: Cell) -> str:
    """A cell as text: whole numbers without decimals, several spaces as one."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return " ".join(cell.split()) if cell else ""
