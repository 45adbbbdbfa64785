"""The chain kroner → people → determinant → outcome, against sums done by hand."""

from __future__ import annotations

from math import log
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.impact.effects import improvement, shifted
from jevn.impact.outcome import impact_fraction
from jevn.impact.reach import reach, social_ranks
from jevn.terms import Polarity, Say


def test_ips_chain_equals_the_sum_done_by_hand(run: Any, change: Any) -> None:
    # 4 500 000 kr / 90 000 kr = 50 places.
    # In need: 1000 x 30 % + 2000 x 15 % + 2000 x 5 % = 300 + 300 + 100 = 700.
    # Even uptake: 50 x 300/700, 50 x 300/700, 50 x 100/700.
    # Per participant: 9.5 points x 0.8 x 0.8 = 0.0608.
    found = run(change()).computed
    reached = [50 * 300 / 700, 50 * 300 / 700, 50 * 100 / 700]
    helped = [n * 0.0608 for n in reached]
    assert found.capacity == 50
    assert [g.eligible for g in found.groups] == [300, 300, 100]
    assert [g.reached for g in found.groups] == pytest.approx(reached, rel=1e-12)
    assert [g.helped.value for g in found.groups] == pytest.approx(helped, rel=1e-12)
    assert found.helped.value == pytest.approx(50 * 0.0608)  # 3.04 persons
    assert found.nok_per_helped == pytest.approx(4_500_000 / 3.04)
    after = [0.30 - helped[0] / 1000, 0.15 - helped[1] / 2000, 0.05 - helped[2] / 2000]
    assert [g.determinant_after.value for g in found.groups] == pytest.approx(after, rel=1e-12)
    assert found.gap_before == pytest.approx(0.05 - 0.30)
    assert found.gap_after.value == pytest.approx(after[2] - after[0])
    assert found.unused_nok == 0


def test_slope_equals_weighted_regression_by_hand(run: Any, change: Any) -> None:
    # Shares 0.2, 0.4, 0.4; ranks 0.1, 0.4, 0.8 (mean 0.5); mean value 0.06+0.06+0.02 = 0.14.
    # Σ w dz dy = 0.2(-0.4)(0.16) + 0.4(-0.1)(0.01) + 0.4(0.3)(-0.09) = -0.0240
    # Σ w dz² = 0.2 x 0.16 + 0.4 x 0.01 + 0.4 x 0.09 = 0.072
    found = run(change()).computed
    assert found.sii_before == pytest.approx(-0.0240 / 0.072)


def test_an_effect_without_limits_gives_a_value_without_limits(run: Any, change: Any) -> None:
    found = run(change()).computed
    assert (found.helped.lower, found.helped.upper) == (None, None)
    assert (found.gap_after.lower, found.sii_after.upper) == (None, None)
    assert found.verdict == "not_known"


def test_limits_follow_the_effects_own_limits(run: Any, change: Any) -> None:
    found = run(change(use={"effect_size": "es36b"})).computed
    assert found.helped.lower == pytest.approx(50 * 0.005 * 0.64)
    assert found.helped.upper == pytest.approx(50 * 0.185 * 0.64)
    assert found.verdict == "narrows"


def test_the_verdict_cannot_tell_where_the_effect_may_be_none(run: Any, change: Any) -> None:
    assert run(change(use={"effect_size": "wide"})).computed.verdict == "cannot_tell"


def test_the_verdict_widens_when_only_the_better_off_come(run: Any, change: Any) -> None:
    use = {"effect_size": "es36b", "uptake_gradient": 8.0, "eligible_share_by_need": False}
    assert run(change(use=use)).computed.verdict == "widens"


def test_odds_ratio_from_the_trials_own_start_level_gives_back_the_trial() -> None:
    # SEED: 48 % against 8 % in work, odds ratio 10.39. 0.08 -> 10.39 x 0.08 / (0.92 + 0.8312).
    assert shifted("OR", 10.39, 0.08) == pytest.approx(0.8312 / 1.7512)
    assert shifted("OR", 10.39, 0.08) == pytest.approx(0.48, abs=0.01)


def test_odds_ratio_works_on_the_good_state_where_the_indicator_counts_the_bad(
    run: Any, change: Any
) -> None:
    # 92 % would be out of work anyway: 8 % in work becomes 47.46 %.
    use = {"effect_size": "es37", "start_level": 0.92, "fidelity": 1.0, "transfer": 1.0}
    found = run(change(use=use)).computed
    assert found.helped.value == pytest.approx(50 * (0.8312 / 1.7512 - 0.08))
    # Lower limit: 2.79 x 0.08 / (0.92 + 2.79 x 0.08) - 0.08
    assert found.helped.lower == pytest.approx(50 * (0.2232 / 1.1432 - 0.08))


