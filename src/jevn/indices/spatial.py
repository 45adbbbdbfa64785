"""Zones that may resemble their neighbours: the model of Besag, York and Mollié."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from jevn.indices.between import floored
from jevn.indices.bym2 import Frame, SpatialEstimates, fitted
from jevn.indices.latent import (
    BinomialObserved,
    NormalObserved,
    PoissonObserved,
)
from jevn.indices.neighbours import neighbourhood
from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags
from jevn.indices.smallarea import Polarities, rows_of, signs_of


def spatial_estimates(
    values: ArrayLike,
    errors: ArrayLike,
    neighbours: ArrayLike,
    *,
    polarity: Polarities = None,
    reference: float | None = None,
    level: float = 0.95,
    draws: int = 0,
    seed: int = 0,
) -> SpatialEstimates:
    r"""True values of zones that may resemble their neighbours, from values with errors.

    $$ y_i \sim N(\eta_i, v_i), \quad
    \eta = \mu + \sigma (\sqrt{1 - \varphi}\, v + \sqrt{\varphi}\, u) $$

    with $v$ independent and $u$ the scaled autoregression of :func:`neighbourhood` (BYM2). The
    latent values are exact given $\sigma$ and $\varphi$; these are averaged over on a grid.
    Priors that draw towards the simpler model: $P(\sigma > 3\,\text{sd}(y)) = 0.01$,
    $P(\varphi < 0.5) = 2/3$. Riebler et al. 2016, Stat Methods Med Res 25: 1145-1165; Simpson
    et al. 2017, Stat Sci 32: 1-28; Rue, Martino & Chopin 2009, JRSS B 71: 319-392.

    Args:
        values: value of each zone, shape ``(z,)``; not-a-number where unknown: such zones get
            an estimate from their neighbours.
        errors: standard error of each value.
        neighbours: pairs of zones or a matrix, as :func:`neighbourhood` takes them.
        polarity: whether high values are good or bad.
        reference: the municipality's value, taken as known; ``None``: the plain mean of the
            true values of zones with a value.
        level: level of limits.
        draws: draws of all true values together, for :func:`zone_ranks`.
        seed: of the draws.

    Raises:
        ValueError: if shapes differ, an error is negative, or neighbours do not fit.

    >>> pairs = [(0, 1), (1, 2), (2, 3)]
    >>> found = spatial_estimates([1.0, 2.0, float("nan"), 4.0], [0.5, 0.5, 0.5, 0.5], pairs)
    >>> bool(2.0 < found.zones.estimate[0, 2] < 4.0)
    True
    """
    given, error = _single(values), _single(errors)
    if given.shape != error.shape:
        raise ValueError(f"values of shape {given.shape}, errors of shape {error.shape}")
    if (error < 0).any():
        raise ValueError("errors: negative")
    known = np.isfinite(given) & np.isfinite(error)
    variances = floored(given[None], error[None] ** 2)[0]
    seen = given[known]
    centre = float(seen.mean()) if known.any() else 0.0
    scatter = float(seen.var()) if known.any() else 0.0
    usual = float(np.median(variances[known])) if known.any() else 1.0
    unit = float(np.sqrt(max(scatter, usual, 1e-30)))
    observed = NormalObserved(
        known,
        np.where(known, (given - centre) / unit, 0.0),
        np.maximum(variances / unit**2, 1e-8),
        known.astype(float),
        centre,
        unit,
    )
    raw = np.where(known, given, np.nan)
    frame = Frame(raw, signs_of(polarity, 1), reference, level, unit**2, "bym2_normal")
    return fitted(observed, neighbourhood(neighbours, len(given)), frame, draws, seed)


def spatial_counts(
    observed: ArrayLike,
    expected: ArrayLike,
    neighbours: ArrayLike,
    *,
    polarity: Polarities = None,
    reference: float | None = None,
    level: float = 0.95,
    draws: int = 0,
    seed: int = 0,
) -> SpatialEstimates:
    r"""Ratios of observed to expected cases of zones that may resemble their neighbours.

    As :func:`spatial_estimates`, with $O_i \sim \text{Poisson}(E_i e^{\eta_i})$ by the
    approximation of Laplace and $P(\sigma > 1) = 0.01$.

    Args:
        observed: cases in each zone, shape ``(z,)``; not-a-number where unknown.
        expected: expected cases or person-years.
        neighbours: pairs of zones or a matrix, as :func:`neighbourhood` takes them.
        polarity: whether high values are good or bad.
        reference: the municipality's ratio, taken as known; ``None``: that of all its zones.
        level: level of limits.
        draws: draws of all true values together, for :func:`zone_ranks`.
        seed: of the draws.

    Raises:
        ValueError: if shapes differ, a number is negative, or neighbours do not fit.

    >>> pairs = [(0, 1), (1, 2), (2, 3)]
    >>> found = spatial_counts([9, 12, 2, 3], [5.0, 6.0, 5.0, 6.0], pairs)
    >>> bool(1.0 < found.zones.estimate[0, 0] < 1.8)
    True
    """
    cases, sizes, known = _counts(observed, expected)
    model = PoissonObserved(known, np.where(known, cases, 0.0), np.where(known, sizes, 0.0))
    raw = np.where(known, cases / np.where(known, sizes, 1.0), np.nan)
    frame = Frame(raw, signs_of(polarity, 1), reference, level, 1.0, "bym2_poisson")
    return fitted(model, neighbourhood(neighbours, len(cases)), frame, draws, seed)


def spatial_proportions(
    cases: ArrayLike,
    persons: ArrayLike,
    neighbours: ArrayLike,
    *,
    polarity: Polarities = None,
    reference: float | None = None,
    level: float = 0.95,
    draws: int = 0,
    seed: int = 0,
) -> SpatialEstimates:
    r"""Proportions of zones that may resemble their neighbours.

    As :func:`spatial_estimates`, with $x_i \sim \text{Binomial}(n_i, \operatorname{logit}^{-1}
    \eta_i)$ by the approximation of Laplace and $P(\sigma > 1) = 0.01$.

    Args:
        cases: cases in each zone, shape ``(z,)``; not-a-number where unknown.
        persons: persons (respondents) in each zone.
        neighbours: pairs of zones or a matrix, as :func:`neighbourhood` takes them.
        polarity: whether high values are good or bad.
        reference: the municipality's proportion, taken as known; ``None``: that of all zones.
        level: level of limits.
        draws: draws of all true values together, for :func:`zone_ranks`.
        seed: of the draws.

    Raises:
        ValueError: if shapes differ, a number is negative, there are more cases than persons,
            or neighbours do not fit.

    >>> pairs = [(0, 1), (1, 2), (2, 3)]
    >>> found = spatial_proportions([30, 25, 10, 12], [100, 100, 100, 100], pairs)
    >>> bool(0.2 < found.zones.estimate[0, 0] < 0.3)
    True
    """
    found, sizes, known = _counts(cases, persons)
    if (known & (found > sizes)).any():
        raise ValueError("more cases than persons")
    model = BinomialObserved(known, np.where(known, found, 0.0), np.where(known, sizes, 0.0))
    raw = np.where(known, found / np.where(known, sizes, 1.0), np.nan)
    frame = Frame(raw, signs_of(polarity, 1), reference, level, 1.0, "bym2_binomial")
    return fitted(model, neighbourhood(neighbours, len(found)), frame, draws, seed)


def _single(values: ArrayLike) -> Floats:
    found = np.asarray(values, dtype=float)
    if found.ndim != 1:
        raise ValueError(f"spatial models take one setting, not shape {found.shape}")
    row: Floats = rows_of(found)[0]
    return row


def _counts(above: ArrayLike, below: ArrayLike) -> tuple[Floats, Floats, Flags]:
    cases, sizes = _single(above), _single(below)
    if cases.shape != sizes.shape:
        raise ValueError(f"cases of shape {cases.shape}, sizes of shape {sizes.shape}")
    if (cases < 0).any() or (sizes < 0).any():
        raise ValueError("a count is negative")
    known: Flags = np.isfinite(cases) & np.isfinite(sizes) & (np.nan_to_num(sizes) > 0)
    return cases, sizes, known
