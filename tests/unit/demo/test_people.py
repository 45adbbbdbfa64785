"""Everyone in Elvebyen is counted once, however the table is divided."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from jevn.challenges.schemas import POPULATION
from jevn.demo.population import ZONES
from jevn.tables import read_table

DIMENSIONS = ("sex", "age", "education", "income", "background")


@pytest.fixture(scope="module")
def population(elvebyen: Path) -> pl.DataFrame:
    return read_table(elvebyen / "population.csv", POPULATION).filter(pl.col("year") == 2026)


def divisions(frame: pl.DataFrame) -> dict[tuple[bool, ...], int]:
    given = [pl.col(d).is_not_null().alias(f"has_{d}") for d in DIMENSIONS]
    summed = (
        frame.with_columns(given)
        .group_by([f"has_{d}" for d in DIMENSIONS])
        .agg(pl.col("persons").sum())
    )
    return {tuple(row[:-1]): row[-1] for row in summed.iter_rows()}


@pytest.mark.parametrize("place", ["9901", *(z.id for z in ZONES)])
def test_every_division_of_a_place_sums_to_the_same_people(
    population: pl.DataFrame, place: str
) -> None:
    sums = divisions(population.filter(pl.col("place") == place))
    assert len(sums) >= 4
    assert len(set(sums.values())) == 1


def test_zones_have_the_size_they_were_given_and_sum_to_the_municipality(
    population: pl.DataFrame,
) -> None:
    whole = population.filter(pl.all_horizontal(pl.col(d).is_null() for d in DIMENSIONS))
    by_place = dict(whole.select("place", "persons").iter_rows())
    assert {z.id: z.persons for z in ZONES} == {k: v for k, v in by_place.items() if "-" in k}
    # 11 800 + 10 900 + 12 400 + 9 700 + 13 100 + 11 600 + 10 300 + 8 200 + 11 900 + 6 400
    assert by_place["9901"] == 106_300


def test_the_full_table_of_zones_gives_the_municipalitys_ages_and_education(
    population: pl.DataFrame,
) -> None:
    full = population.filter(
        pl.col("sex").is_not_null()
        & pl.col("age").is_not_null()
        & pl.col("education").is_not_null()
    )
    keys = ["sex", "age", "education"]
    zones = full.filter(pl.col("place").str.contains("-")).group_by(keys)
    here = full.filter(pl.col("place") == "9901").select([*keys, "persons"]).sort(keys)
    assert zones.agg(pl.col("persons").sum()).sort(keys).equals(here)


def test_hard_living_conditions_go_with_short_education(population: pl.DataFrame) -> None:
    adults = population.filter(
        pl.col("sex").is_not_null()
        & pl.col("age").str.strip_suffix("+").cast(pl.Int64).is_between(25, 120)
    )
    basic = adults.filter(pl.col("education") == "basic").group_by("place")
    share = basic.agg(pl.col("persons").sum().alias("basic")).join(
        adults.group_by("place").agg(pl.col("persons").sum()), on="place"
    )
    shares = {p: b / n for p, b, n in share.iter_rows()}
    hard = {"9901-03", "9901-04", "9901-08"}
    best = {"9901-07", "9901-09"}
    others = {z.id for z in ZONES} - hard - best
    assert max(shares[z] for z in others) < min(shares[z] for z in hard)
    assert min(shares[z] for z in others) > max(shares[z] for z in best)


def test_the_file_stays_small_enough_to_read_by_hand(elvebyen: Path) -> None:
    lines = (elvebyen / "population.csv").read_text("utf-8").count("\n")
    assert lines < 15_000
