"""Disproportionality and impact: values from outside, invariance, and how often limits hold."""

from __future__ import annotations

import csv
import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jevn.indices import (
    INDICES,
    PUBLIC_AVERSION,
    GroupedData,
    GroupedSettings,
    atkinson_index,
    coefficient_of_variation,
    equally_distributed_equivalent_atkinson,
    equally_distributed_equivalent_kolm,
    excess_cases,
    kolm_index,
    mean_difference_from_best,
    mean_difference_from_reference,
    mean_log_deviation,
    mean_log_deviation_corrected,
    population_attributable_fraction,
    population_attributable_risk,
    stacked,
    theil_index,
    theil_index_corrected,
)
from jevn.indices.folded_limits import greatest_normal
from jevn.terms import Polarity, Scale

REFERENCE = {
    "bgv_delta": INDICES["bgv"],
    "bgsd_delta": INDICES["bgsd"],
    "cov_delta": INDICES["cov"],
    "ti_delta": theil_index,
    "ti_limit": theil_index,
    "mld_delta": mean_log_deviation,
    "atkinson_0.5": lambda d: atkinson_index(d, epsilon=0.5),
    "atkinson_1": lambda d: atkinson_index(d, epsilon=1.0),
    "atkinson_2": lambda d: atkinson_index(d, epsilon=2.0),
    "ge2": INDICES["ge2"],
    "kolm_k_1_over_mean": kolm_index,
    "gini_between": INDICES["gini"],
    "par_ref_top": population_attributable_risk,
    "paf_ref_top": population_attributable_fraction,
}
SIZES = ("bgv", "bgsd", "cov", "ti", "mld", "ge2", "atkinson", "kolm", "gini", "idisw", "mdmw")
RELATIVE = ("cov", "ti", "mld", "ge2", "atkinson", "gini", "idisw", "idisu", "paf")
ABSOLUTE = ("bgsd", "mdmw", "mdmu", "mdbw", "mdbu", "mdrw", "mdru", "par")
THREE = GroupedData(
    (30.0, 20.0, 10.0),
    (200.0, 300.0, 500.0),
    (3.0, 2.0, 1.0),
    (1.0, 2.0, 3.0),
    scale=Scale.PERCENT,
    polarity=Polarity.ADVERSE,
)


def rows_of(path):
    found = {}
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["setting"], []).append(row)
    return found


def data_of(rows):
    def column(name):
        return tuple(float(r[name]) for r in rows)

    return GroupedData(
        column("estimate"), column("population"), column("se"), orders=column("subgroup_order")
    )


@pytest.mark.parametrize("name", REFERENCE)
def test_estimate_and_standard_error_equal_those_in_r(name, shared_data):
    oracle = shared_data / "oracles" / "inequality"
    expected = json.loads((oracle / "expected.json").read_text("utf-8"))["reference"]
    rows = [r for r in expected if r["measure"] == name]
    assert rows
    for row in rows:
        result = REFERENCE[name](data_of(rows_of(oracle / f"{row['dataset']}.csv")[row["group"]]))
        for part in ("estimate", "se"):
            if row[part] is not None:
                found = getattr(result, part)
                assert math.isclose(found, row[part], rel_tol=1e-8, abs_tol=1e-8), (row, part)


def test_sums_done_by_hand():
    # Mean 17; distances 13, 3, -7.
    found = {
        name: INDICES[name](THREE).estimate for name in ("mdmw", "mdmu", "mdbw", "mdrw", "par")
    }
    assert found == pytest.approx({"mdmw": 7, "mdmu": 23 / 3, "mdbw": 7, "mdrw": 7, "par": -7})
    assert mean_difference_from_reference(replace(THREE, reference=1)).estimate == pytest.approx(7)
    assert population_attributable_risk(THREE, against="median").estimate == pytest.approx(-2)


def test_a_zero_is_a_limit_for_theil_and_a_reason_for_the_mean_log_deviation():
    data = replace(THREE, estimates=(30.0, 20.0, 0.0), standard_errors=(3.0, 2.0, 0.0))
    # Mean 12; shares of the total .5 and .5, of persons .2 and .3.
    expected = 1000 * (0.5 * math.log(0.5 / 0.2) + 0.5 * math.log(0.5 / 0.3))
    assert theil_index(data).estimate == pytest.approx(expected)
    assert theil_index(data).upper > expected
    result = mean_log_deviation(data)
    assert (result.estimate, result.note) == (None, "indices.note.zero_group")
    assert atkinson_index(data).estimate == 1.0
    assert atkinson_index(data).note == "indices.note.zero_decides"


