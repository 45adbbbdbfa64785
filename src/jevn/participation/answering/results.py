"""The answer chain: statements, their points, and what was assessed, answered and changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final, Literal

Decision = Literal["taken_in", "partly", "not_taken_in", "outside", "undecided"]
State = Literal["unassessed", "assessed", "answered"]
Missing = Literal["answer", "consequence", "link"]

DECISIONS: Final[tuple[Decision, ...]] = ("taken_in", "partly", "not_taken_in", "outside")
"""What may be decided about a point (``undecided`` is assessed, but not decided yet)."""

CHANGING: Final[tuple[Decision, ...]] = ("taken_in", "partly")
"""Decisions that change the plan, and so have a consequence and a link to what was changed."""

WHOLE: Final = 0
"""``Answer.point`` of an answer to all points of a statement."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The municipality's answer to a point of a hearing statement.

    Attributes:
        statement: id of the statement.
        point: number of the point, from 1; ``0`` for an answer to all of the statement.
        summary: the point in a few words.
        comment: the answer, with its reasons; empty while undecided.
        decision: what was decided.
        consequence: what it leads to in the plan.
        element: id of the plan element that was changed.
        assessment: professional assessment before the decision.
        reason: reasons, where they are not part of the comment.
        paragraph: anchor of the paragraph of the draft that was changed.
        version: version of the plan that holds the change.
        changed: what the text became.
    """

    statement: str
    point: int
    summary: str
    comment: str
    decision: Decision
    consequence: str | None = None
    element: str | None = None
    assessment: str | None = None
    reason: str | None = None
    paragraph: str | None = None
    version: str | None = None
    changed: str | None = None

    @property
    def decided(self) -> bool:
        """Whether a decision has been made."""
        return self.decision != "undecided"

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What the answer lacks before the hearing can be closed."""
        if not self.decided:
            return ("answer",)
        if self.decision not in CHANGING:
            return ()
        lacks: list[Missing] = []
        if not self.consequence:
            lacks.append("consequence")
        if not (self.element or self.paragraph):
            lacks.append("link")
        return tuple(lacks)


@dataclass(frozen=True, slots=True)
class HearingPoint:
    """A point of a hearing statement.

    Attributes:
        statement: id of the statement.
        point: its number in the statement, from 1.
        paragraph: anchor of the draft that it is about, if it says so.
        text: the point as it was written, without private contact details.
        areas: areas of effort given by a person.
    """

    statement: str
    point: int
    paragraph: str | None
    text: str
    areas: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Id of the point: ``H-01/2``."""
        return f"{self.statement}/{self.point}"


@dataclass(frozen=True, slots=True)
class AnsweredPoint:
    """A point with what has become of it.

    Attributes:
        point: the point.
        state: ``unassessed``; ``assessed`` (not decided yet); ``answered``.
        answers: its answers: its own, the one to all of the statement, or those of the
            point that it has been merged with.
        missing: what is still missing.
        shared_with: id of the point or statement whose answer it shares, since a person has
            found that they say the same.
    """

    point: HearingPoint
    state: State
    answers: tuple[Answer, ...]
    missing: tuple[Missing, ...]
    shared_with: str | None = None


@dataclass(frozen=True, slots=True)
class AnsweredStatement:
    """A hearing statement with its points and what has become of them.

    Attributes:
        id: id of the statement.
        date: ISO date it came in, if known.
        sender_type: kind of sender.
        sender: who made it; ``None`` for private persons and unknown senders.
        place: place it is from or about.
        text: the whole statement, without private contact details.
        points: its points, at least one.
    """

    id: str
    date: str | None
    sender_type: str
    sender: str | None
    place: str | None
    text: str
    points: tuple[AnsweredPoint, ...]

    @property
    def state(self) -> State:
        """``answered`` if every point is, ``unassessed`` if none has been looked at."""
        states = {p.state for p in self.points}
        if states == {"answered"}:
            return "answered"
        return "unassessed" if states == {"unassessed"} else "assessed"


@dataclass(frozen=True, slots=True)
class AnswerChain:
    """Every statement of a hearing with its points, assessments, answers and consequences."""

    statements: tuple[AnsweredStatement, ...]

    @property
    def points(self) -> tuple[AnsweredPoint, ...]:
        """Every point of every statement."""
        return tuple(p for s in self.statements for p in s.points)

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Ids of statements with a point that has no answer."""
        return tuple(s.id for s in self.statements if s.state != "answered")

    @property
    def unanswered_points(self) -> tuple[str, ...]:
        """Ids of points without an answer."""
        return tuple(p.point.id for p in self.points if p.state != "answered")

    @property
    def incomplete(self) -> tuple[str, ...]:
        """Ids of answered points whose answer lacks a consequence or a link to the change."""
        return tuple(p.point.id for p in self.points if p.state == "answered" and p.missing)

    @property
    def states(self) -> tuple[tuple[State, int], ...]:
        """Number of points in each state."""
        count = Counter(p.state for p in self.points)
        order: tuple[State, ...] = ("unassessed", "assessed", "answered")
        return tuple((state, count[state]) for state in order)

    @property
    def decisions(self) -> tuple[tuple[Decision, int], ...]:
        """Number of answered points by decision; one with several answers counts under each."""
        count = Counter(
            d for p in self.points for d in {a.decision for a in p.answers if a.decided}
        )
        return tuple((d, count[d]) for d in DECISIONS)


@dataclass(frozen=True, slots=True)
class ClosedHearing:
    """A hearing where every point of every statement has its answer."""

    statements: int
    points: int
    decisions: tuple[tuple[Decision, int], ...]
