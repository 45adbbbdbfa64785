"""Formulas against sums done by hand, and what they must do at their edges."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jevn.indices import (
    GroupedData,
    Interval,
    absolute_concentration_index,
    burden_positive,
    difference,
    difference_of,
    index_of_disparity,
    index_of_disparity_unweighted,
    proportion,
    rank_line,
    rate,
    ratio,
    relative_concentration_index,
    ridits,
    rii_linear,
    sii_linear,
)
from jevn.terms import Polarity, Say, Scale

THREE = GroupedData(
    estimates=(30.0, 20.0, 10.0),
    populations=(20.0, 30.0, 50.0),
    standard_errors=(3.0, 2.0, 1.0),
    orders=(1, 2, 3),
    polarity=Polarity.ADVERSE,
)
ALL = (
    difference,
    ratio,
    sii_linear,
    rii_linear,
    absolute_concentration_index,
    relative_concentration_index,
    index_of_disparity,
)


def test_tied_groups_share_their_mean_rank_whatever_the_order_of_rows():
    assert ridits(np.array([10.0, 10.0, 20.0]), np.array([1.0, 1.0, 2.0])).tolist() == [
        0.25,
        0.25,
        0.75,
    ]


def test_slope_by_hand():
    # Ridits .1 .35 .75; shares .2 .3 .5; mean rank .5; mean value 17.
    # Sxx = .2*.16 + .3*.0225 + .5*.0625 = .07; Sxy = .2*(-.4)*13 + .3*(-.15)*3 + .5*.25*(-7)
    # = -1.04 - .135 - .875 = -2.05; b = -2.05/.07 = -29.2857; a = 17 + 14.642857 = 31.642857
    result = sii_linear(THREE)
    assert result.estimate == pytest.approx(-2.05 / 0.07)
    # c = (-.08, -.045, .125)/.07; se^2 = (.08^2*9 + .045^2*4 + .125^2)/.0049
    se = math.sqrt(0.0064 * 9 + 0.002025 * 4 + 0.015625) / 0.07
    assert result.se == pytest.approx(se)
    assert result.lower == pytest.approx(-2.05 / 0.07 - 1.959963984540054 * se)
    assert rii_linear(THREE).estimate == pytest.approx(
        (31.642857142857142 - 29.285714285714286) / 31.642857142857142
    )


def test_concentration_index_by_hand():
    # ACI = 2 (.2*(-.4)*30 + .3*(-.15)*20 + .5*.25*10) = 2 (-2.4 - .9 + 1.25) = -4.1; mean 17
    assert absolute_concentration_index(THREE).estimate == pytest.approx(-4.1)
    assert relative_concentration_index(THREE).estimate == pytest.approx(-4.1 / 17)


def test_index_of_disparity_by_hand():
    # |30-17|*.2 + |20-17|*.3 + |10-17|*.5 = 2.6 + .9 + 3.5 = 7; unweighted (13+3+7)/3
    assert index_of_disparity(THREE).estimate == pytest.approx(700 / 17)
    assert index_of_disparity_unweighted(THREE).estimate == pytest.approx(100 * 23 / 3 / 17)


def test_difference_and_ratio_by_hand():
    d, r = difference(THREE), ratio(THREE)
    assert (d.estimate, d.se) == pytest.approx((-20.0, math.sqrt(10)))
    log_se = math.sqrt(0.1**2 + 0.1**2)
    assert (r.estimate, r.se) == pytest.approx((1 / 3, log_se / 3))
    assert r.upper == pytest.approx(math.exp(math.log(1 / 3) + 1.959963984540054 * log_se))


@pytest.mark.parametrize("index", [sii_linear, rii_linear, relative_concentration_index])
def test_the_standard_error_equals_that_of_simulated_values(index):
    draws = np.random.default_rng(1).normal(THREE.estimates, THREE.standard_errors, (20_000, 3))
    found = [
        index(GroupedData(tuple(map(float, d)), THREE.populations, orders=THREE.orders)).estimate
        for d in draws
    ]
    assert index(THREE).se == pytest.approx(np.std(found), rel=0.06)


def test_two_groups_have_a_slope_of_twice_their_difference():
    two = GroupedData((10.0, 16.0), (300.0, 700.0), orders=(1, 2))
    assert sii_linear(two).estimate == pytest.approx(12.0)


@pytest.mark.parametrize("index", ALL)
def test_one_group_gives_no_number_but_a_reason(index):
    result = index(GroupedData((10.0, None), (5.0, 5.0), orders=(1, 2)))
    assert result.estimate is None
    assert Say("nb").has(result.note)


@pytest.mark.parametrize("index", ALL)
def test_equal_groups_have_no_inequality(index):
    data = GroupedData((7.0, 7.0, 7.0), (2.0, 3.0, 4.0), (0.1, 0.2, 0.3), (1, 2, 3))
    nothing = 1.0 if index in (ratio, rii_linear) else 0.0
    assert index(data).estimate == pytest.approx(nothing, abs=1e-12)


def test_a_hidden_group_keeps_its_place_on_the_ladder():
    data = GroupedData((30.0, None, 10.0), (20.0, 30.0, 50.0), orders=(1, 2, 3))
    line = rank_line(data)
    assert line.ranks == pytest.approx((0.1, 0.35, 0.75))
    assert sii_linear(data).estimate == pytest.approx(-20 / 0.65)
    assert sii_linear(data).note == "indices.note.missing_group"


def test_without_persons_groups_count_the_same_and_it_is_said():
    result = sii_linear(GroupedData((30.0, 10.0), orders=(1, 2)))
    assert (result.weights, result.note) == ("equal", "indices.note.equal_weights")


def test_a_line_that_ends_below_zero_has_a_ratio_without_interval():
    steep = GroupedData((60.0, 1.0, 0.5), (30.0, 30.0, 40.0), (1.0, 0.1, 0.1), (1, 2, 3))
    result = rii_linear(steep)
    assert (result.lower, result.note) == (None, "indices.note.fit_not_positive")


def test_burden_positive_turns_adverse_indices_only():
    native, turned = sii_linear(THREE), burden_positive(sii_linear(THREE))
    assert (turned.estimate, turned.lower) == (-native.estimate, -native.upper)
    ratio_turned = burden_positive(ratio(THREE))
    assert ratio_turned.estimate == pytest.approx(3.0)
    assert ratio_turned.lower == pytest.approx(1 / ratio(THREE).upper)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(1, 99), st.floats(1, 1e5), st.floats(0.1, 5)), min_size=2, max_size=8
    ),
    st.floats(0.01, 100),
    st.randoms(use_true_random=False),
)
def test_scale_of_values_and_persons_and_order_of_rows(groups, factor, random):
    def data(rows, value=1.0, persons=1.0):
        return GroupedData(
            tuple(value * y for _, (y, _, _) in rows),
            tuple(persons * p for _, (_, p, _) in rows),
            tuple(value * s for _, (_, _, s) in rows),
            tuple(float(o) for o, _ in rows),
        )

    rows = list(enumerate(groups, start=1))
    shuffled = rows.copy()
    random.shuffle(shuffled)
    for index in ALL:
        base = index(data(rows)).estimate
        if base is None or (index is rii_linear and abs(base) > 100):
            continue  # a fitted bottom near zero: the quotient is ill-conditioned
        absolute = index in (difference, sii_linear, absolute_concentration_index)
        scaled = index(data(rows, value=factor)).estimate
        assert scaled == pytest.approx(base * (factor if absolute else 1), rel=1e-6, abs=1e-6)
        persons = index(data(rows, persons=factor)).estimate
        assert persons == pytest.approx(base, rel=1e-6, abs=1e-6)
        assert index(data(shuffled)).estimate == pytest.approx(base, rel=1e-6, abs=1e-6)
    assert abs(relative_concentration_index(data(rows)).estimate) <= 1


@settings(deadline=None)
@given(st.integers(0, 400), st.integers(1, 400))
def test_wilson_limits_hold_the_estimate_and_stay_inside(cases, persons):
    cases = min(cases, persons)
    found = proportion(cases, persons)
    assert 0 <= found.lower <= found.estimate <= found.upper <= 1


@settings(deadline=None)
@given(st.integers(0, 5000))
def test_limits_of_a_rate_hold_the_estimate(events):
    found = rate(events, 1000)
    assert 0 <= found.lower <= found.estimate < found.upper


def test_difference_of_two_proportions_as_published():
    # Newcombe 1998, Table II, example (a): 56/70 - 48/80, method 10: 0.0524 to 0.3339.
    found = difference_of(proportion(56, 70), proportion(48, 80))
    assert (found.estimate, found.lower, found.upper) == pytest.approx(
        (0.2, 0.0524, 0.3339), abs=5e-5
    )


@pytest.mark.parametrize("bad", [(3, 2), (-1, 2), (0, 0)])
def test_impossible_counts_are_refused(bad):
    with pytest.raises(ValueError, match="cases"):
        proportion(*bad)


def test_grouped_data_are_valid_from_birth():
    for wrong in (
        {"estimates": ()},
        {"estimates": (1.0,), "populations": (1.0, 2.0)},
        {"estimates": (1.0,), "populations": (-1.0,)},
        {"estimates": (float("nan"),)},
        {"estimates": (1.0,), "standard_errors": (-1.0,)},
    ):
        with pytest.raises(ValueError, match=r"groups|populations|estimates|standard_errors"):
            GroupedData(**wrong)


def test_interval_on_another_scale():
    assert Interval(0.1, 0.05, 0.2, "wilson").times(100).upper == pytest.approx(20)


def test_a_difference_needs_the_errors_of_its_two_groups_alone():
    data = GroupedData((30.0, 20.0, 10.0), standard_errors=(3.0, None, 4.0), orders=(1, 2, 3))
    result = difference(data)
    assert result.se == pytest.approx(5.0)
    assert (result.lower, result.upper) == pytest.approx((-20 - 9.8, -20 + 9.8), abs=1e-3)


def test_limits_of_a_difference_of_shares_are_newcombes():
    # Newcombe 1998, Stat Med 17: 873-890, table II, contrast (a): 56/70 and 48/80, method 10.
    shares = (48 / 80, 56 / 70)
    data = GroupedData(
        shares,
        standard_errors=tuple(
            (p * (1 - p) / n) ** 0.5 for p, n in zip(shares, (80, 70), strict=True)
        ),
        orders=(1, 2),
        scale=Scale.PROPORTION,
    )
    result = difference(data)
    assert result.estimate == pytest.approx(0.2)
    assert (result.lower, result.upper) == pytest.approx((0.0524, 0.3339), abs=5e-5)
