"""What every registered index must do, whatever its formula."""

from __future__ import annotations

import doctest
import re
import warnings
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jevn.indices
from jevn.indices import (
    INDICES,
    GroupedData,
    Sign,
    Unit,
    burden_positive,
    stacked,
)
from jevn.terms import LANGUAGES, Polarity, Say, Scale

NAMES = sorted(INDICES)
PARTS = ("Interval:", "Range:", "Sign:", "Ties:", "Weights:", "Missing groups:", "Source:")
# Groups count the same here whatever their size, so a group split in two counts twice.
UNWEIGHTED = {"idisu", "mdmu", "mdbu", "mdru"}
# Halves have a chance of their own, and the bias of chance is what is taken away here.
CORRECTED = {"ti_corrected", "mld_corrected"}
# The aversion is an absolute one, per unit of the values.
OF_FIXED_UNIT = {"ede_kolm"}
# Comparing outermost groups, with nothing from the middle.
FOUR = GroupedData(
    estimates=(34.0, 27.0, 18.0, 13.5),
    populations=(18_900.0, 31_400.0, 22_600.0, 11_800.0),
    standard_errors=(1.6, 0.9, 0.9, 1.1),
    orders=(1.0, 2.0, 3.0, 4.0),
    scale=Scale.PERCENT,
    polarity=Polarity.ADVERSE,
    reference=3,
    samples=(812.0, 2140.0, 1733.0, 965.0),
)
ODD = {
    "two groups": GroupedData((30.0, 10.0), (20.0, 30.0), (3.0, 2.0), (1.0, 2.0)),
    "one group": GroupedData((30.0,), (20.0,), (3.0,), (1.0,)),
    "equal groups": replace(FOUR, estimates=(20.0,) * 4),
    "a zero group": replace(FOUR, estimates=(34.0, 27.0, 18.0, 0.0)),
    "all zero": replace(FOUR, estimates=(0.0,) * 4),
    "all full": replace(FOUR, estimates=(100.0,) * 4),
    "perfectly separated": replace(FOUR, estimates=(100.0, 100.0, 0.0, 0.0)),
    "a missing group": replace(FOUR, estimates=(34.0, None, 18.0, 13.5)),
    "the outermost missing": replace(FOUR, estimates=(None, 27.0, 18.0, None)),
    "all missing": replace(FOUR, estimates=(None,) * 4),
    "no standard errors": replace(FOUR, standard_errors=None),
    "one standard error missing": replace(FOUR, standard_errors=(1.6, None, 0.9, 1.1)),
    "standard errors of zero": replace(FOUR, standard_errors=(0.0,) * 4),
    "no persons": replace(FOUR, populations=None),
    "persons of zero": replace(FOUR, populations=(0.0, 31_400.0, 22_600.0, 0.0)),
    "all positions tied": replace(FOUR, orders=(1.0,) * 4),
    "two positions tied": replace(FOUR, orders=(1.0, 1.0, 2.0, 3.0)),
    "no order": replace(FOUR, orders=None),
    "no polarity": replace(FOUR, polarity=None),
    "no scale": replace(FOUR, scale=None),
    "no reference": replace(FOUR, reference=None),
    "reference missing": replace(FOUR, estimates=(34.0, 27.0, 18.0, None)),
    "no samples": replace(FOUR, samples=None),
    "negative values": replace(FOUR, estimates=(-3.0, -1.0, 2.0, 2.0), scale=None),
    "a mean of zero": replace(
        FOUR,
        estimates=(-1.0, 1.0),
        populations=(5.0, 5.0),
        standard_errors=(0.1, 0.1),
        orders=(1.0, 2.0),
        scale=None,
        reference=None,
        samples=None,
    ),
    "rates of few": replace(
        FOUR, estimates=(0.4, 0.0, 1.0, 2.5), scale=Scale.PER_100_000, samples=None
    ),
}


