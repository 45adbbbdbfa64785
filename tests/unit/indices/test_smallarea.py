"""Zones: shrinkage, probability of being worse, ranks."""

from __future__ import annotations

import csv
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, optimize, stats

from jevn.indices import (
    between_zones,
    restricted_likelihood,
    shrink_counts,
    shrink_estimates,
    shrink_proportions,
    zone_ranks,
)
from jevn.indices.smallarea import told_apart
from jevn.terms import LANGUAGES, Polarity, Say

ADVERSE = Polarity.ADVERSE
# Eight schools: effects of coaching and their standard errors (Rubin 1981, J Educ Stat 6: 377-401).
SCHOOLS = ([28.0, 8, -3, 7, -1, 1, 18, 12], [15.0, 10, 16, 11, 9, 11, 10, 18])


def restricted_log_likelihood(variance, values, errors):
    """The textbook form, with matrices."""
    covariance = np.diag(errors**2 + variance)
    inverse = np.linalg.inv(covariance)
    ones = np.ones(len(values))
    information = ones @ inverse @ ones
    projector = inverse - np.outer(inverse @ ones, ones @ inverse) / information
    sign, log = np.linalg.slogdet(covariance)
    assert sign == 1
    return -(log + np.log(information) + values @ projector @ values) / 2


class TestBetween:
    def test_solves_the_equation_of_paule_and_mandel(self):
        rng = np.random.default_rng(5)
        values, errors = rng.normal(0, 3, 9), rng.uniform(0.5, 2, 9)
        found = between_zones(values[None], errors[None] ** 2)

        def scatter(variance):
            w = 1 / (errors**2 + variance)
            return (w * (values - (w * values).sum() / w.sum()) ** 2).sum()

        for variance, target in (
            (found.variance, 8),
            (found.lower, stats.chi2.ppf(0.975, 8)),
            (found.upper, stats.chi2.ppf(0.025, 8)),
        ):
            assert scatter(variance[0]) == pytest.approx(target, rel=1e-9)

    @pytest.mark.parametrize("seed", range(6))
    def test_reml_is_where_the_restricted_likelihood_is_greatest(self, seed):
        rng = np.random.default_rng(seed)
        values, errors = rng.normal(0, 2, 7), rng.uniform(0.5, 2, 7)
        found = restricted_likelihood(values[None], errors[None] ** 2)[0]
        best = optimize.minimize_scalar(
            lambda v: -restricted_log_likelihood(v, values, errors),
            bounds=(0, 100),
            method="bounded",
            options={"xatol": 1e-9},
        )
        assert found == pytest.approx(best.x, abs=1e-5)

    def test_equal_errors_give_the_variance_less_that_of_sampling(self):
        values = np.array([[2.0, 4, 9, 11, 5]])
        variances = np.full((1, 5), 3.0)
        expected = values.var(ddof=1) - 3
        assert between_zones(values, variances).variance[0] == pytest.approx(expected)
        assert restricted_likelihood(values, variances)[0] == pytest.approx(expected)

    def test_the_limits_hold_as_often_as_they_say(self):
        rng = np.random.default_rng(11)
        variances = rng.uniform(0.5, 2, (3000, 8))
        values = rng.normal(0, np.sqrt(1.5 + variances))
        found = between_zones(values, variances)
        held = ((found.lower <= 1.5) & (found.upper >= 1.5)).mean()
        assert 0.935 < held < 0.965


