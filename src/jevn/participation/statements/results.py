"""A hearing statement as read: sender, points, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StatementPoint:
    """A point of a statement.

    Attributes:
        point: its number, from 1.
        paragraph: number or id of the part of the draft that it names, e.g. ``3.2`` or ``T4``.
        text: the point as written; paragraphs are parted by line feeds.
        lines: numbers of its lines in the document.
    """

    point: int
    paragraph: str | None
    text: str
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that is part of no point, with the reason."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class DoubtfulLine:
    """A line that may have been read wrongly, with the reason."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A hearing statement read from a letter, an e-mail or a document.

    Every line with text is either in a point or among ``left_out``.

    Attributes:
        sender: name of the organisation or person; ``None`` if none was found.
        sender_type: one of ``SENDER_TYPES``, or ``unknown``.
        date: ISO date, if it has one.
        subject: what it says it is about.
        case: case number (*saksnummer*) it refers to.
        address: e-mail address of the sender, if it came by e-mail. Never published.
        points: its points, at least one.
        left_out: lines that are part of no point.
        doubtful: lines that may have been read wrongly.
    """

    sender: str | None
    sender_type: str
    date: str | None
    subject: str | None
    case: str | None
    address: str | None
    points: tuple[StatementPoint, ...]
    left_out: tuple[LeftOut, ...]
    doubtful: tuple[DoubtfulLine, ...]

    @property
    def text(self) -> str:
        """All points, a blank line between them."""
        return "\n\n".join(p.text for p in self.points)
