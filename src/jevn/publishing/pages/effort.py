"""Effort profile: need against effort, money by area and reach, accounts reconciled."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.effort.results import AreaEffort, EffortProfile, FunctionLine
from jevn.publishing.charts import money_chart, need_effort_chart, reach_chart
from jevn.publishing.links import slug
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Block, Cell, Fact, Head, Heading, OriginLine, Row, Table
from jevn.publishing.words import money


@dataclass(frozen=True, slots=True)
class EffortPage:
    """The effort profile. ``residual`` is always said."""

    head: Head
    begun: bool
    need: Block | None
    reach: Block | None
    years: Block | None
    facts: tuple[Fact, ...]
    residual: str
    areas: Table | None
    functions: Table | None
    services: Table | None
    messages: tuple[str, ...]
    origins: tuple[OriginLine, ...]


def effort_page(desk: Desk) -> EffortPage:
    """The page of the effort profile."""
    d, say = desk.dossier, desk.say
    head = desk.head("effort", say("publishing.nav.effort"), say("publishing.effort.description"))
    effort = d.effort
    if effort is None:
        return EffortPage(head, False, None, None, None, (), "", None, None, None, (), ())
    accounts = effort.reconciliation
    share = accounts.residual_nok / accounts.net_nok if accounts.net_nok else 0.0
    return EffortPage(
        head,
        True,
        desk.block(need_effort_chart(desk.studio, d.need_effort, effort), *effort.origins),
        desk.block(reach_chart(desk.studio, effort), *effort.origins),
        _years(desk, effort),
        (
            Fact(
                say("publishing.effort.total", year=str(effort.year)), money(accounts.net_nok, say)
            ),
            Fact(say("publishing.effort.allocated"), money(accounts.allocated_nok, say)),
            Fact(say("publishing.effort.residual"), money(accounts.residual_nok, say)),
            Fact(say("publishing.effort.default"), money(accounts.default_nok, say)),
        ),
        say(
            "publishing.effort.residual.text",
            residual=money(accounts.residual_nok, say),
            residual_share=share,
            default=money(accounts.default_nok, say),
        ),
        _areas(desk, effort),
        _functions(desk, accounts.lines),
        _services(desk, effort),
        tuple(desk.words(p.message) for p in d.need_effort if p.corner == "high_need_low_effort"),
        desk.origins(*effort.origins),
    )


def _years(desk: Desk, effort: EffortProfile) -> Block | None:
    sums: dict[int, float] = {}
    for area in effort.areas:
        for year, nok in area.years:
            sums[year] = sums.get(year, 0.0) + nok
    years = tuple(sorted(sums.items()))
    if len(years) < 2:
        return None
    say, (first, last) = desk.say, (years[0], years[-1])
    change = last[1] / first[1] - 1 if first[1] else 0.0
    chart = money_chart(
        desk.studio,
        "effort-years",
        years,
        title=say(
            f"publishing.effort.years.{'up' if change >= 0 else 'down'}",
            change_share=abs(change),
            first_year=str(first[0]),
            last_year=str(last[0]),
        ),
        subtitle=say("publishing.effort.years.subtitle"),
        source=desk.studio.source(*effort.origins),
    )
    return desk.block(chart, *effort.origins)


def _areas(desk: Desk, effort: EffortProfile) -> Table:
    say = desk.say
    keys = ("area", "net_nok", "per_inhabitant", "comparison", "ratio", "default_share")
    return Table(
        say("publishing.effort.areas"),
        tuple(Heading(say(f"publishing.table.{k}"), k != "area") for k in keys),
        tuple(_area_row(desk, a) for a in effort.areas),
        sortable=True,
    )


def _area_row(desk: Desk, a: AreaEffort) -> Row:
    say = desk.say
    here, there = a.per_inhabitant, a.comparison_per_inhabitant
    ratio = here / there if here is not None and there else None
    return Row(
        (
            Cell(desk.area(a.area), desk.links.url("area", a.area.value)),
            Cell(money(a.net_nok, say), sort=a.net_nok),
            Cell(say.nok(round(here)) if here is not None else "–", sort=here),
            Cell(say.nok(round(there)) if there is not None else "–", sort=there),
            Cell(say.percent(ratio), sort=ratio),
            Cell(say.percent(a.default_share), sort=a.default_share),
        )
    )


def _functions(desk: Desk, lines: tuple[FunctionLine, ...]) -> Table:
    say = desk.say
    keys = ("function", "net_nok", "allocated", "residual", "allocated_to")
    return Table(
        say("publishing.effort.functions"),
        tuple(
            Heading(say(f"publishing.table.{k}"), k in ("net_nok", "allocated", "residual"))
            for k in keys
        ),
        tuple(_function_row(desk, x) for x in lines),
    )


def _function_row(desk: Desk, x: FunctionLine) -> Row:
    say = desk.say
    shares = ", ".join(f"{desk.area(area)} {say.percent(share)}" for area, share, _, _ in x.shares)
    bases = {basis for _, _, _, basis in x.shares}
    basis = ", ".join(
        say(f"publishing.share.{b}") for b in ("counted", "estimated", "default") if b in bases
    )
    outside = say("publishing.effort.outside") if x.outside else ""
    return Row(
        (
            Cell(f"{x.function} {x.name}"),
            Cell(money(x.net_nok, say), sort=x.net_nok),
            Cell(money(x.allocated_nok, say), sort=x.allocated_nok),
            Cell(money(x.residual_nok, say), sort=x.residual_nok),
            Cell(shares or outside or "–", detail=basis),
        ),
        anchor=f"f-{slug(x.function)}",
    )


def _services(desk: Desk, effort: EffortProfile) -> Table | None:
    say = desk.say
    rows: dict[str, Row] = {}
    for area in effort.areas:
        for s in area.services:
            entry = desk.dossier.evidence.intervention(s.intervention) if s.intervention else None
            link = desk.intervention(entry) if entry else None
            rows.setdefault(
                s.id,
                Row(
                    (
                        Cell(s.name, detail=s.target_group or ""),
                        Cell(desk.area(s.area), desk.links.url("area", s.area.value)),
                        Cell(say(f"reach.{s.reach.value}.short")),
                        Cell(money(s.net_nok, say), sort=s.net_nok),
                        Cell(say.number(s.users, 0) if s.users is not None else "–", sort=s.users),
                        Cell(link.text, link.url, link.tags[0])
                        if link
                        else Cell(say("publishing.effort.no_link")),
                    ),
                    anchor=f"t-{slug(s.id)}",
                ),
            )
    if not rows:
        return None
    keys = ("service", "area", "reach", "net_nok", "users", "evidence")
    return Table(
        say("publishing.effort.services"),
        tuple(Heading(say(f"publishing.table.{k}"), k in ("net_nok", "users")) for k in keys),
        tuple(rows.values()),
        sortable=True,
    )
