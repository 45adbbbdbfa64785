"""The signs of an area's indicators as numbers: how far each is from being told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jevn.challenges.importance import indicator_weight
from jevn.challenges.matrix import sign_of, social_gradient
from jevn.challenges.observed import LEVEL
from jevn.challenges.overview_results import ImportanceLine
from jevn.challenges.results import Figure, IndicatorStatus
from jevn.challenges.signs import Sign, SignKind
from jevn.indices import critical
from jevn.terms import Polarity

Floats = NDArray[np.float64]

_CERTAIN = 1e6
"""Standard errors of a distance that has no uncertainty."""


@dataclass(frozen=True, eq=False)
class Vote:
    """One indicator's sign of one kind.

    Attributes:
        indicator: its id.
        sign: the sign as it is read from the figures.
        distances: how far for the worse, in standard errors; several where any of several
            (zones) makes the sign.
        limit: distance from which it is sure.
        weight: importance among the indicators of the area.
        better: whether the sign can be better, too.
    """

    indicator: str
    sign: Sign
    distances: Floats
    limit: float
    weight: float
    better: bool = True

    @property
    def now(self) -> int:
        """The sign of the figures as they are: 1 worse, -1 better, 0 not told apart."""
        return {Sign.WORSE: 1, Sign.BETTER: -1}.get(self.sign, 0)

    def signs(self, noise: Floats) -> NDArray[np.int8]:
        """1 worse, -1 better, 0 not told apart, for each draw of noise of shape ``(d, k)``."""
        moved = self.distances + noise
        worse = (moved > self.limit).any(axis=1)
        better = (moved < -self.limit).all(axis=1) if self.better else np.zeros(len(moved), bool)
        return np.asarray(worse.astype(np.int8) - better.astype(np.int8), dtype=np.int8)


def votes(
    statuses: Sequence[IndicatorStatus], kind: SignKind, lines: Sequence[ImportanceLine]
) -> tuple[Vote, ...]:
    """The known signs of one kind of an area's indicators."""
    found = []
    for status in statuses:
        indicator, sign = status.indicator, sign_of(status, kind)
        if sign is Sign.UNKNOWN:
            continue
        distances, limit = _distances(status, kind)
        weight = indicator_weight(lines, indicator.area, kind, indicator.id)
        found.append(
            Vote(indicator.id, sign, np.array(distances), limit, weight, better=kind != "spread")
        )
    return tuple(found)


def _distances(status: IndicatorStatus, kind: SignKind) -> tuple[list[float], float]:
    """Distances for the worse of a known sign, and the limit."""
    # A high value that is good makes a positive difference good; for the gradient, the top.
    turn = -1.0 if status.indicator.polarity is Polarity.FAVOURABLE else 1.0
    usual = critical(LEVEL)
    if kind == "spread" and status.spread is not None:
        overall = status.spread.overall
        known = [z for z in status.spread.zones if z.value is not None]
        found = [
            turn * _far(z.value - overall, z.lower, z.upper, z.value)
            for z in known
            if z.value is not None and z.sign is not Sign.UNKNOWN
        ]
        return found, critical(1 - (1 - LEVEL) / len(known))
    figure: Figure | None = None
    gradient = social_gradient(status)
    if kind == "level" and status.comparisons:
        figure = status.comparisons[0].difference
    elif kind == "trend" and status.trend is not None:
        figure = status.trend.slope_per_year
    elif kind == "gradient" and gradient is not None:
        figure, turn = gradient.sii or gradient.gap, -turn
    if figure is None:
        return [0.0], usual
    return [turn * _far(figure.value, figure.lower, figure.upper, figure.value)], usual


def _far(distance: float, lower: float | None, upper: float | None, value: float) -> float:
    """A distance in standard errors, by the arm of the interval that points to nothing."""
    if lower is None or upper is None:
        return 0.0
    arm = value - lower if distance > 0 else upper - value
    if arm <= 0:
        return float(np.sign(distance)) * _CERTAIN
    return distance / arm * critical(LEVEL)
