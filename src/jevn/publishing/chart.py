"""A chart as a value: finding, subtitle, source, text summary, table and vector picture."""

from __future__ import annotations

from dataclasses import dataclass

Cell = str | float | int | None


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The numbers behind a chart: headings and rows, already in the reader's language."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A finished chart.

    Attributes:
        id: file-name-safe id, unique within the dossier and language.
        title: the finding in words.
        subtitle: what is shown, with unit and period.
        source: source line.
        summary: text summary that stands for the picture (alt text).
        table: the same as a table.
        svg: the picture as SVG text.
        width: natural width in pixels.
        height: natural height in pixels.
    """

    id: str
    title: str
    subtitle: str
    source: str
    summary: str
    table: ChartTable
    svg: str
    width: int
    height: int
