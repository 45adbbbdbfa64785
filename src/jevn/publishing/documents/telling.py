"""The number and the chart that show what an area's headline says."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jevn.challenges.results import AreaStatus, ChallengeProfile, Gradient, IndicatorStatus
from jevn.publishing.chart import Chart
from jevn.publishing.charts.comparison import comparison_chart
from jevn.publishing.charts.context import Studio
from jevn.publishing.charts.gradient import gradient_chart
from jevn.publishing.charts.mini import telling_gradient
from jevn.publishing.charts.trend import trend_chart
from jevn.publishing.charts.zones import shown_zones, zone_chart
from jevn.publishing.words import difference_text, group_name, lower_first
from jevn.terms import Say

_HEADLINE = "challenges.headline."
_ZONES = 6
"""Zones drawn beside an area: as many as can be read in the room there is."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What an area's headline rests on: the number, what it is, and the picture.

    ``caption`` comes with and without the indicator's name, the fuller first.
    """

    figure: str
    captions: tuple[str, ...]
    chart: Chart | None


def telling(studio: Studio, profile: ChallengeProfile, area: AreaStatus) -> Telling | None:
    """The number and the chart of an area's headline; ``None`` where there is none to show."""
    kind = area.headline.key.removeprefix(_HEADLINE).split(".")[0]
    status = _named(profile, area)
    if status is None or kind not in ("gradient", "spread", "level", "trend"):
        return None
    if kind == "gradient":
        return _gradient(studio, profile, area, status)
    if kind == "spread":
        return _spread(studio, status)
    if kind == "level":
        return _level(studio, status)
    return _trend(studio, status)


def _named(profile: ChallengeProfile, area: AreaStatus) -> IndicatorStatus | None:
    """The indicator that the headline names."""
    name = area.headline.params.get("name")
    found = (profile.indicator(id) for id in area.indicators)
    return next((s for s in found if s is not None and s.indicator.name("nb") == name), None)


def _gradient(
    studio: Studio, profile: ChallengeProfile, area: AreaStatus, status: IndicatorStatus
) -> Telling | None:
    period = area.headline.params.get("period")
    gradient = next((g for g in status.gradients if g.period == period and g.gap), None)
    if gradient is None:
        pair = telling_gradient(profile, area.area)
        if pair is None or pair[1].gap is None:
            return None
        status, gradient = pair
    say, gap = studio.say, gradient.gap
    assert gap is not None
    low, high = _ends(gradient, say)
    caption = say("document.summary.between", low=low, high=high, period=gradient.period)
    if gradient.elsewhere is not None:
        caption = f"{gradient.elsewhere}: {lower_first(caption)}"
    return Telling(
        _unsigned(gap.value, status, say),
        (_about(caption, status, say), caption),
        gradient_chart(studio, status, gradient),
    )


def _ends(gradient: Gradient, say: Say) -> tuple[str, str]:
    known = [g.group for g in gradient.groups if g.value is not None and not g.hidden]
    low, high = (group_name(gradient.dimension.value, g, say) for g in (known[0], known[-1]))
    return lower_first(low), lower_first(high)


def _spread(studio: Studio, status: IndicatorStatus) -> Telling | None:
    spread, say = status.spread, studio.say
    if spread is None or spread.range is None:
        return None
    caption = say("document.summary.zones", period=spread.period)
    chart, shown = zone_chart(studio, status, _ZONES), len(shown_zones(spread))
    if chart is not None and shown > _ZONES:
        key = "damped" if spread.standings else "few"
        subtitle = say(f"document.summary.zones.{key}", n=_ZONES, of=str(shown))
        chart = replace(chart, subtitle=subtitle)
    return Telling(
        _unsigned(spread.range, status, say),
        (_about(caption, status, say), caption),
        chart,
    )


def _level(studio: Studio, status: IndicatorStatus) -> Telling | None:
    say = studio.say
    if not status.comparisons:
        return None
    first = status.comparisons[0]
    caption = say("document.summary.against", place=first.place_name)
    return Telling(
        difference_text(first.difference.value, status.indicator.scale, say),
        (_about(caption, status, say), caption, say("document.summary.against_other")),
        comparison_chart(studio, status),
    )


def _trend(studio: Studio, status: IndicatorStatus) -> Telling | None:
    say, trend = studio.say, status.trend
    if trend is None or trend.slope_per_year is None:
        return None
    caption = say("document.summary.yearly")
    return Telling(
        difference_text(trend.slope_per_year.value, status.indicator.scale, say),
        (_about(caption, status, say), caption),
        trend_chart(studio, status),
    )


def _unsigned(value: float, status: IndicatorStatus, say: Say) -> str:
    return difference_text(abs(value), status.indicator.scale, say).removeprefix("+")


def _about(caption: str, status: IndicatorStatus, say: Say) -> str:
    return f"{caption}. {status.indicator.name(say.lang)}"
