"""From scores to an order with its ties: shared by every rule that scores items."""

from __future__ import annotations

from itertools import groupby

from jevn.rankings.pairwise import Pairwise, disagreements
from jevn.rankings.result import Ranking, Rule


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
