"""The commands of step 3 that need no plan folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jevn.cli.effort import app
from jevn.effort.schemas import ACCOUNTS
from jevn.tables import read_table
from jevn.terms import UserError

run = CliRunner().invoke
EXPORT = "Regnskap 2026, i 1000 kr\nFunksjon;Konto;Beløp\n2020 Grunnskole;10100;12,5\n"


def test_functions_shows_the_default_shares_as_data() -> None:
    result = run(app, ["functions", "--json"])
    assert result.exit_code == 0
    found = {f["function"]: f for f in json.loads(result.stdout)}
    assert [(s["area"], s["share"]) for s in found["232"]["shares"]] == [
        ("oppvekst", 0.5),
        ("helsetjenester", 0.5),
    ]
    assert found["253"]["outside"] == "care"


def test_functions_shows_a_table_for_people() -> None:
    result = run(app, ["functions"])
    assert "Grunnskole" in result.stdout
    assert "Utenfor områdene" in result.stdout


def test_import_writes_accounts_and_says_what_was_done(tmp_path: Path) -> None:
    source, out = tmp_path / "eksport.csv", tmp_path / "accounts.csv"
    source.write_text(EXPORT, "utf-8")
    result = run(app, ["import", str(source), "--out", str(out)])
    assert result.exit_code == 0
    assert "1 000" in result.stdout.replace("\xa0", " ")
    assert read_table(out, ACCOUNTS)["amount"].to_list() == [12_500.0]


def test_import_without_out_writes_nothing(tmp_path: Path) -> None:
    source = tmp_path / "eksport.csv"
    source.write_text(EXPORT, "utf-8")
    result = run(app, ["import", str(source), "--json"])
    assert json.loads(result.stdout)["rows"] == [
        {"year": 2026, "function": "202", "type": "010", "responsibility": None, "amount": 12500.0}
    ]
    assert [p.name for p in tmp_path.iterdir()] == ["eksport.csv"]


@pytest.mark.parametrize(
    "arguments",
    [["profile", "mappe", "--area", "helse"], ["import", "fil.csv", "--income", "pluss"]],
)
def test_wrong_choices_are_the_users_errors(arguments: list[str]) -> None:
    result = run(app, arguments)
    assert isinstance(result.exception, UserError)
    assert result.exception.render("nb")
