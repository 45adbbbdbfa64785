"""Start levels: the value of an indicator in each education group, from the observations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from jevn.challenges.results import Indicator
from jevn.impact.population import GROUPS

_UNUSABLE = ("hidden", "missing", "not_possible")


@dataclass(frozen=True, slots=True)
class StartLevels:
    """Values by education group as cases per person (a share or a yearly rate).

    Attributes:
        values: (group, cases per person), lowest social position first.
        place: the place they were observed in.
        period: years of the figures.
        estimated: not observed here (national values, or flagged as estimated).
    """

    values: tuple[tuple[str, float], ...]
    place: str
    period: str
    estimated: bool


def start_levels(
    observations: pl.DataFrame, indicator: Indicator, *, municipality: str, country: str
) -> StartLevels | None:
    """Newest complete values by education: the municipality's own, else the country's.

    Args:
        observations: protected observations, columns of ``observations.csv``.
        indicator: the indicator; its scale must count cases (percent, per 1 000 …).
        municipality: id of the municipality.
        country: id of the country, used where the municipality has no complete period.

    Returns:
        The levels, or ``None`` if neither place has values for all groups in one period.
    """
    factor = indicator.scale.info.factor
    if factor is None:
        return None
    found = newest_groups(observations, indicator.id, "education", GROUPS, (municipality, country))
    if found is None:
        return None
    return StartLevels(
        values=tuple((g, found.values[g] / factor) for g in GROUPS),
        place=found.place,
        period=found.period,
        estimated=found.estimated or found.place != municipality,
    )


@dataclass(frozen=True, slots=True)
class NewestGroups:
    """Newest values of all groups of a dimension, on the indicator's own scale."""

    values: dict[str, float]
    place: str
    period: str
    estimated: bool


def newest_groups(
    observations: pl.DataFrame,
    indicator: str,
    dimension: str,
    groups: Sequence[str],
    places: Sequence[str],
) -> NewestGroups | None:
    """Newest period in which every group has a value, in the first place that has one.

    Args:
        observations: protected observations, columns of ``observations.csv``.
        indicator: id of the indicator.
        dimension: what the groups are of.
        groups: all of them must have a value.
        places: ids of places, the first preferred.
    """
    rows = observations.filter(
        (pl.col("indicator") == indicator)
        & (pl.col("dimension") == dimension)
        & pl.col("group").is_in(list(groups))
        & pl.col("value").is_not_null()
        & ~pl.col("flag").fill_null("").is_in(list(_UNUSABLE))
    )
    for place in dict.fromkeys(places):
        found = _newest(rows.filter(pl.col("place") == place), groups)
        if found is not None:
            return NewestGroups(found[1], place, found[0], found[2])
    return None


def _newest(rows: pl.DataFrame, groups: Sequence[str]) -> tuple[str, dict[str, float], bool] | None:
    """Newest period in which every group has a value: its years, the values, if estimated.

    Of several rows for one group the crude value goes before the standardised one, since
    people are to be counted; then the latest vintage.
    """
    if rows.is_empty():
        return None
    ordered = rows.with_columns(
        pl.coalesce("period_end", "period_start").alias("_end"),
        (pl.col("basis").fill_null("") == "standardised").alias("_standardised"),
        pl.col("vintage").fill_null("").alias("_vintage"),
    ).sort(["_standardised", "_vintage"], descending=[True, False], maintain_order=True)
    periods = ordered.select("period_start", "_end").unique().rows()
    for start, end in sorted(periods, key=lambda p: (p[1], p[0]), reverse=True):
        here = ordered.filter((pl.col("period_start") == start) & (pl.col("_end") == end))
        last = {row["group"]: row for row in here.iter_rows(named=True)}
        if all(g in last for g in groups):
            years = str(start) if start == end else f"{start}–{end}"
            values = {g: float(last[g]["value"]) for g in groups}
            return years, values, any(last[g]["flag"] == "estimated" for g in groups)
    return None
