"""Numbers as people and programs write them: decimal sign, thousands separators, signs.

Accepted: ``1234``, ``-12.5``, ``−12,5``, ``1 234 567,8`` (space, no-break or thin space in
groups of three), ``1.234.567,8``, ``1,234,567.8``, ``1e-3``. A number with one sign
followed by exactly three figures, ``1.234`` or ``1,234``, can be read in two ways. It is
read by what the rest of the file shows: an unambiguous decimal comma anywhere (``0,5``) makes
the point a thousands separator, and the other way round. Where nothing shows, the form of the
file says which sign its decimals have (:class:`jevn.tables.raw.RawTable`), but never that the
other sign parts thousands: that number is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from jevn.tables.raw import Decimal

_SPACES: Final = "[ \u00a0\u2007\u2009\u202f]"
_SPACED: Final = rf"^[+-]?\d{{1,3}}(?:{_SPACES}\d{{3}})+(?:[.,]\d+)?$"
_PLAIN: Final = r"^[+-]?\d+$"
_POINT: Final = r"^[+-]?(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?$|^[+-]?\d+[eE][+-]?\d+$"
_COMMA: Final = r"^[+-]?(?:\d+,\d*|,\d+)(?:[eE][+-]?\d+)?$"
_EITHER_POINT: Final = r"^[+-]?[1-9]\d{0,2}\.\d{3}$"
_EITHER_COMMA: Final = r"^[+-]?[1-9]\d{0,2},\d{3}$"
_MANY_POINTS: Final = r"^[+-]?[1-9]\d{0,2}(?:\.\d{3}){2,}(?:,\d+)?$|^[+-]?[1-9]\d{0,2}\.\d{3},\d+$"
_MANY_COMMAS: Final = r"^[+-]?[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?$|^[+-]?[1-9]\d{0,2},\d{3}\.\d+$"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the numbers of a column or file show of the decimal sign."""

    comma: bool = False
    point: bool = False

    def __or__(self, other: Evidence) -> Evidence:
        """Both together."""
        return Evidence(self.comma or other.comma, self.point or other.point)

    @property
    def decimal(self) -> Decimal:
        """The decimal sign that the numbers show, if they show one."""
        if self.comma == self.point:
            return "unknown"
        return "comma" if self.comma else "point"


def tidy(cells: pl.Series) -> pl.Series:
    """Cells without surrounding space, with one kind of minus sign and no grouping spaces."""
    text = cells.str.strip_chars().str.replace_all("−", "-", literal=True)
    frame = pl.DataFrame({"t": text})
    return frame.select(
        pl.when(pl.col("t").str.contains(_SPACED))
        .then(pl.col("t").str.replace_all(_SPACES, ""))
        .otherwise(pl.col("t"))
    ).to_series()


def evidence(cells: pl.Series) -> Evidence:
    """What the tidied cells show of the decimal sign."""
    comma = (
        (cells.str.contains(_COMMA) & ~cells.str.contains(_EITHER_COMMA))
        | cells.str.contains(_MANY_POINTS)
    ).any()
    point = (
        (cells.str.contains(_POINT) & ~cells.str.contains(_EITHER_POINT))
        | cells.str.contains(_MANY_COMMAS)
    ).any()
    return Evidence(bool(comma), bool(point))


def ambiguous(cells: pl.Series) -> pl.Series:
    """Which tidied cells can be read in two ways."""
    return (cells.str.contains(_EITHER_POINT) | cells.str.contains(_EITHER_COMMA)).fill_null(False)


def parse(cells: pl.Series, shown: Evidence, form: Decimal) -> pl.Series:
    """Tidied cells as numbers; null where a cell is no number or stays ambiguous.

    Args:
        cells: tidied texts.
        shown: what the numbers of the file show of the decimal sign.
        form: what the form of the file says of it.
    """
    decimal = shown.decimal
    silent = not shown.comma and not shown.point
    t = pl.col("t")
    as_point = t.str.replace_all(",", "", literal=True)
    as_comma = t.str.replace_all(".", "", literal=True).str.replace(",", ".", literal=True)
    none = pl.lit(None, dtype=pl.String)
    either_point = {"point": t, "comma": as_comma, "unknown": none}[decimal]
    either_comma = {"point": as_point, "comma": as_comma, "unknown": none}[decimal]
    if silent:
        either_point = t if form == "point" else none
        either_comma = as_comma if form == "comma" else none
    plain = (
        pl.when(t.str.contains(_PLAIN))
        .then(t)
        .when(t.str.contains(_EITHER_POINT))
        .then(either_point)
        .when(t.str.contains(_EITHER_COMMA))
        .then(either_comma)
        .when(t.str.contains(_POINT))
        .then(t)
        .when(t.str.contains(_COMMA))
        .then(t.str.replace(",", ".", literal=True))
        .when(t.str.contains(_MANY_POINTS))
        .then(as_comma)
        .when(t.str.contains(_MANY_COMMAS))
        .then(as_point)
    )
    number = plain.cast(pl.Float64, strict=False)
    finite = pl.when(number.is_finite()).then(number)
    return pl.DataFrame({"t": cells}, schema={"t": pl.String}).select(finite).to_series()


def parse_plain(columns: dict[str, pl.Series], form: Decimal) -> dict[str, pl.Series] | None:
    """The numbers of all columns, if none of them needs a closer look; quick for large files.

    That is so when every cell is a number as programs write it, and the point can only be the
    decimal sign: the form of the file says so, or there is none.
    """
    found = {}
    for name, cells in columns.items():
        values = cells.cast(pl.Float64, strict=False)
        plain = values.null_count() == cells.null_count() and bool(values.is_finite().all())
        if not plain or (form != "point" and cells.str.contains(".", literal=True).any()):
            return None
        found[name] = values
    return found
