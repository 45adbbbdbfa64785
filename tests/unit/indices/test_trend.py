"""Trends of an index over years."""

from __future__ import annotations

import csv
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.indices import (
    GroupedData,
    difference,
    overlap_correlations,
    ratio,
    stacked,
    trend_of_index,
    trend_of_values,
)
from jevn.terms import LANGUAGES, Say

ROLLING = [(y, y + 6) for y in range(2000, 2012)]


def slow_correlation(one, other):
    """Count the years."""
    a = set(range(one[0], one[1] + 1))
    b = set(range(other[0], other[1] + 1))
    return len(a & b) / (len(a) * len(b)) ** 0.5


def slow_line(periods, y, se, *, gls=False):
    """Slope and its standard error with explicit matrices."""
    x = np.array([(a + b) / 2 for a, b in periods])
    rho = np.array([[slow_correlation(a, b) for b in periods] for a in periods])
    v = np.diag(se) @ rho @ np.diag(se)
    w = np.linalg.inv(v) if gls else np.diag(1 / np.asarray(se) ** 2)
    design = np.column_stack([np.ones(len(x)), x - 2000])
    to_beta = np.linalg.inv(design.T @ w @ design) @ design.T @ w
    return (to_beta @ y)[1], np.sqrt((to_beta @ v @ to_beta.T)[1, 1])


def test_periods_are_correlated_by_the_years_they_share():
    periods = [(2000, 2006), (2001, 2007), (2004, 2008), (2010, 2010), (2010, 2016)]
    expected = [[slow_correlation(a, b) for b in periods] for a in periods]
    np.testing.assert_allclose(overlap_correlations(periods), expected)


def test_single_years_are_independent():
    np.testing.assert_array_equal(overlap_correlations([2000, 2001, 2005]), np.eye(3))


@pytest.mark.parametrize("fit", ["wls", "gls"])
@pytest.mark.parametrize(
    "periods", [ROLLING, [(y, y) for y in (2001, 2002, 2005, 2011)], ROLLING[::3], ROLLING[:2]]
)
def test_slope_and_error_are_those_of_explicit_matrices(fit, periods):
    rng = np.random.default_rng(3)
    y, se = rng.normal(80, 1, len(periods)), rng.uniform(0.2, 0.5, len(periods))
    found = trend_of_values(periods, y, se, fit=fit).row(0)
    slope, error = slow_line(periods, y, se, gls=fit == "gls")
    assert found.change == pytest.approx(slope, rel=1e-8)
    assert found.se == pytest.approx(error, rel=1e-8)
    assert found.upper == pytest.approx(slope + 1.959964 * error, rel=1e-6)


def test_limits_of_rolling_means_hold_where_ignoring_the_overlap_does_not():
    rng = np.random.default_rng(11)
    yearly = rng.normal(0, np.sqrt(7) * 0.3, (3000, 18)) + 0.1 * np.arange(18)
    rolled = np.stack([yearly[:, t : t + 7].mean(axis=1) for t in range(12)], axis=1)
    se = np.full(rolled.shape, 0.3)
    for fit in ("wls", "gls"):
        found = trend_of_values(ROLLING, rolled, se, fit=fit)
        assert 0.94 < ((found.lower <= 0.1) & (found.upper >= 0.1)).mean() < 0.96
    middles = [(a + b) / 2 for a, b in ROLLING]
    blind = trend_of_values(middles, rolled, se)
    assert ((blind.lower <= 0.1) & (blind.upper >= 0.1)).mean() < 0.8


@pytest.mark.parametrize("fit", ["wls", "gls"])
def test_limits_from_scatter_hold_also_with_overlap(fit):
    rng = np.random.default_rng(12)
    yearly = rng.normal(0, 1, (3000, 26)) + 0.1 * np.arange(26)
    rolled = np.stack([yearly[:, t : t + 3].mean(axis=1) for t in range(24)], axis=1)
    periods = [(y, y + 2) for y in range(2000, 2024)]
    found = trend_of_values(periods, rolled, variance="classical", fit=fit)
    assert 0.93 < ((found.lower <= 0.1) & (found.upper >= 0.1)).mean() < 0.97


def test_scatter_without_overlap_is_the_textbook_regression():
    from scipy.stats import linregress, t

    x, y = np.array([2000, 2001, 2003, 2008, 2009]), np.array([5.0, 5.5, 5.1, 6.2, 6.6])
    expected = linregress(x, y)
    found = trend_of_values(x, y, variance="classical").row(0)
    assert found.change == pytest.approx(expected.slope)
    assert found.se == pytest.approx(expected.stderr)
    assert found.p == pytest.approx(expected.pvalue)
    assert found.upper == pytest.approx(expected.slope + t.ppf(0.975, 3) * expected.stderr)


