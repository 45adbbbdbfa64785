"""Registers of services and actions as municipalities keep them, turned into plan tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import polars as pl

from jevn.effort.amounts import SUM_LINE, UNITS, read_numbers
from jevn.effort.grid import Cell, cell_text
from jevn.effort.register_context import Context
from jevn.effort.register_grid import Sheet, find_sheets
from jevn.effort.register_rows import NUMBERS, read_row
from jevn.effort.schemas import SERVICE_USERS, SERVICES
from jevn.effort.services import FILE, read_services
from jevn.tables import table_from_rows
from jevn.tables.schema import NULL_SIGNS
from jevn.terms import InputRefused, Message, Problem, SocialDimension

_AMOUNTS = ("gross_nok", "net_nok")
_HIDDEN = re.compile(r"^\s*(<\s*\d+|under \d+)\s*$", re.IGNORECASE)
_YEARS = re.compile(r"\b(20\d\d)\b")
_MOST = 50


@dataclass(frozen=True)
class ImportedRegister:
    """A register in the form of the plan folder, and what was done to get there.

    Attributes:
        services: rows of ``services.csv``.
        users: rows of ``service_users.csv``: users by social group and zone.
        steps: everything that was understood, changed or left out, in order.
    """

    services: pl.DataFrame
    users: pl.DataFrame
    steps: tuple[Message, ...]


def import_register(
    path: Path,
    *,
    kind: Literal["service", "action"] = "service",
    year: int | None = None,
    unit: int | None = None,
    places: Mapping[str, str] = MappingProxyType({}),
    interventions: Mapping[str, str] = MappingProxyType({}),
) -> ImportedRegister:
    """Read a register of services or actions.

    Understood are: own headings by their usual Norwegian names, on one line or two; several
    sheets; amounts in kroner, thousands or millions; areas, reach and places by name; lists of
    zones; users by group and zone in columns of their own. An area or reach that is not
    stated is taken from the function where it can be only one. A row in doubt is never
    guessed: the file is then refused whole.

    Args:
        path: a CSV or XLSX file.
        kind: what a row is, where it does not say.
        year: the year, where the file does not say.
        unit: what amounts are multiplied by; default as headings and titles say, else 1.
        places: place ids by name, for zones and places served.
        interventions: ids of the evidence catalogue by name; empty = links are not checked.

    Raises:
        InputRefused: with every row that is not understood.
    """
    sheets, left = find_sheets(path)
    context = Context(
        path.name,
        kind,
        {**{i.casefold(): i for i in places.values()}, **_lower(places)},
        {**{i.casefold(): i for i in interventions.values()}, **_lower(interventions)},
    )
    steps = [Message("effort.register.left_sheet", {"sheet": name}) for name in left]
    services: list[dict[str, Any]] = []
    users: list[dict[str, Any]] = []
    lines: list[int] = []
    for sheet in sheets:
        found = _sheet(sheet, context, year, unit, steps)
        for line, service, own in found:
            services.append(service)
            lines.append(line)
            users += own
    _twice(services, lines, context)
    if context.problems:
        raise InputRefused(context.problems[:_MOST])
    if not services:
        raise InputRefused([Problem("effort_import_nothing", path.name)])
    frame = table_from_rows(SERVICES, services, name=path.name).with_columns(
        _row=pl.Series(lines, dtype=pl.Int64)
    )
    _, problems = read_services(frame, year=max(s["year"] for s in services))
    if problems:
        raise InputRefused([_elsewhere(p, path.name) for p in problems][:_MOST])
    for what, number in context.counts.items():
        steps.append(Message(f"effort.register.{what}", {"n": number}))
    steps.append(Message("effort.register.found", {"services": len(services), "users": len(users)}))
    return ImportedRegister(
        frame, table_from_rows(SERVICE_USERS, users, name=path.name), tuple(steps)
    )


def _lower(names: Mapping[str, str]) -> dict[str, str]:
    return {name.casefold(): id for name, id in names.items()}


def _elsewhere(problem: Problem, file: str) -> Problem:
    """A problem of ``services.csv`` told of the file it came from."""
    name = file if problem.file == FILE else problem.file
    return Problem(problem.id, name, problem.row, problem.column, problem.params)


def _sheet(
    sheet: Sheet, context: Context, year: int | None, unit: int | None, steps: list[Message]
) -> list[tuple[int, dict[str, Any], list[dict[str, Any]]]]:
    if sheet.name:
        steps.append(Message("effort.import.sheet", {"sheet": sheet.name}))
    steps.append(Message("effort.import.header", {"line": str(sheet.header_line)}))
    groups = sheet.groups(context.places)
    named = ", ".join(sheet.texts[i] for i in (*sheet.columns.values(), *groups))
    steps.append(Message("effort.import.columns", {"columns": named}))
    used = {*sheet.columns.values(), *groups}
    ignored = [t for i, t in enumerate(sheet.texts) if t and i not in used]
    if ignored:
        steps.append(Message("effort.import.ignored_columns", {"columns": ", ".join(ignored)}))
    titled = _title_year(sheet, year, context, steps)
    factors = _factors(sheet, unit, context, steps)
    rows = [(n, cells) for n, cells in sheet.lines if _is_row(sheet, cells, context)]
    numbers = _numbers(sheet, rows, groups, context)
    found = []
    for n, cells in rows:
        given = {c: cells[i] if i < len(cells) else None for c, i in sheet.columns.items()}
        amounts = {c: numbers.get((n, i)) for c, i in sheet.columns.items() if c in NUMBERS}
        for column in _AMOUNTS:
            if amounts.get(column) is not None:
                amounts[column] = round((amounts[column] or 0.0) * factors[column], 2)
        service = read_row(n, given, amounts, titled, context)
        if service is None:
            continue
        own = [
            {
                "service": service["service"],
                "year": service["year"],
                "dimension": dimension.value,
                "group": group,
                "users": count,
            }
            for i, (dimension, group) in groups.items()
            if (count := numbers.get((n, i))) is not None
        ]
        found.append((n, service, own))
    return found


def _is_row(sheet: Sheet, cells: Sequence[Cell], context: Context) -> bool:
    at = sheet.columns["name"]
    name = cell_text(cells[at]) if at < len(cells) else ""
    if not any(c is not None for c in cells):
        return False
    first = next((cell_text(c) for c in cells if c is not None), "")
    if SUM_LINE.match(name or first):
        context.count("sums")
        return False
    return True


def _title_year(
    sheet: Sheet, year: int | None, context: Context, steps: list[Message]
) -> int | None:
    """The year of rows that do not say: as given, else as the headings or titles say."""
    if year is not None:
        steps.append(
            Message("effort.import.year", {"year": year, "source_key": "effort.import.year.given"})
        )
        return year
    if "year" in sheet.columns:
        return None
    texts = (*sheet.titles, *sheet.texts, sheet.name or "")
    years = sorted({int(y) for t in texts for y in _YEARS.findall(t)})
    if len(years) == 1:
        key = "effort.import.year.title"
        steps.append(Message("effort.import.year", {"year": years[0], "source_key": key}))
        return years[0]
    id = "effort_import_years_differ" if years else "effort_import_no_year"
    params = {"years": ", ".join(map(str, years))} if years else {}
    raise InputRefused([Problem(id, context.file, params=params)])


def _factors(
    sheet: Sheet, unit: int | None, context: Context, steps: list[Message]
) -> dict[str, int]:
    """What amounts of each column are multiplied by."""
    overall = unit or _unit(" ".join(sheet.titles)) or 1
    found = {}
    for column in _AMOUNTS:
        heading = sheet.texts[sheet.columns[column]] if column in sheet.columns else ""
        found[column] = unit or _unit(heading) or overall
        if heading and found[column] != 1:
            factor = found[column]
            steps.append(Message("effort.import.unit", {"factor": factor, "unit": heading}))
    return found


def _unit(text: str) -> int | None:
    return next((f for form, f in UNITS if re.search(form, text, re.IGNORECASE)), None)


def _numbers(
    sheet: Sheet,
    rows: Sequence[tuple[int, Sequence[Cell]]],
    groups: Mapping[int, tuple[SocialDimension, str]],
    context: Context,
) -> dict[tuple[int, int], float]:
    """Numbers by line and column; small counts that are hidden are left out and counted."""
    wanted = {i: c for c, i in sheet.columns.items() if c in NUMBERS} | dict.fromkeys(
        groups, "users"
    )
    cells: list[tuple[int, int, Cell]] = []
    for n, row in rows:
        for i, column in wanted.items():
            value = row[i] if i < len(row) else None
            text = value if isinstance(value, str) else ""
            if column == "users" and (_HIDDEN.match(text) or NULL_SIGNS.get(text) == "hidden"):
                context.count("hidden")
            elif value is not None and text not in NULL_SIGNS:
                cells.append((n, i, value))
    found: dict[tuple[int, int], float] = {}
    parsed = read_numbers([v for *_, v in cells], comma=sheet.comma)
    for (n, i, value), number in zip(cells, parsed, strict=True):
        heading = sheet.texts[i]
        if number is None:
            context.fault("effort_not_number", n, heading, cell_text(value))
        elif number < 0 and wanted[i] != "net_nok":
            context.fault("effort_negative", n, heading, cell_text(value))
        else:
            found[n, i] = number
    return found


def _twice(services: Sequence[Mapping[str, Any]], lines: Sequence[int], context: Context) -> None:
    first: dict[tuple[str, int], int] = {}
    for service, line in zip(services, lines, strict=True):
        key = (service["service"], service["year"])
        if key in first:
            params = {"year": service["year"], "first": str(first[key])}
            context.fault("effort_service_twice", line, "service", key[0], **params)
        first.setdefault(key, line)
