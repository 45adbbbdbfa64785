"""Individual data through the database: the same numbers as in memory."""

from __future__ import annotations

import sys

import numpy as np
import polars as pl
import pytest

from jevn.indices import (
    INDIVIDUAL_INDICES,
    IndexOptions,
    IndividualData,
    PersonColumns,
    Storage,
    individual_indices,
    microdata_indices,
)
from jevn.indices.microdata_steps import ladder_of, rows_of
from jevn.indices.rank_curves import STRAIGHT
from jevn.terms import InputRefused, UserError

ibis = pytest.importorskip("ibis")
pytest.importorskip("duckdb")

NAMES = tuple(INDIVIDUAL_INDICES)
OPTIONS = IndexOptions(bounds=(0.0, 1.0), aversion=3.3, sensitivity=1.5)
MEMORY_NAMES = {"weight": "weights", "cluster": "clusters", "stratum": "strata"}
DESIGNS = {
    "none": {},
    "weights": {"weight": "w"},
    "clusters": {"cluster": "psu"},
    "strata": {"weight": "w", "stratum": "area"},
    "all": {"weight": "w", "cluster": "psu", "stratum": "area"},
}


@pytest.fixture(scope="module")
def people():
    """Persons with ties, unknown values, a stratum with one cluster, and two sexes."""
    rng = np.random.default_rng(2)
    n = 1500
    income = rng.integers(0, 90, n).astype(float)
    ill = (rng.uniform(size=n) < 0.4 - 0.2 * income / 90).astype(float)
    psu = rng.integers(0, 60, n)
    ill[:7] = np.nan
    income[10] = np.nan
    weights = rng.uniform(0.3, 2, n)
    weights[20:22] = 0
    return pl.DataFrame(
        {
            "ill": ill,
            "income": income,
            "w": weights,
            "psu": psu,
            "area": [f"area {p // 7}" if p < 56 else "last" if p == 56 else "z" for p in psu],
            "sex": np.where(rng.uniform(size=n) < 0.5, "m", "f"),
        }
    )


@pytest.fixture(scope="module")
def files(people, tmp_path_factory):
    folder = tmp_path_factory.mktemp("people")
    people.write_parquet(folder / "people.parquet")
    people.write_csv(folder / "people.csv")
    for at in range(3):
        people[at::3].write_parquet(folder / f"part-{at}.parquet")
    return folder


def in_memory(people, design, lone="centred"):
    parts = {MEMORY_NAMES[name]: people[column].to_numpy() for name, column in design.items()}
    data = IndividualData(people["ill"].to_numpy(), people["income"].to_numpy(), **parts)
    return individual_indices(data, NAMES, options=OPTIONS, lone=lone)


def check_same(one, other):
    assert one.index == other.index
    for part in ("estimate", "se", "lower", "upper", "mean"):
        first, second = getattr(one, part), getattr(other, part)
        assert (first is None) == (second is None), (one.index, part)
        if first is not None:
            assert first == pytest.approx(second, rel=1e-10), (one.index, part)
    for part in ("method", "weights", "persons", "left_out", "positions", "notes"):
        assert getattr(one, part) == getattr(other, part), (one.index, part)
    assert (one.clusters, one.strata) == (other.clusters, other.strata)


@pytest.mark.parametrize(
    ("file", "design"),
    [
        *(("people.parquet", design) for design in DESIGNS),
        ("people.csv", "all"),
        ("part-*.parquet", "all"),
    ],
)
def test_files_give_what_memory_gives(people, files, file, design):
    found = microdata_indices(
        files / file,
        PersonColumns("ill", "income", **DESIGNS[design]),
        NAMES,
        options=OPTIONS,
    )
    for one, other in zip(found, in_memory(people, DESIGNS[design]), strict=True):
        check_same(one, other)


@pytest.mark.parametrize("design", ["none", "strata", "all"])
def test_each_part_is_a_sample_of_its_own(people, files, design):
    found = microdata_indices(
        files / "people.parquet",
        PersonColumns("ill", "income", **DESIGNS[design], by=("sex",)),
        NAMES,
        options=OPTIONS,
        lone="certainty",
    )
    assert [r.keys["sex"] for r in found] == ["f"] * len(NAMES) + ["m"] * len(NAMES)
    for sex, results in (("f", found[: len(NAMES)]), ("m", found[len(NAMES) :])):
        part = people.filter(people["sex"] == sex)
        for one, other in zip(results, in_memory(part, DESIGNS[design], "certainty"), strict=True):
            check_same(one, other)


def test_parts_without_a_name_and_without_persons_are_answered(tmp_path):
    frame = pl.DataFrame(
        {
            "ill": [1.0, 0, 1, 0, 1, None, None],
            "income": [1.0, 2, 3, 1, 2, 3, 4],
            "year": [2020, 2020, 2020, None, None, 2021, 2021],
        }
    )
    frame.write_parquet(tmp_path / "p.parquet")
    found = microdata_indices(
        tmp_path / "p.parquet", PersonColumns("ill", "income", by=("year",)), ["rci"]
    )
    assert [r.keys["year"] for r in found] == [2020, 2021, None]
    assert [r.persons for r in found] == [3, 0, 2]
    assert found[1].notes[0] == "indices.note.too_few_persons"
    assert found[2].estimate == pytest.approx(0.5)


