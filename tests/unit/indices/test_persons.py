"""Indices of individual data, against slow definitions, other formulas and resampling."""

from __future__ import annotations

import csv
import math
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jevn.indices import (
    INDICES,
    INDIVIDUAL_INDICES,
    GroupedData,
    IndexOptions,
    IndividualData,
    individual_index,
    individual_indices,
)
from jevn.terms import LANGUAGES, Say

NAMES = tuple(INDIVIDUAL_INDICES)
OPTIONS = IndexOptions(bounds=(0.0, 10.0), aversion=3.3, sensitivity=1.6)


def made_up(n=300, seed=3, positions=40):
    rng = np.random.default_rng(seed)
    ranker = rng.integers(0, positions, n).astype(float)
    outcome = np.clip(rng.gamma(2, 1.2, n) + ranker / positions, 0, 10)
    return outcome, ranker, rng.uniform(0.4, 3, n)


def slow_ranks(ranker, weights):
    """Mid-point of the cumulative weight, person by person."""
    total = sum(weights)
    return [
        (
            sum(w for r, w in zip(ranker, weights, strict=True) if r < own)
            + sum(w for r, w in zip(ranker, weights, strict=True) if r == own) / 2
        )
        / total
        for own in ranker
    ]


def slow_concentration(outcome, ranker, weights):
    """2 cov(y, R) / mean, with the covariance of the definition."""
    ranks, total = slow_ranks(ranker, weights), sum(weights)
    mean = sum(w * y for w, y in zip(weights, outcome, strict=True)) / total
    centre = sum(w * r for w, r in zip(weights, ranks, strict=True)) / total
    covariance = (
        sum(w * (y - mean) * (r - centre) for w, y, r in zip(weights, outcome, ranks, strict=True))
        / total
    )
    return 2 * covariance / mean


def kakwani_1997(outcome, ranker):
    """Variance of the concentration index as printed, with the curve at the middle of ties."""
    n, mean = len(outcome), float(np.mean(outcome))
    ranks = slow_ranks(ranker, [1.0] * n)
    index = slow_concentration(outcome, ranker, [1.0] * n)
    squares = []
    for y, own, rank in zip(outcome, ranker, ranks, strict=True):
        before = sum(v for v, r in zip(outcome, ranker, strict=True) if r < own) / (n * mean)
        through = sum(v for v, r in zip(outcome, ranker, strict=True) if r <= own) / (n * mean)
        squares.append((y / mean * (2 * rank - 1 - index) + 2 - before - through) ** 2)
    return (sum(squares) / n - (1 + index) ** 2) / n


def as_groups(outcome, ranker, weights):
    """The places of the ladder as groups."""
    places = np.unique(ranker)
    share = [weights[ranker == p].sum() for p in places]
    mean = [np.average(outcome[ranker == p], weights=weights[ranker == p]) for p in places]
    return GroupedData(tuple(mean), tuple(share), orders=tuple(places), bounds=(0.0, 10.0))


def jackknife_error(outcome, ranker, weights, name):
    """Leaving out one person at a time."""
    n = len(outcome)
    found = []
    for at in range(n):
        keep = np.arange(n) != at
        data = IndividualData(outcome[keep], ranker[keep], weights[keep])
        found.append(individual_indices(data, [name], options=OPTIONS)[0].estimate)
    # The standard error of a ratio is that of its logarithm, carried over.
    values = np.log(found) * np.mean(found) if name == "rii_linear" else np.array(found)
    return math.sqrt((n - 1) / n * ((values - values.mean()) ** 2).sum())


def test_concentration_index_is_twice_the_covariance_with_the_rank():
    outcome, ranker, weights = made_up()
    found = individual_index(IndividualData(outcome, ranker, weights))
    assert found.estimate == pytest.approx(slow_concentration(outcome, ranker, weights), rel=1e-11)
    assert found.persons == 300
    assert found.positions == 40


@pytest.mark.parametrize("name", [n for n in NAMES if n in INDICES])
def test_every_index_is_that_of_the_places_as_groups(name):
    outcome, ranker, weights = made_up()
    options = {"rci_extended": {"aversion": 3.3}, "symmetric": {"sensitivity": 1.6}}.get(name, {})
    groups = INDICES[name](as_groups(outcome, ranker, weights), **options)
    data = IndividualData(outcome, ranker, weights)
    found = individual_indices(data, [name], options=OPTIONS)[0]
    assert found.estimate == pytest.approx(groups.estimate, rel=1e-9)


