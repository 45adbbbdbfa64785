"""Groups' ranked lists combined, theme by theme, with how firmly the order stands."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.participation.results import CombinedRanking, RankedItem
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Cell, Head, Heading, Row, Table, Tag


@dataclass(frozen=True, slots=True)
class RankingView:
    """A combined ranked list with what is said of it."""

    title: str
    event: str
    text: str
    notes: tuple[str, ...]
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


def _place(desk: Desk, item: RankedItem) -> Cell:
    """The place, and its span when one group is left out; a near tie is told."""
    say = desk.say
    tags = Tag(say("publishing.rankings.near"), "neutral", "≈") if item.near_tie else None
    if item.best is None or item.worst is None or item.best == item.worst:
        return Cell(str(item.position), tag=tags)
    span = say("publishing.interval", lower=str(item.best), upper=str(item.worst))
    return Cell(str(item.position), tag=tags, detail=say("publishing.rankings.span", span=span))


def _others(desk: Desk, item: RankedItem) -> Cell:
    """Places by the other rules; what is not settled is a dash."""
    places = ", ".join("–" if place is None else str(place) for _, place in item.places)
    return Cell(places or "–")


def _ranking(desk: Desk, ranking: CombinedRanking) -> RankingView:
    say = desk.say
    rows = tuple(
        Row(
            (
                Cell(i.label, desk.voice_url(i.points)),
                _place(desk, i),
                Cell(desk.area(i.area), desk.links.url("area", i.area.value))
                if i.area
                else Cell("–"),
                Cell(
                    say("publishing.voices.listed_by", n=len(i.listed_by), of=len(ranking.groups))
                ),
                Cell("–" if i.median_place is None else say.number(i.median_place, 1)),
                Cell(say.number(i.borda, 0 if float(i.borda).is_integer() else 1)),
                _others(desk, i),
            )
        )
        for i in ranking.items
    )
    keys = ("point", "place_in", "area", "groups", "median", "borda", "others")
    heads = tuple(Heading(say(f"publishing.table.{k}"), k in ("median", "borda")) for k in keys)
    caption = say("publishing.voices.ranking", theme=ranking.theme)
    notes = [desk.words(note) for note in ranking.notes]
    if ranking.agreement is not None:
        notes.append(say("publishing.rankings.agreement", w=ranking.agreement))
    return RankingView(
        caption,
        ranking.event,
        desk.words(ranking.message),
        tuple(notes),
        Table(caption, heads, rows),
    )
