"""Multi-state life tables of strata: what fewer cases and fewer exposed mean for life and health.

Every cohort (a stratum, sex and age at the start) is followed year by year with and without a
change. Chronic diseases are three states solved exactly over each year; exposures fade with
the years since they ended. No chance enters: the same input gives the same result.

Method: Blakely, T. et al. (2020): *Proportional multistate lifetable modelling of preventive
interventions*, International Journal of Epidemiology 49(5); Barendregt, J. J. et al. (2003): *A
generic model for the assessment of disease epidemiology: the computational basis of DisMod II*,
Population Health Metrics 1:4.
"""

from jevn.impact.lifetable.model import LifeTableModel
from jevn.impact.lifetable.reading import read_model
from jevn.impact.lifetable.results import Interval, LifeTableResult, StratumTotal
from jevn.impact.lifetable.running import run_lifetable
from jevn.impact.lifetable.scenario import (
    ExposureChange,
    Multiplier,
    Scenario,
    read_scenario,
    scenario_of,
)

__all__ = [
    "ExposureChange",
    "Interval",
    "LifeTableModel",
    "LifeTableResult",
    "Multiplier",
    "Scenario",
    "StratumTotal",
    "read_model",
    "read_scenario",
    "run_lifetable",
    "scenario_of",
]
