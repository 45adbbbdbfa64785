"""Reads of the stored work: the dossier that pages are made from."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from jevn.publishing.documents import NAMES
from jevn.publishing.dossier import Dossier, from_json
from jevn_web.work.models import StoredResult, StoredWork


class Key(NamedTuple):
    """Which stored work: its row, and what it was made from. What is kept is kept by this."""

    id: int
    inputs_hash: str


def newest_work() -> Key | None:
    """The newest stored work; ``None`` if nothing is loaded."""
    row = StoredWork.objects.values_list("pk", "inputs_hash").first()
    return Key(*row) if row else None


@lru_cache(maxsize=4)
def dossier_of(work: Key) -> Dossier:
    """The dossier of a stored work. Stored works never change, so it is kept in memory."""
    rows = StoredResult.objects.filter(work=work.id).values_list("part", "data")
    stored = from_json("{" + ",".join(f'"{part}":{data}' for part, data in rows) + "}")
    return replace(stored, cover=replace(stored.cover, documents=NAMES))


def stored_part(work: Key, part: str) -> str | None:
    """One part of a stored work as JSON text; ``None`` if there is no such part."""
    row = StoredResult.objects.filter(work=work.id, part=part).values_list("data", flat=True)
    return row.first()