class TestEstimates:
    def test_equals_the_integral_over_mean_and_variance(self):
        values, errors = map(np.array, SCHOOLS)
        found = shrink_estimates(values, errors)
        unit = 1 / np.mean(1 / errors**2)

        def density(log):
            variance = unit * np.exp(log)
            prior = log - 1.5 * np.log1p(np.exp(log))
            return np.exp(restricted_log_likelihood(variance, values, errors) + prior)

        def moment(log, power):
            variance = unit * np.exp(log)
            w = 1 / (errors[0] ** 2 + variance)
            rest = 1 / (errors**2 + variance)
            mean = (rest * values).sum() / rest.sum()
            centre = mean + variance * w * (values[0] - mean)
            spread = variance * errors[0] ** 2 * w + (errors[0] ** 2 * w) ** 2 / rest.sum()
            return density(log) * (centre if power == 1 else centre**2 + spread)

        whole = integrate.quad(density, -14, 14)[0]
        mean = integrate.quad(moment, -14, 14, args=(1,))[0] / whole
        square = integrate.quad(moment, -14, 14, args=(2,))[0] / whole
        assert found.estimate[0, 0] == pytest.approx(mean, rel=1e-3)
        assert found.sd[0, 0] == pytest.approx(np.sqrt(square - mean**2), rel=1e-3)

    def test_one_value_of_the_variance_gives_the_formula_of_fay_and_herriot(self):
        values, errors = np.array([10.0, 14, 30, 22]), np.array([4.0, 3, 5, 2])
        found = shrink_estimates(values, errors, between="reml")
        variance = restricted_likelihood(values[None], errors[None] ** 2)[0]
        w = 1 / (errors**2 + variance)
        mean = (w * values).sum() / w.sum()
        share = variance * w
        np.testing.assert_allclose(found.estimate[0], mean + share * (values - mean))
        np.testing.assert_allclose(found.own_weight[0], share, rtol=1e-9)
        corrected = (
            share * errors**2 + (1 - share) ** 2 / w.sum() + 2 * errors**4 * w**3 * 2 / (w**2).sum()
        )
        np.testing.assert_allclose(found.sd[0] ** 2, corrected, rtol=1e-9)

    @pytest.mark.parametrize(("zones", "variance"), list(itertools.product((3, 6, 13), (0, 1, 6))))
    def test_limits_hold_and_errors_are_smaller_than_raw(self, zones, variance):
        rng = np.random.default_rng(zones)
        true = rng.normal(0, np.sqrt(variance), (1500, zones))
        errors = rng.uniform(0.6, 1.5, true.shape)
        values = true + rng.normal(0, errors)
        found = shrink_estimates(values, errors)
        assert ((found.lower <= true) & (true <= found.upper)).mean() > 0.92
        assert ((found.estimate - true) ** 2).mean() < 1.02 * ((values - true) ** 2).mean()

    def test_the_probability_of_being_worse_is_what_draws_say(self):
        found = shrink_estimates(*SCHOOLS, polarity=ADVERSE, draws=20_000)
        drawn = found.draws > found.draws.mean(axis=2, keepdims=True)
        np.testing.assert_allclose(found.worse, drawn.mean(axis=0), atol=0.012)
        fixed = shrink_estimates(*SCHOOLS, polarity=ADVERSE, draws=20_000, reference=5.0)
        np.testing.assert_allclose(fixed.worse, (fixed.draws > 5).mean(axis=0), atol=0.02)

    def test_limits_hold_as_often_as_they_say(self):
        rng = np.random.default_rng(3)
        true = rng.normal(0, 1, (1500, 13))
        errors = rng.uniform(0.6, 1.5, true.shape)
        values = true + rng.normal(0, errors)
        for between in ("integrated", "reml", "paule_mandel"):
            found = shrink_estimates(values, errors, between=between)
            assert 0.93 < ((found.lower <= true) & (true <= found.upper)).mean() < 0.97
            assert ((found.estimate - true) ** 2).mean() < 0.6 * ((values - true) ** 2).mean()

    @pytest.mark.parametrize(
        ("values", "errors", "note"),
        [
            ([5.0], [1.0], "zones_one"),
            ([5.0, 9.0], [1.0, 1.0], "zones_few"),
            ([5.0] * 6, [1.0] * 6, "zones_alike"),
            ([5.0, 9, 1, 4, 3, np.nan], [1.0] * 6, "zones_missing"),
        ],
    )
    def test_what_to_beware_of_is_noted(self, values, errors, note):
        found = shrink_estimates(values, errors, polarity=ADVERSE)
        assert f"indices.note.{note}" in found.notes[0]
        assert "indices.note.zones_no_polarity" not in found.notes[0]
        assert "indices.note.zones_no_polarity" in shrink_estimates(values, errors).notes[0]
        assert np.isnan(found.between[0]) == (len(values) == 1)

    def test_a_value_without_error_stands(self):
        found = shrink_estimates([1.0, 2, 4], [0.0, 1, 1])
        assert found.estimate[0, 0] == pytest.approx(1.0, abs=1e-5)
        assert found.sd[0, 0] < 1e-4
        assert (found.estimate[0, 1:] < [2, 4]).all()
        certain = shrink_estimates([1.0, 2, 4], [0.0] * 3)
        np.testing.assert_allclose(certain.estimate[0], [1, 2, 4], atol=1e-5)

    def test_polarity_turns_the_probability(self):
        worse = shrink_estimates(*SCHOOLS, polarity=ADVERSE).worse
        better = shrink_estimates(*SCHOOLS, polarity=Polarity.FAVOURABLE).worse
        np.testing.assert_allclose(worse, 1 - better)
        assert np.isnan(shrink_estimates(*SCHOOLS).worse).all()

    def test_many_settings_at_once_equal_each_alone(self):
        rng = np.random.default_rng(2)
        values, errors = rng.normal(0, 2, (4, 6)), rng.uniform(0.1, 2, (4, 6))
        values[1, 2] = errors[3, 0] = np.nan
        together = shrink_estimates(values, errors, polarity=ADVERSE)
        for at in range(4):
            alone = shrink_estimates(values[at], errors[at], polarity=ADVERSE)
            for part in ("estimate", "sd", "worse", "own_weight", "between"):
                np.testing.assert_allclose(
                    getattr(together, part)[at], getattr(alone, part)[0], rtol=1e-9
                )
            assert together.notes[at] == alone.notes[0]


