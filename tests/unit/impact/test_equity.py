"""For whom: indices before and after, welfare, the plane, dominance, winners and losers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.impact.equity import (
    AVERSION,
    distribution_dominance,
    equity,
    equivalent,
    plane_point,
    slope_index,
    stochastic_dominance,
    verdict_of,
    welfare,
    winners_losers,
)
from jevn.indices import INDICES, GroupedData
from jevn.terms import Polarity

PERSONS = np.array([20_000.0, 40_000.0, 43_000.0])
NAMES = ("basic", "upper_secondary", "higher")
positive = st.lists(st.floats(0.5, 100), min_size=3, max_size=3).map(np.array)


def index(name: str, values: np.ndarray, persons: np.ndarray = PERSONS, **options: float) -> float:
    groups = GroupedData(
        tuple(values.tolist()),
        tuple(persons.tolist()),
        orders=(1, 2, 3),
        polarity=Polarity.FAVOURABLE,
    )
    found = INDICES[name](groups, **options).estimate
    assert found is not None
    return float(found)


@given(positive, positive)
def test_indices_equal_those_of_the_library(before: np.ndarray, after: np.ndarray) -> None:
    found = equity(PERSONS, before, after[None, :])
    for name, other in (("sii", "sii_linear"), ("rii", "rii_linear"), ("concentration", "rci")):
        change = found.index(name)
        if change is None:
            assert name == "rii", "the only ratio here that may be without meaning"
            continue
        assert change.before == pytest.approx(index(other, before), abs=1e-9)
        assert change.after.mean == pytest.approx(index(other, after), abs=1e-9)
    gap = found.index("absolute_gap")
    assert gap is not None
    assert gap.change.mean == pytest.approx(after[2] - after[0] - before[2] + before[0])


@given(positive, positive)
def test_the_change_of_the_slope_is_the_slope_of_the_change(
    before: np.ndarray, gain: np.ndarray
) -> None:
    change = slope_index(PERSONS, before + gain) - slope_index(PERSONS, before)
    assert change == pytest.approx(float(slope_index(PERSONS, gain)), abs=1e-12 * 1e3)


@given(positive, st.floats(0.1, 50))
def test_the_same_gain_to_all_leaves_the_slope_and_halves_change_nothing(
    values: np.ndarray, gain: float
) -> None:
    assert slope_index(PERSONS, values + gain) == pytest.approx(slope_index(PERSONS, values))
    halves, twice = np.repeat(PERSONS / 2, 2), np.repeat(values, 2)
    for form, degree in AVERSION:
        assert equivalent(halves, twice, form, degree) == pytest.approx(
            equivalent(PERSONS, values, form, degree)
        )


@given(positive, positive)
def test_welfare_parts_add_up_and_equal_the_library(before: np.ndarray, after: np.ndarray) -> None:
    for found in welfare(PERSONS, before, after[None, :]):
        parts = found.mean.mean + found.inequality.mean
        assert found.change.mean == pytest.approx(parts, abs=1e-9)
        if found.aversion == 0:
            assert found.inequality.mean == pytest.approx(0, abs=1e-9)
        if found.form == "atkinson" and found.aversion > 0:
            wanted = index("ede_atkinson", before, epsilon=found.aversion)
            assert found.before == pytest.approx(wanted, rel=1e-9)


def test_equivalents_by_hand() -> None:
    two, values = np.array([1.0, 1.0]), np.array([1.0, 4.0])
    assert equivalent(two, values, "atkinson", 1.0) == pytest.approx(2.0), "geometric mean"
    assert equivalent(two, values, "atkinson", 2.0) == pytest.approx(1.6), "harmonic mean"
    assert equivalent(two, values, "kolm", 1.0) == pytest.approx(
        -np.log((np.exp(-1) + np.exp(-4)) / 2)
    )
    assert equivalent(two, values, "kolm", 0.0) == 2.5
    with pytest.raises(ValueError, match="negative"):
        equivalent(two, values, "kolm", -1.0)
    with pytest.raises(ValueError, match="above 0"):
        equivalent(two, np.array([0.0, 1.0]), "atkinson", 1.0)


def after(*low: float) -> np.ndarray:
    """Deaths in the lowest group in a hundred draws; the others stay."""
    return np.column_stack([np.resize(low, 100), np.full(100, 50.0), np.full(100, 30.0)])


@pytest.mark.parametrize(
    ("draws", "verdict"),
    [
        ((79.0,), "narrows"),
        ((81.0,), "widens"),
        ((80.0,), "no_change"),
        ((79.0, 81.0), "cannot_tell"),
        (tuple([79.0] * 19 + [81.0]), "narrows"),
        (tuple([79.0] * 18 + [81.0] * 2), "cannot_tell"),
    ],
)
def test_a_verdict_needs_nineteen_of_twenty(draws: tuple[float, ...], verdict: str) -> None:
    found = equity(PERSONS, np.array([80.0, 50.0, 30.0]), after(*draws))
    assert found.verdict == verdict
    assert 0 <= found.sii_falls <= 1


def test_the_relative_gap_can_fall_while_the_distance_grows() -> None:
    found = equity(PERSONS, np.array([20.0, 15.0, 10.0]), np.array([[31.0, 25.0, 20.0]]))
    relative = found.index("relative_gap")
    assert relative is not None
    assert relative.after.mean > relative.before, "nearer to one"
    assert found.verdict == "widens", "but absolutely the distance grew from 10 to 11"


def test_a_ratio_without_meaning_is_left_out() -> None:
    found = equity(PERSONS, np.array([9.0, 1.0, 0.0]), np.array([[8.0, 1.0, 0.0]]))
    assert found.index("relative_gap") is None
    assert found.index("sii") is not None


@pytest.mark.parametrize(
    ("persons", "before", "later"),
    [
        (PERSONS, np.ones(2), np.ones((4, 3))),
        (PERSONS, np.ones(3), np.ones((4, 2))),
        (-PERSONS, np.ones(3), np.ones((4, 3))),
        (np.zeros(3), np.ones(3), np.ones((4, 3))),
        (PERSONS, np.array([1.0, np.nan, 1.0]), np.ones((4, 3))),
    ],
)
def test_wrong_shapes_and_numbers_are_refused(
    persons: np.ndarray, before: np.ndarray, later: np.ndarray
) -> None:
    with pytest.raises(ValueError, match=r"before|after|persons|number"):
        equity(persons, before, later)


def test_the_plane_counts_its_quadrants() -> None:
    gain = np.array([[30.0, 0, 0], [0, 0, 60.0], [10, 0, -50.0], [-50.0, 0, 10], [0, 0, 0]])
    found = plane_point(gain, np.array([1000.0, 1000.0, 1000.0]))
    shares = (found.win_win, found.health_only, found.fairness_only, found.lose_lose)
    assert shares == pytest.approx((0.2, 0.2, 0.2, 0.2))
    assert found.health.mean == pytest.approx(gain.sum(axis=1).mean() / 3)
    one = plane_point(gain[:1], np.array([1000.0, 1000.0, 1000.0]))
    assert one.fairness.mean == pytest.approx(-slope_index(np.ones(3), np.array([30.0, 0, 0])))


def test_winners_and_losers_by_hand() -> None:
    gain = np.column_stack([np.full(40, 10.0), np.full(40, -4.0), np.linspace(-1, 1, 40)])
    found = winners_losers(gain, np.array([500.0, 1000.0, 0.0]), NAMES)
    assert [g.verdict for g in found] == ["gains", "loses", "cannot_tell"]
    assert [g.per_1000.mean for g in found] == pytest.approx([20.0, -4.0, 0.0])
    assert found[0].total.mean == 10.0
    assert verdict_of(np.zeros(5)) == "unchanged"
    with pytest.raises(ValueError, match="column"):
        winners_losers(gain, PERSONS, ("a",))


def test_dominance_by_hand() -> None:
    two = np.array([1.0, 1.0])
    assert distribution_dominance(np.array([2.0, 3.0]), np.array([1.0, 3.0]), two) == "all_groups"
    fair, skew = np.array([2.0, 3.0]), np.array([1.0, 3.5])
    assert distribution_dominance(fair, skew, two) == "generalised_lorenz"
    assert distribution_dominance(skew, fair, two) == "none"
    assert distribution_dominance(fair, fair, two) == "none"
    draws = np.array([1.0, 2.0, 3.0])
    assert stochastic_dominance(draws + 1, draws) == "first"
    assert stochastic_dominance(np.array([2.0, 2.0, 2.0]), draws) == "second"
    assert stochastic_dominance(draws, draws) == "none"
    with pytest.raises(ValueError, match="different numbers"):
        stochastic_dominance(draws, draws[1:])
