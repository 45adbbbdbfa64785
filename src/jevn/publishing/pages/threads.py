"""The red thread as ordered lists: why an element is there, and what happens."""

from __future__ import annotations

from jevn.plan.elements import Element, Relation
from jevn.plan.results import PlanProposal, Thread, ThreadLink
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Group, Item, ThreadView
from jevn.publishing.words import money_over_years

BACK = (
    Relation.RESTS_ON,
    Relation.ANSWERS,
    Relation.ASKED_BY,
    Relation.ASSESSED_IN,
    Relation.PRIORITISED_BY,
    Relation.DECIDED_IN,
)


def thread_view(desk: Desk, proposal: PlanProposal, element: Element) -> ThreadView | None:
    """The thread of an element, with direct links; ``None`` if it has none."""
    thread = next((t for t in proposal.threads if t.element == element.id), None)
    if thread is None:
        return None
    back = tuple(g for r in BACK if (g := _group(desk, r, thread.back)) is not None)
    stated = tuple(
        Item(desk.say(f"publishing.thread.{s.relation.value}"), detail=s.reason)
        for s in thread.stated
    )
    missing = tuple(desk.say(f"publishing.thread.{r.value}") for r in thread.missing)
    return ThreadView(back, _forward(desk, thread, element), stated, missing, thread.whole)


def _group(desk: Desk, relation: Relation, links: tuple[ThreadLink, ...]) -> Group | None:
    items = tuple(_item(desk, link) for link in links if link.relation is relation)
    return Group(desk.say(f"publishing.thread.{relation.value}"), items) if items else None


def _item(desk: Desk, link: ThreadLink) -> Item:
    found = desk.ref(link.to) if link.whole else None
    if found is None:
        return Item(link.title, detail=desk.say("publishing.thread.broken"))
    if link.reason:
        detail = f"{found.detail}. {link.reason}" if found.detail else link.reason
        return Item(found.text, found.url, detail, found.tags)
    return found


def _forward(desk: Desk, thread: Thread, element: Element) -> tuple[Group, ...]:
    say, groups = desk.say, []
    action = element.action
    if action is not None:
        groups.append(
            Group(say("publishing.thread.owner"), (Item(action.owner or say("publishing.none")),))
        )
        costs = money_over_years(action.cost_nok, say)
        years = (Item(costs),) if costs else ()
        funds = _group(desk, Relation.FUNDED_BY, thread.forward)
        groups.append(
            Group(say("publishing.thread.funded_by"), years + (funds.items if funds else ()))
        )
    measured = _group(desk, Relation.MEASURED_BY, thread.forward)
    if measured:
        groups.append(measured)
    if action is not None:
        groups.append(Group(say("publishing.thread.status"), (status_item(desk, element.id),)))
    return tuple(groups)


def status_item(desk: Desk, element: str) -> Item:
    """The newest status of an action, with a link to follow-up."""
    followup = desk.dossier.followup
    status = next((a for a in followup.actions if a.element == element), None) if followup else None
    if status is None:
        return Item(desk.say("publishing.status.unknown"))
    return Item(
        desk.say(f"publishing.status.{status.status}"),
        desk.links.url("action_status", element),
        desk.words(status.message),
    )
