"""Life tables, healthy life and splits of gaps against slow and simple ones written here."""

from __future__ import annotations

import csv
import itertools
import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.indices import (
    difference,
    expectancy_gap,
    expectancy_settings,
    healthy_life_expectancy,
    life_expectancy,
    life_expectancy_groups,
    life_table,
    notes_at,
    rii_linear,
    sii_linear,
)

BANDS = {
    18: tuple(range(0, 90, 5)),
    19: (0, 1, *range(5, 90, 5)),
    20: (0, 1, *range(5, 95, 5)),
    21: (0, 1, *range(5, 100, 5)),
}


def made_up(starts, areas=1, seed=1, size=3000):
    rng = np.random.default_rng(seed)
    middle = np.array(starts) + 2.5
    rates = np.where(middle < 3.6, 0.003, 5e-5 * 2 ** (middle / 8))
    persons = np.ceil(rng.uniform(0.5, 2, (areas, 1)) * size * np.exp(-2 * (middle / 90) ** 4)) + 5
    deaths = rng.binomial(persons.astype(int), np.minimum(rates, 0.3)).astype(float)
    deaths[:, -1] = np.maximum(deaths[:, -1], 2)
    return deaths, persons


def slow(deaths, persons, starts, first_year=0.1):
    """Years left and variance at each age, one band at a time from the textbook's columns."""
    k = len(starts)
    n = [b - a for a, b in itertools.pairwise(starts)] + [math.inf]
    a = [first_year if s == 0 and w == 1 else 0.5 for s, w in zip(starts, n, strict=True)]
    m = [d / p for d, p in zip(deaths, persons, strict=True)]
    alive, q, var = [1.0], [], []
    for i in range(k - 1):
        q.append(min(1.0, n[i] * m[i] / (1 + (1 - a[i]) * n[i] * m[i])))
        var.append(q[i] ** 2 * (1 - q[i]) / deaths[i] if deaths[i] else 0.0)
        alive.append(alive[i] * (1 - q[i]))
    lived = [n[i] * (alive[i + 1] + a[i] * (alive[i] - alive[i + 1])) for i in range(k - 1)]
    lived.append(alive[-1] / m[-1])
    e = [sum(lived[i:]) / alive[i] for i in range(k)]
    spread = [alive[i] ** 2 * ((1 - a[i]) * n[i] + e[i + 1]) ** 2 * var[i] for i in range(k - 1)]
    spread.append((alive[-1] / 2) ** 2 * 4 / (deaths[-1] * m[-1] ** 2))
    return np.array(e), np.array([sum(spread[i:]) / alive[i] ** 2 for i in range(k)])


@pytest.mark.parametrize("number", BANDS)
def test_equals_the_slow_table_with_any_bands_and_open_end(number):
    starts = BANDS[number]
    deaths, persons = made_up(starts, areas=4)
    found = life_table(deaths, persons, starts)
    for area in range(4):
        e, variance = slow(deaths[area], persons[area], starts)
        np.testing.assert_allclose(found.expectancies[area], e, rtol=1e-12)
        np.testing.assert_allclose(found.variances[area], variance, rtol=1e-10)
    np.testing.assert_allclose(found.years_above / found.survivors, found.expectancies)
    one = life_expectancy(deaths[2], persons[2], starts, level=0.998)
    np.testing.assert_array_equal(one.estimate, found.expectancies[2])
    np.testing.assert_allclose(one.upper - one.estimate, 3.0902323061678132 * one.se)


def test_zero_deaths_in_a_band_is_an_answer_with_a_note():
    starts = BANDS[20]
    deaths, persons = made_up(starts, size=20_000)
    deaths[0, 3] = 0
    found = life_expectancy(deaths, persons, starts)
    np.testing.assert_allclose(found.estimate[0], slow(deaths[0], persons[0], starts)[0])
    assert notes_at(found.notes, 0) == ("indices.note.band_without_deaths",)


def test_an_open_end_without_deaths_is_joined_with_the_band_below():
    starts = BANDS[20]
    deaths, persons = made_up(starts, areas=2)
    deaths[0, -1] = 0
    found = life_expectancy(deaths, persons, starts)
    joined = (
        np.append(deaths[0, :-2], deaths[0, -2:].sum()),
        np.append(persons[0, :-2], persons[0, -2:].sum()),
    )
    e, variance = slow(*joined, starts[:-1])
    np.testing.assert_allclose(found.estimate[0, :-1], e)
    np.testing.assert_allclose(found.se[0, :-1] ** 2, variance)
    assert np.isnan(found.estimate[0, -1])
    assert found.notes["open_band_joined"].tolist() == [True, False]


