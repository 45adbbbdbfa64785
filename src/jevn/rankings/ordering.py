"""From scores, duels or several orders to one order with its ties: what rules share."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from jevn.rankings.pairwise import Pairwise, disagreements
from jevn.rankings.result import Ranking, Rule

FloatMatrix = NDArray[np.float64]


def by_score(rule: Rule, table: Pairwise, scores: tuple[float, ...]) -> Ranking:
    """Order items by falling score; equal scores are ties.

    Scores are compared after rounding to nine decimals, so that fractions that differ only
    in the last bits of floating-point arithmetic do not part items that are equal.

    Args:
        rule: name of the rule.
        table: pairwise weights of the same items.
        scores: one score per item of ``table.items``; higher is better.
    """
    rounded = [round(score, 9) + 0.0 for score in scores]
    places = sorted(range(len(scores)), key=lambda i: (-rounded[i], i))
    order = tuple(table.items[i] for i in places)
    tiers = [list(tier) for _, tier in groupby(places, key=lambda i: rounded[i])]
    return Ranking(
        rule=rule,
        order=order,
        scores=tuple((table.items[i], rounded[i]) for i in places),
        ties=tuple(tuple(table.items[i] for i in tier) for tier in tiers if len(tier) > 1),
        disagreements=disagreements(table, order),
    )


def blocks_of(matrix: FloatMatrix) -> tuple[tuple[int, ...], ...]:
    """Parts of the items where every earlier part wins all duels against every later one.

    They are the strongly connected parts of the graph of duels won or tied, best first.

    Args:
        matrix: weight of the lists that put the row before the column, (items, items).
    """
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    n = len(matrix)
    if n == 0:
        return ()
    won = matrix >= matrix.T - 1e-12
    np.fill_diagonal(won, False)
    _, label = connected_components(csr_matrix(won), directed=True, connection="strong")
    wins = won.sum(axis=1)
    found: dict[int, list[int]] = {}
    for i in range(n):
        found.setdefault(int(label[i]), []).append(i)
    # a member of an earlier part wins against at least one more than any of a later part
    ordered = sorted(found.values(), key=lambda part: -min(int(wins[i]) for i in part))
    return tuple(tuple(part) for part in ordered)


def ties_of_orders(orders: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Groups of items that orders just as good put in each other's places.

    Two items are in one group if their spans of places overlap, in the order of the first one.
    """
    first = orders[0]
    place = [{item: i for i, item in enumerate(order)} for order in orders]
    found: list[list[str]] = []
    reach = -1
    for i, item in enumerate(first):
        low = min(p[item] for p in place)
        if found and low <= reach:
            found[-1].append(item)
        else:
            found.append([item])
        reach = max(reach, i, *(p[item] for p in place))
    return tuple(tuple(group) for group in found if len(group) > 1)
