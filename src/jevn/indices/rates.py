"""Intervals of proportions, rates and differences."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jevn.indices.noted import Notes, counted, noted, refuse
from jevn.indices.result import critical
from jevn.indices.ridits import Floats


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its limits, in cases per person (or person-year)."""

    estimate: float
    lower: float
    upper: float
    method: str

    def times(self, factor: float) -> Interval:
        """The same on another scale, e.g. per cent with a factor of 100."""
        return Interval(
            factor * self.estimate, factor * self.lower, factor * self.upper, self.method
        )


@dataclass(frozen=True, eq=False, slots=True)
class Intervals:
    """Estimates of many areas with their limits, arrays of the same shape.

    Attributes:
        estimate: the estimates; not-a-number where unknown (``notes`` says why).
        lower: lower limits.
        upper: upper limits.
        level: level of the limits, e.g. 0.95.
        method: name of the method of the limits of each area.
        notes: what to beware of, and where.
    """

    estimate: Floats
    lower: Floats
    upper: Floats
    level: float
    method: NDArray[np.str_]
    notes: Notes

    def one(self) -> Interval:
        """The interval of a single area (arrays without axes)."""
        return Interval(
            float(self.estimate), float(self.lower), float(self.upper), str(self.method)
        )


def proportion(cases: float, persons: float, *, level: float = 0.95) -> Interval:
    """A proportion with the score interval of Wilson; :func:`proportions` of one area.

    Raises:
        ValueError: unless 0 <= cases <= persons and persons > 0.

    >>> interval = proportion(5, 12)
    >>> round(interval.lower, 4), round(interval.upper, 4)
    (0.1933, 0.6805)
    """
    if not 0 <= cases <= persons or persons <= 0:
        raise ValueError(f"{cases} cases among {persons}")
    return proportions(cases, persons, level=level).one()


def proportions(
    cases: ArrayLike, persons: ArrayLike, *, multiplier: float = 1.0, level: float = 0.95
) -> Intervals:
    """Proportions with the score interval of Wilson (1927, JASA 22: 209-212).

    ``(2x + z^2 -+ z sqrt(z^2 + 4 x (1 - x/n))) / (2 (n + z^2))``: defined and inside 0-1 also
    for none and all.

    Args:
        cases: persons with the property, any shape; unknown is not-a-number.
        persons: all persons; the two are broadcast together.
        multiplier: 100 for per cent.
        level: level of the limits.

    Returns:
        Unknown, with the note ``nobody_here``, where there is nobody.

    Raises:
        ValueError: if a count is negative, or cases are more than persons, naming the area.

    >>> found = proportions([0, 5, 12], [12, 12, 12], multiplier=100)
    >>> found.lower.round(2).tolist(), found.upper.round(2).tolist()
    ([0.0, 19.33, 75.75], [24.25, 68.05, 100.0])
    """
    x, n = np.broadcast_arrays(counted("cases", cases), counted("persons", persons))
    refuse(x > n, "more cases than persons")
    z = critical(level)
    with np.errstate(invalid="ignore", divide="ignore"):
        p = x / n
        centre = 2 * x + z * z
        spread = z * np.sqrt(z * z + 4 * x * (1 - p))
        scale = 2 * (n + z * z)
        lower = np.where(x == 0, 0 * p, (centre - spread) / scale)
        upper = np.where(x == n, p, (centre + spread) / scale)
    return Intervals(
        multiplier * p,
        multiplier * lower,
        multiplier * upper,
        level,
        np.where(np.isnan(p), "none", "wilson"),
        noted(nobody_here=n == 0, missing_count=np.isnan(x) | np.isnan(n)),
    )


def rate(events: float, person_years: float, *, level: float = 0.95) -> Interval:
    """A rate of events per person-year; :func:`event_rates` of one area.

    Raises:
        ValueError: unless events >= 0 and person_years > 0.

    >>> rate(20, 1000).method, rate(9, 1000).method
    ('byar', 'exact')
    """
    if not events >= 0 or not person_years > 0:
        raise ValueError(f"{events} events in {person_years} person-years")
    return event_rates(events, person_years, level=level).one()


