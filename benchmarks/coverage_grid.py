"""How often limits hold: coverage of the intervals of all indices on simulated surveys.

A cell is one kind of municipality: number of groups, their sizes, how common the outcome is, how
steep the gradient and how many respondents. Respondents of every group are drawn anew as many
times as there are replicates; an index computes limits for all replicates in one call, as a user
would have asked for them: values and standard errors in per cent from the sample alone. Held is a
replicate whose limits contain the index of the true group values.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from jevn.indices import INDICES, GroupedSettings

GROUPS = (3, 4, 5, 10)
SIZES = ("equal", "extreme")
PREVALENCES = (0.01, 0.1, 0.5)
GRADIENTS = {"flat": 1.0, "graded": 2.0, "steep": 6.0}
"""Odds at the bottom of the ladder over odds at the top."""
RESPONDENTS = (150, 500, 2_000, 10_000)
"""Of a whole municipality in a survey of public health: a very small, a small, a larger, a city."""
EXTREME = 20.0
"""The largest group, at the top, over the smallest, at the bottom."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Cell:
    """One kind of municipality.

    Attributes:
        groups: number of social groups.
        sizes: ``equal`` or ``extreme``.
        prevalence: share of cases in the middle of the ladder, on the scale of log odds.
        gradient: ``flat``, ``graded`` or ``steep``.
        respondents: in all groups together.
    """

    groups: int
    sizes: str
    prevalence: float
    gradient: str
    respondents: int

    @property
    def shares(self) -> Floats:
        """Share of each group in the population, from the bottom."""
        steepness = EXTREME if self.sizes == "extreme" else 1.0
        raw = steepness ** np.linspace(0, 1, self.groups)
        found: Floats = raw / raw.sum()
        return found

    @property
    def truth(self) -> Floats:
        """True share of cases in each group, from the bottom."""
        odds = self.prevalence / (1 - self.prevalence)
        step = np.log(GRADIENTS[self.gradient]) * np.linspace(0.5, -0.5, self.groups)
        found: Floats = 1 / (1 + 1 / (odds * np.exp(step)))
        return found

    @property
    def samples(self) -> NDArray[np.int64]:
        """Respondents in each group, from the bottom."""
        found: NDArray[np.int64] = np.maximum(np.rint(self.shares * self.respondents), 2).astype(
            np.int64
        )
        return found

    @property
    def fewest(self) -> float:
        """Expected cases, or non-cases, in the group with the fewest."""
        return float((self.samples * np.minimum(self.truth, 1 - self.truth)).min())

    def draws(self, replicates: int, seed: int) -> GroupedSettings:
        """Surveys of this municipality, one a row; the same for the same seed."""
        key = (
            self.groups,
            SIZES.index(self.sizes),
            round(1000 * self.prevalence),
            list(GRADIENTS).index(self.gradient),
            self.respondents,
        )
        rng = np.random.default_rng([seed, *key])
        cases = rng.binomial(self.samples, self.truth, (replicates, self.groups))
        return self.survey(cases / self.samples)

    def survey(self, shares_of_cases: Floats) -> GroupedSettings:
        """What a user has of such shares, shape ``(s, k)``: per cent with standard errors."""
        settings = len(shares_of_cases)
        samples = self.samples.astype(float)

        def rows(values: Floats) -> Floats:
            return np.broadcast_to(values, shares_of_cases.shape).copy()

        return GroupedSettings(
            values=100 * shares_of_cases,
            populations=rows(20_000 * self.shares),
            errors=100 * np.sqrt(shares_of_cases * (1 - shares_of_cases) / samples),
            orders=rows(np.arange(1.0, self.groups + 1)),
            samples=rows(samples),
            units=np.full(settings, 100.0),
            floors=np.zeros(settings),
            ceilings=np.full(settings, 100.0),
            polarities=np.full(settings, -1, dtype=np.int8),
            references=np.full(settings, self.groups - 1, dtype=np.int64),
        )


@dataclass(frozen=True)
class Coverage:
    """How often the limits of one index hold in one cell.

    Attributes:
        index: name of the index.
        cell: the kind of municipality.
        truth: index of the true group values.
        held: share of the replicates with limits whose limits contain the truth.
        limited: share of the replicates that have limits at all.
        width: mean width of the limits, on the scale of the index.
        below: share of the replicates with limits that lie wholly below the truth.
        replicates: number of replicates.
    """

    index: str
    cell: Cell
    truth: float
    held: float
    limited: float
    width: float
    below: float
    replicates: int

    @property
    def slack(self) -> float:
        """Three binomial standard errors of a coverage of 95 per cent."""
        return float(3 * np.sqrt(0.95 * 0.05 / max(self.replicates * self.limited, 1)))


def cells(
    groups: Sequence[int] = GROUPS,
    sizes: Sequence[str] = SIZES,
    prevalences: Sequence[float] = PREVALENCES,
    gradients: Iterable[str] = tuple(GRADIENTS),
    respondents: Sequence[int] = RESPONDENTS,
) -> list[Cell]:
    """All kinds of municipalities that can be made of these."""
    return [Cell(*chosen) for chosen in product(groups, sizes, prevalences, gradients, respondents)]


def coverage(
    cell: Cell,
    names: Iterable[str] | None = None,
    *,
    replicates: int = 2_000,
    level: float = 0.95,
    seed: int = 20,
) -> list[Coverage]:
    """Coverage of the limits of some indices (all, if none are named) in one cell.

    The truth is the index of the true group values, known without error. An index that never
    gives limits here, or has no true value that limits could hold (a relative index whose line
    falls below zero), is left out.
    """
    draws = cell.draws(replicates, seed)
    known = cell.survey(cell.truth[None, :])
    true = replace(known, errors=np.zeros_like(known.errors))
    found = []
    for name in INDICES if names is None else names:
        exact = INDICES[name](true)
        truth = float(exact.estimate[0])
        results = INDICES[name](draws, level=level)
        lower, upper = results.lower, results.upper
        limited = ~np.isnan(lower)
        if np.isnan(truth) or np.isnan(exact.lower[0]) or not limited.any():
            continue
        tiny = 1e-9 * max(1.0, abs(truth))
        held = (lower <= truth + tiny) & (truth - tiny <= upper)
        found.append(
            Coverage(
                index=name,
                cell=cell,
                truth=truth,
                held=float(held[limited].mean()),
                limited=float(limited.mean()),
                width=float((upper - lower)[limited].mean()),
                below=float((upper < truth - tiny)[limited].mean()),
                replicates=replicates,
            )
        )
    return found
