"""Differences of an index between places, groups or years, tested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jevn.indices.gathered import gathered, part
from jevn.indices.index import INDICES, Sign
from jevn.indices.result import NOTES, IndexResult, IndexResults, critical
from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags

Adjustment = Literal["none", "holm"]
"""How p-values answer for having looked several times."""

_NOTES: Final = ("", "baseline", "not_comparable", "not_defined", "no_limits", "open_limit")


@dataclass(frozen=True, slots=True)
class IndexDifference:
    """How much an index differs between two settings.

    Attributes:
        index: name of the index.
        estimate: the one minus the other; for ratios the one over the other. ``None`` where one
            of them is not defined.
        se: standard error of ``estimate``.
        lower: lower limit.
        upper: upper limit.
        p: two-sided p-value of no difference, in agreement with the limits.
        p_adjusted: the p-value adjusted for several comparisons; ``p`` where there is no
            adjustment.
        level: level of the limits.
        relative: whether ``estimate`` is a ratio, with 1 for no difference.
        method: ``mover``, ``mover_log`` (ratios), or ``none`` without limits.
        note: key of a text that says what to beware of.
    """

    index: str
    estimate: float | None
    se: float | None
    lower: float | None
    upper: float | None
    p: float | None
    p_adjusted: float | None
    level: float
    relative: bool
    method: str
    note: str | None = None


@dataclass(frozen=True, eq=False)
class IndexDifferences:
    """Many differences of one index: columns of shape ``(s,)``, not-a-number where unknown.

    Attributes:
        index: name of the index.
        estimate: differences, or ratios of ratios.
        se: standard errors.
        lower: lower limits.
        upper: upper limits.
        p: two-sided p-values of no difference.
        p_adjusted: the same, adjusted for several comparisons.
        level: level of the limits.
        relative: whether the estimates are ratios, with 1 for no difference.
        method: how limits are made where there are any.
        adjustment: how ``p_adjusted`` is adjusted.
        notes: the notes that may occur, without their common beginning; the first is empty.
        note: position of each difference's note in ``notes``.
    """

    index: str
    estimate: Floats
    se: Floats
    lower: Floats
    upper: Floats
    p: Floats
    p_adjusted: Floats
    level: float
    relative: bool
    method: str
    adjustment: str
    notes: tuple[str, ...]
    note: NDArray[np.int8]

    def __len__(self) -> int:
        """Number of differences."""
        return len(self.estimate)

    def row(self, at: int) -> IndexDifference:
        """One of the differences."""
        note = self.notes[self.note[at]]
        none = np.isnan(self.lower[at]) and np.isnan(self.upper[at])
        return IndexDifference(
            index=self.index,
            estimate=_number(self.estimate[at]),
            se=_number(self.se[at]),
            lower=_number(self.lower[at]),
            upper=_number(self.upper[at]),
            p=_number(self.p[at]),
            p_adjusted=_number(self.p_adjusted[at]),
            level=self.level,
            relative=self.relative,
            method="none" if none else self.method,
            note=NOTES + note if note else None,
        )


@overload
def difference_of_indices(
    one: IndexResult, other: IndexResult, *, correlation: float = 0.0
) -> IndexDifference: ...


@overload
def difference_of_indices(
    one: IndexResults, other: IndexResults, *, correlation: ArrayLike = 0.0
) -> IndexDifferences: ...


def difference_of_indices(
    one: IndexResult | IndexResults,
    other: IndexResult | IndexResults,
    *,
    correlation: ArrayLike = 0.0,
) -> IndexDifference | IndexDifferences:
    r"""Difference of an index between two places, groups or years, with limits and p-value.

    $$ D = a - b,\quad \operatorname{se}(D) = \sqrt{se_a^2 + se_b^2 - 2\rho\,se_a se_b} $$

    and limits from the limits of the two, so that uneven ones stay uneven (MOVER):
    $L = D - \sqrt{(a-l_a)^2 + (u_b-b)^2 - 2\rho(a-l_a)(u_b-b)}$,
    $U = D + \sqrt{(u_a-a)^2 + (b-l_b)^2 - 2\rho(u_a-a)(b-l_b)}$. Where a result has a standard
    error and no limits, normal ones stand in; limits that leave out their own estimate (those
    with a bias removed) are moved to it. Ratios (``r``, relative indices) are compared on the
    logarithm, and the result is the ratio of the ratios. The p-value uses the half-width on the
    side of no difference, so that it falls below ``1 - level`` exactly when the limits leave out
    no difference.

    Source: Zou & Donner 2008, Stat Med 27: 1693-1702; Zou 2007, Psychol Methods 12: 399-413
    (correlated estimates); Altman & Bland 2003, BMJ 326: 219 (ratio of ratios).

    Args:
        one: results of shape ``(s,)``, or one result.
        other: what to compare with, of the same kind and length.
        correlation: of the two estimates, e.g. the share of persons or years they have in
            common (:func:`~jevn.indices.overlap_correlations`); 0 when independent. A number,
            or one for each pair.

    Raises:
        ValueError: if the two are of different indices, scales, polarities, levels or lengths,
            or a correlation lies outside -1 to 1.

    >>> from jevn.indices import GroupedData, difference
    >>> now = GroupedData((30.0, 12.0), standard_errors=(1.5, 1.0), orders=(1, 2))
    >>> then = GroupedData((31.0, 19.0), standard_errors=(1.2, 0.9), orders=(1, 2))
    >>> change = difference_of_indices(difference(now), difference(then))
    >>> change.estimate, round(change.lower, 2), round(change.upper, 2), round(change.p, 4)
    (-6.0, -10.6, -1.4, 0.0105)
    """
    if isinstance(one, IndexResult) and isinstance(other, IndexResult):
        both = gathered([one, other])
        return _compared(part(both, [0]), part(both, [1]), correlation).row(0)
    if isinstance(one, IndexResults) and isinstance(other, IndexResults):
        return _compared(one, other, correlation)
    raise ValueError("one result and many results cannot be compared")


def differences_from(
    results: IndexResults | Sequence[IndexResult],
    baseline: int,
    *,
    correlation: ArrayLike = 0.0,
    adjust: Adjustment = "none",
) -> IndexDifferences:
    """Difference of every setting from one of them, e.g. of all years from the first.

    Each as by :func:`difference_of_indices`; the baseline itself has no estimate, with a note.

    Args:
        results: results of one index in ``s`` settings.
        baseline: position (from 0) of the setting that the others are compared with.
        correlation: of each setting's estimate with the baseline's; a number, or shape ``(s,)``.
        adjust: ``holm`` adjusts the p-values for the ``s - 1`` comparisons.

    Raises:
        ValueError: as :func:`difference_of_indices`, or if there is no such baseline.

    >>> from jevn.indices import GroupedData, difference
    >>> years = [
    ...     difference(GroupedData((30.0, top), standard_errors=(1.5, 1.0), orders=(1, 2)))
    ...     for top in (20.0, 16.0, 12.0)
    ... ]
    >>> changes = differences_from(years, 0, adjust="holm")
    >>> [round(float(p), 4) for p in changes.p_adjusted[1:]]
    [0.1167, 0.0034]
    """
    many = results if isinstance(results, IndexResults) else gathered(results)
    if not 0 <= baseline < len(many):
        raise ValueError(f"no result {baseline} among {len(many)}")
    found = _compared(many, part(many, np.full(len(many), baseline)), correlation)
    gone = np.arange(len(many)) == baseline
    others = replace(
        found,
        estimate=np.where(gone, np.nan, found.estimate),
        se=np.where(gone, np.nan, found.se),
        lower=np.where(gone, np.nan, found.lower),
        upper=np.where(gone, np.nan, found.upper),
        p=np.where(gone, np.nan, found.p),
        note=np.where(gone, _NOTES.index("baseline"), found.note).astype(np.int8),
    )
    return _adjusted(others, adjust)


def all_pairs(
    results: IndexResults | Sequence[IndexResult],
    *,
    correlation: float = 0.0,
    adjust: Adjustment = "none",
) -> tuple[NDArray[np.int64], IndexDifferences]:
    """Differences of all settings from one another: the later in each pair minus the earlier.

    Args:
        results: results of one index in ``s`` settings.
        correlation: of any two estimates.
        adjust: ``holm`` adjusts the p-values for the ``s (s - 1) / 2`` comparisons.

    Returns:
        Positions of the later and the earlier of each pair, shape ``(pairs, 2)``, and the
        differences.

    Raises:
        ValueError: as :func:`difference_of_indices`.

    >>> from jevn.indices import GroupedData, difference
    >>> years = [difference(GroupedData((30.0, y), orders=(1, 2))) for y in (20.0, 16.0, 12.0)]
    >>> pairs, differences = all_pairs(years)
    >>> pairs.tolist(), differences.estimate.tolist()
    ([[1, 0], [2, 0], [2, 1]], [-4.0, -8.0, -4.0])
    """
    many = results if isinstance(results, IndexResults) else gathered(results)
    later, earlier = np.tril_indices(len(many), -1)
    found = _compared(part(many, later), part(many, earlier), correlation)
    return np.column_stack([later, earlier]), _adjusted(found, adjust)


def holm(p: Floats) -> Floats:
    """P-values adjusted for several tests, so that the chance of any false one is held.

    Step-down: the i-th smallest of m is multiplied by ``m - i + 1``; none becomes smaller than
    one before it, nor greater than 1. Holds whatever the dependence of the tests.

    Source: Holm 1979, Scand J Stat 6: 65-70.

    Args:
        p: p-values, shape ``(..., m)``, a family along the last axis; not-a-number ones are no
            tests and stay.

    >>> holm(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.06, 0.06]
    """
    order = np.argsort(p, axis=-1, kind="stable")
    found = np.take_along_axis(p, order, axis=-1)
    tests = np.isfinite(p).sum(axis=-1, keepdims=True)
    steps = found * np.maximum(tests - np.arange(p.shape[-1]), 1)
    steps = np.minimum(np.maximum.accumulate(steps, axis=-1), 1.0)
    adjusted = np.empty_like(steps)
    np.put_along_axis(adjusted, order, steps, axis=-1)
    return adjusted


def _compared(one: IndexResults, other: IndexResults, correlation: ArrayLike) -> IndexDifferences:
    if one.index != other.index:
        raise ValueError(f"different indices: {one.index} and {other.index}")
    if one.level != other.level:
        raise ValueError(f"different levels: {one.level} and {other.level}")
    if len(one) != len(other):
        raise ValueError(f"{len(one)} results and {len(other)}")
    rho = np.broadcast_to(np.asarray(correlation, dtype=np.float64), (len(one),))
    if not (np.abs(rho) <= 1).all():
        raise ValueError("correlation must lie between -1 and 1")
    known = INDICES.get(one.index)
    relative = known is not None and known.sign is Sign.RATIO
    z = critical(one.level)
    with np.errstate(all="ignore"):
        a, la, ua, sa = _lines(one, z, relative)
        b, lb, ub, sb = _lines(other, z, relative)
        alike = one.ordered == other.ordered
        d = np.where(alike & np.isfinite(a - b), a - b, np.nan)
        down, up = _root(a - la, ub - b, rho), _root(ua - a, b - lb, rho)
        down, up = (np.where(np.isnan(d), np.nan, side) for side in (down, up))
        se = np.where(np.isnan(d), np.nan, _root(sa, sb, rho))
        p = _two_sided(d, np.where(d > 0, down, up) / z)
        lower, upper, estimate = d - down, d + up, d
        if relative:
            lower, upper, estimate, se = np.exp(lower), np.exp(upper), np.exp(d), np.exp(d) * se
    open_limit = np.isinf(lower) | np.isinf(upper)
    chosen: tuple[tuple[str, Flags], ...] = (
        ("open_limit", open_limit),
        ("no_limits", np.isnan(down)),
        ("not_defined", np.isnan(d)),
        ("not_comparable", ~alike),
    )
    note = np.zeros(len(one), dtype=np.int8)
    for name, rows in chosen:
        note[rows] = _NOTES.index(name)
    return IndexDifferences(
        index=one.index,
        estimate=estimate,
        se=se,
        lower=np.where(np.isinf(lower), np.nan, lower),
        upper=np.where(np.isinf(upper), np.nan, upper),
        p=p,
        p_adjusted=p,
        level=one.level,
        relative=relative,
        method="mover_log" if relative else "mover",
        adjustment="none",
        notes=_NOTES,
        note=note,
    )


def _lines(results: IndexResults, z: float, relative: bool) -> tuple[Floats, ...]:
    """Estimate, limits and standard error on the line where they are compared."""
    e, se = results.estimate, results.se
    if not relative:
        lower, upper = (
            np.where(np.isnan(limit), e + sign * z * se, limit)
            for limit, sign in ((results.lower, -1), (results.upper, 1))
        )
        return e, *_around(e, lower, upper), se
    e, se = np.log(np.where(e > 0, e, np.nan)), se / e
    lower, upper = (
        np.where(np.isnan(limit), e + sign * z * se, np.log(np.maximum(limit, 0.0)))
        for limit, sign in ((results.lower, -1), (results.upper, 1))
    )
    return e, *_around(e, lower, upper), se


def _around(e: Floats, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
    """Limits that hold the estimate; those made with a bias removed may leave it out."""
    out, half = (e < lower) | (e > upper), (upper - lower) / 2
    return np.where(out, e - half, lower), np.where(out, e + half, upper)


def _root(x: Floats, y: Floats, rho: Floats) -> Floats:
    """Length of the sum of two errors with a correlation; no cross term where there is none."""
    cross = np.where(rho == 0, 0.0, 2 * rho * x * y)
    return np.sqrt(np.maximum(x**2 + y**2 - cross, 0.0))


def _two_sided(d: Floats, se: Floats) -> Floats:
    """P-value of 0; 1 for no difference at all, also where the error is 0."""
    from scipy.special import ndtr

    return np.asarray(np.where(d == 0, np.where(np.isnan(se), np.nan, 1.0), 2 * ndtr(-abs(d) / se)))


def _adjusted(found: IndexDifferences, adjust: Adjustment) -> IndexDifferences:
    if adjust == "none":
        return replace(found, p_adjusted=found.p)
    if adjust != "holm":
        raise ValueError(f"no adjustment called {adjust}")
    return replace(found, p_adjusted=holm(found.p), adjustment=adjust)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
