"""Every table of a work as a frame, also those that the work holds as values."""

from __future__ import annotations

from dataclasses import fields

import polars as pl

from jevn.planwork.model import PlanWork
from jevn.planwork.reader import TABLES
from jevn.tables import TableSchema, table_from_rows


def frames_of(work: PlanWork) -> dict[str, tuple[TableSchema, pl.DataFrame]]:
    """Tables with rows, by name, with their schema."""
    made = {
        "indicators": _indicators(work),
        "followup": [{f.name: getattr(r, f.name) for f in fields(r)} for r in work.status_reports],
    }
    found = {}
    for schema in TABLES:
        rows = made.get(schema.name)
        frame = getattr(work, schema.name) if rows is None else table_from_rows(schema, rows)
        if not frame.is_empty():
            found[schema.name] = (schema, frame)
    return found


def _indicators(work: PlanWork) -> list[dict[str, str | None]]:
    return [
        {
            "indicator": i.id,
            "area": i.area.value,
            "name": i.name.nb,
            "name_nn": i.name.nn,
            "name_en": i.name.en,
            "scale": i.scale.value,
            "polarity": i.polarity.value,
            "definition": i.definition.nb if i.definition else None,
            "definition_nn": i.definition.nn if i.definition else None,
            "definition_en": i.definition.en if i.definition else None,
            "origin": i.origin,
            "note": i.note,
            "ages": i.ages,
            "theme": i.theme,
        }
        for i in work.indicators
    ]
