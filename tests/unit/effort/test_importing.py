"""Accounts as economy systems export them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jevn.effort import import_accounts
from jevn.effort.schemas import ACCOUNTS
from jevn.tables import read_table, write_table
from jevn.terms import LANGUAGES, InputRefused, Say, UserError

EXPORT = """\
Fjordby kommune;;;;
Regnskap 2026 per funksjon, utskrift 14.01.2027;;;;
Beløp i hele 1000 kr;;;;
;;;;
Funksjon;Konto;Ansvar;Regnskap;Budsjett
;;;2026;2026
2020 Grunnskole;10100 Fastlønn;3100 Fjord skole;12 345,5;12 000
;17100 Sykelønnsrefusjon;3100 Fjord skole;(345,5);-300
Sum 2020;;;12 000;
2320 Helsestasjon;10100 Fastlønn;4100;1 000;900
2320 Helsestasjon;16000 Brukerbetaling;4100;100-;0
2020 Grunnskole;02300 Bygg;3100;500;0
Totalt;;;12 900;
"""


def export(tmp_path: Path, text: str, name: str = "eksport.csv", encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def rows(path: Path, **options: Any) -> list[tuple[object, ...]]:
    return import_accounts(path, **options).frame.rows()


def refusal(path: Path, **options: Any) -> list[str]:
    with pytest.raises(InputRefused) as error:
        import_accounts(path, **options)
    for lang in LANGUAGES:
        assert error.value.render(lang)
    return [p.id for p in error.value.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_an_export_with_titles_two_header_lines_and_sums(tmp_path: Path, encoding: str) -> None:
    found = import_accounts(export(tmp_path, EXPORT, encoding=encoding))
    assert found.frame.rows() == [
        (2026, "202", "010", "3100 Fjord skole", 12_345_500.0),
        (2026, "202", "710", "3100 Fjord skole", -345_500.0),
        (2026, "232", "010", "4100", 1_000_000.0),
        (2026, "232", "600", "4100", -100_000.0),
    ]
    said = {s.key.removeprefix("effort.import."): s.params for s in found.steps}
    assert said["unit"]["factor"] == 1000
    assert said["sums"] == {"n": 2}
    assert said["filled"] == {"n": 1}
    assert said["investment"] == {"n": 1}
    assert said["ignored_columns"] == {"columns": "Budsjett 2026"}
    # 12 345.5 - 345.5 + 1 000 - 100 = 12 900 thousand, as the export's own total says.
    assert said["total"]["net_nok"] == 12_900_000
    for lang in LANGUAGES:
        assert all(Say(lang).message(step) for step in found.steps)


def test_what_is_imported_can_be_written_and_read_as_accounts(tmp_path: Path) -> None:
    found = import_accounts(export(tmp_path, EXPORT))
    write_table(found.frame, ACCOUNTS, tmp_path / "accounts.csv")
    back = read_table(tmp_path / "accounts.csv", ACCOUNTS)
    assert back.drop("_row").rows() == found.frame.rows()


def test_the_plain_form_is_imported_unchanged(tmp_path: Path) -> None:
    text = "year,function,type,responsibility,amount\n2025,202,010,A,10.55\n2026,202,600,A,-3.5\n"
    assert rows(export(tmp_path, text)) == [
        (2025, "202", "010", "A", 10.55),
        (2026, "202", "600", "A", -3.5),
    ]


def test_a_column_per_year_gives_rows_per_year(tmp_path: Path) -> None:
    text = "Funksjon;Art;Regnskap 2025;Regnskap 2026;Budsjett 2026\n202;010;1,5;2,5;3\n"
    assert rows(export(tmp_path, text)) == [
        (2025, "202", "010", None, 1.5),
        (2026, "202", "010", None, 2.5),
    ]


def test_positive_income_is_turned(tmp_path: Path) -> None:
    text = "År;Funksjon;Art;Beløp\n2026;202;010;100\n2026;202;700;30\n"
    found = import_accounts(export(tmp_path, text))
    assert found.frame["amount"].to_list() == [100.0, -30.0]
    assert "effort.import.signs" in [s.key for s in found.steps]


def test_a_few_corrections_do_not_turn_the_income(tmp_path: Path) -> None:
    text = "År;Funksjon;Art;Beløp\n2026;202;010;100\n2026;202;700;-95\n2026;232;700;5\n"
    assert [r[4] for r in rows(export(tmp_path, text))] == [100.0, -95.0, 5.0]


def test_income_of_both_signs_is_refused_unless_said(tmp_path: Path) -> None:
    text = "År;Funksjon;Art;Beløp\n2026;202;700;-50\n2026;232;700;50\n"
    path = export(tmp_path, text)
    assert refusal(path) == ["effort_import_signs"]
    assert [r[4] for r in rows(path, income="negative")] == [-50.0, 50.0]
    assert [r[4] for r in rows(path, income="positive")] == [50.0, -50.0]


def test_without_types_amounts_are_net_sums(tmp_path: Path) -> None:
    found = import_accounts(export(tmp_path, "År;Funksjon;Beløp\n2026;202 Grunnskole;1234,50\n"))
    assert found.frame.rows() == [(2026, "202", None, None, 1234.5)]
    assert "effort.import.no_types" in [s.key for s in found.steps]


def test_lines_of_one_kind_are_summed_to_the_ore(tmp_path: Path) -> None:
    text = "År;Funksjon;Art;Beløp\n" + "2026;202;010;0,10\n" * 1000
    assert rows(export(tmp_path, text)) == [(2026, "202", "010", None, 100.0)]


def test_a_workbook_with_typed_numbers_that_lost_their_zeros(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.create_sheet("Forside").append(["Fjordby kommune"])
    sheet = book.create_sheet("Tall")
    sheet.append(["Regnskap 2026"])
    for line in (["Funksjon", "Art", "Beløp"], [202, 10, 1234.5], [202, 700, -34.5]):
        sheet.append(line)
    path = tmp_path / "eksport.xlsx"
    book.save(path)
    found = import_accounts(path)
    assert found.frame.rows() == [
        (2026, "202", "010", None, 1234.5),
        (2026, "202", "700", None, -34.5),
    ]
    assert found.steps[0].params == {"sheet": "Tall"}


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("1 234 567,89", 1234567.89),
        ("1\u00a0234,50", 1234.5),
        ("1.234.567,89", 1234567.89),
        ("−12,5", -12.5),
        ("(1 000,00)", -1000.0),
        ("250,00-", -250.0),
        ("kr 99,90", 99.9),
    ],
)
def test_amounts_as_people_write_them(tmp_path: Path, amount: str, expected: float) -> None:
    text = f"År;Funksjon;Art;Beløp\n2026;202;010;{amount}\n"
    assert rows(export(tmp_path, text))[0][4] == expected


HEAD = "År;Funksjon;Art;Beløp\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("navn;verdi\na;1\n", ["effort_import_no_header"]),
        ("Funksjon;Beløp\n202;1\n", ["effort_import_no_year"]),
        ("2025 og 2026\nFunksjon;Beløp\n202;1\n", ["effort_import_years_differ"]),
        ("År;Funksjon;Beløp;Sum\n2026;202;1;2\n", ["effort_import_two_amounts"]),
        ("I 1000 kr\nMill. kr\nÅr;Funksjon;Beløp\n2026;202;1\n", ["effort_import_units_differ"]),
        (HEAD + "2026;202;010;12a\n", ["effort_import_amount"]),
        (HEAD + "2026;999;010;12\n", ["effort_import_function"]),
        (HEAD + "2026;202;Fastlønn;12\n", ["effort_import_type"]),
        (HEAD + "i fjor;202;010;12\n", ["effort_import_year"]),
        (HEAD + "2026;202;10100;12\n2026;202;1010000;12\n", ["effort_import_type_length"]),
        (HEAD + "2026;202;010;\n", ["effort_import_nothing"]),
        (
            HEAD + "2026;999;010;12\n2026;202;x;12\n2026;202;010;y\n",
            ["effort_import_function", "effort_import_type", "effort_import_amount"],
        ),
    ],
)
def test_what_is_not_understood_is_refused_whole(
    tmp_path: Path, text: str, expected: list[str]
) -> None:
    assert refusal(export(tmp_path, text)) == expected


def test_a_year_that_the_file_lacks_can_be_given(tmp_path: Path) -> None:
    path = export(tmp_path, "Funksjon;Beløp\n202;1\n")
    assert rows(path, year=2026) == [(2026, "202", None, None, 1.0)]


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04broken", b"%PDF-1.7"])
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_files_that_are_no_tables_are_refused_without_traceback(
    tmp_path: Path, content: bytes, name: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError):
        import_accounts(tmp_path / name)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "mangler.csv") == ["effort_import_unreadable"]
