"""Writing a :class:`PlanWork` as a plan folder that reads back to the same work."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

from jevn.challenges import ChallengeSettings, judgements_data
from jevn.impact.alternatives import Alternative, Judgement, ProfileChange
from jevn.impact.projection import model_data
from jevn.participation.answers import answers_data
from jevn.participation.opinions import write_conversation
from jevn.participation.opinions.folder import ABOUT, about_data
from jevn.participation.sorting import own_words_data
from jevn.plan.elements import Element
from jevn.plan.process import OWN as OWN_PROCESS
from jevn.plan.versions import REASONS, save_version
from jevn.planwork.frames import frames_of
from jevn.planwork.model import PlanWork
from jevn.prioritisation.reading import wishes_data
from jevn.prioritisation.shared_budget import write_pabulib
from jevn.tables import write_table
from jevn.terms import Ref, UserError


def write_folder(work: PlanWork, folder: Path) -> None:
    """Write a plan folder, whole or not at all.

    Observations are written as protected: what small-number protection hid stays hidden.

    Args:
        work: what to write.
        folder: a folder that does not exist yet, or is empty.

    Raises:
        UserError: ``folder_not_empty`` if the folder holds anything already.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError("folder_not_empty", folder=str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".jevn-", dir=folder.parent))
    try:
        _write(work, beside)
        if folder.exists():
            folder.rmdir()
        beside.chmod(0o755)
        os.replace(beside, folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _write(work: PlanWork, to: Path) -> None:
    (to / "jevn.toml").write_text(settings_text(work), "utf-8")
    for name, (schema, frame) in frames_of(work).items():
        write_table(frame, schema, to / f"{name}.csv")
    texts = {"mandate.md": work.mandate, "zones.geojson": work.zones_geojson}
    for name, text in texts.items():
        if text:
            (to / name).write_text(text, "utf-8")
    if work.report_files:
        (to / "reports").mkdir()
        for name, data in work.report_files:
            (to / "reports" / name).write_bytes(data)
    for talk in work.conversations:
        own = to / "conversations" / talk.about.id
        write_conversation(talk, own, matrix=False)
        (own / ABOUT).write_text(dump(about_data(talk.about)), "utf-8")
    for version in work.versions:
        save_version(version, to)
    for id, election in work.elections:
        (to / "budgets").mkdir(exist_ok=True)
        write_pabulib(election, to / "budgets" / f"{id}.pb")
    for area, content in own_words_data(work.own_words).items():
        (to / "words").mkdir(exist_ok=True)
        (to / "words" / f"{area}.yaml").write_text(dump(content), "utf-8")
    documents: dict[str, Any] = {
        "origins.yaml": plain(work.origins),
        "judgements.yaml": judgements_data(work.professional) or dict(work.area_judgements),
        "importance.yaml": plain(work.importance),
        "answers.yaml": answers_data(work.answers),
        "alternatives.yaml": _alternatives(work.alternatives),
        "assessments.yaml": [_judgement(j) for j in work.judgements],
        "model.yaml": model_data(work.model) if work.model else None,
        "priorities.yaml": _priorities(work),
        "plan.yaml": _plan(work),
        OWN_PROCESS: _template(work),
        REASONS: plain(work.change_reasons),
        "process.yaml": {"milestones": plain(work.milestones)} if work.milestones else None,
    }
    for name, data in documents.items():
        if data:
            (to / name).write_text(dump(data), "utf-8")


def dump(data: Any) -> str:
    """YAML in the order given, readable, in UTF-8."""
    return str(yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100))


def plain(value: Any) -> Any:
    """Dataclasses, enums and tuples as plain dicts and lists, without empty fields."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Ref):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((f.name, plain(getattr(value, f.name))) for f in fields(value))
        return {k: v for k, v in pairs if v is not None and v not in ([], {})}
    if isinstance(value, Mapping):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(v) for v in value]
    return value


def settings_text(work: PlanWork) -> str:
    """``jevn.toml`` of a work."""
    town, chosen = work.municipality, work.settings
    lines = ["[municipality]"]
    lines += _toml(
        town,
        (
            "name",
            "number",
            "country",
            "fictional",
            "language",
            "colour",
            "logo",
            "contact",
        ),
    )
    lines += ["", "[work]", f"as_of = {chosen.as_of}"]
    lines += _toml(chosen, ("year", "comparison", "version", "status", "notice"))
    if chosen.challenges != ChallengeSettings():
        lines += ["", "[challenges]"]
        lines += _toml(chosen.challenges, ("reference", "standard", "old_after", "draws"))
    return "\n".join(lines) + "\n"


def _toml(value: object, names: tuple[str, ...]) -> list[str]:
    lines = []
    for name in names:
        given = getattr(value, name)
        if given is None:
            continue
        # JSON strings, numbers, booleans and lists of strings are TOML too
        given = list(given) if isinstance(given, tuple) else given
        lines.append(f"{name} = {json.dumps(given, ensure_ascii=False)}")
    return lines


def _alternatives(alternatives: tuple[Alternative, ...]) -> dict[str, Any] | None:
    written: set[str] = set()
    rows = []
    for alternative in alternatives:
        if alternative.id == "zero":
            continue
        changes: list[Any] = []
        for change in alternative.changes:
            changes.append(change.id if change.id in written else _change(change))
            written.add(change.id)
        rows.append(
            {
                "id": alternative.id,
                "title": alternative.title,
                "summary": alternative.summary,
                "changes": changes,
            }
        )
    return {"alternatives": rows} if rows else None


def _change(change: ProfileChange) -> dict[str, Any]:
    data: dict[str, Any] = plain(change)
    if change.effect is not None and change.effect.fade_years is None:
        data["effect"]["fade_years"] = None  # lasting: not the same as left out
    return data


def _judgement(judgement: Judgement) -> dict[str, Any]:
    data: dict[str, Any] = plain(judgement)
    data["criteria"] = {
        c.criterion.value: {
            "score": c.score,
            "reason": c.reason,
            "confidence": c.confidence,
        }
        for c in judgement.criteria
    }
    return data


def _priorities(work: PlanWork) -> dict[str, Any] | None:
    data: dict[str, Any] = {}
    if work.frame:
        data["frame"] = plain(work.frame)
    if work.ballots:
        data["ballots"] = plain(work.ballots)
    if work.budget_rules:
        data["shared_budgets"] = {
            r.id: {"title": r.title, **plain(r.counting)} for r in work.budget_rules
        }
    if demands := wishes_data(work.wishes):
        data["demands"] = demands
    if work.proposed_package:
        data["proposed"] = {
            "package": work.proposed_package,
            "reason": work.proposed_reason or "",
        }
    return data or None


def _template(work: PlanWork) -> dict[str, Any] | None:
    if work.process_template is None:
        return None
    data: dict[str, Any] = plain(work.process_template)
    return data


def _plan(work: PlanWork) -> dict[str, Any] | None:
    if work.plan is None:
        return None
    return {
        "plan": plain(work.plan),
        "other_plans": plain(work.other_plans),
        "elements": [_element(e) for e in work.elements],
        "placements": plain(work.placements),
        "links": plain(work.links),
        "gaps": plain(work.stated_gaps),
    }


def _element(element: Element) -> dict[str, Any]:
    data: dict[str, Any] = plain(element)
    if element.action is not None:
        data["action"]["cost_nok"] = dict(element.action.cost_nok)
    return data
