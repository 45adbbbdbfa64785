"""The form of the evidence files: what may stand in a file, entry by entry."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, model_validator

from jevn.evidence.entries import CostOrder, EffectScale, EquityImpact, LeadTime, Strength
from jevn.terms import EffortArea, LocalText, Polarity, Reach, Scale

Coverage = Literal[0, 1, 2]
CostBasis = Literal["judgement", "source"]
Design = Literal["rct", "natural_experiment", "sibling", "cohort", "crude"]
IndicatorKind = Literal["determinant", "outcome", "service", "process"]
Availability = Literal["available", "not_available", "unknown"]
Level = Literal[
    "country",
    "county",
    "municipality",
    "larger_municipality",
    "city_district",
    "area",
    "zone",
    "school",
    "office",
]
Stratum = Literal["education", "income", "small_area"]
SourceKind = Literal[
    "article",
    "data",
    "document",
    "evaluation",
    "guide",
    "law",
    "news",
    "policy",
    "register",
    "review",
    "study",
    "trial",
]


class Form(BaseModel):
    """Base of all forms: fields that are not known are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TextForm(Form):
    """A text in bokmål, nynorsk and English; plain text means bokmål."""

    nb: str
    nn: str | None = None
    en: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, given: Any) -> Any:
        return {"nb": given} if isinstance(given, str) else given

    def local(self) -> LocalText:
        """The text as the house's type."""
        return LocalText(self.nb, self.nn, self.en)


class SourceForm(Form):
    """One publication."""

    id: str
    authors: str
    year: int | None = None
    title: str
    publisher: str | None = None
    url: str | None = None
    verified: bool = False
    kind: SourceKind
    note: TextForm | None = None


class EffectForm(Form):
    """One reported effect: a number with unit and limits, or words."""

    outcome: TextForm
    measured_as: TextForm
    estimate: int | float | TextForm
    lower: float | None = None
    upper: float | None = None
    unit: TextForm | None = None
    design: TextForm | None = None
    source: str
    note: TextForm | None = None


class InterventionForm(Form):
    """One type of intervention."""

    id: str
    name: TextForm
    also_areas: tuple[EffortArea, ...] = ()
    reach: Reach
    determinants: tuple[TextForm, ...] = ()
    strength: Strength
    grade: TextForm
    grade_scale: TextForm
    grade_source: str | None = None
    effects: tuple[EffectForm, ...] = ()
    equity: EquityImpact = "unknown"
    equity_basis: TextForm | None = None
    equity_source: str | None = None
    cost: CostOrder = "unknown"
    cost_basis: CostBasis = "judgement"
    cost_note: TextForm | None = None
    lead_time: LeadTime = "unknown"
    kostra_functions: tuple[str, ...] = ()
    note: TextForm | None = None
    sources: tuple[str, ...] = ()


class IndicatorForm(Form):
    """One suggested indicator."""

    id: str
    name: TextForm
    unit: TextForm
    scale: Scale | None = None
    polarity: Polarity | None = None
    kind: IndicatorKind
    system: TextForm
    table: TextForm | None = None
    source: str | None = None
    verified: bool = False
    levels: tuple[Level, ...] = ()
    strata: dict[Stratum, Availability] = {}
    note: TextForm | None = None


class DirectionForm(Form):
    """One direction with its sources."""

    text: TextForm
    sources: tuple[str, ...]


class EffectSizeForm(Form):
    """One number (or direction) that the impact model can use."""

    id: str
    about: TextForm
    scale: EffectScale
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    population: TextForm | None = None
    design: Design | None = None
    links: tuple[str, ...] = ()
    source: str | None = None
    interventions: tuple[str, ...] = ()
    caution: TextForm | None = None


class PrincipleForm(Form):
    """One principle with its sources."""

    id: str
    text: TextForm
    sources: tuple[str, ...]


class ReviewForm(Form):
    """One review whose headings were coded against the areas."""

    id: str
    name: TextForm


class EvidenceFile(Form):
    """A file of the catalogue, or of a municipality's own evidence. All parts are optional."""

    area: EffortArea | None = None
    rationale: TextForm | None = None
    rationale_sources: tuple[str, ...] = ()
    mechanisms: tuple[TextForm, ...] = ()
    directions: tuple[DirectionForm, ...] = ()
    interventions: tuple[InterventionForm, ...] = ()
    indicators: tuple[IndicatorForm, ...] = ()
    sdg_targets: tuple[str, ...] = ()
    kostra_functions: dict[str, str] = {}
    sources: tuple[SourceForm, ...] = ()
    principles: tuple[PrincipleForm, ...] = ()
    effect_sizes: tuple[EffectSizeForm, ...] = ()
    reviews: tuple[ReviewForm, ...] = ()
    coverage: dict[EffortArea, tuple[Coverage, ...]] = {}
    note: TextForm | None = None
