"""The six themes of the overview regulation, and what professionals say beside the figures."""

from __future__ import annotations

from collections.abc import Iterator

from jevn.challenges.overview_results import ProfessionalJudgement, ThemeCoverage
from jevn.publishing.documents.common import Desk, lead
from jevn.publishing.documents.model import Block, Facts, Heading, Note, paragraph, table, text
from jevn.publishing.words import iso_date

PARTS = ("causes", "consequences", "resources")


def theme_blocks(desk: Desk) -> Iterator[Block]:
    """The chapter on the six themes; nothing where step 2 is not begun."""
    profile, say = desk.dossier.challenges, desk.say
    if profile is None or not profile.themes:
        return
    yield Heading(1, say("publishing.themes.title"), "themes")
    yield lead(say("publishing.themes.intro"))
    yield table(
        say("publishing.themes.title"),
        [say(f"publishing.themes.{k}") for k in ("theme", "figures", *PARTS)],
        [_row(desk, theme) for theme in profile.themes],
        widths=[2.2, 1.6, 1.0, 1.3, 1.1],
    )
    for theme in profile.themes:
        if theme.judgement is not None:
            yield Heading(2, say(f"challenges.theme.{theme.theme}"))
            yield from judgement_blocks(desk, theme.judgement)


def _row(desk: Desk, theme: ThemeCoverage) -> list[str]:
    say = desk.say
    if theme.indicators:
        figures = say("publishing.themes.indicators", n=len(theme.indicators))
    elif theme.population:
        figures = say("publishing.themes.population")
    else:
        figures = say("publishing.themes.no_figures")
    written = [
        say("publishing.themes.missing" if part in theme.missing else "publishing.themes.written")
        for part in PARTS
    ]
    return [say(f"challenges.theme.{theme.theme}"), figures, *written]


def judgement_blocks(desk: Desk, judgement: ProfessionalJudgement) -> Iterator[Block]:
    """A judgement with its parts named, who made it and when."""
    say = desk.say
    pairs = tuple(
        (say(f"challenges.part.{part}"), words)
        for part in PARTS
        if (words := getattr(judgement, part))
    )
    signed = ", ".join(
        s for s in (judgement.by, iso_date(judgement.date, say) if judgement.date else "") if s
    )
    title = say("document.judgement")
    if judgement.text:
        yield Note(title, text(judgement.text))
    if pairs:
        yield Facts(title, pairs)
    if signed:
        yield paragraph(signed, "small")
