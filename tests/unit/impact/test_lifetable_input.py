"""Bad input of the life table is refused whole, with file, place and remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from jevn.cli import app
from jevn.impact.lifetable import read_model, read_scenario
from jevn.terms import InputRefused
from unit.impact.lifetables import population, rates, risks, write_model

Table = Callable[[pl.DataFrame], pl.DataFrame]


def put(column: str, value: float) -> Table:
    """A change of the sixth row of a table."""
    return lambda table: table.with_columns(
        pl.when(pl.int_range(pl.len()) == 5).then(value).otherwise(pl.col(column)).alias(column)
    )


@pytest.mark.parametrize(
    ("change", "id"),
    [
        (put("HEART_i", -0.1), "table_too_small"),
        (put("HEART_prev", 1.2), "table_too_large"),
        (put("TOB_no", 0.2), "lifetable_shares"),
        (lambda t: t.filter(pl.col("edu") != "long"), "lifetable_group"),
        (lambda t: t.filter(pl.col("age") != 30), "lifetable_rate"),
        (lambda t: t.drop("HEART_dr"), "lifetable_column"),
        (lambda t: t.with_columns(pl.lit(None).alias("yld")), "table_empty_cell"),
        (lambda t: pl.concat([t, t.head(1)]), "table_double_key"),
    ],
)
def test_rates_are_refused(tmp_path: Path, change: Table, id: str) -> None:
    folder = write_model(tmp_path / "m", table=change(rates()))
    with pytest.raises(InputRefused) as refused:
        read_model(folder)
    assert id in {p.id for p in refused.value.problems}
    assert {p.file for p in refused.value.problems} == {"rates_by_age.csv"}


@pytest.mark.parametrize(
    ("change", "id"),
    [
        (put("population", -1), "table_too_small"),
        (lambda t: t.drop("edu"), "lifetable_stratum"),
        (lambda t: t.clear(), "table_empty_file"),
    ],
)
def test_population_is_refused(tmp_path: Path, change: Table, id: str) -> None:
    folder = write_model(tmp_path / "m", change(population()))
    with pytest.raises(InputRefused) as refused:
        read_model(folder)
    assert id in {p.id for p in refused.value.problems}


@pytest.mark.parametrize(
    ("change", "id"),
    [
        (lambda t: t.filter(pl.col("bin") != "yes"), "lifetable_risk"),
        (lambda t: t.with_columns(pl.lit(5).alias("age_to")), "lifetable_ages"),
        (
            lambda t: t.with_columns(
                pl.when(pl.col("age_from") == 30).then(20).otherwise("age_from").alias("age_from")
            ),
            "lifetable_overlap",
        ),
        (put("HEART", -2), "table_too_small"),
        (lambda t: t.drop("mortality"), "table_missing_column"),
    ],
)
def test_risks_are_refused(tmp_path: Path, change: Table, id: str) -> None:
    folder = write_model(tmp_path / "m", relative=change(risks()))
    with pytest.raises(InputRefused) as refused:
        read_model(folder)
    assert id in {p.id for p in refused.value.problems}
    assert {p.file for p in refused.value.problems} == {"tobacco_rr.csv"}


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="finnes ikke"):
        read_model(tmp_path / "none")


@pytest.mark.parametrize(
    ("text", "id", "place"),
    [
        ("[incidence]\nHAERT = 0.9", "scenario_name", "incidence.HAERT"),
        ("[acute]\nHEART = 0.9", "scenario_name", "acute.HEART"),
        ("[incidents]\nHEART = 0.9", "scenario_unknown", "incidents"),
        ("[exposure.TOB]\naffects = ['LUNGS']", "scenario_name", "exposure.TOB.affects"),
        ("[exposure.TOB]\naffects = ['MOOD']", "scenario_name", "exposure.TOB.affects"),
        ("[exposure.TOB]\ncessasion = 0.1", "scenario_unknown", "exposure.TOB.cessasion"),
        ("[exposure.TOB]\ncessation = 1.2", "scenario_value", "exposure.TOB.cessation"),
        ("[exposure.TOB]\nlag_years = 20", "scenario_lag", "exposure.TOB.lag_years"),
        ("[incidence]\nHEART = -0.1", "scenario_value", "incidence.HEART"),
        ("[incidence]\nHEART = nan", "scenario_value", "incidence.HEART"),
        ("[incidence]\nHEART = {value = 0.9, low = 0.95, high = 1}", "scenario_interval", None),
        ("[incidence]\nHEART = {value = 0.9, low = 0.8}", "scenario_missing", None),
        ("[simplified]\nHEART = 1", "scenario_flag", "simplified.HEART"),
        ("incidence = 0.9", "scenario_table", "incidence"),
        ("max_age = 110", "scenario_ages", "max_age"),
        ("this is no TOML", "scenario_toml", None),
    ],
)
def test_scenarios_are_refused(tmp_path: Path, text: str, id: str, place: str | None) -> None:
    model = read_model(write_model(tmp_path / "m"))
    file = tmp_path / "s.toml"
    lead = "" if "max_age" in text else "max_age = 59\n"
    file.write_text(f"start_year = 2025\nsteps = 41\n{lead}{text}\n", "utf-8")
    with pytest.raises(InputRefused) as refused:
        read_scenario(file, model)
    assert [p.id for p in refused.value.problems] == [id]
    assert refused.value.problems[0].file == "s.toml"
    if place:
        assert refused.value.problems[0].column == place


def test_start_and_steps_must_be_given(tmp_path: Path) -> None:
    model = read_model(write_model(tmp_path / "m"))
    file = tmp_path / "s.toml"
    file.write_text("steps = 0\n", "utf-8")
    with pytest.raises(InputRefused) as refused:
        read_scenario(file, model)
    assert {p.column for p in refused.value.problems} == {"start_year", "steps"}


SCENARIO = """start_year = 2025
steps = 15
max_age = 59
[incidence]
HEART = {value = 0.8, low = 0.7, high = 0.9}
"""


def test_the_command_writes_tables_that_are_whole(tmp_path: Path) -> None:
    folder, scenario = write_model(tmp_path / "m"), tmp_path / "s.toml"
    scenario.write_text(SCENARIO, "utf-8")
    out = tmp_path / "out"
    args = ["impact", "lifetable", str(folder), "--scenario", str(scenario), "--draws", "8"]
    done = CliRunner().invoke(app, [*args, "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "Friske leveår" in done.output
    assert {p.name for p in out.iterdir()} == {"lifetable.csv", "diseases.csv", "totals.json"}
    table = pl.read_csv(out / "lifetable.csv")
    assert table.height == 12 * 15
    assert table.null_count().row(0) == (0,) * table.width
    again = CliRunner().invoke(app, [*args, "--out", str(out)])
    assert again.exit_code != 0


def test_the_command_gives_json(tmp_path: Path) -> None:
    import json

    folder, scenario = write_model(tmp_path / "m"), tmp_path / "s.toml"
    scenario.write_text(SCENARIO, "utf-8")
    done = CliRunner().invoke(
        app, ["impact", "lifetable", str(folder), "--scenario", str(scenario), "--json"]
    )
    found = json.loads(done.stdout)
    assert set(found["totals"]) == {"short", "long", "all"}
    assert found["totals"]["all"]["HALY_gain"] > 0
    assert {"edu", "sex", "year_of_birth", "year", "bau_LE", "HALE"} <= set(found["rows"][0])
