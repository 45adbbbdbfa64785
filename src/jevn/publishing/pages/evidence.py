"""Evidence pages: areas, directions, intervention types with what is known, and sources."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.evidence.entries import AreaEvidence, Effect, Intervention, Source
from jevn.publishing.links import slug
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Cell, Fact, Group, Head, Heading, Item, Row, Table, Tag
from jevn.publishing.words import local
from jevn.terms import EffortArea, RefKind

STRENGTHS = ("A", "B", "C", "D", "E", "U")
_EQUITY = {"positive": "success", "negative": "danger", "mixed": "warning"}


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """Overview of the catalogue."""

    head: Head
    areas: tuple[Group, ...]
    strengths: tuple[Fact, ...]
    counts: Table
    coverage: Table | None
    principles: tuple[Group, ...]
    sources_url: str


@dataclass(frozen=True, slots=True)
class InterventionEntry:
    """An intervention type with everything known of it; unknown is said as plainly."""

    anchor: str
    name: str
    tags: tuple[Tag, ...]
    facts: tuple[Fact, ...]
    effects: tuple[Fact, ...]
    note: str
    sources: tuple[Item, ...]
    used_by: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class EvidenceAreaPage:
    """What research-based recommendations say of one area."""

    head: Head
    name: str
    area_url: str
    rationale: str
    rationale_sources: tuple[Item, ...]
    mechanisms: tuple[str, ...]
    directions: tuple[Group, ...]
    interventions: tuple[InterventionEntry, ...]


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A publication in the list of sources."""

    anchor: str
    citation: str
    url: str | None
    tags: tuple[Tag, ...]
    note: str
    used_in: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """Every source of the catalogue."""

    head: Head
    sources: tuple[SourceEntry, ...]


def evidence_page(desk: Desk) -> EvidencePage:
    """Areas, strengths, coverage and principles."""
    catalogue, say = desk.dossier.evidence, desk.say
    counts = tuple(
        Row(
            (
                Cell(desk.area(a.area), desk.links.url("evidence_area", a.area.value)),
                *(Cell(say.number(n, 0) if n else "–", sort=n) for n in _counts(a)),
            )
        )
        for a in catalogue.areas
    )
    heads = (
        Heading(say("publishing.table.area")),
        *(Heading(say(f"publishing.strength.{s}"), numeric=True) for s in STRENGTHS),
    )
    return EvidencePage(
        desk.head(
            "evidence", say("publishing.nav.evidence"), say("publishing.evidence.description")
        ),
        tuple(
            Group(
                desk.area(a.area, short=False),
                (),
                local(a.rationale, say),
                desk.links.url("evidence_area", a.area.value),
            )
            for a in catalogue.areas
        ),
        tuple(
            Fact(say(f"publishing.strength.{s}"), say(f"publishing.strength.{s}.about"))
            for s in STRENGTHS
        ),
        Table(say("publishing.evidence.counts"), heads, counts, sortable=True),
        _coverage(desk),
        tuple(Group(local(p.text, say), _sources(desk, p.sources)) for p in catalogue.principles),
        desk.links.url("sources"),
    )


def _counts(area: AreaEvidence) -> tuple[int, ...]:
    return tuple(sum(i.strength == s for i in area.interventions) for s in STRENGTHS)


def _coverage(desk: Desk) -> Table | None:
    catalogue, say = desk.dossier.evidence, desk.say
    if not catalogue.reviews or not catalogue.coverage:
        return None
    rows = tuple(
        Row(
            (
                Cell(desk.area(area), desk.links.url("evidence_area", area.value)),
                *(
                    Cell(say(f"publishing.coverage.{dict(levels).get(review, 0)}"))
                    for review, _ in catalogue.reviews
                ),
            )
        )
        for area, levels in catalogue.coverage
    )
    heads = (
        Heading(say("publishing.table.area")),
        *(Heading(local(n, say)) for _, n in catalogue.reviews),
    )
    return Table(say("publishing.evidence.coverage"), heads, rows)


def evidence_area_page(desk: Desk, id: str) -> EvidenceAreaPage:
    """One area of the catalogue."""
    area, say = desk.dossier.evidence.area(EffortArea(id)), desk.say
    name = desk.area(id, short=False)
    order = {s: n for n, s in enumerate(("A", "B", "C", "D", "U", "E"))}
    return EvidenceAreaPage(
        desk.head(
            "evidence_area",
            say("publishing.evidence.area", area=name),
            local(area.rationale, say),
            id,
        ),
        name,
        desk.links.url("area", id),
        local(area.rationale, say),
        _sources(desk, area.rationale_sources),
        tuple(local(m, say) for m in area.mechanisms),
        tuple(Group(local(d.text, say), _sources(desk, d.sources)) for d in area.directions),
        tuple(_entry(desk, i) for i in sorted(area.interventions, key=lambda i: order[i.strength])),
    )


