"""A package of actions within its limits: what is chosen, what it gives, what had to give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jevn.terms import Message

Limit = Literal[
    "frame", "posts", "share_least", "share_most", "worst_off", "excludes", "requires", "lock"
]
Standing = Literal["always", "sometimes", "never"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """An action in the package: the way it is done."""

    id: str
    title: str
    level: float
    start: int
    nok: int
    posts: int
    gain: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class YearUse:
    """Øre and thousandths of posts in one year, and what there is of each (``None``: no limit)."""

    year: int
    nok: int
    frame: int
    posts: int
    posts_limit: int | None


@dataclass(frozen=True, slots=True)
class Loosened:
    """A demand that cannot be met with the others, and by how much it must give.

    Attributes:
        limit: which kind.
        about: the year, the area (``universal`` for universal effort) or the actions; empty for
            the worst-off group.
        amount: øre, thousandths of posts, or gain of the worst-off group; 0 for actions that do
            not go together.
        message: in words.
    """

    limit: Limit
    about: str
    amount: float
    message: Message


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A package.

    Attributes:
        made_by: ``total`` (most gain), ``equity`` (with weight on the worst off), ``front``,
            ``need`` (money by need, no optimiser) or ``own`` (put together by people).
        chosen: by id.
        gain: by group, lowest social position first, synergies counted.
        years: money and posts.
        loosened: demands that had to give; empty if all are met.
        gap: how far from the best it can be at most, as a share.
    """

    made_by: Literal["total", "equity", "front", "need", "own"]
    chosen: tuple[Chosen, ...]
    gain: tuple[float, ...]
    years: tuple[YearUse, ...]
    loosened: tuple[Loosened, ...] = ()
    gap: float = 0.0

    @property
    def total(self) -> float:
        """Gain of all groups together."""
        return sum(self.gain)

    @property
    def worst_off(self) -> float:
        """Gain of the group lowest in social position."""
        return self.gain[0] if self.gain else 0.0

    @property
    def nok(self) -> int:
        """Øre a year with everything in full operation."""
        return sum(c.nok for c in self.chosen)

    def level(self, id: str) -> float:
        """Level of an action; 0 if it is not in."""
        return next((c.level for c in self.chosen if c.id == id), 0.0)


@dataclass(frozen=True, slots=True)
class OptionStanding:
    """How an action fares when everything uncertain is drawn again."""

    id: str
    title: str
    share_in: float
    standing: Standing


@dataclass(frozen=True, slots=True)
class Robustness:
    """The best package in every draw.

    Attributes:
        draws: how many.
        options: every action, most often in first.
        regret: mean gain lost by the chosen package against the best of each draw.
        worst_regret: the most it loses in a draw.
        best_share: share of the draws where it is the best (within a millionth).
        perfect: gain that knowing everything would be worth (EVPI), 0 or more.
    """

    draws: int
    options: tuple[OptionStanding, ...]
    regret: float
    worst_regret: float
    best_share: float
    perfect: float


@dataclass(frozen=True, slots=True)
class Why:
    """Why an action is in or out, and what it would take.

    Attributes:
        id: the action.
        inside: whether it is in.
        forced: the best package with it forced the other way; ``None`` if there is none.
        pushes_out: actions that leave or shrink then.
        brings_in: actions that come in or grow then.
        total: change in the gain of all then.
        worst_off: change in the gain of the worst-off group then.
        room_nok: øre more a year that would make room for it beside all that is in; ``None`` if
            money is not all it lacks.
        binding: limits that it meets.
        reasons: in words.
    """

    id: str
    inside: bool
    forced: Portfolio | None
    pushes_out: tuple[str, ...]
    brings_in: tuple[str, ...]
    total: float
    worst_off: float
    room_nok: int | None
    binding: tuple[str, ...]
    reasons: tuple[Message, ...]
