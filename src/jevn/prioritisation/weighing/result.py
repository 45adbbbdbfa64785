"""What weighing gives: how options stand, and how firmly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Standing = Literal["always", "sometimes", "never"]


@dataclass(frozen=True, slots=True)
class OptionStanding:
    """How an option stands.

    Attributes:
        id: its id.
        title: what it is called.
        value: weighted value 0-1 with the weights to begin with and the likeliest amounts.
        place: its place by that, from 1; equal values share the best place.
        parts: what each criterion adds to the value, in the order of the criteria.
        mean_value: mean of its value over the draws.
        acceptability: share of the draws that give it each place, first place first; they sum
            to 1. Options that tie share their places.
        standing: whether it is first in all, some or none of the draws.
        central_weights: mean of the weights that put it first; ``None`` if none do.
        confidence: share of draws of the amounts that put it first with its central weights;
            ``None`` if it is never first.
        regret: value lost on average by taking it instead of the best of each draw.
        most_regret: the most that is lost in any draw.
    """

    id: str
    title: str
    value: float
    place: int
    parts: tuple[float, ...]
    mean_value: float
    acceptability: tuple[float, ...]
    standing: Standing
    central_weights: tuple[float, ...] | None
    confidence: float | None
    regret: float
    most_regret: float


@dataclass(frozen=True, slots=True)
class SteadyWeight:
    """How far the weight of a criterion can go before another option is best.

    Attributes:
        criterion: its id.
        title: what it is called.
        worst: worst amount of its range.
        best: best amount of its range.
        unit: what amounts are counted in.
        weight: its weight to begin with.
        low: least weight with which the best option stays best, the others keeping their
            proportions.
        high: greatest such weight.
    """

    criterion: str
    title: str
    worst: float
    best: float
    unit: str
    weight: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Weighing:
    """Options weighed by criteria.

    Attributes:
        title: what the choice is about.
        options: how each stands, best first; equal ones in the order of the choice.
        criteria: the criteria with their weights, and how far these can go.
        winning: share of the draws in which the option of the row is above that of the column,
            half of the ties counted; rows and columns in the order of ``options``; 0.5 on the
            diagonal.
        perfect_information: value gained on average if weights and amounts were known before
            the choice, against the option that is best on average; never below 0.
        draws: how many.
        seed: what they were drawn from.
    """

    title: str
    options: tuple[OptionStanding, ...]
    criteria: tuple[SteadyWeight, ...]
    winning: tuple[tuple[float, ...], ...]
    perfect_information: float
    draws: int
    seed: int
