"""Results of step 5: consequences of each alternative, for whom, at what cost, how surely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jevn.impact.alternatives import Alternative, Confidence, ProfileChange
from jevn.terms import Criterion, Message, SocialDimension

GapVerdict = Literal["narrows", "widens", "no_change", "cannot_tell", "not_known"]
Trust = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Interval:
    """A central value with its low and high limit (from the effect's own 95 % limits)."""

    value: float
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class GroupEffect:
    """What happens in one social group in a full year of the change.

    Attributes:
        population: persons of the eligible ages (and places).
        eligible: persons who can take part.
        reached: persons who do take part.
        determinant_before: value of the determinant (proportion) without the change.
        determinant_after: the same with the change.
        helped: persons whose determinant changes for the better.
        outcome_before: outcome cases a year without the change, if an outcome is modelled.
        averted: outcome cases averted a year, if modelled.
    """

    group: str
    population: float
    eligible: float
    reached: float
    determinant_before: float
    determinant_after: Interval
    helped: Interval
    outcome_before: float | None
    averted: Interval | None


@dataclass(frozen=True, slots=True)
class ComputedEffect:
    """The computed chain of one change, with every number the reader needs to redo it."""

    effect_size: str
    determinant: str
    outcome: str | None
    dimension: SocialDimension
    groups: tuple[GroupEffect, ...]
    capacity: float
    reached: float
    unused_nok: float
    helped: Interval
    averted: Interval | None
    gap_before: float
    gap_after: Interval
    sii_before: float
    sii_after: Interval
    verdict: GapVerdict
    nok_per_helped: float | None
    chain: tuple[Message, ...]
    assumptions: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """One criterion of one change: score, in words, and whether computed or judged."""

    criterion: Criterion
    score: float | None
    basis: Literal["computed", "judged", "missing"]
    reason: Message | None
    judged_reason: str | None
    confidence: Confidence | None


@dataclass(frozen=True, slots=True)
class ChangeAssessment:
    """The assessment of one change against carrying on as today.

    ``id`` is ``<alternative>/<change>``. ``computed`` is ``None`` where no usable effect size
    exists; then the assessment is judgement alone and is marked so.
    """

    id: str
    change: ProfileChange
    computed: ComputedEffect | None
    criteria: tuple[CriterionResult, ...]
    gains: str | None
    loses: str | None
    mechanism: str | None
    feasibility: str | None
    legal: str | None
    children: str | None
    trust: Trust
    why_not_computed: Message | None
    sources: tuple[str, ...]

    def criterion(self, criterion: Criterion) -> CriterionResult:
        """The result on one criterion."""
        return next(c for c in self.criteria if c.criterion == criterion)


@dataclass(frozen=True, slots=True)
class AlternativeAssessment:
    """All changes of an alternative, with sums of money and, where computed, of people."""

    alternative: Alternative
    changes: tuple[ChangeAssessment, ...]
    nok_per_year: float
    posts: float
    criteria: tuple[CriterionResult, ...]
    computed_changes: int
    judged_changes: int
    helped: Interval | None
    helped_by_group: tuple[tuple[str, float], ...]
    verdict: GapVerdict


@dataclass(frozen=True, slots=True)
class Assessment:
    """Step 5: every alternative, the zero alternative first."""

    alternatives: tuple[AlternativeAssessment, ...]

    def change(self, id: str) -> ChangeAssessment | None:
        """The assessment ``<alternative>/<change>``, or of a change id wherever it stands first."""
        every = [c for a in self.alternatives for c in a.changes]
        return next((c for c in every if id in (c.id, c.change.id)), None)
