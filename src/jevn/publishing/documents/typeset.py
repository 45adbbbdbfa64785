"""A document as tagged PDF (PDF/UA-1) through Typst."""

from __future__ import annotations

import tempfile
from datetime import date
from functools import singledispatch
from pathlib import Path

from jevn.publishing.chart import Chart
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
    Run,
    Table,
    Text,
)
from jevn.terms import Say

_TEMPLATES = tuple(Path(__file__).parent / name for name in ("house.typ", "sheets.typ"))
_LINE, _TALLEST = 156.0, 165.0
"""Millimetres: a full line, and the tallest chart that leaves room for headings on its page."""
_FONTS = Path(__file__).parent.parent / "assets" / "vendor" / "fonts"


def write_pdf(document: Document, path: Path) -> None:
    """Write a document as PDF/UA-1. The same document gives the same bytes.

    Args:
        document: the document.
        path: the file to write.
    """
    import typst

    with tempfile.TemporaryDirectory(prefix="jevn-") as folder:
        root = Path(folder)
        charts = [
            block.chart
            for block in document.blocks
            if isinstance(block, Picture | Feature) and block.chart is not None
        ]
        for number, chart in enumerate(charts):
            (root / f"chart-{number}.svg").write_text(chart.svg, "utf-8")
        for template in _TEMPLATES:
            (root / template.name).write_bytes(template.read_bytes())
        (root / "main.typ").write_text(source(document), "utf-8")
        typst.compile(
            str(root / "main.typ"),
            output=str(path),
            root=str(root),
            font_paths=[str(_FONTS)],
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=_seconds(document.date),
        )


def _seconds(day: str) -> int:
    return (date.fromisoformat(day) - date(1970, 1, 1)).days * 86_400


def source(document: Document) -> str:
    """The document as Typst source (charts as files ``chart-0.svg``, ``chart-1.svg``, …)."""
    say = Say(document.language)
    day = date.fromisoformat(document.date)
    form = "house" if document.form == "report" else "sheets"
    lines = [
        '#import "house.typ": *',
        '#import "sheets.typ": *',
        f"#show: {form}.with(",
        f"  title: {_string(document.title)},",
        f"  subtitle: {_string(document.subtitle)},",
        f"  author: {_string(document.author)},",
        f"  status: {_string(document.status)},",
        f"  day: {_string(say.date(day))},",
        f"  date: datetime(year: {day.year}, month: {day.month}, day: {day.day}),",
        f"  lang: {_string(document.language)},",
        f"  notice: {_string(document.notice) if document.notice else 'none'},",
        f"  accent: rgb({_string(document.colour)}),",
        f"  contents: {_string(say('document.contents'))},",
        f"  page-of: {_string(say('document.page'))},",
        ")",
        "",
    ]
    pieces = _pieces(document)
    if document.form == "sheets":
        lines += [f"#sheet[\n{''.join(page)}]\n" for page in _pages(document, pieces)]
    elif document.form == "paper":
        lines += ["#show: flowing", "#masthead()", "", *pieces]
    else:
        lines += pieces
    return "\n".join(lines) + "\n"


def _pieces(document: Document) -> list[str]:
    """Every block as source."""
    pieces, charts = [], 0
    for block in document.blocks:
        if isinstance(block, Picture):
            pieces.append(_picture(block, charts))
            charts += 1
        elif isinstance(block, Feature):
            pieces.append(_feature(block, charts))
            charts += block.chart is not None
        else:
            pieces.append(_block(block))
    return pieces


def _pages(document: Document, pieces: list[str]) -> list[list[str]]:
    """Pieces by page: a heading of level 1 begins one. The first bears the title."""
    pages: list[list[str]] = []
    for block, piece in zip(document.blocks, pieces, strict=True):
        if not pages or (isinstance(block, Heading) and block.level == 1):
            pages.append(["#masthead()\n"] if not pages else [])
        pages[-1].append(piece)
    return pages


