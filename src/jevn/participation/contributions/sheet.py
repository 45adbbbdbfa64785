"""Finding the sheet and the headings that a mapping names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jevn.participation.contributions.mapping import ColumnMapping
from jevn.sources.sheets import Cell, Sheet, read_sheets, said
from jevn.tables.faults import shorten
from jevn.tables.raw import heading_key
from jevn.terms import InputRefused, Problem

LARGEST: Final = 50_000_000
"""Bytes a spreadsheet of contributions may have."""

_WITHIN = 25


@dataclass(frozen=True, slots=True)
class Answers:
    """The rows of a sheet below its headings.

    Attributes:
        headings: one text per column.
        rows: line in the file, and its cells.
        header: line of the (last) heading.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    header: int

    def place(self, heading: str) -> int:
        """Position of a column by its heading."""
        key = heading_key(heading)
        return next(i for i, h in enumerate(self.headings) if heading_key(h) == key)


def sheets_of(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a file that is not too large.

    Raises:
        InputRefused: ``contributions_large``, and those of reading sheets.
    """
    if path.is_file() and path.stat().st_size > LARGEST:
        params = {"most": LARGEST // 1_000_000}
        raise InputRefused([Problem("contributions_large", path.name, params=params)])
    return read_sheets(path)


def answers_of(path: Path, mapping: ColumnMapping) -> Answers:
    """The rows that a mapping is about.

    Raises:
        InputRefused: ``contributions_sheet`` (no such sheet), ``contributions_heading`` (a
            heading that is not there), ``contributions_heading_twice``.
    """
    sheets = sheets_of(path)
    if mapping.sheet is not None:
        named = [s for s in sheets if heading_key(s.name or "") == heading_key(mapping.sheet)]
        if not named:
            names = ", ".join(s.name or "–" for s in sheets)
            params = {"given": mapping.sheet, "names": names}
            raise InputRefused([Problem("contributions_sheet", path.name, params=params)])
        sheets = tuple(named)
    tried = [_below(sheet, mapping) for sheet in sheets]
    best = max(tried, key=lambda found: _count(found.headings, mapping.headings))
    _check(best, mapping, path.name)
    return best


def below(sheet: Sheet, first: int, last: int) -> Answers:
    """Rows below the headings in the lines ``first`` to ``last`` of a sheet."""
    head = [line for n, line in zip(sheet.numbers, sheet.lines, strict=True) if first <= n <= last]
    width = max((len(line) for line in sheet.lines), default=0)
    headings = []
    for at in range(width):
        parts = [said(line[at]) for line in head if at < len(line)]
        headings.append(" – ".join(dict.fromkeys(p for p in parts if p)))
    rows = tuple((n, line) for n, line in zip(sheet.numbers, sheet.lines, strict=True) if n > last)
    return Answers(tuple(headings), rows, last)


def _below(sheet: Sheet, mapping: ColumnMapping) -> Answers:
    if mapping.header is not None:
        return below(sheet, *mapping.header)
    lines = list(zip(sheet.numbers[:_WITHIN], sheet.lines[:_WITHIN], strict=True))
    if not lines:
        return Answers((), (), 1)
    number, _ = max(lines, key=lambda entry: _count([said(c) for c in entry[1]], mapping.headings))
    return below(sheet, number, number)


def _count(headings: Sequence[str], wanted: Sequence[str]) -> int:
    there = {heading_key(h) for h in headings}
    return sum(heading_key(w) in there for w in wanted)


def _check(found: Answers, mapping: ColumnMapping, file: str) -> None:
    keys = [heading_key(h) for h in found.headings]
    problems = []
    for wanted in mapping.headings:
        times = keys.count(heading_key(wanted))
        if times == 1:
            continue
        seen = shorten(", ".join(shorten(h, 40) for h in found.headings if h), 400)
        id = "contributions_heading_twice" if times else "contributions_heading"
        params = {"given": shorten(wanted), "seen": seen}
        problems.append(Problem(id, file, found.header, params=params))
    if problems:
        raise InputRefused(problems)
