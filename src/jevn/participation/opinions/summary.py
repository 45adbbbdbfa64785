"""What may be published about a conversation: counts and shares, never persons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from jevn.participation.opinions.conversation import Conversation, Statement
from jevn.participation.opinions.results import OpinionGroups, Stance
from jevn.participation.sorting import sort_text
from jevn.terms import EffortArea, Message

_GRID: Final = 12

LEAST_SHOWN: Final = 5
"""Votes a share must rest on to be shown."""


@dataclass(frozen=True, slots=True)
class Shares:
    """How some people have voted on a statement.

    Attributes:
        seen: persons who voted.
        agree: share who agree, 0-1, in whole per cent.
        disagree: share who disagree.
        passed: share who passed.
    """

    seen: int
    agree: float
    disagree: float
    passed: float


@dataclass(frozen=True, slots=True)
class StatementSummary:
    """A statement and how it was voted on.

    Attributes:
        id: id of the statement as a contribution, ``<conversation>/<statement>``.
        text: what it says.
        areas: areas of effort, best first.
        shares: of everybody; ``None`` with under five votes.
        groups: of each group; empty without groups, or if any group has under five votes.
    """

    id: str
    text: str
    areas: tuple[EffortArea, ...]
    shares: Shares | None
    groups: tuple[Shares, ...]


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """A group of people who vote alike.

    Attributes:
        id: number from 0, the largest first.
        size: persons, at least five.
        stability: how alike the group comes out when people are drawn anew, 0-1.
        representative: ids of statements that represent it, with its stance.
    """

    id: int
    size: int
    stability: float | None
    representative: tuple[tuple[str, Stance], ...]


@dataclass(frozen=True, slots=True)
class MapCell:
    """People of one group who stand near each other, as one mark on a map of opinions.

    Attributes:
        group: the group.
        x: along the first axis, 0-1 of the map's width.
        y: along the second axis, 0-1 of the map's height.
        people: persons, at least five.
    """

    group: int
    x: float
    y: float
    people: int


@dataclass(frozen=True, slots=True)
class OpinionSummary:
    """A conversation as it may be published.

    Attributes:
        id: id of the conversation.
        title: its title.
        question: what was asked.
        about: a few sentences about it.
        opened: ISO date it opened.
        closed: ISO date it closed.
        people: persons who took part.
        votes: votes given.
        clustered: persons with votes enough to be put in a group.
        split: whether there are groups that differ.
        groups: the groups; empty where there is no real split.
        statements: statements that are not rejected, those all groups agree with first.
        agreed: ids of statements most people agree with.
        disagreed: ids of statements most people disagree with.
        dividing: ids of statements that the groups see most differently.
        message: whether there are groups, in words.
        map: where people stand, in cells of at least five; empty without groups.
    """

    id: str
    title: str
    question: str
    about: str
    opened: str | None
    closed: str | None
    people: int
    votes: int
    clustered: int
    split: bool
    groups: tuple[GroupSummary, ...]
    statements: tuple[StatementSummary, ...]
    agreed: tuple[str, ...]
    disagreed: tuple[str, ...]
    dividing: tuple[str, ...]
    message: Message
    map: tuple[MapCell, ...] = ()


def summary_of(talk: Conversation, found: OpinionGroups) -> OpinionSummary:
    """What may be published: no persons, no points, no share that rests on under five votes.

    Where one group has under five votes on a statement, no group's shares are given for it,
    so that none can be found from the others. Rejected statements are left out.

    Args:
        talk: the conversation.
        found: its results.
    """
    about = talk.about
    counts = {c.statement: c for c in found.counts}
    order = {e.statement: i for i, e in enumerate(found.group_aware_consensus)}
    shown = [s for s in talk.statements if not s.rejected]
    shown.sort(key=lambda s: order.get(s.id, len(order)))

    def statement(own: Statement) -> StatementSummary:
        votes, text = counts[own.id], own.text or ""
        of_groups = [shares(*group) for group in votes.groups] if found.split else []
        return StatementSummary(
            id=contribution_id(talk, own.id),
            text=text,
            areas=sort_text(text, about.question or None).areas if text else (),
            shares=shares(votes.agree, votes.disagree, votes.seen),
            groups=tuple(g for g in of_groups if g) if all(of_groups) else (),
        )

    def ids(names: list[str]) -> tuple[str, ...]:
        return tuple(contribution_id(talk, name) for name in names)

    firm = [r for r in found.consensus_agree + found.consensus_disagree if r.seen >= LEAST_SHOWN]
    return OpinionSummary(
        id=about.id,
        title=about.title,
        question=about.question,
        about=about.about,
        opened=about.opened,
        closed=about.closed,
        people=found.people,
        votes=found.votes,
        clustered=found.clustered,
        split=found.split,
        groups=tuple(
            GroupSummary(
                g.id,
                g.size,
                None if g.stability is None else round(g.stability, 2),
                tuple(
                    (contribution_id(talk, r.statement), r.stance)
                    for r in g.representative
                    if r.seen >= LEAST_SHOWN
                ),
            )
            for g in (found.groups if found.split else ())
        ),
        statements=tuple(statement(s) for s in shown),
        agreed=ids([r.statement for r in firm if r.stance == "agree"]),
        disagreed=ids([r.statement for r in firm if r.stance == "disagree"]),
        dividing=ids([d.statement for d in found.dividing] if found.split else []),
        message=found.message,
        map=map_of(found) if found.split else (),
    )


def map_of(found: OpinionGroups) -> tuple[MapCell, ...]:
    """People of groups on a grid of 12 by 12 cells; cells with under five are not shown.

    The one per cent farthest out on each side is drawn at the edge, so that a few
    who have voted on little do not press the rest together.
    """
    chosen = found.labels >= 0
    points, labels = found.points[chosen], found.labels[chosen]
    low, high = np.quantile(points, (0.01, 0.99), axis=0)
    wide = np.where(high > low, high - low, 1.0)
    places = np.clip((points - low) / wide, 0, 1)
    cells = np.minimum((places * _GRID).astype(np.int64), _GRID - 1)
    shown, counts = np.unique(np.column_stack([labels, cells]), axis=0, return_counts=True)
    return tuple(
        MapCell(g, round((x + 0.5) / _GRID, 3), round((y + 0.5) / _GRID, 3), n)
        for (g, x, y), n in zip(shown.tolist(), counts.tolist(), strict=True)
        if n >= LEAST_SHOWN
    )


def shares(agree: int, disagree: int, seen: int) -> Shares | None:
    """Shares in whole per cent; ``None`` with under five votes.

    >>> shares(7, 2, 12)
    Shares(seen=12, agree=0.58, disagree=0.17, passed=0.25)
    """
    if seen < LEAST_SHOWN:
        return None
    parts = (agree, disagree, seen - agree - disagree)
    return Shares(seen, *(round(part / seen, 2) for part in parts))


def contribution_id(talk: Conversation, statement: str) -> str:
    """Id of a statement among everything that has been said."""
    return f"{talk.about.id}/{statement}"
