"""Alternatives side by side, and the assessment of each change once, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator

from jevn.impact.results import AlternativeAssessment, Assessment, ChangeAssessment, CriterionResult
from jevn.publishing.documents.ahead import ahead_blocks
from jevn.publishing.documents.common import Desk, lead, not_begun
from jevn.publishing.documents.model import (
    Block,
    Facts,
    Heading,
    bullets,
    paragraph,
    table,
)
from jevn.publishing.words import money
from jevn.terms import CRITERIA


def alternatives_blocks(desk: Desk) -> Iterator[Block]:
    """The alternatives, zero first, then every change with what its assessment rests on."""
    say, assessment = desk.say, desk.dossier.assessment
    yield Heading(1, say("document.alternatives"), "alternatives")
    if assessment is None:
        yield from not_begun(desk, "assessment")
        return
    yield lead(say("document.alternatives.lead"))
    yield from comparison_blocks(desk, assessment)
    for alternative in assessment.alternatives:
        if alternative.changes:
            yield Heading(2, alternative.alternative.title)
            yield paragraph(alternative.alternative.summary)
            yield bullets(
                f"{c.change.title}: {money(c.change.nok_per_year, say)}"
                for c in alternative.changes
            )
    yield from ahead_blocks(desk)
    yield Heading(1, say("document.assessments"), "assessments")
    yield lead(say("document.assessments.lead"))
    every = (c for a in assessment.alternatives for c in a.changes)
    for change in {c.change.id: c for c in every}.values():
        yield from _change(desk, change)


def comparison_blocks(desk: Desk, assessment: Assessment) -> Iterator[Block]:
    """The alternatives side by side: money, posts, the four criteria, and the gap."""
    say = desk.say
    yield table(
        say("document.alternatives.caption"),
        [
            say("document.alternative"),
            say("document.per_year_money"),
            say("document.posts"),
            *(say(f"criterion.{c.value}") for c in CRITERIA),
            say("document.verdict"),
        ],
        [_row(desk, a) for a in assessment.alternatives],
        widths=[2.2, 1.2, 0.8, 0.9, 0.9, 1.0, 0.9, 1.6],
        numeric=[1, 2, 3, 4, 5, 6],
    )
    yield paragraph(say("document.alternatives.scale"), "small")


def _row(desk: Desk, a: AlternativeAssessment) -> list[str]:
    say = desk.say
    scores = {r.criterion: r.score for r in a.criteria}
    return [
        a.alternative.title,
        money(a.nok_per_year, say),
        say.number(a.posts, 1),
        *(say.number(scores.get(c), 1) for c in CRITERIA),
        say(f"document.verdict.{a.verdict}"),
    ]


def _change(desk: Desk, change: ChangeAssessment) -> Iterator[Block]:
    say = desk.say
    yield Heading(2, change.change.title)
    judged = change.computed is None
    basis = say("document.judged") if judged else say("document.computed")
    why = say.message(change.why_not_computed) if change.why_not_computed else ""
    yield paragraph(f"{basis}. {why}".strip(), "small")
    pairs = [(_criterion(desk, r), _reason(desk, r)) for r in change.criteria]
    more = (
        ("document.gains", change.gains),
        ("document.loses", change.loses),
        ("document.mechanism", change.mechanism),
        ("document.feasibility", change.feasibility),
        ("document.legal", change.legal),
        ("document.children", change.children),
    )
    pairs += [(say(key), words) for key, words in more if words]
    area = desk.area(change.change.area)
    yield Facts(f"{area}, {money(change.change.nok_per_year, say)}", tuple(pairs))
    if change.computed is not None:
        yield Heading(3, say("document.chain"))
        yield bullets((say.message(m) for m in change.computed.chain), numbered=True)
        if change.computed.assumptions:
            yield Heading(3, say("document.assumptions"))
            yield bullets(say.message(m) for m in change.computed.assumptions)


def _criterion(desk: Desk, result: CriterionResult) -> str:
    name = desk.say(f"criterion.{result.criterion.value}")
    if result.score is None:
        return name
    return f"{name}: {desk.say.number(result.score, 1)}"


def _reason(desk: Desk, result: CriterionResult) -> str:
    words = [desk.say.message(result.reason)] if result.reason is not None else []
    if result.judged_reason:
        words.append(result.judged_reason)
    return " ".join(words) or desk.say("document.not_assessed")
