"""Kolada, Sotkanet, StatBank Denmark and Eurostat: against small fakes of each service."""

from __future__ import annotations

import importlib
from dataclasses import replace
from datetime import UTC, datetime
from importlib.util import module_from_spec, spec_from_file_location
from itertools import product
from math import prod
from pathlib import Path

import pytest
import stamina

from jevn.sources.asking import joined, parted
from jevn.sources.jsonstat import read_jsonstat
from jevn.sources.provider import Selection
from jevn.sources.transport import Transport
from jevn.terms import LANGUAGES, UserError

NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
SITES = ("kolada", "sotkanet", "statbank", "eurostat")


def fake(name):
    spec = spec_from_file_location(f"fake_{name}", Path(__file__).parent / "fakes" / f"{name}.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def quick_retries():
    with stamina.set_testing(True, attempts=2):
        yield


@pytest.fixture
def site(provider, tmp_path):
    """A provider by name, asking its fake; ``site.break_after(n)`` makes later calls fail."""

    def made(name, **changes):
        module, played = importlib.import_module(f"jevn.sources.{name}"), fake(name)
        ((info, maker),) = module.PROVIDERS
        reply = type(provider.replies[0])

        def route(method, path, body):
            if made.calls_left is not None:
                made.calls_left -= 1
                if made.calls_left < 0:
                    return reply(status=503)
            status, answer = played.route(provider.url, method, path, body)
            return reply(status=status, body=answer)

        provider.route = route
        transport = Transport(tmp_path / "kept", pause=lambda _: None, now=lambda: NOW)
        return maker(transport, replace(info, base=provider.url, **changes)), played

    made.calls_left = None
    return made


def fault_of(call):
    with pytest.raises(UserError) as fault:
        call()
    (problem,) = fault.value.problems
    for lang in LANGUAGES:
        assert problem.what(lang)
        assert problem.remedy(lang)
    return problem


def cells(fetched):
    names = [d.code for d in fetched.dataset.dimensions]
    rows = fetched.dataset.table.select(*names, "value").rows()
    return {row[:-1]: row[-1] for row in rows}


TABLE = {"kolada": "N00945", "sotkanet": "4404", "statbank": "hfudd11", "eurostat": "HLTH_SILC_02"}


@pytest.mark.parametrize("name", SITES)
def test_unknown_tables_variables_and_values_are_told(site, name):
    one, _ = site(name)
    assert fault_of(lambda: one.describe("9999999")).id == "sources_unknown_table"
    assert fault_of(lambda: one.fetch("x/../y", ())).id == "sources_unknown_table"
    wrong = fault_of(lambda: one.fetch(TABLE[name], [Selection("nothing", ("1",))]))
    assert wrong.id == "sources_unknown_variable"
    variable = one.describe(TABLE[name]).variables[1].code
    wrong = fault_of(lambda: one.fetch(TABLE[name], [Selection(variable, ("nothing",))]))
    assert (wrong.id, wrong.params["given"]) == ("sources_unknown_value", "nothing")


@pytest.mark.parametrize("name", SITES)
def test_origin_names_who_when_and_on_what_terms(site, name):
    one, _ = site(name)
    origin = one.fetch(TABLE[name], ()).origin
    assert origin.id == f"{one.info.id}_{TABLE[name].lower()}"
    assert (origin.retrieved, origin.licence) == ("2026-11-01", one.info.licence)
    assert origin.version.startswith("2025-")
    assert origin.producer
    assert origin.title


@pytest.mark.parametrize("name", SITES)
def test_an_answer_in_parts_that_fails_goes_on_where_it_stopped(site, provider, name, monkeypatch):
    one, played = site(name, **({"most_cells": 3} if name == "statbank" else {}))
    monkeypatch.setattr("jevn.sources.sotkanet.MOST_YEARS", 5)
    monkeypatch.setattr("jevn.sources.kolada.MOST_IDS", 1)
    if name == "eurostat":
        played.MOST = 100
    one.describe(TABLE[name])
    before = len(provider.asked)
    # Eurostat's first two answers ask for a smaller question.
    site.calls_left = 4 if name == "eurostat" else 2
    assert fault_of(lambda: one.fetch(TABLE[name], ())).id == "sources_part"
    site.calls_left = None
    asked = provider.asked[before:]
    again = one.fetch(TABLE[name], ())
    later = provider.asked[before + len(asked) :]
    assert asked[0] not in later
    assert asked[1] not in later
    assert again.dataset.table.height == len(cells(again))


def test_kolada_has_every_cell_over_pages_with_its_sign(site):
    one, played = site("kolada")
    found = one.fetch("n00945,U28514", [Selection("period", ("from(2023)",))])
    expected = {
        (k, m, y, g): played.value(k, m, y, g)
        for k, m, y, g in product(played.KPIS, played.PLACES, ("2023", "2024"), "TKM")
    }
    assert cells(found) == expected
    hidden = found.dataset.table.filter(found.dataset.table["value"].is_null())
    assert hidden["flag"].unique().to_list() == ["Missing"]
    assert found.dataset.dimension("municipality").label_of("0000") == "Riket"
    assert found.origin.id == "kolada_n00945_u28514"


def test_kolada_asks_for_named_years_and_places_only(site, provider):
    one, _ = site("kolada")
    one.describe("N00945")
    before = len(provider.asked)
    chosen = [Selection("municipality", ("0180",)), Selection("period", ("2024", "2022"))]
    found = one.fetch("N00945", [*chosen, Selection("gender", ("K",))])
    assert set(cells(found)) == {("N00945", "0180", y, "K") for y in ("2022", "2024")}
    paths = [path for _, path, _ in provider.asked[before:]]
    assert paths == ["/data/kpi/N00945/municipality/0180/year/2024,2022"]


def test_kolada_parts_long_lists_of_places(site, provider, monkeypatch):
    one, played = site("kolada")
    monkeypatch.setattr(played, "PLACES", {f"{i:04}": f"Plats {i}" for i in range(60)})
    found = one.fetch("N00945", [Selection("period", ("top(1)",)), Selection("gender", ("T",))])
    assert len(cells(found)) == 60
    assert played.MOST_IDS == 25  # the fake refuses more in one call


def test_values_that_were_taken_back_are_left_out(site, monkeypatch):
    one, played = site("kolada")
    kept = played.answer

    def with_deleted(url, path):
        status, found = kept(url, path)
        for row in found["values"] if status == 200 and "data" in path else ():
            row["values"][1]["isdeleted"] = True
        return status, found

    monkeypatch.setattr(played, "answer", with_deleted)
    found = one.fetch("N00945", ())
    assert found.dataset.dimension("gender").codes == ["T", "M"]


def test_search_finds_all_words_in_any_case(site):
    one, _ = site("kolada")
    assert [h.id for h in one.search("HÄLSA invånare")] == ["U28514"]
    one, _ = site("sotkanet")
    assert [(h.id, h.title, h.last_period) for h in one.search("health")] == [
        ("4404", "Hälsa", "2024")
    ]
    one, _ = site("statbank")
    assert [h.id for h in one.search("uddannelse køn")] == ["HFUDD11"]
    one, _ = site("eurostat")
    (hit,) = one.search("perceived education")
    assert (hit.id, hit.updated, hit.first_period, hit.last_period) == (
        "hlth_silc_02", "2025-09-12", "2003", "2024",
    )  # fmt: skip
    assert hit.path == ("Database by themes", "Health status")


def test_sotkanet_joins_places_and_asks_sex_by_sex(site, provider):
    one, played = site("sotkanet")
    chosen = [
        Selection("region", ("091", "092", "MAA:358")),
        Selection("year", ("top(2)",)),
        Selection("figure", ("value",)),
    ]
    found = one.fetch("4404", chosen)
    numbers = {"091": 833, "092": 834, "MAA:358": 658}
    expected = {
        ("value", code, str(y), sex): played.value(number, y, sex)
        for (code, number), y, sex in product(
            numbers.items(), (2023, 2024), ("total", "female", "male")
        )
    }
    inside = {k: v for k, v in cells(found).items() if k[1] in numbers}
    assert inside == expected
    assert "/json?indicator=4404&years=2023&years=2024&genders=total" in {
        path for _, path, _ in provider.asked
    }
    places = one.describe("4404").variable("region")
    assert places.codes == ["MAA:358", "091", "092", "SEUTUKUNTA:091"]


def test_sotkanet_of_an_indicator_with_total_only(site):
    one, _ = site("sotkanet")
    found = one.fetch("127", [Selection("region", ("091",))])
    assert found.dataset.dimension("gender").codes == ["total"]
    wrong = fault_of(lambda: one.fetch("127", [Selection("gender", ("male",))]))
    assert wrong.id == "sources_unknown_value"


def test_statbank_in_parts_gives_the_same_as_whole(site, tmp_path):
    one, played = site("statbank")
    whole = one.fetch("HFUDD11", [Selection("område", ("101", "147")), Selection("KØN", ("*",))])
    parts, _ = site("statbank", most_cells=5)
    some = parts.fetch("HFUDD11", [Selection("OMRÅDE", ("101", "147")), Selection("KØN", ("*",))])
    assert len(some.requests) > len(whole.requests) == 1
    assert some.dataset.table.equals(whole.dataset.table)
    assert cells(whole)["101", "1", "H20", "HFUDD11", "2023"] == played.cell(
        ("101", "1", "H20", "2023")
    )
    assert cells(whole)["147", "1", "H10", "HFUDD11", "2024"] is None
    assert whole.dataset.dimension("ContentsCode").categories[0].unit == "Antal"
    assert "suppressedDataValue: 0" in whole.dataset.notes


def test_statbank_leaves_out_what_it_can_add_up(site):
    one, _ = site("statbank")
    found = one.fetch("HFUDD11", ())
    assert [d.code for d in found.dataset.dimensions] == ["UDD", "ContentsCode", "Tid"]


def test_eurostat_splits_what_is_too_large(site, provider):
    one, played = site("eurostat")
    whole = one.fetch("hlth_silc_02", ())
    played.MOST = 45
    one._transport = Transport(None, pause=lambda _: None, now=lambda: NOW)
    some = one.fetch("hlth_silc_02", ())
    assert len(some.requests) > 1
    names = [d.code for d in whole.dataset.dimensions]
    assert [d.codes for d in some.dataset.dimensions] == [d.codes for d in whole.dataset.dimensions]
    flagged = some.dataset.table["value"].is_null()
    both = some.dataset.table.join(whole.dataset.table, on=names, how="inner")
    told = both.filter(both["value"].is_not_null() & both["value_right"].is_not_null())
    assert told["value"].equals(told["value_right"], check_names=False)
    assert some.dataset.table.height == prod(len(c) for c in played.DIMENSIONS.values())
    assert some.dataset.table.filter(flagged)["flag"].unique().to_list() == [":"]


@pytest.mark.parametrize(
    ("text", "years", "asked"),
    [
        ("time=top(2)", ["2023", "2024"], "lastTimePeriod=2"),
        ("time=from(2022)", ["2022", "2023", "2024"], "sinceTimePeriod=2022"),
        ("time=range(2021,2022)", ["2021", "2022"], "untilTimePeriod=2022"),
        ("time=2021,2024", ["2021", "2024"], "time=2021&time=2024"),
        ("time=bottom(1)", ["2020"], "geo=NO"),
    ],
)
def test_eurostat_periods(site, provider, text, years, asked):
    one, _ = site("eurostat")
    found = one.fetch("hlth_silc_02", [Selection.parse(text), Selection("geo", ("NO",))])
    assert found.dataset.dimension("time").codes == years
    assert asked in provider.asked[-1][1]


def test_eurostat_places_by_kind(site):
    one, _ = site("eurostat")
    found = one.fetch("hlth_silc_02", [Selection("geoLevel", ("country",))])
    assert found.dataset.dimension("geo").codes == ["DK", "FI", "NO", "SE"]
    wrong = fault_of(lambda: one.fetch("hlth_silc_02", [Selection("geoLevel", ("town",))]))
    assert wrong.id == "sources_unknown_value"


@pytest.mark.parametrize("name", SITES)
@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"[1]",
        b'{"values": 3}',
        b"{}",
        b"",
        b'{"values": [3]}',
        b'[{"id": 3}]',
        b'{"variables": [3]}',
    ],
)
def test_odd_bodies_are_refused_with_a_remedy(provider, tmp_path, name, body):
    ((info, maker),) = importlib.import_module(f"jevn.sources.{name}").PROVIDERS
    provider.replies[0].body = body
    transport = Transport(tmp_path / "kept", pause=lambda _: None, now=lambda: NOW)
    one = maker(transport, replace(info, base=provider.url))
    wrong = fault_of(lambda: one.describe(TABLE[name]))
    assert wrong.id in ("sources_not_json", "sources_not_jsonstat", "sources_unknown_table")


def test_parts_hold_every_cell_once():
    wanted = {"a": "abcde", "b": "xyz", "c": "12"}
    parts = parted(wanted, 4)
    found = [cell for part in parts for cell in product(*part.values())]
    assert sorted(found) == sorted(product(*wanted.values()))
    assert all(prod(len(v) for v in part.values()) <= 4 for part in parts)


def test_parts_are_joined_in_the_order_wanted():
    def part(code, value):
        dimension = {"d": {"category": {"index": [code]}}}
        body = {"class": "dataset", "id": ["d"], "size": [1], "dimension": dimension}
        return read_jsonstat(str({**body, "value": [value]}).replace("'", '"'))

    whole = joined([part("b", 2), part("a", 1)], {"d": ["a", "b"]})
    assert whole.table.rows() == [("a", 1.0, None), ("b", 2.0, None)]
