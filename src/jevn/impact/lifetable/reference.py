"""The equations of the life table, written as they stand: plain NumPy, all cohorts at once.

This is what the compiled kernel is held against, and what runs where it is not installed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jevn.impact.lifetable.arms import Arms, Levers, Timeline, timeline
from jevn.impact.lifetable.model import ChronicDisease, Floats, LifeTableModel

PER = 1000.0
"""A disease is followed in this many cohort members."""


@dataclass
class _Disease:
    """Healthy and diseased members of every cohort in one arm, now and a step before."""

    healthy: Floats
    diseased: Floats
    healthy_before: Floats
    diseased_before: Floats

    @classmethod
    def start(cls, prevalence: Floats) -> _Disease:
        diseased = PER * prevalence
        healthy = PER - diseased
        return cls(healthy, diseased, healthy, diseased)

    def step(self, incidence: Floats, remission: Floats, fatality: Floats, simple: bool) -> None:
        """One year."""
        s, c = self.healthy, self.diseased
        self.healthy_before, self.diseased_before = s, c
        after = _simple if simple else _full
        self.healthy, self.diseased = after(s, c, incidence, remission, fatality)

    def log_survival(self) -> Floats:
        """Logarithm of those alive after the step over those before it, as to the disease."""
        before = self.healthy_before + self.diseased_before
        after = self.healthy + self.diseased
        there = (before > 0) & (after > 0)
        left = np.divide(after, before, out=np.ones_like(after), where=there)
        return np.asarray(np.log(left))

    def prevalence(self) -> Floats:
        """Share that has the disease, over the step."""
        diseased = self.diseased_before + self.diseased
        everyone = diseased + self.healthy_before + self.healthy
        return np.divide(diseased, everyone, out=np.zeros_like(diseased), where=everyone > 0)

    def at_the_end(self) -> Floats:
        """Share of those left that has the disease at the end of the step."""
        everyone = self.healthy + self.diseased
        return np.divide(self.diseased, everyone, out=np.zeros_like(everyone), where=everyone > 0)

    def dead(self) -> Floats:
        """Members dead from it so far."""
        return PER - self.healthy - self.diseased


def _simple(s: Floats, c: Floats, i: Floats, r: Floats, f: Floats) -> tuple[Floats, Floats]:
    """No remission, and no fatality in the first year."""
    healthy = s * np.exp(-i)
    return healthy, c * np.exp(-f) + s - healthy


def _full(s: Floats, c: Floats, i: Floats, r: Floats, f: Floats) -> tuple[Floats, Floats]:
    """The exact solution of the three states over one year of constant rates."""
    whole = i + r + f
    q = np.sqrt(i * i + r * r + f * f + 2 * i * r + 2 * f * r - 2 * i * f)
    w, v = np.exp(-(whole + q) / 2), np.exp(-(whole - q) / 2)
    safe = np.where(q > 0, q, 1.0)
    healthy = (2 * (v - w) * (s * (f + r) + c * r) + s * (v * (q - whole) + w * (q + whole))) / (
        2 * safe
    )
    diseased = -((v - w) * (2 * ((f + r) * (s + c) - whole * s) - whole * c) - (v + w) * q * c) / (
        2 * safe
    )
    return np.where(q > 0, healthy, s), np.where(q > 0, diseased, c)


class _Bins:
    """Never exposed, exposed, and years since, of every cohort in one arm."""

    def __init__(self, shares: Floats) -> None:
        self.size = shares.copy()

    def step(self, survival: Floats, begin: Floats, end: Floats) -> None:
        """Deaths, a year more since, then those who begin and end."""
        bins = self.size * survival
        bins[:, -1] += bins[:, -2]
        bins[:, 3:-1] = bins[:, 2:-2].copy()
        starts, stops = begin * bins[:, 0], end * bins[:, 1]
        bins[:, 0] -= starts
        bins[:, 1] += starts - stops
        bins[:, 2] = stops
        self.size = bins

    def risk(self, relative: Floats) -> Floats:
        """Mean relative risk; 1 for an empty cohort."""
        everyone = self.size.sum(axis=1)
        risk = (self.size * relative).sum(axis=1)
        mean: Floats = np.divide(risk, everyone, out=np.ones_like(risk), where=everyone > 0)
        return mean


def run_reference(model: LifeTableModel, levers: Levers, steps: int, max_age: int) -> Arms:
    """Both arms of one scenario.

    Args:
        model: population and rates.
        levers: one factor for each thing that can be changed.
        steps: years followed.
        max_age: age after which a cohort is no longer followed.

    Returns:
        Arrays of (cohorts, steps).
    """
    when = timeline(model, steps, max_age)
    arms = Arms.empty(model, steps)
    chronic = [_pair(model, when, d) for d in model.chronic]
    bins = [
        (_Bins(x.shares[when.group, when.age[:, 0]]), _Bins(x.shares[when.group, when.age[:, 0]]))
        for x in model.exposures
    ]
    alive = [model.cohort_size.copy(), model.cohort_size.copy()]
    for t in range(steps):
        g, a = when.group, when.age[:, t]
        here = when.followed[:, t]
        m = model.mortality[g, a] * np.exp(model.mortality_trend[g, a] * t)
        fractions = _exposures(model, levers, when, bins, m, t, arms)
        m_int, y = m.copy(), model.disability[g, a]
        y_int = y.copy()
        for k, (disease, (bau, int_)) in enumerate(zip(model.chronic, chronic, strict=True)):
            i, r, f = (x[g, a] for x in (disease.incidence, disease.remission, disease.fatality))
            changed = i * levers.incidence[k] * fractions[k]
            if t:
                bau.step(i, r, f, levers.simplified[k])
                int_.step(changed, r, f, levers.simplified[k])
            arms.log_survival[k, :, t] = bau.log_survival()
            m_int += arms.log_survival[k, :, t] - int_.log_survival()
            arms.share[k, :, t] = bau.prevalence()
            y_int += disease.disability[g, a] * (int_.prevalence() - bau.prevalence())
            arms.disease[0, k, :, :, t] = i, bau.at_the_end(), bau.dead()
            arms.disease[1, k, :, :, t] = changed, int_.at_the_end(), int_.dead()
        for k, acute in enumerate(model.acute):
            scale = levers.acute[k] * fractions[len(model.chronic) + k]
            m_int += acute.mortality[g, a] * (scale - 1)
            y_int += acute.disability[g, a] * (scale - 1)
        # less than no deaths can come of an acute disease greater than all deaths
        m_int = np.maximum(m_int * levers.all_cause, 0.0)
        for arm, (rate, disability) in enumerate(((m, y), (m_int, y_int))):
            dead = alive[arm] * -np.expm1(-rate)
            left = alive[arm] - dead
            years = left + 0.5 * dead
            values = (left, rate, dead, disability, years, years * (1 - disability))
            arms.values[arm, :, :, t] = np.where(here, values, 0.0)
            alive[arm] = np.where(here, left, 0.0)
    arms.finish(model)
    return arms


def _pair(
    model: LifeTableModel, when: Timeline, disease: ChronicDisease
) -> tuple[_Disease, _Disease]:
    start = disease.prevalence[when.group, when.age[:, 0]]
    return _Disease.start(start), _Disease.start(start)


def _exposures(
    model: LifeTableModel,
    levers: Levers,
    when: Timeline,
    bins: list[tuple[_Bins, _Bins]],
    mortality: Floats,
    t: int,
    arms: Arms,
) -> list[Floats]:
    """Move the bins a year on; what is left of each disease's risk, (diseases) of (cohorts,)."""
    names = model.diseases()
    left = [np.ones(len(when.group)) for _ in names]
    if t == 0:
        return left
    g, a = when.group, when.age[:, t]
    for x, (exposure, (bau, int_)) in enumerate(zip(model.exposures, bins, strict=True)):
        relative = exposure.mortality_risk[a].copy()
        mixed = (exposure.shares[g, a] * relative).sum(axis=1)
        never = mortality / mixed
        relative[:, -2] = 1.0  # by the definition of the bins: the last year of the lag
        survival = np.exp(-never)[:, None] ** relative
        begin, end = exposure.initiation[g, a], exposure.cessation[g, a]
        bau.step(survival, begin, end)
        quits = end if np.isnan(levers.cessation[x]) else np.full_like(end, levers.cessation[x])
        int_.step(survival, begin * levers.initiation[x], quits)
        for name, risks in exposure.risks:
            if name in levers.affects[x]:
                before, after = bau.risk(risks[a]), int_.risk(risks[a])
                arms.mean_risk[x, names.index(name), :, t] = before
                with np.errstate(divide="ignore", invalid="ignore"):
                    pif = np.where(before > 0, (before - after) / before, 0.0)
                left[names.index(name)] *= 1 - pif
    return left
