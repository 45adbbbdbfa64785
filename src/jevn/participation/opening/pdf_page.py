"""A page of a PDF as rows that stand at places."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a page where it stands; lengths in points (1/72 inch) from the upper left.

    Attributes:
        text: its words.
        x0: left end.
        x1: right end.
        top: upper end.
        bottom: lower end.
        size: most common size of its letters.
        bold: all its words are bold.
        page: page number from 1.
        column: column of the page from 0; rows of other columns are no neighbours.
        starts: left end of each word.
        ends: right end of each word.
        cells: cells, if it is a row of a table.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    page: int
    column: int = 0
    starts: tuple[float, ...] = ()
    ends: tuple[float, ...] = ()
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its rows in reading order."""

    number: int
    width: float
    height: float
    rows: list[Row] = field(default_factory=list)
    pictured: bool = False
