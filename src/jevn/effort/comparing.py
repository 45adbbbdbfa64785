"""What comparable municipalities spend per inhabitant and area, by the same shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import polars as pl

from jevn.effort.accounts import FIRST_YEAR, FunctionMoney
from jevn.effort.chart_of_accounts import Share, kostra_functions
from jevn.effort.results import ComparedPlace
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
    total, lacking = _per_inhabitant(comparison.per_inhabitant, area, accounts, shares)
    if lacking:
        params: dict[str, str | int] = {"functions": ", ".join(lacking), "n": len(lacking)}
        return None, (Message("effort.note.comparison_lacks", params),)
    return total, ()


def _per_inhabitant(
    figures: Mapping[str, float],
    area: EffortArea,
    accounts: Sequence[FunctionMoney],
    shares: Mapping[str, tuple[Share, ...]],
) -> tuple[float | None, list[str]]:
    """Kroner per inhabitant in an area by the shares, and the functions that lack for it."""
    weight = {f: float(sum(s.share for s in own if s.area == area)) for f, own in shares.items()}
    spent = [m.function for m in accounts if m.net != 0 and weight.get(m.function, 0) > 0]
    lacking = [f for f in spent if f not in figures]
    used = {f: v for f, v in figures.items() if weight.get(f, 0) > 0}
    total = sum(v * weight[f] for f, v in used.items()) if used and not lacking else None
    return total, lacking


Figures = Mapping[str, Mapping[int, Mapping[str, float]]]
"""Net kroner per inhabitant by place, year and function."""


def all_figures(comparison_accounts: pl.DataFrame, *, year: int) -> Figures:
    """Every place with figures up to ``year``, in the order of the file."""
    found: dict[str, dict[int, dict[str, float]]] = {}
    for row in comparison_accounts.filter(pl.col("year") <= year).iter_rows(named=True):
        by_year = found.setdefault(str(row["place"]), {}).setdefault(int(row["year"]), {})
        by_year[str(row["function"]).strip()] = float(row["net_nok_per_inhabitant"])
    return found


def compared_places(
    figures: Figures,
    area: EffortArea,
    money: Mapping[int, Sequence[FunctionMoney]],
    shares: Mapping[str, tuple[Share, ...]],
    order: Sequence[str],
) -> tuple[ComparedPlace, ...]:
    """What each place spends in an area, year by year, by the municipality's shares.

    A year is left out where the place lacks functions that the municipality spends on in it.
    Places stand in ``order``, the others after them.
    """
    places = sorted(figures, key=lambda p: order.index(p) if p in order else len(order))
    found = []
    for place in places:
        years = []
        for year, by_function in sorted(figures[place].items()):
            total, _ = _per_inhabitant(by_function, area, money.get(year, ()), shares)
            if total is not None and year in money:
                years.append((year, total))
        if years:
            found.append(ComparedPlace(place, tuple(years)))
    return tuple(found)
