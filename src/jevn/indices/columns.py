"""A long table as columns: taken from any library, sorted by setting, checked whole."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw
import numpy as np
import polars as pl
from numpy.typing import NDArray

from jevn.indices.checks import Checks, Place, listed, problem
from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags
from jevn.terms import InputRefused

NUMBERS: Final = (
    "subgroup_order",
    "estimate",
    "se",
    "population",
    "n",
    "numerator",
    "denominator",
)
"""Columns of numbers that are read."""

DECLARATIONS: Final = (
    "indicator_scale",
    "favourable_indicator",
    "ordered_dimension",
    "reference_subgroup",
)
"""Columns that declare what the numbers are."""

KEYS: Final = (
    "setting",
    "indicator",
    "indicator_abbr",
    "indicator_name",
    "dimension",
    "date",
    "year",
    "period",
    "time",
    "place",
    "municipality",
    "country",
    "iso3",
    "source",
)
"""Columns that part settings: if one has several values in a setting, a key is missing."""

SUBGROUP: Final = "subgroup"
LINE: Final = "_row"
MISSING: Final = ("", "NA")
"""Texts that stand for an empty cell."""


@dataclass(frozen=True, eq=False)
class Columns:
    """A long table sorted by setting, in the order in which settings first appear.

    Attributes:
        frame: the columns that are read, a row per group.
        first: row in the given table where each setting begins, shape ``(s,)``.
        starts: row of ``frame`` where each setting begins, shape ``(s,)``.
        lengths: rows of each setting, shape ``(s,)``.
        place: where rows and settings stand, for messages.
    """

    frame: pl.DataFrame
    first: NDArray[np.int64]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    place: Place

    def has(self, name: str) -> bool:
        """Whether the table has this column."""
        return name in self.frame.columns

    def differs(self, name: str) -> Flags:
        """Rows whose cell is another than in the first row of their setting, shape ``(n,)``."""
        cells = self.frame[name]
        heads = cells.gather(np.repeat(self.starts, self.lengths))
        return cells.ne_missing(heads).to_numpy()


def taken(table: Any) -> nw.DataFrame[Any]:
    """Any frame that narwhals reads, in memory.

    Raises:
        TypeError: if it is no such frame.
    """
    frame = nw.from_native(table)
    return frame.collect() if isinstance(frame, nw.LazyFrame) else frame


def columns_of(frame: nw.DataFrame[Any], by: Sequence[str] | None) -> Columns:
    """Find the columns and the settings of a table.

    Args:
        frame: the table.
        by: the columns that part settings; ``None``: the column ``setting`` if there is one,
            else the whole table is one setting.

    Raises:
        InputRefused: if there are no rows or no figures, a column of ``by`` does not exist, or
            rows of several indicators, places or periods stand in one setting.
    """
    keys = _keys(frame, by)
    given = frame.columns
    read: list[str] = [*NUMBERS, *DECLARATIONS, *KEYS, SUBGROUP, LINE]
    names = [n for n in read if n in given]
    names += [k for k in keys if k not in names]
    table = pl.DataFrame([_series(frame[n]) for n in names])
    if keys:
        runs = (
            table.select(keys)
            .with_row_index("row\n")
            .group_by(keys, maintain_order=True)
            .agg(pl.col("row\n"))
        )
        lengths = runs["row\n"].list.len().to_numpy().astype(np.int64)
        order = runs["row\n"].explode().to_numpy().astype(np.int64)
        values = runs.select(keys)
    else:
        lengths, order = np.array([table.height]), np.arange(table.height)
        values = pl.DataFrame()
    starts = np.cumsum(lengths) - lengths
    if not (order[1:] > order[:-1]).all():
        table = table[order]
    lines = table[LINE].to_numpy() if LINE in names else order + 2
    setting = np.repeat(np.arange(len(lengths)), lengths)
    found = Columns(table, order[starts], starts, lengths, Place(values, setting, lines))
    _check_keys(found, keys)
    return found


def _keys(frame: nw.DataFrame[Any], by: Sequence[str] | None) -> list[str]:
    if len(frame) == 0:
        raise InputRefused([problem("empty")])
    given = frame.columns
    usual = ["setting"] if "setting" in given else []
    keys = usual if by is None else list(dict.fromkeys(by))
    faults = []
    for key in keys:
        if key not in given:
            near = difflib.get_close_matches(key, given, n=1, cutoff=0.6) or given[:1]
            faults.append(
                problem("no_column", given=key, near=near[0], known=listed(given, most=20))
            )
    if "estimate" not in given and not {"numerator", "denominator"} <= set(given):
        faults.append(problem("no_figures", seen=listed(given, most=20)))
    if faults:
        raise InputRefused(faults)
    return keys


def _check_keys(columns: Columns, keys: Sequence[str]) -> None:
    """Refuse settings in which several indicators, places or periods are mixed."""
    checks = Checks(columns.place)
    for name in KEYS:
        if name in keys or not columns.has(name):
            continue
        mixed = np.flatnonzero(columns.differs(name))
        if len(mixed):
            setting = int(columns.place.setting[mixed[0]])
            at, length = int(columns.starts[setting]), int(columns.lengths[setting])
            values = columns.frame[name].slice(at, length).unique(maintain_order=True).to_list()
            by = ",".join([*keys, name])
            params = {"setting": columns.place.name(setting), "by": by}
            line = int(columns.place.lines[mixed[0]])
            checks.add("mixed", line, name, {**params, "values": listed(values, most=3)})
    checks.stop()
    if not columns.has(SUBGROUP):
        return
    names = columns.frame[SUBGROUP]
    pairs = columns.place.setting * np.int64(names.len() + 1) + names.rank("dense").fill_null(
        0
    ).to_numpy().astype(np.int64)
    _, first = np.unique(pairs, return_index=True)
    double = np.ones(names.len(), dtype=bool)
    double[first] = False
    checks.rows(double & names.is_not_null().to_numpy(), "double_group", SUBGROUP, names)
    checks.stop()


def numbers(columns: Columns, name: str, checks: Checks, *, negative: bool = False) -> Floats:
    """A column of numbers; not-a-number where a cell is empty or the column is not there.

    Cells that are no number, not finite, or negative where that cannot be, are noted.
    """
    if not columns.has(name):
        return np.full(columns.frame.height, np.nan)
    cells = columns.frame[name]
    if cells.dtype == pl.String or cells.dtype in (pl.Categorical, pl.Enum, pl.Object):
        text = cells.cast(pl.String).str.strip_chars()
        text = text.set(text.is_in(list(MISSING)), None)
        values = text.cast(pl.Float64, strict=False)
        odd = values.is_null() & text.is_not_null()
        checks.rows(odd.to_numpy(), "not_number", name, text)
    else:
        values = cells.cast(pl.Float64)
    infinite = (~values.is_finite()).fill_null(False).to_numpy()
    checks.rows(infinite, "not_finite", name, values)
    found: Floats = values.fill_null(np.nan).to_numpy().copy()
    found[infinite] = np.nan
    if not negative:
        with np.errstate(invalid="ignore"):
            checks.rows(found < 0, "negative", name, values)
    return found


def _series(cells: nw.Series[Any]) -> pl.Series:
    """A column as Polars has it; not-a-number in pandas means empty there."""
    native = cells.to_native()
    if isinstance(native, pl.Series):
        return native
    if not cells.implementation.is_pandas_like():
        return cells.to_polars()
    empty = cells.is_null().to_numpy()
    values = cells.to_numpy()
    if values.dtype.kind in "fiub":
        return pl.Series(cells.name, values, nan_to_null=True)
    plain = [None if gone else v for v, gone in zip(values.tolist(), empty.tolist(), strict=True)]
    return pl.Series(cells.name, plain, strict=False)
