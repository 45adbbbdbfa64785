"""Intervals of proportions, rates and differences."""

from __future__ import annotations

import math
from dataclasses import dataclass

from jevn.indices.result import critical


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


def proportion(cases: float, persons: float, *, level: float = 0.95) -> Interval:
    """A proportion with the score interval of Wilson (1927, JASA 22: 209-212).

    ``(2x + z^2 -+ z sqrt(z^2 + 4 x (1 - x/n))) / (2 (n + z^2))``: defined and inside 0-1 also
    for none and all.

    Raises:
        ValueError: unless 0 <= cases <= persons and persons > 0.

    >>> interval = proportion(5, 12)
    >>> round(interval.lower, 4), round(interval.upper, 4)
    (0.1933, 0.6805)
    """
    if not 0 <= cases <= persons or persons <= 0:
        raise ValueError(f"{cases} cases among {persons}")
    z = critical(level)
    p = cases / persons
    centre = 2 * cases + z * z
    spread = z * math.sqrt(z * z + 4 * cases * (1 - p))
    scale = 2 * (persons + z * z)
    lower = 0.0 if cases == 0 else (centre - spread) / scale
    upper = 1.0 if cases == persons else (centre + spread) / scale
    return Interval(p, lower, upper, "wilson")


def rate(events: float, person_years: float, *, level: float = 0.95) -> Interval:
    """A rate of events with exact limits below ten events, those of Byar from ten.

    Exact: chi-square quantiles of the Poisson distribution (Garwood 1936). Byar:
    ``x (1 - 1/(9x) - z/(3 sqrt x))^3`` and ``y (1 - 1/(9y) + z/(3 sqrt y))^3``, ``y = x + 1``
    (Breslow & Day 1987, Statistical Methods in Cancer Research II, p. 69).

    Raises:
        ValueError: unless events >= 0 and person_years > 0.
    """
    if events < 0 or person_years <= 0:
        raise ValueError(f"{events} events in {person_years} person-years")
    if events < 10:
        from scipy.special import gammaincinv  # chi-square quantile 2x df, halved

        tail = (1 - level) / 2
        lower = 0.0 if events == 0 else float(gammaincinv(events, tail))
        upper = float(gammaincinv(events + 1, 1 - tail))
        method = "exact"
    else:
        z, more = critical(level), events + 1
        lower = events * (1 - 1 / (9 * events) - z / (3 * math.sqrt(events))) ** 3
        upper = more * (1 - 1 / (9 * more) + z / (3 * math.sqrt(more))) ** 3
        method = "byar"
    return Interval(events / person_years, lower / person_years, upper / person_years, method)


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
