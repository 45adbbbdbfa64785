"""Latent Gaussian values of zones behind observations: the approximation of Laplace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags

_STEPS: Final = 50


class Observed(Protocol):
    """What was observed in each zone, given its latent value; all arrays of shape ``(z,)``."""

    @property
    def known(self) -> Flags:
        """Zones with an observation."""

    @property
    def sizes(self) -> Floats:
        """Weight of each zone in the municipality; 0 where unknown."""

    @property
    def vague(self) -> float:
        """Variance of the overall level that says nothing."""

    @property
    def usual(self) -> float:
        """Standard deviation between zones that is exceeded with probability 0.01."""

    def start(self) -> Floats:
        """Latent values near the observed ones."""

    def log_density(self, latent: Floats) -> float:
        """Log density of all observations."""

    def slopes(self, latent: Floats) -> tuple[Floats, Floats]:
        """Derivative of the log density, and minus the second derivative."""

    def value(self, latent: Floats) -> Floats:
        """Latent values as values of the indicator."""

    def moments(self, mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
        """Mean and mean square of the indicator's value for a normal latent value."""

    def latent(self, value: float) -> float:
        """A value of the indicator as a latent one."""


@dataclass(frozen=True, eq=False)
class NormalObserved:
    """Values with known standard errors, on a scale where zones differ by about 1."""

    known: Flags
    values: Floats
    variances: Floats
    sizes: Floats
    centre: float
    unit: float
    vague: float = 1e4
    usual: float = 3.0

    def start(self) -> Floats:
        """The values."""
        return np.where(self.known, self.values, 0.0)

    def log_density(self, latent: Floats) -> float:
        """Normal."""
        rest = np.where(self.known, (self.values - latent) ** 2 / self.variances, 0.0)
        return float(-(rest + np.where(self.known, np.log(self.variances), 0.0)).sum() / 2)

    def slopes(self, latent: Floats) -> tuple[Floats, Floats]:
        """Those of a parabola."""
        weights = np.where(self.known, 1 / self.variances, 0.0)
        return weights * (self.values - latent), weights

    def value(self, latent: Floats) -> Floats:
        """Back to the given scale."""
        return self.centre + self.unit * latent

    def moments(self, mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
        """Exact."""
        here = self.value(mean)
        return here, here**2 + self.unit**2 * variance

    def latent(self, value: float) -> float:
        """To the inner scale."""
        return (value - self.centre) / self.unit


@dataclass(frozen=True, eq=False)
class PoissonObserved:
    """Cases among expected ones; the latent value is the log of the ratio."""

    known: Flags
    cases: Floats
    sizes: Floats
    vague: float = 100.0
    usual: float = 1.0

    def start(self) -> Floats:
        """Log of the ratio, with half a case."""
        whole = np.log((self.cases.sum() + 0.5) / max(self.sizes.sum(), 1e-9))
        own = np.log((self.cases + 0.5) / np.where(self.known, self.sizes + 0.5, 1.0))
        return np.where(self.known, own, whole)

    def log_density(self, latent: Floats) -> float:
        """Poisson, without what does not depend on the latent value."""
        return float((self.cases * latent - self.sizes * np.exp(latent)).sum())

    def slopes(self, latent: Floats) -> tuple[Floats, Floats]:
        """Observed minus fitted; fitted."""
        fitted = self.sizes * np.exp(latent)
        return self.cases - fitted, fitted

    def value(self, latent: Floats) -> Floats:
        """Ratio of observed to expected."""
        return np.exp(latent)

    def moments(self, mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
        """Log-normal."""
        return np.exp(mean + variance / 2), np.exp(2 * mean + 2 * variance)

    def latent(self, value: float) -> float:
        """Logarithm."""
        return float(np.log(value)) if value > 0 else -np.inf


@dataclass(frozen=True, eq=False)
class BinomialObserved:
    """Cases among persons; the latent value is the logit of the proportion."""

    known: Flags
    cases: Floats
    sizes: Floats
    vague: float = 100.0
    usual: float = 1.0

    def start(self) -> Floats:
        """Logit with half a case."""
        whole = np.log((self.cases.sum() + 0.5) / (self.sizes.sum() - self.cases.sum() + 0.5))
        own = np.log((self.cases + 0.5) / (self.sizes - self.cases + 0.5))
        return np.where(self.known, own, whole)

    def log_density(self, latent: Floats) -> float:
        """Binomial, without the coefficients."""
        return float((self.cases * latent - self.sizes * np.logaddexp(0, latent)).sum())

    def slopes(self, latent: Floats) -> tuple[Floats, Floats]:
        """Observed minus fitted; variance of the fitted."""
        share = self.value(latent)
        return self.cases - self.sizes * share, self.sizes * share * (1 - share)

    def value(self, latent: Floats) -> Floats:
        """Proportion."""
        from scipy.special import expit

        return np.asarray(expit(latent))

    def moments(self, mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
        """By the quadrature of Gauss and Hermite."""
        nodes, masses = np.polynomial.hermite_e.hermegauss(15)
        values = self.value(mean + nodes[:, None] * np.sqrt(variance))
        weights = masses / masses.sum()
        return weights @ values, weights @ values**2

    def latent(self, value: float) -> float:
        """Logit."""
        from scipy.special import logit

        return float(logit(np.clip(value, 0.0, 1.0)))


@dataclass(frozen=True, eq=False)
class Mode:
    """Latent values given the covariance: mode, covariance, and how well it all fits.

    Attributes:
        latent: most probable latent values, shape ``(z,)``.
        covariance: of the normal distribution there, shape ``(z, z)``.
        weights: minus the second derivatives of the log density of the observations.
        log_marginal: log density of the observations given the covariance.
    """

    latent: Floats
    covariance: Floats
    weights: Floats
    log_marginal: float


def mode_of(observed: Observed, prior: Floats) -> Mode:
    """Normal approximation at the mode; exact for normal observations.

    Newton's method in the form that inverts only ``I + W^(1/2) K W^(1/2)``, which is stable for
    any prior covariance ``K``, also a singular one (Rasmussen & Williams 2006, Gaussian
    Processes for Machine Learning, section 3.4).

    Args:
        observed: the observations.
        prior: covariance of the latent values, shape ``(z, z)``.
    """
    from scipy.linalg import solve_triangular

    latent = observed.start()
    best = -np.inf
    factors = np.zeros_like(latent)
    for _ in range(_STEPS):
        slope, weights = observed.slopes(latent)
        root = np.sqrt(weights)
        inner = np.eye(len(prior)) + root[:, None] * prior * root
        lower = np.linalg.cholesky(inner)
        target = weights * latent + slope
        solved = solve_triangular(lower, root * (prior @ target), lower=True)
        new = target - root * solve_triangular(lower, solved, lower=True, trans=1)
        step = new - factors
        share, before = 1.0, best
        # Newton may overshoot where counts are small: halve until it is no worse.
        for _ in range(12):
            tried = factors + share * step
            latent = prior @ tried
            best = observed.log_density(latent) - float(tried @ latent) / 2
            if best >= before - 1e-10:
                break
            share /= 2
        factors = tried
        if best - before < 1e-9:
            break
    _, weights = observed.slopes(latent)
    root = np.sqrt(weights)
    lower = np.linalg.cholesky(np.eye(len(prior)) + root[:, None] * prior * root)
    half = solve_triangular(lower, root[:, None] * prior, lower=True)
    return Mode(latent, prior - half.T @ half, weights, best - float(np.log(np.diag(lower)).sum()))