def test_each_group_starts_from_its_own_level(run: Any, change: Any) -> None:
    use = {"effect_size": "es37", "fidelity": 1.0, "transfer": 1.0}
    found = run(change(use=use)).computed
    for group, good in zip(found.groups, (0.70, 0.85, 0.95), strict=True):
        better = 10.39 * good / (1 - good + 10.39 * good) - good
        assert group.helped.value == pytest.approx(group.reached * better)


@pytest.mark.parametrize(
    ("scale", "value", "before", "after"),
    [
        ("RD", 9.5, 0.271, 0.366),  # es36: 27.1 % -> 36.6 %
        ("RR", 0.76, 0.5, 0.38),
        ("HR", 2.0, 0.3, 0.6),
        ("relative_change", 18.0, 0.5, 0.59),
        ("SMD", 0.0, 0.3, 0.3),
        ("SMD", 1.6448536, 0.5, 0.95),  # Φ(0 + z95)
        ("RR", 2.46, 0.9, 1.0),  # never above 1
    ],
)
def test_scales_are_converted_at_the_start_level(
    scale: Any, value: float, before: float, after: float
) -> None:
    assert shifted(scale, value, before) == pytest.approx(after, abs=1e-7)


def test_a_favourable_indicator_rises_by_what_the_adverse_one_falls(
    run: Any, change: Any, figures: Any
) -> None:
    falls = run(change()).computed
    rises = run(
        change(use={"determinant": "i_arbeid"}),
        observations=figures(("i_arbeid", (70.0, 85.0, 95.0), {})),
    ).computed
    assert rises.helped.value == pytest.approx(falls.helped.value)
    for up, down in zip(rises.groups, falls.groups, strict=True):
        assert up.determinant_after.value == pytest.approx(1 - down.determinant_after.value)


def test_a_stated_side_lets_an_effect_do_harm(run: Any, change: Any) -> None:
    # The study counted something bad, and there was more of it.
    found = run(change(use={"effect_on": Polarity.ADVERSE})).computed
    assert found.helped.value == pytest.approx(-50 * 0.0608)
    assert found.groups[0].determinant_after.value > 0.30


def test_outcome_cases_follow_the_impact_fraction(run: Any, change: Any) -> None:
    use = {"effect_size": "es36b", "outcome_effect": "es17", "outcome": "dod"}
    found = run(change(use=use)).computed
    # Basic: 1000 persons x 400/100 000 = 4 deaths. P = 0.30 falls by 1.302857/1000.
    # PIF = 0.4 x 0.001302857 x 0.63 / (1 + 0.30 x 0.63)
    expected = 4 * 0.4 * (50 * 300 / 700 * 0.0608 / 1000) * 0.63 / (1 + 0.30 * 0.63)
    basic = found.groups[0]
    assert basic.outcome_before == pytest.approx(4.0)
    assert basic.averted.value == pytest.approx(expected)
    assert basic.averted.lower < basic.averted.value < basic.averted.upper
    assert found.averted.value == pytest.approx(sum(g.averted.value for g in found.groups))
    assert "impact.assumption.causal_default" in {m.key for m in found.assumptions}


def test_the_impact_fraction_equals_the_fall_in_expected_cases() -> None:
    # 100 people, 30 exposed with double risk: 130 units of risk; 20 exposed: 120.
    assert impact_fraction(0.30, 0.20, 2.0) == pytest.approx(10 / 130)


def test_no_money_changes_exactly_nothing(run: Any, change: Any) -> None:
    found = run(change(nok_per_year=0.0, use={"effect_size": "es36b", "outcome_effect": "es17",
                                              "outcome": "dod"})).computed  # fmt: skip
    assert found.helped.value == found.helped.lower == found.helped.upper == 0
    assert found.averted.value == 0
    assert found.gap_after.value == found.gap_before
    assert found.sii_after.value == found.sii_before
    assert found.verdict == "no_change"
    assert found.nok_per_helped is None


def test_taking_money_away_is_the_same_sum_with_the_sign_turned(run: Any, change: Any) -> None:
    more = run(change(use={"effect_size": "es36b"})).computed
    less = run(change(nok_per_year=-4_500_000.0, use={"effect_size": "es36b"})).computed
    assert less.helped.value == pytest.approx(-more.helped.value)
    assert less.helped.lower == pytest.approx(-more.helped.upper)
    assert less.capacity == -more.capacity
    assert less.verdict == "widens"
    assert less.nok_per_helped == pytest.approx(more.nok_per_helped)


