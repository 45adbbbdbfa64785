"""Counts with their natural distribution of true values: Poisson-gamma, beta-binomial."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags

NONE: Final = 1e9
"""Prior size, in sizes of the municipality, that leaves nothing to the zone itself."""


class CountFamily(Protocol):
    """Counts and the distribution of the true values, at given mean and prior size.

    The prior size is in the unit of ``sizes``: a zone of that size gives half its weight to the
    mean. Means and prior sizes have shape ``(s,)``; arrays of zones ``(s, z)``, with 0 cases of
    size 1 where unknown.
    """

    @property
    def known(self) -> Flags:
        """Zones that have cases and a size, ``(s, z)``."""

    @property
    def cases(self) -> Floats:
        """Cases, ``(s, z)``."""

    @property
    def sizes(self) -> Floats:
        """Expected cases or persons, ``(s, z)``."""

    @property
    def name(self) -> str:
        """Name of the model."""

    def log_marginal(self, mean: Floats, prior: Floats) -> Floats:
        """Log density of the data, shape ``(s,)``."""

    def moments(self, mean: Floats, prior: Floats) -> tuple[Floats, Floats]:
        """Mean and variance of each true value, ``(s, z)``."""

    def above(self, mean: Floats, prior: Floats, value: Floats) -> Floats:
        """Probability that each true value is above ``value`` of shape ``(s,)``, ``(s, z)``."""

    def above_rest(self, mean: Floats, prior: Floats) -> Floats:
        """Probability that each true value is above that of the other zones, ``(s, z)``."""

    def limits(self, mean: Floats, variance: Floats, tail: float) -> Floats:
        """Quantile of the distribution with these moments."""

    def drawn(self, rng: np.random.Generator, mean: Floats, prior: Floats) -> Floats:
        """Draws of all true values, shape ``(d, s, z)``."""

    def by_moments(self) -> tuple[Floats, Floats, Floats]:
        """Mean, variance between zones, prior size, each ``(s,)``."""

    def variances(self, mean: Floats) -> tuple[Floats, Floats]:
        """Sampling variance of a zone's value at the mean, and its part of the variance."""

    def around(self, offset: float, mean: Floats, prior: Floats) -> tuple[Floats, Floats]:
        """The mean that lies ``offset`` standard errors away, and the log of its density."""


