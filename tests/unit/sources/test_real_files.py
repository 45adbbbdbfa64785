"""Real statistics files, as published: every cell comes through, and the known figures are there.

What is expected is read from the files by other means (plain ``polars.read_csv``).
"""

from __future__ import annotations

import polars as pl
import pytest

from jevn.sources.dataset import Role
from jevn.sources.files import import_file
from jevn.terms import InputRefused

FHI = (
    "cardiovascular-primary-care-3yr", "causes-of-death-10yr", "child-protection",
    "debt-over-3x-income", "life-expectancy-7yr-municipalities",
    "life-expectancy-by-education-7yr", "low-income-by-immigration",
    "mental-health-primary-care-1yr", "overcrowding-by-immigration", "overweight-17yr",
    "school-points-by-parental-education", "school-wellbeing-10th-grade",
    "youth-life-satisfaction-by-ses", "youth-mental-distress-by-ses", "youth-otc-painkillers",
    "youth-satisfied-with-health",
)  # fmt: skip
FIGURES = ("Antall", "Andel", "value")


@pytest.fixture
def read(shared_data):
    def reading(name):
        path = shared_data / "data" / name
        if not path.is_file():
            pytest.skip(f"{name} is not here")
        return import_file(path)

    return reading


def chosen(found, **codes):
    table = found.dataset.table
    for name, code in codes.items():
        column = next(c for c in table.columns if c.casefold() == name.casefold())
        table = table.filter(pl.col(column).cast(pl.String) == code)
    return table


@pytest.mark.parametrize("name", FHI)
def test_fhi_extracts_to_the_last_cell(read, shared_data, name):
    found = read(f"fhi-extracts/{name}.csv")
    plain = pl.read_csv(shared_data / "data/fhi-extracts" / f"{name}.csv", infer_schema=False)
    column = next(c for c in FIGURES if c in plain.columns)
    numbers = plain[column].cast(pl.Float64, strict=False)
    table = found.dataset.table
    assert table.height == plain.height
    assert table["value"].drop_nulls().sort().to_list() == numbers.drop_nulls().sort().to_list()
    signs = plain[column].fill_null("").filter(numbers.is_null())
    assert table["flag"].drop_nulls().sort().to_list() == signs.sort().to_list()
    assert table["value"].is_null().equals(table["flag"].is_not_null())
    assert len(found.dataset.role(Role.GEO).categories) == 19


def test_life_expectancy_at_thirty_by_education(read):
    found = read("fhi-extracts/life-expectancy-by-education-7yr.csv")
    skien = chosen(found, place="Skien", period="2018_2024", kjønn="kjønn samlet", alder="30 år")
    levels = skien.select(pl.col("Utdanningsnivå").cast(pl.String), pl.col("value").round(1))
    assert dict(levels.rows()) | {"alle utdanningsnivåer": None} == {
        "alle utdanningsnivåer": None,
        "grunnskole": 79.7,
        "videregående": 83.4,
        "universitet/ høgskole": 86.9,
        "videregående eller høyere": 85.1,
    }
    county = read("fhi-extracts/life-expectancy-by-education-telemark-age30.csv")
    assert dict(chosen(county, period="2018_2024").select("figure", "value").rows()) == {
        "Grunnskole": 79.5,
        "Videregående": 83.3,
        "Universitet/Høyskole": 86.6,
    }
    assert "sources.file.no_place" in {s.key for s in county.steps}


def test_a_hidden_cell_of_a_small_municipality_keeps_its_sign(read):
    found = read("fhi-extracts/life-expectancy-by-education-7yr.csv")
    one = chosen(found, place="Fyresdal", period="2018_2024", kjønn="kjønn samlet", alder="30 år")
    flags = dict(one.select(pl.col("Utdanningsnivå").cast(pl.String), "flag").rows())
    assert set(flags.values()) - {None}
    assert set(flags) == set(found.dataset.dimension("Utdanningsnivå").codes)


@pytest.mark.parametrize(
    ("name", "period", "places"),
    [
        ("income-inequality-latest", "2024", 19),
        ("persistent-low-income-0-17-latest", "2021_2023", 19),
        ("persistent-low-income-all-latest", "2021_2023", 19),
    ],
)
def test_the_period_in_the_heading(read, name, period, places):
    found = read(f"fhi-extracts/{name}.csv")
    assert found.dataset.dimension("period").codes == [period]
    assert found.dataset.table.height == places


