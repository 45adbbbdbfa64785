"""What drives the uncertainty: tornado, and the value of knowing more."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jevn.impact.uncertainty.parameters import Parameter

Floats = npt.NDArray[np.float64]
_KNOTS = 4
_LEAST = 32
"""Fewest draws that a regression is made on."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One parameter of a tornado.

    Attributes:
        parameter: its id.
        at_low: outcome with the parameter at its low percentile, the others at their value.
        at_high: outcome with it at its high percentile.
    """

    parameter: str
    at_low: float
    at_high: float

    @property
    def width(self) -> float:
        """How far apart the two outcomes are."""
        return abs(self.at_high - self.at_low)


def tornado(
    parameters: Sequence[Parameter],
    evaluate: Callable[[Floats], Floats],
    *,
    low: float = 0.1,
    high: float = 0.9,
    among: Container[str] | None = None,
) -> tuple[Bar, ...]:
    """Every parameter alone at its low and high percentile, the others at their value.

    Args:
        parameters: those of the model.
        evaluate: outcomes (rows,) of parameter values (rows, parameters).
        low: lower percentile, as a share.
        high: upper percentile.
        among: ids of the parameters that can matter; the others are not tried. ``None``: all.

    Returns:
        Bars of the parameters that are not certain, the widest first; equal ones by id.
    """
    moving = [
        i for i, p in enumerate(parameters) if not p.certain and (among is None or p.id in among)
    ]
    if not moving:
        return ()
    middle = np.array([p.value for p in parameters])
    rows = np.tile(middle, (2 * len(moving), 1))
    ends = np.array([low, high])
    for row, i in enumerate(moving):
        rows[2 * row : 2 * row + 2, i] = parameters[i].quantile(ends)
    outcome = np.asarray(evaluate(rows), dtype=np.float64)
    bars = [
        Bar(parameters[i].id, float(outcome[2 * row]), float(outcome[2 * row + 1]))
        for row, i in enumerate(moving)
    ]
    return tuple(sorted(bars, key=lambda b: (-b.width, b.parameter)))


def evpi(net_benefit: Floats) -> float:
    """Expected value of perfect information: E[max_a NB] - max_a E[NB].

    Args:
        net_benefit: (draws, alternatives).
    """
    values = _checked(net_benefit)
    return max(0.0, float(values.max(axis=1).mean() - values.mean(axis=0).max()))


@dataclass(frozen=True, slots=True)
class PartialValue:
    """Expected value of knowing some parameters for sure, with its standard error."""

    value: float
    error: float


def evppi(values: Floats, net_benefit: Floats) -> PartialValue:
    """Expected value of partial perfect information by regression.

    E_θ[max_a E[NB_a | θ]] - max_a E[NB_a], with E[NB_a | θ] from a regression of each alternative's
    net benefit on θ (Strong, Oakley & Brennan 2014, Med Decis Making 34:311-326). The curve is a
    natural cubic spline with knots at quantiles of θ, of as many knots (none to four) as
    generalised cross-validation finds best. The standard error is that of 16 batches of draws.

    Args:
        values: draws of one parameter (draws,), or of few (draws, parameters; sums of one curve
            each).
        net_benefit: (draws, alternatives).

    Returns:
        Never below 0 and never above :func:`evpi`; 0 with fewer than 32 draws.

    Raises:
        ValueError: different numbers of draws.
    """
    benefit = _checked(net_benefit)
    if len(values) != len(benefit):
        raise ValueError("parameter and net benefit have different numbers of draws")
    theta = np.asarray(values, dtype=np.float64).reshape(len(benefit), -1)
    if len(benefit) < _LEAST or np.ptp(theta, axis=0).max() == 0:
        return PartialValue(0.0, 0.0)
    incremental = benefit - benefit[:, :1]
    fitted = np.column_stack([_smooth(theta, incremental[:, a]) for a in range(benefit.shape[1])])
    best = fitted.max(axis=1)
    at_once = int(fitted.mean(axis=0).argmax())
    gain = best - fitted[:, at_once]
    value = float(min(max(0.0, gain.mean()), evpi(benefit)))
    batches = [gain[i::16].mean() for i in range(16)]
    return PartialValue(value, float(np.std(batches, ddof=1) / 4))


def _checked(net_benefit: Floats) -> Floats:
    values = np.asarray(net_benefit, dtype=np.float64)
    if values.ndim != 2 or not values.size:
        raise ValueError("net benefit of draws by alternatives is expected")
    if not np.isfinite(values).all():
        raise ValueError("a net benefit is no number")
    return values


def _smooth(theta: Floats, y: Floats) -> Floats:
    """The spline regression of y on each column of theta, its knots chosen by cross-validation."""
    if np.ptp(y) == 0:
        return y.copy()
    best, fitted = np.inf, np.full_like(y, y.mean())
    for knots in range(-1, _KNOTS + 1):
        parts = [_basis(theta[:, i], knots) for i in range(theta.shape[1])] if knots >= 0 else []
        basis = np.column_stack([np.ones(len(y)), *parts])
        coefficients, _, rank, _ = np.linalg.lstsq(basis, y, rcond=None)
        guess = basis @ coefficients
        n = len(y)
        score = float(((y - guess) ** 2).mean() / (1 - min(rank / n, 0.9)) ** 2)
        if score < best:
            best, fitted = score, guess
    return np.asarray(fitted)


def _basis(x: Floats, knots: int) -> Floats:
    """Natural cubic spline basis without the constant: linear, and a curve per inner knot."""
    spread = x.std()
    if spread == 0:
        return np.zeros((len(x), 1))
    z: Floats = (x - x.mean()) / spread
    if knots == 0:
        return z[:, None]
    places = np.unique(np.quantile(z, np.linspace(0.02, 0.98, knots + 2)))
    if len(places) < 3:
        return z[:, None]

    def curve(k: float) -> Floats:
        last = places[-1]
        top = np.maximum(z - k, 0) ** 3 - np.maximum(z - last, 0) ** 3
        return np.asarray(top / (last - k))

    end = curve(places[-2])
    return np.column_stack([z, *(curve(k) - end for k in places[:-2])])
