"""What all rules for shared budgets promise: one shape, within the budget, every project told."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from itertools import product
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import to_jsonable_python

from jevn.prioritisation.shared_budget import (
    COMPLETIONS,
    RULE_NAMES,
    TIE_RULES,
    UTILITIES,
    BallotKind,
    Counting,
    Election,
    share_budget,
)
from jevn.prioritisation.shared_budget.counting import RULES
from jevn.terms import LANGUAGES, Say

ALL = [
    Counting(rule, utility, completion, ties=ties, seed="7")
    for rule, utility, completion, ties in product(RULE_NAMES, UTILITIES, COMPLETIONS, TIE_RULES)
    if rule == "equal-shares" or (utility == "cost" and completion == "none")
]


@st.composite
def elections(draw: st.DrawFn) -> Election:
    ids = [f"p{i}" for i in range(draw(st.integers(1, 7)))]
    costs = {id: draw(st.integers(1, 4000)) / 100 for id in ids}
    kind = draw(st.sampled_from(get_args(BallotKind)))
    lists = st.lists(st.sampled_from(ids), unique=True)
    scores = st.dictionaries(st.sampled_from(ids), st.integers(-2, 5))
    one: Any = scores if kind == "scoring" else lists
    ballots = draw(st.lists(one, min_size=1, max_size=8))
    return Election.of(costs, ballots, draw(st.integers(1, 9000)) / 100, kind)


def test_every_rule_has_a_name_and_every_name_a_rule() -> None:
    assert tuple(RULES) == RULE_NAMES


@given(elections(), st.sampled_from(ALL))
def test_the_result_is_whole_and_within_the_budget(election: Election, counting: Counting) -> None:
    found = share_budget(election, counting)
    costs = {p.id: p.cost for p in election.projects}
    assert sum(costs[p] for p in found.selected) <= election.budget
    assert found.cost == sum(costs[p] for p in found.selected) / 100
    assert sorted(r.project for r in found.rounds) == sorted(found.selected)
    assert [r.number for r in found.rounds] == list(range(1, len(found.rounds) + 1))
    assert [v.project for v in found.verdicts] == list(costs)
    assert {v.project for v in found.verdicts if v.selected} == set(found.selected)
    assert all((v.why is None) == v.selected for v in found.verdicts)
    assert all(v.missing is None or v.missing > 0 for v in found.verdicts)
    assert all(r.project == r.tied[0] for r in found.rounds if r.tied)
    assert all(r.left >= 0 for r in found.rounds)
    assert 0 <= found.fairness.share_voters_with_a_winner <= 1
    text = json.dumps(to_jsonable_python(found))
    assert "NaN" not in text
    assert "Infinity" not in text


@given(elections(), st.sampled_from(ALL), st.randoms())
def test_neither_voters_nor_projects_gain_by_standing_first(
    election: Election, counting: Counting, chance: random.Random
) -> None:
    ids = [p.id for p in election.projects]
    of = dict(zip(ids, election.projects, strict=True))
    chance.shuffle(ids)
    ballots = [
        {p: int(x) for p, x in zip(election.ballot(i), election.points[a:b], strict=True)}
        for i, (a, b) in enumerate(zip(election.starts, election.starts[1:], strict=False))
    ]
    chance.shuffle(ballots)
    costs = {id: of[id].cost / 100 for id in ids}
    other = Election.of(costs, ballots, election.budget / 100, "scoring")
    first, second = share_budget(election, counting), share_budget(other, counting)
    assert first.selected == second.selected
    assert [r.project for r in first.rounds] == [r.project for r in second.rounds]


@given(elections(), st.sampled_from(ALL), st.integers(2, 9))
def test_many_voters_who_vote_alike_are_counted_like_one(
    election: Election, counting: Counting, times: int
) -> None:
    if counting.completion.startswith("add1"):
        counting = replace(counting, completion="none")  # one krone each is more in sum
    ballots = [
        {p: int(x) for p, x in zip(election.ballot(i), election.points[a:b], strict=True)}
        for i, (a, b) in enumerate(zip(election.starts, election.starts[1:], strict=False))
    ]
    costs = {p.id: p.cost / 100 for p in election.projects}
    other = Election.of(costs, ballots * times, election.budget / 100, "scoring")
    assert share_budget(election, counting).selected == share_budget(other, counting).selected


@given(elections(), st.sampled_from(ALL))
def test_every_project_has_its_reason_in_every_language(
    election: Election, counting: Counting
) -> None:
    found = share_budget(election, counting)
    for language in LANGUAGES:
        for verdict in found.verdicts:
            text = Say(language).message(verdict.reason)
            assert text
            assert "{" not in text


@given(elections(), st.sampled_from([c for c in ALL if c.rule == "equal-shares"]))
def test_nobody_pays_more_than_everybody_began_with(election: Election, counting: Counting) -> None:
    """Prices per point times points of a full payer stay within what each had."""
    found = share_budget(election, counting)
    assert found.per_voter is not None
    most = found.per_voter + found.raised
    for r in found.rounds:
        if r.price is not None and r.part_payers < r.payers:
            assert r.price <= most * (1 + 1e-9)


def test_an_election_and_its_counting_are_not_changed() -> None:
    election = Election.of({"a": 10, "b": 20}, [["a"], ["a", "b"]], 25)
    before = (election.starts.copy(), election.listed.copy(), election.points.copy())
    for counting in ALL:
        share_budget(election, counting)
    after = (election.starts, election.listed, election.points)
    assert all((a == b).all() for a, b in zip(before, after, strict=True))
    with pytest.raises(ValueError, match="read-only"):
        election.points[0] = 7


@pytest.mark.parametrize(
    ("field", "value"),
    [("rule", "magi"), ("utility", "joy"), ("completion", "all"), ("ties", "coin")],
)
def test_an_unknown_choice_is_a_programmers_error(field: str, value: str) -> None:
    with pytest.raises(ValueError, match=value):
        replace(Counting(), **{field: value})


@pytest.mark.parametrize(
    ("costs", "ballots", "budget"),
    [
        ({"a": 0}, [["a"]], 10),
        ({"a": -1}, [["a"]], 10),
        ({"a": 0.001}, [["a"]], 10),
        ({"a": 1}, [["a"]], 0),
        ({"a": 1}, [], 10),
        ({"a": 1}, [["b"]], 10),
        ({"a": 1}, [["a", "a"]], 10),
    ],
)
def test_an_election_that_cannot_be_is_refused(
    costs: dict[str, float], ballots: list[list[str]], budget: float
) -> None:
    with pytest.raises(ValueError, match=r"øre|ballot"):
        Election.of(costs, ballots, budget)
