"""What a Word file's styles and list definitions say of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

_HEADING = re.compile(r"(?:heading|overskrift|rubrik|rubrik ?|überschrift)\s*([1-9])", re.I)
_TITLE = re.compile(r"title|tittel|titel|rubrikk?|document ?title", re.I)
_SUBTITLE = re.compile(r"subtitle|undertittel|underrubrik|undertitel", re.I)
_CONTENTS = re.compile(r"(?:toc|innh|inh|inneh\w*|indh\w*)[ -]?\w*\s*[1-9]", re.I)
_BULLETS = re.compile(r"list bullet|punktliste|punktmerket|punktlista|opstilling - punkt", re.I)
_NUMBERS = re.compile(r"list number|nummerert liste|numrerad lista|opstilling - tal", re.I)
_OFF = ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class Style:
    """What is read of a paragraph's style.

    Attributes:
        name: its name and those it builds on, the nearest first.
        chain: its elements, in the same order.
        bold: the style makes text bold.
        contents: it is a line of the list of contents.
    """

    name: tuple[str, ...]
    chain: tuple[Any, ...]
    bold: bool
    contents: bool

    def bold_text(self, paragraph: Any) -> bool:
        """Whether all text of a paragraph is bold."""
        runs = [run for run in paragraph.iter(qn("w:r")) if _has_text(run)]
        return bool(runs) and all(_bold(run.find(qn("w:rPr")), self.bold) for run in runs)


class Styles:
    """The paragraph styles of a document."""

    def __init__(self, document: Any) -> None:
        found = document.styles.element.findall(qn("w:style"))
        paragraphs = [s for s in found if s.get(qn("w:type")) == "paragraph"]
        self._elements = {s.get(qn("w:styleId")): s for s in paragraphs}
        self._default = next(
            (s.get(qn("w:styleId")) for s in paragraphs if s.get(qn("w:default")) == "1"), None
        )
        self._known: dict[str | None, Style] = {}

    def of(self, paragraph: Any) -> Style:
        """Style of a paragraph."""
        id = _value(paragraph, "w:pPr/w:pStyle") or self._default
        if id not in self._known:
            self._known[id] = self._style(id)
        return self._known[id]

    def level(self, paragraph: Any) -> int:
        """Level of a heading, 1-6; 0 for what is none."""
        style = self.of(paragraph)
        for name in style.name:
            if found := _HEADING.fullmatch(name):
                return min(int(found[1]), 6)
            if _SUBTITLE.fullmatch(name):
                return 2
            if _TITLE.fullmatch(name):
                return 1
        outline = _value(paragraph, "w:pPr/w:outlineLvl")
        for element in style.chain:
            outline = outline or _value(element, "w:pPr/w:outlineLvl")
        return min(int(outline) + 1, 6) if outline and int(outline) < 9 else 0

    def _style(self, id: str | None) -> Style:
        chain = tuple(self._chain(id))
        names = tuple(_value(e, "w:name") or "" for e in chain)
        bold = next((_bold(e.find(qn("w:rPr")), None) for e in chain if _says_bold(e)), False)
        return Style(names, chain, bool(bold), any(_CONTENTS.fullmatch(n) for n in names[:1]))

    def _chain(self, id: str | None) -> Iterator[Any]:
        seen: set[str | None] = set()
        while id in self._elements and id not in seen:
            seen.add(id)
            element = self._elements[id]
            yield element
            id = _value(element, "w:basedOn")


class Numbering:
    """The lists of a document, and how far each has counted."""

    def __init__(self, document: Any) -> None:
        self._formats: dict[tuple[str, str], str] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._last: Any = None
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {
            a.get(qn("w:abstractNumId")): {
                level.get(qn("w:ilvl")): _value(level, "w:numFmt") or "decimal"
                for level in a.findall(qn("w:lvl"))
            }
            for a in root.findall(qn("w:abstractNum"))
        }
        for num in root.findall(qn("w:num")):
            id = num.get(qn("w:numId"))
            for level, form in abstract.get(_value(num, "w:abstractNumId"), {}).items():
                self._formats[id, level] = form

    def item(self, paragraph: Any, styles: Styles) -> tuple[str, int | None, int] | None:
        """Mark, number (for numbered lists) and indent of a list item; ``None`` if it is none.

        Numbers begin anew after anything that is not in the list: only the order is of use.
        """
        style = styles.of(paragraph)
        id, level = self._place(paragraph, style)
        form = self._formats.get((id, str(level))) if id else None
        if form is None:
            name = " ".join(style.name)
            form = "bullet" if _BULLETS.search(name) else "decimal" if _NUMBERS.search(name) else ""
            if not form or id == "0":
                return None
            id = id or style.name[0]
        indent = 4 * level
        if form == "none":
            return None
        if form == "bullet":
            self._last = paragraph
            return "•", None, indent
        key = (id or "", level)
        if self._last is None or paragraph.getprevious() is not self._last:
            self._counts.clear()
        for other in [k for k in self._counts if k[1] > level]:
            del self._counts[other]
        self._counts[key] = self._counts.get(key, 0) + 1
        self._last = paragraph
        return f"{self._counts[key]}.", self._counts[key], indent

    @staticmethod
    def _place(paragraph: Any, style: Style) -> tuple[str | None, int]:
        for element in (paragraph, *style.chain):
            id = _value(element, "w:pPr/w:numPr/w:numId")
            if id is not None:
                own = _value(paragraph, "w:pPr/w:numPr/w:ilvl")
                level = own or _value(element, "w:pPr/w:numPr/w:ilvl") or "0"
                return id, int(level)
        return None, 0


def _value(element: Any, path: str) -> str | None:
    found = element.find("/".join(qn(step) for step in path.split("/")))
    return None if found is None else found.get(qn("w:val"))


def _has_text(run: Any) -> bool:
    return any((t.text or "").strip() for t in run.findall(qn("w:t")))


def _says_bold(element: Any) -> bool:
    return element.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None


def _bold(properties: Any, otherwise: bool | None) -> bool:
    found = None if properties is None else properties.find(qn("w:b"))
    return bool(otherwise) if found is None else found.get(qn("w:val")) not in _OFF