def test_a_continuous_ranker_under_little_memory(tmp_path):
    rng = np.random.default_rng(5)
    n = 200_000
    income = rng.lognormal(0, 1, n)
    ill = (rng.uniform(size=n) < 0.3 / (1 + income)).astype(np.int8)
    path = tmp_path / "many.parquet"
    pl.DataFrame({"ill": ill, "income": income}).write_parquet(path)
    found = microdata_indices(
        path,
        PersonColumns("ill", "income"),
        ["rci", "sii_linear"],
        storage=Storage(memory="120MB", folder=tmp_path, threads=1),
    )
    expected = individual_indices(IndividualData(ill, income), ["rci", "sii_linear"])
    for one, other in zip(found, expected, strict=True):
        assert one.estimate == pytest.approx(other.estimate, rel=1e-10)
        assert one.se == pytest.approx(other.se, rel=1e-10)
    assert found[0].positions == n


def test_real_persons_in_a_file_give_what_memory_gives(shared_data):
    path = shared_data / "data" / "inequality-reference" / "who-hidr-individualsample.csv"
    columns = PersonColumns("dtp3", "subgroup_order", "weight", "psu", "strata")
    found = microdata_indices(path, columns, ["rci", "aci", "rii_linear"])
    frame = pl.read_csv(path, infer_schema_length=None)
    data = IndividualData(
        *(frame[c].to_numpy() for c in ("dtp3", "subgroup_order", "weight", "psu", "strata"))
    )
    expected = individual_indices(data, ["rci", "aci", "rii_linear"])
    for one, other in zip(found, expected, strict=True):
        check_same(one, other)
        assert one.left_out == 14_313


def test_a_table_of_ibis_stays_where_it_is(people, files):
    connection = ibis.duckdb.connect()
    path = files / "people.parquet"
    connection.raw_sql(f"CREATE TABLE people AS SELECT * FROM read_parquet('{path}')")
    table = connection.table("people")
    found = microdata_indices(table, PersonColumns("ill", "income"), NAMES, options=OPTIONS)
    for one, other in zip(found, in_memory(people, {}), strict=True):
        check_same(one, other)
    assert connection.con.execute("SHOW TABLES").fetchall() == [("people",)]


def test_the_steps_are_expressions_for_other_databases_too():
    table = ibis.table(
        {"ill": "int64", "income": "float64", "w": "float64", "psu": "string", "sex": "string"},
        name="people",
    )
    columns = PersonColumns("ill", "income", "w", "psu", by=("sex",))
    totals = [{"key0": "f", "mean": 0.3}, {"key0": None, "mean": 0.2}]
    ladder = ladder_of(rows_of(table, columns).cells(totals), [STRAIGHT], columns)
    for dialect in ("duckdb", "postgres", "trino", "bigquery"):
        assert "OVER" in ibis.to_sql(ladder, dialect=dialect)


def refused(source, columns, **options):
    with pytest.raises(InputRefused) as error:
        microdata_indices(source, columns, ["rci"], **options)
    return [(p.id, p.column) for p in error.value.problems]


def test_what_cannot_be_used_is_refused(people, files, tmp_path):
    path = files / "people.parquet"
    assert refused(tmp_path / "no.csv", PersonColumns("a", "b")) == [("microdata_no_file", None)]
    assert refused(path, PersonColumns("ill", "wealth", by=("age",))) == [
        ("microdata_no_column", "wealth"),
        ("microdata_no_column", "age"),
    ]
    assert refused(path, PersonColumns("sex", "income")) == [("microdata_not_number", "sex")]
    assert refused(files / "people.csv", PersonColumns("sex", "income"))[0][0] in (
        "microdata_unreadable",
        "microdata_not_number",
    )
    people.with_columns(w=-1.0).write_parquet(tmp_path / "w.parquet")
    columns = PersonColumns("ill", "income", "w")
    assert refused(tmp_path / "w.parquet", columns) == [("microdata_bad_weight", "w")]
    (tmp_path / "not.parquet").write_text("no table")
    assert refused(tmp_path / "not.parquet", columns) == [("microdata_unreadable", None)]
    with pytest.raises(ValueError, match="no index"):
        microdata_indices(path, PersonColumns("ill", "income"), ["gini"])


def test_unknown_values_in_csv_files_are_those_of_the_trade(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text("ill,income\n1,10\nNA,20\n0,.\n0,30\n1,20\n,20\n0,NaN\n")
    found = microdata_indices(path, PersonColumns("ill", "income"))[0]
    assert (found.persons, found.left_out) == (3, 4)


def test_without_the_extra_the_message_says_what_to_install(monkeypatch, files):
    monkeypatch.setitem(sys.modules, "ibis", None)
    with pytest.raises(UserError) as error:
        microdata_indices(files / "people.parquet", PersonColumns("ill", "income"))
    assert error.value.id == "microdata_extra"
    assert "jevn[microdata]" in error.value.render("en")
