"""What a rule does, step by step, before it is told in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from jevn.prioritisation.shared_budget.prepared import Prepared

Stage = Literal["rule", "completion"]
Why = Literal["support", "budget", "cap", "unsupported", "too_dear", "stopped", "not_reached"]


@dataclass(frozen=True, slots=True)
class Step:
    """One project is paid for.

    Attributes:
        project: number of the project.
        stage: the rule itself, or the greedy completion after it.
        price: most that a supporter pays per point, in øre (Equal Shares), or the highest load
            of a supporter (Phragmén); ``None`` where nobody pays (greedy).
        payers: supporters who pay.
        part_payers: how many of them pay less than the price, all that they have left.
        tied: numbers of the projects that the rule could not tell apart here, in tie order.
    """

    project: int
    stage: Stage
    price: Fraction | None
    payers: int
    part_payers: int
    tied: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a project is not paid for.

    Attributes:
        project: number of the project.
        why: supporters lack money (``support``); it costs more than was left (``budget``); a
            ceiling is full (``cap``); nobody voted for it (``unsupported``); it costs more than
            the whole budget (``too_dear``); the rule stopped at it (``stopped``), or stopped
            before its turn (``not_reached``).
        had: øre that it could draw on, where that decided.
        missing: øre that it lacked, where that decided.
        cap: number of the ceiling.
        paid_for: numbers of the projects its supporters had paid most for (``support``), or of
            the one the rule stopped at (``not_reached``).
        left: øre that were left of the budget at its turn in the greedy completion.
    """

    project: int
    why: Why
    had: int | None = None
    missing: int | None = None
    cap: int | None = None
    paid_for: tuple[int, ...] = ()
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """What a rule did from first to last.

    Attributes:
        steps: projects paid for, in order.
        refusals: every other project, with its reason.
        start: øre each voter began with; ``None`` where nobody has money of their own.
        raised: by how many kroner each voter's money was raised.
    """

    steps: tuple[Step, ...]
    refusals: tuple[Refusal, ...]
    start: Fraction | None = None
    raised: int = 0


class Purse:
    """What is left of the budget and of the ceilings while projects are taken."""

    def __init__(self, prepared: Prepared, chosen: Sequence[int] = ()) -> None:
        """Begin with the whole budget less some chosen projects."""
        self._prepared = prepared
        self.left = prepared.election.budget
        self._spent = [0] * len(prepared.caps.limits)
        for project in chosen:
            self.take(project)

    def take(self, project: int) -> None:
        """Pay for a project."""
        cost = self._prepared.costs[project]
        self.left -= cost
        self._prepared.caps.add(project, cost, self._spent)

    def cap(self, project: int) -> int | None:
        """Number of the ceiling that a project would break; ``None`` if none."""
        return self._prepared.caps.broken(project, self._prepared.costs[project], self._spent)

    def room(self, cap: int) -> int:
        """Øre left under a ceiling."""
        return self._prepared.caps.limits[cap][1] - self._spent[cap]

    def fits(self, project: int) -> bool:
        """Whether there is room for a project."""
        return self._prepared.costs[project] <= self.left and self.cap(project) is None

    def refusal(self, project: int) -> Refusal:
        """Why there is no room for a project."""
        cost, cap = self._prepared.costs[project], self.cap(project)
        if cost > self._prepared.election.budget:
            had = self._prepared.election.budget
            return Refusal(project, "too_dear", had, cost - had)
        if cost > self.left:
            return Refusal(project, "budget", self.left, cost - self.left)
        if cap is None:
            raise ValueError("there is room for the project")
        return Refusal(project, "cap", self.room(cap), cost - self.room(cap), cap)
