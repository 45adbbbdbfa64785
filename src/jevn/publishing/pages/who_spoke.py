"""Who has spoken, against who lives here: silence is seen, small numbers are not."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.participation.representation.results import Attendance, ChannelHeard, GroupHeard, Heard
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Cell, Head, Heading, Item, Row, Table, Tag

_STANDING = {
    "fewer": ("warning", "↓"),
    "more": ("info", "↑"),
    "no_clear_difference": ("neutral", "="),
    "not_told": ("neutral", "?"),
}


@dataclass(frozen=True, slots=True)
class DimensionView:
    """Zones or ages: what can be said, and each group."""

    title: str
    text: str
    index: str
    table: Table


@dataclass(frozen=True, slots=True)
class WhoSpokePage:
    """Who has spoken.

    Attributes:
        head: title and cover.
        text: what can and cannot be said.
        dimensions: zones, and ages where known.
        tables: by channel and kind of sender.
        events: who took part in meetings and conversations.
    """

    head: Head
    text: str
    dimensions: tuple[DimensionView, ...]
    tables: tuple[Table, ...]
    events: tuple[Item, ...]


def who_spoke_page(desk: Desk) -> WhoSpokePage:
    """The page of who has spoken; empty where nobody has."""
    say, found = desk.say, desk.dossier.represented
    head = desk.head(
        "who_spoke", say("publishing.voices.spoken"), say("publishing.voices.spoken.intro")
    )
    if found is None:
        return WhoSpokePage(head, "", (), (), ())
    talks = tuple(
        Item(
            talk.title,
            desk.links.url("opinions", talk.id),
            say("publishing.who.voted", n=talk.people),
        )
        for talk in found.conversations
    )
    return WhoSpokePage(
        head,
        desk.words(found.message),
        tuple(_dimension(desk, heard) for heard in found.dimensions),
        (
            _named(desk, "channel", "channel", found.channels),
            _named(desk, "sender_type", "sender", found.sender_types),
        ),
        (*(_event(desk, event) for event in found.events if event.people), *talks),
    )


def _dimension(desk: Desk, heard: Heard) -> DimensionView:
    say = desk.say
    index = ""
    if heard.dissimilarity is not None and heard.dissimilarity_by_chance is not None:
        index = say(
            "publishing.who.dissimilarity",
            found_share=heard.dissimilarity,
            chance_share=heard.dissimilarity_by_chance,
        )
    headings = (
        Heading(say(f"publishing.who.{heard.dimension}")),
        Heading(say("publishing.table.contributions"), numeric=True),
        Heading(say("publishing.table.population_share"), numeric=True),
        Heading(say("participation.who.expected"), numeric=True),
        Heading(say("participation.who.standing")),
    )
    title = say(f"publishing.who.{heard.dimension}.title")
    return DimensionView(
        title,
        desk.words(heard.message),
        index,
        Table(title, headings, tuple(_group(desk, g, heard) for g in heard.groups), sortable=True),
    )


def _group(desk: Desk, g: GroupHeard, heard: Heard) -> Row:
    say = desk.say
    name = desk.dossier.place_name(g.group) if heard.dimension == "zone" else g.group
    colour, symbol = _STANDING[g.standing]
    spoken = say("participation.who.hidden") if g.spoken is None else say.number(g.spoken, 0)
    return Row(
        (
            Cell(name.replace("-", "–") if heard.dimension == "age" else name),
            Cell(spoken, sort=-1 if g.spoken is None else g.spoken),
            Cell("–" if g.population_share is None else say.percent(g.population_share)),
            Cell("–" if g.expected is None else say.number(g.expected, 1), sort=g.expected),
            Cell(
                "",
                tag=Tag(say("publishing.who.silent"), "warning", "∅")
                if g.silent
                else Tag(say(f"participation.who.standing.{g.standing}"), colour, symbol),
            ),
        )
    )


def _named(desk: Desk, kind: str, key: str, names: tuple[ChannelHeard, ...]) -> Table:
    say = desk.say

    def name(id: str) -> str:
        own = f"publishing.{key}.{id}"
        return say(own) if say.has(own) else id

    return Table(
        say(f"publishing.spoken.{kind}.caption"),
        (
            Heading(say(f"publishing.spoken.{kind}")),
            Heading(say("publishing.table.contributions"), numeric=True),
            Heading(say("publishing.table.share"), numeric=True),
        ),
        tuple(
            Row(
                (
                    Cell(name(n.name)),
                    Cell(say.number(n.contributions, 0), sort=n.contributions),
                    Cell(say.percent(n.share), sort=n.share),
                )
            )
            for n in names
        ),
    )


def _event(desk: Desk, event: Attendance) -> Item:
    others = desk.say("participation.who.others")
    parts = [desk.say("publishing.who.attended", n=event.people)]
    for kind in (event.municipalities, event.roles):
        if any(name for name, _ in kind):
            parts.append(", ".join(f"{name or others} {n}" for name, n in kind))
    return Item(event.title, None, " · ".join(parts))
