"""A document as DOCX with real styles, headings, table headers and text alternatives."""

from __future__ import annotations

import io
from functools import singledispatch
from pathlib import Path
from typing import Any

from jevn.publishing.charts.render import png
from jevn.publishing.documents.model import (
    Block,
    Bullets,
    Document,
    Facts,
    Feature,
    Heading,
    Note,
    Paragraph,
    Picture,
    Table,
    Text,
)
from jevn.publishing.documents.typeset import drawn_width, ended
from jevn.publishing.documents.word_front import cover, masthead, prepare
from jevn.publishing.zipped import same_bytes

_TEXT_WIDTH_CM = 16.0
_FEATURE_SCALE = 0.8
_TONES = {"worse": "FBE0CD", "same": "EEF0F3", "better": "DBEAF8"}


def write_docx(document: Document, path: Path) -> None:
    """Write a document as DOCX. The same document gives the same bytes.

    Args:
        document: the document.
        path: the file to write.
    """
    import docx
    from docx.shared import Pt

    word = docx.Document()
    prepare(word, document)
    if document.form != "report":
        masthead(word, document)
    else:
        cover(word, document)
    first = True
    for block in document.blocks:
        _block(block, word)
        if document.form == "sheets" and isinstance(block, Paragraph) and block.style == "lead":
            for run in word.paragraphs[-1].runs:
                run.font.size = Pt(11)
        if isinstance(block, Heading) and block.level == 1:
            # The first page begins with the title, and a paper flows on.
            if document.form == "paper" or (first and document.form == "sheets"):
                word.paragraphs[-1].paragraph_format.page_break_before = False
            first = False
    buffer = io.BytesIO()
    word.save(buffer)
    path.write_bytes(same_bytes(buffer.getvalue()))


@singledispatch
def _block(block: Block, word: Any) -> None:
    raise TypeError(type(block))


@_block.register
def _(block: Heading, word: Any) -> None:
    heading = word.add_heading(block.text, level=block.level)
    if block.level == 1:
        heading.paragraph_format.page_break_before = True
    if block.anchor:
        _bookmark(heading, block.anchor)


def _bookmark(paragraph: Any, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    number = str(len(paragraph.part.element.findall(".//" + qn("w:bookmarkStart"))) + 1)
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), number)
    start.set(qn("w:name"), name[:40])
    end.set(qn("w:id"), number)
    paragraph._p.insert(1, start)
    paragraph._p.append(end)


@_block.register
def _(block: Paragraph, word: Any) -> None:
    from docx.shared import Pt

    paragraph = word.add_paragraph()
    _fill(paragraph, block.text)
    if block.style == "small":
        for run in paragraph.runs:
            run.font.size = Pt(8.5)
    elif block.style == "lead":
        for run in paragraph.runs:
            run.font.size = Pt(13)


@_block.register
def _(block: Bullets, word: Any) -> None:
    style = "List Number" if block.numbered else "List Bullet"
    for item in block.items:
        _fill(word.add_paragraph(style=style), item)


@_block.register
def _(block: Note, word: Any) -> None:
    paragraph = word.add_paragraph(style="Intense Quote")
    paragraph.add_run(block.title + ". ").bold = True
    _fill(paragraph, block.text)


@_block.register
def _(block: Facts, word: Any) -> None:
    caption = word.add_paragraph(style="Caption")
    caption.add_run(block.title)
    caption.paragraph_format.keep_with_next = True
    _grid(
        word, None, tuple((name, value) for name, value in block.pairs), (1.0, 2.6), (False, False)
    )


@_block.register
def _(block: Table, word: Any) -> None:
    caption = word.add_paragraph(style="Caption")
    caption.add_run(block.caption)
    caption.paragraph_format.keep_with_next = True
    _grid(word, block.headings, block.rows, block.widths, block.numeric, block.tones)


