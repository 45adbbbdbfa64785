"""Entries of the evidence catalogue: areas, directions, interventions, effects, sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jevn.terms import EffortArea, LocalText, Polarity, Reach, Scale

Strength = Literal["A", "B", "C", "D", "E", "U"]
EquityImpact = Literal["positive", "neutral", "mixed", "negative", "unknown"]
CostOrder = Literal["low", "medium", "high", "unknown"]
LeadTime = Literal["short", "medium", "long", "unknown"]
EffectScale = Literal[
    "RR", "HR", "OR", "IRR", "RD", "SMD", "relative_change", "mean_change", "none"
]


@dataclass(frozen=True, slots=True)
class Source:
    """A publication. ``verified`` means that a public page of it was seen.

    ``note`` is bokmål; ``note_text`` holds it in all languages.
    """

    id: str
    authors: str
    year: int | None
    title: str
    publisher: str | None
    url: str | None
    verified: bool
    kind: str
    note: str | None = None
    note_text: LocalText | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect as reported, in the source's own terms (direction or number).

    Attributes:
        outcome: what changed.
        measured_as: how it is expressed, in bokmål (``measured_text`` in all languages).
        estimate: number with interval, or words, in bokmål, without unit.
        unit: unit in bokmål, if any.
        design: design of the study, in bokmål (``design_text`` in all languages).
        source: id of the source.
        note: what to beware of.
        value: the number, where the estimate is one number.
        lower: lower 95 % limit, if reported.
        upper: upper 95 % limit, if reported.
        finding: estimate, interval and unit as one phrase in all languages.
        measured_text: ``measured_as`` in all languages.
        design_text: ``design`` in all languages.
    """

    outcome: LocalText
    measured_as: str
    estimate: str
    unit: str | None
    design: str | None
    source: str | None
    note: LocalText | None = None
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    finding: LocalText | None = None
    measured_text: LocalText | None = None
    design_text: LocalText | None = None


@dataclass(frozen=True, slots=True)
class EffectSize:
    """A number that the impact model can use: an effect of an action or of a determinant.

    Attributes:
        id: stable id, e.g. ``es36``.
        about: what affects what, in words.
        scale: how the number is expressed (``RD`` in percentage points, ``relative_change``
            in per cent, ``SMD`` in standard deviations, ``mean_change`` in the unit named in
            ``about``); ``none`` if only a direction is known, or if the number is no effect
            (a cost, an index).
        value: the estimate; ``None`` if only a direction is known.
        lower: lower 95 % limit, if reported.
        upper: upper 95 % limit, if reported.
        population: whom it was observed in.
        design: ``rct``, ``natural_experiment``, ``sibling``, ``cohort`` or ``crude``.
        link: page where the figure was seen (``more_links``: further pages).
        source: id of a catalogue source, if it is one.
        interventions: catalogue interventions it is an effect of (empty: of a determinant).
        caution: what to beware of.
    """

    id: str
    about: LocalText
    scale: EffectScale
    value: float | None
    lower: float | None
    upper: float | None
    population: LocalText | None
    design: str | None
    link: str | None
    source: str | None
    interventions: tuple[str, ...]
    caution: LocalText | None
    more_links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Direction:
    """A direction that recommendations point in, with its sources."""

    text: LocalText
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Intervention:
    """A type of intervention with what is known of it.

    ``strength``: A strong, B moderate, C limited or conflicting, D recommendation only,
    E tested without effect, U no grading seen. ``determinants`` are texts. ``grade_scale``
    and ``cost_basis`` are bokmål; the fields ending in ``_text`` hold them in all languages.
    """

    id: str
    area: EffortArea
    also_areas: tuple[EffortArea, ...]
    name: LocalText
    reach: Reach
    determinants: tuple[LocalText, ...]
    strength: Strength
    grade: LocalText
    grade_scale: str
    grade_source: str | None
    effects: tuple[Effect, ...]
    equity: EquityImpact
    equity_basis: LocalText | None
    equity_source: str | None
    cost: CostOrder
    cost_basis: str | None
    lead_time: LeadTime
    kostra_functions: tuple[str, ...]
    note: LocalText | None
    sources: tuple[str, ...]
    grade_scale_text: LocalText | None = None
    cost_basis_text: LocalText | None = None
    local: bool = False


@dataclass(frozen=True, slots=True)
class CatalogueIndicator:
    """An indicator the catalogue suggests for an area. ``table`` is ``None`` where unknown.

    ``system`` and ``table`` are bokmål; ``system_text`` and ``table_text`` hold them in all
    languages. ``levels`` and ``strata`` are codes (texts ``evidence.level.<code>``,
    ``evidence.stratum.<code>``, ``evidence.available.<code>``).
    """

    id: str
    area: EffortArea
    name: LocalText
    unit: LocalText
    scale: Scale | None
    polarity: Polarity | None
    kind: str
    system: str
    table: str | None
    source: str | None
    verified: bool
    levels: tuple[str, ...]
    strata: tuple[tuple[str, str], ...]
    note: LocalText | None
    system_text: LocalText | None = None
    table_text: LocalText | None = None


@dataclass(frozen=True, slots=True)
class AreaEvidence:
    """What research-based recommendations say of one area."""

    area: EffortArea
    rationale: LocalText
    rationale_sources: tuple[str, ...]
    mechanisms: tuple[LocalText, ...]
    directions: tuple[Direction, ...]
    interventions: tuple[Intervention, ...]
    indicators: tuple[CatalogueIndicator, ...]
    sdg_targets: tuple[str, ...]
    kostra_functions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Principle:
    """A principle that holds across areas, e.g. proportionate universalism."""

    id: str
    text: LocalText
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceCatalogue:
    """Step 1: the whole catalogue, read from reviewed text files.

    ``coverage`` gives per area how many of the ``reviews`` name it explicitly or partly:
    tuples of (review id, 0-2); areas that were not coded are left out. ``coverage_note`` says
    how it was coded.
    """

    areas: tuple[AreaEvidence, ...]
    principles: tuple[Principle, ...]
    sources: tuple[Source, ...]
    effect_sizes: tuple[EffectSize, ...]
    reviews: tuple[tuple[str, LocalText], ...]
    coverage: tuple[tuple[EffortArea, tuple[tuple[str, int], ...]], ...]
    coverage_note: LocalText | None = None

    def area(self, area: EffortArea) -> AreaEvidence:
        """The entry of one area."""
        return next(a for a in self.areas if a.area == area)

    def intervention(self, id: str) -> Intervention | None:
        """The intervention with this id, or ``None``."""
        return next((i for a in self.areas for i in a.interventions if i.id == id), None)

    def source(self, id: str) -> Source | None:
        """The source with this id, or ``None``."""
        return next((s for s in self.sources if s.id == id), None)

    def effect_size(self, id: str) -> EffectSize | None:
        """The effect size with this id, or ``None``.

        A row with several numbers has ids with letters; its bare id means its first number:
        ``es36`` is ``es36a``.
        """
        found = {e.id: e for e in self.effect_sizes}
        return found.get(id) or found.get(f"{id}a")

    def indicator(self, id: str) -> CatalogueIndicator | None:
        """The suggested indicator with this id, or ``None``."""
        return next((x for a in self.areas for x in a.indicators if x.id == id), None)

    def interventions_for(self, area: EffortArea) -> tuple[Intervention, ...]:
        """Interventions that stand in this area, then those that also concern it."""
        everyone = [i for a in self.areas for i in a.interventions]
        own = [i for i in everyone if i.area == area]
        return (*own, *(i for i in everyone if area in i.also_areas and i.area != area))
