"""Weighing options by criteria: value functions, weights from an order, and how firm it is.

1. :func:`read_choice` reads criteria with their worst-to-best range, options and what is known
   about the weights.
2. :func:`weigh` weighs the options, and draws weights and amounts within what is known: share
   of draws for every place, the weights that would put an option first, regret, and what it
   would be worth to know more.
"""

from jevn.prioritisation.weighing.acceptability import weigh
from jevn.prioritisation.weighing.decision import (
    Amount,
    Choice,
    Option,
    ValueScale,
    WeightRules,
)
from jevn.prioritisation.weighing.reading import read_choice
from jevn.prioritisation.weighing.result import OptionStanding, SteadyWeight, Weighing
from jevn.prioritisation.weighing.weights import base_weights, draw_weights

__all__ = [
    "Amount",
    "Choice",
    "Option",
    "OptionStanding",
    "SteadyWeight",
    "ValueScale",
    "Weighing",
    "WeightRules",
    "base_weights",
    "draw_weights",
    "read_choice",
    "weigh",
]
