"""Reach over draws: who of the eligible takes part, and how many of them get better."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, ndtr, ndtri

from jevn.impact.projection.arrays import Floats

_ROUNDS = 80


@dataclass(frozen=True, slots=True)
class Taken:
    """Who takes part in a full year.

    Attributes:
        persons: by draw and cell, (W, cells); negative where places are taken away.
        unused: kroner that no eligible person is left to use, (W,).
    """

    persons: Floats
    unused: Floats


def take_part(
    nok: float, unit_cost: Floats, eligible: Floats, log_odds: Floats, gradient: Floats
) -> Taken:
    """Participants per cell, for a capacity of kroner over unit cost.

    The share of the eligible that takes part in cell c is 1 / (1 + exp(-(α + Σ_i b_i z_ic))); α
    is the one root of Σ E_c π_c = kroner / unit cost in each draw, found by halving. Where fewer
    are eligible than there is room for, all take part and the rest of the money is unused.

    Args:
        nok: change in kroner a year.
        unit_cost: kroner per participant and year, > 0, (W,).
        eligible: persons who can take part, (cells,).
        log_odds: what uptake differs by (social rank, need), (terms, cells).
        gradient: its weight, (W, terms).
    """
    room = abs(nok) / unit_cost
    demand = float(eligible.sum())
    sign = -1.0 if nok < 0 else 1.0
    full = room >= demand
    unused = sign * np.where(full, (room - demand) * unit_cost, 0.0)
    persons = np.tile(eligible, (len(room), 1))
    if demand <= 0:
        return Taken(persons * 0.0, unused)
    short = ~full
    if short.any():
        # Cells that are alike in all that uptake differs by are solved as one.
        kinds, of = np.unique(log_odds.T, axis=0, return_inverse=True)
        weight = np.bincount(of.ravel(), weights=eligible, minlength=len(kinds))
        tilt = gradient[short] @ kinds.T
        span = np.abs(tilt).max(axis=1) + 1e-9
        share = np.maximum(room[short] / demand, 1e-300)
        low = np.log(share) - span
        high = span - np.log1p(-np.minimum(share, 1 - 1e-16))
        for _ in range(_ROUNDS):
            middle = (low + high) / 2
            few = expit(middle[:, None] + tilt) @ weight < room[short]
            low, high = np.where(few, middle, low), np.where(few, high, middle)
        part = expit(((low + high) / 2)[:, None] + tilt)
        got = part @ weight
        part *= np.where(got > 0, room[short] / np.where(got > 0, got, 1), 0)[:, None]
        persons[short] = eligible * np.minimum(part[:, of.ravel()], 1.0)
    return Taken(sign * persons, unused)


def better(scale: str, value: Floats, start: Floats, favourable: bool) -> Floats:
    """Share of participants who get better, by draw and cell.

    As :func:`jevn.impact.effects.improvement`, for arrays: the fall in the adverse share when the
    study counted a bad state, the rise in the favourable share when it counted a good one.

    Args:
        scale: RD (percentage points), RR, HR, IRR, OR, SMD or relative_change (per cent).
        value: the effect in each draw, (W,).
        start: adverse share of participants without the action, (cells,).
        favourable: whether the study counted a good state.
    """
    p = (1.0 - start if favourable else start)[None, :]
    v = value[:, None]
    if scale == "RD":
        after = p + v / 100.0
    elif scale in ("RR", "HR", "IRR"):
        after = p * v
    elif scale == "OR":
        after = v * p / (1.0 - p + v * p)
    elif scale == "SMD":
        inside = np.clip(p, 1e-12, 1 - 1e-12)
        after = np.where((p > 0) & (p < 1), ndtr(ndtri(inside) + v), p + 0 * v)
    elif scale == "relative_change":
        after = p * (1.0 + v / 100.0)
    else:
        raise ValueError(f"no conversion from {scale}")
    change = np.clip(after, 0.0, 1.0) - p
    return np.asarray(change if favourable else -change)
