"""How many people an indicator tells of, here and in each zone."""

from __future__ import annotations

from collections.abc import Mapping

from jevn.challenges.ages import AgeBand, AgedPersons, age_band
from jevn.challenges.observed import Observed
from jevn.challenges.results import Figure, Indicator
from jevn.challenges.standings import ZonePersons
from jevn.terms import Message, Polarity, Scale


def people(level: Observed, indicator: Indicator, aged: AgedPersons) -> Figure | None:
    """Persons (or yearly events) the level tells of, with limits: persons x rate.

    Persons are those of the register figure (``denominator`` per year of the period). Of a
    survey, they are the inhabitants of the ages it concerns, where these are known (``ages`` of
    the indicator); the number is then an estimate and noted as such. Where a high value is good,
    those who lack it are counted; that has meaning for shares only.
    """
    factor = indicator.scale.info.factor
    if factor is None or level.value is None:
        return None
    lacking = indicator.polarity is Polarity.FAVOURABLE
    if lacking and indicator.scale not in (Scale.PERCENT, Scale.PROPORTION):
        return None
    note = None
    if level.respondents:
        persons = _of_age(level.place, level.end, indicator, aged)
        note = Message("challenges.note.people_estimated")
    else:
        persons = None if level.persons is None else level.persons / level.years
        note = Message("challenges.note.estimated") if level.estimated else None
    if not persons:
        return None
    interval = level.interval()

    def counted(share: float) -> float:
        return persons * (1 - share / factor if lacking else share / factor)

    value = counted(level.value)
    if interval is None:
        return Figure(value, None, None, level.period, level.origin, note)
    low, high = sorted((counted(interval.lower), counted(interval.upper)))
    return Figure(value, low, high, level.period, level.origin, note)


def zone_persons(
    figures: Mapping[str, Observed],
    zones: Mapping[str, tuple[str, float | None]],
    indicator: Indicator,
    municipality: str,
    aged: AgedPersons,
) -> ZonePersons:
    """Persons the indicator concerns in each zone.

    Those of the register figures; of a survey, the inhabitants of its ages, or the zone's
    inhabitants times the share of that age in the municipality.
    """
    if not any(f.respondents for f in figures.values()):
        counted = {z: f.persons / f.years for z, f in figures.items() if f.persons}
        return ZonePersons(counted)
    band = age_band(indicator.ages or "")
    if band is None or not figures:
        return ZonePersons({})
    year = next(iter(figures.values())).end
    own = {z: n for z in figures if (n := aged.persons(z, year, band).get(None))}
    if len(own) == len(figures):
        return ZonePersons(own, estimated=True)
    here = aged.persons(municipality, year, band).get(None)
    everyone = aged.persons(municipality, year, AgeBand(0, None)).get(None)
    if not here or not everyone:
        return ZonePersons({})
    share = here / everyone
    return ZonePersons(
        {z: share * n for z in figures if z in zones and (n := zones[z][1])}, estimated=True
    )


def _of_age(place: str, year: int, indicator: Indicator, aged: AgedPersons) -> float | None:
    band = age_band(indicator.ages or "")
    return None if band is None else aged.persons(place, year, band).get(None)
