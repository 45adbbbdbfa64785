"""Cells of a KOSTRA table: fetched as a cube, or saved as a file by the table's own pages."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from jevn.effort.grid import HEADER_WITHIN, Cell, cell_text, heading_texts, readings
from jevn.sources.dataset import Dataset
from jevn.tables.numerals import evidence, parse, tidy
from jevn.tables.schema import NULL_SIGNS
from jevn.terms import InputRefused, Problem

_ROLES: Mapping[str, str] = {
    "kokkommuneregion0000": "region", "region": "region", "kommune": "region",
    "kokregnskapsomfa0000": "scope", "regnskapsomfang": "scope", "accounting scope": "scope",
    "kokfunksjon0000": "function", "funksjon": "function", "function": "function",
    "kokart0000": "type", "art": "type", "type": "type",
    "contentscode": "content", "statistikkvariabel": "content", "contents": "content",
    "tid": "year", "år": "year", "year": "year", "time": "year",
    "value": "value", "verdi": "value",
}  # fmt: skip

NEEDED = ("region", "function", "type", "year")
COLUMNS = ("region", "scope", "function", "type", "year", "content", "unit", "value")
_YEAR = re.compile(r"\b(20\d\d)\b")


@dataclass(frozen=True)
class KostraCells:
    """A KOSTRA table as rows.

    Attributes:
        frame: ``region scope function type year content unit value``, and the names of the
            codes as ``region_name function_name type_name``; texts, but for ``value``.
        title: title of the table.
        table: its number, if known.
        updated: when it was published (ISO date), if known.
    """

    frame: pl.DataFrame
    title: str
    table: str | None
    updated: str | None


def cells_of(data: Dataset) -> KostraCells:
    """Rows of a fetched table.

    Raises:
        InputRefused: ``effort_kostra_dimensions``: it does not say region, function, type
            and year.
    """
    by_role = {
        role: d
        for d in data.dimensions
        if (role := _ROLES.get(d.code.casefold()) or _ROLES.get(d.label.casefold()))
    }
    _need(by_role, data.label)
    rows = data.table
    columns: dict[str, pl.Series] = {"value": rows["value"].cast(pl.Float64)}
    for role, dimension in by_role.items():
        codes = rows[dimension.code].cast(pl.String)
        columns[role] = codes
        names = {c.code: c.label for c in dimension.categories}
        columns[f"{role}_name"] = codes.replace_strict(names)
    units = (
        {c.code: c.unit or c.label for c in by_role["content"].categories}
        if ("content" in by_role)
        else {}
    )
    if units:
        columns["content_name"] = columns["content_name"]
        columns["unit"] = columns["content"].replace_strict(units)
    number = re.search(r"\b(\d{5})\b", data.label)
    return KostraCells(
        _complete(pl.DataFrame(columns)),
        data.label,
        number[1] if number else None,
        data.updated[:10] if data.updated else None,
    )


def read_kostra(path: Path) -> KostraCells:
    """Rows of a saved table: JSON-stat, CSV or Excel with the years along or down, or Parquet.

    A file of ``jevn sources fetch`` is read with what that wrote beside it.

    Raises:
        InputRefused: the file is no such table, or a cell is no number.
    """
    if path.suffix.casefold() == ".json":
        from jevn.sources.jsonstat import read_jsonstat

        try:
            body = path.read_bytes()
        except OSError as error:
            params = {"why": error.strerror or "–"}
            raise InputRefused(
                [Problem("effort_import_unreadable", path.name, params=params)]
            ) from None
        return cells_of(read_jsonstat(body, name=path.name))
    beside = _beside(path)
    for comma, lines in _grids(path):
        for at in range(min(len(lines), HEADER_WITHIN)):
            texts = heading_texts(lines, at, 1)
            roles = {_ROLES.get(t.casefold()): i for i, t in enumerate(texts)}
            if {"region", "function", "type"} <= set(roles):
                found = _from_lines(path.name, lines, at, texts, comma=comma)
                return _with_words(found, beside) if beside else found
    raise InputRefused([Problem("effort_kostra_dimensions", path.name, params=_lacking(()))])


def _grids(path: Path) -> list[tuple[bool, list[tuple[Cell, ...]]]]:
    """The file as lines of cells, in every way it can be read."""
    if path.suffix.casefold() != ".parquet":
        return [(comma, lines) for _, comma, lines in readings(path)]
    try:
        frame = pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        params = {"why": str(error)[:200] or "–"}
        raise InputRefused(
            [Problem("effort_import_unreadable", path.name, params=params)]
        ) from None
    rows = [tuple(_cell(v) for v in row) for row in frame.iter_rows()]
    return [(False, [tuple(frame.columns), *rows])]


def _cell(value: object) -> Cell:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return None if value is None else str(value)


def _beside(path: Path) -> dict[str, Any]:
    """What ``jevn sources fetch`` wrote beside the file; empty if there is nothing."""
    try:
        found = json.loads(path.with_name(f"{path.name}.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _with_words(cells: KostraCells, beside: Mapping[str, Any]) -> KostraCells:
    """The table with its title, date of publication and names of codes."""
    frame = cells.frame
    for dimension in beside.get("dimensions") or ():
        role = _ROLES.get(str(dimension.get("code", "")).casefold())
        if role in ("region", "function", "type", "content"):
            names = {c["code"]: c.get("label") or c["code"] for c in dimension["categories"]}
            frame = frame.with_columns(pl.col(role).replace(names).alias(f"{role}_name"))
    title = str(beside.get("label") or cells.title)
    number = re.search(r"\b(\d{5})\b", title)
    updated = str(beside.get("updated") or "")[:10]
    return KostraCells(frame, title, number[1] if number else cells.table, updated or cells.updated)


def _from_lines(
    file: str, lines: Sequence[tuple[Cell, ...]], at: int, texts: Sequence[str], *, comma: bool
) -> KostraCells:
    roles: dict[str, int] = {}
    for i, text in enumerate(texts):
        role = _ROLES.get(text.casefold())
        if role:
            roles.setdefault(role, i)
    amounts = {
        i: (found[1], _YEAR.sub("", text).strip(" ,"))
        for i, text in enumerate(texts)
        if i not in roles.values() and (found := _YEAR.search(text))
    }
    if "value" in roles:
        amounts = {roles["value"]: ("", "")}
    _need({**roles, **({"year": -1} if amounts and "value" not in roles else {})}, file)
    if not amounts:
        raise InputRefused([Problem("effort_kostra_dimensions", file, params=_lacking(roles))])
    rows: list[dict[str, str | None]] = []
    values: list[tuple[int, str, Cell]] = []
    for number, cells in enumerate(lines[at + 1 :], at + 2):
        given = {r: cell_text(cells[i]) if i < len(cells) else "" for r, i in roles.items()}
        if not given["region"] or not given["function"]:
            continue
        for i, (year, content) in amounts.items():
            rows.append(
                {
                    **{r: given.get(r) or None for r in ("scope", "region", "function", "type")},
                    "year": year or given["year"],
                    "content": content or given.get("content") or "",
                    "unit": content or given.get("content") or "",
                }
            )
            values.append((number, texts[i], cells[i] if i < len(cells) else None))
    frame = pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String) if rows else None)
    if not rows:
        raise InputRefused([Problem("effort_import_nothing", file)])
    frame = frame.with_columns(
        pl.Series("value", _numbers(values, file, comma=comma), dtype=pl.Float64),
        *(pl.col(c).alias(f"{c}_name") for c in ("region", "function", "type", "content")),
    )
    title = next((c for line in lines[:at] for c in line if isinstance(c, str)), "")
    table = re.search(r"\b(\d{5})\b", title)
    updated = next(
        (
            f"{m[1]}-{m[2]}-{m[3]}" if m[1] else f"{m[6]}-{m[5]}-{m[4]}"
            for line in lines
            for c in line[:2]
            if isinstance(c, str) and (m := _UPDATED.search(c))
        ),
        None,
    )
    return KostraCells(_complete(frame), title, table[1] if table else None, updated)


_UPDATED = re.compile(
    r"(?:oppdatert|endret|updated)\D{0,20}(?:(20\d\d)-?(\d\d)-?(\d\d)|(\d\d)\.(\d\d)\.(20\d\d))",
    re.IGNORECASE,
)


def _numbers(
    values: Sequence[tuple[int, str, Cell]], file: str, *, comma: bool
) -> list[float | None]:
    texts = [v if isinstance(v, str) and v not in NULL_SIGNS else None for *_, v in values]
    cells = tidy(pl.Series(texts, dtype=pl.String))
    parsed = parse(cells, evidence(cells.drop_nulls()), "comma" if comma else "point").to_list()
    problems = [
        Problem("effort_import_amount", file, row, column, {"given": text})
        for (row, column, _), text, number in zip(values, texts, parsed, strict=True)
        if text is not None and number is None
    ]
    if problems:
        raise InputRefused(problems[:50])
    return [v if isinstance(v, float) else n for (*_, v), n in zip(values, parsed, strict=True)]


def _complete(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with every column; texts of the code alone where a name stands behind it."""
    lacking = [c for c in COLUMNS if c not in frame.columns]
    named = [f"{c}_name" for c in ("region", "function", "type", "content")]
    lacking += [c for c in named if c not in frame.columns]
    return frame.with_columns(pl.lit(None, dtype=pl.String).alias(c) for c in lacking)


def _need(roles: Mapping[str, object], file: str) -> None:
    if not set(NEEDED) <= set(roles):
        raise InputRefused([Problem("effort_kostra_dimensions", file, params=_lacking(roles))])


def _lacking(roles: Sequence[str] | Mapping[str, object]) -> dict[str, str]:
    return {"lacking": ", ".join(r for r in NEEDED if r not in roles)}
