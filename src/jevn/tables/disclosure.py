"""Protection of small numbers on tables, before any formula or page sees them.

What is hidden, in this order:

1. *Small cells*: fewer than ``least_cases`` cases; for shares also fewer than ``least_cases``
   non-cases (else it is known of nearly everyone in the group). Zero counts as few: nobody, or
   everybody, having a trait tells something of each person. A segment with fewer than
   ``least_segment`` persons or respondents is hidden whatever its cases.
2. *Series*: a cell followed over at least three periods is hidden in all of them when more
   than ``greatest_hidden_share`` of its figures are small by rule 1 (neighbours in time would
   tell them), or more than ``greatest_small_share`` rest on at most ``small_cases`` cases.
   These are the rules of the Norwegian public-health statistics (FHI, Norhealth).
3. *Complementary cells*: the next smallest, until nothing hidden can be recomputed from totals,
   the other groups and the zones (:mod:`jevn.tables.complementary`).

A figure of a zone that is hidden already, by its producer or because one of its basic units is,
gets complementary cells too: the municipality's own sums must not tell it. Other figures that their
producer has hidden are left as they are, and nothing is hidden around them.
Sums over periods of different length are not looked at: do not put one-year and three-year
figures of the same small cell side by side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from jevn.tables.complementary import Cell, complementary
from jevn.terms import Scale

_CELL: Final = ("indicator", "place", "period_start", "_end", "dimension", "group")
_SERIES: Final = ("indicator", "place", "dimension", "group", "_length")
_LEAST_SERIES: Final = 3
_LOST: Final = ("value", "numerator", "lower", "upper")
_SHARES: Final = (Scale.PERCENT, Scale.PROPORTION)


@dataclass(frozen=True, slots=True)
class DisclosureRules:
    """Thresholds of protection.

    Attributes:
        least_cases: a cell built on fewer cases (or, for shares, non-cases) is hidden.
        least_segment: a cell of a segment with fewer persons is hidden.
        greatest_hidden_share: a series with a greater share of small cells is hidden whole.
        greatest_small_share: a series where more than this share of the figures rests on at
            most ``small_cases`` cases is hidden whole.
        least_subgroup: no group of opinions or people smaller than this is ever shown.
        small_cases: see ``greatest_small_share``.
    """

    least_cases: int = 3
    least_segment: int = 10
    greatest_hidden_share: float = 0.2
    greatest_small_share: float = 0.5
    least_subgroup: int = 5
    small_cases: int = 6


def protect(
    observations: pl.DataFrame,
    rules: DisclosureRules,
    *,
    places: pl.DataFrame | None = None,
    scales: Mapping[str, Scale] | None = None,
) -> tuple[pl.DataFrame, int]:
    """Hide what is built on too few people.

    Args:
        observations: columns of ``observations.csv``; not changed.
        rules: thresholds.
        places: columns of ``places.csv``; with it, a zone cannot be recomputed from the
            municipality and the other zones.
        scales: scale of each indicator; with it, cases are known also where only value and
            respondents are given.

    Returns:
        The same rows in the same order, where a hidden row has lost ``value``,
        ``numerator``, ``lower`` and ``upper`` (and ``denominator`` and ``n`` where the segment
        is too small) and has the flag ``hidden``; and the number of rows hidden here.
    """
    if observations.is_empty():
        return observations, 0
    work = _with_cases(observations, scales or {})
    work = work.with_columns(_small=_is_small(rules), _secret=_secret(places))
    if not (work["_small"] | work["_secret"]).any():
        return observations, 0
    cells = _hide_series(_cells(work), rules)
    hidden = _complement(cells, rules, places)
    work = work.join(hidden, on=list(_CELL), how="left", nulls_equal=True, maintain_order="left")
    hide = work["_hidden"].fill_null(False) & work["_known"]
    few = (work["_segment"] < rules.least_segment).fill_null(False)
    bare = pl.Series(hide & few)
    shown = observations.with_columns(
        *(observations[c].set(hide, None) for c in _LOST),
        *(observations[c].set(bare, None) for c in ("denominator", "n")),
        observations["flag"].set(hide, "hidden"),
    )
    return shown, int(hide.sum())


def _with_cases(observations: pl.DataFrame, scales: Mapping[str, Scale]) -> pl.DataFrame:
    """Helper columns: cases, non-cases (shares only), size of the segment."""
    factors = {i: s.info.factor for i, s in scales.items() if s in _SHARES}
    factor = pl.col("indicator").replace_strict(factors, default=None, return_dtype=pl.Float64)
    size = pl.coalesce("n", "denominator")
    derived = (pl.col("value") / factor * size).round()
    is_share = (pl.col("basis").fill_null("share") == "share") & (
        pl.col("numerator") <= pl.col("denominator")
    ).fill_null(True)
    return observations.with_columns(
        _end=pl.coalesce("period_end", "period_start"),
        _length=pl.coalesce("period_end", "period_start") - pl.col("period_start"),
        _cases=pl.coalesce("numerator", derived),
        _others=pl.when(is_share).then(
            pl.coalesce(pl.col("denominator") - pl.col("numerator"), size - derived)
        ),
        _segment=pl.min_horizontal("denominator", "n"),
        _known=pl.any_horizontal(pl.col(c).is_not_null() for c in ("value", "numerator")),
    )


def _is_small(rules: DisclosureRules) -> pl.Expr:
    return pl.col("_known") & (
        (pl.col("_cases") < rules.least_cases).fill_null(False)
        | (pl.col("_others") < rules.least_cases).fill_null(False)
        | (pl.col("_segment") < rules.least_segment).fill_null(False)
    )


def _secret(places: pl.DataFrame | None) -> pl.Expr:
    """Figures of zones that are hidden already."""
    zones = [] if places is None else places.filter(pl.col("kind") == "zone")["place"].to_list()
    return ((pl.col("flag") == "hidden") & pl.col("place").is_in(zones)).fill_null(False)


def _cells(work: pl.DataFrame) -> pl.DataFrame:
    """One row per cell: editions and bases of the same figure are hidden together."""
    return work.group_by(*_CELL, "_length", maintain_order=True).agg(
        pl.col("_small").any(),
        pl.col("_secret").any(),
        pl.col("_known").any(),
        pl.col("_cases").min(),
        pl.col("_others").min(),
        pl.col("_segment").min(),
    )


def _hide_series(cells: pl.DataFrame, rules: DisclosureRules) -> pl.DataFrame:
    known = pl.col("_known").sum().over(_SERIES)
    small = (pl.col("_small") & pl.col("_known")).sum().over(_SERIES)
    resting = (pl.col("_known") & (pl.col("_cases") <= rules.small_cases).fill_null(False)).sum()
    whole = (known >= _LEAST_SERIES) & (
        (small > rules.greatest_hidden_share * known)
        | (resting.over(_SERIES) > rules.greatest_small_share * known)
    )
    own = pl.col("_known") & (pl.col("_small") | whole)
    return cells.with_columns(_small=own | (pl.col("_secret") & ~pl.col("_known")))


def _complement(
    cells: pl.DataFrame, rules: DisclosureRules, places: pl.DataFrame | None
) -> pl.DataFrame:
    """Every cell to be hidden, complementary ones included."""
    zones: dict[str, tuple[str, ...]] = {}
    if places is not None:
        inner = places.filter((pl.col("kind") == "zone") & pl.col("parent").is_not_null())
        for parent, names in inner.group_by("parent", maintain_order=True).agg("place").rows():
            zones[parent] = tuple(names)
    system = ["indicator", "period_start", "_end"]
    touched = cells.filter(pl.col("_small").any().over(system))
    rows: list[tuple[object, ...]] = []
    for key, part in touched.group_by(system, maintain_order=True):
        given = [
            Cell(place, dimension, group, known, small, cases, others)
            for place, dimension, group, known, small, cases, others in part.select(
                "place", "dimension", "group", "_known", "_small", "_cases", "_others"
            ).rows()
        ]
        for place, dimension, group in complementary(given, zones, rules.least_cases):
            indicator, start, end = key
            rows.append((indicator, place, start, end, dimension, group, True))
    schema = {c: cells.schema[c] for c in _CELL} | {"_hidden": pl.Boolean()}
    return pl.DataFrame(rows, schema=schema, orient="row")
