"""The directive ``catalogue-indicators``: every indicator of the evidence catalogue, by area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util.docutils import SphinxDirective

from jevn.evidence import load_catalogue
from jevn.terms import Say

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

    from jevn.evidence import CatalogueIndicator


def cell(text: object) -> str:
    """Text that stands safely in a Markdown table."""
    return " ".join(str(text or "–").split()).replace("|", "\\|")


def row(indicator: CatalogueIndicator) -> str:
    """One line of the table."""
    system = indicator.system_text("en") if indicator.system_text else indicator.system
    table = indicator.table_text("en") if indicator.table_text else indicator.table
    cells = (
        f"`{indicator.id}`",
        cell(indicator.name("en")),
        cell(indicator.unit("en")),
        cell(indicator.polarity),
        cell(f"{system}: {table or 'not known'}"),
    )
    return f"| {' | '.join(cells)} |"


def page() -> str:
    """All tables as Markdown."""
    say = Say("en")
    parts = []
    for area in load_catalogue().areas:
        if not area.indicators:
            continue
        parts += [
            f"**{say(f'area.{area.area}')}** (`{area.area}`)",
            "",
            "| id | name | unit | direction | where the figures are |",
            "|---|---|---|---|---|",
            *map(row, area.indicators),
            "",
        ]
    return "\n".join(parts)


class CatalogueIndicators(SphinxDirective):
    """Puts the tables where the directive stands."""

    def run(self) -> list[nodes.Node]:
        return self.parse_text_to_nodes(page())


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_directive("catalogue-indicators", CatalogueIndicators)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
