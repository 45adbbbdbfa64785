"""Results of the plan room: the red thread, and the plan proposal."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.plan.elements import (
    Element,
    Milestone,
    Placement,
    Plan,
    Relation,
    StatedGap,
)
from jevn.terms import Message, Ref


@dataclass(frozen=True, slots=True)
class ThreadLink:
    """One resolved link: what it points to, in words, and whether it holds."""

    relation: Relation
    to: Ref
    title: str
    detail: str | None
    whole: bool
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """The red thread of one element, both ways.

    ``back`` holds what it rests on (evidence, figures, voices, assessment, priority,
    decision); ``forward`` what it leads to (money, indicators, owner's status).
    ``missing`` names relations without link and without stated reason.
    """

    element: str
    back: tuple[ThreadLink, ...]
    forward: tuple[ThreadLink, ...]
    stated: tuple[StatedGap, ...]
    missing: tuple[Relation, ...]

    @property
    def whole(self) -> bool:
        """Whether every link holds and nothing is missing without a stated reason."""
        return not self.missing and all(x.whole for x in (*self.back, *self.forward))


@dataclass(frozen=True, slots=True)
class Branch:
    """An element with its children, in the plan's order."""

    element: Element
    placement: Placement
    children: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class PlanProposal:
    """The plan as proposed: its tree of elements, threads, money and timeline.

    ``shared_with``: for elements that stand in other plans too, the ids of these. ``other_plans``:
    the plans beside it and above it. ``above``: goals of the plan above it.
    """

    plan: Plan
    mandate: str
    tree: tuple[Branch, ...]
    shared_with: tuple[tuple[str, tuple[str, ...]], ...]
    threads: tuple[Thread, ...]
    cost_nok: tuple[tuple[int, float], ...]
    timeline: tuple[Milestone, ...]
    missing: tuple[Message, ...]
    version: str
    status: str
    date: str | None
    other_plans: tuple[Plan, ...] = ()
    above: tuple[Element, ...] = ()

    def other_plan(self, id: str) -> str:
        """Title of another plan; its id if it is not known."""
        return next((p.title for p in self.other_plans if p.id == id), id)

    def thread(self, element: str) -> Thread:
        """The thread of one element."""
        return next(t for t in self.threads if t.element == element)

    def elements(self) -> tuple[Element, ...]:
        """Every element of the tree, parents before children."""
        found: list[Element] = []

        def walk(branches: tuple[Branch, ...]) -> None:
            for branch in branches:
                found.append(branch.element)
                walk(branch.children)

        walk(self.tree)
        return tuple(found)
