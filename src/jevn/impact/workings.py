"""Workings: every number behind one computed effect, from which the explanation is written."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.challenges.results import Indicator
from jevn.evidence.entries import EffectSize
from jevn.impact.alternatives import EffectUse, ProfileChange
from jevn.impact.effects import Improvement
from jevn.impact.levels import StartLevels
from jevn.impact.outcome import GroupOutcome
from jevn.impact.population import EligiblePopulation
from jevn.impact.reach import Reached
from jevn.impact.results import Interval
from jevn.terms import Message


@dataclass(frozen=True, slots=True)
class GroupStep:
    """All numbers of the chain in one group, in the order they are computed."""

    group: str
    population: float
    adverse: float
    eligible: float
    reached: float
    start: float | None
    raw: Improvement
    kept: float
    helped: Interval
    before: float
    after: Interval
    adverse_after: Interval


@dataclass(frozen=True, slots=True)
class OutcomeStep:
    """What the outcome was computed from."""

    indicator: Indicator
    effect: EffectSize
    causal_share: float
    levels: StartLevels
    groups: tuple[GroupOutcome, ...]


@dataclass(frozen=True, slots=True)
class Workings:
    """Everything behind one computed effect: the explanation is written from this."""

    change: ProfileChange
    use: EffectUse
    size: EffectSize
    determinant: Indicator
    levels: StartLevels
    people: EligiblePopulation
    reached: Reached
    steps: tuple[GroupStep, ...]
    outcome: OutcomeStep | Message | None
