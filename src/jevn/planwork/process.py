"""The process of a work: its template, where it stands, and its versions compared."""

from __future__ import annotations

import itertools
from dataclasses import replace

from jevn.evidence import load_catalogue
from jevn.plan import PlanParts, PlanProposal, Targets, plan_proposal
from jevn.plan.process import Facts, Process, ProcessTemplate, bundled_template, follow_process
from jevn.plan.versions import ChangeReason, Differences, PlanVersion, compare, freeze
from jevn.planwork.model import PlanWork
from jevn.terms import UserError

NOW = "now"
"""Id of the plan as it stands, where it is compared with its versions."""


def template_of(work: PlanWork) -> ProcessTemplate:
    """The municipality's own process template, or the one of the kind of plan."""
    if work.process_template is not None:
        return work.process_template
    return bundled_template(work.plan.type if work.plan else "temaplan")


def process_of(
    work: PlanWork, facts: Facts, differences: tuple[Differences, ...] = ()
) -> Process | None:
    """Where the work stands; ``None`` without plan and milestones.

    Args:
        work: what was put in.
        facts: results of the steps.
        differences: between versions, the last of them from the hearing version if there is one.
    """
    if work.plan is None and not work.milestones:
        return None
    heard = next((v.id for v in reversed(work.versions) if v.kind == "hearing"), None)
    since = next((d for d in reversed(differences) if d.old == heard), None)
    unexplained = None if heard is None else since.unexplained if since else ()
    reported = max((r.date for r in work.status_reports), default=None)
    known = replace(
        facts, reported=reported, unexplained=unexplained, as_of=work.settings.as_of or ""
    )
    return follow_process(template_of(work), work.milestones, known)


def reasons_of(work: PlanWork) -> tuple[ChangeReason, ...]:
    """Reasons stated in ``changes.yaml``, and those that answers to statements give.

    An answer that names the element it changed is a reason with the statement as origin, from
    the newest hearing version on.
    """
    heard = next((v.id for v in reversed(work.versions) if v.kind == "hearing"), None)
    found = list(work.change_reasons)
    if heard is not None:
        found += [
            ChangeReason(heard, a.element, a.consequence or a.comment, f"voice:{a.statement}")
            for a in work.answers
            if a.element and (a.consequence or a.comment)
        ]
    return tuple(found)


def present(work: PlanWork, proposal: PlanProposal) -> PlanVersion:
    """The plan as it stands, with anchors of the newest version."""
    return freeze(
        proposal,
        id=NOW,
        kind="draft",
        date=work.settings.as_of or "",
        earlier=work.versions[-1] if work.versions else None,
    )


def proposal_of(work: PlanWork, targets: Targets) -> PlanProposal:
    """The plan as it stands, its threads looked up in some results.

    Raises:
        UserError: ``plan_none`` without a plan.
    """
    if work.plan is None:
        raise UserError("plan_none")
    parts = PlanParts(
        plan=work.plan,
        elements=work.elements,
        placements=work.placements,
        links=work.links,
        gaps=work.stated_gaps,
        other_plans=work.other_plans,
    )
    return plan_proposal(
        work.plan,
        parts,
        targets,
        mandate=work.mandate,
        milestones=work.milestones,
        version=work.settings.version,
        status=work.settings.status,
        date=work.settings.as_of,
    )


def bare_proposal(work: PlanWork) -> PlanProposal:
    """The plan as it stands, without looking up what its threads lead to: enough to freeze it.

    Raises:
        UserError: ``plan_none`` without a plan.
    """
    nothing = Targets(
        evidence=work.own_evidence or load_catalogue(),
        challenges=None,
        effort=None,
        voices=None,
        assessment=None,
        prioritisation=None,
        elements=work.elements,
        milestones=work.milestones,
    )
    return proposal_of(work, nothing)


def differences_of(work: PlanWork, proposal: PlanProposal | None) -> tuple[Differences, ...]:
    """Each version against the one before, and the plan as it stands against the newest."""
    every = list(work.versions)
    if proposal is not None and every:
        every.append(present(work, proposal))
    reasons = reasons_of(work)
    return tuple(compare(a, b, reasons) for a, b in itertools.pairwise(every))
