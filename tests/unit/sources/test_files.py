"""Statistics files as people get them: read whole, or refused with the place of the fault."""

from __future__ import annotations

from itertools import product

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from openpyxl import Workbook

from jevn.sources.dataset import Role
from jevn.sources.fileforms import FileForm, form_named, read_form, ready_forms
from jevn.sources.files import import_file
from jevn.terms import LANGUAGES, InputRefused, Say, UserError


@pytest.fixture
def read(tmp_path):
    """Read a text or lines of a workbook as a file."""

    def reading(content, form=None, *, encoding="utf-8", merge=(), sheet=None, name="tall"):
        if isinstance(content, str):
            path = tmp_path / f"{name}.csv"
            path.write_bytes(content.encode(encoding))
        else:
            path = tmp_path / f"{name}.xlsx"
            save(content, path, merge)
        return import_file(path, form, sheet=sheet)

    return reading


def save(sheets, path, merge=()):
    book = Workbook()
    book.remove(book.active)
    given_sheets = sheets if isinstance(sheets, dict) else {"Ark1": sheets}
    for title, lines in given_sheets.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(list(line))
        for area in merge:
            sheet.merge_cells(area)
    book.save(path)


def cells(found):
    """(codes …, value or sign) by dimension order."""
    rows = found.dataset.table.rows()
    return {row[:-2]: row[-2] if row[-1] is None else row[-1] for row in rows}


def codes(found):
    return {d.code: d.codes for d in found.dataset.dimensions}


def keys(found):
    return [step.key for step in found.steps]


def refused(call):
    with pytest.raises(InputRefused) as fault:
        call()
    for problem in fault.value.problems:
        for lang in LANGUAGES:
            assert problem.what(lang)
            assert problem.remedy(lang)
    return [(p.id, p.row, p.column) for p in fault.value.problems]


LONG = """Kommune;År;Kjønn;Andel
3301 Drammen;2023;Menn;12,5
3301 Drammen;2023;Kvinner;:
3301 Drammen;2024;Menn;1 012,0
3301 Drammen;2024;Kvinner;
"""


def test_a_long_table_is_read_with_signs_and_empty_cells_as_flags(read):
    found = read(LONG)
    assert cells(found) == {
        ("3301", "2023", "Menn", "Andel"): 12.5,
        ("3301", "2023", "Kvinner", "Andel"): ":",
        ("3301", "2024", "Menn", "Andel"): 1012.0,
        ("3301", "2024", "Kvinner", "Andel"): "",
    }
    assert [d.role for d in found.dataset.dimensions] == [Role.GEO, Role.TIME, None, Role.METRIC]
    assert found.dataset.dimension("place").label_of("3301") == "Drammen"
    assert {"sources.file.comma", "sources.file.sign", "sources.file.empty"} <= set(keys(found))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_encodings_separators_and_line_endings_do_not_matter(read, encoding, separator, ending):
    text = LONG.replace(";", separator).replace("\n", ending)
    assert cells(read(text, encoding=encoding)) == cells(read(LONG))


def test_the_line_that_names_the_separator_is_heeded(read):
    text = "sep=,\n" + LONG.replace(",", ".").replace(";", ",")
    found = read(text)
    assert cells(found) == cells(read(LONG))
    assert [s.params["first"] for s in found.steps if s.key == "sources.file.header"] == ["2"]


def test_steps_can_be_said_in_every_language(read):
    found = read("Tabell 1: Helse\n\n" + LONG + "\nKilde: SSB\n")
    for lang in LANGUAGES:
        assert all(Say(lang).message(step) for step in found.steps)


def test_titles_above_and_notes_below_are_kept_as_notes(read):
    found = read("Tabell 12345: Helse\n\n" + LONG + "\nKilde: SSB, tabell 12345\n: Vises ikke\n")
    assert cells(found) == cells(read(LONG))
    assert found.dataset.label == "Tabell 12345: Helse"
    assert found.dataset.notes[1:] == ("Kilde: SSB, tabell 12345", ": Vises ikke")
    assert found.origin.producer == "SSB, tabell 12345"


