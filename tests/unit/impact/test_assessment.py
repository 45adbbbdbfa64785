"""Assessment on the four criteria: computed where evidence allows, judged where not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pydantic import TypeAdapter

from jevn.impact import Assessment, CriterionJudgement, Judgement
from jevn.terms import Criterion


def judgement(change: str, **scores: int | None) -> Judgement:
    return Judgement(
        change,
        tuple(
            CriterionJudgement(Criterion(c), s, f"grunn {c}", "medium") for c, s in scores.items()
        ),
        gains="barn",
    )


def test_the_zero_alternative_stands_first_with_nothing_in_it(run_all: Any, change: Any) -> None:
    zero, other = run_all(change()).alternatives
    assert (zero.alternative.id, zero.changes, zero.nok_per_year) == ("zero", (), 0)
    assert {c.score for c in zero.criteria} == {0.0}
    assert zero.verdict == "no_change"
    assert other.computed_changes == 1


def test_a_change_without_effect_size_is_judged_and_carries_no_number(
    run_all: Any, change: Any
) -> None:
    bare = replace(change(), effect=None)
    given = (judgement("ips", benefit=2, cost=-1, distribution=None),)
    found = run_all(bare, judgements=given).change("a/ips")
    assert found.computed is None
    assert found.why_not_computed.key == "impact.why.no_effect"
    assert [(c.score, c.basis) for c in found.criteria] == [
        (2.0, "judged"),
        (-1.0, "judged"),
        (None, "judged"),
        (None, "missing"),
    ]
    alternative = run_all(bare, judgements=given).alternatives[1]
    assert alternative.helped is None
    assert alternative.helped_by_group == ()
    assert alternative.verdict == "not_known"


def test_computed_criteria_keep_the_judgement_beside(run_all: Any, change: Any) -> None:
    given = (judgement("ips", benefit=-2, cost=-1, distribution=1, autonomy=2),)
    found = run_all(change(), judgements=given).change("ips")
    benefit = found.criterion(Criterion.BENEFIT)
    assert benefit.basis == "computed"
    assert benefit.score > 0
    assert benefit.judged_reason == "grunn benefit"
    assert found.criterion(Criterion.COST).score == -1
    assert found.criterion(Criterion.AUTONOMY).score == 2
    assert found.gains == "barn"


def test_benefit_follows_the_published_steps(run_all: Any, change: Any) -> None:
    # 9000 inhabitants. 3.04 helped: 3.378 per 10 000, 2 + 2.378/9. A fifth: 0.6756, 1 + 0.5756/0.9.
    # Half as many lose: -1.6889, -(2 + 0.6889/9).
    small = change(id="liten", nok_per_year=900_000.0)
    cut = change(id="kutt", nok_per_year=-2_250_000.0)
    found = run_all(change(), small, cut)
    scores = [found.change(i).criterion(Criterion.BENEFIT).score for i in ("ips", "liten", "kutt")]
    assert scores == pytest.approx([2.26420, 1.63951, -2.07654], abs=1e-5)


def test_distribution_compares_the_lowest_groups_share_of_help_with_its_size(
    run_all: Any, change: Any
) -> None:
    # 300 of 700 helped are in the lowest group, which is 1000 of 5000 people:
    # ratio (3/7)/(1/5) = 15/7, so 3 x (15/7 - 1) = 3.43, kept at 3.
    found = run_all(change()).change("ips")
    assert found.criterion(Criterion.DISTRIBUTION).score == 3.0
    # Open to all, even uptake: the ratio is 1.
    open_to_all = change(use={"eligible_share_by_need": False, "start_level": 0.5})
    score = run_all(open_to_all).change("ips").criterion(Criterion.DISTRIBUTION).score
    assert score == pytest.approx(0.0, abs=1e-9)


def test_a_widening_gap_never_scores_above_zero_on_distribution(run_all: Any, change: Any) -> None:
    use = {"effect_size": "es36b", "uptake_gradient": 8.0, "eligible_share_by_need": False}
    assert run_all(change(use=use)).change("ips").criterion(Criterion.DISTRIBUTION).score < 0


def test_a_cut_scores_the_opposite_of_an_addition(run_all: Any, change: Any) -> None:
    more = run_all(change()).change("ips")
    less = run_all(change(nok_per_year=-4_500_000.0)).change("ips")
    for criterion in (Criterion.BENEFIT, Criterion.DISTRIBUTION):
        assert less.criterion(criterion).score == pytest.approx(-more.criterion(criterion).score)


def test_two_changes_of_one_determinant_do_not_help_the_same_person_twice(
    run_all: Any, change: Any
) -> None:
    one, two = change(id="en"), change(id="to")
    found = run_all(one, two).alternatives[1]
    parts = [g.helped.value for g in run_all(one).change("en").computed.groups]
    rooms = (300.0, 300.0, 100.0)
    expected = [a * (1 - (1 - h / a) ** 2) for h, a in zip(parts, rooms, strict=True)]
    assert [n for _, n in found.helped_by_group] == pytest.approx(expected)
    assert found.helped.value < 2 * sum(parts)


def test_different_determinants_are_added(run_all: Any, change: Any, figures: Any) -> None:
    table = figures(("utenfor", (30.0, 15.0, 5.0), {}), ("i_arbeid", (70.0, 85.0, 95.0), {}))
    two = change(id="to", use={"determinant": "i_arbeid"})
    found = run_all(change(), two, observations=table)
    assert found.alternatives[1].helped.value == pytest.approx(2 * 50 * 0.0608)


@pytest.mark.parametrize(
    ("use", "trust"),
    [
        ({"effect_size": "es36b", "transfer": 0.8}, "high"),
        ({"effect_size": "es36b", "transfer": 0.7}, "medium"),
        ({"effect_size": "es36", "transfer": 1.0}, "medium"),
        ({"effect_size": "es36b", "transfer": 0.4}, "low"),
        ({"effect_size": "es17", "transfer": 1.0}, "low"),
    ],
)
def test_trust_follows_design_and_transfer(
    run: Any, change: Any, use: dict[str, Any], trust: str
) -> None:
    assert run(change(use=use)).trust == trust


def test_the_result_goes_through_json_unchanged(run_all: Any, change: Any) -> None:
    adapter = TypeAdapter(Assessment)
    found = run_all(change(use={"effect_size": "es36b"}))
    assert adapter.validate_json(adapter.dump_json(found)) == found


def test_inputs_are_left_as_they_were(run_all: Any, change: Any, figures: Any) -> None:
    table = figures(("utenfor", (30.0, 15.0, 5.0), {}))
    before = table.clone()
    run_all(change(), observations=table)
    assert table.equals(before)


def test_empty_tables_give_a_reason_and_no_error(run_all: Any, change: Any, figures: Any) -> None:
    empty = figures(("utenfor", (30.0, 15.0, 5.0), {})).clear()
    found = run_all(change(), observations=empty).change("ips")
    assert found.why_not_computed.key == "impact.why.no_levels"
