"""One municipality's work: the plan folder read and written, the steps run, everything built."""

from jevn.planwork.ahead import baseline_of, inputs_of, projection_of
from jevn.planwork.build import Built, build
from jevn.planwork.checking import check_folder
from jevn.planwork.model import Municipality, PlanWork, WorkSettings
from jevn.planwork.new import new_folder
from jevn.planwork.portfolio import portfolio_of
from jevn.planwork.reader import read_folder
from jevn.planwork.steps import (
    assessment_of,
    challenges_of,
    effort_of,
    need_of,
    prioritisation_of,
    results,
    voices_of,
)
from jevn.planwork.writer import write_folder

__all__ = [
    "Built",
    "Municipality",
    "PlanWork",
    "WorkSettings",
    "assessment_of",
    "baseline_of",
    "build",
    "challenges_of",
    "check_folder",
    "effort_of",
    "inputs_of",
    "need_of",
    "new_folder",
    "portfolio_of",
    "prioritisation_of",
    "projection_of",
    "read_folder",
    "results",
    "voices_of",
    "write_folder",
]
