"""The people without any change: strata, rates that add up, and the years ahead."""

from jevn.impact.baseline.building import build_strata
from jevn.impact.baseline.gradients import Gradients, default_gradients, split_rate
from jevn.impact.baseline.model import Baseline, Strata
from jevn.impact.baseline.projecting import Future, project, transition_of
from jevn.impact.baseline.schedule import Schedule, default_schedule, expectancy, years_left

__all__ = [
    "Baseline",
    "Future",
    "Gradients",
    "Schedule",
    "Strata",
    "build_strata",
    "default_gradients",
    "default_schedule",
    "expectancy",
    "project",
    "split_rate",
    "transition_of",
    "years_left",
]
