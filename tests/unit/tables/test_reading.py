"""Reading real files: what is understood, and what is refused with which words."""

from __future__ import annotations

from datetime import date

import openpyxl
import polars as pl
import pytest

from jevn.tables import Column, TableSchema, empty_table, read_table, schema_markdown
from jevn.terms import LANGUAGES, InputRefused

SCHEMA = TableSchema(
    "figures",
    "A figure.",
    (
        Column("place", "id", "place", True, aliases=("sted", "kommunenummer")),
        Column("year", "year", "year", aliases=("år",)),
        Column("value", "number", "value", aliases=("verdi",), signs=True),
        Column("persons", "integer", "persons", aliases=("antall",), at_least=0, signs=True),
        Column("share", "share", "share"),
        Column("amount", "amount", "kroner"),
        Column("day", "date", "date"),
        Column("flag", "choice", "flag", choices=("hidden", "missing", "not_possible")),
        Column("tags", "list", "tags"),
        Column("note", "text", "note"),
    ),
    key=("place", "year"),
)


@pytest.fixture
def read(tmp_path):
    def reader(content, name="figures.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_table(path, SCHEMA)

    return reader


@pytest.fixture
def refused(read):
    def reader(content, name="figures.csv"):
        with pytest.raises(InputRefused) as caught:
            read(content, name)
        for lang in LANGUAGES:
            assert "{" not in caught.value.render(lang)
        return [(p.id.removeprefix("table_"), p.row, p.column) for p in caught.value.problems]

    return reader


def test_the_frame_has_the_columns_of_the_schema_with_their_types_and_the_line(read):
    frame = read("place,value\n9901,1\n")
    assert frame.columns == [*SCHEMA.names, "_row"]
    assert frame.schema == empty_table(SCHEMA).schema
    assert frame.row(0, named=True)["_row"] == 2


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
def test_separators_and_encodings(read, separator, encoding):
    text = separator.join(("Sted", "Merknad æøå", "ÅR")).replace("Merknad æøå", "note")
    text += "\r\n" + separator.join(("Ås", "Blåbær – æ" if encoding != "latin-1" else "æ", "2024"))
    frame = read(text.encode(encoding))
    assert frame["place"].to_list() == ["Ås"]
    assert frame["year"].to_list() == [2024]
    assert frame["note"][0].endswith("æ")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12", 12.0),
        ("-12,5", -12.5),
        ("−12,5", -12.5),
        ("1 234,5", 1234.5),
        ("1\u00a0234\u00a0567", 1234567.0),
        ("1\u2009234", 1234.0),
        ("1\u202f234,25", 1234.25),
        ("1.234,5", 1234.5),
        ("1.234.567", 1234567.0),
        ("1,234,567.8", 1234567.8),
        ("0.423", 0.423),
        ("0,423", 0.423),
        ("86,885", 86.885),  # semicolons part cells because the comma is the decimal sign
        ("1e-3", 0.001),
        (",5", 0.5),
        ("+7", 7.0),
    ],
)
def test_numbers_as_people_write_them(read, written, number):
    assert read(f"place;value\n1;{written}\n")["value"].to_list() == [number]


def test_a_number_that_can_be_read_in_two_ways_is_refused(refused):
    assert refused("place;value\n1;1.234\n") == [("ambiguous_number", 2, "value")]
    assert refused("place\tvalue\n1\t1,234\n") == [("ambiguous_number", 2, "value")]
    assert refused('place,value\n1,"1,234"\n') == [("ambiguous_number", 2, "value")]


def test_the_rest_of_the_file_can_tell_what_the_sign_means(read):
    assert read("place;value;amount\n1;1.234;\n2;0,5;\n")["value"].to_list() == [1234.0, 0.5]
    assert read("place;value;amount\n1;1.234;2.50\n")["value"].to_list() == [1.234]
    assert read("place,value\n1,86.885\n")["value"].to_list() == [86.885]


