"""From raw cells to a checked frame: every cell of every column, all faults told at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import polars as pl

from jevn.tables.faults import MOST_PROBLEMS, Faults, shorten
from jevn.tables.numerals import Evidence, ambiguous, evidence, parse, parse_plain, tidy
from jevn.tables.raw import RawTable, match_columns
from jevn.tables.schema import NULL_SIGNS, Column, TableSchema
from jevn.terms.language import Param

ID: Final = r"^[\p{L}\p{N}_\-./]+$"
_ISO: Final = r"^\d{4}-\d{2}-\d{2}(?:[T ]00:00(?::00)?(?:\.0+)?)?$"
_NORWEGIAN: Final = r"^\d{1,2}\.\d{1,2}\.\d{4}$"
_SIGNS: Final = tuple(NULL_SIGNS)
_FLAG: Final = "flag"
FIRST_YEAR, LAST_YEAR = 1700, 2300
_WHOLE: Final = float(2**53)


def check_table(raw: RawTable, schema: TableSchema, file: str) -> pl.DataFrame:
    """The frame of a raw table: the schema's columns with their types, and ``_row``.

    Raises:
        InputRefused: with every fault of headings, cells, ranges and keys.
    """
    faults = Faults(file)
    where = match_columns(raw, schema, faults)
    cells = {c.name: _cells(raw, where, c) for c in schema.columns}
    keep = _not_empty(raw, [cells[n] for n in where])
    rows = raw.rows
    if keep is not None:
        rows = rows.filter(keep)
        cells = {name: series.filter(keep) for name, series in cells.items()}
    columns, signs = _convert(cells, rows, raw, schema, where, faults)
    frame = pl.DataFrame([*columns, rows.cast(pl.Int64).alias("_row")])
    if signs is not None and _FLAG in schema.names:
        frame = frame.with_columns(pl.coalesce(_FLAG, signs).alias(_FLAG))
    _check_key(frame, schema, faults)
    faults.stop()
    return frame


def _cells(raw: RawTable, where: Mapping[str, int], column: Column) -> pl.Series:
    if column.name not in where:
        return pl.Series(column.name, [None] * raw.rows.len(), dtype=pl.String)
    series = raw.cells[str(where[column.name])].alias(column.name)
    if series.dtype == pl.Null:
        return series.cast(pl.String)
    if series.dtype == pl.String:
        series = series.str.strip_chars()
        return series.set(series == "", None)
    return series


def _not_empty(raw: RawTable, cells: list[pl.Series]) -> pl.Series | None:
    """Rows with any content; ``None`` if all have (rows of separators only are passed over)."""
    if not cells or raw.rows.is_empty():
        return None
    keep = pl.select(pl.any_horizontal([~s.is_null() for s in cells])).to_series()
    return None if keep.all() else keep


class _Told:
    """Tells faults of cells, but not more than can be read."""

    def __init__(self, faults: Faults, rows: pl.Series) -> None:
        self.faults, self.rows = faults, rows

    def cells(
        self, bad: pl.Series, id: str, cells: pl.Series, column: Column, **params: Param
    ) -> None:
        """Note a fault for each row where ``bad`` is true."""
        bad = bad.fill_null(False)
        if not bad.any():
            return
        at = bad.arg_true()
        for i in at.head(MOST_PROBLEMS):
            given = "" if cells[i] is None else shorten(str(cells[i]).removesuffix(".0"))
            self.faults.add(id, self.rows[i], column.name, {"given": given, **params})
        self.faults.count(max(0, at.len() - MOST_PROBLEMS))


def _convert(
    cells: dict[str, pl.Series],
    rows: pl.Series,
    raw: RawTable,
    schema: TableSchema,
    where: Mapping[str, int],
    faults: Faults,
) -> tuple[list[pl.Series], pl.Series | None]:
    told = _Told(faults, rows)
    signs: list[pl.Series] = []
    for column in schema.columns:
        series = cells[column.name]
        if column.signs and series.dtype == pl.String:
            is_sign = series.is_in(_SIGNS)
            if is_sign.any():
                signs.append(series.set(~is_sign, None))
                cells[column.name] = series.set(is_sign, None)
    numbers = {
        c.name: cells[c.name]
        for c in schema.columns
        if c.is_number and cells[c.name].dtype == pl.String
    }
    plain = parse_plain(numbers, raw.decimal)
    texts = {} if plain is not None else {name: tidy(text) for name, text in numbers.items()}
    cells |= plain or {}
    shown = Evidence()
    for text in texts.values():
        shown |= evidence(text)
    converted = []
    for column in schema.columns:
        series = cells[column.name]
        if column.is_number:
            done = _number(column, series, texts.get(column.name), shown, raw, told)
        else:
            done = _text(column, series, told)
        if column.required and column.name in where:
            told.cells(series.is_null(), "empty_cell", series, column)
        converted.append(done.cast(column.dtype).alias(column.name))
    return converted, _flag(signs)


def _flag(signs: list[pl.Series]) -> pl.Series | None:
    """The strongest flag that the signs of a row mean."""
    if not signs:
        return None
    frame = pl.DataFrame([s.alias(str(i)) for i, s in enumerate(signs)])
    strength = {sign: rank for rank, sign in enumerate(_SIGNS)}
    rank = pl.min_horizontal(pl.all().replace_strict(strength, return_dtype=pl.Int64))
    flags = dict(enumerate(NULL_SIGNS.values()))
    return frame.select(rank.replace_strict(flags, return_dtype=pl.String)).to_series()


def _number(
    column: Column,
    cells: pl.Series,
    text: pl.Series | None,
    shown: Evidence,
    raw: RawTable,
    told: _Told,
) -> pl.Series:
    if text is not None:
        values = parse(text, shown, raw.decimal)
        lost = values.is_null() & text.is_not_null()
        either = lost & ambiguous(text)
        told.cells(either, "ambiguous_number", cells, column)
        told.cells(lost & ~either, "not_number", cells, column)
    elif cells.dtype.is_numeric() and cells.dtype != pl.Decimal:
        values = cells.cast(pl.Float64).fill_nan(None)
        told.cells(values.is_infinite(), "not_number", cells, column)
    else:
        told.cells(cells.is_not_null(), "not_number", cells, column)
        return pl.Series(column.name, [None] * cells.len(), dtype=column.dtype)
    if column.is_whole:
        part = (values != values.round()) | (values.abs() > _WHOLE)
        told.cells(part, "not_whole", cells, column)
        values = values.set(part.fill_null(False), None)
    if column.kind == "year":
        odd = ~values.is_between(FIRST_YEAR, LAST_YEAR)
        told.cells(odd, "not_year", cells, column, first=FIRST_YEAR, last=LAST_YEAR)
        values = values.set(odd.fill_null(False), None)
    least, most = column.limits
    if least is not None:
        told.cells(values < least, "too_small", cells, column, limit=_plain(least))
    if most is not None:
        told.cells(values > most, "too_large", cells, column, limit=_plain(most))
    return values


def _plain(number: float) -> str:
    return f"{number:g}"


def _text(column: Column, cells: pl.Series, told: _Told) -> pl.Series:
    if column.kind == "date":
        return _date(column, cells, told)
    if column.kind == "list" and isinstance(cells.dtype, pl.List):
        joined = cells.cast(pl.List(pl.String), strict=False).list.join(";", ignore_nulls=True)
        cells = joined.set(joined == "", None)
    elif isinstance(cells.dtype, pl.List | pl.Struct | pl.Array | pl.Binary | pl.Object):
        told.cells(cells.is_not_null(), "not_text", pl.Series([None] * cells.len()), column)
        return pl.Series(column.name, [None] * cells.len(), dtype=column.dtype)
    elif cells.dtype != pl.String:
        if cells.dtype.is_float():
            whole = pl.select(
                pl.when(cells == cells.round())
                .then(cells.cast(pl.Int64, strict=False).cast(pl.String))
                .otherwise(cells.cast(pl.String))
            )
            cells = whole.to_series()
        cells = cells.cast(pl.String).str.strip_chars()
        cells = cells.set(cells == "", None)
    if column.kind == "id":
        every = cells.unique()
        wrong = every.filter(~every.str.contains(ID))
        if wrong.len():
            told.cells(cells.is_in(wrong.to_list()), "not_id", cells, column)
    elif column.kind == "choice":
        return _choice(column, cells, told)
    elif column.kind == "list":
        return _list(cells)
    return cells


def _choice(column: Column, cells: pl.Series, told: _Told) -> pl.Series:
    allowed = {c.casefold(): c for c in column.choices}
    given = {v: allowed.get(v.casefold()) for v in cells.unique().drop_nulls().to_list()}
    if not given:
        return cells
    chosen = cells.replace_strict(given, return_dtype=pl.String)
    wrong = chosen.is_null() & cells.is_not_null()
    told.cells(wrong, "not_choice", cells, column, choices=", ".join(column.choices))
    return chosen


def _list(cells: pl.Series) -> pl.Series:
    items = cells.str.split(";").list.eval(pl.element().str.strip_chars())
    items = items.list.eval(pl.element().filter(pl.element() != ""))
    return items.set(items.list.len() == 0, None) if items.len() else items


def _date(column: Column, cells: pl.Series, told: _Told) -> pl.Series:
    if cells.dtype == pl.Date:
        return cells
    if isinstance(cells.dtype, pl.Datetime):
        return cells.dt.date()
    if cells.dtype != pl.String:
        told.cells(cells.is_not_null(), "not_date", cells, column)
        return pl.Series(column.name, [None] * cells.len(), dtype=pl.Date)
    frame = pl.DataFrame({"t": cells})
    t = pl.col("t")
    dates = frame.select(
        pl.when(t.str.contains(_ISO))
        .then(t.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False))
        .when(t.str.contains(_NORWEGIAN))
        .then(t.str.to_date("%d.%m.%Y", strict=False))
    ).to_series()
    told.cells(dates.is_null() & cells.is_not_null(), "not_date", cells, column)
    return dates


def _check_key(frame: pl.DataFrame, schema: TableSchema, faults: Faults) -> None:
    if not schema.key or frame.is_empty():
        return
    key = list(schema.key)
    twice = frame.select(*key, "_row").filter(pl.struct(key).is_duplicated())
    if twice.is_empty():
        return
    first = twice.with_columns(first=pl.col("_row").min().over(key))
    again = first.filter(pl.col("_row") != pl.col("first")).sort("_row")
    for row in again.head(MOST_PROBLEMS).iter_rows(named=True):
        shown = ", ".join(str(row[k]) for k in key if row[k] is not None)
        params: dict[str, Param] = {"key": shorten(shown), "first": str(row["first"])}
        faults.add("double_key", row["_row"], ", ".join(key), params)
    faults.count(max(0, again.height - MOST_PROBLEMS))
