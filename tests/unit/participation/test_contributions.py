"""Spreadsheets of ideas and statements: mappings, guesses to confirm, ugly sheets."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from jevn.participation.contributions import (
    ColumnMapping,
    add_contributions,
    guess_mapping,
    read_contributions,
    read_mapping,
)
from jevn.participation.schemas import IDEAS
from jevn.tables import read_table
from jevn.terms import LANGUAGES, InputRefused, Say


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    """A sheet as survey tools export it: a merged title, an empty line, then the questions."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Svar"
    sheet.append(["Undersøkelse om folkehelse"])
    sheet.merge_cells("A1:E1")
    sheet.append([])
    sheet.append(["Tidspunkt", "Hvem er du?", "Hvor bor du?", "Hva savner du?", "Forslag?", None])
    moment = datetime(2027, 2, 3, 12, 30)
    sheet.append([moment, "Innbygger", "Brusvika", "Benker langs elva og lys der", "Sett opp lys"])
    sheet.append([moment, "Frivillig lag", "Fabrikken", "Et sted å være for ungdom", "-"])
    sheet.append([moment, "Innbygger", "Brusvika", None, "Vet ikke"])
    sheet.append([moment, "Innbygger", "Brusvika", "Benker langs elva  og lys der", None])
    path = tmp_path / "svar.xlsx"
    book.save(path)
    return path


SURVEY = ColumnMapping(
    each=("Hva savner du?", "Forslag?"),
    columns={"date": "Tidspunkt", "sender_type": "Hvem er du?", "place": "Hvor bor du?"},
    values={"sender_type": {"Innbygger": "person", "Frivillig lag": "organisation"}},
    empty=("vet ikke",),
)
PLACES = {"Brusvika": "1-1", "Fabrikken": "1-2"}


def test_each_question_becomes_a_contribution_with_the_question_as_heading(survey: Path) -> None:
    found = read_contributions(survey, SURVEY, places=PLACES)
    names = ("heading", "text", "sender_type", "place", "date")
    assert [tuple(r[n] for n in names) for r in found.rows.to_dicts()] == [
        ("Hva savner du?", "Benker langs elva og lys der", "person", "1-1", date(2027, 2, 3)),
        ("Forslag?", "Sett opp lys", "person", "1-1", date(2027, 2, 3)),
        ("Hva savner du?", "Et sted å være for ungdom", "organisation", "1-2", date(2027, 2, 3)),
    ]
    assert found.empty == (6,)
    assert [(r.line, r.first) for r in found.repeated] == [(7, 4)]


def test_several_columns_may_be_one_text(survey: Path) -> None:
    mapping = ColumnMapping(text=("Hva savner du?", "Forslag?"), fixed={"channel": "dialogue"})
    first = read_contributions(survey, mapping).rows.to_dicts()[0]
    assert (first["text"], first["channel"]) == (
        "Benker langs elva og lys der\nSett opp lys",
        "dialogue",
    )


def test_a_guess_is_a_mapping_that_reads_back_in_every_language(
    survey: Path, tmp_path: Path
) -> None:
    for lang in LANGUAGES:
        path = tmp_path / f"{lang}.yaml"
        path.write_text(guess_mapping(survey, Say(lang)), "utf-8")
        mapping = read_mapping(path)
        assert mapping.each == ("Hva savner du?", "Forslag?")
        assert dict(mapping.columns) == {
            "date": "Tidspunkt",
            "sender_type": "Hvem er du?",
            "place": "Hvor bor du?",
        }
        assert mapping.values["sender_type"] == {
            "Innbygger": "person",
            "Frivillig lag": "organisation",
        }
        assert read_contributions(survey, mapping).rows.height == 4


def test_headings_of_the_plan_folder_need_no_mapping(tmp_path: Path) -> None:
    path = tmp_path / "ideer.csv"
    text = "Nr;Dato;Tittel;Innspill;Støtte;Annet\r\nI-1;3.2.2027;Lys;Sett opp lys på øya;7;x\r\n"
    path.write_bytes(text.encode("latin-1"))
    row = read_contributions(path).rows.to_dicts()[0]
    assert (row["id"], row["date"], row["text"], row["support"]) == (
        "I-1",
        date(2027, 2, 3),
        "Sett opp lys på øya",
        7,
    )


