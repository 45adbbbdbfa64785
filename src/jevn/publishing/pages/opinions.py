"""A conversation: groups of people who vote alike, what unites them and what divides them."""

from __future__ import annotations

from dataclasses import dataclass

from jevn.participation.opinions.summary import (
    GroupSummary,
    OpinionSummary,
    Shares,
    StatementSummary,
)
from jevn.publishing.charts import opinion_map, opinions_chart
from jevn.publishing.pages.desk import Desk
from jevn.publishing.pages.parts import Block, Fact, Head, Item


@dataclass(frozen=True, slots=True)
class Bar:
    """How some people voted, in whole per cent: a bar of three parts, and the same in words."""

    label: str
    agree: int
    passed: int
    disagree: int
    text: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement with how it was voted on."""

    text: str
    url: str | None
    areas: tuple[Item, ...]
    stance: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group with the statements that tell it from the others."""

    name: str
    size: str
    firm: str
    statements: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class OpinionsPage:
    """A conversation.

    Attributes:
        head: title and cover.
        question: what was asked.
        about: a few sentences about it.
        when: when it was open.
        facts: people, statements and votes.
        message: whether there are groups, in words.
        groups: the groups; empty where there is no real split.
        pictures: where people stand, and how the groups see the statements.
        agreed: statements most people agree with.
        disagreed: statements most people disagree with.
        dividing: statements the groups see most differently.
        statements: every statement, those all groups agree with first.
    """

    head: Head
    question: str
    about: str
    when: str
    facts: tuple[Fact, ...]
    message: str
    groups: tuple[GroupView, ...]
    pictures: tuple[Block, ...]
    agreed: tuple[StatementView, ...]
    disagreed: tuple[StatementView, ...]
    dividing: tuple[StatementView, ...]
    statements: tuple[StatementView, ...]


def opinions_page(desk: Desk, id: str) -> OpinionsPage:
    """The page of a conversation.

    Raises:
        KeyError: if there is no such conversation.
    """
    voices, say = desk.dossier.voices, desk.say
    talk = next((x for x in (voices.opinions if voices else ()) if x.id == id), None)
    if talk is None:
        raise KeyError(id)
    by_id = {s.id: s for s in talk.statements}
    names = [_name(desk, g) for g in talk.groups]

    def views(ids: tuple[str, ...]) -> tuple[StatementView, ...]:
        return tuple(_statement(desk, by_id[i], names) for i in ids if i in by_id)

    return OpinionsPage(
        head=desk.head("opinions", talk.title, talk.question or talk.title, id),
        question=talk.question,
        about=talk.about,
        when=_when(desk, talk),
        facts=(
            Fact(say("publishing.opinions.people"), say.number(talk.people, 0)),
            Fact(say("publishing.opinions.statements"), say.number(len(talk.statements), 0)),
            Fact(say("publishing.opinions.votes"), say.number(talk.votes, 0)),
        ),
        message=desk.words(talk.message),
        groups=tuple(
            _group(desk, talk, group, by_id, names) for group in talk.groups if talk.split
        ),
        pictures=desk.blocks(
            desk.block(opinion_map(desk.studio, talk)),
            desk.block(opinions_chart(desk.studio, talk)),
        ),
        agreed=views(talk.agreed),
        disagreed=views(talk.disagreed),
        dividing=views(talk.dividing),
        statements=tuple(_statement(desk, s, names) for s in talk.statements),
    )


def _name(desk: Desk, group: GroupSummary) -> str:
    return desk.say("participation.opinions.name", letter=chr(ord("A") + group.id))


def _when(desk: Desk, talk: OpinionSummary) -> str:
    if talk.opened and talk.closed:
        return desk.say(
            "publishing.opinions.when", first=desk.date(talk.opened), last=desk.date(talk.closed)
        )
    return desk.date(talk.opened or talk.closed)


def _group(
    desk: Desk,
    talk: OpinionSummary,
    group: GroupSummary,
    by_id: dict[str, StatementSummary],
    names: list[str],
) -> GroupView:
    say = desk.say
    share = group.size / talk.clustered if talk.clustered else 0.0
    firm = ""
    if group.stability is not None:
        level = "firm" if group.stability >= 0.75 else "fair" if group.stability >= 0.6 else "weak"
        firm = say(f"publishing.opinions.{level}")
    return GroupView(
        name=_name(desk, group),
        size=say("publishing.opinions.size", n=group.size, of_share=share),
        firm=firm,
        statements=tuple(
            _statement(desk, by_id[id], names, say(f"publishing.opinions.{stance}"))
            for id, stance in group.representative
            if id in by_id
        ),
    )


def _statement(
    desk: Desk, statement: StatementSummary, names: list[str], stance: str = ""
) -> StatementView:
    say = desk.say
    bars = []
    if statement.shares is not None:
        bars.append(_bar(desk, say("publishing.opinions.all"), statement.shares))
    bars += [
        _bar(desk, name, shares)
        for name, shares in zip(names, statement.groups, strict=False)
        if statement.groups
    ]
    return StatementView(
        text=statement.text,
        url=desk.voice_url((statement.id,)),
        areas=tuple(
            Item(desk.area(a), desk.links.url("area", a.value)) for a in statement.areas[:2]
        ),
        stance=stance,
        bars=tuple(bars),
    )


def _bar(desk: Desk, label: str, shares: Shares) -> Bar:
    agree, disagree = round(100 * shares.agree), round(100 * shares.disagree)
    return Bar(
        label=label,
        agree=agree,
        passed=max(0, 100 - agree - disagree),
        disagree=disagree,
        text=desk.say(
            "publishing.opinions.shares",
            agree_share=shares.agree,
            disagree_share=shares.disagree,
            n=shares.seen,
        ),
    )