def test_years_across_become_a_period(read):
    found = read("Kommune;2022;2023\nDrammen;1,5;2,5\nSkien;*;k\n")
    assert cells(found) == {
        ("Drammen", "2022", "value"): 1.5,
        ("Drammen", "2023", "value"): 2.5,
        ("Skien", "2022", "value"): "*",
        ("Skien", "2023", "value"): "k",
    }


def test_counts_that_look_like_years_are_counts(read):
    found = read("Kommune;2022;2023\nDrammen;2001;1999\nSkien;2010;3000\n")
    assert cells(found)["Drammen", "2022", "value"] == 2001
    assert cells(found)["Drammen", "2023", "value"] == 1999


TWO_LINES = "Kommune;Menn;;Kvinner;\n;2022;2023;2022;2023\nDrammen;1;2;3;4\nSkien;5;6;7;<5\n"


def test_sex_and_year_across_on_two_lines(read):
    found = read(TWO_LINES)
    assert cells(found) == {
        ("Drammen", "2022", "Menn", "value"): 1,
        ("Drammen", "2023", "Menn", "value"): 2,
        ("Drammen", "2022", "Kvinner", "value"): 3,
        ("Drammen", "2023", "Kvinner", "value"): 4,
        ("Skien", "2022", "Menn", "value"): 5,
        ("Skien", "2023", "Menn", "value"): 6,
        ("Skien", "2022", "Kvinner", "value"): 7,
        ("Skien", "2023", "Kvinner", "value"): "<5",
    }
    assert codes(found)["kjønn"] == ["Menn", "Kvinner"]


def test_merged_cells_of_a_workbook_are_filled_right(read):
    lines = [
        ["Sysselsatte", None, None, None, None],
        ["Kommune", "Menn", None, "Kvinner", None],
        [None, 2022, 2023, 2022, 2023],
        ["Drammen", 1, 2, 3, 4],
        ["Skien", 5, 6, 7, "<5"],
    ]
    merge = ("A1:E1", "B2:C2", "D2:E2", "A2:A3")
    found = read(lines, merge=merge)
    assert cells(found) == cells(read(TWO_LINES))
    assert found.dataset.label == "Sysselsatte"


def test_names_left_of_header_lines_name_what_runs_across(read):
    text = "Bakgrunn;Alle;Alle;Innvandrere;Innvandrere\nÅr;2019;2020;2019;2020\n"
    found = read(text + "K3005;1;2;3;4\nK3001;5;6;7;8\n")
    assert codes(found) == {
        "place": ["3005", "3001"],
        "period": ["2019", "2020"],
        "Bakgrunn": ["Alle", "Innvandrere"],
        "figure": ["value"],
    }


def test_four_header_lines_as_imdi_has_them(read):
    sexes, backgrounds, levels, years = ("Kvinner", "Menn"), ("Alle", "Innv."), ("Gr", "Vg"), "12"
    across = list(product(sexes, backgrounds, levels, years))
    header = [";;" + ";".join(f"202{c[3]}" if i == 3 else c[i] for c in across) for i in range(4)]
    body = "K3005;Drammen;" + ";".join(str(100 + i) for i in range(len(across)))
    found = read("\n".join([*header, body, body.replace("K3005;Drammen", "K3001;Halden")]),
                 form_named("imdi"), encoding="latin-1")  # fmt: skip
    for i, (sex, background, level, year) in enumerate(across):
        assert cells(found)["3005", f"202{year}", sex, background, level, "value"] == 100 + i
    assert found.dataset.dimension("place").label_of("3001") == "Halden"
    assert found.origin.producer.startswith("Integrerings")


