"""Klass: municipalities of a day, their changes, KOSTRA groups and basic units."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest
import stamina

from jevn.sources import klass
from jevn.sources.transport import Transport
from jevn.terms import UserError

CHANGES = [
    {"oldCode": "3005", "oldName": "Drammen", "newCode": "3301", "newName": "Drammen",
     "changeOccurred": "2024-01-01"},
    {"oldCode": "0602", "oldName": "Drammen", "newCode": "3005", "newName": "Drammen",
     "changeOccurred": "2020-01-01"},
    {"oldCode": "0625", "oldName": "Nedre Eiker", "newCode": "3005", "newName": "Drammen",
     "changeOccurred": "2020-01-01"},
    {"oldCode": "0711", "oldName": "Svelvik", "newCode": "3005", "newName": "Drammen",
     "changeOccurred": "2020-01-01"},
    {"oldCode": "1151", "oldName": "Utsira", "newCode": "1151", "newName": "Utsira",
     "changeOccurred": "2021-01-01"},
    {"oldCode": None, "newCode": "9999", "newName": "Uoppgitt", "changeOccurred": "2006-01-01"},
]  # fmt: skip
CODES = {
    131: [{"code": "3301", "parentCode": None, "level": "1", "name": "Drammen",
           "validFrom": "2024-01-01", "validTo": None},
          {"code": "9999", "level": "1", "name": "Uoppgitt"}],
    1: [{"code": "33010100", "parentCode": None, "level": "1", "name": "Sentrum"},
        {"code": "33010101", "parentCode": "33010100", "level": "2", "name": "Bragernes"},
        {"code": "33030101", "parentCode": "33030100", "level": "2", "name": "Kongsberg"}],
}  # fmt: skip
GROUPS = {
    2840: [{"sourceCode": "EKG11", "sourceName": "KOSTRA-gruppe 11", "targetCode": "3301",
            "targetName": "Drammen"},
           {"sourceCode": "EKG12", "targetCode": "4601", "targetName": "Bergen"},
           {"sourceCode": "EKG99", "targetCode": None}],
    1358: [{"sourceCode": "EKG10", "targetCode": "3301"}],
}  # fmt: skip


@pytest.fixture
def site(provider, tmp_path):
    reply = type(provider.replies[0])

    def route(method, path, body):
        parts = urlsplit(path)
        words = parts.path.strip("/").split("/")
        given = parse_qs(parts.query)
        if words[0] == "correspondencetables":
            found = {"correspondenceMaps": GROUPS[int(words[1].removesuffix(".json"))]}
        elif words[2] == "changes.json":
            first, last = given["from"][0], given["to"][0]
            found = {"codeChanges": [c for c in CHANGES if first <= c["changeOccurred"] <= last]}
        else:
            found = {"codes": CODES[int(words[1])]}
        return reply(body=json.dumps(found).encode())

    provider.route = route
    with stamina.set_testing(True, attempts=2):
        yield Transport(tmp_path / "kept", pause=lambda _: None), provider


def test_municipalities_of_a_day(site):
    transport, provider = site
    (one,) = klass.municipalities(transport, date(2024, 1, 1), base=provider.url)
    assert (one.code, one.name, one.first, one.last) == ("3301", "Drammen", "2024-01-01", None)
    asked = "/classifications/131/codes.json?from=2024-01-01&to=2024-01-02"
    assert [path for _, path, _ in provider.asked] == [asked]


def test_basic_units_with_the_sub_district_they_lie_in(site):
    transport, provider = site
    (one,) = klass.basic_units(transport, "3301", date(2026, 1, 1), base=provider.url)
    assert (one.code, one.parent, one.level) == ("33010101", "33010100", 2)
    assert "selectCodes=3301%2A" in provider.asked[0][1]


def test_drammen_over_three_codes(site):
    transport, provider = site
    found = klass.code_changes(transport, date(2005, 1, 1), date(2026, 1, 1), base=provider.url)
    assert found.schema == {"old": pl.String, "new": pl.String, "date": pl.Date}
    day = date(2020, 1, 1)
    assert found.rows() == [
        ("0602", "3005", day), ("0625", "3005", day), ("0711", "3005", day),
        ("3005", "3301", date(2024, 1, 1)),
    ]  # fmt: skip
    names = klass.changes(transport, date(2020, 1, 1), date(2021, 12, 31), base=provider.url)
    assert [(c.old_name, c.new_name) for c in names][1] == ("Nedre Eiker", "Drammen")
    none = klass.code_changes(transport, date(2026, 1, 1), date(2026, 2, 1), base=provider.url)
    assert none.rows() == []
    assert none.schema == found.schema


@pytest.mark.parametrize(("year", "group"), [(2026, "EKG11"), (2025, "EKG10"), (2024, "EKG10")])
def test_the_kostra_group_that_counts_in_a_year(site, year, group):
    transport, provider = site
    found = klass.kostra_groups(transport, date(year, 6, 1), base=provider.url)
    assert found["3301"] == group
    assert None not in found


def test_groups_before_2020_were_others(site):
    transport, provider = site
    with pytest.raises(ValueError, match="2019"):
        klass.kostra_groups(transport, date(2019, 1, 1), base=provider.url)


@pytest.mark.parametrize("body", [b"{}", b"[]", b'{"codes": 1}', b'{"codes": [1]}'])
def test_an_odd_answer_is_told_and_forgotten(site, body):
    transport, provider = site
    whole, reply = provider.route, type(provider.replies[0])
    provider.route = lambda *_: reply(body=body)
    with pytest.raises(UserError) as fault:
        klass.municipalities(transport, date(2024, 1, 1), base=provider.url)
    assert fault.value.id == "sources_not_json"
    provider.route = whole
    assert klass.municipalities(transport, date(2024, 1, 1), base=provider.url)
