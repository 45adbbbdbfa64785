"""Everything step 2 says of one indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from jevn.challenges.ages import AgedPersons, age_band
from jevn.challenges.certainty import certainty_of
from jevn.challenges.choices import ChallengeSettings
from jevn.challenges.comparing import compare
from jevn.challenges.excess import Reference
from jevn.challenges.gaps import gaps_of
from jevn.challenges.gradients import gradients
from jevn.challenges.observed import Observed
from jevn.challenges.people import people, zone_persons
from jevn.challenges.results import (
    Comparison,
    EarlierSeries,
    Gradient,
    Indicator,
    IndicatorStatus,
    PlaceSpread,
    StandardisedLevel,
    Trend,
)
from jevn.challenges.selection import at, newest, of_basis, of_one_basis, totals
from jevn.challenges.shrinking import ZoneFigures
from jevn.challenges.spreading import spread
from jevn.challenges.standardising import Standardising, Standards, standardised
from jevn.challenges.standings import ZonePersons
from jevn.challenges.trends import trend
from jevn.challenges.weights import persons_by_group
from jevn.challenges.zone_results import ZoneReference
from jevn.terms import Message


@dataclass(frozen=True)
class Setting:
    """Where the indicators are looked at: the municipality, its zones, and other places."""

    municipality: str
    comparison: tuple[str, ...]
    zones: Mapping[str, tuple[str, float | None]]
    names: Mapping[str, str]
    population: pl.DataFrame
    country: str | None
    aged: AgedPersons
    choices: ChallengeSettings
    year: int | None = None
    former: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """Every place whose figures are used."""
        own = (self.municipality, *self.comparison, *self.zones, *self.former)
        return own if self.country is None else tuple(dict.fromkeys((*own, self.country)))

    def persons(
        self, place: str, dimension: str, year: int, ages: str | None
    ) -> tuple[dict[str, float], bool]:
        """Persons by group of a place, and whether they are of the ages asked for."""
        band = age_band(ages or "")
        if band is not None:
            found = self.aged.persons(place, year, band, dimension)
            if found:
                return {g: n for g, n in found.items() if g is not None}, True
        return persons_by_group(self.population, place, dimension, year), band is None


def _earlier(figures: Sequence[Observed], setting: Setting) -> tuple[EarlierSeries, ...]:
    """Series of the former municipalities that have figures of their own."""
    found = []
    for place in setting.former:
        points = [f.figure() for f in totals(figures, place) if f.value is not None]
        if points:
            name = setting.names.get(place, place)
            found.append(EarlierSeries(place, name, tuple(points)))
    return tuple(found)


@dataclass(frozen=True)
class Looked:
    """What was found of one indicator, and what its zones' standings are made from."""

    status: IndicatorStatus
    zones: ZoneFigures | None = None
    people: ZonePersons | None = None
    references: tuple[tuple[ZoneReference, float | None], ...] = ()


def look(indicator: Indicator, rows: Sequence[dict[str, Any]], setting: Setting) -> Looked:
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
    adjusted = Standardising()
    if level is not None:
        comparisons = compare(level, figures, indicator, setting.comparison, setting.names)
        adjusted, comparisons = _adjusted(level, figures, rows, indicator, setting, comparisons)
        over_time = trend(level, series, indicator)
    country = at(totals(figures, setting.country or ""), None if level is None else level.span)
    reference = Reference(setting.choices.reference, country)
    found = tuple(
        gradients(
            figures,
            indicator,
            home,
            setting.comparison,
            lambda place, dimension, year: setting.persons(place, dimension, year, indicator.ages),
            reference,
        )
    )
    found = tuple(
        g if g.place == home else replace(g, elsewhere=setting.names.get(g.place, g.place))
        for g in found
    )
    between = spread(figures, indicator, home, setting.zones)
    affected = None if level is None else people(level, indicator, setting.aged)
    status = IndicatorStatus(
        indicator=indicator,
        level=None if level is None else level.figure(),
        comparisons=comparisons,
        gradients=found,
        spread=between,
        trend=over_time,
        people_affected=None if affected is None else affected.value,
        gaps=(),
        origins=_origins(indicator, level, comparisons, found, between),
        standardised=adjusted.level,
        earlier=_earlier(figures, setting),
        people=affected,
    )
    missing = gaps_of(status, figures, home, bool(setting.zones), setting.names)
    missing = (*missing, *_more_gaps(status, figures, setting, level))
    if adjusted.gap is not None:
        missing = (*missing, adjusted.gap)
    if other:
        missing = (*missing, Message("challenges.gap.other_basis", {"n": other}))
    status = replace(status, gaps=missing)
    certainty, why = certainty_of(status)
    status = replace(status, certainty=certainty, certainty_reason=why)
    return _with_zones(status, figures, setting, country)


