"""Decompositions of differences of crude rates."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.indices import (
    Bootstrap,
    Strata,
    das_gupta_decomposition,
    kitagawa_decomposition,
)

ONE = Strata.of_cases([30, 80, 150], [1000, 1200, 800])
OTHER = Strata.of_cases([20, 90, 310], [600, 1500, 2100])


def slow(one, other):
    """A sum for each stratum."""
    rate = composition = 0.0
    n, m = sum(one.sizes), sum(other.sizes)
    for r, a, s, b in zip(one.rates, one.sizes, other.rates, other.sizes, strict=True):
        rate += (a / n + b / m) / 2 * (r - s)
        composition += (r + s) / 2 * (a / n - b / m)
    return rate, composition


def strata(draw, k):
    rates = draw(st.lists(st.floats(0, 50), min_size=k, max_size=k))
    sizes = draw(st.lists(st.floats(1, 1000), min_size=k, max_size=k))
    return rates, sizes


@st.composite
def pairs(draw):
    k = draw(st.integers(1, 6))
    return Strata.of_rates(*strata(draw, k)), Strata.of_rates(*strata(draw, k))


@given(pairs())
def test_parts_add_up_and_turn_with_the_populations(pair):
    one, other = pair
    found, back = kitagawa_decomposition(one, other), kitagawa_decomposition(other, one)
    rate, composition = slow(one, other)
    assert found.part("rate").estimate == pytest.approx(rate, abs=1e-9)
    assert found.part("composition").estimate == pytest.approx(composition, abs=1e-9)
    crude = one.shares @ one.rates - other.shares @ other.rates
    assert found.part("difference").estimate == pytest.approx(crude, abs=1e-9)
    assert rate + composition == pytest.approx(crude, abs=1e-9)
    for component in ("rate", "composition"):
        assert back.part(component).estimate == pytest.approx(
            -found.part(component).estimate, abs=1e-9
        )
        names = [str(at + 1) for at in range(len(one.sizes))]
        by_name = sum(found.part(component, name).estimate for name in names)
        assert by_name == pytest.approx(found.part(component).estimate, abs=1e-9)


def test_equal_rates_leave_composition_and_equal_shares_leave_rates():
    one = Strata.of_rates([1.0, 5.0], [30, 70])
    assert kitagawa_decomposition(one, Strata.of_rates([1.0, 5.0], [60, 40])).part(
        "composition"
    ).percent == pytest.approx(100)
    assert kitagawa_decomposition(one, Strata.of_rates([2.0, 3.0], [300, 700])).part(
        "rate"
    ).percent == pytest.approx(100)


@pytest.mark.parametrize("sampled", [False, True])
def test_delta_limits_agree_with_drawn_ones(sampled):
    delta = kitagawa_decomposition(ONE, OTHER, sampled=sampled)
    drawn = kitagawa_decomposition(
        ONE, OTHER, sampled=sampled, bootstrap=Bootstrap(times=4000, seed=2)
    )
    assert (delta.method, drawn.method) == ("delta", "bootstrap")
    for mine, its in zip(delta.parts, drawn.parts, strict=True):
        assert mine.se == pytest.approx(its.se, rel=0.06)
        assert mine.lower == pytest.approx(its.lower, abs=0.25 * its.se)


def test_limits_of_the_difference_are_those_of_stratified_rates():
    found = kitagawa_decomposition(ONE, OTHER).part("difference")
    squared = sum(
        p**2 * r * (1 - r) / n
        for one in (ONE, OTHER)
        for p, r, n in zip(one.shares, one.rates, one.sizes, strict=True)
    )
    assert found.se == pytest.approx(math.sqrt(squared))


def test_sizes_from_a_sample_give_the_error_of_the_crude_proportion():
    # Cases and sizes both drawn: the crude rate is one binomial proportion.
    found = kitagawa_decomposition(ONE, OTHER, sampled=True).part("difference")
    squared = 0.0
    for one in (ONE, OTHER):
        crude = one.cases.sum() / one.sizes.sum()
        squared += crude * (1 - crude) / one.sizes.sum()
    assert found.se == pytest.approx(math.sqrt(squared))


def test_a_stratum_of_only_one_population_is_composition():
    one = Strata.of_cases([30, 0], [1000, 0])
    other = Strata.of_cases([20, 90], [600, 1500])
    found = kitagawa_decomposition(one, other)
    assert found.part("rate", "2").estimate == 0
    assert found.note == "indices.note.empty_category"
    whole = found.part("rate").estimate + found.part("composition").estimate
    assert whole == pytest.approx(found.crude[0] - found.crude[1])
    drawn = kitagawa_decomposition(one, other, bootstrap=Bootstrap(times=3000))
    assert found.part("composition").se == pytest.approx(drawn.part("composition").se, rel=0.06)


def test_without_errors_there_are_no_limits():
    found = kitagawa_decomposition(Strata.of_rates([1, 2], [5, 5]), Strata.of_rates([1, 3], [5, 6]))
    assert (found.method, found.level) == ("none", None)
    assert found.part("rate").lower is None


def test_equal_populations_have_no_percentages():
    found = kitagawa_decomposition(ONE, ONE)
    assert found.note == "indices.note.zero_difference"
    assert found.part("rate").percent is None


def slow_das_gupta(rates, sizes, others, their):
    """The formulas cell by cell."""

    def factor(n, i, j):
        rows, columns, whole = n.sum(axis=1), n.sum(axis=0), n.sum()
        return (
            (n[i, j] / columns[j] * rows[i] / whole) ** 0.5,
            (n[i, j] / rows[i] * columns[j] / whole) ** 0.5,
        )

    first = second = rate = 0.0
    for i in range(rates.shape[0]):
        for j in range(rates.shape[1]):
            a, b = factor(sizes, i, j)
            u, v = factor(their, i, j)
            middle = (rates[i, j] + others[i, j]) / 2
            first += middle * (b + v) / 2 * (a - u)
            second += middle * (a + u) / 2 * (b - v)
            rate += (a * b + u * v) / 2 * (rates[i, j] - others[i, j])
    return rate, first, second


@given(st.integers(0, 10_000))
def test_two_factors_add_up_to_the_composition_of_kitagawa(seed):
    rng = np.random.default_rng(seed)
    r, s = rng.uniform(0, 10, (2, 3, 2))
    n, m = rng.uniform(1, 100, (2, 3, 2))
    one, other = Strata.of_rates(r, n, 0.1 * r), Strata.of_rates(s, m, 0.2 * s)
    found = das_gupta_decomposition(one, other, factors=("age", "education"))
    mine = [
        found.part("rate").estimate,
        found.part("composition", "age").estimate,
        found.part("composition", "education").estimate,
    ]
    np.testing.assert_allclose(mine, slow_das_gupta(r, n, s, m), atol=1e-10)
    assert sum(mine) == pytest.approx(found.part("difference").estimate, abs=1e-10)
    flat = kitagawa_decomposition(
        Strata.of_rates(r.ravel(), n.ravel(), 0.1 * r.ravel()),
        Strata.of_rates(s.ravel(), m.ravel(), 0.2 * s.ravel()),
    )
    for component in ("difference", "rate", "composition"):
        assert found.part(component).estimate == pytest.approx(flat.part(component).estimate)
        assert found.part(component).se == pytest.approx(flat.part(component).se)


def test_a_change_of_one_margin_belongs_to_that_factor():
    rates = [[1.0, 2.0], [3.0, 9.0]]
    one = Strata.of_rates(rates, [[20, 30], [20, 30]])
    other = Strata.of_rates(rates, [[10, 40], [10, 40]])
    found = das_gupta_decomposition(one, other, factors=("age", "education"))
    assert found.part("composition", "age").estimate == pytest.approx(0, abs=1e-12)
    assert found.part("composition", "education").percent == pytest.approx(100)


@pytest.mark.parametrize(
    ("call", "word"),
    [
        (lambda: Strata.of_cases([5], [4]), "more than persons"),
        (lambda: Strata.of_rates([1, 2], [1]), "rates"),
        (lambda: Strata.of_rates([1, 2], [0, 0]), "sizes"),
        (lambda: Strata.of_rates([1, math.nan], [1, 1]), "not finite"),
        (lambda: Strata.of_rates([1, 2], [1, 1], [1, -1]), "negative"),
        (lambda: Strata.of_rates([1, 2], [1, 1], [1]), "errors"),
        (lambda: kitagawa_decomposition(ONE, Strata.of_cases([1], [2])), "shapes"),
        (lambda: kitagawa_decomposition(ONE, OTHER, names=("a",)), "names"),
        (lambda: das_gupta_decomposition(ONE, OTHER, factors=("a", "b")), "shapes"),
        (lambda: kitagawa_decomposition(ONE, OTHER, bootstrap=Bootstrap(clusters=[1])), "clusters"),
        (
            lambda: kitagawa_decomposition(
                ONE, Strata.of_rates([1] * 3, [1] * 3), bootstrap=Bootstrap()
            ),
            "errors",
        ),
    ],
)
def test_faults_of_the_call_are_refused(call, word):
    with pytest.raises(ValueError, match=word):
        call()