class TestCounts:
    def test_moments_are_the_global_estimator_of_marshall(self):
        observed, expected = np.array([2.0, 10, 30, 7]), np.array([8.0, 10, 20, 3])
        found = shrink_counts(observed, expected, between="moments")
        mean = observed.sum() / expected.sum()
        rates = observed / expected
        spread = (expected * (rates - mean) ** 2).sum() / expected.sum() - mean / expected.mean()
        share = spread / (spread + mean / expected)
        np.testing.assert_allclose(found.estimate[0], mean + share * (rates - mean))
        assert found.between[0] == pytest.approx(spread)

    def test_moments_are_those_of_kleinman(self):
        cases, persons = [4, 30, 25, 60], [20, 90, 140, 150]
        found = shrink_proportions(cases, persons, between="moments")
        total = sum(persons)
        mean = sum(cases) / total
        scatter = within = part = 0.0
        for x, n in zip(cases, persons, strict=True):
            scatter += n * (x / n - mean) ** 2
            within += mean * (1 - mean) * (1 - n / total)
            part += (n - 1) * (1 - n / total)
        between = (scatter - within) / part
        assert found.between[0] == pytest.approx(between)
        prior = mean * (1 - mean) / between - 1
        for at, (x, n) in enumerate(zip(cases, persons, strict=True)):
            assert found.estimate[0, at] == pytest.approx((x + mean * prior) / (n + prior))

    def test_averaging_equals_the_integral_over_mean_and_prior_size(self):
        observed, expected = np.array([2.0, 10, 30]), np.array([8.0, 10, 20])
        usual = 1 / np.mean(1 / expected)
        t, log_m = np.meshgrid(np.linspace(-14, 14, 500), np.linspace(-6, 14, 1200), indexing="ij")
        m = np.exp(log_m)
        size = usual * np.exp(-t)
        log = t - 1.5 * np.log1p(np.exp(t)) + np.log(m / (m + 1 / 38))
        for cases, exposure in zip(observed, expected, strict=True):
            log = log + stats.nbinom.logpmf(cases, m * size, size / (size + exposure))
        weight = np.exp(log - log.max())
        share = 8.0 / (8.0 + size)
        expected_mean = (weight * (share * 0.25 + (1 - share) * m)).sum() / weight.sum()
        found = shrink_counts(observed, expected)
        assert found.estimate[0, 0] == pytest.approx(expected_mean, rel=0.01)

    def test_binomial_averaging_equals_the_integral(self):
        cases, persons = np.array([2.0, 20, 45]), np.array([20.0, 100, 150])
        usual = 1 / np.mean(1 / persons)
        t, m = np.meshgrid(
            np.linspace(-14, 14, 700), np.linspace(5e-4, 0.9995, 1000), indexing="ij"
        )
        size = usual * np.exp(-t)
        log = t - 1.5 * np.log1p(np.exp(t))
        for x, n in zip(cases, persons, strict=True):
            log = log + stats.betabinom.logpmf(x, n, m * size, (1 - m) * size)
        weight = np.exp(log - log.max())
        share = 20.0 / (20.0 + size)
        expected_mean = (weight * (share * 0.1 + (1 - share) * m)).sum() / weight.sum()
        assert shrink_proportions(cases, persons).estimate[0, 0] == pytest.approx(
            expected_mean, rel=0.01
        )

    @pytest.mark.parametrize("shrink", [shrink_counts, shrink_proportions])
    @pytest.mark.parametrize("between", ["integrated", "moments"])
    def test_the_probability_of_being_worse_is_what_draws_say(self, shrink, between):
        sizes = np.array([40.0, 110, 160, 70])
        found = shrink([4, 22, 45, 9], sizes, polarity=ADVERSE, between=between, draws=20_000)
        whole = (found.draws * sizes).sum(axis=2, keepdims=True) / sizes.sum()
        np.testing.assert_allclose(found.worse, (found.draws > whole).mean(axis=0), atol=0.015)
        np.testing.assert_allclose(found.estimate, found.draws.mean(axis=0), rtol=0.02)
        np.testing.assert_allclose(found.sd, found.draws.std(axis=0), rtol=0.05)

    @pytest.mark.parametrize("variation", [0.01, 0.3])
    def test_limits_hold_where_one_certain_variance_does_not(self, variation):
        rng = np.random.default_rng(8)
        expected = rng.uniform(2, 40, (200, 6))
        true = rng.gamma(variation**-2, variation**2, expected.shape)
        observed = rng.poisson(expected * true)
        found = shrink_counts(observed, expected)
        naive = shrink_counts(observed, expected, between="moments")
        held = ((found.lower <= true) & (true <= found.upper)).mean()
        assert held > 0.92
        assert ((naive.lower <= true) & (true <= naive.upper)).mean() < held
        assert ((found.estimate - true) ** 2).mean() < 0.7 * ((found.raw - true) ** 2).mean()

    def test_no_case_anywhere_has_an_answer(self):
        for shrink in (shrink_counts, shrink_proportions):
            found = shrink([0, 0, 0], [10, 20, 30], polarity=ADVERSE)
            assert (found.estimate > 0).all()
            assert (found.upper < 0.5).all()
            assert found.between[0] == 0

    def test_more_cases_than_persons_are_refused(self):
        with pytest.raises(ValueError, match="more cases"):
            shrink_proportions([5], [4])
        with pytest.raises(ValueError, match="negative"):
            shrink_counts([-1, 2], [4, 5])
        with pytest.raises(ValueError, match="shape"):
            shrink_counts([1, 2], [4, 5, 6])