def test_scatter_with_overlap_is_that_of_explicit_matrices():
    from scipy.stats import t

    rng = np.random.default_rng(5)
    y = rng.normal(80, 1, len(ROLLING))
    design = np.column_stack([np.ones(12), np.arange(12.0)])
    rho = np.array([[slow_correlation(a, b) for b in ROLLING] for a in ROLLING])
    to_beta = np.linalg.pinv(design)
    maker = np.eye(12) - design @ to_beta
    one, two = np.trace(maker @ rho), np.trace(maker @ rho @ maker @ rho)
    squared = (y @ maker @ y / one) * (to_beta @ rho @ to_beta.T)[1, 1]
    found = trend_of_values(ROLLING, y, variance="classical").row(0)
    assert found.se == pytest.approx(np.sqrt(squared))
    half = t.ppf(0.975, one**2 / two) * np.sqrt(squared)
    assert found.upper - found.change == pytest.approx(half)


def test_constant_growth_is_found_in_per_cent():
    y = 4.0 * 1.03 ** np.arange(6)
    found = trend_of_values(range(2010, 2016), y, 0.02 * y, relative=True).row(0)
    assert found.change == pytest.approx(3.0)
    log_se = 0.02 / np.sqrt(((np.arange(6) - 2.5) ** 2).sum())
    assert found.se == pytest.approx(103 * log_se)
    assert found.lower == pytest.approx(100 * (1.03 * np.exp(-1.959964 * log_se) - 1), abs=1e-6)
    assert found.middle == pytest.approx(4.0 * 1.03**2.5)


def test_many_series_with_gaps_give_what_each_alone_gives():
    rng = np.random.default_rng(9)
    y = rng.normal(10, 1, (20, 12))
    y[rng.random(y.shape) < 0.3] = np.nan
    se = rng.uniform(0.2, 0.5, y.shape)
    for fit in ("wls", "gls"):
        for variance in ("delta", "classical"):
            found = trend_of_values(ROLLING, y, se, fit=fit, variance=variance)
            for at in range(20):
                use = ~np.isnan(y[at])
                years = np.array(ROLLING)[use]
                alone = trend_of_values(years, y[at][use], se[at][use], fit=fit, variance=variance)
                one, many = alone.row(0), found.row(at)
                assert (many.change, many.se, many.p) == pytest.approx((one.change, one.se, one.p))
                assert many.note == "indices.note.missing_point"


NAN = np.nan


@pytest.mark.parametrize("fit", ["wls", "gls"])
@pytest.mark.parametrize("variance", ["delta", "classical"])
@pytest.mark.parametrize(
    ("y", "se", "note"),
    [
        ([NAN] * 4, [0.1] * 4, "too_few_points"),
        ([1.0, NAN, NAN, NAN], [0.1] * 4, "too_few_points"),
        ([1.0, NAN, NAN, 2.0], [0.1] * 4, None),
        ([1.0, 2.0, 2.0, 1.0], [NAN] * 4, None),
        ([1.0, 2.0, 2.0, 1.0], [0.1, NAN, 0.1, 0.1], None),
        ([1.0, 2.0, 2.0, 1.5], [0.0] * 4, ""),
        ([1.0] * 4, [0.0] * 4, ""),
        ([1.0, 0.0, 2.0, 1.0], [0.1] * 4, ""),
    ],
)
def test_odd_series_have_an_answer_without_warnings(fit, variance, y, se, note):
    periods = [(2000, 2006), (2001, 2007), (2002, 2008), (2009, 2015)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for relative in (False, True):
            found = trend_of_values(
                periods, y, se, fit=fit, variance=variance, relative=relative
            ).row(0)
            if note == "too_few_points":
                assert found.change is None
                assert found.note.endswith(note)
            if found.change is None or found.lower is None:
                assert found.note is not None
            if note == "" and not relative:
                assert found.change is not None


def test_two_points_have_a_slope_with_limits_and_a_note():
    found = trend_of_values([2000, 2010], [5.0, 7.0], [0.3, 0.4]).row(0)
    assert (found.change, found.se) == pytest.approx((0.2, 0.05))
    assert found.note == "indices.note.two_points"
    assert trend_of_values([2000, 2010], [5.0, 7.0], variance="classical").row(0).lower is None


@pytest.mark.parametrize("fit", ["wls", "gls"])
def test_points_of_the_same_years_have_no_trend(fit):
    found = trend_of_values([(2000, 2006)] * 3, [1.0, 2.0, 3.0], [0.1] * 3, fit=fit).row(0)
    assert found.change is None
    assert found.note == "indices.note.same_years"


def test_zero_and_less_have_no_change_in_per_cent():
    found = trend_of_values([2000, 2001, 2002], [1.0, 0.0, 2.0], [0.1] * 3, relative=True).row(0)
    assert found.change is None
    assert found.note == "indices.note.not_positive_point"


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"estimates": [1.0, 2.0]}, "estimates"),
        ({"errors": [1.0, 2.0]}, "errors"),
        ({"errors": [1.0, 2.0, -1.0]}, "negative"),
        ({"years": [2000, 2001, NAN]}, "finite"),
        ({"years": [(2001, 2000), (2002, 2003), (2004, 2005)]}, "ends before"),
        ({"years": [[1, 2, 3]] * 3}, "years"),
        ({"fit": "ols"}, "ols"),
        ({"variance": "hc9"}, "hc9"),
        ({"level": 1.5}, "level"),
    ],
)
def test_faults_of_the_call_are_refused(change, word):
    given_ = {"years": [2000, 2001, 2002], "estimates": [1.0, 2.0, 3.0], "errors": [0.1] * 3}
    with pytest.raises(ValueError, match=word):
        trend_of_values(**{**given_, **change})


