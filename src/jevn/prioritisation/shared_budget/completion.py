"""The Method of Equal Shares with what comes after it: money added, the rest spent greedily."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import inf

import numpy as np

from jevn.prioritisation.shared_budget.election import ORE
from jevn.prioritisation.shared_budget.equal_shares import Run, equal_shares_run, steps_of
from jevn.prioritisation.shared_budget.greedy import take_in_order
from jevn.prioritisation.shared_budget.prepared import Prepared
from jevn.prioritisation.shared_budget.raising import runs_before_asking, steady_kroner
from jevn.prioritisation.shared_budget.steps import Course, Purse, Refusal

_PAID_FOR = 3
_WORTH = 20  # kroner skipped at once that make up for asking


def equal_shares(prepared: Prepared) -> Course:
    """The Method of Equal Shares with the completion that was asked for.

    Each voter begins with budget / voters. Money added (``add1``): again from the start with
    one krone more each, until the next outcome would overspend, keeping the last that does
    not; ``add1`` stops before that at the first outcome where no supported project that is
    left fits. With ceilings both stop there. ``greedy``: what is left goes to the projects
    with most points that fit. https://equalshares.net/implementation/completion/
    """
    start = Fraction(prepared.election.budget, prepared.voters)
    completion = prepared.counting.completion
    run = equal_shares_run(prepared, start)
    raised = 0
    if completion.startswith("add1"):
        run, raised = _add_money(prepared, run)
    refusals = _refusals(prepared, run)
    steps = steps_of(prepared, run)
    if completion in ("greedy", "add1-then-greedy"):
        more, passed = take_in_order(prepared, run.chosen, "completion", per_cost=False)
        steps += more
        before = {r.project: r for r in refusals}
        refusals = tuple(_both(before[r.project], r) for r in passed)
    return Course(steps, refusals, start, raised)


def _add_money(prepared: Prepared, first: Run) -> tuple[Run, int]:
    """Raise every voter's money by one krone at a time; the last outcome within the budget."""
    supported = [p for p, weight in enumerate(prepared.weights) if weight]
    early = prepared.counting.completion != "add1-until-overspend" or bool(prepared.caps.limits)
    if _all_fit(prepared, supported):
        return _all_bought(prepared, first, len(supported))
    run, raised, ask = first, 0, _Asking(prepared)
    while not early or _any_fits(prepared, run.chosen, supported):
        steady = ask.kroner(run)
        if steady == inf:
            break
        raised += int(steady)
        after = equal_shares_run(prepared, first.start + (raised + 1) * ORE)
        if after.over:
            if steady:
                run = equal_shares_run(prepared, first.start + raised * ORE)
            break
        run, raised = after, raised + 1
    return run, raised


class _Asking:
    """Asks how far an outcome is steady, and less often where it was in vain."""

    def __init__(self, prepared: Prepared) -> None:
        self._prepared = prepared
        self._between = runs_before_asking(prepared)
        self._wait, self._in_vain = self._between or 0, 0

    def kroner(self, run: Run) -> float:
        """Kroner that may be added at once; 0 where it was not asked."""
        if self._between is None or self._wait:
            self._wait -= 1
            return 0.0
        steady = steady_kroner(self._prepared, run)
        self._in_vain = 0 if steady > self._between + _WORTH else min(self._in_vain + 1, 8)
        self._wait = max(self._between, 1) * (2**self._in_vain - 1)
        return steady


def _all_fit(prepared: Prepared, projects: Sequence[int]) -> bool:
    purse = Purse(prepared)
    for p in projects:
        if not purse.fits(p):
            return False
        purse.take(p)
    return True


def _all_bought(prepared: Prepared, run: Run, many: int) -> tuple[Run, int]:
    """With room for every supported project: raise the money until all are bought."""
    raised = 0
    while len(run.chosen) < many:
        raised = max(1, 2 * raised)
        run = equal_shares_run(prepared, run.start + raised * ORE)
    return run, raised


def _any_fits(prepared: Prepared, chosen: Sequence[int], supported: Sequence[int]) -> bool:
    """Whether a supported project that is not chosen still fits."""
    purse, taken = Purse(prepared, chosen), set(chosen)
    return any(purse.fits(p) for p in supported if p not in taken)


def _refusals(prepared: Prepared, run: Run) -> tuple[Refusal, ...]:
    """Why the rule itself did not buy the other projects, with what their supporters had left."""
    capped = {r.project: r for r in run.capped}
    bought = set(run.chosen)
    found = []
    for p, cost in enumerate(prepared.costs):
        if p in bought:
            continue
        if p in capped:
            found.append(capped[p])
            continue
        who = prepared.supporters[p]
        if not len(who):
            found.append(Refusal(p, "unsupported"))
            continue
        had = min(int(run.money[who].sum()), cost - 1)
        paid = _paid_for(prepared, run, p)
        found.append(Refusal(p, "support", had, cost - had, paid_for=paid))
    return tuple(found)


def _both(before: Refusal, after: Refusal) -> Refusal:
    """A refusal by the rule and then by the completion, in one."""
    if before.why != "support" or after.why != "budget":
        return after
    lacked = [m for m in (before.missing, after.missing) if m is not None]
    return replace(before, missing=min(lacked), left=after.had)


def _paid_for(prepared: Prepared, run: Run, project: int) -> tuple[int, ...]:
    """The bought projects that a project's supporters paid most for, together, most first."""
    mine = np.zeros(prepared.voters, dtype=bool)
    mine[prepared.supporters[project]] = True
    shared = [
        (float(prepared.given[p][mine[prepared.supporters[p]]].sum()) * price, p)
        for p, price in zip(run.chosen, run.prices, strict=True)
    ]
    shared.sort(key=lambda found: (-found[0], prepared.places[found[1]]))
    return tuple(p for amount, p in shared[:_PAID_FOR] if amount > 0)
