"""Limits by drawing persons again: the bootstrap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jevn.indices.ridits import Floats


@dataclass(frozen=True, eq=False)
class Bootstrap:
    """How persons are drawn again to find limits.

    Percentile limits (Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 13).

    Attributes:
        times: number of samples drawn.
        seed: where the draws begin; the same seed gives the same limits.
        clusters: household, school, zone … of each person, shape ``(n,)``; whole clusters are
            drawn. ``None``: persons are drawn.
        level: level of the limits.
    """

    times: int = 1000
    seed: int = 1
    clusters: ArrayLike | None = None
    level: float = 0.95

    def __post_init__(self) -> None:
        """Check the choices.

        Raises:
            ValueError: if fewer than two samples are asked for, or the level is impossible.
        """
        if self.times < 2:
            raise ValueError(f"times: {self.times} samples give no limits")
        if not 0 < self.level < 1:
            raise ValueError(f"level must lie between 0 and 1, not {self.level}")

    def counts(
        self, kept: NDArray[np.bool_], strata: NDArray[np.int64] | None = None
    ) -> Iterator[Floats]:
        """How often each kept person is in each sample, arrays of shape ``(kept.sum(),)``.

        Args:
            kept: persons that are used, shape ``(n,)``.
            strata: parts whose number of persons is held, of the kept persons; clusters are
                drawn from all strata together.

        Raises:
            ValueError: if ``clusters`` has another length than ``kept``.
        """
        rng = np.random.default_rng(self.seed)
        if self.clusters is None:
            size = int(kept.sum())
            parts = [np.arange(size)]
            if strata is not None:
                parts = [np.flatnonzero(strata == one) for one in np.unique(strata)]
            for _ in range(self.times):
                found = np.zeros(size)
                for part in parts:
                    drawn = rng.integers(0, len(part), len(part))
                    found[part] = np.bincount(drawn, minlength=len(part))
                yield found
            return
        clusters = np.asarray(self.clusters)
        if clusters.shape != kept.shape:
            raise ValueError(f"clusters: shape {clusters.shape}, persons {kept.shape}")
        names, member = np.unique(clusters[kept], return_inverse=True)
        for _ in range(self.times):
            drawn = rng.integers(0, len(names), len(names))
            yield np.bincount(drawn, minlength=len(names)).astype(float)[member.reshape(-1)]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a decomposition.

    Attributes:
        component: which kind of part, e.g. ``explained``.
        label: determinant or factor it belongs to; empty for a total.
        name: category of the determinant; empty for a number or the sum of all categories.
        estimate: the part, on the scale of what is divided; ``None`` where not defined.
        percent: the part in per cent of what is divided; ``None`` where that is 0.
        se: standard error; ``None`` without limits.
        lower: lower limit.
        upper: upper limit.
        percent_lower: lower limit of ``percent``.
        percent_upper: upper limit of ``percent``.
    """

    component: str
    label: str
    name: str
    estimate: float | None
    percent: float | None
    se: float | None = None
    lower: float | None = None
    upper: float | None = None
    percent_lower: float | None = None
    percent_upper: float | None = None


Key = tuple[str, str, str]
"""Component, label and name of a part."""


def parts_of(
    keys: list[Key], found: Floats, draws: Floats | None = None, level: float = 0.95
) -> tuple[Part, ...]:
    """Parts with percentages of the first of them, and limits from samples.

    Args:
        keys: what the parts are; the first is the whole.
        found: the parts, shape ``(m,)``.
        draws: the same from each sample, shape ``(times, m)``.
        level: level of the limits.
    """
    percents = _percents(found[None, :])[0]
    plain = [_number(v) for v in percents]
    if draws is None:
        return tuple(
            Part(*key, _number(v), pc) for key, v, pc in zip(keys, found, plain, strict=True)
        )
    tails = [(1 - level) / 2, (1 + level) / 2]
    se = draws.std(axis=0, ddof=1)
    lower, upper = np.quantile(draws, tails, axis=0)
    shares = _percents(draws)
    from_, to = np.quantile(shares, tails, axis=0)
    return tuple(
        Part(
            *key,
            _number(found[at]),
            plain[at],
            float(se[at]),
            float(lower[at]),
            float(upper[at]),
            None if plain[at] is None else _number(from_[at]),
            None if plain[at] is None else _number(to[at]),
        )
        for at, key in enumerate(keys)
    )


def part_of(parts: tuple[Part, ...], component: str, label: str = "", name: str = "") -> Part:
    """The part with these names.

    Raises:
        KeyError: if there is none.
    """
    for part in parts:
        if (part.component, part.label, part.name) == (component, label, name):
            return part
    raise KeyError((component, label, name))


def _percents(rows: Floats) -> Floats:
    # What remains of a whole that cancels is rounding, not a whole.
    whole = rows[:, :1]
    nothing = np.abs(whole) <= 1e-13 * np.abs(rows).max(axis=1, keepdims=True)
    with np.errstate(all="ignore"):
        return np.asarray(np.where(nothing, np.nan, 100 * rows / whole))


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
