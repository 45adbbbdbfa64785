"""Tables on a page of a PDF: with rules all round, or only below the rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from statistics import median
from typing import Any

from jevn.participation.opening.lines import line_of
from jevn.participation.opening.pdf_page import Row

Box = tuple[float, float, float, float]


def table_rows(page: Any, number: int, words: list[dict[str, Any]]) -> list[tuple[Box, list[Row]]]:
    """The tables of a page: where each stands, and its rows.

    Args:
        page: the page.
        number: its number.
        words: its words.
    """
    if not 4 <= len(page.edges) <= 5000:
        return []
    found = _filled(page.find_tables())
    if not found:
        found = [
            table for how in _half_ruled(page, words) for table in _filled(page.find_tables(how))
        ]
    return [(box, _rows(box, cells, number, words)) for box, cells in found]


def _filled(tables: list[Any]) -> list[tuple[Box, list[Any]]]:
    """Those that have at least two columns and rows, and text in a third of their cells."""
    found: list[tuple[Box, list[Any]]] = []
    for table in tables:
        cells = table.extract(x_tolerance_ratio=0.16)
        filled = sum(bool(cell and cell.strip()) for row in cells for cell in row)
        wide = max((len(row) for row in cells), default=0)
        if wide >= 2 and len(cells) >= 2 and filled * 3 >= wide * len(cells):
            found.append((table.bbox, cells))
    return found


def _half_ruled(page: Any, words: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """How to find tables whose cells only have rules below them, from where these begin and end.

    The row above the first rule is the head; its upper end is that of its words.
    """
    ruled: dict[int, set[int]] = {}
    for edge in page.edges:
        if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > 6:
            ruled.setdefault(round(edge["top"]), set()).update(
                (round(edge["x0"]), round(edge["x1"]))
            )
    heights = sorted(height for height, bounds in ruled.items() if len(bounds) >= 3)
    for _, same in groupby(heights, key=lambda height: ruled[height]):
        rules = list(same)
        if len(rules) < 2:
            continue
        bounds = sorted(ruled[rules[0]])
        head = [
            w["top"] for w in words if rules[0] - 30 < w["top"] < rules[0] and w["x0"] < bounds[-1]
        ]
        yield {
            "vertical_strategy": "explicit",
            "explicit_vertical_lines": bounds,
            "horizontal_strategy": "explicit",
            "explicit_horizontal_lines": [min(head, default=rules[0]) - 1, *rules],
        }


def _rows(box: Box, cells: list[Any], number: int, words: list[dict[str, Any]]) -> list[Row]:
    size = median([w["size"] for w in words if within(w, box)] or [0.0])
    height = (box[3] - box[1]) / len(cells)
    rows = []
    for i, row in enumerate(cells):
        texts = tuple(_unwrapped(cell or "") for cell in row)
        top = box[1] + i * height
        rows.append(Row("", box[0], box[2], top, top + height, size, False, number, cells=texts))
    return rows


def _unwrapped(cell: str) -> str:
    """A cell's text with broken lines put together; items of a list stay apart."""
    parts: list[str] = []
    for line in cell.split("\n"):
        item = line_of(1, line).kind in ("bullet", "numbered")
        if parts and not item:
            last = parts[-1]
            joins = last.endswith("-") and line[:1].islower()
            parts[-1] = last[:-1] + line if joins else f"{last} {line}"
        else:
            parts.append(line)
    return "\n".join(part.strip() for part in parts if part.strip())


def within(word: dict[str, Any], box: Box) -> bool:
    """Whether a word stands in a box."""
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])