def test_kakwanis_standard_error_is_the_printed_formula():
    outcome, ranker, _ = made_up(120)
    data = IndividualData(outcome, ranker)
    found = individual_indices(data, variance="kakwani")[0]
    assert found.se == pytest.approx(math.sqrt(kakwani_1997(outcome, ranker)), rel=1e-9)
    linearised = individual_index(data)
    assert linearised.se == pytest.approx(found.se * math.sqrt(120 / 119), rel=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_linearised_standard_error_agrees_with_the_jackknife(name):
    outcome, ranker, weights = made_up(400, seed=8)
    found = individual_indices(IndividualData(outcome, ranker, weights), [name], options=OPTIONS)[0]
    assert found.se == pytest.approx(jackknife_error(outcome, ranker, weights, name), rel=0.02)


@pytest.mark.parametrize("name", ["rci", "rii_linear", "rci_extended"])
def test_linearised_standard_error_with_few_places_agrees_with_the_jackknife(name):
    outcome, ranker, weights = made_up(300, seed=5, positions=3)
    found = individual_indices(IndividualData(outcome, ranker, weights), [name], options=OPTIONS)[0]
    assert found.se == pytest.approx(jackknife_error(outcome, ranker, weights, name), rel=0.02)


def test_linearised_standard_error_is_the_spread_over_samples():
    rng = np.random.default_rng(12)
    estimates, errors = [], []
    for _ in range(600):
        income = rng.lognormal(0, 0.8, 250)
        ill = (rng.uniform(size=250) < 0.4 / (1 + income)).astype(float)
        found = individual_index(IndividualData(ill, income))
        estimates.append(found.estimate)
        errors.append(found.se)
    assert np.mean(errors) == pytest.approx(np.std(estimates), rel=0.08)


def test_slope_is_that_of_least_squares_on_the_ranks():
    outcome, ranker, weights = made_up()
    ranks = np.array(slow_ranks(ranker, weights))
    slope, bottom = np.polyfit(ranks, outcome, 1, w=np.sqrt(weights))
    data = IndividualData(outcome, ranker, weights)
    sii, rii = individual_indices(data, ["sii_linear", "rii_linear"])
    assert sii.estimate == pytest.approx(slope, rel=1e-9)
    assert rii.estimate == pytest.approx((bottom + slope) / bottom, rel=1e-9)
    assert rii.method == "log_linearised"
    assert rii.lower < rii.estimate < rii.upper


def test_weights_that_count_persons_are_the_persons():
    outcome, ranker, _ = made_up(60)
    times = np.random.default_rng(1).integers(1, 5, 60)
    weighted = individual_indices(
        IndividualData(outcome, ranker, times.astype(float)), NAMES, options=OPTIONS
    )
    repeated = individual_indices(
        IndividualData(np.repeat(outcome, times), np.repeat(ranker, times)), NAMES, options=OPTIONS
    )
    for one, other in zip(weighted, repeated, strict=True):
        assert one.estimate == pytest.approx(other.estimate, rel=1e-10), one.index


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4)), min_size=2, max_size=40))
def test_the_order_of_rows_does_not_matter_with_ties(persons):
    outcome, ranker = (np.array(column, dtype=float) for column in zip(*persons, strict=True))
    for turned in (slice(None, None, -1), np.argsort(outcome, kind="stable")):
        one = individual_indices(IndividualData(outcome, ranker), NAMES, options=OPTIONS)
        other = individual_indices(
            IndividualData(outcome[turned], ranker[turned]), NAMES, options=OPTIONS
        )
        for a, b in zip(one, other, strict=True):
            assert a.notes == b.notes
            for part in ("estimate", "se"):
                first, second = getattr(a, part), getattr(b, part)
                assert (first is None) == (second is None)
                if first is not None:
                    assert first == pytest.approx(second, rel=1e-9, abs=1e-7)


def test_cases_and_non_cases_mirror_each_other_in_the_bounded_indices():
    outcome, ranker, _ = made_up()
    ill = (outcome > 3).astype(float)
    for name in ("erreygers", "wagstaff", "symmetric"):
        cases, healthy = (
            individual_index(IndividualData(y, ranker, bounds=(0, 1)), name) for y in (ill, 1 - ill)
        )
        assert cases.estimate == pytest.approx(-healthy.estimate)
        assert cases.se == pytest.approx(healthy.se)


@pytest.mark.parametrize(
    ("outcome", "ranker", "note"),
    [
        ([1.0], [1.0], "too_few_persons"),
        ([], [], "too_few_persons"),
        ([np.nan, 1.0], [1.0, 2.0], "too_few_persons"),
        ([1.0, 0.0, 1.0], [2.0, 2.0, 2.0], "one_position"),
        ([0.0, 0.0, 0.0], [1.0, 2.0, 3.0], "zero_mean"),
        ([-1.0, 0.0, 1.0], [1.0, 2.0, 3.0], "zero_mean"),
    ],
)
def test_what_is_not_defined_says_why(outcome, ranker, note):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = individual_index(IndividualData(np.array(outcome), np.array(ranker)))
    assert found.estimate is None
    assert found.se is None
    assert found.method == "none"
    assert found.notes[0] == f"indices.note.{note}"
    for language in LANGUAGES:
        assert all(len(Say(language)(key)) > 10 for key in found.notes)


