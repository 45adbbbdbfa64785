"""The shared-budget rules written out plainly with fractions, to check the quick ones against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

Ballots = Sequence[Mapping[str, int]]
Costs = Mapping[str, int]


def price(costs: Costs, ballots: Ballots, money: Sequence[Fraction], p: str) -> Fraction | None:
    """Least price per point with which the supporters pay for *p*; ``None`` if they cannot."""
    who = [i for i, b in enumerate(ballots) if b.get(p, 0) > 0]
    if not who or sum(money[i] for i in who) < costs[p]:
        return None
    who.sort(key=lambda i: money[i] / ballots[i][p])
    paid, points = Fraction(0), sum(ballots[i][p] for i in who)
    for i in who:
        each = (costs[p] - paid) / points
        if each * ballots[i][p] <= money[i]:
            return each
        paid += money[i]
        points -= ballots[i][p]
    raise AssertionError("somebody can pay")


def equal_shares(costs: Costs, ballots: Ballots, start: Fraction, utility: str) -> list[str]:
    """Peters, Pierczyński & Skowron (2021), definition 2; ties by id."""
    money = [start] * len(ballots)
    chosen: list[str] = []
    while True:
        rates = {}
        for p in sorted(costs):
            each = None if p in chosen else price(costs, ballots, money, p)
            if each is not None:
                rates[p] = each / (costs[p] if utility == "cost" else 1), each
        if not rates:
            return chosen
        best = min(rates, key=lambda p: (rates[p][0], p))
        for i, ballot in enumerate(ballots):
            points = max(0, ballot.get(best, 0))
            money[i] -= min(money[i], rates[best][1] * points)
        chosen.append(best)


def add_one(
    costs: Costs, ballots: Ballots, budget: int, utility: str, *, early: bool
) -> tuple[list[str], int]:
    """Equal Shares with one krone more each at a time, and how many were added."""
    start = Fraction(budget, len(ballots))
    supported = [p for p in costs if any(b.get(p, 0) > 0 for b in ballots)]
    chosen = equal_shares(costs, ballots, start, utility)
    raised = 0
    while len(chosen) < len(supported):
        left = budget - sum(costs[p] for p in chosen)
        if early and all(costs[p] > left for p in supported if p not in chosen):
            break
        after = equal_shares(costs, ballots, start + raised + 1, utility)
        if sum(costs[p] for p in after) > budget:
            break
        chosen, raised = after, raised + 1
    return chosen, raised


def phragmen(costs: Costs, ballots: Ballots, budget: int) -> list[str]:
    """Voters' loads written out one by one; ties by id."""
    loads = [Fraction(0)] * len(ballots)
    chosen: list[str] = []
    while True:
        news = {}
        for p in sorted(costs):
            who = [i for i, b in enumerate(ballots) if b.get(p, 0) > 0]
            if who and p not in chosen and costs[p] <= budget:
                news[p] = (costs[p] + sum(loads[i] for i in who)) / len(who)
        if not news:
            return chosen
        least = min(news.values())
        tied = [p for p in news if news[p] == least]
        if any(costs[p] + sum(costs[c] for c in chosen) > budget for p in tied):
            return chosen
        chosen.append(tied[0])
        for i, ballot in enumerate(ballots):
            if ballot.get(tied[0], 0) > 0:
                loads[i] = least


def greedy(costs: Costs, ballots: Ballots, budget: int, *, per_cost: bool) -> list[str]:
    """Most points (per krone) first, skipping what does not fit; ties by id."""
    points = {p: Fraction(sum(b.get(p, 0) for b in ballots)) for p in costs}
    value = {p: points[p] / (costs[p] if per_cost else 1) for p in costs}
    chosen: list[str] = []
    for p in sorted(costs, key=lambda p: (-value[p], p)):
        if sum(costs[c] for c in chosen) + costs[p] <= budget:
            chosen.append(p)
    return chosen
