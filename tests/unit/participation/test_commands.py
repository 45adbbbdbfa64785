"""The commands ``jevn participation import`` and ``sort``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jevn.cli.participation import app
from jevn.terms import UserError

REPORT = """\
# Rapport 1. mai 2027

# Hva nå?

A – B – C

- Én

Omtale uten punkt.

## Gruppe 1

- To
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "verksted.md"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_import_gives_the_documented_json(report: Path) -> None:
    result = CliRunner().invoke(app, ["import", str(report), "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "title": "Rapport 1. mai 2027",
        "date": "2027-05-01",
        "parts": [
            {
                "title": "",
                "questions": [
                    {
                        "title": "Hva nå?",
                        "summary": ["A", "B", "C"],
                        "sections": [{"heading": None, "bullets": ["Én"]}],
                        "groups": [{"name": "Gruppe 1", "ranked": ["To"]}],
                    }
                ],
            }
        ],
        "participants": [],
        "doubtful": [
            {
                "line": 9,
                "text": "Omtale uten punkt.",
                "reason": "Teksten passer ikke inn noe sted. Den er ikke tatt med.",
            }
        ],
    }


def test_import_shows_points_and_doubts(report: Path) -> None:
    result = CliRunner().invoke(app, ["import", str(report)])
    assert "2 punkter, 1 gruppesvar med 1 prioriterte punkter" in result.stdout
    assert "linje 9: «Omtale uten punkt.»" in result.stdout


def test_sort_gives_the_documented_json(tmp_path: Path) -> None:
    path = tmp_path / "tekster.csv"
    path.write_text(
        "nr;tekst;overskrift\nA1;Flere læreplasser;\nA2;Takk for sist;\nA3;Om kvelden;Bibliotek\n",
        encoding="utf-8",
    )
    result = CliRunner().invoke(app, ["sort", str(path), "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == [
        {
            "id": "A1",
            "areas": ["arbeid"],
            "words": {"arbeid": ["læreplasser"]},
            "confidence": {"arbeid": 0.6},
        },
        {"id": "A2", "areas": [], "words": {}, "confidence": {}},
        {
            "id": "A3",
            "areas": ["fritid"],
            "words": {"fritid": ["Bibliotek"]},
            # 1 - 0.4 ** 0.9
            "confidence": {"fritid": 0.562},
        },
    ]


def test_a_file_that_cannot_be_read_is_a_user_error(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["import", str(tmp_path / "rapport.docx")])
    assert isinstance(result.exception, UserError)
    assert result.exception.id == "document_missing"


def test_sort_reads_its_columns_of_any_table(tmp_path: Path) -> None:
    file = tmp_path / "ideas.csv"
    file.write_text("nr;kanal;tekst;støtte\n7;idé;Bedre buss til Øvre Dalen;3\n", "utf-8")
    done = CliRunner().invoke(app, ["sort", str(file), "--json"])
    assert [(row["id"], row["areas"]) for row in json.loads(done.stdout)] == [("7", ["naermiljo"])]