def test_figures_beside_each_other_are_kinds_of_figure(read):
    found = read(
        "Kommunenummer,Kommune,År,Antall,Andel\n4003,Skien,2025,10,0.5\n4001,Pg,2025,20,.\n"
    )
    assert cells(found) == {
        ("4003", "2025", "Antall"): 10,
        ("4003", "2025", "Andel"): 0.5,
        ("4001", "2025", "Antall"): 20,
        ("4001", "2025", "Andel"): ".",
    }
    assert found.dataset.dimension("place").label_of("4001") == "Pg"


def test_a_period_inside_the_heading_is_the_period(read):
    found = read("Kommune;Andel (2021-2023);Andel (2022-2024)\nSkien;10,5;11\nPorsgrunn;9;8,5\n")
    assert codes(found)["period"] == ["2021_2023", "2022_2024"]
    assert codes(found)["figure"] == ["Andel"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2022_2024", "2022_2024"),
        ("2018-2024", "2018_2024"),
        ("2022/23", "2022_2023"),
        ("2022–2024 (3-årig)", "2022_2024"),
        ("2014/15-2016/17", "2014_2017"),
        ("2019-01-01", "2019"),
        ("2024 (foreløpig)", "2024"),
        ("2024K1", "2024K1"),
        ("2024M05", "2024M05"),
        ("mars 2024", "2024M03"),
        ("Des. 2024", "2024M12"),
        ("1. kvartal 2024", "2024K1"),
    ],
)
def test_periods_are_read_as_they_are_written(read, written, code):
    found = read(f"Kommune;Periode;Andel\nSkien;{written};1,5\nPorsgrunn;{written};2,5\n")
    assert codes(found)["period"] == [code]
    assert found.dataset.dimension("period").label_of(code) == written


def test_school_years_with_a_dash_are_no_months(read):
    text = "Kommune;Skoleår;Andel\nSkien;2010-11;1,5\nSkien;2011-12;2,5\nSkien;2012-13;2,5\n"
    assert codes(read(text))["period"] == ["2010_2011", "2011_2012", "2012_2013"]
    text = "Kommune;Måned;Andel\nSkien;2010-11;1,5\nSkien;2010-12;2,5\n"
    assert codes(read(text))["period"] == ["2010-11", "2010-12"]


@pytest.mark.parametrize(
    ("written", "code", "label"),
    [
        ("K3005", "3005", "3005"),
        ("3005 Drammen", "3005", "Drammen"),
        ("EKA33", "33", "33"),
        ("EAK Landet", "0", "Landet"),
        ("EKG11 Kostragruppe 11", "KG11", "Kostragruppe 11"),
        ("K-3301 Drammen", "3301", "Drammen"),
        ("municip_nor3301", "3301", "3301"),
        ("Drammen", "Drammen", "Drammen"),
    ],
)
def test_codes_of_places_lose_what_bureaus_put_before_them(read, written, code, label):
    found = read(f"Region;År;Andel\n{written};2023;1,5\n{written};2024;2,5\n")
    place = found.dataset.dimension("place")
    assert [(c.code, c.label) for c in place.categories] == [(code, label)]


@pytest.mark.parametrize("sign", [":", ".", "..", "...", "-", "–", "*", "**", "k", "<5", "< 5", ""])
def test_every_sign_of_a_hidden_value_is_kept(read, sign):
    found = read(f"Kommune;År;Andel\nSkien;2023;1,5\nSkien;2024;{sign}\n")
    assert cells(found)["Skien", "2024", "Andel"] == sign
    row = found.dataset.table.row(1, named=True)
    assert row["value"] is None


