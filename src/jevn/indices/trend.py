"""Trend of an index over years, with limits that know of years counted twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jevn.indices.gathered import gathered
from jevn.indices.index import INDICES, Sign
from jevn.indices.overlap import overlap_correlations, periods
from jevn.indices.result import NOTES, IndexResult, IndexResults, critical
from jevn.indices.ridits import Floats
from jevn.indices.series_line import Fit, SeriesLine

Spread = Literal["delta", "classical"]
"""Where the interval comes from: the points' own standard errors, or their scatter."""

_NOTES: Final = (
    "",
    "missing_point",
    "two_points",
    "no_limits",
    "not_positive_point",
    "same_years",
    "too_few_points",
)


@dataclass(frozen=True, slots=True)
class Trend:
    """Average change per year of one series.

    Attributes:
        change: change per year on the scale of the values; in per cent where ``relative``.
        se: its standard error.
        lower: lower limit.
        upper: upper limit.
        p: two-sided p-value of no change.
        centre: year at which the line has the value ``middle``.
        middle: value on the line at ``centre``.
        points: number of points used.
        level: level of the limits.
        relative: whether ``change`` is in per cent per year.
        method: how the line was laid and where its limits come from, e.g. ``wls_delta``.
        note: key of a text that says what to beware of.
    """

    change: float | None
    se: float | None
    lower: float | None
    upper: float | None
    p: float | None
    centre: float | None
    middle: float | None
    points: int
    level: float
    relative: bool
    method: str
    note: str | None = None


@dataclass(frozen=True, eq=False)
class Trends:
    """Trends of many series: columns of shape ``(s,)``, not-a-number where unknown.

    The columns are those of :class:`Trend`; ``note`` is a position in ``notes``.
    """

    change: Floats
    se: Floats
    lower: Floats
    upper: Floats
    p: Floats
    centre: Floats
    middle: Floats
    points: NDArray[np.int64]
    level: float
    relative: bool
    method: str
    notes: tuple[str, ...]
    note: NDArray[np.int8]

    def __len__(self) -> int:
        """Number of series."""
        return len(self.change)

    def row(self, at: int) -> Trend:
        """The trend of one series."""
        note = self.notes[self.note[at]]
        return Trend(
            change=_number(self.change[at]),
            se=_number(self.se[at]),
            lower=_number(self.lower[at]),
            upper=_number(self.upper[at]),
            p=_number(self.p[at]),
            centre=_number(self.centre[at]),
            middle=_number(self.middle[at]),
            points=int(self.points[at]),
            level=self.level,
            relative=self.relative,
            method="none" if np.isnan(self.lower[at]) else self.method,
            note=NOTES + note if note else None,
        )


def trend_of_values(
    years: ArrayLike,
    estimates: ArrayLike,
    errors: ArrayLike | None = None,
    *,
    level: float = 0.95,
    relative: bool = False,
    variance: Spread = "delta",
    fit: Fit = "wls",
) -> Trends:
    r"""Average change per year of one or many series.

    $$ y_t = \alpha + \beta x_t + e_t,\quad
       \operatorname{cov}(e_t, e_u) = se_t\, se_u\, \rho_{tu} $$

    with $x_t$ the middle of period $t$ and $\rho$ the correlation of periods that share years
    (:func:`~jevn.indices.overlap_correlations`). The slope is linear in the values,
    $\hat\beta = \sum c_t y_t$ with variance $\sum c_t c_u \operatorname{cov}(e_t, e_u)$.
    ``relative``: the same on the logarithm, and the change is $100(e^{\hat\beta} - 1)$ per
    cent a year.

    Fit: ``wls`` weighs points by $1/se_t^2$ alone; overlaps enter the standard error.
    ``gls`` also uses the correlations for the line itself: least variance if they are exactly
    right, but with rolling means it rests on a few points at the ends. Without overlaps the two
    are the same. Where a point's standard error is 0 or unknown, all points weigh the same.

    Interval: ``delta``, normal, from the points' own standard errors. ``classical``: from the
    scatter of the points about the line, which has to be straight; t-distribution, with the
    degrees of freedom that overlapping periods leave (Satterthwaite). Two points have
    no scatter.

    Ties: periods with the same middle are several points of one year.

    Missing: points without value are passed over, with a note. One point has no trend.

    Source: Aitken 1936, Proc R Soc Edinb 55: 42-48 (generalised least squares); Satterthwaite
    1946, Biometrics Bull 2: 110-114 (degrees of freedom).

    Args:
        years: years, shape ``(t,)``, or first and last year of each period, shape ``(t, 2)``.
        estimates: values, shape ``(t,)`` or ``(s, t)``.
        errors: standard errors, of the shape of ``estimates``.
        level: level of the limits.
        relative: change in per cent instead of on the scale of the values.
        variance: where the interval comes from.
        fit: how the line is laid.

    Returns:
        Trends of ``s`` series; of one where ``estimates`` is a single series.

    Raises:
        ValueError: if shapes do not fit, an error is negative, or a choice does not exist.

    >>> found = trend_of_values([2010, 2012, 2014], [10.0, 9.0, 7.0], [0.5, 0.5, 0.5]).row(0)
    >>> round(found.change, 3), round(found.se, 3)
    (-0.75, 0.177)
    """
    first, last = periods(years)
    y, se = _series(estimates, errors, len(first))
    if fit not in ("wls", "gls"):
        raise ValueError(f"no fit called {fit}")
    if variance not in ("delta", "classical"):
        raise ValueError(f"no variance called {variance}")
    z = critical(level)
    given = np.isfinite(y)
    impossible = (given & (y <= 0)).any(axis=1) if relative else np.zeros(len(y), dtype=bool)
    if relative:
        with np.errstate(all="ignore"):
            y, se = np.log(np.where(y > 0, y, np.nan)), se / y
    line = SeriesLine((first + last) / 2, y, se, overlap_correlations(years), fit)
    with np.errstate(all="ignore"):
        if variance == "delta":
            squared, quantile, free = line.squared_from(se), np.full(len(y), z), None
        else:
            factor, free = line.scatter()
            squared = factor * line.squared_from(line.scale)
            from scipy.special import stdtrit

            quantile = stdtrit(free, (1 + level) / 2)
        few, same = line.points < 2, ~(line.spread > 0) | np.isnan(line.slope)
        gone = few | same | impossible
        slope = np.where(gone, np.nan, line.slope)
        error = np.where(gone, np.nan, np.sqrt(squared))
        half = quantile * error
        lower, upper, p = slope - half, slope + half, _p(slope, error, free)
        middle = np.where(gone, np.nan, line.middle)
        if relative:
            lower, upper, change = (100 * np.expm1(v) for v in (lower, upper, slope))
            error, middle = error * (100 + change), np.exp(middle)
        else:
            change = slope
    chosen = (
        ("missing_point", line.points < len(first)),
        ("two_points", line.points == 2),
        ("no_limits", np.isnan(error)),
        ("not_positive_point", impossible),
        ("same_years", same & ~impossible),
        ("too_few_points", few & ~impossible),
    )
    note = np.zeros(len(y), dtype=np.int8)
    for name, rows in chosen:
        note[rows] = _NOTES.index(name)
    return Trends(
        change=change,
        se=error,
        lower=lower,
        upper=upper,
        p=p,
        centre=np.where(gone, np.nan, line.centre),
        middle=middle,
        points=given.sum(axis=1),
        level=level,
        relative=relative,
        method=f"{fit}_{variance}",
        notes=_NOTES,
        note=note,
    )


