"""The hearing note (*høringsnotat*): every statement, the answer to it, and what it led to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jevn.participation.answering import AnswerChain, AnsweredPoint, AnsweredStatement
from jevn.participation.answering.results import Answer
from jevn.publishing.documents.common import Desk, lead, not_begun
from jevn.publishing.documents.covers import document_of
from jevn.publishing.documents.model import (
    Block,
    Document,
    Heading,
    Note,
    bullets,
    paragraph,
    table,
    text,
)
from jevn.publishing.dossier import Dossier
from jevn.publishing.words import iso_date


def hearing_note(dossier: Dossier) -> Document:
    """The hearing note of a dossier, in the municipality's language; private persons unnamed."""
    desk = Desk.of(dossier)
    chain = dossier.voices.chain if dossier.voices else AnswerChain(())
    whole = chain.statements and not chain.unanswered
    return document_of(
        desk,
        "hearing",
        desk.say("document.hearing.title"),
        _blocks(desk, chain),
        status=desk.say("document.hearing.status" if whole else "document.hearing.status.open"),
    )


def _blocks(desk: Desk, chain: AnswerChain) -> Iterator[Block]:
    say = desk.say
    yield Heading(1, say("document.short"), "short")
    if not chain.statements:
        yield from not_begun(desk, "hearing")
        return
    yield lead(say("document.hearing.lead"))
    answered = dict(chain.states)["answered"]
    yield paragraph(
        say(
            "document.hearing.sum",
            n=len(chain.statements),
            points=len(chain.points),
            answered=answered,
        )
    )
    waiting = [s for s in chain.statements if s.state != "answered"]
    if waiting:
        yield Note(
            say("document.hearing.waiting", n=len(waiting)),
            text(say("document.hearing.waiting.why")),
        )
        yield bullets(f"{_who(desk, s)} ({s.id})" for s in waiting)
    yield from _counts(desk, chain)
    yield Heading(1, say("document.hearing.each"), "statements")
    yield lead(say("document.hearing.each.lead"))
    for statement in chain.statements:
        yield from _statement(desk, statement)


def _counts(desk: Desk, chain: AnswerChain) -> Iterator[Block]:
    say = desk.say
    senders = Counter(s.sender_type for s in chain.statements).most_common()
    yield table(
        say("document.hearing.senders"),
        [say("document.hearing.sender"), say("document.voices.number")],
        [[say(f"publishing.sender.{kind}"), say.number(n, 0)] for kind, n in senders],
        widths=[3, 1],
        numeric=[1],
    )
    made = [(decision, n) for decision, n in chain.decisions if n]
    if made:
        yield table(
            say("document.hearing.decisions"),
            [say("document.hearing.decision"), say("document.voices.number")],
            [[say(f"publishing.decision.{decision}"), say.number(n, 0)] for decision, n in made],
            widths=[3, 1],
            numeric=[1],
        )


def _who(desk: Desk, statement: AnsweredStatement) -> str:
    return statement.sender or desk.say(f"publishing.sender.{statement.sender_type}")


def _statement(desk: Desk, statement: AnsweredStatement) -> Iterator[Block]:
    say, who = desk.say, _who(desk, statement)
    yield Heading(2, f"{who} ({statement.id})", f"statement-{statement.id}")
    if statement.date:
        yield paragraph(iso_date(statement.date, say), "small")
    yield table(
        say("document.hearing.table", who=who, id=statement.id),
        [
            say("document.hearing.said"),
            say("document.hearing.comment"),
            say("document.hearing.consequence"),
        ],
        [_row(desk, point, len(statement.points)) for point in statement.points],
        widths=[1.1, 1.2, 1.0],
    )


def _row(desk: Desk, point: AnsweredPoint, of: int) -> tuple[str, str, str]:
    number = f"{point.point.point}. " if of > 1 else ""
    about = f"({point.point.paragraph}) " if point.point.paragraph else ""
    said = f"{number}{about}{point.point.text}"
    answers = [a for a in point.answers if a.decided]
    if not answers:
        return said, desk.say("document.hearing.none"), "–"
    comments = " ".join(part for a in answers for part in (a.comment, a.reason) if part)
    return said, comments, " ".join(_consequence(desk, a) for a in answers)


def _consequence(desk: Desk, answer: Answer) -> str:
    parts = [desk.say(f"publishing.decision.{answer.decision}") + "."]
    if answer.consequence:
        parts.append(answer.consequence)
    if answer.changed:
        parts.append(f"«{answer.changed}»")
    return " ".join(parts)