@pytest.mark.parametrize(
    "written", ["12 34", "1 2345", "x", "12 %", "1.2.3", "nan", "inf", "1,2,3"]
)
def test_what_is_no_number_is_refused(refused, written):
    assert refused(f"place;value\n1;{written}\n") == [("not_number", 2, "value")]


@pytest.mark.parametrize(
    ("sign", "flag"),
    [
        (":", "hidden"),
        ("*", "hidden"),
        (".", "not_possible"),
        ("..", "missing"),
        ("...", "missing"),
        ("-", "missing"),
    ],
)
def test_signs_of_the_statistics_bureaus_are_empty_cells_with_a_flag(read, sign, flag):
    frame = read(f"place;value\n1;{sign}\n2;3\n")
    assert frame["value"].to_list() == [None, 3.0]
    assert frame["flag"].to_list() == [flag, None]


def test_the_strongest_sign_of_a_row_is_its_flag_unless_one_is_written(read):
    frame = read("place;value;antall;flag\n1;..;:;\n2;:;;missing\n")
    assert frame["flag"].to_list() == ["hidden", "missing"]


def test_signs_are_refused_where_they_mean_nothing(refused):
    assert refused("place;share\n1;:\n") == [("not_number", 2, "share")]


def test_titles_and_empty_lines_above_the_header_are_passed_over(read):
    frame = read("sep=;\nTabell 1: Folk i Elvebyen; 2024\n\nSted;Verdi\n\n1;2\n;;\n2;3\n")
    assert frame["place"].to_list() == ["1", "2"]
    assert frame["_row"].to_list() == [6, 8]


def test_dates_lists_and_choices(read):
    frame = read('place,day,tags,flag\n1,2026-03-01,"a; b;",Hidden\n2,1.3.2026,,\n')
    assert frame["day"].to_list() == [date(2026, 3, 1)] * 2
    assert frame["tags"].to_list() == [["a", "b"], None]
    assert frame["flag"].to_list() == ["hidden", None]


def test_text_over_several_lines_keeps_the_line_number_of_its_row(read, refused):
    text = 'place,note,value\n1,"to\nlinjer ""sitert""",1\n2,x,y\n'
    assert refused(text) == [("not_number", 4, "value")]
    frame = read(text.replace("y", "2"))
    assert frame["note"].to_list() == ['to\nlinjer "sitert"', "x"]
    assert frame["_row"].to_list() == [2, 4]


def test_own_columns_are_accepted_and_not_read(read):
    assert read("place,x_mine,_row\n1,a,b\n")["_row"].to_list() == [2]


def test_an_unknown_column_is_refused_and_the_nearest_named(tmp_path):
    path = tmp_path / "f.csv"
    path.write_text("place,valeu\n1,2\n")
    with pytest.raises(InputRefused) as caught:
        read_table(path, SCHEMA, name="tall/f.csv")
    (problem,) = caught.value.problems
    assert (problem.id, problem.file) == ("table_unknown_column_near", "tall/f.csv")
    assert "«value»" in problem.what("nb")


def test_all_faults_of_a_file_are_told_at_once(refused):
    text = "place;year;share;day;flag\n1 2;24;1,5;31.2.2024;x\n;2024;;;\nb;2024;;;\nb;2024;;;\n"
    assert refused(text) == [
        ("not_id", 2, "place"),
        ("not_year", 2, "year"),
        ("too_large", 2, "share"),
        ("not_date", 2, "day"),
        ("not_choice", 2, "flag"),
        ("empty_cell", 3, "place"),
        ("double_key", 5, "place, year"),
    ]


def test_no_more_than_fifty_faults_are_told_and_the_rest_counted(tmp_path):
    path = tmp_path / "f.csv"
    path.write_text("place,value\n" + "".join(f"p{i},x\n" for i in range(1000)))
    with pytest.raises(InputRefused) as caught:
        read_table(path, SCHEMA)
    *told, last = caught.value.problems
    assert len(told) == 50
    assert (last.id, last.params["n"]) == ("table_more", 950)


