"""Every suggested indicator has a query, and says so where its table is not known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jevn.evidence import load_catalogue
from jevn.evidence.queries import packaged_queries, suggested
from jevn.sources.query import AskedPlace, Query

PLACES = [
    AskedPlace("3301", "municipality", "Drammen"),
    AskedPlace("33", "region", "Buskerud"),
    AskedPlace("0", "country", "Norge"),
]


def test_every_indicator_has_a_query_and_no_query_is_without_indicator() -> None:
    queries = [q.indicator for q in packaged_queries() if q.into == "observations"]
    assert sorted(queries) == sorted(i.id for a in load_catalogue().areas for i in a.indicators)


def test_what_can_be_asked_says_where_it_was_seen() -> None:
    asked = [q for q in packaged_queries() if q.runs]
    assert len(asked) > 15
    assert [q.indicator for q in asked if not q.seen] == []


def test_what_cannot_be_asked_has_no_table() -> None:
    assert [q for q in packaged_queries() if not q.runs and q.table] == []


@pytest.mark.parametrize("query", [q for q in packaged_queries() if q.runs], ids=lambda q: q.table)
def test_every_query_asks_for_the_municipality_and_the_country(query: Query) -> None:
    places = {place for _, codes in query.asks(PLACES) for place in codes.values()}
    assert places == {"3301", "33", "0"}


def test_suggested_indicators_have_scale_and_direction() -> None:
    found = suggested()
    assert len(found) > 60
    assert all(i.scale and i.polarity for i in found)


def test_the_packaged_requests_are_those_that_were_seen_in_use(shared_data: Path) -> None:
    """Codes of FHI's tables against requests that were used in production."""
    requests = json.loads((shared_data / "data/fhi-extracts/fhi-requests.json").read_text("utf-8"))
    used: dict[str, list[dict[str, list[str]]]] = {}
    for one in requests:
        source, _, table, _ = one["url"].rsplit("/v1/", 1)[1].split("/")
        dims = {d["code"]: d["values"] for d in one["body"]["dimensions"]}
        used.setdefault(f"{source}/{table}", []).append(dims)
    checked = 0
    for query in packaged_queries():
        if query.provider != "fhi":
            continue
        fits = []
        for dims in used[query.table]:
            selected = {s.variable: s.values for s in query.selections}
            assert set(selected) | {"GEO"} == set(dims)
            fits.append(
                all(
                    values == ("*",) or set(values) <= set(dims[variable])
                    for variable, values in selected.items()
                )
            )
        assert any(fits), query.table
        checked += 1
    assert checked == 18
