"""Results for zones: spread, shrunken values, ranks, and people too many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jevn.challenges.signs import Figure, Sign

ZoneReference = Literal["municipality", "best", "median", "country"]
"""What zones are held against when people too many are counted."""


@dataclass(frozen=True, slots=True)
class PlaceValue:
    """The value of one zone, with its standing against the municipality."""

    place: str
    name: str
    value: float | None
    lower: float | None
    upper: float | None
    population: float | None
    sign: Sign
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class ZoneStanding:
    """What the figures tell of a zone's true value: shrunken value and rank (1 = worst off).

    Attributes:
        place: id of the zone.
        value: the zone's value drawn towards the mean (or its neighbours), on the
            indicator's scale.
        lower: lower 95 % limit of it.
        upper: upper 95 % limit of it.
        own_weight: how much of it is the zone's own figure, 0-1.
        rank: rank by expected rank; equal ones share the lowest.
        rank_lower: lower 95 % limit of the rank.
        rank_upper: upper 95 % limit of the rank.
        worse: probability that the zone is truly worse off than the municipality, 0-1.
        worst_fifth: probability that it is among the fifth of the zones that are worst off.
        persons: persons the indicator concerns in the zone, if known.
        excess: persons too many (favourable: too few) against the municipality's value; below
            zero where the zone is better off. ``None`` where persons are not known.
    """

    place: str
    value: float
    lower: float
    upper: float
    own_weight: float
    rank: int
    rank_lower: int
    rank_upper: int
    worse: float
    worst_fifth: float
    persons: float | None = None
    excess: Figure | None = None


@dataclass(frozen=True, slots=True)
class ZoneExcess:
    """Persons too many in all zones that are worse off than a reference, in sum.

    Attributes:
        reference: the municipality's value, the best zone, the median zone or the country.
        persons: mean of what the sum may be, with 95 % limits.
        estimated: persons of the zones are reckoned from the age distribution of the
            municipality, not counted.
    """

    reference: ZoneReference
    persons: Figure
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class PlaceSpread:
    """Spread between zones.

    Attributes:
        zones: every zone, worst first.
        overall: the municipality's value the zones are held against.
        range: highest minus lowest shown zone.
        worse: number of zones surely worse than the municipality.
        index_of_disparity: mean absolute difference from the municipality's value as a
            percentage of it, weighted by population.
        standings: shrunken value and rank of each zone with a value, by rank; empty where
            nothing is known of chance.
        method: how zones were drawn together: ``beta_binomial``, ``poisson_gamma``,
            ``normal`` or ``neighbours`` (BYM2); empty without standings.
        excess: people too many in zones worse off than a reference; empty where persons are
            not known.
    """

    period: str
    zones: tuple[PlaceValue, ...]
    overall: float
    range: float | None
    worse: int
    index_of_disparity: Figure | None
    sign: Sign
    origin: str | None
    standings: tuple[ZoneStanding, ...] = ()
    method: str = ""
    excess: tuple[ZoneExcess, ...] = ()

    def standing(self, place: str) -> ZoneStanding | None:
        """The standing of one zone, if known."""
        return next((s for s in self.standings if s.place == place), None)
