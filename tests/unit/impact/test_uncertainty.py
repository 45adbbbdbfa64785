"""Draws, their sums, and what knowing more would be worth."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest
from scipy import stats

from jevn.impact.uncertainty import (
    Parameter,
    central,
    drawn,
    evpi,
    evppi,
    paired,
    sobol_draws,
    tornado,
)

RATIO = Parameter("ratio", "lognormal", 1.5, 1.2, 1.9)
POINTS = Parameter("points", "normal", 4.0, -1.0, 8.0)
SHARE = Parameter("share", "beta", 0.3, concentration=9.0)
LIMITED = Parameter("limited", "beta", 0.2, 0.1, 0.3)
SURE = Parameter("sure", "fixed", 7.0)


def test_every_family_has_the_distribution_it_says() -> None:
    values = sobol_draws([RATIO, POINTS, SHARE, LIMITED, SURE], 4096, 3)
    spread = (log(1.9) - log(1.2)) / 3.92
    variance = (0.2 / 3.92) ** 2
    n = 0.2 * 0.8 / variance - 1
    for column, distribution in enumerate(
        (
            stats.lognorm(spread, scale=1.5),
            stats.norm(4.0, 9 / 3.92),
            stats.beta(2.7, 6.3),
            stats.beta(0.2 * n, 0.8 * n),
        )
    ):
        found = stats.kstest(values[:, column], distribution.cdf)
        assert found.statistic < 0.01
    assert (values[:, 4] == 7.0).all()
    assert values[:, 3].std() == pytest.approx(0.2 / 3.92, rel=0.02)


def test_limits_of_a_ratio_come_back() -> None:
    symmetric = Parameter("r", "lognormal", 2.0, 1.0, 4.0)
    assert symmetric.quantile(np.array([0.025, 0.5, 0.975])) == pytest.approx(
        [1.0, 2.0, 4.0], rel=1e-3
    )


def test_parameters_do_not_follow_each_other() -> None:
    many = [Parameter(f"p{i}", "normal", 0.0, -1.0, 1.0) for i in range(20)]
    correlation = np.corrcoef(sobol_draws(many, 1024, 1).T)
    off = np.abs(correlation - np.eye(20))
    assert off.max() < 0.1
    assert off.mean() < 0.02


def test_the_same_seed_gives_the_same_draws_in_any_order() -> None:
    one = sobol_draws([RATIO, POINTS, SHARE], 128, 5)
    other = sobol_draws([SHARE, RATIO, POINTS], 128, 5)
    assert (one[:, [2, 0, 1]] == other).all()
    assert (one != sobol_draws([RATIO, POINTS, SHARE], 128, 6)).any()
    assert (
        sobol_draws([RATIO, SURE, POINTS], 64, 5)[:, 0] == sobol_draws([RATIO, POINTS], 64, 5)[:, 0]
    ).all(), "a number that is certain takes no dimension"


def test_sobol_points_come_nearer_than_plain_ones() -> None:
    six = [Parameter(f"p{i}", "normal", 0.0, -1.96, 1.96) for i in range(6)]

    def off(values: np.ndarray) -> float:
        return float(abs(np.exp(values.sum(axis=1) / 6).mean() - exp(6 / 72)))

    ours = np.mean([off(sobol_draws(six, 512, s)) for s in range(10)])
    plain = np.mean([off(np.random.default_rng(s).standard_normal((512, 6))) for s in range(10)])
    assert ours < plain / 4


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (("lognormal", 1.5, 0.0, 2.0), "above 0"),
        (("normal", 5.0, 1.0, 2.0), "enclose"),
        (("normal", 5.0, 1.0, None), "both limits"),
        (("beta", 1.5, 1.0, 2.0), "between 0 and 1"),
        (("normal", float("nan"), 0.0, 1.0), "missing or infinite"),
    ],
)
def test_numbers_that_cannot_be_are_refused(values: tuple[object, ...], words: str) -> None:
    with pytest.raises(ValueError, match=words) as refused:
        Parameter("navn", *values)  # type: ignore[arg-type]
    assert "navn" in str(refused.value)
    with pytest.raises(ValueError, match="twice"):
        sobol_draws([SURE, SURE], 4, 0)
    with pytest.raises(ValueError, match="draw"):
        sobol_draws([SURE], 0, 0)


def test_a_share_of_none_or_all_is_certain() -> None:
    for value in (0.0, 1.0):
        parameter = Parameter("s", "beta", value, concentration=4.0)
        assert parameter.certain
        assert (sobol_draws([parameter], 8, 0) == value).all()
    assert central([SHARE, SURE]).tolist() == [[0.3, 7.0]]


def test_draws_are_summed_up_by_hand() -> None:
    found = drawn(np.arange(-50.0, 151.0))
    assert (found.mean, found.median) == (50.0, 50.0)
    assert (found.lower, found.upper) == pytest.approx((-45.0, 145.0))
    assert found.above == pytest.approx((150 + 0.5) / 201)
    assert drawn(np.zeros(10)).above == 0.5
    assert drawn(np.full(64, 3.0)).error == 0.0
    for wrong in (np.array([]), np.array([1.0, np.nan]), np.zeros((2, 2))):
        with pytest.raises(ValueError, match="draw"):
            drawn(wrong)


def test_the_error_is_about_that_of_independent_draws() -> None:
    values = np.random.default_rng(1).normal(0, 10, 4096)
    assert drawn(values).error == pytest.approx(10 / 64, rel=0.5)


def test_two_are_held_against_each_other_draw_by_draw() -> None:
    base = np.random.default_rng(2).normal(0, 100, 500)
    found = paired(base + 1, base)
    assert found.better == 1.0, "the noise they share does not hide the difference"
    assert found.difference.mean == pytest.approx(1)
    assert paired(base, base).better == 0.5
    with pytest.raises(ValueError, match="different numbers"):
        paired(base, base[1:])


def test_a_tornado_by_hand() -> None:
    small = Parameter("small", "normal", 0.0, -1.96, 1.96)
    large = Parameter("large", "normal", 0.0, -19.6, 19.6)

    def outcome(rows: np.ndarray) -> np.ndarray:
        return np.asarray(rows[:, 0] - rows[:, 1] + rows[:, 2])

    bars = tornado([small, large, SURE], outcome)
    assert [b.parameter for b in bars] == ["large", "small"]
    z = float(stats.norm.ppf(0.9))
    assert (bars[0].at_low, bars[0].at_high) == pytest.approx((7 + 10 * z, 7 - 10 * z))
    assert bars[1].width == pytest.approx(2 * z)
    assert tornado([SURE], outcome) == ()


def test_perfect_information_by_hand() -> None:
    assert evpi(np.array([[0.0, 10.0], [0.0, -6.0]])) == pytest.approx(5.0 - 2.0)
    assert evpi(np.array([[0.0, 1.0], [0.0, 2.0]])) == 0.0, "the choice is the same in every draw"
    with pytest.raises(ValueError, match="number"):
        evpi(np.array([[0.0, np.inf]]))


def test_partial_information_equals_the_closed_form() -> None:
    """Net benefit a + b θ + noise, θ standard normal: E max(0, a + b θ) - max(0, a)."""
    rng = np.random.default_rng(3)
    theta, noise = rng.standard_normal(8192), rng.standard_normal(8192)
    a, b = 0.5, 1.5
    benefit = np.column_stack([np.zeros(8192), a + b * theta + 2 * noise])
    wanted = a * stats.norm.cdf(a / b) + b * stats.norm.pdf(a / b) - a
    found = evppi(theta, benefit)
    assert found.value == pytest.approx(wanted, abs=3 * found.error + 0.01)
    both = evppi(np.column_stack([theta, noise]), benefit)
    spread = (b**2 + 4) ** 0.5
    all_of_it = a * stats.norm.cdf(a / spread) + spread * stats.norm.pdf(a / spread) - a
    assert both.value == pytest.approx(all_of_it, rel=0.1)
    assert found.value <= both.value <= evpi(benefit) * (1 + 1e-12)


def test_a_curved_benefit_is_followed_as_two_loops_do() -> None:
    rng = np.random.default_rng(4)
    theta, other = rng.standard_normal(4096), rng.standard_normal(4096)

    def benefit(t: np.ndarray, o: np.ndarray) -> np.ndarray:
        return np.asarray(t**2 - 1 + 0.3 * t * o + o)

    found = evppi(theta, np.column_stack([np.zeros(4096), benefit(theta, other)]))
    inner = rng.standard_normal(400)
    outer = [benefit(t, inner).mean() for t in rng.standard_normal(3000)]
    wanted = float(np.maximum(outer, 0).mean() - max(0.0, float(np.mean(outer))))
    assert found.value == pytest.approx(wanted, rel=0.12)


def test_a_number_that_does_not_matter_is_worth_next_to_nothing() -> None:
    rng = np.random.default_rng(5)
    idle, theta = rng.standard_normal(4096), rng.standard_normal(4096)
    benefit = np.column_stack([np.zeros(4096), theta])
    assert evppi(idle, benefit).value < 0.05 * evpi(benefit)
    assert evppi(idle[:20], benefit[:20]).value == 0.0, "too few draws to tell"
    with pytest.raises(ValueError, match="different numbers"):
        evppi(idle[:9], benefit)
