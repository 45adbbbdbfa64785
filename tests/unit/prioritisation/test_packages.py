"""Packages within the frame and the reasons for everything in and out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import TypeAdapter

from jevn.challenges.results import AreaStatus, ChallengeProfile
from jevn.prioritisation import (
    Ballot,
    Frame,
    Package,
    Prioritisation,
    combined_weights,
    prioritise,
    rank_order_centroid,
)
from jevn.prioritisation.value import value_of
from jevn.prioritisation.weights import weights_of
from jevn.terms import Criterion, EffortArea, InputRefused, Message, Say, UserError

BENEFIT, COST, DISTRIBUTION, AUTONOMY = Criterion
EVEN = tuple((c, 0.25) for c in Criterion)


def test_rank_order_centroid_weights_equal_the_published_ones() -> None:
    # Barron & Barrett (1996), table for n = 4.
    assert [round(w, 4) for w in rank_order_centroid(4)] == [0.5208, 0.2708, 0.1458, 0.0625]


def test_criteria_left_out_share_the_last_weights() -> None:
    weights = dict(weights_of([[DISTRIBUTION], [BENEFIT]]))
    assert weights[DISTRIBUTION] == pytest.approx(0.520833, abs=1e-6)
    assert weights[COST] == weights[AUTONOMY] == pytest.approx((0.145833 + 0.0625) / 2, abs=1e-6)


def test_groups_orders_are_combined_by_borda() -> None:
    ballots = (
        Ballot("A", (), (DISTRIBUTION, BENEFIT, AUTONOMY, COST)),
        Ballot("B", (), (BENEFIT, DISTRIBUTION, COST, AUTONOMY)),
        Ballot("C", (), (DISTRIBUTION, BENEFIT, COST, AUTONOMY)),
    )
    # Points: distribution 3+2+3, benefit 2+3+2, cost 0+1+1, autonomy 1+0+0.
    expected = {DISTRIBUTION: 0.5208, BENEFIT: 0.2708, COST: 0.1458, AUTONOMY: 0.0625}
    assert {c: round(w, 4) for c, w in combined_weights(ballots)} == expected


def test_without_any_order_all_criteria_weigh_the_same() -> None:
    assert combined_weights((Ballot("A", ("x",), ()),)) == EVEN


def test_value_is_the_weighted_sum_of_scores_moved_to_0_1(change: Any, assess: Any) -> None:
    found = assess([change("a", 1e6)], {"a": (3, -3, 0, None)}).change("a")
    value = value_of(found, EVEN, Frame(10e6))
    # 0.25 x (1 + 0 + 0.5 + 0.5): what is not known counts as no difference.
    assert value.value == pytest.approx(0.5)
    assert value.missing == (AUTONOMY,)
    assert dict(value.parts)[BENEFIT] == 0.25


def test_cost_is_scored_from_kroner_where_nobody_judged_it(change: Any, assess: Any) -> None:
    found = assess([change("a", 5e6)], {"a": (0, None, 0, 0)}).change("a")
    value = value_of(found, EVEN, Frame(10e6))
    # Half the frame: -1.5, which is 0.25 on the scale 0-1.
    assert dict(value.parts)[COST] == pytest.approx(0.25 * 0.25)


def package(change: Any, assess: Any, *, nok: float, rows: Any, **more: Any) -> Package:
    changes = [change(id, amount, **extra) for id, amount, _, extra in rows]
    scores = {id: score for id, _, score, _ in rows if score is not None}
    made = prioritise(assessment=assess(changes, scores), ballots=(), frame=Frame(nok, **more))
    return made.packages[0]


def reasons(made: Package) -> dict[str, str]:
    return {c.change: c.reason.key.removeprefix("prioritisation.reason.") for c in made.choices}


GOOD, FAIR, BAD = (3, 0, 3, 0), (1, 0, 1, 0), (-2, 0, -2, 0)


def test_each_left_out_change_says_what_it_would_push_out_and_what_is_lacking(
    change: Any, assess: Any
) -> None:
    made = package(
        change,
        assess,
        nok=5e6,
        rows=[
            ("god", 3e6, GOOD, {}),
            ("grei", 2e6, FAIR, {}),
            ("stor", 4e6, FAIR, {}),
            ("darlig", 1e6, BAD, {}),
            ("ukjent", 1e6, None, {}),
        ],
    )
    assert {c.change for c in made.chosen} == {"god", "grei"}
    assert (made.nok_per_year, made.total_value) == (5e6, pytest.approx(0.25 + 1 / 12))
    assert reasons(made) == {
        "god": "in.value",
        "grei": "in.value",
        "stor": "out.nok",
        "darlig": "out.no_gain",
        "ukjent": "out.not_assessed",
    }
    large = next(c for c in made.choices if c.change == "stor")
    assert large.pushes_out == ("god", "grei")
    assert large.needs_nok == 4e6
    assert next(c for c in made.choices if c.change == "ukjent").value is None


def test_posts_limit_a_package_too(change: Any, assess: Any) -> None:
    rows = [("a", 1e6, GOOD, {"posts": 3}), ("b", 1e6, FAIR, {"posts": 3})]
    made = package(change, assess, nok=9e6, rows=rows, posts=5.0)
    assert reasons(made) == {"a": "in.value", "b": "out.posts"}


def test_a_cut_is_made_only_when_what_it_pays_for_weighs_more(change: Any, assess: Any) -> None:
    rows = [("god", 3e6, GOOD, {}), ("kutt", -1e6, (-1, 0, 0, 0), {})]
    paid = package(change, assess, nok=2e6, rows=rows)
    assert reasons(paid) == {"god": "in.value", "kutt": "in.releases"}
    assert paid.nok_per_year == 2e6
    not_needed = package(change, assess, nok=3e6, rows=rows)
    assert reasons(not_needed)["kutt"] == "out.no_gain"


def test_requirements_and_exclusions_are_kept_and_said(change: Any, assess: Any) -> None:
    rows = [
        ("a", 1e6, GOOD, {"requires": ("b",)}),
        ("b", 1e6, (0, 0, -1, 0), {}),
        ("c", 1e6, FAIR, {"excludes": ("a",)}),
    ]
    made = package(change, assess, nok=9e6, rows=rows)
    assert reasons(made) == {"a": "in.value", "b": "in.required", "c": "out.excluded"}
    assert next(c for c in made.choices if c.change == "c").needs_nok is None


def test_an_impossible_frame_is_a_user_error(change: Any, assess: Any) -> None:
    with pytest.raises(UserError) as error:
        package(change, assess, nok=-1e6, rows=[("a", 1e6, GOOD, {})])
    assert error.value.id == "prioritisation_frame_impossible"


@pytest.fixture
def made(change: Any, assess: Any) -> Prioritisation:
    changes = [
        change("a", 4e6, area="arbeid"),
        change("b", 3e6, area="bolig"),
        change("c", 2e6, area="bolig"),
        change("d", 1e6, area="fritid"),
        change("kutt", -2e6, area="fritid", level="less"),
    ]
    scores = {"a": GOOD, "b": FAIR, "c": FAIR, "d": BAD, "kutt": (0, 1, 0, 0)}
    ballots = (
        Ballot("Gruppe 1", ("a", "b", "kutt", "d"), (BENEFIT, DISTRIBUTION, COST, AUTONOMY)),
        Ballot("Råd for eldre", ("d", "b", "a"), (DISTRIBUTION, BENEFIT, COST, AUTONOMY)),
        Ballot("Gruppe 3", ("d",), (DISTRIBUTION, BENEFIT, COST, AUTONOMY)),
    )
    nothing = Message("prioritisation.title.need")
    areas = tuple(AreaStatus(EffortArea(a), nothing, (), ()) for a in ("bolig", "fritid"))
    return prioritise(
        assessment=assess(changes, scores),
        ballots=ballots,
        frame=Frame(5e6),
        challenges=ChallengeProfile("9901", areas, (), nothing, 0),
        proposed="weights-all",
        proposed_reason="best",
    )


def chosen(made: Prioritisation, id: str) -> set[str]:
    found = made.package(id)
    assert found is not None
    return {c.change for c in found.chosen}


def test_every_package_is_there_and_keeps_within_the_frame(made: Prioritisation) -> None:
    assert [p.id for p in made.packages] == [
        "weights-all",
        "weights-gruppe-1",
        "group-gruppe-1",
        "group-raad-for-eldre",
        "group-gruppe-3",
        "need",
    ]
    for found in made.packages:
        assert sum(c.nok_per_year for c in found.chosen) == found.nok_per_year <= 5e6
        assert len(found.choices) == 5  # nothing is dropped in silence


def test_a_groups_list_is_filled_from_the_top_and_a_release_gives_a_second_chance(
    made: Prioritisation,
) -> None:
    # a (4) is in, b (3) does not fit, kutt (-2) leaves 3, so b fits; then d (1) does not.
    found = made.package("group-gruppe-1")
    assert found is not None
    assert chosen(made, "group-gruppe-1") == {"a", "b", "kutt"}
    assert reasons(found) == {
        "a": "in.listed",
        "b": "in.listed",
        "kutt": "in.listed",
        "c": "out.unlisted",
        "d": "out.list_nok",
    }
    assert next(c for c in found.choices if c.change == "d").needs_nok == 1e6


def test_what_does_not_fit_on_a_list_is_skipped(made: Prioritisation) -> None:
    assert chosen(made, "group-raad-for-eldre") == {"d", "b"}


def test_need_gives_money_to_the_areas_in_their_order(made: Prioritisation) -> None:
    found = made.package("need")
    assert found is not None
    assert chosen(made, "need") == {"c", "b"}
    assert reasons(found)["kutt"] == "out.cut"
    assert found.made_by == "need"


def test_support_says_always_sometimes_never(made: Prioritisation) -> None:
    standing = {s.change: s.standing for s in made.support}
    assert set(standing.values()) <= {"always", "sometimes", "never"}
    for support in made.support:
        inside = tuple(p.id for p in made.packages if support.change in chosen(made, p.id))
        assert support.packages == inside
        assert (support.standing == "never") == (inside == ())
    assert {s.change: s.listed_by for s in made.support}["b"] == ("Gruppe 1", "Råd for eldre")


def test_support_is_ordered_by_borda_over_the_groups(made: Prioritisation) -> None:
    # Five changes. Gruppe 1: a 4, b 3, kutt 2, d 1, c 0. Rådet: d 4, b 3, a 2, others 0.5.
    # Gruppe 3: d 4, others 1.5.
    assert {s.change: s.borda for s in made.support} == {
        "a": 7.5,
        "b": 7.5,
        "kutt": 4.0,
        "d": 9.0,
        "c": 2.0,
    }
    assert [(s.change, s.position) for s in made.support] == [
        ("d", 1),
        ("a", 2),
        ("b", 2),
        ("kutt", 4),
        ("c", 5),
    ]


def test_support_tells_how_firmly_a_place_stands(made: Prioritisation) -> None:
    """By hand, one group left out at a time: d b a kutt=c; a d b kutt c; a=b d kutt c."""
    spans = {s.change: (s.best, s.worst) for s in made.support}
    assert spans == {"d": (1, 3), "a": (1, 3), "b": (1, 3), "kutt": (4, 4), "c": (4, 5)}
    near = {s.change for s in made.support if s.near_tie}
    assert {"d", "a", "b"} <= near
    for support in made.support:
        assert [name for name, _ in support.places] == ["copeland", "kemeny", "plackett-luce"]
    assert made.agreement is not None
    assert 0 <= made.agreement <= 1


def test_every_reason_can_be_said_in_every_language(made: Prioritisation) -> None:
    for found in made.packages:
        for message in (found.message, *(c.reason for c in found.choices)):
            for lang in ("nb", "nn", "en"):
                assert "{" not in Say(lang).message(message)  # type: ignore[arg-type]


def test_the_same_input_gives_the_same_bytes(change: Any, assess: Any) -> None:
    def once() -> bytes:
        assessment = assess([change("a", 1e6), change("b", 1e6)], {"a": GOOD, "b": GOOD})
        found = prioritise(assessment=assessment, ballots=(), frame=Frame(1e6))
        return TypeAdapter(Prioritisation).dump_json(found)

    assert once() == once()
    assert TypeAdapter(Prioritisation).validate_python(json.loads(once())).frame == Frame(1e6)


def test_unknown_changes_on_a_list_are_refused_all_at_once(change: Any, assess: Any) -> None:
    with pytest.raises(InputRefused) as refused:
        prioritise(
            assessment=assess([change("a", 1e6)], {}),
            ballots=(Ballot("G", ("x", "a", "y"), ()),),
            frame=Frame(1e6),
        )
    assert [p.params["id"] for p in refused.value.problems] == ["x", "y"]
    assert "alternatives.yaml" in refused.value.problems[0].remedy()


def test_an_unknown_proposed_package_is_refused(change: Any, assess: Any) -> None:
    with pytest.raises(InputRefused) as refused:
        prioritise(
            assessment=assess([change("a", 1e6)], {}), ballots=(), frame=Frame(1e6), proposed="x"
        )
    assert refused.value.id == "prioritisation_unknown_package"