def estimates_of(data):
    return {name: INDICES[name](data).estimate for name in NAMES}


def split_halves(data, at):
    """The same data with one group as two halves of it."""

    def doubled(part, change=lambda v: v):
        if part is None:
            return None
        return (*part[:at], change(part[at]), change(part[at]), *part[at + 1 :])

    return replace(
        data,
        estimates=doubled(data.estimates),
        populations=doubled(data.populations, lambda p: p / 2),
        standard_errors=doubled(data.standard_errors, lambda s: s * 2**0.5),
        orders=doubled(data.orders),
        samples=doubled(data.samples, lambda n: n / 2),
        reference=None if data.reference is None else data.reference + (data.reference > at),
    )


def permuted(data, order):
    def moved(part):
        return None if part is None else tuple(part[i] for i in order)

    names = ("estimates", "populations", "standard_errors", "orders", "samples")
    reference = None if data.reference is None else order.index(data.reference)
    return replace(data, reference=reference, **{n: moved(getattr(data, n)) for n in names})


@st.composite
def grouped(draw):
    size = draw(st.integers(3, 6))
    values = draw(st.lists(st.floats(2, 60), min_size=size, max_size=size))
    persons = draw(st.lists(st.integers(20, 50_000), min_size=size, max_size=size))
    errors = draw(st.lists(st.floats(0.1, 3), min_size=size, max_size=size))
    return GroupedData(
        tuple(values),
        tuple(map(float, persons)),
        tuple(errors),
        tuple(float(i) for i in range(size)),
        Scale.PERCENT,
        draw(st.sampled_from(Polarity)),
        size - 1,
        tuple(p / 10 for p in persons),
    )


@pytest.mark.parametrize("name", NAMES)
class TestEveryIndex:
    def test_says_what_it_is(self, name):
        text = INDICES[name].documentation
        assert text.split("\n")[0].endswith(".")
        assert "$$" in text, "a formula"
        for part in PARTS:
            assert re.search(rf"^ *{part}", text, re.M), f"{name}: {part} is missing"
        assert ">>> " in text

    def test_has_an_example_that_is_true(self, name):
        names = {**vars(jevn.indices), "np": np}
        test = doctest.DocTestParser().get_doctest(
            INDICES[name].documentation, names, name, None, 0
        )
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
        assert runner.run(test).failed == 0

    def test_has_a_name_and_a_sentence_in_every_language(self, name):
        for language in LANGUAGES:
            say = Say(language)
            assert 3 < len(say(f"indices.name.{name}")) < 90
            assert say(f"indices.about.{name}").endswith(".")

    @pytest.mark.parametrize("case", ODD)
    def test_answers_odd_data_or_says_why_not(self, name, case):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            result = INDICES[name](ODD[case])
        if result.estimate is None:
            assert result.note is not None
            assert result.se is None
            assert result.lower is None
        if result.note is not None:
            for language in LANGUAGES:
                assert len(Say(language)(result.note)) > 10
        if result.se is not None:
            assert result.se >= 0
        assert (result.lower is None) == (result.upper is None)
        assert (result.lower is None) == (result.method == "none")
        if result.lower is not None:
            assert result.lower <= result.upper

    def test_never_changes_what_it_is_given(self, name):
        groups = stacked([FOUR])
        for field in fields(groups):
            getattr(groups, field.name).flags.writeable = False
        before = {f.name: getattr(groups, f.name).copy() for f in fields(groups)}
        INDICES[name](groups)
        for key, value in before.items():
            np.testing.assert_array_equal(getattr(groups, key), value)

    def test_many_at_once_equal_each_alone(self, name):
        four = [c for c in ODD.values() if len(c.estimates) == 4]
        together = INDICES[name](stacked(four))
        for at, data in enumerate(four):
            alone = INDICES[name](data)
            found = together.row(
                at, scale=data.scale, reference=data.reference, polarity=data.polarity
            )
            for part in ("estimate", "se", "lower", "upper"):
                one, other = getattr(alone, part), getattr(found, part)
                assert (one is None) == (other is None), (at, part)
                if one is not None:
                    assert one == pytest.approx(other, rel=1e-9, abs=1e-12)
            assert (alone.method, alone.note, alone.groups) == (
                found.method,
                found.note,
                found.groups,
            )

    def test_limits_widen_with_the_level(self, name):
        narrow, wide = INDICES[name](FOUR, level=0.8), INDICES[name](FOUR, level=0.99)
        assert narrow.estimate == wide.estimate
        if narrow.lower is not None:
            assert wide.lower <= narrow.lower
            assert narrow.upper <= wide.upper
            assert wide.upper > narrow.upper

    def test_refuses_a_level_that_is_none(self, name):
        with pytest.raises(ValueError, match="level"):
            INDICES[name](FOUR, level=95.0)


