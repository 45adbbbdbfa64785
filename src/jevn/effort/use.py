"""Who gets it: use of the services of an area along the social gradient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from jevn.effort.people import by_group, inhabitants, population_year
from jevn.effort.results import UseGradient
from jevn.effort.services import GroupUsers
from jevn.terms import DIMENSIONS, Message, SocialDimension, group_order
from jevn.terms.dimensions import known_groups

LEAST_SUBGROUP = 5
"""A count of users above 0 and below this is never shown."""


def use_gradients(
    users: Sequence[GroupUsers],
    population: pl.DataFrame,
    *,
    place: str,
    year: int,
    least_subgroup: int = LEAST_SUBGROUP,
) -> tuple[UseGradient, ...]:
    """Users by group against people by group, for every dimension that has users.

    Args:
        users: users of the services of one area in one year; summed over services, so a
            person who uses two services counts twice.
        population: frame of ``population.csv``.
        place: the municipality.
        year: year of the population (the nearest one there is).
        least_subgroup: smallest count above 0 that may be shown. One smaller count hides
            the whole dimension, or it could be found by subtraction.

    Returns:
        One gradient per dimension, in the order of the dimensions.
    """
    found = []
    for dimension in DIMENSIONS:
        counts: dict[str, float] = {}
        for row in users:
            if row.dimension == dimension:
                counts[row.group] = counts.get(row.group, 0.0) + row.users
        if counts:
            people = _people(population, place, year, dimension, tuple(counts))
            found.append(_gradient(dimension, counts, people, least_subgroup))
    return tuple(found)


def _people(
    population: pl.DataFrame,
    place: str,
    year: int,
    dimension: SocialDimension,
    groups: Sequence[str],
) -> dict[str, float]:
    """Persons by group; zones are places of their own."""
    if dimension is SocialDimension.ZONE:
        found = {}
        for zone in groups:
            at = population_year(population, zone, year)
            persons = inhabitants(population, zone, at) if at is not None else None
            if persons is not None:
                found[zone] = persons
        return found
    at = population_year(population, place, year)
    return by_group(population, place, at, dimension) if at is not None else {}


def _gradient(
    dimension: SocialDimension,
    counts: Mapping[str, float],
    people: Mapping[str, float],
    least_subgroup: int,
) -> UseGradient:
    groups = known_groups(dimension) or tuple(sorted(counts))
    shown = tuple((g, people[g]) for g in groups if g in people)
    if any(0 < n < least_subgroup for n in counts.values()):
        note = Message("effort.use.hidden", {"least": least_subgroup})
        return UseGradient(dimension, (), shown, None, note)
    users = tuple((g, counts[g]) for g in groups if g in counts)
    order = group_order(dimension)
    if order is None:
        return UseGradient(dimension, users, shown, None, Message("effort.use.unordered"))
    if any(g not in counts for g in order):
        return UseGradient(dimension, users, shown, None, Message("effort.use.missing_group"))
    if any(people.get(g, 0) <= 0 for g in order):
        return UseGradient(dimension, users, shown, None, Message("effort.use.no_population"))
    if sum(counts.values()) == 0:
        return UseGradient(dimension, users, shown, None, Message("effort.use.nobody"))
    index = concentration([counts[g] for g in order], [people[g] for g in order])
    return UseGradient(dimension, users, shown, index)


def concentration(users: Sequence[float], people: Sequence[float]) -> float:
    """Concentration index of use over groups ordered from the lowest social position.

    C = 2/mu * sum(f_g r_g R_g) - 1, where f_g is the group's share of the people, r_g users
    per person, R_g the mid-point rank and mu the mean of r (Kakwani, Wagstaff and van
    Doorslaer 1997, J Econometrics 77:87-103, eq. 4).

    Args:
        users: users per group, shape (groups,), at least one above 0.
        people: persons per group, shape (groups,), all above 0.

    Returns:
        -1 to 1; negative when those with the lowest position use it most; 0 when all
        groups use it alike.

    >>> concentration([30, 20, 10], [100, 100, 100])
    -0.2222222222222222
    """
    total, used = sum(people), sum(users)
    below, weighted = 0.0, 0.0
    for n, u in zip(people, users, strict=True):
        weighted += u / used * (below + n / 2) / total
        below += n
    return 2 * weighted - 1
