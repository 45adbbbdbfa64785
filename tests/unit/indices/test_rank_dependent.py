"""Concentration indices against R, sums done by brute force, and what they must do at edges."""

from __future__ import annotations

import csv
import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.indices import (
    INDICES,
    GroupedData,
    absolute_concentration_index,
    concentration_curve,
    erreygers_index,
    extended_concentration_index,
    proportion,
    relative_concentration_index,
    stacked,
    symmetric_index,
    wagstaff_index,
)
from jevn.indices.ridits import rank_ranges
from jevn.indices.square_and_add import arms, limits_of_quotient, limits_of_sum
from jevn.terms import Scale

DATA = GroupedData(
    estimates=(34.0, 27.0, 18.0, 13.5),
    populations=(18_900.0, 31_400.0, 22_600.0, 11_800.0),
    standard_errors=(1.6, 0.9, 0.9, 1.1),
    orders=(1.0, 2.0, 3.0, 4.0),
    scale=Scale.PERCENT,
    samples=(812.0, 2140.0, 1733.0, 965.0),
)
RELATIVE = ("rci", "rci_extended", "wagstaff")
ALL = ("aci", "rci", "erreygers", "wagstaff", "rci_extended", "symmetric")
REFERENCE = {
    "rci_cov": relative_concentration_index,
    "aci_cov": absolute_concentration_index,
    "rci_kakwani_grouped": lambda d: relative_concentration_index(d, variance="kakwani"),
    "rci_erreygers": erreygers_index,
    "rci_wagstaff": wagstaff_index,
}


def persons_of(data, count=20_000):
    """Each group as persons with the group's value, on a ladder of so many steps."""
    shares = np.array(data.populations) / sum(data.populations)
    ends = np.cumsum(shares)
    rank = (np.arange(count) + 0.5) / count
    group = np.minimum(np.searchsorted(ends, rank), len(shares) - 1)
    return rank, np.array(data.estimates)[group]


def grouped():
    group = st.tuples(st.floats(1, 90), st.integers(20, 50_000), st.floats(0.1, 3))
    return st.lists(group, min_size=3, max_size=7).map(
        lambda rows: GroupedData(
            tuple(v for v, _, _ in rows),
            tuple(float(p) for _, p, _ in rows),
            tuple(s for _, _, s in rows),
            tuple(float(i) for i in range(len(rows))),
            Scale.PERCENT,
        )
    )


@pytest.mark.parametrize("name", REFERENCE)
def test_index_equals_the_reference_in_r(name, shared_data):
    oracle = shared_data / "oracles" / "inequality"
    rows = json.loads((oracle / "expected.json").read_text("utf-8"))["reference"]
    chosen = [r for r in rows if r["measure"] == name]
    assert len(chosen) >= 7
    for row in chosen:
        with (oracle / f"{row['dataset']}.csv").open(newline="") as file:
            groups = [g for g in csv.DictReader(file) if g["setting"] == row["group"]]

        def column(key, groups=groups):
            return tuple(float(g[key]) for g in groups)

        data = GroupedData(
            column("estimate"),
            column("population"),
            column("se"),
            column("subgroup_order"),
            samples=column("n"),
            bounds=(0.0, float(groups[0]["indicator_scale"])),
        )
        result = REFERENCE[name](data)
        assert result.estimate == pytest.approx(row["estimate"], rel=1e-8, abs=1e-10)
        if row["se"] is not None:
            assert result.se == pytest.approx(row["se"], rel=1e-8)


def test_concentration_index_is_that_of_persons_with_the_groups_values():
    rank, value = persons_of(DATA)
    expected = 2 * np.cov(value, rank, bias=True)[0, 1] / value.mean()
    assert relative_concentration_index(DATA).estimate == pytest.approx(expected, rel=2e-4)


