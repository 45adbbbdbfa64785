"""Drammen as published: every figure has its source, estimates say so, nothing is invented."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest
import yaml

from jevn.challenges.schemas import INDICATORS, OBSERVATIONS, PLACES, POPULATION
from jevn.plan.reading import read_process
from jevn.tables import read_table
from jevn.tables.yamlfile import load_yaml

FOLDER = Path(__file__).resolve().parents[3] / "examples" / "drammen"

# indicator and place here -> indicator and geography in the list of published figures
PUBLISHED = {
    ("levealder30", "0"): ("life expectancy (age at death expected at 30), both", "Norway"),
    ("grunnskolepoeng", "0"): ("lower secondary points, standardised", "Norway"),
    ("fullfort_vgs", "0"): ("completed upper secondary in normal time", "Norway"),
    ("fullfort_vgs", "33"): ("completed upper secondary in normal time", "Buskerud"),
    ("levealder", "3301"): ("life expectancy at birth", "Drammen"),
    ("levealder", "0"): ("life expectancy at birth", "Norway"),
    ("barn_lavinntekt", "0602"): ("children in low-income families (persistent)", "Drammen (old)"),
    ("barn_lavinntekt", "0"): ("children in low-income families (persistent)", "Norway"),
    ("barn_eu60", "0602"): ("children in low-income household, EU-60", "Drammen (old)"),
    ("barn_eu60", "0"): ("children in low-income household, EU-60", "Norway"),
    ("sosialhjelp", "0602"): ("social assistance recipients 20-66", "Drammen (old)"),
    ("sosialhjelp", "EAKUO"): ("social assistance recipients 20-66", "Norway excl. Oslo"),
    ("barnehagedekning", "0602"): ("kindergarten coverage", "Drammen (old)"),
    ("arbeidsledige", "0602"): ("unemployed 25-66", "Drammen (old)"),
    ("arbeidsledige", "EAKUO"): ("unemployed 25-66", "Norway excl. Oslo"),
    ("intro_til_arbeid", "0602"): ("introduction programme to work or education", "Drammen (old)"),
    ("psykiske_symptomer", "3301"): (
        "users of primary care for mental symptoms, 0-74",
        "Drammen",
    ),
    ("psykiske_symptomer", "0"): ("users of primary care for mental symptoms, 0-74", "Norway"),
}
GROUPS = {
    "basic": "primary",
    "upper_secondary": "upper secondary",
    "higher": ("university", "higher"),
    "men": "men",
    "women": "women",
}


@pytest.fixture(scope="module")
def observations() -> pl.DataFrame:
    return read_table(FOLDER / "observations.csv", OBSERVATIONS)


def test_every_measured_figure_is_in_the_list_of_published_figures(
    observations: pl.DataFrame, shared_data: Path
) -> None:
    listed: dict[tuple[str, str], list[tuple[str, float]]] = {}
    path = shared_data / "data" / "published-figures" / "figures.csv"
    for row in csv.DictReader(path.read_text("utf-8").splitlines()):
        key = (row["indicator"], row["geography"])
        listed.setdefault(key, []).append((row["group"], float(row["value"])))
    checked = 0
    for row in observations.filter(pl.col("flag").is_null()).iter_rows(named=True):
        found = listed[PUBLISHED[row["indicator"], row["place"]]]
        wanted = GROUPS.get(row["group"] or "", ("", "all"))
        wanted = (wanted,) if isinstance(wanted, str) else wanted
        assert row["value"] in [v for g, v in found if g in wanted], row
        checked += 1
    assert checked == 34


def test_population_is_the_published_one(shared_data: Path) -> None:
    frame = read_table(FOLDER / "population.csv", POPULATION)
    path = shared_data / "data" / "population-csdata"
    path = path / "population-1yr-age-sex-drammen-and-peers-2010-2026.csv"
    source = pl.read_csv(path).filter(pl.col("location_code") == "municip_nor3301")
    by_year = dict(source.group_by("calyear").agg(pl.col("pop_jan1_n").sum()).iter_rows())
    totals = frame.filter(
        (pl.col("place") == "3301") & pl.col("sex").is_null() & pl.col("education").is_null()
    )
    assert totals.height == 7
    for year, persons in totals.select("year", "persons").iter_rows():
        assert persons == by_year[year]
    ages = frame.filter((pl.col("place") == "3301") & pl.col("sex").is_not_null())
    assert ages["persons"].sum() == by_year[2026] == 106_013


def test_national_values_for_drammens_groups_are_marked_as_estimates(
    observations: pl.DataFrame,
) -> None:
    kinds = {o["id"]: o["kind"] for o in yaml.safe_load((FOLDER / "origins.yaml").read_text())}
    for row in observations.iter_rows(named=True):
        assert (row["flag"] == "estimated") == (kinds[row["origin"]] == "estimate")
    estimated = observations.filter(pl.col("flag") == "estimated")
    assert estimated.height == 6
    assert set(estimated["place"]) == {"3301"}
    national = observations.filter((pl.col("place") == "0") & pl.col("group").is_not_null())
    keys = ["indicator", "group", "value"]
    assert estimated.join(national, on=keys, how="anti").height == 0


def test_figures_of_the_old_municipality_are_not_given_to_the_new(
    observations: pl.DataFrame,
) -> None:
    here = observations.filter(pl.col("place") == "3301")
    assert here["period_end"].min() >= 2020


def test_every_indicator_and_place_is_known_and_the_ten_districts_are_there(
    observations: pl.DataFrame,
) -> None:
    indicators = read_table(FOLDER / "indicators.csv", INDICATORS)
    places = read_table(FOLDER / "places.csv", PLACES)
    assert set(observations["indicator"]) == set(indicators["indicator"])
    assert set(observations["place"]) <= set(places["place"])
    assert places.filter(pl.col("kind") == "zone").height == 10


def test_only_the_dated_decision_is_said_to_be_done() -> None:
    milestones = read_process(load_yaml(FOLDER / "process.yaml"))
    done = [m for m in milestones if m.state == "done"]
    assert [(m.date, m.decision) for m in done] == [("2024-05-15", "Sak 80/24")]
    assert all("foreslått" in m.title for m in milestones if m.state == "planned")