@settings(max_examples=25)
@given(grouped(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(data, random):
    order = list(range(len(data.estimates)))
    random.shuffle(order)
    moved = permuted(data, order)
    for name in NAMES:
        one, other = INDICES[name](data), INDICES[name](moved)
        assert one.estimate == pytest.approx(other.estimate, rel=1e-8, abs=1e-9), name
        if one.se is not None:
            assert one.se == pytest.approx(other.se, rel=1e-7, abs=1e-9), name


@settings(max_examples=25)
@given(grouped(), st.integers(0, 2))
def test_a_group_in_two_halves_is_the_same_group(data, at):
    halves = estimates_of(split_halves(data, at if at != data.reference else 0))
    for name, whole in estimates_of(data).items():
        if name not in UNWEIGHTED | CORRECTED:
            assert halves[name] == pytest.approx(whole, rel=1e-7, abs=1e-8), name


@settings(max_examples=25)
@given(grouped())
def test_per_cent_and_proportion_say_the_same(data):
    other = replace(
        data,
        estimates=tuple(v / 100 for v in data.estimates),
        standard_errors=tuple(s / 100 for s in data.standard_errors),
        scale=Scale.PROPORTION,
    )
    factors = {Unit.VALUE: 100, Unit.SQUARED: 10_000}
    proportions = estimates_of(other)
    for name, percent in estimates_of(data).items():
        if name not in OF_FIXED_UNIT:
            factor = factors.get(INDICES[name].unit, 1)
            assert factor * proportions[name] == pytest.approx(percent, rel=1e-7, abs=1e-8), name


@settings(max_examples=25)
@given(grouped(), st.floats(0.01, 100))
def test_persons_count_only_relative_to_each_other(data, factor):
    more = replace(data, populations=tuple(p * factor for p in data.populations))
    for name in NAMES:
        one, other = INDICES[name](data), INDICES[name](more)
        assert one.estimate == pytest.approx(other.estimate, rel=1e-8, abs=1e-9), name


@settings(max_examples=25)
@given(grouped())
def test_sizes_are_never_negative_and_limits_stand_in_order(data):
    for name in NAMES:
        result = INDICES[name](data)
        if INDICES[name].sign is Sign.SIZE:
            assert result.estimate >= -1e-12, name
            assert result.lower >= 0, name
        if result.lower is not None:
            assert result.lower <= result.upper


@settings(max_examples=25)
@given(grouped())
def test_burden_turns_with_the_polarity(data):
    for name in NAMES:
        sign = INDICES[name].sign
        if sign in (Sign.DIFFERENCE, Sign.RATIO):
            native = INDICES[name](data)
            good = burden_positive(replace(native, polarity=Polarity.FAVOURABLE))
            bad = burden_positive(replace(native, polarity=Polarity.ADVERSE))
            if sign is Sign.DIFFERENCE:
                assert good.estimate == -bad.estimate
                assert good.upper == -bad.lower
            elif good.estimate > 0:
                assert good.estimate == pytest.approx(1 / bad.estimate)
