"""What changed from one vintage of figures to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

KEY: Final = ("indicator", "place", "period_start", "period_end", "dimension", "group", "basis")
_FIGURES: Final = ("value", "numerator", "denominator", "n", "lower", "upper", "flag")


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that is another than before. ``None``: there was, or is, no value."""

    place: str
    period_start: int
    period_end: int
    dimension: str | None
    group: str | None
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class VintageChange:
    """What is new since the last vintage.

    Attributes:
        added: figures that were not there.
        changed: figures with another value or flag.
        gone: figures that are no longer given; they are kept as they were.
        newest: the newest year now.
        newest_before: the newest year before.
        largest: the changed figures, greatest relative change first, at most ten.
    """

    added: int
    changed: int
    gone: int
    newest: int | None
    newest_before: int | None
    largest: tuple[FigureChange, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether the figures are as they were."""
        return not (self.added or self.changed)


def newest_of_each(rows: pl.DataFrame) -> pl.DataFrame:
    """Each figure in its newest vintage."""
    ordered = rows.sort("vintage", nulls_last=False, maintain_order=True)
    return ordered.unique(list(KEY), keep="last", maintain_order=True)


def add_vintage(
    before: pl.DataFrame | None, fetched: pl.DataFrame
) -> tuple[pl.DataFrame, VintageChange]:
    """Rows of a new vintage added to those kept, and what changed.

    A figure that is the same as before takes the new vintage's date; one that changed stands in
    both vintages, so that revisions can be followed; one that is no longer given is kept.

    Args:
        before: rows kept; ``None`` if there are none.
        fetched: rows of the new vintage, one per figure.

    Returns:
        All rows to keep, and the change.
    """
    newest = _year(fetched)
    if before is None or before.is_empty():
        change = VintageChange(fetched.height, 0, 0, newest, None)
        return fetched, change
    last = newest_of_each(before)
    both = fetched.select(*KEY, *_FIGURES, "vintage").join(
        last.select(*KEY, *_FIGURES, "vintage"), on=list(KEY), how="left", suffix="_before",
        nulls_equal=True, maintain_order="left",
    )  # fmt: skip
    known = fetched.join(
        last.select(KEY).with_columns(_known=pl.lit(value=True)),
        on=list(KEY), how="left", nulls_equal=True, maintain_order="left",
    )["_known"].fill_null(value=False)  # fmt: skip
    same = pl.all_horizontal(
        pl.col(c).eq_missing(pl.col(f"{c}_before"))
        | (
            ((pl.col(c) - pl.col(f"{c}_before")).abs() <= _CLOSE * pl.col(c).abs()).fill_null(
                value=False
            )
            if c != "flag"
            else pl.lit(value=False)
        )
        for c in _FIGURES
    )
    marked = both.with_columns(_known=known).with_columns(_same=same)
    changed = marked.filter(pl.col("_known") & ~pl.col("_same"))
    unchanged = marked.filter(pl.col("_known") & pl.col("_same"))
    gone = last.join(fetched.select(KEY), on=list(KEY), how="anti", nulls_equal=True)
    kept = before.join(unchanged.select(KEY), on=list(KEY), how="anti", nulls_equal=True)
    older = before.join(unchanged.select(KEY), on=list(KEY), how="semi", nulls_equal=True)
    older = older.join(
        last.select(*KEY, "vintage"), on=[*KEY, "vintage"], how="anti", nulls_equal=True
    )
    same_day = [*KEY, "vintage"]
    kept = pl.concat([kept, older]).join(
        fetched.select(same_day), on=same_day, how="anti", nulls_equal=True
    )
    rows = pl.concat([kept.select(fetched.columns), fetched])
    return rows.sort([*KEY, "vintage"], nulls_last=False, maintain_order=True), VintageChange(
        added=int((~known).sum()),
        changed=changed.height,
        gone=gone.height,
        newest=newest,
        newest_before=_year(last),
        largest=_largest(changed),
    )


_CLOSE: Final = 1e-12


def _year(rows: pl.DataFrame) -> int | None:
    with_value = rows.filter(pl.col("value").is_not_null())
    found = with_value["period_end"].max() if not with_value.is_empty() else None
    return found if isinstance(found, int) else None


def _largest(changed: pl.DataFrame) -> tuple[FigureChange, ...]:
    size = (pl.col("value") - pl.col("value_before")).abs() / pl.col("value_before").abs()
    ordered = changed.with_columns(_size=size.fill_null(float("inf")).fill_nan(0.0))
    ordered = ordered.sort("_size", descending=True, maintain_order=True).head(10)
    return tuple(
        FigureChange(
            r["place"], r["period_start"], r["period_end"], r["dimension"], r["group"],
            r["value_before"], r["value"],
        )
        for r in ordered.iter_rows(named=True)
    )  # fmt: skip
