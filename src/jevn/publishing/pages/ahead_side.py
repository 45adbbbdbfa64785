"""Alternatives through the years, side by side: what each gives, to whom, and what to find out."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.impact.projection.results import AlternativeProjection, Projection
from jevn.publishing.charts import gains_chart, plane_chart
from jevn.publishing.charts.ahead import HEALTH, three, with_limits
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Block, Cell, Fact, Heading, Row, Table, Tag
from jevn.publishing.words import local, money
from jevn.terms import Say

_ANSWER = {
    "gains": ("success", "✓"),
    "loses": ("danger", "▼"),
    "no_effect": ("neutral", "="),
    "unchanged": ("neutral", "="),
    "cannot_tell": ("neutral", "~"),
}
_TRUST = {"high": "success", "medium": "info", "low": "warning"}
PREMATURE = "premature_deaths_averted"


@dataclass(frozen=True, slots=True)
class AheadSection:
    """What the overview of alternatives says of the years ahead.

    Attributes:
        intro: what is followed, and for how long.
        charts: healthy years, and the plane.
        table: every alternative.
        worth: what knowing everything would be worth, in words; empty if nothing.
        knowledge: the numbers most worth knowing, in kroner.
    """

    intro: str
    charts: tuple[Block, ...]
    table: Table
    worth: str
    knowledge: tuple[Fact, ...]


def titles(desk: Desk) -> dict[str, str]:
    """Title of every alternative by id; the zero alternative has its own."""
    found = {"zero": desk.say("publishing.ahead.zero")}
    if desk.dossier.assessment:
        for a in desk.dossier.assessment.alternatives:
            if a.alternative.id != "zero":
                found[a.alternative.id] = a.alternative.title
    return found


def answer(desk: Desk, verdict: str) -> Tag:
    """Whether an outcome gains, in words."""
    colour, symbol = _ANSWER[verdict]
    return Tag(desk.say(f"impact.projection.verdict.{verdict}.short"), colour, symbol)


def trust(desk: Desk, found: AlternativeProjection) -> Tag:
    """How far the figures of an alternative can be trusted."""
    return Tag(desk.say(f"publishing.trust.{found.trust}"), _TRUST[found.trust])


def indicator_name(desk: Desk, id: str) -> str:
    """Name of the indicator of a determinant; the id where it is not known."""
    status = desk.dossier.challenges.indicator(id) if desk.dossier.challenges else None
    return local(status.indicator.name, desk.say) if status else id


def period(projection: Projection) -> dict[str, str | int]:
    """The years followed, for texts."""
    return {
        "years": projection.years,
        "first_year": str(projection.first_year),
        "last_year": str(projection.first_year + projection.years - 1),
    }


def ahead_section(desk: Desk) -> AheadSection | None:
    """The years ahead on the overview of alternatives; ``None`` without a projection."""
    projection = desk.dossier.projection
    if projection is None:
        return None
    say, names = desk.say, titles(desk)
    named = {
        a.alternative: names.get(a.alternative, a.alternative) for a in projection.alternatives
    }
    worth = ""
    if projection.perfect > 0:
        worth = say(
            "publishing.ahead.worth",
            amount=rough(projection.perfect, say),
            healthy_year_nok=projection.healthy_year_nok,
        )
    return AheadSection(
        intro=say("publishing.ahead.intro", **period(projection), draws=projection.draws),
        charts=desk.blocks(
            desk.block(gains_chart(desk.studio, projection, named), estimated=True),
            desk.block(plane_chart(desk.studio, projection, named), estimated=True),
        ),
        table=_table(desk, projection, named),
        worth=worth,
        knowledge=tuple(
            Fact(
                desk.words(k.name),
                say("publishing.ahead.worth.up_to", amount=rough(k.value, desk.say)),
            )
            for k in projection.knowledge[:5]
            if k.value >= 0.01 * projection.perfect
        ),
    )


def rough(amount: float, say: Say) -> str:
    """Kroner with two figures, where an estimate bears no more."""
    digits = 2 - len(str(int(abs(amount))))
    return money(round(amount, min(digits, 0)), say)


def _table(desk: Desk, projection: Projection, named: dict[str, str]) -> Table:
    say = desk.say
    heads = (
        Heading(say("publishing.table.alternative")),
        Heading(say("publishing.ahead.healthy_years"), numeric=True),
        Heading(say("publishing.ahead.premature"), numeric=True),
        Heading(say("publishing.ahead.gap")),
        Heading(say("publishing.table.money_year"), numeric=True),
        Heading(say("publishing.ahead.net"), numeric=True),
        Heading(say("publishing.ahead.trust")),
    )
    rows = []
    for a in projection.alternatives:
        zero = a.alternative == "zero"
        health, early = a.outcome(HEALTH), a.outcome(PREMATURE)
        gap = a.equity[0].equity.verdict if a.equity else "not_known"
        link = None if zero else desk.links.url("ahead", a.alternative)
        rows.append(
            Row(
                (
                    Cell(named[a.alternative], link),
                    Cell(
                        with_limits(health.total, say) if health else "–",
                        sort=health.total.median if health else None,
                    ),
                    Cell(
                        with_limits(early.total, say) if early else "–",
                        sort=early.total.median if early else None,
                    ),
                    Cell(
                        "",
                        tag=desk.verdict(gap),
                        detail=say("publishing.ahead.chance", falls_chance=a.gap_falls)
                        if gap != "no_change"
                        else "",
                    ),
                    Cell(money(a.costs.per_year, say), sort=a.costs.per_year),
                    Cell(money(a.costs.municipality.median, say), sort=a.costs.municipality.median),
                    Cell("–") if zero else Cell("", tag=trust(desk, a)),
                )
            )
        )
    return Table(
        say("publishing.ahead.table", **period(projection)), heads, tuple(rows), sortable=True
    )


__all__ = [
    "PREMATURE",
    "AheadSection",
    "ahead_section",
    "answer",
    "indicator_name",
    "period",
    "rough",
    "three",
    "titles",
    "trust",
]
