"""Reading a hearing statement: sender, date, subject, points, and what was left out."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from jevn.participation.opening import Opened, lines_of, open_document
from jevn.participation.statements.letter import Frame, frame_of, words_of
from jevn.participation.statements.results import (
    DoubtfulLine,
    Statement,
    StatementPoint,
)
from jevn.participation.statements.senders import sender_type_of
from jevn.participation.statements.splitting import Point, paragraphs_of, points_of
from jevn.terms import InputRefused, Problem

_SEE_ATTACHED = re.compile(
    r"(?:se|sjå|vedlagt|vedlegg|vedlagd|her kommer|her kjem|oversender|oversendar|vi sender|her er)\b.{0,160}",  # noqa: E501
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:jeg|eg|meg|min|mitt|mine)\b", re.IGNORECASE)
_SMALL = ("introduction", "lead_in", "heading")


def read_statement(source: Path | Opened | str) -> Statement:
    """Read a hearing statement.

    Args:
        source: a file (text, Word, PDF or e-mail), an opened document, or the text itself.

    Returns:
        Its points and its frame. Every line with text is in a point or in ``left_out``.

    Raises:
        InputRefused: ``statement_empty`` (nothing is said), and those of
            `jevn.participation.opening.open_document`.
    """
    if isinstance(source, Path):
        opened = open_document(source)
    elif isinstance(source, str):
        opened = Opened("", "text", lines_of(source))
    else:
        opened = source
    letters = [_letter(part) for part in (opened, *opened.documents)]
    if len(letters) > 1:
        letters = [_see_attached(letters[0]), *letters[1:]]
    if not any(points for _, points in letters):
        letters = [_everything(frame) for frame, _ in letters]
    points = _numbered([p for _, found in letters for p in found])
    if not points:
        raise InputRefused([Problem("statement_empty", opened.name or None)])
    frames = [frame for frame, _ in letters]
    return _statement(opened, frames, points)


def _statement(
    opened: Opened, frames: list[Frame], points: tuple[StatementPoint, ...]
) -> Statement:
    whole = Frame(senders=[s for f in frames for s in f.senders])
    sender = whole.sender()
    kind = sender_type_of(sender) if sender else "unknown"
    sent = opened.date if opened.kind == "email" else None  # elsewhere it is when the file was made
    doubtful = [d for f in frames for d in f.doubtful]
    first = points[0].lines[0] if points[0].lines else 1
    if kind == "unknown" and _FIRST_PERSON.search(" ".join(p.text for p in points)):
        kind = "person"
        doubtful.append(DoubtfulLine(first, sender or "", "sender_person"))
    elif kind == "unknown":
        reason = "sender_kind" if sender else "sender_missing"
        doubtful.append(DoubtfulLine(first, sender or "", reason))
    doubtful += [DoubtfulLine(first, n.name, "attachment_not_opened") for n in opened.not_opened]
    return Statement(
        sender=sender,
        sender_type=kind,
        date=next((f.date for f in reversed(frames) if f.date), None) or sent,
        subject=next((f.subject for f in reversed(frames) if f.subject), None) or opened.subject,
        case=next((f.case for f in frames if f.case), None),
        address=opened.address or next((f.address for f in frames if f.address), None),
        points=points,
        left_out=tuple(
            left for f in frames for left in sorted(f.left_out, key=lambda left: left.line)
        ),
        doubtful=tuple(doubtful),
    )


def _letter(opened: Opened) -> tuple[Frame, list[StatementPoint]]:
    frame = frame_of(opened.lines, opened.sender)
    paged = opened.kind in ("docx", "pdf")
    found = points_of(paragraphs_of(frame.body, paged=paged), frame)
    for line in opened.lines:
        if "�" in words_of(line):
            frame.doubt(line, "lost_letters")
    return frame, [_point(p) for p in found]


def _point(found: Point) -> StatementPoint:
    text = "\n".join(part.text for part in found.parts)
    lines = tuple(line.number for part in found.parts for line in part.lines)
    return StatementPoint(0, found.paragraph, text, lines)


def _see_attached(letter: tuple[Frame, list[StatementPoint]]) -> tuple[Frame, list[StatementPoint]]:
    """The letter that something was attached to, without words that only say so."""
    frame, points = letter
    if len(points) == 1 and _SEE_ATTACHED.fullmatch(points[0].text):
        kept = [line for line in frame.body if line.number in points[0].lines]
        for line in kept:
            frame.leave(line, "introduction")
        return frame, []
    return letter


def _everything(frame: Frame) -> tuple[Frame, list[StatementPoint]]:
    """Where nothing else is said, what was left out of the body is the point."""
    small = [left for left in frame.left_out if left.reason in _SMALL]
    small = small or [left for left in frame.left_out if left.reason == "subject"]
    if not small:
        return frame, []
    frame.left_out = [left for left in frame.left_out if left not in small]
    frame.doubtful = [d for d in frame.doubtful if d.reason != "heading_without_text"]
    small = sorted(small, key=lambda left: left.line)
    text = " ".join(left.text for left in small)
    return frame, [StatementPoint(0, None, text, tuple(left.line for left in small))]


def _numbered(points: list[StatementPoint]) -> tuple[StatementPoint, ...]:
    return tuple(replace(p, point=n) for n, p in enumerate(points, start=1))