def _adjusted(
    level: Observed,
    figures: Sequence[Observed],
    rows: Sequence[dict[str, Any]],
    indicator: Indicator,
    setting: Setting,
    crude: tuple[Comparison, ...],
) -> tuple[Standardising, tuple[Comparison, ...]]:
    """Standardised here where it can be, else as the source has published it, else as it is."""
    standards = Standards(setting.country, setting.choices.standard, setting.aged)
    found = standardised(level, figures, indicator, standards, crude)
    if found.level is None:
        found = replace(_published(level, rows, indicator, setting, crude), gap=found.gap)
    adjusted = {c.place: c for c in found.comparisons}
    return found, tuple(adjusted.get(c.place, c) for c in crude)


def _published(
    level: Observed,
    rows: Sequence[dict[str, Any]],
    indicator: Indicator,
    setting: Setting,
    crude: tuple[Comparison, ...],
) -> Standardising:
    home = setting.municipality
    if level.basis == "standardised":
        others = of_basis(rows, indicator, ("rate", "share"))
        beside = at(totals(others, home), level.span)
        as_is = None if beside is None else beside.figure()
        adjusted = tuple(replace(c, basis="published") for c in crude)
        return Standardising(
            StandardisedLevel(level.figure(), as_is, "published", "source"), adjusted
        )
    figures = of_basis(rows, indicator, ("standardised",))
    own = at(totals(figures, home), level.span)
    if own is None:
        return Standardising()
    plain = {c.place: c.difference for c in crude}
    adjusted = tuple(
        replace(c, basis="published", crude=plain.get(c.place))
        for c in compare(own, figures, indicator, setting.comparison, setting.names)
    )
    return Standardising(
        StandardisedLevel(own.figure(), level.figure(), "published", "source"), adjusted
    )


def _more_gaps(
    status: IndicatorStatus,
    figures: Sequence[Observed],
    setting: Setting,
    level: Observed | None,
) -> list[Message]:
    """Figures that are old, or only there for the country."""
    found = []
    if level is not None and setting.year is not None:
        age = setting.year - level.end
        if age > setting.choices.old_after:
            found.append(Message("challenges.gap.old", {"period": level.period, "n": age}))
    if level is None and any(f.value is not None for f in totals(figures, setting.country or "")):
        found.append(Message("challenges.gap.only_national"))
    return found


def _with_zones(
    status: IndicatorStatus,
    figures: Sequence[Observed],
    setting: Setting,
    country: Observed | None,
) -> Looked:
    between = status.spread
    if between is None:
        return Looked(status)
    shown = {
        f.place: f
        for f in figures
        if f.place in setting.zones
        and f.dimension is None
        and f.period == between.period
        and f.value is not None
    }
    against: dict[ZoneReference, float | None] = {"municipality": between.overall}
    wanted = setting.choices.reference
    same = country is not None and country.period == between.period
    against[wanted] = country.value if wanted == "country" and same and country else None
    return Looked(
        status,
        ZoneFigures(status.indicator, shown, between.overall),
        zone_persons(shown, setting.zones, status.indicator, setting.municipality, setting.aged),
        tuple(against.items()),
    )


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
