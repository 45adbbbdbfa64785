"""Writes of the stored work: loading a plan folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from pydantic_core import to_json

from jevn.terms import UserError
from jevn_web.people.services import record
from jevn_web.work.fingerprint import fingerprint
from jevn_web.work.models import StoredResult, StoredWork

if TYPE_CHECKING:
    from jevn.publishing.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a plan folder came to.

    Attributes:
        id: row id of the stored work.
        name: the municipality.
        fresh: whether something was stored; false if the same inputs were stored already.
    """

    id: int
    name: str
    fresh: bool


def load_folder(
    folder: Path, *, actor: str = "jevn serve", progress: Callable[[str], None] = lambda key: None
) -> Loaded:
    """Load a plan folder: run the steps and store the results, in one transaction.

    If the newest stored work was made from the same files by the same program, nothing is
    read or stored anew.

    Args:
        folder: the plan folder.
        actor: who did it, for the audit trail.
        progress: told with a text key what begins.

    Raises:
        InputRefused: if the plan folder has faults; then nothing is stored.
        UserError: ``folder_missing`` if there is no such folder.
    """
    if not folder.is_dir():
        raise UserError("folder_missing", folder=str(folder))
    progress("build.reading")
    digest = fingerprint(folder)
    newest = StoredWork.objects.first()
    if newest is not None and newest.inputs_hash == digest:
        return Loaded(newest.pk, newest.name, fresh=False)
    from jevn.planwork import read_folder, results

    work = read_folder(folder)
    dossier = results(work, progress)
    row = store(dossier, digest, work.settings.version, actor=actor)
    return Loaded(row.pk, row.name, fresh=True)


@transaction.atomic
def store(dossier: Dossier, digest: str, version: str, *, actor: str) -> StoredWork:
    """Store a dossier: a row for the work, one for each part, and the audit event."""
    row = StoredWork.objects.create(
        number=dossier.cover.number,
        name=dossier.cover.municipality,
        version=version,
        inputs_hash=digest,
    )
    StoredResult.objects.bulk_create(
        StoredResult(
            work=row,
            part=part.name,
            data=to_json(getattr(dossier, part.name)).decode(),
            inputs_hash=digest,
        )
        for part in fields(dossier)
    )
    record(actor, "loaded", row.name, version=version, inputs=digest, work=row.pk)
    return row
