"""Status reports of owners, read from their table."""

from __future__ import annotations

import polars as pl

from jevn.followup.results import StatusReport


def read_status_reports(frame: pl.DataFrame) -> tuple[StatusReport, ...]:
    """Status reports in the order of the file.

    Args:
        frame: frame of ``followup.csv`` (:data:`jevn.followup.schemas.FOLLOWUP`), read and
            checked by :func:`jevn.tables.read_table`.
    """
    return tuple(
        StatusReport(
            element=str(row["element"]),
            date=row["date"].isoformat(),
            status=row["status"],
            note=row.get("note"),
            by=row.get("by"),
            spent_nok=float(row["spent_nok"]) if row.get("spent_nok") is not None else None,
        )
        for row in frame.iter_rows(named=True)
    )
