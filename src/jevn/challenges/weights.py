"""Persons of each social group, to weigh a gradient with."""

from __future__ import annotations

from typing import Final

import polars as pl

_DIMENSIONS: Final = ("sex", "age", "education", "income", "background")


def persons_by_group(
    population: pl.DataFrame, place: str, dimension: str, year: int
) -> dict[str, float]:
    """Persons of each group of a dimension in a place.

    Uses the year nearest to ``year``, the earlier where two are as near. Tables with different
    sets of dimensions may stand beside each other: the one with fewest dimensions beside the
    wanted one is summed, so that nobody is counted twice.
    """
    if dimension not in _DIMENSIONS or population.is_empty():
        return {}
    rows = population.filter((pl.col("place") == place) & pl.col(dimension).is_not_null())
    if rows.is_empty():
        return {}
    years = rows["year"].unique().sort().to_list()
    rows = rows.filter(pl.col("year") == min(years, key=lambda y: (abs(y - year), y)))
    rows = rows.with_columns(
        _sort=pl.concat_str([pl.col(d).is_not_null().cast(pl.Int8) for d in _DIMENSIONS])
    )
    sort = min(rows["_sort"].unique().to_list(), key=lambda s: (s.count("1"), s))
    rows = rows.filter(pl.col("_sort") == sort)
    sums = rows.group_by(dimension, maintain_order=True).agg(pl.col("persons").sum())
    return {group: float(persons) for group, persons in sums.rows()}