def test_money_beyond_the_demand_is_shown_as_unused(run: Any, change: Any) -> None:
    # 700 in need x 90 000 kr = 63 000 000 kr.
    found = run(change(nok_per_year=70_000_000.0)).computed
    assert found.reached == pytest.approx(700)
    assert found.unused_nok == pytest.approx(7_000_000)


def test_zones_are_counted_by_their_own_people(run: Any, change: Any, people: Any) -> None:
    rows = [
        {"age": "18-29", "education": g, "persons": n, "place": p}
        for p, factor in (("9901", 10.0), ("9901-01", 1.0))
        for g, n in (
            ("basic", 100.0 * factor),
            ("upper_secondary", 200 * factor),
            ("higher", 200 * factor),
        )
    ]
    found = run(change(places=("9901-01",)), population=people(rows)).computed
    assert [g.population for g in found.groups] == [100, 200, 200]
    assert found.reached == pytest.approx(50)


def test_separate_margins_are_used_and_said(run: Any, change: Any, people: Any) -> None:
    rows = [{"age": "18-29", "persons": 500.0}, {"age": "30-66", "persons": 500.0}]
    rows += [{"education": "basic", "persons": 200.0}, {"education": "higher", "persons": 800.0}]
    found = run(change(), population=people(rows)).computed
    assert [g.population for g in found.groups] == [100, 0, 400]
    assert "impact.assumption.margins" in {m.key for m in found.assumptions}


def test_people_are_not_counted_twice_where_tables_stand_beside_each_other(
    run: Any, change: Any, people: Any
) -> None:
    joint = [{"age": "18-29", "education": "basic", "sex": s, "persons": 50.0} for s in "fm"]
    rows = [*joint, {"age": "18-29", "persons": 100.0}, {"education": "basic", "persons": 100.0}]
    found = run(change(), population=people(rows)).computed
    assert found.groups[0].population == 100


def test_half_an_age_band_counts_half(run: Any, change: Any) -> None:
    found = run(change(use={"ages": (24, 29)})).computed
    assert [g.population for g in found.groups] == [500, 1000, 1000]


def test_national_levels_are_flagged_and_trusted_little(
    run: Any, change: Any, figures: Any
) -> None:
    national = figures(("utenfor", (30.0, 15.0, 5.0), {"place": "0"}))
    found = run(change(use={"effect_size": "es36b"}), observations=national)
    assert "impact.assumption.estimated" in {m.key for m in found.computed.assumptions}
    assert found.trust == "low"
    assert run(change(use={"effect_size": "es36b"})).trust == "high"


def test_the_newest_complete_period_is_used(run: Any, change: Any, figures: Any) -> None:
    table = figures(
        ("utenfor", (40.0, 20.0, 10.0), {"period_start": 2020}),
        ("utenfor", (30.0, 15.0, 5.0), {"period_start": 2024}),
    ).vstack(figures(("utenfor", (99.0, 99.0, 99.0), {"period_start": 2026})).head(2))
    assert run(change(), observations=table).computed.groups[0].determinant_before == 0.30


@pytest.mark.parametrize(
    ("use", "why"),
    [
        ({"effect_size": "es35"}, "impact.why.direction_only"),
        ({"effect_size": "es28"}, "impact.why.scale"),
        ({"effect_size": "es99"}, "impact.why.unknown_effect_size"),
        ({"determinant": "ukjent"}, "impact.why.unknown_indicator"),
        ({"determinant": "levealder"}, "impact.why.indicator_scale"),
        ({"determinant": "i_arbeid"}, "impact.why.no_levels"),
        ({"ages": (70, 80)}, "impact.why.no_population"),
    ],
)
def test_what_cannot_be_computed_says_why_and_carries_no_number(
    run: Any, change: Any, use: dict[str, Any], why: str
) -> None:
    found = run(change(use=use))
    assert found.computed is None
    assert found.why_not_computed.key == why
    assert all(c.score is None for c in found.criteria)


