"""Accounts as they come from economy systems, turned into ``accounts.csv`` with a report."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import polars as pl

from jevn.effort.accounts import function_money
from jevn.effort.amounts import SUM_LINE, UNITS, read_numbers
from jevn.effort.chart_of_accounts import kostra_functions
from jevn.effort.codes import TypeForm, kostra_function, kostra_type, leading_digits, type_form
from jevn.effort.grid import Cell, Grid, Heading, read_grid
from jevn.terms import InputRefused, Message, Problem

IncomeSign = Literal["negative", "positive"]

_DATE = re.compile(r"\b\d{1,2}\.\d{1,2}\.20\d\d\b|\b20\d\d-\d\d-\d\d\b")
_SURE = 0.9
"""Part of the income money that must have one sign for the signs to be clear."""

_MOST_EXAMPLES = 5


@dataclass(frozen=True)
class ImportedAccounts:
    """Accounts in the form of ``accounts.csv``, and what was done to get there.

    Attributes:
        frame: columns ``year function type responsibility amount``; one row per combination.
        steps: everything that was understood, changed or left out, in order.
    """

    frame: pl.DataFrame
    steps: tuple[Message, ...]


@dataclass
class _Line:
    """One line being read."""

    row: int
    function: str
    code: str | None
    responsibility: str | None
    amounts: tuple[tuple[Heading, Cell], ...]
    year: Cell


@dataclass
class _Tally:
    """What has been found while reading: faults, counts and examples for the report."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    functions: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)

    def fault(self, id: str, row: int | None, column: str | None, given: Cell) -> None:
        params = {"given": str(given if given is not None else "–")}
        self.problems.append(Problem(id, self.file, row, column, params))

    def count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    def stop(self) -> None:
        if self.problems:
            raise InputRefused(self.problems[:50])


def import_accounts(
    path: Path,
    *,
    year: int | None = None,
    unit: int | None = None,
    income: IncomeSign | None = None,
) -> ImportedAccounts:
    """Read an export of the running accounts.

    Understood are: title lines and headings on two lines; function codes with digits or
    names after (``2020 Grunnskole``); types or accounts (``010``, ``10100``), investment
    accounts left out; several amount columns, one per year; amounts in Norwegian or English
    form, in kroner, thousands or millions; income with plus or minus; lines with sums;
    functions written only on the first of their lines.

    Args:
        path: a CSV or XLSX file.
        year: the year of the amounts, where the file does not say.
        unit: what amounts are multiplied by; default as the file says, else 1.
        income: how income stands in the file; default as most of its money stands.

    Returns:
        The accounts with income negative, and the steps.

    Raises:
        InputRefused: with every line that is not understood, or what is ambiguous.
    """
    grid = read_grid(path)
    tally = _Tally(path.name)
    steps = _found(grid)
    amounts = _amount_columns(grid, path.name)
    lines = _lines(grid, amounts, tally)
    factor = _unit(grid, unit, path.name, steps)
    title_year = _title_year(grid, amounts, year, path.name, steps)
    form = _type_form(grid, lines, tally)
    rows = _rows(lines, form, title_year, comma=grid.comma, tally=tally)
    tally.stop()
    if not rows:
        raise InputRefused([Problem("effort_import_nothing", path.name)])
    frame = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    frame = frame.with_columns(ore=(pl.col("amount") * factor * 100).round(0).cast(pl.Int64))
    frame = _turn_income(frame, income, path.name, steps)
    return _summed(frame, steps, tally, with_types=bool(grid.of("type")))


_SCHEMA = {
    "year": pl.Int64(),
    "function": pl.String(),
    "type": pl.String(),
    "responsibility": pl.String(),
    "amount": pl.Float64(),
}


def _found(grid: Grid) -> list[Message]:
    steps = [Message("effort.import.sheet", {"sheet": grid.sheet})] if grid.sheet else []
    steps.append(Message("effort.import.header", {"line": str(grid.header_line)}))
    columns = ", ".join(h.text for h in grid.headings)
    steps.append(Message("effort.import.columns", {"columns": columns}))
    if grid.ignored:
        steps.append(Message("effort.import.ignored_columns", {"columns": ", ".join(grid.ignored)}))
    return steps


