"""PxWeb in both versions: questions in each dialect, limits, code lists, recorded answers."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from itertools import product
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import stamina

from jevn.sources.cubes import Limits
from jevn.sources.dataset import Role
from jevn.sources.provider import Selection
from jevn.sources.pxweb import LONGEST_ADDRESS, PxWeb, read_grouping, read_variables
from jevn.sources.pxweb_sites import FOHM, OSLO, SCB_V1, SSB, SSB_V0, STATFIN
from jevn.sources.pxweb_v1 import PxWebV1
from jevn.sources.transport import Transport
from jevn.terms import LANGUAGES, UserError


def load(name):
    path = Path(__file__).parent / "fakes" / f"{name}.py"
    spec = spec_from_file_location(f"played_{name}", path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def quick_retries():
    with stamina.set_testing(True, attempts=2):
        yield


@pytest.fixture
def play(provider, tmp_path):
    """Lets the site answer with ``route``; gives the address and a transport."""
    reply = type(provider.replies[0])

    def set_route(route):
        def played(method, path, body):
            status, answer = route(provider.url, method, path, body)
            return reply(status=status, body=answer)

        provider.route = played
        return Transport(tmp_path / "kept", pause=lambda _: None)

    return set_route


@pytest.fixture
def v2(play, provider):
    fake = load("pxweb_v2")

    def made(info=SSB, **changes):
        transport = play(fake.route)
        return PxWeb(transport, replace(info, base=provider.url, **changes), lang="no"), fake

    return made


@pytest.fixture
def v1(play, provider):
    fake = load("pxweb_v1")

    def made(info=SSB_V0, **traits):
        transport = play(fake.route)
        return PxWebV1(transport, replace(info, base=provider.url), **traits), fake

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
    return {
        row[:-2]: row[-2:] for row in fetched.dataset.table.select(*names, "value", "flag").rows()
    }


def assert_read_to_the_last_cell(fetched, recorded):
    """Against a slow reading of the answer as it stands in the file."""
    found = recorded.get("dataset", recorded)
    dimension = found["dimension"]
    ids = found.get("id") or dimension["id"]
    lists = []
    for one in ids:
        index = dimension[one]["category"]["index"]
        lists.append(sorted(index, key=index.get) if isinstance(index, dict) else index)
    expected = {}
    for at, codes in enumerate(product(*lists)):
        value, status = found["value"][at], found.get("status") or {}
        expected[codes] = (value, status.get(str(at)))
    assert [d.code for d in fetched.dataset.dimensions] == list(ids)
    assert cells(fetched) == expected
    for one in fetched.dataset.dimensions:
        labels = dimension[one.code]["category"]["label"]
        assert {c.code: c.label for c in one.categories} == labels


def test_a_question_says_every_variable_that_must_be_chosen(v2, provider):
    one, _ = v2()
    chosen = [Selection.parse("region=3301,0301,3301"), Selection.parse("Tid=top(2)")]
    found = one.fetch("07459", chosen)
    (request,) = found.requests
    assert request.body is None
    asked = {k: v[0] for k, v in parse_qs(urlsplit(request.address).query).items()}
    assert asked == {
        "lang": "no", "outputFormat": "json-stat2", "valueCodes[Region]": "0301,3301",
        "valueCodes[ContentsCode]": "Personer1", "valueCodes[Tid]": "2023,2024",
    }  # fmt: skip
    assert [d.code for d in found.dataset.dimensions] == ["Region", "ContentsCode", "Tid"]
    assert found.dataset.dimension("ContentsCode").categories[0].unit == "personer"
    assert found.origin.link == SSB.home
    assert (found.origin.version, found.origin.id) == ("2025-02-19", "ssb_07459")
    assert found.dataset.notes == ("Tall per 1. januar.",)


def test_a_sign_stands_where_there_is_no_number(v2):
    one, fake = v2()
    wanted = [Selection("Region", ("3303",)), Selection("Kjonn", ("*",))]
    found = cells(one.fetch("07459", wanted))
    assert found["3303", "1", "Personer1", "2024"] == (None, "..")
    assert found["3303", "2", "Personer1", "2024"][0] == fake.cell(
        ("3303", "2", "Personer1", "2024")
    )


def test_a_code_list_is_looked_up_and_its_values_chosen(v2):
    one, _ = v2()
    found = one.fetch("07459", [Selection.parse("Region@agg_KommSummer=K-33*")])
    assert found.dataset.dimension("Region").codes == ["K-3301"]
    assert "codelist%5BRegion%5D=agg_KommSummer" in found.requests[0].address
    wrong = fault_of(lambda: one.fetch("07459", [Selection.parse("Region@agg_x=K-3301")]))
    assert (wrong.id, wrong.params["known"]) == ("sources_unknown_code_list", "agg_KommSummer")
    wrong = fault_of(lambda: one.fetch("07459", [Selection.parse("Region@agg_KommSummer=3301")]))
    assert wrong.id == "sources_unknown_value"
    assert fault_of(lambda: one.grouping("agg_y")).id == "sources_unknown_code_list"
    members = one.grouping("agg_KommSummer").members
    assert members["K-3301"] == ("0602", "0625", "0711", "3005", "3301")


def test_a_long_question_is_sent_as_a_body(v2, monkeypatch):
    one, fake = v2()
    many = [f"{i:04}{i:04}" for i in range(300)]
    monkeypatch.setitem(fake.VARIABLES, "Region", many)
    monkeypatch.setattr(fake, "MOST_CELLS", 10_000)
    most = Selection("Region", tuple(many[1:]))
    found = one.fetch("07459", [most, Selection("Tid", ("2024",))])
    (request,) = found.requests
    assert len(request.address) < LONGEST_ADDRESS
    asked = {s["variableCode"]: s for s in json.loads(request.body)["selection"]}
    assert asked["Region"] == {"variableCode": "Region", "valueCodes": many[1:]}
    assert found.dataset.table.height == 299
    shorter = one.fetch(
        "07459", [Selection("Region", tuple(many[:20])), Selection("Tid", ("2024",))]
    )
    assert shorter.requests[0].body is None


def test_codes_with_commas_are_sent_as_a_body(v2, monkeypatch):
    one, fake = v2()
    monkeypatch.setitem(fake.VARIABLES, "Region", ["04+05", "a,b", "r(1)", "d"])
    chosen = [Selection("Region", ("04+05", "a,b", "r(1)")), Selection("Tid", ("2024",))]
    found = one.fetch("07459", chosen)
    assert found.requests[0].body is not None
    assert found.dataset.dimension("Region").codes == ["04+05", "a,b", "r(1)"]
    whole = one.fetch("07459", [Selection("Region", ("*",)), Selection("Tid", ("2024",))])
    assert "valueCodes%5BRegion%5D=%2A" in whole.requests[0].address
    assert whole.dataset.dimension("Region").codes == ["04+05", "a,b", "r(1)", "d"]


def test_a_site_that_allows_less_than_it_did_is_asked_what_it_allows(v2, provider):
    one, fake = v2()
    wanted = [Selection("Region", ("*",)), Selection("Kjonn", ("*",))]
    found = one.fetch("07459", wanted)
    assert len(found.requests) == 2
    assert len(cells(found)) == 4 * 2 * 6 > fake.MOST_CELLS
    assert any(path == "/config" for _, path, _ in provider.asked)
    assert one.limits() == Limits(40)


def test_a_question_of_far_too_many_parts_is_refused(v2):
    one, fake = v2(most_cells=1)
    fake.VARIABLES["Region"] = [f"{i:05}" for i in range(1000)]
    wrong = fault_of(lambda: one.fetch("07459", [Selection("Region", ("*",))]))
    assert wrong.id == "sources_too_large"


def test_recorded_refusals_are_told_in_the_services_own_words(v2, play, provider, shared_data):
    recorded = json.loads(
        (shared_data / "data/ssb-pxweb-recorded/v2-errors.json").read_text("utf-8")
    )
    assert len(recorded) == 9
    for one in recorded:
        body = json.dumps(one["body"]).encode() if one["body"] else b""
        made, fake = v2()

        def route(url, method, path, asked, one=one, body=body, fake=fake):
            if "/data" in path:
                return one["status"], body
            return fake.route(url, method, path, asked)

        play(route)
        wrong = fault_of(lambda made=made: made.fetch("07459", [Selection("Tid", ("2024",))]))
        assert (wrong.id, wrong.params["status"]) == ("sources_refused", str(one["status"]))
        if one["body"]:
            assert wrong.params["reason"] == one["body"]["title"]


def test_the_recorded_limits_are_read(play, provider, shared_data):
    body = (shared_data / "data/ssb-pxweb-recorded/v2-config.json").read_bytes()
    transport = play(lambda *_: (200, body))
    one = PxWeb(transport, replace(SSB, base=provider.url), lang="no")
    assert one.limits() == Limits(SSB.most_cells)


@pytest.mark.parametrize("table", ["09654", "13615"])
def test_recorded_answers_of_version_2_to_the_last_cell(play, provider, shared_data, table):
    path = shared_data / f"data/ssb-pxweb-recorded/v2-{table}-data.json"
    recorded = json.loads(path.read_text("utf-8"))
    metadata = {k: v for k, v in recorded.items() if k not in ("value", "status")}

    def route(url, method, path, body):
        found = metadata if path.split("?")[0].endswith("/metadata") else recorded
        return 200, json.dumps(found).encode()

    one = PxWeb(play(route), replace(SSB, base=provider.url), lang="no")
    found = one.fetch(table, ())
    assert_read_to_the_last_cell(found, recorded)
    assert found.dataset.notes == tuple(recorded.get("note", ()))
    assert found.dataset.role(Role.TIME).code == "Tid"
    assert found.origin.version == recorded["updated"][:10]
    assert all(v.required for v in one.describe(table).variables)
    unit = recorded["dimension"]["ContentsCode"]["category"]["unit"]
    for category in found.dataset.dimension("ContentsCode").categories:
        assert category.unit == unit[category.code]["base"]
        assert category.decimals == unit[category.code]["decimals"]
    price = found.dataset.dimension("ContentsCode").extension["priceType"]
    assert set(price.values()) == {"NotApplicable"}


def test_a_recorded_table_of_the_older_service_to_the_last_cell(play, provider, shared_data):
    folder = shared_data / "data/ssb-pxweb-recorded"
    metadata = (folder / "v0-05300-metadata.json").read_bytes()
    data = (folder / "v0-05300-data.json").read_bytes()
    transport = play(lambda url, method, path, body: (200, metadata if method == "GET" else data))
    info = replace(SSB_V0, base=provider.url)
    one = PxWebV1(transport, info, most_values=50_000, database="table")
    found = one.fetch("05300", [Selection("Tid", ("*",))])
    assert_read_to_the_last_cell(found, json.loads(data))
    assert [path for _, path, _ in provider.asked] == ["/table/05300"] * 2
    asked = json.loads(found.requests[0].body)
    assert [q["code"] for q in asked["query"]] == [
        "Avstand1",
        "Kulturtilbud",
        "ContentsCode",
        "Tid",
    ]
    assert asked["response"] == {"format": "json-stat2"}
    assert found.dataset.table["flag"].drop_nulls().len() == 28
    assert found.origin.version == "2022-05-24"


def test_a_recorded_swedish_answer_of_the_first_json_stat(play, provider, shared_data):
    folder = shared_data / "data/scb-kolada-recorded"
    body = (folder / "scb-v1-jsonstat1-causes-of-death.json").read_bytes()
    dimension = json.loads(body)["dataset"]["dimension"]
    variables = [
        {"code": i, "text": dimension[i]["label"],
         "values": list(dimension[i]["category"]["label"]),
         "valueTexts": list(dimension[i]["category"]["label"].values()), "time": i == "Tid"}
        for i in dimension["id"]
    ]  # fmt: skip
    head = json.dumps({"title": "Döda", "variables": variables}).encode()
    transport = play(lambda url, method, path, asked: (200, head if method == "GET" else body))
    one = PxWebV1(transport, replace(SCB_V1, base=provider.url), database="ssd")
    found = one.fetch("START/HS/HS0301/Dodaorsak", ())
    assert_read_to_the_last_cell(found, json.loads(body))
    assert found.dataset.table.height == 1120
    assert found.origin.producer == "Socialstyrelsen (SoS)"
    assert unquote(provider.asked[0][1]) == "/ssd/START/HS/HS0301/Dodaorsak"


def test_recorded_swedish_variables_and_code_list(shared_data):
    folder = shared_data / "data/scb-kolada-recorded"
    dimensions = json.loads((folder / "scb-v2-TAB5444-dimensions.json").read_text("utf-8"))
    variables = {v.code: v for v in read_variables(dimensions)}
    assert list(variables) == list(dimensions)
    for code, one in variables.items():
        assert {c.code: c.label for c in one.categories} == dimensions[code]["category"]["label"]
        assert [c.id for c in one.code_lists] == [c["id"] for c in dimensions[code]["codelists"]]
    needed = {code for code, v in variables.items() if v.required}
    assert needed == {"Region", "ContentsCode", "Tid"}
    assert variables["Tid"].role is Role.TIME
    lists = json.loads((folder / "scb-v2-codelist-agg_Alder10arJ.json").read_text("utf-8"))
    found = read_grouping(lists["Alder"])
    assert (found.id, found.kind, len(found.categories)) == ("agg_Ålder10årJ", "Aggregation", 11)
    ages = [int(a.rstrip("+")) for members in found.members.values() for a in members]
    assert sorted(ages) == list(range(max(ages) + 1))
    assert sorted(found.members["30-39"]) == [str(a) for a in range(30, 40)]


def test_the_regions_of_kostra_are_always_chosen():
    category = {"index": {"3301": 0}, "label": {"3301": "Drammen"}}
    loose = {"label": "region", "category": category, "extension": {"elimination": True}}
    found = read_variables({"KOKkommuneregion0000": loose, "Tid": loose, "Region": loose})
    assert [v.required for v in found] == [True, True, False]
    assert [v.role for v in found] == [Role.GEO, Role.TIME, Role.GEO]


def test_the_older_service_counts_named_values_as_well_as_cells(v1):
    one, fake = v1(OSLO, database="db1", most_values=7)
    chosen = [Selection("region", ("*",)), Selection("kjønn", ("1",))]
    found = one.fetch(fake.TABLE, chosen)
    assert len(found.requests) > 1
    for request in found.requests:
        asked = json.loads(request.body)["query"]
        assert sum(len(q["selection"]["values"]) for q in asked) <= 7
    assert found.dataset.dimension("år").codes == fake.VARIABLES["år"]["values"]
    assert found.dataset.dimension("år").categories[-1].label == "2024"
    assert len(cells(found)) == 4 * 6


def test_the_older_service_is_asked_what_it_allows_when_it_refuses(v1, provider):
    one, fake = v1(FOHM)
    fake.MOST_CELLS = 9
    found = one.fetch(f"A_data/{fake.TABLE}", [Selection("region", ("*",))])
    assert len(found.requests) > 1
    assert len(cells(found)) == 4 * 6
    assert one.limits() == Limits(9, fake.MOST_VALUES)


def test_years_of_a_table_that_numbers_them(v1):
    one, fake = v1(OSLO, database="db1")
    for text, codes in (
        ("år=2024", ["35"]),
        ("år=top(2)", ["34", "35"]),
        ("år=from(2023)", ["34", "35"]),
    ):
        found = one.fetch(fake.TABLE, [Selection.parse(text)])
        assert found.dataset.dimension("år").codes == codes


def test_a_code_list_of_the_older_service_needs_its_codes_written_out(v1):
    one, fake = v1(database="table")
    found = one.fetch(fake.TABLE, [Selection.parse("region@agg_KommSummer=K-3301")])
    asked = {q["code"]: q["selection"] for q in json.loads(found.requests[0].body)["query"]}
    assert asked["region"] == {"filter": "agg:KommSummer", "values": ["K-3301"]}
    assert found.dataset.dimension("region").codes == ["K-3301"]
    wrong = fault_of(lambda: one.fetch(fake.TABLE, [Selection.parse("region@agg_KommSummer=*")]))
    assert wrong.id == "sources_codes_wanted"


def test_variables_that_can_be_added_up_are_left_out(v1):
    one, fake = v1(database="table")
    found = one.fetch(fake.TABLE, ())
    assert [d.code for d in found.dataset.dimensions] == ["år"]
    assert [v.required for v in one.describe(fake.TABLE).variables] == [False, False, True]


def test_a_level_of_the_tree_is_no_table(v1):
    one, _ = v1(database="table")
    assert fault_of(lambda: one.describe("BE")).id == "sources_unknown_table"


def test_search_goes_through_the_databases_that_are_named(v1, provider):
    one, _ = v1(STATFIN, databases=("StatFin", "Kuntien_avainluvut"))
    (hit,) = one.search("folk")
    assert (hit.id, hit.path) == ("StatFin/BE/Folk og år/T1.px", ("BE", "Folk og år"))
    assert hit.updated == "2025-03-01T08:00:00"
    paths = [path.split("?")[0] for _, path, _ in provider.asked]
    assert paths == ["/StatFin", "/Kuntien_avainluvut"]
