"""Elements of a plan and their placements: goals, priority efforts, strategies, actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from jevn.terms import EffortArea, Reach, Ref, RefKind, SocialDimension


class ElementKind(StrEnum):
    """Kinds of element (names: text ``element.<id>``)."""

    GOAL = "goal"
    SUBGOAL = "subgoal"
    PRIORITY_EFFORT = "priority_effort"
    STRATEGY = "strategy"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Target:
    """A target on an indicator: on its level, its gap (absolute or relative) or its trend."""

    indicator: str
    on: Literal["level", "absolute_gap", "relative_gap", "trend"]
    baseline: float | None
    target: float
    year: int
    dimension: SocialDimension | None = None


@dataclass(frozen=True, slots=True)
class ActionDetails:
    """What an action must say: who, when, how much, for whom."""

    owner: str | None
    start: str | None
    deadline: str | None
    next_update: str | None
    cost_nok: tuple[tuple[int, float], ...]
    posts: float | None
    reach: Reach | None
    target_group: str | None
    places: tuple[str, ...]
    function: str | None
    change: str | None
    crpd: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Element:
    """Something a plan says, apart from which plans it stands in."""

    id: str
    kind: ElementKind
    title: str
    text: str
    area: EffortArea | None
    action: ActionDetails | None
    targets: tuple[Target, ...]
    indicators: tuple[str, ...]
    sdg: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placement:
    """An element in a plan: under which parent, in which order, with which status."""

    plan: str
    element: str
    parent: str | None
    order: int
    status: Literal["idea", "draft", "proposed", "adopted", "dropped"]
    local_text: str | None = None


class Relation(StrEnum):
    """What a red-thread link says."""

    RESTS_ON = "rests_on"
    ANSWERS = "answers"
    ASKED_BY = "asked_by"
    ASSESSED_IN = "assessed_in"
    PRIORITISED_BY = "prioritised_by"
    DECIDED_IN = "decided_in"
    FUNDED_BY = "funded_by"
    MEASURED_BY = "measured_by"


ENDS: Mapping[Relation, tuple[RefKind, ...]] = {
    Relation.RESTS_ON: (RefKind.EVIDENCE, RefKind.SOURCE),
    Relation.ANSWERS: (RefKind.FIGURE,),
    Relation.ASKED_BY: (RefKind.VOICE,),
    Relation.ASSESSED_IN: (RefKind.ASSESSMENT,),
    Relation.PRIORITISED_BY: (RefKind.PRIORITY,),
    Relation.DECIDED_IN: (RefKind.DECISION,),
    Relation.FUNDED_BY: (RefKind.MONEY,),
    Relation.MEASURED_BY: (RefKind.INDICATOR,),
}
"""What a link of each relation may point to."""


@dataclass(frozen=True, slots=True)
class Link:
    """A typed link of the red thread, from an element to what it rests on or leads to."""

    element: str
    relation: Relation
    to: Ref
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class StatedGap:
    """A stated reason why an element lacks a relation (e.g. no evidence source exists)."""

    element: str
    relation: Relation
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan: its name, type and period."""

    id: str
    title: str
    type: Literal["temaplan", "kommunedelplan", "samfunnsdel"]
    first_year: int
    last_year: int
    purpose: str
    summary: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step of the process on the timeline with three tracks.

    ``until``: last day of a period that begins on ``date``; ``closes``: the state of the process
    template that is closed when it is done.
    """

    id: str
    track: Literal["administrative", "political", "participation"]
    title: str
    date: str | None
    period: str | None
    state: Literal["done", "now", "planned"]
    decision: str | None = None
    link: str | None = None
    how_to_take_part: str | None = None
    until: str | None = None
    closes: str | None = None
