"""Drammen across three municipality numbers: people by age and education, none counted twice."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from jevn.challenges.inhabitants import population_picture
from jevn.planwork.model import PlanWork


def test_the_pyramid_has_every_year_and_everyone(drammen: PlanWork, shared_data: Path) -> None:
    name = "population-1yr-age-sex-drammen-and-peers-2010-2026.csv"
    wanted: Counter[int] = Counter()
    with (shared_data / "data/population-csdata" / name).open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["location_code"] == "municip_nor3301":
                wanted[int(row["calyear"])] += int(float(row["pop_jan1_n"]))
    picture = population_picture(drammen.population, "3301")
    assert picture is not None
    assert dict(picture.persons) == wanted
    assert (picture.first.year, picture.last.year) == (2010, 2026)
    assert picture.last.persons == 106_013


def test_education_is_joined_over_three_former_municipalities_and_a_new_number(
    drammen: PlanWork, shared_data: Path
) -> None:
    path = shared_data / "data/municipality-education-imdi/education-by-municipality-2011-2020.csv"
    basic: Counter[int] = Counter()
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if (
                row["region"] in ("K0602", "K0625", "K0711", "K3005")
                and row["sex"] == "Alle"
                and row["background"] == "Hele befolkningen"
                and row["education"] == "Grunnskole"
            ):
                basic[int(row["year"])] += int(row["persons"])
    picture = population_picture(drammen.population, "3301")
    assert picture is not None
    assert [year for year, _ in picture.education] == [2011, 2015, 2019, 2020]
    assert {year: dict(levels)["basic"] for year, levels in picture.education} == basic
    assert set(drammen.population["place"].unique()) == {"0", "3301", "3312"}


def test_the_share_with_basic_education_falls_while_people_grow(drammen: PlanWork) -> None:
    picture = population_picture(drammen.population, "3301")
    assert picture is not None
    shares = []
    for _, levels in picture.education:
        persons = dict(levels)
        shares.append(persons["basic"] / sum(persons.values()))
    assert shares == sorted(shares, reverse=True)
    years = [n for _, n in picture.persons]
    assert years == sorted(years)
    assert picture.last.share(65) > picture.first.share(65)


def test_nobody_is_counted_twice_when_people_are_summed(drammen: PlanWork) -> None:
    rows = drammen.population.filter(pl.col("place") == "3301")
    aged = rows.filter(pl.col("age").is_not_null() & (pl.col("year") == 2020))
    learnt = rows.filter(pl.col("education").is_not_null() & (pl.col("year") == 2020))
    assert aged["persons"].sum() == pytest.approx(101_386, abs=200)
    assert learnt["persons"].sum() < aged["persons"].sum()
