"""Figures of basic statistical units added up to the municipality's zones."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from jevn.terms import Scale

LEAST_COVER: Final = 0.9
"""A zone whose units with a figure hold a smaller part of its persons gets no figure."""

_KEY: Final = (
    "indicator", "period_start", "period_end", "dimension", "group", "basis", "vintage",
)  # fmt: skip
_DIMENSIONS: Final = ("sex", "age", "education", "income", "background")
_LEAST_ROUNDED: Final = 20
_ROUNDING: Final = 2.0  # variance of 1 and 2 made 0 or 3 so that they are right on average
_Z: Final = 1.959964
_SHARES: Final = (Scale.PERCENT, Scale.PROPORTION)


@dataclass(frozen=True, eq=False)
class Zoned:
    """What came of adding up.

    Attributes:
        observations: rows of ``observations``, with zones for basic units.
        population: rows of ``population``, with zones for basic units.
        unplaced: basic units with figures or persons, and no zone.
        not_added: indicators whose figures by basic unit cannot be added up.
        partly: figures of zones that lack some of their units, shown as estimated or not at all.
        rounded: origins whose small counts are rounded.
        uneven: zones whose number of units with persons differs from year to year.
    """

    observations: pl.DataFrame
    population: pl.DataFrame
    unplaced: tuple[str, ...] = ()
    not_added: tuple[str, ...] = ()
    partly: int = 0
    rounded: tuple[str, ...] = ()
    uneven: tuple[str, ...] = ()


def add_to_zones(
    observations: pl.DataFrame,
    population: pl.DataFrame,
    zone_of: Mapping[str, str],
    scales: Mapping[str, Scale],
    *,
    prefixes: Collection[str] = (),
) -> Zoned:
    """Add figures of basic units up to zones; no row of a basic unit is left.

    - Counts are added. Shares and rates are made from the added cases and persons; where a row
      has value and persons but no cases, cases are found from them, and the sum is
      ``estimated``. Standardised figures, means, years, points and money are not added.
    - A unit whose cases are hidden hides its zone.
    - Units without a figure: a count gets no figure. A share or rate is ``estimated`` when the
      others hold at least :data:`LEAST_COVER` of the zone's persons (of its units, where persons
      are not known), and ``missing`` when they hold less.
    - Statistics Norway makes counts of 1 and 2 in basic units 0 or 3, right on average. An origin
      with no 1 or 2 among at least 20 counts of 0 and 3 is taken to do so: each such count adds
      a variance of 2 cases to the limits of its zone.
    - A figure that is given for the zone itself is never replaced.

    Args:
        observations: columns of ``observations.csv``; not changed.
        population: columns of ``population.csv``; not changed.
        zone_of: the zone of each basic unit.
        scales: scale of each indicator. Figures of other indicators are passed on by zone.
        prefixes: how ids of the municipality's basic units begin; one of eight digits that
            has no zone is left out and told.
    """
    if not zone_of:
        return Zoned(observations, population)
    places = pl.concat([observations["place"], population["place"]]).unique()
    shaped = places.filter(places.str.contains(r"^\d{8}$"))
    begins = shaped.str.slice(0, 4).is_in(list(prefixes))
    unplaced = tuple(sorted(set(shaped.filter(begins).to_list()) - zone_of.keys()))
    zones = pl.DataFrame(
        {"place": list(zone_of), "_zone": list(zone_of.values())},
        schema={"place": pl.String, "_zone": pl.String},
    )
    persons, people, uneven = _population(population, zones, unplaced)
    units = observations.join(zones, on="place", how="inner")
    kept = observations.filter(
        ~pl.col("place").is_in(list(zone_of)) & ~pl.col("place").is_in(list(unplaced))
    )
    if units.is_empty():
        return Zoned(kept, people, unplaced, uneven=uneven)
    known = pl.col("indicator").is_in(list(scales))
    passed = units.filter(~known).with_columns(place=pl.col("_zone")).select(kept.columns)
    counted = _counted(units.filter(known), scales)
    not_added = counted.filter(~pl.col("_addable"))["indicator"].unique().sort().to_list()
    rounded = _rounded(counted)
    weights = zones.join(persons, on="place", how="left").with_columns(
        pl.when(pl.col("_persons").is_null().any().over("_zone"))
        .then(1.0)
        .otherwise("_persons")
        .alias("_weight")
    )
    sums = _sums(counted.filter("_addable"), weights, rounded)
    taken = kept.with_columns(_until()).select("place", *_KEY)
    found = _figures(sums).join(taken, on=["place", *_KEY], how="anti", nulls_equal=True)
    shaped_rows = found.select(
        (pl.col(c) if c in found.columns else pl.lit(None)).cast(t).alias(c)
        for c, t in kept.schema.items()
    )
    return Zoned(
        pl.concat([kept, passed, shaped_rows]),
        people,
        unplaced,
        tuple(not_added),
        found.filter(pl.col("_cover") < 1).height,
        tuple(sorted(str(o) for o in rounded if o is not None)),
        uneven,
    )


def _until() -> pl.Expr:
    return pl.coalesce("period_end", "period_start").alias("period_end")


def _population(
    population: pl.DataFrame, zones: pl.DataFrame, unplaced: Collection[str]
) -> tuple[pl.DataFrame, pl.DataFrame, tuple[str, ...]]:
    """Persons of each unit in its latest year, the rows by zone, and zones made unevenly."""
    units = population.join(zones, on="place", how="inner")
    kept = population.join(zones, on="place", how="anti").filter(
        ~pl.col("place").is_in(list(unplaced))
    )
    divided = [pl.col(d).is_null().alias(f"_{d}") for d in _DIMENSIONS]
    tables = units.group_by("place", "year", *divided).agg(pl.col("persons").sum())
    totals = tables.group_by("place", "year").agg(_persons=pl.col("persons").max())
    persons = totals.sort("year").group_by("place").agg(pl.col("_persons").last())
    if units.is_empty():
        return persons, kept, ()
    by_year = units.group_by("_zone", "year").agg(n=pl.col("place").n_unique())
    uneven = by_year.group_by("_zone").agg(pl.col("n").n_unique()).filter(pl.col("n") > 1)
    summed = units.group_by("_zone", "year", *_DIMENSIONS, maintain_order=True).agg(
        pl.col("persons").sum(), pl.col("origin").first()
    )
    summed = summed.rename({"_zone": "place"}).join(
        kept.select("place", "year").unique(), on=["place", "year"], how="anti"
    )
    shaped = summed.select(
        (pl.col(c) if c in summed.columns else pl.lit(None)).cast(t).alias(c)
        for c, t in kept.schema.items()
    )
    return persons, pl.concat([kept, shaped]), tuple(uneven["_zone"].sort().to_list())


def _counted(units: pl.DataFrame, scales: Mapping[str, Scale]) -> pl.DataFrame:
    """Helper columns: cases, whether they were found from the value, and what can be added."""
    factors = {i: s.info.factor for i, s in scales.items()}
    counts = [i for i, s in scales.items() if s is Scale.COUNT]
    shares = [i for i, s in scales.items() if s in _SHARES]
    factor = pl.col("indicator").replace_strict(factors, default=None, return_dtype=pl.Float64)
    is_count = pl.col("indicator").is_in(counts)
    raw = pl.col("basis").is_in(["standardised", "mean"]).fill_null(False).not_()
    derived = pl.col("value") / factor * pl.col("denominator")
    return units.with_columns(
        _until(),
        _factor=factor,
        _is_count=is_count,
        _is_share=pl.col("indicator").is_in(shares),
        _addable=raw & (is_count | factor.is_not_null()),
        _gone=pl.col("flag").is_in(["hidden", "missing", "not_possible"]).fill_null(False),
        _cases=pl.when(is_count).then("value").otherwise(pl.coalesce("numerator", derived)),
        _derived=~is_count & pl.col("numerator").is_null(),
    ).with_columns(
        _usable=~pl.col("_gone")
        & pl.col("_cases").is_not_null()
        & (pl.col("_is_count") | pl.col("denominator").is_not_null())
    )


def _rounded(counted: pl.DataFrame) -> list[str | None]:
    """Origins whose counts of 1 and 2 have been made 0 or 3."""
    plain = counted.filter(pl.col("_usable") & ~pl.col("_derived"))
    tally = plain.group_by("origin").agg(
        small=pl.col("_cases").is_in([1.0, 2.0]).sum(),
        ends=pl.col("_cases").is_in([0.0, 3.0]).sum(),
    )
    found = tally.filter((pl.col("small") == 0) & (pl.col("ends") >= _LEAST_ROUNDED))
    return found["origin"].to_list()


def _sums(
    counted: pl.DataFrame, weights: pl.DataFrame, rounded: Collection[str | None]
) -> pl.DataFrame:
    """One row per zone and figure: sums over the units that have one."""
    usable = pl.col("_usable")
    whole = weights.group_by("_zone").agg(_whole=pl.col("_weight").sum(), _units=pl.len())
    of_rounded = (
        pl.col("origin").is_in([o for o in rounded if o is not None]).fill_null(None in rounded)
    )
    rows = counted.join(weights.select("place", "_weight"), on="place", how="left").with_columns(
        _rounded=of_rounded & ~pl.col("_derived") & pl.col("_cases").is_in([0.0, 3.0])
    )

    def total(column: str) -> pl.Expr:
        return pl.col(column).filter(usable).sum()

    sums = rows.group_by("_zone", *_KEY, maintain_order=True).agg(
        pl.col("_factor", "_is_count", "_is_share", "origin").first(),
        _hidden=(pl.col("flag") == "hidden").any(),
        _cases=total("_cases"),
        _size=total("denominator"),
        _n=pl.when(pl.col("n").filter(usable).is_null().any()).then(None).otherwise(total("n")),
        _have=usable.sum(),
        _weight=total("_weight"),
        _derived=pl.col("_derived").filter(usable).any(),
        _flags=pl.col("flag").drop_nulls().unique(),
        _m=pl.col("_rounded").filter(usable).sum(),
    )
    return sums.join(whole, on="_zone", how="left").with_columns(
        _cover=pl.when(pl.col("_have") == pl.col("_units"))
        .then(1.0)
        .when(pl.col("_whole") > 0)
        .then(pl.min_horizontal(pl.lit(1 - 1e-9), pl.col("_weight") / pl.col("_whole")))
        .otherwise(0.0)
    )


def _figures(sums: pl.DataFrame) -> pl.DataFrame:
    """Rows as the table has them, with ``_cover``."""
    need = pl.when("_is_count").then(1.0).otherwise(LEAST_COVER)
    nothing = (pl.col("_cover") < need) | (~pl.col("_is_count") & (pl.col("_size") <= 0))
    flags = pl.col("_flags")
    made = sums.with_columns(
        flag=pl.when("_hidden")
        .then(pl.lit("hidden"))
        .when(nothing)
        .then(pl.lit("missing"))
        .when((pl.col("_cover") < 1) | pl.col("_derived") | flags.list.contains("estimated"))
        .then(pl.lit("estimated"))
        .when(flags.list.contains("unrevised"))
        .then(pl.lit("unrevised"))
    ).with_columns(_shown=~pl.col("flag").is_in(["hidden", "missing"]).fill_null(False))
    share = pl.col("_cases") / pl.col("_size")
    lower, upper = _limits(share)
    widened = pl.col("_shown") & (pl.col("_m") > 0) & ~pl.col("_is_count")
    return made.select(
        pl.col("_zone").alias("place"),
        *_KEY,
        "origin",
        "flag",
        "_cover",
        value=pl.when("_shown").then(
            pl.when("_is_count").then("_cases").otherwise(pl.col("_factor") * share)
        ),
        numerator=pl.when(pl.col("_shown") & ~pl.col("_is_count")).then("_cases"),
        denominator=pl.when(pl.col("_shown") & ~pl.col("_is_count")).then("_size"),
        n=pl.when("_shown").then("_n"),
        lower=pl.when(widened).then(pl.col("_factor") * lower),
        upper=pl.when(widened).then(pl.col("_factor") * upper),
    )


def _limits(share: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Limits of a share (Wilson) or a rate (log-normal) with the variance of rounding."""
    size = pl.coalesce("_n", "_size")
    spread = share * (1 - share)
    extra = _ROUNDING * pl.col("_m") / pl.col("_size") ** 2
    inner = (share > 0) & (share < 1)
    n = pl.when(inner).then(spread / (spread / size + extra))
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * (spread / n + _Z**2 / (4 * n**2)).sqrt()
    error = (pl.col("_cases") + _ROUNDING * pl.col("_m")).sqrt() / pl.col("_cases")
    some = pl.when(pl.col("_cases") > 0)
    low = pl.when("_is_share").then(middle - half).otherwise(some.then(share * (-_Z * error).exp()))
    high = pl.when("_is_share").then(middle + half).otherwise(some.then(share * (_Z * error).exp()))
    return low, high
