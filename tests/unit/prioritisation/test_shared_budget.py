"""The rules for shared budgets, against written-out definitions, recorded and official results."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.prioritisation.shared_budget import Completion, Counting, Election, share_budget
from jevn.prioritisation.shared_budget.pabulib import read_pabulib

from . import slow_shares

Plain = tuple[dict[str, int], list[dict[str, int]], int]

RECORDED = {
    "greedy_votes (Cost_Sat)": Counting("greedy"),
    "greedy_votes_per_cost (Cardinality_Sat)": Counting("greedy-per-cost"),
    "phragmen": Counting("phragmen"),
    **{
        f"mes_{short}_{name}": Counting("equal-shares", utility, completion)  # type: ignore[arg-type]
        for short, utility in (("cost", "cost"), ("card", "count"))
        for name, completion in (
            ("no_completion", "none"),
            ("add1", "add1"),
            ("add1u", "add1-then-greedy"),
            ("add1_until_overspend", "add1-until-overspend"),
        )
    },
}


@st.composite
def plain_elections(draw: st.DrawFn, points: int = 1) -> Plain:
    """Few voters and projects, with many ties; costs, ballots with points, budget."""
    ids = [str(i) for i in range(draw(st.integers(1, 6)))]
    cost = st.integers(1, 30) | st.sampled_from([10, 20])
    costs = {id: draw(cost) for id in ids}
    one = st.dictionaries(st.sampled_from(ids), st.integers(1, points))
    return costs, draw(st.lists(one, min_size=1, max_size=7)), draw(st.integers(1, 70))


def election(plain: Plain) -> Election:
    costs, ballots, budget = plain
    return Election.of(costs, ballots, budget, kind="scoring")


@given(plain_elections(points=3), st.sampled_from(["cost", "count"]))
def test_equal_shares_follows_its_definition_in_fractions(plain: Plain, utility: str) -> None:
    costs, ballots, budget = plain
    found = share_budget(election(plain), Counting("equal-shares", utility, "none"))  # type: ignore[arg-type]
    start = Fraction(budget, len(ballots))
    expected = slow_shares.equal_shares(costs, ballots, start, utility)
    assert [r.project for r in found.rounds] == expected


@given(plain_elections(), st.sampled_from(["cost", "count"]), st.booleans())
def test_money_is_added_one_krone_at_a_time(plain: Plain, utility: str, early: bool) -> None:
    costs, ballots, budget = plain
    completion = "add1" if early else "add1-until-overspend"
    found = share_budget(election(plain), Counting("equal-shares", utility, completion))  # type: ignore[arg-type]
    expected, raised = slow_shares.add_one(costs, ballots, budget, utility, early=early)
    assert set(found.selected) == set(expected)
    supported = {p for b in ballots for p in b}
    if sum(costs[p] for p in supported) > budget:
        assert found.raised == raised
        assert [r.project for r in found.rounds] == expected


@given(plain_elections())
def test_phragmen_follows_its_definition_in_fractions(plain: Plain) -> None:
    found = share_budget(election(plain), Counting("phragmen"))
    assert [r.project for r in found.rounds] == slow_shares.phragmen(*plain)


@given(plain_elections(points=3), st.booleans())
def test_greedy_takes_the_most_voted_that_fit(plain: Plain, per_cost: bool) -> None:
    found = share_budget(election(plain), Counting("greedy-per-cost" if per_cost else "greedy"))
    assert [r.project for r in found.rounds] == slow_shares.greedy(*plain, per_cost=per_cost)


def test_a_workshop_with_few_voters_and_much_money_is_counted_at_once() -> None:
    """Eight groups share ten million: the money is raised by more than a hundred thousand."""
    costs = {str(i): 300_000 + 137_000 * i for i in range(20)}
    ballots = [[str((7 * i + 3 * k) % 20) for k in range(6)] for i in range(8)]
    found = share_budget(Election.of(costs, ballots, 10_000_000), Counting(utility="count"))
    assert found.raised > 10_000
    assert found.cost <= found.budget
    plain = [dict.fromkeys(b, 1) for b in ballots]
    start = Fraction(10_000_000, 8)
    at, after = (
        slow_shares.equal_shares(costs, plain, start + found.raised + more, "count")
        for more in (0, 1)
    )
    assert [r.project for r in found.rounds] == at
    assert sum(costs[p] for p in after) > 10_000_000


def test_a_lone_supporter_is_waited_for_as_long_as_nothing_is_overspent() -> None:
    """The last of 31 projects needs 60 000 of one voter, beside 900 others: counted at once."""
    costs = {str(i): 2000 + 700 * i for i in range(30)} | {"x": 60_000}
    ballots = [[str((i + 5 * k) % 30) for k in range(6)] for i in range(900)] + [["x"]]
    budget = sum(costs.values()) - 1
    found = share_budget(Election.of(costs, ballots, budget))
    # All but the dearest of the shared ones, or all but x: one more krone each buys everything.
    share = Fraction(budget, 901)
    assert share + found.raised < 60_000 <= share + found.raised + 1
    assert set(found.selected) == set(costs) - {"x"}


@pytest.mark.parametrize("name", RECORDED)
@pytest.mark.parametrize("file", ["Netherlands_Assen_2024", "Poland_Warszawa_2024_Praga-Polnoc"])
def test_recorded_winners_are_met(shared_data: Path, file: str, name: str) -> None:
    recorded = json.loads((shared_data / "oracles/participatory-budgeting.json").read_text())
    expected = recorded["elections"][file]["rules"][name]
    found = share_budget(read_pabulib(shared_data / f"data/pabulib/{file}.pb"), RECORDED[name])
    assert sorted(found.selected) == sorted(expected["selected"])
    assert found.cost == expected["cost"]
    if "share_voters_with_a_winner" in expected:
        share = round(found.fairness.share_voters_with_a_winner, 4)
        assert share == expected["share_voters_with_a_winner"]


@pytest.mark.parametrize(
    ("file", "rule"),
    [
        ("Netherlands_Assen_2024", "equal-shares"),
        ("Poland_Wieliczka_2023_Green_Budget", "equal-shares"),
        ("Poland_Warszawa_2024_Praga-Polnoc", "greedy"),
    ],
)
def test_official_winners_are_met(shared_data: Path, file: str, rule: str) -> None:
    """Wieliczka and Assen published Equal Shares with money added; Warszawa chose greedily."""
    found = share_budget(read_pabulib(shared_data / f"data/pabulib/{file}.pb"), Counting(rule))  # type: ignore[arg-type]
    assert found.official is not None
    assert set(found.selected) == set(found.official)


def test_a_minority_gets_its_share_under_equal_shares_but_not_greedily() -> None:
    """60 voters like A, B, C, 40 like D; with room for three, a third of them is not heard."""
    ballots = [["A", "B", "C"]] * 60 + [["D"]] * 40
    vote = Election.of(dict.fromkeys("ABCD", 100), ballots, 300)
    assert share_budget(vote, Counting("greedy")).selected == ("A", "B", "C")
    assert share_budget(vote, Counting("equal-shares")).selected == ("A", "B", "D")
    assert share_budget(vote, Counting("phragmen")).selected == ("A", "B", "D")


def test_near_ties_are_told_apart_in_whole_numbers() -> None:
    """A voter's last øre decides: B is dearer than A by less than floating point keeps apart."""
    ballots = [["X", "A"], ["X", "B"], ["A"], ["B"]]
    tied = Election.of({"X": 10, "A": 1_000_000.01, "B": 1_000_000.01}, ballots, 4_000_000)
    found = share_budget(tied, Counting(utility="count", completion="none"))
    assert found.rounds[1].tied == ("A", "B")
    apart = Election.of({"X": 10, "A": 1_000_000.01, "B": 1_000_000}, ballots, 4_000_000)
    found = share_budget(apart, Counting(utility="count", completion="none"))
    assert [r.project for r in found.rounds] == ["X", "B", "A"]
    assert found.ties == ()


@pytest.mark.parametrize("completion", get_args(Completion))
def test_money_left_is_used_up_to_the_budget(completion: Completion) -> None:
    vote = Election.of({"a": 60, "b": 50, "c": 40}, [["a"], ["b", "c"], ["c"]], 100)
    found = share_budget(vote, Counting(completion=completion))
    expected = ("c",) if completion == "none" else ("a", "c")
    assert found.selected == expected