def test_a_band_without_persons_has_the_rate_and_the_uncertainty_of_the_next():
    starts = (0, 5, 10, 80)
    deaths, persons = np.array([[3.0, 0.0, 40.0, 90.0]]), np.array([[900.0, 0.0, 8000.0, 700.0]])
    found = life_table(deaths, persons, starts)

    def years(rate):
        return slow([3, rate * 1e6, rate * 1e6, 90], [900, 1e6, 1e6, 700], starts)[0][0]

    assert math.isclose(found.expectancies[0, 0], years(0.005))
    # By hand: what the shared rate moves in both its bands is added before it is squared.
    e, alive, q = (part[0] for part in (found.expectancies, found.survivors, found.probabilities))
    n, rates, behind = np.diff(starts), found.rates[0, :-1], np.array([900, 8000, 8000])
    spread = np.sqrt(q[:-1] * n / (1 + n / 2 * rates) * (1 - q[:-1]) / behind)
    moved = alive[:-1] * (n / 2 + e[1:]) * spread
    of_open = alive[-1] ** 2 / (90 * found.rates[0, -1] ** 2)
    by_hand = moved[0] ** 2 + (moved[1] + moved[2]) ** 2 + of_open
    assert math.isclose(found.variances[0, 0], by_hand)
    assert "indices.note.empty_band" in notes_at(found.notes, 0)


def test_small_places_nobody_dead_and_unknown_counts_answer_with_notes():
    starts = (0, 5, 60)
    deaths = [[0, 0, 0], [1, np.nan, 9], [np.nan, 2, 9], [1, 2, np.nan], [0, 90, 9]]
    persons = [[90, 100, 50]] * 5
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = life_expectancy(deaths, persons, starts)
    known = ~np.isnan(found.estimate)
    assert known.tolist() == [
        [False] * 3,
        [False, False, True],
        [False, True, True],
        [False] * 3,
        [True] * 3,
    ]
    assert found.notes["no_deaths"].tolist() == [True, False, False, False, False]
    assert found.notes["missing_band"].tolist() == [False, True, True, True, False]
    assert found.notes["rate_too_high"].tolist() == [False] * 4 + [True]
    assert found.notes["small_population"].all()


def test_a_rate_that_is_high_only_in_the_open_band_has_no_note():
    found = life_expectancy([[1, 2, 0]], [[10_000, 20, 0]], [0, 1, 60])
    assert set(found.notes) == {"open_band_joined"}


@pytest.mark.parametrize(
    ("deaths", "persons"), [([[1, 1], [5, 1]], [[9, 9], [4, 9]]), ([[1, 1], [-1, 1]], [[9, 9]] * 2)]
)
def test_impossible_counts_are_refused_naming_the_area(deaths, persons):
    with pytest.raises(ValueError, match="area 1"):
        life_expectancy(deaths, persons, [0, 50])


@pytest.mark.parametrize("starts", [[0, 50, 40], [-1, 5, 9], [0, 5], [0, 5, math.nan]])
def test_bands_that_do_not_rise_or_fit_are_refused(starts):
    with pytest.raises(ValueError, match="age"):
        life_expectancy([1, 1, 1], [9, 9, 9], starts)


@given(st.integers(0, 10_000), st.sampled_from(sorted(BANDS)), st.floats(1.1, 30))
def test_life_is_longer_with_fewer_deaths_and_surer_with_more_persons(seed, number, factor):
    starts = BANDS[number]
    deaths, persons = made_up(starts, seed=seed)
    before = deaths.copy()
    base = life_expectancy(deaths, persons, starts)
    fewer = life_expectancy(deaths / factor, persons, starts)
    assert (fewer.estimate >= base.estimate - 1e-9).all()
    more = life_expectancy(deaths * factor, persons * factor, starts)
    np.testing.assert_allclose(more.estimate, base.estimate)
    np.testing.assert_allclose(more.se, base.se / math.sqrt(factor), rtol=1e-7)
    np.testing.assert_array_equal(deaths, before)


def test_limits_hold_the_truth_in_about_95_of_100_samples():
    starts = BANDS[20]
    _, persons = made_up(starts, size=4000)
    truth = np.where(np.array(starts) < 1, 0.004, 8e-5 * 2 ** (np.array(starts) / 8.2))
    rng = np.random.default_rng(7)
    draws = rng.poisson(truth * persons, (2000, len(starts)))
    found = life_expectancy(draws, np.repeat(persons, 2000, axis=0), starts)
    true = slow(truth * 1e9, np.full(len(starts), 1e9), starts)[0][0]
    inside = (found.lower[:, 0] <= true) & (true <= found.upper[:, 0])
    assert 0.935 < inside.mean() < 0.965


