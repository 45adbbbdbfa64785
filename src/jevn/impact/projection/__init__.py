"""Every alternative followed through the years: who is better off, when, how much, how surely.

* :func:`read_model`, :func:`check_model`: the determinant graph of ``model.yaml``;
* :func:`project_alternatives`: effort → people reached by group → determinants → life, health, work
  and kroner → inequality, over draws of everything that is uncertain;
* :func:`action_effects`: the same for every action alone at every level, to be added up at once.
"""

from jevn.impact.projection.action_effects import ActionEffects, action_effects
from jevn.impact.projection.graph import MORTALITY, Arrow, Determinant, ImpactModel
from jevn.impact.projection.graph_reading import check_model, model_data, read_model
from jevn.impact.projection.preparing import Inputs, check_changes
from jevn.impact.projection.projecting import project_alternatives
from jevn.impact.projection.results import (
    AlternativeProjection,
    Costs,
    Distribution,
    KnowledgeValue,
    OutcomeEquity,
    OutcomeGain,
    Projection,
    YearValue,
)

__all__ = [
    "MORTALITY",
    "ActionEffects",
    "AlternativeProjection",
    "Arrow",
    "Costs",
    "Determinant",
    "Distribution",
    "ImpactModel",
    "Inputs",
    "KnowledgeValue",
    "OutcomeEquity",
    "OutcomeGain",
    "Projection",
    "YearValue",
    "action_effects",
    "check_changes",
    "check_model",
    "model_data",
    "project_alternatives",
    "read_model",
]
