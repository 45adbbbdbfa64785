"""Each target against the newest figure: how far on the way, and whether that can be told."""

from __future__ import annotations

from dataclasses import dataclass
from math import isclose
from typing import Literal

from jevn.challenges.results import ChallengeProfile, Figure, Gradient, IndicatorStatus
from jevn.followup.results import TargetStatus
from jevn.plan.elements import Element, Target
from jevn.terms import Message, Polarity, SocialDimension

Verdict = Literal["reached", "moving", "unchanged", "wrong_way", "not_known"]


@dataclass(frozen=True, slots=True)
class _Newest:
    """The newest figure for a target; ``why`` says why there is none."""

    figure: Figure | None
    why: str | None = None


def target_status(
    element: Element, target: Target, challenges: ChallengeProfile | None
) -> TargetStatus:
    """One target against the newest figure of step 2.

    * ``level``: the indicator's level;
    * ``absolute_gap``: the gap between the highest and the lowest group along the target's
      dimension, positive when the low end is worse off; between zones the spread;
    * ``relative_gap``: the relative index of inequality (top over bottom);
    * ``trend``: the change per year.

    Progress = (newest - baseline) / (target - baseline): 0 at the baseline, 1 at the target,
    below 0 the wrong way. When the newest figure's interval holds the baseline the two cannot
    be told apart, and the verdict is ``unchanged`` whatever the progress. Figures that are
    estimated from national gradients are not observed here and say nothing of progress.
    """
    status = challenges.indicator(target.indicator) if challenges else None
    newest = _newest(target, status) if status else _Newest(None, "no_figure")
    figure = newest.figure
    if status is None or figure is None:
        message = Message(f"followup.target.not_known.{newest.why}")
        return TargetStatus(element.id, target, None, None, None, "not_known", message)
    progress = _progress(target, figure.value)
    verdict, key = _verdict(target, figure, progress, status.indicator.polarity)
    params = {
        "latest": figure.value,
        "baseline": target.baseline,
        "target": target.target,
        "target_year": target.year,
        "period": figure.period or "–",
        "progress_share": progress,
    }
    message = Message(f"followup.target.{key}", params)
    period = figure.period or None
    return TargetStatus(element.id, target, figure.value, period, progress, verdict, message)


def _progress(target: Target, value: float) -> float | None:
    if target.baseline is None or target.baseline == target.target:
        return None
    return (value - target.baseline) / (target.target - target.baseline)


def _verdict(
    target: Target, figure: Figure, progress: float | None, polarity: Polarity
) -> tuple[Verdict, str]:
    sure = figure.lower is not None and figure.upper is not None
    if target.baseline is None:
        return _without_baseline(target, figure.value, polarity)
    if figure.lower is not None and figure.upper is not None:
        if figure.lower <= target.baseline <= figure.upper:
            return "unchanged", "unchanged"
    elif isclose(figure.value, target.baseline):
        return "unchanged", "unchanged_no_interval"
    if progress is None:  # the target is to hold the baseline, and the figure has left it
        kept = _at_least_as_good(target, figure.value, polarity)
        verdict: Verdict = "reached" if kept else "wrong_way"
        return verdict, verdict if sure else f"{verdict}_no_interval"
    verdict = "reached" if progress >= 1 else "moving" if progress > 0 else "wrong_way"
    return verdict, verdict if sure else f"{verdict}_no_interval"


def _without_baseline(target: Target, value: float, polarity: Polarity) -> tuple[Verdict, str]:
    if _at_least_as_good(target, value, polarity):
        return "reached", "reached_no_baseline"
    return "not_known", "not_known.no_baseline"


def _at_least_as_good(target: Target, value: float, polarity: Polarity) -> bool:
    """Whether a value is at the target or beyond it on the good side."""
    if isclose(value, target.target):
        return True
    if target.on == "absolute_gap":
        return value < target.target
    if target.on == "relative_gap":
        return abs(value - 1) < abs(target.target - 1)
    return value > target.target if polarity is Polarity.FAVOURABLE else value < target.target


def _newest(target: Target, status: IndicatorStatus) -> _Newest:
    if target.on == "level":
        return _found(status.level)
    if target.on == "trend":
        return _trend(status)
    if target.dimension is SocialDimension.ZONE:
        return _zones(target, status)
    gradient = _gradient(target, status)
    if gradient is None:
        return _Newest(None, "no_figure")
    if gradient.estimated:
        return _Newest(None, "estimated")
    if target.on == "relative_gap":
        return _found(gradient.rii, gradient.period)
    return _found(_gap(gradient, status.indicator.polarity), gradient.period)


def _found(figure: Figure | None, period: str = "") -> _Newest:
    if figure is None:
        return _Newest(None, "no_figure")
    if not figure.period and period:
        figure = Figure(figure.value, figure.lower, figure.upper, period, figure.origin)
    return _Newest(figure)


def _trend(status: IndicatorStatus) -> _Newest:
    if status.trend is None or status.trend.slope_per_year is None:
        return _Newest(None, "no_figure")
    points = status.trend.points
    period = f"{points[0].period}–{points[-1].period}" if points else ""
    return _found(status.trend.slope_per_year, period)


def _zones(target: Target, status: IndicatorStatus) -> _Newest:
    spread = status.spread
    if target.on != "absolute_gap" or spread is None or spread.range is None:
        return _Newest(None, "no_figure")
    return _Newest(Figure(spread.range, period=spread.period))


def _gradient(target: Target, status: IndicatorStatus) -> Gradient | None:
    if target.dimension is not None:
        return status.gradient(target.dimension)
    return status.gradients[0] if status.gradients else None


def _gap(gradient: Gradient, polarity: Polarity) -> Figure | None:
    """The gap with the sign of disadvantage: positive when the low end is worse off."""
    gap = gradient.gap
    low, high = gradient.groups[0].value, gradient.groups[-1].value
    if gap is None or low is None or high is None:
        return gap
    disadvantage = high - low if polarity is Polarity.FAVOURABLE else low - high
    if isclose(gap.value, -disadvantage, abs_tol=1e-12) and disadvantage != 0:
        lower = -gap.upper if gap.upper is not None else None
        upper = -gap.lower if gap.lower is not None else None
        return Figure(-gap.value, lower, upper, gap.period, gap.origin)
    return gap
