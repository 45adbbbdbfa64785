"""About: method, sources with every origin, accessibility, privacy, open data."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.publishing.links import slug
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Fact, Head, Item, Tag
from jevn.tables import Origin

METHOD = ("evidence", "burns", "effort", "voices", "assessment", "priorities", "thread", "honesty")


@dataclass(frozen=True, slots=True)
class OriginView:
    """An origin in full."""

    anchor: str
    title: str
    producer: str
    tag: Tag
    facts: tuple[Fact, ...]
    link: str | None
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AboutPage:
    """How the pages were made and on what terms."""

    head: Head
    method: tuple[Fact, ...]
    origins: tuple[OriginView, ...]
    accessibility: tuple[str, ...]
    privacy: tuple[str, ...]
    data: tuple[str, ...]
    contact: str
    inputs: tuple[Item, ...]


def about_page(desk: Desk) -> AboutPage:
    """The page about the work."""
    say, d = desk.say, desk.dossier
    return AboutPage(
        desk.head("about", say("publishing.nav.about"), say("publishing.about.description")),
        tuple(
            Fact(say(f"publishing.method.{k}"), say(f"publishing.method.{k}.text")) for k in METHOD
        ),
        tuple(_origin(desk, o) for o in d.origins),
        tuple(say(f"publishing.accessibility.{n}") for n in (1, 2, 3)),
        tuple(say(f"publishing.privacy.{n}") for n in (1, 2, 3)),
        tuple(say(f"publishing.data.{n}") for n in (1, 2)),
        d.cover.contact or "",
        tuple(Item(name, detail=value) for name, value in d.hashes),
    )


def _origin(desk: Desk, o: Origin) -> OriginView:
    say = desk.say
    facts = [
        Fact(say(f"publishing.origin.{k}"), desk.date(v) if k == "retrieved" else v)
        for k in ("version", "retrieved", "licence")
        if (v := getattr(o, k))
    ]
    return OriginView(
        f"o-{slug(o.id)}", o.title, o.producer, desk.kind(o.kind), tuple(facts), o.link, o.steps
    )
