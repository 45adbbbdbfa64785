"""PxWeb version 2 in small: a table of regions, sexes, one figure and six years."""

from __future__ import annotations

import json
from itertools import product
from math import prod
from urllib.parse import parse_qs, urlsplit

PROVIDERS = ("ssb", "scb")
TABLE = "07459"
WORDS = "befolkning"
VARIABLE, VALUE = "Region", "3301"
SMALL = {"most_cells": 2}
REGIONS = {"0": "Hele landet", "0301": "Oslo", "3301": "Drammen", "3303": "Kongsberg"}
GROUPS = {"K-3301": ("0602", "0625", "0711", "3005", "3301"), "K-0301": ("0301",)}
VARIABLES = {
    "Region": list(REGIONS),
    "Kjonn": ["1", "2"],
    "ContentsCode": ["Personer1"],
    "Tid": [str(year) for year in range(2019, 2025)],
}
MOST_CELLS = 40
LONGEST = 2100
asked: list[tuple[str, str]] = []


def cell(codes):
    """A number made of the codes; ``None`` (with the sign ``..``) for one of them."""
    if codes == ("3303", "1", "Personer1", "2024"):
        return None
    return float(sum(ord(c) * (i + 1) for i, code in enumerate(codes) for c in code))


def refusal(title, status=400):
    kind = "Parameter error" if status == 400 else "Not found"
    return status, json.dumps({"type": kind, "title": title, "status": status}).encode()


def dimension(code, codes, whole=True):
    names = REGIONS if code == "Region" else {}
    category = {
        "index": {c: n for n, c in enumerate(codes)},
        "label": {c: names.get(c, f"{c} navn" if code != "Tid" else c) for c in codes},
    }
    if code == "ContentsCode":
        category["unit"] = {c: {"base": "personer", "decimals": 0} for c in codes}
    more = {"elimination": code in ("Region", "Kjonn"), "show": "value"}
    if whole and code == "Region":
        more["codelists"] = [
            {
                "id": "agg_KommSummer",
                "label": "Kommuner, sammenslått",
                "type": "Aggregation",
                "links": [],
            }
        ]
    return {"label": code.lower(), "category": category, "extension": more}


def dataset(lists, values=None, signs=None, whole=False):
    found = {
        "version": "2.0",
        "class": "dataset",
        "label": "07459: Befolkning, etter region, år",
        "source": "Statistisk sentralbyrå",
        "updated": "2025-02-19T07:00:00Z",
        "note": ["Tall per 1. januar."],
        "role": {"time": ["Tid"], "metric": ["ContentsCode"], "geo": ["Region"]},
        "id": list(lists),
        "size": [len(v) for v in lists.values()],
        "dimension": {c: dimension(c, v, whole) for c, v in lists.items()},
        "extension": {"px": {"tableid": "07459"}},
    }
    if values is not None:
        found |= {"value": values, "status": signs}
    return 200, json.dumps(found, ensure_ascii=False).encode()


def meant(value, codes):
    """What an expression of this service means."""
    if value in codes:
        return [value]
    name, _, rest = value.strip("[]").partition("(")
    given = rest.rstrip(")").split(",")
    if value == "*":
        return list(codes)
    if name == "top":
        return codes[-int(given[0]) :]
    if name == "from":
        return [c for c in codes if c >= given[0]]
    return None


def route(url, method, path, body):
    parts = urlsplit(path)
    words = parts.path.strip("/").split("/")
    given = {k: v[0] for k, v in parse_qs(parts.query).items()}
    asked.append((method, path))
    if words == ["config"]:
        return 200, json.dumps({"maxDataCells": MOST_CELLS, "defaultLanguage": "no"}).encode()
    if words[0] == "codelists":
        if words[1] != "agg_KommSummer":
            return refusal("Non-existent codelist")
        values = [{"code": c, "label": c, "valueMap": list(m)} for c, m in GROUPS.items()]
        found = {
            "id": "agg_KommSummer",
            "label": "Kommuner, sammenslått",
            "language": "no",
            "type": "Aggregation",
            "values": values,
        }
        return 200, json.dumps(found).encode()
    if words == ["tables"]:
        return search(given)
    if words[1] != "07459":
        return refusal("Non-existent table", 404)
    if words[2:] == ["metadata"]:
        return dataset(VARIABLES, whole=True)
    if method == "GET" and len(f"{url}{path}") > LONGEST:
        return 404, b""
    return data(given, body)


def search(given):
    rows = [
        ("07459", "07459: Befolkning, etter region, kjønn og år"),
        ("01222", "01222: Befolkning og endringer"),
        ("12362", "12362: Utgifter (K)"),
    ]
    found = [
        {
            "type": "Table",
            "id": i,
            "label": t,
            "updated": "2025-02-19T07:00:00Z",
            "firstPeriod": "1986",
            "lastPeriod": "2025",
            "discontinued": None,
            "paths": [[{"id": "be", "label": "Befolkning"}]],
        }
        for i, t in rows
        if given["query"].lower() in t.lower()
    ]
    size, number = 1, int(given["pagenumber"])  # pages of one: the client must turn them
    page = {
        "pageNumber": number,
        "pageSize": size,
        "totalElements": len(found),
        "totalPages": len(found),
    }
    some = found[(number - 1) * size : number * size]
    return 200, json.dumps({"language": "no", "tables": some, "page": page}).encode()


def data(given, body):
    if body:
        chosen = {s["variableCode"]: s["valueCodes"] for s in json.loads(body)["selection"]}
        lists = {s["variableCode"]: s.get("codelist") for s in json.loads(body)["selection"]}
    else:
        chosen = {k[11:-1]: v.split(",") for k, v in given.items() if k.startswith("valueCodes[")}
        lists = {k[9:-1]: v for k, v in given.items() if k.startswith("codelist[")}
    if any(c not in VARIABLES for c in chosen):
        return refusal("Non-existent variable")
    if not {"ContentsCode", "Tid"} <= set(chosen):
        return refusal("Missing selection for mandantory variable")
    found = {}
    for code in (c for c in VARIABLES if c in chosen):
        known = list(GROUPS) if lists.get(code) else VARIABLES[code]
        if len(set(chosen[code])) < len(chosen[code]):
            return 500, b""
        some = [meant(v, known) for v in chosen[code]]
        if any(s is None for s in some):
            return refusal("Non-existent value")
        flat = {c for s in some for c in s}
        found[code] = [c for c in known if c in flat]
    if prod(len(v) for v in found.values()) > MOST_CELLS:
        return refusal("Too many cells selected")
    values = [cell(codes) for codes in product(*found.values())]
    signs = {str(i): ".." for i, v in enumerate(values) if v is None}
    return dataset(found, values, signs)
