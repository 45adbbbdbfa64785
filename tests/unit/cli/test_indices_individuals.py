"""``jevn indices`` with a row per person."""

from __future__ import annotations

import csv
import io
import json
import sys

import numpy as np
import polars as pl
import pytest

from jevn.cli import individuals, main
from jevn.indices import IndexOptions, IndividualData, individual_indices


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command as a user does: exit code, what was printed, messages."""
    monkeypatch.setenv("COLUMNS", "200")

    def act(*arguments):
        monkeypatch.setattr(sys, "argv", ["jevn", "--lang", "en", "indices", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        shown = capsys.readouterr()
        return int(ended.value.code or 0), shown.out, shown.err

    return act


@pytest.fixture(scope="module")
def people():
    rng = np.random.default_rng(9)
    n = 400
    income = rng.integers(10, 60, n)
    ill = (rng.uniform(size=n) < 0.6 - income / 120).astype(float)
    ill[3] = np.nan
    return pl.DataFrame(
        {
            "ill": pl.Series(ill).fill_nan(None),
            "income": income,
            "w": rng.uniform(0.5, 2, n),
            "psu": [f"c{v}" for v in rng.integers(0, 30, n)],
            "area": rng.integers(1, 4, n),
            "sex": np.where(rng.uniform(size=n) < 0.5, "woman", "man"),
        }
    )


@pytest.fixture(scope="module")
def folder(people, tmp_path_factory):
    path = tmp_path_factory.mktemp("persons")
    people.write_csv(path / "people.csv")
    people.write_parquet(path / "people.parquet")
    # As a Norwegian spreadsheet saves it.
    people.write_csv(path / "norsk.csv", separator=";", decimal_comma=True)
    return path


OPTIONS = ("--outcome", "ill", "--ranker", "income", "--scale", "proportion")
DESIGN = ("--weight", "w", "--cluster", "psu", "--stratum", "area")
NAMES = ("aci", "rci", "erreygers", "wagstaff", "rci_extended", "symmetric", "sii_linear")


def expected(people, names=(*NAMES, "rii_linear")):
    data = IndividualData(
        people["ill"].fill_null(np.nan).to_numpy(),
        people["income"].to_numpy(),
        people["w"].to_numpy(),
        people["psu"].to_numpy(),
        people["area"].to_numpy(),
    )
    return individual_indices(data, names, options=IndexOptions(bounds=(0.0, 1.0)))


@pytest.mark.parametrize("file", ["people.csv", "people.parquet", "norsk.csv"])
def test_persons_in_a_file_give_what_the_library_gives(run, people, folder, file):
    code, out, _ = run(folder / file, *OPTIONS, *DESIGN, "--json")
    assert code == 0
    rows = json.loads(out)
    for row, one in zip(rows, expected(people), strict=True):
        assert row["index"] == one.index
        for part in ("estimate", "se", "lower", "upper"):
            assert row[part] == pytest.approx(getattr(one, part), rel=1e-10)
        assert (row["persons"], row["left_out"], row["groups"]) == (399, 1, 50)
        assert (row["method"], row["note"]) == (one.method, "persons_left_out")


@pytest.mark.parametrize("file", ["people.csv", "people.parquet", "people.par*"])
def test_the_database_gives_the_same(run, people, folder, file):
    pytest.importorskip("ibis")
    code, out, _ = run(folder / file, *OPTIONS, *DESIGN, "--out-of-core", "--json")
    assert code == 0
    for row, one in zip(json.loads(out), expected(people), strict=True):
        assert row["estimate"] == pytest.approx(one.estimate, rel=1e-10)
        assert row["se"] == pytest.approx(one.se, rel=1e-10)


def test_large_files_go_through_the_database(run, folder, monkeypatch):
    pytest.importorskip("ibis")
    monkeypatch.setattr(individuals, "LARGEST_IN_MEMORY", 10)
    monkeypatch.setattr(individuals, "_in_memory", None)
    code, out, _ = run(folder / "people.csv", *OPTIONS, "--index", "rci", "--csv")
    assert code == 0
    assert out.startswith("index,estimate,se")


def test_parts_come_first_in_each_row(run, people, folder):
    answers = []
    for more in ((), ("--out-of-core",)):
        if more:
            pytest.importorskip("ibis")
        code, out, _ = run(
            folder / "people.csv", *OPTIONS, "--by", "sex", "--index", "rci,aci", "--csv", *more
        )
        assert code == 0
        answers.append(list(csv.DictReader(io.StringIO(out))))
    first, second = answers
    assert [(r["sex"], r["index"]) for r in first] == [
        ("man", "rci"),
        ("man", "aci"),
        ("woman", "rci"),
        ("woman", "aci"),
    ]
    assert sum(int(r["persons"]) for r in first) == 2 * 399
    for one, other in zip(first, second, strict=True):
        assert (one["sex"], one["index"]) == (other["sex"], other["index"])
        assert float(one["se"]) == pytest.approx(float(other["se"]), rel=1e-10)


def test_the_screen_shows_names_and_notes(run, folder):
    code, out, _ = run(folder / "people.csv", "--outcome", "ill", "--ranker", "income")
    assert code == 0
    assert "Relative concentration index" in out
    assert "persons count the same" in out
    assert "left out" in out
    assert "least and the greatest value" in out


def test_burden_turns_the_signs(run, folder):
    def of(*more):
        code, out, _ = run(folder / "people.csv", *OPTIONS, "--json", *more)
        assert code == 0
        return {row["index"]: row for row in json.loads(out)}

    native, burden = of("--adverse"), of("--adverse", "--sign", "burden")
    assert native["rci"]["estimate"] < 0 < burden["rci"]["estimate"]
    assert burden["rci"]["lower"] == -native["rci"]["upper"]
    assert burden["rii_linear"]["estimate"] == pytest.approx(1 / native["rii_linear"]["estimate"])
    assert burden["rii_linear"]["upper"] == pytest.approx(1 / native["rii_linear"]["lower"])
    assert of("--favourable", "--sign", "burden")["rci"]["estimate"] == native["rci"]["estimate"]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (("--outcome", "ill"), "indices_outcome_and_ranker"),
        (("--weight", "w"), "indices_outcome_and_ranker"),
        (("--outcome", "ill", "--ranker", "wealth"), "microdata_no_column"),
        (("--outcome", "sex", "--ranker", "income"), "microdata_not_number"),
        ((*OPTIONS, "--index", "gini"), "indices_not_of_persons"),
        ((*OPTIONS, "--sign", "burden"), "indices_persons_need_polarity"),
        ((*OPTIONS, "--chart", "a.svg"), "indices_not_for_persons"),
        ((*OPTIONS[:4], "--scale", "many"), "indices_persons_scale"),
        ((*OPTIONS, "--level", "95"), "indices_level"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_id(run, folder, given, problem):
    code, out, message = run(folder / "people.csv", *given)
    assert code == 2
    assert out == ""
    assert problem in message


def test_negative_weights_are_refused_in_both_ways(run, people, tmp_path):
    people.with_columns(w=-pl.col("w")).write_csv(tmp_path / "p.csv")
    for more in ((), ("--out-of-core",)):
        if more:
            pytest.importorskip("ibis")
        code, _, message = run(tmp_path / "p.csv", *OPTIONS, "--weight", "w", *more)
        assert code == 2
        assert "microdata_bad_weight" in message
