"""Need against effort, zone by zone: where people are worse off, and where effort goes."""

from __future__ import annotations

import math
from collections.abc import Mapping

from jevn.challenges.results import ChallengeProfile, Sign
from jevn.effort.results import EffortProfile, ZonePoint
from jevn.impact.need_effort import corner_of
from jevn.terms import AREAS, EffortArea, Message

_WORSE_BY_CHANCE = 0.025
_RARE = 0.05
_Signs = dict[str, dict[EffortArea, tuple[int, int]]]


def zone_need(
    challenges: ChallengeProfile,
    effort: EffortProfile,
    names: Mapping[str, str] | None = None,
) -> tuple[ZonePoint, ...]:
    """Need and effort of each zone.

    * need = indicators surely worse in the zone than in the municipality / indicators known
      there. An indicator that cannot be told apart counts as known and not as worse.
    * effort = net kroner per inhabitant of the registered services that can be placed.

    Need is high where so many indicators are worse that chance would give as many in less
    than one of twenty zones (each is worse by chance with 2.5 per cent, as its 95 % limits
    say; indicators are taken as independent, which they are not quite). Effort is high from
    the mean of all zones together. A service for the whole municipality is in no
    zone's effort, so the figures say where targeted effort goes, not all that people get.

    Args:
        challenges: where it burns.
        effort: the effort profile, with zones.
        names: names of the zones; default as in ``challenges``, else the id.

    Returns:
        One point per zone, highest need first; empty without zones.
    """
    signs, found = _signs(challenges)
    known_names = {**found, **(names or {})}
    needs = {
        zone: (sum(w for w, _ in by.values()), sum(n for _, n in by.values()))
        for zone, by in signs.items()
    }
    living = [z for z in effort.zones if z.inhabitants]
    people = sum(z.inhabitants or 0.0 for z in living)
    mean = sum(z.nok for z in living) / people if people else 0.0
    points = []
    for zone in effort.zones:
        worse, known = needs.get(zone.place, (0, 0))
        need = worse / known if known else None
        ratio = zone.per_inhabitant / mean if zone.per_inhabitant is not None and mean else None
        high = by_chance(worse, known) < _RARE
        corner = corner_of(need, ratio, 0.0 if high else math.inf)
        by_area = signs.get(zone.place, {})
        nok = dict(zone.areas)
        name = known_names.get(zone.place, zone.place)
        points.append(
            ZonePoint(
                place=zone.place,
                name=name,
                need=need,
                worse=worse,
                known=known,
                per_inhabitant=zone.per_inhabitant,
                users_per_1000=zone.users_per_1000,
                corner=corner,
                message=Message(
                    f"impact.zone_need.{corner}",
                    {"zone": name, "worse": worse, "known": known, "effort_share": ratio},
                ),
                areas=tuple(
                    (
                        area,
                        *by_area.get(area, (0, 0)),
                        nok.get(area, 0.0) / zone.inhabitants if zone.inhabitants else None,
                    )
                    for area in AREAS
                    if area in by_area or area in nok
                ),
            )
        )
    return tuple(sorted(points, key=lambda p: (-(p.need if p.need is not None else -1.0), p.place)))


def by_chance(worse: int, known: int) -> float:
    """Probability that at least so many of the known indicators are worse by chance alone.

    The upper tail of a binomial distribution with probability 0.025.

    >>> round(by_chance(1, 42), 2), round(by_chance(4, 42), 3)
    (0.65, 0.021)
    """
    p = _WORSE_BY_CHANCE
    below = sum(math.comb(known, k) * p**k * (1 - p) ** (known - k) for k in range(worse))
    return max(0.0, 1.0 - below)


def _signs(challenges: ChallengeProfile) -> tuple[_Signs, dict[str, str]]:
    """(worse, known) by zone and area, and the names of the zones."""
    signs: _Signs = {}
    names: dict[str, str] = {}
    for status in challenges.indicators:
        for zone in status.spread.zones if status.spread else ():
            names.setdefault(zone.place, zone.name)
            if zone.hidden or zone.value is None or zone.sign is Sign.UNKNOWN:
                continue
            by_area = signs.setdefault(zone.place, {})
            worse, known = by_area.get(status.indicator.area, (0, 0))
            by_area[status.indicator.area] = (worse + (zone.sign is Sign.WORSE), known + 1)
    return signs, names
