"""Zones that may resemble their neighbours."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from jevn.indices import (
    neighbourhood,
    shrink_estimates,
    spatial_counts,
    spatial_estimates,
    spatial_proportions,
    zone_ranks,
)
from jevn.indices.bym2 import shares_prior
from jevn.indices.latent import BinomialObserved, NormalObserved, PoissonObserved, mode_of
from jevn.terms import LANGUAGES, Polarity, Say

ADVERSE = Polarity.ADVERSE
CHAIN = [(0, 1), (1, 2), (2, 3), (3, 4)]


def lattice(rows, columns):
    along = [
        (r * columns + c, r * columns + c + 1) for r in range(rows) for c in range(columns - 1)
    ]
    across = [
        (r * columns + c, (r + 1) * columns + c) for r in range(rows - 1) for c in range(columns)
    ]
    return along + across


def drawn(rng, pairs, zones, share, sigma):
    """Latent values with a given spatial share, from the eigenvectors."""
    values, vectors = np.linalg.eigh(neighbourhood(pairs, zones).covariance)
    spatial = vectors @ (np.sqrt(np.maximum(values, 0)) * rng.standard_normal(zones))
    return sigma * (np.sqrt(1 - share) * rng.standard_normal(zones) + np.sqrt(share) * spatial)


class TestNeighbourhood:
    def test_is_the_scaled_generalised_inverse(self):
        pairs = lattice(3, 4)
        precision = np.zeros((12, 12))
        for one, other in pairs:
            precision[one, other] = precision[other, one] = -1
        precision -= np.diag(precision.sum(axis=1))
        inverse = np.linalg.pinv(precision)
        scaled = inverse / np.exp(np.log(np.diag(inverse)).mean())
        found = neighbourhood(pairs, 12)
        np.testing.assert_allclose(found.covariance, scaled, atol=1e-10)
        np.testing.assert_allclose(found.covariance.sum(axis=0), 0, atol=1e-10)

    def test_each_part_is_scaled_by_itself_and_islands_stand_alone(self):
        found = neighbourhood([(0, 1), (1, 2), (4, 5)], 6)
        for part in ([0, 1, 2], [4, 5]):
            inside = found.covariance[np.ix_(part, part)]
            assert np.log(np.diag(inside)).mean() == pytest.approx(0, abs=1e-12)
            np.testing.assert_allclose(inside.sum(axis=0), 0, atol=1e-12)
        assert found.covariance[3].tolist() == [0, 0, 0, 1, 0, 0]
        assert found.islands.tolist() == [False, False, False, True, False, False]
        assert (found.covariance[:3, 3:] == 0).all()

    def test_pairs_and_matrix_say_the_same(self):
        matrix = np.zeros((5, 5))
        for one, other in CHAIN:
            matrix[one, other] = matrix[other, one] = 1
        np.testing.assert_array_equal(
            neighbourhood(CHAIN, 5).covariance, neighbourhood(matrix, 5).covariance
        )
        both = CHAIN + [(b, a) for a, b in CHAIN]
        np.testing.assert_array_equal(
            neighbourhood(CHAIN, 5).covariance, neighbourhood(both, 5).covariance
        )

    @pytest.mark.parametrize(
        ("given", "told"),
        [
            ([(0, 5)], "outside"),
            ([(1, 1)], "its own"),
            (np.triu(np.ones((5, 5)), 1), "symmetric"),
            (np.ones((3, 3)), "shape"),
        ],
    )
    def test_what_is_no_graph_is_refused(self, given, told):
        with pytest.raises(ValueError, match=told):
            neighbourhood(given, 5)

    def test_the_prior_of_the_share_has_two_thirds_below_a_half(self):
        prior = shares_prior(neighbourhood(lattice(3, 4), 12))
        assert prior.sum() == pytest.approx(1)
        assert prior[:6].sum() == pytest.approx(2 / 3)


class TestLatent:
    def test_normal_observations_give_the_conjugate_answer(self):
        rng = np.random.default_rng(1)
        root = rng.normal(size=(5, 5))
        prior, variances, values = root @ root.T, rng.uniform(0.2, 1, 5), rng.normal(size=5)
        observed = NormalObserved(np.ones(5, bool), values, variances, np.ones(5), 0.0, 1.0)
        found = mode_of(observed, prior)
        gain = prior @ np.linalg.inv(prior + np.diag(variances))
        np.testing.assert_allclose(found.latent, gain @ values, rtol=1e-9)
        np.testing.assert_allclose(found.covariance, prior - gain @ prior, atol=1e-10)
        density = stats.multivariate_normal.logpdf(values, cov=prior + np.diag(variances))
        density += 5 * np.log(2 * np.pi) / 2
        assert found.log_marginal == pytest.approx(density, rel=1e-9)

    @pytest.mark.parametrize("kind", ["poisson", "binomial"])
    def test_counts_are_close_to_importance_sampling(self, kind):
        sizes = np.array([6.0, 9, 14, 7, 20])
        cases = np.array([9.0, 6, 10, 2, 11]) if kind == "poisson" else np.array([4.0, 5, 6, 1, 6])
        graph = neighbourhood(CHAIN, 5)
        prior = 0.16 * (0.4 * np.eye(5) + 0.6 * graph.covariance) + 4.0
        model = PoissonObserved if kind == "poisson" else BinomialObserved
        observed = model(np.ones(5, bool), cases, sizes)
        found = mode_of(observed, prior)
        rng = np.random.default_rng(3)
        proposal = stats.multivariate_t(found.latent, 1.2 * found.covariance, df=8, seed=rng)
        draws = proposal.rvs(60_000)
        likelihood = (
            stats.poisson.logpmf(cases, sizes * np.exp(draws))
            if kind == "poisson"
            else stats.binom.logpmf(cases, sizes, 1 / (1 + np.exp(-draws)))
        )
        log = (
            likelihood.sum(axis=1)
            + stats.multivariate_normal.logpdf(draws, cov=prior)
            - proposal.logpdf(draws)
        )
        weights = np.exp(log - log.max())
        weights /= weights.sum()
        mean = weights @ draws
        sd = np.sqrt(weights @ (draws - mean) ** 2)
        np.testing.assert_allclose((found.latent - mean) / sd, 0, atol=0.2)
        np.testing.assert_allclose(np.sqrt(np.diag(found.covariance)), sd, rtol=0.06)


class TestFit:
    def test_equals_the_integral_over_size_and_share(self):
        rng = np.random.default_rng(7)
        pairs, zones = lattice(3, 3), 9
        errors = rng.uniform(0.3, 0.7, zones)
        values = drawn(rng, pairs, zones, 0.8, 1.0) + rng.normal(0, errors)
        found = spatial_estimates(values, errors, pairs)
        graph = neighbourhood(pairs, zones)
        scatter = max(values.std(), np.sqrt(np.median(errors**2)))
        edges = np.linspace(0, 1, 13)
        total, mean, square = 0.0, np.zeros(zones), np.zeros(zones)
        ones = np.ones(zones)
        for phi, prior in zip((edges[1:] + edges[:-1]) / 2, shares_prior(graph), strict=True):
            for sigma in np.exp(np.linspace(np.log(2e-3), np.log(5), 200)):
                between = (sigma * scatter) ** 2 * (
                    (1 - phi) * np.eye(zones) + phi * graph.covariance
                )
                inverse = np.linalg.inv(between + np.diag(errors**2))
                level = ones @ inverse @ values / (ones @ inverse @ ones)
                rest = values - level
                log = np.linalg.slogdet(inverse)[1] - np.log(ones @ inverse @ ones)
                weight = (
                    prior
                    * sigma
                    * np.exp((log - rest @ inverse @ rest) / 2 - -np.log(0.01) / 3 * sigma)
                )
                here = level + between @ inverse @ rest
                lean = ones - between @ inverse @ ones
                within = np.diag(between - between @ inverse @ between)
                within = within + lean**2 / (ones @ inverse @ ones)
                total += weight
                mean += weight * here
                square += weight * (here**2 + within)
        mean /= total
        np.testing.assert_allclose(found.zones.estimate[0], mean, atol=0.005)
        np.testing.assert_allclose(found.zones.sd[0], np.sqrt(square / total - mean**2), rtol=0.01)

    @pytest.mark.parametrize(("share", "least_gain"), [(0.95, 0.08), (0.0, -0.06)])
    def test_neighbours_help_where_there_is_structure_and_hardly_hurt_where_not(
        self, share, least_gain
    ):
        rng = np.random.default_rng(21)
        pairs, zones = lattice(5, 6), 30
        squares, held = np.zeros(3), []
        for _ in range(12):
            true = drawn(rng, pairs, zones, share, 0.6)
            errors = rng.uniform(0.3, 0.6, zones)
            values = true + rng.normal(0, errors)
            spatial = spatial_estimates(values, errors, pairs).zones
            plain = shrink_estimates(values, errors)
            squares += [
                ((spatial.estimate - true) ** 2).mean(),
                ((plain.estimate - true) ** 2).mean(),
                ((values - true) ** 2).mean(),
            ]
            held.append(((spatial.lower <= true) & (true <= spatial.upper)).mean())
        assert squares[0] < squares[2]
        assert 1 - squares[0] / squares[1] > least_gain
        assert 0.9 < np.mean(held) < 0.985

    def test_limits_of_counts_hold(self):
        rng = np.random.default_rng(4)
        pairs, zones, held, squares = lattice(4, 5), 20, [], np.zeros(2)
        for _ in range(12):
            true = np.exp(drawn(rng, pairs, zones, 0.7, 0.4))
            expected = rng.uniform(3, 15, zones)
            observed = rng.poisson(expected * true)
            found = spatial_counts(observed, expected, pairs).zones
            held.append(((found.lower[0] <= true) & (true <= found.upper[0])).mean())
            squares += [
                ((found.estimate[0] - true) ** 2).mean(),
                ((found.raw[0] - true) ** 2).mean(),
            ]
        assert 0.9 < np.mean(held) < 0.99
        assert squares[0] < 0.6 * squares[1]

    def test_strong_structure_is_found_and_its_absence_too(self):
        rng = np.random.default_rng(9)
        pairs, zones = lattice(8, 8), 64
        errors = np.full(zones, 0.15)
        found = [
            spatial_estimates(
                drawn(rng, pairs, zones, share, 1.0) + rng.normal(0, 0.15, zones), errors, pairs
            )
            for share in (0.0, 1.0)
        ]
        assert found[0].spatial_share < 0.3
        assert found[1].spatial_share > 0.7

    def test_a_zone_without_figures_is_estimated_from_its_neighbours(self):
        found = spatial_counts(
            [20, np.nan, 22, 5, 4], [10, 10, 10, 10, 10], CHAIN, polarity=ADVERSE, draws=400
        ).zones
        assert np.isnan(found.raw[0, 1])
        assert found.estimate[0, 1] > found.estimate[0, 3]
        assert found.own_weight[0, 1] == 0
        assert found.sd[0, 1] > found.sd[0, 2]
        assert "indices.note.zones_missing" in found.notes[0]

    def test_the_probability_of_being_worse_is_what_draws_say(self):
        sizes = np.array([60.0, 90, 140, 70, 200])
        for fit in (spatial_counts, spatial_proportions):
            found = fit([9, 8, 30, 18, 20], sizes, CHAIN, polarity=ADVERSE, draws=20_000).zones
            whole = found.draws @ sizes / sizes.sum()
            share = (found.draws > whole[..., None]).mean(axis=0)
            np.testing.assert_allclose(found.worse, share, atol=0.03)
            np.testing.assert_allclose(found.draws.mean(axis=0), found.estimate, rtol=0.02)
            for at, tail in ((found.lower, 0.025), (found.upper, 0.975)):
                np.testing.assert_allclose(np.quantile(found.draws, tail, axis=0), at, rtol=0.03)
            assert zone_ranks(found).expected.sum() == pytest.approx(15)

    def test_numbering_of_zones_does_not_matter(self):
        order = np.array([3, 0, 4, 1, 2])
        cases, sizes = np.array([9.0, 8, 30, 18, 20]), np.array([60.0, 90, 140, 70, 200])
        moved = [
            (int(np.flatnonzero(order == a)[0]), int(np.flatnonzero(order == b)[0]))
            for a, b in CHAIN
        ]
        one = spatial_proportions(cases, sizes, CHAIN, polarity=ADVERSE)
        other = spatial_proportions(cases[order], sizes[order], moved, polarity=ADVERSE)
        np.testing.assert_allclose(one.zones.estimate[0, order], other.zones.estimate[0])
        np.testing.assert_allclose(one.zones.worse[0, order], other.zones.worse[0], rtol=1e-6)
        assert one.spatial_share == pytest.approx(other.spatial_share)

    def test_the_unit_of_values_does_not_matter(self):
        values, errors = np.array([3.0, 5, 4, 9, 8]), np.array([1.0, 1, 2, 1, 1])
        one = spatial_estimates(values, errors, CHAIN).zones
        other = spatial_estimates(100 * values + 7, 100 * errors, CHAIN).zones
        np.testing.assert_allclose(100 * one.estimate + 7, other.estimate, rtol=1e-7)
        np.testing.assert_allclose(1e4 * one.between, other.between)

    @pytest.mark.parametrize(
        ("cases", "sizes", "pairs"),
        [
            ([3], [10], []),
            ([3, 4], [10, 20], [(0, 1)]),
            ([3, 4, 5], [10, 20, 30], []),
            ([0, 0, 0], [10, 20, 30], [(0, 1)]),
            ([10, 20, 30], [10, 20, 30], [(0, 1), (1, 2)]),
        ],
    )
    def test_odd_data_have_an_answer_with_a_note(self, cases, sizes, pairs):
        for fit in (spatial_counts, spatial_proportions):
            found = fit(cases, sizes, pairs, polarity=ADVERSE)
            assert found.zones.notes[0]
            for note in found.zones.notes[0]:
                assert all(len(Say(language)(note)) > 10 for language in LANGUAGES)
            assert 0 <= found.spatial_lower <= found.spatial_upper <= 1
            if np.isfinite(cases).all():
                assert np.isfinite(found.zones.estimate).all()
                assert (found.zones.lower <= found.zones.upper).all()

    def test_without_any_figure_nothing_is_said(self):
        found = spatial_counts([np.nan, np.nan, 1], [10, 20, 0], [(0, 1), (1, 2)], draws=5).zones
        for part in (found.estimate, found.sd, found.lower, found.worse, found.mean, found.draws):
            assert np.isnan(part).all()
        assert "indices.note.zones_one" in found.notes[0]

    def test_a_few_zones_cannot_tell_whether_neighbours_matter(self):
        found = spatial_proportions([30, 22, 28], [100, 100, 100], [(0, 1), (1, 2)])
        assert "indices.note.zones_neighbours_unclear" in found.zones.notes[0]
        assert found.spatial_upper - found.spatial_lower > 0.7

    def test_bad_input_is_refused(self):
        with pytest.raises(ValueError, match="one setting"):
            spatial_counts([[1, 2]], [[3, 4]], [])
        with pytest.raises(ValueError, match="more cases"):
            spatial_proportions([5, 2], [4, 4], [])
        with pytest.raises(ValueError, match="level"):
            spatial_counts([1, 2], [3, 4], [(0, 1)], level=95)


def brute(values, errors, pairs, steps=200):
    """Between variance and estimates by a fine sum over spread and spatial share, flat mean."""
    graph = neighbourhood(pairs, len(values))
    unit = max(values.std(), np.sqrt(np.median(errors**2)))
    edges = np.linspace(0, 1, 13)
    logs = np.linspace(np.log(2e-4), np.log(20.0), steps)
    height, means, one = np.empty((steps, 12)), [], np.ones(len(values))
    for a, sigma in enumerate(np.exp(logs)):
        for b, (phi, prior) in enumerate(
            zip((edges[1:] + edges[:-1]) / 2, shares_prior(graph), strict=True)
        ):
            latent = (1 - phi) * np.eye(len(values)) + phi * graph.covariance
            latent = (sigma * unit) ** 2 * latent
            precision = np.linalg.inv(latent + np.diag(errors**2))
            total = one @ precision @ one
            mean = one @ precision @ values / total
            rest = values - mean
            height[a, b] = (
                np.log(prior) + logs[a] + np.log(0.01) / 3 * sigma
                + np.linalg.slogdet(precision)[1] / 2 - np.log(total) / 2
                - rest @ precision @ rest / 2
            )  # fmt: skip
            means.append(mean + latent @ precision @ rest)
    weights = np.exp(height - height.max())
    weights /= weights.sum()
    upto = np.cumsum(weights.sum(axis=1)) - weights.sum(axis=1) / 2
    between = np.exp(2 * np.interp([0.5, 0.025, 0.975], upto, logs)) * unit**2
    return between, weights.ravel() @ np.array(means)


def test_the_variance_between_zones_is_that_of_the_whole_integral():
    rng = np.random.default_rng(3)
    errors = rng.uniform(0.3, 0.6, 9)
    values = rng.normal(0, 1, 9) + rng.normal(0, errors)
    found = spatial_estimates(values, errors, lattice(3, 3)).zones
    (middle, low, high), means = brute(values, errors, lattice(3, 3))
    assert found.between[0] == pytest.approx(middle, rel=0.03)
    assert found.between_lower[0] == pytest.approx(low, rel=0.06)
    assert found.between_upper[0] == pytest.approx(high, rel=0.06)
    np.testing.assert_allclose(found.estimate[0], means, atol=0.02)


def test_an_error_of_zero_is_like_a_tiny_one():
    rng = np.random.default_rng(5)
    values = rng.normal(10, 1, 12)
    errors = np.where(np.arange(12) == 3, 0.0, 0.5)
    none = spatial_estimates(values, errors, lattice(3, 4)).zones
    tiny = np.where(errors == 0, 1e-4, errors)
    _, means = brute(values, tiny, lattice(3, 4))
    np.testing.assert_allclose(none.estimate[0], means, atol=0.05)
    certain = spatial_estimates(values, np.zeros(12), lattice(3, 4)).zones
    np.testing.assert_allclose(certain.estimate[0], values, atol=0.01)
