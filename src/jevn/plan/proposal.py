"""The plan proposal: the tree of elements with threads, money, timeline and what is missing."""

from __future__ import annotations

from collections import defaultdict

from jevn.plan.elements import (
    Element,
    ElementKind,
    Milestone,
    Placement,
    Plan,
)
from jevn.plan.reading import PlanParts
from jevn.plan.results import Branch, PlanProposal, Thread
from jevn.plan.thread import Targets, thread
from jevn.terms import Message


def plan_proposal(
    plan: Plan,
    parts: PlanParts,
    targets: Targets,
    *,
    mandate: str,
    milestones: tuple[Milestone, ...],
    version: str,
    status: str,
    date: str | None,
) -> PlanProposal:
    """Build the proposal of one plan from its parts.

    Args:
        plan: the plan.
        parts: all elements, placements (dropped ones are left out), red-thread links and
            stated gaps, also those of other plans.
        targets: results that links may point to.
        mandate: the mandate as Markdown.
        milestones: the process, in order.
        version: name of the version.
        status: ``draft``, ``hearing``, ``revised`` or ``adopted``.
        date: ISO date of the version.

    Returns:
        The proposal; ``missing`` says in words what must be mended before publishing.
    """
    by_id = {e.id: e for e in parts.elements}
    here = [p for p in parts.placements if p.plan == plan.id and p.status != "dropped"]
    tree = _tree(here, by_id)
    inside = [p.element for p in here]
    threads = tuple(
        thread(by_id[id], parts.links, parts.gaps, targets) for id in dict.fromkeys(inside)
    )
    elsewhere: dict[str, list[str]] = defaultdict(list)
    for placement in parts.placements:
        if placement.plan != plan.id and placement.element in inside:
            elsewhere[placement.element].append(placement.plan)
    costs: dict[int, float] = defaultdict(float)
    for id in dict.fromkeys(inside):
        action = by_id[id].action
        for year, amount in action.cost_nok if action else ():
            costs[year] += amount
    return PlanProposal(
        plan=plan,
        mandate=mandate,
        tree=tree,
        shared_with=tuple((id, tuple(plans)) for id, plans in elsewhere.items()),
        threads=threads,
        cost_nok=tuple(sorted(costs.items())),
        timeline=milestones,
        missing=_missing([by_id[id] for id in dict.fromkeys(inside)], threads, status),
        version=version,
        status=status,
        date=date,
        other_plans=parts.other_plans,
        above=tuple(
            by_id[p.element]
            for p in sorted(parts.placements, key=lambda p: (p.order, p.element))
            if p.plan == plan.parent and by_id[p.element].kind is ElementKind.GOAL
        ),
    )


def _tree(placements: list[Placement], by_id: dict[str, Element]) -> tuple[Branch, ...]:
    children: dict[str | None, list[Placement]] = defaultdict(list)
    inside = {p.element for p in placements}
    for placement in placements:
        children[placement.parent if placement.parent in inside else None].append(placement)

    def grow(parent: str | None) -> tuple[Branch, ...]:
        ordered = sorted(children[parent], key=lambda p: (p.order, p.element))
        return tuple(Branch(by_id[p.element], p, grow(p.element)) for p in ordered)

    return grow(None)


def _missing(
    elements: list[Element], threads: tuple[Thread, ...], status: str
) -> tuple[Message, ...]:
    """What must be mended: owners and dates of actions, broken or missing threads."""
    found: list[Message] = []
    for element, own in zip(elements, threads, strict=True):
        name = {"id": element.id, "title": element.title}
        details = element.action
        if element.kind is ElementKind.ACTION and details is not None:
            if not details.owner:
                found.append(Message("plan.missing.owner", name))
            if not details.deadline:
                found.append(Message("plan.missing.deadline", name))
            if not details.cost_nok:
                found.append(Message("plan.missing.cost", name))
            if status == "adopted" and not details.next_update:
                found.append(Message("plan.missing.next_update", name))
        found += [
            Message(
                "plan.missing.relation",
                {**name, "relation_key": f"plan.relation.{r.value}"},
            )
            for r in own.missing
        ]
        found += [
            Message("plan.missing.target", {**name, "to": str(link.to)})
            for link in (*own.back, *own.forward)
            if not link.whole
        ]
    return tuple(found)
