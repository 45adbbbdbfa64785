"""Elvebyen's conversations: written statements, and votes drawn from groups that are known."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from jevn.demo.rows import csv_text

CHANCES: Final[dict[int, tuple[float, float]]] = {
    2: (0.88, 0.04),
    1: (0.72, 0.13),
    0: (0.42, 0.36),
    -1: (0.16, 0.68),
    -2: (0.05, 0.86),
}
"""Chance of agreeing and of disagreeing by how a group sees a statement; the rest pass."""
LEAST_VOTES: Final = 2


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation to be made.

    Attributes:
        id: folder name; its statements are ``texts/<id>.csv``.
        title: title.
        question: what is asked.
        about: a few sentences.
        opened: first day.
        closed: last day.
        people: persons of each planted group.
        votes: median number of votes a person gives.
    """

    id: str
    title: str
    question: str
    about: str
    opened: str
    closed: str
    people: tuple[int, ...]
    votes: int


TALKS: Final = (
    Talk(
        "idedugnad-2026",
        "Idédugnad om jevnere helse",
        "Hva bør kommunen gjøre for at forskjellene i helse blir mindre?",
        "Alle kunne skrive påstander og ta stilling til andres. Redaktøren i kommunen "
        "avviste det som var reklame eller personangrep.",
        "2026-04-13",
        "2026-05-10",
        (240, 165, 130),
        16,
    ),
    Talk(
        "sentrum-2026",
        "Snakk om sentrum",
        "Hva bør gjøres i sentrum?",
        "En kort runde blant dem som var innom biblioteket.",
        "2026-09-07",
        "2026-09-20",
        (74,),
        9,
    ),
)


def statements_of(talk: Talk) -> list[dict[str, str]]:
    """Rows of the conversation's statements: text, moderation, and how each group sees it."""
    text = files("jevn.demo").joinpath("texts", f"{talk.id}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def planted(talk: Talk) -> NDArray[np.int64]:
    """Planted group of each person, in the order of their ids, which are mixed."""
    groups = np.repeat(np.arange(len(talk.people)), talk.people)
    return np.random.default_rng(len(groups)).permutation(groups)


def conversation_files(talk: Talk, rng: np.random.Generator) -> dict[str, str]:
    """``comments.csv`` and ``votes.csv`` in pol.is' columns, and ``conversation.yaml``'s content.

    Args:
        talk: what is to be made.
        rng: source of chance; the same state gives the same files.
    """
    rows, groups = statements_of(talk), planted(talk)
    chances = np.array(
        [[CHANCES[int(row["abc"[g]])] for g in range(len(talk.people))] for row in rows]
    )
    start, end = (_milliseconds(day) for day in (talk.opened, talk.closed))
    most = len(rows)
    votes: list[dict[str, Any]] = []
    for person, group in enumerate(groups):
        # a few only look, most vote on a part, some on all
        number = int(min(most, max(LEAST_VOTES, rng.lognormal(np.log(talk.votes), 0.55))))
        seen = np.sort(rng.permutation(most)[:number])
        times = np.sort(rng.integers(start, end, 1) + rng.integers(1_000, 9_000, number).cumsum())
        for statement, time, chance in zip(seen, times, rng.random(number), strict=True):
            agree, disagree = chances[statement, group]
            vote = 1 if chance < agree else -1 if chance < agree + disagree else 0
            votes.append(_vote(int(time), int(statement), person, vote))
    votes.sort(key=lambda v: (v["timestamp"], v["voter-id"], v["comment-id"]))
    comments = [
        _comment(number, row, votes, int(start + 60_000 * number), len(groups))
        for number, row in enumerate(rows)
    ]
    return {"comments.csv": csv_text(comments), "votes.csv": csv_text(votes)}


def about(talk: Talk) -> dict[str, str]:
    """Content of ``conversation.yaml``."""
    return {
        "title": talk.title,
        "question": talk.question,
        "about": talk.about,
        "opened": talk.opened,
        "closed": talk.closed,
    }


def _vote(time: int, statement: int, person: int, vote: int) -> dict[str, Any]:
    return {
        "timestamp": time,
        "datetime": _text(time),
        "comment-id": statement,
        "voter-id": person,
        "vote": vote,
    }


def _comment(
    number: int, row: dict[str, str], votes: list[dict[str, Any]], time: int, people: int
) -> dict[str, Any]:
    given = [v["vote"] for v in votes if v["comment-id"] == number]
    return {
        "timestamp": time,
        "datetime": _text(time),
        "comment-id": number,
        "author-id": (7 * number + 3) % people,
        "agrees": given.count(1),
        "disagrees": given.count(-1),
        "moderated": int(row["moderated"]),
        "comment-body": row["text"],
    }


def _milliseconds(day: str) -> int:
    moment = datetime.fromisoformat(f"{day}T08:00:00").replace(tzinfo=UTC)
    return int(moment.timestamp() * 1000)


def _text(time: int) -> str:
    return datetime.fromtimestamp(time / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S")
