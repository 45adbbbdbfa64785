"""Accounts from KOSTRA: the municipality's own, and what others spend per inhabitant."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import polars as pl

from jevn.effort.chart_of_accounts import GROSS_SUM, NET_SUM, kostra_functions
from jevn.effort.kostra_cells import KostraCells, cells_of, read_kostra
from jevn.sources.dataset import Dataset
from jevn.sources.wording import read_place
from jevn.tables import Origin, OriginKind
from jevn.terms import InputRefused, Message, Problem

Scope = Literal["A", "B"]
"""Which accounts: ``A`` consolidated, with the municipality's undertakings; ``B`` its own."""

_COUNTRY, _WITHOUT_OSLO = "0", "EAKUO"
_PER_INHABITANT = re.compile(r"innbyg|per inhabitant|per capita", re.IGNORECASE)
_PER_ELSE = re.compile(r"prosent|andel|per (?!innb)|per cent|share", re.IGNORECASE)
_TYPES = (
    (re.compile(r"^(AGD10\b|brutto driftsutg|gross operating)", re.IGNORECASE), GROSS_SUM),
    (re.compile(r"^(AGD2\b|netto driftsutg|net operating)", re.IGNORECASE), NET_SUM),
)


@dataclass(frozen=True)
class KostraAccounts:
    """What a KOSTRA table holds of accounts.

    Attributes:
        accounts: rows of ``accounts.csv``: gross (``AGD10``) and net (``AGD2``) per function
            and year, kroner.
        comparison: rows of ``comparison_accounts.csv`` for every other region in the table.
        origin: what to write in ``origins.yaml``.
        unrevised: years whose figures were published before 15 June of the year after.
        steps: what was understood, changed or left out, in order.
    """

    accounts: pl.DataFrame
    comparison: pl.DataFrame
    origin: Origin
    unrevised: tuple[int, ...]
    steps: tuple[Message, ...]


def is_unrevised(year: int, updated: str | None) -> bool:
    """Whether KOSTRA figures of a year were published before the revision of 15 June.

    KOSTRA is published on 15 March and revised on 15 June of the year after; the interface
    has no other sign of it than the date of publication. ``False`` where that is not known.

    >>> is_unrevised(2025, "2026-03-15"), is_unrevised(2025, "2026-06-15")
    (True, False)
    """
    return updated is not None and date.fromisoformat(updated) < date(year + 1, 6, 15)


