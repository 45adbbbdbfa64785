"""An election laid out for counting: who supports each project, costs, caps, tie order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from jevn.prioritisation.shared_budget.caps import Caps, caps_of
from jevn.prioritisation.shared_budget.choices import Counting, tie_places
from jevn.prioritisation.shared_budget.election import Election, Ints


@dataclass(frozen=True)
class Prepared:
    """An election laid out project by project.

    Attributes:
        election: the election.
        counting: how it is counted.
        costs: cost of each project in øre.
        supporters: per project the voters who gave it points above 0, in rising order.
        given: per project the points of those voters.
        totals: per project the sum of all its points (negative ones too).
        places: place of each project in the tie order.
        caps: ceilings that hold; empty if none.
    """

    election: Election
    counting: Counting
    costs: tuple[int, ...]
    supporters: tuple[Ints, ...]
    given: tuple[Ints, ...]
    totals: tuple[int, ...]
    places: tuple[int, ...]
    caps: Caps

    @property
    def voters(self) -> int:
        """How many voted."""
        return len(self.election.voters)

    @cached_property
    def weights(self) -> tuple[int, ...]:
        """Per project the sum of its points above 0."""
        return tuple(int(given.sum()) for given in self.given)

    @cached_property
    def uniform(self) -> bool:
        """Whether every supporter gives every project one point."""
        return all(bool((given == 1).all()) for given in self.given)

    def id(self, project: int) -> str:
        """Id of a project by its number."""
        return self.election.projects[project].id

    def ids(self, projects: Sequence[int]) -> tuple[str, ...]:
        """Ids of projects by their numbers."""
        return tuple(self.id(p) for p in projects)

    def first(self, tied: Sequence[int]) -> int:
        """The project that goes first of tied ones."""
        return min(tied, key=self.places.__getitem__)


def prepare(election: Election, counting: Counting) -> Prepared:
    """Lay out an election for counting.

    Raises:
        InputRefused: ``budget_no_caps`` or ``budget_caps`` if caps are asked for and the file
            has none, or has faulty ones.
    """
    size = len(election.projects)
    voter = np.repeat(np.arange(len(election.voters)), np.diff(election.starts))
    order = np.argsort(election.listed, kind="stable")
    ends = np.cumsum(np.bincount(election.listed, minlength=size))[:-1]
    voters = np.split(voter[order], ends)
    points = np.split(election.points[order], ends)
    liked = [p > 0 for p in points]
    supporters = tuple(np.ascontiguousarray(v[k]) for v, k in zip(voters, liked, strict=True))
    costs = tuple(p.cost for p in election.projects)
    ids = [p.id for p in election.projects]
    return Prepared(
        election=election,
        counting=counting,
        costs=costs,
        supporters=supporters,
        given=tuple(np.ascontiguousarray(p[k]) for p, k in zip(points, liked, strict=True)),
        totals=tuple(int(p.sum()) for p in points),
        places=tie_places(ids, costs, [len(s) for s in supporters], counting),
        caps=caps_of(election) if counting.caps else Caps((), ()),
    )
