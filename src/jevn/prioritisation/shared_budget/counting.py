"""Counting an election over a shared budget by a rule, with rounds, reasons and fairness."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from jevn.prioritisation.shared_budget.choices import Counting, RuleName
from jevn.prioritisation.shared_budget.completion import equal_shares
from jevn.prioritisation.shared_budget.election import ORE, Election
from jevn.prioritisation.shared_budget.fairness import fairness
from jevn.prioritisation.shared_budget.greedy import greedy_by_votes, greedy_per_cost
from jevn.prioritisation.shared_budget.phragmen import phragmen
from jevn.prioritisation.shared_budget.prepared import Prepared, prepare
from jevn.prioritisation.shared_budget.reasons import reason_in, reason_out, votes
from jevn.prioritisation.shared_budget.result import Round, SharedBudget, Verdict
from jevn.prioritisation.shared_budget.steps import Course

RULES: Mapping[RuleName, Callable[[Prepared], Course]] = MappingProxyType(
    {
        "greedy": greedy_by_votes,
        "greedy-per-cost": greedy_per_cost,
        "equal-shares": equal_shares,
        "phragmen": phragmen,
    }
)
"""Every rule by its name."""

_DIGITS = re.compile(r"(\d+)")


def share_budget(election: Election, counting: Counting | None = None) -> SharedBudget:
    """Decide which projects a shared budget pays for.

    The same election and counting always give the same result; money is counted in whole øre
    and every comparison that decides is exact.

    Args:
        election: projects, budget and ballots.
        counting: rule, utility, completion, ceilings and tie rule; by default Equal Shares with
            cost utility, money added until the next outcome would overspend.

    Raises:
        InputRefused: ``budget_no_caps``, ``budget_caps`` or ``budget_caps_place`` if ceilings
            are asked for that the election does not have, or has with faults.
    """
    counting = counting or Counting()
    prepared = prepare(election, counting)
    course = RULES[counting.rule](prepared)
    rounds, verdicts = _rounds(prepared, course)
    for refusal in course.refusals:
        project = election.projects[refusal.project]
        verdicts[refusal.project] = Verdict(
            project=project.id,
            name=project.name,
            cost=project.cost / ORE,
            votes=votes(prepared, refusal.project),
            selected=False,
            why=refusal.why,
            reason=reason_out(prepared, refusal),
            missing=None if refusal.missing is None else refusal.missing / ORE,
        )
    chosen = tuple(step.project for step in course.steps)
    return SharedBudget(
        counting=counting,
        selected=tuple(sorted(prepared.ids(chosen), key=natural)),
        cost=sum(prepared.costs[p] for p in chosen) / ORE,
        budget=election.budget / ORE,
        rounds=rounds,
        verdicts=tuple(verdicts[p] for p in range(len(election.projects))),
        fairness=fairness(prepared, chosen),
        per_voter=None if course.start is None else float(course.start) / ORE,
        raised=course.raised,
        official=election.official,
    )


def _rounds(prepared: Prepared, course: Course) -> tuple[tuple[Round, ...], dict[int, Verdict]]:
    left = prepared.election.budget
    scale = prepared.election.point_scale if prepared.counting.rule == "equal-shares" else 1
    rounds: list[Round] = []
    verdicts: dict[int, Verdict] = {}
    for number, step in enumerate(course.steps, start=1):
        project = prepared.election.projects[step.project]
        verdicts[step.project] = Verdict(
            project=project.id,
            name=project.name,
            cost=project.cost / ORE,
            votes=votes(prepared, step.project),
            selected=True,
            why=None,
            reason=reason_in(prepared, step, number, left),
        )
        left -= project.cost
        rounds.append(
            Round(
                number=number,
                project=project.id,
                cost=project.cost / ORE,
                left=left / ORE,
                stage=step.stage,
                price=None if step.price is None else float(step.price) * scale / ORE,
                payers=step.payers,
                part_payers=step.part_payers,
                tied=prepared.ids(step.tied),
            )
        )
    return tuple(rounds), verdicts


def natural(id: str) -> tuple[tuple[int, int, str], ...]:
    """A key that puts 9 before 10, and numbers before letters.

    >>> sorted(["10", "9", "b", "a2", "a10"], key=natural)
    ['9', '10', 'a2', 'a10', 'b']
    """
    parts = [p for p in _DIGITS.split(id) if p]
    return tuple((0, int(p), p) if p.isdecimal() else (1, 0, p) for p in parts)
