"""StatBank Denmark in small: one table of five variables, in JSON-stat 1 as it answers."""

from __future__ import annotations

import json
from itertools import product

PROVIDERS = ("statbank_dk",)
TABLE, WORDS = "HFUDD11", "uddannelse"
VARIABLE, VALUE = "OMRÅDE", "101"
SMALL = {"most_cells": 3}
PATCH: dict[str, int] = {}
VARIABLES = [
    {"id": "OMRÅDE", "text": "område", "elimination": True, "map": "Denmark_municipality_07",
     "values": ["000", "101", "147", "461"]},
    {"id": "KØN", "text": "køn", "elimination": True, "values": ["TOT", "1", "2"]},
    {"id": "UDD", "text": "uddannelse", "elimination": False, "values": ["H10", "H20", "H70"]},
    {"id": "Tid", "text": "tid", "elimination": False, "time": True,
     "values": ["2022", "2023", "2024"]},
]  # fmt: skip


def cell(codes: tuple[str, ...]) -> float | None:
    """A number made of the codes; ``None`` for one of them."""
    if codes == ("147", "1", "H10", "2024"):
        return None
    return float(sum(ord(c) * (i + 1) for i, code in enumerate(codes) for c in code))


def route(url: str, method: str, path: str, body: bytes) -> tuple[int, bytes]:
    asked = json.loads(body or b"{}")
    name = path.strip("/").split("?")[0]
    if name == "tables":
        found = [{"id": "HFUDD11", "text": "Højst fuldført uddannelse", "unit": "Antal",
                  "updated": "2025-04-01T08:00:00", "firstPeriod": "2022", "latestPeriod": "2024",
                  "active": True, "variables": [v["text"] for v in VARIABLES]},
                 {"id": "FOLK1A", "text": "Befolkningen", "active": True, "variables": ["tid"],
                  "updated": "2025-02-01T08:00:00", "firstPeriod": "2008K1",
                  "latestPeriod": "2025K1"}]  # fmt: skip
        return 200, json.dumps(found).encode()
    if asked.get("table") != "HFUDD11":
        fault = {"errorTypeCode": "EXTRACT-NOTFOUND", "message": "Tabellen findes ikke."}
        return 400, json.dumps(fault).encode()
    if name == "tableinfo":
        variables = [
            {**v, "values": [{"id": c, "text": f"{c} navn"} for c in v["values"]]}
            for v in VARIABLES
        ]
        found = {"id": "HFUDD11", "text": "Højst fuldført uddannelse", "unit": "Antal",
                 "description": "Højst fuldført uddannelse efter …", "suppressedDataValue": "0",
                 "updated": "2025-04-01T08:00:00", "active": True, "variables": variables,
                 "footnote": {"text": "Fodnote.", "mandatory": False}}  # fmt: skip
        return 200, json.dumps(found).encode()
    chosen = {v["code"]: v["values"] for v in asked["variables"]}
    known = {v["id"]: v["values"] for v in VARIABLES}
    if any(not set(v) <= set(known[c]) for c, v in chosen.items()) or not {"UDD", "Tid"} <= set(
        chosen
    ):
        return 400, json.dumps({"errorTypeCode": "EXTRACT-MISSING", "message": "Mangler"}).encode()
    order = [v["id"] for v in VARIABLES if v["id"] in chosen]
    lists = {i: [c for c in known[i] if c in chosen[i]] for i in order}
    ids = [*order[:-1], "ContentsCode", order[-1]]
    dimension = {i: {"label": i.lower(), "category": {
        "index": {c: n for n, c in enumerate(lists[i])},
        "label": {c: f"{c} navn" for c in lists[i]}}} for i in order}  # fmt: skip
    dimension["ContentsCode"] = {"label": "Indhold", "category": {
        "index": {"HFUDD11": 0}, "label": {"HFUDD11": "Uddannelse"},
        "unit": {"HFUDD11": {"base": "Antal", "decimals": 0}}}}  # fmt: skip
    dimension |= {"id": ids, "size": [len(lists.get(i, "1")) for i in ids],
                  "role": {"metric": ["ContentsCode"], "geo": [], "time": ["Tid"]}}  # fmt: skip
    values = []
    for codes in product(*(lists[i] for i in order)):
        full = dict(zip(order, codes, strict=True))
        values.append(cell(tuple(full.get(i, known[i][0]) for i in known)))
    dataset = {"dimension": dimension, "label": "Uddannelse efter område, tid og indhold",
               "source": "Danmarks Statistik", "updated": "2025-09-01T00:00:00Z",
               "value": values}  # fmt: skip
    return 200, json.dumps({"dataset": dataset}).encode()
