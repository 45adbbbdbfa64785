"""Follow-up of a whole plan on a date."""

from __future__ import annotations

from datetime import date

from jevn.challenges.results import ChallengeProfile
from jevn.followup.actions import action_status
from jevn.followup.results import FollowUp, StatusReport
from jevn.followup.targets import target_status
from jevn.plan.elements import Element, ElementKind
from jevn.terms import InputRefused, Problem, UserError

STALE_AFTER_DAYS = 365


def follow_up(
    *,
    elements: tuple[Element, ...],
    reports: tuple[StatusReport, ...],
    challenges: ChallengeProfile | None,
    as_of: str,
    stale_after_days: int = STALE_AFTER_DAYS,
) -> FollowUp:
    """Every action's status and every target's standing.

    Args:
        elements: the plan's elements.
        reports: status reports of owners.
        challenges: step 2 with the newest figures; ``None`` = no figures.
        as_of: ISO date; reports from after it do not count.
        stale_after_days: age from which the latest report is called old.

    Raises:
        InputRefused: ``followup_unknown_element``, ``followup_not_action``: a
            report is for something that is no action of the plan.
        UserError: ``followup_date``: a date cannot be read.
    """
    try:
        day = date.fromisoformat(as_of)
    except ValueError:
        raise UserError("followup_date", given=as_of) from None
    _check(elements, reports)
    return FollowUp(
        as_of=day.isoformat(),
        actions=tuple(
            action_status(e, reports, day, stale_after_days)
            for e in elements
            if e.kind is ElementKind.ACTION
        ),
        targets=tuple(target_status(e, t, challenges) for e in elements for t in e.targets),
    )


def _check(elements: tuple[Element, ...], reports: tuple[StatusReport, ...]) -> None:
    kinds = {e.id: e.kind for e in elements}
    problems = []
    for id in dict.fromkeys(r.element for r in reports):
        if id not in kinds:
            fault = "followup_unknown_element"
        elif kinds[id] is not ElementKind.ACTION:
            fault = "followup_not_action"
        else:
            continue
        problems.append(Problem(fault, "followup.csv", column="element", params={"given": id}))
    if problems:
        raise InputRefused(problems)