def _grid(
    word: Any,
    headings: tuple[str, ...] | None,
    rows: tuple[tuple[str, ...], ...],
    widths: tuple[float, ...],
    numeric: tuple[bool, ...],
    tones: tuple[tuple[str, ...], ...] = (),
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    lines = ((headings,) if headings else ()) + rows
    grid = word.add_table(rows=len(lines), cols=len(widths), style="Light List Accent 1")
    grid.style = word.styles["Table Grid"]
    grid.autofit = False
    total = sum(widths)
    for column, share in zip(grid.columns, widths, strict=True):
        column.width = Cm(_TEXT_WIDTH_CM * share / total)
    for at, (row, texts) in enumerate(zip(grid.rows, lines, strict=True)):
        for cell, value, share, right in zip(row.cells, texts, widths, numeric, strict=True):
            cell.width = Cm(_TEXT_WIDTH_CM * share / total)
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(value)
            run.font.size = Pt(9)
            run.bold = bool(headings) and at == 0
            if right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.space_after = Pt(1)
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if headings and at == 0:
            header = OxmlElement("w:tblHeader")
            header.set(qn("w:val"), "true")
            properties.append(header)
    for row, toned in zip(grid.rows[1:], tones, strict=False):
        for cell, tone in zip(row.cells, toned, strict=True):
            _shade(cell, tone)
    word.add_paragraph().paragraph_format.space_after = Pt(2)


def _shade(cell: Any, tone: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    if tone not in _TONES:
        return
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", _TONES[tone])):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)
    if tone == "worse":
        cell.paragraphs[0].runs[0].bold = True


@_block.register
def _(block: Picture, word: Any) -> None:
    from docx.shared import Cm, Pt

    chart = block.chart
    title = word.add_paragraph()
    title.add_run(chart.title).bold = True
    title.add_run(f"\n{chart.subtitle}").font.size = Pt(9)
    title.paragraph_format.keep_with_next = True
    width = _TEXT_WIDTH_CM * drawn_width(chart) / 640
    word.add_picture(io.BytesIO(png(chart.svg)), width=Cm(width))
    shape = word.inline_shapes[-1]
    properties = shape._inline.docPr
    properties.set("descr", f"{chart.title}. {chart.subtitle}. {chart.summary}")
    properties.set("title", chart.title)
    word.paragraphs[-1].paragraph_format.keep_with_next = True
    word.add_paragraph().add_run(chart.source).font.size = Pt(8)


@_block.register
def _(block: Feature, word: Any) -> None:
    from docx.shared import Cm, Pt

    word.add_heading(block.title, level=3)
    beside = _FEATURE_SCALE * block.width / 10 if block.chart else 0.0
    room = _TEXT_WIDTH_CM - beside - 0.4
    row = word.add_table(rows=1, cols=2 if block.chart else 1)
    row.autofit = False
    cells = row.rows[0].cells
    cells[0].width = Cm(room)
    first = cells[0].paragraphs[0]
    if block.figure:
        run = first.add_run(block.figure)
        run.bold, run.font.size = True, Pt(18)
        cells[0].add_paragraph().add_run(block.caption).font.size = Pt(8.5)
    for n, words in enumerate(block.texts):
        _fill(first if n == 0 and not block.figure else cells[0].add_paragraph(), words)
    if block.chart is None:
        return
    chart = block.chart
    cells[1].width = Cm(beside + 0.4)
    cells[1].paragraphs[0].add_run().add_picture(io.BytesIO(png(chart.svg)), width=Cm(beside))
    properties = cells[1].paragraphs[0]._p.find(".//" + _docpr())
    properties.set("descr", f"{chart.title}. {chart.subtitle}. {chart.summary}")
    properties.set("title", chart.title)
    note = cells[1].add_paragraph().add_run(f"{ended(chart.subtitle)} {chart.source}")
    note.font.size = Pt(7)


def _docpr() -> str:
    from docx.oxml.ns import qn

    return str(qn("wp:docPr"))


def _fill(paragraph: Any, text: Text) -> None:
    for run in text:
        if run.link and run.link.startswith(("https://", "http://", "mailto:")):
            _link(paragraph, run.text, run.link)
            continue
        piece = paragraph.add_run(run.text)
        piece.bold, piece.italic = run.bold or None, run.italic or None


def _link(paragraph: Any, text: str, url: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    target = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link, run, properties = (OxmlElement(f"w:{n}") for n in ("hyperlink", "r", "rPr"))
    link.set(qn("r:id"), target)
    for name, value in (("w:color", "0B5D8A"), ("w:u", "single")):
        mark = OxmlElement(name)
        mark.set(qn("w:val"), value)
        properties.append(mark)
    words = OxmlElement("w:t")
    words.text = text
    words.set(qn("xml:space"), "preserve")
    run.append(properties)
    run.append(words)
    link.append(run)
    paragraph._p.append(link)
