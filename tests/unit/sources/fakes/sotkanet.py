"""Sotkanet in small: two indicators, four places whose codes overlap."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

PROVIDERS = ("sotkanet",)
TABLE, WORDS = "4404", "terveys"
VARIABLE, VALUE = "region", "091"
SMALL: dict[str, int] = {}
PATCH = {"jevn.sources.sotkanet.MOST_YEARS": 5}
REGIONS = [
    {"id": 658, "code": "358", "category": "MAA", "title": {"fi": "Koko maa", "sv": "Hela landet"}},
    {"id": 833, "code": "091", "category": "KUNTA", "title": {"fi": "Helsinki"}},
    {"id": 834, "code": "092", "category": "KUNTA", "title": {"fi": "Vantaa", "sv": "Vanda"}},
    {"id": 700, "code": "091", "category": "SEUTUKUNTA", "title": {"fi": "Porvoo"}},
]
INDICATORS = {
    4404: {"title": {"fi": "Terveys", "sv": "Hälsa", "en": "Health"},
           "range": {"start": 2000, "end": 2024},
           "classifications": {"sex": {"values": ["male", "female", "total"]}}},
    127: {"title": {"fi": "Väestö", "en": "Population"}, "range": {"start": 2023, "end": 2024},
          "classifications": {"sex": {"values": ["total"]}}},
}  # fmt: skip


def value(region: int, year: int, gender: str) -> float:
    return region + (year - 2000) * 1000 + len(gender) / 10


def route(url: str, method: str, path: str, body: bytes) -> tuple[int, bytes]:
    parts = urlsplit(path)
    words = parts.path.strip("/").split("/")
    given = parse_qs(parts.query)
    found: object = None
    if words == ["regions"]:
        found = REGIONS
    elif words == ["indicators"]:
        found = [{"id": i, **v} for i, v in INDICATORS.items()]
    elif words[0] == "indicators" and int(words[1]) in INDICATORS:
        organization = {"id": 2, "title": {"fi": "THL"}}
        found = {"id": int(words[1]), **INDICATORS[int(words[1])], "organization": organization}
        found |= {"data-updated": "2025-05-01", "description": {"sv": "Om <b>talet</b>"}}
    elif words == ["json"]:
        (sex,) = given["genders"]
        there = INDICATORS[int(given["indicator"][0])]["classifications"]["sex"]["values"]
        found = [
            {"indicator": int(given["indicator"][0]), "region": r["id"], "year": int(y),
             "gender": sex, "value": value(r["id"], int(y), sex), "absValue": 10}
            for y in given["years"] for r in [*REGIONS, {"id": 999}] if sex in there]  # fmt: skip
    if found is None:
        return 404, b"<html>Not found</html>"
    return 200, json.dumps(found).encode()