@dataclass(frozen=True, eq=False)
class PoissonGamma:
    """Ratios or rates."""

    known: Flags
    cases: Floats
    sizes: Floats
    name: str = "poisson_gamma"

    def log_marginal(self, mean: Floats, prior: Floats) -> Floats:
        """Negative binomial, without what does not depend on mean and prior size."""
        from scipy.special import gammaln

        m, size = mean[:, None], prior[:, None]
        shape = m * size
        # Written so that nothing cancels when the prior is very heavy.
        parts = gammaln(self.cases + shape) - gammaln(shape) - self.cases * np.log(size)
        parts = parts - (self.cases + shape) * np.log1p(self.sizes / size)
        found: Floats = np.where(self.known, parts, 0.0).sum(axis=1)
        return found

    def moments(self, mean: Floats, prior: Floats) -> tuple[Floats, Floats]:
        """Of the gamma given the cases."""
        size = self.sizes + prior[:, None]
        found = (self.cases + (mean * prior)[:, None]) / size
        return found, found / size

    def above(self, mean: Floats, prior: Floats, value: Floats) -> Floats:
        """Upper tail of the gamma."""
        from scipy.special import gammaincc

        size = self.sizes + prior[:, None]
        shape = self.cases + (mean * prior)[:, None]
        found: Floats = gammaincc(shape, np.maximum(value, 0.0)[:, None] * size)
        return found

    def above_rest(self, mean: Floats, prior: Floats) -> Floats:
        """By the ratio of two gammas, the other zones as one."""
        from scipy.special import betaincc

        one, within = self.moments(mean, prior)
        rest, around = _rest(self, one, within)
        # The ratio of two gammas is a beta prime.
        heavy, other = one / within, rest / around
        found: Floats = betaincc(one * heavy, rest * other, heavy / (heavy + other))
        return found

    def limits(self, mean: Floats, variance: Floats, tail: float) -> Floats:
        """Quantile of a gamma."""
        from scipy.special import gammaincinv

        spread = np.maximum(variance, 1e-12 * mean**2)
        shape = mean**2 / spread
        found: Floats = np.asarray(gammaincinv(shape, tail) * spread / mean)
        return found

    def drawn(self, rng: np.random.Generator, mean: Floats, prior: Floats) -> Floats:
        """From the gammas."""
        size = self.sizes + prior[..., None]
        return rng.gamma(self.cases + (mean * prior)[..., None]) / size

    def by_moments(self) -> tuple[Floats, Floats, Floats]:
        """Global estimator of Marshall (1991)."""
        sizes = np.where(self.known, self.sizes, 0.0)
        total = np.maximum(sizes.sum(axis=1), np.finfo(float).tiny)
        number = np.maximum(self.known.sum(axis=1), 1)
        mean = self.cases.sum(axis=1) / total
        rates = self.cases / self.sizes
        spread = (sizes * (rates - mean[:, None]) ** 2).sum(axis=1) / total
        between = np.maximum(spread - mean * number / total, 0.0)
        some = between > mean / (NONE * total)
        return mean, between, np.where(some, mean / np.where(some, between, 1.0), NONE * total)

    def variances(self, mean: Floats) -> tuple[Floats, Floats]:
        """Poisson: the mean over the expected cases."""
        return mean[:, None] / self.sizes, np.ones_like(self.sizes)

    def around(self, offset: float, mean: Floats, prior: Floats) -> tuple[Floats, Floats]:
        """On the logarithmic scale, where the mean's prior is flat from one case in all upwards.

        A prior flat on the mean itself would let it run away with the variance.
        """
        share = np.where(self.known, self.sizes / (self.sizes + prior[:, None]), 0.0)
        error = 1 / np.sqrt(np.maximum(mean * prior * share.sum(axis=1), 1e-9))
        error = np.minimum(error, 2.0)
        found = mean * np.exp(offset * error)
        whole = np.maximum(np.where(self.known, self.sizes, 0.0).sum(axis=1), 1e-9)
        return found, np.log(error * found / (found + 1 / whole))


