"""The result that every index gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import NormalDist

from jevn.indices.grouped import GroupedData
from jevn.terms import Polarity, Scale

RATIOS = frozenset({"r", "rii_linear"})
"""Indices that compare by division: no inequality is 1, not 0."""


@dataclass(frozen=True, slots=True)
class IndexResult:
    """One index of one setting. Estimate, standard error and limits are on the same scale.

    Attributes:
        index: name of the index.
        estimate: the index; ``None`` if it is not defined here (``note`` says why).
        se: standard error.
        lower: lower limit.
        upper: upper limit.
        level: level of the interval, e.g. 0.95.
        method: how the interval was made; ``none`` without interval.
        weights: ``population`` or ``equal``.
        scale: scale of the values.
        reference: position (from 0) of the reference group.
        polarity: whether high values are good or bad.
        groups: number of groups used.
        note: key of a text that says what to beware of.
    """

    index: str
    estimate: float | None
    se: float | None
    lower: float | None
    upper: float | None
    level: float
    method: str
    weights: str
    scale: Scale | None
    reference: int | None
    polarity: Polarity | None
    groups: int
    note: str | None = None


def critical(level: float) -> float:
    """Two-sided normal quantile of a level: 1.96 for 0.95.

    Raises:
        ValueError: if the level does not lie between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level}")
    return NormalDist().inv_cdf((1 + level) / 2)


def make_result(
    index: str,
    data: GroupedData,
    level: float,
    estimate: float | None,
    se: float | None = None,
    limits: tuple[float, float] | None = None,
    *,
    method: str = "delta",
    note: str | None = None,
) -> IndexResult:
    """A result with the facts of the data filled in; normal limits unless others are given."""
    if estimate is not None and se is not None and limits is None:
        half = critical(level) * se
        limits = (estimate - half, estimate + half)
    if note is None and not all(data.known):
        note = "indices.note.missing_group"
    if note is None and data.weighting == "equal":
        note = "indices.note.equal_weights"
    return IndexResult(
        index=index,
        estimate=None if estimate is None else float(estimate),
        se=None if se is None else float(se),
        lower=None if limits is None else float(limits[0]),
        upper=None if limits is None else float(limits[1]),
        level=level,
        method=method if limits is not None else "none",
        weights=data.weighting,
        scale=data.scale,
        reference=data.reference,
        polarity=data.polarity,
        groups=int(data.known.sum()),
        note=note,
    )


def undefined(index: str, data: GroupedData, level: float, note: str) -> IndexResult:
    """A result without estimate, with the reason."""
    return make_result(index, data, level, None, note=f"indices.note.{note}")


def burden_positive(result: IndexResult) -> IndexResult:
    """The same index turned so that a greater value is a heavier burden of the low positions.

    For indices of ordered groups (``d``, ``r``, SII, RII, concentration indices): where high
    values are good, low positions are worse off when the native sign is positive already; where
    high values are bad, differences change sign and ratios are inverted.

    Raises:
        ValueError: if the polarity is not known.
    """
    if result.polarity is None:
        raise ValueError("polarity is not known")
    if result.polarity is Polarity.FAVOURABLE or result.estimate is None:
        return result
    if result.index in RATIOS:
        if result.estimate <= 0:
            return replace(result, estimate=None, se=None, lower=None, upper=None)
        return replace(
            result,
            estimate=1 / result.estimate,
            se=None if result.se is None else result.se / result.estimate**2,
            lower=None if not result.upper else 1 / result.upper,
            upper=None if not result.lower else 1 / result.lower,
        )
    return replace(
        result,
        estimate=-result.estimate,
        lower=None if result.upper is None else -result.upper,
        upper=None if result.lower is None else -result.lower,
    )
