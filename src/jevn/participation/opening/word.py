"""Word files: headings by style, lists with their marks, tables row by row.

Tracked changes are read as accepted. Comments, headers, footers, footnotes and hidden text are
left out; text boxes come after the paragraph they are tied to.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from jevn.participation.opening.lines import Line, line_of, plain, tidy
from jevn.participation.opening.word_styles import Numbering, Styles

_SKIPPED = {
    qn(f"w:{name}")
    for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "txbxContent", "ruby")
} | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_SYMBOL_FONTS = ("wingdings", "symbol", "webdings")


def read(data: bytes) -> tuple[tuple[Line, ...], str | None, str | None]:
    """Lines of a Word file, its title and the date it was made (ISO), if it says so."""
    document = Document(io.BytesIO(data))
    reader = _Reader(Styles(document), Numbering(document))
    reader.take(document.element.body)
    properties = document.core_properties
    made = properties.created
    title = (properties.title or "").strip() or None
    return tuple(reader.lines), title, made.date().isoformat() if made else None


class _Reader:
    """Walks through the document and keeps the lines, numbered by paragraph and row."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.styles = styles
        self.numbering = numbering
        self.lines: list[Line] = []
        self.number = 0
        self.pending = ""

    def take(self, container: Any) -> None:
        for element in container:
            if element.tag == qn("w:p"):
                self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                self._table(element)
            elif element.tag in (qn("w:sdt"), qn("w:smartTag"), qn("w:customXml"), qn("w:ins")):
                inner = element.find(qn("w:sdtContent"))
                self.take(element if inner is None else inner)

    def _paragraph(self, element: Any) -> None:
        text = self.pending + text_of(element)
        self.pending = ""
        if _mark_deleted(element):
            self.pending = text
            return
        for row in tidy(text).split("\n"):
            self.number += 1
            first = row is text or not self.lines or self.lines[-1].number != self.number - 1
            self.lines.append(self._line(element, row, first))
        for box in _boxes(element):
            self.take(box)

    def _line(self, element: Any, text: str, first: bool) -> Line:
        text = text.strip()
        if not text:
            return Line(self.number, "blank", "")
        style = self.styles.of(element)
        if style.contents:
            return self._contents(text)
        level = self.styles.level(element)
        if level and len(text) <= 300:
            return Line(self.number, "heading", plain(text), level=level, goes_on=False)
        item = self.numbering.item(element, self.styles)
        bold = style.bold_text(element)
        if item is not None:
            mark, rank, indent = item
            kind = line_of(self.number, f"{mark} x").kind if rank is None else "numbered"
            line = Line(self.number, kind, plain(text), indent, bold=bold, rank=rank, mark=mark)
        else:
            line = line_of(self.number, text)
            line = replace(line, bold=line.bold or bold)
        return replace(line, width=len(text), goes_on=False)

    def _contents(self, text: str) -> Line:
        line = line_of(self.number, text)
        if line.kind == "contents":
            return line
        return Line(self.number, "contents", plain(text.rstrip("0123456789 \t.")))

    def _table(self, table: Any) -> None:
        rows = [self._cells(row) for row in table.iter(qn("w:tr")) if _owner(row) is table]
        if max((len(cells) for cells in rows), default=0) == 1:
            for row in table.iter(qn("w:tc")):
                if _owner(row) is table:
                    self.take(row)
            return
        for cells in rows:
            self.number += 1
            self.lines.append(Line(self.number, "row", "", cells=tuple(cells), goes_on=False))
        self.number += 1
        self.lines.append(Line(self.number, "blank", ""))

    def _cells(self, row: Any) -> list[str]:
        cells: list[str] = []
        for cell in row.iter(qn("w:tc")):
            if _owner(cell) is not _owner(row):
                continue
            properties = cell.find(qn("w:tcPr"))
            span = None if properties is None else properties.find(qn("w:gridSpan"))
            parts = [self._cell_text(p) for p in cell.iter(qn("w:p"))]
            cells.append("\n".join(part for part in parts if part))
            cells += [""] * (int(span.get(qn("w:val"), "1")) - 1 if span is not None else 0)
        return cells

    def _cell_text(self, element: Any) -> str:
        rows = (plain(row) for row in tidy(text_of(element)).split("\n"))
        text = "\n".join(row for row in rows if row)
        item = self.numbering.item(element, self.styles) if text else None
        if item is None:
            return text
        mark, rank, _ = item
        return f"{rank}. {text}" if rank is not None else f"{mark} {text}"


def text_of(element: Any) -> str:
    """Text of a paragraph with changes accepted; line breaks as line feeds, tabs as tabs."""
    return "".join(_pieces(element))


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            continue
        if tag == qn("w:r") and _hidden(child):
            continue
        if tag == qn("w:t"):
            yield child.text or ""
        elif tag == qn("w:tab"):
            yield "\t"
        elif tag in (qn("w:br"), qn("w:cr")):
            yield "\n" if child.get(qn("w:type")) in (None, "textWrapping") else ""
        elif tag == qn("w:noBreakHyphen"):
            yield "-"
        elif tag == qn("w:sym"):
            font = (child.get(qn("w:font")) or "").lower()
            yield "•" if any(name in font for name in _SYMBOL_FONTS) else ""
        else:
            yield from _pieces(child)


def _hidden(run: Any) -> bool:
    properties = run.find(qn("w:rPr"))
    found = None if properties is None else properties.find(qn("w:vanish"))
    return found is not None and found.get(qn("w:val")) not in ("0", "false")


def _mark_deleted(paragraph: Any) -> bool:
    """Whether the end of the paragraph is deleted, so that the next one goes on from it."""
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None


def _boxes(paragraph: Any) -> Iterator[Any]:
    """Text boxes of a paragraph, each once (Word stores them twice)."""
    for box in paragraph.iter(qn("w:txbxContent")):
        above = {parent.tag for parent in box.iterancestors()}
        if not any(str(tag).endswith("}Fallback") for tag in above):
            yield box


def _owner(element: Any) -> Any:
    return next(iter(element.iterancestors(qn("w:tbl"))), None)
