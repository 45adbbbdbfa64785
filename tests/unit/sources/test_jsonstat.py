"""One reader for every dialect of JSON-stat."""

from __future__ import annotations

import itertools
import json

import pytest

from jevn.sources.dataset import Role
from jevn.sources.jsonstat import read_jsonstat
from jevn.terms import UserError

SMALL = {
    "class": "dataset",
    "version": "2.0",
    "label": "Small",
    "source": "Somebody",
    "updated": "2026-01-02",
    "id": ["Region", "Tid"],
    "size": [2, 3],
    "role": {"time": ["Tid"]},
    "dimension": {
        "Region": {"label": "region", "category": {"index": {"b": 1, "a": 0}, "label": {"a": "A"}}},
        "Tid": {"category": {"index": ["2024", "2025", "2026"]}},
    },
    "value": [1, 2, 3, 4, None, 6.5],
    "status": {"4": ":"},
    "note": ["  Read this. ", ""],
}


def changed(**parts):
    return json.dumps({**SMALL, **parts})


def rows(text):
    return read_jsonstat(text).table.rows()


EXPECTED = [
    ("a", "2024", 1.0, None),
    ("a", "2025", 2.0, None),
    ("a", "2026", 3.0, None),
    ("b", "2024", 4.0, None),
    ("b", "2025", None, ":"),
    ("b", "2026", 6.5, None),
]


def test_cells_have_their_codes_in_the_producers_order():
    found = read_jsonstat(changed())
    assert found.table.rows() == EXPECTED
    assert found.dimension("Region").label_of("a") == "A"
    assert found.dimension("Region").label_of("b") == "b"
    assert (found.label, found.source, found.updated) == ("Small", "Somebody", "2026-01-02")
    assert found.notes == ("Read this.",)


@pytest.mark.parametrize(
    "parts",
    [
        {"value": {"0": 1, "1": 2, "2": 3, "3": 4, "5": 6.5}},
        {"status": [None, "", None, None, ":", None]},
        {"value": [1, 2, 3, 4, ":", 6.5], "status": ""},
        {"value": ["1", 2, "3.0", 4, ":", "6.5"], "status": None},
        {"role": {"time": None, "geo": None, "metric": None}},
        {"role": None},
    ],
    ids=[
        "sparse values",
        "dense status",
        "texts for hidden",
        "numbers as text",
        "no roles",
        "none",
    ],
)
def test_every_way_to_write_the_same_is_the_same(parts):
    assert rows(changed(**parts)) == EXPECTED
    assert read_jsonstat(changed(**parts)).role(Role.TIME).code == "Tid"


def test_a_mark_before_the_text_does_no_harm():
    assert rows(b"\xef\xbb\xbf" + changed().encode()) == EXPECTED
    assert rows("\ufeff" + changed()) == EXPECTED


def test_version_1_has_the_data_set_inside():
    inside = {k: v for k, v in SMALL.items() if k not in ("class", "id", "size", "role")}
    inside["dimension"] = {
        **SMALL["dimension"], "id": SMALL["id"], "size": SMALL["size"], "role": {"time": ["Tid"]},
    }  # fmt: skip
    assert rows(json.dumps({"dataset": inside})) == EXPECTED
    assert rows(json.dumps({"table": inside})) == EXPECTED


def test_a_dimension_of_one_value_may_leave_out_its_index():
    text = {
        **SMALL, "size": [1, 3], "value": [1, 2, 3], "status": {},
        "dimension": {**SMALL["dimension"], "Region": {"category": {"label": {"a": "A"}}}},
    }  # fmt: skip
    assert rows(json.dumps(text)) == EXPECTED[:3]


def test_one_sign_for_all_is_for_all():
    assert {r[3] for r in rows(changed(status="e"))} == {"e"}


@pytest.mark.parametrize(
    "text",
    [
        "", "<html>Down for maintenance</html>", "[]", "{}", '{"error": "Too many"}',
        changed()[:-40], changed(value=[1, 2]), changed(size=[2, 2]), changed(value=None),
        changed(dimension={}), changed(status=["a", "b"]),
        changed(value={"99": 1}),
    ],
)  # fmt: skip
def test_what_is_not_jsonstat_is_refused_with_its_name(text):
    with pytest.raises(UserError) as fault:
        read_jsonstat(text, name="table 07459")
    assert fault.value.problems[0].id == "sources_not_jsonstat"
    assert "07459" in str(fault.value)


def slow(found):
    """Cell by cell, as the format is defined."""
    dimension = found["dimension"]
    ids = found.get("id") or dimension["id"]
    codes = []
    for i in ids:
        index = dimension[i]["category"]["index"]
        codes.append(index if isinstance(index, list) else sorted(index, key=index.get))
    values, status = found["value"], found.get("status") or {}
    return [
        (*cell, values[at], status.get(str(at)))
        for at, cell in enumerate(itertools.product(*codes))
    ]


@pytest.mark.parametrize(
    "path",
    [
        "ssb-pxweb-recorded/v0-05300-data.json",
        "ssb-pxweb-recorded/v2-09654-data.json",
        "ssb-pxweb-recorded/v2-13615-data.json",
        "scb-kolada-recorded/scb-v1-jsonstat1-causes-of-death.json",
        "fhi-extracts/fhi-jsonstat2-example.json",
    ],
)
def test_recorded_answers_are_read_to_the_last_cell(path, shared_data):
    body = (shared_data / "data" / path).read_bytes()
    found = json.loads(body)
    assert read_jsonstat(body).table.rows() == slow(found.get("dataset", found))


def test_units_notes_and_what_the_producer_says_of_dimensions(shared_data):
    body = (shared_data / "data/ssb-pxweb-recorded/v2-09654-data.json").read_bytes()
    found = read_jsonstat(body)
    metric = found.role(Role.METRIC)
    assert (metric.categories[0].unit, metric.categories[0].decimals) == ("kr per liter", 2)
    assert metric.extension["measuringType"] == {"Priser": "Average"}
    assert found.extension["px"]["tableid"] == "09654"
