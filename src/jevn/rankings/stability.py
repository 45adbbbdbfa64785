"""How an order changes when one list is left out."""

from __future__ import annotations

from collections.abc import Callable

from jevn.rankings.lists import RankedLists
from jevn.rankings.result import Ranking


def left_out(lists: RankedLists, rule: Callable[[RankedLists], Ranking]) -> tuple[Ranking, ...]:
    """The order by a rule with each list left out in turn, in the order of the lists.

    Items that only the missing list named are kept; they are then unlisted everywhere.
    Empty if there are fewer than two lists, since nothing is left to combine.
    """
    if len(lists.lists) < 2:
        return ()
    return tuple(rule(lists.without(i)) for i in range(len(lists.lists)))
