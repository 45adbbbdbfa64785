"""A choice between options, seen by several criteria."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ValueScale:
    """A criterion with its worst-to-best range and what lies between is worth.

    Attributes:
        id: id, unique in the choice.
        title: what it is called.
        points: (amount, value) from the worst amount, value 0, to the best, value 1; amounts
            rise or fall all the way, values do not fall. Between them the value is a straight
            line.
        unit: what amounts are counted in.
    """

    id: str
    title: str
    points: tuple[tuple[float, float], ...]
    unit: str = ""

    def __post_init__(self) -> None:
        amounts = [a for a, _ in self.points]
        values = [v for _, v in self.points]
        steps = [b - a for a, b in pairwise(amounts)]
        even = all(s > 0 for s in steps) or all(s < 0 for s in steps)
        rising = all(b >= a for a, b in pairwise(values))
        if len(amounts) < 2 or not even or not rising or values[0] != 0 or values[-1] != 1:
            raise ValueError("points go from the worst amount, value 0, to the best, value 1")

    @property
    def worst(self) -> float:
        """The worst amount."""
        return self.points[0][0]

    @property
    def best(self) -> float:
        """The best amount."""
        return self.points[-1][0]

    def value(self, amounts: Any) -> Floats:
        """Value 0-1 of amounts; beyond the range the value of its end.

        >>> ValueScale("a", "A", ((200.0, 0.0), (100.0, 0.8), (0.0, 1.0))).value([150, 50]).tolist()
        [0.4, 0.9]
        """
        table = sorted(self.points)
        found: Floats = np.interp(
            np.asarray(amounts, dtype=float), [a for a, _ in table], [v for _, v in table]
        )
        return found


@dataclass(frozen=True, slots=True)
class Amount:
    """What an option reaches on a criterion: the likeliest amount, and how far it may be off.

    Attributes:
        likely: the likeliest amount.
        low: least amount that is possible.
        high: greatest amount that is possible.
    """

    likely: float
    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.likely <= self.high:
            raise ValueError("low <= likely <= high")

    @classmethod
    def sure(cls, amount: float) -> Amount:
        """An amount without uncertainty."""
        return cls(amount, amount, amount)


@dataclass(frozen=True, slots=True)
class Option:
    """One of the options.

    Attributes:
        id: id, unique in the choice.
        title: what it is called.
        amounts: one per criterion, in the order of the criteria.
    """

    id: str
    title: str
    amounts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class WeightRules:
    """What is known about the weights of the criteria.

    Attributes:
        order: tiers of criteria ids, most important first; no order is said within a tier, and
            empty if none is said at all. Names every criterion once if it names any.
        swing: points of a led workshop, by criterion: how much a swing from worst to best is
            worth against the others. They give the weights; their order bounds the draws.
        limits: least and greatest weight, by criterion.
    """

    order: tuple[tuple[str, ...], ...] = ()
    swing: tuple[tuple[str, float], ...] = ()
    limits: tuple[tuple[str, tuple[float, float]], ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Options seen by criteria, and what is known about the weights.

    Attributes:
        title: what the choice is about.
        criteria: at least one.
        options: at least one, each with an amount per criterion.
        rules: what is known about the weights.
    """

    title: str
    criteria: tuple[ValueScale, ...]
    options: tuple[Option, ...]
    rules: WeightRules = WeightRules()

    def __post_init__(self) -> None:
        known = {c.id for c in self.criteria}
        named = [c for tier in self.rules.order for c in tier]
        told = [c for c, _ in (*self.rules.swing, *self.rules.limits)]
        if len(known) != len(self.criteria) or not known or not self.options:
            raise ValueError("a choice needs criteria with ids of their own, and options")
        if len({o.id for o in self.options}) != len(self.options):
            raise ValueError("options need ids of their own")
        if any(len(o.amounts) != len(known) for o in self.options):
            raise ValueError("every option needs an amount per criterion")
        if not set(named) | set(told) <= known:
            raise ValueError("weights are told for a criterion that is not there")
        if named and sorted(named) != sorted(known):
            raise ValueError("an order names every criterion once")

    def likely_values(self) -> Floats:
        """``(options, criteria)`` values 0-1 of the likeliest amounts."""
        amounts = np.array([[a.likely for a in o.amounts] for o in self.options])
        return valued(self.criteria, amounts)


def valued(criteria: Sequence[ValueScale], amounts: Floats) -> Floats:
    """Values of amounts whose last axis is the criteria."""
    return np.stack([c.value(amounts[..., i]) for i, c in enumerate(criteria)], axis=-1)
