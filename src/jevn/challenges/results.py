"""Results of step 2: indicators and their status here, area by area, along the gradient."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from jevn.indices import IndexResult
from jevn.terms import EffortArea, LocalText, Message, Polarity, Scale, SocialDimension


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of the plan folder's list (``indicators.csv``)."""

    id: str
    area: EffortArea
    name: LocalText
    scale: Scale
    polarity: Polarity
    definition: LocalText | None = None
    origin: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One value with its interval. ``lower``/``upper`` are 95 % limits unless said otherwise."""

    value: float
    lower: float | None = None
    upper: float | None = None
    period: str = ""
    origin: str | None = None
    note: Message | None = None


class Sign(StrEnum):
    """How one side of an indicator looks for people here."""

    BETTER = "better"
    SAME = "same"  # cannot be told apart
    WORSE = "worse"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The municipality's level against another place.

    ``difference`` = here minus there, with 95 % limits where both have intervals.
    """

    place: str
    place_name: str
    here: Figure
    there: Figure
    difference: Figure
    sign: Sign


@dataclass(frozen=True, slots=True)
class GroupValue:
    """The value of one social group. ``hidden`` if protected (small numbers)."""

    group: str
    value: float | None
    lower: float | None
    upper: float | None
    population: float | None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Gradient:
    """The gradient of an indicator along an ordered dimension, lowest position first.

    Attributes:
        sii: slope index of inequality (linear): value at the top minus at the bottom of
            the social ladder, on the indicator's scale.
        rii: relative index of inequality: fitted value at the top over at the bottom.
        gap: highest minus lowest group, absolute.
        sign: ``WORSE`` when the low social end is worse off and the slope's interval
            excludes zero; ``SAME`` when no slope can be told; ``BETTER`` when reversed.
        intercept: fitted value at rank 0, for drawing the line.
        ranks: mid-point rank of each group (0-1).
        estimated: computed from national gradients, not observed here.
        indices: what several indices say of the same groups, with their intervals; none for
            groups without social order.
        excess: persons too many (adverse) or too few (favourable) compared with all groups
            having the figure of the best one; ``None`` where persons are not known.
    """

    dimension: SocialDimension
    place: str
    period: str
    groups: tuple[GroupValue, ...]
    ranks: tuple[float, ...]
    sii: Figure | None
    rii: Figure | None
    gap: Figure | None
    intercept: float | None
    sign: Sign
    estimated: bool
    origin: str | None
    note: Message | None = None
    indices: tuple[IndexResult, ...] = ()
    excess: Figure | None = None


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
class PlaceSpread:
    """Spread between zones.

    Attributes:
        zones: every zone, worst first.
        overall: the municipality's value the zones are held against.
        range: highest minus lowest shown zone.
        worse: number of zones surely worse than the municipality.
        index_of_disparity: mean absolute difference from the municipality's value as a
            percentage of it, weighted by population.
    """

    period: str
    zones: tuple[PlaceValue, ...]
    overall: float
    range: float | None
    worse: int
    index_of_disparity: Figure | None
    sign: Sign
    origin: str | None


@dataclass(frozen=True, slots=True)
class Trend:
    """The level over time, and the yearly change by weighted least squares with its limits."""

    points: tuple[Figure, ...]
    slope_per_year: Figure | None
    sign: Sign


@dataclass(frozen=True, slots=True)
class IndicatorStatus:
    """Everything step 2 says of one indicator here. Parts are ``None`` where data lack."""

    indicator: Indicator
    level: Figure | None
    comparisons: tuple[Comparison, ...]
    gradients: tuple[Gradient, ...]
    spread: PlaceSpread | None
    trend: Trend | None
    people_affected: float | None
    gaps: tuple[Message, ...]
    origins: tuple[str, ...]

    def gradient(self, dimension: SocialDimension) -> Gradient | None:
        """The gradient along one dimension, if known."""
        return next((g for g in self.gradients if g.dimension == dimension), None)


SignKind = Literal["level", "trend", "gradient", "people", "spread", "certainty"]


@dataclass(frozen=True, slots=True)
class SignCell:
    """One cell of the matrix areas x signs: how many indicators point which way, in words."""

    kind: SignKind
    sign: Sign
    worse: int
    same: int
    better: int
    unknown: int
    message: Message
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AreaStatus:
    """Where it burns in one area. There is no score: the signs are what is said."""

    area: EffortArea
    headline: Message
    signs: tuple[SignCell, ...]
    indicators: tuple[str, ...]
    judgement: str | None = None

    def sign(self, kind: SignKind) -> SignCell:
        """The cell of one kind."""
        return next(s for s in self.signs if s.kind == kind)


@dataclass(frozen=True, slots=True)
class ChallengeProfile:
    """Step 2: where it burns. Areas stand in the order of signs: most signs of worse first.

    ``order_reason`` says in words how the order came about.
    """

    municipality: str
    areas: tuple[AreaStatus, ...]
    indicators: tuple[IndicatorStatus, ...]
    order_reason: Message
    hidden_cells: int

    def area(self, area: EffortArea) -> AreaStatus:
        """The status of one area."""
        return next(a for a in self.areas if a.area == area)

    def indicator(self, id: str) -> IndicatorStatus | None:
        """The status of one indicator, or ``None``."""
        return next((i for i in self.indicators if i.indicator.id == id), None)
