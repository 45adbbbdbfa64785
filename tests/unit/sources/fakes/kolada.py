"""Kolada in small: two key figures, four places, three years; pages of two."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

PROVIDERS = ("kolada",)
TABLE, WORDS = "N00945", "invånare"
VARIABLE, VALUE = "municipality", "0180"
SMALL: dict[str, int] = {}
PATCH = {"jevn.sources.kolada.MOST_IDS": 1}
KPIS = {
    "N00945": {"title": "Invånare totalt, antal", "operating_area": "Befolkning"},
    "U28514": {"title": "Invånare med bra hälsa, andel (%)", "operating_area": "Hälsa"},
}
PLACES = {"0000": "Riket", "0001": "Region Stockholm", "0114": "Upplands Väsby", "0180": "Sthlm"}
YEARS = ("2022", "2023", "2024")
PAGE = 2
MOST_IDS = 25


def value(kpi: str, place: str, year: str, gender: str) -> float | None:
    """The figure of a cell, made of its codes; one is hidden."""
    if (place, year, gender) == ("0114", "2024", "M"):
        return None
    return float(int(place) + int(year) % 100 * 1000 + 100 * "TKM".index(gender)) + (kpi[0] == "U")


def answer(url: str, path: str) -> tuple[int, object]:
    """Status and body for a question."""
    parts = urlsplit(path)
    words = parts.path.strip("/").split("/")
    if words[0] == "kpi":
        about = {"publication_date": "2025-03-01", "description": "Så här."}
        asked_ids = words[1].split(",") if len(words) > 1 else list(KPIS)
        rows = [{"id": i, **about, **v} for i, v in KPIS.items() if i in asked_ids]
    elif words[0] == "municipality":
        rows = [
            {"id": i, "title": t, "type": "K" if int(i) > 99 else "L"} for i, t in PLACES.items()
        ]
    elif words[:2] == ["data", "kpi"]:
        asked = dict(zip(words[1::2], words[2::2], strict=True))
        lists = {k: v.split(",") for k, v in asked.items()}
        if any(len(v) > MOST_IDS for v in lists.values()) or len(lists) < 2:
            return 400, {"detail": "too many ids"}
        rows = [
            {"kpi": k, "municipality": m, "period": int(y), "values": [
                {"gender": g, "value": value(k, m, y, g), "count": 1, "isdeleted": False,
                 "status": "Missing" if value(k, m, y, g) is None else ""}
                for g in "TKM"]}
            for k in lists["kpi"] for m in lists.get("municipality", PLACES)
            for y in lists.get("year", YEARS) if m in PLACES and y in YEARS]  # fmt: skip
    else:
        return 404, {"detail": "Not Found"}
    page = int(parse_qs(parts.query).get("page", ["1"])[0])
    more = len(rows) > page * PAGE
    following = f"http://api.kolada.se{parts.path}?page={page + 1}" if more else None
    return 200, {
        "count": len(rows),
        "values": rows[(page - 1) * PAGE : page * PAGE],
        "next_url": following,
    }


def route(url: str, method: str, path: str, body: bytes) -> tuple[int, bytes]:
    """What the fake says."""
    status, found = answer(url, path) if method == "GET" else (405, {})
    return status, json.dumps(found).encode()
