"""Adding a statement that has been read to a plan folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jevn.participation.appending import append, content_id, rows_of
from jevn.participation.schemas import HEARING, HEARING_POINTS
from jevn.participation.statements.results import Statement
from jevn.terms import InputRefused, Problem


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a statement: its id, whether it is new, and how many points it has."""

    id: str
    new: bool
    points: int


def add_statement(folder: Path, statement: Statement, *, recorder: str | None = None) -> Added:
    """Add a statement to ``hearing.csv``, and its points to ``hearing_points.csv``.

    A statement that is there already, with the same words from the same sender, is not added
    again. A statement of one point has no row among the points.

    Args:
        folder: the plan folder.
        statement: what was read.
        recorder: role of the member of staff who wrote it down for the sender.

    Raises:
        InputRefused: ``statement_sender_kind`` if the kind of sender is not known,
            ``participation_not_csv``, and faults of the folder's tables. Then nothing is changed.
        UserError: ``folder_missing``.
    """
    if statement.sender_type == "unknown":
        raise InputRefused([Problem("statement_sender_kind")])
    hearing = rows_of(folder, HEARING)
    rows_of(folder, HEARING_POINTS)
    id = content_id("H", statement.sender, statement.text)
    said = _key(statement.text)
    for row in hearing.iter_rows(named=True):
        same_sender = _key(row["sender"] or "") == _key(statement.sender or "")
        if row["id"] == id or (same_sender and _key(row["text"]) == said):
            return Added(row["id"], False, len(statement.points))
    single = statement.points[0] if len(statement.points) == 1 else None
    row = {
        "id": id,
        "date": statement.date,
        "sender_type": statement.sender_type,
        "sender": statement.sender,
        "paragraph": single.paragraph if single else None,
        "text": statement.text,
        "recorder": recorder,
        "address": statement.address,
    }
    points = [
        {"statement": id, "point": p.point, "paragraph": p.paragraph, "text": p.text}
        for p in statement.points
        if not single
    ]
    append(folder, {"hearing_points": (HEARING_POINTS, points), "hearing": (HEARING, [row])})
    return Added(id, True, len(statement.points))


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()
