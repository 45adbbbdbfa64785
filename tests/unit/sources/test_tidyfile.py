"""Figures written as files, and the command that reads files."""

from __future__ import annotations

import json

import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from jevn.cli.source_files import import_command
from jevn.sources.files import import_file
from jevn.sources.tidyfile import tidy_rows, write_tidy
from jevn.terms import UserError

TEXT = """Andel med god helse
Kommune;Menn;;Kvinner;
;2023;2024;2023;2024
3301 Drammen;71,5;72,0;69,8;70,1
4003 Skien;68,2;:;66,0;65,4

Kilde: Fylkeskommunen
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "helse.csv"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def run(file):
    app = typer.Typer()
    app.command("import")(import_command)

    @app.callback()
    def _() -> None:
        pass

    def running(*arguments):
        return CliRunner().invoke(app, ["import", *map(str, arguments)])

    return running


def test_tidy_rows_have_names_and_years(file):
    rows = tidy_rows(import_file(file).dataset)
    assert rows.columns == [
        "place", "place_name", "period", "period_start", "period_end", "kjønn", "figure", "value",
        "flag",
    ]  # fmt: skip
    hidden = rows.filter(pl.col("flag") == ":").to_dicts()
    assert hidden == [
        {"place": "4003", "place_name": "Skien", "period": "2024", "period_start": 2024,
         "period_end": 2024, "kjønn": "Menn", "figure": "value", "value": None, "flag": ":"}
    ]  # fmt: skip


def test_spans_have_their_first_and_last_year(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Kommune;År;Andel\nSkien;2022-2024;1,5\nSkien;2021-2023;2\n", "utf-8")
    rows = tidy_rows(import_file(path).dataset)
    assert rows.select("period_start", "period_end").rows() == [(2021, 2023), (2022, 2024)]
    path.write_text("Kommune;Kvartal;Andel\nSkien;2024K1;1,5\nSkien;2024K2;2\n", "utf-8")
    assert "period_start" not in tidy_rows(import_file(path).dataset).columns


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_what_is_written_is_read_back_with_what_is_known_of_it(file, tmp_path, ending):
    found = import_file(file)
    path = tmp_path / "ut" / f"helse.{ending}"
    assert write_tidy(found.dataset, found.origin, path) == 8
    back = pl.read_parquet(path) if ending == "parquet" else pl.read_csv(path, infer_schema=False)
    assert back.height == 8
    assert back["flag"].drop_nulls().to_list() == [":"]
    about = json.loads((path.parent / f"{path.name}.json").read_text("utf-8"))
    assert about["origin"]["producer"] == "Fylkeskommunen"
    assert about["label"] == "Andel med god helse"
    assert [d["code"] for d in about["dimensions"]] == ["place", "period", "kjønn", "figure"]


@pytest.mark.parametrize("name", ["ut.xls", "fil/ut.csv"])
def test_what_cannot_be_written_is_told(file, tmp_path, name):
    (tmp_path / "fil").write_text("x")
    found = import_file(file)
    with pytest.raises(UserError) as fault:
        write_tidy(found.dataset, found.origin, tmp_path / name)
    assert fault.value.id == "sources_file_out"


def test_the_command_says_what_was_understood(run, file):
    done = run(file)
    assert done.exit_code == 0, done.output
    assert "Overskriftene står på linje 2 til 3. Under er 2 rader." in done.output
    assert "«:» står i stedet for tall i 1 celle," in done.output


def test_the_command_writes_and_prints_as_json(run, file, tmp_path):
    out = tmp_path / "helse.parquet"
    done = run(file, "--out", out, "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert (found["cells"], found["rows"]) == (8, [])
    assert found["dimensions"]["place"] == ["3301", "4003"]
    assert pl.read_parquet(out).height == 8
    rows = json.loads(run(file, "--json").stdout)["rows"]
    assert len(rows) == 8


def test_place_and_period_of_a_whole_file_are_given_by_hand(run, tmp_path):
    path = tmp_path / "skole.csv"
    path.write_text("Trinn;Andel\n5. trinn;1,5\n8. trinn;2,5\n", "utf-8")
    found = json.loads(run(path, "--place", "3301", "--period", "2024", "--json").stdout)
    assert found["dimensions"]["place"] == ["3301"]
    assert found["dimensions"]["period"] == ["2024"]
    keys = {step["key"] for step in found["steps"]}
    assert not keys & {"sources.file.no_place", "sources.file.no_period"}


def test_a_form_of_ones_own_is_used(run, tmp_path, file):
    form = tmp_path / "mitt.yaml"
    form.write_text("producer: Oss\ntitle: Helse\n", "utf-8")
    found = json.loads(run(file, "--form", form, "--json").stdout)
    assert (found["origin"]["producer"], found["origin"]["title"]) == ("Oss", "Helse")
    assert isinstance(run(file, "--form", "ukjent").exception, UserError)
