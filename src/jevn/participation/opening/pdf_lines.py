"""From rows on pages to lines: what is a heading, what goes on from the row above."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from jevn.participation.opening.lines import Line, line_of, tidy
from jevn.participation.opening.pdf_page import Page, Row

_DIGITS = re.compile(r"\d+")
_MARGIN = 0.13
_STOP = (".", "!", "?", ":")


@dataclass(frozen=True, slots=True)
class _Place:
    """What tells whether a row goes on from the one above; lengths in points.

    Attributes:
        hang: where the text of the last item or paragraph begins, from its column's left edge.
        left: where its mark begins.
        lefts: left edge of each column.
        edges: right edge of each column.
        leading: usual distance from row to row.
        body: usual size of letters.
    """

    hang: float
    left: float
    lefts: dict[int, float]
    edges: dict[int, float]
    leading: float
    body: float


def lines_of_pages(pages: list[Page]) -> tuple[Line, ...]:
    """Lines of all pages, numbered through, with blank lines where there is room between rows."""
    body = _body_size(pages)
    furniture = _furniture(pages, body)
    sizes = sorted({r.size for p in pages for r in p.rows if r.size > body + 0.6}, reverse=True)
    level = {size: min(i, 6) for i, size in enumerate(sizes, start=1)}
    edges, lefts = _right_edges(pages, furniture), _left_edges(pages)
    lines: list[Line] = []
    before: Row | None = None
    hang = left = 0.0

    def add(line: Line) -> None:
        lines.append(replace(line, number=len(lines) + 1))

    for page in pages:
        if not page.rows and page.pictured:
            add(Line(0, "unread", "", page=page.number))
        if page.number > 1:
            add(Line(0, "furniture", "", page=page.number))
        leading = _leading(page.rows, body)
        for row in page.rows:
            if id(row) in furniture:
                add(Line(0, "furniture", row.text, page=row.page))
                continue
            if before is not None and _apart(before, row, leading, body):
                add(Line(0, "blank", "", page=row.page))
            line = _line(row, level.get(row.size, 0))
            if before is not None and line.kind not in ("furniture", "contents", "row"):
                goes_on = _goes_on(
                    before, row, line, _Place(hang, left, lefts, edges, leading, body)
                )
                line = replace(line, goes_on=goes_on)
            if line.goes_on is not True:
                hang, left = (x - lefts[row.column] for x in (_hang(row, line), row.x0))
            add(line)
            before = row
    return tuple(lines)


def _line(row: Row, level: int) -> Line:
    if row.cells:
        return Line(0, "row", "", cells=row.cells, page=row.page, goes_on=False)
    text = tidy(row.text)
    line = line_of(0, " " * round(row.x0 / 5.5) + text)
    if level and line.kind in ("text", "bullet", "numbered"):
        return Line(0, "heading", " ".join(text.split()), level=level, page=row.page)
    return replace(line, bold=line.bold or row.bold, page=row.page)


def _hang(row: Row, line: Line) -> float:
    """Where the text of a list item begins, and with it the rows below; else the row's start."""
    if line.kind in ("bullet", "numbered") and len(row.starts) > 1:
        marks = len(line.mark.split()) or 1
        return row.starts[min(marks, len(row.starts) - 1)]
    return row.x0


def _goes_on(
    before: Row,
    row: Row,
    line: Line,
    place: _Place,
) -> bool | None:
    """Whether the layout says that a row is the rest of the one above it."""
    if (
        before.cells
        or abs(before.size - row.size) > 0.6
        or _apart(before, row, place.leading, place.body)
    ):
        return False
    if line.kind in ("bullet", "numbered") or before.bold != row.bold:
        return True if _dash_inside(before, row, line, place) else None
    follows = before.page == row.page and before.column == row.column
    lower = row.text[:1].islower()
    if line.kind == "heading" and lower and follows and not before.text.endswith(_STOP):
        return True
    if _fits(before, row, place.edges):
        return None if lower or before.text.endswith("-") else False
    if line.kind == "heading":
        return True if follows else None
    hanging = abs(row.x0 - place.lefts[row.column] - place.hang) <= 4
    if follows and hanging:
        return True
    sure = hanging and (place.hang > place.left + 4 or not before.text.endswith(_STOP))
    return True if lower or sure else None


def _dash_inside(before: Row, row: Row, line: Line, place: _Place) -> bool:
    """Whether a dash at a row's start stands inside the text that goes on from the row above."""
    aligned = abs(row.x0 - place.lefts[row.column] - place.hang) <= 4
    lower = line.text[:1].islower() and line.mark in ("-", "–", "—")
    open_end = not before.text.endswith(_STOP) and before.bold == row.bold
    return lower and aligned and open_end and not _fits(before, row, place.edges)


