"""Results of follow-up: did it happen, and did level and gap move?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jevn.plan.elements import Target
from jevn.terms import Message

Status = Literal["not_started", "on_track", "delayed", "done", "stopped", "unknown"]


@dataclass(frozen=True, slots=True)
class StatusReport:
    """A status given by the action's owner (``followup.csv``)."""

    element: str
    date: str
    status: Status
    note: str | None
    by: str | None
    spent_nok: float | None


@dataclass(frozen=True, slots=True)
class ActionStatus:
    """The status of an action: latest report, how old it is, whether it is overdue."""

    element: str
    status: Status
    latest: StatusReport | None
    age_days: int | None
    overdue: bool
    stale: bool
    message: Message


@dataclass(frozen=True, slots=True)
class TargetStatus:
    """A target against the newest figure. ``progress``: share of the way from baseline."""

    element: str
    target: Target
    latest: float | None
    latest_period: str | None
    progress: float | None
    verdict: Literal["reached", "moving", "unchanged", "wrong_way", "not_known"]
    message: Message


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Follow-up as of a date."""

    as_of: str
    actions: tuple[ActionStatus, ...]
    targets: tuple[TargetStatus, ...]
