"""Borda and Copeland on partial lists: by hand, by a slow reference, on real elections."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.rankings import (
    RankedLists,
    borda,
    copeland,
    disagreements,
    left_out,
    pairwise,
    read_preflib,
)
from jevn.terms import InputRefused

ELECTIONS = ("00007-00000027.soi", "00008-00000005.soi")


@pytest.mark.parametrize("file", ELECTIONS)
def test_borda_agrees_with_the_recorded_elections(shared_data: Path, file: str) -> None:
    expected = json.loads((shared_data / "oracles/ranking.json").read_text())["elections"][file]
    lists, _ = read_preflib(shared_data / "data/preflib" / file)
    result = borda(lists)
    scores = dict(result.scores)
    assert [scores[item] for item in lists.items] == expected["borda"]["scores"]
    assert [int(item) for item in result.order] == expected["borda"]["ranking"]
    assert result.disagreements == expected["borda"]["disagreements"]
    assert len(lists.items) == expected["alternatives"]
    assert sum(lists.weights) == expected["voters"]


@pytest.mark.parametrize("file", ELECTIONS)
def test_copeland_agrees_with_the_recorded_elections(shared_data: Path, file: str) -> None:
    expected = json.loads((shared_data / "oracles/ranking.json").read_text())["elections"][file]
    lists, _ = read_preflib(shared_data / "data/preflib" / file)
    result = copeland(lists)
    scores = dict(result.scores)
    assert [scores[item] for item in lists.items] == expected["copeland"]["scores"]
    assert [int(item) for item in result.order] == expected["copeland"]["ranking"]
    assert result.disagreements == expected["copeland"]["disagreements"]


@pytest.mark.parametrize("file", ELECTIONS)
def test_disagreements_of_the_exact_optimum_agree(shared_data: Path, file: str) -> None:
    expected = json.loads((shared_data / "oracles/ranking.json").read_text())["elections"][file]
    lists, _ = read_preflib(shared_data / "data/preflib" / file)
    order = [str(item) for item in expected["kemeny"]["ranking"]]
    assert disagreements(pairwise(lists), order) == expected["kemeny"]["disagreements"]


def test_unlisted_items_share_the_mean_of_the_remaining_points() -> None:
    # Five items. First list names two: 4 and 3 points; the other three share 2+1+0 = 3, 1 each.
    # Second list (weight 2) names one: 4 points; the other four share 3+2+1+0 = 6, 1.5 each.
    result = borda(RankedLists.of([["a", "b"], ["c"]], weights=[1, 2], items="abcde"))
    assert dict(result.scores) == {"a": 7.0, "b": 6.0, "c": 9.0, "d": 4.0, "e": 4.0}
    assert result.order == ("c", "a", "b", "d", "e")
    assert result.ties == (("d", "e"),)
    assert result.positions() == (("c", 1), ("a", 2), ("b", 3), ("d", 4), ("e", 4))


def test_items_held_equal_share_their_points() -> None:
    # Four items, {a,b} first: (3+2)/2 each; then c: 1; d unlisted: 0.
    result = borda(RankedLists.of([[("a", "b"), "c"]], items="abcd"))
    assert dict(result.scores) == {"a": 2.5, "b": 2.5, "c": 1.0, "d": 0.0}


def test_a_cycle_is_a_tie_for_copeland() -> None:
    result = copeland(RankedLists.of(["abc", "bca", "cab"]))
    assert result.ties == (("a", "b", "c"),)
    assert dict(result.scores) == {"a": 0.0, "b": 0.0, "c": 0.0}


def test_leaving_out_a_list_keeps_all_items() -> None:
    lists = RankedLists.of([["a", "b"], ["b", "a"], ["b", "c"]])
    orders = [ranking.order for ranking in left_out(lists, borda)]
    assert orders == [("b", "a", "c"), ("b", "a", "c"), ("a", "b", "c")]
    assert left_out(RankedLists.of([["a"]]), borda) == ()


@pytest.mark.parametrize(
    ("lists", "kwargs"),
    [
        ([["a", "a"]], {}),
        ([["a"]], {"items": ["b"]}),
        ([["a"]], {"weights": [0]}),
        ([["a"]], {"weights": [float("nan")]}),
        ([["a"]], {"weights": [1, 1]}),
    ],
)
def test_impossible_lists_are_refused(lists: list[list[str]], kwargs: dict[str, list[str]]) -> None:
    with pytest.raises(ValueError, match=r"item|weight"):
        RankedLists.of(lists, **kwargs)  # type: ignore[arg-type]


def _points(lists: RankedLists) -> dict[str, Fraction]:
    """Borda's points as the definition says, list by list, in exact fractions."""
    n = len(lists.items)
    total = dict.fromkeys(lists.items, Fraction(0))
    for tiers, weight in zip(lists.lists, lists.weights, strict=True):
        listed = [tier[0] for tier in tiers]
        for place, item in enumerate(listed, start=1):
            total[item] += Fraction(weight) * (n - place)
        for item in set(lists.items) - set(listed):
            total[item] += Fraction(weight) * Fraction(n - len(listed) - 1, 2)
    return total


partial_lists = st.lists(
    st.tuples(
        st.permutations("abcdef").flatmap(lambda p: st.integers(0, 6).map(lambda k: p[:k])),
        st.integers(1, 5),
    ),
    min_size=1,
    max_size=8,
).map(
    lambda rows: RankedLists.of([r for r, _ in rows], weights=[w for _, w in rows], items="abcdef")
)


@given(partial_lists)
def test_borda_equals_the_definition_in_exact_fractions(lists: RankedLists) -> None:
    assert dict(borda(lists).scores) == {k: float(v) for k, v in _points(lists).items()}


@given(partial_lists)
def test_every_list_gives_out_the_same_sum_of_points(lists: RankedLists) -> None:
    assert sum(s for _, s in borda(lists).scores) == sum(lists.weights) * 15


@given(partial_lists)
def test_wins_and_losses_balance(lists: RankedLists) -> None:
    assert sum(s for _, s in copeland(lists).scores) == 0


def test_a_file_with_ties_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ties.toi"
    path.write_text(
        "# ALTERNATIVE NAME 1: Gågate\n# ALTERNATIVE NAME 2: Badeplass\n"
        "# ALTERNATIVE NAME 3: Klubb\n4: 2,{1,3}\n1: {3}\n",
        encoding="utf-8",
    )
    lists, names = read_preflib(path)
    assert lists.lists == ((("2",), ("1", "3")), (("3",),))
    assert lists.weights == (4.0, 1.0)
    assert names["1"] == "Gågate"


def test_all_faults_of_a_file_come_at_once(tmp_path: Path) -> None:
    path = tmp_path / "faults.soi"
    path.write_text("# ALTERNATIVE NAME 1: A\n1: 1,1\nx: 1\n2: 7\n0: 1\n", encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        read_preflib(path)
    assert [(p.id, p.row) for p in refused.value.problems] == [
        ("preflib_twice", 2),
        ("preflib_line", 3),
        ("preflib_unknown", 4),
        ("preflib_line", 5),
    ]
