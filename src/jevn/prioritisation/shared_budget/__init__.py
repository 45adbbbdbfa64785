"""Shared budgets: residents or groups vote over projects, and a rule decides what is paid for.

1. :func:`read_pabulib` reads an election; :meth:`Election.of` makes one from plain values.
2. :class:`Counting` says by which rule it is counted, and how ties are settled.
3. :func:`share_budget` counts it: projects paid for, round by round, every project with its
   reason, and who got something.

All rules give a :class:`SharedBudget`, so that they can be compared side by side.
"""

from jevn.prioritisation.shared_budget.choices import (
    COMPLETIONS,
    RULE_NAMES,
    TIE_RULES,
    UTILITIES,
    Completion,
    Counting,
    RuleName,
    TieRule,
    Utility,
)
from jevn.prioritisation.shared_budget.comparing import BudgetRule, CountedBudget, count_budget
from jevn.prioritisation.shared_budget.counting import share_budget
from jevn.prioritisation.shared_budget.election import BallotKind, Election, Project
from jevn.prioritisation.shared_budget.pabulib import read_pabulib
from jevn.prioritisation.shared_budget.result import (
    Fairness,
    GroupShare,
    Round,
    SharedBudget,
    Verdict,
)
from jevn.prioritisation.shared_budget.writing import pabulib_text, write_pabulib

__all__ = [
    "COMPLETIONS",
    "RULE_NAMES",
    "TIE_RULES",
    "UTILITIES",
    "BallotKind",
    "BudgetRule",
    "Completion",
    "CountedBudget",
    "Counting",
    "Election",
    "Fairness",
    "GroupShare",
    "Project",
    "Round",
    "RuleName",
    "SharedBudget",
    "TieRule",
    "Utility",
    "Verdict",
    "count_budget",
    "pabulib_text",
    "read_pabulib",
    "share_budget",
    "write_pabulib",
]
