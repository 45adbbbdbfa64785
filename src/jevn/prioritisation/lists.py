"""Packages without an optimiser: from a list in order, the first that still fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jevn.challenges.results import ChallengeProfile
from jevn.impact.alternatives import ProfileChange
from jevn.prioritisation.results import Frame
from jevn.terms import AREAS

_CENT = 0.005


def fill(
    ranked: Sequence[str], changes: Mapping[str, ProfileChange], frame: Frame
) -> dict[str, str | None]:
    """Fill the frame from a ranked list.

    Again and again the highest change on the list that fits is taken: within kroner and posts,
    not excluded by one taken already, and together with those it requires. So what does not fit
    is skipped, and gets its chance again if a later change releases money.

    Returns:
        What was taken, in the order it was taken: id → the listed change that required it, or
        ``None`` if it was taken for its own sake.
    """
    taken: dict[str, str | None] = {}
    waiting = [id for id in dict.fromkeys(ranked) if id in changes]
    while True:
        for id in waiting:
            bundle = closure(id, changes)
            new = [x for x in bundle if x not in taken]
            if bundle and fits([*taken, *new], changes, frame):
                taken |= {x: (None if x == id else id) for x in new}
                taken[id] = None
                waiting.remove(id)
                break
        else:
            return taken


def closure(id: str, changes: Mapping[str, ProfileChange]) -> list[str]:
    """The change with everything it requires, those required first; empty if one is missing."""
    found: list[str] = []
    waiting = [id]
    while waiting:
        at = waiting.pop()
        if at not in changes:
            return []
        if at not in found:
            found.append(at)
            waiting += changes[at].requires
    return found[::-1]


def clashes(id: str, chosen: Sequence[str], changes: Mapping[str, ProfileChange]) -> list[str]:
    """Chosen changes that exclude this one, or that it excludes."""
    return [
        x for x in chosen if x != id and (x in changes[id].excludes or id in changes[x].excludes)
    ]


def spent(chosen: Sequence[str], changes: Mapping[str, ProfileChange]) -> tuple[float, float]:
    """Kroner a year and posts of a set of changes."""
    return (
        sum(changes[x].nok_per_year for x in chosen),
        sum(changes[x].posts for x in chosen),
    )


def fits(chosen: Sequence[str], changes: Mapping[str, ProfileChange], frame: Frame) -> bool:
    """Whether a set is within the frame and free of exclusions."""
    nok, posts = spent(chosen, changes)
    if nok > frame.nok_per_year + _CENT:
        return False
    if frame.posts is not None and posts > frame.posts + 1e-9:
        return False
    return not any(clashes(x, chosen, changes) for x in chosen)


def by_need(changes: Mapping[str, ProfileChange], challenges: ChallengeProfile) -> tuple[str, ...]:
    """Changes that add effort, in the areas' order of need, the cheapest first within an area.

    Areas the challenge profile does not know come last, in the order of the mandate case.
    """
    order = [a.area for a in challenges.areas]
    order += [a for a in AREAS if a not in order]
    more = [c for c in changes.values() if c.nok_per_year >= 0]
    more.sort(key=lambda c: (order.index(c.area), c.nok_per_year, c.id))
    return tuple(c.id for c in more)
