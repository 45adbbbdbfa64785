"""Indices of individual data, as functions of a mean and of sums over the social ladder."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import numpy as np

from jevn.indices.rank_curves import STRAIGHT, RankCurve
from jevn.indices.result import NOTES, critical
from jevn.indices.ridits import Floats


@dataclass(frozen=True, slots=True)
class IndividualResult:
    """One index of individual data. Estimate, standard error and limits are on the same scale.

    Attributes:
        index: name of the index.
        estimate: the index; ``None`` if it is not defined here (``notes`` say why).
        se: standard error.
        lower: lower limit.
        upper: upper limit.
        level: level of the interval, e.g. 0.95.
        method: how the interval was made; ``none`` without interval.
        weights: ``given`` or ``equal``.
        mean: mean outcome.
        persons: persons used.
        left_out: persons left out because something is not known of them.
        positions: different places on the social ladder.
        clusters: clusters (primary sampling units) used; persons where none are given.
        strata: strata used; 1 where none are given.
        notes: keys of texts that say what to beware of.
        keys: the part of the persons it is of, such as sex or year; empty: all.
    """

    index: str
    estimate: float | None
    se: float | None
    lower: float | None
    upper: float | None
    level: float
    method: str
    weights: str
    mean: float | None
    persons: int
    left_out: int
    positions: int
    clusters: int
    strata: int
    notes: tuple[str, ...] = ()
    keys: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much there is of everything.

    Attributes:
        persons: persons used.
        left_out: persons left out.
        positions: different places on the ladder.
        clusters: clusters used; persons where none are given.
        strata: strata used; 1 where none are given.
        lone_strata: strata with one cluster only.
        weighted: whether persons have weights.
        clustered: whether persons have clusters.
    """

    persons: int
    left_out: int
    positions: int
    clusters: int
    strata: int
    lone_strata: int
    weighted: bool
    clustered: bool


@dataclass(frozen=True, eq=False)
class RankMoments:
    r"""All that the indices of a set of persons are made of, with covariances.

    Attributes:
        sizes: how much there is of everything.
        mean: weighted mean of the outcome.
        deviation: weighted standard deviation of the outcome.
        range: least and greatest outcome.
        cubes: sum of the cubed shares of the positions; the variance of the ranks is
            $(1 - \sum_k p_k^3) / 12$.
        sums: for each curve, the sum over persons of share, outcome and mean weight at the
            position.
        covariances: sampling covariances of mean, cubes and each of the sums, in this order.
        method: how they were made.
    """

    sizes: Sizes
    mean: float
    deviation: float
    range: tuple[float, float]
    cubes: float
    sums: Mapping[RankCurve, float]
    covariances: Floats
    method: str

    def gradient(
        self, *, mean: float = 0.0, cubes: float = 0.0, curve: RankCurve = STRAIGHT, by: float = 0.0
    ) -> Floats:
        """Derivatives by mean, cubes and one of the sums, in the order of the covariances."""
        found = np.zeros(2 + len(self.sums))
        found[:2] = mean, cubes
        found[2 + list(self.sums).index(curve)] = by
        return found


@dataclass(frozen=True, slots=True)
class IndexOptions:
    """What is chosen when indices of individual data are made.

    Attributes:
        level: level of the limits.
        bounds: least and greatest possible outcome; ``None``: unknown.
        aversion: of ``rci_extended``, at least 1.
        sensitivity: of ``symmetric``, above 1.
    """

    level: float = 0.95
    bounds: tuple[float, float] | None = None
    aversion: float = 2.0
    sensitivity: float = 2.0

    def __post_init__(self) -> None:
        """Check that all is possible.

        Raises:
            ValueError: if it is not.
        """
        critical(self.level)
        if self.bounds is not None and not self.bounds[0] < self.bounds[1]:
            raise ValueError(f"bounds: {self.bounds[0]} is not below {self.bounds[1]}")
        for kind in ("rci_extended", "symmetric"):
            self.curve(kind)

    def curve(self, index: str) -> RankCurve:
        """The weights of the ranks in an index."""
        chosen = STRAIGHT
        if index == "rci_extended":
            chosen = RankCurve("extended", self.aversion)
        if index == "symmetric":
            chosen = RankCurve("symmetric", self.sensitivity)
        return STRAIGHT if chosen.straight else chosen

    def curves(self, indices: Sequence[str]) -> tuple[RankCurve, ...]:
        """The curves that some indices need, each once.

        Raises:
            ValueError: if there is no index of such a name.
        """
        for name in indices:
            if name not in INDIVIDUAL_INDICES:
                raise ValueError(f"no index of individual data is called {name}")
        return tuple(dict.fromkeys([STRAIGHT, *map(self.curve, indices)]))


@dataclass(frozen=True, slots=True)
class _Value:
    """An index with its derivatives; of a ratio, the derivatives of the logarithm."""

    estimate: float
    gradient: Floats
    ratio: bool = False


