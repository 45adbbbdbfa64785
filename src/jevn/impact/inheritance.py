"""What a raised generation passes on: schooling from parents to children, with its doubt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jevn.impact.baseline import facts
from jevn.impact.uncertainty import Drawn, Parameter, drawn, sobol_draws

Floats = npt.NDArray[np.float64]

KAPPA = 0.2
"""Mean share of the gradient between generations that is cause: small by Norwegian evidence (a
school reform as instrument found little effect of parents' schooling on their children's; family
income matters mostly at the bottom)."""
CONCENTRATION = 4.0
"""How well it is known: as from so many observations."""


@dataclass(frozen=True, slots=True)
class GenerationGain:
    """Extra persons of one generation who complete, because an earlier one did.

    Attributes:
        generation: 1 for the children of those raised, 2 for their children.
        extra: with the causal share drawn.
        none: the sensitivity line with nothing causal (always 0).
        all: the line with the whole gradient causal.
    """

    generation: int
    extra: Drawn
    none: float
    all: float


@dataclass(frozen=True, slots=True)
class Inherited:
    """What is passed on to later generations.

    Attributes:
        completers: extra persons who complete themselves.
        gradient: difference in completion between children of parents with and without, 0-1.
        children: children per person.
        kappa: mean causal share.
        generations: the first is the children of those raised.
    """

    completers: Drawn
    gradient: float
    children: float
    kappa: float
    generations: tuple[GenerationGain, ...]


def passed_on(
    completers: Floats,
    *,
    seed: int,
    kappa: float = KAPPA,
    children: float = facts.FERTILITY / 2,
    gradient: float = facts.COMPLETION[1] - facts.COMPLETION[0],
    generations: int = 2,
) -> Inherited:
    """Extra completers of the next generations.

    extra_n = extra_(n-1) · children per person · gradient between generations · causal share. A
    child counts half for each parent, so ``children`` is half the fertility of women. The causal
    share is drawn from a beta distribution; the lines for 0 and 1 are always given, since so
    little is known.

    Args:
        completers: extra persons who complete in the generation that actions reach, (draws,).
        seed: seed of the draws of the causal share.
        kappa: its mean.
        children: children per person.
        gradient: difference in completion between children of parents with and without upper
            secondary, 0-1 (SSB, cohort of 1996: 51.2 against 33.4 per cent).
        generations: how many.

    Raises:
        ValueError: a share outside 0-1, or a negative number of children or generations.
    """
    if not 0 <= kappa <= 1 or not 0 <= gradient <= 1:
        raise ValueError("kappa and gradient are shares between 0 and 1")
    if children < 0 or generations < 0:
        raise ValueError("children and generations cannot be negative")
    extra = np.asarray(completers, dtype=np.float64)
    parameter = Parameter("kappa_generations", "beta", kappa, concentration=CONCENTRATION)
    share = sobol_draws([parameter], len(extra), seed)[:, 0]
    first = drawn(extra)
    found = []
    line = first.mean
    for generation in range(1, generations + 1):
        extra = extra * children * gradient * share
        line *= children * gradient
        found.append(GenerationGain(generation, drawn(extra), 0.0, line))
    return Inherited(first, gradient, children, kappa, tuple(found))
