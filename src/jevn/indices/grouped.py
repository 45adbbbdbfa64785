"""Grouped data: the values of a set of social groups, as all indices take them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from jevn.indices.ridits import Floats
from jevn.terms import Polarity, Scale

_PARTS: Final = ("estimates", "populations", "standard_errors", "orders", "samples")


@dataclass(frozen=True, slots=True)
class GroupedData:
    """Values of social groups with all that an index must know of them; nothing is guessed.

    Attributes:
        estimates: value of each group on ``scale``; ``None`` where it is missing or hidden.
        populations: persons in each group; ``None``: groups weigh the same.
        standard_errors: standard error of each value; ``None`` where unknown.
        orders: social position of each group, 1 lowest; equal positions are ties.
            ``None``: the groups have no order.
        scale: how values are expressed.
        polarity: whether a high value is good or bad.
        reference: position (from 0) of the reference group, if there is one.
        samples: persons behind each value (respondents); ``None`` where unknown.
        bounds: least and greatest possible value; ``None``: those of ``scale``.
    """

    estimates: tuple[float | None, ...]
    populations: tuple[float, ...] | None = None
    standard_errors: tuple[float | None, ...] | None = None
    orders: tuple[float, ...] | None = None
    scale: Scale | None = None
    polarity: Polarity | None = None
    reference: int | None = None
    samples: tuple[float | None, ...] | None = None
    bounds: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        """Check that the parts fit together.

        Raises:
            ValueError: if there is no group, lengths differ, a population or standard error is
                negative or not finite, or a value lies outside the bounds.
        """
        for name in _PARTS:
            part: Sequence[float | None] | None = getattr(self, name)
            if part is None:
                continue
            if len(part) != len(self.estimates):
                raise ValueError(f"{name}: {len(part)} values for {len(self.estimates)} groups")
            if not all(v is None or np.isfinite(v) for v in part):
                raise ValueError(f"{name}: not finite")
        if not self.estimates:
            raise ValueError("no groups")
        if any(p < 0 for p in self.populations or ()):
            raise ValueError("populations: negative")
        if any(s is not None and s < 0 for s in self.standard_errors or ()):
            raise ValueError("standard_errors: negative")
        if self.reference is not None and not 0 <= self.reference < len(self.estimates):
            raise ValueError(f"reference: no group {self.reference}")
        low, high = self.limits
        for value in self.estimates:
            if value is not None and not (low is None or value >= low):
                raise ValueError(f"estimates: {value} is below {low}")
            if value is not None and not (high is None or value <= high):
                raise ValueError(f"estimates: {value} is above {high}")

    @property
    def limits(self) -> tuple[float | None, float | None]:
        """Least and greatest possible value: those given, else those of the scale."""
        if self.bounds is not None:
            return self.bounds
        return (
            (None, None) if self.scale is None else (self.scale.info.lower, self.scale.info.upper)
        )

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which groups have a value and a weight."""
        value = np.array([e is not None for e in self.estimates])
        return value & (self.weights > 0)

    @property
    def values(self) -> Floats:
        """Values of all groups; not-a-number where unknown."""
        return np.array([np.nan if e is None else e for e in self.estimates], dtype=float)

    @property
    def weights(self) -> Floats:
        """Weights of all groups: persons, or one for each where persons are unknown."""
        if self.populations is None or sum(self.populations) <= 0:
            return np.ones(len(self.estimates))
        return np.array(self.populations, dtype=float)

    @property
    def weighting(self) -> str:
        """``population`` or ``equal``."""
        return "equal" if self.populations is None or sum(self.populations) <= 0 else "population"

    @property
    def errors(self) -> Floats | None:
        """Standard errors of the known groups; ``None`` unless each of them has one."""
        if self.standard_errors is None:
            return None
        found = [s for s, k in zip(self.standard_errors, self.known, strict=True) if k]
        if any(s is None for s in found):
            return None
        return np.array(found, dtype=float)