def kostra_accounts(
    given: Path | Dataset,
    *,
    municipality: str,
    persons: Mapping[tuple[str, int], float] | None = None,
    scope: Scope = "A",
    places: Collection[str] | None = None,
) -> KostraAccounts:
    """Accounts from a KOSTRA table with function and type (12362, 12367 and their like).

    Values of groups and of the country are Statistics Norway's own estimates and are taken
    as they are, never summed. Sums of functions (``FGK10`` …) are left out: the functions
    are there themselves. Amounts are in 1000 kroner.

    Args:
        given: a saved file (JSON-stat, CSV, XLSX), or a table as fetched.
        municipality: code (or name, if the file has only names) of the municipality.
        persons: inhabitants by place and year, for tables without amounts per inhabitant.
        scope: which accounts, where the table has both.
        places: known place ids; other regions are left out and named. ``None`` = all are kept.

    Raises:
        InputRefused: the table lacks region, function, type or year; it has no single
            functions, or neither net cost nor the municipality.
    """
    file = given.name if isinstance(given, Path) else given.label
    found = read_kostra(given) if isinstance(given, Path) else cells_of(given)
    steps = [Message("effort.kostra.read", {"title": found.title or file})]
    frame = _coded(found, scope, steps, file)
    table = found.table or "kostra"
    years = sorted({int(y) for y in frame["year"]})
    unrevised = tuple(y for y in years if is_unrevised(y, found.updated))
    origin = Origin(
        id=f"ssb-{table}",
        producer="Statistisk sentralbyrå",
        title=found.title or file,
        kind=OriginKind.PUBLISHED,
        version=found.updated,
        steps=tuple(f"{year}: urevidert, publisert {found.updated}" for year in unrevised),
        licence="CC BY 4.0",
        link=f"https://www.ssb.no/statbank/table/{table}" if found.table else None,
    )
    if found.updated is None:
        steps.append(Message("effort.kostra.no_date"))
    for year in unrevised:
        params = {"year": year, "updated": found.updated}
        steps.append(Message("effort.kostra.unrevised", params))
    status = (
        pl.when(pl.col("year").is_in(unrevised))
        .then(pl.lit("unrevised"))
        .otherwise(pl.lit("revised" if found.updated else None, dtype=pl.String))
        .alias("status")
    )
    own = frame.filter(pl.col("region") == municipality)
    accounts = _accounts(own)
    others = frame.filter(pl.col("region") != municipality)
    if places is not None:
        unknown = sorted(set(others["region"]) - set(places))
        others = others.filter(pl.col("region").is_in(list(places)))
        if unknown:
            shown = ", ".join(unknown[:6]) + (" …" if len(unknown) > 6 else "")
            steps.append(Message("effort.kostra.unknown_places", {"places": shown}))
    comparison = _comparison(others, origin.id, persons or {}, steps, status)
    if accounts.is_empty() and comparison.is_empty():
        known = ", ".join(sorted(set(frame["region"]))[:10])
        params_ = {"municipality": municipality, "known": known or "–"}
        raise InputRefused([Problem("effort_kostra_nothing", file, params=params_)])
    steps.append(
        Message("effort.kostra.found", {"own": accounts.height, "others": comparison.height})
    )
    return KostraAccounts(accounts, comparison, origin, unrevised, tuple(steps))


def _coded(found: KostraCells, scope: Scope, steps: list[Message], file: str) -> pl.DataFrame:
    """Cells of single functions, gross and net, with codes and the right scope."""
    frame = found.frame.with_columns(pl.col("content").fill_null(""))
    scopes = {text: _scope(text) for text in frame["scope"].drop_nulls().unique()}
    if scopes:
        known = sorted(set(scopes.values()))
        chosen = scope if scope in known else known[0]
        frame = frame.filter(_replaced("scope", scopes) == chosen)
        steps.append(Message("effort.kostra.scope", {"scope_key": f"effort.kostra.{chosen}"}))
    functions = {c: _function(c, name) for c, name in _words(frame, "function")}
    left = sorted(c for c, number in functions.items() if number is None)
    if len(left) == len(functions):
        raise InputRefused(
            [Problem("effort_kostra_no_functions", file, params={"given": ", ".join(left[:8])})]
        )
    if left:
        shown = ", ".join(left[:6]) + (" …" if len(left) > 6 else "")
        steps.append(Message("effort.kostra.sums", {"n": len(left), "functions": shown}))
    types = {c: _type(c) or _type(name) for c, name in _words(frame, "type")}
    units = dict(frame.select("content", "unit").unique().iter_rows())
    contents = {
        c: _content(" ".join(str(t) for t in (c, name, units.get(c)) if t))
        for c, name in _words(frame, "content")
    }
    regions = _regions(frame, steps)
    frame = frame.with_columns(
        function=_replaced("function", functions),
        type=_replaced("type", types),
        region=_replaced("region", regions),
        year=pl.col("year").str.extract(r"(20\d\d)").cast(pl.Int64),
        content=_replaced("content", contents),
    )
    hidden = frame.filter(
        pl.col("value").is_null() & pl.col("function").is_not_null() & pl.col("type").is_not_null()
    )
    if not hidden.is_empty():
        steps.append(Message("effort.kostra.hidden", {"n": hidden.height}))
    return frame.drop_nulls(["function", "type", "year", "value", "content"])


def _words(frame: pl.DataFrame, column: str) -> list[tuple[str, str | None]]:
    """Each code of a column once, with its name."""
    known = frame.select(column, f"{column}_name").drop_nulls(column)
    return list(known.unique(column, maintain_order=True).iter_rows())


