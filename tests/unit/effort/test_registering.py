"""Registers as municipalities keep them, turned into services and their users."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from jevn.effort.register_words import column_of, group_of
from jevn.effort.registering import ImportedRegister, import_register
from jevn.effort.schemas import SERVICE_USERS, SERVICES
from jevn.tables import read_table, write_table
from jevn.terms import InputRefused, SocialDimension

ZONES = {"Nordbyen": "9901-05", "Brusvika": "9901-03", "Elvebyen": "9901"}
CATALOGUE = {"Frisklivssentral": "frisklivssentral", "Gjeldsrådgivning": "gjeldsraad"}


def book(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    """A workbook with these sheets."""
    from openpyxl import Workbook

    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return path


def imported(tmp_path: Path, text: str, **options: Any) -> ImportedRegister:
    path = tmp_path / "register.csv"
    path.write_text(text, "utf-8")
    return import_register(
        path, **{"places": ZONES, "interventions": CATALOGUE, "year": 2026, **options}
    )


HEAD = "Tiltak;Innsatsområde;Funksjon;Innretning;Netto\n"


def test_own_headings_amounts_in_thousands_and_lists_of_zones(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        "Tiltaksoversikt Elvebyen kommune\n"
        "Navn på tiltak;Område;KOSTRA-funksjon;Universell/målrettet;Målgruppe;Alder;Soner;"
        "Netto budsjett (1000 kr);Antall årsverk;Antall brukere;Kobling til forskning;Merknad\n"
        "Frisklivssentral;Levevaner;233 Forebygging;Målrettet;Voksne med risiko;18+;"
        "Nordbyen, Brusvika;1 250,5;1,5;320;Frisklivssentral;god\n"
        "Sum;;;;;;;1 250,5;1,5;320;;\n",
        kind="action",
    )
    (row,) = found.services.drop("_row").iter_rows(named=True)
    assert row == {
        "service": "frisklivssentral",
        "name": "Frisklivssentral",
        "kind": "action",
        "area": "levevaner",
        "year": 2026,
        "unit": None,
        "function": "233",
        "reach": "targeted",
        "target_group": "Voksne med risiko",
        "from_age": 18,
        "to_age": None,
        "situation": None,
        "places": ["9901-05", "9901-03"],
        "gross_nok": None,
        "net_nok": 1_250_500.0,
        "fte": 1.5,
        "users": 320.0,
        "basis": None,
        "certainty": None,
        "intervention": "frisklivssentral",
        "origin": None,
    }
    keys = [m.key for m in found.steps]
    assert {"effort.import.unit", "effort.register.sums", "effort.import.ignored_columns"} <= set(
        keys
    )


def test_users_by_group_and_zone_in_wide_columns(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        "Tjeneste;Område;Funksjon;Innretning;Brukere;Brukere etter utdanning;;;Brukere i sone;\n"
        ";;;;;Grunnskole;Videregående;Høyere utdanning;Nordbyen;Brusvika\n"
        "Gjeldsråd;Fattigdom;242;Målrettet;60;30;20;10;<5;55\n",
    )
    rows = [(r["dimension"], r["group"], r["users"]) for r in found.users.iter_rows(named=True)]
    assert rows == [
        ("education", "basic", 30.0),
        ("education", "upper_secondary", 20.0),
        ("education", "higher", 10.0),
        ("zone", "9901-03", 55.0),
    ]
    assert ("effort.register.hidden", 1) in [(m.key, m.params.get("n")) for m in found.steps]


def test_several_sheets_and_those_without_a_table_are_named(tmp_path: Path) -> None:
    path = book(
        tmp_path / "register.xlsx",
        {
            "Forside": [["Register over innsats"], ["Laget av Folkehelse"]],
            "Tjenester": [
                ["Tjenester 2026"],
                ["Tjeneste", "Funksjon", "Netto", "Årsverk"],
                ["Helsestasjon", 232, 1_000_000, 12.5],
            ],
            "Tiltak": [
                ["Tiltak", "Type", "Område", "Funksjon", "Innretning", "Budsjett 2026"],
                ["Turgruppe", "Tiltak", "Levevaner", 233, "Universell", 50_000],
            ],
        },
    )
    with pytest.raises(InputRefused) as refused:
        import_register(path)
    assert [p.id for p in refused.value.problems] == ["effort_register_no_area"]
    made = book(
        tmp_path / "hele.xlsx",
        {
            "Forside": [["Register over innsats"]],
            "Tjenester": [
                ["Tjenester 2026"],
                ["Tjeneste", "Funksjon", "Netto"],
                ["Barnehage", 201, 1_000_000],
            ],
            "Tiltak": [
                ["Tiltak", "Type", "Område", "Funksjon", "Innretning", "Budsjett 2026"],
                ["Turgruppe", "Tiltak", "Levevaner", 233, "Universell", 50_000],
            ],
        },
    )
    found = import_register(made)
    rows = {r["service"]: r for r in found.services.iter_rows(named=True)}
    assert rows["barnehage"]["area"] == "oppvekst"
    assert rows["barnehage"]["kind"] == "service"
    assert (rows["turgruppe"]["kind"], rows["turgruppe"]["year"]) == ("action", 2026)
    keys = [m.key for m in found.steps]
    assert keys[0] == "effort.register.left_sheet"
    assert "effort.register.area" in keys
    assert "effort.register.reach" in keys


def test_what_is_imported_is_written_and_read_back(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        "Tiltak;Område;Funksjon;Innretning;Netto;Brukere: Grunnskole\n"
        "Språkkafé;Deltakelse;370;universell;100;40\n",
    )
    for frame, schema in ((found.services, SERVICES), (found.users, SERVICE_USERS)):
        path = tmp_path / f"{schema.name}.csv"
        write_table(frame, schema, path)
        assert read_table(path, schema).drop("_row").equals(frame.drop("_row"))


@pytest.mark.parametrize(
    ("row", "id", "column"),
    [
        ("X;Levevaner;999;Universell;5", "effort_unknown_function", "function"),
        ("X;Levevaner;;Universell;5", "effort_unknown_function", "function"),
        ("X;Levevaner;233;Universell;fem", "effort_not_number", "Netto"),
        ("X;Trivsel;233;Universell;5", "effort_unknown_area", "area"),
        ("X;Levevaner;233;Alltid;5", "effort_unknown_reach", "reach"),
        (";Levevaner;233;Universell;5", "effort_register_no_name", "name"),
        ("X;;232;Universell;5", "effort_register_no_area", "area"),
    ],
)
def test_a_row_in_doubt_refuses_the_file_with_its_place(
    tmp_path: Path, row: str, id: str, column: str | None
) -> None:
    with pytest.raises(InputRefused) as refused:
        imported(tmp_path, f"{HEAD}God;Levevaner;233;Universell;5\n{row}\n")
    (problem,) = refused.value.problems
    assert (problem.id, problem.file, problem.row, problem.column) == (
        id,
        "register.csv",
        3,
        column,
    )
    assert problem.remedy("nb")


@pytest.mark.parametrize(
    ("heading", "value", "id"),
    [
        ("Brukere", "-3", "effort_negative"),
        ("Årsverk", "-1", "effort_negative"),
        ("Brukere: Grunnskole", "-1", "effort_negative"),
        ("Brukere", "mange", "effort_not_number"),
        ("Alder", "gamle", "effort_register_ages"),
        ("Alder", "15–6", "effort_ages"),
        ("Soner", "Sørbyen", "effort_unknown_place"),
        ("Tiltakstype", "Håndpåleggelse", "effort_unknown_intervention"),
        ("Sikkerhet", "kanskje", "effort_register_word"),
        ("Brutto", "3", "effort_net_above_gross"),
        ("År", "i fjor", "effort_import_year"),
    ],
)
def test_each_wrong_value_is_refused(tmp_path: Path, heading: str, value: str, id: str) -> None:
    text = f"{HEAD.strip()};{heading}\nX;Levevaner;233;Universell;5;{value}\n"
    with pytest.raises(InputRefused) as refused:
        imported(tmp_path, text, year=None if heading == "År" else 2026)
    assert [p.id for p in refused.value.problems] == [id]


def test_the_same_service_twice_is_refused(tmp_path: Path) -> None:
    row = "X;Levevaner;233;Universell;5\n"
    with pytest.raises(InputRefused) as refused:
        imported(tmp_path, HEAD + row + row)
    assert [(p.id, p.row) for p in refused.value.problems] == [("effort_service_twice", 3)]


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Ansvar;Beløp\n1;2\n", "effort_register_no_header"),
        (HEAD, "effort_import_nothing"),
        ("Tiltak;Område;Funksjon\nX;Levevaner;233\n", "effort_import_no_year"),
    ],
)
def test_a_file_without_a_register_is_refused(tmp_path: Path, text: str, id: str) -> None:
    with pytest.raises(InputRefused) as refused:
        imported(tmp_path, text, year=None if "Ansvar" not in text and text != HEAD else 2026)
    assert refused.value.problems[0].id == id


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Netto kostnad (1000 kr)", "net_nok"),
        ("Netto budsjett 2026 i 1000 kr", "net_nok"),
        ("Innsatsområde:", "area"),
        ("KOSTRA-funksjon", "function"),
        ("Antall brukere", "users"),
        ("Brukere etter utdanning Grunnskole", None),
        ("Kommentar", None),
    ],
)
def test_headings_are_known_by_their_words(heading: str, column: str | None) -> None:
    assert column_of(heading) == column


def test_headings_of_groups_need_the_word_users() -> None:
    assert group_of("Brukere Nordbyen", {"nordbyen": "5"}) == (SocialDimension.ZONE, "5")
    assert group_of("Nordbyen", {"nordbyen": "5"}) is None


@pytest.mark.parametrize(
    ("written", "ages"),
    [("6–15 år", (6, 15)), ("67+", (67, None)), ("under 18", (0, 17)), ("Alle", (None, None))],
)
def test_ages_are_read_as_written(
    tmp_path: Path, written: str, ages: tuple[int | None, int | None]
) -> None:
    text = f"{HEAD.strip()};Alder\nX;Levevaner;233;Universell;5;{written}\n"
    (row,) = imported(tmp_path, text).services.iter_rows(named=True)
    assert (row["from_age"], row["to_age"]) == ages
