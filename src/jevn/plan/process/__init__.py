"""The process of a plan: states in three tracks, from template data, with guards.

* :func:`bundled_template`, :func:`read_template`: how the work on a kind of plan goes;
* :func:`follow_process`: where it stands, and what is missing before each state may close;
* :func:`process_problems`: milestones that cannot be meant.
"""

from jevn.plan.process.following import (
    Process,
    StateStatus,
    follow_process,
    process_problems,
)
from jevn.plan.process.guards import GUARDS, Facts, Missing
from jevn.plan.process.template import (
    BUNDLED,
    OWN,
    ProcessTemplate,
    State,
    bundled_template,
    read_template,
)

__all__ = [
    "BUNDLED",
    "GUARDS",
    "OWN",
    "Facts",
    "Missing",
    "Process",
    "ProcessTemplate",
    "State",
    "StateStatus",
    "bundled_template",
    "follow_process",
    "process_problems",
    "read_template",
]
