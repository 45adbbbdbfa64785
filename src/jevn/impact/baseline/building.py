"""Strata from the population table: all its tables reproduced, the rest assumed and said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import polars as pl

from jevn.impact.baseline.model import AGES, DIMENSIONS, Floats, Ints, Strata
from jevn.impact.baseline.schedule import SEXES, open_age_shares
from jevn.terms import InputRefused, Message, Problem, SocialDimension, group_order

_COLUMNS = ("sex", "age", "education", "income", "background")
_LABELS: dict[str, tuple[str, ...]] = {
    "sex": SEXES,
    "education": group_order(SocialDimension.EDUCATION) or (),
    "income": group_order(SocialDimension.INCOME) or (),
}
_ROUNDS = 300
_CLOSE = 1e-9


@dataclass(frozen=True)
class _Table:
    """One published table: which cells each of its numbers is the sum of."""

    place: str
    dimensions: frozenset[str]
    number: Ints
    persons: Floats


def build_strata(
    population: pl.DataFrame,
    *,
    municipality: str,
    zones: Sequence[str] = (),
    dimensions: Sequence[str] = DIMENSIONS,
) -> Strata:
    """Persons by stratum and single year of age that give back every table there is.

    Of the latest year of the municipality, every table over sex, age, education and income is
    used, for the municipality and for its zones. Between the tables people are spread by iterative
    proportional fitting from an even start: what no table says is taken as independent. Bands of
    age start evenly, the open one as survivors do. Tables by country background are not used.

    Args:
        population: columns of ``population.csv``.
        municipality: id of the municipality.
        zones: ids of zones; left out where one of them has no figures.
        dimensions: what to divide people by; those with no figures are left out, and said.

    Raises:
        InputRefused: ``baseline_no_population`` if there is no figure for the municipality,
            ``baseline_negative``, ``baseline_age`` and ``baseline_missing_stratum`` (a table lacks
            a group of a dimension).
    """
    rows = _latest(population, municipality, zones)
    _refuse_faults(rows, municipality)
    tables = _tables(rows)
    year = int(rows["year"][0])
    notes: list[Message] = []
    kept = _kept(tables, municipality, zones, dimensions, notes)
    labels = [_LABELS[d] if d != "zone" else tuple(zones) for d in kept]
    cells = tuple(product(*labels))
    zone = {z: i for i, z in enumerate(zones)} if "zone" in kept else {}
    shape = (len(cells), AGES)
    seed = _seed(tables, municipality, cells, kept)
    fitted = [
        _numbered(place, frame, cells, kept, shape)
        for (place, _), frame in tables.items()
        if place == municipality or place in zone
    ]
    # The municipality's own tables last, so that they hold exactly.
    fitted.sort(key=lambda t: (t.place == municipality, len(t.dimensions)))
    persons, close = _fit(seed, fitted)
    if not close:
        notes.append(Message("impact.assumption.tables_differ"))
    spread = {frozenset(t.dimensions) for t in fitted}
    if len(kept) > 1 and not any({*kept} - {"zone"} <= s for s in spread):
        notes.append(Message("impact.assumption.strata_independent"))
    return Strata(kept, cells, persons, year, tuple(notes))


def _latest(population: pl.DataFrame, municipality: str, zones: Sequence[str]) -> pl.DataFrame:
    for name in _COLUMNS:
        if name not in population.columns:
            population = population.with_columns(pl.lit(None, dtype=pl.String).alias(name))
    here = population.filter(pl.col("place") == municipality)
    year = here["year"].max() if here.height else None
    if year is None:
        problem = Problem(
            "baseline_no_population", "population.csv", params={"place": municipality}
        )
        raise InputRefused([problem])
    places = [municipality, *zones]
    return population.filter(
        (pl.col("year") == year) & pl.col("place").is_in(places) & pl.col("background").is_null()
    )


def _refuse_faults(rows: pl.DataFrame, municipality: str) -> None:
    problems = []
    for row in rows.filter(pl.col("persons").is_null() | (pl.col("persons") < 0)).iter_rows(
        named=True
    ):
        params = {"place": row["place"], "persons": str(row["persons"])}
        problems.append(
            Problem("baseline_negative", "population.csv", column="persons", params=params)
        )
    for age in dict.fromkeys(a for a in rows["age"].to_list() if a is not None):
        if _span(age) is None:
            params = {"age": str(age)}
            problems.append(Problem("baseline_age", "population.csv", column="age", params=params))
    if not problems:
        for (place, names), frame in _tables(rows).items():
            for name in names - {"age"}:
                lacking = [g for g in _LABELS[name] if g not in frame[name].to_list()]
                if lacking:
                    params = {"place": place, "group": ", ".join(lacking)}
                    problems.append(
                        Problem(
                            "baseline_missing_stratum", "population.csv", column=name, params=params
                        )
                    )
    if problems:
        raise InputRefused(problems)


def _tables(rows: pl.DataFrame) -> dict[tuple[str, frozenset[str]], pl.DataFrame]:
    """Tables by place and what they are divided by."""
    marks = [
        pl.when(pl.col(d).is_null()).then(pl.lit("")).otherwise(pl.lit(d)) for d in _COLUMNS[:-1]
    ]
    signed = rows.with_columns(pl.concat_str(marks, separator="|").alias("_table"))
    found = {}
    for (place, key), frame in sorted(
        signed.group_by("place", "_table", maintain_order=True), key=lambda x: str(x[0])
    ):
        names = frozenset(d for d in str(key).split("|") if d)
        found[str(place), names] = frame.drop("_table")
    return found


def _kept(
    tables: dict[tuple[str, frozenset[str]], pl.DataFrame],
    municipality: str,
    zones: Sequence[str],
    wanted: Sequence[str],
    notes: list[Message],
) -> tuple[str, ...]:
    known = frozenset().union(*(names for place, names in tables if place == municipality))
    here = {place for place, _ in tables}
    found = []
    for dimension in DIMENSIONS:
        if dimension not in wanted:
            continue
        there = bool(zones) and set(zones) <= here if dimension == "zone" else dimension in known
        if there:
            found.append(dimension)
        elif dimension != "zone" or zones:
            key = f"dimension.{dimension}"
            notes.append(Message("impact.assumption.no_dimension", {"dimension_key": key}))
    return tuple(found)


def _span(age: str) -> tuple[int, int] | None:
    """First and last single year of an age label; 100 ends an open band."""
    if match := re.fullmatch(r"\s*(\d+)\s*\+\s*", age):
        first, last = int(match[1]), AGES - 1
    elif match := re.fullmatch(r"\s*(\d+)\s*(?:[-–]\s*(\d+)\s*)?", age):
        first = int(match[1])
        last = int(match[2]) if match[2] else first
    else:
        return None
    first, last = min(first, AGES - 1), min(last, AGES - 1)
    return (first, last) if first <= last else None


def _seed(
    tables: dict[tuple[str, frozenset[str]], pl.DataFrame],
    municipality: str,
    cells: tuple[tuple[str, ...], ...],
    kept: tuple[str, ...],
) -> Floats:
    """An even start, but for open bands of age, which start as survivors do."""
    seed = np.ones((len(cells), AGES))
    first = AGES - 1
    ages = [f["age"].to_list() for (place, names), f in tables.items() if "age" in names]
    for labels in ages:
        for age in labels:
            span = _span(age)
            if span is not None and age.strip().endswith("+"):
                first = min(first, span[0])
    if not ages:
        first = 0
    if first < AGES - 1:
        sexes = [c[0] for c in cells] if kept[:1] == ("sex",) else [None] * len(cells)
        for i, sex in enumerate(sexes):
            seed[i, first:] = open_age_shares(sex, first) * (AGES - first)
    return seed


def _numbered(
    place: str,
    frame: pl.DataFrame,
    cells: tuple[tuple[str, ...], ...],
    kept: tuple[str, ...],
    shape: tuple[int, int],
) -> _Table:
    """A table with the number of the figure that each cell is part of (-1: of none)."""
    number = np.full(shape, -1, dtype=np.int64)
    by_label = {d: np.array([c[i] for c in cells]) for i, d in enumerate(kept)}
    inside = np.ones(len(cells), dtype=bool)
    if "zone" in kept and place in set(by_label["zone"]):
        inside = by_label["zone"] == place
    divided = [d for d in _COLUMNS[:-1] if frame[d].null_count() == 0]
    used = [d for d in divided if d == "age" or d in kept]
    summed = (
        frame.group_by(used, maintain_order=True).agg(pl.col("persons").sum())
        if used
        else (frame.select(pl.col("persons").sum()))
    )
    for i, row in enumerate(summed.iter_rows(named=True)):
        here = inside.copy()
        for d in used:
            if d != "age":
                here &= by_label[d] == row[d]
        span = _span(row["age"]) if "age" in used else (0, AGES - 1)
        assert span is not None
        number[np.flatnonzero(here)[:, None], np.arange(span[0], span[1] + 1)[None, :]] = i
    return _Table(
        place, frozenset(used), number.ravel(), summed["persons"].to_numpy().astype(float)
    )


def _fit(seed: Floats, tables: Sequence[_Table]) -> tuple[Floats, bool]:
    """Iterative proportional fitting; whether all tables hold in the end."""
    x = seed.ravel().copy()
    worst = np.inf
    for _ in range(_ROUNDS):
        worst = 0.0
        for table in tables:
            many = len(table.persons)
            inside = table.number >= 0
            number = table.number[inside]
            now = np.bincount(number, x[inside], many)
            factor = np.divide(table.persons, now, out=np.zeros(many), where=now > 0)
            size = np.maximum(table.persons, 1.0)
            worst = max(worst, float((np.abs(table.persons - now) / size).max(initial=0.0)))
            x[inside] *= factor[number]
        if worst < _CLOSE:
            return x.reshape(seed.shape), True
    return x.reshape(seed.shape), worst < 1e-3
