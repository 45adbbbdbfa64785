"""The process, a frozen version and what is changed since, for the dossier of the tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from jevn.evidence.entries import EvidenceCatalogue
from jevn.plan.elements import Milestone
from jevn.plan.process import Facts, bundled_template, follow_process
from jevn.plan.results import PlanProposal
from jevn.plan.versions import ChangeReason, compare, freeze


def followed(proposal: PlanProposal, evidence: EvidenceCatalogue) -> dict[str, Any]:
    """``process``, ``versions``, ``present`` and ``differences``."""
    goal = proposal.tree[0]
    first = replace(
        proposal,
        plan=replace(proposal.plan, summary="Et tidligere sammendrag."),
        tree=(replace(goal, element=replace(goal.element, title="Et tidligere navn")),),
    )
    heard = freeze(first, id="horing/1", kind="hearing", date="2027-02-02", decision="vedtak")
    present = freeze(proposal, id="now", kind="draft", date="2027-03-01", earlier=heard)
    reasons = (ChangeReason("horing/1", goal.element.id, "Et råd ba om det.", "decision:vedtak"),)
    done = Milestone(
        "vedtak", "political", "Vedtak", "2026-01-01", None, "done", "Sak 1", closes="first_reading"
    )
    facts = Facts(evidence=evidence, proposal=proposal, as_of="2027-03-01")
    return {
        "process": follow_process(bundled_template("temaplan"), (done,), facts),
        "versions": (heard,),
        "present": present,
        "differences": (compare(heard, present, reasons),),
    }
