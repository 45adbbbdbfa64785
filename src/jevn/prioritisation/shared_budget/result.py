"""The one shape that every shared-budget rule's result has."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.prioritisation.shared_budget.choices import Counting
from jevn.prioritisation.shared_budget.steps import Stage, Why
from jevn.terms import Message


@dataclass(frozen=True, slots=True)
class Round:
    """A project is paid for.

    Attributes:
        number: place in the order, from 1.
        project: its id.
        cost: kroner.
        left: kroner left of the budget afterwards.
        stage: the rule itself, or the greedy completion after it.
        price: most kroner a supporter pays per point (Equal Shares), or the highest sum that a
            supporter has paid so far (Phragmén); ``None`` where nobody pays.
        payers: how many support it.
        part_payers: how many of them pay less than the price: all that they have left.
        tied: ids that the rule could not tell apart here, in the order of the tie rule.
    """

    number: int
    project: str
    cost: float
    left: float
    stage: Stage
    price: float | None
    payers: int
    part_payers: int
    tied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a project, and why.

    Attributes:
        project: its id.
        name: what it is called.
        cost: kroner.
        votes: sum of its points (approvals: how many voted for it).
        selected: whether it is paid for.
        why: kind of reason; ``None`` for a selected project.
        reason: the reason in words.
        missing: kroner that would have let it in, all else the same, where that decides.
    """

    project: str
    name: str
    cost: float
    votes: float
    selected: bool
    why: Why | None
    reason: Message
    missing: float | None = None


@dataclass(frozen=True, slots=True)
class GroupShare:
    """How a group of voters fared.

    Attributes:
        column: what parts the groups: ``age``, ``sex`` or a zone.
        group: the group.
        voters: how many; ``None`` where so few that the group is hidden.
        share_with_winner: share who voted for at least one selected project; ``None`` if hidden.
        mean_winners: selected projects on a ballot, on average; ``None`` if hidden.
    """

    column: str
    group: str
    voters: int | None
    share_with_winner: float | None
    mean_winners: float | None


@dataclass(frozen=True, slots=True)
class Fairness:
    """Who got something.

    Attributes:
        voters: how many voted.
        share_voters_with_a_winner: share who voted for at least one selected project, 0-1.
        mean_winners: selected projects on a ballot, on average.
        without_winner: how many have no selected project on their ballot.
        groups: the same by age, sex and zone, where the file tells.
    """

    voters: int
    share_voters_with_a_winner: float
    mean_winners: float
    without_winner: int
    groups: tuple[GroupShare, ...]


@dataclass(frozen=True, slots=True)
class SharedBudget:
    """The outcome of an election over a shared budget.

    Attributes:
        counting: what it was counted by.
        selected: ids of the projects paid for, in the order of their numbers and letters.
        cost: kroner they cost together; never above the budget.
        budget: kroner.
        rounds: the projects in the order in which they were paid for.
        verdicts: every project with its reason, in the order of the election.
        fairness: who got something.
        per_voter: kroner each voter began with (Equal Shares), before money was added.
        raised: kroner added to each voter.
        official: ids that were chosen in fact, if the file says.
    """

    counting: Counting
    selected: tuple[str, ...]
    cost: float
    budget: float
    rounds: tuple[Round, ...]
    verdicts: tuple[Verdict, ...]
    fairness: Fairness
    per_voter: float | None = None
    raised: int = 0
    official: tuple[str, ...] | None = None

    @property
    def ties(self) -> tuple[tuple[str, ...], ...]:
        """Groups of projects that the tie rule decided between."""
        return tuple(r.tied for r in self.rounds if r.tied)
