"""Ranks of zones and how uncertain they are."""

from __future__ import annotations

import numpy as np
import pytest

from jevn.indices import shrink_estimates, shrink_proportions, zone_ranks
from jevn.terms import Polarity

ADVERSE = Polarity.ADVERSE
# Eight schools: effects of coaching and their standard errors (Rubin 1981, J Educ Stat 6: 377-401).
SCHOOLS = ([28.0, 8, -3, 7, -1, 1, 18, 12], [15.0, 10, 16, 11, 9, 11, 10, 18])


class TestRanks:
    def test_expected_ranks_are_sums_of_pairs(self):
        ranks = zone_ranks(shrink_estimates(*SCHOOLS, polarity=ADVERSE, draws=4000))
        others = ranks.worse_than.copy()
        np.testing.assert_allclose(ranks.expected, 0.5 + others.sum(axis=1), rtol=1e-9)
        assert ranks.expected.sum() == pytest.approx(8 * 9 / 2)

    def test_certain_values_have_certain_ranks(self):
        found = shrink_estimates([1.0, 3, 2], [1e-6] * 3, polarity=ADVERSE, draws=200)
        ranks = zone_ranks(found)
        for part in (ranks.rank, ranks.lower, ranks.upper, ranks.expected):
            assert part.tolist() == [[3, 1, 2]]
        assert ranks.told_apart()[0].tolist() == [[0, -1, -1], [1, 0, 1], [1, -1, 0]]

    def test_a_zone_without_figures_takes_no_rank(self):
        found = shrink_proportions([10, np.nan, 40], [90, 80, 100], draws=300, polarity=ADVERSE)
        ranks = zone_ranks(found)
        assert ranks.rank[0, [0, 2]].tolist() == [2, 1]
        assert np.isnan([ranks.rank[0, 1], ranks.lower[0, 1], ranks.worse_than[0, 1, 0]]).all()

    def test_the_chance_of_being_among_the_worst_is_counted_over_draws(self):
        found = shrink_estimates(*SCHOOLS, polarity=ADVERSE, draws=500)
        ranks = zone_ranks(found)
        counted = {n: np.zeros(8) for n in (1, 2, 3, 8)}
        for draw in found.draws[:, 0]:
            order = sorted(range(8), key=lambda zone: -draw[zone])
            for n, count in counted.items():
                count[order[:n]] += 1 / 500
        for n, count in counted.items():
            np.testing.assert_allclose(ranks.among_worst(n)[0], count, atol=1e-9)
        np.testing.assert_allclose(ranks.among_worst()[0], counted[2], atol=1e-9)
        np.testing.assert_allclose(ranks.worst[0], counted[1], atol=1e-9)

    def test_a_fifth_is_of_the_zones_with_figures(self):
        values = [[1.0, 2, 3, 4, 5, 6], [np.nan, 2, 3, np.nan, 5, 6]]
        found = shrink_estimates(values, np.full((2, 6), 1e-6), polarity=ADVERSE, draws=50)
        among = zone_ranks(found).among_worst()
        assert among[0].tolist() == [0, 0, 0, 0, 1, 1]
        np.testing.assert_array_equal(among[1], [np.nan, 0, 0, np.nan, 0, 1])

    @pytest.mark.parametrize("number", [0, 9])
    def test_more_or_fewer_zones_than_there_are_are_refused(self, number):
        ranks = zone_ranks(shrink_estimates(*SCHOOLS, draws=20))
        with pytest.raises(ValueError, match="between 1 and 8"):
            ranks.among_worst(number)

    def test_the_same_seed_gives_the_same_ranks(self):
        first, second = (
            zone_ranks(shrink_estimates(*SCHOOLS, draws=100, seed=4)).expected for _ in range(2)
        )
        np.testing.assert_array_equal(first, second)

    def test_ranks_without_draws_are_refused(self):
        with pytest.raises(ValueError, match="draws"):
            zone_ranks(shrink_estimates(*SCHOOLS))
