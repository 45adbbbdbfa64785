"""Shrinkage of observed counts in zones towards the mean: Poisson-gamma, beta-binomial."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from jevn.indices.between import between_zones, posterior_grid
from jevn.indices.conjugate import BetaBinomial, CountFamily, PoissonGamma
from jevn.indices.ridits import Floats
from jevn.indices.shrinkage import drawn_points
from jevn.indices.smallarea import (
    Polarities,
    ZoneEstimates,
    checked_level,
    notes_of,
    references_of,
    rows_of,
    signs_of,
    usual_notes,
    worse_of,
)

CountBetween = Literal["integrated", "moments"]
"""How the variance between zones enters: averaged over, or one estimate taken as certain."""


def shrink_counts(
    observed: ArrayLike,
    expected: ArrayLike,
    *,
    polarity: Polarities = None,
    reference: ArrayLike | None = None,
    between: CountBetween = "integrated",
    level: float = 0.95,
    draws: int = 0,
    seed: int = 0,
) -> ZoneEstimates:
    r"""Pull ratios of observed to expected cases towards their mean.

    $$ O_i \sim \text{Poisson}(E_i \theta_i), \quad \theta_i \sim \text{Gamma}(\nu, \alpha),
    \quad \hat\theta_i = \frac{O_i + \nu}{E_i + \alpha} $$

    so the weight on the zone's own ratio is $E_i/(E_i + \alpha)$. ``moments``: mean
    $m = \sum O/\sum E$ and variance $A = \sum E_i (r_i - m)^2/\sum E - m/\bar E$, at least 0,
    as one certain value (Marshall 1991, Appl Stat 40: 283-294). ``integrated``: averaged over
    mean and variance, given the data (:func:`posterior_grid`; the mean's prior is
    $1/(m + 1/\sum E)$). Limits: gamma distribution with the mean and variance
    found. Clayton & Kaldor 1987, Biometrics 43: 671-681.

    Args:
        observed: cases in each zone, shape ``(z,)`` or ``(s, z)``; not-a-number where unknown.
        expected: expected cases, or person-years for rates; same shape. Zones with 0 are left
            out.
        polarity: whether high values are good or bad, for all settings or for each.
        reference: the municipality's ratio, taken as known; ``None``: that of all its zones
            together, each true value weighted with ``expected``.
        between: how the variance between zones enters.
        level: level of limits.
        draws: draws of all true values together, for :func:`zone_ranks`.
        seed: of the draws.

    Returns:
        Arrays of shape ``(s, z)``, also for one setting.

    Raises:
        ValueError: if shapes differ, a number is negative, or an option is unknown.

    >>> found = shrink_counts([2, 10, 30], [8.0, 10.0, 20.0], between="moments")
    >>> found.estimate.round(2).tolist()
    [[0.66, 1.04, 1.39]]
    """
    cases, sizes = _pairs(observed, expected)
    known = np.isfinite(cases) & np.isfinite(sizes) & (np.nan_to_num(sizes) > 0)
    family = PoissonGamma(known, np.where(known, cases, 0.0), np.where(known, sizes, 1.0))
    frame = _Frame(signs_of(polarity, len(cases)), references_of(reference, len(cases)), level)
    return _shrunken(family, frame, between, draws, seed)


def shrink_proportions(
    cases: ArrayLike,
    persons: ArrayLike,
    *,
    polarity: Polarities = None,
    reference: ArrayLike | None = None,
    between: CountBetween = "integrated",
    level: float = 0.95,
    draws: int = 0,
    seed: int = 0,
) -> ZoneEstimates:
    r"""Pull proportions of zones towards their mean.

    $$ x_i \sim \text{Binomial}(n_i, \theta_i), \quad \theta_i \sim \text{Beta}(m M, (1-m) M),
    \quad \hat\theta_i = \frac{x_i + m M}{n_i + M} $$

    so the weight on the zone's own proportion is $n_i/(n_i + M)$, and the variance between
    zones $A = m(1-m)/(M+1)$. ``moments``: $m$ and $A$ of Kleinman (1973, JASA 68: 46-54) with
    persons as weights, as one certain value. ``integrated``: averaged over both, given the
    data. Limits: beta distribution with the mean and variance found.

    Args:
        cases: cases in each zone, shape ``(z,)`` or ``(s, z)``; not-a-number where unknown.
        persons: persons (respondents) in each zone; same shape. Zones with 0 are left out.
        polarity: whether high values are good or bad, for all settings or for each.
        reference: the municipality's proportion, taken as known; ``None``: that of all its
            zones together, each true value weighted with ``persons``.
        between: how the variance between zones enters.
        level: level of limits.
        draws: draws of all true values together, for :func:`zone_ranks`.
        seed: of the draws.

    Returns:
        Arrays of shape ``(s, z)``, proportions 0-1, also for one setting.

    Raises:
        ValueError: if shapes differ, a number is negative, there are more cases than persons,
            or an option is unknown.

    >>> found = shrink_proportions([2, 20, 45], [20, 100, 150])
    >>> bool(0.1 < found.estimate[0, 0] < 0.3)
    True
    """
    counts, sizes = _pairs(cases, persons)
    known = np.isfinite(counts) & np.isfinite(sizes) & (np.nan_to_num(sizes) > 0)
    if (known & (counts > sizes)).any():
        raise ValueError("more cases than persons")
    family = BetaBinomial(known, np.where(known, counts, 0.0), np.where(known, sizes, 1.0))
    frame = _Frame(signs_of(polarity, len(counts)), references_of(reference, len(counts)), level)
    return _shrunken(family, frame, between, draws, seed)


@dataclass(frozen=True, eq=False)
class _Frame:
    polarities: np.ndarray[tuple[int], np.dtype[np.int8]]
    references: Floats
    level: float


def _shrunken(
    family: CountFamily, frame: _Frame, between: CountBetween, draws: int, seed: int
) -> ZoneEstimates:
    if between not in ("integrated", "moments"):
        raise ValueError(f"between: no method {between}")
    tail = (1 - checked_level(frame.level)) / 2
    known = family.known
    mean, variance, prior = family.by_moments()
    sampling, part = family.variances(np.where(mean > 0, mean, 1.0))
    sampling = np.where(mean[:, None] > 0, sampling, 1.0)
    rates = np.where(known, family.cases / family.sizes, np.nan)
    spread = between_zones(rates, sampling, level=frame.level, slopes=part)
    total = np.where(known, family.sizes, 0.0).sum(axis=1)
    # None of the zones has a case (or all have only cases): half a case keeps the mean inside.
    safe = np.maximum(mean, 0.5 / np.maximum(total, 0.5))
    if family.name == "beta_binomial":
        safe = np.minimum(safe, 1 - 0.5 / np.maximum(total + 1, 1.5))
    if between == "integrated":
        means, priors, weights = _grid(family, safe)
    else:
        means, priors, weights = safe[None], prior[None], np.ones((1, len(mean)))
    hidden = np.where(known, 0.0, np.nan)
    here, square, own, above = (np.zeros_like(family.sizes) for _ in range(4))
    fixed = np.isfinite(frame.references)
    for m, size, weight in zip(means, priors, weights, strict=True):
        one, within = family.moments(m, size)
        of = weight[:, None]
        here, square = here + of * one, square + of * (one**2 + within)
        own = own + of * family.sizes / (family.sizes + size[:, None])
        against = family.above(m, size, np.where(fixed, frame.references, m))
        above = above + of * np.where(fixed[:, None], against, family.above_rest(m, size))
    sd2 = np.maximum(square - here**2, 0.0)
    found = np.where(known.sum(axis=1) < 2, np.nan, variance)
    signs = frame.polarities
    drawn = None
    if draws:
        rng = np.random.default_rng(seed)
        index = np.broadcast_to(np.arange(len(means), dtype=float)[:, None], means.shape)
        at = drawn_points(rng, index, weights, draws).astype(np.int64)
        column = np.arange(means.shape[1])
        drawn = family.drawn(rng, means[at, column], priors[at, column]) + hidden
    return ZoneEstimates(
        raw=rates,
        estimate=here + hidden,
        sd=np.sqrt(sd2) + hidden,
        lower=family.limits(here, sd2, tail) + hidden,
        upper=family.limits(here, sd2, 1 - tail) + hidden,
        own_weight=own + hidden,
        worse=worse_of(above, signs) + hidden,
        mean=np.where(known.any(axis=1), (means * weights).sum(axis=0), np.nan),
        between=found,
        between_lower=spread.lower,
        between_upper=spread.upper,
        polarities=signs,
        level=frame.level,
        method=f"{family.name}_{between}",
        notes=notes_of(usual_notes(known, found, signs), len(mean)),
        draws=drawn,
    )


def _grid(family: CountFamily, mean: Floats) -> tuple[Floats, Floats, Floats]:
    """Means and prior sizes with their weights, each of shape ``(g, s)``."""
    nodes, masses = np.polynomial.hermite_e.hermegauss(7)
    logs = np.log(masses) + nodes**2 / 2
    sizes = np.where(family.known, 1 / family.sizes, 0.0).sum(axis=1)
    usual = np.maximum(family.known.sum(axis=1), 1) / np.where(sizes > 0, sizes, 1.0)

    def at(t: Floats) -> list[tuple[Floats, Floats, Floats]]:
        prior = usual * np.exp(-t)
        share = np.where(family.known, family.sizes / (family.sizes + prior[:, None]), 0.0)
        rates = family.cases / family.sizes
        # The mean given the spread, held a little inside by the plain one.
        whole = (share * rates).sum(axis=1) + 0.5 * share.max(axis=1) * mean
        centre = whole / np.maximum(share.sum(axis=1) + 0.5 * share.max(axis=1), 1e-300)
        centre = np.where(share.sum(axis=1) > 0, centre, mean)
        found = []
        for node, log in zip(nodes, logs, strict=True):
            m, jacobian = family.around(float(node), centre, prior)
            found.append((m, prior, family.log_marginal(m, prior) + log + jacobian))
        return found

    def marginal(t: Floats) -> Floats:
        return np.asarray(np.logaddexp.reduce([height for _, _, height in at(t)], axis=0))

    ceiling = np.full(len(mean), 14.0)
    points, weights = posterior_grid(marginal, ceiling)
    means, priors, parts = [], [], []
    for t, weight in zip(points, weights, strict=True):
        here = at(t)
        heights = np.array([height for _, _, height in here])
        share = np.exp(heights - np.logaddexp.reduce(heights, axis=0))
        for (m, prior, _), of in zip(here, share, strict=True):
            means.append(m)
            priors.append(prior)
            parts.append(weight * of)
    return np.array(means), np.array(priors), np.array(parts)


def _pairs(above: ArrayLike, below: ArrayLike) -> tuple[Floats, Floats]:
    cases, sizes = rows_of(above), rows_of(below)
    if cases.shape != sizes.shape:
        raise ValueError(f"cases of shape {cases.shape}, sizes of shape {sizes.shape}")
    for numbers in (cases, sizes):
        if (numbers < 0).any():
            raise ValueError("a count is negative")
    return cases, sizes
