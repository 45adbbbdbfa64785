"""``jevn prioritise budget`` and ``weigh``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from jevn.cli.prioritise import app
from jevn.terms import UserError

VOTE = """META
key;value
budget;100
vote_type;approval
neighborhoods;Nord,Sør
budget_per_neighborhood;50,100
PROJECTS
project_id;cost;name;neighborhood;selected
9;40;Benker;Nord;1
10;40;Lys;Nord;1
11;30;Stier;Sør;0
VOTES
voter_id;vote;sex
{votes}
"""
VOTES = "\n".join(
    [f"{i};9,10;K" for i in range(6)] + [f"{i};10,9;M" for i in range(6, 12)] + ["12;11;M"]
)
CHOICE = """title: Et valg
criteria:
  - {id: effekt, title: Virkning, worst: 0, best: 10}
  - {id: pris, title: Pris, worst: 5, best: 0}
options:
  - {id: a, title: Alfa, values: {effekt: 8, pris: 4}}
  - {id: b, title: Beta, values: {effekt: 2, pris: 1}}
weights: {order: [effekt, pris]}
"""


@pytest.fixture
def vote(tmp_path: Path) -> Path:
    path = tmp_path / "vote.pb"
    path.write_text(VOTE.format(votes=VOTES), "utf-8")
    return path


@pytest.fixture
def choice(tmp_path: Path) -> Path:
    path = tmp_path / "choice.yaml"
    path.write_text(CHOICE, "utf-8")
    return path


def run(*arguments: object) -> str:
    shown = CliRunner().invoke(app, [str(a) for a in arguments])
    assert shown.exit_code == 0, shown.output
    return shown.output


def found(*arguments: object) -> Any:
    return json.loads(run(*arguments, "--json"))


def test_budget_as_json_has_the_promised_shape(vote: Path) -> None:
    told = found("budget", vote, "--rule", "greedy")
    assert told["selected"] == ["9", "10"]
    assert (told["cost"], told["budget"]) == (80, 100)
    assert [r["project"] for r in told["rounds"]] == ["10", "9"]
    assert told["reasons"]["11"].startswith("Det koster 30")
    assert told["fairness"]["share_voters_with_a_winner"] == pytest.approx(12 / 13)
    assert {g["group"] for g in told["fairness"]["groups"]} == {"K", "M"}
    assert told["official"] == ["9", "10"]
    assert told["seconds"] >= 0


@pytest.mark.parametrize("rule", ["greedy", "greedy-per-cost", "equal-shares", "phragmen"])
def test_budget_tells_the_same_things_of_every_rule(vote: Path, rule: str) -> None:
    told = found("budget", vote, "--rule", rule)
    needed = {"selected", "cost", "budget", "rounds", "reasons", "fairness", "seconds"}
    assert needed <= set(told)
    assert set(told["reasons"]) == {"9", "10", "11"}
    assert told["cost"] <= told["budget"]


def test_budget_follows_its_options(vote: Path) -> None:
    assert found("budget", vote, "--rule", "greedy", "--caps")["selected"] == ["10", "11"]
    cheap = found("budget", vote, "--rule", "greedy", "--ties", "draw:1")
    assert (cheap["tie_rule"], cheap["seed"]) == ("draw", "1")
    none = found("budget", vote, "--completion", "none", "--utility", "count")
    assert (none["completion"], none["utility"], none["raised"]) == ("none", "count", 0)


def test_budget_shows_a_table_and_reasons(vote: Path) -> None:
    shown = " ".join(run("budget", vote, "--explain").split())
    assert "Like deler" in shown
    assert "2 av 3 prosjekter for 80 kr av 100 kr" in shown
    assert "92 % av 13 velgere får minst ett prosjekt" in shown
    assert "Utfallet er det samme som fila sier ble vedtatt" in shown
    assert "Kjønn: K" in shown
    assert "− Stier: Den ene som støtter det, hadde" in shown


@pytest.mark.parametrize(
    ("options", "id"),
    [
        (["--rule", "magi"], "budget_choice"),
        (["--utility", "glede"], "budget_choice"),
        (["--completion", "alt"], "budget_choice"),
        (["--ties", "mynt"], "budget_choice"),
    ],
)
def test_budget_refuses_unknown_choices(vote: Path, options: list[str], id: str) -> None:
    error = CliRunner().invoke(app, ["budget", str(vote), *options]).exception
    assert isinstance(error, UserError)
    assert error.id == id


def test_budget_refuses_other_files(tmp_path: Path) -> None:
    error = CliRunner().invoke(app, ["budget", str(tmp_path / "x.csv")]).exception
    assert isinstance(error, UserError)
    assert error.id == "budget_format"


def test_weigh_as_json_has_order_shares_and_value_of_knowing(choice: Path) -> None:
    told = found("weigh", choice, "--draws", 2000, "--seed", 4)
    assert told["order"] == ["a", "b"]
    assert told["weights"] == pytest.approx({"effekt": 0.75, "pris": 0.25})
    assert told["options"]["a"]["value"] == pytest.approx(0.75 * 0.8 + 0.25 * 0.2)
    # With weight w from 0.5 to 1, A leads by 1.2 w - 0.6: never behind.
    assert told["options"]["a"]["standing"] == "always"
    assert told["perfect_information"] == 0
    assert told["winning"]["a"]["b"] == 1
    assert told["criteria"]["effekt"]["low"] == pytest.approx(0.5)


def test_weigh_shows_how_far_weights_can_go(choice: Path) -> None:
    shown = " ".join(run("weigh", choice, "--draws", 200).split())
    assert "Virkning 0 10 75 % 50 % – 100 %" in shown
    assert "1 Alfa 0,65 100 %" in shown
    assert "alltid" in shown


def test_weigh_refuses_a_faulty_file(choice: Path) -> None:
    choice.write_text(CHOICE.replace("pris: 4", "pris: 40"), "utf-8")
    error = CliRunner().invoke(app, ["weigh", str(choice)]).exception
    assert isinstance(error, UserError)
    assert error.id == "weighing_outside"