def test_signs_of_a_producer_are_named_by_the_form(read):
    text = "Kommune;År;Andel\nSkien;2023;1,5\nSkien;2024;u.f.\n"
    assert refused(lambda: read(text)) == [("sources_file_cell", 3, "Andel")]
    found = read(text, FileForm(signs={"u.f.": "too few"}))
    assert cells(found)["Skien", "2024", "Andel"] == "u.f."
    assert "sources.file.sign_meaning" in keys(found)


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("1 234,5", 1234.5),
        ("1\u00a0234\u202f567", 1234567),
        ("−3,25", -3.25),
        ("1.234.567,5", 1234567.5),
        ("42,3 %", 42.3),
        (",5", 0.5),
    ],
)
def test_numbers_as_people_write_them(read, number, value):
    other = "1,5 %" if "%" in number else "1,5"
    found = read(f"Kommune;År;Andel\nSkien;2023;{other}\nSkien;2024;{number}\n")
    assert cells(found)["Skien", "2024", "Andel"] == value


def test_a_corner_without_heading_is_a_column_of_labels(read):
    found = read([["Ungdata 2025"], [None, "Gutter", "Jenter"], ["Fornøyd (%)", 72, "-"]])
    assert codes(found)["kolonne 1"] == ["Fornøyd (%)"]
    assert codes(found)["kjønn"] == ["Gutter", "Jenter"]


def test_labels_written_once_for_several_rows_are_filled_down(read):
    lines = [
        ["Befolkning"], [], [None, None, "2023", "2024"],
        ["3301 Drammen", "Menn", 1, 2], [None, "Kvinner", 3, 4],
        ["4003 Skien", "Menn", 5, 6], [None, "Kvinner", 7, ".."],
    ]  # fmt: skip
    found = read(lines)
    assert cells(found)["4003", "2024", "Kvinner", "value"] == ".."
    assert cells(found)["3301", "2023", "Kvinner", "value"] == 3
    assert codes(found)["kjønn"] == ["Menn", "Kvinner"]
    assert "sources.file.filled_down" in keys(found)


def test_what_a_column_follows_from_is_enough(read):
    text = "Sone;Sone navn;Kommune;År (intervall);År;Andel;SortSone\n"
    text += "400301;Nenset;Skien;2022-2024;2024-01-01;1,5;1\n400302;Borgestad;Skien;2022-2024;"
    found = read(text + "2024-01-01;2,5;2\n")
    assert codes(found) == {
        "place": ["400301", "400302"],
        "period": ["2022_2024"],
        "figure": ["Andel"],
    }
    assert found.dataset.dimension("place").label_of("400302") == "Borgestad"


def test_a_last_column_that_is_mostly_empty_is_a_column(read):
    text = "Kommune;År;Andel;Antall\nSkien;2022;1,5;\nSkien;2023;2,5;\nSkien;2024;3,5;10\n"
    assert codes(read(text))["figure"] == ["Andel", "Antall"]
    lines = [[c or None for c in line.split(";")] for line in text.replace(",", ".").splitlines()]
    assert codes(read(lines))["figure"] == ["Andel", "Antall"]


def test_months_across_as_in_monthly_workbooks(read):
    lines = [["Helt ledige"], [], ["Knr", "Kommune", "Desember 2023", "Januar 2024"]]
    found = read([*lines, ["3301", "Drammen", 812, 845], ["3303", "Kongsberg", 210, "*"]])
    assert codes(found) == {
        "place": ["3301", "3303"],
        "period": ["2023M12", "2024M01"],
        "figure": ["value"],
    }
    assert cells(found)["3303", "2024M01", "value"] == "*"


def test_a_table_of_statistics_norway_as_text(read):
    text = '"07459: Befolkning, etter region, kjønn, statistikkvariabel og år"\n\n'
    text += '"region";"kjønn";"Personer 2023";"Personer 2024"\n'
    text += '"3301 Drammen (2024-)";"Menn";51000;".."\n"3301 Drammen (2024-)";"Kvinner";1;2\n'
    found = read(text, encoding="latin-1")
    assert codes(found)["period"] == ["2023", "2024"]
    assert cells(found)["3301", "2024", "Menn", "Personer"] == ".."
    assert found.dataset.dimension("place").label_of("3301") == "Drammen (2024-)"


