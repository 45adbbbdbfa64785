"""Answers to the hearing: what was said, what was answered, what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.participation.results import Answer
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Head, Item, Tag

_DECISION = {
    "taken_in": "success",
    "partly": "info",
    "not_taken_in": "neutral",
    "outside": "neutral",
}


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer to a point of a statement."""

    summary: str
    statement: Item
    decision: Tag
    comment: str
    consequence: str
    element: Item | None


@dataclass(frozen=True, slots=True)
class AnswersPage:
    """Every answer, and the statements that wait for one."""

    head: Head
    answers: tuple[AnswerView, ...]
    unanswered: tuple[Item, ...]


def answers_page(desk: Desk) -> AnswersPage:
    """The page of answers."""
    voices, say = desk.dossier.voices, desk.say
    return AnswersPage(
        desk.head(
            "answers", say("publishing.voices.answers"), say("publishing.voices.answers.intro")
        ),
        tuple(_answer(desk, a) for a in (voices.answers if voices else ())),
        tuple(
            desk.voice(v)
            for v in (voices.contributions if voices else ())
            if voices and v.id in voices.unanswered
        ),
    )


def _answer(desk: Desk, a: Answer) -> AnswerView:
    say, voices = desk.say, desk.dossier.voices
    voice = voices.contribution(a.statement) if voices else None
    who = desk.speaker(voice) if voice else a.statement
    element = None
    if a.element and desk.dossier.proposal:
        found = next((e for e in desk.dossier.proposal.elements() if e.id == a.element), None)
        element = Item(found.title, desk.links.url("element", found.id)) if found else None
    return AnswerView(
        a.summary,
        Item(who, desk.links.url("voice", a.statement) if voice else None),
        Tag(say(f"publishing.decision.{a.decision}"), _DECISION[a.decision]),
        a.comment,
        a.consequence or "",
        element,
    )