class TestHealthyLife:
    starts = BANDS[19]

    def test_equals_the_slow_sum_of_years_in_good_health(self):
        deaths, persons = made_up(self.starts)
        share = np.linspace(0.98, 0.3, len(self.starts))
        table = life_table(deaths, persons, self.starts)
        found = healthy_life_expectancy(table, share, np.full(len(self.starts), 200.0))
        alive, lived = table.survivors[0], table.years[0]
        q, k = table.probabilities[0], len(self.starts)
        expected = [(lived[x:] * share[x:]).sum() / alive[x] for x in range(k)]
        np.testing.assert_allclose(found.estimate[0], expected)
        of_shares = (lived**2 * share * (1 - share) / 200).sum()
        certain = healthy_life_expectancy(table, share, np.full(k, 200.0), mortality_varies=False)
        np.testing.assert_allclose(certain.se[0, 0] ** 2, of_shares)
        n = np.diff(self.starts)
        a = np.where(n == 1, 0.1, 0.5)
        var_q = np.where(deaths[0] > 0, q**2 * (1 - q) / np.maximum(deaths[0], 1), 0)[:-1]
        of_deaths = (
            alive[:-1] ** 2 * ((1 - a) * n * share[:-1] + expected[1:]) ** 2 * var_q
        ).sum() + (alive[-1] * share[-1] / table.rates[0, -1]) ** 2 / deaths[0, -1]
        np.testing.assert_allclose(found.se[0, 0] ** 2, of_shares + of_deaths)

    def test_all_healthy_is_all_of_life(self):
        deaths, persons = made_up(self.starts, areas=3)
        table = life_table(deaths, persons, self.starts)
        found = healthy_life_expectancy(table, np.ones(len(self.starts)))
        np.testing.assert_allclose(found.estimate, table.expectancies)
        np.testing.assert_allclose(found.se**2, table.variances)

    def test_an_unknown_share_has_a_note(self):
        deaths, persons = made_up(self.starts)
        share = np.full(len(self.starts), 0.8)
        share[4] = np.nan
        found = healthy_life_expectancy(life_table(deaths, persons, self.starts), share)
        assert np.isnan(found.estimate[0]).tolist() == [True] * 5 + [False] * 14
        assert "indices.note.missing_share" in notes_at(found.notes, 0)


class TestGaps:
    def test_norway_by_education_is_six_point_seven_years_at_thirty(self, shared_data):
        path = shared_data / "data" / "fhi-extracts" / "life-expectancy-by-education-7yr.csv"
        with path.open(newline="", encoding="utf-8-sig") as file:
            years = {
                row["Utdanningsnivå"]: row["value"]
                for row in csv.DictReader(file)
                if (row["Geografi"], row["År"]) == ("Hele landet", "2018-2024")
                and (row["Kjønn"], row["Alder"]) == ("kjønn samlet", "30 år")
            }
        levels = ("grunnskole", "videregående", "universitet/ høgskole")
        groups = expectancy_settings([[float(years[n]) for n in levels]], orders=[1, 2, 3])
        assert round(difference(groups).estimate[0], 1) == 6.7

    def test_england_by_decile_is_one_call(self, shared_data):
        path = (
            shared_data
            / "data"
            / "inequality-reference"
            / "england-life-expectancy-by-area-decile.csv"
        )
        with path.open(newline="") as file:
            rows = list(csv.DictReader(file))
        keys = sorted({(r["GeoCode"], r["Sex"]) for r in rows})
        at = {key: i for i, key in enumerate(keys)}
        columns = np.full((3, len(keys), 10), np.nan)
        for r in rows:
            place = (at[r["GeoCode"], r["Sex"]], int(r["Decile"]) - 1)
            columns[(slice(None), *place)] = [float(r[c]) for c in ("LifeExp", "SE", "Pop")]
        years, errors, persons = columns
        groups = expectancy_settings(
            years, errors=errors, orders=np.arange(1.0, 11), populations=np.nan_to_num(persons)
        )
        slope, relative = sii_linear(groups), rii_linear(groups)
        full = ~np.isnan(years).any(axis=1)
        assert full.sum() == 722
        assert len({code for code, _ in keys}) == 362
        for i in np.flatnonzero(full)[:40]:
            share = persons[i] / persons[i].sum()
            rank = np.cumsum(share) - share / 2
            part = share * (rank - (share * rank).sum()) / (share * (rank - 0.5) ** 2).sum()
            assert math.isclose(slope.estimate[i], (part * years[i]).sum(), rel_tol=1e-9)
            assert math.isclose(slope.se[i], math.hypot(*(part * errors[i])), rel_tol=1e-9)
            mean = (share * years[i]).sum()
            ends = mean + slope.estimate[i] / 2, mean - slope.estimate[i] / 2
            assert math.isclose(relative.estimate[i], ends[0] / ends[1], rel_tol=1e-9)
        assert np.isnan(slope.estimate[~full]).all()

    def test_groups_of_deaths_are_those_of_their_life_tables(self):
        starts = BANDS[18]
        deaths, persons = made_up(starts, areas=6)
        groups = life_expectancy_groups(
            deaths.reshape(2, 3, -1), persons.reshape(2, 3, -1), starts, orders=[1, 2, 3], age=30
        )
        alone = life_expectancy(deaths, persons, starts)
        np.testing.assert_allclose(groups.values.ravel(), alone.estimate[:, 6])
        np.testing.assert_allclose(groups.errors.ravel(), alone.se[:, 6])
        np.testing.assert_allclose(groups.populations.ravel(), persons[:, 6:].sum(axis=1))
        gap = expectancy_gap(
            life_expectancy(deaths[[2, 5]], persons[[2, 5]], starts),
            life_expectancy(deaths[[0, 3]], persons[[0, 3]], starts),
        )
        found = difference(groups)
        np.testing.assert_allclose(gap.estimate[:, 6], found.estimate)
        np.testing.assert_allclose(gap.se[:, 6], found.se)
