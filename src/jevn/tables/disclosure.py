"""Protection of small numbers on tables, before any formula or page sees them."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, slots=True)
class DisclosureRules:
    """Thresholds of protection.

    Attributes:
        least_cases: a cell built on fewer cases, or fewer non-cases, is hidden.
        least_segment: a cell of a segment with fewer persons is hidden.
        greatest_hidden_share: a series with a greater share of hidden cells is hidden whole.
        greatest_small_share: a series where more than this share of the cells rests on at
            most six cases is hidden whole.
        least_subgroup: no group of opinions or people smaller than this is ever shown.
    """

    least_cases: int = 3
    least_segment: int = 10
    greatest_hidden_share: float = 0.2
    greatest_small_share: float = 0.5
    least_subgroup: int = 5


def protect(
    observations: pl.DataFrame, rules: DisclosureRules
) -> tuple[pl.DataFrame, int]:
    """Hide what is built on too few people; returns the frame and how many cells were hidden."""
    n = pl.coalesce("denominator", "n")
    other = n - pl.col("numerator")
    few = (pl.col("numerator") < rules.least_cases) | (other < rules.least_cases)
    hide = (few | (n < rules.least_segment)).fill_null(False)
    shown = observations.with_columns(
        *(
            pl.when(~hide).then(pl.col(c)).alias(c)
            for c in ("value", "numerator", "denominator", "lower", "upper")
        ),
        flag=pl.when(hide).then(pl.lit("hidden")).otherwise("flag"),
    )
    return shown, int(observations.select(hide.sum()).item())
