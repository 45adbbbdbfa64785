"""What every rule of prioritisation promises: whole money, no bound passed, reasons, same again."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from jevn.prioritisation.portfolio import best_package, front, need_based
from jevn.prioritisation.shared_budget import RULE_NAMES, Counting, Election, share_budget
from jevn.rankings import RULES, RankedLists
from unit.prioritisation.portfolios import drawn_case

Chosen = tuple[frozenset[str], int, int]
"""Ids chosen, øre spent, øre there is."""


def _election(seed: int) -> Election:
    draw = random.Random(seed)
    costs = {f"p{i}": draw.randint(1, 4000) / 100 for i in range(8)}
    ballots = [draw.sample(sorted(costs), draw.randint(1, 4)) for _ in range(17)]
    return Election.of(costs, ballots, draw.randint(2000, 9000) / 100)


def _shared(rule: Any) -> Callable[[int], Chosen]:
    def run(seed: int) -> Chosen:
        found = share_budget(_election(seed), Counting(rule))
        assert {v.project for v in found.verdicts if v.selected} == set(found.selected)
        assert all(v.reason.key for v in found.verdicts)
        assert {r.project for r in found.rounds} == set(found.selected)
        return frozenset(found.selected), round(found.cost * 100), round(found.budget * 100)

    return run


def _package(make: Callable[..., Any]) -> Callable[[int], Chosen]:
    def run(seed: int) -> Chosen:
        options, demands = drawn_case(seed, 8)
        made = make(options, demands)
        package = made[-1] if isinstance(made, tuple) else made
        year = package.years[0]
        excess = sum(x.amount for x in package.loosened if x.about == str(year.year))
        return frozenset(c.id for c in package.chosen), year.nok, year.frame + round(excess)

    return run


WAYS: dict[str, Callable[[int], Chosen]] = {
    **{f"shared-{rule}": _shared(rule) for rule in RULE_NAMES},
    "package-best": _package(best_package),
    "package-front": _package(lambda o, d: front(o, d, most=3)),
    "package-need": _package(lambda o, d: need_based(o, d, {"bolig": 1.0})),
}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("way", WAYS)
def test_money_is_whole_never_passed_and_the_answer_the_same_again(way: str, seed: int) -> None:
    chosen, spent, most = WAYS[way](seed)
    assert spent <= most
    assert isinstance(spent, int)
    assert WAYS[way](seed) == (chosen, spent, most)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_ranking_orders_every_item_once_whatever_the_order_of_lists(rule: str) -> None:
    draw = random.Random(7)
    items = [f"i{k}" for k in range(6)]
    lists = [draw.sample(items, draw.randint(1, 6)) for _ in range(9)]
    found = RULES[rule](RankedLists.of(lists, items=items))
    assert sorted(found.order) == items
    again = RULES[rule](RankedLists.of(lists[::-1], items=items))
    assert again.order == found.order
    assert dict(again.scores) == pytest.approx(dict(found.scores))
    places = dict(found.positions())
    assert [places[i] for i in found.order] == sorted(places.values())
