"""Earlier versions of Elvebyen's plan, frozen: the first draft and the one sent on hearing."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jevn.demo.plan_file import load, plan_document
from jevn.evidence import load_catalogue
from jevn.plan import PlanParts, PlanProposal, Targets, plan_proposal, read_plan
from jevn.plan.versions import PlanVersion, freeze, save_version
from jevn.tables.yamlfile import YamlDocument

DRAFT, HEARING = "2027-01-12-draft", "2027-02-02-hearing"


def reasons() -> list[dict[str, str]]:
    """Rows of ``changes.yaml``."""
    found: list[dict[str, str]] = load("revisions.yaml")["reasons"]
    return found


def write_versions(to: Path, mandate: str, dump: Callable[[Any], str]) -> None:
    """Write ``versions/`` and ``changes.yaml``.

    Args:
        to: the plan folder.
        mandate: the mandate.
        dump: YAML from plain values.
    """
    heard = plan_document(after_hearing=False)
    first = freeze(_proposal(_first_draft(heard), mandate), id=DRAFT, kind="draft", date=DRAFT[:10])
    second = _next(first, heard, mandate)
    for version in (first, second):
        save_version(version, to)
    (to / "changes.yaml").write_text(dump(reasons()), "utf-8")


def _next(first: PlanVersion, document: dict[str, Any], mandate: str) -> PlanVersion:
    proposal = _proposal(document, mandate)
    return freeze(
        proposal,
        id=HEARING,
        kind="hearing",
        date=HEARING[:10],
        earlier=first,
        decision="forstegang",
    )


def _proposal(document: dict[str, Any], mandate: str) -> PlanProposal:
    parts: PlanParts = read_plan(YamlDocument("plan.yaml", document, {}))
    assert parts.plan is not None
    nothing = Targets(
        evidence=load_catalogue(),
        challenges=None,
        effort=None,
        voices=None,
        assessment=None,
        prioritisation=None,
        elements=parts.elements,
        milestones=(),
    )
    return plan_proposal(
        parts.plan,
        parts,
        nothing,
        mandate=mandate,
        milestones=(),
        version="",
        status="draft",
        date=None,
    )


def _first_draft(document: dict[str, Any]) -> dict[str, Any]:
    """The plan with what was different in the first draft."""
    found = copy.deepcopy(document)
    told = load("revisions.yaml")["first_draft"]
    gone = set(told["without"])
    for part in ("elements", "placements", "links", "gaps"):
        key = "id" if part == "elements" else "element"
        found[part] = [row for row in found[part] if row[key] not in gone]
    for element in found["elements"]:
        given = told.get(element["id"], {})
        action = element.get("action", {})
        if "text" in given:
            element["text"] = given["text"]
        for field in ("owner", "deadline", "posts"):
            if field in given:
                action[field] = given[field]
        if "cost_factor" in given:
            factor = given["cost_factor"]
            action["cost_nok"] = {y: nok * factor for y, nok in action["cost_nok"].items()}
        if "target" in given:
            first, *others = element["targets"]
            element["targets"] = [{**first, "target": given["target"]}, *others]
    return found