@pytest.mark.parametrize("aversion", [1.5, 3.0, 4.0, 10.0])
def test_extended_index_is_that_of_persons_with_the_groups_values(aversion):
    rank, value = persons_of(DATA)
    weight = aversion * (1 - rank) ** (aversion - 1)
    expected = 1 - (weight * value).mean() / value.mean()
    found = extended_concentration_index(DATA, aversion=aversion).estimate
    assert found == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize("sensitivity", [1.5, 3.0, 4.0, 10.0])
def test_symmetric_index_is_that_of_persons_with_the_groups_values(sensitivity):
    rank, value = persons_of(DATA)
    away = rank - 0.5
    weight = sensitivity * 2 ** (sensitivity - 2) * np.abs(away) ** (sensitivity - 1)
    total = (weight * np.sign(away) * value).mean()
    found = symmetric_index(DATA, sensitivity=sensitivity).estimate
    assert found == pytest.approx(4 * total / 100, rel=1e-3)
    relative = symmetric_index(DATA, sensitivity=sensitivity, relative=True).estimate
    assert relative == pytest.approx(total / value.mean(), rel=1e-3)


@given(grouped())
def test_usual_aversion_and_sensitivity_give_the_usual_indices(data):
    pairs = (
        (extended_concentration_index(data), relative_concentration_index(data)),
        (symmetric_index(data), erreygers_index(data)),
        (symmetric_index(data, relative=True), relative_concentration_index(data)),
    )
    for one, other in pairs:
        for part in ("estimate", "se", "lower", "upper"):
            assert getattr(one, part) == pytest.approx(getattr(other, part), rel=1e-7, abs=1e-9)


def test_no_aversion_sees_no_inequality():
    assert extended_concentration_index(DATA, aversion=1.0).estimate == pytest.approx(0, abs=1e-12)


@given(grouped(), st.floats(1, 8), st.floats(1.1, 8))
def test_a_group_in_two_halves_is_the_same_group_for_any_weighting(data, aversion, sensitivity):
    halves = GroupedData(
        tuple(np.repeat(data.estimates, 2).tolist()),
        tuple((np.repeat(data.populations, 2) / 2).tolist()),
        orders=tuple(np.arange(2.0 * len(data.estimates)).tolist()),
        scale=data.scale,
    )
    for one in (data, halves):
        assert extended_concentration_index(one, aversion=aversion).estimate == pytest.approx(
            extended_concentration_index(data, aversion=aversion).estimate, rel=1e-8, abs=1e-10
        )
        assert symmetric_index(one, sensitivity=sensitivity).estimate == pytest.approx(
            symmetric_index(data, sensitivity=sensitivity).estimate, rel=1e-8, abs=1e-10
        )


@given(grouped())
def test_cases_and_non_cases_mirror_each_other_in_bounded_indices(data):
    others = replace(data, estimates=tuple(100 - v for v in data.estimates))
    for name in ("erreygers", "wagstaff", "symmetric"):
        one, other = INDICES[name](data), INDICES[name](others)
        assert one.estimate == pytest.approx(-other.estimate, abs=1e-12)
        assert one.lower == pytest.approx(-other.upper, abs=1e-8)


@given(grouped())
def test_indices_and_limits_stay_within_their_range(data):
    for name in ALL:
        result = INDICES[name](data)
        most = 25.0 if name == "aci" else 1.0
        assert -most <= result.lower <= result.estimate <= result.upper <= most


@pytest.mark.parametrize(
    ("estimates", "index", "expected"),
    [
        ((0.0, 100.0), erreygers_index, 1.0),
        ((0.0, 100.0), wagstaff_index, 1.0),
        ((100.0, 0.0), symmetric_index, -1.0),
    ],
)
def test_the_most_unequal_distribution_reaches_the_end_of_the_range(estimates, index, expected):
    data = GroupedData(estimates, (50.0, 50.0), orders=(1.0, 2.0), scale=Scale.PERCENT)
    assert index(data).estimate == pytest.approx(expected)


