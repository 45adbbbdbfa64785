"""FHI's open statistics in small: two sources, one table with a tree of places."""

from __future__ import annotations

import json
from itertools import product

PROVIDERS = ("fhi",)
TABLE = "nokkel/403"
WORDS = "lavinntekt"
VARIABLE, VALUE = "GEO", "3301"
SMALL = {"most_cells": 12}
TREE = [
    {
        "value": "0",
        "label": "Hele landet",
        "children": [
            {
                "value": "33",
                "label": "Buskerud",
                "children": [
                    {"value": "3301", "label": "Drammen", "children": []},
                    {"value": "3303", "label": "Kongsberg", "children": None},
                ],
            }
        ],
    }
]
CODES = {
    "GEO": ["0", "33", "3301", "3303"],
    "AAR": ["2018_2020", "2019_2021", "2020_2022", "2021_2023", "2022_2024"],
    "INNVKAT": ["0", "20"],
    "MEASURE_TYPE": ["TELLER", "RATE"],
}


def cell(codes):
    """A number made of the codes; a sign for hidden cells."""
    if codes[0] == "3303" and codes[2] == "20":
        return ":"
    return round(sum(ord(c) * (i + 1) for i, code in enumerate(codes) for c in code) / 7, 1)


def label(code):
    return code.replace("_", "-")


def route(url, method, path, body):  # noqa: PLR0911
    words = path.strip("/").split("/")
    if words == ["Common", "source"]:
        found = [
            {
                "id": "nokkel",
                "title": "Folkehelsestatistikk",
                "description": "",
                "aboutUrl": "https://www.fhi.no/folkehelse",
            },
            {"id": "daar", "title": "Dødsårsaker", "aboutUrl": None},
        ]
        return 200, json.dumps(found).encode()
    table = {"tableId": 403, "title": "Vedvarende lavinntekt", "publishedAt": "2025-01-15T09:00:00",
             "modifiedAt": "2025-06-02T09:00:00"}  # fmt: skip
    if words[0] == "daar" and len(words) == 2:
        return 200, json.dumps(
            [{"tableId": 742, "title": "Dødsfall", "publishedAt": None}]
        ).encode()
    if words[0] != "nokkel":
        return 404, b""
    if len(words) == 2:
        return 200, json.dumps([table]).encode()
    if words[2] != "403":
        return 404, json.dumps({"title": "Not Found", "status": 404}).encode()
    rest = words[3:]
    if not rest:
        return 200, json.dumps(table).encode()
    if rest == ["dimension"]:
        given = {c: [{"value": v, "label": label(v)} for v in codes] for c, codes in CODES.items()}
        given["GEO"] = TREE
        found = [{"code": c, "label": c.lower(), "categories": v} for c, v in given.items()]
        return 200, b"\xef\xbb\xbf" + json.dumps({"dimensions": found}).encode()
    if rest == ["metadata"]:
        found = {
            "name": "Lavinntekt",
            "paragraphs": [
                {
                    "header": "Om statistikken",
                    "content": "<p>Andel med <b>lav</b> inntekt&nbsp;.</p>",
                }
            ],
        }
        return 200, json.dumps(found).encode()
    if rest == ["flag"]:
        return 200, json.dumps([{"title": ":", "text": "Skjult av personvernhensyn"}]).encode()
    return data(json.loads(body)) if rest == ["data"] else (404, b"")


def data(asked):
    lists = {}
    for one in asked["dimensions"]:
        known = CODES.get(one["code"], [])
        if one["filter"] == "item" and set(one["values"]) <= set(known):
            lists[one["code"]] = [c for c in known if c in one["values"]]
        elif one["filter"] == "all" and one["values"] == ["*"]:
            lists[one["code"]] = known
        else:
            return 400, json.dumps({"title": "Bad Request", "status": 400}).encode()
    if set(lists) != set(CODES):
        return 400, json.dumps({"title": "Missing dimension", "status": 400}).encode()
    lists = {c: lists[c] for c in CODES}
    found = {
        "class": "dataset", "version": "2.0", "href": None, "label": "Vedvarende lavinntekt",
        "updated": "2025-06-02T09:00:00.77+00:00", "source": None, "id": list(lists),
        "size": [len(v) for v in lists.values()],
        "role": {"time": None, "geo": None, "metric": ["MEASURE_TYPE"]},
        "dimension": {c: {"label": c.lower(), "category": {
            "index": v, "label": {x: label(x) for x in v}}} for c, v in lists.items()},
        "value": [cell(codes) for codes in product(*lists.values())], "status": "",
    }  # fmt: skip
    return 200, b"\xef\xbb\xbf" + json.dumps(found).encode()
