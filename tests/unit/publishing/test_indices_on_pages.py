"""The gap of an indicator in numbers: several indices with their intervals, in words."""

from __future__ import annotations

import pytest

from jevn.indices import INDICES
from jevn.publishing.words import index_limits, index_text, limits_text
from jevn.terms import Say, Scale


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("sii_linear", -10.94, "−10,9 prosentpoeng"),
        ("rii_linear", 1.124, "1,12"),
        ("rci", -0.0163, "−0,016"),
        ("paf", 2.26, "2,3 %"),
        ("ede_atkinson", 89.93, "89,9 %"),
        ("rci", None, "–"),
    ],
)
def test_an_index_is_written_in_its_own_unit(name, value, shown):
    assert index_text(value, name, Scale.PERCENT, Say("nb")).replace("\xa0", " ") == shown


def test_every_index_of_elvebyen_is_shown_with_its_interval(elvebyen):
    say = Say("nb")
    shown = 0
    for status in elvebyen.challenges.indicators:
        for gradient in status.gradients:
            for result in gradient.indices:
                assert result.index in INDICES
                if result.lower is not None:
                    limits = index_limits(result, status.indicator.scale, say)
                    assert "–" in limits or " til " in limits
                    shown += 1
    assert shown > 100


def test_excess_cases_are_persons_and_fewer_than_live_there(elvebyen):
    found = [
        (g.excess, sum(x.population or 0 for x in g.groups))
        for s in elvebyen.challenges.indicators
        for g in s.gradients
        if g.excess is not None
    ]
    assert len(found) > 10
    for excess, persons in found:
        assert 0 <= excess.value < persons


@pytest.mark.parametrize(
    ("lower", "upper", "shown"),
    [(8.04, 13.76, "8,0–13,8"), (-34.7, -31.0, "−34,7 til −31,0"), (-1.2, 3.4, "−1,2 til 3,4")],
)
def test_limits_below_zero_have_a_word_between_them(lower, upper, shown):
    assert limits_text(lower, upper, 1, Say("nb")) == shown


def test_a_ratio_that_says_nothing_is_not_shown(elvebyen):
    results = [
        r for s in elvebyen.challenges.indicators for g in s.gradients for r in g.indices
        if r.note == "indices.note.fit_not_positive"
    ]  # fmt: skip
    assert results, "Elvebyen has a line that falls below zero"
    assert [r.estimate for r in results if r.estimate is not None] == []