@pytest.mark.parametrize("name", ALL)
def test_standard_error_is_that_of_values_moved_a_little(name):
    options = {"rci_extended": {"aversion": 3.0}, "symmetric": {"sensitivity": 3.0}}.get(name, {})
    squares = 0.0
    for at, se in enumerate(DATA.standard_errors):
        ends = []
        for step in (1e-4, -1e-4):
            values = list(DATA.estimates)
            values[at] += step
            ends.append(INDICES[name](replace(DATA, estimates=tuple(values)), **options).estimate)
        squares += ((ends[0] - ends[1]) / 2e-4 * se) ** 2
    assert INDICES[name](DATA, **options).se == pytest.approx(math.sqrt(squares), rel=1e-6)


@pytest.mark.parametrize("name", ALL)
def test_with_many_cases_limits_are_those_of_the_standard_error(name):
    many = replace(
        DATA, standard_errors=(0.016, 0.009, 0.009, 0.011), samples=(8.12e6, 2.14e7, 1.7e7, 9.65e6)
    )
    result = INDICES[name](many)
    half = 1.959963984540054 * result.se
    assert result.lower == pytest.approx(result.estimate - half, abs=0.01 * half)
    assert result.upper == pytest.approx(result.estimate + half, abs=0.01 * half)


@pytest.mark.parametrize("name", ALL)
def test_a_group_without_cases_makes_limits_wider_and_not_narrower(name):
    data = replace(
        DATA,
        estimates=(4.0, 3.0, 2.0, 0.0),
        standard_errors=(0.7, 0.4, 0.35, 0.0),
        samples=(784.0, 1800.0, 1600.0, 60.0),
    )
    few, unknown = INDICES[name](data), INDICES[name](replace(data, samples=None))
    assert few.se == unknown.se
    assert few.upper - few.lower > unknown.upper - unknown.lower
    assert few.upper - few.estimate > 1.96 * few.se


def test_limits_of_one_group_are_wilsons():
    data = replace(DATA, estimates=(0.0, 100.0, 25.0, 50.0), standard_errors=(0, 0, 2.5, 5.0))
    data = replace(data, samples=(812.0, 2140.0, None, None))
    found = arms(stacked([data]), 0.95)
    for at, (cases, persons) in enumerate(((0, 812), (2140, 2140), (75, 300), (50, 100))):
        wilson = proportion(cases, persons).times(100)
        assert data.estimates[at] - found.down[0, at] == pytest.approx(wilson.lower, abs=1e-9)
        assert data.estimates[at] + found.up[0, at] == pytest.approx(wilson.upper, abs=1e-9)


def test_limits_of_a_group_without_cases_and_respondents_stay_possible():
    data = replace(DATA, estimates=(0.0, 100.0, 18.0, 13.5), samples=None)
    found = arms(stacked([data]), 0.95)
    assert (found.down[0, 0], found.up[0, 1]) == (0, 0)
    assert found.up[0, 0] == pytest.approx(1.959963984540054 * 1.6)


def test_means_have_normal_limits_and_the_quotient_that_of_fieller():
    data = replace(DATA, scale=None)
    groups = stacked([data])
    above = 2 * groups.shares * (groups.ranks_of_known - 0.5)
    z, variances = 1.959963984540054, groups.errors[0] ** 2
    numerator, mean = (above[0] * groups.values[0]).sum(), groups.means[0]
    # (N - c D)^2 = z^2 sum (g_i - c p_i)^2 se_i^2, a quadratic in c.
    p, g = groups.shares[0], above[0]
    roots = np.roots(
        [
            mean**2 - z**2 * (p**2 * variances).sum(),
            -2 * (numerator * mean - z**2 * (p * g * variances).sum()),
            numerator**2 - z**2 * (g**2 * variances).sum(),
        ]
    )
    result = relative_concentration_index(data)
    assert (result.lower, result.upper) == pytest.approx(tuple(sorted(roots.real)), rel=1e-9)
    absolute = absolute_concentration_index(data)
    assert absolute.upper == pytest.approx(absolute.estimate + z * absolute.se)


