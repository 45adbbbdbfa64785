"""The model as arrays: what is fixed, what is drawn, and what comes out.

Letters of the shapes: W draws, G strata, A ages 0-100, T years, K determinants, R arrows, J actions
(computed changes), E education groups, B age bands, O outcomes. Shares of people are always the
*adverse* share (in the state that is better avoided), whichever way the indicator counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

AGES = 101
BASIC = ("healthy_years", "life_years", "deaths_averted", "premature_deaths_averted")
"""Outcomes that every model has; after them the person-years out of each adverse state."""
PREMATURE = (30, 74)
"""Ages at death that count as premature, both included."""
AGE_BANDS: tuple[tuple[int, int], ...] = ((0, 17), (18, 29), (30, 49), (50, 66), (67, 100))
"""First and last age of the bands results are shown by; the last is open."""


def band_of_age() -> Ints:
    """The band of every single year of age, (A,)."""
    found = np.zeros(AGES, dtype=np.int64)
    for i, (first, last) in enumerate(AGE_BANDS):
        found[first : last + 1] = i
    return found


@dataclass(frozen=True, slots=True)
class Chain:
    """Everything that is the same in every draw.

    Attributes:
        population: persons on 1 January without any change, (T, G, A).
        mortality: deaths per person-year without any change, (T, G, A).
        disability: years lived with disability per person-year, (G, A).
        transition: where the strata's people go when they turn ``transition_age``, (G, G).
        transition_age: age at which young people get an education group of their own.
        start: adverse share of each determinant, (K, G).
        ages: first and last age at which a determinant exists, (K, 2).
        counted: first and last age at which person-years of it are counted, (K, 2).
        set_at: age at which it is settled for life; -1: it can change at any age, (K,).
        parent: determinant that an arrow goes from, (R,). Arrows stand in the order of their
            parents, and determinants in topological order.
        child: determinant that it goes to; K = mortality, (R,).
        ratio: whether the arrow is a ratio of risks (else a difference), (R,).
        arrow_ages: first and last age at which it works, (R, 2).
        lagged: whether it works with delay, (R,).
        target: determinant of each action, (J,); actions stand in the order of their targets.
        intake: first and last age of those eligible, (J, 2).
        begins: year (step) in which the action begins, (J,).
        room: people that a place meets compared with the first year, (J, T).
        education: education group of each stratum, (G,).
        groups: number of education groups (E).
    """

    population: Floats
    mortality: Floats
    disability: Floats
    transition: Floats
    transition_age: int
    start: Floats
    ages: Ints
    counted: Ints
    set_at: Ints
    parent: Ints
    child: Ints
    ratio: npt.NDArray[np.bool_]
    arrow_ages: Ints
    lagged: npt.NDArray[np.bool_]
    target: Ints
    intake: Ints
    begins: Ints
    room: Floats
    education: Ints
    groups: int

    @property
    def outcomes(self) -> int:
        """Number of outcomes: the basic ones and one per determinant."""
        return len(BASIC) + len(self.ages)


@dataclass(frozen=True, slots=True)
class Draws:
    """What differs between draws.

    Attributes:
        share: share of a stratum's eligible that an action helps in a year, (W, J, G);
            negative where effort is taken away.
        young: the same for people who were reached before ``transition_age`` and have moved
            to another stratum since, (W, J, G).
        most: the share helped if all eligible were reached, (W, J, G).
        build_up: years until an effect is built up, as a time constant (0: at once), (W, J).
        hold: years before it begins to fade, (W, J).
        fade: time constant of fading, (W, J).
        value: ratio or difference of each arrow, (W, R).
        causal: share of it taken as causal, 0-1, (W, R).
        lag: mean delay in years, (W, R).
        weight: disability weight of each determinant, 0-1, (W, K).
    """

    share: Floats
    young: Floats
    most: Floats
    build_up: Floats
    hold: Floats
    fade: Floats
    value: Floats
    causal: Floats
    lag: Floats
    weight: Floats

    @property
    def draws(self) -> int:
        """Number of draws (W)."""
        return int(self.share.shape[0])

    def part(self, first: int, last: int) -> Draws:
        """Draws ``first`` up to, not including, ``last``."""
        names = Draws.__slots__
        return Draws(**{n: np.ascontiguousarray(getattr(self, n)[first:last]) for n in names})

    def only(self, actions: Ints) -> Draws:
        """The same draws for some of the actions."""
        by_action = {"share", "young", "most", "build_up", "hold", "fade"}
        return Draws(
            **{
                n: np.ascontiguousarray(getattr(self, n)[:, actions])
                if n in by_action
                else getattr(self, n)
                for n in Draws.__slots__
            }
        )


@dataclass(frozen=True, slots=True)
class Gains:
    """What an alternative gives beyond carrying on as today; losses are negative.

    Attributes:
        by_group: over all years, (W, G, O).
        by_year: (W, E, T, O).
        by_age: over all years by age in the year, (W, B, O).
    """

    by_group: Floats
    by_year: Floats
    by_age: Floats


def no_gains(chain: Chain, draws: int) -> Gains:
    """Nothing gained by anyone in any draw."""
    steps, strata, _ = chain.population.shape
    return Gains(
        np.zeros((draws, strata, chain.outcomes)),
        np.zeros((draws, chain.groups, steps, chain.outcomes)),
        np.zeros((draws, len(AGE_BANDS), chain.outcomes)),
    )


def fading(build_up: float, hold: float, fade: float, years: int) -> Floats:
    """How much of an effect is there ``0 … years - 1`` years after a person was reached.

    K(u) = (1 - exp(-u / build_up)) exp(-max(0, u - hold) / fade); a build-up of 0 is there at
    once, a fade of infinity never fades (impact model, section 1.4).

    >>> fading(0.0, 1.0, 2.0, 3).round(4).tolist()
    [1.0, 1.0, 0.6065]
    """
    u = np.arange(years, dtype=np.float64)
    built = np.ones(years) if build_up <= 0 else 1 - np.exp(-u / build_up)
    late = np.maximum(0.0, u - hold)
    if fade <= 0:
        return np.asarray(built * (late == 0))
    return np.asarray(built * np.exp(-late / fade))


def delay_rate(lag: float) -> float:
    """Share of the way to go that each of two stages takes in a year, for a mean delay.

    A fall in exposure works through two stages in a row of lag / 2 years each, so that what is
    left of the excess risk u years after quitting is about (1 + 2u / lag) exp(-2u / lag): little
    happens at once, and most of it within 2 · lag.
    """
    return 1.0 if lag <= 0 else float(1 - np.exp(-2.0 / lag))
