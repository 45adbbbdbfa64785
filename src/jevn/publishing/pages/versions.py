"""Versions of the plan, and what is changed between them: text, goals, actions, money, and why."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from jevn.plan.versions import ChangeReason, Differences, Piece, PlanChange
from jevn.publishing.links import slug
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Cell, Head, Heading, Item, Row, Table
from jevn.publishing.words import iso_date, lower_first, money
from jevn.terms import Ref


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change: what it is about, and words kept, removed and added."""

    label: str
    pieces: tuple[Piece, ...]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ElementChanges:
    """What is changed in one element, and why."""

    title: str
    url: str | None
    reasons: tuple[Item, ...]
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class DifferencesView:
    """From one version to another."""

    anchor: str
    title: str
    summary: str
    elements: tuple[ElementChanges, ...]
    money: Table | None
    unexplained: str


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """Every version, newest differences first."""

    head: Head
    table: Table | None
    differences: tuple[DifferencesView, ...]


def versions_page(desk: Desk) -> VersionsPage:
    """The page of versions."""
    say, d = desk.say, desk.dossier
    head = desk.head(
        "versions", say("publishing.versions.title"), say("publishing.versions.description")
    )
    if not d.versions:
        return VersionsPage(head, None, ())
    heads = [Heading(say(f"publishing.versions.{k}")) for k in ("version", "date", "decided")]
    heads += [Heading(say("publishing.versions.elements"), numeric=True)]
    heads += [Heading(say("publishing.versions.digest"))]
    steps = {m.id: m for m in (d.proposal.timeline if d.proposal else ())}
    rows = tuple(
        Row(
            (
                Cell(say(f"plan.kind.{v.kind}")),
                Cell(iso_date(v.date, say), sort=v.date),
                Cell(
                    steps[v.decision].title if v.decision in steps else "–",
                    detail=(steps[v.decision].decision or "") if v.decision in steps else "",
                ),
                Cell(str(len(v.elements))),
                Cell(v.digest[:12]),
            )
        )
        for v in d.versions
    )
    views = tuple(_differences(desk, x) for x in reversed(d.differences))
    return VersionsPage(head, Table(head.title, tuple(heads), rows), views)


def name_of(desk: Desk, id: str) -> str:
    """A version in words: its kind and date."""
    say = desk.say
    found = next((v for v in desk.dossier.versions if v.id == id), None)
    if found is None:
        return say("plan.kind.now")
    return f"{say(f'plan.kind.{found.kind}')} {iso_date(found.date, say)}"


def _differences(desk: Desk, found: Differences) -> DifferencesView:
    say = desk.say
    elements = []
    for id, group in groupby(found.changes, key=lambda c: c.element):
        changes = tuple(group)
        elements.append(
            ElementChanges(
                f"{id} {changes[0].title}".strip(),
                desk.links.url("element", id) if id and changes[0].what != "gone" else None,
                tuple(_reason(desk, r) for r in found.reasons_of(id)),
                tuple(_change(desk, c) for c in changes),
            )
        )
    years = None
    if found.money:
        heads = [Heading(say("publishing.table.year"))]
        heads += [Heading(name_of(desk, id), numeric=True) for id in (found.old, found.new)]
        rows = tuple(
            Row((Cell(str(y)), Cell(money(a, say), sort=a), Cell(money(b, say), sort=b)))
            for y, a, b in found.money
        )
        years = Table(say("publishing.versions.money"), tuple(heads), rows)
    unexplained = ", ".join(found.unexplained)
    return DifferencesView(
        f"u-{slug(found.old)}",
        say(
            "publishing.versions.from_to",
            old=lower_first(name_of(desk, found.old)),
            new=lower_first(name_of(desk, found.new)),
        ),
        say("publishing.versions.changed", n=len(elements)),
        tuple(elements),
        years,
        say("plan.cli.unexplained", ids=unexplained) + "." if unexplained else "",
    )


def _reason(desk: Desk, reason: ChangeReason) -> Item:
    url = desk.links.ref_url(Ref.parse(reason.origin)) if reason.origin else None
    return Item(reason.reason, url)


def _change(desk: Desk, c: PlanChange) -> ChangeView:
    say = desk.say
    about = say(f"plan.field.{c.about}") if say.has(f"plan.field.{c.about}") else c.about
    if c.what == "target" and desk.dossier.challenges:
        status = desk.dossier.challenges.indicator(c.about)
        about = status.indicator.name(say.lang) if status else about
    label = say(f"plan.change.{c.what}") + (f": {about}" if about else "")
    before, after = c.before, c.after
    if c.what == "money":
        before, after = (money(float(x), say) if x else "–" for x in (before, after))
    elif c.about in ("start", "deadline"):
        before, after = iso_date(before, say), iso_date(after, say)
    return ChangeView(label, c.pieces, before or "–", after or "–")
