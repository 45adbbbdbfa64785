"""Accounts summed to gross and net running cost per year and KOSTRA function.

Gross and net follow Statistics Norway's type hierarchy for municipal accounts: gross is
AGD10 (wages, goods, purchases, transfers and depreciation, less shared-out costs, sick-pay
refunds and refunded VAT), net is AGD2 (gross before those refunds, less all running income).
Financing (types 490-589, 900-990) is in neither. In Jevn income types are negative, so both
are plain sums over the types that count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from jevn.effort.chart_of_accounts import GROSS_SUM, kostra_functions, type_weights
from jevn.terms import Problem

FILE = "accounts.csv"
FIRST_YEAR = 2001
"""KOSTRA has been compulsory since 2001."""


@dataclass(frozen=True, slots=True)
class FunctionMoney:
    """Gross and net running cost of one function in one year, in whole øre."""

    year: int
    function: str
    gross: int
    net: int


def normal_type(type: str) -> str:
    """A type with the leading zeros that spreadsheets drop: ``10`` is ``010``."""
    return type.strip().zfill(3)


def function_money(accounts: pl.DataFrame) -> tuple[FunctionMoney, ...]:
    """Gross and net running cost per year and function.

    Args:
        accounts: frame of ``accounts.csv`` (:data:`jevn.effort.schemas.ACCOUNTS`), checked
            with :func:`account_problems`. A row without type is a net sum and counts in
            both gross and net.

    Returns:
        One entry per year and function, in that order. Types that are unknown count nothing.
    """
    if accounts.is_empty():
        return ()
    ore = (pl.col("amount") * 100).round(0).cast(pl.Int64)
    weighted = _with_weights(accounts).with_columns(
        gross=ore * pl.col("_gross"), net=ore * pl.col("_net")
    )
    summed = (
        weighted.group_by("year", pl.col("function").str.strip_chars())
        .agg(pl.col("gross").sum(), pl.col("net").sum())
        .sort("year", "function")
    )
    return tuple(
        FunctionMoney(int(r["year"]), str(r["function"]), int(r["gross"]), int(r["net"]))
        for r in summed.iter_rows(named=True)
    )


def account_problems(accounts: pl.DataFrame, year: int) -> tuple[Problem, ...]:
    """Everything wrong with the accounts as figures for years up to ``year``.

    One problem per fault and value (first line, number of lines), not one per line.
    """
    if accounts.is_empty():
        return ()
    frame = _with_weights(accounts)
    if "_row" not in frame.columns:
        frame = frame.with_columns(_row=pl.lit(None, dtype=pl.Int64))
    frame = frame.with_columns(pl.col("function").str.strip_chars())
    known = list(kostra_functions())
    problems = [
        *_by_value(
            frame.filter(~pl.col("function").is_in(known)), "function", "effort_unknown_function"
        ),
        *_by_value(
            frame.filter(pl.col("_group").is_null() & pl.col("type").is_not_null()),
            "type",
            "effort_unknown_type",
        ),
        *_by_value(
            frame.filter((pl.col("year") < FIRST_YEAR) | (pl.col("year") > year)),
            "year",
            "effort_year_outside",
            first=str(FIRST_YEAR),
            last=str(year),
        ),
        *_by_value(
            frame.filter(~pl.col("amount").is_finite().fill_null(value=False)).with_columns(
                amount=pl.col("amount").cast(pl.String).fill_null("–")
            ),
            "amount",
            "effort_not_number",
        ),
        *_mixed(frame),
        *_signs(frame),
    ]
    return tuple(problems)


def _with_weights(accounts: pl.DataFrame) -> pl.DataFrame:
    """The accounts with how each row counts; a row without type counts in both."""
    types = accounts.get_column("type").unique().to_list()
    weights = {t: type_weights(normal_type(t)) for t in types if t is not None}
    table = pl.DataFrame(
        {
            "type": list(weights),
            "_group": [w.group if w else None for w in weights.values()],
            "_gross": [w.gross if w else 0 for w in weights.values()],
            "_net": [w.net if w else 0 for w in weights.values()],
        },
        schema={"type": pl.String, "_group": pl.String, "_gross": pl.Int64, "_net": pl.Int64},
    )
    return accounts.join(table, on="type", how="left", maintain_order="left").with_columns(
        pl.col("_gross").fill_null(1), pl.col("_net").fill_null(1)
    )


def _by_value(wrong: pl.DataFrame, column: str, id: str, **params: str | int) -> Iterable[Problem]:
    if wrong.is_empty():
        return
    found = wrong.group_by(column, maintain_order=True).agg(pl.col("_row").min(), n=pl.len())
    for row in found.iter_rows(named=True):
        yield Problem(
            id,
            FILE,
            row["_row"],
            column,
            {"given": str(row[column]), "n": int(row["n"]), **params},
        )


def _mixed(frame: pl.DataFrame) -> Iterable[Problem]:
    """Functions given in two ways in one year: counted twice if summed."""
    is_sum = (pl.col("_group") == "sum").fill_null(value=False)
    ways = (
        frame.with_columns(
            _way=pl.when(pl.col("type").is_null())
            .then(pl.lit("net"))
            .when(is_sum)
            .then(pl.lit("sum"))
            .otherwise(pl.lit("types"))
        )
        .group_by("year", "function", maintain_order=True)
        .agg(
            ways=pl.col("_way").n_unique(),
            kinds=pl.col("type").filter(is_sum).drop_nulls().unique(),
            row=pl.col("_row").filter(pl.col("_way") != "types").min(),
        )
    )
    for row in ways.iter_rows(named=True):
        params: dict[str, str | int] = {
            "function": str(row["function"]),
            "year": int(row["year"]),
        }
        if row["ways"] > 1:
            yield Problem("effort_net_and_types", FILE, row["row"], "type", params)
        elif row["kinds"] == [GROSS_SUM]:
            yield Problem("effort_gross_without_net", FILE, row["row"], "type", params)


def _signs(frame: pl.DataFrame) -> Iterable[Problem]:
    """Years whose running income is positive in sum: the signs are those of another system."""
    income = frame.filter(pl.col("_group").is_in(["income", "refunds"]))
    if income.is_empty():
        return
    summed = (
        income.group_by("year", maintain_order=True)
        .agg(pl.col("amount").sum(), pl.col("_row").min())
        .filter(pl.col("amount") > 0)
    )
    for row in summed.iter_rows(named=True):
        yield Problem(
            "effort_income_positive",
            FILE,
            row["_row"],
            "amount",
            {"year": int(row["year"]), "income_nok": float(row["amount"])},
        )