def test_limits_of_a_quotient_are_where_the_limits_of_the_difference_pass_zero():
    groups = stacked([replace(DATA, estimates=(4.0, 3.0, 0.4, 0.0))])
    reach = arms(groups, 0.95)
    above = 2 * groups.shares * (groups.ranks_of_known - 0.5)
    numerator = (above * groups.filled).sum(axis=1)
    lower, upper = limits_of_quotient(above, groups.shares, numerator, groups.means, reach)
    for side, at in enumerate((lower, upper)):
        weights = above - at[:, None] * groups.shares
        assert limits_of_sum(weights, groups.filled, reach)[side] == pytest.approx(0, abs=1e-12)


def test_bounds_come_from_the_scale_and_never_from_the_figures():
    wider = erreygers_index(replace(DATA, bounds=(0.0, 200.0)))
    assert wider.estimate == pytest.approx(erreygers_index(DATA).estimate / 2)
    shifted = replace(DATA, estimates=tuple(v + 50 for v in DATA.estimates), bounds=(50.0, 150.0))
    assert wagstaff_index(shifted).estimate == pytest.approx(wagstaff_index(DATA).estimate)


@pytest.mark.parametrize("index", [erreygers_index, wagstaff_index, symmetric_index])
class TestBounds:
    def test_rates_are_bounded_by_their_unit_and_it_is_said(self, index):
        rates = replace(DATA, scale=Scale.PER_1000, bounds=None)
        result = index(rates)
        assert result.estimate == pytest.approx(
            index(replace(DATA, bounds=(0.0, 1000.0), scale=None)).estimate
        )
        assert result.note == "indices.note.bounds_from_unit"

    def test_means_without_bounds_have_no_index_but_a_reason(self, index):
        result = index(replace(DATA, scale=Scale.YEARS))
        assert (result.estimate, result.note) == (None, "indices.note.no_bounds")

    def test_a_rate_above_its_unit_has_no_index_but_a_reason(self, index):
        result = index(replace(DATA, estimates=(1200.0, 27.0, 18.0, 13.0), scale=Scale.PER_1000))
        assert (result.estimate, result.note) == (None, "indices.note.outside_bounds")


@pytest.mark.parametrize("name", ALL)
def test_one_position_only_has_no_index_but_a_reason(name):
    result = INDICES[name](replace(DATA, orders=(1.0,) * 4))
    assert (result.estimate, result.note) == (None, "indices.note.one_position")


def test_all_at_the_end_of_the_scale_has_no_normalised_index():
    result = wagstaff_index(replace(DATA, estimates=(100.0,) * 4))
    assert (result.estimate, result.note) == (None, "indices.note.all_at_bound")


def test_a_mean_that_may_be_zero_gives_no_limits_but_a_reason():
    data = GroupedData((-1.0, 1.2), (5.0, 5.0), (2.0, 2.0), (1.0, 2.0))
    result = relative_concentration_index(data)
    assert result.estimate is not None
    assert (result.lower, result.note) == (None, "indices.note.mean_uncertain")


def test_a_negative_mean_turns_the_limits_with_it():
    data = GroupedData((-9.0, -12.0), (5.0, 5.0), (0.5, 0.5), (1.0, 2.0))
    positive = replace(data, estimates=(9.0, 12.0))
    one, other = relative_concentration_index(data), relative_concentration_index(positive)
    assert (one.lower, one.upper) == pytest.approx((other.lower, other.upper))


def test_kakwani_variance_needs_respondents():
    result = relative_concentration_index(replace(DATA, samples=None), variance="kakwani")
    assert (result.se, result.lower, result.note) == (None, None, "indices.note.no_samples")
    assert result.estimate == relative_concentration_index(DATA).estimate


