"""Results about areas: importance, ranking with its uncertainty, judgement, six themes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jevn.challenges.signs import SignKind
from jevn.terms import EffortArea, Message

Theme = Literal[
    "befolkningssammensetning", "oppvekst", "miljo", "skader", "atferd", "helsetilstand"
]
"""The themes that the overview regulation asks the municipality to cover."""

JudgementPart = Literal["causes", "consequences", "resources"]
"""What the overview regulation asks to be judged beside the figures."""


@dataclass(frozen=True, slots=True)
class ImportanceLine:
    """One choice of importance (``importance.yaml``), with its reason and who made it.

    A line holds where all that it names fits; the weights of lines that hold are multiplied.
    Where no line holds, the weight is 1.

    Attributes:
        weight: how much it counts, from 0; 1 is as everything else.
        reason: why.
        by: who decided.
        date: when (ISO), if known.
        area: holds in this area only.
        sign: holds for this kind of sign only.
        indicator: holds for this indicator only.
    """

    weight: float
    reason: str
    by: str
    date: str | None = None
    area: EffortArea | None = None
    sign: SignKind | None = None
    indicator: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceShares:
    """Where an area comes when the ranking is made again and again on redrawn figures.

    Attributes:
        places: share of the draws at place 1, 2, …; sums to 1.
        lower: lower end of the 95 % interval of the place.
        upper: upper end of it.
        first: share of the draws in which it is first.
        top: share of the draws in which it is among the first three.
    """

    places: tuple[float, ...]
    lower: int
    upper: int
    first: float
    top: float


@dataclass(frozen=True, slots=True)
class AreaRank:
    """One area's place by the open rule, with all that the rule looks at.

    Attributes:
        area: the area.
        place: its place, 1 first.
        worse: kinds of sign in which the area is worse off, each with its importance.
        weight: sum of these importances: what the rule looks at first.
        share: share of the area's known signs that point to worse, weighted with importance:
            what the rule looks at next.
        figures: where it comes when figures are redrawn within their intervals.
        importance: the same, and the importance varied too.
        before_next: share of the draws (figures) in which it comes before the next area in
            the order; ``None`` for the last.
    """

    area: EffortArea
    place: int
    worse: tuple[tuple[SignKind, float], ...]
    weight: float
    share: float
    figures: PlaceShares
    importance: PlaceShares
    before_next: float | None


@dataclass(frozen=True, slots=True)
class AreaRanking:
    """The areas by the open rule, with how sure the order is.

    Attributes:
        areas: areas with at least one known sign, first place first.
        unranked: areas without any known sign: nothing can be said of them.
        draws: number of draws.
        message: what can be told of the order, in words.
        importance: the choices of importance used.
    """

    areas: tuple[AreaRank, ...]
    unranked: tuple[EffortArea, ...]
    draws: int
    message: Message
    importance: tuple[ImportanceLine, ...] = ()

    def of(self, area: EffortArea) -> AreaRank | None:
        """The rank of one area; ``None`` if it is not ranked."""
        return next((a for a in self.areas if a.area == area), None)


@dataclass(frozen=True, slots=True)
class ProfessionalJudgement:
    """What professionals say beside the figures, of an area or a theme.

    Attributes:
        about: id of the area or theme.
        text: free text, if any.
        causes: what it comes from.
        consequences: what it leads to.
        resources: what there is to build on.
        by: who judged.
        date: when (ISO).
    """

    about: str
    text: str = ""
    causes: str = ""
    consequences: str = ""
    resources: str = ""
    by: str | None = None
    date: str | None = None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """All that is written, in order."""
        every = (self.text, self.causes, self.consequences, self.resources)
        return tuple(part for part in every if part)

    @property
    def missing(self) -> tuple[JudgementPart, ...]:
        """The parts that are not written."""
        parts: tuple[JudgementPart, ...] = ("causes", "consequences", "resources")
        return tuple(part for part in parts if not getattr(self, part))


@dataclass(frozen=True, slots=True)
class ThemeCoverage:
    """Whether one of the six themes of the overview regulation has figures and judgement.

    Attributes:
        theme: the theme.
        indicators: ids of the indicators of the theme that have a level here.
        without_figures: ids of those that do not.
        population: figures of the population's composition are there.
        judgement: the professional judgement of the theme, if any.
    """

    theme: Theme
    indicators: tuple[str, ...]
    without_figures: tuple[str, ...] = ()
    population: bool = False
    judgement: ProfessionalJudgement | None = None

    @property
    def has_figures(self) -> bool:
        """Whether there are any figures of the theme."""
        return bool(self.indicators) or self.population

    @property
    def missing(self) -> tuple[JudgementPart, ...]:
        """Parts of the judgement that are not written."""
        return (self.judgement or ProfessionalJudgement(self.theme)).missing
