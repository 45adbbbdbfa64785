"""The areas where it burns most, and how several areas are named in a sentence."""

from __future__ import annotations

from jevn.challenges.results import AreaStatus, ChallengeProfile, Sign
from jevn.publishing.documents.common import Desk
from jevn.publishing.words import listed, lower_first
from jevn.terms import EffortArea

MOST_AREAS = 3
"""Areas named in a sentence and shown on the first page."""


def burning(profile: ChallengeProfile | None, most: int = MOST_AREAS) -> tuple[AreaStatus, ...]:
    """The first areas of the order that have any sign of worse off."""
    if profile is None:
        return ()
    return tuple([a for a in profile.areas if worse_of(a)[0]][:most])


def worse_of(area: AreaStatus) -> tuple[int, int]:
    """How many of the signs that count in the order are worse, and how many are known."""
    signs = [s.sign for s in area.signs if s.kind not in ("people", "certainty")]
    return signs.count(Sign.WORSE), len(signs) - signs.count(Sign.UNKNOWN)


def told(profile: ChallengeProfile) -> bool:
    """Whether any sign that counts in the order is known in any area."""
    return any(worse_of(a)[1] for a in profile.areas)


def area_names(desk: Desk, areas: tuple[EffortArea, ...]) -> str:
    """At most three areas in a sentence, and how many more there are."""
    names = tuple(lower_first(desk.area(a)) for a in areas[:MOST_AREAS])
    more = len(areas) - len(names)
    if more:
        names = (*names, desk.say("document.summary.more", n=more))
    return listed(names, desk.say)
