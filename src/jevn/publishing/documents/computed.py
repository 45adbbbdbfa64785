"""Computed packages in the plan proposal: the plane, what holds, and why in and out."""

from __future__ import annotations

from collections.abc import Iterator

from jevn.publishing.charts.portfolio import packages_chart, standing_chart
from jevn.publishing.documents.common import Desk, picture
from jevn.publishing.documents.model import Block, Bullets, Heading, Run, bullets, paragraph
from jevn.publishing.words import money


def computed_blocks(desk: Desk) -> Iterator[Block]:
    """The section of computed packages; nothing where nothing is computed."""
    found, say = desk.dossier.portfolio, desk.say
    if found is None:
        return
    year, nok = found.frame[-1]
    yield Heading(2, say("publishing.portfolio.title"), "computed")
    yield paragraph(
        say(
            f"publishing.portfolio.intro.{found.wishes.outcome}",
            n=len(found.options),
            first_year=str(found.first_year),
            last_year=str(found.first_year + found.years - 1),
            frame=money(nok / 100, say),
            frame_year=str(year),
        )
    )
    if found.best.loosened:
        yield paragraph(say("portfolio.cli.loosened"))
        yield bullets(say.message(x.message) for x in found.best.loosened)
    yield from picture(packages_chart(desk.studio, found))
    yield from picture(standing_chart(desk.studio, found))
    sure = found.robustness
    yield paragraph(
        say(
            "portfolio.cli.regret",
            best_share=sure.best_share,
            regret_exact=round(sure.regret),
            perfect_exact=round(sure.perfect),
        )
    )
    yield Heading(3, say("publishing.portfolio.why"))
    titles = {o.id: o.title for o in found.options}
    yield Bullets(
        tuple(
            (
                Run(f"{titles[r.id]}: ", bold=True),
                Run(" ".join(say.message(m) for m in r.reasons)),
            )
            for r in sorted(found.reasons, key=lambda r: (not r.inside, titles[r.id]))
        )
    )
