"""One alternative through the years: what it gives, to whom, at what cost, how surely."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jevn.impact.projection.results import (
    ActionGain,
    AlternativeProjection,
    Projection,
)
from jevn.publishing.charts import drivers_chart, groups_chart, years_chart
from jevn.publishing.charts.ahead import HEALTH, three, with_limits
from jevn.publishing.links import Links
from jevn.publishing.pages.ahead_side import (
    PREMATURE,
    answer,
    indicator_name,
    period,
    titles,
    trust,
)
from jevn.publishing.pages.ahead_tables import (
    equity_part,
    generations_part,
    money_part,
    outcome_name,
    outcomes_part,
    unmoved,
    welfare_part,
)
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Block, Fact, Head, Item, Table, Tag
from jevn.publishing.words import local, money
from jevn.terms import Say

_DIMENSIONS = ("education", "income", "zone", "age", "sex")


@dataclass(frozen=True, slots=True)
class AheadPage:
    """One alternative followed through the years.

    Attributes:
        head: of the page.
        kicker: the alternatives it belongs among, and the way back.
        tags: the answer, the gap, the trust.
        answer: the same in sentences.
        facts: the main figures.
        years: outcomes year by year.
        groups: healthy years by group, a chart per dimension; empty if there are none.
        no_health: said where no healthy years can be computed.
        outcomes: every outcome that moves, and the common ones.
        unmoved: the outcomes that do not, in words; empty if all do.
        equity: inequality before and after, by outcome.
        welfare: the gain in days of healthy life, by aversion.
        money: kroner.
        drivers: what moves the answer.
        inherited: what is passed on, in words; empty if nothing.
        generations: the same by generation.
        actions: every change of the alternative.
        chain: from money to outcome, in words.
        unknown: what is not known.
        research: the effect sizes that move the answer.
        assumptions: what had to be assumed.
    """

    head: Head
    kicker: Item
    tags: tuple[Tag, ...]
    answer: tuple[str, ...]
    facts: tuple[Fact, ...]
    years: tuple[Block, ...]
    groups: tuple[Block, ...]
    no_health: str
    outcomes: Table
    unmoved: str
    equity: Table | None
    welfare: Table | None
    money: tuple[Fact, ...]
    drivers: Block | None
    inherited: str
    generations: Table | None
    actions: tuple[Item, ...]
    chain: tuple[str, ...]
    unknown: tuple[str, ...]
    research: tuple[Item, ...]
    assumptions: tuple[str, ...]


def ahead_page(desk: Desk, id: str) -> AheadPage:
    """The page of one alternative through the years.

    Raises:
        KeyError: without a projection, or if it has no such alternative.
    """
    projection, say = desk.dossier.projection, desk.say
    found = projection.alternative(id) if projection else None
    if projection is None or found is None or id == "zero":
        raise KeyError(id)
    title = titles(desk).get(id, id)
    health = found.outcome(HEALTH)
    moves = health is not None and health.verdict != "no_effect"
    zones = {p.id: p.name for p in desk.dossier.places}
    numbers = {
        p: (say(f"{name.key}.short").capitalize(), str(name.params.get("about", "")))
        for p, name in projection.uncertain
    }
    gap = found.equity[0].equity.verdict if found.equity else "not_known"
    tags = [*([_health_tag(desk, health.verdict)] if health else []), desk.verdict(gap)]
    groups = (groups_chart(desk.studio, found, d, zones) for d in _DIMENSIONS)
    return AheadPage(
        head=desk.head(
            "ahead",
            say("publishing.ahead.title", title=title),
            say("publishing.ahead.description", title=title, **period(projection)),
            id,
        ),
        kicker=Item(say("publishing.ahead.back"), desk.links.url("alternative", id)),
        tags=(*tags, trust(desk, found)),
        answer=_answer(desk, found, projection),
        facts=_facts(desk, found),
        years=_years(desk, found),
        groups=desk.blocks(*(desk.block(c, estimated=True) for c in groups)),
        no_health="" if moves else say("publishing.ahead.no_health"),
        outcomes=outcomes_part(desk, found),
        unmoved=unmoved(desk, found),
        equity=equity_part(desk, found),
        welfare=welfare_part(found, say) if moves else None,
        money=money_part(found, projection, say),
        drivers=desk.block(drivers_chart(desk.studio, found, numbers), estimated=True),
        inherited=_inherited(found, say),
        generations=generations_part(found, say),
        actions=_actions(desk, found),
        chain=tuple(desk.words(m) for m in found.chain),
        unknown=tuple(desk.words(m) for m in found.unknown),
        research=_research(desk, found),
        assumptions=tuple(desk.words(m) for m in projection.assumptions),
    )


def ahead_url(links: Links, projection: Projection | None, id: str) -> str | None:
    """Address of an alternative's page, if it has been followed."""
    if projection is None or id == "zero" or projection.alternative(id) is None:
        return None
    return links.url("ahead", id)


