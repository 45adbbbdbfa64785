"""Age groups as people give them, and the population in each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

import polars as pl

_BAND = re.compile(r"(\d{1,3})\s*(?:[-–]\s*(\d{1,3})|(\+))?(?:\s*år)?")
_OTHERS = ("sex", "education", "income", "background")


@dataclass(frozen=True, slots=True, order=True)
class Band:
    """Ages from ``low`` to ``high``, both included."""

    low: int
    high: float

    @property
    def name(self) -> str:
        """Written as in the tables: ``13-19``, ``67+``, ``17``."""
        if self.high == inf:
            return f"{self.low}+"
        return f"{self.low}-{int(self.high)}" if self.high > self.low else str(self.low)


def band_of(text: str) -> Band | None:
    """The band that a text such as ``13-19``, ``67+`` or ``17`` means, or ``None``.

    >>> band_of("13–19 år")
    Band(low=13, high=19)
    """
    found = _BAND.fullmatch(text.strip())
    if found is None:
        return None
    low = int(found[1])
    high = inf if found[3] else int(found[2] or low)
    return Band(low, high) if high >= low else None


def overlapping(bands: Iterable[Band]) -> bool:
    """Whether any age belongs to two bands."""
    ordered = sorted(set(bands))
    return any(a.high >= b.low for a, b in pairwise(ordered))


def all_ages(bands: Iterable[Band]) -> tuple[Band, ...]:
    """The bands with the ages between them that nobody has given, so that silence is seen."""
    found: list[Band] = []
    age = 0.0
    for band in sorted(set(bands)):
        if band.low > age:
            found.append(Band(int(age), band.low - 1))
        found.append(band)
        age = band.high + 1
    if age != inf:
        found.append(Band(int(age), inf))
    return tuple(found)


def persons_by_age(
    bands: Sequence[Band], population: pl.DataFrame, places: Sequence[str]
) -> dict[Band, float] | None:
    """Persons in each band in the latest year; ``None`` if the table does not tell.

    The first of ``places`` with ages is used. Bands of the table must lie whole inside one of
    the bands asked for.
    """
    if population.is_empty() or "age" not in population.columns:
        return None
    known = population.filter(pl.col("age").is_not_null() & pl.col("place").is_in(list(places)))
    for place in places:
        rows = known.filter(pl.col("place") == place)
        if rows.is_empty():
            continue
        rows = rows.filter(pl.col("year") == rows["year"].max())
        return _summed(bands, rows)
    return None


def _summed(bands: Sequence[Band], rows: pl.DataFrame) -> dict[Band, float] | None:
    others = [d for d in _OTHERS if d in rows.columns]
    sums: dict[tuple[bool, ...], dict[Band, float]] = {}
    for row in rows.iter_rows(named=True):
        own = band_of(row["age"])
        if own is None:
            continue
        key = tuple(row[d] is not None for d in others)
        home = [b for b in bands if b.low <= own.low and own.high <= b.high]
        if not home:
            return None
        found = sums.setdefault(key, dict.fromkeys(bands, 0.0))
        found[home[0]] += row["persons"] or 0.0
    # ages may be given alone and by sex, side by side: the fullest is the whole
    best = max(sums.values(), key=lambda s: sum(s.values()), default=None)
    return best if best and all(best.values()) else None