def test_every_message_of_the_chain_has_its_text_in_all_languages(run: Any, change: Any) -> None:
    found = [
        run(change(nok_per_year=nok, use={"effect_size": e, "outcome_effect": "es17",
                                          "outcome": "dod", "uptake_gradient": g})).computed
        for nok in (4_500_000.0, -4_500_000.0, 9e7, -9e7)
        for e in ("es36", "es36b", "es37")
        for g in (0.0, 0.5, -0.5)
    ]  # fmt: skip
    for effect in found:
        for message in (*effect.chain, *effect.assumptions):
            for lang in ("nb", "nn", "en"):
                text = Say(lang).message(message)  # type: ignore[arg-type]
                assert "{" not in text


def test_the_reader_can_redo_the_sum(run: Any, change: Any) -> None:
    text = "\n".join(Say("nb").message(m) for m in run(change()).computed.chain)
    assert "4\xa0500\xa0000 kr i året delt på 90\xa0000 kr per deltaker gir plass til 50" in text
    assert "21,43 × 9,5 % × 0,64 = 1,3 personer" in text
    assert "I alt får 3,04 personer det bedre" in text


def test_ridits_of_three_groups_equal_the_definition() -> None:
    assert social_ranks((25, 50, 25)) == (-0.375, 0.0, 0.375)


people_in_groups = st.lists(st.floats(1.0, 1e4), min_size=1, max_size=6)


@given(people_in_groups, st.just(0.0) | st.floats(1e-3, 1e8), st.floats(-6, 6))
def test_capacity_is_never_exceeded_and_always_filled(
    eligible: list[float], nok: float, gradient: float
) -> None:
    found = reach(
        nok=nok,
        unit_cost_nok=1e4,
        eligible=eligible,
        ranks=social_ranks(eligible),
        gradient=gradient,
    )
    used = sum(found.persons)
    assert used <= found.capacity * (1 + 1e-12)
    assert used == pytest.approx(min(found.capacity, sum(eligible)), rel=1e-9)
    assert all(0 <= n <= e for n, e in zip(found.persons, eligible, strict=True))
    assert found.unused_nok == pytest.approx(max(0.0, nok - sum(eligible) * 1e4), abs=1e-2)


@given(people_in_groups, st.floats(1e4, 1e6), st.floats(-6, 6))
def test_two_half_groups_equal_one(eligible: list[float], nok: float, gradient: float) -> None:
    ranks = social_ranks(eligible)
    one = reach(nok=nok, unit_cost_nok=1e4, eligible=eligible, ranks=ranks, gradient=gradient)
    halves = [e / 2 for e in eligible for _ in range(2)]
    doubled = [r for r in ranks for _ in range(2)]
    two = reach(nok=nok, unit_cost_nok=1e4, eligible=halves, ranks=doubled, gradient=gradient)
    sums = [a + b for a, b in zip(two.persons[::2], two.persons[1::2], strict=True)]
    assert sums == pytest.approx(list(one.persons), rel=1e-6, abs=1e-9)


def test_uptake_gradient_decides_who_comes_first() -> None:
    def shares(gradient: float) -> list[float]:
        found = reach(
            nok=100.0, unit_cost_nok=1.0, eligible=(100, 100, 100),
            ranks=(-1 / 3, 0, 1 / 3), gradient=gradient,
        )  # fmt: skip
        return [n / 100 for n in found.persons]

    assert shares(0.0) == pytest.approx([1 / 3] * 3)
    assert shares(2.0)[0] < shares(2.0)[1] < shares(2.0)[2]
    # The log-odds differ by β (z_top - z_bottom) = 2 x 2/3.
    low, _, top = shares(2.0)
    assert log(top / (1 - top)) - log(low / (1 - low)) == pytest.approx(4 / 3, rel=1e-6)
    assert shares(-2.0) == pytest.approx(shares(2.0)[::-1])


def test_help_grows_with_money(run: Any, change: Any) -> None:
    amounts = (1e6, 2e6, 5e6, 2e7, 9e7)
    helped = [run(change(nok_per_year=nok)).computed.helped.value for nok in amounts]
    assert helped == sorted(helped)
    assert helped[1] == pytest.approx(2 * helped[0])


@given(st.floats(0.01, 0.99), st.floats(0.2, 5.0))
def test_odds_ratio_gives_the_same_from_either_side(p: float, ratio: float) -> None:
    assert shifted("OR", ratio, p) == pytest.approx(1 - shifted("OR", 1 / ratio, 1 - p))


def test_an_effect_of_none_changes_nothing_on_every_scale(catalogue: Any) -> None:
    for scale, none in (("RD", 0.0), ("RR", 1.0), ("OR", 1.0), ("SMD", 0.0)):
        found = catalogue("none", scale, none).effect_size("none")
        assert improvement(found, adverse=0.3).value == 0.0
