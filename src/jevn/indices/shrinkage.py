"""Shrinkage of any estimates with standard errors towards the mean of the zones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from jevn.indices.between import (
    between_zones,
    floored,
    posterior_grid,
    restricted_likelihood,
    typical,
)
from jevn.indices.result import critical
from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags
from jevn.indices.smallarea import (
    Polarities,
    ZoneEstimates,
    notes_of,
    references_of,
    rows_of,
    signs_of,
    usual_notes,
    worse_of,
)

Between = Literal["integrated", "reml", "paule_mandel"]
"""How the variance between zones enters: averaged over, or one estimate with a correction."""


def shrink_estimates(
    values: ArrayLike,
    errors: ArrayLike,
    *,
    polarity: Polarities = None,
    reference: ArrayLike | None = None,
    between: Between = "integrated",
    level: float = 0.95,
    draws: int = 0,
    seed: int = 0,
) -> ZoneEstimates:
    r"""Pull uncertain values of zones towards their mean, the more the less certain they are.

    $$ y_i \sim N(\theta_i, v_i), \quad \theta_i \sim N(\mu, A), \quad
    \hat\theta_i = \hat\mu + \frac{A}{A + v_i} (y_i - \hat\mu) $$

    with $\hat\mu$ weighted by $1/(A + v_i)$ and its uncertainty counted. ``integrated``:
    averaged over what $A$ may be, given the data (:func:`posterior_grid`), so that limits are
    honest with few zones. ``reml`` and ``paule_mandel``: one value of $A$, and the variance
    $g_1 + g_2 + 2 g_3$ of Prasad and Rao, where
    $g_3 = v_i^2 (A + v_i)^{-3} \cdot 2/\sum (A + v_j)^{-2}$ is for the uncertainty of $A$.

    Fay & Herriot 1979, JASA 74: 269-277; Morris 1983, JASA 78: 47-55; Kackar & Harville 1984,
    JASA 79: 853-862; Prasad & Rao 1990, JASA 85: 163-171; Strawderman 1971,
    Ann Math Stat 42: 385-388.

    Args:
        values: value of each zone, shape ``(z,)`` or ``(s, z)`` for many settings; not-a-number
            where unknown.
        errors: standard error of each value, same shape and unit. A value without one is left
            out.
        polarity: whether high values are good or bad, for all settings or for each.
        reference: the municipality's value, taken as known; ``None``: the plain mean of the true
            values of its zones.
        between: how the variance between zones enters.
        level: level of limits, normal with the mean and standard deviation found.
        draws: draws of all true values together, for :func:`zone_ranks`.
        seed: of the draws.

    Returns:
        Arrays of shape ``(s, z)``, also for one setting.

    Raises:
        ValueError: if shapes differ, an error is negative, or an option is unknown.

    >>> from jevn.terms import Polarity
    >>> found = shrink_estimates([10.0, 14.0, 30.0], [4.0, 4.0, 4.0], polarity=Polarity.ADVERSE)
    >>> found.estimate.round(1).tolist()
    [[11.7, 14.8, 27.5]]
    >>> found.decided(0.9).tolist()
    [[-1, 0, 1]]
    """
    raw, given = rows_of(values), rows_of(errors)
    if raw.shape != given.shape:
        raise ValueError(f"values of shape {raw.shape}, errors of shape {given.shape}")
    if (given < 0).any():
        raise ValueError("errors: negative")
    if between not in ("integrated", "reml", "paule_mandel"):
        raise ValueError(f"between: no method {between}")
    z = critical(level)
    known = np.isfinite(raw) & np.isfinite(given)
    spread = between_zones(raw, given**2, level=level)
    signs = signs_of(polarity, len(raw))
    model = _Normal(
        known, np.where(known, raw, 0.0), floored(raw, given**2), references_of(reference, len(raw))
    )
    variance = spread.variance
    if between == "integrated":
        points, weights = model.grid()
    else:
        if between == "reml":
            variance = restricted_likelihood(raw, given**2)
        points, weights = np.nan_to_num(variance, nan=0.0)[None], np.ones((1, len(raw)))
    found = model.averaged(points, weights, corrected=between != "integrated")
    hidden = np.where(known, 0.0, np.nan)
    estimate, sd = found.mean + hidden, np.sqrt(found.variance) + hidden
    return ZoneEstimates(
        raw=raw + hidden,
        estimate=estimate,
        sd=sd,
        lower=estimate - z * sd,
        upper=estimate + z * sd,
        own_weight=found.own + hidden,
        worse=worse_of(found.above, signs) + hidden,
        mean=np.where(known.any(axis=1), found.overall, np.nan),
        between=variance,
        between_lower=spread.lower,
        between_upper=spread.upper,
        polarities=signs,
        level=level,
        method=f"normal_{between}",
        notes=notes_of(usual_notes(known, variance, signs), len(raw)),
        draws=model.drawn(points, weights, draws, seed) + hidden if draws else None,
    )


@dataclass(frozen=True, eq=False)
class _Found:
    mean: Floats
    variance: Floats
    own: Floats
    above: Floats
    overall: Floats


@dataclass(frozen=True, eq=False)
class _Normal:
    """The model at given variances between zones; ``values`` are 0 where unknown."""

    known: Flags
    values: Floats
    sampling: Floats
    references: Floats

    def grid(self) -> tuple[Floats, Floats]:
        """Variances between zones with their weights, each of shape ``(g, s)``."""
        unit = typical(self.known, self.sampling)
        number = np.maximum(self.known.sum(axis=1), 1)
        centre = self.values.sum(axis=1) / number
        squares = (np.where(self.known, self.values - centre[:, None], 0.0) ** 2).sum(axis=1)

        def marginal(t: Floats) -> Floats:
            w, mean, total = self.weighed(unit * np.exp(t))
            rest = np.where(self.known, self.values - mean[:, None], 0.0)
            logs = np.where(self.known, np.log(np.where(self.known, w, 1.0)), 0.0)
            found: Floats = (logs.sum(axis=1) - np.log(total) - (w * rest**2).sum(axis=1)) / 2
            return found

        points, weights = posterior_grid(marginal, np.log(100 * (squares + unit) / unit))
        return unit * np.exp(points), weights

    def weighed(self, between: Floats) -> tuple[Floats, Floats, Floats]:
        """Weights of the values, their mean and total weight."""
        w = np.where(self.known, 1 / (self.sampling + between[..., None]), 0.0)
        total = np.maximum(w.sum(axis=-1), np.finfo(float).tiny)
        return w, (w * self.values).sum(axis=-1) / total, total

    def averaged(self, points: Floats, weights: Floats, *, corrected: bool) -> _Found:
        """Means and variances over the points."""
        from scipy.special import ndtr

        mean, square, own, above = (np.zeros_like(self.values) for _ in range(4))
        overall = np.zeros(len(self.values))
        number = np.maximum(self.known.sum(axis=1), 1)[:, None]
        fixed = np.isfinite(self.references)[:, None]
        value = np.nan_to_num(self.references, nan=0.0)[:, None]
        for between, weight in zip(points, weights, strict=True):
            w, centre, total = self.weighed(between)
            share = 1 - self.sampling / (self.sampling + between[:, None])
            centred = centre[:, None]
            here = centred + share * (self.values - centred)
            within = self.sampling * share
            around = 1 / total[:, None]
            extra = np.zeros_like(within)
            if corrected:
                known_of = 2 / np.maximum((w**2).sum(axis=1), np.finfo(float).tiny)
                extra = 2 * self.sampling**2 * np.where(self.known, w, 0.0) ** 3
                extra = extra * known_of[:, None]
            spread = within + (1 - share) ** 2 * around + extra
            # Against the mean of all zones, which the zone itself has a part in, or a known value.
            inner = np.where(self.known, within + extra, 0.0)
            together = inner.sum(axis=1, keepdims=True) / number**2
            average = np.where(self.known, here, 0.0).sum(axis=1, keepdims=True) / number
            leaning = np.where(self.known, 1 - share, 0.0).sum(axis=1, keepdims=True) / number
            joint = (1 - 2 / number) * inner + together + (1 - share - leaning) ** 2 * around
            distance = here - np.where(fixed, value, average)
            apart = np.where(fixed, spread, joint)
            some = apart > 1e-12 * self.sampling
            p = ndtr(distance / np.sqrt(np.where(some, apart, 1.0)))
            p = np.where(some, p, 0.5)
            of = weight[:, None]
            mean, square = mean + of * here, square + of * (here**2 + spread)
            own, above = own + of * share, above + of * p
            overall = overall + weight * centre
        return _Found(mean, np.maximum(square - mean**2, 0.0), own, above, overall)

    def drawn(self, points: Floats, weights: Floats, number: int, seed: int) -> Floats:
        """Draws of all true values, shape ``(number, s, z)``."""
        rng = np.random.default_rng(seed)
        between = drawn_points(rng, points, weights, number)
        _, centre, total = self.weighed(between)
        means = centre + rng.standard_normal(centre.shape) / np.sqrt(total)
        share = 1 - self.sampling / (self.sampling + between[..., None])
        noise = np.sqrt(self.sampling * share) * rng.standard_normal(share.shape)
        found: Floats = means[..., None] + share * (self.values - means[..., None]) + noise
        return found


def drawn_points(rng: np.random.Generator, points: Floats, weights: Floats, number: int) -> Floats:
    """Points drawn by their weights, shape ``(number, s)``."""
    at = np.zeros((number, points.shape[1]), dtype=np.int64)
    chance = rng.random(at.shape)
    for upto in np.cumsum(weights, axis=0)[:-1]:
        at += chance > upto
    return np.take_along_axis(points, at, axis=0)
