"""Deaths and persons as rates of an abridged life table, and backward through its bands."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jevn.indices.noted import counted, refuse
from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags

Columns = NDArray[np.int64]


@dataclass(frozen=True, eq=False, slots=True)
class Mortality:
    """Rates of ``s`` areas in ``k`` age bands, ages first, as life tables need them.

    Attributes:
        age_starts: first age of each band, shape ``(k,)``.
        widths: years in each band, the last endless, shape ``(k,)``.
        fractions: share of the band lived by those who die in it, shape ``(k,)``.
        deaths: deaths of each band, those above the open band joined to it, shape ``(k, s)``.
        persons: persons (or person-years) likewise.
        sources: band whose rate each band has: its own, or of bands without persons that of
            the next band with some; shape ``(k, s)``.
        open_from: first band of the open end, -1 where nobody died, shape ``(s,)``.
    """

    age_starts: Floats
    widths: Floats
    fractions: Floats
    deaths: Floats
    persons: Floats
    sources: Columns
    open_from: Columns

    @property
    def rates(self) -> Floats:
        """Deaths per person-year, shape ``(k, s)``; not-a-number above the open band."""
        return self.filled(self.deaths)

    def filled(self, counts: Floats) -> Floats:
        """Counts per person-year of each band's source; shape as ``counts``, ``(k, s, …)``."""
        extra = (...,) + (None,) * (counts.ndim - 2)
        with np.errstate(invalid="ignore", divide="ignore"):
            rates = counts / self.persons[extra]
        found = np.take_along_axis(rates, self.sources[extra], axis=0)
        return np.where(self.above[extra], np.nan, found)

    @property
    def above(self) -> Flags:
        """Bands above the open one, shape ``(k, s)``."""
        return np.asarray(self._bands > self.open_from)

    @property
    def open(self) -> Flags:
        """Where the open band is, shape ``(k, s)``."""
        return np.asarray(self._bands == self.open_from)

    @property
    def _bands(self) -> Columns:
        return np.arange(len(self.age_starts))[:, None]

    def probabilities(self, rates: Floats) -> Floats:
        """Probability of dying within each band, 1 in the open one, shape ``(k, s)``."""
        n, a = self.lengths
        found = np.minimum(n * rates / (1 + (1 - a) * n * rates), 1.0)
        return np.where(self.open, 1.0, found)

    @property
    def lengths(self) -> tuple[Floats, Floats]:
        """Widths and fractions as columns; the last band, if it is not open, has none."""
        return np.where(np.isinf(self.widths), np.nan, self.widths)[:, None], self.fractions[
            :, None
        ]


def bands(age_starts: ArrayLike, first_year: float) -> tuple[Floats, Floats, Floats]:
    """Starts, widths and fractions of age bands.

    Raises:
        ValueError: unless the starts rise from 0 or more and ``first_year`` is a share.
    """
    starts = np.array(age_starts, dtype=np.float64)
    rising = starts.ndim == 1 and len(starts) > 0 and np.isfinite(starts).all()
    if not rising or starts[0] < 0 or (np.diff(starts) <= 0).any():
        raise ValueError(f"age_starts must rise from 0 or more, not {starts.tolist()}")
    if not 0 < first_year < 1:
        raise ValueError(f"first_year is a share of a year, not {first_year}")
    widths = np.append(np.diff(starts), np.inf)
    fractions = np.full(len(starts), 0.5)
    if starts[0] == 0 and widths[0] == 1:
        fractions[0] = first_year
    return starts, widths, fractions


def checked(deaths: ArrayLike, persons: ArrayLike, ages: int) -> tuple[Floats, Floats]:
    """Deaths and persons of the same shape ``(…, ages)``.

    Raises:
        ValueError: if ages differ, a count is negative, or deaths are more than persons, naming
            the area.
    """
    d, p = np.broadcast_arrays(counted("deaths", deaths), counted("persons", persons))
    if d.ndim == 0 or d.shape[-1] != ages:
        raise ValueError(f"{d.shape[-1] if d.ndim else 0} age bands for {ages} age_starts")
    refuse(d > p, "more deaths than persons")
    return d, p


