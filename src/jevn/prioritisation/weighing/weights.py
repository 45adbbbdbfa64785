"""Weights of criteria: the ones to begin with, and draws within what is known."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from jevn.prioritisation.weighing.decision import Choice, Floats
from jevn.prioritisation.weights import rank_order_centroid
from jevn.terms import InputRefused, Problem

_BATCHES = 20
_LEAST_SLACK = 1e-7
_WALKERS = 1000


def base_weights(choice: Choice) -> Floats:
    """``(criteria,)`` weights to begin with; they sum to 1.

    Swing points divided by their sum; else the rank-order centroid of the order (Barron &
    Barrett 1996, doi:10.1287/mnsc.42.11.1515), tiers sharing the mean of their places; else the
    same for all. Where these do not keep the limits: the weights that are farthest from all bounds.

    Raises:
        InputRefused: ``weighing_limits`` if no weights keep the limits and the order.
    """
    ids = [c.id for c in choice.criteria]
    if choice.rules.swing:
        points = dict(choice.rules.swing)
        found: Floats = np.array([points.get(id, 0.0) for id in ids])
    else:
        places = rank_order_centroid(len(ids))
        mean: dict[str, float] = {}
        at = 0
        for tier in choice.rules.order or (tuple(ids),):
            mean |= dict.fromkeys(tier, sum(places[at : at + len(tier)]) / len(tier))
            at += len(tier)
        found = np.array([mean[id] for id in ids])
    found /= found.sum()
    if not choice.rules.limits:
        return found
    low, high = _limits(choice)
    if (found >= low).all() and (found <= high).all():
        return found
    return _inside(low, high, _pairs(choice))


def draw_weights(choice: Choice, draws: int, rng: np.random.Generator) -> Floats:
    """Weights drawn evenly from all that are possible: above 0, sum 1, order and limits kept.

    Without limits: Dirichlet draws, sorted into the order that is known (every order is as
    likely before, so this is even over the weights that keep it). With limits: the draws that
    keep them, or where they are few, hit-and-run (Smith 1984, doi:10.1287/opre.32.6.1296).

    Args:
        choice: criteria and what is known about their weights.
        draws: how many.
        rng: source of randomness.

    Returns:
        ``(draws, criteria)``; every row sums to 1.

    Raises:
        InputRefused: ``weighing_limits`` if no weights keep the limits and the order.
    """
    tiers = _tiers(choice)
    if not choice.rules.limits:
        return _ordered(choice, tiers, draws, rng)
    low, high = _limits(choice)
    inside = _inside(low, high, _pairs(choice))
    if len(inside) == 1:
        return np.ones((draws, 1))
    kept: list[Floats] = []
    count = 0
    for _ in range(_BATCHES):
        found = _ordered(choice, tiers, draws, rng)
        found = found[((found >= low) & (found <= high)).all(axis=1)]
        kept.append(found)
        count += len(found)
        if count >= draws:
            return np.concatenate(kept)[:draws]
        if count < draws / _BATCHES:
            break
    return _hit_and_run(inside, low, high, _pairs(choice), draws, rng)


def _tiers(choice: Choice) -> tuple[tuple[str, ...], ...]:
    """The order that is known: as told, or that of the swing points."""
    if choice.rules.order or not choice.rules.swing:
        return choice.rules.order
    points = dict(choice.rules.swing)
    given = {c.id: points.get(c.id, 0.0) for c in choice.criteria}
    steps = sorted(set(given.values()), reverse=True)
    return tuple(tuple(id for id, p in given.items() if p == step) for step in steps)


def _ordered(
    choice: Choice, tiers: Sequence[Sequence[str]], draws: int, rng: np.random.Generator
) -> Floats:
    number = {c.id: i for i, c in enumerate(choice.criteria)}
    found = rng.dirichlet(np.ones(len(number)), size=draws)
    if not tiers:
        return found
    falling = -np.sort(-found, axis=1)
    result = np.empty_like(found)
    at = 0
    for tier in tiers:
        columns = [number[id] for id in tier]
        part = falling[:, at : at + len(tier)]
        result[:, columns] = rng.permuted(part, axis=1) if len(tier) > 1 else part
        at += len(tier)
    return result


def _limits(choice: Choice) -> tuple[Floats, Floats]:
    limits = dict(choice.rules.limits)
    pairs = [limits.get(c.id, (0.0, 1.0)) for c in choice.criteria]
    return np.array([low for low, _ in pairs]), np.array([high for _, high in pairs])


def _pairs(choice: Choice) -> list[tuple[int, int]]:
    """Numbers of criteria of which the first weighs at least as much as the second."""
    number = {c.id: i for i, c in enumerate(choice.criteria)}
    tiers = _tiers(choice)
    return [
        (number[a], number[b]) for upper, lower in pairwise(tiers) for a in upper for b in lower
    ]


def _inside(low: Floats, high: Floats, pairs: Sequence[tuple[int, int]]) -> Floats:
    """Weights as far as possible from every bound."""
    from scipy.optimize import linprog

    size = len(low)
    if size == 1 and low[0] <= 1 <= high[0]:
        return np.ones(1)
    rows, bounds = _rows(low, high, pairs)
    found = linprog(
        np.append(np.zeros(size), -1.0),
        A_ub=np.column_stack([rows, np.ones(len(rows))]),
        b_ub=bounds,
        A_eq=np.append(np.ones(size), 0.0)[None, :],
        b_eq=[1.0],
        bounds=[(0, 1)] * size + [(None, 1)],
    )
    if not found.success or found.x[-1] < _LEAST_SLACK:
        raise InputRefused([Problem("weighing_limits", column="weights")])
    inside: Floats = found.x[:-1] / found.x[:-1].sum()
    return inside


def _rows(low: Floats, high: Floats, pairs: Sequence[tuple[int, int]]) -> tuple[Floats, Floats]:
    """The limits as rows · weights <= bounds."""
    size = len(low)
    order = np.zeros((len(pairs), size))
    for row, (a, b) in enumerate(pairs):
        order[row, a], order[row, b] = -1.0, 1.0
    rows = np.concatenate([-np.eye(size), np.eye(size), order])
    return rows, np.concatenate([-low, high, np.zeros(len(pairs))])


def _hit_and_run(
    start: Floats,
    low: Floats,
    high: Floats,
    pairs: Sequence[tuple[int, int]],
    draws: int,
    rng: np.random.Generator,
) -> Floats:
    """Many walks from an inner point, looked at again and again until there are enough draws.

    A step goes to an even point of the line through the walker that lies within all bounds.
    At first lines shift weight between two criteria; then they run along the difference of two
    walkers of the other half, so that they follow the shape of what is possible, however narrow.
    """
    bounds = _rows(low, high, pairs)
    size = len(start)
    half = max(4 * size, min(draws, _WALKERS) // 2)
    walkers = np.tile(start, (2 * half, 1))
    for _ in range(3 * size * size):
        one = rng.integers(0, size, len(walkers))
        other = (one + rng.integers(1, size, len(walkers))) % size
        ways = np.zeros_like(walkers)
        ways[np.arange(len(ways)), one], ways[np.arange(len(ways)), other] = 1.0, -1.0
        walkers = _step(walkers, ways, bounds, rng)
    first, second = walkers[:half], walkers[half:]
    kept: list[Floats] = []
    while 2 * half * len(kept) < draws:
        for _ in range(2 * size if kept else 10 * size):
            first = _step(first, _differences(second, rng), bounds, rng)
            second = _step(second, _differences(first, rng), bounds, rng)
        kept.append(np.concatenate([first, second]))
    found: Floats = np.clip(np.concatenate(kept)[:draws], low, high)
    found /= found.sum(axis=1, keepdims=True)
    return found


def _differences(walkers: Floats, rng: np.random.Generator) -> Floats:
    """Differences of two walkers each, chosen by chance."""
    count = len(walkers)
    first = rng.integers(0, count, count)
    second = (first + rng.integers(1, count, count)) % count
    found: Floats = walkers[first] - walkers[second]
    found -= found.mean(axis=1, keepdims=True)  # so that weights go on summing to 1
    return found


def _step(
    walkers: Floats, ways: Floats, limits: tuple[Floats, Floats], rng: np.random.Generator
) -> Floats:
    rows, bounds = limits
    room = np.maximum(bounds - walkers @ rows.T, 0.0)
    speed = ways @ rows.T
    tiny = 1e-12 * np.abs(ways).max(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = room / speed
    most = np.where(speed > tiny, reach, np.inf).min(axis=1)
    least = np.where(speed < -tiny, reach, -np.inf).max(axis=1)
    with np.errstate(invalid="ignore"):
        step = least + (most - least) * rng.random(len(walkers))
    moved: Floats = walkers + np.where(np.isfinite(step), step, 0.0)[:, None] * ways
    moved /= moved.sum(axis=1, keepdims=True)
    return moved
