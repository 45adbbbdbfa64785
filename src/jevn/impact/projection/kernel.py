"""The compiled loop: every draw walks all strata and ages through the years.

Only what differs from carrying on as today is followed: the extra people alive, and the changes in
determinants. Strata and ages that nothing has touched are passed by.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp
from typing import Any

import numpy as np
from numba import njit

from jevn.impact.projection.arrays import (
    BASIC,
    PREMATURE,
    Chain,
    Draws,
    Gains,
    Ints,
    band_of_age,
    no_gains,
)

_BASIC = len(BASIC)
_FIRST, _LAST = PREMATURE


@njit(cache=True)
def _felt(build_up: float, hold: float, fade: float, u: int) -> float:
    built = 1.0 if build_up <= 0 else 1 - exp(-u / build_up)
    late = u - hold
    if late <= 0:
        return built
    return built * exp(-late / fade) if fade > 0 else 0.0


@njit(cache=True)
def _built(
    own: Any, moved: Any, t: int, begins: Any, intake: Any, room: Any, k: Any, at: int
) -> None:
    """Years of intake that are still felt, by action and age; ``k``: (J, 3) time constants."""
    own[:] = 0.0
    moved[:] = 0.0
    ages = own.shape[1]
    for j in range(own.shape[0]):
        for u in range(t - begins[j] + 1):
            part = _felt(k[j, 0], k[j, 1], k[j, 2], u) * room[j, t - u]
            if part == 0:
                continue
            for a in range(intake[j, 0] + u, min(intake[j, 1] + u, ages - 1) + 1):
                if a - u < at <= a:
                    moved[j, a] += part
                else:
                    own[j, a] += part


@njit(cache=True)
def _shift(values: Any, weight: Any, transition: Any, at: int, mean: bool) -> None:
    """Move (G, A) values a year on: sums of persons, or means weighted by ``weight``."""
    strata, ages = values.shape
    young = values[:, at - 1].copy()
    for g in range(strata):
        last = values[g, ages - 1]
        if mean:
            n1, n2 = weight[g, ages - 2], weight[g, ages - 1]
            total = values[g, ages - 2] * n1 + last * n2
            values[g, ages - 1] = total / (n1 + n2) if n1 + n2 > 0 else 0.0
        else:
            values[g, ages - 1] = values[g, ages - 2] + last
        for a in range(ages - 2, 0, -1):
            values[g, a] = values[g, a - 1]
        values[g, 0] = 0.0
    for h in range(strata):
        total, people = 0.0, 0.0
        for g in range(strata):
            share = transition[g, h]
            if share > 0:
                part = share * weight[g, at - 1] if mean else share
                total += part * young[g]
                people += part
        values[h, at] = (total / people if people > 0 else 0.0) if mean else total


@njit(cache=True, nogil=True, error_model="numpy")
def _draws(  # noqa: PLR0912, PLR0913, PLR0915, PLR0917 (a kernel: arrays, one loop)
    population: Any, mortality: Any, survives: Any, disability: Any, transition: Any, at: int,
    start: Any, ages: Any, counted: Any, set_at: Any, outgoing: Any, child: Any, ratio: Any,
    arrow_ages: Any, slot: Any, lags: int, any_lag: Any, moving: Any, acts: Any, intake: Any,
    begins: Any, room: Any, education: Any, band: Any, share: Any, young: Any, most: Any,
    times: Any, value: Any, causal: Any, rate: Any, weight: Any, by_group: Any, by_year: Any,
    by_age: Any,
) -> None:  # fmt: skip
    steps, strata, last = population.shape
    kinds, actions = len(ages), share.shape[1]
    for w in range(share.shape[0]):
        own, moved = np.zeros((actions, last)), np.zeros((actions, last))
        extra = np.zeros((strata, last))
        settled = np.zeros((kinds, strata, last))
        first, second = np.zeros((lags, strata, last)), np.zeros((lags, strata, last))
        fall, left = np.zeros(kinds + 1), np.ones(kinds + 1)
        p, worth = np.zeros(kinds + 1), weight[w]
        one, other, cap = np.zeros(actions), np.zeros(actions), np.zeros(actions)
        more, cause, speed = np.zeros(len(child)), causal[w], rate[w]
        for r in range(len(child)):
            more[r] = value[w, r] - 1 if ratio[r] else value[w, r]
        found = np.zeros((by_age.shape[1], _BASIC + kinds))
        carried = np.zeros((strata, last), dtype=np.bool_)
        older = np.zeros((strata, last), dtype=np.bool_)
        open_age = np.zeros(last, dtype=np.bool_)
        begun = False
        for t in range(steps):
            _built(own, moved, t, begins, intake, room, times[w], at)
            for a in range(last):
                open_age[a] = False
                for j in range(actions):
                    if own[j, a] != 0 or moved[j, a] != 0:
                        open_age[a] = True
                        begun = True
            if not begun:
                continue
            for g in range(strata):
                found[:] = 0.0
                for k in moving:
                    p[k] = start[k, g]
                for j in range(actions):
                    one[j], other[j] = share[w, j, g], young[w, j, g]
                    cap[j] = most[w, j, g]
                for a in range(last):
                    if not (open_age[a] or carried[g, a]):
                        continue
                    for k in moving:
                        left[k] = 1.0
                    left[kinds] = 1.0
                    touched, lighter, b = False, 0.0, band[a]
                    for k in moving:
                        inside = ages[k, 0] <= a <= ages[k, 1] and p[k] > 0
                        if not inside:
                            fall[k] = 0.0
                        elif set_at[k] >= 0 and a > set_at[k]:
                            fall[k] = min(settled[k, g, a], p[k])
                        elif set_at[k] >= 0 and a < set_at[k]:
                            fall[k] = 0.0
                        else:
                            for j in range(acts[k], acts[k + 1]):
                                if own[j, a] == 0 and moved[j, a] == 0:
                                    continue
                                x = one[j] * own[j, a] + other[j] * moved[j, a]
                                x = min(x, cap[j]) if cap[j] >= 0 else max(x, cap[j])
                                left[k] *= max(0.0, 1 - x / p[k])
                            fall[k] = p[k] - min(1.0, p[k] * left[k]) if left[k] != 1 else 0.0
                        if set_at[k] >= 0:
                            settled[k, g, a] = fall[k]
                        if fall[k] != 0:
                            touched = True
                            lighter += worth[k] * fall[k]
                        elif not any_lag[k]:
                            continue
                        # Parents stand before their children.
                        for r in range(outgoing[k], outgoing[k + 1]):
                            felt = fall[k]
                            if slot[r] >= 0:
                                i = slot[r]
                                half = first[i, g, a] + (felt - first[i, g, a]) * speed[r]
                                felt = second[i, g, a] + (half - second[i, g, a]) * speed[r]
                                first[i, g, a], second[i, g, a] = half, felt
                                if felt != 0 or half != 0:
                                    touched = True
                            if felt == 0 or not arrow_ages[r, 0] <= a <= arrow_ages[r, 1]:
                                continue
                            if ratio[r]:
                                if inside:
                                    part = felt * more[r] / (1 + p[k] * more[r])
                                    left[child[r]] *= 1 - cause[r] * part
                            elif child[r] < kinds and p[child[r]] > 0:
                                part = cause[r] * more[r] * felt / p[child[r]]
                                left[child[r]] *= max(0.0, 1 - part)
                    base, kept = population[t, g, a], survives[t, g, a]
                    stays = kept
                    if left[kinds] != 1:
                        stays = exp(-mortality[t, g, a] * left[kinds])
                    persons = base + extra[g, a]
                    years = persons * (1 + stays) / 2
                    years_base = base * (1 + kept) / 2
                    y = disability[g, a]
                    y_new = min(1.0, max(0.0, y - lighter))
                    dead = base * (1 - kept) - persons * (1 - stays)
                    found[b, 0] += years * (1 - y_new) - years_base * (1 - y)
                    found[b, 1] += years - years_base
                    found[b, 2] += dead
                    if _FIRST <= a <= _LAST:
                        found[b, 3] += dead
                    for k in moving:
                        if fall[k] != 0 and counted[k, 0] <= a <= counted[k, 1]:
                            found[b, _BASIC + k] += years * fall[k]
                    extra[g, a] = persons * stays - base * kept
                    carried[g, a] = touched or extra[g, a] != 0
                e = education[g]
                for b in range(found.shape[0]):
                    for o in range(_BASIC + kinds):
                        by_group[w, g, o] += found[b, o]
                        by_year[w, e, t, o] += found[b, o]
                        by_age[w, b, o] += found[b, o]
            if t + 1 < steps:
                alive = population[t] * survives[t]
                _shift(extra, alive, transition, at, False)
                for k in moving:
                    if set_at[k] >= 0:
                        _shift(settled[k], alive, transition, at, True)
                    for r in range(outgoing[k], outgoing[k + 1]):
                        if slot[r] >= 0:
                            _shift(first[slot[r]], alive, transition, at, True)
                            _shift(second[slot[r]], alive, transition, at, True)
                any_young = False
                for g in range(strata):
                    any_young = any_young or carried[g, at - 1]
                    older[g, 0] = False
                    for a in range(1, last):
                        older[g, a] = carried[g, a - 1]
                    older[g, last - 1] = carried[g, last - 1] or carried[g, last - 2]
                for g in range(strata):
                    older[g, at] = any_young
                    for a in range(last):
                        carried[g, a] = older[g, a]


def _moving(chain: Chain) -> Ints:
    """Determinants that some action can move, directly or through others, in their order."""
    found = set(chain.target.tolist())
    for parent, child in zip(chain.parent.tolist(), chain.child.tolist(), strict=True):
        if parent in found:  # parents stand before their children
            found.add(child)
    return np.array(sorted(found - {len(chain.ages)}), dtype=np.int64)


def run_compiled(chain: Chain, draws: Draws) -> Gains:
    """What the actions give in each draw.

    Args:
        chain: everything that is the same in every draw.
        draws: what differs.
    """
    steps = chain.population.shape[0]
    gains = no_gains(chain, draws.draws)
    slot = np.full(len(chain.parent), -1, dtype=np.int64)
    slot[chain.lagged] = np.arange(int(chain.lagged.sum()))
    kinds = np.arange(len(chain.ages) + 1)
    outgoing = np.searchsorted(chain.parent, kinds)
    acts = np.searchsorted(chain.target, kinds)
    any_lag = np.array([chain.lagged[chain.parent == k].any() for k in kinds[:-1]], dtype=np.bool_)
    with np.errstate(divide="ignore"):
        rate = np.where(draws.lag > 0, 1 - np.exp(-2.0 / draws.lag), 1.0)
    times = np.stack([draws.build_up, draws.hold, draws.fade], axis=2)
    kernel: Callable[..., None] = _draws
    kernel(
        np.ascontiguousarray(chain.population[:steps]), chain.mortality,
        np.exp(-chain.mortality), chain.disability, chain.transition, chain.transition_age,
        chain.start, chain.ages, chain.counted, chain.set_at, outgoing, chain.child,
        chain.ratio, chain.arrow_ages, slot, int(chain.lagged.sum()), any_lag, _moving(chain), acts,
        chain.intake, chain.begins, chain.room, chain.education, band_of_age(), draws.share,
        draws.young, draws.most, times, draws.value, draws.causal, rate, draws.weight,
        gains.by_group, gains.by_year, gains.by_age,
    )  # fmt: skip
    return gains