def test_a_separator_at_the_end_of_every_line_is_no_column(read):
    assert cells(read(LONG.replace("\n", ";\n"))) == cells(read(LONG))


def test_zeros_lost_in_a_spreadsheet_are_put_back(read):
    found = read([["Kommunenr", "År", "Andel"], [301, 2023, 1.5], [3301, 2023, 2.5]])
    assert codes(found)["place"] == ["0301", "3301"]
    assert "sources.file.padded" in keys(found)


def test_a_profile_with_the_place_as_figure(read):
    text = "Indikator;År;Kommune;Fylke;Norge\nTrivsel;2024;81,5;80,1;82\nMobbing;2024;7,2;*;6,5\n"
    found = read(text)
    assert codes(found)["figure"] == ["Kommune", "Fylke", "Norge"]
    assert cells(found)["2024", "Mobbing", "Fylke"] == "*"


def test_a_column_of_hidden_figures_is_no_group(read):
    found = read("Kommune;Menn;Kvinner\nSkien;12;*\nSiljan;11;*\n")
    assert codes(found)["kjønn"] == ["Menn", "Kvinner"]
    assert cells(found)["Siljan", "Kvinner", "value"] == "*"
    found = read("Kommune;Kjønn;Andel\nSkien;K;1,5\nSiljan;K;*\n")
    assert codes(found)["Kjønn"] == ["K"]


def test_shares_shown_as_percent_in_a_workbook_are_told(read, tmp_path):
    path = tmp_path / "prosent.xlsx"
    save([["Kommune", "År", "Andel"], ["Skien", 2023, 0.423], ["Porsgrunn", 2023, 0.5]], path)
    from openpyxl import load_workbook

    book = load_workbook(path)
    book.active["C2"].number_format = "0.0 %"
    book.save(path)
    found = import_file(path)
    assert cells(found)["Skien", "2023", "Andel"] == 0.423
    assert "sources.file.percent_cells" in keys(found)


def test_one_sheet_of_several_is_chosen_by_name(read):
    table = [["Kommune", "År", "Andel"], ["Skien", 2023, 1.5], ["Porsgrunn", 2023, 2.5]]
    sheets = {"Om": [["Om tallene"]], "A": table, "B": table}
    assert refused(lambda: read(sheets)) == [("sources_file_sheets", None, None)]
    assert refused(lambda: read(sheets, sheet="C")) == [("sources_file_sheet", None, None)]
    assert len(cells(read(sheets, sheet="b"))) == 2
    assert len(cells(read({"Om": [["Om tallene"]], "A": table}))) == 2


def test_a_form_says_what_the_file_cannot(read):
    text = "a;b;c;d\n3301;1;10;2\n3301;2;11;3\n4003;1;12;4\n4003;1;13;5\n"
    found = refused(lambda: read(text))
    assert [f[0] for f in found] == ["sources_file_doubtful"] * len(found)
    assert found
    form = FileForm(place="a", groups=("b", "c"), values="d", period_of_file="2024")
    assert cells(read(text, form))["4003", "2024", "1", "13", "value" * 0 + "d"] == 5


def test_a_column_may_say_which_figure_a_row_holds(read):
    text = "Kommune;År;Måltall;Tall\nSkien;2023;antall;12\nSkien;2023;andel;1,5\n"
    found = read(text, FileForm(figure="Måltall", values="Tall"))
    assert found.dataset.role(Role.METRIC).codes == ["antall", "andel"]
    assert cells(found) == {
        ("Skien", "2023", "antall"): 12,
        ("Skien", "2023", "andel"): 1.5,
    }


