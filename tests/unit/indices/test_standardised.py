"""Rates and standardised rates against PHEindicatormethods 2.1.0 and published formulas."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest

from jevn.indices import (
    EUROPEAN_2013,
    directly_standardised_rate,
    event_rates,
    indirectly_standardised_rate,
    indirectly_standardised_ratio,
    notes_at,
    proportion,
    proportions,
    rate,
    repeated_events,
)
from jevn.terms import LANGUAGES, Say

LEVELS = [(0.95, "95_0cl"), (0.998, "99_8cl")]


@pytest.fixture(scope="module")
def phe(shared_data):
    path = shared_data / "oracles" / "inequality" / "expected.json"
    return {row["id"]: row["rows"] for row in json.loads(path.read_text("utf-8"))["phe"]}


@pytest.fixture(scope="module")
def by_area(shared_data):
    path = shared_data / "oracles" / "inequality" / "age_deaths_19.csv"
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    names = sorted({row["area"] for row in rows})
    return {
        column: np.array([[float(r[column]) for r in rows if r["area"] == n] for n in names])
        for column in ("deaths", "pop", "esp2013", "age")
    }


def column(rows, name):
    return np.array([float(row[name]) for row in rows])


def assert_equal(found, rows, suffix):
    for part, name in ((found.estimate, "value"), (found.lower, f"lower{suffix}")):
        np.testing.assert_allclose(part, column(rows, name), rtol=1e-8, atol=1e-8)
    np.testing.assert_allclose(found.upper, column(rows, f"upper{suffix}"), rtol=1e-8)


@pytest.mark.parametrize(("level", "suffix"), LEVELS)
class TestEqualsPheIndicatorMethods:
    def test_proportions(self, phe, level, suffix):
        rows = phe["phe_proportion_wilson"]
        found = proportions(column(rows, "x"), column(rows, "n"), multiplier=100, level=level)
        assert_equal(found, rows, suffix)

    def test_rates(self, phe, level, suffix):
        rows = phe["phe_rate_byars"]
        found = event_rates(column(rows, "x"), column(rows, "n"), multiplier=1e5, level=level)
        assert_equal(found, rows, suffix)

    def test_direct_standardisation(self, phe, by_area, level, suffix):
        found = directly_standardised_rate(
            by_area["deaths"], by_area["pop"], by_area["esp2013"], multiplier=1e5, level=level
        )
        assert_equal(found, phe["calculate_dsr"], suffix)

    def test_indirect_standardisation(self, phe, by_area, level, suffix):
        deaths, persons = by_area["deaths"], by_area["pop"]
        given = (deaths.sum(1), persons, deaths.sum(0), persons.sum(0))
        ratio = indirectly_standardised_ratio(*given, multiplier=100, level=level)
        assert_equal(ratio, phe["calculate_ISRatio"], suffix)
        np.testing.assert_allclose(ratio.expected, column(phe["calculate_ISRatio"], "expected"))
        assert_equal(
            indirectly_standardised_rate(*given, multiplier=1e5, level=level),
            phe["calculate_ISRate"],
            suffix,
        )


def test_single_areas_are_those_of_many():
    many = proportions([0, 3, 7], [7, 7, 7])
    for at, cases in enumerate((0, 3, 7)):
        one = proportion(cases, 7)
        assert (one.estimate, one.lower, one.upper) == (
            many.estimate[at],
            many.lower[at],
            many.upper[at],
        )
    assert rate(9, 100).upper == event_rates([9], [100]).upper[0]


def test_the_european_standard_is_that_of_eurostat(shared_data):
    path = shared_data / "data" / "inequality-reference" / "european-standard-population-2013.csv"
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    starts = [float(row["age_from"]) for row in rows]
    expected = [float(row["esp2013"]) for row in rows]
    assert EUROPEAN_2013.weights(starts).tolist() == expected
    assert sum(EUROPEAN_2013.persons) == 100_000


def test_a_band_that_cuts_one_of_the_standard_is_refused():
    with pytest.raises(ValueError, match="67"):
        EUROPEAN_2013.weights([0, 67])


def test_limits_of_few_events_are_exact_and_have_a_note():
    # One band: Dobson's limits are those of the rate itself.
    found = directly_standardised_rate([[4]], [[1000]], [1])
    crude = event_rates([4], [1000])
    np.testing.assert_allclose(found.lower, crude.lower)
    np.testing.assert_allclose(found.upper, crude.upper)
    assert notes_at(found.notes, 0) == ("indices.note.few_events",)
    none = directly_standardised_rate([[0]], [[1000]], [1])
    np.testing.assert_allclose(none.upper, event_rates([0], [1000]).upper)


def test_repeated_events_widen_limits_by_their_variance():
    once = np.array([[12.0, 30.0, 50.0]])
    persons = np.array([[900.0, 800.0, 300.0]])
    plain = directly_standardised_rate(once, persons, [3, 2, 1])
    same = repeated_events(once[..., None], [1])
    assert directly_standardised_rate(same[0], persons, [3, 2, 1], variances=same[1]).se == plain.se
    events, variances = repeated_events(np.stack([once, once / 2], -1), [1, 4])
    found = directly_standardised_rate(events, persons, [3, 2, 1], variances=variances)
    # By hand: sum of w^2 (1^2 x1 + 4^2 x4) / n^2 over (sum w)^2.
    weights = np.array([3.0, 2.0, 1.0])
    by_hand = (weights**2 * (once + 16 * once / 2) / persons**2).sum() / 36
    np.testing.assert_allclose(found.se**2, by_hand)


def test_a_band_without_persons_is_left_out_with_a_note():
    found = directly_standardised_rate([[10, 5, 0]], [[100, 50, 0]], [2, 1, 4])
    part = directly_standardised_rate([[10, 5]], [[100, 50]], [2, 1])
    np.testing.assert_allclose(found.estimate, part.estimate)
    assert "indices.note.empty_age_band" in notes_at(found.notes, 0)


def test_unknown_counts_are_unknown_with_a_note():
    found = event_rates([np.nan, 3, 0], [10, 10, 0])
    assert np.isnan(found.estimate).tolist() == [True, False, True]
    assert set(found.notes) == {"missing_count", "nobody_here"}
    direct = directly_standardised_rate([[np.nan, 3], [1, 3]], [[10, 10]] * 2, [1, 1])
    assert np.isnan(direct.estimate).tolist() == [True, False]
    assert set(direct.notes) == {"missing_band", "few_events"}


@pytest.mark.parametrize(
    ("call", "area"),
    [
        (lambda: proportions([1, 5], [4, 4]), "area 1"),
        (lambda: event_rates([1, -1], [4, 4]), "area 1"),
        (lambda: event_rates([1, 1, 1], [4, 4, 0]), "area 2"),
        (lambda: directly_standardised_rate([[1, 1]], [[0, 1]], [1, 1]), "area 0"),
        (lambda: indirectly_standardised_ratio([1], [[5, 5]], [1, 0], [9, 0]), "area 0"),
    ],
)
def test_impossible_counts_are_refused_naming_the_area(call, area):
    with pytest.raises(ValueError, match=area):
        call()


@pytest.mark.parametrize(
    "note",
    [
        *("nobody_here", "missing_count", "missing_band", "no_deaths", "open_band_joined"),
        *("empty_band", "rate_too_high", "small_population", "band_without_deaths", "few_events"),
        *("empty_age_band", "none_expected", "one_value", "missing_share"),
    ],
)
def test_every_note_has_a_text_in_each_language(note):
    texts = {Say(language)(f"indices.note.{note}") for language in LANGUAGES}
    assert all(text.endswith(".") for text in texts)