@settings(max_examples=40)
@given(st.data())
def test_odd_data_are_answered_between_raw_and_mean(data):
    zones = data.draw(st.integers(1, 6))
    persons = data.draw(st.lists(st.integers(0, 400), min_size=zones, max_size=zones))
    cases = [data.draw(st.integers(0, n)) for n in persons]
    for found in (
        shrink_proportions(cases, persons, polarity=ADVERSE),
        shrink_proportions(cases, persons, polarity=ADVERSE, between="moments"),
        shrink_counts(cases, persons, polarity=ADVERSE),
        shrink_counts(cases, persons, polarity=ADVERSE, between="moments"),
    ):
        known = np.array(persons)[None] > 0
        for part in (found.estimate, found.sd, found.lower, found.upper, found.worse):
            np.testing.assert_array_equal(np.isfinite(part), known)
        assert (found.lower[known] <= found.upper[known]).all()
        assert ((found.own_weight[known] >= 0) & (found.own_weight[known] <= 1)).all()
        for note in found.notes[0]:
            assert all(len(Say(language)(note)) > 10 for language in LANGUAGES)


@settings(max_examples=40)
@given(
    st.lists(st.floats(-50, 50), min_size=1, max_size=6),
    st.lists(st.sampled_from([0.0, 0.1, 1.0, 20.0]), min_size=6, max_size=6),
    st.sampled_from(["integrated", "reml", "paule_mandel"]),
)
def test_estimates_lie_within_the_raw_ones(values, errors, between):
    found = shrink_estimates(values, errors[: len(values)], between=between, polarity=ADVERSE)
    room = 1e-6 * (1 + np.abs(values).max())
    assert found.estimate.min() >= min(values) - room
    assert found.estimate.max() <= max(values) + room
    assert np.isfinite(found.sd).all()


def test_a_threshold_of_a_half_or_less_is_refused():
    with pytest.raises(ValueError, match="threshold"):
        told_apart(np.array([0.6]), 0.5)


class TestTelemark:
    @pytest.fixture
    def zones(self, shared_data):
        path = shared_data / "data" / "fhus-telemark-2025" / "zones-2025.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [
                row
                for row in csv.DictReader(file, delimiter=";")
                if row["Kommunenummer"] == "4003" and float(row["Andel"] or 0) > 0
            ]
        keys = sorted({(row["Spørsmålskode"], row["Svar"]) for row in rows})
        names = sorted({row["Levekårssone"] for row in rows})
        cases, persons = (np.full((len(keys), len(names)), np.nan) for _ in range(2))
        for row in rows:
            at = keys.index((row["Spørsmålskode"], row["Svar"])), names.index(row["Levekårssone"])
            cases[at] = float(row["Antall"])
            persons[at] = round(float(row["Antall"]) / float(row["Andel"]))
        return cases, persons

    def test_thirteen_zones_are_drawn_towards_the_mean(self, zones):
        found = shrink_proportions(*zones, polarity=Polarity.FAVOURABLE, draws=1000)
        assert found.estimate.shape[1] == 13
        known = np.isfinite(found.estimate)
        spread_raw = np.nanstd(found.raw, axis=1)
        spread_shrunken = np.nanstd(found.estimate, axis=1)
        assert (spread_shrunken <= spread_raw).all()
        inside = (found.estimate - found.raw) * (found.estimate - found.mean[:, None])
        assert (inside[known] < 1e-4).all()

    def test_ranks_are_wide_and_few_zones_can_be_told_apart(self, zones):
        found = shrink_proportions(*zones, polarity=Polarity.FAVOURABLE, draws=1000)
        ranks = zone_ranks(found)
        width = np.nanmean(ranks.upper - ranks.lower)
        assert 3 < width < 11
        assert 0.2 < (found.decided(0.9) == 0).mean() < 0.95
