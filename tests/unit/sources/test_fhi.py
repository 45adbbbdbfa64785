"""FHI: every dimension is asked for, the newest are the newest, and real requests ask the same."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from itertools import product
from pathlib import Path

import pytest
import stamina

from jevn.sources.choosing import by_code, chosen_codes
from jevn.sources.dataset import Category, Role
from jevn.sources.fhi import FHI, Fhi, question
from jevn.sources.provider import Selection, TableInfo, Variable
from jevn.sources.transport import Transport
from jevn.terms import UserError

SPANS = [f"{year}_{year + 6}" for year in range(1980, 2019)]


@pytest.fixture(autouse=True)
def quick_retries():
    with stamina.set_testing(True, attempts=2):
        yield


@pytest.fixture
def fhi(provider, tmp_path):
    path = Path(__file__).parent / "fakes" / "fhi.py"
    spec = spec_from_file_location("played_fhi", path)
    fake = module_from_spec(spec)
    spec.loader.exec_module(fake)
    reply = type(provider.replies[0])

    def route(method, path, body):
        status, answer = made.route(provider.url, method, path, body)
        return reply(status=status, body=answer)

    def made(**changes):
        provider.route = route
        info = replace(FHI, base=provider.url, **changes)
        return Fhi(Transport(tmp_path / "kept", pause=lambda _: None), info)

    made.route, made.fake = fake.route, fake
    return made


def test_a_table_is_described_with_its_tree_of_places_and_its_notes(fhi):
    about = fhi().describe("nokkel/403")
    assert about.variable("GEO").codes == ["0", "33", "3301", "3303"]
    assert [v.role for v in about.variables] == [Role.GEO, Role.TIME, None, Role.METRIC]
    assert all(v.required for v in about.variables)
    assert about.notes == (
        "Om statistikken: Andel med lav inntekt .", ": = Skjult av personvernhensyn",
    )  # fmt: skip
    assert about.link == "https://www.fhi.no/folkehelse"
    assert about.updated == "2025-06-02T09:00:00"


def test_every_dimension_stands_in_the_question_and_the_newest_are_the_newest(fhi):
    found = fhi().fetch("nokkel/403", [Selection.parse("AAR=top(2)"), Selection.parse("GEO=3301")])
    asked = json.loads(found.requests[0].body)
    assert asked["dimensions"] == [
        {"code": "GEO", "filter": "item", "values": ["3301"]},
        {"code": "AAR", "filter": "item", "values": ["2021_2023", "2022_2024"]},
        {"code": "INNVKAT", "filter": "all", "values": ["*"]},
        {"code": "MEASURE_TYPE", "filter": "all", "values": ["*"]},
    ]
    assert found.requests[0].url.endswith("/nokkel/Table/403/data")
    assert found.dataset.table.height == 2 * 2 * 2


def test_signs_in_place_of_figures_are_signs(fhi):
    fake = fhi.fake
    found = fhi().fetch("nokkel/403", ())
    rows = found.dataset.table.rows()
    for row, codes in zip(rows, product(*fake.CODES.values()), strict=True):
        value = fake.cell(codes)
        expected = (None, ":") if value == ":" else (value, None)
        assert row == (*codes, *expected)
    assert ": = Skjult av personvernhensyn" in found.dataset.notes
    assert found.origin.producer == "Folkehelseinstituttet, Folkehelsestatistikk"
    assert found.origin.version == "2025-06-02"


def test_a_table_without_notes_is_still_a_table(fhi):
    whole = fhi.route

    def route(url, method, path, body):
        if path.endswith(("/metadata", "/flag")):
            return 404, b""
        return whole(url, method, path, body)

    fhi.route = route
    assert fhi().describe("nokkel/403").notes == ()


def test_tables_are_named_as_the_institute_writes_them(fhi):
    assert fhi().describe(" nokkel/Table/403 ").id == "nokkel/403"
    for odd in ("403", "nokkel", "nokkel/", "nokkel/x", "../403"):
        with pytest.raises(UserError) as fault:
            fhi().describe(odd)
        assert fault.value.id == "sources_unknown_table"


def test_a_code_list_is_refused(fhi):
    with pytest.raises(UserError) as fault:
        fhi().fetch("nokkel/403", [Selection.parse("GEO@agg_x=3301")])
    assert fault.value.id == "sources_unknown_code_list"


def real_requests(shared_data):
    path = shared_data / "data/fhi-extracts/fhi-requests.json"
    return json.loads(path.read_text("utf-8"))


def test_our_questions_are_those_that_a_county_asks(shared_data):
    requests = real_requests(shared_data)
    assert len(requests) == 27
    for real in requests:
        dimensions = real["body"]["dimensions"]
        known = {
            d["code"]: SPANS if d["filter"] == "bottom" else [*d["values"], "another"]
            for d in dimensions
        }
        table = TableInfo("fhi", "x/1", "", tuple(
            Variable(c, c, tuple(Category(v, v) for v in values)) for c, values in known.items()
        ))  # fmt: skip
        given = by_code(table, [
            Selection(d["code"], (f"top({d['values'][0]})",) if d["filter"] == "bottom"
                      else tuple(d["values"])) for d in dimensions
        ])  # fmt: skip
        wanted = {v.code: chosen_codes(v, given[v.code]) for v in table.variables}
        ours = question(wanted, known)
        assert ours["response"] == real["body"]["response"]
        assert [d["code"] for d in ours["dimensions"]] == [d["code"] for d in dimensions]
        for mine, its in zip(ours["dimensions"], dimensions, strict=True):
            n = int(its["values"][0]) if its["filter"] == "bottom" else 0
            expected = SPANS[-n:] if n else list(dict.fromkeys(its["values"]))
            assert (mine["filter"], mine["values"]) == ("item", expected)


def test_the_answer_in_the_institutes_guide_is_read(fhi, shared_data):
    path = shared_data / "data/fhi-extracts/fhi-jsonstat2-example.json"
    recorded = json.loads(path.read_text("utf-8"))
    given = [
        {"code": c, "label": d["label"], "categories": [
            {"value": v, "label": label} for v, label in d["category"]["label"].items()]}
        for c, d in recorded["dimension"].items()
    ]  # fmt: skip

    def route(url, method, path, body):
        if method == "POST":
            return 200, b"\xef\xbb\xbf" + json.dumps(recorded).encode()
        if path.endswith("/dimension"):
            return 200, json.dumps({"dimensions": given}).encode()
        if path == "/nokkel/Table/1":
            return 200, json.dumps({"tableId": 1, "title": "Befolkningsvekst (B)"}).encode()
        return (200, b'[{"id": "nokkel"}]') if path.endswith("source") else (404, b"")

    fhi.route = route
    found = fhi().fetch("nokkel/1", ())
    assert found.dataset.table["value"].to_list() == [3516, 2817, 11219, 16846]
    assert found.dataset.table["flag"].is_null().all()
    assert found.dataset.dimension("GEO").label_of("30") == "Viken"
    assert found.dataset.dimension("MEASURE_TYPE").categories[0].unit == "antall"
    assert found.dataset.role(Role.METRIC).code == "MEASURE_TYPE"
    assert found.dataset.role(Role.TIME).code == "AAR"
    assert found.origin.version == "2022-12-20"
