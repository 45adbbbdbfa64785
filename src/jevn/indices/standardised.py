"""Standardised rates: what rates would be if all areas had the same ages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jevn.indices.noted import Notes, counted, noted, refuse
from jevn.indices.rates import poisson_limits
from jevn.indices.ridits import Floats


@dataclass(frozen=True, eq=False, slots=True)
class Standardised:
    """Standardised rates or ratios of many areas, arrays of one shape.

    Attributes:
        estimate: rate or ratio; not-a-number where unknown.
        se: standard error.
        lower: lower limit.
        upper: upper limit.
        level: level of the limits.
        events: observed events.
        expected: expected events (indirect standardisation), else not-a-number.
        method: how the limits were made.
        notes: what to beware of, and in which areas.
    """

    estimate: Floats
    se: Floats
    lower: Floats
    upper: Floats
    level: float
    events: Floats
    expected: Floats
    method: NDArray[np.str_]
    notes: Notes


def directly_standardised_rate(
    events: ArrayLike,
    persons: ArrayLike,
    standard: ArrayLike,
    *,
    variances: ArrayLike | None = None,
    multiplier: float = 1.0,
    level: float = 0.95,
) -> Standardised:
    r"""Directly age-standardised rates with the limits of Dobson.

    $$ R = \frac{\sum w_i O_i / n_i}{\sum w_i}, \quad
    \operatorname{var}(R) = \frac{\sum w_i^2 v_i / n_i^2}{(\sum w_i)^2}, \quad
    R + \sqrt{\operatorname{var}(R) / O}\,(O_{\text{limit}} - O) $$

    with $v_i = O_i$ for independent events and the limits of the number of events exact below
    ten and after Byar from ten. Fewer than ten events: an answer with the note ``few_events``.
    No events: the upper limit of Fay & Feuer, the exact limit times the greatest
    $w_i / (n_i \sum w)$. Age bands without persons are left out with their weight, with a note.

    Dobson et al. 1991, Stat Med 10: 457-462; Fay & Feuer 1997, Stat Med 16: 791-801.

    Args:
        events: events in each age band, shape ``(…, ages)``; unknown is not-a-number.
        persons: persons or person-years, same shape.
        standard: persons of the standard population, shape ``(ages,)``.
        variances: variance of each number of events, where they are not independent; see
            :func:`repeated_events`.
        multiplier: 100 000 for rates per 100 000.
        level: level of the limits.

    Raises:
        ValueError: if a number is negative or there are events where nobody is, naming the
            area; if the standard is empty.

    >>> found = directly_standardised_rate([2, 30], [1000, 500], [80, 20], multiplier=1000)
    >>> float(found.estimate.round(3)), float(found.lower.round(3)), float(found.upper.round(3))
    (13.6, 9.191, 19.343)
    """
    o, n, w = np.broadcast_arrays(
        counted("events", events), counted("persons", persons), counted("standard", standard)
    )
    refuse((n == 0) & (o > 0), "events where nobody is")
    if o.ndim == 0 or not (np.nansum(w, axis=-1) > 0).all() or np.isnan(w).any():
        raise ValueError("standard: no persons, or unknown")
    v = o if variances is None else np.broadcast_to(counted("variances", variances), o.shape)
    empty = n == 0
    # Persons of one stand in for none: such bands have no weight.
    weight = np.where(empty, 0.0, w) / np.where(empty, 1.0, n)
    with np.errstate(invalid="ignore", divide="ignore"):
        weight = weight / np.where(empty, 0.0, w).sum(axis=-1, keepdims=True)
    total = o.sum(axis=-1)
    estimate = (weight * o).sum(axis=-1)
    se = np.sqrt((weight**2 * v).sum(axis=-1))
    low, high = poisson_limits(total, level=level)
    none = total == 0
    with np.errstate(invalid="ignore", divide="ignore"):
        per_event = np.where(none, weight.max(axis=-1), se / np.sqrt(total))
    limits = "byar" if variances is None else "byar_repeated"
    few = "exact" if variances is None else "exact_repeated"
    method = np.where(total < 10, np.where(none, "fay_feuer", few), limits)
    return Standardised(
        estimate * multiplier,
        se * multiplier,
        (estimate + per_event * (low - total)) * multiplier,
        (estimate + per_event * (high - total)) * multiplier,
        level,
        total,
        np.full(total.shape, np.nan),
        np.where(np.isnan(estimate), "none", method),
        noted(
            missing_band=np.isnan(o + n).any(axis=-1),
            nobody_here=(n == 0).all(axis=-1),
            few_events=total < 10,
            empty_age_band=empty.any(axis=-1),
        ),
    )


def repeated_events(persons_by_times: ArrayLike, times: ArrayLike) -> tuple[Floats, Floats]:
    """Events that the same person may have several times: their number and its variance.

    If ``x_f`` persons have ``f`` events each, there are ``sum f x_f`` events, with the variance
    ``sum f^2 x_f`` of a compound Poisson distribution (Stukel et al. 1994, Stat Med 13:
    1781-1791).

    Args:
        persons_by_times: persons by how many events they had, shape ``(…, ages, times)``.
        times: the numbers of events, shape ``(times,)``.

    Returns:
        Events and variances, each ``(…, ages)``, for :func:`directly_standardised_rate`.

    >>> events, variances = repeated_events([[10, 4, 1]], [1, 2, 3])
    >>> events.tolist(), variances.tolist()
    ([21.0], [35.0])
    """
    x, f = counted("persons_by_times", persons_by_times), counted("times", times)
    return (x * f).sum(axis=-1), (x * f**2).sum(axis=-1)


def indirectly_standardised_ratio(
    events: ArrayLike,
    persons: ArrayLike,
    reference_events: ArrayLike,
    reference_persons: ArrayLike,
    *,
    multiplier: float = 1.0,
    level: float = 0.95,
) -> Standardised:
    r"""Observed events over those expected with the rates of a reference population.

    $$ \frac{O}{E}, \quad E = \sum_i n_i \frac{O_i^\text{ref}}{n_i^\text{ref}} $$

    Limits of the number observed, exact below ten events and after Byar from ten, over the
    expected, which is taken as certain (Breslow & Day 1987, Statistical Methods in Cancer
    Research II, p. 69). Not defined where no events are expected.

    Args:
        events: all observed events of each area, shape ``(…)``.
        persons: persons or person-years in each age band, shape ``(…, ages)``.
        reference_events: events of the reference in each band, shape ``(ages,)``.
        reference_persons: persons of the reference, shape ``(ages,)``.
        multiplier: 100 if the reference is to be 100.
        level: level of the limits.

    Raises:
        ValueError: if a number is negative, or the reference has nobody in a band where an
            area has persons, naming the area.

    >>> found = indirectly_standardised_ratio(12, [500, 400], [5, 20], [1000, 1000])
    >>> float(found.expected), float(found.estimate.round(3)), float(found.upper.round(3))
    (10.5, 1.143, 1.996)
    """
    o, n = counted("events", events), counted("persons", persons)
    x = counted("reference_events", reference_events)
    m = counted("reference_persons", reference_persons)
    if n.ndim == 0 or x.shape[-1:] != n.shape[-1:] or m.shape[-1:] != n.shape[-1:]:
        raise ValueError("persons and reference differ in age bands")
    refuse(np.broadcast_to(m == 0, n.shape) & (n > 0), "nobody of this age in the reference")
    expected = (n * (x / np.where(m == 0, 1.0, m))).sum(axis=-1)
    o, expected = np.broadcast_arrays(o, expected)
    low, high = poisson_limits(o, level=level)
    with np.errstate(invalid="ignore", divide="ignore"):
        per_event = multiplier / np.where(expected == 0, np.nan, expected)
    estimate = o * per_event
    return Standardised(
        estimate,
        np.sqrt(o) * per_event,
        low * per_event,
        high * per_event,
        level,
        o,
        expected,
        np.where(np.isnan(estimate), "none", np.where(o < 10, "exact", "byar")),
        noted(missing_band=np.isnan(o + expected), none_expected=expected == 0),
    )


def indirectly_standardised_rate(
    events: ArrayLike,
    persons: ArrayLike,
    reference_events: ArrayLike,
    reference_persons: ArrayLike,
    *,
    multiplier: float = 1.0,
    level: float = 0.95,
) -> Standardised:
    """The indirectly standardised ratio times the crude rate of the reference.

    Args and errors as in :func:`indirectly_standardised_ratio`; ``multiplier`` is 100 000 for
    rates per 100 000.

    >>> found = indirectly_standardised_rate(12, [500, 400], [5, 20], [1000, 1000])
    >>> float(found.estimate.round(5))
    0.01429
    """
    crude = np.sum(np.asarray(reference_events, float)) / np.sum(
        np.asarray(reference_persons, float)
    )
    return indirectly_standardised_ratio(
        events,
        persons,
        reference_events,
        reference_persons,
        multiplier=multiplier * float(crude),
        level=level,
    )
