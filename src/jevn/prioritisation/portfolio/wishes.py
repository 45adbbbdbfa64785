"""What politicians demand of a computed package, as written in ``priorities.yaml``: in kroner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jevn.prioritisation.portfolio.choices import ShareDemand

Outcome = Literal["better_years", "healthy_years"]


@dataclass(frozen=True, slots=True)
class PackageWishes:
    """Demands of the package, and ways of doing things that may be chosen.

    Attributes:
        outcome: what is made as great as can be: years that people live in a better situation
            (that which each action aims at), or healthy years.
        equity_weight: how many times more a year counts for the group lowest down, above once.
        levels: parts of the proposed money that an action may be given.
        later_starts: how many years later than proposed an action may begin.
        frame: kroner a year by year; years left out have the frame of the folder.
        posts: posts by year; the same.
        shares: of the money.
        worst_off: least for the group lowest down, in the unit of the outcome.
        locks: level of an action that is settled; 0: out.
        draws: draws of what is uncertain.
    """

    outcome: Outcome = "better_years"
    equity_weight: float = 0.0
    levels: tuple[float, ...] = (0.5, 1.0, 1.5)
    later_starts: int = 0
    frame: tuple[tuple[int, float], ...] = ()
    posts: tuple[tuple[int, float], ...] = ()
    shares: tuple[ShareDemand, ...] = ()
    worst_off: float | None = None
    locks: tuple[tuple[str, float], ...] = ()
    draws: int = 64