def test_bounds_are_never_taken_from_the_sample():
    outcome, ranker = np.array([0.0, 1.0, 1.0]), np.array([1.0, 2.0, 3.0])
    for name in ("erreygers", "wagstaff", "symmetric"):
        without = individual_index(IndividualData(outcome, ranker), name)
        assert without.notes == ("indices.note.no_bounds",)
        outside = individual_index(IndividualData(outcome, ranker, bounds=(0, 0.5)), name)
        assert outside.notes == ("indices.note.outside_bounds",)
    full = individual_index(IndividualData(np.ones(3), ranker, bounds=(0, 1)), "wagstaff")
    assert full.notes == ("indices.note.all_at_bound",)


def test_persons_of_whom_something_is_unknown_are_left_out_and_counted():
    outcome, ranker, weights = made_up(50)
    more = IndividualData(
        np.concatenate([outcome, [np.nan, 1, 2, 3, 4]]),
        np.concatenate([ranker, [1, np.nan, 2, 3, np.inf]]),
        np.concatenate([weights, [1, 1, np.nan, 0, 1]]),
    )
    all_known = individual_index(IndividualData(outcome, ranker, weights))
    found = individual_index(more)
    assert (found.estimate, found.se) == (all_known.estimate, all_known.se)
    assert (found.persons, found.left_out) == (50, 5)
    assert found.notes == ("indices.note.persons_left_out",)


def test_what_cannot_be_is_refused():
    one, two = np.array([1.0, 2.0]), np.array([1.0, 2.0, 3.0])
    with pytest.raises(ValueError, match="negative"):
        IndividualData(one, one, np.array([1.0, -1.0]))
    with pytest.raises(ValueError, match="infinite"):
        IndividualData(one, one, np.array([1.0, np.inf]))
    with pytest.raises(ValueError, match="ranker: shape"):
        IndividualData(one, two)
    with pytest.raises(ValueError, match="bounds"):
        IndividualData(one, one, bounds=(1, 1))
    with pytest.raises(ValueError, match="no index"):
        individual_index(IndividualData(one, one), "gini")
    with pytest.raises(ValueError, match="aversion"):
        IndexOptions(aversion=0.5)
    with pytest.raises(ValueError, match="sensitivity"):
        IndexOptions(sensitivity=1.0)
    with pytest.raises(ValueError, match="level"):
        IndexOptions(level=95)
    with pytest.raises(ValueError, match="variance"):
        individual_indices(IndividualData(one, one), variance="bootstrap")
    with pytest.raises(ValueError, match="kakwani"):
        individual_indices(IndividualData(one, one, clusters=one), variance="kakwani")


def test_a_large_constant_costs_no_figures():
    outcome, ranker, weights = made_up()
    near = individual_index(IndividualData(outcome, ranker, weights), "aci")
    far = individual_index(IndividualData(outcome + 1e7, ranker, weights), "aci")
    assert far.estimate == pytest.approx(near.estimate, rel=1e-6)
    assert far.se == pytest.approx(near.se, rel=1e-6)


def test_arrays_are_not_changed():
    parts = made_up(80)
    clusters = np.arange(80) // 4
    before = [part.copy() for part in (*parts, clusters)]
    individual_indices(IndividualData(*parts, clusters=clusters), NAMES, options=OPTIONS)
    for part, kept in zip((*parts, clusters), before, strict=True):
        np.testing.assert_array_equal(part, kept)


@pytest.mark.parametrize(
    ("file", "outcome", "ranker"),
    [
        ("meps-2003-elderly.csv", "totchr", "income"),
        ("rwm5yr-germany-1984-1988.csv", "docvis", "hhninc"),
        ("birthweight-nhis-1988.csv", "cigs", "faminc"),
        ("rwm5yr-germany-1984-1988.csv", "hospvis", "edlevel"),
    ],
)
def test_real_persons_by_the_covariance_of_the_definition(shared_data, file, outcome, ranker):
    path = shared_data / "data" / "individual-health" / file
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [(row[outcome], row[ranker]) for row in csv.DictReader(lines)]
    y, x = (np.array([float(v) if v else np.nan for v in c]) for c in zip(*rows, strict=True))
    # Ranks by looking up in the sorted list, the covariance by NumPy: another way altogether.
    ordered = np.sort(x)
    ranks = (np.searchsorted(ordered, x) + np.searchsorted(ordered, x, "right")) / 2 / len(x)
    expected = 2 * np.cov(y, ranks, bias=True)[0, 1] / y.mean()
    found = individual_index(IndividualData(y, x))
    assert found.estimate == pytest.approx(expected, rel=1e-9)
    assert found.lower < found.estimate < found.upper