@pytest.mark.parametrize("name", SIZES)
def test_equal_groups_have_no_inequality_but_an_upper_limit(name):
    result = INDICES[name](replace(THREE, estimates=(20.0,) * 3))
    assert (result.estimate, result.lower) == (0.0, 0.0)
    assert result.upper > 0


@pytest.mark.parametrize("name", SIZES)
def test_without_error_the_limits_are_the_estimate(name):
    result = INDICES[name](replace(THREE, standard_errors=(0.0,) * 3))
    assert (result.lower, result.upper) == pytest.approx((result.estimate,) * 2, rel=1e-6)


@pytest.mark.parametrize("name", SIZES)
def test_without_standard_errors_there_are_no_limits(name):
    result = INDICES[name](replace(THREE, standard_errors=(3.0, None, 1.0)))
    assert result.estimate is not None
    assert (result.se, result.lower, result.upper) == (None, None, None)


@settings(max_examples=20)
@given(st.lists(st.floats(1, 60), min_size=2, max_size=6), st.floats(0.1, 50))
def test_relative_indices_do_not_feel_a_factor_nor_absolute_ones_a_shift(values, change):
    data = GroupedData(
        tuple(values), orders=tuple(map(float, range(len(values)))), polarity=Polarity.FAVOURABLE
    )
    for name in RELATIVE:
        moved = replace(data, estimates=tuple(v * change for v in values))
        one, other = INDICES[name](data).estimate, INDICES[name](moved).estimate
        assert one == pytest.approx(other, rel=1e-6, abs=1e-8), name
    for name in ABSOLUTE:
        moved = replace(data, estimates=tuple(v + change for v in values))
        one, other = INDICES[name](data).estimate, INDICES[name](moved).estimate
        assert one == pytest.approx(other, rel=1e-6, abs=1e-6), name
    fixed = [
        kolm_index(replace(data, estimates=tuple(v + s for v in values)), kappa=0.1).estimate
        for s in (0.0, change)
    ]
    assert fixed[0] == pytest.approx(fixed[1], abs=1e-8)


def test_corrected_entropy_is_right_on_average_where_the_plug_in_is_too_great():
    rng = np.random.default_rng(3)
    truth = np.array([30.0, 25.0, 20.0])
    draws = rng.normal(truth, 3.0, (20_000, 3))
    many = settings_of(draws, np.full_like(draws, 3.0), np.array([0.2, 0.3, 0.5]))
    one = settings_of(truth[None], np.zeros((1, 3)), np.array([0.2, 0.3, 0.5]))
    for plain, corrected in (
        (theil_index, theil_index_corrected),
        (mean_log_deviation, mean_log_deviation_corrected),
    ):
        true = plain(one).estimate[0]
        excess = plain(many).estimate.mean() - true
        # Set to 0 where it would be negative, so a little above.
        assert abs(corrected(many).estimate.mean() - true) < 0.3 * excess


def settings_of(values, errors, shares, unit=100.0, polarity=-1):
    s, k = values.shape
    return GroupedSettings(
        values=values,
        populations=np.broadcast_to(1000 * shares, (s, k)).copy(),
        errors=errors,
        orders=np.broadcast_to(np.arange(1.0, k + 1), (s, k)).copy(),
        samples=np.full((s, k), np.nan),
        units=np.full(s, unit),
        floors=np.zeros(s),
        ceilings=np.full(s, unit),
        polarities=np.full(s, polarity, dtype=np.int8),
        references=np.full(s, -1, dtype=np.int64),
    )


@pytest.mark.parametrize("steepness", [0.0, 0.3, 1.2])
@pytest.mark.parametrize(
    "name", ["bgv", "cov", "ti", "mld", "atkinson", "kolm", "mdmw", "par", "paf"]
)
def test_limits_hold_in_about_95_of_100_surveys(name, steepness):
    rng = np.random.default_rng(20)
    shares = np.array([0.05, 0.25, 0.3, 0.4])
    truth = 0.1 * np.exp(steepness * np.linspace(0.5, -0.5, 4))
    samples = (4000 * shares).astype(int)
    drawn = rng.binomial(samples, truth, (800, 4)) / samples
    many = settings_of(100 * drawn, 100 * np.sqrt(drawn * (1 - drawn) / samples), shares)
    true = INDICES[name](settings_of(100 * truth[None], np.zeros((1, 4)), shares)).estimate[0]
    found = INDICES[name](many)
    held = ((found.lower <= true + 1e-9) & (true - 1e-9 <= found.upper)).mean()
    assert 0.92 <= held <= 0.98


