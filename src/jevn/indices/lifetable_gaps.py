"""Gaps in life expectancy between groups, and the groups as any index takes them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from jevn.indices.lifetable import Expectancy, expectancy_of, life_table
from jevn.indices.noted import noted
from jevn.indices.ridits import Floats
from jevn.indices.settings import GroupedSettings


def expectancy_gap(one: Expectancy, other: Expectancy) -> Expectancy:
    """How many years more ``one`` has than ``other``, at each age.

    Standard error ``sqrt(se_1^2 + se_2^2)`` of independent groups, normal limits.

    Raises:
        ValueError: if ages or levels differ.

    >>> from jevn.indices.lifetable import life_expectancy
    >>> starts, persons = [30, 50, 70], [9000, 7000, 4000]
    >>> gap = expectancy_gap(
    ...     life_expectancy([10, 40, 300], persons, starts),
    ...     life_expectancy([20, 80, 400], persons, starts),
    ... )
    >>> float(gap.estimate[0].round(2)), float(gap.lower[0].round(2))
    (5.58, 3.54)
    """
    if not np.array_equal(one.age_starts, other.age_starts) or one.level != other.level:
        raise ValueError("the two differ in ages or level")
    gap = one.estimate - other.estimate
    names = {*one.notes, *other.notes}
    none = np.zeros(gap.shape[:-1], dtype=bool)
    notes = noted(
        **{name: one.notes.get(name, none) | other.notes.get(name, none) for name in sorted(names)}
    )
    return expectancy_of(one.age_starts, gap, one.se**2 + other.se**2, one.level, notes)


def life_expectancy_groups(
    deaths: ArrayLike,
    persons: ArrayLike,
    age_starts: ArrayLike,
    *,
    orders: ArrayLike | None = None,
    age: float | None = None,
    first_year: float = 0.1,
) -> GroupedSettings:
    """Life expectancy of social groups, for differences, slope index and all other indices.

    Args:
        deaths: deaths, shape ``(s, k, ages)`` for ``s`` settings of ``k`` groups.
        persons: persons or person-years, same shape; groups weigh by their sum from ``age`` on.
        age_starts: first age of each band.
        orders: social position of each group, 1 lowest, shape ``(k,)`` or ``(s, k)``; without:
            groups have no order.
        age: age at which years left count, one of ``age_starts``; without: the first.
        first_year: as in :func:`jevn.indices.life_table`.

    Raises:
        ValueError: as in :func:`jevn.indices.life_table`, or if ``age`` begins no band.

    >>> from jevn.indices.regression import sii_linear
    >>> persons = [[[9000, 7000, 4000]] * 3]
    >>> deaths = [[[20, 80, 400], [15, 60, 350], [10, 40, 300]]]
    >>> groups = life_expectancy_groups(deaths, persons, [30, 50, 70], orders=[1, 2, 3])
    >>> sii_linear(groups).estimate.round(2).tolist()
    [8.37]
    """
    table = life_table(deaths, persons, age_starts, first_year=first_year)
    if table.deaths.ndim != 3:
        raise ValueError("deaths and persons of settings, groups and ages are needed")
    at = np.flatnonzero(table.age_starts == (table.age_starts[0] if age is None else age))
    if len(at) != 1:
        raise ValueError(f"no band begins at {age}")
    x = int(at[0])
    return expectancy_settings(
        table.expectancies[..., x],
        errors=np.sqrt(table.variances[..., x]),
        orders=orders,
        populations=np.nansum(table.persons[..., x:], axis=-1),
    )


def expectancy_settings(
    values: ArrayLike,
    *,
    errors: ArrayLike | None = None,
    orders: ArrayLike | None = None,
    populations: ArrayLike | None = None,
) -> GroupedSettings:
    """Life expectancies that someone else has computed, as indices take them.

    Args:
        values: years, shape ``(s, k)``; unknown is not-a-number.
        errors: their standard errors, if known; broadcast to ``(s, k)`` as are the others.
        orders: social positions, 1 lowest; without: no order.
        populations: persons in each group; without: groups weigh the same.

    >>> from jevn.indices.simple import difference
    >>> groups = expectancy_settings([[80.0, 83.0, 86.5]], orders=[1, 2, 3])
    >>> difference(groups).estimate.tolist()
    [6.5]
    """
    y = np.array(values, dtype=np.float64)
    if y.ndim != 2:
        raise ValueError("values of settings and groups are needed")

    def like(part: ArrayLike | None) -> Floats:
        given = np.nan if part is None else part
        return np.array(np.broadcast_to(np.asarray(given, dtype=np.float64), y.shape))

    settings = len(y)
    return GroupedSettings(
        values=y,
        populations=like(populations),
        errors=like(errors),
        orders=like(orders),
        samples=like(None),
        units=np.full(settings, np.nan),
        floors=np.zeros(settings),
        ceilings=np.full(settings, np.nan),
        polarities=np.ones(settings, dtype=np.int8),
        references=np.full(settings, -1, dtype=np.int64),
    )
