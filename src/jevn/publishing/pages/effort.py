"""Effort profile: need against effort, who gets it, others, zones, evidence, accounts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from jevn.effort.results import EffortProfile
from jevn.publishing.charts import need_effort_chart, reach_chart
from jevn.publishing.charts.spending import spending_chart, spending_years_chart
from jevn.publishing.charts.strength import strength_chart
from jevn.publishing.charts.usegradient import use_chart
from jevn.publishing.charts.zoneneed import zone_need_chart, zone_need_map
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.effort_gaps import gap_groups
from jevn.publishing.pages.effort_tables import (
    area_table,
    function_table,
    service_table,
    zone_table,
)
from jevn.publishing.pages.parts import Block, Fact, Group, Head, OriginLine, Table
from jevn.publishing.words import lower_first, money
from jevn.terms import SocialDimension


@dataclass(frozen=True, slots=True)
class EffortPage:
    """The effort profile. ``residual`` is always said.

    Attributes:
        head: head of the page.
        begun: whether the step has input.
        facts: the sums of the accounts.
        residual: what is in no area, in words.
        notes: what the profile leaves out or rests on.
        need: need against effort by area.
        messages: areas with high need and low effort, in words.
        compared: spending against others, area by area.
        money: by area and reach, and over the years.
        who: use along the gradient, by education and income.
        areas: table of areas.
        zones: need beside effort by zone, as bars and map.
        zone_text: what can be placed in zones, in words.
        zone_table: the same as a table.
        evidence: money by strength of evidence.
        gaps: questions to raise, by kind.
        functions: accounts reconciled.
        services: the register.
        origins: sources.
    """

    head: Head
    begun: bool
    facts: tuple[Fact, ...] = ()
    residual: str = ""
    notes: tuple[str, ...] = ()
    need: Block | None = None
    messages: tuple[str, ...] = ()
    compared: Block | None = None
    money: tuple[Block, ...] = ()
    who: tuple[Block, ...] = ()
    areas: Table | None = None
    zones: tuple[Block, ...] = ()
    zone_text: str = ""
    zone_table: Table | None = None
    evidence: Block | None = None
    gaps: tuple[Group, ...] = ()
    functions: Table | None = None
    services: Table | None = None
    origins: tuple[OriginLine, ...] = ()


def effort_page(desk: Desk) -> EffortPage:
    """The page of the effort profile."""
    d, say = desk.dossier, desk.say
    head = desk.head("effort", say("publishing.nav.effort"), say("publishing.effort.description"))
    effort = d.effort
    if effort is None:
        return EffortPage(head, False)
    accounts, names = effort.reconciliation, _names(desk)
    share = accounts.residual_nok / accounts.net_nok if accounts.net_nok else 0.0
    return EffortPage(
        head,
        True,
        facts=_facts(desk, effort),
        residual=say(
            "publishing.effort.residual.text",
            residual=money(accounts.residual_nok, say),
            residual_share=share,
            default=money(accounts.default_nok, say),
        ),
        notes=tuple(desk.words(n) for n in effort.notes),
        need=desk.block(need_effort_chart(desk.studio, d.need_effort, effort), *effort.origins),
        messages=tuple(
            desk.words(p.message) for p in d.need_effort if p.corner == "high_need_low_effort"
        ),
        compared=desk.block(spending_chart(desk.studio, effort, names), *effort.origins),
        money=_money(desk, effort, names),
        who=_who(desk, effort),
        areas=area_table(desk, effort),
        zones=_zones(desk, effort),
        zone_text=say("publishing.effort.zones.intro", unplaced=money(effort.unplaced_nok, say)),
        zone_table=zone_table(desk),
        evidence=desk.block(strength_chart(desk.studio, effort), *effort.origins),
        gaps=gap_groups(desk),
        functions=function_table(desk, accounts.lines),
        services=service_table(desk, effort),
        origins=desk.origins(*effort.origins),
    )


def _facts(desk: Desk, effort: EffortProfile) -> tuple[Fact, ...]:
    say, accounts = desk.say, effort.reconciliation
    year = str(effort.year)
    return (
        Fact(say("publishing.effort.total", year=year), money(accounts.net_nok, say)),
        Fact(say("publishing.effort.allocated"), money(accounts.allocated_nok, say)),
        Fact(say("publishing.effort.residual"), money(accounts.residual_nok, say)),
        Fact(say("publishing.effort.default"), money(accounts.default_nok, say)),
    )


def _names(desk: Desk) -> Callable[[str], str]:
    """Names of places as they stand within a sentence: a group of municipalities in small."""
    groups = {p.id for p in desk.dossier.places if p.kind == "group"}

    def name(id: str) -> str:
        text = desk.dossier.place_name(id)
        return lower_first(text) if id in groups else text

    return name


def _money(desk: Desk, effort: EffortProfile, names: Callable[[str], str]) -> tuple[Block, ...]:
    charts = (
        reach_chart(desk.studio, effort),
        spending_years_chart(desk.studio, effort, names),
    )
    return desk.blocks(*(desk.block(c, *effort.origins) for c in charts))


def _who(desk: Desk, effort: EffortProfile) -> tuple[Block, ...]:
    charts = (
        use_chart(desk.studio, effort, dimension)
        for dimension in (SocialDimension.EDUCATION, SocialDimension.INCOME)
    )
    return desk.blocks(*(desk.block(c, *effort.origins) for c in charts))


def _zones(desk: Desk, effort: EffortProfile) -> tuple[Block, ...]:
    d = desk.dossier
    charts = (
        zone_need_chart(desk.studio, d.zone_need, effort),
        zone_need_map(desk.studio, d.zone_need, effort, d.zones_geojson),
    )
    return desk.blocks(*(desk.block(c, *effort.origins) for c in charts))
