"""The knowledge base (*kunnskapsgrunnlag*): steps 1-4 as the document a council decides on."""

from __future__ import annotations

from collections.abc import Iterator

from jevn.publishing.documents.common import (
    ACCENT,
    Desk,
    cover_status,
    effort_blocks,
    evidence_blocks,
    findings,
    lead,
    origin_list,
    signs_table,
    source_list,
    status_blocks,
    voices_blocks,
)
from jevn.publishing.documents.model import Block, Document, Heading, Note, bullets, paragraph, text
from jevn.publishing.dossier import Dossier
from jevn.publishing.words import money
from jevn.terms import EffortArea


def knowledge_base(dossier: Dossier) -> Document:
    """The knowledge base of a dossier, in the municipality's language."""
    desk = Desk.of(dossier)
    say, cover = desk.say, dossier.cover
    return Document(
        name="knowledge-base",
        title=say("document.knowledge.title"),
        subtitle=cover.plan_title or say("document.knowledge.subtitle"),
        author=cover.municipality,
        status=cover_status(desk),
        date=cover.as_of,
        language=cover.language,
        notice=cover.notice,
        colour=cover.colour or ACCENT,
        blocks=tuple(_blocks(desk)),
    )


def _blocks(desk: Desk) -> Iterator[Block]:
    say, dossier = desk.say, desk.dossier
    yield Heading(1, say("document.short"), "short")
    yield lead(say("document.knowledge.lead", municipality=dossier.cover.municipality))
    yield from findings(desk)
    yield Heading(2, say("document.principles"))
    yield bullets(p.text(say.lang) for p in dossier.evidence.principles)
    yield Heading(1, say("document.burns"), "burns")
    yield lead(say("document.burns.lead"))
    yield from signs_table(desk)
    yield Heading(1, say("document.effort"), "effort")
    yield lead(say("document.effort.lead"))
    yield from effort_blocks(desk)
    yield Heading(1, say("document.voices"), "voices")
    yield lead(say("document.voices.lead"))
    yield from voices_blocks(desk)
    for area in EffortArea:
        yield from _area(desk, area)
    yield Heading(1, say("document.method"), "method")
    yield paragraph(say("document.method.text"))
    yield from origin_list(desk)
    yield Heading(2, say("document.evidence.sources"))
    used = dict.fromkeys(
        id
        for entry in dossier.evidence.areas
        for id in (
            *entry.rationale_sources,
            *(s for d in entry.directions for s in d.sources),
            *(s for i in entry.interventions for s in i.sources),
        )
    )
    yield from source_list(desk, used)


def _area(desk: Desk, area: EffortArea) -> Iterator[Block]:
    say, dossier = desk.say, desk.dossier
    yield Heading(1, say(f"area.{area.value}"), f"area-{area.value}")
    status = dossier.challenges.area(area) if dossier.challenges else None
    if status is not None and status.indicators:
        yield lead(say.message(status.headline))
    yield Heading(2, say("document.area.evidence"))
    yield from evidence_blocks(desk, dossier.evidence.area(area))
    yield Heading(2, say("document.area.burns"))
    if dossier.challenges is None or status is None or not status.indicators:
        yield Note(say("document.gaps"), text(say("document.area.no_figures")))
    else:
        found = [dossier.challenges.indicator(id) for id in status.indicators]
        yield from status_blocks(desk, [s for s in found if s is not None])
    if status is not None and status.judgement:
        yield Note(say("document.judgement"), text(status.judgement))
    yield Heading(2, say("document.area.effort"))
    yield from _effort(desk, area)
    yield Heading(2, say("document.area.voices"))
    yield from _voices(desk, area)


def _effort(desk: Desk, area: EffortArea) -> Iterator[Block]:
    say, profile = desk.say, desk.dossier.effort
    if profile is None:
        yield paragraph(say("document.not_begun.effort"))
        return
    own = profile.area(area)
    yield paragraph(
        say(
            "document.area.money",
            net=money(own.net_nok, say),
            account_year=own.year,
            services=len(own.services),
            default_share=own.default_share,
        )
    )
    if own.services:
        ordered = sorted(own.services, key=lambda s: -(s.net_nok or 0.0))[:12]
        yield bullets(
            say(
                "document.area.service",
                name=s.name,
                net=money(s.net_nok, say),
                reach_key=f"reach.{s.reach.value}.short",
            )
            for s in ordered
        )


def _voices(desk: Desk, area: EffortArea) -> Iterator[Block]:
    say, heard = desk.say, desk.dossier.voices
    own = heard.by_area(area) if heard else ()
    yield paragraph(say("document.area.voices.sum", n=len(own)))
    first = [c for c in own if c.areas[0] == area][:6]
    if first:
        yield bullets(f"«{c.text}» ({c.id})" for c in first)
