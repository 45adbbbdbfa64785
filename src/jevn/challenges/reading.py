"""Reading the list of indicators."""

from __future__ import annotations

import polars as pl

from jevn.challenges.results import Indicator
from jevn.terms import EffortArea, LocalText, Polarity, Scale


def read_indicators(frame: pl.DataFrame) -> tuple[Indicator, ...]:
    """The indicators of a table with the columns of ``INDICATORS``, in its order."""
    return tuple(
        Indicator(
            id=row["indicator"],
            area=EffortArea(row["area"]),
            name=LocalText(row["name"], row.get("name_nn"), row.get("name_en")),
            scale=Scale(row["scale"]),
            polarity=Polarity(row["polarity"]),
            definition=(
                LocalText(row["definition"], row.get("definition_nn"), row.get("definition_en"))
                if row.get("definition")
                else None
            ),
            origin=row.get("origin"),
            note=row.get("note"),
        )
        for row in frame.iter_rows(named=True)
    )
