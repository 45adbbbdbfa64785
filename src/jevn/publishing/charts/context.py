"""What every chart needs beside its numbers: the language, the origins, the place's name."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.publishing.chart import Cell, Chart, ChartTable
from jevn.publishing.charts.parts import Spec
from jevn.publishing.charts.render import svg
from jevn.publishing.dossier import Dossier
from jevn.publishing.links import slug
from jevn.tables import Origin
from jevn.terms import Say


@dataclass(frozen=True)
class Studio:
    """Where charts are made: one language, one municipality, its origins."""

    say: Say
    municipality: str
    origins: tuple[Origin, ...]

    @classmethod
    def of(cls, dossier: Dossier, say: Say) -> Studio:
        """The studio of a dossier."""
        return cls(say, dossier.cover.municipality, dossier.origins)

    def source(self, *ids: str | None) -> str:
        """Source line of origins: producer, title and version; says so where none is given."""
        found = [o for id in dict.fromkeys(ids) for o in self.origins if o.id == id]
        if not found:
            return self.say("publishing.source.none")
        lines = []
        for origin in found:
            version = f" ({origin.version})" if origin.version else ""
            lines.append(f"{origin.producer}: {origin.title}{version}")
        return self.say("publishing.source", sources="; ".join(lines))

    def chart(
        self,
        id: str,
        *,
        title: str,
        subtitle: str,
        source: str,
        summary: str,
        headings: tuple[str, ...],
        rows: list[tuple[Cell, ...]],
        spec: Spec,
    ) -> Chart:
        """Finish a chart: render the picture and set the table."""
        name = slug(id)
        picture, width, height = svg(spec, name, f"{title}. {summary}", self.say.lang)
        return Chart(
            name, title, subtitle, source, summary, table(headings, rows), picture, width, height
        )


def table(headings: tuple[str, ...], rows: list[tuple[Cell, ...]]) -> ChartTable:
    """The numbers behind a chart; a column is numeric if its cells are numbers."""
    numeric = tuple(
        any(isinstance(row[i], int | float) for row in rows)
        and all(row[i] is None or isinstance(row[i], int | float) for row in rows)
        for i in range(len(headings))
    )
    return ChartTable(headings, tuple(rows), numeric)
