"""PlanWork: everything one municipality has put in, as one immutable value."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import polars as pl

from jevn.challenges import ChallengeSettings, Judgements
from jevn.challenges.overview_results import ImportanceLine
from jevn.challenges.results import Indicator
from jevn.challenges.schemas import ZONES
from jevn.evidence.entries import EvidenceCatalogue
from jevn.followup.results import StatusReport
from jevn.impact.alternatives import Alternative, Judgement
from jevn.impact.projection.graph import ImpactModel
from jevn.participation.opinions import Conversation
from jevn.participation.results import Answer, WorkshopReport
from jevn.participation.schemas import CORRECTIONS, HEARING_POINTS, MERGED
from jevn.participation.sorting import Word
from jevn.plan.elements import Element, Link, Milestone, Placement, Plan, StatedGap
from jevn.plan.process import ProcessTemplate
from jevn.plan.versions import ChangeReason, PlanVersion
from jevn.prioritisation.portfolio.wishes import PackageWishes
from jevn.prioritisation.results import Ballot, Frame
from jevn.prioritisation.shared_budget import BudgetRule, Election
from jevn.tables import Origin, empty_table
from jevn.tables.codes import CODE_HISTORY
from jevn.terms import Language, Message


@dataclass(frozen=True, slots=True)
class Municipality:
    """Who the work is for, and how it is shown (``[municipality]`` of ``jevn.toml``)."""

    name: str
    number: str
    country: str = "NO"
    fictional: bool = False
    language: Language = "nb"
    colour: str | None = None
    logo: str | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class WorkSettings:
    """Choices for the whole work (``[work]`` of ``jevn.toml``).

    Attributes:
        as_of: ISO date the documents are made for (never the clock, so that the same
            input gives the same bytes).
        year: latest accounting year of the effort profile.
        comparison: place ids that the municipality is compared with, first the country.
        version: name of the plan version, e.g. ``draft-1``.
        status: ``draft``, ``hearing``, ``revised`` or ``adopted``.
        notice: a sentence shown on every page, e.g. that the municipality is fictional.
        challenges: choices about where it burns (``[challenges]``).
    """

    as_of: str
    year: int
    comparison: tuple[str, ...] = ()
    version: str = "draft-1"
    status: str = "draft"
    notice: str | None = None
    challenges: ChallengeSettings = field(default_factory=ChallengeSettings)


@dataclass(frozen=True)
class PlanWork:
    """Everything put in. Tables are Polars frames with the columns of the rooms' schemas.

    Tables that the folder does not have are frames with no rows; nothing is ``None``
    but ``plan``, ``frame``, ``model``, ``zones_geojson`` and ``own_evidence`` (the package's
    catalogue with what the folder's ``evidence/`` adds).
    """

    municipality: Municipality
    settings: WorkSettings
    origins: tuple[Origin, ...]
    mandate: str
    places: pl.DataFrame
    population: pl.DataFrame
    indicators: tuple[Indicator, ...]
    observations: pl.DataFrame
    accounts: pl.DataFrame
    comparison_accounts: pl.DataFrame
    shares: pl.DataFrame
    services: pl.DataFrame
    service_users: pl.DataFrame
    reports: tuple[WorkshopReport, ...]
    ideas: pl.DataFrame
    hearing: pl.DataFrame
    answers: tuple[Answer, ...]
    ranked_items: pl.DataFrame
    alternatives: tuple[Alternative, ...]
    judgements: tuple[Judgement, ...]
    ballots: tuple[Ballot, ...]
    frame: Frame | None
    proposed_package: str | None
    proposed_reason: str | None
    wishes: PackageWishes
    plan: Plan | None
    elements: tuple[Element, ...]
    placements: tuple[Placement, ...]
    links: tuple[Link, ...]
    stated_gaps: tuple[StatedGap, ...]
    milestones: tuple[Milestone, ...]
    status_reports: tuple[StatusReport, ...]
    area_judgements: tuple[tuple[str, str], ...] = ()
    professional: Judgements = field(default_factory=Judgements)
    importance: tuple[ImportanceLine, ...] = ()
    zones_geojson: str | None = None
    hashes: tuple[tuple[str, str], ...] = field(default=())
    hidden_cells: int = 0
    report_files: tuple[tuple[str, bytes], ...] = ()
    other_plans: tuple[Plan, ...] = ()
    own_evidence: EvidenceCatalogue | None = None
    code_history: pl.DataFrame = field(default_factory=lambda: empty_table(CODE_HISTORY))
    zones: pl.DataFrame = field(default_factory=lambda: empty_table(ZONES))
    zone_gaps: tuple[Message, ...] = ()
    conversations: tuple[Conversation, ...] = ()
    budget_rules: tuple[BudgetRule, ...] = ()
    process_template: ProcessTemplate | None = None
    versions: tuple[PlanVersion, ...] = ()
    change_reasons: tuple[ChangeReason, ...] = ()
    elections: tuple[tuple[str, Election], ...] = ()
    corrections: pl.DataFrame = field(default_factory=lambda: empty_table(CORRECTIONS))
    own_words: tuple[Word, ...] = ()
    hearing_points: pl.DataFrame = field(default_factory=lambda: empty_table(HEARING_POINTS))
    merged: pl.DataFrame = field(default_factory=lambda: empty_table(MERGED))
    model: ImpactModel | None = None

    def with_protected(
        self,
        observations: pl.DataFrame,
        hidden: int,
        hashes: tuple[tuple[str, str], ...],
    ) -> PlanWork:
        """The same work with protected observations, the number hidden, and files' hashes."""
        return replace(self, observations=observations, hidden_cells=hidden, hashes=hashes)

    def origin(self, id: str | None) -> Origin | None:
        """The origin with this id, or ``None``."""
        return next((o for o in self.origins if o.id == id), None)
