"""What is known of every setting and group of a long table, as arrays ready for the formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jevn.indices.checks import Checks, problem
from jevn.indices.columns import SUBGROUP, Columns, numbers
from jevn.indices.declared import (
    DeclaredScale,
    declared_flag,
    declared_polarity,
    declared_scale,
)
from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags, GroupedSettings, divided
from jevn.terms import InputRefused

CHUNK: Final = 200_000
"""Groups computed at once: bounds the memory that formulas take."""

_FIT: Final = 1e-9
_NO_SCALE: Final = DeclaredScale("", np.nan, np.nan, np.nan)
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Facts:
    """All settings of a table, rows sorted by setting.

    Attributes:
        starts: first row of each setting, shape ``(s,)``.
        lengths: groups of each setting, shape ``(s,)``.
        values: value of each group, shape ``(n,)``; so too errors, populations, orders, samples.
        errors: standard errors.
        populations: persons.
        orders: social positions; not-a-number in settings without order.
        samples: persons behind each value.
        scales: the scales that occur; the first is none.
        scale: position of each setting's scale in ``scales``.
        bounds: least and greatest possible value, shape ``(s, 2)``.
        polarities: 1, -1 or 0, shape ``(s,)``.
        references: row of the reference group within the setting, -1 without, shape ``(s,)``.
        ordered: settings whose groups have a social order, shape ``(s,)``.
    """

    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    values: Floats
    errors: Floats
    populations: Floats
    orders: Floats
    samples: Floats
    scales: tuple[DeclaredScale, ...]
    scale: NDArray[np.int64]
    bounds: Floats
    polarities: NDArray[np.int8]
    references: NDArray[np.int64]
    ordered: Flags

    def batches(self) -> Iterator[tuple[NDArray[np.int64], GroupedSettings]]:
        """Settings of equal numbers of groups together, and which settings they are."""
        units = np.array([s.unit for s in self.scales])[self.scale]
        for groups in np.unique(self.lengths).tolist():
            all_of_size = np.flatnonzero(self.lengths == groups)
            step = max(1, CHUNK // groups)
            for begin in range(0, len(all_of_size), step):
                at = all_of_size[begin : begin + step]
                rows = self.starts[at][:, None] + np.arange(groups)
                yield (
                    at,
                    GroupedSettings(
                        values=self.values[rows],
                        populations=self.populations[rows],
                        errors=self.errors[rows],
                        orders=self.orders[rows],
                        samples=self.samples[rows],
                        units=units[at],
                        floors=self.bounds[at, 0],
                        ceilings=self.bounds[at, 1],
                        polarities=self.polarities[at],
                        references=self.references[at],
                    ),
                )

    def gaps_and_ties(self) -> tuple[Flags, Flags]:
        """Settings whose positions skip a number, and those where groups share one."""
        gaps, ties = np.zeros((2, len(self.lengths)), dtype=bool)
        for at, groups in self.batches():
            orders = np.sort(groups.orders, axis=1)
            steps = np.diff(orders, axis=1)
            ties[at] = (steps == 0).any(axis=1)
            gaps[at] = (steps > 1).any(axis=1) | (orders[:, 0] > 1)
        return gaps & self.ordered, ties & self.ordered


def facts_of(
    columns: Columns,
    *,
    scale: object = None,
    polarity: object = None,
    bounds: tuple[float, float] | None = None,
) -> Facts:
    """Read and check all that a table says.

    Args:
        columns: the table.
        scale: scale of all settings; ``None``: the column ``indicator_scale``, else unknown.
        polarity: polarity of all; ``None``: the column ``favourable_indicator``, else unknown.
        bounds: least and greatest possible value of all; ``None``: those of the scale.

    Raises:
        InputRefused: with every fault of the table, or if ``scale`` or ``polarity`` is not known.
        ValueError: if ``bounds`` are not in order.
    """
    checks = Checks(columns.place)
    scales, code = _scales(columns, scale, checks)
    polarities = _polarities(columns, polarity, checks)
    orders, ordered = _orders(columns, checks)
    limits = np.array([[s.floor, s.ceiling] for s in scales])[code]
    if bounds is not None:
        if not bounds[0] < bounds[1]:
            raise ValueError(f"bounds must be least and greatest, not {bounds}")
        limits = np.broadcast_to(np.array(bounds, dtype=float), limits.shape)
    units = np.array([s.unit for s in scales])[code][columns.place.setting]
    read = {n: numbers(columns, n, checks) for n in ("population", "n", "numerator", "denominator")}
    values = numbers(columns, "estimate", checks, negative=True)
    errors = numbers(columns, "se", checks)
    if not columns.has("estimate"):
        counts, persons = read["numerator"], read["denominator"]
        _check_counts(columns, counts, persons, units, checks)
        values, errors = _from_counts(counts, persons, units, errors)
        if not columns.has("population"):
            read["population"] = persons
        if not columns.has("n"):
            read["n"] = persons
    _check_bounds(columns, values, limits, checks)
    references = _references(columns, checks)
    checks.stop()
    return Facts(
        columns.starts,
        columns.lengths,
        values,
        errors,
        read["population"],
        orders,
        read["n"],
        scales,
        code,
        limits,
        polarities,
        references,
        ordered,
    )


def _scales(
    columns: Columns, given: object, checks: Checks
) -> tuple[tuple[DeclaredScale, ...], NDArray[np.int64]]:
    """The scales that occur, the first none, and that of each setting."""
    if given is not None:
        found = declared_scale(given)
        if found is None:
            raise InputRefused([problem("unknown_scale", setting="*", given=str(given))])
        return (_NO_SCALE, found), np.ones(len(columns.starts), dtype=np.int64)
    named, code = _declared(columns, "indicator_scale", declared_scale, checks, "unknown_scale")
    return (_NO_SCALE, *named), code + 1


def _polarities(columns: Columns, given: object, checks: Checks) -> NDArray[np.int8]:
    if given is not None:
        found = declared_polarity(given)
        if found is None:
            raise InputRefused([problem("unknown_polarity", given=str(given))])
        return np.full(len(columns.starts), found, dtype=np.int8)
    named, code = _declared(
        columns, "favourable_indicator", declared_polarity, checks, "unknown_flag"
    )
    return np.array([*named, 0], dtype=np.int8)[code]


def _declared(
    columns: Columns,
    name: str,
    understood: Callable[[Any], T | None],
    checks: Checks,
    fault: str,
) -> tuple[list[T], NDArray[np.int64]]:
    """What a column says of each setting: the different things said, and which; -1 nothing."""
    if not columns.has(name):
        return [], np.full(len(columns.starts), -1, dtype=np.int64)
    cells = _plain(columns.frame[name])
    words = cells.unique(maintain_order=True).drop_nulls().to_list()
    meant = {word: understood(word) for word in words}
    odd = [word for word, meaning in meant.items() if meaning is None]
    if odd:
        checks.rows(cells.is_in(odd).fill_null(False).to_numpy(), fault, name, cells)
        return [], np.full(len(columns.starts), -1, dtype=np.int64)
    checks.rows(columns.differs(name), "several", name, cells)
    heads = cells.gather(columns.starts)
    places = {word: at for at, word in enumerate(words)}
    code = heads.replace_strict(places, default=-1, return_dtype=pl.Int64)
    return [m for m in meant.values() if m is not None], code.to_numpy()


def _plain(cells: pl.Series) -> pl.Series:
    """Declarations with empty texts and not-a-number as empty."""
    if cells.dtype.is_float():
        return cells.fill_nan(None)
    if cells.dtype.is_numeric() or cells.dtype == pl.Boolean:
        return cells
    text = cells.cast(pl.String).str.strip_chars()
    return text.set(text.is_in(["", "NA"]), None)


def _orders(columns: Columns, checks: Checks) -> tuple[Floats, Flags]:
    """Positions of groups, and the settings that have them."""
    orders = numbers(columns, "subgroup_order", checks)
    setting = columns.place.setting
    has = ~np.isnan(orders)
    some = np.zeros(len(columns.starts), dtype=bool)
    some[setting[has]] = True
    named, code = _declared(columns, "ordered_dimension", declared_flag, checks, "unknown_flag")
    said = np.array([*named, -1])[code]
    ordered = (said == 1) | ((said == -1) & some)
    checks.rows(ordered[setting] & ~has, "order_missing", "subgroup_order")
    return np.where(ordered[setting], orders, np.nan), ordered


def _references(columns: Columns, checks: Checks) -> NDArray[np.int64]:
    """Row of the reference group within each setting; -1 without."""
    found = np.full(len(columns.starts), -1, dtype=np.int64)
    name = "reference_subgroup"
    if not columns.has(name):
        return found
    cells = _plain(columns.frame[name])
    words = cells.unique().drop_nulls().to_list()
    meant = {word: declared_flag(word) for word in words}
    odd = [word for word, meaning in meant.items() if meaning is None]
    if odd:
        checks.rows(cells.is_in(odd).fill_null(False).to_numpy(), "unknown_flag", name, cells)
        return found
    chosen = [word for word, meaning in meant.items() if meaning == 1]
    at = np.flatnonzero(cells.is_in(chosen).fill_null(False).to_numpy())
    setting = columns.place.setting[at]
    again = np.zeros(columns.frame.height, dtype=bool)
    again[at[1:][setting[1:] == setting[:-1]]] = True
    groups = columns.frame[SUBGROUP] if columns.has(SUBGROUP) else cells
    checks.rows(again, "two_references", name, groups)
    found[setting] = at - columns.starts[setting]
    return found


def _check_counts(
    columns: Columns, counts: Floats, persons: Floats, units: Floats, checks: Checks
) -> None:
    """Counts need a scale to become values; a part is never more than the whole."""
    bare = np.isnan(units)
    bare[1:] &= columns.place.setting[1:] != columns.place.setting[:-1]
    checks.rows(bare, "counts_need_scale", "numerator")
    parts = units <= 100
    checks.rows(parts & (counts > persons), "more_than_all", "numerator", counts)
    checks.rows((persons == 0) & (counts > 0), "nobody", "denominator", counts)


def _from_counts(
    counts: Floats, persons: Floats, units: Floats, errors: Floats
) -> tuple[Floats, Floats]:
    """Values and standard errors: binomial for proportions and per cent, Poisson for rates."""
    share = divided(counts, persons)
    with np.errstate(invalid="ignore"):
        binomial = np.sqrt(share * (1 - share) / np.where(persons > 0, persons, np.nan))
    poisson = divided(np.sqrt(counts), persons)
    computed = units * np.where(units <= 100, binomial, poisson)
    return units * share, np.where(np.isnan(errors), computed, errors)


def _check_bounds(columns: Columns, values: Floats, limits: Floats, checks: Checks) -> None:
    low, high = limits[columns.place.setting].T
    with np.errstate(invalid="ignore"):
        slack = _FIT * (np.nan_to_num(high, nan=1.0) - np.nan_to_num(low, nan=0.0))
        outside = (values < low - slack) | (values > high + slack)
    for row in np.flatnonzero(outside)[:1]:
        ends = ["" if np.isnan(end) else f"{end:g}" for end in (low[row], high[row])]
        checks.rows(outside, "outside", "estimate", values, low=ends[0], high=ends[1])