@dataclass(frozen=True, eq=False)
class BetaBinomial:
    """Proportions."""

    known: Flags
    cases: Floats
    sizes: Floats
    name: str = "beta_binomial"

    def log_marginal(self, mean: Floats, prior: Floats) -> Floats:
        """Beta-binomial, without the binomial coefficients."""
        from scipy.special import gammaln

        a, b = (mean * prior)[:, None], ((1 - mean) * prior)[:, None]
        parts = gammaln(self.cases + a) - gammaln(a)
        parts = parts + gammaln(self.sizes - self.cases + b) - gammaln(b)
        parts = parts - gammaln(self.sizes + a + b) + gammaln(a + b)
        found: Floats = np.where(self.known, parts, 0.0).sum(axis=1)
        return found

    def moments(self, mean: Floats, prior: Floats) -> tuple[Floats, Floats]:
        """Of the beta given the cases."""
        size = self.sizes + prior[:, None]
        found = (self.cases + (mean * prior)[:, None]) / size
        return found, found * (1 - found) / (size + 1)

    def above(self, mean: Floats, prior: Floats, value: Floats) -> Floats:
        """Upper tail of the beta."""
        from scipy.special import betaincc

        a = self.cases + (mean * prior)[:, None]
        b = self.sizes - self.cases + ((1 - mean) * prior)[:, None]
        found: Floats = betaincc(a, b, np.clip(value, 0.0, 1.0)[:, None])
        return found

    def above_rest(self, mean: Floats, prior: Floats) -> Floats:
        """Normal on the scale of the logit, the other zones as one."""
        from scipy.special import ndtr

        one, within = self.moments(mean, prior)
        place, width = _logit(one, within)
        other, around = _logit(*_rest(self, one, within))
        found: Floats = ndtr((place - other) / np.sqrt(width + around))
        return found

    def limits(self, mean: Floats, variance: Floats, tail: float) -> Floats:
        """Quantile of a beta."""
        from scipy.special import betaincinv

        most = mean * (1 - mean)
        size = most / np.clip(variance, 1e-12 * most, most / 1.0001) - 1
        found: Floats = np.asarray(betaincinv(mean * size, (1 - mean) * size, tail))
        return found

    def drawn(self, rng: np.random.Generator, mean: Floats, prior: Floats) -> Floats:
        """From the betas."""
        a = self.cases + (mean * prior)[..., None]
        return rng.beta(a, self.sizes - self.cases + ((1 - mean) * prior)[..., None])

    def by_moments(self) -> tuple[Floats, Floats, Floats]:
        """Kleinman (1973) with persons as weights."""
        sizes = np.where(self.known, self.sizes, 0.0)
        total = np.maximum(sizes.sum(axis=1), np.finfo(float).tiny)
        mean = self.cases.sum(axis=1) / total
        most = mean * (1 - mean)
        spread = (sizes * (self.cases / self.sizes - mean[:, None]) ** 2).sum(axis=1)
        rest = np.where(self.known, 1 - sizes / total[:, None], 0.0)
        within = most * rest.sum(axis=1)
        weight = ((sizes - 1) * rest).sum(axis=1)
        between = np.maximum(spread - within, 0.0) / np.where(weight > 0, weight, 1.0)
        between = np.where(weight > 0, np.minimum(between, most), 0.0)
        some = between > most / (NONE * total)
        prior = np.maximum(most / np.where(some, between, 1.0) - 1, 1e-6)
        return mean, between, np.where(some, prior, NONE * total)

    def variances(self, mean: Floats) -> tuple[Floats, Floats]:
        """Binomial; of the variance between zones a single person shows nothing."""
        return (mean * (1 - mean))[:, None] / self.sizes, 1 - 1 / np.maximum(self.sizes, 1.0)

    def around(self, offset: float, mean: Floats, prior: Floats) -> tuple[Floats, Floats]:
        """On the logit scale."""
        share = np.where(self.known, self.sizes / (self.sizes + prior[:, None]), 0.0)
        known_of = mean * (1 - mean) * (prior + 1) * share.sum(axis=1)
        error = np.minimum(1 / np.sqrt(np.maximum(known_of, 1e-9)), 2.0)
        found = 1 / (1 + np.exp(-(np.log(mean / (1 - mean)) + offset * error)))
        return found, np.log(found * (1 - found)) + np.log(error)


def _rest(family: CountFamily, mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """Mean and variance of all other zones together; the zone itself where it is alone."""
    sizes = np.where(family.known, family.sizes, 0.0)
    others = sizes.sum(axis=1, keepdims=True) - sizes
    alone = others <= 1e-12 * sizes
    below = np.where(alone, 1.0, others)
    rest = ((sizes * mean).sum(axis=1, keepdims=True) - sizes * mean) / below
    parts = sizes**2 * variance
    around = (parts.sum(axis=1, keepdims=True) - parts) / below**2
    least = 1e-14 * mean * mean
    return np.where(alone, mean, rest), np.where(alone, variance, np.maximum(around, least))


def _logit(mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """Mean and variance of the logit of a beta with this mean and variance."""
    from scipy.special import digamma, polygamma

    most = mean * (1 - mean)
    size = most / np.clip(variance, 1e-14 * most, most / 1.0001) - 1
    a, b = mean * size, (1 - mean) * size
    return digamma(a) - digamma(b), polygamma(1, a) + polygamma(1, b)
