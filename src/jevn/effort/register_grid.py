"""The tables within a register: a sheet, where its headings stand, and its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jevn.effort.grid import (
    HEADER_WITHIN,
    Cell,
    Reading,
    cell_text,
    heading_texts,
    readings,
)
from jevn.effort.register_words import column_of, counts_users, group_of
from jevn.terms import InputRefused, Problem, SocialDimension

_TELLING = {"area", "function", "reach", "target_group", "net_nok", "gross_nok", "users", "fte"}
_LEAST_TELLING = 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of services.

    Attributes:
        name: name of the sheet; ``None`` in a text file.
        texts: heading of each column.
        columns: column of the register -> place among the columns.
        titles: texts above the headings.
        lines: (line in the file, cells) below the headings.
        header_line: line of the headings (the lower of two).
        comma: decimals are by comma.
    """

    name: str | None
    texts: tuple[str, ...]
    columns: Mapping[str, int]
    titles: tuple[str, ...]
    lines: tuple[tuple[int, tuple[Cell, ...]], ...]
    header_line: int
    comma: bool

    def groups(self, zones: Mapping[str, str]) -> dict[int, tuple[SocialDimension, str]]:
        """Columns that count users of a social group or zone."""
        taken = set(self.columns.values())
        found = {i: group_of(t, zones) for i, t in enumerate(self.texts) if i not in taken}
        return {i: group for i, group in found.items() if group is not None}


def find_sheets(path: Path) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """Every table of services in a file, and the names of the sheets that hold none.

    A sheet counts when it names the service and at least two things about it (area, function,
    reach, money …). Of a text file's separators the one that names most columns is used.

    Raises:
        InputRefused: ``effort_register_no_header`` if no sheet holds such a table.
    """
    given = readings(path)
    found = [(reading, _find(reading)) for reading in given]
    sheets = [s for _, s in found if s is not None]
    if not sheets:
        raise InputRefused([Problem("effort_register_no_header", path.name)])
    if all(name is None for (name, _, _), _ in found):
        return (max(sheets, key=lambda s: len(s.columns)),), ()
    left = tuple(name for (name, _, lines), s in found if s is None and name and any(lines))
    return tuple(sheets), left


def _find(reading: Reading) -> Sheet | None:
    name, comma, lines = reading
    best: Sheet | None = None
    for at in range(min(len(lines), HEADER_WITHIN)):
        for height in (1, 2):
            texts = _spread(lines[at], heading_texts(lines, at, height))
            columns = _columns(texts)
            if "name" not in columns or len(_TELLING & set(columns)) < _LEAST_TELLING:
                continue
            if best is not None and _named(texts) <= _named(best.texts):
                continue
            best = Sheet(
                name,
                texts,
                columns,
                tuple(c for line in lines[:at] for c in line if isinstance(c, str)),
                tuple((i + 1, lines[i]) for i in range(at + height, len(lines))),
                at + height,
                comma,
            )
    return best


def _spread(upper: Sequence[Cell], texts: tuple[str, ...]) -> tuple[str, ...]:
    """Headings of groups with the heading above them that says they count users."""
    above, found = "", []
    for i, text in enumerate(texts):
        top = cell_text(upper[i]) if i < len(upper) else ""
        above = top or above
        counts = counts_users(above) and above not in text
        found.append(f"{above} {text}" if text and counts and column_of(text) is None else text)
    return tuple(found)


def _named(texts: Sequence[str]) -> int:
    """How many headings are understood, users of groups among them."""
    return len(_columns(texts)) + sum(group_of(t, {}) is not None for t in texts)


def _columns(texts: Sequence[str]) -> dict[str, int]:
    """The columns understood; the first of several with one meaning counts."""
    found: dict[str, int] = {}
    for at, text in enumerate(texts):
        column = column_of(text)
        if column is not None:
            found.setdefault(column, at)
    return found
