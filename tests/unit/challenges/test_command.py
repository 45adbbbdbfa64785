"""The command ``jevn challenges``, on a plan folder of a few lines."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from jevn.cli import app
from jevn.terms import UserError

FILES = {
    "jevn.toml": """[municipality]
name = "Elvebyen"
number = "9901"
[work]
as_of = 2027-03-01
year = 2026
comparison = ["0"]
""",
    "places.csv": "place,name,kind\n0,Norge,country\n9901,Elvebyen,municipality\n",
    "indicators.csv": """indicator,area,name,scale,polarity
utenfor,arbeid,Utenfor,percent,adverse
""",
    "observations.csv": """indicator;place;år;dimension;group;value;numerator;denominator
utenfor;9901;2024;;;80;56;70
utenfor;0;2024;;;60;48;80
utenfor;9901;2024;education;basic;30;60;200
utenfor;9901;2024;education;higher;10;50;500
""",
}


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return str(tmp_path)


def run(*args):
    result = CliRunner().invoke(app, ["challenges", *args])
    if isinstance(result.exception, UserError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_matrix_names_all_areas_and_says_the_finding(folder):
    output = " ".join(run(folder).split())
    assert "Mellom kortest og lengst utdanning skiller det 20,0 prosentpoeng." in output
    assert output.count("ukjent") > 40


def test_one_indicator_shows_level_difference_and_gaps(folder):
    output = run(folder, "--indicator", "utenfor")
    assert "80,0" in output
    assert "5,2 – 33,4" in output  # Newcombe 1998, example (a)
    assert "Vi mangler tall etter inntekt." in output


def test_json_is_the_whole_profile(folder):
    data = json.loads(run(folder, "--json"))
    assert len(data["areas"]) == 11
    assert data["indicators"][0]["comparisons"][0]["sign"] == "worse"
    area = json.loads(run(folder, "--area", "arbeid", "--json"))
    assert area["indicators"] == ["utenfor"]


@pytest.mark.parametrize(
    ("option", "id"), [("--area", "challenges_no_area"), ("--indicator", "challenges_no_indicator")]
)
def test_an_unknown_area_or_indicator_is_refused_with_the_known_ones(folder, option, id):
    with pytest.raises(UserError) as caught:
        run(folder, option, "xx")
    assert caught.value.id == id
    assert "arbeid" in caught.value.render() or "utenfor" in caught.value.render()


@pytest.fixture
def with_zones(folder):
    from pathlib import Path

    at = Path(folder)
    (at / "places.csv").write_text(
        "place,name,kind,parent,population\n0,Norge,country,,\n9901,Elvebyen,municipality,,\n"
        "z1,Nord,zone,9901,4000\nz2,Sør,zone,9901,6000\n",
        "utf-8",
    )
    (at / "observations.csv").write_text(
        FILES["observations.csv"] + "utenfor;z1;2024;;;50;100;200\nutenfor;z2;2024;;;20;40;200\n",
        "utf-8",
    )
    return folder


def test_the_ranking_says_how_sure_it_is(folder):
    output = " ".join(run(folder, "rank").split())
    assert "Arbeid" in output
    assert "Bare ett område har nok tall" in output
    data = json.loads(run(folder, "rank", "--json"))
    assert data["areas"][0]["area"] == "arbeid"
    assert data["areas"][0]["figures"]["first"] == 1.0


def test_the_zones_are_shown_with_their_possible_places(with_zones):
    output = " ".join(run(with_zones, "zones", "utenfor").split())
    assert output.index("Nord") < output.index("Sør")
    assert "Personer for mange i dårligere stilte soner" in output
    data = json.loads(run(with_zones, "zones", "utenfor", "--json"))
    assert [s["place"] for s in data["standings"]] == ["z1", "z2"]
    assert json.loads(run("--json", with_zones, "zones", "utenfor")) == data


def test_zones_of_an_unknown_indicator_are_refused(with_zones):
    with pytest.raises(UserError) as caught:
        run(with_zones, "zones", "xx")
    assert caught.value.id == "challenges_no_indicator"


def test_importance_of_an_unknown_indicator_is_refused(folder):
    from pathlib import Path

    path = Path(folder) / "importance.yaml"
    path.write_text("- {indicator: xx, weight: 2, reason: a, by: b}\n", "utf-8")
    with pytest.raises(UserError) as caught:
        run(folder, "rank")
    assert [p.id for p in caught.value.problems] == ["importance_unknown"]
    path.write_text("- {indicator: utenfor, weight: 2, reason: Viktig, by: Rådet}\n", "utf-8")
    assert "Vekt 2 for utenfor (Rådet). Viktig" in " ".join(run(folder, "rank").split())
