"""A shared budget counted by the rule that was published, beside what the others would give."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from jevn.prioritisation.shared_budget.choices import RULE_NAMES, Counting, RuleName
from jevn.prioritisation.shared_budget.counting import share_budget
from jevn.prioritisation.shared_budget.election import Election
from jevn.prioritisation.shared_budget.result import SharedBudget


@dataclass(frozen=True, slots=True)
class BudgetRule:
    """How an election of a plan folder is called and counted.

    Attributes:
        id: name of its file in ``budgets/``, without ending.
        title: what it is called; empty: what its file says.
        counting: rule and ties, published before the vote.
    """

    id: str
    title: str = ""
    counting: Counting = field(default_factory=Counting)


@dataclass(frozen=True, slots=True)
class CountedBudget:
    """An election with its outcome, and which projects other rules would pay for.

    Attributes:
        id: its id.
        title: what it is called.
        outcome: by the published rule.
        others: (rule, ids of projects, share of voters with a winner) of the other rules.
    """

    id: str
    title: str
    outcome: SharedBudget
    others: tuple[tuple[RuleName, tuple[str, ...], float], ...]


def count_budget(election: Election, rule: BudgetRule) -> CountedBudget:
    """Count an election by its rule, and by the others with the same ceilings and tie rule."""
    others = []
    for name in RULE_NAMES:
        if name != rule.counting.rule:
            found = share_budget(election, replace(rule.counting, rule=name))
            share = found.fairness.share_voters_with_a_winner
            others.append((name, found.selected, share))
    return CountedBudget(
        rule.id,
        rule.title or election.said("description") or rule.id,
        share_budget(election, rule.counting),
        tuple(others),
    )