def _replaced(column: str, values: Mapping[str, str | None]) -> pl.Expr:
    return pl.col(column).replace_strict(dict(values), default=None, return_dtype=pl.String)


def _regions(frame: pl.DataFrame, steps: list[Message]) -> dict[str, str | None]:
    """Place ids of the regions: ``EKG11`` is ``KG11``, the country is ``0``.

    The country without Oslo stands for the country where the table has no other.
    """
    found = {text: read_place(text)[0] for text, _ in _words(frame, "region")}
    if _WITHOUT_OSLO in found.values() and _COUNTRY not in found.values():
        steps.append(Message("effort.kostra.without_oslo"))
        found = {t: _COUNTRY if place == _WITHOUT_OSLO else place for t, place in found.items()}
    return dict(found)


def _scope(text: str) -> Scope:
    """The accounts a word names: ``B``, ``B Kommunekassen``, ``Kommunekasse``; else ``A``."""
    return "B" if re.match(r"\s*B\b|.*kasse", text, re.IGNORECASE) else "A"


def _function(code: str, name: str | None) -> str | None:
    """Three digits of a function; ``None`` for sums of functions."""
    number = re.match(r"\s*(\d{3})\b", code)
    if number:
        return number[1] if number[1] in kostra_functions() else None
    plain = (name or code).strip().casefold()
    return next((n for n, f in kostra_functions().items() if f.name.nb.casefold() == plain), None)


def _type(text: str | None) -> str | None:
    return next((code for form, code in _TYPES if form.search((text or "").strip())), None)


def _content(text: str) -> str | None:
    """``per_inhabitant``, ``amount``, or ``None`` for shares and other key figures."""
    if _PER_INHABITANT.search(text):
        return "per_inhabitant"
    return None if _PER_ELSE.search(text) else "amount"


def _accounts(own: pl.DataFrame) -> pl.DataFrame:
    amounts = own.filter(pl.col("content") == "amount")
    with_net = amounts.filter(pl.col("type") == NET_SUM).select("year", "function").unique()
    return (
        amounts.join(with_net, on=["year", "function"], how="semi")
        .select(
            "year",
            "function",
            "type",
            pl.lit(None, dtype=pl.String).alias("responsibility"),
            (pl.col("value") * 1000).alias("amount"),
        )
        .sort("year", "function", "type")
    )


def _comparison(
    others: pl.DataFrame,
    origin: str,
    persons: Mapping[tuple[str, int], float],
    steps: list[Message],
    status: pl.Expr,
) -> pl.DataFrame:
    """Net kroner per inhabitant: as published, else the amount over known inhabitants."""
    net = others.filter(pl.col("type") == NET_SUM)
    given = net.filter(pl.col("content") == "per_inhabitant").with_columns(nok=pl.col("value"))
    keys = ["region", "year", "function"]
    amounts = net.filter(pl.col("content") == "amount").join(given, on=keys, how="anti")
    heads = pl.DataFrame(
        {
            "region": [place for place, _ in persons],
            "year": [year for _, year in persons],
            "persons": list(persons.values()),
        },
        schema={"region": pl.String, "year": pl.Int64, "persons": pl.Float64},
    )
    counted = amounts.join(heads.filter(pl.col("persons") > 0), on=["region", "year"])
    lacking = sorted(set(amounts["region"]) - set(counted["region"]) - set(given["region"]))
    if lacking:
        steps.append(Message("effort.kostra.no_persons", {"places": ", ".join(lacking)}))
    counted = counted.with_columns(nok=1000 * pl.col("value") / pl.col("persons"))
    columns = [
        pl.col("region").alias("place"),
        "year",
        "function",
        pl.col("nok").round(2).alias("net_nok_per_inhabitant"),
        pl.lit(origin).alias("origin"),
        status,
    ]
    return pl.concat([given.select(columns), counted.select(columns)]).sort(
        "place", "year", "function"
    )
