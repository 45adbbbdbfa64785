"""Splitting the body of a statement into points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from jevn.participation.opening import Line
from jevn.participation.statements import marks
from jevn.participation.statements.letter import Frame, words_of

_LEAD_IN_WORDS = 40
_HEADING_WORDS = 8
_HEADING = 70
_COMMENT = ("kommentar", "merknad", "innspill", "innspel", "forslag", "begrunnelse", "grunngiving")


@dataclass
class Paragraph:
    """A paragraph, a point of a list, a heading or a row of a table."""

    kind: str
    lines: list[Line]
    text: str
    indent: int = 0
    rank: int | None = None


@dataclass
class Point:
    """A point being gathered."""

    paragraph: str | None
    kind: str
    parts: list[Paragraph] = field(default_factory=list)


def paragraphs_of(lines: Sequence[Line], *, paged: bool) -> list[Paragraph]:
    """Lines put together to paragraphs.

    Args:
        lines: the body of a letter.
        paged: the layout tells which lines go on (Word, PDF).
    """
    found: list[Paragraph] = []
    pieces: list[str] = []
    full = max(45.0, 0.8 * max((x.width for x in lines if not x.cells), default=0))
    blank = True
    for line in lines:
        text = words_of(line).strip()
        if not text:
            blank = True
            continue
        last = found[-1] if found else None
        if last is not None and _goes_on(last, line, blank, None if paged else full):
            last.lines.append(line)
            _join(pieces, text)
        else:
            _finish(last, pieces)
            found.append(Paragraph(line.kind, [line], text, line.indent, line.rank))
            pieces = [text]
        blank = False
    _finish(found[-1] if found else None, pieces)
    return found


def _goes_on(last: Paragraph, line: Line, blank: bool, full: float | None) -> bool:
    """Whether a line is the rest of the paragraph above.

    ``full`` is the width from which a line of running text is taken to be broken for lack of
    room; ``None`` where the layout tells what goes on.
    """
    if line.kind != "text" or last.kind in ("heading", "row"):
        return False
    above = last.lines[-1]
    text = line.text
    if line.goes_on is not None and not blank:
        return line.goes_on
    if blank:
        return bool(line.goes_on) or (
            text[:1].islower() and not above.text.endswith((".", ":", "?", "!"))
        )
    if full is None or above.bold != line.bold or marks.reference(text):
        return False
    if last.kind in ("bullet", "numbered"):
        return line.indent > last.indent or text[:1].islower() or above.width >= full
    return text[:1].islower() or above.width >= full


def _join(pieces: list[str], text: str) -> None:
    """Add a line to those of a paragraph; a word broken by a hyphen is put together."""
    last = pieces[-1]
    if last.endswith("-") and not last.endswith(" -") and text[:1].islower():
        pieces[-1] = last[:-1] + text
    else:
        pieces.append(text)


def _finish(paragraph: Paragraph | None, pieces: list[str]) -> None:
    if paragraph is not None:
        paragraph.text = " ".join(pieces)


def points_of(paragraphs: Sequence[Paragraph], frame: Frame) -> list[Point]:
    """The points that paragraphs make, in their order.

    Headings, lead-ins of lists, and courtesies are noted in ``frame`` as left out.
    """
    return _Splitter(paragraphs, frame).points()


class _Splitter:
    """Goes through the paragraphs and gathers points."""

    def __init__(self, paragraphs: Sequence[Paragraph], frame: Frame) -> None:
        self._all, self._frame = paragraphs, frame
        self._found: list[Point] = []
        self._context: str | None = None
        self._under_reference = False
        self._empty_heading: Paragraph | None = None
        self._open: Point | None = None

    def points(self) -> list[Point]:
        for at, paragraph in enumerate(self._all):
            following = self._all[at + 1] if at + 1 < len(self._all) else None
            self._take(paragraph, following)
        self._no_text_below()
        if self._found and (who := marks.signed_within(self._found[-1].parts[-1].text)):
            self._frame.offer(48, who)
        return self._found

    def _take(self, paragraph: Paragraph, following: Paragraph | None) -> None:
        reference = None if paragraph.kind == "row" else marks.reference(paragraph.text)
        if paragraph.kind == "row":
            self._row(paragraph)
        elif reference and reference[1] and not _stands_alone(paragraph, following):
            self._heading(paragraph, reference[0])
        elif reference:
            self._new(paragraph, reference[0], "reference")
        elif _is_list(paragraph) and not _is_heading(paragraph, following):
            self._point_of_list(paragraph)
        elif following is not None and _is_heading(paragraph, following):
            self._heading(paragraph, None)
        elif following is not None and _leads_in(paragraph, following):
            self._leave(paragraph, "lead_in")
            self._open = None
            self._context = marks.named_in(paragraph.text) or self._context
        elif not self._found and marks.is_courtesy(paragraph.text):
            self._leave(paragraph, "introduction")
        else:
            self._plain(paragraph, following)

    def _row(self, row: Paragraph) -> None:
        cells = [c.strip() for c in row.lines[0].cells if c.strip()]
        head = all(len(c.split()) <= 4 for c in cells)
        if head and any(c.lower().startswith(_COMMENT) for c in cells):
            self._leave(row, "heading")
            return
        named = marks.reference(cells[0]) if len(cells) > 1 else None
        alone = cells[0] if len(cells) > 1 and cells[0].replace(".", "").isdigit() else None
        self._new(row, named[0] if named else alone, "row")

    def _heading(self, paragraph: Paragraph, reference: str | None) -> None:
        self._no_text_below()
        self._leave(paragraph, "heading")
        self._context, self._under_reference = reference, reference is not None
        self._empty_heading, self._open = paragraph, None

    def _point_of_list(self, paragraph: Paragraph) -> None:
        if self._open is not None and self._open.kind == "list":
            first = self._open.parts[0]
            bullet_below = first.kind == "numbered" and paragraph.kind == "bullet"
            if bullet_below or paragraph.indent > first.indent + 1:
                self._open.parts.append(paragraph)
                return
        self._new(paragraph, None, "list")

    def _plain(self, paragraph: Paragraph, following: Paragraph | None) -> None:
        current = self._open
        if current is not None and self._under_reference and current.kind == "plain":
            current.parts.append(paragraph)
            return
        goes_on = current is not None and (
            current.kind == "reference"
            or (current.kind == "list" and following is not None and _same_list(current, following))
        )
        if goes_on and current is not None:
            current.parts.append(paragraph)
            self._frame.doubt(paragraph.lines[0], "perhaps_own_point")
            return
        self._new(paragraph, None, "plain")
        if marks.perhaps_several(paragraph.text):
            self._frame.doubt(paragraph.lines[0], "perhaps_several")

    def _new(self, paragraph: Paragraph, reference: str | None, kind: str) -> None:
        if kind == "reference":
            self._context, self._under_reference = None, False
        named = reference or marks.named_in(paragraph.text) or self._context
        self._open = Point(named, kind, [paragraph])
        self._found.append(self._open)
        self._empty_heading = None

    def _leave(self, paragraph: Paragraph, reason: str) -> None:
        for line in paragraph.lines:
            self._frame.leave(line, reason)

    def _no_text_below(self) -> None:
        if self._empty_heading is not None:
            self._frame.doubt(self._empty_heading.lines[0], "heading_without_text")
            self._empty_heading = None


def _stands_alone(paragraph: Paragraph, following: Paragraph | None) -> bool:
    """Whether a reference with a few words is a point of its own: nothing is said below it."""
    if not marks.has_title(paragraph.text) or paragraph.kind == "heading":
        return False
    return following is None or marks.reference(following.text) is not None


def _is_list(paragraph: Paragraph) -> bool:
    return paragraph.kind in ("bullet", "numbered")


def _is_heading(paragraph: Paragraph, following: Paragraph | None) -> bool:
    if paragraph.kind == "heading":
        return True
    text = paragraph.text
    if following is None or len(text) > _HEADING or text.endswith((".", "?", "!", ",", ";")):
        return False
    if len(text.split()) > _HEADING_WORDS or marks.says_something(text):
        return False
    if paragraph.kind == "text":
        short = following.kind == "text" and len(following.text) <= len(text)
        return not text.endswith(":") and text[:1].isupper() and not short
    # A short numbered line with running text below is a numbered heading.
    return (
        paragraph.kind == "numbered"
        and following.kind == "text"
        and len(following.text) > 2 * len(text)
    )


def _leads_in(paragraph: Paragraph, following: Paragraph) -> bool:
    text = paragraph.text
    if not text.endswith(":") or not _is_list(following):
        return False
    return len(text.split()) <= _LEAD_IN_WORDS and not re.search(r"[.!?]\s", text)


def _same_list(point: Point, following: Paragraph) -> bool:
    first = point.parts[0]
    if first.kind != following.kind or following.indent > first.indent + 1:
        return False
    return first.rank is None or following.rank == first.rank + 1
