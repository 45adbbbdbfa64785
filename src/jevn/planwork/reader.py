"""Reading a plan folder into a :class:`PlanWork`: all problems in one go, or the whole work."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from jevn.challenges import (
    Judgements,
    read_importance,
    read_indicators,
    read_professional_judgements,
)
from jevn.challenges import schemas as challenge_tables
from jevn.challenges.results import Indicator
from jevn.challenges.zoning import add_to_zones
from jevn.effort import schemas as effort_tables
from jevn.evidence import load_catalogue
from jevn.evidence.entries import EvidenceCatalogue
from jevn.followup import read_status_reports
from jevn.followup import schemas as followup_tables
from jevn.impact import read_alternatives, read_judgements
from jevn.impact.alternatives import Alternative, Judgement
from jevn.impact.projection import ImpactModel, read_model
from jevn.participation import read_answers
from jevn.participation import schemas as voice_tables
from jevn.participation.representation.comparing import age_groups_of
from jevn.participation.results import Answer
from jevn.plan import PlanParts, read_plan, read_process
from jevn.plan.process import OWN as OWN_PROCESS
from jevn.plan.process import read_template
from jevn.plan.versions import REASONS, read_reasons
from jevn.planwork.consistency import check_consistency
from jevn.planwork.fetched import Fetched, add_fetched, files_of, read_fetched
from jevn.planwork.filing import FolderReader
from jevn.planwork.model import PlanWork
from jevn.planwork.settings import read_settings
from jevn.planwork.subfolders import (
    conversations_of,
    elections_of,
    own_words_of,
    reports_of,
    versions_of,
)
from jevn.planwork.zones import POLYGONS, prefixes_of, read_polygons, zone_gaps
from jevn.prioritisation import Priorities, read_priorities
from jevn.tables import Origin, OriginKind, TableSchema, protect
from jevn.tables.codes import CODE_HISTORY, code_history
from jevn.tables.large import Where
from jevn.tables.yamlfile import YamlDocument, parse
from jevn.terms import InputRefused, Problem, UserError

T = TypeVar("T")

TABLES: tuple[TableSchema, ...] = (
    challenge_tables.PLACES,
    challenge_tables.ZONES,
    CODE_HISTORY,
    challenge_tables.POPULATION,
    challenge_tables.INDICATORS,
    challenge_tables.OBSERVATIONS,
    effort_tables.ACCOUNTS,
    effort_tables.COMPARISON_ACCOUNTS,
    effort_tables.SHARES,
    effort_tables.SERVICES,
    effort_tables.SERVICE_USERS,
    voice_tables.IDEAS,
    voice_tables.HEARING,
    voice_tables.HEARING_POINTS,
    voice_tables.MERGED,
    voice_tables.RANKED_ITEMS,
    voice_tables.CORRECTIONS,
    followup_tables.FOLLOWUP,
)
"""Every table a plan folder may hold."""


class _OriginForm(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    id: str
    producer: str
    title: str
    kind: OriginKind = OriginKind.PUBLISHED
    version: str | None = None
    retrieved: Any = None
    licence: str | None = None
    link: str | None = None
    steps: list[str] = Field(default_factory=list)


def read_folder(folder: Path) -> PlanWork:
    """Read a plan folder whole.

    Args:
        folder: the folder with ``jevn.toml``.

    Returns:
        The work, with observations already protected (small numbers hidden).

    Raises:
        InputRefused: every problem found in any file, with file, line and remedy.
        UserError: ``folder_missing`` if there is no such folder.
    """
    if not folder.is_dir():
        raise UserError("folder_missing", folder=str(folder))
    municipality, settings, rules = read_settings(folder / "jevn.toml")
    reader = FolderReader(folder)
    reader.path("jevn.toml")
    frames: dict[str, pl.DataFrame] = {}
    for schema in TABLES:
        frames[schema.name] = reader.table(schema, _wanted(schema, frames))
    fetched = _fetched(reader)
    units = frames["zones"]["basic_unit"].to_list()
    none: tuple[Indicator, ...] = ()
    indicators = reader.attempt(lambda: read_indicators(frames["indicators"]), none)
    frames = add_fetched(frames, fetched, [i.id for i in indicators], units=units)
    scales = {i.id: i.scale for i in indicators}
    zoned = add_to_zones(
        frames["observations"],
        frames["population"],
        dict(frames["zones"].select("basic_unit", "zone").iter_rows()),
        scales,
        prefixes=prefixes_of(frames["places"], municipality.number),
    )
    polygons = _polygons(reader)
    parts = reader.yaml("plan.yaml", read_plan, PlanParts())
    priorities = reader.yaml("priorities.yaml", _priorities, Priorities())
    reports = reports_of(reader)
    professional = reader.yaml("judgements.yaml", read_professional_judgements, Judgements())
    work = PlanWork(
        municipality=municipality,
        settings=settings,
        origins=_with(reader.yaml("origins.yaml", _origins, ()), fetched.origins),
        mandate=reader.text("mandate.md"),
        places=frames["places"],
        population=zoned.population,
        indicators=indicators,
        observations=zoned.observations,
        accounts=frames["accounts"],
        comparison_accounts=frames["comparison_accounts"],
        shares=frames["shares"],
        services=frames["services"],
        service_users=frames["service_users"],
        reports=tuple(report for report, _ in reports),
        ideas=frames["ideas"],
        hearing=frames["hearing"],
        hearing_points=frames["hearing_points"],
        merged=frames["merged"],
        corrections=frames["corrections"],
        own_words=own_words_of(reader),
        answers=reader.yaml("answers.yaml", _answers, ()),
        ranked_items=frames["ranked_items"],
        alternatives=reader.yaml("alternatives.yaml", _alternatives, ()),
        judgements=reader.yaml("assessments.yaml", _judgements, ()),
        model=reader.yaml("model.yaml", _model, None),
        ballots=priorities.ballots,
        frame=priorities.frame,
        proposed_package=priorities.proposed,
        proposed_reason=priorities.proposed_reason,
        wishes=priorities.wishes,
        budget_rules=priorities.budgets,
        elections=elections_of(reader),
        versions=versions_of(reader),
        change_reasons=reader.yaml(REASONS, read_reasons, ()),
        plan=parts.plan,
        elements=parts.elements,
        placements=parts.placements,
        links=parts.links,
        stated_gaps=parts.gaps,
        milestones=reader.yaml("process.yaml", read_process, ()),
        process_template=reader.yaml(OWN_PROCESS, read_template, None),
        status_reports=reader.attempt(lambda: read_status_reports(frames["followup"]), ()),
        area_judgements=tuple((j.about, "\n\n".join(j.paragraphs)) for j in professional.areas),
        professional=professional,
        importance=reader.yaml("importance.yaml", read_importance, ()),
        zones_geojson=polygons,
        report_files=tuple(file for _, file in reports),
        other_plans=parts.other_plans,
        own_evidence=_own_evidence(reader),
        code_history=frames["code_history"],
        zones=frames["zones"],
        conversations=conversations_of(reader),
        zone_gaps=zone_gaps(
            zoned, frames["zones"], frames["places"], polygons, municipality.number
        ),
    )
    reader.attempt(lambda: code_history(frames["code_history"]), None)
    said = [(f"{name}.csv", frames[name]) for name in ("ideas", "hearing")]
    reader.attempt(lambda: age_groups_of(said), dict[str, str]())
    problems = reader.problems or list(check_consistency(work))
    if problems:
        raise InputRefused(problems)
    protected, hidden = protect(
        work.observations,
        rules,
        places=work.places,
        scales=scales,
    )
    return work.with_protected(protected, hidden, tuple(sorted(reader.hashes)))


def _wanted(schema: TableSchema, frames: Mapping[str, pl.DataFrame]) -> Where | None:
    """Which rows of a national file concern the folder: its places and its indicators."""
    if "zones" not in frames or frames["places"].is_empty():
        return None
    places = [*frames["places"]["place"].to_list(), *frames["zones"]["basic_unit"].to_list()]
    if schema is challenge_tables.POPULATION:
        return {"place": places}
    if schema is challenge_tables.OBSERVATIONS:
        return {"place": places, "indicator": frames["indicators"]["indicator"].to_list()}
    return None


def _fetched(reader: FolderReader) -> Fetched:
    """What has been fetched, its files noted."""
    for name in files_of(reader.folder):
        reader.path(name)
    found = read_fetched(reader.folder)
    reader.problems += found.problems
    return found


def _with(own: tuple[Origin, ...], fetched: tuple[Origin, ...]) -> tuple[Origin, ...]:
    """The folder's own origins, then those of fetched figures that it does not name."""
    named = {o.id for o in own}
    return (*own, *(o for o in fetched if o.id not in named))


