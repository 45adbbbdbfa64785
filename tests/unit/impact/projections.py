"""Small made-up models for the tests of the projection."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from jevn.impact.projection.arrays import AGES, Chain, Draws


def small(
    *, strata: int = 6, years: int = 12, draws: int = 2, seed: int = 1
) -> tuple[Chain, Draws]:
    """A chain with a set-for-life determinant, lagged arrows, and an arrow of each kind."""
    rng = np.random.default_rng(seed)
    kinds, actions = 6, 5
    age = np.arange(AGES)
    mortality = np.minimum(0.6, 1e-4 * np.exp(0.09 * age))[None, None, :] * (
        1 + 0.5 * rng.random((1, strata, 1))
    )
    mortality = np.tile(mortality, (years, 1, 1))
    transition = np.zeros((strata, strata))
    for g in range(strata):
        block = slice(g // 3 * 3, g // 3 * 3 + 3)
        weight = rng.random(3)
        transition[g, block] = weight / weight.sum()
    population = np.zeros((years, strata, AGES))
    population[0] = 100 * rng.random((strata, AGES))
    for t in range(years - 1):
        ends = population[t] * np.exp(-mortality[t])
        older = np.zeros_like(ends)
        older[:, 1:] = ends[:, :-1]
        older[:, -1] += ends[:, -1]
        older[:, 25] = ends[:, 24] @ transition
        older[:, 0] = 50.0
        population[t + 1] = older
    parent = np.array([0, 1, 1, 2, 3, 4, 5])
    child = np.array([1, 2, kinds, 3, kinds, kinds, kinds])
    arrows = len(parent)
    chain = Chain(
        population=population,
        mortality=mortality,
        disability=np.full((strata, AGES), 0.08),
        transition=transition,
        transition_age=25,
        start=0.05 + 0.3 * rng.random((kinds, strata)),
        ages=np.array([[6, 100], [21, 100], [18, 100], [18, 70], [18, 100], [0, 100]]),
        counted=np.array([[6, 15], [21, 100], [25, 66], [18, 66], [18, 100], [0, 100]]),
        set_at=np.array([-1, 21, -1, -1, -1, -1]),
        parent=parent,
        child=child,
        ratio=np.array([True, False, True, True, True, True, True]),
        arrow_ages=np.tile([18, 100], (arrows, 1)),
        lagged=np.array([False, False, True, False, True, False, False]),
        target=np.array([0, 2, 2, 4, 5]),
        intake=np.array([[6, 9], [25, 61], [18, 90], [18, 24], [0, 60]]),
        begins=np.array([0, 2, 2, 3, 0]),
        room=np.ones((actions, years)),
        education=np.arange(strata) % 3,
        groups=3,
    )

    def between(low: float, high: float, *shape: int) -> np.ndarray:
        return low + (high - low) * rng.random(shape)

    values = between(1.1, 2.0, draws, arrows)
    values[:, 1] = 0.15
    return chain, Draws(
        share=between(-0.001, 0.01, draws, actions, strata),
        young=between(0.0, 0.01, draws, actions, strata),
        most=between(0.02, 0.05, draws, actions, strata),
        build_up=between(0.0, 1.0, draws, actions),
        hold=between(0.0, 3.0, draws, actions),
        fade=between(1.0, 5.0, draws, actions),
        value=values,
        causal=between(0.2, 0.6, draws, arrows),
        lag=between(4.0, 12.0, draws, arrows),
        weight=between(0.0, 0.1, draws, kinds),
    )


def one_cell(
    *,
    years: int = 5,
    share: float = 0.1,
    ratio: float = 2.0,
    causal: float = 1.0,
    start: float = 0.4,
) -> tuple[Chain, Draws]:
    """One stratum, one determinant that works on mortality at once, one action for all ages."""
    mortality = np.full((years, 1, AGES), 0.02)
    population = np.zeros((years, 1, AGES))
    population[0] = 100.0
    for t in range(years - 1):
        ends = population[t] * np.exp(-mortality[t])
        population[t + 1, :, 1:] = ends[:, :-1]
        population[t + 1, :, -1] += ends[:, -1]
        population[t + 1, :, 0] = 100.0
    chain = Chain(
        population=population,
        mortality=mortality,
        disability=np.full((1, AGES), 0.1),
        transition=np.eye(1),
        transition_age=25,
        start=np.array([[start]]),
        ages=np.array([[0, 100]]),
        counted=np.array([[0, 100]]),
        set_at=np.array([-1]),
        parent=np.array([0]),
        child=np.array([1]),
        ratio=np.array([True]),
        arrow_ages=np.array([[0, 100]]),
        lagged=np.array([False]),
        target=np.array([0]),
        intake=np.array([[0, 100]]),
        begins=np.array([0]),
        room=np.ones((1, years)),
        education=np.array([0]),
        groups=1,
    )
    one = np.ones((1, 1, 1))
    return chain, Draws(
        share=one * share,
        young=one * share,
        most=one * share,
        build_up=np.zeros((1, 1)),
        hold=np.full((1, 1), 1e6),
        fade=np.ones((1, 1)),
        value=np.full((1, 1), ratio),
        causal=np.full((1, 1), causal),
        lag=np.zeros((1, 1)),
        weight=np.zeros((1, 1)),
    )


def scaled(draws: Draws, factor: float) -> Draws:
    """The same draws with everything the actions do times a factor."""
    return replace(
        draws, share=draws.share * factor, young=draws.young * factor, most=draws.most * factor
    )
