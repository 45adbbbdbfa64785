"""Running a scenario: the reference once, and the kernel (or the reference again) over draws."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Literal

import numpy as np

from jevn.impact.lifetable.arms import Arms, Levers
from jevn.impact.lifetable.model import Floats, LifeTableModel
from jevn.impact.lifetable.reference import run_reference
from jevn.impact.lifetable.results import LifeTableResult, result_of
from jevn.impact.lifetable.scenario import Multiplier, Scenario

Engine = Literal["auto", "compiled", "numpy"]
_WIDTH = 3.92
"""Width of a 95 % interval in standard deviations."""
_GAINS = ((4, 1.0), (5, 1.0), (2, -1.0))
"""Columns of the arms that totals are made of, with the sign of a gain."""


def run_lifetable(
    model: LifeTableModel,
    scenario: Scenario,
    *,
    draws: int = 0,
    seed: int = 0,
    engine: Engine = "auto",
) -> LifeTableResult:
    """Follow every cohort with and without the change.

    Factors given with limits are drawn from a log-normal distribution whose median is the
    value and whose standard deviation is (ln high - ln low) / 3.92, by scrambled Sobol points:
    one number per factor and draw, for all ages and strata (rank correlation 1).

    Args:
        model: population and rates.
        scenario: what is changed.
        draws: number of draws of uncertain factors; 0 for none.
        seed: seed of the draws.
        engine: ``compiled`` needs the extra ``fast``; ``auto`` takes it where it is.

    Raises:
        ValueError: negative ``draws``, or ``compiled`` where Numba is not installed.
    """
    if draws < 0:
        raise ValueError("draws must not be negative")
    arms = run_reference(model, Levers.of(model, scenario), scenario.steps, scenario.max_age)
    drawn = None
    if draws:
        levers = [Levers.of(model, scenario, d) for d in draw_factors(scenario, draws, seed)]
        drawn = _gains(model, scenario, arms, levers, engine)
    return result_of(model, scenario, arms, drawn, seed)


def draw_factors(scenario: Scenario, draws: int, seed: int) -> list[dict[str, float]]:
    """Values of the uncertain factors in each draw.

    Args:
        scenario: factors, some of them with limits.
        draws: number of draws.
        seed: seed of the scrambling; the same seed gives the same draws.
    """
    uncertain = [(name, m) for name, m in scenario.multipliers() if m.low is not None]
    if not uncertain:
        return [{} for _ in range(draws)]
    from scipy.stats import norm, qmc

    sampler = qmc.Sobol(len(uncertain), scramble=True, rng=seed)
    points = sampler.random_base2(max(draws - 1, 1).bit_length())[:draws]
    deviates = norm.ppf(np.clip(points, 1e-12, 1 - 1e-12))
    return [
        {name: _lognormal(m, float(z)) for (name, m), z in zip(uncertain, row, strict=True)}
        for row in deviates
    ]


def _lognormal(factor: Multiplier, deviate: float) -> float:
    assert factor.low is not None
    assert factor.high is not None
    spread = float(np.log(factor.high) - np.log(factor.low)) / _WIDTH
    return factor.value * float(np.exp(spread * deviate))


def _gains(
    model: LifeTableModel,
    scenario: Scenario,
    arms: Arms,
    levers: list[Levers],
    engine: Engine,
) -> Floats:
    """Gains by draw and stratum, (draws, strata, 3)."""
    there = find_spec("numba") is not None
    if engine == "compiled" and not there:
        raise ValueError("the compiled engine needs Numba (extra fast)")
    strata = model.strata
    of_group = np.array([strata.index(name) for name, _ in model.groups])
    before = np.zeros((len(model.groups), 3))
    for i, (column, _) in enumerate(_GAINS):
        np.add.at(before[:, i], model.cohort_group, arms.values[0, column].sum(axis=1))
    if there and engine != "numpy":
        from jevn.impact.lifetable.kernel import run_draws

        after = run_draws(model, levers, arms, scenario.max_age).sum(axis=2)
    else:
        after = np.zeros((len(levers), len(model.groups), 3))
        for w, lever in enumerate(levers):
            values = run_reference(model, lever, scenario.steps, scenario.max_age).values[1]
            for i, (column, _) in enumerate(_GAINS):
                np.add.at(after[w, :, i], model.cohort_group, values[column].sum(axis=1))
    gain = (after - before) * np.array([sign for _, sign in _GAINS])
    by_stratum = np.zeros((len(levers), len(strata), 3))
    for g, s in enumerate(of_group):
        by_stratum[:, s] += gain[:, g]
    return by_stratum
