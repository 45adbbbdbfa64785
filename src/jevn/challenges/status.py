"""Everything step 2 says of one indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from jevn.challenges.comparing import compare
from jevn.challenges.gaps import gaps_of
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
from jevn.terms import Message, Polarity, Scale


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
    status = IndicatorStatus(
        indicator=indicator,
        level=None if level is None else level.figure(),
        comparisons=comparisons,
        gradients=found,
        spread=between,
        trend=over_time,
        people_affected=None if level is None else _people(level, indicator),
        gaps=(),
        origins=_origins(indicator, level, comparisons, found, between),
    )
    missing = gaps_of(status, figures, home, bool(setting.zones), setting.names)
    if other:
        missing = (*missing, Message("challenges.gap.other_basis", {"n": other}))
    return replace(status, gaps=missing)


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
