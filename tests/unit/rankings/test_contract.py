"""What holds for every rule that combines ranked lists, and how firm orders are."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jevn.rankings import (
    RULES,
    RankedLists,
    Ranking,
    Rule,
    agreement,
    disagreements,
    kemeny,
    left_out,
    near_ties,
    pairwise,
    plackett_luce,
    read_preflib,
    steadiness,
    strengths,
)
from jevn.rankings.kemeny import _linear_ordering, _subsets
from jevn.rankings.pairwise import preference_matrix

ELECTIONS = ("00007-00000027.soi", "00008-00000005.soi")
ITEMS = "abcde"
EVERY = pytest.mark.parametrize("name", RULES)


@st.composite
def some_lists(draw: st.DrawFn, most: int = 5) -> RankedLists:
    """A few partial lists over up to five items, with whole weights."""
    items = ITEMS[: draw(st.integers(2, most))]
    one = st.permutations(items).flatmap(
        lambda order: st.integers(1, len(order)).map(lambda k: order[:k])
    )
    lists = draw(st.lists(one, min_size=1, max_size=6))
    weights = draw(st.lists(st.integers(1, 4), min_size=len(lists), max_size=len(lists)))
    return RankedLists.of(lists, weights=[float(w) for w in weights], items=tuple(items))


def positions(ranking: Ranking) -> dict[str, int]:
    return dict(ranking.positions())


@EVERY
@given(lists=some_lists())
@settings(max_examples=40, deadline=None)
def test_every_rule_gives_the_same_shape(name: Rule, lists: RankedLists) -> None:
    found = RULES[name](lists)
    assert found.rule == name
    assert sorted(found.order) == sorted(lists.items)
    assert found.disagreements == disagreements(pairwise(lists), found.order)
    tied = [item for group in found.ties for item in group]
    assert len(tied) == len(set(tied))
    assert all(len(group) > 1 for group in found.ties)
    if name != "kemeny":
        assert [item for item, _ in found.scores] == list(found.order)
        values = [score for _, score in found.scores]
        assert values == sorted(values, reverse=True)
    assert RULES[name](lists) == found


@EVERY
@given(lists=some_lists(), turn=st.permutations(range(5)))
@settings(max_examples=30, deadline=None)
def test_names_of_items_do_not_matter(name: Rule, lists: RankedLists, turn: list[int]) -> None:
    new = {item: ITEMS[turn[ITEMS.index(item)]] for item in lists.items}
    renamed = RankedLists.of(
        [[new[i] for (i,) in tiers] for tiers in lists.lists],
        weights=lists.weights,
        items=[new[i] for i in lists.items],
    )
    before, after = positions(RULES[name](lists)), positions(RULES[name](renamed))
    assert {new[item]: place for item, place in before.items()} == after


@EVERY
@given(lists=some_lists())
@settings(max_examples=30, deadline=None)
def test_order_of_lists_and_splitting_a_list_do_not_matter(name: Rule, lists: RankedLists) -> None:
    turned = RankedLists.of(
        [[i for (i,) in tiers] for tiers in reversed(lists.lists)] + [[lists.items[0]]] * 2,
        weights=[*reversed(lists.weights), 0.5, 0.5],
        items=lists.items,
    )
    whole = RankedLists.of(
        [[i for (i,) in tiers] for tiers in lists.lists] + [[lists.items[0]]],
        weights=[*lists.weights, 1.0],
        items=lists.items,
    )
    assert positions(RULES[name](turned)) == positions(RULES[name](whole))


@EVERY
def test_what_all_agree_on_is_the_order(name: Rule) -> None:
    lists = RankedLists.of([list("dbac")] * 3)
    assert RULES[name](lists).order == tuple("dbac")
    assert agreement(lists) == pytest.approx(1.0)


@given(lists=some_lists())
@settings(max_examples=60, deadline=None)
def test_kemeny_is_the_best_of_all_orders(lists: RankedLists) -> None:
    table = pairwise(lists)
    costs = {order: disagreements(table, order) for order in permutations(lists.items)}
    least = min(costs.values())
    best = [order for order, cost in costs.items() if cost == least]
    found = kemeny(lists, most_orders=200)
    assert found.disagreements == least
    assert found.order == best[0]  # permutations come in the order of the items
    assert {found.order, *found.other_orders} == set(best)


@given(lists=some_lists())
@settings(max_examples=40, deadline=None)
def test_kemeny_turned_lists_turn_the_order(lists: RankedLists) -> None:
    full = [[i for (i,) in tiers] for tiers in lists.lists]
    full = [order + [i for i in lists.items if i not in order] for order in full]
    there = RankedLists.of(full, weights=lists.weights, items=lists.items)
    back = RankedLists.of([order[::-1] for order in full], weights=lists.weights, items=lists.items)
    ahead, behind = (kemeny(x, most_orders=200) for x in (there, back))
    assert {order[::-1] for order in (ahead.order, *ahead.other_orders)} == {
        behind.order,
        *behind.other_orders,
    }


@pytest.mark.parametrize("seed", range(4))
def test_the_solver_and_the_subsets_find_the_same_cost(
    seed: int, capfd: pytest.CaptureFixture[str]
) -> None:
    rng = np.random.default_rng(seed)
    names = [f"i{n:02d}" for n in range(11)]
    lists = RankedLists.of([list(rng.permutation(names)) for _ in range(7)], items=names)
    matrix = preference_matrix(lists)
    cost = disagreements
    table = pairwise(lists)
    solved = cost(table, [names[i] for i in _linear_ordering(matrix)])
    assert solved == cost(table, [names[i] for i in _subsets(matrix, 1)[0]])
    assert capfd.readouterr().out == ""


def test_a_large_block_goes_to_the_solver() -> None:
    rng = np.random.default_rng(5)
    names = [f"i{n:02d}" for n in range(22)]
    lists = RankedLists.of([list(rng.permutation(names)) for _ in range(9)], items=names)
    found = kemeny(lists)
    order, table = list(found.order), pairwise(lists)
    for i in range(len(order) - 1):  # no neighbours would be better the other way round
        turned = [*order[:i], order[i + 1], order[i], *order[i + 2 :]]
        assert disagreements(table, turned) >= found.disagreements


def test_a_cycle_of_three_is_told_with_all_its_orders() -> None:
    found = kemeny(RankedLists.of([list("abc"), list("bca"), list("cab")]))
    assert found.order == tuple("abc")
    assert set(found.other_orders) == {tuple("bca"), tuple("cab")}
    assert found.ties == (tuple("abc"),)


@pytest.mark.parametrize("file", ELECTIONS)
def test_recorded_elections_are_met(shared_data: Path, file: str) -> None:
    expected = json.loads((shared_data / "oracles/ranking.json").read_text())["elections"][file]
    lists, _ = read_preflib(shared_data / "data/preflib" / file)
    found = kemeny(lists)
    assert found.disagreements == expected["kemeny"]["disagreements"]
    assert [int(i) for i in found.order] == expected["kemeny"]["ranking"]
    own = strengths(lists)
    assert own.log_strength == pytest.approx(expected["plackett_luce"]["log_strength"], abs=1e-3)
    ranking = plackett_luce(lists)
    assert [int(i) for i in ranking.order] == expected["plackett_luce"]["ranking"]
    assert ranking.disagreements == expected["plackett_luce"]["disagreements"]


def test_two_items_have_the_odds_of_being_chosen() -> None:
    lists = RankedLists.of([["a", "b"], ["b", "a"]], weights=[3, 1])
    own = strengths(lists, alpha=1e-12)
    assert own.log_strength[0] - own.log_strength[1] == pytest.approx(np.log(3))
    # a logit of 4 answers: variance of the difference 1/(4 * 3/4 * 1/4); each is half of it
    assert own.standard_error[0] == pytest.approx(np.sqrt(4 / 3) / 2, rel=1e-6)


@given(lists=some_lists(4))
@settings(max_examples=25, deadline=None)
def test_strengths_are_where_the_likelihood_is_flat(lists: RankedLists) -> None:
    """Wins equal expected wins (with the regularisation), choice by choice in plain loops."""
    alpha = 0.1
    own = strengths(lists, alpha=alpha)
    n = len(lists.items)
    raw = [float(np.exp(x)) for x in own.log_strength]
    weight = dict(zip(lists.items, (n * x / sum(raw) for x in raw), strict=True))
    wins, expected = dict.fromkeys(lists.items, 0.0), dict.fromkeys(lists.items, 0.0)
    for tiers, voters in zip(lists.lists, lists.weights, strict=True):
        left = list(lists.items)
        for (chosen,) in tiers:
            if len(left) > 1:
                wins[chosen] += voters
                for item in left:
                    expected[item] += voters * weight[item] / sum(weight[i] for i in left)
            left.remove(chosen)
    # at the fixed point (wins + alpha) / (exposure + alpha) is the strength, up to a factor
    factor = [(wins[i] + alpha) / (expected[i] + alpha * weight[i]) for i in lists.items]
    assert factor == pytest.approx([factor[0]] * n, rel=1e-6)


def test_nothing_to_rank_is_an_empty_order() -> None:
    for rule in RULES.values():
        assert rule(RankedLists.of([], items=())).order == ()
    assert agreement(RankedLists.of([["a", "b"]])) is None


def test_agreement_by_hand() -> None:
    # three judges, ranks 1 2 3 / 1 2 3 / 2 1 3: sums 4, 5, 9; S = 14; W = 12*14/(9*24)
    lists = RankedLists.of([list("abc"), list("abc"), list("bac")])
    assert agreement(lists) == pytest.approx(12 * 14 / (9 * 24))
    # one list stops early: ranks 1 2.5 2.5, T = 6; against 1 2 3
    lists = RankedLists.of([["a"], ["a", "b", "c"]])
    sums = [Fraction(2), Fraction(9, 2), Fraction(11, 2)]
    spread = sum((x - 4) ** 2 for x in sums)
    assert agreement(lists) == pytest.approx(float(12 * spread / (4 * 24 - 2 * 6)))


def test_spans_and_near_ties_tell_what_one_list_decides() -> None:
    lists = RankedLists.of([list("abc"), list("abc"), list("bac")])
    whole = RULES["borda"](lists)
    without = left_out(lists, RULES["borda"])
    found = {s.item: s for s in steadiness(whole, without, first=1)}
    assert (found["a"].position, found["a"].best, found["a"].worst) == (1, 1, 1)
    assert (found["b"].best, found["b"].worst) == (1, 2)  # tied with a without the first list
    assert found["a"].among_first == 1.0
    assert found["b"].among_first == pytest.approx(2 / 3)
    assert near_ties(whole, without) == (("a", "b"),)
    assert near_ties(whole, ()) == ()
    assert steadiness(whole, ())[2].worst == 3
    with pytest.raises(ValueError, match="first"):
        steadiness(whole, without, first=0)
