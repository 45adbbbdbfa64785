"""Rows of the profile: each service with its share of the function, evidence and users."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from jevn.effort.money import to_ore
from jevn.effort.results import GroupUse, Service
from jevn.effort.services import GroupUsers, RegisteredService
from jevn.terms import DIMENSIONS, EffortArea


def described(
    services: Sequence[RegisteredService],
    net: Mapping[str, int],
    users: Sequence[GroupUsers],
    interventions: Mapping[str, tuple[EffortArea, str]],
    least_subgroup: int,
) -> tuple[Service, ...]:
    """Services with what follows from the other tables.

    Args:
        services: as registered.
        net: the functions' net cost in the year, in øre.
        users: users by service, dimension and group.
        interventions: the evidence catalogue, id -> (area, strength).
        least_subgroup: smallest count above 0 that is shown; a smaller one hides the whole
            dimension of that service. The number of users itself is left out too if it is less.
    """
    found = []
    for entry in services:
        service = entry.service
        whole = net.get(service.function, 0)
        known = service.net_nok is not None and whole > 0
        link = service.intervention
        few = service.users is not None and 0 < service.users < least_subgroup
        found.append(
            replace(
                service,
                users=None if few else service.users,
                function_share=to_ore(service.net_nok) / whole if known else None,
                strength=interventions.get(link, ("", "U"))[1] if link else "none",
                users_by=_users_by(service.id, users, least_subgroup),
            )
        )
    return tuple(found)


def _users_by(
    service: str, users: Sequence[GroupUsers], least_subgroup: int
) -> tuple[GroupUse, ...]:
    found = []
    for dimension in DIMENSIONS:
        groups = [
            (u.group, u.users) for u in users if u.service == service and u.dimension is dimension
        ]
        if groups:
            hidden = any(0 < n < least_subgroup for _, n in groups)
            found.append(GroupUse(dimension, () if hidden else tuple(groups), hidden))
    return tuple(found)
