"""``new``, ``check`` and ``build``: what they print, and how they refuse bad folders."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jevn.cli import app, main
from jevn.planwork import new_folder, read_folder
from jevn.terms import UserError


@dataclass
class Ended:
    """How a run of the command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ended]:
    """Run the command as a user does, with errors shown and an exit code."""
    monkeypatch.setenv("COLUMNS", "200")

    def act(*arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["jevn", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        shown = capsys.readouterr()
        return Ended(int(ended.value.code or 0), shown.out, shown.err)

    return act


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "plan"
    new_folder(path, name="Ås", number="3218", as_of=date(2027, 3, 1))
    return path


# --- new -----------------------------------------------------------------------


def test_new_makes_a_folder_that_can_be_checked_and_built(
    run: Callable[..., Ended], tmp_path: Path
) -> None:
    path = tmp_path / "min-kommune"
    made = run(
        "new", path, "--name", "Nes på øya", "--municipality", "3301", "--as-of", "2027-03-01"
    )
    assert made.code == 0
    assert "min-kommune" in made.out
    work = read_folder(path)
    assert (work.municipality.name, work.municipality.number) == ("Nes på øya", "3301")
    assert work.settings.as_of == "2027-03-01"
    assert run("check", path).code == 0
    built = run("build", path, "--only", "data")
    assert built.code == 0
    assert (path / "build" / "data" / "datapackage.json").is_file()
    assert "build/data" in built.out
    assert "✓" in built.err


def test_new_uses_the_language_chosen(run: Callable[..., Ended], tmp_path: Path) -> None:
    assert run("--lang", "nn", "new", tmp_path / "p").code == 0
    assert read_folder(tmp_path / "p").municipality.language == "nn"
    assert read_folder(tmp_path / "p").municipality.name == "p"


def test_new_prints_the_files_as_json(tmp_path: Path) -> None:
    shown = CliRunner().invoke(app, ["new", str(tmp_path / "p"), "--json"])
    assert set(json.loads(shown.stdout)["files"]) >= {"jevn.toml", "services.csv", "reports"}


def test_new_leaves_a_folder_in_use_alone(run: Callable[..., Ended], tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mitt")
    ended = run("new", tmp_path)
    assert ended.code == 2
    assert "folder_not_empty" in ended.err
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_new_refuses_a_date_that_is_none(run: Callable[..., Ended], tmp_path: Path) -> None:
    ended = run("new", tmp_path / "p", "--as-of", "i morgen")
    assert (ended.code, "cli_date" in ended.err) == (2, True)
    assert not (tmp_path / "p").exists()


# --- check and build -------------------------------------------------------------


def test_check_says_what_is_not_begun(folder: Path) -> None:
    shown = CliRunner().invoke(app, ["check", str(folder), "--json"])
    found = json.loads(shown.stdout)
    assert (shown.exit_code, found["readable"], found["problems"]) == (0, True, [])
    begun = {s["step"]: s["begun"] for s in found["steps"]}
    assert begun["evidence"]
    assert not begun["plan"]
    assert all(s["begun"] or s["missing"] for s in found["steps"])


def test_check_as_json_names_file_line_and_remedy(folder: Path) -> None:
    (folder / "accounts.csv").write_text("year,function,amount\n2026,202,mange\n", "utf-8")
    shown = CliRunner().invoke(app, ["--lang", "en", "check", str(folder), "--json"])
    (problem,) = json.loads(shown.stdout)["problems"]
    assert shown.exit_code == 2
    assert (problem["file"], problem["row"], problem["column"]) == ("accounts.csv", 2, "amount")
    assert problem["what"]
    assert problem["remedy"]


def test_build_prints_the_files_as_json_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shown = CliRunner().invoke(
        app, ["build", str(folder), "--out", str(out), "--only", "data", "--json"]
    )
    assert shown.exit_code == 0
    assert json.loads(shown.stdout) == {"out": str(out), "files": ["data", "manifest.json"]}


def test_build_refuses_an_unknown_part(folder: Path) -> None:
    shown = CliRunner().invoke(app, ["build", str(folder), "--only", "film"])
    assert isinstance(shown.exception, UserError)
    assert shown.exception.id == "build_part"


PLAN = """\
plan: {id: p, title: Plan, first_year: 2027, last_year: 2034}
elements:
  - id: T1
    kind: action
    title: Tiltak
    action:
      start: 2029-01-01
      deadline: 2028-12-31
placements:
  - {plan: p, element: T1}
"""
SERVICE = "service,name,kind,area,year,function,reach\n"
BAD = {
    "no settings": ("jevn.toml", None, "jevn.toml", None),
    "broken settings": ("jevn.toml", '[municipality\nname = "x"\n', "jevn.toml", None),
    "settings without a number": (
        "jevn.toml",
        '[municipality]\nname = "x"\n[work]\nas_of = 2027-03-01\nyear = 2026\n',
        "jevn.toml",
        1,
    ),
    "unknown area": (
        "services.csv",
        SERVICE + "s,S,service,romfart,2026,232,universal\n",
        "services.csv",
        2,
    ),
    "unknown function": (
        "services.csv",
        SERVICE + "s,S,service,oppvekst,2026,9x9,universal\n",
        "services.csv",
        2,
    ),
    "not a number": ("accounts.csv", "year,function,amount\n2026,202,mange\n", "accounts.csv", 2),
    "unknown place": (
        "population.csv",
        "place,year,persons\n3218,2026,20\n9999,2026,10\n",
        "population.csv",
        3,
    ),
    "share over one": (
        "shares.csv",
        "function,area,share,reach\n232,oppvekst,1.2,universal\n",
        "shares.csv",
        2,
    ),
    "missing column": ("accounts.csv", "year,amount\n2026,3\n", "accounts.csv", 1),
    "empty file": ("plan.yaml", "", "plan.yaml", None),
    "broken YAML": ("plan.yaml", "plan: {id: p\nelements: [", "plan.yaml", 2),
    "dates out of order": ("plan.yaml", PLAN, "plan.yaml", 8),
    "binary rubbish": ("services.csv", "\x00\x01\x02", "services.csv", None),
    "zones that are no map": ("zones.geojson", "[1, 2]", "zones.geojson", None),
}


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize("case", BAD)
def test_bad_folders_are_refused_with_place_and_remedy(
    run: Callable[..., Ended], folder: Path, case: str, command: str
) -> None:
    name, text, file, row = BAD[case]
    if text is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(text, "utf-8")
    ended = run("--lang", "en", command, folder)
    said = ended.err if command == "build" else ended.out
    assert ended.code == 2, said
    assert file in said
    if row is not None:
        assert f"line {row}" in said
    assert "→" in said  # the remedy
    assert "Traceback" not in ended.out + ended.err
    assert not (folder / "build").exists()


ACCOUNTS = "år;funksjon;beløp\n2026;202;1234,5\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
def test_files_as_norwegian_spreadsheets_save_them_are_read(folder: Path, encoding: str) -> None:
    (folder / "accounts.csv").write_bytes(ACCOUNTS.encode(encoding))
    work = read_folder(folder)
    assert work.accounts.select("year", "function", "amount").rows() == [(2026, "202", 1234.5)]


def test_a_workbook_is_read_like_a_csv_file(run: Callable[..., Ended], folder: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    (folder / "indicators.csv").write_text(
        "indicator,area,name,scale,polarity\nx,bolig,Trangboddhet,percent,adverse\n", "utf-8"
    )
    (folder / "observations.csv").unlink()
    book = openpyxl.Workbook()
    book.active.append(["indicator", "place", "period_start", "value"])
    book.active.append(["x", 3218, 2025, 12.5])
    book.save(folder / "observations.xlsx")
    assert run("check", folder).code == 0
    rows = read_folder(folder).observations.select("indicator", "place", "value").rows()
    assert rows == [("x", "3218", 12.5)]


def test_all_faults_of_all_files_are_told_at_once(run: Callable[..., Ended], folder: Path) -> None:
    (folder / "accounts.csv").write_text("year,function,amount\n2026,202,mange\n", "utf-8")
    (folder / "plan.yaml").write_text(PLAN, "utf-8")
    ended = run("build", folder)
    assert "accounts.csv, linje 2" in ended.err
    assert "plan.yaml, linje 8" in ended.err