def test_unknown_headings_are_not_guessed_in_silence(survey: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        read_contributions(survey)
    assert refused.value.id == "contributions_no_mapping"


def test_two_lines_of_headings_are_joined(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Skole", None, "Fritid", None])
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("C1:D1")
    sheet.append(["Bra", "Dårlig", "Bra", "Dårlig"])
    sheet.append(["Lærerne er gode", None, None, "Ingen kafé"])
    path = tmp_path / "to.xlsx"
    book.save(path)
    mapping = ColumnMapping(each=("Skole – Bra", "Fritid – Dårlig"), header=(1, 2))
    rows = read_contributions(path, mapping).rows.to_dicts()
    assert [(r["heading"], r["text"]) for r in rows] == [
        ("Skole – Bra", "Lærerne er gode"),
        ("Fritid – Dårlig", "Ingen kafé"),
    ]


@pytest.mark.parametrize(
    ("written", "form", "day"),
    [
        ("2027-02-03 10:00:00 UTC", None, date(2027, 2, 3)),
        ("3.2.2027 10:15", None, date(2027, 2, 3)),
        ("46056", None, None),
        ("2/3/27", "%m/%d/%y", date(2027, 2, 3)),
    ],
)
def test_dates_are_read_in_the_forms_exports_have(
    tmp_path: Path, written: str, form: str | None, day: date | None
) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"a;d\nSett opp lys;{written}\n", "utf-8")
    mapping = ColumnMapping(text=("a",), columns={"date": "d"}, date_format=form)
    if day is None:
        with pytest.raises(InputRefused) as refused:
            read_contributions(path, mapping)
        assert refused.value.id == "contributions_date"
    else:
        assert read_contributions(path, mapping).rows["date"].to_list() == [day]


def test_a_number_that_a_workbook_holds_as_a_day_is_one(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["a", "d"])
    sheet.append(["Sett opp lys", 46056])
    path = tmp_path / "x.xlsx"
    book.save(path)
    mapping = ColumnMapping(text=("a",), columns={"date": "d"})
    assert read_contributions(path, mapping).rows["date"].to_list() == [date(2026, 2, 3)]


@pytest.mark.parametrize(
    ("change", "problem", "row", "column"),
    [
        ({"columns": {"sender_type": "Tidspunkt"}}, "contributions_value", 4, "Tidspunkt"),
        ({"columns": {"place": "Tidspunkt"}}, "contributions_place", 4, "Tidspunkt"),
        ({"columns": {"date": "Hvor bor du?"}}, "contributions_date", 4, "Hvor bor du?"),
        ({"columns": {"support": "Hvor bor du?"}}, "contributions_number", 4, "Hvor bor du?"),
        ({"columns": {"id": "Hva savner du?"}}, "contributions_id", 4, "Hva savner du?"),
        ({"columns": {"id": "Hvor bor du?"}}, "contributions_same_id", 6, "id"),
        ({"columns": {"date": "Dato"}}, "contributions_heading", 3, None),
        ({"sheet": "Annet"}, "contributions_sheet", None, None),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    survey: Path, change: dict[str, Any], problem: str, row: int | None, column: str | None
) -> None:
    mapping = ColumnMapping(**({"text": ("Hva savner du?", "Forslag?")} | change))
    with pytest.raises(InputRefused) as refused:
        read_contributions(survey, mapping)
    first = refused.value.problems[0]
    assert (first.id, first.row, first.column) == (problem, row, column)
    assert all(refused.value.render(lang) for lang in LANGUAGES)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("kind: ideas\n", "contributions_no_text"),
        ("text: A\nfixed: {colour: red}\n", "contributions_column"),
        ("text: A\nkolonne: B\n", "yaml_unknown"),
    ],
)
def test_a_faulty_mapping_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputRefused) as refused:
        read_mapping(path)
    assert refused.value.id == problem


def test_rows_are_added_once_and_new_ones_only(survey: Path, tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    folder.mkdir()
    found = read_contributions(survey, SURVEY, places=PLACES)
    assert (add_contributions(folder, found).new, add_contributions(folder, found).known) == (3, 3)
    assert read_table(folder / "ideas.csv", IDEAS).height == 3


def test_an_id_that_means_something_else_in_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ideas.csv").write_text("id,text\n1,Noe annet\n", "utf-8")
    path = tmp_path / "nye.csv"
    path.write_text("id;tekst\n1;Sett opp lys\n2;Mer buss\n", "utf-8")
    with pytest.raises(InputRefused) as refused:
        add_contributions(tmp_path, read_contributions(path))
    assert refused.value.id == "contributions_id_taken"
    assert (tmp_path / "ideas.csv").read_text("utf-8") == "id,text\n1,Noe annet\n"
