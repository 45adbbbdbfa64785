"""How much money voters may be given before the outcome of Equal Shares can change.

With few voters and large budgets an outcome stays the same for thousands of kroner. While the
order of purchases, and who pays in full and who pays the rest, stay the same, everything is
linear in what the voters begin with: money left, prices, and the gaps between them. The first
gap that closes says how far nothing changes; steps of one krone up to there need not be tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from jevn.prioritisation.shared_budget.election import ORE
from jevn.prioritisation.shared_budget.equal_shares import Run
from jevn.prioritisation.shared_budget.prepared import Prepared
from jevn.prioritisation.shared_budget.steps import Purse

_NEAR = 1e-7  # gaps are kept open by this much of their size
_MOST_CELLS = 2_000_000
_CELLS_A_RUN = 2000
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Line:
    """Values and what they gain per øre more to begin with."""

    at: Floats
    slope: Floats


def runs_before_asking(prepared: Prepared) -> int | None:
    """How many runs cost about as much as asking once; ``None`` if asking costs too much."""
    cells = prepared.voters * len(prepared.costs)
    return None if cells > _MOST_CELLS else cells // _CELLS_A_RUN


def steady_kroner(prepared: Prepared, run: Run) -> float:
    """Whole kroner that every voter may be given more without any change of the outcome.

    Args:
        prepared: the election.
        run: an outcome.

    Returns:
        A cautious number of kroner, 0 if a gap is too small to tell; infinite if no money
        changes the outcome.
    """
    given = np.zeros((prepared.voters, len(prepared.costs)))
    for p, who in enumerate(prepared.supporters):
        given[who, p] = prepared.given[p]
    costs = np.array(prepared.costs, dtype=float)
    money = _Line(np.full(prepared.voters, float(run.start)), np.ones(prepared.voters))
    open_ = np.array([bool(weight) for weight in prepared.weights])
    purse = Purse(prepared)
    steady = inf
    for winner in (*run.chosen, None):
        if prepared.caps.limits:
            open_ = open_ & np.array([purse.cap(p) is None for p in range(len(costs))])
        steady, open_ = _can_pay(money, given, costs, open_, steady)
        if winner is None or steady < ORE:
            break
        if not open_[winner]:
            return 0.0
        price, poor = _prices(money, given, costs, open_)
        steady = min(steady, _statuses(money, given, price, poor, open_))
        steady = min(steady, _order(prepared, price, winner, open_, float(run.start)))
        due = _Line(price.at[winner] * given[:, winner], price.slope[winner] * given[:, winner])
        broke = poor[:, winner]
        money = _Line(
            np.where(broke, 0.0, money.at - due.at), np.where(broke, 0.0, money.slope - due.slope)
        )
        purse.take(winner)
        open_[winner] = False
    return inf if steady == inf else float(max(0, int(steady // ORE)))


def _closing(gap: Floats, slope: Floats, size: Floats) -> float:
    """Least øre after which a gap that shrinks is closed but for a part of its size."""
    shrinks = slope < 0
    if not shrinks.any():
        return inf
    left = gap[shrinks] - _NEAR * size[shrinks]
    return max(0.0, float((left / -slope[shrinks]).min()))


def _can_pay(
    money: _Line, given: Floats, costs: Floats, open_: Flags, steady: float
) -> tuple[float, Flags]:
    """Projects that can be paid for, and how long those that can and cannot stay the same."""
    backs = (given > 0).astype(float)
    total, slope = money.at @ backs, money.slope @ backs
    can = open_ & (total >= costs)
    cannot = open_ & ~can
    for which, sign in ((can, 1.0), (cannot, -1.0)):
        gap = sign * (total - costs)
        steady = min(steady, _closing(gap[which], sign * slope[which], costs[which]))
    return steady, can


def _prices(money: _Line, given: Floats, costs: Floats, open_: Flags) -> tuple[_Line, Flags]:
    """Price per point of every open project, and who pays all they have for it."""
    poor = np.zeros(given.shape, dtype=bool)
    at = np.zeros(len(costs))
    while True:
        rest = np.where(poor, 0.0, given).sum(axis=0)
        np.divide(costs - money.at @ poor, rest, out=at, where=open_ & (rest > 0))
        more = open_ & (given > 0) & (money.at[:, None] < at * given) & (rest > 0)
        if not (more & ~poor).any():
            break
        poor |= more
    slope = np.zeros(len(costs))
    np.divide(-(money.slope @ poor), rest, out=slope, where=open_ & (rest > 0))
    return _Line(at, slope), poor


def _statuses(money: _Line, given: Floats, price: _Line, poor: Flags, open_: Flags) -> float:
    """How long everyone who pays in full goes on doing so, and everyone who does not."""
    voters, projects = np.nonzero((given > 0) & open_)
    points = given[voters, projects]
    due = price.at[projects] * points
    sign = np.where(poor[voters, projects], -1.0, 1.0)
    gap = sign * (money.at[voters] - due)
    slope = sign * (money.slope[voters] - price.slope[projects] * points)
    return _closing(gap, slope, money.at[voters] + due)


def _order(prepared: Prepared, price: _Line, winner: int, open_: Flags, start: float) -> float:
    """How long the winner goes before all others."""
    per = np.array(prepared.costs, dtype=float) if prepared.counting.utility == "cost" else 1.0
    rate, slope = price.at / per, price.slope / per
    others = open_.copy()
    others[winner] = False
    gap = rate[others] - rate[winner]
    change = slope[others] - slope[winner]
    size = np.full(len(gap), rate[winner])
    lasting = (np.abs(gap) <= _NEAR * size) & (np.abs(change) * start <= _NEAR * size)
    return _closing(gap[~lasting], change[~lasting], size[~lasting])
