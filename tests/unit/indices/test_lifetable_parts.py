"""Splits of gaps in life expectancy against the formula of Arriaga, step by step."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.indices import life_table, split_of_gap

STARTS = (0, 1, *range(5, 90, 5))
AGES = len(STARTS)


def two(seed=1, areas=3, size=20_000):
    rng = np.random.default_rng(seed)
    middle = np.array(STARTS) + 2.5
    rates = np.where(middle < 3.6, 0.003, 5e-5 * 2 ** (middle / 8))
    tables, causes = [], []
    for factor in (1.0, 1.4):
        persons = np.ceil(rng.uniform(0.3, 1, (areas, AGES)) * size)
        deaths = rng.poisson(
            factor * np.minimum(rates, 0.15)[:, None] / 3 * persons[..., None], (areas, AGES, 3)
        ).astype(float)
        deaths[:, -1] += 1
        tables.append(life_table(deaths.sum(2), persons, STARTS))
        causes.append(deaths)
    return tables, tuple(causes)


def arriaga(first, second, area):
    """Direct, indirect and joint effect of each age on second - first, as printed."""
    l1, l2 = first.survivors[area], second.survivors[area]
    y1, y2 = first.years[area], second.years[area]
    t1, t2 = first.years_above[area], second.years_above[area]
    found = []
    for x in range(AGES - 1):
        direct = l1[x] / l1[0] * (y2[x] / l2[x] - y1[x] / l1[x])
        later = t2[x + 1] / l1[0] * (l1[x] / l2[x] - l1[x + 1] / l2[x + 1])
        found.append(direct + later)
    found.append(l1[-1] / l1[0] * (t2[-1] / l2[-1] - t1[-1] / l1[-1]))
    return np.array(found)


def test_ages_equal_the_printed_formula():
    (one, other), causes = two()
    found = split_of_gap(one, other, causes=causes)
    for area in range(3):
        expected = arriaga(other, one, area)
        np.testing.assert_allclose(found.by_age.estimate[area], expected, atol=1e-11)
        difference = one.rates[area] - other.rates[area]
        rates = [
            c[area] / t.persons[area][:, None] for c, t in zip(causes, (one, other), strict=True)
        ]
        share = (rates[0] - rates[1]) / difference[:, None]
        by_hand = expected[:, None] * share
        np.testing.assert_allclose(found.by_age_and_cause.estimate[area], by_hand, atol=1e-10)
    assert np.isnan(found.gap.lower).all()


@given(st.integers(0, 10_000), st.booleans(), st.sampled_from([400, 20_000]))
def test_every_split_sums_to_the_gap(seed, symmetric, size):
    (one, other), causes = two(seed, size=size)
    found = split_of_gap(one, other, causes=causes, symmetric=symmetric)
    gap = one.expectancies[:, 0] - other.expectancies[:, 0]
    for total in (
        found.gap.estimate,
        found.by_age.estimate.sum(1),
        found.by_cause.estimate.sum(1),
        found.by_age_and_cause.estimate.sum((1, 2)),
    ):
        np.testing.assert_allclose(total, gap, atol=1e-9)


def test_the_mean_of_both_directions_only_changes_sign_when_turned():
    (one, other), _ = two()
    there = split_of_gap(one, other, symmetric=True).by_age.estimate
    back = split_of_gap(other, one, symmetric=True).by_age.estimate
    np.testing.assert_allclose(there, -back, atol=1e-12)


def test_equal_rates_of_all_can_hide_causes_that_weigh_each_other_up():
    (one, _), causes = two(areas=1)
    turned = causes[0][..., ::-1].copy()
    found = split_of_gap(one, one, causes=(causes[0], turned))
    np.testing.assert_allclose(found.by_age.estimate, 0, atol=1e-12)
    assert (np.abs(found.by_cause.estimate[0, [0, 2]]) > 0.01).all()
    assert abs(found.by_cause.estimate.sum()) < 1e-12


def test_both_have_the_lower_open_end_and_bands_without_persons_are_filled():
    (one, other), _ = two()
    deaths, persons = other.deaths.copy(), other.persons.copy()
    deaths[0, -1] = 0
    deaths[1, 4], persons[1, 4] = 0, 0
    odd = life_table(deaths, persons, STARTS)
    found = split_of_gap(one, odd)
    joined = life_table(
        np.append(one.deaths[0, :-2], one.deaths[0, -2:].sum()),
        np.append(one.persons[0, :-2], one.persons[0, -2:].sum()),
        STARTS[:-1],
    )
    gap = joined.expectancies[0] - odd.expectancies[0, 0]
    np.testing.assert_allclose(found.by_age.estimate[0].sum(), gap)
    assert found.by_age.estimate[0, -1] == 0
    assert found.notes["open_band_joined"].tolist() == [True, False, False]
    whole = one.expectancies[1, 0] - odd.expectancies[1, 0]
    np.testing.assert_allclose(found.by_age.estimate[1].sum(), whole)
    assert found.notes["empty_band"].tolist() == [False, True, False]


def test_drawn_limits_are_repeatable_and_as_wide_as_the_standard_error():
    (one, other), causes = two(areas=2)
    found = split_of_gap(one, other, causes=causes, draws=800, seed=4)
    again = split_of_gap(one, other, causes=causes, draws=800, seed=4)
    np.testing.assert_array_equal(found.by_cause.lower, again.by_cause.lower)
    se = np.sqrt(one.variances[:, 0] + other.variances[:, 0])
    width = (found.gap.upper - found.gap.lower) / (2 * 1.96 * se)
    assert ((width > 0.9) & (width < 1.1)).all()
    for part in (found.gap, found.by_cause):
        assert ((part.lower < part.estimate) & (part.estimate < part.upper)).all()


def test_causes_that_do_not_sum_to_the_deaths_are_refused():
    (one, other), causes = two()
    less = causes[0].copy()
    less[1, 5] -= np.array([1, 0, 0]) * (less[1, 5] > 0)
    less[1, 18, 0] += 1
    with pytest.raises(ValueError, match="area 1"):
        split_of_gap(one, other, causes=(less, causes[1]))


def test_sums_hold_where_all_die_in_a_band_or_a_count_is_unknown():
    starts = (0, 30, 60)
    persons = [[100, 100, 100]] * 3
    one = life_table([[1, 90, 50], [1, 5, 50], [0, 0, 0]], persons, starts)
    other = life_table([[2, 80, 60], [1, np.nan, 50], [1, 1, 1]], persons, starts)
    found = split_of_gap(one, other)
    gap = one.expectancies[:, 0] - other.expectancies[:, 0]
    np.testing.assert_allclose(found.by_age.estimate.sum(1), gap, atol=1e-12)
    assert np.isnan(found.gap.estimate).tolist() == [False, True, True]
    assert found.notes["no_deaths"].tolist() == [False, False, True]
