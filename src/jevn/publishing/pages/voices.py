"""Voices: what people have said, ranked lists combined, who has spoken, and the answers."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.participation.results import Answer, CombinedRanking, Contribution
from jevn.publishing.charts import voices_chart
from jevn.publishing.links import slug
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Block, Cell, Fact, Head, Heading, Item, Row, Table, Tag
from jevn.terms import AREAS

_DECISION = {
    "taken_in": "success",
    "partly": "info",
    "not_taken_in": "neutral",
    "outside": "neutral",
}


@dataclass(frozen=True, slots=True)
class RankingView:
    """A combined ranked list with what is said of it."""

    title: str
    event: str
    text: str
    table: Table


@dataclass(frozen=True, slots=True)
class AnswerView:
    """An answer to a point of a statement."""

    summary: str
    statement: Item
    decision: Tag
    comment: str
    consequence: str
    element: Item | None


@dataclass(frozen=True, slots=True)
class VoicesPage:
    """Overview of participation."""

    head: Head
    begun: bool
    facts: tuple[Fact, ...]
    areas: Block | None
    rankings: tuple[RankingView, ...]
    spoken: tuple[Table, ...]
    answers: tuple[AnswerView, ...]
    unanswered: tuple[Item, ...]
    all_url: str


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


def voices_page(desk: Desk) -> VoicesPage:
    """The page of voices."""
    voices, say = desk.dossier.voices, desk.say
    head = desk.head("voices", say("publishing.nav.voices"), say("publishing.voices.description"))
    url = desk.links.url("all_voices")
    if voices is None:
        return VoicesPage(head, False, (), None, (), (), (), (), url)
    counts: dict[str, int] = {}
    for c in voices.contributions:
        counts[c.channel] = counts.get(c.channel, 0) + 1
    return VoicesPage(
        head,
        True,
        tuple(
            Fact(say(f"publishing.channels.{k}"), say.number(n, 0))
            for k, n in sorted(counts.items())
        ),
        desk.block(voices_chart(desk.studio, voices)),
        tuple(_ranking(desk, r) for r in voices.rankings),
        _spoken(desk),
        tuple(_answer(desk, a) for a in voices.answers),
        tuple(
            desk.voice(v) for id in voices.unanswered if (v := voices.contribution(id)) is not None
        ),
        url,
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


def _spoken(desk: Desk) -> tuple[Table, ...]:
    voices, say = desk.dossier.voices, desk.say
    tables = []
    for dimension in ("zone", "sender_type", "channel"):
        rows = [s for s in (voices.spoken if voices else ()) if s.dimension == dimension]
        if not rows:
            continue
        total = sum(s.contributions for s in rows) or 1
        shares = any(s.population_share is not None for s in rows)
        heads = [
            Heading(say(f"publishing.spoken.{dimension}")),
            Heading(say("publishing.table.contributions"), numeric=True),
            Heading(say("publishing.table.share"), numeric=True),
        ]
        if shares:
            heads.append(Heading(say("publishing.table.population_share"), numeric=True))
        tables.append(
            Table(
                say(f"publishing.spoken.{dimension}.caption"),
                tuple(heads),
                tuple(
                    Row(
                        (
                            Cell(_group(desk, dimension, s.group)),
                            Cell(say.number(s.contributions, 0), sort=s.contributions),
                            Cell(say.percent(s.contributions / total), sort=s.contributions),
                            *(
                                (Cell(say.percent(s.population_share), sort=s.population_share),)
                                if shares
                                else ()
                            ),
                        )
                    )
                    for s in rows
                ),
                sortable=True,
            )
        )
    return tuple(tables)


def _group(desk: Desk, dimension: str, group: str) -> str:
    if dimension == "zone":
        return desk.dossier.place_name(group) if group else desk.say("word.unknown")
    key = f"publishing.{'sender' if dimension == 'sender_type' else 'channels'}.{group}"
    return desk.say(key) if desk.say.has(key) else group


def _answer(desk: Desk, a: Answer) -> AnswerView:
    say, voices = desk.say, desk.dossier.voices
    voice = voices.contribution(a.statement) if voices else None
    who = desk.speaker(voice) if voice else a.statement
    element = None
    if a.element and desk.dossier.proposal:
        found = next((e for e in desk.dossier.proposal.elements() if e.id == a.element), None)
        element = Item(found.title, desk.links.url("element", found.id)) if found else None
    return AnswerView(
        a.summary,
        Item(who, desk.links.url("voice", a.statement) if voice else None),
        Tag(say(f"publishing.decision.{a.decision}"), _DECISION[a.decision]),
        a.comment,
        a.consequence or "",
        element,
    )


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
    )
