"""Eurostat in small: one table; questions of more than ``MOST`` cells it will not answer."""

from __future__ import annotations

import json
from itertools import product
from math import prod
from urllib.parse import parse_qs, urlsplit

PROVIDERS = ("eurostat",)
TABLE, WORDS = "HLTH_SILC_02", "education"
VARIABLE, VALUE = "geo", "NO"
SMALL: dict[str, int] = {}
PATCH: dict[str, int] = {}
FEW = {"MOST": 100}
"""What of this file is changed so that the site answers in parts."""
MOST = 1000
DIMENSIONS = {
    "freq": ["A"],
    "isced11": ["ED0-2", "ED3_4", "ED5-8"],
    "sex": ["F", "M", "T"],
    "geo": ["EU27_2020", "DK", "FI", "NO", "SE"],
    "time": ["2020", "2021", "2022", "2023", "2024"],
}
LEVELS = {"aggregate": ["EU27_2020"], "country": ["DK", "FI", "NO", "SE"]}
CONTENTS = (
    '"title"\t"code"\t"type"\t"last update of data"\t"last table structure change"\t'
    '"data start"\t"data end"\t"values"\n'
    '"Database by themes"\t"data"\t"folder"\t" "\t" "\t" "\t" "\t\n'
    '"    Health status"\t"hlth_state"\t"folder"\t" "\t" "\t" "\t" "\t\n'
    '"        Self-perceived health by sex and education"\t"hlth_silc_02"\t"dataset"\t'
    '"12.09.2025"\t"12.09.2025"\t"2003"\t"2024"\t100\n'
    '"    Population"\t"demo"\t"folder"\t" "\t" "\t" "\t" "\t\n'
    '"        Population on 1 January"\t"demo_pjan"\t"dataset"\t"01.02.2025"\t"01.02.2025"\t'
    '"1960"\t"2024"\t100\n'
    '"        Self-perceived health by sex and education"\t"hlth_silc_02"\t"dataset"\t'
    '"12.09.2025"\t"12.09.2025"\t"2003"\t"2024"\t100\n'
)


def cell(codes: tuple[str, ...]) -> float:
    return float(sum(ord(c) * (i + 1) for i, code in enumerate(codes) for c in code))


def is_hidden(codes: tuple[str, ...]) -> bool:
    """Whether a cell has a sign instead of a number."""
    return codes[1:] in (("ED0-2", "F", "NO", "2023"), ("ED0-2", "F", "EU27_2020", "2021"))


def route(url: str, method: str, path: str, body: bytes) -> tuple[int, bytes]:
    parts = urlsplit(path)
    given = {k.lower(): v for k, v in parse_qs(parts.query).items()}
    if parts.path == "/catalogue/toc/txt":
        return 200, CONTENTS.encode()
    if parts.path != "/statistics/1.0/data/hlth_silc_02":
        fault = {"error": [{"status": 404, "id": 100, "label": "ERR_NOT_FOUND_4"}]}
        return 404, json.dumps(fault).encode()
    lists = {d: [c for c in codes if c in given.get(d, codes)] for d, codes in DIMENSIONS.items()}
    if any(set(given.get(d, ())) - set(codes) for d, codes in DIMENSIONS.items()):
        fault = {"error": [{"status": 400, "id": 100, "label": "No results found"}]}
        return 400, json.dumps(fault).encode()
    if "geolevel" in given:
        lists["geo"] = [c for level in given["geolevel"] for c in LEVELS[level]]
    if "lasttimeperiod" in given:
        lists["time"] = lists["time"][-int(given["lasttimeperiod"][0]) :]
    lists["time"] = [
        t for t in lists["time"]
        if given.get("sincetimeperiod", ["0"])[0] <= t <= given.get("untiltimeperiod", ["9"])[0]
    ]  # fmt: skip
    if prod(map(len, lists.values())) > MOST:
        later = {"status": 413, "id": 0, "label": "ASYNCHRONOUS_RESPONSE. Try again later."}
        return 200, json.dumps({"warning": later}).encode()
    every = list(product(*lists.values()))
    hidden = [str(i) for i, codes in enumerate(every) if is_hidden(codes)]
    found = {
        "version": "2.0", "class": "dataset", "label": "Self-perceived health", "source": "ESTAT",
        "updated": "2025-09-12T23:00:00+0200", "id": list(lists),
        "size": [len(v) for v in lists.values()],
        "value": {
            str(i): cell(codes) for i, codes in enumerate(every) if str(i) not in hidden},
        "status": dict.fromkeys(hidden, ":"),
        "dimension": {d: {"label": d, "category": {
            "index": {c: i for i, c in enumerate(codes)}, "label": {c: f"{c} name" for c in codes}}}
            for d, codes in lists.items()},
        "extension": {"lang": "EN", "id": "HLTH_SILC_02"},
    }  # fmt: skip
    return 200, json.dumps(found).encode()
