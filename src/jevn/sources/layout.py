"""Where the table lies in a sheet: titles above, header lines, rows, notes below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from jevn.sources.sheets import Cell, Line, Sheet, said
from jevn.sources.wording import NUMBER, SIGN, is_period, read_periods
from jevn.terms import InputRefused, Problem
from jevn.terms.language import Param

MOST_HEADER_LINES: Final = 8
"""Lines of headings above each other; more are doubted."""

_YEAR: Final = re.compile(r"^(?:19|20|21)\d\d$")
_NUMBER: Final = re.compile(NUMBER)
_SIGN: Final = re.compile(SIGN)
_NOTE: Final = re.compile(
    r"^(?:kilder?\b|kjelder?\b|source|merk|note|fotnote|anm|\d\)|[*¹²³†]|symbol|tegn|teikn|sist |"
    r"last |copyright|©|oppdatert|data |tallene|tala |se |[.:–-]{1,3}\s*[=:])",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class Layout:
    """A sheet taken apart.

    Attributes:
        sheet: the sheet.
        titles: texts above the table.
        header: texts of the header lines, each as wide as the table.
        header_lines: lines in the file where they stand.
        body: cells of the rows.
        lines: line in the file of each row.
        first_figure: position of the first column that mostly holds numbers.
        notes: texts below the table.
    """

    sheet: Sheet
    titles: tuple[str, ...]
    header: tuple[tuple[str, ...], ...]
    header_lines: tuple[int, ...]
    body: tuple[Line, ...]
    lines: tuple[int, ...]
    first_figure: int
    notes: tuple[str, ...]

    @property
    def width(self) -> int:
        """Columns of the table."""
        return len(self.header[0])


def find_layout(sheet: Sheet, file: str, *, header_rows: int | None = None) -> Layout:
    """Take a sheet apart.

    Args:
        sheet: the sheet, without what is above the header if ``header_rows`` is given.
        file: name of the file, for faults.
        header_rows: how many header lines there are, where that is known.

    Raises:
        InputRefused: ``sources_file_no_figures``, ``sources_file_no_header``,
            ``sources_file_ragged``, ``sources_file_lone_text``.
    """
    width = _width(sheet)
    first = header_rows if header_rows is not None else _first_row(sheet.lines, width)
    if first is None or first >= len(sheet.lines):
        raise InputRefused([Problem("sources_file_no_figures", file)])
    figure = _first_figure(sheet.lines[first : first + 40], width)
    start = 0
    if header_rows is None:
        start, first = _header(sheet.lines, first, figure, width)
    if start == first or first - start > MOST_HEADER_LINES:
        row = sheet.numbers[first]
        raise InputRefused([Problem("sources_file_no_header", file, row)])
    header = tuple(
        tuple(said(_at(line, c)) for c in range(width)) for line in sheet.lines[start:first]
    )
    end = _end(sheet, first, figure)
    found = Layout(
        sheet=sheet,
        titles=_texts(sheet.lines[:start]),
        header=header,
        header_lines=sheet.numbers[start:first],
        body=sheet.lines[first:end],
        lines=sheet.numbers[first:end],
        first_figure=figure,
        notes=_texts(sheet.lines[end:]),
    )
    _check(found, file)
    return _without_empty(found)


def _width(sheet: Sheet) -> int:
    """Columns of the table: in text what lines usually have, in a workbook what they reach."""
    full = [line for line in sheet.lines if _filled(line) > 1]
    size = len if sheet.separator is not None else _reach
    widths = Counter(map(size, full))
    usual = max(widths, key=lambda w: (widths[w], w), default=0)
    if sheet.separator is not None:
        return min(usual, max(map(_reach, full), default=0))
    return max((_reach(line) for line in full if 2 * _filled(line) >= usual), default=0)


def _reach(line: Line) -> int:
    reach = len(line)
    while reach and line[reach - 1] is None:
        reach -= 1
    return reach


def _filled(line: Line) -> int:
    return len(line) - line.count(None)


def _at(line: Line, column: int) -> Cell:
    return line[column] if column < len(line) else None


def is_numberlike(cell: Cell) -> bool:
    """Whether a cell holds a number that is no year, or a sign that stands for one."""
    if isinstance(cell, float):
        return not (cell.is_integer() and 1900 <= cell < 2200)
    if cell is None or _YEAR.match(cell):
        return False
    return bool(_NUMBER.match(cell) or _SIGN.match(cell))


def _first_row(lines: Sequence[Line], width: int) -> int | None:
    """The first line that is a row: numbers, and as full as the table mostly is."""
    for i, line in enumerate(lines):
        if 2 * _filled(line) >= width and any(map(is_numberlike, line[1:width])):
            return i
    return None


def _first_figure(lines: Sequence[Line], width: int) -> int:
    for c in range(1, width):
        filled = [_at(line, c) for line in lines if _at(line, c) is not None]
        if filled and 2 * sum(map(is_numberlike, filled)) >= len(filled):
            return c
    return max(width - 1, 1)


def _header(lines: Sequence[Line], first: int, figure: int, width: int) -> tuple[int, int]:
    """First header line, and the first row below it."""
    start = next((i for i in range(first) if _is_header(lines[i], figure, width)), first)
    if start < first and _is_complete(lines[start], width):
        end = start + 1
        while end < first and _goes_on(lines[end], figure, width):
            end += 1
        return start, end
    return start, first


def _is_header(line: Line, figure: int, width: int) -> bool:
    texts = [said(_at(line, c)) for c in range(width)]
    filled = [t for t in texts if t]
    if not any(texts[figure:]) or max(map(len, filled)) > 200:
        return False
    merged_title = len(filled) == width and len(set(filled)) == 1 and width > 1
    return not merged_title and (len(filled) > 1 or not texts[0])


def _is_complete(line: Line, width: int) -> bool:
    texts = [said(_at(line, c)) for c in range(width)]
    return all(texts) and len(set(texts)) == width


def _goes_on(line: Line, figure: int, width: int) -> bool:
    """Whether a line below a header line is one more."""
    texts = [said(_at(line, c)) for c in range(width)]
    below = [t for t in texts[figure:] if t]
    if not below or any(map(is_numberlike, line[figure:width])):
        return False
    years = read_periods(below) is not None
    return not years or not texts[0] or is_period(texts[0])


def _end(sheet: Sheet, first: int, figure: int) -> int:
    """The line after the last row: below it are notes."""
    end = len(sheet.lines)
    while end > first + 1:
        line = sheet.lines[end - 1]
        if any(isinstance(c, float) or is_numberlike(c) or _is_year(c) for c in line[figure:]):
            break
        gap = sheet.numbers[end - 1] - sheet.numbers[end - 2] > 1
        told = said(_at(line, 0))
        labels = all(c is not None for c in line[:figure]) and len(line) >= figure
        if labels and not gap and not _NOTE.match(told) and len(told) <= 60:
            break
        end -= 1
    return end


def _is_year(cell: Cell) -> bool:
    return isinstance(cell, str) and _YEAR.match(cell) is not None


def _texts(lines: Sequence[Line]) -> tuple[str, ...]:
    """What lines say, each as one text; what merged cells repeat stands once."""
    found = []
    for line in lines:
        cells = [said(c) for c in line if c is not None]
        text = "; ".join(dict.fromkeys(cells))
        if text and text not in found:
            found.append(text)
    return tuple(found)


def _check(found: Layout, file: str) -> None:
    problems: list[Problem] = []
    for line, number in zip(found.body, found.lines, strict=True):
        if _reach(line) > found.width:
            cells: dict[str, Param] = {"cells": _reach(line), "headings": found.width}
            problems.append(Problem("sources_file_ragged", file, number, params=cells))
        elif _filled(line) == 1 and found.first_figure > 1 and line[0] is not None:
            params = {"given": said(line[0])[:80]}
            problems.append(Problem("sources_file_lone_text", file, number, params=params))
    if problems:
        raise InputRefused(problems[:50])


def _without_empty(found: Layout) -> Layout:
    """Without columns that have neither heading nor cells."""
    kept = [
        c
        for c in range(found.width)
        if any(row[c] for row in found.header)
        or any(_at(line, c) is not None for line in found.body)
    ]
    if len(kept) == found.width:
        return found
    sheet = replace(found.sheet, percent=_moved(found.sheet.percent, kept))
    return replace(
        found,
        sheet=sheet,
        header=tuple(tuple(row[c] for c in kept) for row in found.header),
        body=tuple(tuple(_at(line, c) for c in kept) for line in found.body),
        first_figure=sum(c < found.first_figure for c in kept),
    )


def _moved(cells: frozenset[tuple[int, int]], kept: list[int]) -> frozenset[tuple[int, int]]:
    place = {c: i for i, c in enumerate(kept)}
    return frozenset((row, place[c]) for row, c in cells if c in place)
