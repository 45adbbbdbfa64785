"""Tables of one alternative through the years: outcomes, inequality, welfare, money, heirs."""

from __future__ import annotations

from jevn.impact.equity import WelfareChange
from jevn.impact.projection.results import (
    AlternativeProjection,
    OutcomeEquity,
    OutcomeGain,
    Projection,
)
from jevn.publishing.charts.ahead import between, three, with_limits
from jevn.publishing.pages.ahead_side import answer, indicator_name, period, rough
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Cell, Fact, Heading, Row, Table
from jevn.publishing.words import group_name, lower_first, money
from jevn.terms import Say

_DAYS = 365.25


def outcome_name(desk: Desk, outcome: str) -> str:
    """Name of an outcome: one of the common ones, or of a determinant's indicator."""
    key = f"publishing.ahead.outcome.{outcome}"
    return desk.say(key) if desk.say.has(key) else indicator_name(desk, outcome)


def outcomes_part(desk: Desk, found: AlternativeProjection) -> Table:
    """Every outcome that moves, and the common ones."""
    say = desk.say

    def row(gain: OutcomeGain) -> Row:
        return Row(
            (
                Cell(outcome_name(desk, gain.outcome)),
                Cell(with_limits(gain.total, say), sort=gain.total.median),
                Cell(three(gain.per_1000.median, say), sort=gain.per_1000.median),
                Cell("", tag=answer(desk, gain.verdict)),
            )
        )

    heads = (
        Heading(say("publishing.ahead.outcome")),
        Heading(say("publishing.ahead.total"), numeric=True),
        Heading(say("publishing.ahead.per_1000_all"), numeric=True),
        Heading(say("publishing.ahead.answer")),
    )
    kept = [g for g in found.benefit if not _still(g, say)]
    return Table(
        say("publishing.ahead.outcomes"), heads, tuple(row(g) for g in kept), sortable=True
    )


def _still(gain: OutcomeGain, say: Say) -> bool:
    return gain.verdict == "no_effect" and not say.has(f"publishing.ahead.outcome.{gain.outcome}")


def unmoved(desk: Desk, found: AlternativeProjection) -> str:
    """The outcomes that do not move, in words; empty if all do."""
    names = [
        lower_first(indicator_name(desk, g.outcome)) for g in found.benefit if _still(g, desk.say)
    ]
    return desk.say("publishing.ahead.unmoved", names=", ".join(names)) if names else ""


def equity_part(desk: Desk, found: AlternativeProjection) -> Table | None:
    """Levels by education without and with the alternative, and the gap."""
    if not found.equity:
        return None
    say = desk.say

    def level(value: float, early: bool) -> str:
        return say.number(value, 0) if early else say.percent(value / 100, 1)

    def row(found: OutcomeEquity) -> Row:
        early = found.outcome == "premature_mortality"
        slope = next(i for i in found.equity.indices if i.index == "sii")
        key = "publishing.ahead.slope_early" if early else "publishing.ahead.slope"
        levels = (
            Cell(
                level(before, early),
                detail=say("publishing.ahead.to", value=_finer(before, after.median, early, say))
                if found.equity.verdict != "no_change"
                else "",
            )
            for before, after in zip(found.before, found.after, strict=True)
        )
        return Row(
            (
                Cell(outcome_name(desk, found.outcome)),
                *levels,
                Cell(
                    "",
                    tag=desk.verdict(found.equity.verdict),
                    detail=say(
                        key,
                        value=three(abs(slope.before), say),
                        change=_signed(abs(slope.after.median) - abs(slope.before), say),
                    ),
                ),
            )
        )

    groups = found.equity[0].groups
    heads = (
        Heading(say("publishing.ahead.outcome")),
        *(Heading(group_name("education", g, say), numeric=True) for g in groups),
        Heading(say("publishing.ahead.inequality")),
    )
    rows = tuple(row(e) for e in found.equity)
    return Table(say("publishing.ahead.equity"), heads, rows)


