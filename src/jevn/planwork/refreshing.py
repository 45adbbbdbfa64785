"""Asking the providers for the figures of a plan folder, and saying what changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import polars as pl

from jevn.planwork.fetched import FetchedTable, read_fetched, write_fetched
from jevn.planwork.vintages import VintageChange, add_vintage
from jevn.sources.dataset import Dataset
from jevn.sources.observing import observe_dataset, population_rows
from jevn.sources.provider import Fetched, Provider, Selection
from jevn.sources.query import AskedPlace, Query
from jevn.terms import InputRefused, Problem, UserError

OutcomeKind = Literal["fetched", "same", "failed", "own", "unknown", "empty"]
Ask = Callable[[str], Provider]
"""Gives the provider with an id."""
Former = Callable[[pl.DataFrame, str], tuple[pl.DataFrame, tuple[str, ...]]]
"""Joins rows of former municipalities with today's; gives those that are shown apart."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one query went.

    Attributes:
        indicator: what it was for.
        table: provider and table; empty where there is none.
        kind: ``fetched`` (new or changed figures), ``same``, ``empty`` (the answer has no figure
            for these places), ``failed``, ``own`` (the municipality brings them), ``unknown``.
        rows: figures kept after it.
        change: what changed; ``None`` for queries that brought nothing.
        vintage: the producer's date.
        stale: whether the provider failed now and what was kept is given.
        problems: why it failed.
        shown_apart: former municipalities whose figures cannot be joined.
    """

    indicator: str
    table: str
    kind: OutcomeKind
    rows: int = 0
    change: VintageChange | None = None
    vintage: str | None = None
    stale: bool = False
    problems: tuple[Problem, ...] = ()
    shown_apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How a refresh went, query by query, in the order of the file."""

    outcomes: tuple[Outcome, ...]

    def count(self, kind: OutcomeKind) -> int:
        """How many queries went like this."""
        return sum(o.kind == kind for o in self.outcomes)


