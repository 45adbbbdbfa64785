"""Kemeny's rule, solved exactly: the order with the fewest disagreements with all lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from jevn.rankings.lists import RankedLists
from jevn.rankings.ordering import FloatMatrix, blocks_of, ties_of_orders
from jevn.rankings.pairwise import disagreements, pairwise, preference_matrix
from jevn.rankings.result import Ranking

MOST_ORDERS = 100
"""Orders told of where several are just as good."""
_BY_SUBSETS = 13
"""Largest block that is solved by going through its subsets; larger ones go to the solver."""
_EQUAL = 1e-9


def kemeny(lists: RankedLists, *, most_orders: int = MOST_ORDERS) -> Ranking:
    """Order items so that the weighted disagreements with the lists are fewest.

    The disagreements of an order are, summed over all pairs, the weight of the lists that hold
    the pair the other way round. The optimum is exact. Items are first parted into blocks where
    every item of an earlier block wins its duel against every item of a later one: any optimum
    keeps these blocks apart (extended Condorcet criterion, Truchon 1998). A block is solved by
    dynamic programming over its subsets, or, if it is large, as a 0-1 linear ordering model
    with the transitivity constraints added as they are broken.

    Of several optima, ``order`` is the first one by the order of the input's items, and
    ``other_orders`` holds up to ``most_orders`` of the others. For blocks of more than 13 items
    only one optimum is looked for, not always the first one; ``all_orders`` is then false.

    Kemeny, J. G. (1959): *Mathematics without numbers*, Daedalus 88(4); Young, H. P. (1988):
    *Condorcet's theory of voting*, American Political Science Review 82(4).

    Args:
        lists: lists with weights.
        most_orders: most orders to tell of beside ``order``.

    Raises:
        ValueError: if ``most_orders`` is negative.

    >>> kemeny(RankedLists.of([["a", "b", "c"], ["b", "a"], ["a", "c", "b"]])).order
    ('a', 'b', 'c')
    """
    if most_orders < 0:
        raise ValueError("most_orders must not be negative")
    matrix = preference_matrix(lists)
    limit = most_orders + 2  # one more than is told shows that there are more
    blocks = blocks_of(matrix)
    found: list[tuple[int, ...]] = [()]
    for block in blocks:
        orders = _solve(matrix, block, limit)
        found = [before + order for before in found for order in orders][:limit]
    items = lists.items
    every = len(found) < limit and all(len(block) <= _BY_SUBSETS for block in blocks)
    named = [tuple(items[i] for i in order) for order in found[: most_orders + 1]]
    return Ranking(
        rule="kemeny",
        order=named[0],
        scores=(),
        ties=ties_of_orders(named),
        disagreements=disagreements(pairwise(lists), named[0]),
        other_orders=tuple(named[1:]),
        all_orders=every,
    )


def _solve(matrix: FloatMatrix, block: tuple[int, ...], most: int) -> list[tuple[int, ...]]:
    """Optimal orders of one block, the first one by the items' order first."""
    if len(block) == 1:
        return [block]
    own = matrix[np.ix_(block, block)]
    own = own - np.minimum(own, own.T)  # what both sides lose in any order
    orders = _subsets(own, most) if len(block) <= _BY_SUBSETS else [_linear_ordering(own)]
    return [tuple(block[i] for i in order) for order in orders]


def _subsets(matrix: FloatMatrix, most: int) -> list[tuple[int, ...]]:
    """All optimal orders by dynamic programming over the sets of items that stand first.

    ``cost[s]`` is the least cost of ordering the items outside the set ``s`` behind it.
    """
    n = len(matrix)
    whole = (1 << n) - 1
    # against[i][s]: weight of what in s would rather stand before i
    against = np.zeros((n, whole + 1))
    for bit in range(n):
        size = 1 << bit
        against[:, size : 2 * size] = against[:, :size] + matrix[bit][:, None]
    cost = np.full(whole + 1, np.inf)
    cost[whole] = 0.0
    for chosen in range(whole - 1, -1, -1):
        rest = whole & ~chosen
        best = np.inf
        for i in range(n):
            if rest >> i & 1:
                best = min(best, against[i, rest & ~(1 << i)] + cost[chosen | 1 << i])
        cost[chosen] = best

    def walk(chosen: int) -> Iterator[tuple[int, ...]]:
        if chosen == whole:
            yield ()
            return
        rest = whole & ~chosen
        for i in range(n):
            if rest >> i & 1:
                after = chosen | 1 << i
                price = against[i, rest & ~(1 << i)] + cost[after]
                if price <= cost[chosen] + _EQUAL:
                    for order in walk(after):
                        yield (i, *order)

    found = []
    for order in walk(0):
        found.append(order)
        if len(found) >= most:
            break
    return found


@dataclass
class _Pairs:
    """Numbers of the variables: one for each pair *i* < *j*, 1 if *i* stands first."""

    n: int

    def of(self, i: int, j: int) -> int:
        return i * self.n - i * (i + 1) // 2 + j - i - 1


def _linear_ordering(matrix: FloatMatrix) -> tuple[int, ...]:
    """One optimal order as a 0-1 model; broken triples are added until none is left."""
    import highspy

    n = len(matrix)
    pairs = _Pairs(n)
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 1e-6)
    count = n * (n - 1) // 2
    upper = np.ones(count)
    solver.addVars(count, np.zeros(count), upper)
    costs = np.array([matrix[j, i] - matrix[i, j] for i in range(n) for j in range(i + 1, n)])
    everyone = np.arange(count, dtype=np.int32)
    solver.changeColsCost(count, everyone, costs)
    whole = False
    while True:
        solver.run()
        values = np.asarray(solver.getSolution().col_value)
        before = np.zeros((n, n))
        rows, columns = np.triu_indices(n, 1)
        before[rows, columns], before[columns, rows] = values, 1 - values
        broken = _broken(before)
        if broken:
            for i, j, k in broken:
                _add_triple(solver, pairs, i, j, k)
        elif whole or np.abs(values - values.round()).max() < 1e-6:
            break
        else:
            whole = True
            kinds = np.full(count, highspy.HighsVarType.kInteger)
            solver.changeColsIntegrality(count, everyone, kinds)
    ahead = before.round().sum(axis=1)
    return tuple(int(i) for i in np.argsort(-ahead, kind="stable"))


def _broken(before: FloatMatrix) -> list[tuple[int, int, int]]:
    """Cycles *i* before *j* before *k* before *i* that the solution holds more than twice."""
    n = len(before)
    found: list[tuple[float, int, int, int]] = []
    for i in range(n):
        # over[j, k] = x_ij + x_jk + x_ki - 2
        over = before[i][:, None] + before + before[:, i][None, :] - 2
        over[i, :], over[:, i] = 0, 0
        np.fill_diagonal(over, 0)
        for j, k in np.argwhere(over > 1e-6):
            if i < j and i < k:
                found.append((-float(over[j, k]), i, int(j), int(k)))
    found.sort()
    return [entry[1:] for entry in found[: 20 * n]]


def _add_triple(solver: Any, pairs: _Pairs, i: int, j: int, k: int) -> None:
    """x_ij + x_jk + x_ki <= 2, written with the variables of *i* < *j* only."""
    columns, signs, most = [], [], 2.0
    for a, b in ((i, j), (j, k), (k, i)):
        if a < b:
            columns.append(pairs.of(a, b))
            signs.append(1.0)
        else:
            columns.append(pairs.of(b, a))
            signs.append(-1.0)
            most -= 1.0
    solver.addRow(-np.inf, most, 3, np.array(columns, dtype=np.int32), np.array(signs))
