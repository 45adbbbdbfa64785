"""Opinion groups of a conversation: the whole procedure, from votes to what they show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from jevn.participation.opinions.conversation import Conversation, kept
from jevn.participation.opinions.firmness import partitions, silhouette_by_chance, stability
from jevn.participation.opinions.kmeans import STARTS, Partition
from jevn.participation.opinions.plane import Cells, Plane, cells_of, extremity_of, plane_of
from jevn.participation.opinions.priority import priority
from jevn.participation.opinions.results import (
    OpinionGroup,
    OpinionGroups,
    Scored,
    StatementCounts,
)
from jevn.participation.opinions.silhouette import silhouettes
from jevn.participation.opinions.statistics import (
    Counts,
    consensus,
    counts_of,
    dividing,
    group_aware,
    representative,
)
from jevn.terms import Message

LEAST_VOTES: Final = 7
"""Votes a person must have to be put in a group (all statements, if there are fewer)."""
LEAST_GROUP: Final = 5
"""Persons a group must have to be shown."""
NUMBERS: Final = range(2, 6)
"""Numbers of groups that are tried."""
REAL_SPLIT: Final = 0.3
"""Mean silhouette under which there is no real split."""
FIRM: Final = 0.75
"""Stability from which a group is called firm (Hennig 2007)."""
SHAKY: Final = 0.6


@dataclass(frozen=True, slots=True)
class _Firmness:
    """How the groups stand the trials of :mod:`jevn.participation.opinions.firmness`."""

    stability: tuple[float | None, ...] = ()
    agreement: float | None = None
    chance: float | None = None

    def passed(self, silhouette: float) -> bool:
        """Whether the groups are clearer than chance makes them, or all of them firm."""
        firm = [s is not None and s >= FIRM for s in self.stability]
        return self.chance is None or silhouette > self.chance or all(firm)


def opinion_groups(talk: Conversation, *, seed: int = 0, firmness: bool = True) -> OpinionGroups:
    """Find groups of people who vote alike, and what they agree and differ on.

    1. Votes as a matrix of 1, 0, -1; the whole column of a rejected statement is 0, a
       missing vote is the statement's mean; two principal components.
    2. Each person's point is multiplied by √(statements / max(1, votes)).
    3. Persons with at least min(7, statements) votes are put in 2 to 5 groups by k-means;
       the number with the best mean silhouette is taken, among those where every group has
       at least 5 persons. ``split`` is false under a silhouette of 0.3, and where votes
       shuffled at random within each statement split as well (unless every group comes
       out alike when people are drawn anew).
    4. Statements that represent each group, consensus, group-aware consensus, and
       priorities. Statements that nobody has voted on count only for the priorities.

    The order of people, statements and votes in a file changes nothing, nor do people
    without votes. The conversation is not changed.

    Args:
        talk: the conversation.
        seed: seed of starts and draws; the same seed gives the same result.
        firmness: also try how firm the groups are (more work).

    Source: Small et al. (2021), Polis: Scaling deliberation by mapping high dimensional
    opinion spaces, Recerca 26(2).
    """
    cells = cells_of(talk)
    plane = plane_of(cells)
    chosen = np.flatnonzero(cells.seen >= max(1, min(LEAST_VOTES, cells.columns)))
    points = plane.points[chosen]
    found, tried = _best(points, seed)
    labels = np.full(len(talk.people), -1, dtype=np.int64)
    trials = _Firmness()
    if found is not None:
        labels[chosen] = found.labels
        if firmness:
            trials = _tried(cells.rows(chosen), found.labels, seed)
    k = 0 if found is None else len(found.centres)
    # people in no group are counted as one more, so that all sums come from one table
    outside = np.where(labels >= 0, labels, k)
    outside[np.setdiff1d(np.arange(len(labels)), chosen)] = k + 1
    table = counts_of(cells, outside, k + 2)
    everybody, together, counts = table.total(), table.first(k + 1).total(), table.first(k)
    silhouette = None if found is None else dict(tried)[k]
    split = silhouette is not None and silhouette >= REAL_SPLIT and trials.passed(silhouette)
    ids = [talk.statements[i].id for i in cells.statement]
    shown = np.flatnonzero(~cells.rejected).tolist()
    aware = group_aware(counts if k else together)
    groups = _groups(talk, found, counts, trials, labels, (ids, shown))
    return OpinionGroups(
        people=len(talk.people),
        statements=len(talk.statements),
        rejected=sum(s.rejected for s in talk.statements),
        votes=int(talk.vote.size),
        clustered=len(chosen),
        split=split,
        silhouette=silhouette,
        silhouettes=tried,
        chance=trials.chance,
        within=None if found is None else found.within,
        explained=plane.explained,
        agreement=trials.agreement,
        groups=groups,
        consensus_agree=consensus(everybody, "agree", ids, shown),
        consensus_disagree=consensus(everybody, "disagree", ids, shown),
        group_aware_consensus=_ranked([(ids[c], float(aware[c])) for c in shown]),
        dividing=dividing(counts, ids, shown),
        priorities=_priorities(talk, cells, plane, together),
        counts=_counts(talk, cells, everybody, counts),
        points=kept(plane.points),
        labels=kept(labels),
        message=_message(talk, len(chosen), split, silhouette, trials, groups),
    )


def _best(
    points: npt.NDArray[np.float64], seed: int
) -> tuple[Partition | None, tuple[tuple[int, float], ...]]:
    """The partition with the best silhouette, and the silhouettes of all that were tried."""
    made = partitions(points, NUMBERS, LEAST_GROUP, seed, STARTS)
    if not made:
        return None, ()
    values = silhouettes(points, [p.labels for p in made], seed)
    tried = tuple((len(p.centres), v) for p, v in zip(made, values, strict=True))
    return made[int(np.argmax(values))], tried


def _tried(cells: Cells, labels: npt.NDArray[np.int64], seed: int) -> _Firmness:
    stable, agreement = stability(cells, labels, seed)
    chance = silhouette_by_chance(cells, NUMBERS, LEAST_GROUP, seed)
    return _Firmness(stable, agreement, chance)


def _groups(
    talk: Conversation,
    found: Partition | None,
    counts: Counts,
    trials: _Firmness,
    labels: npt.NDArray[np.int64],
    statements: tuple[list[str], list[int]],
) -> tuple[OpinionGroup, ...]:
    if found is None:
        return ()
    told = representative(counts, *statements)
    stable = trials.stability or (None,) * len(told)
    groups = []
    for g, centre in enumerate(found.centres):
        members = tuple(talk.people[i] for i in np.flatnonzero(labels == g))
        where = (float(centre[0]), float(centre[1]))
        groups.append(OpinionGroup(g, len(members), members, where, stable[g], told[g]))
    return tuple(groups)


def _priorities(
    talk: Conversation, cells: Cells, plane: Plane, together: Counts
) -> tuple[Scored, ...]:
    """Priorities of all statements that are not rejected, also those nobody has seen."""
    size = len(talk.statements)
    agree, disagree, seen, far = (np.zeros(size) for _ in range(4))
    for whole, part in zip((agree, disagree, seen), together.parts(), strict=True):
        whole[cells.statement] = part[0]
    far[cells.statement] = extremity_of(plane, cells)
    values = priority(agree, disagree, seen, far)
    return _ranked(
        [(s.id, float(v)) for s, v in zip(talk.statements, values, strict=True) if not s.rejected]
    )


def _ranked(values: list[tuple[str, float]]) -> tuple[Scored, ...]:
    return tuple(Scored(id, value) for id, value in sorted(values, key=lambda pair: -pair[1]))


def _counts(
    talk: Conversation, cells: Cells, everybody: Counts, counts: Counts
) -> tuple[StatementCounts, ...]:
    column = {int(place): c for c, place in enumerate(cells.statement)}
    rows = []
    for place, statement in enumerate(talk.statements):
        if statement.rejected:
            continue
        c = column.get(place)
        if c is None:
            rows.append(StatementCounts(statement.id, 0, 0, 0, ((0, 0, 0),) * len(counts.seen)))
            continue
        agree, disagree, seen = (int(part[0, c]) for part in everybody.parts())
        by_group = tuple(
            (int(a), int(d), int(s))
            for a, d, s in zip(*(p[:, c] for p in counts.parts()), strict=True)
        )
        rows.append(StatementCounts(statement.id, agree, disagree, seen, by_group))
    return tuple(rows)


def _message(
    talk: Conversation,
    clustered: int,
    split: bool,
    silhouette: float | None,
    trials: _Firmness,
    groups: tuple[OpinionGroup, ...],
) -> Message:
    key = "participation.opinions.message."
    if silhouette is None:
        reason = "few" if clustered < 2 * LEAST_GROUP else "small"
        reason = reason if talk.vote.size else "none"
        return Message(key + reason, {"n": clustered, "least": LEAST_GROUP})
    params = {"n": len(groups), "clustered": clustered, "silhouette": round(silhouette, 2)}
    if not split:
        reason = "weak" if silhouette < REAL_SPLIT else "chance"
        return Message(key + reason, params)
    least = min((g.stability for g in groups if g.stability is not None), default=None)
    if least is None:
        return Message(key + "split", params)
    how = "firm" if least >= FIRM else "fair" if least >= SHAKY else "shaky"
    return Message(key + how, params)
