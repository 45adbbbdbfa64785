"""An election over a shared budget: projects with costs, and ballots over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

BallotKind = Literal["approval", "ordinal", "cumulative", "scoring"]
KINDS: tuple[BallotKind, ...] = get_args(BallotKind)
Ints = NDArray[np.int64]

ORE = 100
"""Øre in a krone (or cents in a euro, grosz in a zloty)."""


@dataclass(frozen=True, slots=True)
class Project:
    """A project that may be paid from the shared budget.

    Attributes:
        id: id, unique in the election.
        cost: cost in whole øre, above 0.
        details: further columns as they were written (name, category, neighborhood, ...).
    """

    id: str
    cost: int
    details: tuple[tuple[str, str], ...] = ()

    def detail(self, *columns: str) -> str:
        """What the first of these columns that is filled in says; empty if none is."""
        known = dict(self.details)
        return next((known[c] for c in columns if known.get(c)), "")

    @property
    def name(self) -> str:
        """What the project is called; its id where it has no name."""
        return self.detail("name") or self.id


@dataclass(frozen=True, slots=True, eq=False)
class Election:
    """Projects, a budget and ballots. Arrays are read-only.

    Attributes:
        budget: the shared budget in whole øre, above 0.
        kind: what a ballot is: approvals, a ranked list, points within a sum, or scores.
        projects: the projects in the order of the file.
        starts: ``(voters + 1,)``; the ballot of voter *i* is ``listed[starts[i]:starts[i+1]]``.
        listed: indices of projects, ballot by ballot, in the order of the ballot.
        points: what each listed project gets, in units of 1 / ``point_scale``; 1 for approvals;
            for ranked lists the project at place *p* gets *k* - *p* + 1, *k* the most projects
            a list may hold, or where that is not told, the length of the list.
        point_scale: how many units one point is.
        voters: ids of the voters.
        about: further columns of the voters (age, sex, ...), each with a value per voter.
        meta: what the file says of itself, in its order.
    """

    budget: int
    kind: BallotKind
    projects: tuple[Project, ...]
    starts: Ints
    listed: Ints
    points: Ints
    point_scale: int
    voters: tuple[str, ...]
    about: tuple[tuple[str, tuple[str, ...]], ...] = ()
    meta: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(
        cls,
        costs: Mapping[str, float],
        ballots: Sequence[Sequence[str] | Mapping[str, int]],
        budget: float,
        kind: BallotKind = "approval",
        names: Mapping[str, str] | None = None,
    ) -> Election:
        """Make an election from plain values.

        Args:
            costs: cost of each project in kroner, by id.
            ballots: per voter the ids (for ``ordinal`` best first), or points by id.
            budget: kroner.
            kind: kind of ballots; ``ordinal`` lists become points.
            names: what projects are called, by id.

        Raises:
            ValueError: for costs or a budget not above 0 or not in whole øre, no ballots,
                unknown or repeated ids.
        """
        number = {id: i for i, id in enumerate(costs)}
        points: list[int] = []
        listed: list[int] = []
        starts = [0]
        for ballot in ballots:
            ids = list(ballot)
            if len(set(ids)) != len(ids) or any(id not in number for id in ids):
                raise ValueError("a ballot names a project twice, or one that is unknown")
            listed += [number[id] for id in ids]
            if isinstance(ballot, Mapping):
                points += [int(ballot[id]) for id in ids]
            elif kind == "ordinal":
                points += range(len(ids), 0, -1)
            else:
                points += [1] * len(ids)
            starts.append(len(listed))
        if not ballots:
            raise ValueError("an election needs ballots")
        named = names or {}
        return cls(
            budget=_ore(budget),
            kind=kind,
            projects=tuple(
                Project(id, _ore(cost), (("name", named[id]),) if id in named else ())
                for id, cost in costs.items()
            ),
            starts=fixed(starts),
            listed=fixed(listed),
            points=fixed(points),
            point_scale=1,
            voters=tuple(str(i) for i in range(1, len(ballots) + 1)),
        )

    def ballot(self, voter: int) -> tuple[str, ...]:
        """Ids on the ballot of a voter, in its order."""
        listed = self.listed[self.starts[voter] : self.starts[voter + 1]]
        return tuple(self.projects[i].id for i in listed)

    def said(self, key: str) -> str:
        """What the file says under a key of its head; empty if nothing."""
        return dict(self.meta).get(key, "")

    @property
    def official(self) -> tuple[str, ...] | None:
        """Ids of the projects that were chosen in fact; ``None`` if the file does not say."""
        told = [p for p in self.projects if p.detail("selected")]
        return tuple(p.id for p in told if p.detail("selected") == "1") if told else None


def fixed(values: Sequence[int]) -> Ints:
    """A read-only array of whole numbers."""
    array = np.array(values, dtype=np.int64)
    array.flags.writeable = False
    return array


def _ore(amount: float) -> int:
    found = round(amount * ORE)
    if found <= 0 or abs(found - amount * ORE) > 1e-6:
        raise ValueError(f"{amount} is not above 0 in whole øre")
    return found
