"""Everything step 2 says of one indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from jevn.challenges.comparing import compare
from jevn.challenges.gradients import gradients
from jevn.challenges.observed import Observed
from jevn.challenges.results import (
    Comparison,
    Gradient,
    Indicator,
    IndicatorStatus,
    PlaceSpread,
    Trend,
)
from jevn.challenges.selection import at, newest, of_one_basis, totals
from jevn.challenges.spreading import spread
from jevn.challenges.trends import trend
from jevn.challenges.weights import persons_by_group
from jevn.terms import Message, Polarity, Scale, SocialDimension
from jevn.terms.language import Param


@dataclass(frozen=True)
class Setting:
    """Where the indicators are looked at: the municipality, its zones, and other places."""

    municipality: str
    comparison: tuple[str, ...]
    zones: Mapping[str, tuple[str, float | None]]
    names: Mapping[str, str]
    population: pl.DataFrame

    @property
    def places(self) -> tuple[str, ...]:
        """Every place whose figures are used."""
        return (self.municipality, *self.comparison, *self.zones)

    def persons(self, place: str, dimension: str, year: int) -> dict[str, float]:
        """Persons by group of a place."""
        return persons_by_group(self.population, place, dimension, year)


def indicator_status(
    indicator: Indicator, rows: Sequence[dict[str, Any]], setting: Setting
) -> IndicatorStatus:
    """Level, comparisons, gradients, spread, trend and gaps of one indicator.

    Args:
        indicator: the indicator.
        rows: its observations, one edition of each.
        setting: the places.
    """
    home = setting.municipality
    figures, other = of_one_basis(rows, indicator, home)
    series = totals(figures, home)
    level = at(series, newest(series))
    comparisons: tuple[Comparison, ...] = ()
    over_time: Trend | None = None
    if level is not None:
        comparisons = compare(level, figures, indicator, setting.comparison, setting.names)
        over_time = trend(level, series, indicator)
    found = tuple(gradients(figures, indicator, home, setting.comparison, setting.persons))
    between = spread(figures, indicator, home, setting.zones)
    return IndicatorStatus(
        indicator=indicator,
        level=None if level is None else level.figure(),
        comparisons=comparisons,
        gradients=found,
        spread=between,
        trend=over_time,
        people_affected=None if level is None else _people(level, indicator),
        gaps=tuple(
            _gaps(level, series, comparisons, found, between, over_time, figures, other, setting)
        ),
        origins=_origins(indicator, level, comparisons, found, between),
    )


def _people(level: Observed, indicator: Indicator) -> float | None:
    """Persons (or yearly events) the indicator tells of: population x rate.

    Persons are those of the register figure (``denominator`` per year of the period); a survey's
    respondents are no population, so there it is not known. Where a high value is good, those
    who lack it are counted; that has meaning for shares only.
    """
    factor = indicator.scale.info.factor
    if factor is None or not level.persons or level.respondents or level.value is None:
        return None
    share = level.value / factor
    if indicator.polarity is Polarity.FAVOURABLE:
        if indicator.scale not in (Scale.PERCENT, Scale.PROPORTION):
            return None
        share = 1 - share
    return share * level.persons / level.years


def _gaps(
    level: Observed | None,
    series: Sequence[Observed],
    comparisons: Sequence[Comparison],
    found: Sequence[Gradient],
    between: PlaceSpread | None,
    over_time: Trend | None,
    figures: Sequence[Observed],
    other: int,
    setting: Setting,
) -> list[Message]:
    """What is not known of the indicator here, most important first."""
    gaps: list[Message] = []

    def gap(key: str, **params: Param) -> None:
        gaps.append(Message(f"challenges.gap.{key}", params))

    last = series[-1] if series else None
    if level is None:
        gap("hidden" if last is not None and last.hidden else "no_level")
    else:
        if last is not None and last.hidden and last.end > level.end:
            gap("newer_hidden", period=last.period)
        if level.estimated:
            gap("estimated_level")
        elif level.interval() is None:
            gap("no_interval")
        if setting.comparison and not comparisons:
            gap("no_comparison")
        if over_time is None:
            gap("no_trend")
        elif over_time.slope_per_year is None:
            gap("short_trend", n=len(over_time.points))
    own = {g.dimension: g for g in found}
    for dimension in (SocialDimension.EDUCATION, SocialDimension.INCOME):
        gradient = own.get(dimension)
        if gradient is None:
            gap(f"no_{dimension.value}")
        elif gradient.place != setting.municipality:
            place = setting.names.get(gradient.place, gradient.place)
            gap(f"borrowed_{dimension.value}", place=place)
        elif gradient.estimated:
            gap(f"estimated_{dimension.value}")
    if setting.zones and between is None:
        gap("no_zones")
    used = {g.period for g in found} | ({level.period} if level else set())
    hidden = sum(f.hidden and f.period in used for f in figures)
    if hidden:
        gap("hidden_cells", n=hidden)
    if other:
        gap("other_basis", n=other)
    return gaps


def _origins(
    indicator: Indicator,
    level: Observed | None,
    comparisons: Sequence[Comparison],
    found: Sequence[Gradient],
    between: PlaceSpread | None,
) -> tuple[str, ...]:
    every = [
        None if level is None else level.origin,
        *(c.there.origin for c in comparisons),
        *(g.origin for g in found),
        None if between is None else between.origin,
        indicator.origin,
    ]
    return tuple(dict.fromkeys(o for o in every if o))