def _amount_columns(grid: Grid, file: str) -> tuple[Heading, ...]:
    """The amount column, or one per year."""
    amounts = grid.of("amount")
    years = [h.year for h in amounts]
    if len(amounts) > 1 and (None in years or len(set(years)) < len(years)):
        params = {"columns": ", ".join(h.text for h in amounts)}
        raise InputRefused(
            [Problem("effort_import_two_amounts", file, grid.header_line, params=params)]
        )
    return amounts


def _unit(grid: Grid, unit: int | None, file: str, steps: list[Message]) -> int:
    if unit is not None:
        return unit
    texts = [*grid.titles, *(h.text for h in grid.of("amount"))]
    found: dict[int, str] = {}
    for text in texts:
        for pattern, factor in UNITS:
            match = re.search(pattern, text, re.IGNORECASE)
            if match:
                found.setdefault(factor, match[0].strip())
    if len(found) > 1:
        params = {"units": ", ".join(found.values())}
        raise InputRefused([Problem("effort_import_units_differ", file, params=params)])
    for factor, text in found.items():
        if factor != 1:
            steps.append(Message("effort.import.unit", {"factor": factor, "unit": text}))
        return factor
    return 1


def _title_year(
    grid: Grid, amounts: tuple[Heading, ...], year: int | None, file: str, steps: list[Message]
) -> int | None:
    """The year for amounts whose line and heading do not say; ``None`` if all say."""
    if grid.of("year") or all(h.year for h in amounts):
        return None
    source = "given"
    if year is None:
        undated = [_DATE.sub("", t) for t in grid.titles]
        years = _years_in(undated) or _years_in(grid.titles)
        if not years:
            raise InputRefused([Problem("effort_import_no_year", file)])
        if len(years) > 1:
            params = {"years": ", ".join(map(str, years))}
            raise InputRefused([Problem("effort_import_years_differ", file, params=params)])
        year, source = years[0], "title"
    key = f"effort.import.year.{source}"
    steps.append(Message("effort.import.year", {"year": year, "source_key": key}))
    return year


def _years_in(texts: Sequence[str]) -> list[int]:
    return sorted({int(y) for t in texts for y in re.findall(r"\b(20\d\d)\b", t)})


def _lines(grid: Grid, amounts: tuple[Heading, ...], tally: _Tally) -> list[_Line]:
    """Lines with amounts; sums passed over, functions filled down where a type stands."""
    columns: Mapping[str, Heading | None] = {
        role: next(iter(grid.of(role)), None)
        for role in ("function", "type", "responsibility", "year", "class")
    }
    found: list[_Line] = []
    above: str | None = None
    for row, cells in grid.lines:

        def cell(heading: Heading | None, cells: tuple[Cell, ...] = cells) -> Cell:
            return cells[heading.at] if heading and heading.at < len(cells) else None

        if any(isinstance(c, str) and SUM_LINE.match(c) for c in cells):
            tally.count("sums")
            above = None
            continue
        given, type_cell = cell(columns["function"]), cell(columns["type"])
        function = kostra_function(given) if given is not None else None
        values = tuple((h, cell(h)) for h in amounts if cell(h) is not None)
        if not values:
            above = function or above
            if any(c is not None for c in cells):
                tally.count("empty")
            continue
        if given is None and type_cell is not None and above:
            function = above
            tally.count("filled")
        if function is None:
            tally.fault("effort_import_function", row, _name(columns["function"]), given)
            continue
        above = function
        digits = leading_digits(given) if given is not None else None
        if digits and digits != function:
            tally.functions[digits] = function
        if _is_investment(cell(columns["class"])):
            tally.count("investment")
            continue
        code = leading_digits(type_cell) if type_cell is not None else None
        if columns["type"] and code is None:
            tally.fault("effort_import_type", row, _name(columns["type"]), type_cell)
            continue
        unit = cell(columns["responsibility"])
        name = str(int(unit)) if isinstance(unit, float) and unit.is_integer() else unit
        responsibility = str(name) if name is not None else None
        found.append(_Line(row, function, code, responsibility, values, cell(columns["year"])))
    return found


def _name(heading: Heading | None) -> str | None:
    return heading.text if heading else None


def _is_investment(cell: Cell) -> bool:
    text = str(cell).strip().casefold() if cell is not None else ""
    return text.startswith(("i", "0"))


