"""Differences of an index between settings."""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.indices import (
    GroupedData,
    Interval,
    all_pairs,
    difference,
    difference_of,
    difference_of_indices,
    differences_from,
    gathered,
    holm,
    ratio,
    rii_linear,
    sii_linear,
    stacked,
)
from jevn.terms import LANGUAGES, Polarity, Say, Scale

ONE = GroupedData(
    estimates=(34.0, 27.0, 18.0),
    populations=(300.0, 400.0, 300.0),
    standard_errors=(1.6, 0.9, 0.9),
    orders=(1, 2, 3),
    scale=Scale.PERCENT,
    polarity=Polarity.ADVERSE,
)
OTHER = replace(ONE, estimates=(30.0, 27.0, 22.0), standard_errors=(1.2, 1.0, 0.7))


def test_standard_errors_of_independent_settings_add_in_squares():
    found = difference_of_indices(sii_linear(ONE), sii_linear(OTHER))
    a, b = sii_linear(ONE), sii_linear(OTHER)
    assert found.estimate == pytest.approx(a.estimate - b.estimate)
    assert found.se == pytest.approx(math.hypot(a.se, b.se))
    assert found.lower == pytest.approx(found.estimate - 1.959964 * found.se, abs=1e-5)
    assert found.p == pytest.approx(
        2 * NormalDist().cdf(-abs(found.estimate) / found.se), abs=1e-12
    )


def test_uneven_limits_stay_uneven_as_in_differences_of_rates():
    a = replace(sii_linear(ONE), estimate=5.0, lower=2.0, upper=11.0, se=2.2)
    b = replace(sii_linear(ONE), estimate=3.0, lower=2.5, upper=4.5, se=0.5)
    expected = difference_of(Interval(5.0, 2.0, 11.0, ""), Interval(3.0, 2.5, 4.5, ""))
    found = difference_of_indices(a, b)
    assert (found.lower, found.upper) == pytest.approx((expected.lower, expected.upper))


def test_the_difference_of_two_relative_risks_of_bland_and_altman():
    # Altman & Bland 2003, BMJ 326: 219: relative risks 0.67 (0.46-0.98) and 0.88 (0.71-1.08):
    # ratio 0.76 (0.50-1.17), p 0.2.
    base = ratio(ONE)
    one = replace(base, estimate=0.67, lower=0.46, upper=0.98, se=None)
    two = replace(base, estimate=0.88, lower=0.71, upper=1.08, se=None)
    found = difference_of_indices(one, two)
    assert found.relative
    assert found.estimate == pytest.approx(0.76, abs=0.005)
    assert (found.lower, found.upper) == pytest.approx((0.50, 1.17), abs=0.015)
    assert found.p == pytest.approx(0.2, abs=0.05)


def test_ratios_are_compared_on_the_logarithm():
    a, b = rii_linear(ONE), rii_linear(OTHER)
    found = difference_of_indices(a, b)
    log_se = math.hypot(a.se / a.estimate, b.se / b.estimate)
    assert found.estimate == pytest.approx(a.estimate / b.estimate)
    assert found.se == pytest.approx(found.estimate * log_se)
    back = difference_of_indices(b, a)
    assert back.estimate == pytest.approx(1 / found.estimate)
    assert back.upper == pytest.approx(1 / found.lower)
    assert back.p == pytest.approx(found.p)


def test_a_positive_correlation_narrows_and_full_correlation_of_equals_leaves_nothing():
    a, b = sii_linear(ONE), sii_linear(replace(ONE, estimates=(35.0, 28.0, 16.0)))
    wide = difference_of_indices(a, b)
    narrow = difference_of_indices(a, b, correlation=6 / 7)
    assert narrow.se == pytest.approx(wide.se * math.sqrt(1 / 7))
    none = difference_of_indices(a, b, correlation=1.0)
    assert none.se == pytest.approx(0.0, abs=1e-9)


def test_many_at_once_give_what_each_alone_gives():
    single = [ONE, OTHER, replace(ONE, estimates=(20.0, None, 21.0))]
    many = sii_linear(stacked(single))
    found = difference_of_indices(many, sii_linear(stacked([OTHER] * 3)), correlation=0.3)
    alone = [
        difference_of_indices(sii_linear(one), sii_linear(OTHER), correlation=0.3) for one in single
    ]
    for at, one in enumerate(alone):
        row = found.row(at)
        assert (row.estimate, row.se, row.p) == pytest.approx((one.estimate, one.se, one.p))
        assert (row.lower, row.upper, row.note) == (one.lower, one.upper, one.note)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"index": "d"}, "index"),
        ({"level": 0.9}, "level"),
        ({"scale": Scale.PROPORTION}, "scale"),
        ({"polarity": Polarity.FAVOURABLE}, "polarity"),
    ],
)
def test_what_cannot_be_compared_is_refused(change, word):
    one = sii_linear(ONE)
    with pytest.raises(ValueError, match=word):
        difference_of_indices(one, replace(one, **change))


def test_faults_of_the_call_are_refused():
    one = sii_linear(ONE)
    many = sii_linear(stacked([ONE, OTHER]))
    with pytest.raises(ValueError, match="correlation"):
        difference_of_indices(one, one, correlation=1.1)
    with pytest.raises(ValueError, match="correlation"):
        difference_of_indices(one, one, correlation=float("nan"))
    with pytest.raises(ValueError, match="one result and many"):
        difference_of_indices(one, many)
    with pytest.raises(ValueError, match="2 results and 1"):
        difference_of_indices(many, sii_linear(stacked([ONE])))
    with pytest.raises(ValueError, match="different indices"):
        difference_of_indices(many, difference(stacked([ONE, OTHER])))
    with pytest.raises(ValueError, match="different levels"):
        difference_of_indices(many, sii_linear(stacked([ONE, OTHER]), level=0.9))
    with pytest.raises(ValueError, match="no result 5"):
        differences_from(many, 5)
    with pytest.raises(ValueError, match="bonferroni"):
        differences_from(many, 0, adjust="bonferroni")
    with pytest.raises(ValueError, match="no results"):
        gathered([])


