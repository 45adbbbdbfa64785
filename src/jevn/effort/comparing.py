"""What comparable municipalities spend per inhabitant and area, by the same shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import polars as pl

from jevn.effort.accounts import FIRST_YEAR, FunctionMoney
from jevn.effort.chart_of_accounts import Share, kostra_functions
from jevn.terms import EffortArea, Message, Problem

FILE = "comparison_accounts.csv"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Net kroner per inhabitant and function of the place (or mean of places) compared with."""

    places: tuple[str, ...]
    year: int
    per_inhabitant: Mapping[str, float]
    origins: tuple[str, ...]
    unrevised: bool = False


def comparison_problems(comparison_accounts: pl.DataFrame, year: int) -> tuple[Problem, ...]:
    """Unknown functions, years outside and figures that are no numbers."""
    problems = []
    for row in comparison_accounts.iter_rows(named=True):
        function, at = str(row["function"]).strip(), row["year"]
        value, line = row["net_nok_per_inhabitant"], row.get("_row")
        if function not in kostra_functions():
            given: dict[str, str | int] = {"given": function, "n": 1}
            problems.append(Problem("effort_unknown_function", FILE, line, "function", given))
        if not FIRST_YEAR <= at <= year:
            given = {"given": str(at), "n": 1, "first": str(FIRST_YEAR), "last": str(year)}
            problems.append(Problem("effort_year_outside", FILE, line, "year", given))
        if value is None or not isfinite(value):
            given = {"given": str(value), "n": 1}
            column = "net_nok_per_inhabitant"
            problems.append(Problem("effort_not_number", FILE, line, column, given))
    return tuple(problems)


def choose_comparison(
    comparison_accounts: pl.DataFrame, *, year: int, order: Sequence[str]
) -> Comparison | None:
    """The comparison to use: the first place of ``order`` that has figures.

    Args:
        comparison_accounts: frame of ``comparison_accounts.csv``.
        year: the profile's year; the latest year not after it is used.
        order: places in order of preference. Empty: the plain mean of all places with
            figures for that year.

    Returns:
        The comparison, or ``None`` if there are no figures for any such place.
    """
    rows = comparison_accounts.filter(pl.col("year") <= year)
    if order:
        named = [p for p in order if not rows.filter(pl.col("place") == p).is_empty()]
        rows = rows.filter(pl.col("place") == named[0]) if named else rows.clear()
    if rows.is_empty():
        return None
    latest = max(int(y) for y in rows["year"])
    rows = rows.filter(pl.col("year") == latest)
    places = tuple(sorted({str(p) for p in rows["place"]}))
    figures: dict[str, list[float]] = {}
    for row in rows.iter_rows(named=True):
        figures.setdefault(str(row["function"]).strip(), []).append(row["net_nok_per_inhabitant"])
    origins = rows["origin"].drop_nulls().unique().to_list() if "origin" in rows.columns else []
    return Comparison(
        places=places,
        year=latest,
        per_inhabitant={
            f: sum(values) / len(values)
            for f, values in figures.items()
            if len(values) == len(places)
        },
        origins=tuple(sorted(map(str, origins))),
        unrevised="status" in rows.columns and "unrevised" in rows["status"].to_list(),
    )


def compare_area(
    comparison: Comparison | None,
    area: EffortArea,
    accounts: Sequence[FunctionMoney],
    shares: Mapping[str, tuple[Share, ...]],
) -> tuple[float | None, tuple[Message, ...]]:
    """The comparison's net kroner per inhabitant in an area by the municipality's shares.

    ``None``, with a note that names them, when the comparison lacks functions that the
    municipality spends on in this area: a sum without them would not be comparable.
    """
    if comparison is None:
        return None, ()
    weight = {f: float(sum(s.share for s in own if s.area == area)) for f, own in shares.items()}
    spent = [m.function for m in accounts if m.net != 0 and weight.get(m.function, 0) > 0]
    lacking = [f for f in spent if f not in comparison.per_inhabitant]
    if lacking:
        params: dict[str, str | int] = {"functions": ", ".join(lacking), "n": len(lacking)}
        return None, (Message("effort.note.comparison_lacks", params),)
    used = {f: v for f, v in comparison.per_inhabitant.items() if weight.get(f, 0) > 0}
    return (sum(v * weight[f] for f, v in used.items()) if used else None), ()
