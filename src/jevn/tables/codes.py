"""Code history: which former places today's places are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import polars as pl

from jevn.tables.schema import Column, TableSchema
from jevn.terms import InputRefused, Problem

CODE_HISTORY: Final = TableSchema(
    "code_history",
    "Which former places today's places are made of, and in which years their codes were used.",
    (
        Column("old", "id", "former code", True, aliases=("gammel kode", "gammel", "fra kode")),
        Column("new", "id", "today's code", True, aliases=("ny kode", "ny", "til kode")),
        Column(
            "first_year",
            "year",
            "first year of the former code",
            True,
            aliases=("fra år", "frå år"),
        ),
        Column("last_year", "year", "last year of the former code", True, aliases=("til år",)),
        Column(
            "weight",
            "share",
            "part of the former place that is in today's (empty: all of it)",
            aliases=("vekt", "andel"),
            at_least=0,
            at_most=1,
        ),
    ),
    key=("old", "new", "first_year"),
)


@dataclass(frozen=True, slots=True)
class CodeChange:
    """A former place, wholly or partly in one of today's.

    Attributes:
        old: former code.
        new: today's code.
        first_year: first year the former code was used.
        last_year: last year.
        weight: part of the former place's people that live in today's place, 0-1.
    """

    old: str
    new: str
    first_year: int
    last_year: int
    weight: float = 1.0


@dataclass(frozen=True)
class CodeHistory:
    """All changes that lead to today's codes.

    Every change leads straight to today's code: 0602 to 3301, not by 3005.
    """

    changes: tuple[CodeChange, ...] = ()

    @cached_property
    def _by_new(self) -> Mapping[str, tuple[CodeChange, ...]]:
        found: dict[str, list[CodeChange]] = {}
        for change in self.changes:
            found.setdefault(change.new, []).append(change)
        return {new: tuple(changes) for new, changes in found.items()}

    def former(self, place: str) -> tuple[str, ...]:
        """Former codes of a place, the newest first.

        >>> history = CodeHistory((CodeChange("0602", "3301", 2005, 2019),
        ...                        CodeChange("3005", "3301", 2020, 2023)))
        >>> history.former("3301")
        ('3005', '0602')
        """
        changes = sorted(self._by_new.get(place, ()), key=lambda c: (-c.last_year, c.old))
        return tuple(dict.fromkeys(c.old for c in changes))

    def parts(self, place: str, year: int) -> tuple[CodeChange, ...]:
        """The former places that today's was made of in a year; empty if it was itself then."""
        return tuple(c for c in self._by_new.get(place, ()) if c.first_year <= year <= c.last_year)

    def only(self, places: Iterable[str]) -> CodeHistory:
        """The history of some of today's places."""
        wanted = set(places)
        return CodeHistory(tuple(c for c in self.changes if c.new in wanted))


def code_history(frame: pl.DataFrame, file: str = "code_history.csv") -> CodeHistory:
    """The history in a table read by :data:`CODE_HISTORY`.

    Raises:
        InputRefused: ``codes_years`` (a code that ends before it begins), ``codes_itself`` (a
            code that leads to itself), ``codes_weights`` (a former place whose parts in a year
            are more than the whole), each with its row.
    """
    problems: list[Problem] = []
    changes: list[CodeChange] = []
    whole: dict[tuple[str, int], float] = {}
    for row in frame.iter_rows(named=True):
        weight = 1.0 if row["weight"] is None else float(row["weight"])
        change = CodeChange(row["old"], row["new"], row["first_year"], row["last_year"], weight)
        at = row.get("_row")
        if change.last_year < change.first_year:
            params = {"first": str(change.first_year), "last": str(change.last_year)}
            problems.append(Problem("codes_years", file, at, "last_year", params))
        elif change.old == change.new:
            problems.append(Problem("codes_itself", file, at, "new", {"code": change.old}))
        else:
            years = range(change.first_year, change.last_year + 1)
            for year in years:
                whole[change.old, year] = whole.get((change.old, year), 0.0) + weight
            if max(whole[change.old, y] for y in years) > 1 + 1e-9:
                params = {"code": change.old, "year": str(change.last_year)}
                problems.append(Problem("codes_weights", file, at, "weight", params))
        changes.append(change)
    if problems:
        raise InputRefused(problems)
    return CodeHistory(tuple(changes))
