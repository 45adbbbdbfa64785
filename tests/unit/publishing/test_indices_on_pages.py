"""The gap of an indicator in numbers: several indices with their intervals, in words."""

from __future__ import annotations

import pytest

from jevn.indices import INDICES
from jevn.publishing.words import index_limits, index_text
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
                    assert "–" in index_limits(result, status.indicator.scale, say)
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
