"""Phragmén's sequential rule with costs."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from jevn.prioritisation.shared_budget.election import Ints
from jevn.prioritisation.shared_budget.prepared import Prepared
from jevn.prioritisation.shared_budget.steps import Course, Purse, Refusal, Step

_NEAR = 1e-9


def phragmen(prepared: Prepared) -> Course:
    """Voters earn money at the same pace; a project is bought as soon as its supporters can.

    With loads *l* (what each voter has paid), the next project is the one with the least new
    load (cost + sum of its supporters' loads) / supporters; they all get this load. The rule
    stops as soon as a project that could be bought next costs more than what is left, also
    where only one of several tied ones does. Projects dearer than the whole budget stand
    outside. A project that would break a ceiling is set aside, and the rule goes on. Points
    above 0 count as approval. All comparisons that decide are exact.

    Phragmén, E. (1894); with costs: Los, M., Christoff, Z. & Grossi, D. (2022):
    *Proportional Budget Allocations: Towards a Systematization*, doi:10.24963/ijcai.2022/57.
    """
    costs, supporters = prepared.costs, prepared.supporters
    budget = prepared.election.budget
    purse = Purse(prepared)
    refusals: list[Refusal] = []
    open_: list[int] = []
    for p, cost in enumerate(costs):
        if cost > budget:
            refusals.append(purse.refusal(p))
        elif not len(supporters[p]):
            refusals.append(Refusal(p, "unsupported"))
        else:
            open_.append(p)
    loads = [Fraction(0)]
    of = np.zeros(prepared.voters, dtype=np.int64)  # which of the loads each voter bears
    steps: list[Step] = []
    rough = {p: costs[p] / len(supporters[p]) for p in open_}
    stopped: tuple[int, ...] = ()
    while open_:
        for p in [p for p in open_ if purse.cap(p) is not None]:
            refusals.append(purse.refusal(p))
            open_.remove(p)
        if not open_:
            break
        near = min(rough[p] for p in open_) * (1 + _NEAR)
        exact = {p: _load(prepared, p, loads, of) for p in open_ if rough[p] <= near}
        least = min(exact.values())
        tied = sorted((p for p, x in exact.items() if x == least), key=prepared.places.__getitem__)
        if any(costs[p] > purse.left for p in tied):
            stopped = tuple(p for p in tied if costs[p] > purse.left)
            break
        project = tied[0]
        shown = tuple(tied) if len(tied) > 1 else ()
        steps.append(Step(project, "rule", least, len(supporters[project]), 0, shown))
        purse.take(project)
        open_.remove(project)
        of[supporters[project]] = len(loads)
        loads.append(least)
        floats = np.array([float(x) for x in loads])
        for p in open_:
            held = floats[of[supporters[p]]].sum()
            rough[p] = (costs[p] + float(held)) / len(supporters[p])
    for p in open_:
        if p in stopped:
            refusals.append(Refusal(p, "stopped", purse.left, costs[p] - purse.left))
        else:
            lacking = max(0, costs[p] - purse.left) or None
            paid = tuple(stopped[:1])
            refusals.append(Refusal(p, "not_reached", purse.left, lacking, paid_for=paid))
    return Course(tuple(steps), tuple(refusals))


def _load(prepared: Prepared, p: int, loads: list[Fraction], of: Ints) -> Fraction:
    counts = np.bincount(of[prepared.supporters[p]], minlength=1).tolist()
    held = sum((n * loads[i] for i, n in enumerate(counts) if n), Fraction(0))
    return (prepared.costs[p] + held) / len(prepared.supporters[p])
