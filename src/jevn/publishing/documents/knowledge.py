"""The knowledge base (*kunnskapsgrunnlag*): steps 1-4 as the document a council decides on."""

from __future__ import annotations

from collections.abc import Iterator

from jevn.challenges.overview_results import ImportanceLine
from jevn.challenges.results import AreaStatus, ChallengeProfile, Sign
from jevn.publishing.charts.ranking import ranking_chart, span_text
from jevn.publishing.documents.common import (
    Desk,
    effort_blocks,
    evidence_blocks,
    findings,
    lead,
    origin_list,
    picture,
    signs_table,
    source_list,
    status_blocks,
    voices_blocks,
)
from jevn.publishing.documents.covers import document_of
from jevn.publishing.documents.model import (
    Block,
    Document,
    Facts,
    Heading,
    Note,
    bullets,
    paragraph,
    table,
    text,
)
from jevn.publishing.documents.regulation import judgement_blocks, theme_blocks
from jevn.publishing.documents.spending import area_effort_blocks
from jevn.publishing.documents.zones import zone_blocks
from jevn.publishing.dossier import Dossier
from jevn.terms import EffortArea


def knowledge_base(dossier: Dossier) -> Document:
    """The knowledge base of a dossier, in the municipality's language."""
    desk = Desk.of(dossier)
    return document_of(
        desk,
        "knowledge-base",
        desk.say("document.knowledge.title"),
        _blocks(desk),
        otherwise=desk.say("document.knowledge.subtitle"),
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
    yield from _ranking(desk)
    yield Heading(1, say("document.effort"), "effort")
    yield lead(say("document.effort.lead"))
    yield from effort_blocks(desk)
    for area in _order(desk):
        yield from _area(desk, area)
    yield from zone_blocks(desk)
    yield from theme_blocks(desk)
    if dossier.voices is not None:
        yield Heading(1, say("document.voices"), "voices")
        yield lead(say("document.voices.lead"))
        yield from voices_blocks(desk)
    yield from _method(desk)


def _order(desk: Desk) -> tuple[EffortArea, ...]:
    """Areas in the order of where it burns, those without figures last in that of the mandate."""
    profile = desk.dossier.challenges
    first = tuple(a.area for a in profile.areas) if profile else ()
    return (*first, *(a for a in EffortArea if a not in first))


def _ranking(desk: Desk) -> Iterator[Block]:
    """How sure the order is, and what was chosen to count more."""
    profile, say = desk.dossier.challenges, desk.say
    if profile is None or profile.ranking is None:
        return
    yield Heading(2, say("publishing.ranking.title"))
    yield paragraph(say("publishing.ranking.intro"))
    yield from picture(ranking_chart(desk.studio, profile.ranking))
    lines = profile.ranking.importance
    if not lines:
        yield paragraph(say("publishing.importance.alike"))
        return
    yield table(
        say("publishing.importance.title"),
        [say(f"publishing.importance.{k}") for k in ("about", "weight", "reason", "by")],
        [[_about(desk, x), say.exact(x.weight), x.reason, x.by] for x in lines],
        widths=[1.6, 0.6, 2.4, 1.2],
        numeric=[1],
    )


def _about(desk: Desk, line: ImportanceLine) -> str:
    say, profile = desk.say, desk.dossier.challenges
    words = []
    if line.indicator is not None:
        status = profile.indicator(line.indicator) if profile else None
        words.append(status.indicator.name(say.lang) if status else line.indicator)
    if line.area is not None:
        words.append(desk.area(line.area))
    if line.sign is not None:
        words.append(say(f"publishing.signs.{line.sign}"))
    return " · ".join(words)


def _area(desk: Desk, area: EffortArea) -> Iterator[Block]:
    say, dossier = desk.say, desk.dossier
    yield Heading(1, say(f"area.{area.value}"), f"area-{area.value}")
    status = _status(desk, area)
    if status is not None and status.indicators:
        yield lead(say.message(status.headline))
        yield from _place(desk, status)
    yield Heading(2, say("document.area.evidence"))
    entry = next((a for a in dossier.evidence.areas if a.area == area), None)
    if entry is None:
        yield paragraph(say("document.summary.directions.none"))
    else:
        yield from evidence_blocks(desk, entry)
    yield Heading(2, say("document.area.burns"))
    yield from _burns(desk, status)
    yield Heading(2, say("document.area.effort"))
    yield from area_effort_blocks(desk, area)
    if dossier.voices is not None:
        yield Heading(2, say("document.area.voices"))
        yield from _voices(desk, area)


def _status(desk: Desk, area: EffortArea) -> AreaStatus | None:
    profile = desk.dossier.challenges
    return next((a for a in profile.areas if a.area == area), None) if profile else None


def _place(desk: Desk, status: AreaStatus) -> Iterator[Block]:
    """The area's place in the order, and how sure it is."""
    profile = desk.dossier.challenges
    rank = profile.ranking.of(status.area) if profile and profile.ranking else None
    if rank is not None:
        yield paragraph(
            desk.say(
                "publishing.ranking.sentence",
                area_key=f"area.{status.area.value}.short",
                place=rank.place,
                span=span_text(desk.studio, rank.figures.lower, rank.figures.upper),
                top_share=rank.figures.top,
            )
        )


def _burns(desk: Desk, status: AreaStatus | None) -> Iterator[Block]:
    say, profile = desk.say, desk.dossier.challenges
    if profile is None or status is None or not status.indicators:
        yield Note(say("document.gaps"), text(say("document.area.no_figures")))
    else:
        found = [profile.indicator(id) for id in status.indicators]
        yield from status_blocks(desk, [s for s in found if s is not None])
    if status is None:
        return
    if status.professional is not None:
        yield from judgement_blocks(desk, status.professional)
    elif status.judgement:
        yield Note(say("document.judgement"), text(status.judgement))


def _method(desk: Desk) -> Iterator[Block]:
    say, dossier = desk.say, desk.dossier
    yield Heading(1, say("document.method"), "method")
    yield paragraph(say("document.method.text"))
    profile = dossier.challenges
    if profile is not None:
        yield Heading(2, say("document.gaps"))
        lacking = [
            (desk.area(a.area), " ".join(dict.fromkeys(say.message(m) for m in a.gaps)))
            for a in profile.areas
            if a.gaps
        ]
        if lacking:
            yield Facts(say("publishing.lacks.title"), tuple(lacking))
        yield paragraph(say("document.hidden", n=profile.hidden_cells))
        yield Heading(2, say("document.certain"))
        yield paragraph(say("document.certain.text"))
        yield from _uncertain(desk, profile)
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


def _uncertain(desk: Desk, profile: ChallengeProfile) -> Iterator[Block]:
    """The indicators whose figures are not sure, each with its reason."""
    say = desk.say
    rows = [
        [
            s.indicator.name(say.lang),
            say(f"publishing.signs.certainty.{s.certainty.value}"),
            say.message(s.certainty_reason),
        ]
        for s in profile.indicators
        if s.certainty is not Sign.BETTER and s.certainty_reason is not None
    ]
    if rows:
        yield table(
            say("document.certain.caption"),
            [say("document.indicator"), say("publishing.signs.certainty"), say("document.why")],
            rows,
            widths=[2.0, 0.9, 3.0],
        )


def _voices(desk: Desk, area: EffortArea) -> Iterator[Block]:
    say, heard = desk.say, desk.dossier.voices
    own = heard.by_area(area) if heard else ()
    yield paragraph(say("document.area.voices.sum", n=len(own)))
    first = [c for c in own if c.areas[0] == area][:6]
    if first:
        yield bullets(f"«{c.text}» ({c.id})" for c in first)
