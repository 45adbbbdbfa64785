"""Assessed changes as pages show them: money, criteria, verdict, standing."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.impact.results import ChangeAssessment, CriterionResult
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Tag
from jevn.publishing.words import money


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One criterion of a change or alternative, in words."""

    name: str
    score: str
    basis: Tag
    reason: str
    judged: str
    confidence: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change on one line."""

    id: str
    title: str
    url: str
    area: str
    level: str
    nok: str
    posts: str
    verdict: Tag
    helped: str
    standing: str
    nok_value: float


def criterion_line(desk: Desk, result: CriterionResult) -> CriterionLine:
    """A criterion in words; judgement is marked as judgement."""
    say = desk.say
    colours = {"computed": "info", "judged": "warning", "missing": "neutral"}
    confidence = say(f"publishing.confidence.{result.confidence}") if result.confidence else ""
    return CriterionLine(
        say(f"criterion.{result.criterion.value}"),
        score_text(desk, result.score),
        Tag(say(f"publishing.basis.{result.basis}"), colours[result.basis]),
        desk.words(result.reason),
        result.judged_reason or "",
        confidence,
    )


def score_text(desk: Desk, score: float | None) -> str:
    """A score from −3 to +3 in words with the number."""
    if score is None:
        return desk.say("publishing.score.unknown")
    rounded = max(-3, min(3, round(score)))
    sign = "+" if score > 0 else ""
    decimals = 0 if float(score).is_integer() else 1
    return f"{desk.say(f'publishing.score.{rounded}')} ({sign}{desk.say.number(score, decimals)})"


def change_line(desk: Desk, change: ChangeAssessment) -> ChangeLine:
    """A change on one line with verdict and standing."""
    c, say = change.change, desk.say
    computed = change.computed
    verdict = (
        desk.verdict(computed.verdict)
        if computed
        else Tag(say("publishing.judged_only"), "warning")
    )
    prioritised = desk.dossier.prioritisation
    support = (
        next((s for s in prioritised.support if s.change == c.id), None) if prioritised else None
    )
    return ChangeLine(
        c.id,
        c.title,
        desk.links.url("change", c.id),
        desk.area(c.area),
        say(f"publishing.level.{c.level}"),
        money(c.nok_per_year, say),
        say.number(c.posts, 0 if float(c.posts).is_integer() else 1) if c.posts else "–",
        verdict,
        say("publishing.helped", n=round(computed.helped.value)) if computed else "",
        say(f"publishing.standing.{support.standing}") if support else "",
        c.nok_per_year,
    )


def unique_changes(desk: Desk) -> tuple[ChangeAssessment, ...]:
    """Every assessed change once, in the order of the alternatives."""
    assessment = desk.dossier.assessment
    every = [c for a in assessment.alternatives for c in a.changes] if assessment else []
    return tuple(
        {c.change.id: c for c in reversed(every)}[id]
        for id in dict.fromkeys(c.change.id for c in every)
    )
