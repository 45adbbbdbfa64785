"""The tidy table of results: columns filled batch by batch, given back in the caller's library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import narwhals as nw
import numpy as np
import polars as pl
from numpy.typing import NDArray

from jevn.indices.columns import SUBGROUP, Columns
from jevn.indices.facts import Facts
from jevn.indices.result import IndexResults
from jevn.indices.settings import Flags

_NUMBERS: Final = ("estimate", "se", "lower", "upper")
_POLARITIES: Final = ("adverse", "favourable")
_WEIGHTS: Final = ("equal", "population")


class Tidy:
    """Results of every setting and index. Filled while batches are computed."""

    def __init__(self, names: Sequence[str], settings: int, level: float) -> None:
        shape = (settings, len(names))
        self.names, self.level = list(names), level
        self.numbers = {name: np.full(shape, np.nan) for name in _NUMBERS}
        self.groups = np.zeros(shape, dtype=np.int32)
        self.weighted = np.zeros(shape, dtype=bool)
        self.methods, self.notes = {"none": 0}, {"": 0}
        self.method, self.note = np.zeros((2, *shape), dtype=np.int16)

    def put(self, at: NDArray[np.int64], column: int, results: IndexResults) -> None:
        """Set the results of an index for some settings."""
        for name, into in self.numbers.items():
            into[at, column] = getattr(results, name)
        self.groups[at, column] = results.groups
        self.weighted[at, column] = results.weighted
        self.method[at, column] = _coded(self.methods, results.methods)[results.method]
        self.note[at, column] = _coded(self.notes, results.notes)[results.note]

    def add_note(self, at: NDArray[np.int64], column: int, name: str, where: Flags) -> None:
        """Note something of settings that have no note yet."""
        if where.any():
            code = _coded(self.notes, [name])[0]
            free = where & (self.note[at, column] == 0)
            self.note[at[free], column] = code

    def set_note(self, at: NDArray[np.int64], column: int, name: str, where: Flags) -> None:
        """Note something of settings, whatever note they have."""
        if where.any():
            self.note[at[where], column] = _coded(self.notes, [name])[0]

    def columns(self, columns: Columns, facts: Facts) -> Results:
        """All columns but the keys, a row per setting and index."""
        count = len(self.names)
        scales = [s.name for s in facts.scales]
        named = list(dict.fromkeys(scales[1:]))
        code = np.array([named.index(s) + 1 if s else 0 for s in scales])[facts.scale]
        polarity = np.array([1, 0, 2], dtype=np.int16)[facts.polarities + 1]
        per_setting = {
            "scale": _texts(code, named),
            "reference": _references(columns, facts),
            "polarity": _texts(polarity, _POLARITIES),
        }
        index = np.tile(np.arange(1, count + 1), len(facts.starts))
        found = {
            "index": _texts(index, self.names),
            **{name: _known(values) for name, values in self.numbers.items()},
            "level": pl.Series(np.full(index.size, self.level)),
            "method": _texts(self.method.ravel() + 1, list(self.methods)),
            "weights": _texts(self.weighted.ravel() + np.int16(1), _WEIGHTS),
        }
        settings = np.repeat(np.arange(len(facts.starts)), count)
        found |= {name: series.gather(settings) for name, series in per_setting.items()}
        found["groups"] = pl.Series(self.groups.ravel()).cast(pl.Int64)
        found["note"] = _texts(self.note.ravel(), list(self.notes)[1:])
        rows = columns.first[settings]
        return Results(pl.DataFrame(found), rows, columns.place.keys.columns)


class Results:
    """The columns of results, and the row of the given table where each one's keys stand."""

    def __init__(self, frame: pl.DataFrame, rows: NDArray[np.int64], keys: Sequence[str]) -> None:
        self.frame, self.rows, self.keys = frame, rows, list(keys)

    def only(self, wanted: Flags) -> Results:
        """Some of the rows."""
        keep = wanted.ravel()
        return Results(self.frame.filter(keep), self.rows[keep], self.keys)


def as_given(table: Any, frame: nw.DataFrame[Any], results: Results, wanted: Flags | None) -> Any:
    """Results in the library of the table that was given, with its own key columns first."""
    if wanted is not None and not wanted.all():
        results = results.only(wanted)
    native = frame.to_native()
    if isinstance(native, pl.DataFrame):
        found = pl.concat(
            [native[results.rows].select(results.keys), results.frame], how="horizontal"
        )
        return found.lazy() if isinstance(table, pl.LazyFrame) else found
    if frame.implementation.is_pyarrow():
        answer = nw.from_native(results.frame.to_arrow(), eager_only=True)
    else:
        columns = {s.name: _array(s) for s in results.frame.get_columns()}
        answer = nw.from_dict(columns, backend=frame.implementation)
    if not results.keys:
        return answer.to_native()
    own = nw.maybe_reset_index(frame.select(results.keys)[results.rows])
    return nw.concat([own, answer], how="horizontal").to_native()


def _array(series: pl.Series) -> Any:
    """A column as NumPy has it; texts as objects, ``None`` where empty."""
    if isinstance(series.dtype, pl.Enum):
        names: list[str | None] = [*series.dtype.categories, None]
        codes = series.to_physical().cast(pl.Int64).fill_null(-1)
        return np.array(names, dtype=np.object_)[codes.to_numpy()]
    if series.dtype == pl.String:
        return np.array(series.to_list(), dtype=np.object_)
    return series.to_numpy()


def _coded(known: dict[str, int], names: Sequence[str]) -> NDArray[np.int16]:
    return np.array([known.setdefault(n, len(known)) for n in names], dtype=np.int16)


def _texts(codes: NDArray[Any], names: Sequence[str]) -> pl.Series:
    """Codes counted from 1 as texts; 0 is empty."""
    return pl.Series([None, *names], dtype=pl.Enum(list(names))).gather(codes)


def _known(values: NDArray[np.float64]) -> pl.Series:
    return pl.Series(values.ravel()).fill_nan(None)


def _references(columns: Columns, facts: Facts) -> pl.Series:
    """Name of the reference group of each setting, or its position; empty without."""
    has = facts.references >= 0
    if not columns.has(SUBGROUP):
        position = pl.Series(facts.references)
        return position.set(position < 0, None)
    rows = pl.Series(np.where(has, facts.starts + facts.references, 0))
    names = columns.frame[SUBGROUP].cast(pl.String).gather(rows)
    return names.set(pl.Series(~has), None)
