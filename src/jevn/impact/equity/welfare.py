"""Social welfare: how much of a gain in healthy life is worth to those averse to inequality."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from jevn.impact.uncertainty import Drawn, drawn
from jevn.indices import PUBLIC_AVERSION

Floats = npt.NDArray[np.float64]
Form = Literal["atkinson", "kolm"]

AVERSION: tuple[tuple[Form, float], ...] = (
    ("atkinson", 0.0),
    ("atkinson", PUBLIC_AVERSION["norway"].atkinson),
    ("atkinson", PUBLIC_AVERSION["england"].atkinson),
    ("kolm", PUBLIC_AVERSION["norway"].kolm),
    ("kolm", PUBLIC_AVERSION["england"].kolm),
)
"""No aversion, and the medians of the Norwegian and the English public."""


@dataclass(frozen=True, slots=True)
class WelfareChange:
    """Change in the equally distributed equivalent (EDE) of a quantity of which more is better.

    Attributes:
        form: Atkinson (relative) or Kolm (absolute) aversion.
        aversion: epsilon or alpha; 0: only the mean counts.
        before: EDE before (mean of the draws).
        change: EDE after less before; the sum of the next two.
        mean: change in the mean.
        inequality: change in what inequality costs (above 0: it costs less).
    """

    form: Form
    aversion: float
    before: float
    change: Drawn
    mean: Drawn
    inequality: Drawn


def equivalent(persons: Floats, values: Floats, form: Form, aversion: float) -> Floats:
    """The level that, given to all alike, would be as good as what there is.

    Atkinson: (Σ p_i h_i^(1-ε))^(1/(1-ε)), at ε = 1 the geometric mean; Kolm:
    -(1/α) ln Σ p_i exp(-α h_i); at 0 both are the mean (Asaria, Griffin & Cookson 2016, Med
    Decis Making 36:8-19).

    Args:
        persons: (groups,).
        values: (..., groups), above 0 for Atkinson.
        form: Atkinson or Kolm.
        aversion: degree, 0 or more.

    Raises:
        ValueError: negative aversion, or values of 0 or less with Atkinson aversion.
    """
    share = persons / persons.sum()
    if aversion < 0:
        raise ValueError("aversion cannot be negative")
    if aversion == 0:
        return np.asarray(values @ share)
    if form == "kolm":
        least = values.min(axis=-1, keepdims=True)
        return np.asarray(
            least[..., 0] - np.log(np.exp(-aversion * (values - least)) @ share) / aversion
        )
    if (values[..., persons > 0] <= 0).any():
        raise ValueError("values must be above 0 for relative aversion")
    scale = values.max(axis=-1, keepdims=True)
    part = np.where(persons > 0, values / scale, 1.0)
    if abs(aversion - 1) < 1e-12:
        return np.asarray(scale[..., 0] * np.exp(np.log(part) @ share))
    power = 1 - aversion
    return np.asarray(scale[..., 0] * (part**power @ share) ** (1 / power))


def welfare(
    persons: Floats,
    before: Floats,
    after: Floats,
    *,
    aversion: tuple[tuple[Form, float], ...] = AVERSION,
) -> tuple[WelfareChange, ...]:
    """Change in welfare over a range of aversion, parted into mean and inequality exactly.

    Args:
        persons: (groups,).
        before: (groups,) or (draws, groups), e.g. healthy life expectancy.
        after: (draws, groups).
        aversion: forms and degrees.

    Raises:
        ValueError: as :func:`equivalent`.
    """
    persons = np.asarray(persons, dtype=np.float64)
    after = np.asarray(after, dtype=np.float64)
    first = np.broadcast_to(np.asarray(before, dtype=np.float64), after.shape)
    share = persons / persons.sum()
    mean = (after - first) @ share
    found = []
    for form, degree in aversion:
        start = equivalent(persons, first, form, degree)
        change = equivalent(persons, after, form, degree) - start
        found.append(
            WelfareChange(
                form,
                degree,
                float(start.mean()),
                drawn(change),
                drawn(mean),
                drawn(change - mean),
            )
        )
    return tuple(found)
