"""Straight lines through many short series at once."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags

Fit = Literal["wls", "gls"]
"""How the line is laid: weights only, or weights and correlations."""


class SeriesLine:
    """Straight lines through ``s`` series of ``t`` points; all arrays ``(s,)`` or ``(s, t)``."""

    def __init__(self, x: Floats, y: Floats, se: Floats, rho: Floats, fit: Fit) -> None:
        known: Flags = np.asarray(np.isfinite(y), dtype=bool)
        usable = np.asarray((np.where(known, se, 1.0) > 0).all(axis=1))[:, None]
        self.known, self.rho = known, rho
        self.scale = np.where(known & usable, se, 1.0)
        self.points = known.sum(axis=1)
        self.y = np.where(known, y, 0.0)
        weights = np.where(known, self.scale**-2, 0.0)
        with np.errstate(all="ignore"):
            self.centre = (weights * x).sum(axis=1) / weights.sum(axis=1)
            self.away = np.where(known, x - self.centre[:, None], 0.0)
            self.spread = (weights * self.away**2).sum(axis=1)
            self.spread = np.where(self.spread > 1e-12 * weights.sum(axis=1), self.spread, 0.0)
            self.in_slope = weights * self.away / self.spread[:, None]
            self.in_middle = weights / weights.sum(axis=1, keepdims=True)
        self.generalised = fit == "gls" and not np.array_equal(rho, np.eye(len(x)))
        if self.generalised:
            self._lay_again()
        with np.errstate(invalid="ignore"):
            self.slope = (self.in_slope * self.y).sum(axis=1)
            self.middle = (self.in_middle * self.y).sum(axis=1)

    def _lay_again(self) -> None:
        """Generalised least squares; points and overlaps are the same in series of one pattern."""
        for pattern, rows in _patterns(self.known & (self.spread > 0)[:, None]):
            inverse = _inverse(self.rho[np.ix_(pattern, pattern)])
            scale = self.scale[np.ix_(rows, pattern)]
            design = np.stack([1 / scale, self.away[np.ix_(rows, pattern)] / scale], axis=-1)
            turned = inverse @ design
            inner = np.swapaxes(design, 1, 2) @ turned
            found = np.linalg.solve(inner, np.swapaxes(turned, 1, 2)) / scale[:, None, :]
            self.in_middle[np.ix_(rows, pattern)] = found[:, 0]
            self.in_slope[np.ix_(rows, pattern)] = found[:, 1]

    def squared_from(self, errors: Floats) -> Floats:
        """Variance of the slope from the errors of the points."""
        lever = np.where(self.known, self.in_slope * errors, 0.0)
        found: Floats = np.maximum(((lever @ self.rho) * lever).sum(axis=1), 0.0)
        return found

    def scatter(self) -> tuple[Floats, Floats]:
        """Factor on the squared scale of the points from their scatter; degrees of freedom."""
        fitted = self.middle[:, None] + self.slope[:, None] * self.away
        rest = np.where(self.known, (self.y - fitted) / self.scale, 0.0)
        free = (self.points - 2).astype(float)
        if self.generalised:
            squares = np.full(len(rest), np.nan)
            for pattern, rows in _patterns(self.known):
                inverse = _inverse(self.rho[np.ix_(pattern, pattern)])
                part = rest[np.ix_(rows, pattern)]
                squares[rows] = ((part @ inverse) * part).sum(axis=1)
            return np.where(free > 0, squares / free, np.nan), np.where(free > 0, free, np.nan)
        # Orthonormal columns of the design; the residuals' covariance is M rho M, M = 1 - QQ'.
        flat = np.where(self.known, 1 / self.scale, 0.0)
        steep = self.away * flat
        q: Floats = np.stack([column / _length(column) for column in (flat, steep)])
        turned = np.where(self.known, q @ self.rho, 0.0)
        inner = np.einsum("ist,jst->sij", q, turned)
        outer = np.einsum("ist,jst->sij", turned, turned)
        one = self.points - np.trace(inner, axis1=1, axis2=2)
        both = self.known.astype(float)
        two = ((both @ self.rho**2) * both).sum(axis=1)
        two += np.trace(inner @ inner, axis1=1, axis2=2) - 2 * np.trace(outer, axis1=1, axis2=2)
        possible = free > 0
        factor = np.where(possible, (rest**2).sum(axis=1) / one, np.nan)
        return factor, np.where(possible, one**2 / two, np.nan)


def _patterns(known: Flags) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Each pattern of known points with the series that have it; those of two points or more."""
    patterns, which = np.unique(known, axis=0, return_inverse=True)
    which = which.reshape(-1)
    return [
        (np.flatnonzero(pattern), np.flatnonzero(which == at))
        for at, pattern in enumerate(patterns)
        if pattern.sum() >= 2
    ]


def _inverse(correlations: Floats) -> Floats:
    """Inverse; not-a-number where periods repeat one another."""
    if np.linalg.eigvalsh(correlations)[0] < 1e-9:
        return np.full(correlations.shape, np.nan)
    return np.asarray(np.linalg.inv(correlations), dtype=np.float64)


def _length(rows: Floats) -> Floats:
    return np.asarray(np.sqrt((rows**2).sum(axis=1, keepdims=True)))
