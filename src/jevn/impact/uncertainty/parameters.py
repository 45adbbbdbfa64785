"""Uncertain numbers and their draws: scrambled Sobol points through inverse distributions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, log
from typing import Literal

import numpy as np
import numpy.typing as npt

from jevn.terms import Message

Floats = npt.NDArray[np.float64]
Family = Literal["lognormal", "normal", "beta", "fixed"]
WIDTH = 3.92
"""Width of a 95 % interval in standard deviations."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of the model that is not known for sure.

    Attributes:
        id: name of its own.
        family: ``lognormal`` (ratios, amounts), ``normal`` (differences), ``beta`` (shares) or
            ``fixed``.
        value: median of a log-normal, mean of the others.
        low: lower 95 % limit (log-normal and normal; beta instead of ``concentration``).
        high: upper 95 % limit.
        name: what it is, in words.
        concentration: of a beta: it is known as well as from so many observations.

    Raises:
        ValueError: limits that do not enclose the value, or that the family cannot have.
    """

    id: str
    family: Family
    value: float
    low: float | None = None
    high: float | None = None
    name: Message | None = None
    concentration: float | None = None

    def __post_init__(self) -> None:
        limits = [x for x in (self.low, self.high) if x is not None]
        if not all(isfinite(x) for x in (self.value, *limits)):
            raise ValueError(f"{self.id}: a number is missing or infinite")
        if self.family == "fixed":
            return
        if len(limits) == 1 or (not limits and self.concentration is None):
            raise ValueError(f"{self.id}: both limits are needed")
        if limits and not limits[0] <= self.value <= limits[1]:
            raise ValueError(f"{self.id}: the limits do not enclose the value")
        if self.family == "lognormal" and min(limits) <= 0:
            raise ValueError(f"{self.id}: limits of a ratio must be above 0")
        if self.family == "beta":
            if not 0 <= self.value <= 1:
                raise ValueError(f"{self.id}: a share lies between 0 and 1")
            if self.concentration is not None and self.concentration <= 0:
                raise ValueError(f"{self.id}: the concentration must be above 0")

    @property
    def certain(self) -> bool:
        """Whether every draw is the same."""
        if self.family == "fixed" or (self.family == "beta" and self.value in (0.0, 1.0)):
            return True
        return self.low is not None and self.low == self.high

    def quantile(self, u: Floats) -> Floats:
        """The value below which a share ``u`` of the distribution lies.

        log-normal: value · exp(z (ln high - ln low) / 3.92); normal: value + z (high - low) / 3.92,
        z the standard normal quantile; beta: mean ``value`` and variance from the limits,
        ((high - low) / 3.92)², or m (1 - m) / (concentration + 1).
        """
        u = np.asarray(u, dtype=np.float64)
        if self.certain:
            return np.full(u.shape, self.value)
        from scipy.special import betaincinv, ndtri

        if self.family == "beta":
            a, b = self._beta()
            return np.asarray(betaincinv(a, b, u))
        assert self.low is not None
        assert self.high is not None
        z = ndtri(u)
        if self.family == "lognormal":
            return np.asarray(self.value * np.exp(z * (log(self.high) - log(self.low)) / WIDTH))
        return np.asarray(self.value + z * (self.high - self.low) / WIDTH)

    def _beta(self) -> tuple[float, float]:
        m = self.value
        if self.concentration is not None:
            return m * self.concentration, (1 - m) * self.concentration
        assert self.low is not None
        assert self.high is not None
        variance = ((self.high - self.low) / WIDTH) ** 2
        n = max(m * (1 - m) / variance - 1, 1e-3)
        return m * n, (1 - m) * n


def sobol_draws(parameters: Sequence[Parameter], draws: int, seed: int) -> Floats:
    """Values of every parameter in every draw, (draws, parameters).

    Scrambled Sobol points (Owen 1998) through the inverse distribution functions: one number per
    parameter and draw, for all ages, strata and alternatives. Parameters get their dimension
    in the order of their ids, so the order they are given in does not matter; parameters that
    are certain take none.

    Raises:
        ValueError: fewer than one draw, or an id given twice.
    """
    if draws < 1:
        raise ValueError("there must be at least one draw")
    ids = [p.id for p in parameters]
    if len(set(ids)) < len(ids):
        twice = next(i for i in ids if ids.count(i) > 1)
        raise ValueError(f"{twice}: given twice")
    found = np.empty((draws, len(parameters)))
    moving = sorted((p.id, i) for i, p in enumerate(parameters) if not p.certain)
    for i, parameter in enumerate(parameters):
        if parameter.certain:
            found[:, i] = parameter.value
    if moving:
        from scipy.stats import qmc

        sampler = qmc.Sobol(len(moving), scramble=True, rng=seed)
        points = sampler.random_base2(max(draws - 1, 0).bit_length())[:draws]
        points = np.clip(points, 1e-9, 1 - 1e-9)
        for column, (_, i) in enumerate(moving):
            found[:, i] = parameters[i].quantile(points[:, column])
    return found


def central(parameters: Sequence[Parameter]) -> Floats:
    """The value of every parameter, as one draw, (1, parameters)."""
    return np.array([[p.value for p in parameters]])
