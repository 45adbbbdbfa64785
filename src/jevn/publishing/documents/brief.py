"""The plan on two pages in plain language: what it is about, what is done, what happens now."""

from __future__ import annotations

from collections.abc import Iterator

from jevn.plan.elements import Element, ElementKind, Milestone
from jevn.plan.results import PlanProposal
from jevn.publishing.documents.burning import area_names, burning
from jevn.publishing.documents.common import Desk, not_begun
from jevn.publishing.documents.covers import document_of
from jevn.publishing.documents.fitting import whole
from jevn.publishing.documents.model import (
    Block,
    Bullets,
    Document,
    Heading,
    Paragraph,
    Run,
    bullets,
    paragraph,
    table,
)
from jevn.publishing.dossier import Dossier
from jevn.publishing.words import iso_date, money

_MOST_ACTIONS = 18


def brief(dossier: Dossier) -> Document:
    """The two pages, in the municipality's language."""
    desk = Desk.of(dossier)
    return document_of(
        desk, "brief", desk.say("document.brief.title"), _blocks(desk), form="sheets"
    )


def _blocks(desk: Desk) -> Iterator[Block]:
    say, proposal = desk.say, desk.dossier.proposal
    yield Heading(1, say("document.brief.about"), "about")
    if proposal is None:
        yield from not_begun(desk, "plan")
        return
    yield paragraph(whole(600, [proposal.plan.summary, proposal.plan.purpose]), "lead")
    yield from _why(desk)
    yield from _goals(desk, proposal)
    yield Heading(1, say("document.brief.actions"), "actions")
    yield from _actions(desk, proposal)
    yield from _next(desk, proposal)


def _why(desk: Desk) -> Iterator[Block]:
    say, d = desk.say, desk.dossier
    lines = []
    found = burning(d.challenges)
    if found:
        areas = area_names(desk, tuple(a.area for a in found))
        lines.append(say("document.summary.burning", areas=areas))
    if d.voices is not None and d.voices.contributions:
        lines.append(say("document.voices.sum", n=len(d.voices.contributions)))
    if lines:
        yield Heading(2, say("document.brief.why"))
        yield bullets(lines)


def _goals(desk: Desk, proposal: PlanProposal) -> Iterator[Block]:
    goals = [e for e in proposal.elements() if e.kind is ElementKind.GOAL]
    if not goals:
        return
    yield Heading(2, desk.say("document.brief.goals"))
    yield Bullets(tuple((Run(f"{g.title}. ", bold=True), Run(_first(g.text))) for g in goals))


def _first(text: str) -> str:
    """The first paragraph of a text."""
    return text.split("\n\n", maxsplit=1)[0].strip()


def _actions(desk: Desk, proposal: PlanProposal) -> Iterator[Block]:
    say = desk.say
    actions = [e for e in proposal.elements() if e.action is not None]
    yield table(
        say("document.brief.actions.caption"),
        [
            say("element.action"),
            say("document.owner"),
            say("document.brief.from"),
            say("document.per_year_money"),
        ],
        [_action(desk, e) for e in actions[:_MOST_ACTIONS]],
        widths=[3.2, 1.9, 0.6, 1.1],
        numeric=[3],
    )
    if len(actions) > _MOST_ACTIONS:
        yield paragraph(say("document.brief.more", n=len(actions) - _MOST_ACTIONS), "small")
    full = max((amount for _, amount in proposal.cost_nok), default=0.0)
    if full:
        yield paragraph(say("document.plan.cost", amount=money(full, say)))


def _action(desk: Desk, e: Element) -> list[str]:
    say, a = desk.say, e.action
    if a is None:
        return [e.title, "–", "–", "–"]
    most = max((nok for _, nok in a.cost_nok), default=None, key=abs)
    return [e.title, a.owner or "–", a.start[:4] if a.start else "–", money(most, say)]


def _next(desk: Desk, proposal: PlanProposal) -> Iterator[Block]:
    say = desk.say
    ahead = [m for m in proposal.timeline if m.state != "done"][:5]
    if ahead:
        yield Heading(2, say("document.brief.next"))
        yield Bullets(tuple((Run(f"{m.title}. ", bold=True), Run(_when(desk, m))) for m in ahead))
    if desk.dossier.cover.contact:
        contact = desk.dossier.cover.contact
        link = f"mailto:{contact}" if "@" in contact else None
        words = Run(say("document.brief.contact", contact=contact), link=link)
        yield Paragraph((words,), "small")


def _when(desk: Desk, m: Milestone) -> str:
    """When a milestone is, and how to take part."""
    dated = (m.period or iso_date(m.date, desk.say)).rstrip(".") + "."
    return " ".join(x for x in (dated, m.how_to_take_part or "") if x)
