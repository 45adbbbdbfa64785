"""The slow, plain reference: one draw at a time, one age and stratum at a time."""

from __future__ import annotations

from math import exp

import numpy as np

from jevn.impact.projection.arrays import (
    AGES,
    BASIC,
    PREMATURE,
    Chain,
    Draws,
    Floats,
    Gains,
    band_of_age,
    delay_rate,
    fading,
    no_gains,
)


def run_reference(chain: Chain, draws: Draws) -> Gains:
    """What the actions give in each draw; equal to the compiled loop to rounding.

    Follows the population with the change whole (persons, not differences), so that it is a
    way of its own to the same numbers.
    """
    gains = no_gains(chain, draws.draws)
    for w in range(draws.draws):
        _one(chain, draws, w, gains)
    return gains


def _one(chain: Chain, draws: Draws, w: int, gains: Gains) -> None:
    steps, strata, _ = chain.population.shape
    kinds, arrows = len(chain.ages), len(chain.parent)
    band = band_of_age()
    persons = chain.population[0].copy()
    settled = np.zeros((kinds, strata, AGES))
    first, second = np.zeros((arrows, strata, AGES)), np.zeros((arrows, strata, AGES))
    for t in range(steps):
        own, moved = _built(chain, draws, w, t)
        ends = np.zeros((strata, AGES))
        for g in range(strata):
            for a in range(AGES):
                left, fall = _cell(chain, draws, w, (g, a), (own, moved), (settled, first, second))
                m = chain.mortality[t, g, a]
                base = chain.population[t, g, a]
                gone, gone_base = exp(-m * left), exp(-m)
                years = persons[g, a] * (1 + gone) / 2
                years_base = base * (1 + gone_base) / 2
                y = chain.disability[g, a]
                y_new = min(1.0, max(0.0, y - float(draws.weight[w] @ fall)))
                dead = base * (1 - gone_base) - persons[g, a] * (1 - gone)
                found = np.zeros(chain.outcomes)
                found[0] = years * (1 - y_new) - years_base * (1 - y)
                found[1] = years - years_base
                found[2] = dead
                found[3] = dead if PREMATURE[0] <= a <= PREMATURE[1] else 0.0
                for k in range(kinds):
                    if chain.counted[k, 0] <= a <= chain.counted[k, 1]:
                        found[len(BASIC) + k] = years * fall[k]
                gains.by_group[w, g] += found
                gains.by_year[w, chain.education[g], t] += found
                gains.by_age[w, band[a]] += found
                ends[g, a] = persons[g, a] * gone
        if t + 1 < steps:
            persons, states = _older(chain, t, ends, (settled, first, second))
            settled, first, second = states


def _built(chain: Chain, draws: Draws, w: int, t: int) -> tuple[Floats, Floats]:
    """Years of intake that are still felt, by action and age: in the same stratum, and moved."""
    own, moved = np.zeros((len(chain.target), AGES)), np.zeros((len(chain.target), AGES))
    for j in range(len(chain.target)):
        felt = fading(draws.build_up[w, j], draws.hold[w, j], draws.fade[w, j], t + 1)
        low, high = chain.intake[j]
        for a in range(AGES):
            for u in range(t - chain.begins[j] + 1):
                then = a - u
                if low <= then <= high:
                    part = felt[u] * chain.room[j, t - u]
                    if then < chain.transition_age <= a:
                        moved[j, a] += part
                    else:
                        own[j, a] += part
    return own, moved


def _cell(
    chain: Chain,
    draws: Draws,
    w: int,
    cell: tuple[int, int],
    built: tuple[Floats, Floats],
    states: tuple[Floats, Floats, Floats],
) -> tuple[float, Floats]:
    """What is left of mortality, and the fall in every determinant, in one cell."""
    g, a = cell
    own, moved = built
    settled, first, second = states
    kinds = len(chain.ages)
    fall = np.zeros(kinds)
    left = np.ones(kinds + 1)
    for k in range(kinds):
        p = chain.start[k, g]
        inside = chain.ages[k, 0] <= a <= chain.ages[k, 1] and p > 0
        if not inside:
            fall[k] = 0.0
        elif chain.set_at[k] >= 0 and a > chain.set_at[k]:
            fall[k] = min(settled[k, g, a], p)
        elif chain.set_at[k] >= 0 and a < chain.set_at[k]:
            fall[k] = 0.0
        else:
            for j in np.flatnonzero(chain.target == k):
                x = draws.share[w, j, g] * own[j, a] + draws.young[w, j, g] * moved[j, a]
                most = draws.most[w, j, g]
                x = min(x, most) if most >= 0 else max(x, most)
                left[k] *= max(0.0, 1 - x / p)
            fall[k] = p - min(1.0, p * left[k])
        settled[k, g, a] = fall[k]
        for r in np.flatnonzero(chain.parent == k):
            felt = fall[k]
            if chain.lagged[r]:
                rate = delay_rate(draws.lag[w, r])
                first[r, g, a] += (felt - first[r, g, a]) * rate
                second[r, g, a] += (first[r, g, a] - second[r, g, a]) * rate
                felt = second[r, g, a]
            if not chain.arrow_ages[r, 0] <= a <= chain.arrow_ages[r, 1]:
                continue
            child = chain.child[r]
            if chain.ratio[r]:
                more = draws.value[w, r] - 1
                part = felt * more / (1 + p * more) if inside else 0.0
                left[child] *= 1 - draws.causal[w, r] * part
            elif child < kinds and chain.start[child, g] > 0:
                part = draws.causal[w, r] * draws.value[w, r] * felt / chain.start[child, g]
                left[child] *= max(0.0, 1 - part)
    return float(left[kinds]), fall


def _older(
    chain: Chain, t: int, ends: Floats, states: tuple[Floats, Floats, Floats]
) -> tuple[Floats, tuple[Floats, Floats, Floats]]:
    """Persons, and what they carry with them, one year later."""
    base = chain.population[t] * np.exp(-chain.mortality[t])
    persons = chain.population[t + 1] - _moved_on(chain, base) + _moved_on(chain, ends)
    carried = []
    for state in states:
        new = np.zeros_like(state)
        weight = _moved_on(chain, base)
        for i in range(len(state)):
            total = _moved_on(chain, base * state[i])
            np.divide(total, weight, out=new[i], where=weight > 0)
        carried.append(new)
    return persons, (carried[0], carried[1], carried[2])


def _moved_on(chain: Chain, ends: Floats) -> Floats:
    """Survivors a year older: the open age collects, the young get a stratum of their own."""
    new = np.zeros_like(ends)
    new[:, 1:] = ends[:, :-1]
    new[:, -1] += ends[:, -1]
    age = chain.transition_age
    new[:, age] = ends[:, age - 1] @ chain.transition
    return new