def test_a_form_is_read_from_yaml_and_refused_with_line(tmp_path, read):
    path = tmp_path / "mitt.yaml"
    path.write_text("place: Sted\nvalues: [Antall]\nsigns: {u.f.: for få}\nskip: 1\n", "utf-8")
    form = form_named(str(path))
    assert (form.place, form.values, form.signs) == ("Sted", ("Antall",), {"u.f.": "for få"})
    found = read("Kilde;x\nSted;Antall\nSkien;1\nPorsgrunn;u.f.\n", form)
    assert cells(found) == {("Skien", "Antall"): 1, ("Porsgrunn", "Antall"): "u.f."}
    path.write_text("place: Sted\nvalue: Antall\n", "utf-8")
    ((id, row, _),) = refused(lambda: read_form(path))
    assert (id.startswith("yaml"), row) == (True, 2)
    with pytest.raises(UserError) as fault:
        form_named("ukjent")
    assert fault.value.id == "sources_unknown_form"


def test_a_column_that_the_form_names_must_be_there(read):
    ((id, row, column),) = refused(lambda: read(LONG, FileForm(place="Sone")))
    assert (id, row, column) == ("sources_form_column", 1, "Sone")


def test_ready_forms_are_whole_and_say_whether_they_were_tried():
    forms = ready_forms()
    assert {"fhi", "imdi", "udir", "nav", "bufdir", "ungdata"} <= forms.keys()
    for form in forms.values():
        assert form.producer
        assert form.verified or "ikke" in (form.note or "")


def test_a_heading_with_several_parts_is_split_by_the_form(read):
    across = product(("2022-23", "2023-24"), ("Gutter", "Jenter"))
    text = ";".join(["Kommune", *(f"{year}.{sex}.Andel" for year, sex in across)])
    found = read(
        text + "\nSkien;40,1;41,2;40,5;*\nPorsgrunn;39,1;40,2;39,5;42\n", form_named("udir")
    )
    assert codes(found)["period"] == ["2022_2023", "2023_2024"]
    assert cells(found)["Skien", "2023_2024", "Jenter", "Andel"] == "*"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Kommune;År;Andel\nSkien;2023;1,5\nSkien;2024;ca. 2\n", ("cell", 3, "Andel")),
        ("Kommune;År;Sett\nSkien;2023;1,5\nSkien;2024;ca. 2\n", ("mixed", 3, "Sett")),
        ("Kommune;År;Andel;Sett\nSkien;2023;1,5;2\nBø;2023;2;ca. 2\n", ("mixed", 3, "Sett")),
        ("Kommune;År;Antall\nSkien;2023;12\nSkien;i fjor;13\n", ("period", 3, "År")),
        ("Kommune;År;Antall\nSkien;2023;12\nSkien;2023;13\n", ("twice", 3, None)),
        ("Kommune;År;Andel\nSkien;2023;12 %\nSkien;2024;13\n", ("percent", 3, "Andel")),
        ("Kommune;År;Andel\nTelemark\nSkien;2023;12\nBamble;2023;1\n", ("lone_text", 2, None)),
        ("Kommune;År;Andel\nSkien;2023;12;13\nBamble;2023;1\n", ("ragged", 2, None)),
        ("Kommune;2022;Andel\nSkien;12;13\nBamble;1;2\n", ("period_some", 1, "Andel")),
        ("Kommune;År;2022;2023\nSkien;2021;12;13\nBamble;2021;1;2\n", ("two_periods", 1, None)),
        ("bare tekst\nog mer tekst\n", ("one_column", None, None)),
        ("a;b\nc;d\n", ("no_figures", None, None)),
        ("Kommune;;Antall\nSkien;7;12\nBamble;8;13\n", ("unnamed", 1, None)),
        ("Kommune;År;Andel\n", ("no_figures", None, None)),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_place(read, text, fault):
    found = refused(lambda: read(text))
    assert (found[0][0].removeprefix("sources_file_"), *found[0][1:]) == fault


def test_a_cell_that_is_no_number_is_refused_where_the_column_is_known(read):
    text = "Kommune;År;Andel\nSkien;2023;1,5\nSkien;2024;ca. 2\n"
    found = refused(lambda: read(text, FileForm(values="Andel")))
    assert found == [("sources_file_cell", 3, "Andel")]


