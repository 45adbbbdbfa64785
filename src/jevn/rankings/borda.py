"""Borda's rule on lists of unequal length."""

from __future__ import annotations

from jevn.rankings.lists import RankedLists
from jevn.rankings.ordering import by_score
from jevn.rankings.pairwise import pairwise
from jevn.rankings.result import Ranking


def borda(lists: RankedLists) -> Ranking:
    r"""Order items by Borda's points.

    With *n* items, the item at place *p* (counted from 1) of a list of length *k* gets
    *n* - *p* points, and each item left out gets the mean of the remaining points,
    (*n* - *k* - 1) / 2. Items that a list holds equal share the mean of their points. The
    score is the sum over lists of weight times points, the same as

    .. math:: B(a) = \sum_{b \ne a} W_{ab} + \tfrac{1}{2} T_{ab},

    where :math:`W_{ab}` is the weight of lists with *a* before *b* and :math:`T_{ab}` of
    those that hold them equal. Range: 0 to (*n* - 1) times the weight of all lists.

    Giving unlisted items the mean, not 0, means that a long list does not weigh more than a
    short one: every list gives out the same sum of points. Borda, J.-C. de (1784): *Mémoire
    sur les élections au scrutin*; the mean for unlisted items: Dummett, M. (1997):
    *Principles of Electoral Reform* (averaged Borda).

    >>> borda(RankedLists.of([["a", "b"], ["b"], ["c", "b"]])).scores
    (('b', 4.0), ('a', 2.5), ('c', 2.5))
    """
    table = pairwise(lists)
    size = len(table.items)
    scores = tuple(
        sum(
            (table.before[a][b] + (table.total - table.before[b][a])) / 2
            for b in range(size)
            if b != a
        )
        for a in range(size)
    )
    return by_score("borda", table, scores)
