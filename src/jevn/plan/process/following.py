"""Where the work stands: every state of the template with what is missing before it closes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from jevn.plan.elements import Milestone
from jevn.plan.process.guards import GUARDS, Facts, Missing
from jevn.plan.process.template import ProcessTemplate, State
from jevn.terms import Problem

Standing = Literal["done", "now", "later", "passed"]
_FILE = "process.yaml"


@dataclass(frozen=True, slots=True)
class StateStatus:
    """A state, and where it stands.

    Attributes:
        state: the state.
        standing: ``done`` (a milestone that closes it is done, or a later state is closed and its
            guards miss nothing), ``now`` (what is next), ``later``, or ``passed`` (a later
            state is closed, but this one was not, or is optional and was left out).
        milestones: the milestones that lead to it or close it.
        missing: what its guards miss; a closed state may miss something too, and says so.
    """

    state: State
    standing: Standing
    milestones: tuple[Milestone, ...]
    missing: tuple[Missing, ...]

    @property
    def may_close(self) -> bool:
        """Whether all its guards pass."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class Process:
    """Where the work stands.

    Attributes:
        template: how the work goes.
        states: every state in order.
        loose: milestones that belong to no state.
    """

    template: ProcessTemplate
    states: tuple[StateStatus, ...]
    loose: tuple[Milestone, ...]

    @property
    def now(self) -> StateStatus | None:
        """The state that is next to close; ``None`` where all are closed."""
        return next((s for s in self.states if s.standing == "now"), None)


def follow_process(
    template: ProcessTemplate, milestones: Sequence[Milestone], facts: Facts
) -> Process:
    """Where the work stands by its milestones, and what guards miss.

    A state is closed by a milestone that names it in ``closes`` and is done. What is next is the
    first state after the last closed one.

    Args:
        template: how the work goes.
        milestones: of the work.
        facts: what guards look at; the milestone is set for each state.
    """
    by_state: dict[str, list[Milestone]] = {s.id: [] for s in template.states}
    loose = []
    for m in milestones:
        if m.closes in by_state:
            by_state[m.closes].append(m)
        else:
            loose.append(m)
    closed = {id for id, own in by_state.items() if own and all(m.state == "done" for m in own)}
    last = max((i for i, s in enumerate(template.states) if s.id in closed), default=-1)
    found: list[StateStatus] = []
    for i, state in enumerate(template.states):
        own = tuple(by_state[state.id])
        with_own = replace(
            facts, milestone=own[-1] if own else None, hearing_days=template.hearing_days
        )
        missing = tuple(_missing(state, with_own))
        standing: Standing
        if state.id in closed:
            standing = "done"
        elif i > last:
            standing = "now" if i == last + 1 else "later"
        else:
            standing = "passed" if missing or state.optional or state.decision else "done"
        if standing == "passed" and state.optional:
            missing = ()
        found.append(StateStatus(state, standing, own, missing))
    return Process(template, tuple(found), tuple(loose))


def _missing(state: State, facts: Facts) -> Iterator[Missing]:
    seen: set[str] = set()
    for guard in state.guards:
        for missing in GUARDS[guard](facts):
            key = f"{missing.message}"
            if key not in seen:
                seen.add(key)
                yield missing


def process_problems(
    template: ProcessTemplate, milestones: Sequence[Milestone]
) -> Iterator[Problem]:
    """Milestones that close a state that there is not, or are decided before what comes first.

    ``process_no_state``, ``process_until`` (a period that ends before it begins) and
    ``process_order``: a decision dated before the date when an earlier decision was made.
    """
    order = {s.id: i for i, s in enumerate(template.states)}
    known = ", ".join(order)
    dated: list[tuple[int, str, Milestone]] = []
    for m in milestones:
        if m.closes is not None and m.closes not in order:
            params = {"id": m.id, "state": m.closes, "known": known}
            yield Problem("process_no_state", _FILE, column="closes", params=params)
        if m.until and m.date and m.until < m.date:
            params = {"id": m.id, "first": m.date, "last": m.until}
            yield Problem("process_until", _FILE, column="until", params=params)
        if m.closes in order and m.date:
            state = template.states[order[m.closes]]
            if state.decision:
                dated.append((order[m.closes], m.date, m))
    dated.sort(key=lambda x: x[0])
    for (_, before, earlier), (_, after, later) in itertools.pairwise(dated):
        if after < before:
            params = {
                "id": later.id,
                "date": after,
                "earlier": earlier.id,
                "earlier_date": before,
            }
            yield Problem("process_order", _FILE, column="date", params=params)