def test_kakwani_variance_does_not_depend_on_how_a_position_is_split():
    halves = GroupedData(
        (34.0, 34.0, 27.0, 18.0, 13.5),
        (9_450.0, 9_450.0, 31_400.0, 22_600.0, 11_800.0),
        (1.6 * 2**0.5, 1.6 * 2**0.5, 0.9, 0.9, 1.1),
        (1.0, 1.0, 2.0, 3.0, 4.0),
        samples=(406.0, 406.0, 2140.0, 1733.0, 965.0),
    )
    one = relative_concentration_index(DATA, variance="kakwani")
    assert relative_concentration_index(halves, variance="kakwani").se == pytest.approx(one.se)


@pytest.mark.parametrize(
    ("index", "option"),
    [
        (extended_concentration_index, {"aversion": 0.5}),
        (symmetric_index, {"sensitivity": 1.0}),
        (relative_concentration_index, {"variance": "other"}),
    ],
)
def test_refuses_options_that_are_none(index, option):
    with pytest.raises(ValueError, match=next(iter(option))):
        index(DATA, **option)


def test_tied_positions_share_one_range():
    lower, upper = rank_ranges(np.array([1.0, 3.0, 2.0, 4.0]), np.array([2.0, 1.0, 2.0, 3.0]))
    assert lower.tolist() == [0.3, 0.0, 0.3, 0.6]
    assert upper.tolist() == [0.6, 0.3, 0.6, 1.0]


class TestConcentrationCurve:
    def test_points_by_hand(self):
        data = GroupedData((30.0, 20.0, 10.0), (20.0, 30.0, 50.0), (3.0, 2.0, 1.0), (1, 2, 3))
        curve = concentration_curve(data)
        assert curve.population == pytest.approx((0, 0.2, 0.5, 1))
        assert curve.value == pytest.approx((0, 6 / 17, 12 / 17, 1))
        # L1 = a / (a + b) with a = .2 y1, b = .3 y2 + .5 y3; dL = ((1 - L) da - L db) / 17
        b_variance = (0.3 * 2) ** 2 + (0.5 * 1) ** 2
        se = math.sqrt((11 / 17 * 0.6) ** 2 + (6 / 17) ** 2 * b_variance) / 17
        assert curve.se[1] == pytest.approx(se)
        assert curve.lower[0] == curve.se[0] == curve.se[3] == 0
        assert curve.upper[3] == 1

    @given(grouped())
    def test_twice_the_area_to_the_diagonal_is_the_index(self, data):
        curve = concentration_curve(data)
        area = np.trapezoid(curve.value, curve.population)
        assert 1 - 2 * area == pytest.approx(relative_concentration_index(data).estimate, abs=1e-10)
        limits = zip(curve.lower, curve.value, curve.upper, strict=True)
        assert all(0 <= low <= value <= high <= 1 for low, value, high in limits)

    def test_ties_are_one_point_whatever_the_order_of_rows(self):
        tied = GroupedData((20.0, 30.0, 25.0), (3.0, 2.0, 5.0), (1.0, 1.0, 1.0), (2, 1, 2))
        joined = GroupedData((30.0, 25 - 5 * 3 / 8), (2.0, 8.0), orders=(1, 2))
        assert concentration_curve(tied).population == pytest.approx((0, 0.2, 1))
        assert concentration_curve(tied).value == pytest.approx(concentration_curve(joined).value)

    @pytest.mark.parametrize(
        ("data", "note"),
        [
            (replace(DATA, orders=None), "no_order"),
            (replace(DATA, orders=(1.0,) * 4), "one_position"),
            (replace(DATA, estimates=(None,) * 4), "too_few_groups"),
            (replace(DATA, estimates=(0.0,) * 4), "zero_mean"),
        ],
    )
    def test_without_points_says_why(self, data, note):
        curve = concentration_curve(data)
        assert (curve.value, curve.note) == ((), f"indices.note.{note}")

    def test_without_errors_has_points_without_limits(self):
        curve = concentration_curve(replace(DATA, standard_errors=None))
        assert curve.value[-1] == 1
        assert curve.lower == (None,) * 5
