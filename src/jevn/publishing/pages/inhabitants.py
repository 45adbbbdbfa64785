"""Who lives here, on the page of where it burns: the pyramid, and education over the years."""

from __future__ import annotations

from jevn.challenges.inhabitants import PopulationPicture
from jevn.publishing.charts import pyramid_chart
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Block, Cell, Heading, Row, Table

_Year = tuple[int, tuple[tuple[str, float], ...]]
_YEARS = 6
"""Most years of the table, the newest and some before, evenly spread."""


def pyramid_block(desk: Desk, picture: PopulationPicture | None) -> Block | None:
    """The pyramid, or ``None``."""
    if picture is None:
        return None
    return desk.block(pyramid_chart(desk.studio, picture, *picture.origins), *picture.origins)


def education_table(desk: Desk, picture: PopulationPicture | None) -> Table | None:
    """Shares of each level of education over the years; ``None`` where it is not known."""
    found = [e for e in picture.education if e[1]] if picture else []
    if not found:
        return None
    say = desk.say
    levels = [level for level, _ in found[-1][1]]
    chosen = found if len(found) <= _YEARS else _spread(found)
    rows = []
    for year, persons in chosen:
        by, total = dict(persons), sum(n for _, n in persons)
        shares = [by.get(level, 0.0) / total if total else 0.0 for level in levels]
        cells = [Cell(say.percent(share), sort=share) for share in shares]
        rows.append(Row((Cell(str(year), sort=year), *cells)))
    return Table(
        say("publishing.people.education"),
        (
            Heading(say("publishing.table.year")),
            *(Heading(say(f"group.education.{level}"), numeric=True) for level in levels),
        ),
        tuple(rows),
    )


def _spread(found: list[_Year]) -> list[_Year]:
    step = (len(found) - 1) / (_YEARS - 1)
    return [found[round(i * step)] for i in range(_YEARS)]
