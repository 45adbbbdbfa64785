"""From a changed determinant to outcome cases averted: the potential impact fraction."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.evidence.entries import EffectSize
from jevn.impact.inequality import interval
from jevn.impact.results import Interval

CAUSAL_SHARE: dict[str, float] = {
    "rct": 1.0,
    "natural_experiment": 0.9,
    "sibling": 0.6,
    "cohort": 0.4,
    "crude": 0.2,
}
"""Default share of an association taken as causal, by design: a choice, always printed."""

RATIOS = ("RR", "HR", "IRR", "OR")
"""Scales usable from determinant to outcome; an odds ratio is read as a risk ratio."""


def default_causal_share(design: str | None) -> float:
    """The default causal share of a design; an unknown design counts as ``crude``.

    >>> default_causal_share("cohort"), default_causal_share(None)
    (0.4, 0.2)
    """
    return CAUSAL_SHARE.get(design or "crude", CAUSAL_SHARE["crude"])


def impact_fraction(before: float, after: float, ratio: float) -> float:
    """Share of the cases that goes away when the exposed share changes.

    PIF = (P - P') (RR - 1) / (1 + P (RR - 1)), for one exposure with two categories
    (Barendregt & Veerman 2010, J Epidemiol Community Health 64:209-212).

    >>> impact_fraction(0.25, 0.20, 1.0)
    0.0
    >>> round(impact_fraction(0.20, 0.10, 2.0), 4)
    0.0833
    """
    return (before - after) * (ratio - 1.0) / (1.0 + before * (ratio - 1.0))


@dataclass(frozen=True, slots=True)
class GroupOutcome:
    """Outcome cases a year in one group: without the change, and averted by it."""

    before: float
    fraction: float
    averted: Interval


def group_outcome(
    *,
    population: float,
    rate: float,
    adverse_before: float,
    adverse_after: Interval,
    effect: EffectSize,
    causal_share: float,
) -> GroupOutcome:
    """Outcome cases averted in one group.

    The exposed are those with the adverse determinant when the ratio is 1 or more, and those
    without it when the ratio is below 1. Limits put the low (high) limit of the determinant's
    change together with the low (high) limit of the ratio; without limits for both there
    are none.

    Args:
        population: persons.
        rate: outcome cases per person and year.
        adverse_before: share with the adverse determinant now.
        adverse_after: the same with the change.
        effect: ratio of the outcome between exposed and unexposed.
        causal_share: share of the association taken as causal (0-1).
    """
    assert effect.value is not None
    cases = population * rate
    protective = effect.value < 1.0

    def fraction(after: float, ratio: float) -> float:
        if protective:
            return causal_share * impact_fraction(1.0 - adverse_before, 1.0 - after, ratio)
        return causal_share * impact_fraction(adverse_before, after, ratio)

    central = fraction(adverse_after.value, effect.value)
    if None in (adverse_after.lower, adverse_after.upper, effect.lower, effect.upper):
        return GroupOutcome(cases, central, Interval(cases * central, None, None))
    corners = [
        cases * fraction(after, ratio)
        for after in (adverse_after.lower, adverse_after.upper)
        for ratio in (effect.lower, effect.upper)
        if after is not None and ratio is not None
    ]
    return GroupOutcome(cases, central, interval(cases * central, min(corners), max(corners)))