def trend_of_index(
    years: ArrayLike,
    results: Sequence[IndexResults] | Sequence[IndexResult],
    *,
    variance: Spread = "delta",
    fit: Fit = "wls",
) -> Trends:
    """Trend of an index over years, in one place or in many.

    As :func:`trend_of_values`, at the level of the results. Ratios change in per cent per year,
    all others on the scale of the index.

    Args:
        years: years, shape ``(t,)``, or first and last year of each period, shape ``(t, 2)``.
        results: the result of each period: one each, or one of shape ``(s,)`` each.
        variance: where the interval comes from.
        fit: how the line is laid.

    Raises:
        ValueError: if the results are of different indices, levels or lengths.

    >>> from jevn.indices import GroupedData, difference
    >>> gaps = [
    ...     difference(GroupedData((76.0, top), standard_errors=(0.3, 0.4), orders=(1, 2)))
    ...     for top in (82.0, 82.4, 82.3, 82.9)
    ... ]
    >>> found = trend_of_index([(2000, 2006), (2001, 2007), (2002, 2008), (2003, 2009)], gaps)
    >>> round(found.row(0).change, 3), round(found.row(0).se, 3)
    (0.26, 0.156)
    """
    if not results:
        raise ValueError("no results")
    single = [one for one in results if isinstance(one, IndexResult)]
    many = [one for one in results if isinstance(one, IndexResults)]
    if single and many:
        raise ValueError("results of one setting and of many")
    if single:
        columns = gathered(single)
        name, level = columns.index, columns.level
        estimates, errors = columns.estimate[None, :], columns.se[None, :]
    else:
        name, level = many[0].index, many[0].level
        if {(one.index, one.level) for one in many} != {(name, level)}:
            raise ValueError("results of different indices or levels")
        if len({len(one) for one in many}) > 1:
            raise ValueError("results of different numbers of settings")
        estimates = np.column_stack([one.estimate for one in many])
        errors = np.column_stack([one.se for one in many])
    known = INDICES.get(name)
    relative = known is not None and known.sign is Sign.RATIO
    return trend_of_values(
        years, estimates, errors, level=level, relative=relative, variance=variance, fit=fit
    )


def _series(estimates: ArrayLike, errors: ArrayLike | None, points: int) -> tuple[Floats, Floats]:
    y = np.atleast_2d(np.asarray(estimates, dtype=np.float64))
    if y.ndim != 2 or y.shape[1] != points:
        raise ValueError(f"estimates: shape {y.shape} for {points} periods")
    if errors is None:
        return y, np.full(y.shape, np.nan)
    se = np.atleast_2d(np.asarray(errors, dtype=np.float64))
    if se.shape != y.shape:
        raise ValueError(f"errors: shape {se.shape}, estimates {y.shape}")
    if (se < 0).any():
        raise ValueError("errors: negative")
    return y, se


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _p(slope: Floats, error: Floats, free: Floats | None) -> Floats:
    from scipy.special import ndtr, stdtr

    size = -np.abs(slope) / error
    found = 2 * (ndtr(size) if free is None else stdtr(free, size))
    return np.where((slope == 0) & ~np.isnan(error), 1.0, found)
