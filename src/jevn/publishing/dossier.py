"""Dossier: all results of one work in one value, the only thing publishing needs.

It holds plain frozen dataclasses only, so it goes to JSON and back
(:func:`to_json`, :func:`from_json`), which is how the web application stores it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pydantic import TypeAdapter

from jevn.challenges.results import ChallengeProfile
from jevn.effort.results import EffortGap, EffortProfile, NeedEffortPoint, ZonePoint
from jevn.evidence.entries import EvidenceCatalogue
from jevn.followup.results import FollowUp
from jevn.impact.projection import Projection
from jevn.impact.results import Assessment
from jevn.participation.representation.results import Represented
from jevn.participation.results import Voices
from jevn.plan.process import Process
from jevn.plan.results import PlanProposal
from jevn.plan.versions import Differences, PlanVersion
from jevn.prioritisation.portfolio.study import PortfolioStudy
from jevn.prioritisation.results import Prioritisation
from jevn.prioritisation.shared_budget import CountedBudget
from jevn.tables import Origin
from jevn.terms import Language


@dataclass(frozen=True, slots=True)
class Place:
    """A place as shown: the municipality, a zone, a comparison."""

    id: str
    name: str
    kind: str
    parent: str | None
    population: float | None


@dataclass(frozen=True, slots=True)
class Cover:
    """Whose work it is and how it presents itself."""

    municipality: str
    number: str
    fictional: bool
    language: Language
    colour: str | None
    contact: str | None
    notice: str | None
    as_of: str
    plan_title: str
    plan_summary: str
    documents: tuple[str, ...] = ()
    """Names of the documents that lie beside the pages, e.g. ``plan.pdf``."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """Results of all steps. A step without input is ``None`` and is shown as not yet begun."""

    cover: Cover
    places: tuple[Place, ...]
    origins: tuple[Origin, ...]
    evidence: EvidenceCatalogue
    challenges: ChallengeProfile | None
    effort: EffortProfile | None
    need_effort: tuple[NeedEffortPoint, ...]
    voices: Voices | None
    assessment: Assessment | None
    prioritisation: Prioritisation | None
    proposal: PlanProposal | None
    followup: FollowUp | None
    zones_geojson: str | None
    hashes: tuple[tuple[str, str], ...]
    zone_need: tuple[ZonePoint, ...] = ()
    effort_gaps: tuple[EffortGap, ...] = ()
    represented: Represented | None = None
    projection: Projection | None = None
    portfolio: PortfolioStudy | None = None
    shared_budgets: tuple[CountedBudget, ...] = ()
    process: Process | None = None
    versions: tuple[PlanVersion, ...] = ()
    present: PlanVersion | None = None
    differences: tuple[Differences, ...] = ()

    def origin(self, id: str | None) -> Origin | None:
        """The origin with this id, or ``None``."""
        return next((o for o in self.origins if o.id == id), None)

    def place_name(self, id: str) -> str:
        """Name of a place; its id if it is not in the list."""
        return next((p.name for p in self.places if p.id == id), id)


@cache
def _adapter() -> TypeAdapter[Dossier]:
    return TypeAdapter(Dossier)


def to_json(dossier: Dossier) -> bytes:
    """The dossier as JSON (UTF-8)."""
    return _adapter().dump_json(dossier)


def from_json(data: bytes | str) -> Dossier:
    """A dossier from its JSON.

    Raises:
        pydantic.ValidationError: if the data are not those of a dossier.
    """
    return _adapter().validate_json(data)