def event_rates(
    events: ArrayLike, person_years: ArrayLike, *, multiplier: float = 1.0, level: float = 0.95
) -> Intervals:
    """Rates of events with exact limits below ten events, those of Byar from ten.

    Args:
        events: number of events, any shape; unknown is not-a-number.
        person_years: time at risk; the two are broadcast together.
        multiplier: 100 000 for rates per 100 000 person-years.
        level: level of the limits.

    Returns:
        Unknown, with the note ``nobody_here``, where there is no time at risk.

    Raises:
        ValueError: if a count is negative, or there are events without time at risk, naming the
            area.

    >>> found = event_rates([0, 9, 20], [1000, 1000, 1000], multiplier=1000)
    >>> found.lower.round(2).tolist(), found.upper.round(2).tolist()
    ([0.0, 4.12, 12.21], [3.69, 17.08, 30.89])
    """
    x, n = np.broadcast_arrays(counted("events", events), counted("person_years", person_years))
    refuse((n == 0) & (x > 0), "events without time at risk")
    lower, upper = poisson_limits(x, level=level)
    per = multiplier / np.where(n == 0, np.nan, n)
    estimate = x * per
    return Intervals(
        estimate,
        lower * per,
        upper * per,
        level,
        np.where(np.isnan(estimate), "none", np.where(x < 10, "exact", "byar")),
        noted(nobody_here=n == 0, missing_count=np.isnan(x) | np.isnan(n)),
    )


def poisson_limits(events: ArrayLike, *, level: float = 0.95) -> tuple[Floats, Floats]:
    """Limits of the expected number, given the number of events.

    Below ten events exact: chi-square quantiles of the Poisson distribution (Garwood 1936,
    Biometrika 28: 437-442). From ten those of Byar: ``x (1 - 1/(9x) - z/(3 sqrt x))^3`` and
    ``y (1 - 1/(9y) + z/(3 sqrt y))^3``, ``y = x + 1`` (Breslow & Day 1987, Statistical Methods
    in Cancer Research II, p. 69).

    Args:
        events: events, not necessarily whole numbers, any shape.
        level: level of the limits.

    >>> lower, upper = poisson_limits([0, 4])
    >>> lower.round(3).tolist(), upper.round(3).tolist()
    ([0.0, 1.09], [3.689, 10.242])
    """
    from scipy.special import gammaincinv  # chi-square quantile of 2x degrees, halved

    given = np.asarray(events, dtype=np.float64)
    x = np.atleast_1d(given)
    z, tail = critical(level), (1 - level) / 2
    few = x < 10
    above = np.where(few, 10.0, x)
    more = above + 1
    lower = above * (1 - 1 / (9 * above) - z / (3 * np.sqrt(above))) ** 3
    upper = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    if few.any():
        some = x[few]
        lower[few] = np.where(some == 0, 0.0, gammaincinv(np.where(some == 0, 1.0, some), tail))
        upper[few] = gammaincinv(some + 1, 1 - tail)
    return lower.reshape(given.shape), upper.reshape(given.shape)


def difference_of(one: Interval, other: Interval) -> Interval:
    """Difference of two independent estimates from their own limits.

    Square-and-add (MOVER; Newcombe 1998, Stat Med 17: 873-890, method 10 for Wilson limits;
    Zou & Donner 2008, Stat Med 27: 1693-1702): with ``d = a - b``,
    ``L = d - sqrt((a - l_a)^2 + (u_b - b)^2)``, ``U = d + sqrt((u_a - a)^2 + (b - l_b)^2)``.
    Limits that are uneven stay uneven.
    """
    d = one.estimate - other.estimate
    down = math.hypot(one.estimate - one.lower, other.upper - other.estimate)
    up = math.hypot(one.upper - one.estimate, other.estimate - other.lower)
    return Interval(d, d - down, d + up, "mover")
