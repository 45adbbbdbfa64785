"""``jevn prioritise portfolio`` on a plan folder: the package, its front, how sure, and why."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jevn.cli.prioritise import app
from jevn.terms import InputRefused, UserError


@pytest.fixture(scope="module")
def folder(elvebyen_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Elvebyen followed for five years, with few draws."""
    copy = tmp_path_factory.mktemp("portfolio") / "plan"
    shutil.copytree(elvebyen_folder, copy)
    model = copy / "model.yaml"
    model.write_text(model.read_text("utf-8").replace("years: 20", "years: 5"), "utf-8")
    asked = copy / "priorities.yaml"
    asked.write_text(asked.read_text("utf-8") + "demands: {draws: 8, levels: [0.5, 1]}\n", "utf-8")
    return copy


def run(folder: Path, *options: str) -> str:
    shown = CliRunner().invoke(app, ["portfolio", str(folder), *options])
    if shown.exception and not isinstance(shown.exception, SystemExit):
        raise shown.exception
    assert shown.exit_code == 0, shown.output
    return shown.output


def test_the_package_is_shown_with_reasons_front_and_standing(folder: Path) -> None:
    shown = run(folder, "--front", "--robust")
    assert "Hvorfor inne, hvorfor ute" in shown
    assert "På fronten" in shown
    assert "alltid inne" in shown
    assert "bare er vurdert faglig" in shown
    assert "portfolio." not in shown


def test_json_holds_what_is_shown(folder: Path) -> None:
    first = json.loads(run(folder, "--json", "--lock", "rph=0"))
    assert "rph" not in [c["id"] for c in first["best"]["chosen"]]
    (limit,) = {nok for year, nok in first["frame"] if year == 2028}
    spent = sum(c["nok"] for c in first["best"]["chosen"] if c["start"] <= 2028)
    assert spent <= limit
    assert not first["best"]["loosened"]
    points = [(p["total"], p["worst_off"]) for p in first["points"] if p["kind"] == "front"]
    assert points == sorted(points, key=lambda p: -p[0])
    reserved = {"foreldrekurs", "okonomiraad"}
    assert reserved <= set(first["reserved"])
    assert len(first["reserved"]) + len(first["left_out"]) + len(first["options"]) == 24


def test_a_frame_below_what_is_locked_says_what_must_give(folder: Path) -> None:
    shown = run(folder, "--frame", "3000000", "--lock", "rph=1", "--lock", "kjernetid=1")
    assert "Rammen for 2028 må økes med 3 200 000 kr" in shown.replace("\xa0", " ")
    assert "På fronten" not in shown
    assert "alltid inne" not in shown


@pytest.mark.parametrize(
    ("lock", "problem"),
    [
        ("rph", "portfolio_lock_form"),
        ("rph=mye", "portfolio_lock_form"),
        ("=1", "portfolio_lock_form"),
        ("bti=1", "portfolio_unknown"),
    ],
)
def test_locks_that_cannot_be_meant_are_refused(folder: Path, lock: str, problem: str) -> None:
    with pytest.raises(InputRefused) as refused:
        run(folder, "--lock", lock)
    assert refused.value.id == problem


def test_a_folder_where_nothing_can_be_computed_says_so(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "plan"
    shutil.copytree(folder, copy)
    (copy / "model.yaml").unlink()
    with pytest.raises(UserError) as refused:
        run(copy)
    assert refused.value.id == "portfolio_nothing"
