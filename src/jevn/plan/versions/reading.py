"""Versions of a plan folder: read with their digest checked; reasons of changes."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from jevn.plan.versions.freezing import digest_of, version_from, version_text
from jevn.plan.versions.model import KINDS, ChangeReason, PlanVersion, VersionKind
from jevn.tables.yamlfile import YamlDocument, parse
from jevn.terms import InputRefused, Problem, Ref, RefKind, UserError

FOLDER = "versions"
REASONS = "changes.yaml"
_ID = re.compile(r"^[\w.-]+$")
_MOST_BYTES = 50_000_000


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Reason(_Form):
    since: _Text
    element: _Text
    reason: _Text
    origin: str | None = None


def read_versions(folder: Path) -> tuple[PlanVersion, ...]:
    """Every version of a plan folder, oldest first.

    Raises:
        InputRefused: ``version_unreadable`` for a file that is no version, ``version_changed`` for
            one whose content is not what was frozen.
    """
    own = folder / FOLDER
    found: list[PlanVersion] = []
    problems: list[Problem] = []
    for path in sorted(own.glob("*.json")) if own.is_dir() else ():
        name = f"{FOLDER}/{path.name}"
        try:
            if path.stat().st_size > _MOST_BYTES:
                raise ValueError("too large")
            version = version_from(path.read_text("utf-8"))
            dt.date.fromisoformat(version.date)
        except (ValidationError, ValueError, OSError):
            problems.append(Problem("version_unreadable", name))
            continue
        if version.id != path.stem or version.digest != digest_of(version):
            problems.append(Problem("version_changed", name, params={"id": version.id}))
            continue
        found.append(version)
    if problems:
        raise InputRefused(problems)
    return tuple(sorted(found, key=lambda v: (v.date, KINDS.index(v.kind), v.id)))


def read_reasons(document: YamlDocument) -> tuple[ChangeReason, ...]:
    """Reasons of changes from ``changes.yaml``.

    Raises:
        InputRefused: every fault with line and field; an origin that is neither a voice nor a
            decision (``change_origin``).
    """
    forms = parse(document, TypeAdapter(list[_Reason]))
    problems = []
    for i, form in enumerate(forms):
        if form.origin is None:
            continue
        try:
            kind = Ref.parse(form.origin).kind
        except ValueError:
            kind = None
        if kind not in (RefKind.VOICE, RefKind.DECISION):
            line = document.line((i, "origin"))
            params = {"given": form.origin}
            problems.append(Problem("change_origin", document.file, line, "origin", params))
    if problems:
        raise InputRefused(problems)
    return tuple(ChangeReason(f.since, f.element, f.reason, f.origin) for f in forms)


def save_version(version: PlanVersion, folder: Path) -> Path:
    """Write a version to the plan folder, whole or not at all.

    Raises:
        UserError: ``version_id`` for an id that cannot be a file name, ``version_exists`` for one
            that is frozen already.
    """
    if not _ID.match(version.id):
        raise UserError("version_id", given=version.id)
    path = folder / FOLDER / f"{version.id}.json"
    if path.exists():
        raise UserError("version_exists", id=version.id)
    path.parent.mkdir(exist_ok=True)
    beside = path.with_suffix(".part")
    beside.write_text(version_text(version), "utf-8")
    beside.rename(path)
    return path


def version_kind(given: str) -> VersionKind:
    """A kind of version from text.

    Raises:
        UserError: ``version_kind``.
    """
    for kind in KINDS:
        if given == kind:
            return kind
    raise UserError("version_kind", given=given, known=", ".join(KINDS))
