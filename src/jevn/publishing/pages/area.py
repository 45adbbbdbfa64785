"""Area page: the whole red thread of one area on one page."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.challenges.results import AreaStatus, IndicatorStatus, Sign
from jevn.effort.results import AreaEffort
from jevn.evidence.entries import AreaEvidence
from jevn.plan.elements import Element, ElementKind
from jevn.publishing.charts import gradient_chart, trend_chart, zone_chart
from jevn.publishing.charts.ranking import span_text
from jevn.publishing.pages.burns import KINDS, MatrixCell, indicator_table, matrix_cell
from jevn.publishing.pages.changes import ChangeLine, change_line, unique_changes
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.overview import JudgementView, judgement_view
from jevn.publishing.pages.parts import Block, Cell, Fact, Group, Head, Heading, Item, Row, Table
from jevn.publishing.pages.threads import status_item
from jevn.publishing.words import local, money
from jevn.terms import EffortArea

_MOST_GRADIENTS = 4
_MOST_VOICES = 6


@dataclass(frozen=True, slots=True)
class AreaPage:
    """One area from evidence to follow-up. Empty parts are shown as not yet begun."""

    head: Head
    name: str
    headline: str
    short: tuple[Fact, ...]
    rationale: str
    directions: tuple[Group, ...]
    works: tuple[Item, ...]
    no_effect: tuple[Item, ...]
    evidence_url: str
    signs: tuple[tuple[str, MatrixCell], ...]
    judgement: str
    professional: JudgementView | None
    pictures: tuple[Block, ...]
    indicators: Table | None
    gaps: tuple[str, ...]
    effort: tuple[Fact, ...]
    need: str
    effort_note: str
    services: Table | None
    missing: tuple[Item, ...]
    voices: tuple[Item, ...]
    voices_count: int
    voices_url: str
    wishes: tuple[Item, ...]
    changes: tuple[ChangeLine, ...]
    elements: tuple[Item, ...]
    followup: tuple[Item, ...]


def area_page(desk: Desk, id: str) -> AreaPage:
    """The page of one area of effort."""
    area, d, say = EffortArea(id), desk.dossier, desk.say
    evidence = d.evidence.area(area) if any(a.area == area for a in d.evidence.areas) else None
    profile = d.challenges
    status = next((a for a in profile.areas if a.area == area), None) if profile else None
    statuses = tuple(
        s
        for i in (status.indicators if status else ())
        if profile and (s := profile.indicator(i)) is not None
    )
    effort = next((a for a in d.effort.areas if a.area == area), None) if d.effort else None
    contributions = d.voices.by_area(area) if d.voices else ()
    liked = sorted(contributions, key=lambda c: -(c.support or 0))[:_MOST_VOICES]
    elements = tuple(e for e in d.proposal.elements() if e.area == area) if d.proposal else ()
    actions = {e.id for e in elements if e.kind is ElementKind.ACTION}
    interventions = evidence.interventions if evidence else ()
    headline = desk.words(status.headline) if status else say("publishing.not_begun.burns")
    return AreaPage(
        head=desk.head("area", desk.area(area, short=False), headline, id),
        name=desk.area(area, short=False),
        headline=headline,
        short=_short(desk, area, evidence, status),
        rationale=local(evidence.rationale, say) if evidence else "",
        directions=tuple(
            Group(local(x.text, say), tuple(i for s in x.sources if (i := _source(desk, s))))
            for x in (evidence.directions if evidence else ())
        ),
        works=tuple(desk.intervention(i) for i in interventions if i.strength in "AB"),
        no_effect=tuple(desk.intervention(i) for i in interventions if i.strength == "E"),
        evidence_url=desk.links.url("evidence_area", id) if evidence else "",
        signs=tuple(
            (say(f"publishing.signs.{k}"), matrix_cell(desk, status.sign(k))) for k in KINDS
        )
        if status
        else (),
        judgement=(status.judgement or "") if status else "",
        professional=judgement_view(desk, "", status.professional)
        if status and status.professional
        else None,
        pictures=_pictures(desk, statuses),
        indicators=indicator_table(desk, statuses, area=False) if statuses else None,
        gaps=tuple(dict.fromkeys(desk.words(m) for m in status.gaps)) if status else (),
        effort=_effort(desk, effort) if effort else (),
        need=_need(desk, area),
        effort_note=say("publishing.area.default", default_share=effort.default_share)
        if effort and effort.default_share > 0
        else "",
        services=_services(desk, effort) if effort and effort.services else None,
        missing=tuple(
            desk.intervention(known)
            for m in (effort.missing_interventions if effort else ())
            if (known := d.evidence.intervention(m)) is not None
        ),
        voices=tuple(desk.voice(c) for c in liked),
        voices_count=len(contributions),
        voices_url=desk.links.url("voices_area", id),
        wishes=_wishes(desk, area),
        changes=tuple(change_line(desk, c) for c in unique_changes(desk) if c.change.area == area),
        elements=tuple(_element(desk, e) for e in elements),
        followup=tuple(_followed(desk, e) for e in elements if e.id in actions)
        if d.followup
        else (),
    )


def _source(desk: Desk, id: str) -> Item | None:
    source = desk.dossier.evidence.source(id)
    if source is None:
        return None
    return Item(f"{source.authors} ({source.year or '–'})", desk.links.url("source", id))


def _short(
    desk: Desk, area: EffortArea, evidence: AreaEvidence | None, status: AreaStatus | None
) -> tuple[Fact, ...]:
    """The page in three lines: what is recommended, where it burns, effort today."""
    say, d = desk.say, desk.dossier
    facts = []
    if evidence is not None and evidence.directions:
        first = tuple(local(x.text, say) for x in evidence.directions[:2])
        facts.append(Fact(say("publishing.area.short.evidence"), f"{'. '.join(first)}."))
    if status is not None and status.indicators and d.challenges is not None:
        rank = d.challenges.ranking.of(area) if d.challenges.ranking else None
        sure = (
            say(
                "publishing.area.short.rank",
                place=str(rank.place),
                span=span_text(desk.studio, rank.figures.lower, rank.figures.upper),
                top_share=rank.figures.top,
            )
            if rank
            else ""
        )
        facts.append(
            Fact(say("publishing.area.short.burns"), desk.words(status.headline), detail=sure)
        )
    need = _need(desk, area)
    if need:
        facts.append(Fact(say("publishing.area.short.effort"), need))
    return tuple(facts)


def _need(desk: Desk, area: EffortArea) -> str:
    """Effort against need, in words; empty where it is not known."""
    point = next((p for p in desk.dossier.need_effort if p.area == area), None)
    return desk.words(point.message) if point else ""


def _pictures(desk: Desk, statuses: tuple[IndicatorStatus, ...]) -> tuple[Block, ...]:
    """Gradients, those that are surely steep first; then one of change and one of places."""
    pairs = [(s, g) for s in statuses for g in s.gradients[:1]]
    steep = [p for p in pairs if p[1].sign is Sign.WORSE]
    chosen = (steep + [p for p in pairs if p not in steep])[:_MOST_GRADIENTS]
    worsening = next((s for s in statuses if s.trend and s.trend.sign is Sign.WORSE), None)
    uneven = max(
        (s for s in statuses if s.spread and s.spread.worse),
        key=lambda s: s.spread.worse if s.spread else 0,
        default=None,
    )
    return desk.blocks(
        *(
            desk.block(
                gradient_chart(desk.studio, s, g),
                g.origin or s.indicator.origin,
                estimated=g.estimated,
            )
            for s, g in chosen
        ),
        desk.block(trend_chart(desk.studio, worsening), *worsening.origins) if worsening else None,
        desk.block(zone_chart(desk.studio, uneven), *uneven.origins) if uneven else None,
    )


def _effort(desk: Desk, effort: AreaEffort) -> tuple[Fact, ...]:
    say = desk.say
    facts = [Fact(say("publishing.effort.net", year=str(effort.year)), money(effort.net_nok, say))]
    if effort.per_inhabitant is not None:
        facts.append(
            Fact(say("publishing.effort.per_inhabitant"), say.nok(round(effort.per_inhabitant)))
        )
    if effort.comparison_per_inhabitant is not None:
        facts.append(
            Fact(
                say("publishing.effort.comparison"),
                say.nok(round(effort.comparison_per_inhabitant)),
            )
        )
    total = sum(n for _, n in effort.by_reach)
    for reach, nok in effort.by_reach:
        if nok > 0 and total > 0:
            facts.append(Fact(say(f"reach.{reach.value}"), say.percent(nok / total)))
    return tuple(facts)


def _services(desk: Desk, effort: AreaEffort) -> Table:
    say = desk.say
    keys = ("service", "reach", "net_nok", "users")
    rows = []
    for s in effort.services:
        intervention = (
            desk.dossier.evidence.intervention(s.intervention) if s.intervention else None
        )
        rows.append(
            Row(
                (
                    Cell(s.name, desk.links.url("service", s.id), detail=s.unit or ""),
                    Cell(say(f"reach.{s.reach.value}.short")),
                    Cell(money(s.net_nok, say), sort=s.net_nok),
                    Cell(say.number(s.users, 0) if s.users is not None else "–", sort=s.users),
                    Cell("", tag=desk.strength(intervention.strength))
                    if intervention
                    else Cell(say("publishing.effort.no_link")),
                )
            )
        )
    heads = [Heading(say(f"publishing.table.{k}"), k in ("net_nok", "users")) for k in keys]
    heads.append(Heading(say("publishing.table.strength")))
    return Table(say("publishing.effort.services"), tuple(heads), tuple(rows), sortable=True)


def _wishes(desk: Desk, area: EffortArea) -> tuple[Item, ...]:
    """Points of the groups' combined ranked lists that belong to the area."""
    voices = desk.dossier.voices
    return tuple(
        Item(
            item.label,
            desk.voice_url(item.points),
            desk.say("publishing.voices.listed_by", n=len(item.listed_by), of=len(ranking.groups)),
        )
        for ranking in (voices.rankings if voices else ())
        for item in ranking.items
        if item.area == area
    )


def _element(desk: Desk, element: Element) -> Item:
    kind = desk.say(f"element.{element.kind.value}")
    return Item(element.title, desk.links.url("element", element.id), kind)


def _followed(desk: Desk, element: Element) -> Item:
    status = status_item(desk, element.id)
    return Item(
        element.title,
        desk.links.url("action_status", element.id),
        f"{status.text}. {status.detail}",
    )
