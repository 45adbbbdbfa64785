"""Greedy rules: the projects with most votes, or most votes per krone, as long as they fit."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from jevn.prioritisation.shared_budget.prepared import Prepared
from jevn.prioritisation.shared_budget.steps import Course, Purse, Refusal, Stage, Step


def greedy_by_votes(prepared: Prepared) -> Course:
    """Take projects by points, most first, each if it still fits; go on after one that does not.

    The rule most cities use (utilitarian greedy with cost as utility, in the words of
    Talmon, N. & Faliszewski, P. (2019): *A Framework for Approval-Based Budgeting Methods*,
    doi:10.1609/aaai.v33i01.33012181).
    """
    steps, refusals = take_in_order(prepared, (), "rule", per_cost=False)
    return Course(steps, refusals)


def greedy_per_cost(prepared: Prepared) -> Course:
    """Take projects by points per krone, most first, each if it still fits.

    Talmon & Faliszewski (2019), utility one per project.
    """
    steps, refusals = take_in_order(prepared, (), "rule", per_cost=True)
    return Course(steps, refusals)


def take_in_order(
    prepared: Prepared, chosen: Sequence[int], stage: Stage, *, per_cost: bool
) -> tuple[tuple[Step, ...], tuple[Refusal, ...]]:
    """Go through the projects that are not chosen yet, by points or points per krone.

    Projects whose points sum to less than 0 are never taken.
    """
    value = [
        Fraction(total, cost if per_cost else 1)
        for total, cost in zip(prepared.totals, prepared.costs, strict=True)
    ]
    taken = set(chosen)
    rest = [p for p in range(len(value)) if p not in taken]
    rest.sort(key=lambda p: (-value[p], prepared.places[p]))
    purse = Purse(prepared, chosen)
    steps: list[Step] = []
    refusals: list[Refusal] = []
    for project in rest:
        if value[project] < 0:
            refusals.append(Refusal(project, "unsupported"))
        elif not purse.fits(project):
            refusals.append(purse.refusal(project))
        else:
            tied = tuple(p for p in rest if value[p] == value[project] and p not in taken)
            payers = len(prepared.supporters[project])
            fitting = tuple(p for p in tied if purse.fits(p))
            told = fitting if len(fitting) > 1 and not _all_fit(purse, prepared, fitting) else ()
            steps.append(Step(project, stage, None, payers, 0, told))
            purse.take(project)
            taken.add(project)
    return tuple(steps), tuple(refusals)


def _all_fit(purse: Purse, prepared: Prepared, tied: Sequence[int]) -> bool:
    """Whether tied projects all fit together, so that their order decides nothing."""
    room = purse.left >= sum(prepared.costs[p] for p in tied)
    return room and not prepared.caps.limits
