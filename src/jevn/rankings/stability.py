"""How firmly an order stands: one list left out at a time, near ties, agreement of the lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from jevn.rankings.lists import RankedLists
from jevn.rankings.result import Ranking

Combine = Callable[[RankedLists], Ranking]
"""A rule: from lists to a ranking."""


@dataclass(frozen=True, slots=True)
class Steadiness:
    """Where an item comes when one list is left out at a time.

    Attributes:
        item: the item.
        position: its place with all lists, from 1; tied items share the best place.
        best: best place with one list left out.
        worst: worst place with one list left out.
        among_first: share of the orders with one list left out where it is among the first.
    """

    item: str
    position: int
    best: int
    worst: int
    among_first: float


def left_out(lists: RankedLists, rule: Combine) -> tuple[Ranking, ...]:
    """The order by a rule with each list left out in turn, in the order of the lists.

    Items that only the missing list named are kept; they are then unlisted everywhere.
    Empty if there are fewer than two lists, since nothing is left to combine.
    """
    if len(lists.lists) < 2:
        return ()
    return tuple(rule(lists.without(i)) for i in range(len(lists.lists)))


def steadiness(
    ranking: Ranking, without: Sequence[Ranking], first: int = 3
) -> tuple[Steadiness, ...]:
    """Span of places of each item over orders with one list left out.

    Args:
        ranking: the order with all lists.
        without: the orders of :func:`left_out`.
        first: how many places count as among the first.

    Returns:
        One entry per item in the order of ``ranking``; where ``without`` is empty the span is
        the place itself.

    Raises:
        ValueError: if ``first`` is below 1.
    """
    if first < 1:
        raise ValueError("first must be at least 1")
    places = [dict(other.positions()) for other in without] or [dict(ranking.positions())]
    return tuple(
        Steadiness(
            item=item,
            position=position,
            best=min(p[item] for p in places),
            worst=max(p[item] for p in places),
            among_first=sum(p[item] <= first for p in places) / len(places),
        )
        for item, position in ranking.positions()
    )


def near_ties(ranking: Ranking, without: Sequence[Ranking]) -> tuple[tuple[str, ...], ...]:
    """Neighbours whose order does not stand if one list is left out, best first.

    Two items that follow each other are a near tie if they are tied, or if they come the other
    way round, or tied, in an order with one list left out. Chains of near ties are one group.
    """
    places = [dict(ranking.positions()), *(dict(other.positions()) for other in without)]
    groups: list[list[str]] = []
    for item in ranking.order:
        above = groups[-1][-1] if groups else None
        if above is not None and any(p[above] >= p[item] for p in places):
            groups[-1].append(item)
        else:
            groups.append([item])
    return tuple(tuple(group) for group in groups if len(group) > 1)


def agreement(lists: RankedLists) -> float | None:
    """How alike the lists are: Kendall's coefficient of concordance *W*, corrected for ties.

    0 is no agreement, 1 full agreement. Items that a list leaves out share the mean of the
    places left. With *m* lists (each counted as often as its weight), *n* items, rank sums *R*
    and tie terms *T* = sum of (t^3 - t) of a list's ties:
    *W* = 12 S / (m^2 (n^3 - n) - m sum T), *S* the sum of squared deviations of *R* from its
    mean. Kendall, M. G. and Babington Smith, B. (1939): *The problem of m rankings*, Annals of
    Mathematical Statistics 10(3).

    Returns:
        ``None`` with fewer than two lists or items, or where every list holds all items equal.
    """
    n, weight = len(lists.items), np.asarray(lists.weights)
    if n < 2 or len(lists.lists) < 2:
        return None
    number = {item: i for i, item in enumerate(lists.items)}
    sums, ties = np.zeros(n), 0.0
    for tiers, voters in zip(lists.lists, lists.weights, strict=True):
        listed = {item for tier in tiers for item in tier}
        rest = tuple(item for item in lists.items if item not in listed)
        place = 0
        for tier in (*tiers, *((rest,) if rest else ())):
            size = len(tier)
            sums[[number[item] for item in tier]] += voters * (place + (size + 1) / 2)
            ties += voters * (size**3 - size)
            place += size
    whole = float(weight.sum())
    spread = float(((sums - sums.mean()) ** 2).sum())
    most = whole**2 * (n**3 - n) - whole * ties
    return 12 * spread / most if most > 1e-9 else None
