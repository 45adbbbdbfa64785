"""How another place's value is told in a table of a document."""

from __future__ import annotations

from jevn.challenges.results import Comparison, IndicatorStatus
from jevn.publishing.words import value_text
from jevn.terms import Say


def there_text(say: Say, status: IndicatorStatus, comparison: Comparison) -> str:
    """The other place's value; where standardised, with the value here it is held against."""
    scale = status.indicator.scale
    there = value_text(comparison.there.value, scale, say)
    if comparison.basis == "crude" or status.level == comparison.here:
        return there
    here = value_text(comparison.here.value, scale, say)
    return say("publishing.comparison.standardised", there=there, here=here)
