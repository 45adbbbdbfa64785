"""Who gets it: use of the services of an area along the social gradient."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import polars as pl

from jevn.effort.people import by_group, inhabitants, population_year
from jevn.effort.results import UseGradient
from jevn.effort.services import GroupUsers
from jevn.indices import GroupedData, relative_concentration_index
from jevn.terms import DIMENSIONS, Message, Polarity, SocialDimension, group_order
from jevn.terms.dimensions import known_groups

LEAST_SUBGROUP = 5
"""A count of users above 0 and below this is never shown."""


def public_users(service_users: pl.DataFrame, least: int = LEAST_SUBGROUP) -> pl.DataFrame:
    """Users by group as they may be published: small counts hide their whole dimension.

    Args:
        service_users: frame of ``service_users.csv``.
        least: smallest count above 0 that may be shown.

    Returns:
        The rows of every service, year and dimension without such a count; the others could
        be found by subtraction.
    """
    keys = ["service", "year", "dimension"]
    small = service_users.filter((pl.col("users") > 0) & (pl.col("users") < least))
    return service_users.join(small.select(keys).unique(), on=keys, how="anti", nulls_equal=True)


def public_services(services: pl.DataFrame, least: int = LEAST_SUBGROUP) -> pl.DataFrame:
    """The register as it may be published: without the number of users where it is small."""
    if "users" not in services.columns:
        return services
    small = (pl.col("users") > 0) & (pl.col("users") < least)
    return services.with_columns(pl.when(~small).then(pl.col("users")).alias("users"))


def use_gradients(
    users: Sequence[GroupUsers],
    population: pl.DataFrame,
    *,
    place: str,
    year: int,
    least_subgroup: int = LEAST_SUBGROUP,
) -> tuple[UseGradient, ...]:
    """Users by group against people by group, for every dimension that has users.

    The index is the relative concentration index of users per person
    (:func:`jevn.indices.relative_concentration_index`), -1 to 1: negative when those with
    the lowest position use it most, 0 when all groups use it alike. Its limits take the
    number of users of each group as a count that varies by chance (Poisson).

    Args:
        users: users of the services of one area in one year; summed over services, so a
            person who uses two services counts twice.
        population: frame of ``population.csv``.
        place: the municipality.
        year: year of the population (the nearest one there is).
        least_subgroup: smallest count above 0 that may be shown. One smaller count hides
            the whole dimension, or it could be found by subtraction. A service that has one is
            left out of the sum where others are shown, for the same reason.

    Returns:
        One gradient per dimension, in the order of the dimensions.
    """
    found = []
    for dimension in DIMENSIONS:
        own = [row for row in users if row.dimension == dimension]
        small = {row.service for row in own if 0 < row.users < least_subgroup}
        kept = [row for row in own if row.service not in small] or own
        counts: dict[str, float] = {}
        for row in kept:
            counts[row.group] = counts.get(row.group, 0.0) + row.users
        if counts:
            people = _people(population, place, year, dimension, tuple(counts))
            gradient = _gradient(dimension, counts, people, least_subgroup)
            if gradient.note is None and len(kept) < len(own):
                params: dict[str, str | int] = {"n": len(small), "least": least_subgroup}
                gradient = replace(gradient, note=Message("effort.use.partly", params))
            found.append(gradient)
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
    data = GroupedData(
        estimates=tuple(counts[g] / people[g] for g in order),
        populations=tuple(people[g] for g in order),
        standard_errors=tuple(math.sqrt(counts[g]) / people[g] for g in order),
        orders=tuple(float(i + 1) for i in range(len(order))),
        polarity=Polarity.FAVOURABLE,
    )
    found = relative_concentration_index(data)
    return UseGradient(
        dimension, users, shown, found.estimate, lower=found.lower, upper=found.upper
    )