def _fits(before: Row, row: Row, edges: dict[int, float]) -> bool:
    """Whether the row's first word had room at the end of the row above."""
    edge = edges.get(before.column, before.x1)
    first = row.ends[0] - row.starts[0] if row.starts else 0.0
    return before.x1 + 0.25 * row.size + first < edge - 0.5


def _right_edges(pages: list[Page], furniture: set[int]) -> dict[int, float]:
    """How far to the right rows reach, per column; rows over both columns do not count."""
    edges: dict[int, float] = {}
    for page in pages:
        second = min((row.x0 for row in page.rows if row.column), default=page.width)
        heads = {id(row) for row in _at_edges(page)} if len(page.rows) > 12 else set()
        for row in page.rows:
            if id(row) in heads:
                continue
            over = row.column == 0 and row.x1 > second
            if not (row.cells or over or id(row) in furniture):
                edges[row.column] = max(edges.get(row.column, 0.0), row.x1)
    return edges


def _left_edges(pages: list[Page]) -> dict[int, float]:
    """Where rows begin furthest to the left, per column."""
    edges: dict[int, float] = {}
    for page in pages:
        for row in page.rows:
            edges[row.column] = min(edges.get(row.column, row.x0), row.x0)
    return edges


def _leading(rows: list[Row], body: float) -> float:
    """Usual distance from one row to the next within a text of the usual size."""
    steps = [
        b.bottom - a.bottom
        for a, b in pairwise(rows)
        if a.column == b.column
        and max(abs(a.size - body), abs(b.size - body)) < 0.6
        and not (a.cells or b.cells)
    ]
    steps = [step for step in steps if 2 < step < 2.2 * body]
    if not steps:
        return 1.25 * body
    least = sorted(steps)[len(steps) // 10]
    return median(step for step in steps if step <= 1.2 * least)


def _apart(before: Row, row: Row, leading: float, body: float) -> bool:
    """Whether there is more room between two rows than inside a text."""
    if before.page != row.page or before.column != row.column:
        return False
    if before.cells or row.cells:
        return not (before.cells and row.cells)
    size = max(before.size, row.size)
    usual = leading if size < body + 0.6 else min(leading / max(body, 1.0), 1.4) * size
    return row.bottom - before.bottom > 1.18 * usual + 0.5


def _body_size(pages: list[Page]) -> float:
    counts: Counter[float] = Counter()
    for page in pages:
        for row in page.rows:
            counts[row.size] += len(row.text) + sum(map(len, row.cells))
    return counts.most_common(1)[0][0] if counts else 0.0


def _furniture(pages: list[Page], body: float) -> set[int]:
    """Rows at the top and foot that come back on other pages, small print, and page numbers."""
    at: dict[tuple[str, int], list[Row]] = {}
    for page in pages:
        for row in _at_edges(page):
            key = (_DIGITS.sub("#", row.text), round(row.top / 6))
            at.setdefault(key, []).append(row)
    found = {id(row) for page in pages for row in _at_edges(page) if _small_print(page, row, body)}
    for (text, _), rows in at.items():
        again = len({row.page for row in rows}) >= max(2, 0.3 * len(pages))
        if again or text.strip(" -–—") == "#":
            found |= {id(row) for row in rows}
    return found | set(_joined_furniture(pages, found))


def _small_print(page: Page, row: Row, body: float) -> bool:
    """Whether a row stands outside the text: in the outermost margin, in smaller letters."""
    outside = row.bottom < page.height * 0.065 or row.top > page.height * 0.935
    return outside and row.size <= 0.88 * body


def _joined_furniture(pages: list[Page], found: set[int]) -> Iterator[int]:
    """Running heads that stand in two columns on other pages and in one row here."""
    heads: dict[int, set[str]] = {}
    for page in pages:
        for row in page.rows:
            if id(row) in found:
                heads.setdefault(round(row.top / 6), set()).add(row.text)
    for page in pages:
        for row in _at_edges(page):
            parts = heads.get(round(row.top / 6), set())
            if sum(part in row.text for part in parts) >= 2:
                yield id(row)


def _at_edges(page: Page) -> Iterator[Row]:
    rows = [row for row in page.rows if not row.cells]
    top = [row for row in rows if row.bottom < page.height * _MARGIN]
    foot = [row for row in rows if row.top > page.height * (1 - _MARGIN)]
    yield from sorted(top, key=lambda r: r.top)[:3]
    yield from sorted(foot, key=lambda r: -r.bottom)[:3]
