"""Writes of the stored work: loading a plan folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from pydantic_core import to_json

from jevn import __version__
from jevn.planwork import read_folder, results
from jevn.publishing.dossier import Dossier
from jevn_web.people.services import record
from jevn_web.work.models import StoredResult, StoredWork


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

    If the newest stored work was made from the same files by the same version of the
    program, nothing is stored anew.

    Raises:
        InputRefused: if the plan folder has faults; then nothing is stored.
    """
    progress("build.reading")
    work = read_folder(folder)
    digest = inputs_hash(work.hashes)
    name, number = work.municipality.name, work.municipality.number
    newest = StoredWork.objects.filter(number=number).first()
    if newest is not None and newest.inputs_hash == digest and newest.results.exists():
        newest_of_all = StoredWork.objects.first()
        if newest_of_all is not None and newest_of_all.pk == newest.pk:
            return Loaded(newest.pk, name, fresh=False)
    dossier = results(work, progress)
    with transaction.atomic():
        row = store(dossier, digest, work.settings.version)
        record(actor, "loaded", name, version=work.settings.version, inputs=digest)
    return Loaded(row.pk, name, fresh=True)


def inputs_hash(hashes: tuple[tuple[str, str], ...]) -> str:
    """One hash of all input files and of the program's version."""
    text = json.dumps([__version__, sorted(hashes)])
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def store(dossier: Dossier, digest: str, version: str) -> StoredWork:
    """Store a dossier: a row for the work and one for each part."""
    row = StoredWork.objects.create(
        number=dossier.cover.number,
        name=dossier.cover.municipality,
        version=version,
        inputs_hash=digest,
    )
    StoredResult.objects.bulk_create(
        StoredResult(
            work=row,
            part=part,
            data=to_json(getattr(dossier, part)).decode(),
            inputs_hash=digest,
        )
        for part in Dossier.__dataclass_fields__
    )
    return row
