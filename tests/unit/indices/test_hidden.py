"""Bounds of an index when cells are hidden, against fine grids of everything possible."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jevn.indices import INDICES, GroupedData, count_range, index_bounds
from jevn.terms import LANGUAGES, Polarity, Say, Scale

DATA = GroupedData(
    (30.0, None, 14.0, None),
    (200.0, 60.0, 500.0, 90.0),
    (3.0, 2.0, 1.0, 2.0),
    (1.0, 2.0, 3.0, 4.0),
    Scale.PERCENT,
    Polarity.ADVERSE,
)
RANGES = (None, count_range(5, 20, 60), None, count_range(1, 4, 90))
NAMES = sorted(set(INDICES) - {"ti_corrected", "mld_corrected"})


def grid(name, data, ranges, mean=None, steps=41):
    """The index at every point of a fine grid."""
    (first, *_, last) = [r for r in ranges if r is not None]
    shares = np.array(data.populations) / sum(data.populations)
    found = []
    for one in np.linspace(*first, steps):
        others = np.linspace(*last, steps)
        if mean is not None:
            at = [i for i, r in enumerate(ranges) if r is not None]
            rest = mean - sum(
                s * v for s, v in zip(shares, data.estimates, strict=True) if v is not None
            )
            other = (rest - shares[at[0]] * one) / shares[at[1]]
            others = [other] if last[0] <= other <= last[1] else []
        for other in others:
            values = list(data.estimates)
            hidden = [i for i, v in enumerate(values) if v is None]
            values[hidden[0]], values[hidden[1]] = one, other
            found.append(INDICES[name](replace(data, estimates=tuple(values))).estimate)
    return [v for v in found if v is not None]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_possible_lies_outside_and_the_ends_are_reached(name):
    found = index_bounds(name, DATA, RANGES)
    values = grid(name, DATA, RANGES, steps=13)
    room = 1e-6 * max(abs(v) for v in values)
    assert found.lower <= min(values) + room
    assert found.upper >= max(values) - room
    width = found.upper - found.lower
    assert found.lower >= min(values) - 0.1 * width - room
    assert found.upper <= max(values) + 0.1 * width + room


@pytest.mark.parametrize("name", ["sii_linear", "rii_linear", "rci", "d", "r", "aci", "erreygers"])
def test_straight_indices_are_sharp(name):
    found = index_bounds(name, DATA, RANGES)
    values = grid(name, DATA, RANGES, steps=7)
    assert found.sharp
    assert found.lower == pytest.approx(min(values), rel=1e-9)
    assert found.upper == pytest.approx(max(values), rel=1e-9)
    assert found.method == "corners"


@pytest.mark.parametrize("name", ["sii_linear", "rci", "bgv", "ti", "gini"])
def test_a_known_mean_narrows_the_bounds(name):
    free = index_bounds(name, DATA, RANGES)
    bound = index_bounds(name, DATA, RANGES, mean=16.9)
    values = grid(name, DATA, RANGES, mean=16.9, steps=2001)
    assert len(values) > 50
    assert free.lower - 1e-9 <= bound.lower <= min(values) + 1e-6
    assert max(values) - 1e-6 <= bound.upper <= free.upper + 1e-9
    assert bound.upper - bound.lower < free.upper - free.lower
    assert bound.lower == pytest.approx(min(values), abs=0.02 * (free.upper - free.lower))
    assert bound.upper == pytest.approx(max(values), abs=0.02 * (free.upper - free.lower))


@settings(max_examples=25)
@given(
    st.lists(st.floats(1, 40), min_size=3, max_size=3),
    st.lists(st.integers(20, 900), min_size=5, max_size=5),
    st.lists(st.tuples(st.floats(1, 20), st.floats(0, 15)), min_size=2, max_size=2),
)
def test_random_fillings_lie_within(values, persons, ends):
    data = GroupedData(
        (values[0], None, values[1], None, values[2]),
        tuple(map(float, persons)),
        orders=(1.0, 2.0, 3.0, 4.0, 5.0),
        scale=Scale.PERCENT,
    )
    ranges = [None, (ends[0][0], sum(ends[0])), None, (ends[1][0], sum(ends[1])), None]
    rng = np.random.default_rng(3)
    for name in ("sii_linear", "rci", "bgv", "mld"):
        found = index_bounds(name, data, ranges)
        for part in rng.uniform(size=(10, 2)):
            filled = list(data.estimates)
            filled[1] = ranges[1][0] + part[0] * (ranges[1][1] - ranges[1][0])
            filled[3] = ranges[3][0] + part[1] * (ranges[3][1] - ranges[3][0])
            value = INDICES[name](replace(data, estimates=tuple(filled))).estimate
            assert found.lower - 1e-5 * abs(value) - 1e-9 <= value
            assert value <= found.upper + 1e-5 * abs(value) + 1e-9


def test_with_nothing_hidden_the_bounds_are_the_index():
    data = replace(DATA, estimates=(30.0, 25.0, 14.0, 3.0))
    found = index_bounds("sii_linear", data, [None] * 4)
    result = INDICES["sii_linear"](data)
    assert (found.lower, found.upper, found.hidden) == (result.estimate, result.estimate, 0)
    assert found.lower_with_chance == result.lower


def test_chance_comes_on_top_where_errors_are_known():
    found = index_bounds("sii_linear", DATA, RANGES)
    assert found.lower_with_chance < found.lower
    assert found.upper < found.upper_with_chance
    without = replace(DATA, standard_errors=(3.0, None, 1.0, None))
    assert index_bounds("sii_linear", without, RANGES).lower_with_chance is None


def test_what_is_not_defined_is_said():
    unordered = replace(DATA, orders=None)
    found = index_bounds("sii_linear", unordered, RANGES)
    assert (found.lower, found.upper, found.note) == (None, None, "indices.note.no_order")
    zero = index_bounds("mld", DATA, (None, (0.0, 5.0), None, (1.0, 2.0)))
    assert zero.note == "indices.note.hidden_undefined"
    assert not zero.sharp
    for language in LANGUAGES:
        assert len(Say(language)(zero.note)) > 20


@pytest.mark.parametrize(
    ("data", "ranges", "mean", "why"),
    [
        (DATA, RANGES[:2], None, "ranges for"),
        (DATA, (None,) * 4, None, "needs a range"),
        (DATA, ((1.0, 2.0), *RANGES[1:]), None, "a known one none"),
        (DATA, (None, (9.0, 1.0), None, (1.0, 2.0)), None, "range"),
        (DATA, (None, (1.0, np.inf), None, (1.0, 2.0)), None, "range"),
        (DATA, RANGES, 90.0, "give the mean"),
        (GroupedData((None,) * 13), [(1.0, 2.0)] * 13, None, "at most"),
    ],
)
def test_what_cannot_be_is_refused(data, ranges, mean, why):
    with pytest.raises(ValueError, match=why):
        index_bounds("sii_linear", data, ranges, mean=mean)


@pytest.mark.parametrize("given", [(5, 4, 60), (-1, 4, 60), (1, 70, 60), (0, 0, 0)])
def test_counts_that_cannot_be_are_refused(given):
    with pytest.raises(ValueError, match="cases of"):
        count_range(*given)