def test_a_number_with_two_readings_is_refused(read):
    text = "Kommune\tÅr\tAntall\nSkien\t2023\t1.234\nSkien\t2024\t2\n"
    assert refused(lambda: read(text)) == [("table_ambiguous_number", 2, "Antall")]
    text = text.replace("2024\t2", "2024\t2,5")
    assert cells(read(text))["Skien", "2023", "Antall"] == 1234


def test_rows_that_say_the_same_twice_count_once(read):
    found = read("Kommune;År;Antall\nSkien;2023;12\nSkien;2023;12\n")
    assert cells(found) == {("Skien", "2023", "Antall"): 12}
    assert "sources.file.doubled" in keys(found)


@pytest.mark.parametrize(
    ("name", "content", "id"),
    [
        ("tom.csv", b"", "table_empty_file"),
        ("bilde.csv", b"\x89PNG\r\n", "table_other_format"),
        ("falsk.xlsx", b"ikke et regneark", "table_not_workbook"),
        ("brutt.csv", b'a;b\n"x;1\ny;2\n', "table_quoting"),
    ],
)
def test_files_that_are_no_tables_are_refused(tmp_path, name, content, id):
    path = tmp_path / name
    path.write_bytes(content)
    assert refused(lambda: import_file(path))[0][0] == id
    assert refused(lambda: import_file(tmp_path / "borte.csv"))[0][0] == "table_no_file"


@pytest.mark.parametrize("given", ["place", "period"])
def test_what_the_file_says_cannot_be_said_otherwise(read, given):
    form = FileForm(**{f"{given}_of_file": "2024"})
    assert refused(lambda: read(LONG, form)) == [(f"sources_file_has_{given}", None, None)]


CELLS = (
    "", "", "Kommune", "År", "Kjønn", "Andel", "Antall 2023", "2023", "2024", "2022-2024", "Menn",
    "Kvinner", "3301 Drammen", "4003", "K3005", "Skien", "1,5", "1.234", "1 000", "12", "7", ":",
    "-", "<5", "12 %", "ca. 3", "Kilde: SSB", "sep=;", '"', "a,b", "alder", "SortKommune", "value",
    "figure", "place", "period", "flag", "_row", "Verdi", "Svar", "mars 2024", "0-17", "NA",
)  # fmt: skip
LINES = st.lists(st.sampled_from(CELLS), min_size=1, max_size=6)
ROWS = st.tuples(
    st.sampled_from(("3301 Drammen", "K3005", "Skien", "", "2024", "Kilde: SSB")),
    st.sampled_from(("2023", "2024", "2022-2024", "Menn", "0-17", "7", "")),
    st.sampled_from(("Menn", "Kvinner", "", "7", "1,5", ":")),
    st.sampled_from(("1,5", "12", ":", "", "<5", "1 000", "1.234", "12 %")),
    st.sampled_from(("1,5", "12", ":", "", "2023", "7")),
).map(list)


@given(
    above=st.lists(LINES, min_size=1, max_size=3),
    rows=st.lists(st.one_of(ROWS, ROWS, ROWS, LINES), max_size=6),
    separator=st.sampled_from([";", ",", "\t"]),
    workbook=st.booleans(),
)
@settings(max_examples=400)
def test_any_heap_of_cells_is_read_or_refused(tmp_path_factory, above, rows, separator, workbook):
    lines = above + rows
    path = tmp_path_factory.mktemp("haug") / ("h.xlsx" if workbook else "h.csv")
    if workbook:
        save([[float(c) if c.isdigit() else c or None for c in line] for line in lines], path)
    else:
        path.write_text("\n".join(separator.join(line) for line in lines), "utf-8")
    try:
        found = import_file(path)
    except InputRefused as fault:
        told = [(p.what("nb"), p.remedy("nn")) for p in fault.problems]
    else:
        told = [Say("en").message(step) for step in found.steps]
        assert_whole(found)
    assert told


