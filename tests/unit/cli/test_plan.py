"""``jevn plan``: the process, freezing, and what is changed, as a planner runs it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jevn.cli.plan import app
from jevn.planwork import read_folder
from jevn.terms import UserError


@pytest.fixture
def folder(quick_folder: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "plan"
    shutil.copytree(quick_folder, copy)
    return copy


def run(*arguments: object) -> str:
    shown = CliRunner().invoke(app, [str(a) for a in arguments])
    if shown.exception and not isinstance(shown.exception, SystemExit):
        raise shown.exception
    assert shown.exit_code == 0, shown.output
    return shown.output


def test_the_process_is_shown_with_what_is_missing(folder: Path) -> None:
    shown = run("process", folder)
    assert "Temaplan" in shown
    assert "Neste: " in shown
    states = json.loads(run("process", folder, "--json"))["states"]
    assert [s["standing"] for s in states].count("now") == 1


def test_a_version_is_frozen_and_what_is_changed_since_is_shown(folder: Path) -> None:
    shown = run("freeze", folder, "--as", "hearing", "--date", "2027-03-02", "--id", "h2")
    assert "h2" in shown
    before = {v.id for v in read_folder(folder).versions}
    assert "h2" in before
    assert "Ingenting er endret" in run("diff", folder, "h2")
    plan = folder / "plan.yaml"
    plan.write_text(
        plan.read_text("utf-8").replace("owner: Folkehelsesjef", "owner: Kultursjef", 1), "utf-8"
    )
    shown = run("diff", folder, "h2")
    assert "Folkehelsesjef → Kultursjef" in shown
    found = json.loads(run("diff", folder, "h2", "now", "--json"))
    (change,) = found["changes"]
    assert (change["what"], change["about"]) == ("action", "owner")
    with pytest.raises(UserError) as refused:
        run("freeze", folder, "--as", "hearing", "--date", "2027-03-02", "--id", "h2")
    assert refused.value.id == "version_exists"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("freeze", "--as", "kladd"), "version_kind"),
        (("freeze", "--as", "draft", "--date", "i går"), "version_date"),
        (("freeze", "--as", "draft", "--decision", "ukjent"), "version_decision"),
        (("diff", "ukjent"), "version_none"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    folder: Path, arguments: tuple[str, ...], problem: str
) -> None:
    command, *rest = arguments
    with pytest.raises(UserError) as refused:
        run(command, folder, *rest)
    assert refused.value.id == problem
    assert not list((folder / "versions").glob("*.part"))


def test_a_plan_with_something_missing_is_not_frozen_as_adopted(folder: Path) -> None:
    plan = folder / "plan.yaml"
    lines = [x for x in plan.read_text("utf-8").splitlines() if "owner: Folkehelsesjef" not in x]
    plan.write_text("\n".join(lines), "utf-8")
    with pytest.raises(UserError) as refused:
        run("freeze", folder, "--as", "adopted")
    assert refused.value.id == "version_not_ready"
