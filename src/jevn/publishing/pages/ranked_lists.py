"""Groups' ranked lists combined, theme by theme, with how firmly the order stands."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.participation.results import CombinedRanking
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Cell, Head, Heading, Row, Table


@dataclass(frozen=True, slots=True)
class RankingView:
    """A combined ranked list with what is said of it."""

    title: str
    event: str
    text: str
    table: Table


@dataclass(frozen=True, slots=True)
class RankedListsPage:
    """Every combined list."""

    head: Head
    rankings: tuple[RankingView, ...]


def ranked_lists_page(desk: Desk) -> RankedListsPage:
    """The page of combined lists; empty where no groups have ranked anything."""
    voices, say = desk.dossier.voices, desk.say
    return RankedListsPage(
        desk.head(
            "ranked_lists",
            say("publishing.voices.rankings"),
            say("publishing.voices.rankings.intro"),
        ),
        tuple(_ranking(desk, r) for r in (voices.rankings if voices else ())),
    )


def _ranking(desk: Desk, ranking: CombinedRanking) -> RankingView:
    say = desk.say
    rows = tuple(
        Row(
            (
                Cell(f"{i.position}. {i.label}", desk.voice_url(i.points)),
                Cell(desk.area(i.area), desk.links.url("area", i.area.value))
                if i.area
                else Cell("–"),
                Cell(
                    say("publishing.voices.listed_by", n=len(i.listed_by), of=len(ranking.groups))
                ),
                Cell(say.number(i.borda, 0 if float(i.borda).is_integer() else 1)),
            )
        )
        for i in ranking.items
    )
    keys = ("point", "area", "groups", "borda")
    heads = tuple(Heading(say(f"publishing.table.{k}"), k == "borda") for k in keys)
    caption = say("publishing.voices.ranking", theme=ranking.theme)
    return RankingView(
        caption, ranking.event, desk.words(ranking.message), Table(caption, heads, rows)
    )
