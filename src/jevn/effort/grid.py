"""An export from an economy system as a grid: lines of cells, with the headings found."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from jevn.tables.delimited import decode
from jevn.terms import InputRefused, Problem

Cell = str | float | None
"""A cell: text, a number typed as such in a workbook, or empty."""

Reading = tuple[str | None, bool, list[tuple[Cell, ...]]]
"""Name of the sheet, whether decimals are by comma, and the lines."""

Role = Literal["year", "function", "type", "responsibility", "amount", "class"]

HEADER_WITHIN = 60
"""Headings are looked for in this many lines from the top."""

_WORDS: dict[str, Role] = {
    "år": "year", "year": "year", "regnskapsår": "year", "rekneskapsår": "year",
    "funksjon": "function", "funksjonskode": "function", "kostrafunksjon": "function",
    "kostra-funksjon": "function", "kostra funksjon": "function", "funksjon (t)": "function",
    "tjeneste": "function", "teneste": "function", "function": "function", "funk": "function",
    "art": "type", "artskode": "type", "konto": "type", "kostraart": "type",
    "kostra-art": "type", "kostra art": "type", "artskonto": "type", "type": "type",
    "ansvar": "responsibility", "ansvarssted": "responsibility", "enhet": "responsibility",
    "ansvarsområde": "responsibility", "responsibility": "responsibility",
    "kostnadssted": "responsibility", "virksomhet": "responsibility", "eining": "responsibility",
    "kontoklasse": "class", "regnskapstype": "class", "drift/investering": "class",
}  # fmt: skip

_AMOUNT = re.compile(
    r"^(hittil |sum |totalt |netto )?"
    r"(beløp|belop|amount|regnskap|rekneskap|regnsk\.?|rekn\.?|r|saldo|bokført|bokførte?|sum|kroner)"
    r"( i år| hittil( i år)?| per? 31\.12\.?)?"
    r"( ?(?P<year>20\d\d))?( ?\((i )?[^)]*\))?( i [\w .]+)?$"
)
_CODE_TAIL = re.compile(r"[ (_-]*(nr|nummer|kode|id|t)\.?\)?$")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a column holds; ``year`` if its heading says which year's amounts."""

    at: int
    text: str
    role: Role
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """The table within an export.

    Attributes:
        titles: texts of the lines above the headings.
        headings: the columns that are understood.
        ignored: headings of the other columns.
        lines: (line in the file, cells) of every line below the headings.
        header_line: line of the headings (the lower of two).
        sheet: name of the sheet, in a workbook.
        comma: whether cells are parted by semicolons, so that decimals are by comma.
    """

    titles: tuple[str, ...]
    headings: tuple[Heading, ...]
    ignored: tuple[str, ...]
    lines: tuple[tuple[int, tuple[Cell, ...]], ...]
    header_line: int
    sheet: str | None
    comma: bool

    def of(self, role: Role) -> tuple[Heading, ...]:
        """The columns with this role."""
        return tuple(h for h in self.headings if h.role == role)


def read_grid(path: Path) -> Grid:
    """Find the table in a CSV or XLSX export.

    The headings may stand on any of the first lines, and on two lines (``Regnskap`` above
    ``2026``). Of several readings (separators, sheets, lines) the one that names most columns
    is used, and of those the first.

    Raises:
        InputRefused: ``effort_import_unreadable``, ``effort_import_no_header``.
    """
    best: Grid | None = None
    for sheet, comma, lines in readings(path):
        grid = _find(lines, sheet, comma=comma)
        if grid and (best is None or len(grid.headings) > len(best.headings)):
            best = grid
    if best is None:
        raise InputRefused([Problem("effort_import_no_header", path.name)])
    return best


