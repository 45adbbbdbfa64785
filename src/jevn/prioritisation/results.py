"""Results of step 6: packages within a frame, with a reason for everything in and out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from jevn.terms import Criterion, EffortArea, Message


@dataclass(frozen=True, slots=True)
class CriteriaOrder:
    """A group's order of the criteria, most important first, and the weights it gives.

    Weights by rank-order centroid, summing to 1.
    """

    group: str
    order: tuple[Criterion, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Ballot:
    """A group's prioritised changes (best first) and its order of the criteria."""

    group: str
    ranked: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What may be spent: net kroner a year in a full year of operation, and posts."""

    nok_per_year: float
    posts: float | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One change in or out of a package, and why.

    ``value``: weighted score 0-1 by the package's weights; ``None`` if not assessed.
    ``pushes_out``/``needs_nok``: what forcing it in would push out and cost more.
    """

    change: str
    title: str
    area: EffortArea
    nok_per_year: float
    posts: float
    chosen: bool
    value: float | None
    parts: tuple[tuple[Criterion, float], ...]
    support: tuple[str, ...]
    reason: Message
    pushes_out: tuple[str, ...] = ()
    needs_nok: float | None = None


@dataclass(frozen=True, slots=True)
class Package:
    """A set of changes within the frame.

    ``made_by``: ``weights`` (best within the frame by these weights), ``group`` (a group's
    own list from the top until the frame is full), ``need`` (money to where it burns most,
    no optimiser), or ``override`` (decided by people, with reason).
    """

    id: str
    title: str
    made_by: Literal["weights", "group", "need", "override"]
    weights: tuple[tuple[Criterion, float], ...]
    choices: tuple[Choice, ...]
    nok_per_year: float
    posts: float
    frame: Frame
    total_value: float | None
    helped: float | None
    helped_lowest: float | None
    message: Message

    @property
    def chosen(self) -> tuple[Choice, ...]:
        """The changes that are in."""
        return tuple(c for c in self.choices if c.chosen)


@dataclass(frozen=True, slots=True)
class ChangeSupport:
    """How one change fares over all packages and in the groups' lists.

    Attributes:
        change: its id.
        title: its title.
        packages: ids of the packages it is in.
        standing: whether that is always, sometimes or never.
        listed_by: groups that list it.
        borda: Borda's points over the groups' lists.
        position: its place by these, from 1; tied changes share the best place.
        places: place by each other rule; ``None`` where the rule has orders just as good that
            were not all looked at.
        best: best place when one group is left out; ``None`` with one group.
        worst: worst place when one group is left out.
        near_tie: whether it changes places with a neighbour, or ties with it, when one group is
            left out.
    """

    change: str
    title: str
    packages: tuple[str, ...]
    standing: Literal["always", "sometimes", "never"]
    listed_by: tuple[str, ...]
    borda: float
    position: int
    places: tuple[tuple[str, int | None], ...] = ()
    best: int | None = None
    worst: int | None = None
    near_tie: bool = False


@dataclass(frozen=True, slots=True)
class Prioritisation:
    """Step 6: several packages side by side, and the one the proposal is built on.

    ``agreement``: Kendall's *W* of the groups' lists, 0-1; ``None`` with fewer than two.
    """

    frame: Frame
    criteria: tuple[CriteriaOrder, ...]
    packages: tuple[Package, ...]
    support: tuple[ChangeSupport, ...]
    proposed: str | None
    proposed_reason: str | None
    agreement: float | None = None

    def package(self, id: str) -> Package | None:
        """The package with this id, or ``None``."""
        return next((p for p in self.packages if p.id == id), None)
