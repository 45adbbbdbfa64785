"""The status of each action: what its owner last said, how old that is, what is overdue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from jevn.followup.dates import first_day, last_day
from jevn.followup.results import ActionStatus, Status, StatusReport
from jevn.plan.elements import Element
from jevn.terms import Message

_ENDED = ("done", "stopped")


def action_status(
    element: Element, reports: Sequence[StatusReport], as_of: date, stale_after_days: int
) -> ActionStatus:
    """The status of one action on a date.

    The latest report counts; of several on one day the last in the file, and none from after
    the date. Without a report an action is not started before its start date, and unknown
    after. It is overdue when it has not ended and its deadline is past, or when its date for
    the next update is past without a report since. It is stale when it has not ended and
    its latest report (or, without one, its start) is more than ``stale_after_days`` old.

    Raises:
        UserError: ``followup_date`` if a date of the action cannot be read.
    """
    own = [r for r in reports if r.element == element.id and first_day(r.date) <= as_of]
    latest = max(enumerate(own), key=lambda r: (first_day(r[1].date), r[0]))[1] if own else None
    details = element.action
    start = first_day(details.start) if details and details.start else None
    deadline = last_day(details.deadline) if details and details.deadline else None
    update = last_day(details.next_update) if details and details.next_update else None

    status: Status = "unknown"
    if latest is not None:
        status = latest.status
    elif start is not None and as_of < start:
        status = "not_started"
    ended = status in _ENDED
    reported = first_day(latest.date) if latest else None
    late = not ended and deadline is not None and deadline < as_of
    silent = (
        not ended
        and update is not None
        and update < as_of
        and (reported is None or reported < update)
    )
    age = (as_of - reported).days if reported else None
    since = reported or start
    stale = not ended and since is not None and (as_of - since).days > stale_after_days
    return ActionStatus(
        element=element.id,
        status=status,
        latest=latest,
        age_days=age,
        overdue=late or silent,
        stale=stale,
        message=_message(status, late=late, silent=silent, stale=stale, age=age, latest=latest),
    )


def _message(
    status: Status,
    *,
    late: bool,
    silent: bool,
    stale: bool,
    age: int | None,
    latest: StatusReport | None,
) -> Message:
    if latest is None:
        key = "no_report_late" if late else "no_report_silent" if silent else f"no_report_{status}"
        return Message(f"followup.action.{key}")
    key = "late" if late else "silent" if silent else "stale" if stale else "reported"
    return Message(
        f"followup.action.{key}",
        {"status_key": f"followup.status.{status}", "n": age, "date": latest.date},
    )
