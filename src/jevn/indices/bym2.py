"""The BYM2 model: latent values averaged over the size and the spatial share of differences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from jevn.indices.latent import Mode, Observed, mode_of
from jevn.indices.neighbours import Neighbourhood
from jevn.indices.ridits import Floats
from jevn.indices.smallarea import ZoneEstimates, checked_level, notes_of, usual_notes, worse_of

_EDGES: Final = np.linspace(0.0, 1.0, 13)
_COARSE: Final = np.linspace(np.log(2e-3), np.log(5.0), 25)
_FINE: Final = 17


@dataclass(frozen=True, eq=False)
class SpatialEstimates:
    """True values of zones from their own figures, the mean and their neighbours.

    Attributes:
        zones: the estimates, one setting; ``between`` is the variance of the latent values
            (log, logit, or the given unit for values with standard errors).
        spatial_share: how much of the variance between zones follows neighbours, 0-1.
        spatial_lower: lower limit of it.
        spatial_upper: upper limit of it.
    """

    zones: ZoneEstimates
    spatial_share: float
    spatial_lower: float
    spatial_upper: float


@dataclass(frozen=True, eq=False)
class Frame:
    """What a fit must know beside the observations: raw values, scale, what is asked for."""

    raw: Floats
    polarities: np.ndarray[tuple[int], np.dtype[np.int8]]
    reference: float | None
    level: float
    squared_unit: float
    method: str


def shares_prior(graph: Neighbourhood) -> Floats:
    """Prior probability of each interval of the spatial share (twelfths), shape ``(12,)``.

    The distance from no structure is ``d(phi) = sqrt(phi (tr R - z) - ln |(1-phi) I + phi R|)``,
    and it has an exponential distribution with ``P(phi < 0.5) = 2/3`` (Riebler et al. 2016).
    """
    values = graph.eigenvalues
    phi = _EDGES[:-1, None]
    squared = phi[:, 0] * (values.sum() - len(values))
    squared = squared - np.log1p(phi * (values - 1)).sum(axis=1)
    distance = np.sqrt(np.maximum(squared, 0.0))
    middle = distance[len(_EDGES) // 2]
    if middle <= 1e-9:  # islands only: nothing can be spatial
        return np.full(len(_EDGES) - 1, 1 / (len(_EDGES) - 1))
    upto = 1 - np.exp(-np.log(3) * distance / middle)
    return np.diff(np.append(upto, 1.0))


def fitted(
    observed: Observed, graph: Neighbourhood, frame: Frame, draws: int, seed: int
) -> SpatialEstimates:
    """Fit on a grid: where the size of differences is likely, and twelfths of the share.

    Raises:
        ValueError: if the level is none.
    """
    tail = (1 - checked_level(frame.level)) / 2
    number = len(frame.raw)
    phis, prior = (_EDGES[1:] + _EDGES[:-1]) / 2, shares_prior(graph)
    rate = -np.log(0.01) / observed.usual

    def at(log_sigma: float, phi: float) -> tuple[float, Mode]:
        inner = (1 - phi) * np.eye(number) + phi * graph.covariance
        found = mode_of(observed, np.exp(2 * log_sigma) * inner + observed.vague)
        return found.log_marginal + log_sigma - rate * float(np.exp(log_sigma)), found

    coarse = np.array([max(at(s, phi)[0] for phi in phis[[0, 5, 11]]) for s in _COARSE])
    within = np.flatnonzero(coarse > coarse.max() - 9)
    low, high = _COARSE[max(within[0] - 1, 0)], _COARSE[min(within[-1] + 1, len(_COARSE) - 1)]
    sigmas = np.linspace(low, high, _FINE)
    nodes = [(s, k, *at(s, phi)) for s in sigmas for k, phi in enumerate(phis)]
    heights = np.array([height + np.log(prior[k]) for _, k, height, _ in nodes])
    weights = np.exp(heights - heights.max())
    weights = weights / weights.sum()
    kept = weights > 1e-7 * weights.max()
    modes = [node[3] for node, keep in zip(nodes, kept, strict=True) if keep]
    share_of = weights.reshape(_FINE, -1).sum(axis=0)
    between = [
        frame.squared_unit * float(np.exp(2 * log_sigma))
        for log_sigma in _quantiles(sigmas, weights.reshape(_FINE, -1).sum(axis=1), tail)
    ]
    zones = _averaged(observed, modes, weights[kept] / weights[kept].sum(), frame)
    edges = np.append(0.0, np.cumsum(share_of))
    limits = [float(np.interp(q, edges, _EDGES)) for q in (tail, 1 - tail)]
    mean = float(share_of @ phis)
    unclear = _deviation(phis, share_of) > 0.8 * _deviation(phis, prior)
    known = observed.known[None]
    notes = [
        (np.array([unclear]), "zones_neighbours_unclear"),
        *usual_notes(known, np.array([np.nan]), frame.polarities),
        (np.array([bool(graph.islands.any())]), "zones_islands"),
    ]
    # With no observation at all nothing is known, not even the level.
    gone = 0.0 if known.any() else np.nan
    drawn = None
    if draws:
        rng = np.random.default_rng(seed)
        chosen = rng.multinomial(draws, weights[kept] / weights[kept].sum())
        parts = [_drawn(rng, m, int(n)) for m, n in zip(modes, chosen, strict=True) if n]
        drawn = observed.value(np.concatenate(parts))[:, None, :] + gone
    found = ZoneEstimates(
        raw=frame.raw[None],
        estimate=zones.mean[None] + gone,
        sd=zones.sd[None] + gone,
        lower=observed.value(_quantile(zones, tail))[None] + gone,
        upper=observed.value(_quantile(zones, 1 - tail))[None] + gone,
        own_weight=zones.own[None] + gone,
        worse=worse_of(zones.above[None], frame.polarities) + gone,
        mean=np.array([zones.overall]) + gone,
        between=np.array(between[:1]),
        between_lower=np.array(between[1:2]),
        between_upper=np.array(between[2:]),
        polarities=frame.polarities,
        level=frame.level,
        method=frame.method,
        notes=notes_of(notes, 1),
        draws=drawn,
    )
    return SpatialEstimates(found, mean, *limits)


@dataclass(frozen=True, eq=False)
class _Averaged:
    mean: Floats
    sd: Floats
    own: Floats
    above: Floats
    overall: float
    latents: Floats
    deviations: Floats
    weights: Floats


def _averaged(observed: Observed, modes: list[Mode], weights: Floats, frame: Frame) -> _Averaged:
    """Mixture of the normal approximations over the grid."""
    from scipy.special import ndtr

    number = len(frame.raw)
    mean, square, own, above = (np.zeros(number) for _ in range(4))
    sizes = observed.sizes / max(observed.sizes.sum(), 1e-300)
    for mode, weight in zip(modes, weights, strict=True):
        variance = np.maximum(np.diag(mode.covariance), 0.0)
        here, here_square = observed.moments(mode.latent, variance)
        mean, square = mean + weight * here, square + weight * here_square
        own = own + weight * np.clip(variance * mode.weights, 0.0, 1.0)
        if frame.reference is None:
            distance, apart = _from_all(observed, mode, sizes)
        else:
            distance, apart = mode.latent - observed.latent(frame.reference), variance
        some = apart > 1e-12
        p = ndtr(distance / np.sqrt(np.where(some, apart, 1.0)))
        above = above + weight * np.where(some, p, 0.5)
    return _Averaged(
        mean,
        np.sqrt(np.maximum(square - mean**2, 0.0)),
        own,
        above,
        float(sizes @ mean),
        np.array([mode.latent for mode in modes]),
        np.sqrt(np.maximum([np.diag(mode.covariance) for mode in modes], 1e-30)),
        weights,
    )


def _from_all(observed: Observed, mode: Mode, sizes: Floats) -> tuple[Floats, Floats]:
    """Distance of latent values from that of all zones together, and its variance.

    The value of all is linearised at the mode; for the normal it is linear anyway.
    """
    step = 1e-5
    up, down = observed.value(mode.latent + step), observed.value(mode.latent - step)
    slope = (up - down) / (2 * step)
    whole = float(sizes @ observed.value(mode.latent))
    level = observed.latent(whole)
    parts = sizes * slope
    total = float(
        (observed.value(np.array([level + step])) - observed.value(np.array([level - step])))[0]
        / (2 * step)
    )
    contrast = np.eye(len(sizes)) - (parts / total if total > 0 else parts)
    return mode.latent - level, np.einsum("ij,jk,ik->i", contrast, mode.covariance, contrast)


def _quantile(zones: _Averaged, tail: float) -> Floats:
    """Quantile of the mixture of normal latent values, by halving."""
    from scipy.special import ndtr

    low = (zones.latents - 9 * zones.deviations).min(axis=0)
    high = (zones.latents + 9 * zones.deviations).max(axis=0)
    for _ in range(60):
        middle = (low + high) / 2
        below = zones.weights @ ndtr((middle - zones.latents) / zones.deviations) < tail
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    found: Floats = (low + high) / 2
    return found


def _drawn(rng: np.random.Generator, mode: Mode, number: int) -> Floats:
    values, vectors = np.linalg.eigh(mode.covariance)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    found: Floats = mode.latent + rng.standard_normal((number, len(root))) @ root.T
    return found


def _quantiles(points: Floats, weights: Floats, tail: float) -> Floats:
    """Median and limits of what is smooth between equidistant points."""
    from scipy.interpolate import CubicSpline

    fine = np.linspace(points[0], points[-1], 801)
    logs = np.log(np.maximum(weights, 1e-300))
    height = np.exp(CubicSpline(points, logs)(fine))
    upto = np.cumsum(height) - height / 2
    return np.interp([0.5, tail, 1 - tail], upto / height.sum(), fine)


def _deviation(points: Floats, weights: Floats) -> float:
    mean = float(weights @ points)
    return float(np.sqrt(weights @ (points - mean) ** 2))