def test_the_greatest_of_normal_values_equals_simulation():
    means, variances = np.array([[1.0, 1.5, 0.2, -np.inf]]), np.array([[1.0, 0.5, 1.5, 1.0]])
    draws = np.random.default_rng(4).normal(means[0, :3], np.sqrt(variances[0, :3]), (200_000, 3))
    top, variance, chance = greatest_normal(means, variances)
    assert top[0] == pytest.approx(draws.max(axis=1).mean(), abs=0.03)
    assert variance[0] == pytest.approx(draws.max(axis=1).var(), rel=0.06)
    won = np.bincount(draws.argmax(axis=1)) / len(draws)
    assert chance[0] == pytest.approx([*won, 0.0], abs=0.03)


def test_the_best_group_must_be_known():
    result = mean_difference_from_best(replace(THREE, polarity=None))
    assert (result.estimate, result.note) == (None, "indices.note.no_polarity")
    unordered = replace(THREE, orders=None, polarity=None)
    assert population_attributable_risk(unordered).note == "indices.note.no_reference"
    hidden = replace(THREE, reference=2, estimates=(30.0, 20.0, None))
    assert population_attributable_risk(hidden).note == "indices.note.reference_missing"


def test_impact_is_forced_to_zero_only_on_request_and_says_so():
    data = replace(THREE, polarity=Polarity.FAVOURABLE)
    assert population_attributable_risk(data).estimate == pytest.approx(-7)
    forced = population_attributable_risk(data, floor=True)
    assert (forced.estimate, forced.note) == (0.0, "indices.note.floored")
    with pytest.raises(ValueError, match="against"):
        population_attributable_risk(data, against="worst")


def test_excess_cases_are_persons():
    # Of 1 000 persons 170 are cases; 100 would be if all had the best rate.
    found = excess_cases(stacked([THREE, replace(THREE, polarity=None)]))
    assert found.cases[0] == pytest.approx(70)
    assert 0 <= found.lower[0] < 70 < found.upper[0]
    assert np.isnan(found.cases[1])
    assert found.notes[found.note[1]] == "indices.note.no_polarity"
    assert excess_cases(stacked([THREE]), against="median").cases[0] == pytest.approx(20)
    nobody = excess_cases(stacked([replace(THREE, populations=None)]))
    assert nobody.notes[nobody.note[0]] == "indices.note.no_persons"


def test_equivalents_lie_between_the_worst_off_and_the_mean():
    data = GroupedData((60.0, 70.0, 80.0), (20.0, 30.0, 50.0), (1.0, 1.0, 1.0))
    for index in (equally_distributed_equivalent_atkinson, equally_distributed_equivalent_kolm):
        result = index(data)
        assert 60 < result.estimate < 73
        assert result.lower < result.estimate < result.upper
    strong = equally_distributed_equivalent_atkinson(
        data, epsilon=PUBLIC_AVERSION["england"].atkinson
    )
    assert strong.estimate < equally_distributed_equivalent_atkinson(data).estimate
    # The share of the mean lost is the index itself.
    assert atkinson_index(data, epsilon=3.52).estimate == pytest.approx(
        1 - equally_distributed_equivalent_atkinson(data).estimate / 73
    )


def test_equivalent_of_adverse_values_is_said_to_mislead_and_can_be_turned():
    plain = equally_distributed_equivalent_kolm(THREE)
    assert (plain.estimate < 17, plain.note) == (True, "indices.note.ede_adverse")
    turned = equally_distributed_equivalent_kolm(THREE, adverse=True)
    health = replace(THREE, estimates=(70.0, 80.0, 90.0), polarity=Polarity.FAVOURABLE)
    assert turned.estimate == pytest.approx(
        100 - equally_distributed_equivalent_kolm(health).estimate
    )
    assert turned.note is None


@pytest.mark.parametrize("wrong", [0.0, -1.0, float("nan")])
def test_aversion_must_be_positive(wrong):
    for call in (
        lambda: atkinson_index(THREE, epsilon=wrong),
        lambda: kolm_index(THREE, kappa=wrong),
    ):
        with pytest.raises(ValueError, match="above 0"):
            call()


def test_coefficient_of_variation_is_the_root_of_twice_the_entropy_of_order_2():
    cov, ge2 = coefficient_of_variation(THREE), INDICES["ge2"](THREE)
    assert cov.upper == pytest.approx(100 * math.sqrt(2 * ge2.upper))