def test_what_is_not_known_has_a_note():
    none = replace(ONE, standard_errors=None)
    found = difference_of_indices(sii_linear(none), sii_linear(ONE))
    assert found.estimate is not None
    assert (found.se, found.lower, found.p, found.method) == (None, None, None, "none")
    assert found.note == "indices.note.no_limits"
    gone = replace(ONE, estimates=(None, None, 18.0))
    assert difference_of_indices(sii_linear(gone), sii_linear(ONE)).note.endswith("not_defined")
    loose = difference(replace(ONE, orders=None))
    assert difference_of_indices(loose, difference(ONE)).note.endswith("not_comparable")
    open_one = replace(rii_linear(ONE), lower=0.0)
    found = difference_of_indices(rii_linear(ONE), open_one)
    assert found.upper is None
    assert found.note.endswith("open_limit")


def test_limits_are_made_from_the_standard_error_where_they_are_missing():
    bare = replace(sii_linear(ONE), lower=None, upper=None)
    assert difference_of_indices(bare, sii_linear(OTHER)).lower == pytest.approx(
        difference_of_indices(sii_linear(ONE), sii_linear(OTHER)).lower
    )


def test_limits_that_leave_out_their_estimate_are_moved_to_it():
    base = sii_linear(ONE)
    one = replace(base, estimate=9.0, lower=2.0, upper=6.0)
    other = replace(base, estimate=5.0, lower=2.0, upper=8.0)
    found = difference_of_indices(one, other)
    assert (found.lower, found.upper) == pytest.approx((4 - 13**0.5, 4 + 13**0.5))


def test_equal_figures_without_error_have_p_one():
    exact = sii_linear(replace(ONE, standard_errors=(0.0, 0.0, 0.0)))
    assert difference_of_indices(exact, exact).p == 1.0


def test_from_a_baseline_every_other_is_compared_with_it():
    years = [ONE, OTHER, replace(ONE, estimates=(31.0, 25.0, 20.0))]
    results = [sii_linear(one) for one in years]
    found = differences_from(results, 1, adjust="holm")
    assert found.row(1).estimate is None
    assert found.row(1).note == "indices.note.baseline"
    for at in (0, 2):
        assert found.row(at).p == pytest.approx(difference_of_indices(results[at], results[1]).p)
    assert found.p_adjusted[[0, 2]] == pytest.approx(holm(found.p[[0, 2]]))


def test_all_pairs_are_there_once():
    results = [sii_linear(one) for one in (ONE, OTHER, ONE, OTHER)]
    pairs, found = all_pairs(results, adjust="holm")
    assert len(pairs) == len(found) == 6
    at = pairs.tolist().index([3, 0])
    assert found.row(at).estimate == pytest.approx(results[3].estimate - results[0].estimate)
    assert (found.p_adjusted >= found.p).all()


def slow_holm(p):
    """As in the paper: step down, the smallest first."""
    known = sorted((value, at) for at, value in enumerate(p) if not math.isnan(value))
    out, last = [math.nan] * len(p), 0.0
    for step, (value, at) in enumerate(known):
        last = max(last, min(1.0, value * (len(known) - step)))
        out[at] = last
    return out


@given(st.lists(st.one_of(st.floats(0, 1), st.just(math.nan)), min_size=1, max_size=8))
def test_holm_is_the_step_down_rule(p):
    np.testing.assert_allclose(holm(np.array(p)), slow_holm(p))


@given(
    st.floats(-20, 20),
    st.floats(0.1, 5),
    st.floats(0.1, 5),
    st.floats(0.1, 5),
    st.floats(0.1, 5),
    st.floats(-0.9, 0.9),
)
def test_p_is_below_the_level_when_the_limits_leave_out_zero(a, down, up, low, high, rho):
    base = sii_linear(ONE)
    one = replace(base, estimate=a, lower=a - down, upper=a + up)
    other = replace(base, estimate=0.0, lower=-low, upper=high)
    found = difference_of_indices(one, other, correlation=rho)
    if min(abs(found.lower), abs(found.upper)) > 1e-9:
        assert (found.p < 0.05) == (found.lower > 0 or found.upper < 0)


def test_limits_hold_95_of_100_with_overlapping_samples():
    rng = np.random.default_rng(7)
    truth, rho, held = 4.0, 0.6, 0
    errors = rng.multivariate_normal([0, 0], [[1, rho * 2], [rho * 2, 4]], 4000)
    base = sii_linear(stacked([ONE] * 4000))
    z = 1.959964
    one = replace(base, estimate=errors[:, 0] + truth, lower=None, upper=None, se=np.ones(4000))
    unknown = np.full(4000, np.nan)
    one = replace(one, lower=one.estimate - z, upper=one.estimate + z)
    other = replace(
        base, estimate=errors[:, 1], lower=unknown, upper=unknown, se=np.full(4000, 2.0)
    )
    found = difference_of_indices(one, other, correlation=rho)
    held = ((found.lower <= truth) & (truth <= found.upper)).mean()
    assert 0.94 < held < 0.96


def test_notes_have_texts():
    notes = {name for name in all_pairs([sii_linear(ONE)] * 2)[1].notes if name}
    for lang in LANGUAGES:
        assert all(Say(lang)(f"indices.note.{name}") for name in notes)
