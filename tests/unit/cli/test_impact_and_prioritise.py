"""The commands of steps 5 and 6 on a small plan folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jevn.cli.impact import app as impact
from jevn.cli.prioritise import app as prioritise
from jevn.terms import UserError

FILES = {
    "jevn.toml": """
[municipality]
name = "Prøveby"
number = "9999"
[work]
as_of = 2027-03-01
year = 2026
""",
    "places.csv": "place,name,kind\n9999,Prøveby,municipality\n",
    "alternatives.yaml": """
alternatives:
  - id: en
    title: Første
    changes:
      - {id: a, title: Tiltak A, area: arbeid, level: new, start_year: 2028,
         nok_per_year: 3000000, reach: universal}
      - {id: b, title: Tiltak B, area: bolig, level: new, start_year: 2028,
         nok_per_year: 2000000, reach: universal}
""",
    "assessments.yaml": """
- change: a
  criteria: {benefit: {score: 3, reason: Stor nytte., confidence: high}}
- change: b
  criteria: {benefit: {score: 1, reason: Litt nytte., confidence: low}}
""",
    "priorities.yaml": """
frame: {nok_per_year: 3000000}
ballots:
  - {group: Gruppe 1, ranked: [b], criteria: [benefit]}
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_assess_shows_judgement_as_judgement(folder: Path) -> None:
    shown = CliRunner().invoke(impact, ["assess", str(folder), "--alternative", "en"])
    assert shown.exit_code == 0, shown.output
    assert "3,0*" in shown.output
    assert "Stor nytte." in shown.output
    assert "Det er ikke oppgitt noe effektmål" in shown.output


def test_assess_as_json_holds_the_whole_assessment(folder: Path) -> None:
    shown = CliRunner().invoke(impact, ["assess", str(folder), "--json"])
    found = json.loads(shown.output)
    assert [a["alternative"]["id"] for a in found["alternatives"]] == ["zero", "en"]
    assert found["alternatives"][1]["changes"][0]["computed"] is None


def test_an_unknown_alternative_is_a_user_error(folder: Path) -> None:
    shown = CliRunner().invoke(impact, ["assess", str(folder), "--alternative", "to"])
    assert isinstance(shown.exception, UserError)
    assert "zero, en" in str(shown.exception)


def test_packages_follow_the_frame_given(folder: Path) -> None:
    def chosen(*options: str) -> list[str]:
        shown = CliRunner().invoke(prioritise, ["packages", str(folder), "--json", *options])
        assert shown.exit_code == 0, shown.output
        return [
            c["change"] for c in json.loads(shown.output)["packages"][0]["choices"] if c["chosen"]
        ]

    assert chosen() == ["a"]
    assert chosen("--frame", "5000000") == ["a", "b"]


def test_packages_say_why(folder: Path) -> None:
    shown = CliRunner().invoke(prioritise, ["packages", str(folder)])
    assert shown.exit_code == 0, shown.output
    assert "Skulle den inn, måtte «Tiltak A» ut" in shown.output.replace("\n", " ")


def test_rank_combines_a_preflib_file(tmp_path: Path) -> None:
    file = tmp_path / "lists.soi"
    file.write_text("# ALTERNATIVE NAME 1: Bolig\n# ALTERNATIVE NAME 2: Skole\n2: 2,1\n1: 1\n")
    shown = CliRunner().invoke(prioritise, ["rank", str(file), "--rule", "all", "--json"])
    found = json.loads(shown.output)
    assert found["borda"]["order"] == ["2", "1"]
    # Two lists give Skole 1 point each, one list gives Bolig 1.
    assert found["borda"]["scores"] == {"2": 2.0, "1": 1.0}
    assert set(found) == {"borda", "copeland", "kemeny", "plackett-luce"}
    assert "Skole" in CliRunner().invoke(prioritise, ["rank", str(file)]).output


@pytest.mark.parametrize("arguments", [["x.csv"], ["x.soi", "--rule", "magi"]])
def test_rank_refuses_what_it_cannot_read(arguments: list[str]) -> None:
    assert isinstance(CliRunner().invoke(prioritise, ["rank", *arguments]).exception, UserError)
