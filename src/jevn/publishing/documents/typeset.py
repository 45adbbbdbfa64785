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
    Heading,
    Note,
    Paragraph,
    Picture,
    Run,
    Table,
    Text,
)
from jevn.terms import Say

_TEMPLATE = Path(__file__).parent / "house.typ"
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
        charts = [block.chart for block in document.blocks if isinstance(block, Picture)]
        for number, chart in enumerate(charts):
            (root / f"chart-{number}.svg").write_text(chart.svg, "utf-8")
        (root / "house.typ").write_bytes(_TEMPLATE.read_bytes())
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
    lines = [
        '#import "house.typ": *',
        "#show: house.with(",
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
    charts = 0
    for block in document.blocks:
        if isinstance(block, Picture):
            lines.append(_picture(block, charts, say))
            charts += 1
        else:
            lines.append(_block(block))
    return "\n".join(lines) + "\n"


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
    cells = "".join(
        "  " + "".join(f"[#{_string(cell)}], " for cell in row) + "\n" for row in block.rows
    )
    return (
        f"#data-table(caption: {_string(block.caption)}, columns: ({widths},), "
        f"aligns: ({align},), heads: ({heads},),\n{cells})\n"
    )


def alternative(chart: Chart) -> str:
    """Text that stands for a chart: the finding, what is shown, and the summary."""
    return f"{chart.title}. {chart.subtitle}. {chart.summary}"


def _picture(block: Picture, number: int, say: Say) -> str:
    chart = block.chart
    return (
        f'#picture("chart-{number}.svg", alt: {_string(alternative(chart))}, '
        f"width: {min(chart.width, 640)}, title: {_string(chart.title)}, "
        f"subtitle: {_string(chart.subtitle)}, source: {_string(chart.source)})\n"
    )