def _type_form(grid: Grid, lines: list[_Line], tally: _Tally) -> TypeForm:
    codes = [line.code for line in lines if line.code is not None]
    form = type_form(codes)
    if form is None:
        lengths = ", ".join(map(str, sorted({len(c) for c in codes})))
        column = _name(next(iter(grid.of("type")), None))
        tally.problems.append(
            Problem(
                "effort_import_type_length",
                tally.file,
                column=column,
                params={"lengths": lengths},
            )
        )
        tally.stop()
    return form or TypeForm(3, with_class=False)


def _rows(
    lines: list[_Line], form: TypeForm, title_year: int | None, *, comma: bool, tally: _Tally
) -> list[tuple[int, str, str | None, str | None, float]]:
    values = [value for line in lines for _, value in line.amounts]
    numbers = iter(read_numbers(values, comma=comma))
    rows = []
    for line in lines:
        type: str | None = None
        investment = False
        if line.code is not None:
            type, investment = kostra_type(line.code, form)
            if type is None:
                tally.fault("effort_import_type", line.row, None, line.code)
            elif type != line.code:
                tally.types[line.code] = type
        if investment:
            tally.count("investment")
        for heading, value in line.amounts:
            number = next(numbers)
            if number is None:
                tally.fault("effort_import_amount", line.row, heading.text, value)
            at = heading.year or title_year or _year(line, tally)
            if number is not None and at is not None and not investment:
                rows.append((at, line.function, type, line.responsibility, number))
    return rows


def _year(line: _Line, tally: _Tally) -> int | None:
    digits = leading_digits(line.year) if line.year is not None else None
    if digits is None or len(digits) != 4:
        tally.fault("effort_import_year", line.row, None, line.year)
        return None
    return int(digits)


def _turn_income(
    frame: pl.DataFrame, income: IncomeSign | None, file: str, steps: list[Message]
) -> pl.DataFrame:
    """Income made negative, by the sign most of its money has in the file."""
    earning = sorted(t for t in frame["type"].drop_nulls().unique() if t >= "600")
    is_income = pl.col("type").is_in(earning).fill_null(value=False)
    if income is None:
        sums = frame.filter(is_income).select(
            plus=pl.col("ore").filter(pl.col("ore") > 0).sum(),
            minus=-pl.col("ore").filter(pl.col("ore") < 0).sum(),
        )
        plus, minus = (int(v or 0) for v in sums.row(0))
        whole = plus + minus
        if whole and max(plus, minus) < _SURE * whole:
            params = {"positive_nok": plus / 100, "negative_nok": minus / 100}
            raise InputRefused([Problem("effort_import_signs", file, params=params)])
        income = "positive" if plus > minus else "negative"
    if income == "negative":
        return frame
    steps.append(Message("effort.import.signs"))
    turned = pl.when(is_income).then(-pl.col("ore")).otherwise(pl.col("ore"))
    return frame.with_columns(ore=turned)


def _summed(
    frame: pl.DataFrame, steps: list[Message], tally: _Tally, *, with_types: bool
) -> ImportedAccounts:
    keys = ["year", "function", "type", "responsibility"]
    summed = frame.group_by(keys).agg(pl.col("ore").sum()).sort(keys, nulls_last=False)
    summed = summed.filter(pl.col("ore") != 0).select(*keys, amount=pl.col("ore") / 100)
    for name in ("sums", "empty", "filled", "investment"):
        if tally.counts.get(name):
            steps.append(Message(f"effort.import.{name}", {"n": tally.counts[name]}))
    for name, changed in (("functions", tally.functions), ("types", tally.types)):
        if changed:
            steps.append(Message(f"effort.import.{name}", {"examples": _examples(changed)}))
    if not with_types:
        steps.append(Message("effort.import.no_types"))
    if summed.height < frame.height:
        params = {"before": frame.height, "after": summed.height}
        steps.append(Message("effort.import.merged", params))
    totals: dict[int, int] = {}
    for money in function_money(summed):
        if not kostra_functions()[money.function].is_finance:
            totals[money.year] = totals.get(money.year, 0) + money.net
    for year, ore in totals.items():
        steps.append(Message("effort.import.total", {"year": year, "net_nok": ore / 100}))
    return ImportedAccounts(summed, tuple(steps))


def _examples(changed: Mapping[str, str]) -> str:
    shown = [f"{old} → {new}" for old, new in sorted(changed.items())[:_MOST_EXAMPLES]]
    return ", ".join(shown) + (" …" if len(changed) > _MOST_EXAMPLES else "")
