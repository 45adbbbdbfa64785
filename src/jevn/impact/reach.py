"""Reach: how many people an effort has room for, and who of the eligible takes part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit

from jevn.indices import ridits


@dataclass(frozen=True, slots=True)
class Reached:
    """Who takes part.

    Attributes:
        capacity: persons the money has room for (negative when money is taken away).
        persons: persons reached per group; the sum is the capacity, or all eligible if fewer.
        unused_nok: kroner that no eligible person is left to use.
        intercept: the intercept α of the uptake curve; ``None`` when all or none take part.
    """

    capacity: float
    persons: tuple[float, ...]
    unused_nok: float
    intercept: float | None


def social_ranks(populations: Sequence[float]) -> tuple[float, ...]:
    """Mid-point ranks (ridits) of ordered groups, moved to -0.5 (bottom) … 0.5 (top).

    z_g = sum of shares below g + half the own share - 0.5 (Bross 1958, Biometrics 14:18-38).

    >>> social_ranks((25, 50, 25))
    (-0.375, 0.0, 0.375)
    """
    if sum(populations) <= 0:
        return tuple(0.0 for _ in populations)
    ranks = ridits(np.asarray(populations, dtype=float), np.arange(len(populations), dtype=float))
    return tuple(float(r) - 0.5 for r in ranks)


def reach(
    *,
    nok: float,
    unit_cost_nok: float,
    eligible: Sequence[float],
    ranks: Sequence[float],
    gradient: float = 0.0,
) -> Reached:
    """Persons reached per group for a change of kroner.

    The share of the eligible that takes part in group g is π_g = 1/(1+exp(-(α+β z_g))),
    with β = ``gradient`` (above 0: the better-off come first) and z_g the social rank. α is the
    one root of Σ E_g π_g = n, n = kroner / unit cost. Where fewer are eligible than there is
    room for, all take part and the rest of the money is shown as unused. Taking money away
    gives the same numbers with the sign turned: the persons who no longer take part.

    Args:
        nok: change in kroner a year.
        unit_cost_nok: kroner per participant and year (> 0).
        eligible: persons per group who can take part.
        ranks: social rank z_g per group, -0.5 … 0.5.
        gradient: β.

    Raises:
        ValueError: if the unit cost is not above 0.
    """
    if not unit_cost_nok > 0:
        raise ValueError("unit_cost_nok must be above 0")
    sign = -1.0 if nok < 0 else 1.0
    room = abs(nok) / unit_cost_nok
    persons = np.asarray(eligible, dtype=float)
    demand = float(persons.sum())
    alpha: float | None = None
    if room <= 0 or demand <= 0:
        taken = np.zeros_like(persons)
    elif room >= demand:
        taken = persons.copy()
    else:
        taken, alpha = _uptake(persons, np.asarray(ranks, dtype=float), gradient, room)
    return Reached(
        capacity=sign * room,
        persons=tuple(float(sign * n) for n in taken),
        unused_nok=sign * (room - demand) * unit_cost_nok if room > demand else 0.0,
        intercept=alpha,
    )


def _uptake(
    eligible: np.ndarray, ranks: np.ndarray, gradient: float, room: float
) -> tuple[np.ndarray, float]:
    """Persons per group and α, for less room than demand."""

    def surplus(alpha: float) -> float:
        return float((eligible * expit(alpha + gradient * ranks)).sum()) - room

    share = room / float(eligible.sum())
    if gradient == 0.0 or share >= 1.0:
        return eligible * share, float(np.log(share / (1.0 - share))) if share < 1.0 else np.inf
    # π <= exp(α+βz) and 1-π <= exp(-α-βz) give two ends that the root lies between.
    tilt = abs(gradient) * float(np.abs(ranks).max())
    low, high = np.log(share) - tilt - 1e-6, tilt - np.log1p(-share) + 1e-6
    alpha = float(brentq(surplus, low, high, xtol=1e-13, rtol=8.9e-16, maxiter=500))
    taken = eligible * expit(alpha + gradient * ranks)
    # The root is exact to about 1e-13; the remainder is spread so that the sum is the capacity.
    return np.minimum(taken * (room / taken.sum()), eligible), alpha