def _finer(before: float, after: float, early: bool, say: Say) -> str:
    """The level after, with as many decimals as it takes to see it move (four at most)."""
    for places in range(0 if early else 1, 4):
        if round(before, places) != round(after, places):
            break
    return say.number(after, places) if early else say.percent(after / 100, places)


def _signed(value: float, say: Say) -> str:
    return f"+{three(value, say, 3)}" if value > 0.0005 else three(value, say, 3)


def welfare_part(found: AlternativeProjection, say: Say) -> Table:
    """Gains in days of healthy life per person, for those who mind inequality little or much."""

    def row(change: WelfareChange) -> Row:
        kind = f"{change.form}.{str(change.aversion).replace('.', '_')}"
        key = f"publishing.ahead.welfare.{kind}"
        name = say(key) if say.has(key) else f"{change.form} {say.exact(change.aversion)}"
        cells = (
            Cell(three(x.median * _DAYS, say), detail=limits_of(x.lower, x.upper))
            for x in (change.change, change.mean, change.inequality)
        )
        return Row((Cell(name), *cells))

    def limits_of(low: float, high: float) -> str:
        lower, upper = three(low * _DAYS, say), three(high * _DAYS, say)
        return "" if lower == upper else between(lower, upper, say)

    heads = tuple(
        Heading(say(f"publishing.ahead.welfare.{k}"), numeric=k != "who")
        for k in ("who", "worth", "more", "fairer")
    )
    return Table(say("publishing.ahead.welfare"), heads, tuple(row(w) for w in found.welfare))


def money_part(found: AlternativeProjection, projection: Projection, say: Say) -> tuple[Fact, ...]:
    """Kroner: of the alternative, net for those who pay, and what they could give elsewhere."""
    costs, years = found.costs, period(projection)

    def several(key: str, low: float, mid: float, high: float) -> Fact:
        text = money(mid, say)
        between = ""
        if low != high:
            between = say("publishing.interval.to", lower=money(low, say), upper=money(high, say))
        return Fact(say(f"publishing.ahead.{key}"), text, detail=between)

    facts = [
        Fact(say("publishing.table.money_year"), money(costs.per_year, say)),
        Fact(say("publishing.ahead.money.all", **years), money(costs.actions, say)),
    ]
    for key, drawn in (
        ("money.municipality", costs.municipality),
        ("money.state", costs.state),
        ("money.user", costs.user),
    ):
        facts.append(several(key, drawn.lower, drawn.median, drawn.upper))
    if costs.unused.median > 0:
        facts.append(Fact(say("publishing.ahead.money.unused"), money(costs.unused.median, say)))
    if costs.per_healthy_year is not None:
        facts.append(
            Fact(say("publishing.ahead.money.per_healthy_year"), rough(costs.per_healthy_year, say))
        )
    if costs.forgone > 0:
        facts.append(
            Fact(
                say("publishing.ahead.money.forgone"),
                three(costs.forgone, say),
                detail=say(
                    "publishing.ahead.money.forgone.at",
                    healthy_year_nok=projection.healthy_year_nok,
                ),
            )
        )
    if costs.funded > 0:
        facts.append(Fact(say("publishing.ahead.money.funded"), say.percent(costs.funded)))
    return tuple(facts)


def generations_part(found: AlternativeProjection, say: Say) -> Table | None:
    """What is passed on, by generation; ``None`` where schooling is not changed."""
    if found.inherited is None:
        return None
    rows = tuple(
        Row(
            (
                Cell(say(f"publishing.ahead.generation.{min(g.generation, 2)}")),
                Cell(with_limits(g.extra, say)),
                Cell(three(g.none, say)),
                Cell(three(g.all, say)),
            )
        )
        for g in found.inherited.generations
    )
    heads = (
        Heading(say("publishing.ahead.generation")),
        *(
            Heading(say(f"publishing.ahead.generation.{k}"), numeric=True)
            for k in ("extra", "none", "all")
        ),
    )
    return Table(say("publishing.ahead.generations"), heads, rows)
