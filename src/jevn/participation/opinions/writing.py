"""Writing a conversation in the columns of pol.is' export."""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import polars as pl

from jevn.participation.opinions.conversation import Conversation
from jevn.participation.opinions.files import COMMENTS, MATRIX, VOTES
from jevn.participation.opinions.results import OpinionGroups
from jevn.terms import UserError

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def write_conversation(
    talk: Conversation,
    folder: Path,
    found: OpinionGroups | None = None,
    *,
    matrix: bool = True,
) -> tuple[Path, ...]:
    """Write ``comments.csv``, ``votes.csv`` and ``participants-votes.csv``.

    Reading the folder gives the same conversation back. The files hold one line per vote
    of a person, so they are for those who work with them and not for publishing.

    Args:
        talk: the conversation.
        folder: a folder; made if it is not there. None of the files may be there already.
        found: results, for the column ``group-id``; empty without them.
        matrix: write ``participants-votes.csv`` also where everybody has voted.

    Returns:
        The files written.

    Raises:
        UserError: ``opinions_exists`` if one of the files is there, ``opinions_folder`` if
            the folder cannot be written to.
    """
    made = {COMMENTS: comments_frame(talk), VOTES: votes_frame(talk)}
    if matrix or len(np.unique(talk.person)) < len(talk.people):
        made[MATRIX] = matrix_frame(talk, found)
    there = [name for name in made if (folder / name).exists()]
    if there:
        raise UserError("opinions_exists", names=", ".join(there), folder=str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".jevn-", dir=folder))
    except OSError as error:
        raise UserError("opinions_folder", folder=str(folder), why=str(error.strerror)) from None
    try:
        for name, frame in made.items():
            frame.write_csv(beside / name)
        for name in made:
            os.replace(beside / name, folder / name)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return tuple(folder / name for name in made)


def comments_frame(talk: Conversation) -> pl.DataFrame:
    """Table ``comments.csv``: one row per statement."""
    size = len(talk.statements)
    agrees, disagrees = (
        np.bincount(talk.statement[talk.vote == sign], minlength=size) for sign in (1, -1)
    )
    times = [s.time for s in talk.statements]
    return pl.DataFrame(
        {
            "timestamp": pl.Series(times, dtype=pl.Int64),
            "datetime": pl.Series([_written(t) for t in times], dtype=pl.String),
            "comment-id": pl.Series([s.id for s in talk.statements], dtype=pl.String),
            "author-id": pl.Series([s.author for s in talk.statements], dtype=pl.String),
            "agrees": agrees,
            "disagrees": disagrees,
            "moderated": pl.Series([s.moderated for s in talk.statements], dtype=pl.Int8),
            "comment-body": pl.Series([s.text or "" for s in talk.statements], dtype=pl.String),
        }
    )


def votes_frame(talk: Conversation) -> pl.DataFrame:
    """Table ``votes.csv``: one row per vote."""
    ids = np.array([s.id for s in talk.statements], dtype=object)
    people = np.array(talk.people, dtype=object)
    frame = pl.DataFrame(
        {
            "comment-id": pl.Series(ids[talk.statement].tolist(), dtype=pl.String),
            "voter-id": pl.Series(people[talk.person].tolist(), dtype=pl.String),
            "vote": talk.vote,
        }
    )
    if talk.time is None:
        return frame
    times = pl.Series("timestamp", talk.time)
    stamp = times.cast(pl.Datetime("ms")).dt.strftime("%a %b %d %H:%M:%S UTC %Y")
    return frame.insert_column(0, times).insert_column(1, stamp.alias("datetime"))


def matrix_frame(talk: Conversation, found: OpinionGroups | None = None) -> pl.DataFrame:
    """Table ``participants-votes.csv``: one row per person, one column per statement."""
    people, size = len(talk.people), len(talk.statements)
    written: dict[str, int] = {}
    for statement in talk.statements:
        if statement.author is not None:
            written[statement.author] = written.get(statement.author, 0) + 1
    group = (
        [None] * people if found is None else [g if g >= 0 else None for g in found.labels.tolist()]
    )
    columns = {
        "participant": pl.Series(talk.people, dtype=pl.String),
        "group-id": pl.Series(group, dtype=pl.Int64),
        "n-comments": pl.Series([written.get(p, 0) for p in talk.people], dtype=pl.Int64),
        "n-votes": np.bincount(talk.person, minlength=people),
        "n-agree": np.bincount(talk.person[talk.vote == 1], minlength=people),
        "n-disagree": np.bincount(talk.person[talk.vote == -1], minlength=people),
    }
    cells = np.full((size, people), 2, dtype=np.int8)
    cells[talk.statement, talk.person] = talk.vote
    for statement, row in zip(talk.statements, cells, strict=True):
        column = pl.Series(row)
        columns[statement.id] = column.set(column == 2, None)
    return pl.DataFrame(columns)


def _written(time: int | None) -> str | None:
    """A time as pol.is writes it, in UTC and in English whatever the machine's language."""
    if time is None:
        return None
    try:
        at = datetime.fromtimestamp(time / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        return None
    day, month = _DAYS[at.weekday()], _MONTHS[at.month - 1]
    return f"{day} {month} {at:%d %H:%M:%S} UTC {at.year}"
