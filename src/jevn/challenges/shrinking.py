"""What the figures tell of each zone's true value: drawn towards the mean, with its rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from jevn.challenges.observed import Observed
from jevn.challenges.results import Indicator
from jevn.indices import (
    ZoneEstimates,
    shrink_counts,
    shrink_estimates,
    shrink_proportions,
    spatial_counts,
    spatial_estimates,
    spatial_proportions,
    zone_ranks,
)
from jevn.indices.zone_ranking import ZoneRanks

Floats = NDArray[np.float64]
Family = Literal["beta_binomial", "poisson_gamma", "normal"]

LEAST_MAP: Final = 8
"""Neighbours are used from this many zones with a figure."""

LEAST_SHARE: Final = 0.5
"""Neighbours are used when at least this share of the differences follows them."""

_MORAN: Final = 2.326
_EXACT: Final = 0.01
_CELLS: Final = 4_000_000
"""Draws held at a time: indicators are taken in batches of at most so many cells."""

_SEED: Final = 2025


@dataclass(frozen=True)
class ZoneFigures:
    """The figures of one indicator in all zones of the municipality.

    Attributes:
        indicator: the indicator.
        figures: figure of each zone that has one, by id.
        overall: the municipality's value, taken as known.
    """

    indicator: Indicator
    figures: Mapping[str, Observed]
    overall: float

    @property
    def family(self) -> Family | None:
        """Which distribution the figures have; ``None`` where nothing is known of chance."""
        rows = list(self.figures.values())
        if len(rows) < 2 or any(f.estimated or f.chance == "none" for f in rows):
            return None
        chances = {f.chance for f in rows}
        if chances == {"share"}:
            return "beta_binomial"
        if chances == {"rate"} and all(map(self._plain, rows)):
            return "poisson_gamma"
        return "normal" if all(f.error for f in rows) else None

    @property
    def factor(self) -> float:
        """What the value would be if all were cases; 1 for values with errors."""
        counted = self.family in ("beta_binomial", "poisson_gamma")
        return (self.indicator.scale.info.factor or 1.0) if counted else 1.0

    def _plain(self, figure: Observed) -> bool:
        """Whether the value is the cases over the persons, not standardised by its source."""
        factor = self.indicator.scale.info.factor
        if not factor or not figure.size or figure.cases is None or figure.value is None:
            return False
        crude = factor * figure.cases / figure.size
        return abs(figure.value - crude) <= _EXACT * max(abs(crude), 1e-12)

    def pair(self, zones: Sequence[str]) -> tuple[list[float], list[float]]:
        """Cases and persons, or values and errors, of each zone; not-a-number where unknown."""
        if self.family == "normal":
            found = {z: (f.value, f.error) for z, f in self.figures.items()}
        else:
            found = {z: (f.cases, f.size) for z, f in self.figures.items()}
        nothing = (None, None)
        pairs = [found.get(z, nothing) for z in zones]
        one, other = (
            [np.nan if p[i] is None else float(p[i] or 0.0) for p in pairs] for i in (0, 1)
        )
        return one, other


@dataclass(frozen=True, eq=False)
class Shrunken:
    """True values of the zones of one indicator, as far as the data tell.

    Attributes:
        zones: ids, in the order of all arrays.
        value: mean of what the true value may be, on the indicator's scale, shape ``(z,)``.
        lower: lower 95 % limit.
        upper: upper 95 % limit.
        own_weight: how much of it is the zone's own figure.
        worse: probability of being truly worse off than the municipality.
        draws: draws of the true values, shape ``(d, z)``.
        ranks: ranks, one setting.
        at: which setting of ``ranks``.
        method: the family, or ``neighbours``.
    """

    zones: tuple[str, ...]
    value: Floats
    lower: Floats
    upper: Floats
    own_weight: Floats
    worse: Floats
    draws: Floats
    ranks: ZoneRanks
    at: int
    method: str


_INDEPENDENT: Final = {
    "beta_binomial": shrink_proportions,
    "poisson_gamma": shrink_counts,
    "normal": shrink_estimates,
}
_SPATIAL: Final = {
    "beta_binomial": spatial_proportions,
    "poisson_gamma": spatial_counts,
    "normal": spatial_estimates,
}


def shrunken(
    every: Sequence[ZoneFigures],
    zones: Sequence[str],
    neighbours: Sequence[tuple[str, str]],
    draws: int,
) -> dict[str, Shrunken]:
    """Shrunken values and ranks of the zones, for many indicators at once.

    Shares are drawn towards their mean by a beta-binomial model, rates by a Poisson-gamma, other
    values by a normal one with their errors (see :func:`jevn.indices.shrink_proportions` and its
    sisters). Where zones that share a border are known, at least ``LEAST_MAP`` have a figure and
    neighbours surely resemble each other (Moran's I, one-sided 1 %), the model with neighbours
    is fitted, and used if at least half of the differences follow neighbours.

    Args:
        every: the figures of each indicator.
        zones: ids of all zones.
        neighbours: pairs of zones that share a border.
        draws: draws of the true values, for ranks and people too many; the same every time.

    Returns:
        By indicator id; indicators whose chance is not known are left out.
    """
    found: dict[str, Shrunken] = {}
    most = max(1, _CELLS // max(1, draws * len(zones)))
    batches = [
        (family, same[first : first + most])
        for family in _INDEPENDENT
        for same in [[z for z in every if z.family == family]]
        for first in range(0, len(same), most)
    ]
    for family, batch in batches:
        pairs = [z.pair(zones) for z in batch]
        estimates = _INDEPENDENT[family](
            [p[0] for p in pairs],
            [p[1] for p in pairs],
            polarity=[z.indicator.polarity for z in batch],
            reference=[z.overall / z.factor for z in batch],
            draws=draws,
            seed=_SEED,
        )
        ranks = zone_ranks(estimates)
        for at, one in enumerate(batch):
            found[one.indicator.id] = _taken(estimates, ranks, at, one, zones, family)
    joined = _positions(zones, neighbours)
    for one in every:
        if one.family is not None and _worth_it(one, zones, joined):
            with_neighbours = _spatial(one, zones, joined, draws)
            if with_neighbours is not None:
                found[one.indicator.id] = with_neighbours
    return found


def _taken(
    estimates: ZoneEstimates,
    ranks: ZoneRanks,
    at: int,
    one: ZoneFigures,
    zones: Sequence[str],
    method: str,
) -> Shrunken:
    known = np.array([z in one.figures for z in zones])
    draws = estimates.draws
    assert draws is not None
    kept = tuple(z for z, k in zip(zones, known, strict=True) if k)
    of = one.factor
    return Shrunken(
        zones=kept,
        value=of * estimates.estimate[at][known],
        lower=of * estimates.lower[at][known],
        upper=of * estimates.upper[at][known],
        own_weight=estimates.own_weight[at][known],
        worse=estimates.worse[at][known],
        draws=of * draws[:, at][:, known],
        ranks=_of_known(ranks, at, known),
        at=0,
        method=method,
    )


def _of_known(ranks: ZoneRanks, at: int, known: NDArray[np.bool_]) -> ZoneRanks:
    """Ranks of the zones with a value in one setting."""
    number = int(known.sum())
    rows = {
        name: getattr(ranks, name)[at][known][None]
        for name in ("rank", "expected", "lower", "upper", "worst")
    }
    return ZoneRanks(
        **rows,
        up_to=ranks.up_to[at][known][None][..., :number],
        worse_than=ranks.worse_than[at][known][:, known][None],
        level=ranks.level,
    )


def _positions(
    zones: Sequence[str], neighbours: Sequence[tuple[str, str]]
) -> list[tuple[int, int]]:
    where = {z: n for n, z in enumerate(zones)}
    pairs = {
        (min(where[a], where[b]), max(where[a], where[b]))
        for a, b in neighbours
        if a in where and b in where and a != b
    }
    return sorted(pairs)


def _worth_it(one: ZoneFigures, zones: Sequence[str], joined: Sequence[tuple[int, int]]) -> bool:
    """Enough zones, and neighbours more alike than chance makes them."""
    values = np.array([one.figures[z].value if z in one.figures else np.nan for z in zones], float)
    pairs = [(a, b) for a, b in joined if np.isfinite(values[[a, b]]).all()]
    if np.isfinite(values).sum() < LEAST_MAP or len(pairs) < LEAST_MAP:
        return False
    return moran(values, pairs) > _MORAN


def moran(values: Floats, pairs: Sequence[tuple[int, int]]) -> float:
    r"""Moran's I in standard deviations from what chance gives (normality assumption).

    $$ I = \frac{n}{S_0} \frac{\sum w_{ij} z_i z_j}{\sum z_i^2} $$

    Cliff & Ord 1981, Spatial Processes, p. 21.

    Args:
        values: value of each zone; not-a-number where unknown.
        pairs: neighbours by position, each pair once.
    """
    known = np.isfinite(values)
    n = int(known.sum())
    z = np.where(known, values - values[known].mean(), 0.0)
    total = float(z @ z)
    if n < 3 or not pairs or total <= 0:
        return 0.0
    a, b = np.array(pairs).T
    s0, s1 = 2.0 * len(pairs), 4.0 * len(pairs)
    degree = np.bincount(np.concatenate([a, b]), minlength=len(values)).astype(float)
    s2 = float((2 * degree) @ (2 * degree))
    index = n / s0 * 2 * float(z[a] @ z[b]) / total
    expected = -1 / (n - 1)
    variance = (n**2 * s1 - n * s2 + 3 * s0**2) / ((n**2 - 1) * s0**2) - expected**2
    return (index - expected) / float(np.sqrt(variance)) if variance > 0 else 0.0


def _spatial(
    one: ZoneFigures, zones: Sequence[str], joined: Sequence[tuple[int, int]], draws: int
) -> Shrunken | None:
    family = one.family
    assert family is not None
    first, second = one.pair(zones)
    found = _SPATIAL[family](
        first,
        second,
        list(joined),
        polarity=one.indicator.polarity,
        reference=one.overall / one.factor,
        draws=draws,
        seed=_SEED,
    )
    if found.spatial_share < LEAST_SHARE:
        return None
    hidden = np.array([np.nan if z not in one.figures else 0.0 for z in zones])
    shown = _hide(found.zones, hidden)
    return _taken(shown, zone_ranks(shown), 0, one, zones, "neighbours")


def _hide(estimates: ZoneEstimates, hidden: Floats) -> ZoneEstimates:
    """Without zones that have no figure of their own: a guess from neighbours is not shown."""
    from dataclasses import replace

    return replace(
        estimates,
        estimate=estimates.estimate + hidden,
        draws=None if estimates.draws is None else estimates.draws + hidden,
    )
