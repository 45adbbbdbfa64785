"""Age bands, and persons of an age in the population table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import polars as pl

_BAND: Final = re.compile(r"(\d{1,3})\s*(?:[-–_]\s*(\d{1,3})|(\+))?(?:\s*år)?")
_DIMENSIONS: Final = ("sex", "age", "education", "income", "background")


@dataclass(frozen=True, slots=True, order=True)
class AgeBand:
    """Ages from ``start`` to ``end``, both included; open upwards where ``end`` is ``None``."""

    start: int
    end: int | None

    def holds(self, other: AgeBand) -> bool:
        """Whether all ages of the other band are in this one."""
        inside = self.end is None or (other.end is not None and other.end <= self.end)
        return self.start <= other.start and inside

    def meets(self, other: AgeBand) -> bool:
        """Whether the bands have an age in common."""
        below = self.end is not None and self.end < other.start
        above = other.end is not None and other.end < self.start
        return not (below or above)

    def __str__(self) -> str:
        """The band as it is written: ``16–24``, ``80+`` or ``17``."""
        if self.end is None:
            return f"{self.start}+"
        return str(self.start) if self.end == self.start else f"{self.start}–{self.end}"


def age_band(text: str) -> AgeBand | None:
    """The band a text means, e.g. ``16-24``, ``80+`` or ``17``; ``None`` if it is none.

    >>> age_band("16–24"), age_band("80+"), age_band("unge")
    (AgeBand(start=16, end=24), AgeBand(start=80, end=None), None)
    """
    found = _BAND.fullmatch(text.strip())
    if found is None:
        return None
    start = int(found[1])
    end = None if found[3] else int(found[2] or found[1])
    return AgeBand(start, end) if end is None or end >= start else None


def apart(bands: Sequence[AgeBand]) -> bool:
    """Whether no two bands have an age in common."""
    return not any(a.meets(b) for a, b in pairwise(sorted(bands, key=lambda b: b.start)))


@dataclass(frozen=True)
class AgedPersons:
    """Persons by age of places, from the population table."""

    population: pl.DataFrame
    _known: dict[tuple[str, int, str | None], dict[tuple[str | None, AgeBand], float]] = field(
        default_factory=dict, repr=False
    )

    def persons(
        self, place: str, year: int, band: AgeBand, dimension: str | None = None
    ) -> dict[str | None, float]:
        """Persons of an age in a place, by group of a dimension (``None``: all persons).

        The year nearest to ``year`` is used, and of the tables beside each other the one with
        fewest other dimensions. Empty where there are no ages, or where an age of the table
        lies across the border of the band.
        """
        key = (place, year, dimension)
        if key not in self._known:
            self._known[key] = _by_age(self.population, *key)
        sums: dict[str | None, float] = {}
        for (group, age), persons in self._known[key].items():
            if band.holds(age):
                sums[group] = sums.get(group, 0.0) + persons
            elif band.meets(age):
                return {}
        return sums


def _by_age(
    population: pl.DataFrame, place: str, year: int, dimension: str | None
) -> dict[tuple[str | None, AgeBand], float]:
    if population.is_empty():
        return {}
    wanted = pl.col("age").is_not_null() & (pl.col("place") == place)
    if dimension is not None:
        wanted &= pl.col(dimension).is_not_null()
    rows = population.filter(wanted)
    if rows.is_empty():
        return {}
    years = rows["year"].unique().sort().to_list()
    rows = rows.filter(pl.col("year") == min(years, key=lambda y: (abs(y - year), y)))
    sort = pl.concat_str([pl.col(d).is_not_null().cast(pl.Int8) for d in _DIMENSIONS])
    rows = rows.with_columns(_sort=sort)
    fewest = min(rows["_sort"].unique().to_list(), key=lambda s: (s.count("1"), s))
    rows = rows.filter(pl.col("_sort") == fewest)
    keys = ["age"] if dimension is None else [dimension, "age"]
    found: dict[tuple[str | None, AgeBand], float] = {}
    for *group, age, persons in rows.group_by(keys).agg(pl.col("persons").sum()).rows():
        band = age_band(age)
        if band is None:
            return {}
        found[(group[0] if group else None, band)] = float(persons)
    return found if _apart_in_groups(found) else {}


def _apart_in_groups(found: dict[tuple[str | None, AgeBand], float]) -> bool:
    """Whether the bands of each group have no age in common, so that nobody is counted twice."""
    groups: dict[str | None, list[AgeBand]] = {}
    for group, band in found:
        groups.setdefault(group, []).append(band)
    return all(apart(bands) for bands in groups.values())
