"""Means, groups of equal number and funnels against PHEindicatormethods 2.1.0."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest

from jevn.indices import (
    FunnelClass,
    funnel_classes,
    funnel_limits,
    poisson_limits,
    quantile_groups,
    sample_means,
)


@pytest.fixture(scope="module")
def oracle(shared_data):
    return shared_data / "oracles" / "inequality"


@pytest.fixture(scope="module")
def phe(oracle):
    text = (oracle / "expected.json").read_text("utf-8")
    return {row["id"]: row["rows"] for row in json.loads(text)["phe"]}


def read(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("level", "suffix"), [(0.95, "95_0cl"), (0.998, "99_8cl")])
def test_means_equal_those_of_phe_indicator_methods(oracle, phe, level, suffix):
    rows = read(oracle / "means.csv")
    found = sample_means([float(r["v"]) for r in rows], [r["area"] for r in rows], level=level)
    expected = phe["phe_mean"]
    assert found.groups.tolist() == [r["area"] for r in expected]
    for part, name in (
        (found.estimate, "value"),
        (found.deviations, "stdev"),
        (found.lower, f"lower{suffix}"),
        (found.upper, f"upper{suffix}"),
    ):
        np.testing.assert_allclose(part, [r[name] for r in expected], rtol=1e-8)


def test_a_single_value_has_no_limits_but_a_note():
    found = sample_means([3.0, 4.0, np.nan, 8.0], ["a", "a", "a", "b"])
    assert found.counts.tolist() == [2, 1]
    assert np.isnan(found.lower).tolist() == [False, True]
    assert found.notes["one_value"].tolist() == [False, True]


def test_groups_of_equal_number_equal_those_of_phe_indicator_methods(oracle, phe):
    values = [float(r["v"]) for r in read(oracle / "quantiles.csv")]
    found = quantile_groups(values, 5, highest_first=True)
    assert found.tolist() == [r["quantile"] for r in phe["phe_quantile"]]


def test_equal_values_are_in_one_group_and_unknown_in_none():
    found = quantile_groups([[1, 2, 2, 2, np.nan, 9], [6, 5, 4, 3, 2, 1]], 3)
    assert found[0, 1] == found[0, 2] == found[0, 3]
    assert found[0, 4] == 0
    assert found[1].tolist() == [3, 3, 2, 2, 1, 1]


def test_funnel_limits_equal_those_of_phe_indicator_methods(phe):
    rows = phe["funnel_prop_limits"]
    sizes = [r["Population"] for r in rows]
    found = funnel_limits(sizes, rows[0]["baseline"] / 100, "proportion", multiplier=100)
    for at, sigma in enumerate(("2s", "3s")):
        for part, side in ((found.lower, "lower"), (found.upper, "upper")):
            expected = [r[f"{side}_{sigma}_limit"] for r in rows]
            np.testing.assert_allclose(part[at], expected, rtol=1e-8, atol=1e-8)


def test_funnel_classes_equal_those_of_phe_indicator_methods(phe):
    names = {
        "Not significant": FunnelClass.WITHIN,
        "Low (0.001)": FunnelClass.FAR_BELOW,
        "Low (0.025)": FunnelClass.BELOW,
        "High (0.025)": FunnelClass.ABOVE,
        "High (0.001)": FunnelClass.FAR_ABOVE,
    }
    rows = phe["funnel_prop_sig"]
    found = funnel_classes(
        [r["numerator"] for r in rows], [r["denominator"] for r in rows], "proportion"
    )
    assert found.classes.tolist() == [names[r["significance"]] for r in rows]


@pytest.mark.parametrize("level", [0.95, 0.998])
def test_at_the_limits_of_rates_the_exact_interval_touches_the_baseline(level):
    from scipy.stats import chi2

    persons, baseline = np.array([800.0, 5_000.0, 90_000.0]), 0.004
    found = funnel_limits(persons, baseline, "rate", levels=[level])
    expected, tail = baseline * persons, (1 - level) / 2
    many, few = found.upper[0] * persons, found.lower[0] * persons
    np.testing.assert_allclose(chi2.ppf(tail, 2 * many) / 2, expected, rtol=1e-6)
    some = few > 0
    touching = chi2.ppf(1 - tail, 2 * few + 2) / 2
    np.testing.assert_allclose(touching[some], expected[some], rtol=1e-6)
    assert (np.exp(-expected[~some]) >= tail).all()


def test_rates_are_classed_by_their_own_limits():
    events, expected = np.array([5.0, 20.0, 40.0, 8.0]), np.array([5.0, 10.0, 10.0, 20.0])
    found = funnel_classes(events, expected, "ratio")
    low, high = poisson_limits(events)
    outside = (low > expected) | (high < expected)
    assert (found.classes != 0).tolist() == outside.tolist()
    assert found.classes.tolist() == [0, 1, 2, -1]
    rates = funnel_classes(events, expected * 100, "rate", baseline=0.01)
    assert rates.classes.tolist() == found.classes.tolist()


def test_an_area_without_persons_is_unknown():
    found = funnel_classes([0, 4, 6], [0, 40, 60], "proportion")
    assert found.classes.tolist() == [FunnelClass.UNKNOWN, 0, 0]
    assert found.notes["nobody_here"].tolist() == [True, False, False]
