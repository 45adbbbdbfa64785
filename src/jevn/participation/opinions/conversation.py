"""A conversation: people who agree, disagree or pass on short statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

import numpy as np
import numpy.typing as npt

Moderated = Literal[-1, 0, 1]
Ints = npt.NDArray[np.int32]
Votes = npt.NDArray[np.int8]
Times = npt.NDArray[np.int64]
_Kind = TypeVar("_Kind", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Statement:
    """A short statement that people vote on.

    Attributes:
        id: its id in the conversation.
        text: what it says; ``None`` where only votes are known.
        moderated: 1 accepted, 0 not looked at, -1 rejected (never shown).
        author: who wrote it, as an anonymous id.
        time: when it came in, milliseconds since 1970 (UTC).
    """

    id: str
    text: str | None = None
    moderated: Moderated = 0
    author: str | None = None
    time: int | None = None

    @property
    def rejected(self) -> bool:
        """Rejected by moderation."""
        return self.moderated == -1


@dataclass(frozen=True, slots=True)
class About:
    """What a conversation is about.

    Attributes:
        id: name of its folder in the plan folder; empty outside one.
        title: short title.
        question: the question that people answer.
        opened: ISO date it opened.
        closed: ISO date it closed, or ``None`` while it goes on.
        about: a few sentences shown before the voting.
    """

    id: str = ""
    title: str = ""
    question: str = ""
    opened: str | None = None
    closed: str | None = None
    about: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Conversation:
    """People, statements, and the latest vote of each person on each statement.

    People and statements are in the natural order of their ids, votes by person and then
    statement, so that the order of the rows of a file never changes a result. The arrays
    cannot be written to.

    Attributes:
        people: ids of everybody who took part, also without votes.
        statements: every statement, also those that nobody has seen.
        person: per vote the place of its person in ``people``.
        statement: per vote the place of its statement in ``statements``.
        vote: per vote 1 (agree), -1 (disagree) or 0 (pass).
        time: per vote when it was given (milliseconds, UTC; -1 = not known), or ``None``.
        about: what the conversation is about.
    """

    people: tuple[str, ...]
    statements: tuple[Statement, ...]
    person: Ints
    statement: Ints
    vote: Votes
    time: Times | None = None
    about: About = field(default_factory=About)

    def place_of(self, person: str) -> int | None:
        """The place of a person in ``people``; ``None`` if there is no such person."""
        try:
            return self.people.index(person)
        except ValueError:
            return None


def natural(id: str) -> tuple[int, int, str]:
    """Order of ids: whole numbers by value, then texts."""
    return (0, int(id), id) if id.isascii() and id.isdigit() and len(id) < 19 else (1, 0, id)


def conversation(
    people: Sequence[str],
    statements: Sequence[Statement],
    votes: tuple[npt.ArrayLike, npt.ArrayLike, npt.ArrayLike],
    *,
    time: npt.ArrayLike | None = None,
    about: About | None = None,
) -> Conversation:
    """A conversation from its parts, put in order.

    Args:
        people: ids, each once.
        statements: statements, each id once.
        votes: places of persons, places of statements and votes (-1, 0, 1), one entry per
            vote; at most one per person and statement.
        time: when each vote was given (milliseconds, UTC).
        about: what it is about.

    Raises:
        ValueError: ids or votes given twice, places outside, or other votes than -1, 0, 1.
    """
    person, statement, vote = (np.asarray(part) for part in votes)
    ids = [s.id for s in statements]
    if len(set(people)) < len(people) or len(set(ids)) < len(ids):
        raise ValueError("an id stands twice")
    if not (person.shape == statement.shape == vote.shape) or person.ndim != 1:
        raise ValueError("a vote has one person, one statement and one value")
    if vote.size and not np.isin(vote, (-1, 0, 1)).all():
        raise ValueError("votes are -1, 0 or 1")
    for places, most in ((person, len(people)), (statement, len(ids))):
        if places.size and (places.min() < 0 or places.max() >= most):
            raise ValueError("a vote is outside the people or the statements")
    by_person, rank_of_person = _ranks(people)
    by_statement, rank_of_statement = _ranks(ids)
    person = rank_of_person[person.astype(np.int64)]
    statement = rank_of_statement[statement.astype(np.int64)]
    place = person.astype(np.int64) * max(1, len(ids)) + statement
    rising = bool((place[1:] > place[:-1]).all())
    order = np.arange(place.size) if rising else np.argsort(place, kind="stable")
    if not rising and (np.diff(place[order]) == 0).any():
        raise ValueError("a person has two votes on a statement")
    return Conversation(
        people=tuple(people[i] for i in by_person),
        statements=tuple(statements[i] for i in by_statement),
        person=kept(person[order].astype(np.int32)),
        statement=kept(statement[order].astype(np.int32)),
        vote=kept(vote[order].astype(np.int8)),
        time=None if time is None else kept(np.asarray(time)[order].astype(np.int64)),
        about=about or About(),
    )


def conversation_of(
    matrix: npt.ArrayLike,
    *,
    people: Sequence[str] | None = None,
    statements: Sequence[str] | None = None,
    rejected: Collection[str] = (),
) -> Conversation:
    """A conversation from a matrix of people (rows) and statements (columns).

    Args:
        matrix: 1 agree, -1 disagree, 0 pass, not a number where there is no vote.
        people: ids of the rows; numbers from 0 if not given.
        statements: ids of the columns; numbers from 0 if not given.
        rejected: ids of statements rejected by moderation.

    >>> talk = conversation_of([[1, -1], [float("nan"), 0]])
    >>> talk.vote.tolist(), talk.person.tolist(), talk.statement.tolist()
    ([1, -1, 0], [0, 0, 1], [0, 1, 1])
    """
    cells = np.asarray(matrix, dtype=float)
    if cells.ndim != 2:
        raise ValueError("the matrix has people as rows and statements as columns")
    person, statement = np.nonzero(~np.isnan(cells))
    ids = list(statements) if statements is not None else _numbers(cells.shape[1])
    return conversation(
        list(people) if people is not None else _numbers(cells.shape[0]),
        [Statement(id, moderated=-1 if id in rejected else 0) for id in ids],
        (person, statement, cells[person, statement]),
    )


def kept(values: npt.NDArray[_Kind]) -> npt.NDArray[_Kind]:
    """An array that cannot be written to from now on."""
    values.setflags(write=False)
    return values


def _numbers(n: int) -> list[str]:
    return [str(i) for i in range(n)]


def _ranks(ids: Iterable[str]) -> tuple[list[int], npt.NDArray[np.int64]]:
    """Places in natural order, and the rank of each place."""
    keys = [natural(id) for id in ids]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    ranks = np.empty(len(keys), dtype=np.int64)
    ranks[order] = np.arange(len(keys))
    return order, ranks
