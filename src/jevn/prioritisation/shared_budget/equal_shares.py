"""The Method of Equal Shares: one run with a given sum of money per voter."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from jevn.prioritisation.shared_budget.exact_money import ExactMoney
from jevn.prioritisation.shared_budget.prepared import Prepared
from jevn.prioritisation.shared_budget.steps import Purse, Refusal, Step

_NEAR = 1e-8  # closer than this, floating point does not decide
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Offer:
    """What the supporters of a project can pay now.

    Attributes:
        price: øre per point that the richest pay.
        plain: whether all clearly have enough, so that the price is cost / points exactly.
        sure: whether floating point decides that they can pay at all.
    """

    price: float
    plain: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class Run:
    """The outcome of one run.

    Attributes:
        start: øre each voter began with.
        chosen: numbers of the projects bought, in order.
        ties: per bought project the tied ones, in tie order (empty if none).
        prices: per bought project the øre per point that the richest supporters paid, rounded
            to the precision of floating point.
        part_payers: per bought project how many paid all they had left, below the price.
        money: øre each voter has left, rounded.
        cost: øre spent.
        over: whether the run was broken off because it spent more than the budget.
        capped: projects refused because of a ceiling.
    """

    start: Fraction
    chosen: tuple[int, ...]
    ties: tuple[tuple[int, ...], ...]
    prices: tuple[float, ...]
    part_payers: tuple[int, ...]
    money: Floats
    cost: int
    over: bool
    capped: tuple[Refusal, ...]


def equal_shares_run(prepared: Prepared, start: Fraction) -> Run:
    r"""Buy projects with equal money per voter, the best price per utility first.

    A project *p* is ρ-affordable if its supporters can pay for it with nobody paying more than
    ρ per utility: :math:`\sum_i \min(b_i, \rho u_i(p)) = cost(p)`, where :math:`b_i` is what
    voter *i* has left and :math:`u_i(p)` the points given to *p*, times its cost (``cost``
    utility) or as they are (``count``). Bought is the project with the least ρ, again and
    again until nobody's supporters can pay. Peters, D., Pierczyński, G. & Skowron, P. (2021):
    *Proportional Participatory Budgeting with Additive Utilities*, NeurIPS 34,
    arXiv:2008.13276.

    Floating point decides only what is farther apart than a part in 10^8; the rest is decided
    in whole numbers. Ties are exact.

    Args:
        prepared: the election.
        start: øre each voter begins with.
    """
    state = _State(prepared, start)
    while (found := state.best()) is not None:
        state.buy(*found)
        if state.purse.left < 0:
            return state.run(over=True)
    return state.run(over=False)


class _State:
    def __init__(self, prepared: Prepared, start: Fraction) -> None:
        self.prepared, self.start = prepared, start
        self.purse = Purse(prepared)
        self.money: Floats = np.full(prepared.voters, float(start))
        self.cost_utility = prepared.counting.utility == "cost"
        self.bought: list[int] = []
        self.ties: list[tuple[int, ...]] = []
        self.prices: list[float] = []
        self.part_payers: list[int] = []
        self.capped: list[Refusal] = []
        self.price = {
            p: prepared.costs[p] / weight for p, weight in enumerate(prepared.weights) if weight
        }
        self.grain = _NEAR * float(start)

    def rate(self, project: int, price: float) -> float:
        """ρ: price per utility."""
        return price / self.prepared.costs[project] if self.cost_utility else price

    def exact_rate(self, project: int, price: Fraction) -> Fraction:
        return price / self.prepared.costs[project] if self.cost_utility else price

    def offer(self, project: int) -> Offer | None:
        """What supporters can pay; ``None`` if they clearly cannot pay for it."""
        cost = float(self.prepared.costs[project])
        money = self.money[self.prepared.supporters[project]]
        total = float(money.sum())
        if total < cost * (1 - _NEAR):
            return None
        sure = total > cost * (1 + _NEAR)
        price = self.price[project]
        if self.prepared.uniform:
            return _one_each(money, cost, price, sure)
        return _by_points(money, self.prepared.given[project], cost, price, sure)

    def best(self) -> tuple[int, float, tuple[int, ...]] | None:
        """The next project, its price, and those tied with it."""
        while True:
            found = self._near_best()
            if len(found) < 2 and all(o.sure for o in found.values()):
                return next(((p, o.price, ()) for p, o in found.items()), None)
            exact = self._exact(found)
            if exact:
                least = min(exact.values())
                tied = [p for p, rate in exact.items() if rate == least]
                tied.sort(key=self.prepared.places.__getitem__)
                return tied[0], found[tied[0]].price, tuple(tied) if len(tied) > 1 else ()

    def _near_best(self) -> dict[int, Offer]:
        """The projects whose ρ is the least, as far as floating point can tell."""
        offers: dict[int, Offer] = {}
        least = np.inf
        rates = {p: self.rate(p, price) for p, price in self.price.items()}
        for p in sorted(rates, key=rates.__getitem__):
            if rates[p] > least * (1 + _NEAR):
                break
            if self.prepared.caps.limits and self.purse.cap(p) is not None:
                self.capped.append(self.purse.refusal(p))
                del self.price[p]
                continue
            offer = self.offer(p)
            if offer is None:
                del self.price[p]
                continue
            self.price[p] = offer.price
            offers[p] = offer
            if offer.sure:
                least = min(least, self.rate(p, offer.price))
        near = {p: o for p, o in offers.items() if self.rate(p, o.price) <= least * (1 + _NEAR)}
        return near

    def _exact(self, found: dict[int, Offer]) -> dict[int, Fraction]:
        """Exact ρ of these projects; those that cannot be paid for after all are set aside."""
        costs, weights = self.prepared.costs, self.prepared.weights
        if all(o.plain and o.sure for o in found.values()):
            return {p: self.exact_rate(p, Fraction(costs[p], weights[p])) for p in found}
        state = ExactMoney(self.prepared, self.start, self.bought, tuple(found))
        exact: dict[int, Fraction] = {}
        for p in found:
            price = state.price(p)
            if price is None:
                del self.price[p]
            else:
                exact[p] = self.exact_rate(p, price)
        return exact

    def buy(self, project: int, price: float, tied: tuple[int, ...]) -> None:
        who = self.prepared.supporters[project]
        money = self.money[who]
        due = price if self.prepared.uniform else price * self.prepared.given[project]
        self.part_payers.append(int(np.count_nonzero(money < due - self.grain)))
        self.money[who] = np.maximum(money - due, 0.0)
        self.purse.take(project)
        self.bought.append(project)
        self.ties.append(tied)
        self.prices.append(price)
        del self.price[project]

    def run(self, *, over: bool) -> Run:
        return Run(
            start=self.start,
            chosen=tuple(self.bought),
            ties=tuple(self.ties),
            prices=tuple(self.prices),
            part_payers=tuple(self.part_payers),
            money=self.money,
            cost=self.prepared.election.budget - self.purse.left,
            over=over,
            capped=tuple(self.capped),
        )


def _one_each(money: Floats, cost: float, price: float, sure: bool) -> Offer:
    """Price where every supporter gives one point; ``price`` is a lower bound of it."""
    voters = len(money)
    poor = money < price
    count = int(np.count_nonzero(poor))
    while True:
        if count == voters:
            return Offer(float(money.max()), plain=False, sure=False)
        held = float(money[poor].sum()) if count else 0.0
        price = (cost - held) / (voters - count)
        poor = money < price
        now = int(np.count_nonzero(poor))
        if now <= count:
            plain = not now and float(money.min()) > price * (1 + _NEAR)
            return Offer(price, plain, sure)
        count = now


def _by_points(
    money: Floats, given: NDArray[np.int64], cost: float, price: float, sure: bool
) -> Offer:
    """Price per point where supporters give different points."""
    weight = int(given.sum())
    poor = money < price * given
    count = int(np.count_nonzero(poor))
    while True:
        rest = weight - int(given[poor].sum())
        if not rest:
            return Offer(float((money / given).max()), plain=False, sure=False)
        price = (cost - float(money[poor].sum())) / rest
        poor = money < price * given
        now = int(np.count_nonzero(poor))
        if now <= count:
            plain = not now and bool((money > price * given * (1 + _NEAR)).all())
            return Offer(price, plain, sure)
        count = now


def steps_of(prepared: Prepared, run: Run) -> tuple[Step, ...]:
    """The purchases of a run as steps."""
    told = zip(run.chosen, run.prices, run.part_payers, run.ties, strict=True)
    return tuple(
        Step(p, "rule", Fraction(price), len(prepared.supporters[p]), part, tied)
        for p, price, part, tied in told
    )
