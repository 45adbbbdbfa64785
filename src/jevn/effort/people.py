"""How many people there are, read from a population table with one or several dimensions."""

from __future__ import annotations

import polars as pl

from jevn.terms import SocialDimension

_COLUMNS = ("sex", "age", "education", "income", "background")


def population_year(population: pl.DataFrame, place: str, year: int) -> int | None:
    """The year to use for a place: ``year``, else the latest before it, else the first after."""
    if population.is_empty():
        return None
    years = sorted(set(population.filter(pl.col("place") == place)["year"].to_list()))
    before = [y for y in years if y is not None and y <= year]
    return before[-1] if before else (years[0] if years else None)


def inhabitants(population: pl.DataFrame, place: str, year: int) -> float | None:
    """Persons living in a place.

    The row for all is used where there is one. Else the table divides the population by one
    or more dimensions, perhaps several times over; each division is summed and the largest
    is the population (a division that leaves some out, e.g. by education from 25 years, is
    smaller).
    """
    divisions = _divisions(population, place, year)
    whole = divisions.get(())
    if whole is not None:
        return float(whole["persons"].sum())
    sums = [float(d["persons"].sum()) for d in divisions.values()]
    return max(sums) if sums else None


def by_group(
    population: pl.DataFrame, place: str, year: int, dimension: SocialDimension
) -> dict[str, float]:
    """Persons by group of a dimension; empty where the table does not divide by it.

    Of several divisions with that dimension the one that covers most people is used, and of
    those the simplest.
    """
    name = dimension.value
    fitting = {k: d for k, d in _divisions(population, place, year).items() if name in k}
    if not fitting:
        return {}
    best = max(fitting, key=lambda k: (float(fitting[k]["persons"].sum()), -len(k)))
    summed = fitting[best].group_by(name).agg(pl.col("persons").sum()).sort(name)
    return {str(g): float(n) for g, n in summed.iter_rows()}


def _divisions(
    population: pl.DataFrame, place: str, year: int
) -> dict[tuple[str, ...], pl.DataFrame]:
    """The rows of a place and year, parted by which dimensions they are divided by."""
    if population.is_empty():
        return {}
    rows = population.filter((pl.col("place") == place) & (pl.col("year") == year))
    columns = [c for c in _COLUMNS if c in rows.columns]
    if rows.is_empty():
        return {}
    if not columns:
        return {(): rows}
    found: dict[tuple[str, ...], pl.DataFrame] = {}
    marked = rows.with_columns(pl.col(c).is_not_null().alias(f"_has_{c}") for c in columns)
    for key, part in marked.partition_by(
        [f"_has_{c}" for c in columns], as_dict=True, maintain_order=True
    ).items():
        found[tuple(c for c, has in zip(columns, key, strict=True) if has)] = part
    return found
