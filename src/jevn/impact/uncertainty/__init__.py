"""How sure: draws of uncertain numbers, what they say, and what drives them."""

from jevn.impact.uncertainty.drawing import Drawn, Paired, drawn, paired
from jevn.impact.uncertainty.drivers import Bar, PartialValue, evpi, evppi, tornado
from jevn.impact.uncertainty.parameters import Parameter, central, sobol_draws

__all__ = [
    "Bar",
    "Drawn",
    "Paired",
    "Parameter",
    "PartialValue",
    "central",
    "drawn",
    "evpi",
    "evppi",
    "paired",
    "sobol_draws",
    "tornado",
]
