"""``jevn impact assess`` with a model: the years ahead in the terminal and as JSON."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jevn.cli.impact import app
from jevn.terms import UserError


@pytest.fixture(scope="module")
def folder(elvebyen_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Elvebyen with few draws."""
    copy = tmp_path_factory.mktemp("ahead") / "plan"
    shutil.copytree(elvebyen_folder, copy)
    model = copy / "model.yaml"
    model.write_text(model.read_text("utf-8").replace("draws: 128", "draws: 16"), "utf-8")
    return copy


def assess(folder: Path, *options: str) -> str:
    shown = CliRunner().invoke(app, ["assess", str(folder), *options])
    assert shown.exit_code == 0, shown.output
    return shown.output


def test_every_alternative_is_shown_and_json_is_repeatable(folder: Path) -> None:
    shown = assess(folder)
    assert "Friske leveår" in shown
    assert "16 trekninger" in shown
    first = json.loads(assess(folder, "--json", "--draws", "32", "--seed", "3"))
    assert (first["projection"]["draws"], first["projection"]["seed"]) == (32, 3)
    health = next(a for a in first["alternatives"] if a["alternative"]["id"] == "helse_naer")
    total = health["projection"]["benefit"][0]["total"]
    assert total["lower"] <= total["median"] <= total["upper"]
    again = json.loads(assess(folder, "--json", "--draws", "32", "--seed", "3"))
    assert again == first
    other = json.loads(assess(folder, "--json", "--draws", "32", "--seed", "4"))
    assert other["alternatives"] != first["alternatives"]


def test_one_alternative_is_told_whole(folder: Path) -> None:
    shown = assess(folder, "--alternative", "helse_naer")
    assert "effektmål es33a" in shown
    one = json.loads(assess(folder, "--alternative", "helse_naer", "--json"))
    assert one["alternative"]["id"] == one["projection"]["alternative"] == "helse_naer"
    assert one["projection"]["chain"]
    assert one["projection"]["tornado"]


@pytest.mark.parametrize("options", [("--draws", "0"), ("--seed", "-1")])
def test_numbers_that_cannot_be_are_refused(folder: Path, options: tuple[str, str]) -> None:
    shown = CliRunner().invoke(app, ["assess", str(folder), *options])
    assert shown.exit_code != 0
    assert not isinstance(shown.exception, ValueError), "a user never sees a traceback"


def test_a_faulty_model_is_refused_with_its_line(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "plan"
    shutil.copytree(folder, copy)
    model = copy / "model.yaml"
    model.write_text(model.read_text("utf-8").replace("to: mortality", "to: mortalty", 1), "utf-8")
    shown = CliRunner().invoke(app, ["assess", str(copy)])
    assert isinstance(shown.exception, UserError)
    assert "mortalty" in str(shown.exception)
    assert "model.yaml, linje" in str(shown.exception)
