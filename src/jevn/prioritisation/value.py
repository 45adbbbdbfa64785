"""The value of a change by the weights of the criteria, between 0 and 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jevn.impact.results import Assessment, ChangeAssessment
from jevn.prioritisation.results import Frame
from jevn.prioritisation.weights import Weights
from jevn.terms import Criterion

AS_TODAY = 0.5
"""Value of carrying on as today: score 0 on every criterion."""


@dataclass(frozen=True, slots=True)
class Value:
    """The weighted value of one change.

    Attributes:
        value: 0-1; ``None`` if no criterion is assessed.
        parts: weight times value per criterion; they sum to ``value``.
        missing: criteria without a score, counted as no difference from today.
    """

    value: float | None
    parts: tuple[tuple[Criterion, float], ...]
    missing: tuple[Criterion, ...]

    @property
    def gain(self) -> float:
        """Value above carrying on as today (below 0 = worse than today); 0 if not assessed."""
        return 0.0 if self.value is None else self.value - AS_TODAY


def candidates(assessment: Assessment) -> tuple[ChangeAssessment, ...]:
    """Every distinct change over all alternatives, in the order of their ids."""
    found: dict[str, ChangeAssessment] = {}
    for alternative in assessment.alternatives:
        for change in alternative.changes:
            found.setdefault(change.change.id, change)
    return tuple(found[id] for id in sorted(found))


def cost_score(nok_per_year: float, frame: Frame) -> float:
    """Score -3 … 3 of the cost from kroner alone: -3 for a change that takes the whole frame.

    Linear in kroner and 0 at no cost; above 0 when money is released. Used only where nobody
    has judged the cost.

    >>> cost_score(8e6, Frame(32e6)), cost_score(-32e6, Frame(32e6))
    (-0.75, 3.0)
    """
    if frame.nok_per_year <= 0:
        return 0.0 if nok_per_year == 0 else (-3.0 if nok_per_year > 0 else 3.0)
    return max(-3.0, min(3.0, -3.0 * nok_per_year / frame.nok_per_year))


def value_of(change: ChangeAssessment, weights: Weights, frame: Frame) -> Value:
    """The weighted value of one change.

    A score s of -3 … 3 becomes (s + 3) / 6, so that no difference from today is 0.5; the value
    is the weighted sum. A criterion without score counts as no difference from today and is
    named in ``missing``; a cost nobody has judged is scored from its kroner. A change with no
    score at all has no value.
    """
    scores: dict[Criterion, float] = {}
    for result in change.criteria:
        if result.score is not None:
            scores[result.criterion] = result.score
    if not scores:
        return Value(None, (), tuple(c for c, _ in weights))
    scores.setdefault(Criterion.COST, cost_score(change.change.nok_per_year, frame))
    parts = tuple((c, w * (scores.get(c, 0.0) + 3.0) / 6.0) for c, w in weights)
    missing = tuple(c for c, _ in weights if c not in scores)
    return Value(sum(p for _, p in parts), parts, missing)


def values_of(
    changes: Sequence[ChangeAssessment], weights: Weights, frame: Frame
) -> dict[str, Value]:
    """The value of each change by its id."""
    return {c.change.id: value_of(c, weights, frame) for c in changes}
