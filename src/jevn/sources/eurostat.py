"""Eurostat: statistics of European countries and regions.

The statistics service (https://ec.europa.eu/eurostat/web/user-guides/data-browser/api-data-access)
answers in JSON-stat 2. Its list of tables is the table of contents of the catalogue.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from jevn.sources.asking import (
    ask_table,
    by_variable,
    holds,
    joined,
    origin_of,
    part_failed,
    read_cube,
    unknown_table,
)
from jevn.sources.dataset import Dataset, Role
from jevn.sources.provider import (
    Fetched,
    Maker,
    ProviderInfo,
    Selection,
    TableHit,
    TableInfo,
    Variable,
)
from jevn.sources.request import Answer, Request
from jevn.sources.transport import Transport
from jevn.terms import LocalText, UserError

EUROSTAT: Final = ProviderInfo(
    id="eurostat",
    name=LocalText("Eurostat"),
    country="EU",
    about=LocalText(
        nb="Statistikk for land og regioner i Europa, også Norge.",
        nn="Statistikk for land og regionar i Europa, også Noreg.",
        en="Statistics of countries and regions in Europe, Norway included.",
    ),
    base="https://ec.europa.eu/eurostat/api/dissemination",
    home="https://ec.europa.eu/eurostat/databrowser",
    licence="Fri gjenbruk med kildeangivelse (ikke bekreftet)",
    credit="Eurostat",
)

LEVEL: Final = "geoLevel"
"""Places by kind instead of one by one: ``country``, ``nuts1``, ``nuts2``, ``nuts3``, ``city``."""

_LEVELS: Final = ("aggregate", "country", "nuts1", "nuts2", "nuts3", "city")


class _TooLarge(Exception):
    """The service wants a smaller question."""


class Eurostat:
    """Eurostat as a provider."""

    def __init__(self, transport: Transport, info: ProviderInfo = EUROSTAT) -> None:
        self._transport = transport
        self._info = info

    @property
    def info(self) -> ProviderInfo:
        """Who it is."""
        return self._info

    def search(self, words: str, *, most: int = 50) -> tuple[TableHit, ...]:
        """Tables of the catalogue whose title, code or folder holds the words (in English)."""
        request = Request(f"{self._info.base}/catalogue/toc/txt", (("lang", "en"),))
        lines = self._transport.fetch(request).text.splitlines()
        found: dict[str, TableHit] = {}
        path: list[str] = []
        for cells in csv.reader(lines[1:], delimiter="\t"):
            if len(cells) < 7:
                continue
            title, code, kind, updated, _, first, last = (c.strip() for c in cells[:7])
            depth = (len(cells[0]) - len(cells[0].lstrip())) // 4
            path = [*path[:depth], title]
            if kind in ("dataset", "table") and holds(words, title, code, *path[:-1]):
                hit = TableHit(code, title, _day(updated), first, last, tuple(path[:-1]))
                found.setdefault(code, hit)
        return tuple(found.values())[:most]

    def describe(self, table: str) -> TableInfo:
        """Variables and values of a table, as of its newest period.

        The service has no description apart from figures: values are those that occur in the
        newest period, and the variable of time holds that period only.
        """
        code = self._code(table)
        request = self._request(code, (("lastTimePeriod", "1"),))
        answer = ask_table(self._transport, request, self._info, table)
        if _wants_less(answer):
            raise UserError(
                "sources_refused",
                host=request.host,
                status="413",
                reason="ASYNCHRONOUS_RESPONSE",
                address=request.address,
            )
        found = read_cube(answer, code)
        return TableInfo(
            provider=self._info.id,
            id=code,
            title=found.label,
            variables=tuple(
                Variable(d.code, d.label, d.categories, d.role, required=False)
                for d in found.dimensions
            ),
            updated=found.updated,
            source=found.source,
            notes=found.notes,
            link=f"{self._info.home}/view/{code}",
        )

    def fetch(self, table: str, selections: Sequence[Selection]) -> Fetched:
        """Figures of a table.

        ``geoLevel=country`` chooses places by kind. Where the service asks for a smaller question,
        the variable with most values is halved until it answers.
        """
        about = self.describe(table)
        levels = [s for s in selections if s.variable.casefold() == LEVEL.casefold()]
        chosen = by_variable(about, [s for s in selections if s not in levels])
        time = next((v.code for v in about.variables if v.role is Role.TIME), "time")
        wanted = {
            name: s.chosen(about.variable(name).codes) for name, s in chosen.items() if name != time
        }
        params, later = _time(chosen.get(time), time)
        params = (*(("geoLevel", _level(v)) for s in levels for v in s.values), *params)
        full = {v.code: v.codes for v in about.variables if v.code != time}
        if levels:
            full = {c: v for c, v in full.items() if about.variable(c).role is not Role.GEO}
        answers: list[Answer] = []
        parts = self._parts(about.id, wanted, params, full, answers)
        whole = joined(parts, full)
        if later is not None:
            whole = _only(whole, time, later.chosen(whole.dimension(time).codes))
        self._check(chosen.get(time), whole, time)
        dataset = replace(whole, updated=whole.updated or about.updated)
        return Fetched(
            dataset,
            origin_of(self._info, about.id, dataset, answers, about.link),
            tuple(a.request for a in answers),
            any(a.stale for a in answers),
        )

    def _parts(
        self,
        code: str,
        wanted: Mapping[str, Sequence[str]],
        params: tuple[tuple[str, str], ...],
        full: Mapping[str, Sequence[str]],
        answers: list[Answer],
    ) -> list[Dataset]:
        filters = tuple((name, v) for name, values in wanted.items() for v in values)
        request = self._request(code, (*filters, *params))
        try:
            answer = self._ask(request)
        except _TooLarge:
            sizes = {c: list(wanted.get(c, full[c])) for c in full}
            longest = max(sizes, key=lambda c: len(sizes[c]), default="")
            codes = sizes.get(longest, [])
            if len(codes) < 2:
                raise UserError("sources_too_large", address=request.address) from None
            half = (len(codes) + 1) // 2
            return [
                part
                for some in (codes[:half], codes[half:])
                for part in self._parts(code, {**wanted, longest: some}, params, full, answers)
            ]
        except UserError as fault:
            if not answers:
                raise
            raise part_failed(request, len(answers), len(answers) + 1, fault) from fault
        answers.append(answer)
        return [read_cube(answer, code)]

    def _ask(self, request: Request) -> Answer:
        try:
            answer = self._transport.fetch(request)
        except UserError as fault:
            told = fault.problems[0].params
            if fault.id == "sources_refused" and told.get("status") == "413":
                raise _TooLarge from fault
            raise
        if _wants_less(answer):
            raise _TooLarge
        return answer

    def _check(self, time: Selection | None, found: Dataset, name: str) -> None:
        if time is not None and time.plain:
            time.chosen(found.dimension(name).codes)

    def _request(self, code: str, params: tuple[tuple[str, str], ...]) -> Request:
        address = f"{self._info.base}/statistics/1.0/data/{code}"
        return Request(address, (("format", "JSON"), ("lang", "EN"), *params))

    def _code(self, table: str) -> str:
        code = table.strip().lower()
        if not re.fullmatch(r"[a-z0-9_$@]+", code):
            raise unknown_table(self._info, table)
        return code


def _time(
    selection: Selection | None, name: str
) -> tuple[tuple[tuple[str, str], ...], Selection | None]:
    """Parameters for a selection of periods, and what must be chosen from the answer."""
    if selection is None:
        return (), None
    if selection.plain:
        return tuple((name, v) for v in selection.values), None
    if len(selection.values) == 1:
        call = re.fullmatch(r"(top|from|to|range)\((.+)\)", selection.values[0], re.IGNORECASE)
        given = [g.strip() for g in call[2].split(",")] if call else []
        kind = call[1].casefold() if call else ""
        if kind == "top" and len(given) == 1 and given[0].isdigit():
            return (("lastTimePeriod", given[0]),), None
        if kind == "from":
            return (("sinceTimePeriod", given[0]),), None
        if kind == "to":
            return (("untilTimePeriod", given[0]),), None
        if kind == "range" and len(given) == 2:
            return (("sinceTimePeriod", given[0]), ("untilTimePeriod", given[1])), None
    return (), selection


def _level(value: str) -> str:
    if value.casefold() not in _LEVELS:
        raise UserError(
            "sources_unknown_value", given=value, variable=LEVEL, known=", ".join(_LEVELS)
        )
    return value.casefold()


def _only(found: Dataset, name: str, codes: Sequence[str]) -> Dataset:
    """The data set with some values of a dimension only."""
    one = found.dimension(name)
    kept = replace(one, categories=tuple(c for c in one.categories if c.code in codes))
    table = found.table.filter(pl.col(name).cast(pl.String).is_in(list(codes))).with_columns(
        pl.col(name).cast(pl.String).cast(pl.Enum(kept.codes))
    )
    dimensions = tuple(kept if d.code == name else d for d in found.dimensions)
    return replace(found, dimensions=dimensions, table=table)


def _wants_less(answer: Answer) -> bool:
    """Whether the answer says that it will come later: the question was too large for now."""
    start = answer.body[:400]
    return b'"warning"' in start and b'"value"' not in start


def _day(text: str) -> str | None:
    """``DD.MM.YYYY`` as an ISO date."""
    found = re.fullmatch(r"(\d{2})\.(\d{2})\.(\d{4})", text)
    return f"{found[3]}-{found[2]}-{found[1]}" if found else text or None


PROVIDERS: Final[tuple[tuple[ProviderInfo, Maker], ...]] = ((EUROSTAT, Eurostat),)
