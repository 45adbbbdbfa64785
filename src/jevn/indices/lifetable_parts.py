"""Which ages, of which causes, make the gap between two life expectancies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from jevn.indices.lifetable import LifeTable
from jevn.indices.noted import Notes, counted, noted, refuse
from jevn.indices.result import critical
from jevn.indices.ridits import Floats
from jevn.indices.survival import Columns, Mortality, upward, years_left

Causes = tuple[Floats, Floats]
_CELLS = 2_000_000
"""Numbers drawn at a time: keeps the draws of many areas within some hundred megabytes."""


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """Years of the gap with limits, which are not-a-number without draws."""

    estimate: Floats
    lower: Floats
    upper: Floats


@dataclass(frozen=True, eq=False, slots=True)
class GapParts:
    """A gap in life expectancy at the first age, in years, split; each split sums to the gap.

    Attributes:
        age_starts: first age of each band, shape ``(ages,)``.
        gap: years that ``one`` has more, shape ``(…)``.
        by_age: shape ``(…, ages)``.
        by_cause: shape ``(…, causes)``; ``None`` without causes.
        by_age_and_cause: shape ``(…, ages, causes)``; ``None`` without causes.
        level: level of the limits.
        draws: draws behind the limits.
        notes: what to beware of, and in which areas.
    """

    age_starts: Floats
    gap: Part
    by_age: Part
    by_cause: Part | None
    by_age_and_cause: Part | None
    level: float
    draws: int
    notes: Notes


def split_of_gap(
    one: LifeTable,
    other: LifeTable,
    *,
    causes: tuple[ArrayLike, ArrayLike] | None = None,
    symmetric: bool = False,
    draws: int = 0,
    seed: int = 0,
    level: float = 0.95,
) -> GapParts:
    r"""Split the gap ``one - other`` in life expectancy by age and by cause of death.

    $$ C_x = \frac{l_x}{l_0}\left(\frac{L'_x}{l'_x} - \frac{L_x}{l_x}\right) +
    \frac{T'_{x+n}}{l_0}\left(\frac{l_x}{l'_x} - \frac{l_{x+n}}{l'_{x+n}}\right), \quad
    C_w = \frac{l_w}{l_0}\left(\frac{T'_w}{l'_w} - \frac{T_w}{l_w}\right) $$

    with a prime for ``one``; computed as $-l_x ((1 - a) n + e'_{x+n})(q'_x - q_x)$, which is the
    same and has a limit where the rates are equal. A cause has the share of its rate in the
    difference of rates. Both have one open end: the lower of the two; its part stands at its
    first band. ``symmetric``: mean of the split from ``other`` to ``one`` and back.

    Limits: percentiles of draws of all deaths as Poisson numbers; an open band drawn empty has
    half a death.

    Arriaga 1984, Demography 21: 83-96.

    Args:
        one: life tables of shape ``(…, ages)``.
        other: life tables to compare with, same shape and ages.
        causes: deaths by cause in each, shape ``(…, ages, causes)``, which sum to the deaths.
        symmetric: whether to take the mean of both directions.
        draws: number of draws for limits; 0: none.
        seed: seed of the draws.
        level: level of the limits.

    Raises:
        ValueError: if ages or shapes differ, or causes do not sum to the deaths, naming the
            area.

    >>> from jevn.indices.lifetable import life_table
    >>> persons, starts = [9000, 7000, 4000], [30, 50, 70]
    >>> long, short = (life_table(d, persons, starts) for d in ([10, 40, 300], [20, 80, 400]))
    >>> parts = split_of_gap(long, short)
    >>> parts.by_age.estimate.round(2).tolist(), float(parts.gap.estimate.round(2))
    ([0.88, 2.17, 2.53], 5.58)
    """
    critical(level)
    shape, ages = one.deaths.shape, len(one.age_starts)
    same = np.array_equal(one.age_starts, other.age_starts) and one.first_year == other.first_year
    if not same or other.deaths.shape != shape:
        raise ValueError("the two differ in ages or shape")
    by_cause = (
        (one.deaths[..., None], other.deaths[..., None])
        if causes is None
        else (_summing(one, causes[0], "one"), _summing(other, causes[1], "other"))
    )
    if by_cause[0].shape != by_cause[1].shape:
        raise ValueError("the two differ in causes")
    count = by_cause[0].shape[-1]
    flat = (by_cause[0].reshape(-1, ages, count), by_cause[1].reshape(-1, ages, count))
    open_from = np.minimum(one.open_from, other.open_from).reshape(-1)
    pair = (one.mortality(open_from), other.mortality(open_from))
    found = _split(pair, flat, symmetric)
    splits = (found.sum((1, 2)), found.sum(2), found.sum(1), found)
    spans = [np.full((2, *part.shape), np.nan) for part in splits]
    if draws:
        tails = ((1 - level) / 2, (1 + level) / 2)
        for rows, drawn in _drawn(pair, flat, symmetric, draws, seed):
            for span, part in zip(
                spans, (drawn.sum((2, 3)), drawn.sum(3), drawn.sum(2), drawn), strict=True
            ):
                span[:, rows] = np.quantile(part, tails, axis=0)
    area = shape[:-1]
    shapes = (area, (*area, ages), (*area, count), (*area, ages, count))
    gap, by_age, of_cause, both = (
        Part(part.reshape(to), span[0].reshape(to), span[1].reshape(to))
        for part, span, to in zip(splits, spans, shapes, strict=True)
    )
    return GapParts(
        one.age_starts,
        gap,
        by_age,
        None if causes is None else of_cause,
        None if causes is None else both,
        level,
        draws,
        _notes(one, other, open_from.reshape(area)),
    )


def _split(pair: tuple[Mortality, Mortality], causes: Causes, symmetric: bool) -> Floats:
    """Parts of shape ``(s, ages, causes)`` of gaps between ``pair[0]`` and ``pair[1]``."""
    rates = (pair[0].rates, pair[1].rates)
    per_rate = _per_rate(pair[0], pair[1], *rates)
    if symmetric:
        per_rate = (per_rate + _per_rate(pair[1], pair[0], rates[1], rates[0])) / 2
    of_causes = [
        table.filled(_at_open(table, each)) for table, each in zip(pair, causes, strict=True)
    ]
    found = per_rate[..., None] * (of_causes[0] - of_causes[1])
    # The part of bands above the open one stands at the open one.
    found = np.where(pair[0].above[..., None] & (pair[0].open_from >= 0)[:, None], 0.0, found)
    return np.moveaxis(found, 0, 1)


def _per_rate(one: Mortality, other: Mortality, rates: Floats, others: Floats) -> Floats:
    """Years of the gap per unit difference of rates, shape ``(k, s)``."""
    n, a = one.lengths
    left, _, _ = years_left(one)
    with np.errstate(all="ignore"):
        q = other.probabilities(others)
        reached = np.vstack([np.ones_like(q[:1]), np.cumprod(1 - q[:-1], axis=0)])
        slope = n / ((1 + (1 - a) * n * rates) * (1 + (1 - a) * n * others))
        step = one.probabilities(rates) - q
        # Where a rate is so high that all die, the straight formula does not hold.
        high = (a * n * rates > 1) | (a * n * others > 1)
        slope = np.where(high, step / np.where(rates == others, np.nan, rates - others), slope)
        slope = np.where(high & (rates == others), 0.0, slope)
        beyond = np.vstack([left[1:], np.full_like(left[:1], np.nan)])
        inside = -reached * ((1 - a) * n + beyond) * slope
        return np.where(one.open, -reached / (rates * others), inside)


def _at_open(table: Mortality, causes: Floats) -> Floats:
    """Deaths by cause with ages first, those of the open end joined: ``(k, s, causes)``."""
    each = np.moveaxis(causes, 1, 0)
    return np.where(table.open[..., None], upward(each), each)


def _drawn(
    pair: tuple[Mortality, Mortality], causes: Causes, symmetric: bool, draws: int, seed: int
) -> Iterator[tuple[slice, Floats]]:
    """Splits of drawn deaths for some areas at a time: ``(draws, areas, ages, causes)``."""
    areas, ages, count = causes[0].shape
    at_once = max(1, _CELLS // (draws * ages * count))
    rng = np.random.default_rng(seed)
    for start in range(0, areas, at_once):
        rows = slice(start, min(start + at_once, areas))
        some = rows.stop - start
        drawn, tables = [], []
        for table, each in zip(pair, causes, strict=True):
            means = np.moveaxis(_at_open(table, each)[:, rows], 0, 1)
            known = np.nan_to_num(means)
            counts = rng.poisson(known, (draws, *means.shape)).astype(np.float64)
            counts = np.where(np.isnan(means), np.nan, counts).reshape(-1, ages, count)
            again = _repeated(table, rows, draws)
            counts = _never_empty(counts, known, again, draws)
            drawn.append(counts)
            joined = replace(again, deaths=np.ascontiguousarray(counts.sum(2).T))
            tables.append(joined)
        parts = _split_joined((tables[0], tables[1]), (drawn[0], drawn[1]), symmetric)
        yield rows, parts.reshape(draws, some, ages, count)


def _repeated(table: Mortality, rows: slice, draws: int) -> Mortality:
    """Some areas, over and over, once for each draw."""

    def again(part: Floats) -> Floats:
        return np.tile(part[:, rows], (1, draws))

    return replace(
        table,
        deaths=again(table.deaths),
        persons=again(table.persons),
        sources=np.tile(table.sources[:, rows], (1, draws)),
        open_from=np.tile(table.open_from[rows], draws),
    )


def _never_empty(counts: Floats, means: Floats, table: Mortality, draws: int) -> Floats:
    """Drawn deaths with half a death, shared as observed, where the open band has none."""
    empty = table.open.T & (counts.sum(2) == 0)
    total = means.sum(2, keepdims=True)
    shares = means / np.where(total > 0, total, 1.0)
    return np.where(empty[..., None], 0.5 * np.tile(shares, (draws, 1, 1)), counts)


def _split_joined(pair: tuple[Mortality, Mortality], causes: Causes, symmetric: bool) -> Floats:
    """:func:`_split` of deaths whose open end is joined already."""
    above = pair[0].above.T[..., None]
    return _split(pair, (np.where(above, 0, causes[0]), np.where(above, 0, causes[1])), symmetric)


def _summing(table: LifeTable, causes: ArrayLike, which: str) -> Floats:
    found = counted(f"causes of {which}", causes)
    if found.shape[:-1] != table.deaths.shape:
        raise ValueError(f"causes of {which}: {found.shape} for {table.deaths.shape}")
    off = np.abs(found.sum(axis=-1) - table.deaths) > 1e-6 * np.maximum(table.deaths, 1)
    refuse(np.asarray(off), f"causes of {which} do not sum to the deaths; give the rest as one")
    return found


def _notes(one: LifeTable, other: LifeTable, open_from: Columns) -> Notes:
    none = np.zeros(open_from.shape, dtype=bool)
    names = {*one.notes, *other.notes} - {"open_band_joined", "no_deaths"}
    both = {n: one.notes.get(n, none) | other.notes.get(n, none) for n in sorted(names)}
    joined = (open_from >= 0) & (open_from < len(one.age_starts) - 1)
    return noted(**both, no_deaths=open_from < 0, open_band_joined=joined)
