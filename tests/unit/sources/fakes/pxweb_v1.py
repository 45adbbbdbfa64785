"""PxWeb version 1 in small: one table below a path, in a database; answers in JSON-stat 2."""

from __future__ import annotations

import json
from itertools import product
from math import prod
from urllib.parse import parse_qs, unquote, urlsplit

PROVIDERS = ("ssb_v0", "oslo", "scb_v1", "fohm", "statfin", "iceland", "nordic")
TABLE = "BE/Folk og år/T1.px"
WORDS = "folk"
VARIABLE, VALUE = "region", "3303"
SMALL = {"most_cells": 2}
DATABASES = {
    "ssb_v0": "table",
    "oslo": "db1",
    "scb_v1": "ssd",
    "fohm": "A_data",
    "statfin": "StatFin",
    "iceland": "Ibuar",
    "nordic": "nordic",
}
SINGLE = ("ssb_v0", "oslo", "scb_v1")
MOST_CELLS, MOST_VALUES = 40, 30
VARIABLES = {
    "region": {"text": "bosted", "values": ["0", "0301", "3301", "3303"], "elimination": True},
    "kjønn": {"text": "kjønn", "values": ["1", "2"], "elimination": True},
    "år": {
        "text": "år",
        "values": [str(n) for n in range(30, 36)],
        "time": True,
        "valueTexts": [str(n) for n in range(2019, 2025)],
    },
}


def table_of(provider):
    """How the table is named at a provider: with the database where there may be several."""
    return TABLE if provider in SINGLE else f"{DATABASES[provider]}/{TABLE}"


def cell(codes):
    if codes == ("3303", "1", "35"):
        return None
    return float(sum(ord(c) * (i + 1) for i, code in enumerate(codes) for c in code))


def texts(code):
    return VARIABLES[code].get("valueTexts") or [f"{c} navn" for c in VARIABLES[code]["values"]]


def refusal(words="Parameter error", status=400):
    return status, json.dumps({"error": words}).encode()


def route(url, method, path, body):
    parts = urlsplit(path)
    words = [unquote(w) for w in parts.path.split("/") if w]
    given = parse_qs(parts.query, keep_blank_values=True)
    if not words:
        if "config" in given:
            limits = {"maxValues": MOST_VALUES, "maxCells": MOST_CELLS, "maxCalls": 10}
            return 200, json.dumps(limits).encode()
        found = [{"dbid": d, "text": d} for d in DATABASES.values()]
        return 200, json.dumps(found).encode()
    if words[0] not in (*DATABASES.values(), "Kuntien_avainluvut", "Hyvinvointialueet"):
        return 404, b""
    if "query" in given:
        mine = words[0] in DATABASES.values() and given["query"][0].lower() in "folk og år"
        found = [
            {
                "id": "T1.px",
                "path": "/BE/Folk og år",
                "title": "T1 Folk etter bosted",
                "score": 1.5,
                "published": "2025-03-01T08:00:00",
            },
            {"id": "T1.px", "path": "/XX", "title": "T1 Folk etter bosted"},
        ]
        return 200, json.dumps(found if mine else []).encode()
    if words[1:] == ["BE"]:
        return 200, json.dumps([{"id": "Folk og år", "type": "l", "text": "Folk"}]).encode()
    if "/".join(words[1:]) != TABLE:
        return 400, b"Bad Request"
    if method == "GET":
        variables = [{"code": c, "valueTexts": texts(c), **v} for c, v in VARIABLES.items()]
        title = "T1 Folk etter bosted, kjønn og år"
        return 200, json.dumps({"title": title, "variables": variables}).encode()
    return data(json.loads(body))


def data(asked):
    chosen = {q["code"]: q["selection"] for q in asked["query"]}
    if not set(chosen) <= set(VARIABLES) or asked["response"] != {"format": "json-stat2"}:
        return refusal()
    found = {}
    for code, about in VARIABLES.items():
        if code not in chosen:
            if not about.get("elimination"):
                found[code] = about["values"]
            continue
        selection = chosen[code]
        known = ["K-3301", "K-0301"] if selection["filter"].startswith("agg:") else about["values"]
        if selection["filter"] not in ("item", "agg:KommSummer"):
            return refusal()
        if not set(selection["values"]) <= set(known):
            return refusal(f"The request for variable '{code}' has an error.")
        found[code] = [c for c in known if c in selection["values"]]
    named = sum(len(s["values"]) for s in chosen.values())
    if prod(len(v) for v in found.values()) > MOST_CELLS or named > MOST_VALUES:
        return 403, b""
    dimension = {c: {"label": VARIABLES[c]["text"], "category": {
        "index": {code: n for n, code in enumerate(v)},
        "label": {code: dict(zip(VARIABLES[c]["values"], texts(c), strict=True)).get(code, code)
                  for code in v}}} for c, v in found.items()}  # fmt: skip
    values = [cell(codes) for codes in product(*found.values())]
    return 200, json.dumps({
        "class": "dataset", "version": "2.0", "label": "Folk", "source": "Byrået",
        "updated": "2025-03-01T07:00:00Z", "id": list(found),
        "size": [len(v) for v in found.values()],
        "role": {"time": ["år"]}, "dimension": dimension, "value": values,
        "status": {str(i): ".." for i, v in enumerate(values) if v is None},
    }).encode()  # fmt: skip
