"""Every contribution once, under the area it is first of all about."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.participation.results import Contribution
from jevn.publishing.links import slug
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Head, Item
from jevn.terms import AREAS


@dataclass(frozen=True, slots=True)
class VoiceView:
    """One contribution, with an anchor of its own."""

    anchor: str
    heading: str
    text: str
    speaker: str
    channel: str
    areas: tuple[Item, ...]
    sorted_by: str
    support: str
    used_by: tuple[Item, ...]
    answered: tuple[Item, ...]
    same: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class VoiceGroup:
    """Contributions of one area."""

    anchor: str
    title: str
    voices: tuple[VoiceView, ...]


@dataclass(frozen=True, slots=True)
class AllVoicesPage:
    """Every contribution, by area."""

    head: Head
    channels: tuple[tuple[str, str], ...]
    groups: tuple[VoiceGroup, ...]
    count: int


def all_voices_page(desk: Desk) -> AllVoicesPage:
    """Every contribution once, under its first area."""
    voices, say = desk.dossier.voices, desk.say
    every = voices.contributions if voices else ()
    groups = []
    for area in (*AREAS, None):
        own = [c for c in every if (c.areas[0] if c.areas else None) == area]
        if own or area is not None:
            name = area.value if area else "uten"
            title = desk.area(area, short=False) if area else say("publishing.voices.no_area")
            groups.append(VoiceGroup(f"omrade-{name}", title, tuple(_view(desk, c) for c in own)))
    return AllVoicesPage(
        desk.head(
            "all_voices", say("publishing.voices.all"), say("publishing.voices.all.description")
        ),
        tuple((k, say(f"publishing.channels.{k}")) for k in sorted({c.channel for c in every})),
        tuple(groups),
        len(every),
    )


def _view(desk: Desk, c: Contribution) -> VoiceView:
    say, d = desk.say, desk.dossier
    words = dict(c.words)
    reason = say(f"publishing.sorted.{c.sorted_by}")
    if c.sorted_by == "word_list" and c.areas and words.get(c.areas[0]):
        reason = f"{reason}: {', '.join(words[c.areas[0]])}"
    threads = d.proposal.threads if d.proposal else ()
    users = {
        t.element
        for t in threads
        if any(x.to.kind.value == "voice" and x.to.id == c.id for x in t.back)
    }
    return VoiceView(
        f"v-{slug(c.id)}",
        c.heading or "",
        c.text,
        desk.speaker(c),
        c.channel,
        tuple(Item(desk.area(a), desk.links.url("area", a.value)) for a in c.areas),
        reason,
        say("publishing.voices.support", n=c.support) if c.support else "",
        tuple(
            Item(e.title, desk.links.url("element", e.id))
            for e in (d.proposal.elements() if d.proposal and users else ())
            if e.id in users
        ),
        tuple(
            Item(say(f"publishing.decision.{a.decision}"), desk.links.url("answers"))
            for a in (d.voices.answers if d.voices else ())
            if a.statement == c.id
        ),
        tuple(
            Item(id, f"#v-{slug(id)}")
            for id in (*c.also, *((c.merged_into,) if c.merged_into else ()))
        ),
    )