@given(st.lists(st.floats(-50, 50), min_size=3, max_size=8), st.floats(-5, 5), st.floats(0.1, 10))
def test_a_trend_follows_what_is_added_and_the_scale(values, slope, factor):
    years = np.arange(2000, 2000 + len(values))
    y, se = np.array(values), np.linspace(0.5, 1.5, len(values))
    plain = trend_of_values(years, y, se).row(0)
    added = trend_of_values(years, y + slope * (years - 2000), se).row(0)
    scaled = trend_of_values(years, factor * y, factor * se).row(0)
    assert added.change == pytest.approx(plain.change + slope, abs=1e-8)
    assert added.se == pytest.approx(plain.se)
    assert scaled.change == pytest.approx(factor * plain.change, abs=1e-8)
    assert scaled.p == pytest.approx(plain.p, abs=1e-8)


def years_of(top):
    return GroupedData((30.0, top), standard_errors=(1.5, 1.0), orders=(1, 2))


def test_trend_of_an_index_in_one_place_and_in_many():
    tops = (20.0, 18.0, 17.0, 13.0)
    one = trend_of_index([2000, 2002, 2003, 2004], [difference(years_of(t)) for t in tops])
    many = trend_of_index(
        [2000, 2002, 2003, 2004],
        [difference(stacked([years_of(t), years_of(25.0)])) for t in tops],
    )
    assert many.row(0) == one.row(0)
    assert many.row(1).change == pytest.approx(0.0, abs=1e-12)
    assert not one.relative


def test_a_ratio_changes_in_per_cent():
    tops = [30.0 * 0.9**t for t in range(4)]
    found = trend_of_index(range(4), [ratio(years_of(t)) for t in tops])
    assert found.relative
    assert found.row(0).change == pytest.approx(-10.0)


def test_results_that_do_not_belong_together_have_no_trend():
    many = difference(stacked([years_of(2.0)] * 2))
    for results, word in (
        ([], "no results"),
        ([many, difference(years_of(2.0))], "one setting and of many"),
        ([many, ratio(stacked([years_of(2.0)] * 2))], "different indices"),
        ([many, difference(stacked([years_of(2.0)] * 3))], "different numbers"),
    ):
        with pytest.raises(ValueError, match=word):
            trend_of_index([2000, 2001][: max(len(results), 1)], results)


def test_gap_in_life_expectancy_in_telemark(shared_data):
    path = shared_data / "data/fhi-extracts/life-expectancy-by-education-telemark-age30.csv"
    if not path.exists():
        pytest.skip("the extract is not here")
    rows = list(csv.reader(path.read_text("utf-8").splitlines()))[1:]
    periods = [tuple(map(int, row[0].split(" - "))) for row in rows]
    values = np.array([[float(v) for v in row[1:]] for row in rows])
    gap = values[:, 2] - values[:, 0]
    assert gap[0] == pytest.approx(5.6)
    assert gap[-1] == pytest.approx(7.1)
    found = trend_of_values(periods, gap, np.full(len(gap), 0.4)).row(0)
    slope, error = slow_line(periods, gap, np.full(len(gap), 0.4))
    assert (found.change, found.se) == pytest.approx((slope, error))
    # Seven years are in most figures: ignoring it, the limits would be far too narrow.
    middles = [(a + b) / 2 for a, b in periods]
    blind = trend_of_values(middles, gap, np.full(len(gap), 0.4)).row(0)
    assert found.se > 2 * blind.se
    scatter = trend_of_values(periods, gap, variance="classical").row(0)
    assert 0 < scatter.lower < scatter.upper < 0.15


def test_notes_have_texts():
    notes = [name for name in trend_of_values([1, 2], [1.0, 2.0]).notes if name]
    for lang in LANGUAGES:
        assert all(Say(lang)(f"indices.note.{name}") for name in notes)
