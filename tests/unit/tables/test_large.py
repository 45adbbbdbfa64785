"""Large tables: the same rows and the same refusals as the thorough road, read in part."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.challenges.schemas import OBSERVATIONS
from jevn.tables import large, read_table
from jevn.tables.large import read_large
from jevn.terms import InputRefused

GOOD: dict[str, Any] = {
    "indicator": "a", "place": "3301", "period_start": 2024, "period_end": 2024,
    "dimension": None, "group": None, "value": 10.0, "numerator": None, "denominator": None,
    "n": None, "lower": None, "upper": None, "flag": None, "basis": "share",
    "vintage": "2026-06-15", "origin": "ssb",
}  # fmt: skip
TYPES = {c.name: c.dtype for c in OBSERVATIONS.columns}


def write(path: Path, rows: list[dict[str, Any]], **types: Any) -> Path:
    pl.DataFrame(rows, schema={**TYPES, **types}).write_parquet(path)
    return path


def rows() -> list[dict[str, Any]]:
    return [
        {**GOOD, "place": place, "indicator": indicator, "period_start": year, "period_end": year}
        for place in ("3301", "0301", "0") for indicator in ("a", "b") for year in (2023, 2024)
    ]  # fmt: skip


def thorough(path: Path, where: dict[str, list[str]]) -> pl.DataFrame:
    whole = read_table(path, OBSERVATIONS)
    for column, values in where.items():
        whole = whole.filter(pl.col(column).is_in(values))
    return whole


def test_only_the_rows_asked_for_are_read_with_their_lines(tmp_path: Path) -> None:
    path = write(tmp_path / "observations.parquet", rows())
    found = read_large(path, OBSERVATIONS, {"place": ["3301", "0"], "indicator": ["b"]})
    assert found["_row"].to_list() == [4, 5, 12, 13]
    assert set(found["place"]) == {"3301", "0"}


def test_the_quick_road_is_taken_for_a_plain_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "observations.parquet", rows())
    monkeypatch.setattr(large, "read_table", lambda *_, **__: pytest.fail("thorough road"))
    assert read_large(path, OBSERVATIONS, {"place": ["0"]}).height == 4


def test_without_duckdb_the_result_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "observations.parquet", rows())
    quick = read_large(path, OBSERVATIONS, {"place": ["3301"]})
    monkeypatch.setattr(large, "find_spec", lambda _: None)
    slow = read_large(path, OBSERVATIONS, {"place": ["3301"]})
    assert quick.equals(slow)
    assert quick.schema == slow.schema


@pytest.mark.parametrize(
    "fault",
    [
        {"place": None}, {"place": "33 01"}, {"indicator": None}, {"period_start": None},
        {"period_start": 99}, {"period_end": 20240}, {"value": float("inf")},
        {"numerator": -1.0}, {"denominator": -0.5}, {"flag": "gjemt"}, {"basis": "andel"},
        {"dimension": "utdanning"}, {"origin": "a b"},
    ],
    ids=str,
)  # fmt: skip
def test_a_fault_in_a_row_that_is_not_asked_for_is_told(
    tmp_path: Path, fault: dict[str, Any]
) -> None:
    bad = {**GOOD, "place": "9999", **fault}
    path = write(tmp_path / "observations.parquet", [*rows(), bad])
    with pytest.raises(InputRefused) as told:
        read_table(path, OBSERVATIONS)
    with pytest.raises(InputRefused) as refused:
        read_large(path, OBSERVATIONS, {"place": ["3301"]})
    assert refused.value.problems == told.value.problems


def test_a_figure_given_twice_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "observations.parquet", [*rows(), {**GOOD, "value": 11.0}])
    with pytest.raises(InputRefused) as refused:
        read_large(path, OBSERVATIONS, {"place": ["0"]})
    assert [p.id for p in refused.value.problems] == ["table_double_key"]


@pytest.mark.parametrize(
    ("change", "types"),
    [
        ({"value": "10,5"}, {"value": pl.String}),
        ({"basis": "SHARE"}, {}),
        ({"place": " 3301"}, {}),
        ({"place": 3301}, {"place": pl.Int64}),
        ({"value": float("nan")}, {}),
        ({"vintage": ""}, {}),
        ({"period_start": 2024.0}, {"period_start": pl.Float64}),
    ],
    ids=str,
)
def test_what_the_thorough_road_understands_is_understood(
    tmp_path: Path, change: dict[str, Any], types: dict[str, Any]
) -> None:
    path = write(tmp_path / "observations.parquet", [{**GOOD, **change}], **types)
    where = {"place": ["3301"]}
    found = read_large(path, OBSERVATIONS, where)
    assert found.equals(thorough(path, where))
    assert found.height == 1


def test_columns_that_are_not_there_are_empty(tmp_path: Path) -> None:
    path = tmp_path / "observations.parquet"
    pl.DataFrame({"indicator": ["a"], "place": ["0"], "period_start": [2024]}).write_parquet(path)
    found = read_large(path, OBSERVATIONS, {"place": ["0"]})
    assert found.equals(read_table(path, OBSERVATIONS))


def test_a_file_that_is_no_parquet_is_refused_as_ever(tmp_path: Path) -> None:
    path = tmp_path / "observations.parquet"
    path.write_text("indicator,place\n", "utf-8")
    with pytest.raises(InputRefused) as refused:
        read_large(path, OBSERVATIONS, {"place": ["0"]})
    assert [p.id for p in refused.value.problems] == ["table_not_parquet"]


cells = st.fixed_dictionaries(
    {
        "place": st.sampled_from(["0", "3301", "æ-1", "a b", "", None]),
        "period_start": st.sampled_from([2023, 2024, 1, None]),
        "group": st.sampled_from([None, "basic", "x y", " basic"]),
        "value": st.sampled_from([None, 0.0, -3.0, float("nan"), float("inf"), 1e308]),
        "n": st.sampled_from([None, 5.0, -1.0, float("nan")]),
        "flag": st.sampled_from([None, "hidden", "Hidden", "x"]),
    }
)


@given(st.lists(cells, min_size=1, max_size=4))
def test_both_roads_agree_on_anything(
    tmp_path_factory: pytest.TempPathFactory, found: list[dict[str, Any]]
) -> None:
    made = [{**GOOD, **row, "vintage": str(i // 2)} for i, row in enumerate(found)]
    path = write(tmp_path_factory.mktemp("large") / "observations.parquet", made)
    where = {"place": ["0", "3301", "æ-1"]}
    assert outcome(lambda: read_large(path, OBSERVATIONS, where)) == outcome(
        lambda: thorough(path, where)
    )


def outcome(read: Callable[[], pl.DataFrame]) -> object:
    """The rows, or the problems told."""
    try:
        return read().rows()
    except InputRefused as refused:
        return refused.problems
