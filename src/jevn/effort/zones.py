"""Which effort reaches which zone: by counted users, else by the places a service names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from jevn.effort.money import split, to_kroner, to_ore
from jevn.effort.results import ZoneEffort
from jevn.effort.services import GroupUsers, RegisteredService
from jevn.terms import EffortArea, Reach, SocialDimension


@dataclass(frozen=True, slots=True)
class PlacedEffort:
    """Effort by zone, and the net kroner of services that cannot be placed."""

    zones: tuple[ZoneEffort, ...]
    unplaced_nok: float


def zone_effort(
    services: Sequence[RegisteredService],
    users: Sequence[GroupUsers],
    people: Mapping[str, float | None],
    least_subgroup: int,
) -> PlacedEffort:
    """Net kroner and users by zone.

    A service's net kroner go to zones by its users, where users are counted by zone; else to
    the zones it names, by their inhabitants (alike where those are not known). A service for
    the whole municipality without users by zone cannot be placed: it is summed apart, and not
    spread by inhabitants, for that would say that it reaches all alike.

    Args:
        services: registered services of one year.
        users: their users by group; those by zone are used.
        people: the zones in order, with their inhabitants.
        least_subgroup: a service with a zone that has fewer users, but some, is placed as if
            users were not counted, and they are not shown.
    """
    nok: dict[str, dict[EffortArea, int]] = {zone: {} for zone in people}
    heads: dict[str, float] = {}
    reached: dict[str, dict[Reach, int]] = {zone: dict.fromkeys(Reach, 0) for zone in people}
    placed: dict[str, list[str]] = {zone: [] for zone in people}
    left = 0
    for entry in services:
        service = entry.service
        counted = _users(service.id, users, people, least_subgroup)
        for zone, number in counted.items():
            heads[zone] = heads.get(zone, 0.0) + number
        weights = _weights(service.places, counted, people)
        ore = to_ore(service.net_nok)
        if not weights:
            left += ore
            continue
        for zone, part in zip(weights, split(ore, list(weights.values())), strict=True):
            nok[zone][service.area] = nok[zone].get(service.area, 0) + part
            reached[zone][service.reach] += part
            if weights[zone] > 0:
                placed[zone].append(service.id)
    return PlacedEffort(
        tuple(
            replace(
                _zone(zone, nok[zone], heads.get(zone) if heads else None, people[zone]),
                services=tuple(placed[zone]),
                by_reach=tuple((r, to_kroner(ore)) for r, ore in reached[zone].items()),
            )
            for zone in people
        ),
        to_kroner(left),
    )


def _users(
    service: str,
    users: Sequence[GroupUsers],
    people: Mapping[str, float | None],
    least_subgroup: int,
) -> dict[str, float]:
    """Users by zone of one service; empty where not counted, or too few to be shown."""
    found = {
        u.group: u.users
        for u in users
        if u.service == service and u.dimension is SocialDimension.ZONE and u.group in people
    }
    return {} if any(0 < n < least_subgroup for n in found.values()) else found


def _weights(
    places: Sequence[str], counted: Mapping[str, float], people: Mapping[str, float | None]
) -> dict[str, Fraction]:
    whole = sum((Fraction(str(n)) for n in counted.values()), Fraction(0))
    if whole > 0:
        return {zone: Fraction(str(n)) / whole for zone, n in counted.items()}
    if not places or any(p not in people for p in places):
        return {}
    known = {p: Fraction(round(n)) for p in places if (n := people[p]) is not None and n >= 1}
    if len(known) < len(places):
        return {p: Fraction(1, len(places)) for p in places}
    total = sum(known.values(), Fraction(0))
    return {p: n / total for p, n in known.items()}


def _zone(
    place: str,
    nok: Mapping[EffortArea, int],
    users: float | None,
    people: float | None,
) -> ZoneEffort:
    kroner = to_kroner(sum(nok.values()))
    ordered = sorted(nok.items(), key=lambda a: (-a[1], a[0].value))
    return ZoneEffort(
        place=place,
        inhabitants=people,
        nok=kroner,
        per_inhabitant=kroner / people if people else None,
        users=users,
        users_per_1000=1000 * users / people if people and users is not None else None,
        areas=tuple((area, to_kroner(ore)) for area, ore in ordered if ore),
        services=(),
    )