def test_codes_and_names_of_places_are_joined(read):
    found = read("fhi-extracts/overcrowding-by-immigration.csv")
    place = found.dataset.dimension("place")
    assert (place.label_of("0"), place.label_of("40")) == ("Hele landet", "Telemark")
    assert place.label_of("4003") == "Skien"


@pytest.mark.parametrize(
    ("name", "places", "figures"),
    [
        ("zones-2021", 45, ["Antall", "Andel"]),
        ("zones-2025", 45, ["Antall", "Andel"]),
        ("zones-background", 45, ["Andel"]),
        ("zones-respondents", 38, ["Antall_respondenter"]),
        (
            "municipalities-2021", 18,
            ["Antall_original", "Andel_original", "Antall_vektet", "Andel_vektet"],
        ),
        (
            "municipalities-2025", 18,
            ["Antall_original", "Andel_original", "Antall_vektet", "Andel_vektet"],
        ),
        ("municipalities-background-2025", 18, ["Antall", "Andel"]),
    ],
)  # fmt: skip
def test_the_survey_by_zone_and_municipality(read, shared_data, name, places, figures):
    found = read(f"fhus-telemark-2025/{name}.csv")
    path = shared_data / "data/fhus-telemark-2025" / f"{name}.csv"
    plain = pl.read_csv(path, separator=";", infer_schema=False)
    assert found.dataset.dimension("figure").codes == figures
    assert len(found.dataset.dimension("place").categories) == places
    for figure in figures:
        mine = chosen(found, figure=figure)["value"].drop_nulls().sort().to_list()
        assert mine == plain[figure].cast(pl.Float64).drop_nulls().sort().to_list()


def test_zones_of_skien_in_good_health(read):
    found = read("fhus-telemark-2025/zones-2025.csv")
    table = chosen(found, figure="Andel")
    skien = table.filter(pl.col("place").cast(pl.String).str.starts_with("4003"))
    assert skien["place"].n_unique() == 13
    health = skien.filter(pl.col("Variabel").cast(pl.String).str.contains("(?i)helse"))
    shares = {
        key[0]: (round(100 * rows["value"].min()), round(100 * rows["value"].max()))
        for key, rows in health.group_by(pl.col("Variabel").cast(pl.String))
    }
    assert (60, 74) in shares.values()


def test_education_by_municipality_sex_and_background(read, shared_data):
    found = read("municipality-education-imdi/education-by-municipality-2011-2020.csv")
    one = chosen(found, place="3001", period="2020", sex="Kvinner", education="alle")
    assert one.filter(pl.col("background") == "Hele befolkningen")["value"].to_list() == [7393]
    assert found.dataset.dimension("place").label_of("3005").startswith("Drammen")


def test_tenure_by_subdistrict_has_six_figures_in_each_row(read):
    found = read("oslo-bydelsfakta/tenure-by-subdistrict-2015-2017.csv")
    one = chosen(found, place="0101", period="2015").select("figure", "value").rows()
    assert dict(one)["selveier_alle"] == 26.3
    assert len(one) == 6
    households = read("oslo-bydelsfakta/households-with-children-by-subdistrict-2008-2013-2018.csv")
    assert households.dataset.table.height == 9212


def test_account_rows_keep_function_and_type_as_groups(read, shared_data):
    found = read("kostra-accounts-ssb/data.csv")
    plain = pl.read_csv(shared_data / "data/kostra-accounts-ssb/data.csv", infer_schema=False)
    names = [d.code for d in found.dataset.dimensions]
    assert names == ["place", "period", "kontoklasse", "funksjon", "art", "figure"]
    assert found.dataset.table["value"].sum() == plain["belop"].cast(pl.Float64).sum()


def test_population_by_age_is_counted_in_full(read, shared_data):
    name = "population-csdata/population-1yr-age-sex-drammen-and-peers-2010-2026.csv"
    found = read(name)
    plain = pl.read_csv(shared_data / "data" / name)
    drammen = plain.filter(
        (pl.col("location_code") == "municip_nor3301") & (pl.col("calyear") == 2024)
    )
    mine = chosen(found, place="3301", period="2024")
    assert mine["value"].sum() == drammen["pop_jan1_n"].sum()
    assert found.dataset.dimension("age").codes[:3] == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("fhus-telemark-2025/zones-list.csv", "sources_file_no_figures"),
        ("population-csdata/location-names-2024.csv", "sources_file_no_figures"),
        ("kostra-accounts-ssb/stjernetabell.csv", "sources_file_no_header"),
    ],
)
def test_lists_without_figures_are_refused(read, name, fault):
    with pytest.raises(InputRefused) as refusal:
        read(name)
    assert refusal.value.id == fault
