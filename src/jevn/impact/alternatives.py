"""Alternatives: named sets of changes to the effort profile, and judgements about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jevn.terms import Criterion, EffortArea, Polarity, Reach

Level = Literal["stop", "less", "same", "more", "new"]
Confidence = Literal["low", "medium", "high"]


@dataclass(frozen=True, slots=True)
class EffectUse:
    """How a catalogue effect size is used for one change.

    The chain is: effort -> people reached by group -> change in one determinant -> one outcome.

    Attributes:
        effect_size: id of the catalogue's effect size of the action on the determinant.
        determinant: indicator id whose value by group is the starting point.
        outcome_effect: id of the effect size of the determinant on the outcome, if any.
        outcome: indicator id of the outcome, if any.
        unit_cost_nok: kroner per participant and year.
        ages: first and last age of those eligible.
        eligible_share_by_need: eligible are those who have the (adverse) determinant.
        uptake_gradient: change in log-odds of taking part from bottom to top of the
            social ladder; above 0 the better-off come first.
        effect_gradient: relative weakening of the effect from top to bottom (0 = none).
        fidelity: share of the trial's effect that ordinary practice keeps (0-1).
        transfer: share of the effect expected to carry over to here (0-1).
        causal_share: share of the determinant-outcome association taken as causal (0-1);
            ``None`` = the default for the design of the outcome effect.
        effect_on: whether the study counted a favourable state (in work) or an adverse one
            (out of work). ``None`` = read as an improvement, and said so.
        start_level: share (0-1) of those taking part who would have the adverse determinant
            without the change; ``None`` = the level of their social group.
        need_gradient: change in log-odds of taking part per standard deviation of need (the
            adverse share of the cell people belong to); above 0 those with most need come first.
        build_up_years: time constant of an effect that builds up; 0: there at once.
        hold_years: years before an effect begins to fade.
        fade_years: time constant of fading; ``None`` = it lasts for life.
        interval: own 95 % limits of the effect size, where the catalogue has none.
        outcome_interval: the same for the effect on the outcome.
        interval_reason: where the own limits are from.
    """

    effect_size: str
    determinant: str
    unit_cost_nok: float
    ages: tuple[int, int]
    outcome_effect: str | None = None
    outcome: str | None = None
    eligible_share_by_need: bool = True
    uptake_gradient: float = 0.0
    effect_gradient: float = 0.0
    fidelity: float = 1.0
    transfer: float = 1.0
    causal_share: float | None = None
    effect_on: Polarity | None = None
    start_level: float | None = None
    need_gradient: float = 0.0
    build_up_years: float = 0.0
    hold_years: float = 1.0
    fade_years: float | None = 3.0
    interval: tuple[float, float] | None = None
    outcome_interval: tuple[float, float] | None = None
    interval_reason: str | None = None


@dataclass(frozen=True, slots=True)
class ProfileChange:
    """One change of the effort profile: the unit of steps 5 and 6.

    ``nok_per_year`` is the change in net kroner a year (negative when effort is taken away).
    """

    id: str
    title: str
    area: EffortArea
    level: Level
    start_year: int
    nok_per_year: float
    reach: Reach
    posts: float = 0.0
    target_group: str | None = None
    places: tuple[str, ...] = ()
    service: str | None = None
    intervention: str | None = None
    function: str | None = None
    effect: EffectUse | None = None
    excludes: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """A named set of changes within a frame. The zero alternative (id ``zero``) has none."""

    id: str
    title: str
    summary: str
    changes: tuple[ProfileChange, ...]


@dataclass(frozen=True, slots=True)
class CriterionJudgement:
    """A structured judgement of one change on one criterion.

    ``score`` from -3 (clearly worse than today) over 0 (no difference) to +3 (clearly better);
    ``None`` = not known.
    """

    criterion: Criterion
    score: int | None
    reason: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Judgement:
    """Structured judgement of one change: who gains, who loses, by which mechanism."""

    change: str
    criteria: tuple[CriterionJudgement, ...]
    gains: str | None = None
    loses: str | None = None
    mechanism: str | None = None
    feasibility: str | None = None
    legal: str | None = None
    children: str | None = None
    by: str | None = None
