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