@pytest.mark.parametrize(
    ("content", "id"),
    [
        (b"", "empty_file"),
        (b"\n \n", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        (b"place,value\n1,\x00\n", "binary"),
        (b"%PDF-1.7", "other_format"),
        (b"PK\x03\x04abc", "other_format"),
        (b"\xff\xfe\x00\x00p\x00\x00\x00", "encoding"),
        (b"a,b\n1,2\n", "no_header"),
        (b'place,note\n1,"open\n', "quoting"),
        (b'place,note\n1,"a"b\n', "quoting"),
        (b"place,value\n1\n", "ragged"),
        (b"place,value\n1,2,3\n", "ragged"),
        (b"value\n1\n", "missing_column"),
        (b"place,sted\n1,2\n", "double_column"),
        (b"place,\n1,2\n", "unnamed_column"),
        (b"place,note\n1," + b"x" * 100_001, "large_cell"),
        (b"place" + b"," * 5000 + b"\n", "too_wide"),
    ],
)
def test_files_that_cannot_be_a_table_are_refused(refused, content, id):
    assert id in [found for found, _, _ in refused(content)]


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InputRefused, match="finnes ikke"):
        read_table(tmp_path / "none.csv", SCHEMA)


def workbook(path, *sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)


def test_an_excel_export_with_title_is_read_with_the_lines_of_the_sheet(tmp_path):
    path = tmp_path / "f.xlsx"
    rows = [
        ["Uttrekk"],
        [],
        ["Sted", "Verdi", "Antall", "day", "note"],
        [301, 1 / 3, 5, date(2026, 3, 1), "æ"],
        ["0301", 1.234, ":", None, None],
    ]
    workbook(path, ("Om", [["Tekst"]]), ("Data", rows))
    frame = read_table(path, SCHEMA)
    assert frame["place"].to_list() == ["301", "0301"]
    assert frame["value"].to_list() == [1 / 3, 1.234]
    assert frame["persons"].to_list() == [5, None]
    assert frame["flag"].to_list() == [None, "hidden"]
    assert frame["day"].to_list() == [date(2026, 3, 1), None]
    assert frame["_row"].to_list() == [4, 5]


def test_two_sheets_that_fit_are_refused_unless_one_has_the_name_of_the_table(tmp_path):
    path = tmp_path / "f.xlsx"
    rows = [["place", "value"], ["1", 2]]
    workbook(path, ("a", rows), ("b", rows))
    with pytest.raises(InputRefused, match="Flere ark"):
        read_table(path, SCHEMA)
    workbook(path, ("a", rows), ("Figures", [["place", "value"], ["9", 9]]))
    assert read_table(path, SCHEMA)["place"].to_list() == ["9"]


@pytest.mark.parametrize("name", ["f.xlsx", "f.parquet"])
def test_a_damaged_workbook_or_parquet_is_refused(refused, name):
    for content in (b"hello", b"PK\x03\x04" + b"x" * 50, b"PAR1" + b"x" * 50 + b"PAR1"):
        assert refused(content, name)[0][0] in ("not_workbook", "not_parquet")


def test_parquet_is_read_with_its_types(tmp_path):
    path = tmp_path / "f.parquet"
    pl.DataFrame(
        {
            "sted": [301, 302],
            "value": [1.5, float("nan")],
            "persons": [1, None],
            "tags": [["a"], []],
            "day": [date(2026, 3, 1), None],
        }
    ).write_parquet(path)
    frame = read_table(path, SCHEMA)
    assert frame["place"].to_list() == ["301", "302"]
    assert frame["value"].to_list() == [1.5, None]
    assert frame["tags"].to_list() == [["a"], None]


def test_the_schema_can_be_shown_as_markdown():
    text = schema_markdown(SCHEMA)
    assert "| `place` * | place | id | `sted`, `kommunenummer` |" in text
    assert "| `share` | share | share 0–1 |" in text
