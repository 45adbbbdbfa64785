"""Mortality by education and income: gradients that come out as the published gaps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.optimize import brentq, least_squares

from jevn.impact.baseline import facts
from jevn.impact.baseline.model import AGES, Floats, Strata
from jevn.impact.baseline.schedule import Schedule, years_left
from jevn.impact.population import GROUPS

OWN_FROM = 25
"""Age from which people have an education of their own; younger have their parents'."""
_TURN = (30.0, 100.0)
_AGE = np.arange(AGES, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Gradients:
    """Log ratio of mortality between groups, by sex and age; only differences matter.

    Attributes:
        education: (sexes, education groups, ages).
        income: per unit of income rank (0-1, bottom to top), (sexes, ages).
    """

    education: Floats
    income: Floats


def split_rate(total: Floats, persons: Floats, ratio: Floats) -> Floats:
    """A total rate parted among groups by their ratios, so that the cases add up.

    rate_g = total · ratio_g · Σ persons / Σ persons_g ratio_g. Where there are no persons every
    group gets the total rate times its ratio.

    Args:
        total: rate of everyone, (...,).
        persons: (groups, ...).
        ratio: (groups, ...), 0 or more.

    Returns:
        (groups, ...), with Σ persons · rate = total · Σ persons.
    """
    everyone = persons.sum(axis=0)
    weighted = (persons * ratio).sum(axis=0)
    scale = np.divide(everyone, weighted, out=np.ones_like(everyone), where=weighted > 0)
    return np.asarray(total * ratio * scale)


def split_deaths(total: Floats, persons: Floats, ratio: Floats) -> Floats:
    """Death rates of strata whose *deaths* sum to those that the total rate gives.

    A rate is turned into deaths by N (1 - exp(-m)), so parting the rate alone would leave the
    deaths a little off; the share that dies is parted instead, and turned back into a rate.

    Args:
        total: deaths per person-year of everyone, (ages,).
        persons: (strata, ages).
        ratio: of mortality, (strata, ages).
    """
    dying = 1 - np.exp(-total)
    share = 1 - np.exp(-split_rate(total, persons, ratio))
    found = split_rate(dying, persons, share)
    # Where the share of a stratum would pass all of it, what is over is borne by the others.
    for _ in range(20):
        over = found > 0.999999
        if not over.any():
            break
        found = np.where(over, 0.999999, found)
        left = dying * persons.sum(axis=0) - (persons * np.where(over, found, 0)).sum(axis=0)
        rest = (persons * np.where(over, 0, found)).sum(axis=0)
        factor = np.divide(left, rest, out=np.ones_like(left), where=rest > 0)
        found = np.where(over, found, found * np.maximum(factor, 0))
    return np.asarray(-np.log1p(-np.minimum(found, 0.9999999)))


def _fading(at_start: float, at_end: float) -> Floats:
    """A straight line from 30 to 100 years, level before; 0 below the age of own education."""
    first, last = _TURN
    part = np.clip((_AGE - first) / (last - first), 0.0, 1.0)
    line = at_start + (at_end - at_start) * part
    return np.where(_AGE < OWN_FROM, 0.0, line)


def _expected_gap(mortality: Floats, slope: float, ranks: Floats) -> float:
    """Years at 40 between the last and the first rank of a log-linear gradient of income."""
    ratio = np.exp(-np.outer(ranks - 0.5, _fading(slope, 0.0)))
    left = years_left(split_deaths(mortality, np.ones((len(ranks), AGES)), ratio))
    return float(left[-1, 40] - left[0, 40])


@cache
def income_target(sex: str, curve: tuple[float, ...]) -> tuple[float, float]:
    """Fall in log mortality from bottom to top of income, and the years between fifths it gives.

    Args:
        sex: ``women`` or ``men``.
        curve: mortality of everyone of the sex, (ages,).

    Returns:
        The slope that gives the published gap at 40 between the highest and the lowest 1 %, and
        the gap at 40 between the highest and the lowest fifth on that line.
    """
    mortality = np.array(curve)
    percent = (np.arange(100) + 0.5) / 100

    def off(slope: float) -> float:
        return _expected_gap(mortality, slope, percent) - facts.INCOME_GAP[sex]

    slope = float(brentq(off, 0.0, 8.0))
    return slope, _expected_gap(mortality, slope, (np.arange(5) + 0.5) / 5)


def fitted_gradient(
    mortality: Floats,
    persons: Floats,
    targets: tuple[facts.Expectancy, ...],
    income: tuple[float, float],
) -> tuple[Floats, float]:
    """Ratios by education and income that together give the published gaps.

    People with little education more often have low income, so each gap holds part of the other:
    the numbers are found together, on the people there are.

    Args:
        mortality: of everyone of the sex, (ages,).
        persons: (education groups, income groups, ages); one income group where income is
            not known.
        targets: published life expectancy by education.
        income: a first guess of the slope, and the gap at 40 between the ends.

    Returns:
        Log ratios by education, (groups, ages), and the slope of log mortality by income rank.
    """
    groups, fifths, _ = persons.shape
    known = [t for t in targets if t.by_education is not None]
    ranks = (np.arange(fifths) + 0.5) / fifths - 0.5

    def lines(x: Floats) -> Floats:
        found = [_fading(x[2 * i], x[2 * i + 1]) for i in range(groups - 1)]
        return np.stack([*found, np.zeros(AGES)])

    def off(x: Floats) -> list[float]:
        slope = x[-1] if fifths > 1 else 0.0
        log_ratio = lines(x)[:, None] - ranks[None, :, None] * _fading(slope, 0.0)
        flat = persons.reshape(-1, AGES)
        rate = split_deaths(mortality, flat, np.exp(log_ratio).reshape(-1, AGES))
        dying = (persons * (1 - np.exp(-rate)).reshape(persons.shape)) / persons.sum()
        found = []
        left = _left(dying.sum(axis=1), persons.sum(axis=1) / persons.sum())
        for target in known:
            assert target.by_education is not None
            for i in range(groups - 1):
                gap = target.by_education[-1] - target.by_education[i]
                found.append(float(left[-1, target.age] - left[i, target.age]) - gap)
        if fifths > 1:
            left = _left(dying.sum(axis=0), persons.sum(axis=0) / persons.sum())
            found.append(float(left[-1, 40] - left[0, 40]) - income[1])
        return found

    start = [*([0.8, 0.1] * (groups - 1)), *([income[0]] if fifths > 1 else [])]
    fit = least_squares(off, start, xtol=1e-12, ftol=1e-12)
    x = np.asarray(fit.x)
    return lines(x), float(x[-1]) if fifths > 1 else income[0]


def _left(deaths: Floats, persons: Floats) -> Floats:
    """Years left by group from deaths and persons, (groups, ages)."""
    return years_left(-np.log1p(-np.minimum(deaths / persons, 0.9999999)))


def default_gradients(strata: Strata, schedule: Schedule) -> Gradients:
    """Gradients for the municipality's own people, set to the Norwegian gaps.

    Education: gaps in life expectancy at 30 and 65 between the three levels, by sex (FHI
    2018-2024). Income: the gap of 13.8 (men) and 8.4 (women) years at 40 between the highest and
    the lowest 1 % (Kinge et al. 2019), read as the ends of a log-linear gradient.
    """
    sexes = schedule.sexes
    education = np.zeros((len(sexes), len(GROUPS), AGES))
    income = np.zeros((len(sexes), AGES))
    for i, sex in enumerate(sexes):
        target = income_target(sex, tuple(schedule.mortality[i].tolist()))
        slope = target[0]
        if "education" in strata.dimensions:
            persons = _joint(strata, sex)
            education[i], slope = fitted_gradient(
                schedule.mortality[i], persons, facts.EXPECTANCY[sex], target
            )
        income[i] = -_fading(slope, 0.0)
    return Gradients(education, income)


def _joint(strata: Strata, sex: str) -> Floats:
    """Persons by education, income and age of one sex (of all, where strata have no sex)."""
    dimensions = [d for d in ("sex", "education", "income") if d in strata.dimensions]
    coarse, _ = strata.aggregate(dimensions)
    here = np.ones(len(coarse.cells), dtype=bool)
    if "sex" in dimensions:
        here = np.array([s == sex for s in coarse.label("sex")])
    return coarse.persons[here].reshape(len(GROUPS), -1, AGES) + 1e-9


def ratios(strata: Strata, schedule: Schedule, gradients: Gradients) -> Floats:
    """Mortality of every stratum relative to others of its sex, (strata, ages)."""
    found = np.zeros((len(strata.cells), AGES))
    sex = _sex(strata, schedule)
    if "education" in strata.dimensions:
        number = [GROUPS.index(g) for g in strata.label("education")]
        found += gradients.education[sex, number]
    if "income" in strata.dimensions:
        labels = strata.label("income")
        order = list(dict.fromkeys(labels))
        order.sort()
        rank = {q: (i + 0.5) / len(order) - 0.5 for i, q in enumerate(order)}
        found += np.array([rank[q] for q in labels])[:, None] * gradients.income[sex]
    return np.exp(found)


def _sex(strata: Strata, schedule: Schedule) -> list[int]:
    if "sex" not in strata.dimensions:
        return [0] * len(strata.cells)
    return [schedule.sexes.index(s) for s in strata.label("sex")]
