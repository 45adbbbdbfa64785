"""Who has spoken, against the population: so that silence is seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import polars as pl

from jevn.participation.results import Contribution, Spoken

_DIMENSIONS = ("sex", "age", "education", "income", "background")


def who_has_spoken(
    contributions: Sequence[Contribution],
    places: pl.DataFrame,
    population: pl.DataFrame,
    municipality: str,
) -> tuple[Spoken, ...]:
    """Contributions per zone, sender type and channel.

    Every zone of the municipality is there, also one that nobody has spoken from, with its
    share of the population of all its zones. Contributions without a place, or with the whole
    municipality as place, are counted under no zone.

    Args:
        contributions: everything said.
        places: table of places (columns ``place``, ``kind``, ``parent``, ``population``).
        population: table of population; used for zones without ``population`` in ``places``.
        municipality: id of the municipality in ``places``.
    """
    by_place = Counter(c.place for c in contributions)
    zones = zones_of(places, municipality)
    persons = {zone: persons_in(zone, places, population) for zone in zones}
    total = sum(n for n in persons.values() if n is not None)
    complete = bool(zones) and total > 0 and all(n is not None for n in persons.values())
    spoken = [
        Spoken("zone", zone, by_place[zone], (persons[zone] or 0.0) / total if complete else None)
        for zone in zones
    ]
    senders = Counter(c.sender_type for c in contributions)
    channels = Counter(c.channel for c in contributions)
    spoken += [Spoken("sender_type", s, n, None) for s, n in senders.most_common()]
    spoken += [Spoken("channel", c, n, None) for c, n in channels.most_common()]
    return tuple(spoken)


def zones_of(places: pl.DataFrame, municipality: str) -> list[str]:
    """Zones of the municipality, in the order of the table."""
    zones = places.filter(pl.col("kind") == "zone")
    if "parent" in zones.columns:
        own = zones.filter((pl.col("parent") == municipality).fill_null(True))
        return [str(zone) for zone in own["place"].to_list()]
    return [str(zone) for zone in zones["place"].to_list()]


def persons_in(zone: str, places: pl.DataFrame, population: pl.DataFrame) -> float | None:
    """Persons in a zone: as the places say, else counted in the latest year of the population.

    The population may be given whole or by one or more dimensions side by side; each set of
    dimensions is summed by itself, and the greatest sum is the whole (education, say, may be
    given for adults alone).
    """
    if "population" in places.columns:
        named = places.filter(pl.col("place") == zone)["population"].to_list()
        if named and named[0] is not None:
            return float(named[0])
    if population.is_empty() or "place" not in population.columns:
        return None
    rows = population.filter(pl.col("place") == zone)
    if rows.is_empty():
        return None
    rows = rows.filter(pl.col("year") == rows["year"].max())
    given = [pl.col(d).is_not_null().alias(d) for d in _DIMENSIONS if d in rows.columns]
    sums = rows.with_columns(given).group_by(
        [d for d in _DIMENSIONS if d in rows.columns] or "place"
    )
    found = sums.agg(pl.col("persons").sum())["persons"].to_list()
    return float(max(found)) if found else None
