"""The alternatives through the years: side by side, and what each one comes to, in words."""

from __future__ import annotations

from collections.abc import Iterator

from jevn.impact.projection.results import AlternativeProjection, Projection
from jevn.publishing.charts.ahead import HEALTH, gains_chart, plane_chart, three, with_limits
from jevn.publishing.documents.common import Desk, picture
from jevn.publishing.documents.model import Block, Facts, Heading, bullets, paragraph, table
from jevn.publishing.words import group_name, money


def ahead_blocks(desk: Desk) -> Iterator[Block]:
    """The years ahead; nothing without a projection."""
    projection, assessment, say = desk.dossier.projection, desk.dossier.assessment, desk.say
    if projection is None or assessment is None:
        return
    titles = {a.alternative.id: a.alternative.title for a in assessment.alternatives}
    titles["zero"] = say("publishing.ahead.zero")
    named = {
        a.alternative: titles.get(a.alternative, a.alternative) for a in projection.alternatives
    }
    years = {
        "first_year": str(projection.first_year),
        "last_year": str(projection.first_year + projection.years - 1),
    }
    yield Heading(2, say("publishing.ahead.section"), "ahead")
    yield paragraph(say("publishing.ahead.intro", **years, draws=projection.draws))
    yield from picture(gains_chart(desk.studio, projection, named))
    yield table(
        say("publishing.ahead.table", **years),
        [
            say("publishing.table.alternative"),
            say("publishing.ahead.healthy_years"),
            say("publishing.ahead.premature"),
            say("publishing.ahead.gap"),
            say("publishing.ahead.net"),
            say("publishing.ahead.trust"),
        ],
        [_row(desk, a, named) for a in projection.alternatives],
        widths=[1.8, 1.3, 1.3, 1.5, 1.2, 1.3],
        numeric=[1, 2, 4],
    )
    yield from picture(plane_chart(desk.studio, projection, named))
    for found in projection.alternatives:
        if found.alternative != "zero":
            yield from _alternative(desk, projection, found, named[found.alternative])
    if projection.perfect > 0:
        yield Heading(3, say("publishing.ahead.worth.title"))
        yield paragraph(
            say(
                "publishing.ahead.worth",
                amount=money(round(projection.perfect, -5), say),
                healthy_year_nok=projection.healthy_year_nok,
            )
        )
        worth = [k for k in projection.knowledge[:5] if k.value >= 0.01 * projection.perfect]
        yield bullets(f"{say.message(k.name)}: {say.percent(k.share)}" for k in worth)


def _row(desk: Desk, a: AlternativeProjection, named: dict[str, str]) -> list[str]:
    say = desk.say
    health, early = a.outcome(HEALTH), a.outcome("premature_deaths_averted")
    gap = a.equity[0].equity.verdict if a.equity else "not_known"
    return [
        named[a.alternative],
        with_limits(health.total, say) if health else "–",
        with_limits(early.total, say) if early else "–",
        say(f"publishing.verdict.{gap}"),
        money(a.costs.municipality.median, say),
        "–" if a.alternative == "zero" else say(f"publishing.trust.{a.trust}"),
    ]


def _alternative(
    desk: Desk, projection: Projection, found: AlternativeProjection, title: str
) -> Iterator[Block]:
    say = desk.say
    health = found.outcome(HEALTH)
    yield Heading(3, say("publishing.ahead.title", title=title))
    said = [say.message(m) for m in found.chain if m.key.startswith(_TOLD)]
    if said:
        yield bullets(said)
    pairs = []
    education = next((d for d in found.distribution if d.dimension == "education"), None)
    if education is not None and health is not None and health.verdict != "no_effect":
        groups = "; ".join(
            f"{group_name('education', g.group, say)} {three(g.per_1000.median, say)}"
            for g in education.groups
        )
        pairs.append((say("publishing.ahead.per_1000"), groups))
    costs = found.costs
    pairs.append((say("publishing.table.money_year"), money(costs.per_year, say)))
    for key, amount in (("municipality", costs.municipality), ("state", costs.state)):
        limits = say(
            "publishing.interval.to",
            lower=money(amount.lower, say),
            upper=money(amount.upper, say),
        )
        between = "" if amount.lower == amount.upper else f" ({limits})"
        pairs.append((say(f"publishing.ahead.money.{key}"), money(amount.median, say) + between))
    if found.unknown:
        pairs.append(
            (
                say("publishing.ahead.unknown"),
                " ".join(say.message(m) for m in found.unknown),
            )
        )
    yield Facts(say("publishing.ahead.outcomes"), tuple(pairs))


_TOLD = ("impact.projection.gain.", "impact.projection.gap.", "impact.projection.driver")
"""What of the chain stands in the document: the outcomes, the gap, and what the answer rests on.
The rest stands beside each change in the appendix, and on the pages."""
