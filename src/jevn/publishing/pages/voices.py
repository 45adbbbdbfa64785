"""Voices at a glance: how much has been said, what about, and the ways further in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from jevn.publishing.charts import voices_chart
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Block, Fact, Head, Item


@dataclass(frozen=True, slots=True)
class VoicesPage:
    """Overview of participation."""

    head: Head
    begun: bool
    facts: tuple[Fact, ...]
    areas: Block | None
    ways: tuple[Item, ...]
    all_url: str


def voices_page(desk: Desk) -> VoicesPage:
    """The page of voices."""
    voices, say = desk.dossier.voices, desk.say
    head = desk.head("voices", say("publishing.nav.voices"), say("publishing.voices.description"))
    url = desk.links.url("all_voices")
    if voices is None:
        return VoicesPage(head, False, (), None, (), url)
    counts = Counter(c.channel for c in voices.contributions)
    return VoicesPage(
        head,
        True,
        tuple(
            Fact(say(f"publishing.channels.{k}"), say.number(n, 0))
            for k, n in sorted(counts.items(), key=lambda found: (-found[1], found[0]))
        ),
        desk.block(voices_chart(desk.studio, voices)),
        tuple(_ways(desk)),
        url,
    )


def _ways(desk: Desk) -> Iterator[Item]:
    """The pages below this one, each with what it says in a line."""
    voices, say = desk.dossier.voices, desk.say
    if voices is None:
        return
    if voices.rankings:
        yield Item(
            say("publishing.voices.rankings"),
            desk.links.url("ranked_lists"),
            say("publishing.voices.rankings.line", n=len(voices.rankings)),
        )
    for talk in voices.opinions:
        yield Item(
            talk.title,
            desk.links.url("opinions", talk.id),
            say(
                "publishing.opinions.line" if talk.split else "publishing.opinions.line.one",
                people=talk.people,
                groups=len(talk.groups),
            ),
        )
    found = desk.dossier.represented
    if found is not None:
        zones = next((d for d in found.dimensions if d.dimension == "zone"), None)
        silent = len(zones.silent) if zones else 0
        yield Item(
            say("publishing.voices.spoken"),
            desk.links.url("who_spoke"),
            say(f"publishing.voices.spoken.{'silent' if silent else 'line'}", n=silent),
        )
    if voices.chain.statements:
        waiting = len(voices.unanswered)
        key = "publishing.voices.unanswered" if waiting else "publishing.voices.answers.line"
        yield Item(
            say("publishing.voices.answers"),
            desk.links.url("answers"),
            say(key, n=waiting or len(voices.chain.points)),
        )
