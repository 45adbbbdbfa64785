"""Reading the list of indicators, and the importance of signs."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from jevn.challenges.ages import age_band
from jevn.challenges.overview_results import ImportanceLine
from jevn.challenges.results import Indicator
from jevn.tables.yamlfile import YamlDocument, parse
from jevn.terms import EffortArea, InputRefused, LocalText, Polarity, Problem, Scale


def read_indicators(frame: pl.DataFrame) -> tuple[Indicator, ...]:
    """The indicators of a table with the columns of ``INDICATORS``, in its order.

    Raises:
        InputRefused: ``indicator_ages`` where ``ages`` is no span of ages.
    """
    problems = [
        Problem(
            "indicator_ages",
            "indicators.csv",
            row.get("_row"),
            "ages",
            {"indicator": row["indicator"], "given": row["ages"]},
        )
        for row in frame.iter_rows(named=True)
        if row.get("ages") and age_band(row["ages"]) is None
    ]
    if problems:
        raise InputRefused(problems)
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
            ages=row.get("ages"),
            theme=row.get("theme"),
        )
        for row in frame.iter_rows(named=True)
    )


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid")

    weight: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
    reason: Annotated[str, Field(min_length=1)]
    by: Annotated[str, Field(min_length=1)]
    date: datetime.date | None = None
    area: EffortArea | None = None
    sign: Literal["level", "trend", "gradient", "spread"] | None = None
    indicator: str | None = None


def read_importance(document: YamlDocument) -> tuple[ImportanceLine, ...]:
    """The lines of ``importance.yaml``.

    Raises:
        InputRefused: with file, line and field; ``importance_of_nothing`` for a line that names
            neither area, sign nor indicator, ``importance_twice`` for two lines that name the
            same.
    """
    lines = parse(document, TypeAdapter(list[_Line]))
    problems, seen = [], set()
    for n, line in enumerate(lines):
        named = (line.area, line.sign, line.indicator)
        where = document.line((n,))
        if not any(named):
            problems.append(Problem("importance_of_nothing", document.file, where))
        elif named in seen:
            names = ", ".join(str(x) for x in named if x)
            problems.append(
                Problem("importance_twice", document.file, where, params={"names": names})
            )
        seen.add(named)
    if problems:
        raise InputRefused(problems)
    return tuple(
        ImportanceLine(
            weight=line.weight,
            reason=line.reason.strip(),
            by=line.by.strip(),
            date=None if line.date is None else line.date.isoformat(),
            area=line.area,
            sign=line.sign,
            indicator=line.indicator,
        )
        for line in lines
    )
