"""Packages under a frame: equal to trying every one, never over a limit, always an answer."""

from __future__ import annotations

import pytest

from jevn.prioritisation.portfolio import (
    Demands,
    ShareDemand,
    best_package,
    front,
    need_based,
    preview,
)
from jevn.prioritisation.portfolio.choices import Way
from jevn.terms import InputRefused, UserError
from unit.prioritisation.portfolios import drawn_case, every_package, frame, option

SEEDS = range(40)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("weight", [0.0, 2.0])
def test_the_best_is_the_best_of_all(seed: int, weight: float) -> None:
    options, demands = drawn_case(seed)
    found = best_package(options, demands, equity_weight=weight)
    allowed = list(every_package(options, demands))
    if not allowed:
        assert found.loosened, "an impossible set is answered with what must give"
        return
    assert not found.loosened
    top = max(p.total + weight * p.worst_off for p in allowed)
    assert found.total + weight * found.worst_off == pytest.approx(top, abs=1e-5)
    as_good = [p for p in allowed if p.total + weight * p.worst_off > top - 1e-6]
    assert found.nok == min(p.nok for p in as_good), "of equally good ones the cheapest"
    assert found.gap == 0


@pytest.mark.parametrize("seed", range(15))
def test_the_front_is_all_that_cannot_be_bettered(seed: int) -> None:
    options, demands = drawn_case(seed, 6)
    allowed = list(every_package(options, demands))
    points = front(options, demands, most=100)
    if not allowed:
        assert len(points) == 1
        assert points[0].loosened
        return
    at = {(round(p.total, 4), round(p.worst_off, 4)) for p in allowed}
    efficient = {a for a in at if not any(b != a and b[0] >= a[0] and b[1] >= a[1] for b in at)}
    assert {(round(p.total, 4), round(p.worst_off, 4)) for p in points} == efficient
    totals = [p.total for p in points]
    assert totals == sorted(totals, reverse=True)
    few = front(options, demands, most=3)
    assert len(few) <= 3
    assert (few[0].total, few[-1].worst_off) == (points[0].total, points[-1].worst_off)


@pytest.mark.parametrize("seed", range(25))
def test_no_package_passes_a_limit_in_whole_ore(seed: int) -> None:
    options, demands = drawn_case(seed, 12)
    packages = [best_package(options, demands), *front(options, demands, most=4)]
    for package in packages:
        passed = {x.about for x in package.loosened if x.limit == "frame"}
        for year in package.years:
            spent = sum(c.nok for c in package.chosen if c.start <= year.year)
            assert year.nok == spent
            assert spent <= year.frame or str(year.year) in passed
    need = need_based(options, demands, {"bolig": 2.0, "oppvekst": 1.0})
    assert not [x for x in need.loosened if x.limit in ("frame", "posts", "excludes", "requires")]


def test_ties_go_to_the_cheapest_and_then_to_the_first_id() -> None:
    same = [option(id, (1.0, 2.0, (5.0, 5.0))) for id in ("c", "b", "a")]
    assert [c.id for c in best_package(same, frame(2.0)).chosen] == ["a"]
    cheaper = [*same, option("d", (1.0, 1.5, (5.0, 5.0)))]
    assert [c.id for c in best_package(cheaper, frame(2.0)).chosen] == ["d"]


def test_weight_on_the_worst_off_moves_the_choice() -> None:
    options = [option("all", (1.0, 1.0, (1.0, 9.0))), option("low", (1.0, 1.0, (6.0, 1.0)))]
    assert best_package(options, frame(1.0)).chosen[0].id == "all"
    fair = best_package(options, frame(1.0), equity_weight=2.0)
    assert (fair.chosen[0].id, fair.made_by) == ("low", "equity")
    assert [p.chosen[0].id for p in front(options, frame(1.0))] == ["all", "low"]


def test_the_start_year_is_chosen_where_the_first_year_is_narrow() -> None:
    late = option("a", (1.0, 1.0, (5.0,)))
    ways = (*late.ways, Way(1.0, 2029, 100_000_000, 0, (4.0,)))
    from dataclasses import replace

    demands = Demands(frame=((2028, 0), (2029, 100_000_000)))
    found = best_package([replace(late, ways=ways)], demands)
    assert (found.chosen[0].start, found.total) == (2029, 4.0)
    assert [y.nok for y in found.years] == [0, 100_000_000]


def test_a_higher_level_is_chosen_where_it_pays() -> None:
    both = option("a", (0.5, 1.0, (6.0,)), (1.0, 2.0, (8.0,)))
    other = option("b", (1.0, 1.0, (3.0,)))
    found = best_package([both, other], frame(2.0))
    assert [(c.id, c.level) for c in found.chosen] == [("a", 0.5), ("b", 1.0)]
    assert best_package([both], frame(2.0)).chosen[0].level == 1.0


def test_released_money_pays_for_more() -> None:
    cut = option("cut", (1.0, -1.0, (-2.0,)))
    good = option("good", (1.0, 1.0, (5.0,)))
    found = best_package([cut, good], frame(0.0))
    assert {c.id for c in found.chosen} == {"cut", "good"}
    assert found.nok == 0