def _sources(desk: Desk, ids: tuple[str, ...]) -> tuple[Item, ...]:
    found = ((id, desk.dossier.evidence.source(id)) for id in dict.fromkeys(ids))
    return tuple(Item(_short(s), desk.links.url("source", id)) for id, s in found if s)


def _short(source: Source) -> str:
    first = source.authors.split(";")[0].split(",")[0].strip()
    return f"{first} {source.year}" if source.year else first


def _entry(desk: Desk, i: Intervention) -> InterventionEntry:
    say = desk.say
    grade = local(i.grade, say)
    graded_by = _sources(desk, (i.grade_source,)) if i.grade_source else ()
    facts = [
        Fact(
            say("publishing.evidence.strength"),
            grade,
            graded_by[0].url if graded_by else None,
            graded_by[0].text if graded_by else "",
        ),
        Fact(
            say("publishing.evidence.equity"),
            local(i.equity_basis, say) or say(f"publishing.equity.{i.equity}"),
        ),
        Fact(
            say("publishing.evidence.cost"),
            say(f"publishing.cost.{i.cost}"),
            detail=i.cost_basis or "",
        ),
        Fact(say("publishing.evidence.lead"), say(f"publishing.lead.{i.lead_time}")),
        Fact(say("publishing.evidence.reach"), say(f"reach.{i.reach.value}")),
    ]
    if i.determinants:
        facts.append(
            Fact(
                say("publishing.evidence.determinants"),
                "; ".join(local(x, say) for x in i.determinants),
            )
        )
    return InterventionEntry(
        f"i-{slug(i.id)}",
        local(i.name, say),
        (
            desk.strength(i.strength),
            Tag(say(f"publishing.equity.{i.equity}"), _EQUITY.get(i.equity, "neutral")),
        ),
        tuple(facts),
        tuple(_effect(desk, e) for e in i.effects),
        local(i.note, say),
        _sources(desk, (*i.sources, *((i.equity_source,) if i.equity_source else ()))),
        _used_by(desk, i.id),
    )


def _effect(desk: Desk, e: Effect) -> Fact:
    say = desk.say
    words = [f"{e.measured_as}: {e.estimate}" if e.measured_as else e.estimate]
    words += [x for x in (e.unit, e.design) if x]
    source = _sources(desk, (e.source,)) if e.source else ()
    return Fact(
        local(e.outcome, say),
        ", ".join(words),
        source[0].url if source else None,
        source[0].text if source else local(e.note, say),
    )


def _used_by(desk: Desk, id: str) -> tuple[Item, ...]:
    proposal = desk.dossier.proposal
    if proposal is None:
        return ()
    users = {
        t.element
        for t in proposal.threads
        if any(x.to.kind is RefKind.EVIDENCE and x.to.id == id for x in t.back)
    }
    return tuple(
        Item(e.title, desk.links.url("element", e.id)) for e in proposal.elements() if e.id in users
    )


def sources_page(desk: Desk) -> SourcesPage:
    """The list of sources with an anchor for each."""
    catalogue, say = desk.dossier.evidence, desk.say
    used: dict[str, list[Item]] = {}
    for area in catalogue.areas:
        for i in area.interventions:
            for id in dict.fromkeys(
                (*i.sources, *(x for x in (i.grade_source, i.equity_source) if x))
            ):
                item = Item(local(i.name, say), desk.links.url("intervention", i.id))
                used.setdefault(id, []).append(item)
    return SourcesPage(
        desk.head(
            "sources", say("publishing.sources.title"), say("publishing.sources.description")
        ),
        tuple(
            SourceEntry(
                f"k-{slug(s.id)}",
                _citation(s),
                s.url,
                () if s.verified else (Tag(say("publishing.sources.unverified"), "warning"),),
                s.note or "",
                tuple(used.get(s.id, ())),
            )
            for s in sorted(
                catalogue.sources, key=lambda s: (s.authors.casefold(), s.year or 0, s.id)
            )
        ),
    )


def _citation(s: Source) -> str:
    publisher = f" {s.publisher}." if s.publisher else ""
    return f"{s.authors} ({s.year or '–'}). {s.title.rstrip('.')}.{publisher}"
