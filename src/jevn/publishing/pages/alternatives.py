"""Alternatives side by side, the zero alternative first, on the four criteria."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.impact.results import AlternativeAssessment, Interval
from jevn.publishing.charts.effects import people
from jevn.publishing.links import slug
from jevn.publishing.pages.ahead import ahead_url
from jevn.publishing.pages.ahead_side import AheadSection, ahead_section
from jevn.publishing.pages.changes import ChangeLine, CriterionLine, change_line, criterion_line
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Cell, Head, Heading, Row, Table, Tag
from jevn.publishing.words import money
from jevn.terms import Say


@dataclass(frozen=True, slots=True)
class AlternativeView:
    """One alternative with its changes and criteria."""

    anchor: str
    title: str
    summary: str
    verdict: Tag
    money: str
    helped: str
    basis: str
    criteria: tuple[CriterionLine, ...]
    changes: tuple[ChangeLine, ...]
    ahead: str | None


@dataclass(frozen=True, slots=True)
class AlternativesPage:
    """All alternatives; ``ahead`` follows them through the years."""

    head: Head
    begun: bool
    table: Table | None
    ahead: AheadSection | None
    alternatives: tuple[AlternativeView, ...]


def alternatives_page(desk: Desk) -> AlternativesPage:
    """The page of alternatives."""
    say, assessment = desk.say, desk.dossier.assessment
    head = desk.head(
        "alternatives",
        say("publishing.nav.alternatives"),
        say("publishing.alternatives.description"),
    )
    if assessment is None:
        return AlternativesPage(head, False, None, None, ())
    every = assessment.alternatives
    views = tuple(_view(desk, a) for a in every)
    return AlternativesPage(head, True, _table(desk, every), ahead_section(desk), views)


def title_of(desk: Desk, a: AlternativeAssessment) -> str:
    """Title of an alternative; the zero alternative has its own."""
    if a.alternative.id == "zero":
        return desk.say("publishing.alternatives.zero")
    return a.alternative.title


def helped_text(interval: Interval | None, say: Say) -> str:
    """Persons helped with limits; ``–`` where it was not computed."""
    if interval is None:
        return "–"
    if interval.lower is None or interval.upper is None:
        return people(interval.value, say)
    limits = say(
        "publishing.interval", lower=people(interval.lower, say), upper=people(interval.upper, say)
    )
    return f"{people(interval.value, say)} ({limits})"


def _table(desk: Desk, every: tuple[AlternativeAssessment, ...]) -> Table:
    say = desk.say
    heads = [Heading(say("publishing.alternatives.what"))]
    heads += [Heading(title_of(desk, a)) for a in every]
    rows = [
        Row(
            (
                Cell(say("publishing.table.money_year")),
                *(Cell(money(a.nok_per_year, say)) for a in every),
            )
        ),
        Row(
            (
                Cell(say("publishing.table.posts")),
                *(
                    Cell(say.number(a.posts, 0 if float(a.posts).is_integer() else 1))
                    for a in every
                ),
            )
        ),
        Row(
            (
                Cell(say("publishing.alternatives.changes")),
                *(Cell(str(len(a.changes))) for a in every),
            )
        ),
        Row(
            (
                Cell(say("publishing.alternatives.gap")),
                *(Cell("", tag=desk.verdict(a.verdict)) for a in every),
            )
        ),
        Row(
            (
                Cell(say("publishing.alternatives.helped")),
                *(Cell(helped_text(a.helped, say)) for a in every),
            )
        ),
        Row((Cell(say("publishing.alternatives.basis")), *(Cell(_basis(desk, a)) for a in every))),
    ]
    for n, criterion in enumerate(every[0].criteria if every else ()):
        lines = [
            criterion_line(desk, a.criteria[n]) if n < len(a.criteria) else None for a in every
        ]
        rows.append(
            Row(
                (
                    Cell(say(f"criterion.{criterion.criterion.value}")),
                    *(Cell(x.score, detail=x.basis.text) if x else Cell("–") for x in lines),
                )
            )
        )
    return Table(say("publishing.alternatives.caption"), tuple(heads), tuple(rows))


def _basis(desk: Desk, a: AlternativeAssessment) -> str:
    if not a.changes:
        return "–"
    return desk.say(
        "publishing.alternatives.basis.text", computed=a.computed_changes, judged=a.judged_changes
    )


def _view(desk: Desk, a: AlternativeAssessment) -> AlternativeView:
    say = desk.say
    zero = a.alternative.id == "zero"
    return AlternativeView(
        f"a-{slug(a.alternative.id)}",
        title_of(desk, a),
        say("publishing.alternatives.zero.about") if zero else a.alternative.summary,
        desk.verdict(a.verdict),
        money(a.nok_per_year, say),
        helped_text(a.helped, say),
        _basis(desk, a),
        () if zero else tuple(criterion_line(desk, c) for c in a.criteria),
        tuple(change_line(desk, c) for c in a.changes),
        ahead_url(desk.links, desk.dossier.projection, a.alternative.id),
    )
