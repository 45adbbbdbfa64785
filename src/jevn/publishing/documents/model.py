"""One model of a document, many faces: blocks that PDF and DOCX both render."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from jevn.publishing.chart import Chart
from jevn.terms import Language


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of running text."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str | None = None


Text = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1-4. ``anchor`` is a stable id that others may link to."""

    level: int
    text: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``lead`` for the opening of a chapter, ``small`` for source lines."""

    text: Text
    style: Literal["body", "lead", "small"] = "body"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, one text an item."""

    items: tuple[Text, ...]
    numbered: bool = False


Tone = Literal["", "worse", "same", "better", "unknown"]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row.

    ``widths``: relative widths of the columns; ``numeric``: columns set flush right;
    ``tones``: a tone for every cell (empty: none at all). A tone only repeats what the cell
    says in words.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    numeric: tuple[bool, ...]
    tones: tuple[tuple[Tone, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart: its finding, the picture with text alternative, and its source line."""

    chart: Chart


@dataclass(frozen=True, slots=True)
class Note:
    """A marked note: what is estimated, fictional, judged or missing."""

    title: str
    text: Text


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts about one thing as name and value, e.g. owner and deadline of an action."""

    title: str
    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing to notice: a number and words, with a chart beside them.

    Attributes:
        title: what it is about.
        figure: the number in large letters; empty for none.
        caption: what the number is.
        texts: short paragraphs.
        chart: the chart, if there is one.
        width: width of the chart in millimetres.
    """

    title: str
    figure: str
    caption: str
    texts: tuple[Text, ...]
    chart: Chart | None
    width: float = 80.0


Block = Heading | Paragraph | Bullets | Table | Picture | Note | Facts | Feature


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    Attributes:
        name: file name without ending.
        title: title.
        subtitle: line below the title.
        author: the municipality.
        status: e.g. «Utkast».
        date: ISO date.
        language: language of the text.
        notice: a notice for the cover, e.g. that the municipality is fictional.
        colour: accent colour as ``#rrggbb``.
        blocks: the content.
        form: ``report`` with cover and contents; ``paper``: title at the top of the first page
            and text that flows; or ``sheets``: every heading of level 1 and what follows it is
            exactly one page.
    """

    name: str
    title: str
    subtitle: str
    author: str
    status: str
    date: str
    language: Language
    notice: str | None
    colour: str
    blocks: tuple[Block, ...]
    form: Literal["report", "paper", "sheets"] = "report"


def text(value: str) -> Text:
    """Plain text as runs."""
    return (Run(value),)


def paragraph(value: str, style: Literal["body", "lead", "small"] = "body") -> Paragraph:
    """A paragraph of plain text."""
    return Paragraph(text(value), style)


def bullets(values: Iterable[str], numbered: bool = False) -> Bullets:
    """A list of plain texts."""
    return Bullets(tuple(text(v) for v in values), numbered)


def table(
    caption: str,
    headings: Iterable[str],
    rows: Iterable[Iterable[str]],
    widths: Iterable[float] | None = None,
    numeric: Iterable[int] = (),
    tones: Iterable[Iterable[Tone]] = (),
) -> Table:
    """A table from plain texts.

    Args:
        caption: what the table shows.
        headings: header row.
        rows: one text per column.
        widths: relative widths; alike if not given.
        numeric: positions of the columns set flush right.
        tones: a tone for every cell, row by row.

    Raises:
        ValueError: if a row has another number of cells than the header.
    """
    heads = tuple(headings)
    cells = tuple(tuple(row) for row in rows)
    for row in cells:
        if len(row) != len(heads):
            raise ValueError(f"{caption}: {len(row)} cells under {len(heads)} headings")
    right = set(numeric)
    return Table(
        caption,
        heads,
        cells,
        tuple(widths) if widths else (1.0,) * len(heads),
        tuple(i in right for i in range(len(heads))),
        tuple(tuple(row) for row in tones),
    )


def markdown(value: str, level: int) -> tuple[Block, ...]:
    """Blocks of simple Markdown: headings, paragraphs, lists, bold, italic and links.

    Args:
        value: Markdown text.
        level: level of the highest heading in it.
    """
    from markdown_it import MarkdownIt

    blocks: list[Block] = []
    items: list[Text] | None = None
    numbered = False
    pending: int | None = None
    tokens = MarkdownIt("commonmark", {"html": False}).parse(value)
    highest = min((int(t.tag[1]) for t in tokens if t.type == "heading_open"), default=1)
    deepest = level
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            items, numbered = [], token.type == "ordered_list_open"
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            if items:
                blocks.append(Bullets(tuple(items), numbered))
            items = None
        elif token.type == "heading_open":
            # never skip a level: tagged documents must not
            pending = min(4, level + int(token.tag[1]) - highest, deepest + 1)
            deepest = pending
        elif token.type == "inline":
            runs = _runs(token.children or [])
            if pending:
                blocks.append(Heading(pending, "".join(r.text for r in runs)))
                pending = None
            elif items is not None:
                items.append(runs)
            else:
                blocks.append(Paragraph(runs))
    return tuple(blocks)


def _runs(children: Iterable[object]) -> Text:
    runs: list[Run] = []
    bold = italic = False
    link: str | None = None
    for child in children:
        kind: str = child.type  # type: ignore[attr-defined]
        if kind in ("strong_open", "strong_close"):
            bold = kind == "strong_open"
        elif kind in ("em_open", "em_close"):
            italic = kind == "em_open"
        elif kind == "link_open":
            link = str(child.attrs.get("href", ""))  # type: ignore[attr-defined]
        elif kind == "link_close":
            link = None
        elif kind in ("softbreak", "hardbreak"):
            runs.append(Run(" "))
        else:
            runs.append(Run(child.content, bold, italic, link))  # type: ignore[attr-defined]
    return tuple(run for run in runs if run.text)
