"""Weights of the criteria from the order people put them in."""

from __future__ import annotations

from collections.abc import Sequence

from jevn.prioritisation.results import Ballot, CriteriaOrder
from jevn.rankings import RankedLists, borda
from jevn.terms import CRITERIA, Criterion

Weights = tuple[tuple[Criterion, float], ...]
"""A weight per criterion, in the order of the criteria of NOU 2025:8; they sum to 1."""


def rank_order_centroid(count: int) -> tuple[float, ...]:
    """Weights of ``count`` criteria in order of importance, most important first.

    w_k = (1/n) Σ_{i=k}^{n} 1/i: the centre of all weights that keep the order (Barron & Barrett
    1996, Management Science 42:1515-1523). They sum to 1.

    >>> [round(w, 4) for w in rank_order_centroid(4)]
    [0.5208, 0.2708, 0.1458, 0.0625]
    """
    return tuple(sum(1.0 / i for i in range(k, count + 1)) / count for k in range(1, count + 1))


def weights_of(tiers: Sequence[Sequence[Criterion]]) -> Weights:
    """Weights from tiers of criteria, most important first.

    Criteria of one tier are equally important and share the mean of their places' weights;
    criteria that no tier names share the last places.
    """
    named = [c for tier in tiers for c in tier]
    rest = [c for c in CRITERIA if c not in named]
    places = rank_order_centroid(len(CRITERIA))
    found: dict[Criterion, float] = {}
    at = 0
    for tier in (*tiers, rest):
        if not tier:
            continue
        mean = sum(places[at : at + len(tier)]) / len(tier)
        found |= dict.fromkeys(tier, mean)
        at += len(tier)
    return tuple((c, found[c]) for c in CRITERIA)


def criteria_order(ballot: Ballot) -> CriteriaOrder:
    """A group's order of all criteria with its weights; those it left out stand last."""
    weights = dict(weights_of([[c] for c in ballot.criteria]))
    order = (*ballot.criteria, *(c for c in CRITERIA if c not in ballot.criteria))
    return CriteriaOrder(ballot.group, order, tuple(weights[c] for c in order))


def combined_weights(ballots: Sequence[Ballot]) -> Weights:
    """Weights of all groups together: their orders combined by Borda, then weighted.

    Criteria with equal Borda points are equally important. Without any order of criteria
    all four weigh the same.
    """
    orders = [[c.value for c in b.criteria] for b in ballots if b.criteria]
    if not orders:
        return tuple((c, 1.0 / len(CRITERIA)) for c in CRITERIA)
    ranking = borda(RankedLists.of(orders, items=[c.value for c in CRITERIA]))
    tied = {item: tier for tier in ranking.ties for item in tier}
    tiers = dict.fromkeys(tied.get(item, (item,)) for item in ranking.order)
    return weights_of([[Criterion(item) for item in tier] for tier in tiers])