def refresh(
    folder: Path,
    queries: Sequence[Query],
    places: Sequence[AskedPlace],
    ask: Ask,
    *,
    former: Sequence[str] = (),
    join: Former | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Refreshed:
    """Run the queries of a plan folder.

    Each query is written by itself when it has come: one that fails leaves the others, and what
    was fetched before, as they are.

    Args:
        folder: the plan folder.
        queries: what to ask.
        places: places that figures are wanted for.
        ask: gives a provider.
        former: former codes of the municipality.
        join: joins rows of former municipalities with today's.
        progress: told the indicator when its turn comes.
    """
    kept = {t.name: t for t in read_fetched(folder).tables}
    count = Counter(q.indicator for q in queries)
    outcomes = []
    for query in queries:
        if not query.runs:
            kind: OutcomeKind = "own" if query.status == "own" else "unknown"
            outcomes.append(Outcome(query.indicator, "", kind))
            continue
        progress(query.indicator)
        table = f"{query.provider} {query.table}"
        name = query.indicator
        if count[name] > 1:
            name = f"{name}-{re.sub('[^A-Za-z0-9]+', '-', query.table).strip('-')}"
        try:
            asked = _asked(query, places, ask, former)
            outcomes.append(_keep(folder, query, name, asked, kept.get(name), join))
        except UserError as fault:
            outcomes.append(Outcome(query.indicator, table, "failed", problems=fault.problems))
    return Refreshed(tuple(outcomes))


Answers = list[tuple[Fetched, dict[str, str]]]


def _asked(query: Query, places: Sequence[AskedPlace], ask: Ask, former: Sequence[str]) -> Answers:
    """The answers to a query, one per rule of places."""
    provider = ask(query.provider)
    return [
        (_fetch(provider, query, selection), codes)
        for selection, codes in query.asks(places, former)
    ]


def _keep(
    folder: Path,
    query: Query,
    name: str,
    answers: Answers,
    before: FetchedTable | None,
    join: Former | None,
) -> Outcome:
    """The answers turned into rows and written."""
    table = f"{query.provider} {query.table}"
    if not answers:
        return Outcome(query.indicator, table, "empty")
    origin = answers[0][0].origin
    if query.origin is not None:
        origin = query.origin.named(origin)
    make = observe_rows if query.into == "observations" else _population
    rows = pl.concat([make(a.dataset, query, codes, origin.id) for a, codes in answers])
    apart: tuple[str, ...] = ()
    if join is not None:
        rows, apart = join(rows, query.into)
    if rows.is_empty():
        return Outcome(query.indicator, table, "empty", vintage=origin.version)
    change: VintageChange | None = None
    if query.into == "observations":
        rows, change = add_vintage(None if before is None else before.rows, rows)
        same = change.nothing
    else:
        same = before is not None and before.rows.equals(rows)
    write_fetched(
        folder,
        FetchedTable(
            name=name,
            into=query.into,
            rows=rows,
            origin=origin,
            fetched=origin.retrieved or "",
            requests=tuple((r.address, r.body) for a, _ in answers for r in a.requests),
            notes=tuple(dict.fromkeys(n for a, _ in answers for n in a.dataset.notes)),
            shown_apart=apart,
        ),
    )
    return Outcome(
        query.indicator,
        table,
        "same" if same else "fetched",
        rows.height,
        change,
        origin.version,
        any(a.stale for a, _ in answers),
        shown_apart=apart,
    )


def observe_rows(
    dataset: Dataset, query: Query, codes: dict[str, str], origin: str
) -> pl.DataFrame:
    """Rows of ``observations`` from an answer."""
    return observe_dataset(dataset, query, codes, origin=origin)


def _population(dataset: Dataset, query: Query, codes: dict[str, str], origin: str) -> pl.DataFrame:
    rows = population_rows(dataset, query, codes)
    return rows.with_columns(origin=pl.lit(origin, dtype=pl.String))


def _fetch(provider: Provider, query: Query, selection: Selection | None) -> Fetched:
    """The answer for the places the table has; a place it does not have is not asked for again.

    A table may lack former codes, small municipalities or groups; that is no fault of the query.
    """
    if selection is None:
        return provider.fetch(query.table, query.selections)
    try:
        return provider.fetch(query.table, (selection, *query.selections))
    except UserError as fault:
        if not _lacks_places(fault, selection):
            raise
    known = set(provider.describe(query.table).variable(selection.variable).codes)
    there = tuple(v for v in selection.values if v in known)
    if not there or len(there) == len(selection.values):
        return provider.fetch(query.table, (selection, *query.selections))
    return provider.fetch(query.table, (replace(selection, values=there), *query.selections))


def _lacks_places(fault: UserError, selection: Selection) -> bool:
    """Whether a refusal is about a value of the place variable."""
    for problem in fault.problems:
        if problem.id == "sources_unknown_value":
            return problem.params.get("variable") == selection.variable
        if problem.id == "sources_refused":
            return "value" in str(problem.params.get("reason", "")).casefold()
    return False


def asked_places(frame: pl.DataFrame) -> tuple[AskedPlace, ...]:
    """Places of ``places.csv``, as places that statistics are wanted for."""
    rows: list[dict[str, Any]] = list(frame.iter_rows(named=True))
    return tuple(AskedPlace(r["place"], r["kind"], r["name"]) for r in rows)


def chosen(queries: Sequence[Query], only: Sequence[str]) -> tuple[Query, ...]:
    """The queries of some indicators; all if none is named.

    Raises:
        InputRefused: ``unknown_query`` for each that there is none of.
    """
    if not only:
        return tuple(queries)
    known = {q.indicator for q in queries}
    odd = [i for i in only if i not in known]
    if odd:
        raise InputRefused([Problem("unknown_query", params={"id": i}) for i in odd])
    return tuple(q for q in queries if q.indicator in only)