def readings(path: Path) -> list[Reading]:
    """Every way to read a file as lines of cells: by separator, or by sheet.

    Raises:
        InputRefused: ``effort_import_unreadable``.
    """
    try:
        if path.suffix.casefold() in (".xlsx", ".xlsm"):
            return _workbook(path)
        text = decode(path.read_bytes(), path.name)
    except OSError as error:
        params = {"why": error.strerror or "–"}
        raise InputRefused(
            [Problem("effort_import_unreadable", path.name, params=params)]
        ) from None
    found: list[Reading] = []
    for separator in ";\t,":
        try:
            rows = list(csv.reader(io.StringIO(text), delimiter=separator))
        except csv.Error:
            continue
        lines: list[tuple[Cell, ...]] = [tuple(c.strip() or None for c in row) for row in rows]
        found.append((None, separator == ";", lines))
    return found


def _workbook(path: Path) -> list[Reading]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        params = {"why": str(error)[:200] or "–"}
        raise InputRefused(
            [Problem("effort_import_unreadable", path.name, params=params)]
        ) from None
    try:
        return [
            (
                sheet.title,
                True,
                [tuple(map(_cell, row)) for row in sheet.iter_rows(values_only=True)],
            )
            for sheet in book.worksheets
        ]
    finally:
        book.close()


def _cell(value: object) -> Cell:
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return str(value).strip() or None


def _find(lines: Sequence[tuple[Cell, ...]], sheet: str | None, *, comma: bool) -> Grid | None:
    best: tuple[tuple[int, int], int, tuple[Heading, ...], tuple[str, ...], int] | None = None
    for at in range(min(len(lines), HEADER_WITHIN)):
        for height in (1, 2):
            texts = heading_texts(lines, at, height)
            headings = _headings(texts)
            roles = {h.role for h in headings}
            if not {"function", "amount"} <= roles:
                continue
            score = (len(headings), sum(h.year is not None for h in headings))
            if best is None or score > best[0]:
                best = (score, at, headings, texts, height)
    if best is None:
        return None
    _, at, headings, texts, height = best
    used = {h.at for h in headings}
    return Grid(
        titles=tuple(c for line in lines[:at] for c in line if isinstance(c, str)),
        headings=headings,
        ignored=tuple(t for i, t in enumerate(texts) if t and i not in used),
        lines=tuple((i + 1, lines[i]) for i in range(at + height, len(lines))),
        header_line=at + height,
        sheet=sheet,
        comma=comma,
    )


def heading_texts(lines: Sequence[tuple[Cell, ...]], at: int, height: int) -> tuple[str, ...]:
    """Heading per column; of two lines both together, the upper one spread to the right."""
    if height == 1:
        return tuple(cell_text(c) for c in lines[at])
    if at + 1 >= len(lines):
        return ()
    upper, lower = lines[at], lines[at + 1]
    texts, spread = [], ""
    for i in range(max(len(upper), len(lower))):
        top = cell_text(upper[i]) if i < len(upper) else ""
        spread = top or spread
        bottom = cell_text(lower[i]) if i < len(lower) else ""
        together = bool(bottom) and (bool(top) or bool(re.fullmatch(r"20\d\d", bottom)))
        texts.append(f"{spread} {bottom}".strip() if together else (bottom or top))
    return tuple(texts)


def cell_text(cell: Cell) -> str:
    """A cell as text: whole numbers without decimals, single spaces."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    return " ".join(cell.split()) if cell else ""


def _headings(texts: Sequence[str]) -> tuple[Heading, ...]:
    """The columns understood. Of several with one role the first counts, but art before konto."""
    found: list[Heading] = []
    for at, text in enumerate(texts):
        key = text.casefold().rstrip(":")
        role = _WORDS.get(key) or _WORDS.get(_CODE_TAIL.sub("", key))
        amount = _AMOUNT.match(key)
        taken = next((h for h in found if h.role == role), None)
        if role == "type" and taken and "konto" in taken.text.casefold() and "art" in key:
            found.remove(taken)
            taken = None
        if role and taken is None:
            found.append(Heading(at, text, role))
        elif amount and not role:
            year = amount["year"]
            found.append(Heading(at, text, "amount", int(year) if year else None))
    return tuple(found)
