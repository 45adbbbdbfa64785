"""Reads of the stored work: the dossier that pages are made from."""

from __future__ import annotations

from functools import lru_cache

from jevn.publishing.dossier import Dossier, from_json
from jevn_web.work.models import StoredResult, StoredWork


def newest_work() -> int | None:
    """Row id of the newest stored work; ``None`` if nothing is loaded."""
    return StoredWork.objects.values_list("pk", flat=True).first()


@lru_cache(maxsize=4)
def dossier_of(work: int) -> Dossier:
    """The dossier of a stored work. Stored works never change, so it is kept in memory."""
    rows = StoredResult.objects.filter(work=work).values_list("part", "data")
    return from_json("{" + ",".join(f'"{part}":{data}' for part, data in rows) + "}")


def stored_part(work: int, part: str) -> str | None:
    """One part of a stored work as JSON text; ``None`` if there is no such part."""
    row = StoredResult.objects.filter(work=work, part=part).values_list("data", flat=True)
    return row.first()
