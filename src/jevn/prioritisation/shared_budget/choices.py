"""What an election is counted by: rule, utility, completion, caps and tie rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, get_args

RuleName = Literal["greedy", "greedy-per-cost", "equal-shares", "phragmen"]
Utility = Literal["cost", "count"]
Completion = Literal["none", "add1", "add1-until-overspend", "greedy", "add1-then-greedy"]
TieRule = Literal["id", "cheapest", "most-votes", "draw"]

RULE_NAMES: tuple[RuleName, ...] = get_args(RuleName)
UTILITIES: tuple[Utility, ...] = get_args(Utility)
COMPLETIONS: tuple[Completion, ...] = get_args(Completion)
TIE_RULES: tuple[TieRule, ...] = get_args(TieRule)


@dataclass(frozen=True, slots=True)
class Counting:
    """How an election over a shared budget is counted; to be published before the vote.

    Attributes:
        rule: the rule.
        utility: what a supporter gains from a project under Equal Shares: its cost, or 1 per
            project (times the points given to it).
        completion: how Equal Shares goes on when money is left; other rules need none.
            ``none``: it does not. ``add1``: each voter gets one krone more at a time, until
            the outcome is exhaustive or the next one would overspend. ``add1-until-overspend``:
            the same without stopping at an exhaustive outcome. ``greedy``: the rest goes to the
            projects with most points that still fit. ``add1-then-greedy``: both.
        caps: whether the file's ceilings per neighbourhood or category hold.
        ties: who goes first of projects that the rule cannot tell apart. ``id``: ids in the
            order of their characters; ``cheapest``: lower cost, then more supporters, then id;
            ``most-votes``: more supporters, then lower cost, then id; ``draw``: by lot.
        seed: what the lot is drawn from (only ``draw``).
    """

    rule: RuleName = "equal-shares"
    utility: Utility = "cost"
    completion: Completion = "add1-until-overspend"
    caps: bool = False
    ties: TieRule = "id"
    seed: str = ""

    def __post_init__(self) -> None:
        for given, known in (
            (self.rule, RULE_NAMES),
            (self.utility, UTILITIES),
            (self.completion, COMPLETIONS),
            (self.ties, TIE_RULES),
        ):
            if given not in known:
                raise ValueError(f"{given!r} is none of {', '.join(known)}")


def tie_places(
    ids: Sequence[str], costs: Sequence[int], supporters: Sequence[int], counting: Counting
) -> tuple[int, ...]:
    """Place of each project in the order that settles ties; lower goes first.

    The lot of ``draw`` is the SHA-256 of ``seed:id``, so anyone can draw it again.

    >>> tie_places(["10", "9"], [1, 1], [5, 5], Counting(ties="id"))
    (0, 1)
    """

    def key(i: int) -> tuple[int | str, ...]:
        if counting.ties == "cheapest":
            return (costs[i], -supporters[i], ids[i])
        if counting.ties == "most-votes":
            return (-supporters[i], costs[i], ids[i])
        if counting.ties == "draw":
            return (sha256(f"{counting.seed}:{ids[i]}".encode()).hexdigest(), ids[i])
        return (ids[i],)

    order = sorted(range(len(ids)), key=key)
    place = {i: at for at, i in enumerate(order)}
    return tuple(place[i] for i in range(len(ids)))