@pytest.mark.parametrize(
    ("demands", "limit"),
    [
        (frame(1.0, locks=(("a", 1.0), ("b", 1.0))), "frame"),
        (frame(9.0, posts=((2028, 1000),), locks=(("a", 1.0),)), "posts"),
        (frame(9.0, worst_off=100.0), "worst_off"),
        (
            frame(9.0, shares=(ShareDemand("bolig", 0.9),), locks=(("a", 1.0), ("b", 0.0))),
            "share_least",
        ),
        (
            frame(9.0, shares=(ShareDemand(None, 0.0, 0.1),), locks=(("a", 1.0), ("b", 0.0))),
            "share_most",
        ),
    ],
)
def test_an_impossible_set_names_the_cheapest_to_loosen(demands: Demands, limit: str) -> None:
    options = [
        option("a", (1.0, 2.0, (3.0, 3.0)), posts=2500, universal=True),
        option("b", (1.0, 1.5, (2.0, 2.0)), area="bolig"),
    ]
    found = best_package(options, demands)
    assert {x.limit for x in found.loosened} == {limit}
    for x in found.loosened:
        assert x.amount > 0
        assert all(x.message.params for x in found.loosened)
    if limit == "frame":
        assert {(x.about, x.amount) for x in found.loosened} == {
            (str(y), 250_000_000) for y in (2028, 2029, 2030)
        }
    if limit == "posts":
        assert found.loosened[0].amount == 1500
    if limit == "worst_off":
        assert found.loosened[0].amount == pytest.approx(95.0)


def test_the_cheapest_of_several_demands_gives() -> None:
    """One post too few, or ten million: the post gives."""
    options = [
        option("dear", (1.0, 11.0, (5.0,)), posts=0),
        option("many", (1.0, 1.0, (5.0,)), posts=2000),
    ]
    demands = frame(1.0, posts=((2028, 1000),), worst_off=5.0)
    found = best_package(options, demands)
    assert [(x.limit, x.amount) for x in found.loosened] == [("posts", 1000)]
    assert found.chosen[0].id == "many"


def test_a_package_by_hand_is_shown_with_what_it_breaks() -> None:
    options = [option("a", (1.0, 2.0, (3.0,))), option("b", (1.0, 2.0, (4.0,)))]
    demands = frame(3.0, excludes=(("a", "b"),), locks=(("a", 0.0),))
    found = preview(options, demands, {"a": 0, "b": 0})
    assert {x.limit for x in found.loosened} == {"frame", "excludes", "lock"}
    assert (found.total, found.made_by, found.nok) == (7.0, "own", 400_000_000)
    assert preview(options, demands, {}).total == 0
    for wrong in ({"c": 0}, {"a": 1}, {"a": -1}):
        with pytest.raises(KeyError):
            preview(options, demands, wrong)


def test_money_by_need_begins_where_need_is_greatest() -> None:
    options = [
        option("a", (1.0, 2.0, (9.0,)), area="oppvekst"),
        option("b", (1.0, 2.0, (1.0,)), area="bolig"),
    ]
    found = need_based(options, frame(2.0), {"bolig": 3.0, "oppvekst": 1.0})
    assert [c.id for c in found.chosen] == ["b"]
    assert found.made_by == "need"
    assert best_package(options, frame(2.0)).chosen[0].id == "a"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"excludes": (("a", "x"),)}, "portfolio_unknown"),
        ({"locks": (("x", 1.0),)}, "portfolio_unknown"),
        ({"shares": (ShareDemand("helse"),)}, "portfolio_unknown"),
        ({"requires": (("a", "b"), ("b", "a"))}, "portfolio_circle"),
        ({"requires": (("a", "a"),)}, "portfolio_circle"),
        ({"locks": (("a", 0.7),)}, "portfolio_lock_level"),
        ({"locks": (("a", 1.0), ("a", 0.0))}, "portfolio_twice"),
        ({"locks": (("a", 1.0), ("b", 1.0)), "excludes": (("a", "b"),)}, "portfolio_locks_clash"),
        ({"locks": (("a", 1.0), ("b", 0.0)), "requires": (("a", "b"),)}, "portfolio_locks_clash"),
        ({"shares": (ShareDemand(None, 0.8, 0.2),)}, "portfolio_share"),
    ],
)
def test_demands_that_cannot_be_meant_are_refused(change: dict, problem: str) -> None:
    options = [option("a", (1.0, 2.0, (3.0,))), option("b", (1.0, 1.0, (2.0,)))]
    with pytest.raises(InputRefused) as refused:
        best_package(options, frame(3.0, **change))
    assert refused.value.problems[0].id == problem
    assert refused.value.problems[0].what("nb")
    assert refused.value.problems[0].remedy("en")


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ([], "portfolio_empty"),
        ([option("a", (1.0, 1.0, (1.0,))), option("a", (1.0, 1.0, (1.0,)))], "portfolio_twice"),
        ([option("a")], "portfolio_no_ways"),
        ([option("a", (0.0, 1.0, (1.0,)))], "portfolio_level"),
        ([option("a", (1.0, 1.0, (float("nan"),)))], "portfolio_number"),
        (
            [option("a", (1.0, 1.0, (1.0,))), option("b", (1.0, 1.0, (1.0, 2.0)))],
            "portfolio_number",
        ),
        ([option("a", (1.0, 1.0, (1.0,)), start=2035)], "portfolio_year"),
    ],
)
def test_options_that_cannot_be_are_refused(options: list, problem: str) -> None:
    with pytest.raises(InputRefused) as refused:
        best_package(options, frame(3.0))
    assert problem in {p.id for p in refused.value.problems}


def test_a_negative_weight_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="negative"):
        best_package([option("a", (1.0, 1.0, (1.0,)))], frame(1.0), equity_weight=-1.0)


def test_locks_that_can_never_hold_together_are_answered() -> None:
    options = [option(id, (1.0, 1.0, (1.0,))) for id in ("a", "b", "c")]
    demands = frame(
        9.0, locks=(("a", 1.0), ("c", 1.0)), requires=(("a", "b"),), excludes=(("b", "c"),)
    )
    with pytest.raises(UserError) as refused:
        best_package(options, demands)
    assert refused.value.id == "portfolio_impossible"
