"""Results about a conversation: groups of people who vote alike, and what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from jevn.terms import Message

Stance = Literal["agree", "disagree"]


@dataclass(frozen=True, slots=True)
class Representative:
    """A statement that tells a group from the others.

    Attributes:
        statement: id of the statement.
        stance: whether the group agrees or disagrees with it.
        count: persons in the group with that stance.
        seen: persons in the group who voted on it, passes with them.
        share: (count + 1) / (seen + 2).
        share_test: one-share test of ``share`` against one half.
        ratio: share in the group / share outside it.
        ratio_test: two-share test of the group against the others.
        best_agreed: the statement that stands for what the group agrees on.
    """

    statement: str
    stance: Stance
    count: int
    seen: int
    share: float
    share_test: float
    ratio: float
    ratio_test: float
    best_agreed: bool = False


@dataclass(frozen=True, slots=True)
class Agreed:
    """A statement that people agree or disagree with across groups.

    Attributes:
        statement: id of the statement.
        stance: agree or disagree.
        count: persons with that stance.
        seen: persons who voted on it.
        share: (count + 1) / (seen + 2).
        share_test: one-share test of ``share`` against one half.
    """

    statement: str
    stance: Stance
    count: int
    seen: int
    share: float
    share_test: float


@dataclass(frozen=True, slots=True)
class Dividing:
    """A statement that the groups see differently.

    Attributes:
        statement: id of the statement.
        difference: greatest less smallest share of a group that agrees, 0-1.
        most: group that agrees most.
        least: group that agrees least.
    """

    statement: str
    difference: float
    most: int
    least: int


@dataclass(frozen=True, slots=True)
class Scored:
    """A statement with a value (group-aware consensus, or priority for being shown next)."""

    statement: str
    value: float


@dataclass(frozen=True, slots=True)
class StatementCounts:
    """Votes on a statement by everybody, and by each group.

    Attributes:
        statement: id of the statement.
        agree: persons who agree.
        disagree: persons who disagree.
        seen: persons who voted, passes with them.
        groups: (agree, disagree, seen) of each group, in the order of the groups.
    """

    statement: str
    agree: int
    disagree: int
    seen: int
    groups: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class OpinionGroup:
    """People who vote alike.

    Attributes:
        id: number from 0, the largest group first.
        size: persons, at least 5.
        members: their ids.
        centre: x and y of the group's mean point.
        stability: mean Jaccard similarity with the nearest group when people are drawn anew,
            0-1; below 0.6 the group cannot be trusted (Hennig 2007). ``None`` if not tried.
        representative: at most five statements, what the group agrees on first.
    """

    id: int
    size: int
    members: tuple[str, ...]
    centre: tuple[float, float]
    stability: float | None
    representative: tuple[Representative, ...]


@dataclass(frozen=True, slots=True, eq=False)
class OpinionGroups:
    """What the votes of a conversation show.

    Attributes:
        people: persons who took part.
        statements: statements, with rejected ones.
        rejected: statements rejected by moderation.
        votes: votes, one per person and statement.
        clustered: persons with votes enough to be put in a group.
        split: whether there are groups that differ more than chance makes them.
        silhouette: mean silhouette of the groups, -1 to 1; ``None`` without groups.
        silhouettes: the same for each number of groups tried.
        chance: greatest silhouette that votes shuffled within each statement gave; ``None``
            if not tried.
        within: sum of squared distances to the centres of the groups.
        explained: share of the variance along each axis, 0-1.
        agreement: mean adjusted Rand index between the groups and those of people drawn
            anew, at most 1; ``None`` if not tried.
        groups: the groups; shown also where there is no real split, empty where some would
            have under 5 persons.
        consensus_agree: statements most people agree with, at most five.
        consensus_disagree: statements most people disagree with, at most five.
        group_aware_consensus: every statement with votes by how far all groups agree with it.
        dividing: statements that the groups see most differently, at most five.
        priorities: every statement by how much it should be shown next.
        counts: votes on every statement that is not rejected.
        points: x and y of each person, in the order of the conversation; not to be published.
        labels: group of each person, -1 for none; not to be published.
        message: in words whether there are groups, and how firm they are.
    """

    people: int
    statements: int
    rejected: int
    votes: int
    clustered: int
    split: bool
    silhouette: float | None
    silhouettes: tuple[tuple[int, float], ...]
    chance: float | None
    within: float | None
    explained: tuple[float, float]
    agreement: float | None
    groups: tuple[OpinionGroup, ...]
    consensus_agree: tuple[Agreed, ...]
    consensus_disagree: tuple[Agreed, ...]
    group_aware_consensus: tuple[Scored, ...]
    dividing: tuple[Dividing, ...]
    priorities: tuple[Scored, ...]
    counts: tuple[StatementCounts, ...]
    points: npt.NDArray[np.float64]
    labels: npt.NDArray[np.int64]
    message: Message
