"""Abridged life tables with any age bands and any open end, of many areas at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from jevn.indices.noted import Notes, noted
from jevn.indices.result import critical
from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags
from jevn.indices.survival import Columns, Mortality, bands, checked, mortality, years_left

SMALL = 5000
"""Fewer persons than this and a life expectancy gets a note (Toson & Baker 2003)."""


@dataclass(frozen=True, eq=False, slots=True)
class Expectancy:
    """Years left at the beginning of each age band, arrays of shape ``(…, ages)``.

    Attributes:
        age_starts: first age of each band, shape ``(ages,)``.
        estimate: years left; not-a-number where unknown.
        se: standard error.
        lower: lower limit.
        upper: upper limit.
        level: level of the limits.
        notes: what to beware of, and in which areas (shape without ages).
    """

    age_starts: Floats
    estimate: Floats
    se: Floats
    lower: Floats
    upper: Floats
    level: float
    notes: Notes


@dataclass(frozen=True, eq=False, slots=True)
class LifeTable:
    """Life tables of many areas, arrays of shape ``(…, ages)``; above the open band unknown.

    Attributes:
        age_starts: first age of each band, shape ``(ages,)``.
        first_year: share of the first year of life lived by those who die in it.
        deaths: deaths, as given.
        persons: persons or person-years, as given.
        rates: deaths per person-year (M); bands without persons have that of the next.
        probabilities: probability of dying within the band (q).
        survivors: share of those at the first age who reach the band (l).
        years: years lived in the band per person at the first age (L).
        years_above: years lived in the band and all above it (T).
        expectancies: years left at the beginning of the band (e).
        variances: variance of ``expectancies``.
        open_from: position of the band where the open end begins, -1 where nobody died.
        notes: what to beware of, and in which areas.
    """

    age_starts: Floats
    first_year: float
    deaths: Floats
    persons: Floats
    rates: Floats
    probabilities: Floats
    survivors: Floats
    years: Floats
    years_above: Floats
    expectancies: Floats
    variances: Floats
    open_from: Columns
    notes: Notes

    def mortality(self, open_from: Columns | None = None) -> Mortality:
        """The rates with all areas on one axis, ages first, possibly with a lower open end."""
        ages = len(self.age_starts)
        return mortality(
            self.deaths.reshape(-1, ages),
            self.persons.reshape(-1, ages),
            bands(self.age_starts, self.first_year),
            open_from,
        )

    def expectancy(self, *, level: float = 0.95) -> Expectancy:
        """Years left with standard errors and normal limits."""
        return expectancy_of(self.age_starts, self.expectancies, self.variances, level, self.notes)


def life_table(
    deaths: ArrayLike, persons: ArrayLike, age_starts: ArrayLike, *, first_year: float = 0.1
) -> LifeTable:
    r"""Abridged period life tables.

    $$ q = \frac{n M}{1 + (1 - a) n M}, \quad l_{x+n} = l_x (1 - q_x), \quad
    L_x = n (l_{x+n} + a\, l_x q_x), \quad L_w = l_w / M_w, \quad e_x = T_x / l_x $$

    with $M$ deaths per person-year, $n$ the width of the band and $a = \tfrac12$ the share of it
    lived by those who die in it (``first_year`` for a band from 0 to 1). Variance:
    $\operatorname{var}(q) = q^2 (1 - q) / D$, carried to $e_x$, and $1 / (D_w M_w^2)$ for the
    open band.

    Bands without persons have the rate of the next band with persons. The open end begins at
    the last band with deaths: bands above it are joined to it, and what is left of life at
    their ages is not known. A band whose number is unknown makes everything at and below it
    unknown. Each has its note, as have areas where a band has no deaths (its variance is then
    zero), where a rate is so high that all die, and with fewer than 5 000 persons, where normal
    limits may be too narrow.

    Chiang 1984, The Life Table and Its Applications; Silcocks, Jenner & Reza 2001, J Epidemiol
    Community Health 55: 38-43; Toson & Baker 2003, National Statistics Methodological Series 33.

    Args:
        deaths: deaths in each age band, shape ``(…, ages)``; unknown is not-a-number.
        persons: persons, or person-years for several years together, same shape.
        age_starts: first age of each band, e.g. ``(0, 1, 5, …, 85)``; the last is open.
        first_year: share of the first year lived by those who die in it.

    Raises:
        ValueError: if ages do not fit, a count is negative, or a band has more deaths than
            persons, naming the area.

    >>> table = life_table([8, 10, 180], [1000, 2000, 1500], [0, 1, 65])
    >>> table.survivors.round(4).tolist(), table.expectancies.round(2).tolist()
    ([1.0, 0.9921, 0.7184], [61.71, 61.21, 8.33])
    """
    age_bands = bands(age_starts, first_year)
    d, p = checked(deaths, persons, len(age_bands[0]))
    shape, ages = d.shape, d.shape[-1]
    table = mortality(d.reshape(-1, ages), p.reshape(-1, ages), age_bands)
    rates = table.rates
    expectancies, variances, _ = years_left(table)
    widths, fractions = table.lengths
    with np.errstate(invalid="ignore", divide="ignore"):
        died = table.probabilities(rates)
        survived = np.cumprod(1 - died[:-1], axis=0)
        survivors = np.vstack([np.where(np.isnan(died[:1]), np.nan, 1.0), survived])
        survivors = np.where(table.above, np.nan, survivors)
        lived = np.where(table.open, 1 / rates, widths * (1 - died + fractions * died))
        years = survivors * lived
        all_die = (fractions * widths * rates >= 1) & ~table.open
    years_above = np.where(np.isnan(years), 0.0, years)[::-1].cumsum(axis=0)[::-1]
    years_above = np.where(np.isnan(expectancies) | np.isnan(years), np.nan, years_above)

    def back(part: Floats) -> Floats:
        return np.ascontiguousarray(part.T).reshape(shape)

    return LifeTable(
        age_starts=table.age_starts,
        first_year=first_year,
        deaths=d,
        persons=p,
        rates=back(rates),
        probabilities=back(died),
        survivors=back(survivors),
        years=back(years),
        years_above=back(years_above),
        expectancies=back(expectancies),
        variances=back(variances),
        open_from=table.open_from.reshape(shape[:-1]),
        notes=_notes(table, d, p, np.asarray(all_die.any(axis=0).reshape(shape[:-1]), dtype=bool)),
    )


def life_expectancy(
    deaths: ArrayLike,
    persons: ArrayLike,
    age_starts: ArrayLike,
    *,
    first_year: float = 0.1,
    level: float = 0.95,
) -> Expectancy:
    """Life expectancy at each age, with limits; :func:`life_table` says how.

    Args:
        deaths: deaths in each age band, shape ``(…, ages)``; unknown is not-a-number.
        persons: persons, or person-years for several years together, same shape.
        age_starts: first age of each band; the last is open.
        first_year: share of the first year lived by those who die in it.
        level: level of the limits.

    Raises:
        ValueError: as in :func:`life_table`.

    >>> left = life_expectancy([8, 10, 180], [1000, 2000, 1500], [0, 1, 65])
    >>> float(left.estimate[0].round(2)), float(left.se[0].round(2)), list(left.notes)
    (61.71, 3.01, ['small_population'])
    """
    return life_table(deaths, persons, age_starts, first_year=first_year).expectancy(level=level)


def expectancy_of(
    age_starts: Floats, years: Floats, variances: Floats, level: float, notes: Notes
) -> Expectancy:
    """Years with normal limits from their variances."""
    se = np.sqrt(variances)
    width = critical(level) * se
    return Expectancy(age_starts, years, se, years - width, years + width, level, notes)


def _notes(table: Mortality, deaths: Floats, persons: Floats, certain: Flags) -> Notes:
    shape = deaths.shape[:-1]
    last = len(table.age_starts) - 1
    open_from = table.open_from.reshape(shape)
    below = np.arange(last + 1) < open_from[..., None]
    with np.errstate(invalid="ignore"):
        small = np.nansum(persons, axis=-1) < SMALL
    return noted(
        no_deaths=open_from < 0,
        missing_band=np.asarray((np.isnan(deaths) | np.isnan(persons)).any(axis=-1)),
        open_band_joined=(open_from >= 0) & (open_from < last),
        empty_band=((persons == 0) & below).any(axis=-1),
        rate_too_high=certain,
        small_population=small,
        band_without_deaths=((deaths == 0) & below).any(axis=-1),
    )
