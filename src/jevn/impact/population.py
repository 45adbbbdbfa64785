"""Persons of the eligible ages and places by level of education, from the population table."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from jevn.terms import Message, SocialDimension, group_order

GROUPS: tuple[str, ...] = group_order(SocialDimension.EDUCATION) or ()
"""Education groups, lowest social position first."""

_DIMENSIONS = ("sex", "age", "education", "income", "background")


@dataclass(frozen=True, slots=True)
class EligiblePopulation:
    """Persons of some ages and places by education group.

    Attributes:
        persons: (group, persons), lowest social position first.
        year: year of the figures.
        assumptions: what had to be assumed, e.g. that margins are independent.
    """

    persons: tuple[tuple[str, float], ...]
    year: int
    assumptions: tuple[Message, ...]

    @property
    def total(self) -> float:
        """All persons."""
        return sum(n for _, n in self.persons)


def persons_by_education(
    population: pl.DataFrame,
    *,
    places: tuple[str, ...],
    municipality: str,
    ages: tuple[int, int],
) -> EligiblePopulation | None:
    """Persons of the given ages in the given places, by education.

    Uses the table by age and education where it exists. Where only separate tables exist,
    persons of the ages are divided by the education shares (independent margins); where a
    place has no ages of its own, the municipality's are scaled to the place's size. Each such
    step is said in ``assumptions``. A band that is only partly eligible counts by the share of
    its single years; an open band (``90+``) counts whole when its first year is eligible.

    Args:
        population: columns of ``population.csv``.
        places: places of the change; empty = the whole municipality.
        municipality: id of the municipality.
        ages: first and last eligible age, both included.

    Returns:
        Persons, or ``None`` if the table cannot say how many there are in each group.
    """
    year = _latest_year(population, municipality)
    if year is None:
        return None
    frame = _of_year(population, year)
    notes: list[Message] = []
    whole = _one_place(frame, municipality, ages, notes)
    wanted = tuple(dict.fromkeys(places)) or (municipality,)
    if municipality in wanted:
        found: dict[str, float] | None = whole
    else:
        found = dict.fromkeys(GROUPS, 0.0)
        for place in wanted:
            one = _one_place(frame, place, ages, notes) or _scaled(
                frame, place, municipality, whole, notes
            )
            if one is None:
                return None
            for group in GROUPS:
                found[group] += one[group]
    if found is None:
        return None
    if ages[0] < 25:
        notes.append(Message("impact.assumption.parents_education"))
    return EligiblePopulation(tuple((g, found[g]) for g in GROUPS), year, tuple(_distinct(notes)))


def inhabitants(population: pl.DataFrame, municipality: str) -> float:
    """All inhabitants of the municipality in the latest year; 0 if the table does not say."""
    if population.is_empty():
        return 0.0
    year = _latest_year(population, municipality)
    return 0.0 if year is None else _inhabitants(_of_year(population, year), municipality) or 0.0


def _of_year(population: pl.DataFrame, year: int) -> pl.DataFrame:
    return population.filter(pl.col("year") == year)


def _distinct(notes: list[Message]) -> list[Message]:
    kept: list[Message] = []
    for note in notes:
        if note not in kept:
            kept.append(note)
    return kept


def _latest_year(population: pl.DataFrame, municipality: str) -> int | None:
    years = population.filter(pl.col("place") == municipality)["year"].drop_nulls()
    latest = years.max() if years.len() else None
    return int(str(latest)) if latest is not None else None


def _one_place(
    frame: pl.DataFrame, place: str, ages: tuple[int, int], notes: list[Message]
) -> dict[str, float] | None:
    """Persons by group in one place: from the joint table, else from the margins."""
    rows = frame.filter(pl.col("place") == place)
    joint = _table(rows, ("age", "education"))
    if joint is not None:
        totals = dict.fromkeys(GROUPS, 0.0)
        for age, group, n in joint.select("age", "education", "persons").iter_rows():
            if group in totals:
                totals[group] += n * overlap(age, ages)
        return totals if sum(totals.values()) > 0 else None
    by_education = _table(rows, ("education",))
    by_age = _table(rows, ("age",))
    if by_education is None or by_age is None:
        return None
    known = dict.fromkeys(GROUPS, 0.0)
    for group, n in by_education.select("education", "persons").iter_rows():
        if group in known:
            known[group] += n
    everyone = sum(known.values())
    if everyone <= 0:
        return None
    count = sum(n * overlap(age, ages) for age, n in by_age.select("age", "persons").iter_rows())
    notes.append(Message("impact.assumption.margins", {"place": place}))
    return {g: count * known[g] / everyone for g in GROUPS}


def _scaled(
    frame: pl.DataFrame,
    place: str,
    municipality: str,
    whole: dict[str, float] | None,
    notes: list[Message],
) -> dict[str, float] | None:
    """The municipality's groups scaled to the size of a place without own ages and groups."""
    here, all_of_it = _inhabitants(frame, place), _inhabitants(frame, municipality)
    if whole is None or here is None or not all_of_it:
        return None
    notes.append(
        Message("impact.assumption.place_scaled", {"place": place, "part_share": here / all_of_it})
    )
    return {g: n * here / all_of_it for g, n in whole.items()}


def _inhabitants(frame: pl.DataFrame, place: str) -> float | None:
    rows = frame.filter(pl.col("place") == place)
    table = _table(rows, ())
    return None if table is None else float(table["persons"].sum())


def _table(rows: pl.DataFrame, wanted: tuple[str, ...]) -> pl.DataFrame | None:
    """The rows of the narrowest table that is divided by at least the wanted dimensions.

    A dimension left empty means "all", so tables over different dimensions stand beside each
    other in one file; adding rows of two tables would count people twice.
    """
    if rows.is_empty():
        return None
    for name in _DIMENSIONS:
        if name not in rows.columns:
            rows = rows.with_columns(pl.lit(None, dtype=pl.String).alias(name))
    best: pl.DataFrame | None = None
    fewest = len(_DIMENSIONS) + 1
    signature = pl.concat_str(
        [pl.when(pl.col(d).is_null()).then(pl.lit("")).otherwise(pl.lit(d)) for d in _DIMENSIONS],
        separator="|",
    )
    tables = rows.with_columns(signature.alias("_table"))
    for key in sorted(set(tables["_table"].to_list())):
        dimensions = {d for d in key.split("|") if d}
        if set(wanted) <= dimensions and len(dimensions) < fewest:
            best = tables.filter(pl.col("_table") == key).drop("_table")
            fewest = len(dimensions)
    return best


def overlap(age: str, ages: tuple[int, int]) -> float:
    """Share of an age label's single years that lie within first and last age.

    >>> overlap("30-34", (32, 60))
    0.6
    >>> overlap("90+", (67, 120)), overlap("17", (18, 29))
    (1.0, 0.0)
    """
    first, last = ages
    if match := re.fullmatch(r"\s*(\d+)\s*\+\s*", age):
        return 1.0 if first <= int(match[1]) <= last else 0.0
    match = re.fullmatch(r"\s*(\d+)\s*(?:[-–]\s*(\d+)\s*)?", age)
    if match is None:
        return 0.0
    low = int(match[1])
    high = int(match[2]) if match[2] else low
    years = min(high, last) - max(low, first) + 1
    return max(0, years) / (high - low + 1)
