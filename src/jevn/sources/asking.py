"""What providers share: asking in parts, putting cubes together, saying where they come from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from math import prod
from typing import Any

import polars as pl

from jevn.sources.dataset import Dataset, Dimension
from jevn.sources.intact import odd_answer
from jevn.sources.jsonstat import read_jsonstat
from jevn.sources.provider import ProviderInfo, Selection, TableInfo
from jevn.sources.request import Answer, Request
from jevn.sources.transport import Transport
from jevn.tables import Origin
from jevn.terms import UserError

__all__ = [
    "Wanted", "ask_all", "ask_table", "by_variable", "cube", "holds", "joined", "odd_answer",
    "origin_of", "part_failed", "parted", "read_cube", "read_json", "reading", "unknown_table",
]  # fmt: skip

Wanted = Mapping[str, Sequence[str]]
"""Codes asked for, by variable."""


def ask_all(transport: Transport, requests: Sequence[Request]) -> list[Answer]:
    """The answers to questions that belong together, in their order.

    Raises:
        UserError: ``sources_part`` when some came and one failed (what came is kept by the
            transport, so that the next try goes on from there); what the transport raises when
            the first one fails.
    """
    answers: list[Answer] = []
    for request in requests:
        try:
            answers.append(transport.fetch(request))
        except UserError as fault:
            if not answers:
                raise
            raise part_failed(request, len(answers), len(requests), fault) from fault
    return answers


def part_failed(request: Request, done: int, parts: int, fault: UserError) -> UserError:
    """The fault of a question of which some parts were answered."""
    reason = fault.problems[0].params.get("reason") or fault.problems[0].what("nb")
    return UserError("sources_part", host=request.host, done=done, parts=parts, reason=str(reason))


def read_json(answer: Answer) -> Any:
    """The body of an answer as JSON.

    Raises:
        UserError: ``sources_not_json``.
    """
    try:
        return json.loads(answer.text)
    except ValueError as fault:
        raise odd_answer(answer, str(fault)) from fault


def read_cube(answer: Answer, name: str) -> Dataset:
    """The body of an answer as a cube; one that cannot be read is forgotten.

    Raises:
        UserError: ``sources_not_jsonstat``.
    """
    try:
        return read_jsonstat(answer.body, name=name)
    except UserError:
        answer.discard()
        raise


@contextmanager
def reading(answer: Answer) -> Iterator[None]:
    """Turns what goes wrong while an answer is taken apart into a fault of that answer.

    Raises:
        UserError: ``sources_not_json``.
    """
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as fault:
        raise odd_answer(answer, f"{type(fault).__name__}: {fault}") from fault


def ask_table(transport: Transport, request: Request, info: ProviderInfo, table: str) -> Answer:
    """The answer to a question about a table.

    Raises:
        UserError: ``sources_unknown_table`` where the provider refuses the question as such;
            what the transport raises else.
    """
    try:
        return transport.fetch(request)
    except UserError as fault:
        status = fault.problems[0].params.get("status")
        if fault.id == "sources_refused" and status in ("400", "404", "422"):
            raise unknown_table(info, table) from fault
        raise


def unknown_table(info: ProviderInfo, table: str, answer: Answer | None = None) -> UserError:
    """The fault of a table that the provider does not have; an answer that says so is forgotten."""
    if answer is not None:
        answer.discard()
    return UserError("sources_unknown_table", host=info.name("nb"), given=table)


def by_variable(table: TableInfo, selections: Sequence[Selection]) -> dict[str, Selection]:
    """Selections by the code of their variable, as the table writes it; several of one as one.

    Raises:
        UserError: ``sources_unknown_variable``.
    """
    found: dict[str, Selection] = {}
    for one in selections:
        code = table.variable(one.variable).code
        before = found[code].values if code in found else ()
        found[code] = Selection(code, (*before, *one.values), one.code_list)
    return found


def parted(wanted: Wanted, most: int | None) -> list[dict[str, tuple[str, ...]]]:
    """The codes wanted, in parts of at most so many cells.

    The longest list is halved again and again, so that together the parts hold every cell once.

    >>> [list(p.values()) for p in parted({"a": "12", "b": "xyz"}, 4)]
    [[('1', '2'), ('x', 'y')], [('1', '2'), ('z',)]]
    """
    whole = {name: tuple(codes) for name, codes in wanted.items()}
    if most is None or prod(len(c) for c in whole.values()) <= most:
        return [whole]
    longest = max(whole, key=lambda name: len(whole[name]))
    codes = whole[longest]
    if len(codes) < 2:
        return [whole]
    half = (len(codes) + 1) // 2
    return [
        part
        for some in (codes[:half], codes[half:])
        for part in parted({**whole, longest: some}, most)
    ]


def joined(datasets: Sequence[Dataset], order: Wanted | None = None) -> Dataset:
    """Several parts of one cube as one.

    Args:
        datasets: the parts; the same dimensions in each.
        order: codes by dimension in the order they should have; others come after.
    """
    first = datasets[0]
    if len(datasets) == 1:
        return first
    dimensions = tuple(
        _together([d.dimension(one.code) for d in datasets], (order or {}).get(one.code, ()))
        for one in first.dimensions
    )
    casts = [pl.col(d.code).cast(pl.String).cast(pl.Enum(d.codes)) for d in dimensions]
    table = pl.concat(d.table.with_columns(casts) for d in datasets)
    notes = tuple(dict.fromkeys(n for d in datasets for n in d.notes))
    return replace(
        first,
        updated=max((d.updated for d in datasets if d.updated), default=None),
        dimensions=dimensions,
        table=table.sort([d.code for d in dimensions], maintain_order=True),
        notes=notes,
    )


def _together(parts: Sequence[Dimension], order: Sequence[str]) -> Dimension:
    known = {c.code: c for part in parts for c in part.categories}
    codes = [c for c in order if c in known]
    codes += [c for c in known if c not in set(codes)]
    return replace(parts[0], categories=tuple(known[c] for c in codes))


def cube(
    rows: Iterable[tuple[str | float | None, ...]],
    dimensions: Sequence[Dimension],
    *,
    label: str,
    source: str | None,
    updated: str | None,
    notes: tuple[str, ...] = (),
) -> Dataset:
    """A data set from rows of codes, value and flag; categories without a cell are left out."""
    names = [d.code for d in dimensions]
    schema = {
        **dict.fromkeys(names, pl.String),
        "value": pl.Float64,
        "flag": pl.String,
    }
    table = pl.DataFrame(list(rows), schema=schema, orient="row")
    kept = []
    for one in dimensions:
        there = set(table[one.code].unique().to_list())
        kept.append(replace(one, categories=tuple(c for c in one.categories if c.code in there)))
    casts = [pl.col(d.code).cast(pl.Enum(d.codes)) for d in kept]
    table = table.with_columns(casts).sort(names, maintain_order=True)
    return Dataset(label, source, updated, tuple(kept), table, notes)


def origin_of(
    info: ProviderInfo,
    table: str,
    dataset: Dataset,
    answers: Sequence[Answer],
    link: str | None = None,
) -> Origin:
    """Where a fetched table comes from."""
    name = re.sub(r"[^a-z0-9]+", "_", f"{info.id}_{table}".casefold()).strip("_")
    fetched = max((a.fetched[:10] for a in answers), default=None)
    return Origin(
        id=name,
        producer=dataset.source or info.name("nb"),
        title=dataset.label or table,
        version=(dataset.updated or "")[:10] or None,
        retrieved=fetched,
        licence=info.licence,
        link=link or info.home,
    )


def holds(words: str, *texts: str | None) -> bool:
    """Whether every word stands somewhere in the texts, in any case."""
    text = " ".join(t for t in texts if t).casefold()
    return all(word in text for word in words.casefold().split())
