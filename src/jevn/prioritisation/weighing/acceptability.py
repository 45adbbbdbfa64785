"""Weighing options by criteria whose weights are not known for sure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jevn.prioritisation.weighing.decision import Choice, Floats, valued
from jevn.prioritisation.weighing.result import OptionStanding, Standing, SteadyWeight, Weighing
from jevn.prioritisation.weighing.weights import base_weights, draw_weights

_EQUAL = 1e-12
Whole = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Draws of weights ``(draws, criteria)`` and of what they make of the options.

    ``parts`` are values per criterion, ``(draws or 1, options, criteria)``; ``values`` their
    weighted sums, ``(options, draws)``.
    """

    weights: Floats
    parts: Floats
    values: Floats
    acceptability: Floats
    winning: Floats


def weigh(choice: Choice, *, draws: int = 10_000, seed: int = 0) -> Weighing:
    r"""Weigh options by a sum of weighted values, and tell how firmly the order stands.

    The value of an option is :math:`V = \sum_k w_k v_k(x_k)`, :math:`v_k` piecewise linear from 0
    at the worst amount to 1 at the best. Its firmness is told by stochastic multicriteria
    acceptability analysis (SMAA-2: Lahdelma & Salminen 2001, doi:10.1287/opre.49.3.444.11220):
    weights are drawn evenly from all that keep what is known about them, amounts from a
    triangular distribution over (low, likely, high), and places are counted. Ranges are part
    of the choice, so that the standing of two options never depends on a third.

    Args:
        choice: options, criteria and what is known about the weights.
        draws: how many draws, at least 1.
        seed: what they are drawn from; the same seed gives the same result.

    Raises:
        InputRefused: ``weighing_limits`` if no weights keep the limits and the order.
        ValueError: if ``draws`` is below 1.
    """
    if draws < 1:
        raise ValueError("draws must be at least 1")
    rng = np.random.default_rng(seed)
    base, likely = base_weights(choice), choice.likely_values()
    values = likely @ base
    drawn = _draw(choice, likely, draws, rng)
    order = sorted(range(len(values)), key=lambda i: -round(float(values[i]), 12))
    best = drawn.values.max(axis=0)
    lost = best - drawn.values
    mean = drawn.values.mean(axis=1)
    options = tuple(
        OptionStanding(
            id=choice.options[i].id,
            title=choice.options[i].title,
            value=float(values[i]),
            place=1 + int((values > values[i] + _EQUAL).sum()),
            parts=tuple((likely[i] * base).tolist()),
            mean_value=float(mean[i]),
            acceptability=tuple(drawn.acceptability[i].tolist()),
            standing=_standing(lost[i]),
            central_weights=(central := _central(drawn, lost[i])),
            confidence=_confidence(drawn, i, central),
            regret=float(lost[i].mean()),
            most_regret=float(lost[i].max()),
        )
        for i in order
    )
    return Weighing(
        title=choice.title,
        options=options,
        criteria=_steady(choice, likely, base),
        winning=tuple(tuple(drawn.winning[i, order].tolist()) for i in order),
        perfect_information=max(0.0, float(best.mean() - mean.max())),
        draws=draws,
        seed=seed,
    )


def _draw(choice: Choice, likely: Floats, draws: int, rng: np.random.Generator) -> _Drawn:
    weights = draw_weights(choice, draws, rng)
    if _sure(choice):
        parts = likely[None]
        values = likely @ weights.T
    else:
        parts = _amounts(choice, draws, rng)
        values = np.ascontiguousarray(np.einsum("dok,dk->od", parts, weights))
    count = len(values)
    above = np.zeros(values.shape, dtype=np.int32)
    tied = np.ones(values.shape, dtype=np.int32)
    winning = np.full((count, count), 0.5)
    for i in range(count - 1):
        others = values[i + 1 :]
        better, worse = others > values[i] + _EQUAL, others < values[i] - _EQUAL
        above[i] += better.sum(axis=0, dtype=np.int32)
        above[i + 1 :] += worse
        same = ~(better | worse)
        if same.any():
            tied[i] += same.sum(axis=0, dtype=np.int32)
            tied[i + 1 :] += same
        winning[i, i + 1 :] = worse.mean(axis=1) + same.mean(axis=1) / 2
        winning[i + 1 :, i] = 1 - winning[i, i + 1 :]
    return _Drawn(weights, parts, values, _shares(above, tied), winning)


def _shares(above: Whole, tied: Whole) -> Floats:
    """``(options, places)`` share of draws; an option that ties has part of each tied place."""
    count, draws = above.shape
    found = np.zeros((count, count))
    for i in range(count):
        for many in np.unique(tied[i]):
            counted = np.bincount(above[i][tied[i] == many], minlength=count) / (many * draws)
            for behind in range(many):
                found[i, behind:] += counted[: count - behind]
    return found


def _sure(choice: Choice) -> bool:
    return all(a.low == a.high for o in choice.options for a in o.amounts)


def _amounts(choice: Choice, draws: int, rng: np.random.Generator) -> Floats:
    """``(draws, options, criteria)`` values of drawn amounts."""
    low, likely, high = (
        np.array([[getattr(a, name) for a in o.amounts] for o in choice.options])
        for name in ("low", "likely", "high")
    )
    unsure = high > low
    found = np.broadcast_to(likely, (draws, *likely.shape)).copy()
    found[:, unsure] = rng.triangular(
        low[unsure], likely[unsure], high[unsure], size=(draws, int(unsure.sum()))
    )
    return valued(choice.criteria, found)


def _standing(lost: Floats) -> Standing:
    first = lost <= _EQUAL
    return "always" if first.all() else "sometimes" if first.any() else "never"


def _central(drawn: _Drawn, lost: Floats) -> tuple[float, ...] | None:
    """Mean of the weights that put an option first."""
    first = lost <= _EQUAL
    return tuple(drawn.weights[first].mean(axis=0).tolist()) if first.any() else None


def _confidence(drawn: _Drawn, option: int, central: tuple[float, ...] | None) -> float | None:
    """Share of drawn amounts that put an option first with its central weights."""
    if central is None:
        return None
    sums = drawn.parts @ np.array(central)
    return float((sums[:, option] >= sums.max(axis=1) - _EQUAL).mean())


def _steady(choice: Choice, likely: Floats, base: Floats) -> tuple[SteadyWeight, ...]:
    """How far each weight can go: V(t) = t v_k + (1 - t) (rest), linear in the weight t."""
    values = likely @ base
    best = int(np.argmax(np.round(values, 12)))
    found = []
    for k, criterion in enumerate(choice.criteria):
        own = likely[best, k] - likely[:, k]
        others = np.delete(base, k)
        shares = others / others.sum() if others.sum() > 0 else np.full(len(others), 1.0)
        shares = shares if others.sum() > 0 or not len(others) else shares / len(others)
        rest_of = np.delete(likely, k, axis=1) @ shares
        rest = rest_of[best] - rest_of
        slope = own - rest  # lead over each option: rest + t * slope, to stay at 0 or above
        low, high = 0.0, 1.0
        for lead, rise in zip(rest.tolist(), slope.tolist(), strict=True):
            if rise > _EQUAL:
                low = max(low, -lead / rise)
            elif rise < -_EQUAL:
                high = min(high, lead / -rise)
        weight = float(base[k])
        found.append(
            SteadyWeight(
                criterion=criterion.id,
                title=criterion.title,
                worst=criterion.worst,
                best=criterion.best,
                unit=criterion.unit,
                weight=weight,
                low=min(max(0.0, low), weight),
                high=max(min(1.0, high), weight),
            )
        )
    return tuple(found)
