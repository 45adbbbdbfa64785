"""Individual data in memory: indices of persons ranked by their social position."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from jevn.indices.individual_result import (
    IndexOptions,
    IndividualResult,
    RankMoments,
    Sizes,
    result_of,
)
from jevn.indices.rank_curves import STRAIGHT, RankCurve
from jevn.indices.ridits import Floats
from jevn.indices.survey import Design, Lone, covariances, missing, survey_design

Variance = Literal["linearised", "kakwani"]
"""Where standard errors come from: linearisation under the design, or the formula of Kakwani."""


@dataclass(frozen=True, eq=False)
class IndividualData:
    """Persons with an outcome and a social position. Arrays are never changed.

    Persons of whom outcome, ranker, weight, cluster or stratum is not known are left out, as are
    persons of weight 0; they are counted.

    Attributes:
        outcome: health of each person, shape ``(n,)``.
        ranker: what places persons on the social ladder, lowest first, such as income, shape
            ``(n,)``; persons with equal values share one place.
        weights: how many persons each stands for, shape ``(n,)``; ``None``: all the same.
        clusters: primary sampling unit of each, numbers or texts, shape ``(n,)``; ``None``: each
            person was drawn alone. Clusters of equal name in different strata are different.
        strata: stratum of each, numbers or texts, shape ``(n,)``; ``None``: one stratum.
        bounds: least and greatest possible outcome; ``None``: unknown.
    """

    outcome: Floats
    ranker: Floats
    weights: Floats | None = None
    clusters: NDArray[Any] | None = None
    strata: NDArray[Any] | None = None
    bounds: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        """Make arrays of the parts and check that they fit together.

        Raises:
            ValueError: if shapes differ, outcome, ranker or weights are not numbers, a weight is
                negative or infinite, or the bounds are not in order.
        """
        for name in ("outcome", "ranker", "weights"):
            part = getattr(self, name)
            if part is not None:
                object.__setattr__(self, name, np.asarray(part, dtype=np.float64))
        for name in ("clusters", "strata"):
            part = getattr(self, name)
            if part is not None:
                object.__setattr__(self, name, np.asarray(part))
        for name in ("outcome", "ranker", "weights", "clusters", "strata"):
            part = getattr(self, name)
            if part is not None and part.shape != (len(self.outcome),):
                raise ValueError(f"{name}: shape {part.shape} for {len(self.outcome)} persons")
        if self.weights is not None:
            if (self.weights < 0).any():
                raise ValueError("weights: negative")
            if np.isinf(self.weights).any():
                raise ValueError("weights: infinite")
        IndexOptions(bounds=self.bounds)

    def __len__(self) -> int:
        """Number of persons, also those left out."""
        return len(self.outcome)

    @cached_property
    def known(self) -> NDArray[np.bool_]:
        """Persons of whom all is known, shape ``(n,)``."""
        found: NDArray[np.bool_] = np.isfinite(self.outcome) & np.isfinite(self.ranker)
        if self.weights is not None:
            found &= self.weights > 0
        for part in (self.clusters, self.strata):
            if part is not None:
                found &= ~missing(part)
        return found

    @cached_property
    def complete(self) -> IndividualData:
        """The same without the persons left out."""
        if self.known.all():
            return self
        at = self.known

        def of(part: NDArray[Any] | None) -> NDArray[Any] | None:
            return None if part is None else part[at]

        outcome, ranker = self.outcome[at], self.ranker[at]
        weights, clusters, strata = of(self.weights), of(self.clusters), of(self.strata)
        return IndividualData(outcome, ranker, weights, clusters, strata, self.bounds)


_Influence = tuple[Floats | None, Floats | None]
"""Influence of a person with outcome ``d`` above the mean, at each place: slope * d + shift.
``None``: zero."""
_LINES = frozenset({"sii_linear", "rii_linear"})


def individual_indices(
    data: IndividualData,
    indices: Sequence[str] = ("rci",),
    *,
    options: IndexOptions | None = None,
    variance: Variance = "linearised",
    lone: Lone = "centred",
) -> tuple[IndividualResult, ...]:
    r"""Indices of individual data, with standard errors.

    The definitions are those of grouped data with each place on the ladder a group: persons are
    ranked by the mid-point of the cumulative share of weights, those with equal rankers share
    one rank, and the order of rows does not matter. So
    $ACI = \sum_i p_i y_i (2 R_i - 1)$ with $p_i$ the share of the weights.

    Standard errors: ``linearised`` (Taylor) takes the influence of each person on the index,
    through the outcome, the mean and the ranks of all others, and sums over the design: strata
    and clusters if given, else persons drawn independently with their weights. Limits are normal;
    with clusters Student's, with as many degrees as clusters less strata; of a ratio, on the
    logarithm. ``kakwani`` is $\frac{1}{n} \left[ \sum_i p_i a_i^2 - (1 + C)^2 \right]$ of
    Kakwani, Wagstaff & van Doorslaer, and the same for the other indices: for persons drawn
    independently; with unequal weights it is too small.

    Sources: Kakwani, Wagstaff & van Doorslaer 1997, J Econometrics 77: 87-103; Binder & Kovacevic
    1995, Survey Methodology 21: 137-145; O'Donnell et al. 2008, Analyzing Health Equity Using
    Household Survey Data, World Bank, chapter 8.

    Args:
        data: the persons.
        indices: names in :data:`INDIVIDUAL_INDICES`.
        options: level, aversion and sensitivity; bounds are those of the data unless given.
        variance: where standard errors come from.
        lone: what strata with one cluster count, see :func:`covariances`.

    Returns:
        A result for each name.

    Raises:
        ValueError: if a name or an option is not possible.

    >>> data = IndividualData(np.array([1.0, 0, 1, 0, 0]), np.array([10.0, 20, 20, 30, 40]))
    >>> found, = individual_indices(data)
    >>> round(found.estimate, 4), round(found.se, 4), found.positions
    (-0.5, 0.2372, 4)
    """
    chosen = _with_bounds(options, data.bounds)
    curves, slopes = chosen.curves(indices), not _LINES.isdisjoint(indices)
    moments = rank_moments(data, curves, slopes=slopes, variance=variance, lone=lone)
    return tuple(result_of(name, moments, chosen) for name in indices)


def individual_index(
    data: IndividualData, index: str = "rci", *, options: IndexOptions | None = None
) -> IndividualResult:
    """One index of individual data; see :func:`individual_indices`.

    >>> data = IndividualData(np.array([1.0, 2, 3]), np.array([1.0, 2, 3]), bounds=(0, 10))
    >>> round(individual_index(data, "erreygers").estimate, 4)
    0.1778
    """
    return individual_indices(data, (index,), options=options)[0]


def _with_bounds(options: IndexOptions | None, bounds: tuple[float, float] | None) -> IndexOptions:
    if options is None:
        return IndexOptions(bounds=bounds)
    if options.bounds is not None or bounds is None:
        return options
    return IndexOptions(options.level, bounds, options.aversion, options.sensitivity)


def rank_moments(
    data: IndividualData,
    curves: Sequence[RankCurve] = (STRAIGHT,),
    *,
    slopes: bool = True,
    variance: Variance = "linearised",
    lone: Lone = "centred",
) -> RankMoments:
    """What indices of individual data are made of, in one pass over the sorted persons.

    Args:
        data: the persons.
        curves: weights of the ranks in the sums that are needed.
        slopes: whether slopes on the rank are to have errors.
        variance: where standard errors come from.
        lone: what strata with one cluster count.

    Raises:
        ValueError: if there is no such variance, or it cannot take clusters and strata.
    """
    if variance not in ("linearised", "kakwani"):
        raise ValueError(f"variance must be linearised or kakwani, not {variance}")
    persons = data.complete
    if variance == "kakwani" and (data.clusters is not None or data.strata is not None):
        raise ValueError("kakwani: clusters and strata need linearised")
    if len(persons) == 0:
        return _nothing(data, curves, variance)
    ladder = _Ladder.of(persons)
    cubes = float((ladder.shares * ladder.shares) @ ladder.shares)
    sums = {}
    influences: list[_Influence] = [(np.ones_like(ladder.shares), None)]
    influences.append((None, 3 * (ladder.shares**2 - cubes)) if slopes else (None, None))
    for curve in curves:
        own, shift = ladder.influence(curve)
        sums[curve] = float(own @ ladder.above)
        influences.append((own, shift))
    design = None
    if persons.clusters is not None or persons.strata is not None:
        design = survey_design(len(persons), persons.clusters, persons.strata)
    if design is None:
        matrix = ladder.covariances(influences, variance)
        clusters, strata, lonely = len(persons), 1, 0
    else:
        matrix = covariances(ladder.totals(influences, design), design, lone)
        sizes = design.sizes()
        clusters, strata, lonely = len(design.strata), len(sizes), int((sizes == 1).sum())
    return RankMoments(
        sizes=Sizes(
            persons=len(persons),
            left_out=len(data) - len(persons),
            positions=len(ladder.shares),
            clusters=clusters,
            strata=strata,
            lone_strata=lonely,
            weighted=data.weights is not None,
            clustered=data.clusters is not None,
        ),
        mean=ladder.mean,
        deviation=ladder.deviation,
        range=(float(persons.outcome.min()), float(persons.outcome.max())),
        cubes=cubes,
        sums=sums,
        covariances=matrix,
        method=variance,
    )


@dataclass(frozen=True, eq=False)
class _Ladder:
    """Persons sorted by position, with sums at each.

    Attributes:
        rows: persons in the order of their positions.
        starts: where each position begins among them.
        parts: share of each person in the weights, in that order; ``None``: one over persons.
        away: outcome of each less the mean, in that order.
        shares: share of each position.
        above: share of each position times its mean outcome less the mean of all.
        mean: mean outcome.
    """

    rows: NDArray[np.int64]
    starts: NDArray[np.int64]
    parts: Floats | None
    away: Floats
    shares: Floats
    above: Floats
    mean: float

    @classmethod
    def of(cls, persons: IndividualData) -> _Ladder:
        rows = np.argsort(persons.ranker)
        place = persons.ranker[rows]
        starts = np.concatenate([[0], np.flatnonzero(place[1:] != place[:-1]) + 1])
        if persons.weights is None:
            mean = float(persons.outcome.mean())
            away = persons.outcome[rows] - mean
            count = len(rows)
            shares = np.diff(starts, append=count) / count
            above = np.add.reduceat(away, starts) / count
            return cls(rows, starts, None, away, shares, above, mean)
        parts = persons.weights / persons.weights.sum()
        mean = float(parts @ persons.outcome)
        parts, away = parts[rows], persons.outcome[rows] - mean
        shares = np.add.reduceat(parts, starts)
        return cls(rows, starts, parts, away, shares, np.add.reduceat(parts * away, starts), mean)

    @property
    def deviation(self) -> float:
        """Weighted standard deviation of the outcome."""
        squares = self.away @ self.away if self.parts is None else self.parts @ self.away**2
        return float((squares / (1 if self.parts is not None else len(self.away))) ** 0.5)

    def influence(self, curve: RankCurve) -> tuple[Floats, Floats]:
        """Slope and shift of the sum of a curve, at each place."""
        upper = np.cumsum(self.shares)
        upper /= upper[-1]
        lower = np.concatenate([[0.0], upper[:-1]])
        own: Floats = curve.mean(lower, upper)
        if curve.straight:  # the same as below, where the ends of a place cancel
            shift = self.above - 2 * np.cumsum(self.above)
        else:
            value, end = self.above / self.shares, curve.at(upper)
            shift = value * (end - own) - np.cumsum(value * (end - curve.at(lower)))
        shift -= self.shares @ shift + own @ self.above
        return own, shift

    def covariances(self, influences: Sequence[_Influence], variance: Variance) -> Floats:
        """Of persons drawn independently."""
        count, size = len(self.rows), len(influences)
        found = np.full((size, size), np.nan)
        if count < 2:
            return found
        none, one, two = self._squares(variance)
        for i, (slope, shift) in enumerate(influences):
            for j, (other, moved) in enumerate(influences[: i + 1]):
                terms = ((slope, other, two), (slope, moved, one), (shift, other, one))
                found[i, j] = found[j, i] = sum(
                    np.einsum("i,i,i->", a, b, c)
                    for a, b, c in (*terms, (shift, moved, none))
                    if a is not None and b is not None
                )
        return found if variance == "kakwani" else found * count / (count - 1)

    def _squares(self, variance: Variance) -> tuple[Floats, Floats, Floats]:
        """Sums of squared shares at each place, times the outcome to the power 0, 1 and 2."""
        count, away = len(self.rows), self.away
        if self.parts is None:
            return self.shares / count, self.above / count, self._at_places(away**2) / count**2
        if variance == "kakwani":
            two = self._at_places(self.parts * away**2)
            return self.shares / count, self.above / count, two / count
        squared = self.parts**2
        none = self._at_places(squared)
        one = self._at_places(squared * away)
        return none, one, self._at_places(squared * away**2)

    def _at_places(self, parts: Floats) -> Floats:
        """Sums over the persons at each place."""
        if len(self.starts) == len(parts):
            return parts
        found: Floats = np.add.reduceat(parts, self.starts)
        return found

    def totals(self, influences: Sequence[_Influence], design: Design) -> Floats:
        """Sums of influences in each cluster, shape ``(c, m)``."""
        counts = np.diff(self.starts, append=len(self.rows))
        found = np.zeros((len(design.strata), len(influences)))
        parts = 1 / len(self.rows) if self.parts is None else self.parts
        for at, (slope, shift) in enumerate(influences):
            influence = np.zeros(len(self.rows))
            if slope is not None:
                influence[self.rows] = np.repeat(slope, counts) * self.away * parts
            if shift is not None:
                influence[self.rows] += np.repeat(shift, counts) * parts
            found[:, at] = design.totals(influence)
        return found


def _nothing(data: IndividualData, curves: Sequence[RankCurve], variance: str) -> RankMoments:
    weighted, clustered = data.weights is not None, data.clusters is not None
    unknown = float("nan")
    size = 2 + len(curves)
    return RankMoments(
        sizes=Sizes(0, len(data), 0, 0, 0, 0, weighted, clustered),
        mean=unknown,
        deviation=unknown,
        range=(unknown, unknown),
        cubes=unknown,
        sums=dict.fromkeys(curves, unknown),
        covariances=np.full((size, size), unknown),
        method=variance,
    )
