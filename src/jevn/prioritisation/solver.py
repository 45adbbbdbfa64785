"""The best set of changes within a frame: an exact 0-1 knapsack with dependencies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import gcd

import numpy as np
from highspy import (
    Highs,
    HighsLp,
    HighsModelStatus,
    HighsVarType,
    MatrixFormat,
    ObjSense,
    kHighsInf,
)

from jevn.impact.alternatives import ProfileChange
from jevn.prioritisation.results import Frame

_DIGITS = 1_000_000  # values are compared with six decimals
_ORE = 100
_POSTS = 1000


@dataclass(frozen=True, slots=True)
class _Row:
    """One linear limit: lower <= Σ a_i x_i <= upper, in whole numbers."""

    coefficients: tuple[int, ...]
    lower: float
    upper: float

    def holds(self, chosen: Sequence[int]) -> bool:
        total = sum(a for a, x in zip(self.coefficients, chosen, strict=True) if x)
        return self.lower <= total <= self.upper


@dataclass(frozen=True, slots=True)
class Problem:
    """The choice to be made, in whole numbers (øre, thousandths of posts, millionths of value).

    Attributes:
        ids: the changes, sorted; the order settles ties.
        gains: value of each above carrying on as today.
        nok: kroner of each in øre.
        rows: limits of money, posts, exclusions and requirements.
        barred: changes that may not be chosen.
    """

    ids: tuple[str, ...]
    gains: tuple[int, ...]
    nok: tuple[int, ...]
    rows: tuple[_Row, ...]
    barred: frozenset[str]


def problem(
    changes: Sequence[ProfileChange],
    gains: Mapping[str, float],
    frame: Frame,
    barred: frozenset[str] = frozenset(),
) -> Problem:
    """State the choice.

    Args:
        changes: the candidates.
        gains: value of each above carrying on as today.
        frame: kroner a year and posts; money released by a change adds to the frame.
        barred: changes that may not be chosen (not assessed).
    """
    ordered = sorted(changes, key=lambda c: c.id)
    ids = tuple(c.id for c in ordered)
    at = {id: i for i, id in enumerate(ids)}
    nok = tuple(round(c.nok_per_year * _ORE) for c in ordered)
    rows = [_limit(nok, round(frame.nok_per_year * _ORE))]
    if frame.posts is not None:
        posts = tuple(round(c.posts * _POSTS) for c in ordered)
        rows.append(_limit(posts, round(frame.posts * _POSTS)))
    for i, change in enumerate(ordered):
        for other in change.excludes:
            if other in at:
                rows.append(_pair(len(ids), i, at[other], 1, -kHighsInf, 1))
        for other in change.requires:
            if other in at:
                rows.append(_pair(len(ids), i, at[other], -1, -kHighsInf, 0))
    return Problem(ids, tuple(round(gains[id] * _DIGITS) for id in ids), nok, tuple(rows), barred)


def _limit(amounts: tuple[int, ...], upper: int) -> _Row:
    """Amounts within a limit, both divided by what all amounts share."""
    step = gcd(*amounts) if any(amounts) else 1
    return _Row(tuple(a // step for a in amounts), -kHighsInf, upper // step)


def _pair(size: int, one: int, other: int, sign: int, lower: float, upper: float) -> _Row:
    coefficients = [0] * size
    coefficients[one] += 1
    coefficients[other] += sign
    return _Row(tuple(coefficients), lower, upper)


def best(problem: Problem, forced: frozenset[str] = frozenset()) -> frozenset[str] | None:
    """The best set: most value, then fewest kroner, then the first ids.

    Three exact steps with HiGHS (https://highs.dev), silent and on one thread: the greatest sum
    of values; among those sets the fewest kroner; among those the set that holds the first id
    (in sorted order) where two sets differ. The last step is left out when something is forced
    in. Every answer is checked in whole numbers.

    Args:
        problem: the choice.
        forced: changes that must be chosen.

    Returns:
        The chosen ids, or ``None`` if nothing satisfies the limits.
    """
    low = [1 if id in forced else 0 for id in problem.ids]
    high = [0 if id in problem.barred and id not in forced else 1 for id in problem.ids]
    if not problem.ids:
        return frozenset()
    found = _solve([-g for g in problem.gains], problem.rows, low, high)
    if found is None:
        return None
    top = _Row(problem.gains, _sum(problem.gains, found), kHighsInf)
    step = gcd(*problem.nok) if any(problem.nok) else 1
    nok = tuple(n // step for n in problem.nok)
    found = _solve(nok, (*problem.rows, top), low, high) or found
    if not forced:
        cheap = _Row(nok, -kHighsInf, _sum(nok, found))
        found = _first_ids((*problem.rows, top, cheap), low, high, found)
    return frozenset(id for id, x in zip(problem.ids, found, strict=True) if x)


def _sum(amounts: Sequence[int], chosen: Sequence[int]) -> int:
    return sum(a for a, x in zip(amounts, chosen, strict=True) if x)


def _first_ids(
    rows: tuple[_Row, ...], low: list[int], high: list[int], found: list[int]
) -> list[int]:
    """Settle the changes one by one: each is in if any equally good set holds it."""
    low, high = list(low), list(high)
    for i in range(len(found)):
        if not found[i] and high[i]:
            low[i] = 1
            found = _solve([0] * len(found), rows, low, high) or found
        low[i] = high[i] = found[i]
    return found


def _solve(
    costs: Sequence[int], rows: tuple[_Row, ...], low: list[int], high: list[int]
) -> list[int] | None:
    """Least cost over 0-1 variables within the limits; ``None`` if there is no such choice."""
    if any(a > b for a, b in zip(low, high, strict=True)):
        return None
    extra: list[_Row] = []
    while True:
        chosen = _highs(costs, (*rows, *extra), low, high)
        if chosen is None or all(row.holds(chosen) for row in rows):
            return chosen
        # Rounding let a limit be passed: bar just this set, and ask again.
        cut = tuple(1 if x else -1 for x in chosen)
        extra.append(_Row(cut, -kHighsInf, sum(chosen) - 1))


def _highs(
    costs: Sequence[int], rows: tuple[_Row, ...], low: list[int], high: list[int]
) -> list[int] | None:
    size = len(costs)
    model = HighsLp()
    model.num_col_, model.num_row_ = size, len(rows)
    model.sense_ = ObjSense.kMinimize
    model.col_cost_ = np.array(costs, dtype=float)
    model.col_lower_ = np.array(low, dtype=float)
    model.col_upper_ = np.array(high, dtype=float)
    model.row_lower_ = np.array([r.lower for r in rows], dtype=float)
    model.row_upper_ = np.array([r.upper for r in rows], dtype=float)
    model.integrality_ = [HighsVarType.kInteger] * size
    used = [[i for i, a in enumerate(r.coefficients) if a] for r in rows]
    model.a_matrix_.format_ = MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(u) for u in used)])
    model.a_matrix_.index_ = np.array([i for u in used for i in u], dtype=np.int32)
    model.a_matrix_.value_ = np.array(
        [r.coefficients[i] for r, u in zip(rows, used, strict=True) for i in u], dtype=float
    )
    highs = Highs()  # type: ignore[no-untyped-call]
    for option, value in _OPTIONS.items():
        highs.setOptionValue(option, value)
    highs.passModel(model)
    highs.run()
    if highs.getModelStatus() != HighsModelStatus.kOptimal:
        return None
    return [round(x) for x in highs.getSolution().col_value]


_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.0,
    "mip_feasibility_tolerance": 1e-9,
    "primal_feasibility_tolerance": 1e-9,
}