def assert_whole(found):
    table = found.dataset.table
    assert table.height > 0
    assert table["value"].is_null().equals(table["flag"].is_not_null())
    assert table.select(d.code for d in found.dataset.dimensions).is_unique().all()


PLACES = ("3301 Drammen", "4003 Skien", "K4001", "0301 Oslo")
SEXES = ("Menn", "Kvinner")
SIGNS = (":", "..", "-", "*", "<5")


@st.composite
def cubes(draw):
    """A cube of place, year, sex and figure, with signs here and there."""
    places = draw(st.lists(st.sampled_from(PLACES), min_size=2, max_size=4, unique=True))
    years = draw(st.lists(st.integers(2000, 2030), min_size=1, max_size=3, unique=True))
    number = st.integers(-99_999, 9_999_999).map(lambda n: n / 100)
    cell = st.one_of(number, number, number, st.sampled_from(SIGNS))
    found = {k: draw(cell) for k in product(places, sorted(years), SEXES)}
    first = next(iter(found))
    found[first] = 0.25  # one number with decimals, so that the sign is known
    return found


def written(value, *, comma):
    if isinstance(value, str):
        return value
    text = f"{value:.2f}"
    return text.replace(".", ",") if comma else text


def as_long(cube, show):
    lines = [["Region", "År", "Kjønn", "Andel"]]
    return lines + [[p, str(y), s, show(v)] for (p, y, s), v in cube.items()]


def as_years_across(cube, show):
    places, years = list(dict.fromkeys(k[0] for k in cube)), sorted({k[1] for k in cube})
    lines = [["Region", "Kjønn", *map(str, years)]]
    return lines + [[p, s, *(show(cube[p, y, s]) for y in years)] for p in places for s in SEXES]


def as_two_lines(cube, show):
    places, years = list(dict.fromkeys(k[0] for k in cube)), sorted({k[1] for k in cube})
    top = [s if i == 0 else "" for s in SEXES for i, _ in enumerate(years)]
    lines = [["Region", *top], ["", *(str(y) for _ in SEXES for y in years)]]
    return lines + [[p, *(show(cube[p, y, s]) for s in SEXES for y in years)] for p in places]


@given(
    cube=cubes(),
    layout=st.sampled_from([as_long, as_years_across, as_two_lines]),
    form=st.sampled_from([(";", True), ("\t", True), (",", False), ("\t", False), ("xlsx", False)]),
    above=st.booleans(),
    below=st.booleans(),
)
@settings(max_examples=120)
def test_a_cube_written_in_any_layout_is_read_back(
    tmp_path_factory, cube, layout, form, above, below
):
    separator, comma = form
    path = tmp_path_factory.mktemp("kube") / ("k.xlsx" if separator == "xlsx" else "k.csv")
    if separator == "xlsx":
        lines = layout(cube, lambda v: v)
        lines = [[c or None for c in line] if i < 2 else line for i, line in enumerate(lines)]
        lines = [["Tabell om noe"], []] * above + lines + [[], ["Kilde: SSB"]] * below
        save(lines, path)
    else:
        lines = [separator.join(line) for line in layout(cube, lambda v: written(v, comma=comma))]
        lines = ["Tabell om noe", ""] * above + lines + ["", "Kilde: SSB"] * below
        path.write_text("\n".join(lines), "utf-8")
    found = import_file(path)
    order = [d.code for d in found.dataset.dimensions]
    sex = next(i for i, name in enumerate(order) if name.casefold() == "kjønn")
    back = {(k[0], k[1], k[sex]): v for k, v in cells(found).items()}
    expected = {(p.split()[0].lstrip("K"), str(y), s): v for (p, y, s), v in cube.items()}
    assert back == expected