def _own_evidence(reader: FolderReader) -> EvidenceCatalogue | None:
    """The catalogue with the folder's own entries; ``None`` if it has none."""
    own = reader.folder / "evidence"
    if not own.is_dir():
        return None
    for path in sorted(own.glob("*.yaml")):
        reader.path(f"evidence/{path.name}")
    return reader.attempt(lambda: load_catalogue(reader.folder), None)


def _origins(document: YamlDocument) -> tuple[Origin, ...]:
    forms = parse(document, TypeAdapter(list[_OriginForm]))
    seen: set[str] = set()
    problems = []
    for i, form in enumerate(forms):
        if form.id in seen:
            line = document.line((i, "id"))
            problems.append(Problem("origin_twice", document.file, line, "id", {"id": form.id}))
        seen.add(form.id)
    if problems:
        raise InputRefused(problems)
    return tuple(
        Origin(
            **{
                **form.model_dump(),
                "retrieved": None if form.retrieved is None else str(form.retrieved),
                "steps": tuple(form.steps),
            }
        )
        for form in forms
    )


def _priorities(document: YamlDocument) -> Priorities:
    return read_priorities(document.data, document.file, lines=document.lines)


def _answers(document: YamlDocument) -> tuple[Answer, ...]:
    return read_answers(document.data, document.file, lines=document.lines)


def _alternatives(document: YamlDocument) -> tuple[Alternative, ...]:
    return read_alternatives(document.data, document.file, lines=document.lines)


def _model(document: YamlDocument) -> ImpactModel | None:
    return read_model(document.data, document.file, lines=document.lines)


def _judgements(document: YamlDocument) -> tuple[Judgement, ...]:
    return read_judgements(document.data, document.file, lines=document.lines)


def _polygons(reader: FolderReader) -> str | None:
    text = reader.text(POLYGONS)
    return reader.attempt(lambda: read_polygons(text), None) if text.strip() else None
