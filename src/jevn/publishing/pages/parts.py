"""The small things pages are made of: headings, tags, links, tables, charts with origins."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.publishing.chart import Chart
from jevn.publishing.dossier import Cover


@dataclass(frozen=True, slots=True)
class Head:
    """What the shell needs of a page: its name, id, title and description."""

    name: str
    id: str | None
    title: str
    description: str
    cover: Cover


@dataclass(frozen=True, slots=True)
class Tag:
    """A short label. Its meaning is in the text; colour and symbol only help the eye.

    ``colour`` is one of ``neutral``, ``accent``, ``info``, ``success``, ``warning``, ``danger``.
    """

    text: str
    colour: str = "neutral"
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class OriginLine:
    """An origin as one line, with the address of its full entry."""

    text: str
    url: str
    tag: Tag


@dataclass(frozen=True, slots=True)
class Item:
    """A line in a list: text, perhaps a link, a detail and tags."""

    text: str
    url: str | None = None
    detail: str = ""
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A chart on a page with its origins and labels (estimate, judgement, fictional)."""

    chart: Chart
    origins: tuple[OriginLine, ...]
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell. ``sort`` is what the column sorts by, if not the text."""

    text: str
    url: str | None = None
    tag: Tag | None = None
    sort: float | str | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; ``anchor`` is its id on the page."""

    cells: tuple[Cell, ...]
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A column heading."""

    text: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with caption; the first cell of a row is its heading."""

    caption: str
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]
    sortable: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under a heading."""

    title: str
    items: tuple[Item, ...]
    text: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A term and its value."""

    term: str
    text: str
    url: str | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ThreadView:
    """The red thread of an element as two ordered lists: why it is there, what happens."""

    back: tuple[Group, ...]
    forward: tuple[Group, ...]
    stated: tuple[Item, ...]
    missing: tuple[str, ...]
    whole: bool
