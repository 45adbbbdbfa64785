"""Copeland's rule: wins less losses in duels between all pairs."""

from __future__ import annotations

from jevn.rankings.lists import RankedLists
from jevn.rankings.ordering import by_score
from jevn.rankings.pairwise import pairwise
from jevn.rankings.result import Ranking


def copeland(lists: RankedLists) -> Ranking:
    """Order items by the number of duels won less the number lost.

    An item wins a duel if more weight puts it before the other than after; equal weight
    counts 0. Range: -(*n* - 1) to *n* - 1; an item with *n* - 1 beats every other one
    (Condorcet winner). Copeland, A. H. (1951): *A reasonable social welfare function*.

    >>> copeland(RankedLists.of([["a", "b"], ["a"], ["b", "c"]])).scores
    (('a', 2.0), ('b', 0.0), ('c', -2.0))
    """
    table = pairwise(lists)
    size = len(table.items)
    scores = tuple(
        float(
            sum(
                (table.before[a][b] > table.before[b][a])
                - (table.before[a][b] < table.before[b][a])
                for b in range(size)
            )
        )
        for a in range(size)
    )
    return by_score("copeland", table, scores)
