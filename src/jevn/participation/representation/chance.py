"""Whether a difference from the population is more than chance: exact where it can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import comb, lgamma

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

MOST_LISTED = 50_000
"""Outcomes that are listed; beyond, outcomes are drawn."""
DRAWS = 20_000
_SEED = 20_27
_EQUAL = 1e-7


def binomial_p(count: int, of: int, share: float) -> float:
    """Two-sided exact binomial test: the probability of outcomes no more likely than this one."""
    from scipy.stats import binomtest

    return float(binomtest(count, of, share).pvalue)


def binomial_limits(count: int, of: int, level: float = 0.95) -> tuple[float, float]:
    """Clopper and Pearson's exact interval for a share."""
    from scipy.stats import binomtest

    found = binomtest(count, of).proportion_ci(level, method="exact")
    return float(found.low), float(found.high)


def multinomial_p(counts: Sequence[int], shares: Sequence[float]) -> float:
    """Exact multinomial test: the probability of outcomes no more likely than this one.

    All outcomes are listed if there are at most 50 000; else 20 000 are drawn with a fixed seed,
    and the one observed counts as one of them.

    Args:
        counts: number in each group.
        shares: share of each group by the population; they add up to 1.
    """
    n, k = sum(counts), len(counts)
    if n == 0 or k < 2:
        return 1.0
    if any(c and not s for c, s in zip(counts, shares, strict=True)):
        return 0.0
    own = _log_probability(np.array([counts]), shares)[0]
    if comb(n + k - 1, k - 1) <= MOST_LISTED:
        every = _log_probability(np.array(list(_outcomes(n, k))), shares)
        return min(1.0, float(np.exp(every[every <= own + _EQUAL]).sum()))
    drawn = _log_probability(_drawn(n, shares), shares)
    return float((1 + (drawn <= own + _EQUAL).sum()) / (1 + DRAWS))


def dissimilarity(counts: Sequence[int], shares: Sequence[float]) -> float:
    """Half the sum of differences between the shares of counts and of the population, 0-1."""
    n = sum(counts)
    return sum(abs(c / n - s) for c, s in zip(counts, shares, strict=True)) / 2


def dissimilarity_by_chance(n: int, shares: Sequence[float]) -> float:
    """Mean dissimilarity of ``n`` drawn at random from the population.

    Exact: the mean over groups of the mean absolute deviation of a binomial.
    """
    from scipy.stats import binom

    numbers = np.arange(n + 1)
    return float(
        sum((binom.pmf(numbers, n, s) * np.abs(numbers / n - s)).sum() for s in shares) / 2
    )


def _log_probability(outcomes: Counts, shares: Sequence[float]) -> Floats:
    from scipy.special import gammaln, xlogy

    n = int(outcomes[0].sum())
    found: Floats = lgamma(n + 1) + (xlogy(outcomes, np.array(shares)) - gammaln(outcomes + 1)).sum(
        axis=1
    )
    return found


def _outcomes(n: int, k: int) -> Iterator[tuple[int, ...]]:
    if k == 1:
        yield (n,)
        return
    for first in range(n + 1):
        for rest in _outcomes(n - first, k - 1):
            yield (first, *rest)


def _drawn(n: int, shares: Sequence[float]) -> Counts:
    whole = np.array(shares) / sum(shares)
    return np.random.default_rng(_SEED).multinomial(n, whole, size=DRAWS)
