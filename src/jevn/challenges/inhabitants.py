"""Who lives here: people by age and sex then and now, and by education, from the population."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from jevn.challenges.ages import AgeBand, age_band

WIDTH: Final = 5
"""Years of a band of the pyramid."""
OLDEST: Final = 90
"""The last band is open from this age."""
_DIMENSIONS: Final = ("sex", "age", "education", "income", "background")


@dataclass(frozen=True, slots=True)
class PyramidBand:
    """Persons of an age: ``start`` to ``end`` years, open where ``end`` is ``None``."""

    start: int
    end: int | None
    women: float
    men: float


@dataclass(frozen=True, slots=True)
class Pyramid:
    """Persons by age and sex in a year, youngest first."""

    year: int
    bands: tuple[PyramidBand, ...]

    @property
    def persons(self) -> float:
        """All persons."""
        return sum(b.women + b.men for b in self.bands)

    def share(self, start: int, end: int | None = None) -> float:
        """Share of the persons in bands from ``start`` to ``end`` years, both included, 0-1."""
        inside = sum(
            b.women + b.men
            for b in self.bands
            if b.start >= start and (end is None or (b.end is not None and b.end <= end))
        )
        return inside / self.persons if self.persons else 0.0


@dataclass(frozen=True, slots=True)
class PopulationPicture:
    """Who lives here.

    Attributes:
        place: id of the municipality.
        persons: (year, persons) of every year with all ages, oldest first.
        first: the oldest pyramid.
        last: the newest pyramid.
        education: (year, persons by level from the lowest) of every year known, oldest first.
        origins: ids of the origins.
    """

    place: str
    persons: tuple[tuple[int, float], ...]
    first: Pyramid
    last: Pyramid
    education: tuple[tuple[int, tuple[tuple[str, float], ...]], ...] = ()
    origins: tuple[str, ...] = ()


def population_picture(population: pl.DataFrame, place: str) -> PopulationPicture | None:
    """Who lives in a place; ``None`` without persons by sex and age.

    One-year ages and bands that fit are summed to bands of five years, open from 90 (or from the
    age where the table is open). Years with bands that do not fit are left out.

    Args:
        population: frame of ``population.csv``.
        place: id of the place.
    """
    if population.is_empty():
        return None
    rows = population.filter(pl.col("place") == place)
    divided = _only(rows, ("sex", "age"))
    pyramids = [p for year in _years(divided) if (p := _pyramid(divided, year)) is not None]
    if not pyramids:
        return None
    learnt = _only(rows, ("education",))
    return PopulationPicture(
        place=place,
        persons=tuple((p.year, p.persons) for p in pyramids),
        first=pyramids[0],
        last=pyramids[-1],
        education=tuple((year, _levels(learnt, year)) for year in _years(learnt)),
        origins=_origins(divided, learnt),
    )


def _only(rows: pl.DataFrame, wanted: tuple[str, ...]) -> pl.DataFrame:
    """Rows divided by these dimensions, and by as few others as there are.

    Tables may stand beside each other; the one with fewest other dimensions of each year is
    summed over them, so that nobody is counted twice.
    """
    rows = rows.filter(pl.all_horizontal(pl.col(d).is_not_null() for d in wanted))
    others = [d for d in _DIMENSIONS if d not in wanted]
    rows = rows.with_columns(
        _sort=pl.concat_str([pl.col(d).is_not_null().cast(pl.Int8) for d in others]),
        _count=pl.sum_horizontal(pl.col(d).is_not_null().cast(pl.Int8) for d in others),
    )
    fewest = rows.sort("_count", "_sort").group_by("year", maintain_order=True).first()
    return rows.join(fewest.select("year", "_sort"), on=["year", "_sort"], how="semi")


def _years(rows: pl.DataFrame) -> list[int]:
    return [int(y) for y in rows["year"].unique().sort().to_list()]


def _pyramid(rows: pl.DataFrame, year: int) -> Pyramid | None:
    own = rows.filter(pl.col("year") == year)
    found: dict[tuple[str, AgeBand], float] = {}
    for sex, text, persons in own.select("sex", "age", "persons").iter_rows():
        band = age_band(text)
        if band is None:
            return None
        found[sex, band] = found.get((sex, band), 0.0) + float(persons or 0)
    open_from = {b.start for (_, b) in found if b.end is None}
    top = min([OLDEST, *open_from])
    top -= top % WIDTH
    sums: dict[tuple[str, int], float] = {}
    for (sex, band), persons in found.items():
        start = min(band.start - band.start % WIDTH, top)
        end = None if start == top else start + WIDTH - 1
        if not AgeBand(start, end).holds(band):
            return None
        sums[sex, start] = sums.get((sex, start), 0.0) + persons
    if {sex for sex, _ in sums} != {"women", "men"}:
        return None
    return Pyramid(
        year,
        tuple(
            PyramidBand(
                start,
                None if start == top else start + WIDTH - 1,
                sums.get(("women", start), 0.0),
                sums.get(("men", start), 0.0),
            )
            for start in range(0, top + 1, WIDTH)
        ),
    )


def _levels(rows: pl.DataFrame, year: int) -> tuple[tuple[str, float], ...]:
    own = rows.filter(pl.col("year") == year)
    sums = dict(own.group_by("education").agg(pl.col("persons").sum()).rows())
    order = ("basic", "upper_secondary", "higher")
    return tuple((level, float(sums[level])) for level in order if level in sums)


def _origins(*tables: pl.DataFrame) -> tuple[str, ...]:
    found = (t["origin"].drop_nulls().unique(maintain_order=True).to_list()
             for t in tables if "origin" in t.columns)  # fmt: skip
    return tuple(dict.fromkeys(o for own in found for o in own))
