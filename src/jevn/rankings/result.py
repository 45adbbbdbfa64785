"""The one shape that every rule's result has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Rule = Literal["borda", "copeland", "kemeny", "plackett-luce"]


@dataclass(frozen=True, slots=True)
class Ranking:
    """An order made by a rule, and how firmly it stands.

    Attributes:
        rule: the rule that made it.
        order: all items, best first; tied items in the order of the input's items.
        scores: per item its score by the rule, in the same order as ``order``; empty for a
            rule that gives an order without scores (Kemeny).
        ties: groups of items that the rule cannot tell apart, best first.
        disagreements: sum over all pairs of the weight of lists that hold the pair the
            other way round than ``order`` (0 = every list agrees); ties do not count.
        other_orders: further orders that are just as good by the rule, where it can have
            several (Kemeny).
        all_orders: whether ``order`` and ``other_orders`` are all that are just as good; if not,
            there may be more, and ``ties`` may lack some.
    """

    rule: Rule
    order: tuple[str, ...]
    scores: tuple[tuple[str, float], ...]
    ties: tuple[tuple[str, ...], ...]
    disagreements: float
    other_orders: tuple[tuple[str, ...], ...] = ()
    all_orders: bool = True

    def positions(self) -> tuple[tuple[str, int], ...]:
        """Place of each item, counted from 1; tied items share the best place (1, 2, 2, 4).

        >>> Ranking("borda", ("a", "b"), (("a", 1.0), ("b", 1.0)), (("a", "b"),), 0.0).positions()
        (('a', 1), ('b', 1))
        """
        first_of = {item: tied[0] for tied in self.ties for item in tied}
        place = {item: number for number, item in enumerate(self.order, start=1)}
        return tuple((item, place[first_of.get(item, item)]) for item in self.order)