def _health_tag(desk: Desk, verdict: str) -> Tag:
    return replace(answer(desk, verdict), text=desk.say(f"publishing.ahead.tag.{verdict}"))


def _answer(desk: Desk, found: AlternativeProjection, projection: Projection) -> tuple[str, ...]:
    """The answer in sentences: what is gained, what becomes of the gap, what is not counted."""
    say, health = desk.say, found.outcome(HEALTH)
    said = []
    if health is not None:
        key = f"publishing.ahead.answer.{health.verdict}"
        said.append(
            say(
                key,
                value=three(abs(health.total.median), say),
                lower=three(abs(health.total.lower), say)
                if health.verdict != "cannot_tell"
                else three(health.total.lower, say),
                upper=three(abs(health.total.upper), say)
                if health.verdict != "cannot_tell"
                else three(health.total.upper, say),
                years=projection.years,
            )
        )
    if found.equity:
        verdict = found.equity[0].equity.verdict
        share = {"falls_chance": found.gap_falls, "years": projection.years}
        said.append(say(f"impact.projection.gap.{verdict}", **share))
    moved = [
        g
        for g in found.benefit
        if g.verdict in ("gains", "loses")
        and not desk.say.has(f"publishing.ahead.outcome.{g.outcome}")
    ]
    if moved:
        names = "; ".join(
            f"{indicator_name(desk, g.outcome)}: {with_limits(g.total, say)}" for g in moved
        )
        said.append(say("publishing.ahead.answer.moved", names=names))
    return tuple(said)


def _facts(desk: Desk, found: AlternativeProjection) -> tuple[Fact, ...]:
    say = desk.say
    facts = [Fact(say("publishing.table.money_year"), money(found.costs.per_year, say))]
    for outcome in (HEALTH, PREMATURE):
        gain = found.outcome(outcome)
        if gain is not None:
            facts.append(Fact(outcome_name(desk, outcome), with_limits(gain.total, say)))
    counts = {"computed": len(found.computed), "judged": len(found.judged)}
    facts.append(
        Fact(
            say("publishing.alternatives.basis"),
            say("publishing.alternatives.basis.text", **counts),
        )
    )
    return tuple(facts)


def _years(desk: Desk, found: AlternativeProjection) -> tuple[Block, ...]:
    say = desk.say
    blocks = []
    for gain in found.benefit:
        if gain.outcome in ("life_years", "deaths_averted"):
            continue
        known = say.has(f"publishing.ahead.unit.{gain.outcome}")
        unit = say(f"publishing.ahead.unit.{gain.outcome if known else 'persons'}")
        name = outcome_name(desk, gain.outcome)
        chart = years_chart(desk.studio, found, gain, name, unit)
        blocks.append(desk.block(chart, estimated=True))
    return desk.blocks(*blocks)


def _research(desk: Desk, found: AlternativeProjection) -> tuple[Item, ...]:
    """The effect sizes that move the answer, with where they were found."""
    say, items = desk.say, []
    ids = [b.parameter.partition(":")[2] for b in found.tornado if b.parameter[:7] == "effect:"]
    for id in ids:
        size = desk.dossier.evidence.effect_size(id)
        if size is None:
            continue
        source = desk.dossier.evidence.source(size.source) if size.source else None
        if source is not None:
            url: str | None = desk.links.url("source", source.id)
            detail = f"{source.authors} ({source.year or '–'})"
        else:
            url, detail = size.link, local(size.population, say)
        items.append(Item(f"{local(size.about, say)} ({id})", url, detail))
    return tuple(items)


def _inherited(found: AlternativeProjection, say: Say) -> str:
    if found.inherited is None:
        return ""
    return say(
        "publishing.ahead.inherited",
        completers=with_limits(found.inherited.completers, say),
        kappa_share=found.inherited.kappa,
    )


def _actions(desk: Desk, found: AlternativeProjection) -> tuple[Item, ...]:
    say, assessment = desk.say, desk.dossier.assessment
    known: dict[str, ActionGain] = {a.change: a for a in found.actions}
    items = []
    for id in (*found.computed, *found.judged):
        assessed = assessment.change(id) if assessment else None
        gain = known.get(id)
        detail = (
            say(
                "publishing.ahead.action",
                reached=three(gain.reached.median, say),
                helped=with_limits(gain.helped, say),
                healthy=with_limits(gain.healthy_years, say),
            )
            if gain
            else say("publishing.ahead.action.judged")
        )
        title = assessed.change.title if assessed else id
        url = desk.links.url("change", id) if assessed else None
        items.append(Item(title, url, detail))
    return tuple(items)
