"""The plan of Elvebyen as ``plan.yaml``: elements, placements, and the links of the red thread."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import yaml

PACKAGE = "weights-all"
"""The proposed package that the actions follow."""
_PLAN = "folkehelse"
_BESIDE = ("oppvekst", "mestring", "kultur")
"""The other theme plans, which share priority efforts with this one."""
_ABOVE = ("K1", "K2")
"""Goals of the societal part of the municipal plan, which the theme plans answer."""
_SHARED = ("S1", "S2", "S3", "S4")
_LAST_COST_YEAR = 2031  # the four-year financial plan
_NO_EVIDENCE = (
    "Ingen gradert forskning funnet i kunnskapskatalogen. "
    "Vurderingen bygger på erfaring og innspill."
)


def load(name: str) -> Any:
    """A YAML file of ``data/plan``."""
    return yaml.safe_load(files("jevn.demo").joinpath("data", "plan", name).read_text("utf-8"))


def changes() -> dict[str, dict[str, Any]]:
    """Every change by id, with the id of the alternative where it is written."""
    found = {}
    for alternative in load("alternatives.yaml")["alternatives"]:
        for change in alternative["changes"]:
            if isinstance(change, dict):
                found[change["id"]] = change | {"alternative": alternative["id"]}
    return found


def wishes() -> dict[str, list[str]]:
    """Ids of ideas and hearing statements by the change they ask for."""
    text = files("jevn.demo").joinpath("texts", "wishes.csv").read_text("utf-8")
    found: dict[str, list[str]] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["change"], []).append(row["id"])
    return found


def ungraded() -> frozenset[str]:
    """Changes whose intervention type has no graded research (strength U in the catalogue)."""
    return frozenset({"moteplasser", "lavterskel_rus", "utekontakt", "frivillighet", "bti"})


def _element(action: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    first = max(change["start_year"], 2027)
    start = action.get("start") or f"{first}-01-01"
    cost = dict.fromkeys(range(first, _LAST_COST_YEAR + 1), change["nok_per_year"])
    return {
        "id": action["id"],
        "kind": "action",
        "title": change["title"],
        "text": action["text"],
        "area": change["area"],
        "indicators": action["measured_by"],
        "sdg": action["sdg"],
        "action": {
            "owner": action["owner"],
            "start": str(start),
            "deadline": str(action["deadline"]),
            "next_update": str(action["next_update"]),
            "cost_nok": cost,
            "posts": change["posts"],
            "reach": change["reach"],
            "target_group": change["target_group"],
            "places": change.get("places", []),
            "function": change["function"],
            "change": change["id"],
            "crpd": action.get("crpd", []),
        },
    }


def _links(
    action: dict[str, Any], change: dict[str, Any], asked: dict[str, list[str]]
) -> Iterator[tuple[str, str]]:
    if change["id"] not in ungraded():
        yield "rests_on", f"evidence:{change['intervention']}"
    for figure in action["figures"]:
        yield "answers", f"figure:{figure}"
    for voice in asked.get(change["id"], []) + action.get("voices", []):
        yield "asked_by", f"voice:{voice}"
    yield "assessed_in", f"assessment:{change['alternative']}/{change['id']}"
    if "prioritised_by" not in {g["relation"] for g in action.get("gaps", [])}:
        yield "prioritised_by", f"priority:{PACKAGE}/{change['id']}"
    yield "decided_in", "decision:prioritering"
    yield "funded_by", f"money:{change['function']}"
    for indicator in action["measured_by"]:
        yield "measured_by", f"indicator:{indicator}"


def _gaps(action: dict[str, Any], change: dict[str, Any]) -> Iterator[dict[str, str]]:
    if change["id"] in ungraded():
        yield {"element": action["id"], "relation": "rests_on", "reason": _NO_EVIDENCE}
    for gap in action.get("gaps", []):
        yield {"element": action["id"], **gap}


def _placements(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    def place(element: str, parent: str | None, order: int, plan: str = _PLAN) -> dict[str, Any]:
        row = {"plan": plan, "element": element, "parent": parent, "order": order}
        return {k: v for k, v in row.items() if v is not None} | {"status": "proposed"}

    order: dict[str | None, int] = {}

    def next_under(parent: str | None) -> int:
        order[parent] = order.get(parent, 0) + 1
        return order[parent]

    for element in spec["elements"]:
        if element["id"] in _ABOVE:
            continue
        parent = element["id"].split(".")[0] if element["kind"] == "subgoal" else None
        yield place(element["id"], parent, next_under(parent))
    for row in (*spec["strategies"], *spec["actions"]):
        yield place(row["id"], row["parent"], next_under(row["parent"]))
    for plan in _BESIDE:
        for number, element in enumerate(_SHARED, 1):
            yield place(element, None, number, plan)
    for number, element in enumerate(_ABOVE, 1):
        yield place(element, None, number, "samfunnsdel")


def plan_document(*, after_hearing: bool = True) -> dict[str, Any]:
    """All of ``plan.yaml``: every action linked back to why and forward to money and result.

    Args:
        after_hearing: with what is written in because of the hearing.
    """
    spec, every, asked = load("elements.yaml"), changes(), wishes()
    elements = list(spec["elements"])
    links: list[dict[str, str]] = []
    gaps: list[dict[str, str]] = []

    def link(element: str, relation: str, to: str) -> None:
        links.append({"element": element, "relation": relation, "to": to})

    for element in spec["elements"]:
        for indicator in element.get("indicators", []):
            link(element["id"], "answers", f"figure:{indicator}")
            link(element["id"], "measured_by", f"indicator:{indicator}")
        if element["kind"] == "goal" and element["id"] not in _ABOVE:
            link(element["id"], "decided_in", "decision:mandat")
    for row in spec["strategies"]:
        kept = {k: row[k] for k in ("id", "title", "text", "area", "sdg")}
        elements.append({**kept, "kind": "strategy"})
        for intervention in row["evidence"]:
            link(row["id"], "rests_on", f"evidence:{intervention}")
    for action in spec["actions"]:
        change = every[action["change"]]
        elements.append(_element(action, change))
        for relation, to in _links(action, change, asked):
            link(action["id"], relation, to)
        gaps += _gaps(action, change)
    if after_hearing:
        added = load("revisions.yaml")["after_hearing"]
        elements = [
            {**e, "text": f"{e['text']}\n\n{added[e['id']]}"} if e["id"] in added else e
            for e in elements
        ]
    return {
        "plan": spec["plan"],
        "other_plans": spec["other_plans"],
        "elements": elements,
        "placements": list(_placements(spec)),
        "links": links,
        "gaps": gaps,
    }
