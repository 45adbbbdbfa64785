"""Mortality and disability by sex and age: a curve set to published life expectancy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.optimize import brentq, least_squares

from jevn.impact.baseline import facts
from jevn.impact.baseline.model import AGES, Floats

SEXES = ("women", "men")
_AGE = np.arange(AGES, dtype=np.float64)
_INFANT = {"women": 0.0017, "men": 0.0020}
"""Deaths in the first year of life per person-year: an assumption, of little weight here."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Rates of the whole population by sex and age.

    Attributes:
        sexes: ``women``, ``men``.
        mortality: deaths per person-year in the first year, (sexes, ages).
        trend: yearly change of its logarithm, (sexes, ages).
        disability: years lived with disability per person-year, 0-1, (sexes, ages).
        source: where the rates are from.
    """

    sexes: tuple[str, ...]
    mortality: Floats
    trend: Floats
    disability: Floats
    source: str


def expectancy(mortality: Floats, age: int = 0) -> float:
    """Age at death expected at ``age``: constant death rates within each year of age.

    Args:
        mortality: deaths per person-year, (ages,); the last age is open.
        age: age at which it is expected.
    """
    return age + float(years_left(mortality)[age])


def years_left(mortality: Floats, weight: Floats | None = None) -> Floats:
    """Years left at every age, each year counting ``weight`` (1 - disability: healthy years).

    Args:
        mortality: deaths per person-year, (..., ages); the last age is open.
        weight: what a year counts, of the same shape; ``None``: 1.
    """
    rate = np.maximum(np.asarray(mortality, dtype=np.float64), 1e-12)
    alive = np.exp(-rate)
    lived = (1 - alive) / rate
    lived[..., -1] = 1 / rate[..., -1]
    if weight is not None:
        lived = lived * weight
    left = np.empty_like(rate)
    left[..., -1] = lived[..., -1]
    for a in range(AGES - 2, -1, -1):
        left[..., a] = lived[..., a] + alive[..., a] * left[..., a + 1]
    return left


def _curve(sex: str, constant: float, level: float, growth: float) -> Floats:
    """Infant term + constant + Gompertz: m(a) = I e^(-2a) + e^c + e^(l + g (a - 70))."""
    rate = np.exp(constant) + np.exp(level + growth * (_AGE - 70.0))
    rate += _INFANT[sex] * np.exp(-2.0 * _AGE)
    return np.asarray(np.minimum(rate, 2.0))


@cache
def _mortality() -> dict[str, Floats]:
    found = {}
    for sex in SEXES:
        targets = facts.EXPECTANCY[sex]

        def off(
            x: Floats, sex: str = sex, targets: tuple[facts.Expectancy, ...] = targets
        ) -> list[float]:
            curve = _curve(sex, *x)
            return [expectancy(curve, t.age) - t.everyone for t in targets]

        fit = least_squares(off, (np.log(2e-4), np.log(0.017), 0.105), xtol=1e-14, ftol=1e-14)
        found[sex] = _curve(sex, *fit.x)
    return found


def default_schedule(trend: float = -0.01) -> Schedule:
    """Norway 2018-2024: a Gompertz-Makeham curve with an infant term, set to published figures.

    Life expectancy at birth, at 30 and at 65 by sex come out as published (FHI, table 507).
    Disability grows exponentially with age, set to healthy life expectancy at birth and at 60
    (WHO), alike for both sexes.

    Args:
        trend: yearly change of the logarithm of mortality: an assumption, close to the fall
            of the last decades.
    """
    rates = _mortality()
    mortality = np.stack([rates[s] for s in SEXES])
    disability = _disability(mortality)
    return Schedule(
        SEXES,
        mortality,
        np.full(mortality.shape, trend),
        np.tile(disability, (len(SEXES), 1)),
        f"{facts.FHI}; {facts.WHO}",
    )


def _disability(mortality: Floats) -> Floats:
    """y(a) = y_0 exp(k a) (at most 0.9), set to healthy life expectancy at birth and at 60."""

    def healthy(start: float, growth: float) -> tuple[float, float]:
        y = np.minimum(start * np.exp(growth * _AGE), 0.9)
        left = years_left(mortality, np.tile(1 - y, (len(mortality), 1))).mean(axis=0)
        return float(left[0]), float(left[60])

    def start_of(growth: float) -> float:
        def off(start: float) -> float:
            return healthy(start, growth)[0] - facts.HEALTHY["birth"]

        return float(brentq(off, 1e-6, 0.5))

    def off(growth: float) -> float:
        return healthy(start_of(growth), growth)[1] - facts.HEALTHY["at_60"]

    growth = float(brentq(off, 0.0, 0.05))
    return np.minimum(start_of(growth) * np.exp(growth * _AGE), 0.9)


def open_age_shares(sex: str | None, first: int) -> Floats:
    """How persons of an open age band spread over its single years, as survivors do.

    Args:
        sex: ``women`` or ``men``; ``None``: their mean.
        first: first age of the band.

    Returns:
        Shares of ages ``first`` … 100, summing to 1.
    """
    rates = _mortality()
    parts = []
    for name in (sex,) if sex in rates else SEXES:
        rate = rates[str(name)]
        alive = np.exp(-np.concatenate([[0.0], np.cumsum(rate[first:-1])]))
        alive[-1] /= 1 - np.exp(-rate[-1])
        parts.append(alive / alive.sum())
    return np.asarray(np.mean(parts, axis=0))
