"""Slope and relative indices against base R, slow fits, and what they do at their edges."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from scipy.optimize import minimize

from jevn.indices import (
    GroupedData,
    GroupedSettings,
    rii_linear,
    rii_logit,
    rii_mean,
    rii_poisson,
    sii_linear,
    sii_logit,
    stacked,
)
from jevn.indices.rank_glm import fit_on_ranks
from jevn.terms import Scale

HEALTHEQUAL = "healthequal-1.0.1"
CURVES = (sii_logit, rii_logit, rii_poisson)
# Name in the file: index, tolerance of the estimate, whether se is that of the logarithm.
REFERENCE = {
    "sii_wls": (partial(sii_linear, variance="classical"), 1e-8, False),
    "sii_wls_hc1": (partial(sii_linear, variance="hc1"), 1e-8, False),
    "sii_wls_delta": (sii_linear, 1e-8, False),
    "rii_wls_ratio": (rii_linear, 1e-8, True),
    "rii_wls_mean": (rii_mean, 1e-8, False),
    "sii_logit": (partial(sii_logit, variance="hc1"), 1e-6, False),
    "rii_logit": (partial(rii_logit, variance="hc1"), 1e-6, True),
    "sii_logit_he_replica": (partial(sii_logit, compat=HEALTHEQUAL), 1e-7, False),
    "rii_poisson": (partial(rii_poisson, counts="whole", variance="classical"), 1e-6, True),
}
FOUR = GroupedData(
    estimates=(34.0, 27.0, 18.0, 13.5),
    populations=(18_900.0, 31_400.0, 22_600.0, 11_800.0),
    standard_errors=(1.6, 0.9, 0.9, 1.1),
    orders=(1.0, 2.0, 3.0, 4.0),
    scale=Scale.PERCENT,
)


@pytest.fixture(scope="module")
def rows(shared_data):
    path = shared_data / "oracles" / "inequality"
    found = []
    for row in json.loads((path / "expected.json").read_text("utf-8"))["reference"]:
        if row["measure"] in REFERENCE or row["measure"] == "sii_logit_pop2":
            with (path / f"{row['dataset']}.csv").open(newline="") as file:
                its = [r for r in csv.DictReader(file) if r["setting"] == row["group"]]
            found.append((row, grouped(its), float(its[0]["indicator_scale"])))
    return found


def grouped(rows):
    scales = {100: Scale.PERCENT, 1000: Scale.PER_1000}
    return GroupedData(
        estimates=tuple(float(r["estimate"]) for r in rows),
        populations=tuple(float(r["population"]) for r in rows),
        standard_errors=tuple(float(r["se"]) for r in rows),
        orders=tuple(float(r["subgroup_order"]) for r in rows),
        scale=scales[int(rows[0]["indicator_scale"])],
    )


@pytest.mark.parametrize("name", REFERENCE)
def test_equals_the_reference_in_r(name, rows):
    function, tolerance, logarithm = REFERENCE[name]
    chosen = [(row, data) for row, data, _ in rows if row["measure"] == name]
    assert chosen
    for row, data in chosen:
        result = function(data)
        assert result.estimate == pytest.approx(row["estimate"], rel=tolerance, abs=tolerance)
        # R stops its iterations earlier, which its errors of a steep curve show.
        loose = {"rel": 2e-5, "abs": 1e-7} if "logit" in name else {"rel": 1e-6, "abs": 1e-8}
        factor = result.estimate if logarithm else 1.0
        if row["se"] is not None:
            assert result.se == pytest.approx(factor * row["se"], **loose)
        if row["lower"] is not None:
            assert result.lower == pytest.approx(row["lower"], **loose)
            assert result.upper == pytest.approx(row["upper"], **loose)


def test_squared_weights_alone_give_what_r_gives(rows):
    chosen = [(row, stacked([d]), u) for row, d, u in rows if row["measure"] == "sii_logit_pop2"]
    assert chosen
    for row, groups, unit in chosen:
        curve = fit_on_ranks(groups.values / unit, groups.sizes**2, groups.ranks, "logit")
        found = unit * float(curve.at_top[0] - curve.at_bottom[0])
        assert found == pytest.approx(row["estimate"], rel=1e-6)


def loss(coefficients, y, w, r, link):
    eta = coefficients[0] + coefficients[1] * r
    return (w * ((np.logaddexp(0, eta) if link == "logit" else np.exp(eta)) - y * eta)).sum()


@pytest.mark.parametrize("link", ["logit", "log"])
def test_curves_equal_a_general_optimiser(link):
    rng = np.random.default_rng(3)
    values = rng.uniform(0.01, 0.9, (40, 4))
    values[::5, 1] = 0.0
    weights = rng.uniform(0.01, 1, (40, 4))
    weights /= weights.sum(axis=1, keepdims=True)
    ranks = np.sort(rng.uniform(0, 1, (40, 4)), axis=1)
    curves = fit_on_ranks(values, weights, ranks, link)
    for at in range(40):
        args = (values[at], weights[at], ranks[at], link)
        best = minimize(loss, [-1.0, 0.0], args, tol=1e-12)
        eta = best.x[0] + np.array([0.0, best.x[1]])
        expected = np.exp(eta) / (1 + np.exp(eta) * (link == "logit"))
        found = [curves.at_bottom[at], curves.at_top[at]]
        assert found == pytest.approx(expected.tolist(), rel=2e-4, abs=1e-7)


@pytest.mark.parametrize("link", ["logit", "log"])
def test_scores_are_zero_also_for_hard_data(link):
    rng = np.random.default_rng(5)
    values = rng.uniform(0, 1, (2000, 4)) ** 6
    values[rng.uniform(size=values.shape) < 0.3] = 0
    weights = 10 ** rng.uniform(0, 5, values.shape)
    ranks = np.sort(rng.uniform(0, 1, values.shape), axis=1)
    curve = fit_on_ranks(values, weights, ranks, link)
    solved = ~np.isnan(curve.at_top)
    assert solved.sum() > 1500
    assert (curve.separated == ~solved).all()
    miss = weights * (values - curve.fitted) / weights.sum(axis=1, keepdims=True)
    assert np.abs(miss[solved].sum(axis=1)).max() < 1e-12
    assert np.abs((miss * ranks)[solved].sum(axis=1)).max() < 1e-12


@pytest.mark.parametrize("index", [*CURVES, sii_linear, rii_linear, rii_mean])
def test_the_usual_error_is_the_numerical_derivative(index):
    squares, step = 0.0, 1e-4
    for at, se in enumerate(FOUR.standard_errors):
        ends = []
        for change in (step, -step):
            values = list(FOUR.estimates)
            values[at] += change
            ends.append(index(replace(FOUR, estimates=tuple(values))).estimate)
        squares += ((ends[0] - ends[1]) / (2 * step) * se) ** 2
    assert index(FOUR).se == pytest.approx(squares**0.5, rel=1e-6)


@pytest.mark.parametrize("index", [sii_linear, rii_linear, *CURVES])
def test_draws_agree_with_the_delta_method_where_errors_are_small(index):
    usual, drawn = index(FOUR), index(FOUR, variance="bootstrap", draws=4000, seed=7)
    assert drawn.method == "bootstrap"
    assert drawn.estimate == usual.estimate
    assert drawn.se == pytest.approx(usual.se, rel=0.08)
    assert drawn.lower == pytest.approx(usual.lower, rel=0.08)
    assert drawn == index(FOUR, variance="bootstrap", draws=4000, seed=7)
    assert drawn.lower != index(FOUR, variance="bootstrap", draws=4000, seed=8).lower


def test_draws_of_a_setting_do_not_depend_on_its_neighbours():
    other = replace(FOUR, estimates=(3.0, 2.0, 18.0, 1.0))
    together = sii_logit(stacked([other, FOUR]), variance="bootstrap", draws=200)
    alone = sii_logit(FOUR, variance="bootstrap", draws=200)
    assert together.lower[1] == pytest.approx(alone.lower, rel=1e-12)


def test_cases_of_small_places_are_not_rounded():
    small = replace(FOUR, populations=(14.0, 12.0, 11.0, 9.0))
    large = replace(FOUR, populations=(14e6, 12e6, 11e6, 9e6))
    assert rii_poisson(small).estimate == pytest.approx(rii_poisson(large).estimate)
    whole = rii_poisson(small, counts="whole").estimate
    assert abs(whole - rii_poisson(small).estimate) > 0.01


@pytest.mark.parametrize("index", CURVES)
@pytest.mark.parametrize(
    ("change", "note"),
    [
        ({"scale": None}, "no_curve_of_means"),
        ({"estimates": (100.0, 100.0, 0.0, 0.0)}, None),
        ({"estimates": (10.0, 0.0, 0.0, 0.0)}, "separated"),
        ({"orders": (1.0,) * 4}, "one_position"),
        ({"estimates": (1.0, -2.0, 1.0, 1.0), "bounds": (-5.0, 5.0)}, "outside_unit"),
    ],
)
def test_what_has_no_curve_says_why(index, change, note):
    result = index(replace(FOUR, **change))
    if note is None and index is rii_poisson:
        assert result.estimate > 0
        return
    assert result.estimate is None
    assert result.note == f"indices.note.{note or 'separated'}"


def test_a_rate_may_exceed_its_unit_only_on_the_log_line():
    many = replace(FOUR, estimates=(140.0, 90.0, 80.0, 70.0), bounds=(0.0, 200.0))
    assert rii_poisson(many).estimate < 1
    assert sii_logit(many).note == "indices.note.outside_unit"


@pytest.mark.parametrize("level", [0.0, 100.0])
def test_where_none_or_all_are_cases_the_slope_is_zero_with_the_lines_error(level):
    same = replace(FOUR, estimates=(level,) * 4)
    found = sii_logit(same)
    assert found.estimate == 0.0
    assert found.se == pytest.approx(sii_linear(same).se, rel=1e-9)
    assert (rii_logit(same).estimate is None) == (level == 0.0)


def test_figures_of_healthequal_say_what_they_are():
    for index in (sii_logit, rii_logit):
        result = index(FOUR, compat=HEALTHEQUAL)
        assert result.note == "indices.note.compat_squared_weights"
        assert result.method == "hc1"
    unscaled = replace(FOUR, scale=None)
    assert sii_logit(unscaled, compat=HEALTHEQUAL).estimate is not None


@pytest.mark.parametrize(
    ("index", "option"),
    [
        (sii_linear, {"variance": "other"}),
        (sii_logit, {"variance": "other"}),
        (rii_logit, {"compat": "other"}),
        (rii_poisson, {"counts": "other"}),
        (rii_poisson, {"variance": "bootstrap", "draws": 1}),
    ],
)
def test_refuses_an_option_that_does_not_exist(index, option):
    with pytest.raises(ValueError, match=next(reversed(option))):
        index(FOUR, **option)


@pytest.mark.parametrize("variance", ["classical", "hc1"])
def test_scatter_about_two_groups_gives_no_limits(variance):
    two = GroupedData((30.0, 10.0), (20.0, 30.0), (3.0, 2.0), (1.0, 2.0), Scale.PERCENT)
    assert sii_linear(two, variance=variance).method == "none"
    assert sii_linear(two).lower is not None


def test_usual_limits_of_the_curve_hold_with_five_unequal_groups():
    rng = np.random.default_rng(11)
    samples = np.array([40, 120, 300, 500, 700])
    persons = np.broadcast_to(samples * 10.0, (4000, 5)).copy()
    orders = np.broadcast_to(np.arange(1.0, 6), (4000, 5)).copy()
    truth = np.array([0.20, 0.16, 0.13, 0.10, 0.08])
    shares = rng.binomial(samples, truth, (4000, 5)) / samples

    def of(values, errors):
        one = len(values)
        blank = np.full(one, np.nan)
        return GroupedSettings(
            100 * values, persons[:one], 100 * errors, orders[:one], np.full((one, 5), np.nan),
            np.full(one, 100.0), blank, blank,
            np.zeros(one, dtype=np.int8), np.full(one, -1),
        )  # fmt: skip

    for index in (sii_linear, sii_logit, rii_logit):
        true = index(of(truth[None], truth[None] * 0)).estimate[0]
        found = index(of(shares, np.sqrt(shares * (1 - shares) / samples)))
        held = (found.lower <= true) & (true <= found.upper)
        assert 0.93 <= held.mean() <= 0.97, index.name
