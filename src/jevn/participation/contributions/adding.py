"""Adding contributions that have been read to a plan folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from jevn.participation.appending import append, rows_of
from jevn.participation.contributions.reading import Contributions
from jevn.terms import InputRefused, Problem


@dataclass(frozen=True, slots=True)
class AddedRows:
    """How many contributions were added, and how many were there already."""

    new: int
    known: int


def add_contributions(folder: Path, found: Contributions) -> AddedRows:
    """Add contributions to ``ideas.csv`` or ``hearing.csv``; those there already stay as they are.

    Args:
        folder: the plan folder.
        found: what was read.

    Raises:
        InputRefused: ``contributions_id_taken`` if an id stands for something else in the
            folder, ``participation_not_csv``, and faults of the folder's table. Then
            nothing is changed.
        UserError: ``folder_missing``.
    """
    there = dict(rows_of(folder, found.schema).select("id", "text").iter_rows())
    taken = [
        Problem(
            "contributions_id_taken", f"{found.schema.name}.csv", column="id", params={"id": id}
        )
        for id, text in found.rows.select("id", "text").iter_rows()
        if id in there and there[id].split() != text.split()
    ]
    if taken:
        raise InputRefused(taken)
    fresh = found.rows.filter(~pl.col("id").is_in(list(there)))
    rows = [
        {n: row[n] for n in found.schema.names if row[n] is not None}
        for row in fresh.iter_rows(named=True)
    ]
    append(folder, {found.schema.name: (found.schema, rows)})
    return AddedRows(len(rows), found.rows.height - len(rows))
