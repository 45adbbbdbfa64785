"""Results of step 2: indicators and their status here, area by area, along the gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jevn.challenges.inhabitants import PopulationPicture
from jevn.challenges.overview_results import (
    AreaRanking,
    ProfessionalJudgement,
    Theme,
    ThemeCoverage,
)
from jevn.challenges.signs import Figure, Sign, SignKind
from jevn.challenges.zone_results import PlaceSpread, PlaceValue, ZoneExcess, ZoneStanding
from jevn.indices import IndexResult
from jevn.terms import EffortArea, LocalText, Message, Polarity, Scale, SocialDimension

__all__ = [
    "AreaRanking",
    "AreaStatus",
    "ChallengeProfile",
    "Comparison",
    "Figure",
    "Gradient",
    "GroupValue",
    "Indicator",
    "IndicatorStatus",
    "PlaceSpread",
    "PlaceValue",
    "Sign",
    "SignCell",
    "SignKind",
    "StandardisedLevel",
    "Trend",
    "ZoneExcess",
    "ZoneStanding",
]

Basis = Literal["crude", "standardised", "published"]
"""What a comparison rests on: figures as they are, figures standardised here for age, or the
source's own standardised figures."""

Against = Literal["best", "median", "country"]
"""What groups are held against when people too many are counted."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of the plan folder's list (``indicators.csv``).

    ``ages`` is the span of ages it concerns (``16+``, ``25-66``), if not all; ``theme`` one of
    the six themes of the overview regulation.
    """

    id: str
    area: EffortArea
    name: LocalText
    scale: Scale
    polarity: Polarity
    definition: LocalText | None = None
    origin: str | None = None
    note: str | None = None
    ages: str | None = None
    theme: Theme | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The municipality's level against another place.

    ``difference`` = here minus there, with 95 % limits where both have intervals. ``basis``
    says what the two rest on; where they are standardised, ``crude`` is the difference of the
    figures as they are.
    """

    place: str
    place_name: str
    here: Figure
    there: Figure
    difference: Figure
    sign: Sign
    basis: Basis = "crude"
    crude: Figure | None = None


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
            having the figure of ``against``; ``None`` where persons are not known.
        against: the best group, the group of the middle person, or the country's level.
        elsewhere: name of the place the groups are of, where they are not of the municipality.
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
    against: Against = "best"
    elsewhere: str | None = None


@dataclass(frozen=True, slots=True)
class Trend:
    """The level over time, and the yearly change by weighted least squares with its limits."""

    points: tuple[Figure, ...]
    slope_per_year: Figure | None
    sign: Sign


@dataclass(frozen=True, slots=True)
class StandardisedLevel:
    """The level as it would be with the ages of a standard population.

    Attributes:
        figure: the standardised value with 95 % limits.
        crude: the value as it is, if known.
        basis: ``standardised`` here from figures by age, or ``published`` by the source.
        standard: whose ages: the country's, the European standard population 2013, or the
            source's own choice.
        ages: the age bands used, lowest first; empty if published.
    """

    figure: Figure
    crude: Figure | None
    basis: Basis
    standard: Literal["country", "esp2013", "source"]
    ages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierSeries:
    """Figures of a former municipality, shown apart: they cannot be added to today's."""

    place: str
    name: str
    points: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class IndicatorStatus:
    """Everything step 2 says of one indicator here. Parts are ``None`` where data lack.

    Attributes:
        indicator: the indicator.
        level: the municipality's newest figure.
        comparisons: the level against other places, standardised for age where it can be.
        gradients: the newest gradient along each social dimension.
        spread: spread between zones.
        trend: the level over time.
        people_affected: persons (or yearly events) the level tells of.
        gaps: what is not known.
        origins: ids of the origins of all figures.
        standardised: the level standardised for age, if it can be.
        people: ``people_affected`` with limits; its note says if it is reckoned from a survey.
        certainty: how sure the figures are: better (sure), same (partly), worse (uncertain).
        certainty_reason: why.
        earlier: figures of former municipalities that cannot be joined with today's.
    """

    indicator: Indicator
    level: Figure | None
    comparisons: tuple[Comparison, ...]
    gradients: tuple[Gradient, ...]
    spread: PlaceSpread | None
    trend: Trend | None
    people_affected: float | None
    gaps: tuple[Message, ...]
    origins: tuple[str, ...]
    standardised: StandardisedLevel | None = None
    people: Figure | None = None
    certainty: Sign = Sign.UNKNOWN
    certainty_reason: Message | None = None
    earlier: tuple[EarlierSeries, ...] = ()

    def gradient(self, dimension: SocialDimension) -> Gradient | None:
        """The gradient along one dimension, if known."""
        return next((g for g in self.gradients if g.dimension == dimension), None)


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
    """Where it burns in one area. There is no score: the signs are what is said.

    ``judgement`` is all that professionals wrote, in paragraphs; ``professional`` holds its
    parts. ``gaps`` says what is missing for the area as a whole.
    """

    area: EffortArea
    headline: Message
    signs: tuple[SignCell, ...]
    indicators: tuple[str, ...]
    judgement: str | None = None
    professional: ProfessionalJudgement | None = None
    gaps: tuple[Message, ...] = ()

    def sign(self, kind: SignKind) -> SignCell:
        """The cell of one kind."""
        return next(s for s in self.signs if s.kind == kind)


@dataclass(frozen=True, slots=True)
class ChallengeProfile:
    """Step 2: where it burns. Areas stand in the order of signs: most signs of worse first.

    ``order_reason`` says in words how the order came about; ``ranking`` how sure it is, and
    ``themes`` whether the six themes of the overview regulation have figures and judgement;
    ``inhabitants`` who lives here.
    """

    municipality: str
    areas: tuple[AreaStatus, ...]
    indicators: tuple[IndicatorStatus, ...]
    order_reason: Message
    hidden_cells: int
    ranking: AreaRanking | None = None
    themes: tuple[ThemeCoverage, ...] = ()
    inhabitants: PopulationPicture | None = None

    def area(self, area: EffortArea) -> AreaStatus:
        """The status of one area."""
        return next(a for a in self.areas if a.area == area)

    def indicator(self, id: str) -> IndicatorStatus | None:
        """The status of one indicator, or ``None``."""
        return next((i for i in self.indicators if i.indicator.id == id), None)