def result_of(
    index: str,
    moments: RankMoments,
    options: IndexOptions,
    keys: Mapping[str, object] | None = None,
) -> IndividualResult:
    """One index of a set of persons.

    Args:
        index: its name, one of :data:`INDIVIDUAL_INDICES`.
        moments: what it is made of.
        options: level, bounds, aversion and sensitivity.
        keys: the part of the persons it is of.
    """
    sizes = moments.sizes
    notes: list[str] = []
    value: _Value | None = None
    if sizes.persons < 2:
        notes.append("too_few_persons")
    elif sizes.positions < 2:
        notes.append("one_position")
    else:
        found = INDIVIDUAL_INDICES[index](moments, options)
        if isinstance(found, str):
            notes.append(found)
        else:
            value = found
    if sizes.left_out:
        notes.append("persons_left_out")
    se = None if value is None else _error(value.gradient, moments.covariances)
    if value is not None and se is None:
        notes.append("no_sampling_error")
    elif value is not None and sizes.lone_strata:
        notes.append("lone_clusters")
    lower, upper, method = None, None, "none"
    if value is not None and se is not None:
        half = _quantile(options.level, sizes) * se
        lower, upper = value.estimate - half, value.estimate + half
        method = moments.method
        if value.ratio:
            lower, upper = value.estimate * np.exp(-half), value.estimate * np.exp(half)
            se, method = se * value.estimate, f"log_{method}"
    return IndividualResult(
        index=index,
        estimate=None if value is None else float(value.estimate),
        se=None if se is None else float(se),
        lower=None if lower is None else float(lower),
        upper=None if upper is None else float(upper),
        level=options.level,
        method=method,
        weights="given" if sizes.weighted else "equal",
        mean=None if np.isnan(moments.mean) else float(moments.mean),
        persons=sizes.persons,
        left_out=sizes.left_out,
        positions=sizes.positions,
        clusters=sizes.clusters,
        strata=sizes.strata,
        notes=tuple(NOTES + note for note in notes),
        keys=dict(keys or {}),
    )


def _error(gradient: Floats, covariances: Floats) -> float | None:
    # A column that is not asked for must not spread its not-a-number.
    asked = gradient != 0
    variance = float(gradient[asked] @ covariances[np.ix_(asked, asked)] @ gradient[asked])
    return None if np.isnan(variance) else max(variance, 0.0) ** 0.5


def _quantile(level: float, sizes: Sizes) -> float:
    """Student's with as many degrees as clusters less strata; normal without clusters."""
    if not sizes.clustered:
        return critical(level)
    from scipy.special import stdtrit

    return float(stdtrit(sizes.clusters - sizes.strata, (1 + level) / 2))


def _absolute(moments: RankMoments, options: IndexOptions) -> _Value:
    return _Value(moments.sums[STRAIGHT], moments.gradient(by=1.0))


def _relative(moments: RankMoments, curve: RankCurve) -> _Value | str:
    mean, total = moments.mean, moments.sums[curve]
    if abs(mean) <= 1e-12 * moments.deviation or mean == 0:
        return "zero_mean"
    return _Value(total / mean, moments.gradient(mean=-total / mean**2, curve=curve, by=1 / mean))


def _concentration(moments: RankMoments, options: IndexOptions) -> _Value | str:
    return _relative(moments, STRAIGHT)


def _extended(moments: RankMoments, options: IndexOptions) -> _Value | str:
    return _relative(moments, options.curve("rci_extended"))


def _bounds(moments: RankMoments, options: IndexOptions) -> tuple[float, float] | str:
    if options.bounds is None:
        return "no_bounds"
    low, high = options.bounds
    if moments.range[0] < low or moments.range[1] > high:
        return "outside_bounds"
    return low, high


def _corrected(moments: RankMoments, options: IndexOptions, curve: RankCurve) -> _Value | str:
    bounds = _bounds(moments, options)
    if isinstance(bounds, str):
        return bounds
    factor = 4 / (bounds[1] - bounds[0])
    return _Value(factor * moments.sums[curve], moments.gradient(curve=curve, by=factor))


def _erreygers(moments: RankMoments, options: IndexOptions) -> _Value | str:
    return _corrected(moments, options, STRAIGHT)


def _symmetric(moments: RankMoments, options: IndexOptions) -> _Value | str:
    return _corrected(moments, options, options.curve("symmetric"))


def _wagstaff(moments: RankMoments, options: IndexOptions) -> _Value | str:
    bounds = _bounds(moments, options)
    if isinstance(bounds, str):
        return bounds
    (low, high), mean, total = bounds, moments.mean, moments.sums[STRAIGHT]
    room = (high - mean) * (mean - low)
    if room <= 1e-14 * (high - low) ** 2:
        return "all_at_bound"
    factor = (high - low) / room
    turn = (low + high - 2 * mean) / room
    return _Value(total * factor, moments.gradient(mean=-total * factor * turn, by=factor))


def _line(moments: RankMoments) -> tuple[float, Floats]:
    """Slope of the outcome on the rank, and its derivatives."""
    room = 1 - moments.cubes
    slope = 6 * moments.sums[STRAIGHT] / room
    return slope, moments.gradient(cubes=slope / room, by=6 / room)


def _slope(moments: RankMoments, options: IndexOptions) -> _Value:
    return _Value(*_line(moments))


def _slope_ratio(moments: RankMoments, options: IndexOptions) -> _Value | str:
    slope, gradient = _line(moments)
    bottom, top = moments.mean - slope / 2, moments.mean + slope / 2
    if bottom <= 0 or top <= 0:
        return "fit_not_positive"
    of_mean = moments.gradient(mean=1.0)
    log = (of_mean + gradient / 2) / top - (of_mean - gradient / 2) / bottom
    return _Value(top / bottom, log, ratio=True)


_Formula = Callable[[RankMoments, IndexOptions], _Value | str]

INDIVIDUAL_INDICES: Final[Mapping[str, _Formula]] = MappingProxyType(
    {
        "aci": _absolute,
        "rci": _concentration,
        "erreygers": _erreygers,
        "wagstaff": _wagstaff,
        "rci_extended": _extended,
        "symmetric": _symmetric,
        "sii_linear": _slope,
        "rii_linear": _slope_ratio,
    }
)
"""Every index of individual data by name; the definitions are those of grouped data, with each
place on the ladder a group of its own."""
