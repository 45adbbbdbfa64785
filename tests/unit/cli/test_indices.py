"""The command ``jevn indices``: any table in, result rows, tables in words or pictures out."""

from __future__ import annotations

import csv
import io
import json
import math
import xml.etree.ElementTree as ET

import openpyxl
import polars as pl
import pytest
from typer.testing import CliRunner

from jevn.cli import app, main
from jevn.cli.indices import spread
from jevn.indices import INDICES
from jevn.terms import InputRefused, UserError

TABLE = """\
setting,subgroup,subgroup_order,estimate,se,population,indicator_scale,favourable_indicator
a,basic,1,34.5,1.6,18900,100,0
a,upper,2,27.0,0.9,31400,100,0
a,higher,3,18.0,0.9,22600,100,0
b,basic,1,30.0,1.6,100,100,0
b,upper,2,31.0,0.9,200,100,0
b,higher,3,,,300,100,0
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "groups.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def run(*args, lang="nb"):
    result = CliRunner().invoke(app, ["--lang", lang, "indices", *map(str, args)])
    if isinstance(result.exception, UserError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def rows(*args):
    return json.loads(run(*args, "--json"))


def test_json_is_a_list_of_result_rows(table):
    found = rows(table, "--index", "d")
    assert [row["setting"] for row in found] == ["a", "b"]
    assert math.isclose(found[0]["estimate"], -16.5)
    assert math.isclose(found[0]["se"], math.hypot(1.6, 0.9))
    assert found[0]["polarity"] == "adverse"
    assert found[1]["note"] == "missing_group"
    assert found[0]["note"] is None


def test_what_is_not_known_is_null_in_json_and_empty_in_csv(table, tmp_path):
    path = tmp_path / "bare.csv"
    path.write_text("subgroup_order,estimate\n1,2.5\n2,0.5\n", encoding="utf-8")
    assert rows(path, "--index", "d")[0]["se"] is None
    found = next(csv.DictReader(io.StringIO(run(path, "--index", "d", "--csv"))))
    assert (found["estimate"], found["se"], found["scale"]) == ("-2.0", "", "")


def test_csv_has_the_keys_and_the_columns_of_results(table):
    found = list(csv.DictReader(io.StringIO(run(table, "--csv", "--index", "d,r"))))
    assert ",".join(found[0]) == (
        "setting,index,estimate,se,lower,upper,level,method,weights,scale,reference,polarity,"
        "groups,note"
    )
    assert [(row["setting"], row["index"]) for row in found] == [
        ("a", "d"),
        ("a", "r"),
        ("b", "d"),
        ("b", "r"),
    ]


@pytest.mark.parametrize(
    "given",
    [["--index", "d", "r"], ["--index", "d,r"], ["--index", "d", "--index", "r"], ["--index=d,r"]],
)
def test_several_indices_are_named_in_any_way(table, given):
    assert [row["index"] for row in rows(table, *given)][:2] == ["d", "r"]
    assert [row["index"] for row in rows(*given, table)][:2] == ["d", "r"]


def test_a_table_after_several_names_is_not_a_name():
    assert spread(["--by", "a", "b", "x.csv", "y"], ["--by"]) == [
        "--by",
        "a",
        "--by",
        "b",
        "x.csv",
        "y",
    ]


def test_without_names_all_indices_that_apply_are_given(table):
    assert {row["index"] for row in rows(table)} == set(INDICES)


def test_the_forms_of_files_give_the_same(table, tmp_path):
    expected = rows(table)
    frame = pl.read_csv(table)
    frame.write_parquet(tmp_path / "t.parquet")
    book = openpyxl.Workbook()
    for row in [frame.columns, *frame.rows()]:
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    norwegian = TABLE.replace(",", ";").replace(".", ",").replace("_", " ").upper()
    norwegian = norwegian.replace(";A;", ";a;").replace("HIGHER", "higher")
    (tmp_path / "t.tsv").write_text(TABLE.replace(",", "\t"), encoding="utf-8")
    (tmp_path / "n.csv").write_text(norwegian, encoding="utf-8-sig")
    for name in ("t.parquet", "t.xlsx", "t.tsv"):
        assert rows(tmp_path / name) == expected, name
    numbers = [row["estimate"] for row in rows(tmp_path / "n.csv")]
    assert numbers == [row["estimate"] for row in expected]


def test_options_say_what_the_table_does_not(tmp_path):
    path = tmp_path / "bare.csv"
    path.write_text(
        "place,year,subgroup_order,estimate,population\n"
        "p,1,1,0.2,5\np,1,2,0.1,5\np,2,1,0.3,5\np,2,2,0.1,5\n",
        encoding="utf-8",
    )
    found = rows(
        path, "--by", "place", "year", "--scale", "proportion", "--adverse", "--sign", "burden",
        "--index", "sii_linear", "--level", "0.9",
    )  # fmt: skip
    assert [(row["place"], row["year"]) for row in found] == [("p", 1), ("p", 2)]
    assert [row["estimate"] for row in found] == pytest.approx([0.2, 0.4])
    assert {(row["scale"], row["polarity"], row["level"]) for row in found} == {
        ("proportion", "adverse", 0.9)
    }


def test_the_screen_shows_plain_names_limits_and_notes(table):
    found = " ".join(run(table, "--index", "d,r").split())
    assert "Forskjell mellom to grupper" in found
    assert "−16,50" in found
    assert "til" in found
    assert "mangler tall" in found
    english = " ".join(run(table, "--index", "d", lang="en").split())
    assert "Difference between two groups" in english
    assert "-16.50" in english.replace("−", "-")


def test_many_settings_are_counted_not_shown(tmp_path):
    path = tmp_path / "many.csv"
    body = "".join(f"s{n},1,2\ns{n},2,3\n" for n in range(25))
    path.write_text("setting,subgroup_order,estimate\n" + body, encoding="utf-8")
    found = run(path, "--index", "d")
    assert "s19" in found
    assert "s20" not in found
    assert "5 sett til" in found
    assert len(rows(path, "--index", "d")) == 25


def test_list_shows_every_index(table):
    listed = json.loads(run("--list", "--json"))
    assert {entry["name"] for entry in listed} == set(INDICES)
    assert all(name in run("--list") for name in INDICES)


def refused(*args):
    with pytest.raises(UserError) as error:
        run(*args)
    return error.value


def test_bad_input_is_refused_with_file_line_and_remedy(table):
    table.write_text(TABLE.replace("b,upper,2,31.0,0.9", "b,upper,2,31.0,-1"), encoding="utf-8")
    error = refused(table)
    assert isinstance(error, InputRefused)
    problem = error.problems[0]
    assert (problem.file, problem.row, problem.column) == ("groups.csv", 6, "se")
    assert "setting=b" in problem.what()


def test_a_wrong_cell_among_decimal_commas_is_the_only_one_told(table):
    text = TABLE.replace(",", ";").replace(".", ",").replace("27,0", "many")
    table.write_text(text, encoding="utf-8")
    assert [(p.row, p.column) for p in refused(table).problems] == [(3, "estimate")]


def test_a_number_that_can_be_read_in_two_ways_is_refused(table):
    table.write_text("subgroup_order;estimate\n1;1.234\n2;2.345\n", encoding="utf-8")
    assert refused(table).id == "table_ambiguous_number"


def test_codes_that_begin_with_a_zero_stay_as_they_are(table):
    body = "municipality,year,subgroup_order,estimate\n0301,2020,1,2\n0301,2020,2,NA\n"
    table.write_text(body, encoding="utf-8")
    row = rows(table, "--by", "municipality,year", "--index", "d")[0]
    assert (row["municipality"], row["year"]) == ("0301", 2020)


@pytest.mark.parametrize(
    ("change", "id"),
    [
        (lambda t: t.replace("27.0", "NaN"), "indices_not_finite"),
        (lambda t: t.replace("27.0", "many"), "indices_not_number"),
        (lambda t: t.replace("27.0", "270"), "indices_outside"),
        (lambda t: t.replace("31400", "-31400"), "indices_negative"),
        (lambda t: t.replace("setting", "indicator"), "indices_mixed"),
        (lambda t: t.replace(",100,", ",parsec,"), "indices_unknown_scale"),
        (lambda t: t.splitlines()[0] + "\n", "indices_empty"),
        (lambda t: t.replace("estimate", "figure"), "indices_no_figures"),
        (lambda t: "", "table_empty_file"),
    ],
)
def test_each_fault_has_its_own_id(table, change, id):
    table.write_text(change(TABLE), encoding="utf-8")
    assert refused(table).id == id


def test_wrong_options_are_refused(table, tmp_path):
    assert refused(table, "--index", "dd").id == "indices_unknown_index"
    assert refused(table, "--by", "nothing").id == "indices_no_column"
    assert refused(table, "--scale", "parsec").id == "indices_unknown_scale"
    assert refused(table, "--level", "95").id == "indices_level"
    assert refused(table, "--compat", "other-2.0").id == "indices_compat"
    assert refused(tmp_path / "none.csv").id == "table_no_file"


def test_a_refusal_ends_with_exit_code_2_and_no_traceback(table, monkeypatch, capsys):
    table.write_text(TABLE.replace("27.0", "many"), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["jevn", "indices", str(table)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    told = " ".join(capsys.readouterr().err.split())
    assert "groups.csv, linje 3, kolonne «estimate»" in told
    assert "Traceback" not in told


def picture(path):
    return ET.fromstring(path.read_text("utf-8"))


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
@pytest.mark.parametrize("kind", ["gradient", "concentration"])
def test_a_chart_is_written_with_its_finding_as_text(table, tmp_path, kind, lang):
    pytest.importorskip("vl_convert")
    out = tmp_path / "picture.svg"
    run(table, "--chart", out, "--chart-kind", kind, lang=lang)
    root = picture(out)
    assert root.get("role") == "img"
    assert "a:" in root.get("aria-label")
    words = " ".join(root.itertext())
    if kind == "gradient":
        assert ("34.5" if lang == "en" else "34,5") in words
    assert "basic" in words or kind == "concentration"


def test_a_chart_shows_the_slope(table, tmp_path):
    pytest.importorskip("vl_convert")
    out = tmp_path / "picture.svg"
    run(table, "--chart", out)
    slope = rows(table, "--index", "sii_linear")[0]["estimate"]
    shown = f"{slope:.1f}".replace("-", "−").replace(".", ",")
    assert f"{shown} prosentpoeng" in picture(out).get("aria-label")


def test_charts_that_cannot_be_drawn_are_refused(table, tmp_path):
    pytest.importorskip("vl_convert")
    assert refused(table, "--chart", tmp_path / "x.png").id == "indices_not_svg"
    assert refused(table, "--chart", tmp_path / "no" / "x.svg").id == "indices_unwritable"
    body = "".join(f"s{n},1,2\ns{n},2,3\n" for n in range(13))
    table.write_text("setting,subgroup_order,estimate\n" + body, encoding="utf-8")
    assert refused(table, "--chart", tmp_path / "x.svg").id == "indices_too_many_pictures"
    table.write_text("subgroup,estimate\nx,1\ny,2\n", encoding="utf-8")
    assert refused(table, "--chart", tmp_path / "x.svg").id == "indices_no_ladder"


def test_without_the_part_that_draws_it_is_said(table, tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert refused(table, "--chart", tmp_path / "x.svg").id == "indices_no_charts"


ORACLE = {
    "sii_wls_delta": "sii_linear",
    "rii_wls_ratio": "rii_linear",
    "rci_cov": "rci",
    "aci_cov": "aci",
    "rci_erreygers": "erreygers",
    "rci_wagstaff": "wagstaff",
    "sii_logit": "sii_logit",
    "rii_logit": "rii_logit",
    "bgv_delta": "bgv",
    "bgsd_delta": "bgsd",
    "cov_delta": "cov",
    "ti_delta": "ti",
    "mld_delta": "mld",
    "ge2": "ge2",
    "gini_between": "gini",
}


@pytest.mark.parametrize("file", ["random_settings", "prevalence_percent", "zero_estimates"])
def test_estimates_are_those_computed_with_r(shared_data, file):
    folder = shared_data / "oracles" / "inequality"
    expected = json.loads((folder / "expected.json").read_text("utf-8"))["reference"]
    found = {(row["setting"], row["index"]): row for row in rows(folder / f"{file}.csv")}
    compared = 0
    for row in expected:
        name = ORACLE.get(row["measure"])
        if row["dataset"] != file or name not in INDICES or row["estimate"] is None:
            continue
        ours = found[row["group"], name]["estimate"]
        tolerance = 1e-6 if "logit" in name else 1e-8
        assert math.isclose(ours, row["estimate"], rel_tol=tolerance, abs_tol=1e-8), row
        compared += 1
    assert compared >= 10
