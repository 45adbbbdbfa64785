"""The same equations fused into one compiled loop, with draws as an axis.

Everything of the arm without the change is worked out once; each draw then walks every cohort
through its years with a handful of numbers in registers. The order of every sum is fixed, so that
the result does not depend on the number of processors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp, log, sqrt
from typing import Any

import numpy as np
from numba import njit, prange

from jevn.impact.lifetable.arms import Arms, Levers, timeline
from jevn.impact.lifetable.model import Floats, LifeTableModel

PER = 1000.0
BLOCK = 16
"""Draws that walk a cohort together."""


@njit(cache=True, inline="always")
def _step(s: float, c: float, i: float, r: float, f: float, simple: bool) -> tuple[float, float]:
    if simple:
        healthy = s * exp(-i)
        return healthy, c * exp(-f) + s - healthy
    whole = i + r + f
    square = (i + r - f) * (i + r - f) + 4 * f * r
    if square <= 0:
        return s, c
    q = sqrt(square)
    v = exp((q - whole) / 2)
    w = v * exp(-q)
    half = 0.5 / q
    apart, both = (v - w) * half, v + w
    healthy = apart * (2 * (s * (f + r) + c * r) - s * whole) + 0.5 * s * both
    diseased = 0.5 * both * c - apart * (2 * ((f + r) * (s + c) - whole * s) - whole * c)
    return healthy, diseased


@njit(cache=True)
def _advance(bins: Any, survival: Any, begin: float, end: float) -> None:
    last = bins.shape[0] - 1
    for b in range(last + 1):
        bins[b] *= survival[b]
    bins[last] += bins[last - 1]
    for b in range(last - 1, 2, -1):
        bins[b] = bins[b - 1]
    starts, stops = begin * bins[0], end * bins[1]
    bins[0] -= starts
    bins[1] += starts - stops
    bins[2] = stops


@njit(cache=True)
def _mean_risk(bins: Any, risks: Any) -> float:
    everyone, risk = 0.0, 0.0
    for b in range(bins.shape[0]):
        everyone += bins[b]
        risk += bins[b] * risks[b]
    return risk / everyone if everyone > 0 else 1.0


@njit(cache=True, parallel=True)
def _draws(  # noqa: PLR0912, PLR0913, PLR0917 (a kernel: arrays, one loop)
    size: Any, group: Any, age: Any, start: Any, last: Any, mortality: Any, survives: Any,
    disability: Any, rates: Any, share_bau: Any, acute_rates: Any,
    bins0: Any, survival: Any, begin: Any, end: Any, risks: Any, risk_bau: Any, follows: Any,
    all_cause: Any, incidence: Any, acute: Any, simplified: Any, initiation: Any, cessation: Any,
    out: Any,
) -> None:  # fmt: skip
    """Person-years, healthy years and deaths by group and year of each draw, into ``out``.

    ``mortality`` and ``survives`` are without the deaths of the diseases in ``rates``. Blocks of
    draws walk one cohort after another, so that a cohort's rates are read from memory once.
    """
    draws, cohorts = all_cause.shape[0], size.shape[0]
    chronic, short, lagged = rates.shape[0], acute_rates.shape[0], bins0.shape[0]
    blocks = (draws + BLOCK - 1) // BLOCK
    for block in prange(blocks):
        bins = np.empty((lagged, bins0.shape[2]))
        left = np.ones(chronic + short)
        s, c = np.empty(chronic), np.empty(chronic)
        for j in range(cohorts):
            g = group[j]
            for w in range(block * BLOCK, min(draws, (block + 1) * BLOCK)):
                alive = size[j]
                for x in range(lagged):
                    for b in range(bins0.shape[2]):
                        bins[x, b] = bins0[x, j, b]
                for k in range(chronic):
                    c[k] = PER * start[k, j]
                    s[k] = PER - c[k]
                for t in range(last[j]):
                    if lagged > 0:
                        for k in range(chronic + short):
                            left[k] = 1.0
                    if t > 0:
                        for x in range(lagged):
                            quits = cessation[w, x]
                            if np.isnan(quits):
                                quits = end[x, j, t]
                            starts = begin[x, j, t] * initiation[w, x]
                            _advance(bins[x], survival[x, j, t], starts, quits)
                            for k in range(chronic + short):
                                before = risk_bau[x, k, j, t]
                                if follows[x, k] and before > 0:
                                    after = _mean_risk(bins[x], risks[x, k, age[j, t]])
                                    left[k] *= 1 - (before - after) / before
                    y, kept, held = disability[j, t], 1.0, 1.0
                    for k in range(chronic):
                        s0, c0 = s[k], c[k]
                        if t > 0:
                            s[k], c[k] = _step(
                                s0, c0, rates[k, j, t, 0] * incidence[w, k] * left[k],
                                rates[k, j, t, 1], rates[k, j, t, 2], simplified[k],
                            )  # fmt: skip
                        before, after = s0 + c0, s[k] + c[k]
                        if before > 0 and after > 0:
                            kept *= after
                            held *= before
                        share = (c0 + c[k]) / (before + after) if before + after > 0 else 0.0
                        y += rates[k, j, t, 3] * (share - share_bau[k, j, t])
                    extra = 0.0
                    for k in range(short):
                        scale = acute[w, k] * left[chronic + k]
                        extra += acute_rates[k, 0, j, t] * (scale - 1)
                        y += acute_rates[k, 1, j, t] * (scale - 1)
                    if all_cause[w] == 1.0 and extra == 0.0:
                        passed = min(survives[j, t] * (kept / held), 1.0)
                    else:
                        m = mortality[j, t] - log(kept / held) + extra
                        passed = exp(-max(m * all_cause[w], 0.0))
                    dead = alive * (1 - passed)
                    alive -= dead
                    years = alive + 0.5 * dead
                    out[w, g, t, 0] += years
                    out[w, g, t, 1] += years * (1 - y)
                    out[w, g, t, 2] += dead


class Prepared:
    """All that does not depend on the draw, laid out for the kernel by cohort and year.

    Only diseases that some draw changes, and exposures that some disease follows, are there: the
    others are the same with and without the change.
    """

    def __init__(self, model: LifeTableModel, levers: Sequence[Levers], base: Arms, max_age: int):
        """Lay the model out.

        Args:
            model: population and rates.
            levers: the factors of every draw.
            base: result of the reference for the scenario; its arm without the change is used.
            max_age: age after which a cohort is no longer followed.
        """
        steps = base.values.shape[3]
        when = timeline(model, steps, max_age)
        self.shape = (len(model.groups), steps)
        self.place = (when.group[:, None], when.age)
        self.exposures = [x for x, names in enumerate(levers[0].affects) if names]
        followed = {name for x in self.exposures for name in levers[0].affects[x]}
        drawn = np.array([x.incidence for x in levers])
        self.chronic = [
            k
            for k, d in enumerate(model.chronic)
            if d.name in followed or (drawn[:, k] != 1.0).any()
        ]
        g, a = self.place
        trend = model.mortality_trend[g, a] * np.arange(steps)
        mortality = model.mortality[g, a] * np.exp(trend)
        rest = mortality + base.log_survival[self.chronic].sum(axis=0)
        diseases = [model.chronic[k] for k in self.chronic]
        rates = np.zeros((len(diseases), *a.shape, 4))
        for k, disease in enumerate(diseases):
            parts = (disease.incidence, disease.remission, disease.fatality, disease.disability)
            for i, part in enumerate(parts):
                rates[k, :, :, i] = part[g, a]
        start = np.array([d.prevalence[g[:, 0], a[:, 0]] for d in diseases])
        acute = np.array([[d.mortality[g, a], d.disability[g, a]] for d in model.acute])
        names = (*(d.name for d in diseases), *(d.name for d in model.acute))
        self.arrays = (
            model.cohort_size,
            model.cohort_group,
            a,
            start.reshape(len(diseases), -1),
            when.followed.sum(axis=1),
            rest,
            np.exp(-rest),
            model.disability[g, a],
            rates,
            base.share[self.chronic],
            acute.reshape(len(model.acute), 2, *a.shape),
            *self._exposures(model, levers[0], base, mortality, names),
        )

    def _exposures(
        self,
        model: LifeTableModel,
        levers: Levers,
        base: Arms,
        mortality: Floats,
        names: tuple[str, ...],
    ) -> tuple[Any, ...]:
        g, a = self.place
        exposures = [model.exposures[x] for x in self.exposures]
        width = max((x.shares.shape[2] for x in exposures), default=4)
        if any(x.shares.shape[2] != width for x in exposures):
            raise NotImplementedError("exposures with lags of different length")
        many = len(exposures)
        bins0 = np.zeros((many, len(model.cohort_size), width))
        survival = np.ones((many, *a.shape, width))
        begin, end = np.zeros((many, *a.shape)), np.zeros((many, *a.shape))
        risks = np.ones((many, len(names), model.ages, width))
        mean = np.ones((many, len(names), *a.shape))
        follows = np.zeros((many, len(names)), dtype=np.bool_)
        every = model.diseases()
        for x, exposure in enumerate(exposures):
            bins0[x] = exposure.shares[g[:, 0], a[:, 0]]
            relative = exposure.mortality_risk.copy()
            mixed = (exposure.shares * relative).sum(axis=2)[g, a]
            relative[:, -2] = 1.0  # as in the reference
            np.power(np.exp(-mortality / mixed)[..., None], relative[a], out=survival[x])
            begin[x], end[x] = exposure.initiation[g, a], exposure.cessation[g, a]
            for name, risk in exposure.risks:
                if name in levers.affects[self.exposures[x]]:
                    k = names.index(name)
                    follows[x, k], risks[x, k] = True, risk
                    mean[x, k] = base.mean_risk[self.exposures[x], every.index(name)]
        return bins0, survival, begin, end, risks, mean, follows


def run_draws(model: LifeTableModel, levers: Sequence[Levers], base: Arms, max_age: int) -> Floats:
    """Person-years, healthy years and deaths of the arm with the change.

    Args:
        model: population and rates.
        levers: the factors of each draw.
        base: result of the reference for the scenario; its arm without the change is used.
        max_age: age after which a cohort is no longer followed.

    Returns:
        Array of (draws, groups, steps, 3).
    """
    prepared = Prepared(model, levers, base, max_age)
    groups, steps = prepared.shape
    out = np.zeros((len(levers), groups, steps, 3))
    kernel: Callable[..., None] = _draws
    kernel(
        *prepared.arrays,
        np.array([x.all_cause for x in levers]),
        np.array([x.incidence[prepared.chronic] for x in levers]),
        np.array([x.acute for x in levers]),
        levers[0].simplified[prepared.chronic],
        np.array([x.initiation[prepared.exposures] for x in levers]),
        np.array([x.cessation[prepared.exposures] for x in levers]),
        out,
    )
    return out
