"""The prose of Elvebyen: complete, its own, and tied to the plan's elements and zones."""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from jevn.demo.meeting import NAME as MEETING
from jevn.demo.meeting import write_meeting
from jevn.participation import read_report
from jevn.terms import AREAS

TEXTS = files("jevn.demo").joinpath("texts")
ZONES = {f"9901-{n:02d}" for n in range(1, 11)}


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(TEXTS.joinpath(name).read_text("utf-8").splitlines()))


def elements() -> set[str]:
    text = files("jevn.demo").joinpath("data", "plan", "elements.yaml").read_text("utf-8")
    found: set[str] = set()

    def walk(value: object) -> None:
        if isinstance(value, dict):
            if "id" in value:
                found.add(str(value["id"]))
            for part in value.values():
                walk(part)
        elif isinstance(value, list):
            for part in value:
                walk(part)

    walk(yaml.safe_load(text))
    return found


def test_there_are_156_ideas_and_40_statements_in_order() -> None:
    assert [r["id"] for r in rows("ideas.csv")] == [f"I-{n:03d}" for n in range(1, 157)]
    assert [r["id"] for r in rows("hearing.csv")] == [f"H-{n:02d}" for n in range(1, 41)]


@pytest.mark.parametrize("name", ["ideas.csv", "hearing.csv"])
def test_places_and_areas_exist_and_no_text_stands_twice(name: str) -> None:
    found = rows(name)
    assert {r["place"] for r in found} <= ZONES | {""}
    given = {a for r in found for a in r["areas"].split(";") if a}
    assert given <= {a.value for a in AREAS}
    assert len({r["text"] for r in found}) == len(found)


def test_ideas_stand_where_the_wishes_of_the_plan_say() -> None:
    ideas = {r["id"]: r for r in rows("ideas.csv")}
    for wish in rows("wishes.csv"):
        if wish["id"].startswith("I-"):
            assert ideas[wish["id"]]["place"] == wish["zone"]


def test_thirty_four_statements_are_answered_and_six_wait() -> None:
    answers = yaml.safe_load(TEXTS.joinpath("answers.yaml").read_text("utf-8"))
    answered = {a["statement"] for a in answers}
    assert len(answered) == 34
    assert answered < {r["id"] for r in rows("hearing.csv")}
    assert {a["decision"] for a in answers} == {"taken_in", "partly", "not_taken_in", "outside"}
    assert {a["element"] for a in answers if "element" in a} <= elements()
    assert all(a.get("consequence") for a in answers if a["decision"] == "taken_in")


def test_statements_are_about_elements_of_the_plan() -> None:
    assert {r["paragraph"] for r in rows("hearing.csv") if r["paragraph"]} <= elements()


def test_some_write_nynorsk() -> None:
    marks = {"ikkje", "eg", "ein", "nokon", "òg", "dei", "sjølv", "vere"}
    texts = [r["text"].lower().replace(",", "").split() for r in rows("ideas.csv")]
    share = sum(bool(marks & set(words)) for words in texts) / len(texts)
    assert 0.04 < share < 0.25


def test_the_report_reads_without_doubt() -> None:
    text = TEXTS.joinpath("verksted-2026.txt").read_text("utf-8")
    report = read_report(text, "verksted-2026")
    questions = [q for part in report.parts for q in part.questions]
    assert (report.date, len(questions), report.doubtful) == ("2026-06-09", 7, ())
    assert sum(len(s.bullets) for q in questions for s in q.sections) == 51
    assert [[len(g.ranked) for g in q.groups] for q in questions[5:]] == [
        [5, 4, 3, 5, 4],
        [3, 4, 4, 5, 4],
    ]
    assert len(report.participants) == 20


def test_merged_points_are_points_of_the_reports(tmp_path: Path) -> None:
    write_meeting(tmp_path / f"{MEETING}.docx")
    reports = {
        "verksted-2026": read_report(
            TEXTS.joinpath("verksted-2026.txt").read_text("utf-8"), "verksted-2026"
        ),
        MEETING: read_report(tmp_path / f"{MEETING}.docx"),
    }
    for row in rows("ranked_items.csv"):
        questions = [q for part in reports[row["report"]].parts for q in part.questions]
        question = next(q for q in questions if q.groups and row["theme"] in q.title)
        group = next(g for g in question.groups if g.name == row["group"])
        assert int(row["rank"]) <= len(group.ranked)


def test_the_meeting_is_read_whole_and_is_the_same_file_every_time(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_meeting(tmp_path / f"{name}.docx")
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    report = read_report(tmp_path / "a.docx")
    assert report.doubtful == ()
    assert report.date == "2026-09-08"
    sizes = [[len(g.ranked) for g in q.groups] for part in report.parts for q in part.questions]
    assert sizes == [[], [], [3, 2, 4, 3]]


def test_what_people_decided_about_voices_names_voices_there_are() -> None:
    ideas = {r["id"]: r for r in rows("ideas.csv")}
    for merge in rows("merged.csv"):
        assert ideas[merge["kept"]]["date"] <= ideas[merge["merged"]]["date"]
    for correction in rows("corrections.csv"):
        assert correction["contribution"] in ideas
        assert set(correction["areas"].split(";")) <= {a.value for a in AREAS}
    statements = {r["id"]: r["text"] for r in rows("hearing.csv")}
    for point in rows("hearing_points.csv"):
        assert point["text"] in statements[point["statement"]]
