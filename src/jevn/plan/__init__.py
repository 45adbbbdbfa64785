"""The plan: elements and placements, the red thread both ways, the plan proposal."""

from jevn.plan.elements import (
    Element,
    ElementKind,
    Link,
    Milestone,
    Placement,
    Plan,
    Relation,
)
from jevn.plan.proposal import plan_proposal
from jevn.plan.reading import PlanParts, read_plan, read_process
from jevn.plan.results import PlanProposal, Thread
from jevn.plan.thread import Targets, thread

__all__ = [
    "Element",
    "ElementKind",
    "Link",
    "Milestone",
    "Placement",
    "Plan",
    "PlanParts",
    "PlanProposal",
    "Relation",
    "Targets",
    "Thread",
    "plan_proposal",
    "read_plan",
    "read_process",
    "thread",
]
