"""Answers to the hearing: what was said, what was answered, what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.participation.answering import AnsweredPoint, AnsweredStatement
from jevn.participation.answering.results import Answer
from jevn.publishing.links import slug
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Fact, Head, Item, Tag

_DECISION = {
    "taken_in": "success",
    "partly": "info",
    "not_taken_in": "neutral",
    "outside": "neutral",
    "undecided": "warning",
}


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer to a point.

    Attributes:
        decision: what was decided.
        comment: the answer with its reasons.
        consequence: what it leads to in the plan.
        changed: what the text became, and in which version.
        element: the plan element it concerns.
    """

    decision: Tag
    comment: str
    consequence: str
    changed: str
    element: Item | None


@dataclass(frozen=True, slots=True)
class PointView:
    """A point of a statement with its answers; none while it waits."""

    number: str
    about: str
    text: str
    answers: tuple[AnswerView, ...]
    shared: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement with its points.

    ``text`` is the whole statement where the points are not all of it.
    """

    anchor: str
    who: str
    detail: str
    url: str | None
    state: Tag
    text: str
    points: tuple[PointView, ...]


@dataclass(frozen=True, slots=True)
class AnswersPage:
    """Every statement with its answers, and those that wait for one."""

    head: Head
    facts: tuple[Fact, ...]
    waiting: tuple[Item, ...]
    statements: tuple[StatementView, ...]
    documents: tuple[Item, ...]


def answers_page(desk: Desk) -> AnswersPage:
    """The page of answers."""
    voices, say = desk.dossier.voices, desk.say
    head = desk.head(
        "answers", say("publishing.voices.answers"), say("publishing.voices.answers.intro")
    )
    chain = voices.chain if voices else None
    statements = chain.statements if chain else ()
    facts = [Fact(say("publishing.answers.statements"), say.number(len(statements), 0))]
    if chain:
        facts.append(Fact(say("publishing.answers.points"), say.number(len(chain.points), 0)))
        facts += [
            Fact(say(f"publishing.decision.{decision}"), say.number(n, 0))
            for decision, n in chain.decisions
            if n
        ]
    return AnswersPage(
        head,
        tuple(facts) if statements else (),
        tuple(_waiting(desk, s) for s in statements if s.state != "answered"),
        tuple(_statement(desk, s) for s in statements),
        tuple(
            Item(
                say(
                    f"publishing.document.as.{name.rpartition('.')[2]}",
                    document=say("publishing.document.hearing"),
                ),
                desk.links.document(name),
            )
            for name in desk.dossier.cover.documents
            if name.startswith("hearing.")
        ),
    )


def _who(desk: Desk, s: AnsweredStatement) -> str:
    return s.sender or desk.say(f"publishing.sender.{s.sender_type}")


def _anchor(id: str) -> str:
    return f"s-{slug(id)}"


def _waiting(desk: Desk, s: AnsweredStatement) -> Item:
    left = sum(p.state != "answered" for p in s.points)
    return Item(
        f"{_who(desk, s)} ({s.id})",
        f"#{_anchor(s.id)}",
        desk.say("publishing.answers.left", n=left, of=len(s.points)),
    )


def _statement(desk: Desk, s: AnsweredStatement) -> StatementView:
    say, voices = desk.say, desk.dossier.voices
    known = voices.contribution(s.id) if voices else None
    whole = len(s.points) == 1 and s.points[0].point.text.strip() == s.text.strip()
    colour = {"answered": "success", "assessed": "info", "unassessed": "warning"}[s.state]
    detail = [s.id, desk.date(s.date) if s.date else ""]
    if s.place:
        detail.append(desk.dossier.place_name(s.place))
    return StatementView(
        anchor=_anchor(s.id),
        who=_who(desk, s),
        detail=" · ".join(part for part in detail if part),
        url=desk.links.url("voice", s.id) if known else None,
        state=Tag(say(f"publishing.answers.state.{s.state}"), colour),
        text="" if whole else s.text,
        points=tuple(_point(desk, p, len(s.points)) for p in s.points),
    )


def _point(desk: Desk, p: AnsweredPoint, of: int) -> PointView:
    say = desk.say
    return PointView(
        number=say("publishing.answers.point", number=str(p.point.point)) if of > 1 else "",
        about=p.point.paragraph or "",
        text=p.point.text,
        answers=tuple(_answer(desk, a) for a in p.answers if a.decided),
        shared=say("publishing.answers.shared", id=p.shared_with) if p.shared_with else "",
    )


def _answer(desk: Desk, a: Answer) -> AnswerView:
    say, proposal = desk.say, desk.dossier.proposal
    elements = proposal.elements() if proposal and a.element else ()
    found = next((e for e in elements if e.id == a.element), None)
    changed = ""
    if a.changed:
        key = "publishing.answers.changed" + (".version" if a.version else "")
        changed = say(key, text=a.changed, version=a.version or "")
    comment = " ".join(part for part in (a.comment, a.reason) if part)
    return AnswerView(
        Tag(say(f"publishing.decision.{a.decision}"), _DECISION[a.decision]),
        comment,
        a.consequence or "",
        changed,
        Item(found.title, desk.links.url("element", found.id)) if found else None,
    )