def mortality(
    deaths: Floats,
    persons: Floats,
    age_bands: tuple[Floats, Floats, Floats],
    open_from: Columns | None = None,
) -> Mortality:
    """Rates with joined open end and filled bands, from counts of shape ``(s, k)``.

    Args:
        deaths: checked deaths; unknown is not-a-number.
        persons: checked persons.
        age_bands: from :func:`bands`.
        open_from: first band of the open end, shape ``(s,)``; without: the last band with
            deaths (an unknown number counts as some).
    """
    d, p = np.ascontiguousarray(deaths.T), np.ascontiguousarray(persons.T)
    d, p = np.where(np.isnan(p), np.nan, d), np.where(np.isnan(d), np.nan, p)
    places = np.arange(len(d))[:, None]
    if open_from is None:
        open_from = np.where((d > 0) | np.isnan(d), places, -1).max(axis=0)
    at_open = places == open_from
    d, p = (np.where(at_open, upward(part), part) for part in (d, p))
    own = ~(p == 0) | at_open
    nearest = np.where(own, places, len(d) - 1)[::-1]
    sources = np.minimum.accumulate(nearest, axis=0)[::-1]
    return Mortality(*age_bands, d, p, sources, open_from)


def upward(counts: Floats) -> Floats:
    """Sum of each band with all above it, ages first."""
    found: Floats = np.cumsum(counts[::-1], axis=0)[::-1]
    return found


def years_left(
    table: Mortality, shares: Floats | None = None, share_variances: Floats | None = None
) -> tuple[Floats, Floats, Floats]:
    """Years left at each age, with their variances, backward through the bands.

    ``e_x = s_x n (p + a q) + p e_{x+n}``; open: ``s/M``. Variance of the probabilities of dying
    after Chiang: ``q^2 (1-q)/D``, and of the open band ``s^2/(D M^2)`` (Silcocks et al.). A band
    with the rate of another varies with it.

    Args:
        table: rates of ``s`` areas in ``k`` bands.
        shares: share of the years that count (e.g. in good health), shape ``(k, s)``;
            without: all.
        share_variances: variance of each share.

    Returns:
        Years, variance from the deaths and variance from the shares, each ``(k, s)``; unknown
        above the open band.
    """
    rates = table.rates
    ages, areas = rates.shape
    persons = np.take_along_axis(table.persons, table.sources, axis=0)
    lengths, fractions = table.lengths
    with np.errstate(all="ignore"):
        q = table.probabilities(rates)
        per_rate = lengths / (1 + (1 - fractions) * lengths * rates)
        spread = np.sqrt(q * per_rate * (1 - q) / persons)
        lived = np.where(table.open, 1 / rates, lengths * (1 - q + fractions * q))
        open_spread = 1 / (rates * np.sqrt(table.deaths))
    part = np.ones_like(rates) if shares is None else shares
    counts = part * lived
    extra = np.zeros_like(rates) if share_variances is None else lived**2 * share_variances
    own = table.sources == np.arange(ages)[:, None]
    e, beyond, loading, of_shares = (np.zeros(areas) for _ in range(4))
    found = np.full((3, ages, areas), np.nan)
    for x in range(ages - 1, -1, -1):
        opened, inside = table.open[x], x < table.open_from
        p = 1 - q[x]
        gain = np.where(opened, part[x] * open_spread[x], 0.0)
        rest = np.where(own[x], p * p * (beyond + loading**2), p * p * beyond)
        kept = np.where(own[x], 0.0, p * loading)
        with np.errstate(invalid="ignore"):
            step = (part[x] * (1 - fractions[x]) * lengths[x] + e) * spread[x]
        beyond = np.where(inside, rest, 0.0)
        loading = np.where(inside, kept + step, gain)
        of_shares = np.where(inside, extra[x] + p * p * of_shares, np.where(opened, extra[x], 0))
        e = np.where(inside, counts[x] + p * e, np.where(opened, counts[x], 0.0))
        seen = opened | inside
        found[:, x] = np.where(seen, (e, beyond + loading**2, of_shares), np.nan)
    return found[0], found[1], found[2]
