"""What the municipality does today in one area: money, reach, services, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from jevn.effort.results import AreaEffort, Service
from jevn.publishing.documents.common import Desk
from jevn.publishing.documents.fitting import first_lines
from jevn.publishing.documents.model import Block, Facts, Heading, bullets, paragraph, table
from jevn.publishing.words import money
from jevn.terms import EffortArea

_MOST = 12
"""Services shown in an area, the costliest first."""


def area_effort_blocks(desk: Desk, area: EffortArea) -> Iterator[Block]:
    """Effort in one area, as facts and a table of services."""
    say, profile = desk.say, desk.dossier.effort
    if profile is None:
        yield paragraph(say("document.not_begun.effort"))
        return
    own = profile.area(area)
    yield Facts(say("document.effort.facts", account_year=str(own.year)), tuple(_facts(desk, own)))
    point = next((p for p in desk.dossier.need_effort if p.area == area), None)
    if point is not None:
        yield paragraph(say.message(point.message))
    for note in own.notes:
        yield paragraph(say.message(note), "small")
    if own.services:
        ordered = sorted(own.services, key=lambda s: -(s.net_nok or 0.0))
        yield table(
            say("document.effort.services"),
            [
                say("document.effort.service"),
                say("document.reach"),
                say("document.effort.net"),
                say("document.effort.users"),
                say("document.strength"),
            ],
            [_service(desk, s) for s in ordered[:_MOST]],
            widths=[2.4, 1.1, 1.0, 0.9, 1.5],
            numeric=[2, 3],
        )
        if len(ordered) > _MOST:
            yield paragraph(say("document.effort.more", n=len(ordered) - _MOST), "small")
    known = {i.id: i for a in desk.dossier.evidence.areas for i in a.interventions}
    missing = [known[m].name(say.lang) for m in own.missing_interventions if m in known]
    if missing:
        yield Heading(3, say("publishing.area.missing"))
        yield bullets(first_lines(8, 400, missing))


def _facts(desk: Desk, own: AreaEffort) -> Iterator[tuple[str, str]]:
    say = desk.say
    yield say("document.effort.net"), money(own.net_nok, say)
    if own.per_inhabitant is not None:
        yield say("document.effort.per_inhabitant"), say.nok(round(own.per_inhabitant))
    if own.comparison_per_inhabitant is not None:
        yield say("document.summary.others"), say.nok(round(own.comparison_per_inhabitant))
    total = sum(nok for _, nok in own.by_reach)
    shares = [
        f"{say(f'reach.{reach.value}.short')} {say.percent(nok / total)}"
        for reach, nok in own.by_reach
        if total > 0 and nok > 0
    ]
    if shares:
        yield say("document.reach"), ", ".join(shares)
    yield say("document.summary.default"), say.percent(own.default_share)


def _service(desk: Desk, service: Service) -> list[str]:
    say = desk.say
    strength = service.strength
    return [
        service.name,
        say(f"reach.{service.reach.value}.short"),
        money(service.net_nok, say),
        say.number(service.users, 0) if service.users is not None else "–",
        say("document.effort.no_link")
        if strength == "none"
        else say(f"evidence.strength.{strength}"),
    ]
