"""The result that every index gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags
from jevn.terms import Polarity, Scale

NOTES: Final = "indices.note."
"""What the keys of notes begin with."""


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
        ordered: whether the groups have a social order.
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
    ordered: bool = True


@dataclass(frozen=True, eq=False)
class IndexResults:
    """One index of many settings: the columns of the tidy table, each of shape ``(s,)``.

    Attributes:
        index: name of the index.
        estimate: the index; not-a-number where it is not defined (its note says why).
        se: standard error; not-a-number where unknown.
        lower: lower limit.
        upper: upper limit.
        level: level of the intervals.
        methods: the methods that occur; the first is ``none``.
        method: position of each setting's method in ``methods``.
        weighted: whether the groups weigh by persons; else they weigh the same.
        groups: number of groups used.
        notes: the notes that occur, without their common beginning; the first is empty.
        note: position of each setting's note in ``notes``.
        ordered: whether the groups have a social order.
    """

    index: str
    estimate: Floats
    se: Floats
    lower: Floats
    upper: Floats
    level: float
    methods: tuple[str, ...]
    method: NDArray[np.int8]
    weighted: Flags
    groups: NDArray[np.int64]
    notes: tuple[str, ...]
    note: NDArray[np.int8]
    ordered: Flags

    def __len__(self) -> int:
        """Number of settings."""
        return len(self.estimate)

    def row(
        self,
        at: int,
        *,
        scale: Scale | None = None,
        reference: int | None = None,
        polarity: Polarity | None = None,
    ) -> IndexResult:
        """The result of one setting, with facts of its data that the columns do not hold."""
        note = self.notes[self.note[at]]
        return IndexResult(
            index=self.index,
            estimate=_number(self.estimate[at]),
            se=_number(self.se[at]),
            lower=_number(self.lower[at]),
            upper=_number(self.upper[at]),
            level=self.level,
            method=self.methods[self.method[at]],
            weights="population" if self.weighted[at] else "equal",
            scale=scale,
            reference=reference,
            polarity=polarity,
            groups=int(self.groups[at]),
            note=NOTES + note if note else None,
            ordered=bool(self.ordered[at]),
        )


def critical(level: float) -> float:
    """Two-sided normal quantile of a level: 1.96 for 0.95.

    Raises:
        ValueError: if the level does not lie between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level}")
    return NormalDist().inv_cdf((1 + level) / 2)


def inverted(result: IndexResult) -> IndexResult:
    """A ratio the other way round; without estimate where it is not positive."""
    if result.estimate is None or result.estimate <= 0:
        return replace(result, estimate=None, se=None, lower=None, upper=None, method="none")
    return replace(
        result,
        estimate=1 / result.estimate,
        se=None if result.se is None else result.se / result.estimate**2,
        lower=None if not result.upper else 1 / result.upper,
        upper=None if not result.lower else 1 / result.lower,
    )


def negated(result: IndexResult) -> IndexResult:
    """An index with the other sign."""
    return replace(
        result,
        estimate=None if result.estimate is None else -result.estimate,
        lower=None if result.upper is None else -result.upper,
        upper=None if result.lower is None else -result.lower,
    )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
