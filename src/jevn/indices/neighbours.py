"""Neighbourhood of zones as a covariance: the scaled intrinsic autoregression."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jevn.indices.ridits import Floats


@dataclass(frozen=True, eq=False)
class Neighbourhood:
    """How zones resemble their neighbours, free of the size of the differences.

    Attributes:
        covariance: generalised inverse of the precision, scaled so that the geometric mean of
            the variances is 1 in every connected part, shape ``(z, z)``; rows of a part sum
            to 0.
        eigenvalues: of the covariance, ascending, shape ``(z,)``.
        parts: number of the connected part of each zone, shape ``(z,)``.
        islands: zones without neighbours, shape ``(z,)``; their variance is 1.
    """

    covariance: Floats
    eigenvalues: Floats
    parts: NDArray[np.int64]
    islands: NDArray[np.bool_]


def neighbourhood(neighbours: ArrayLike, zones: int) -> Neighbourhood:
    r"""Scaled intrinsic conditional autoregression on a graph of zones.

    $$ Q = D - W, \quad R = Q^{-} / \exp(\overline{\ln \operatorname{diag} Q^{-}}) $$

    in each connected part, with ``W`` the neighbours and ``D`` their numbers, so that a
    variance means the same on every map. Parts sum to 0 each; an island is independent of all
    others with variance 1. Besag, York & Mollié 1991, Ann Inst Stat Math 43: 1-59; Sørbye &
    Rue 2014, Spatial Stat 8: 39-51; Freni-Sterrantino, Ventrucci & Rue 2018, Spat Spatiotemporal
    Epidemiol 26: 25-34.

    Args:
        neighbours: pairs of zones (positions from 0), shape ``(e, 2)``, each pair once or both
            ways; or a symmetric matrix of shape ``(z, z)`` that is not 0 between neighbours. Two
            pairs of two zones are read as pairs.
        zones: number of zones.

    Raises:
        ValueError: if a pair names no zone, a zone is its own neighbour, or a matrix is not
            symmetric.

    >>> found = neighbourhood([(0, 1), (1, 2)], 4)
    >>> found.parts.tolist(), found.islands.tolist()
    ([0, 0, 0, 1], [False, False, False, True])
    >>> round(float(np.log(np.diag(found.covariance)).sum()), 10) + 0.0
    0.0
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    joined = _matrix(np.asarray(neighbours, dtype=float), zones)
    _, parts = connected_components(csr_array(joined), directed=False)
    covariance = np.zeros((zones, zones))
    islands = joined.sum(axis=1) == 0
    for part in range(parts.max(initial=-1) + 1):
        members = np.flatnonzero(parts == part)
        if len(members) == 1:
            covariance[members, members] = 1.0
            continue
        inside = joined[np.ix_(members, members)]
        precision = np.diag(inside.sum(axis=1)) - inside
        # The null space of a connected part is the constant; moved away and back again.
        level = np.full_like(precision, 1 / len(members))
        inverse = np.linalg.inv(precision + level) - level
        scale = np.exp(np.log(np.diag(inverse)).mean())
        covariance[np.ix_(members, members)] = (inverse + inverse.T) / 2 / scale
    values = np.maximum(np.linalg.eigvalsh(covariance), 0.0)
    return Neighbourhood(covariance, values, parts.astype(np.int64), islands)


def _matrix(given: Floats, zones: int) -> Floats:
    if given.size == 0:
        return np.zeros((zones, zones))
    pairs = given.ndim == 2 and given.shape[1] == 2 and (zones != 2 or _are_pairs(given))
    if not pairs:
        if given.shape != (zones, zones):
            raise ValueError(f"neighbours of shape {given.shape} for {zones} zones")
        if (given != given.T).any():
            raise ValueError("the matrix of neighbours is not symmetric")
        found: Floats = (given != 0).astype(np.float64)
    else:
        at = given.astype(np.int64)
        if (at != given).any() or at.min() < 0 or at.max() >= zones:
            raise ValueError(f"a pair names a zone outside 0 to {zones - 1}")
        found = np.zeros((zones, zones))
        found[at[:, 0], at[:, 1]] = found[at[:, 1], at[:, 0]] = 1.0
    if np.diag(found).any():
        raise ValueError("a zone is its own neighbour")
    return found


def _are_pairs(given: Floats) -> bool:
    # Of two zones, [[0, 1], [1, 0]] says the same as pairs and as a matrix.
    return given.shape != (2, 2) or not (given == given.T).all()