def _string(value: str) -> str:
    """A Typst string literal; control characters are dropped."""
    clean = "".join(c for c in value if c >= " " or c == "\n")
    return '"' + clean.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _content(text: Text) -> str:
    return "[" + "".join(_run(run) for run in text) + "]"


def _run(run: Run) -> str:
    piece = f"#{_string(run.text)}"
    if run.bold:
        piece = f"#strong[{piece}]"
    if run.italic:
        piece = f"#emph[{piece}]"
    if run.link and run.link.startswith(("https://", "http://", "mailto:")):
        piece = f"#link({_string(run.link)})[{piece}]"
    return piece


@singledispatch
def _block(block: Block) -> str:
    raise TypeError(type(block))


@_block.register
def _(block: Heading) -> str:
    label = f" <{block.anchor}>" if block.anchor else ""
    return f"#heading(level: {block.level}, {_string(block.text)}){label}\n"


@_block.register
def _(block: Paragraph) -> str:
    if block.style == "body":
        return f"#par({_content(block.text)})\n"
    return f"#{block.style}({_content(block.text)})\n"


@_block.register
def _(block: Bullets) -> str:
    kind = "enum" if block.numbered else "list"
    return f"#{kind}({', '.join(_content(item) for item in block.items)})\n"


@_block.register
def _(block: Note) -> str:
    return f"#note({_string(block.title)}, {_content(block.text)})\n"


@_block.register
def _(block: Facts) -> str:
    pairs = "".join(f"({_string(name)}, {_string(value)}), " for name, value in block.pairs)
    return f"#facts({_string(block.title)}, ({pairs}))\n"


@_block.register
def _(block: Table) -> str:
    widths = ", ".join(f"{w}fr" for w in block.widths)
    align = ", ".join("right" if right else "left" for right in block.numeric)
    heads = ", ".join(_string(h) for h in block.headings)
    tones = block.tones or (("",) * len(block.headings),) * len(block.rows)
    cells = "".join(
        "  " + "".join(f"{_cell(c, t)}, " for c, t in zip(row, tone, strict=True)) + "\n"
        for row, tone in zip(block.rows, tones, strict=True)
    )
    return (
        f"#data-table(caption: {_string(block.caption)}, columns: ({widths},), "
        f"aligns: ({align},), heads: ({heads},),\n{cells})\n"
    )


def _cell(value: str, tone: str) -> str:
    if not tone:
        return f"[#{_string(value)}]"
    return f"toned({_string(tone)}, {_string(value)})"


def alternative(chart: Chart) -> str:
    """Text that stands for a chart: the finding, what is shown, and the summary."""
    return f"{chart.title}. {chart.subtitle}. {chart.summary}"


def drawn_width(chart: Chart) -> float:
    """Width of a chart of which 640 fill the line, such that it is not too tall for its page."""
    return min(chart.width, 640, 640 * _TALLEST / _LINE * chart.width / chart.height)


def _picture(block: Picture, number: int) -> str:
    chart = block.chart
    return (
        f'#picture("chart-{number}.svg", alt: {_string(alternative(chart))}, '
        f"width: {drawn_width(chart):.0f}, title: {_string(chart.title)}, "
        f"subtitle: {_string(chart.subtitle)}, source: {_string(chart.source)})\n"
    )


def ended(words: str) -> str:
    """The words as a sentence: with one full stop."""
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _feature(block: Feature, number: int) -> str:
    texts = "".join(f"{_content(t)}, " for t in block.texts)
    chart, picture = block.chart, "none"
    if chart is not None:
        picture = (
            f'(path: "chart-{number}.svg", alt: {_string(alternative(chart))}, '
            f"width: {block.width:.1f}mm, subtitle: {_string(ended(chart.subtitle))}, "
            f"source: {_string(chart.source)})"
        )
    return (
        f"#feature(title: {_string(block.title)}, figure: {_string(block.figure)}, "
        f"caption: {_string(block.caption)}, texts: ({texts}), chart: {picture})\n"
    )
