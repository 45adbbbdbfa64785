"""The section of computed packages on the page of priorities: plane, standing, why in and out."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.prioritisation.portfolio.study import Point, PortfolioStudy
from jevn.publishing.charts.portfolio import packages_chart, point_title, standing_chart
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Block, Cell, Heading, Row, Table, Tag
from jevn.publishing.words import money


@dataclass(frozen=True, slots=True)
class WhyCard:
    """Why an action is in or out of the computed package."""

    title: str
    url: str
    state: Tag
    ways: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComputedSection:
    """What is computed, and how sure it is.

    Attributes:
        intro: what is counted, and within which frame.
        loosened: demands that had to give, in words.
        charts: the plane, and what is always, sometimes or never in.
        sure: how the package fares when the uncertain is drawn again.
        table: every package.
        cards: every action.
        apart: what is not computed, and what is set aside for it.
    """

    intro: str
    loosened: tuple[str, ...]
    charts: tuple[Block, ...]
    sure: str
    table: Table
    cards: tuple[WhyCard, ...]
    apart: tuple[str, ...]


def computed_section(desk: Desk) -> ComputedSection | None:
    """The section; ``None`` where nothing is computed."""
    found, say = desk.dossier.portfolio, desk.say
    if found is None:
        return None
    charts = (packages_chart(desk.studio, found), standing_chart(desk.studio, found))
    sure = found.robustness
    return ComputedSection(
        intro=intro(desk, found),
        loosened=tuple(desk.words(x.message) for x in found.best.loosened),
        charts=tuple(b for c in charts if (b := desk.block(c)) is not None),
        sure=say(
            "portfolio.cli.regret",
            best_share=sure.best_share,
            regret_exact=round(sure.regret),
            perfect_exact=round(sure.perfect),
        ),
        table=_table(desk, found),
        cards=tuple(_cards(desk, found)),
        apart=apart(desk, found),
    )


def intro(desk: Desk, found: PortfolioStudy) -> str:
    """What is counted, and within which frame."""
    year, nok = found.frame[-1]
    return desk.say(
        f"publishing.portfolio.intro.{found.wishes.outcome}",
        n=len(found.options),
        first_year=str(found.first_year),
        last_year=str(found.first_year + found.years - 1),
        frame=money(nok / 100, desk.say),
        frame_year=str(year),
    )


def apart(desk: Desk, found: PortfolioStudy) -> tuple[str, ...]:
    """What is not computed, and what is set aside for it."""
    titles: dict[str, str] = {}
    if desk.dossier.assessment:
        for a in desk.dossier.assessment.alternatives:
            titles |= {c.change.id: c.change.title for c in a.changes}
    return tuple(
        desk.say(f"portfolio.cli.{key}", names=", ".join(titles.get(id, id) for id in ids)) + "."
        for key, ids in (("reserved", found.reserved), ("left", found.left_out))
        if ids
    )


def contents(point: Point, found: PortfolioStudy, desk: Desk) -> str:
    """The computed actions of a package, with their level where it is not as proposed."""
    titles = {o.id: o.title for o in found.options}
    return ", ".join(
        titles[id] if level == 1 else f"{titles[id]} ({desk.say.percent(level, 0)})"
        for id, level in point.levels
    )


def _table(desk: Desk, found: PortfolioStudy) -> Table:
    say = desk.say
    heads = (
        Heading(say("publishing.portfolio.package")),
        Heading(say("publishing.table.money_year"), numeric=True),
        Heading(say(f"portfolio.outcome.{found.wishes.outcome}"), numeric=True),
        Heading(say("portfolio.cli.worst"), numeric=True),
        Heading(say("portfolio.cli.actions")),
    )

    def gained(mean: float, low: float, high: float) -> Cell:
        limits = say(
            "publishing.portfolio.limits", low=say.number(low, 0), high=say.number(high, 0)
        )
        return Cell(say.number(mean, 0), detail=limits, sort=mean)

    rows = tuple(
        Row(
            (
                Cell(point_title(p, say)),
                Cell(money(p.nok, say), sort=p.nok),
                gained(p.total, p.total_low, p.total_high),
                gained(p.worst_off, p.worst_low, p.worst_high),
                Cell(contents(p, found, desk)),
            )
        )
        for p in sorted(found.points, key=lambda p: -p.total)
        if p.kind != "best"
    )
    return Table(say("publishing.portfolio.table"), heads, rows, sortable=True)


def _cards(desk: Desk, found: PortfolioStudy) -> list[WhyCard]:
    say = desk.say
    cards = []
    titles = {o.id: o.title for o in found.options}
    for r in sorted(found.reasons, key=lambda r: (not r.inside, titles[r.id])):
        chosen = next((c for c in found.best.chosen if c.id == r.id), None)
        ways = ""
        if chosen is not None:
            ways = say(
                "publishing.portfolio.way",
                level=say.percent(chosen.level, 0),
                start_year=str(chosen.start),
                nok=money(chosen.nok / 100, say),
            )
        state = Tag(
            say("publishing.in" if r.inside else "publishing.out"),
            "success" if r.inside else "neutral",
        )
        cards.append(
            WhyCard(
                titles[r.id],
                desk.links.url("change", r.id),
                state,
                ways,
                tuple(desk.words(m) for m in r.reasons),
            )
        )
    return cards
