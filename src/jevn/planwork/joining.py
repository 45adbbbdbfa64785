"""Figures of former municipalities joined with today's, where they can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from jevn.tables.codes import CodeChange, CodeHistory
from jevn.terms import Scale

_COUNTS: Final = ("numerator", "denominator", "n")
_GONE: Final = ("hidden", "missing", "not_possible")
_KEY: Final = ("indicator", "period_start", "period_end", "dimension", "group", "basis")


@dataclass(frozen=True, eq=False)
class Joined:
    """Rows with today's codes, and what could not be joined.

    Attributes:
        rows: all rows; those shown apart stand under their former codes.
        apart: former codes whose figures are shown apart.
    """

    rows: pl.DataFrame
    apart: tuple[str, ...]


def join_observations(
    rows: pl.DataFrame, history: CodeHistory, scales: Mapping[str, Scale]
) -> Joined:
    """Observations of former places brought to today's.

    For each figure of a former period:

    - a place that only changed its number keeps its figure as it is;
    - places that were merged are added where cases and persons are given for all of them, and
      the share or rate is made from the sums; counts are added;
    - a part whose cases are hidden hides the whole, and one that lacks leaves no sum;
    - where a former place was divided, its counts enter with the weight of each part, and the
      figure is marked ``estimated``;
    - figures that cannot be added (standardised ones, means, key figures, shares without
      persons) stay under the former codes, to be shown apart.

    A figure that the source gives for today's code itself is never replaced.

    Args:
        rows: rows of ``observations``, former codes as places.
        history: changes of the places wanted.
        scales: scale of each indicator.
    """
    today = {c.new for c in history.changes}
    former = {c.old for c in history.changes}
    olds = rows.filter(pl.col("place").is_in(list(former - today)))
    if olds.is_empty():
        return Joined(rows, ())
    kept = rows.join(olds.select(rows.columns), on=rows.columns, how="anti", nulls_equal=True)
    known = {(r["place"], *(r[k] for k in _KEY)) for r in kept.iter_rows(named=True)}
    by_key: dict[tuple[Any, ...], dict[str, dict[str, Any]]] = {}
    for row in olds.iter_rows(named=True):
        by_key.setdefault(tuple(row[k] for k in _KEY), {})[row["place"]] = row
    made: list[dict[str, Any]] = []
    used: set[tuple[Any, ...]] = set()
    for key, found in by_key.items():
        for place in sorted(today):
            parts = history.parts(place, key[2])
            if not parts or not any(p.old in found for p in parts):
                continue
            if (place, *key) in known:
                used |= {(p.old, *key) for p in parts}
                continue
            joined = _join(place, parts, found, scales.get(str(key[0])))
            if joined is not None:
                made.append(joined)
                used |= {(p.old, *key) for p in parts}
    rest = [r for k, found in by_key.items() for p, r in found.items() if (p, *k) not in used]
    apart = tuple(sorted({r["place"] for r in rest}))
    frames = [kept]
    for some in (made, rest):
        if some:
            frames.append(pl.DataFrame(some, schema=rows.schema))
    return Joined(pl.concat(frames), apart)


def _join(
    place: str,
    parts: Sequence[CodeChange],
    found: Mapping[str, dict[str, Any]],
    scale: Scale | None,
) -> dict[str, Any] | None:
    """The figure of today's place; ``None`` if it cannot be made of the parts."""
    whole = all(p.weight == 1 for p in parts)
    if len(parts) == 1 and whole:
        return {**found[parts[0].old], "place": place}
    if any(p.old not in found for p in parts) or scale is None:
        return None
    rows = [(found[p.old], p.weight) for p in parts]
    first = rows[0][0]
    if first["basis"] in ("standardised", "mean"):
        return None
    blank = dict.fromkeys(("value", "numerator", "denominator", "n", "lower", "upper"))
    flags = [r["flag"] for r, _ in rows]
    gone = next((f for f in _GONE if f in flags), None)
    if gone is not None:
        return {**first, **blank, "place": place, "flag": gone}
    sums = {
        c: sum(float(r[c]) * w for r, w in rows) if all(r[c] is not None for r, _ in rows) else None
        for c in _COUNTS
    }
    value: float | None = None
    factor = scale.info.factor
    if scale is Scale.COUNT and all(r["value"] is not None for r, _ in rows):
        value = sum(float(r["value"]) * w for r, w in rows)
    elif factor and sums["numerator"] is not None and sums["denominator"]:
        value = factor * sums["numerator"] / sums["denominator"]
    if value is None:
        return None
    flag = "unrevised" if "unrevised" in flags else None
    if not whole or "estimated" in flags:
        flag = "estimated"
    return {**first, **blank, **sums, "place": place, "value": value, "flag": flag}


def join_population(rows: pl.DataFrame, history: CodeHistory) -> Joined:
    """Persons of former places added to today's.

    A year in which one of the parts lacks is left out whole: half a municipality is not shown as
    all of it. Years that the source gives for today's code itself are kept as they are.
    """
    today = {c.new for c in history.changes}
    former = {c.old for c in history.changes} - today
    olds = rows.filter(pl.col("place").is_in(list(former)))
    if olds.is_empty():
        return Joined(rows, ())
    kept = rows.filter(~pl.col("place").is_in(list(former)))
    keys = [c for c in rows.columns if c not in ("place", "persons")]
    there = {(r[0], r[1]) for r in olds.select("place", "year").unique().rows()}
    given = set(kept.select("place", "year").unique().rows())
    weights: list[tuple[str, int, str, float]] = []
    apart: set[str] = set()
    for year in sorted({y for _, y in there}):
        for place in sorted(today):
            parts = history.parts(place, year)
            if not parts or (place, year) in given:
                continue
            if all((p.old, year) in there for p in parts):
                weights += [(p.old, year, place, p.weight) for p in parts]
            else:
                apart |= {p.old for p in parts if (p.old, year) in there}
    if not weights:
        return Joined(kept, tuple(sorted(apart)))
    table = pl.DataFrame(weights, schema=["place", "year", "_new", "_weight"], orient="row")
    joined = olds.join(table.cast({"year": olds.schema["year"]}), on=["place", "year"])
    summed = joined.group_by(["_new", *keys], maintain_order=True).agg(
        (pl.col("persons") * pl.col("_weight")).sum()
    )
    found = summed.rename({"_new": "place"}).select(rows.columns)
    return Joined(pl.concat([kept, found]), tuple(sorted(apart)))
