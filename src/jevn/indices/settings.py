"""Many settings at once: the groups of each as one row of arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from jevn.indices.ridits import Floats, ridits
from jevn.terms import Polarity

if TYPE_CHECKING:
    from jevn.indices.grouped import GroupedData

Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class GroupedSettings:
    """Grouped data of ``s`` settings with ``k`` groups each; what all formulas work on.

    A setting is one indicator, place, period and social dimension. Unknown is not-a-number
    everywhere; nothing is guessed. Arrays are never changed.

    Attributes:
        values: value of each group on the setting's scale, shape ``(s, k)``.
        populations: persons in each group, shape ``(s, k)``. All unknown in a setting: its
            groups weigh the same. Unknown for some: those groups are left out.
        errors: standard error of each value, shape ``(s, k)``.
        orders: social position of each group, 1 lowest, shape ``(s, k)``; equal positions are
            ties; all unknown in a setting: its groups have no order.
        samples: persons behind each value (respondents), shape ``(s, k)``.
        units: what the value of all would be if all were cases: 1 for proportions, 100 for per
            cent, N for rates per N; unknown for means. Shape ``(s,)``.
        floors: least possible value, shape ``(s,)``.
        ceilings: greatest possible value, shape ``(s,)``.
        polarities: 1 where high values are good, -1 where bad, 0 unknown, shape ``(s,)``.
        references: column of the reference group, -1 without, shape ``(s,)``.
    """

    values: Floats
    populations: Floats
    errors: Floats
    orders: Floats
    samples: Floats
    units: Floats
    floors: Floats
    ceilings: Floats
    polarities: NDArray[np.int8]
    references: NDArray[np.int64]

    def __len__(self) -> int:
        """Number of settings."""
        return len(self.values)

    @cached_property
    def weighted(self) -> Flags:
        """Settings whose groups weigh by persons, shape ``(s,)``; the others weigh the same."""
        found: Flags = np.nansum(self.populations, axis=1) > 0
        return found

    @cached_property
    def sizes(self) -> Floats:
        """Weight of every group, also those without value, shape ``(s, k)``; 0 where unknown."""
        persons = np.nan_to_num(self.populations, nan=0.0)
        return np.where(self.weighted[:, None], persons, 1.0)

    @cached_property
    def known(self) -> Flags:
        """Groups that have a value and a weight, shape ``(s, k)``."""
        found: Flags = np.isfinite(self.values) & (self.sizes > 0)
        return found

    @cached_property
    def groups(self) -> NDArray[np.int64]:
        """Number of known groups, shape ``(s,)``."""
        found: NDArray[np.int64] = self.known.sum(axis=1, dtype=np.int64)
        return found

    @cached_property
    def shares(self) -> Floats:
        """Share of each known group in all known ones, shape ``(s, k)``; others 0."""
        weights = np.where(self.known, self.sizes, 0.0)
        return divided(weights, weights.sum(axis=1, keepdims=True))

    @cached_property
    def filled(self) -> Floats:
        """Values with 0 where unknown, for sums, shape ``(s, k)``."""
        return np.where(self.known, self.values, 0.0)

    @cached_property
    def means(self) -> Floats:
        """Mean value of the population, shape ``(s,)``."""
        found: Floats = (self.shares * self.filled).sum(axis=1)
        return np.where(self.groups > 0, found, np.nan)

    @cached_property
    def ordered(self) -> Flags:
        """Settings where every known group has a social position, shape ``(s,)``."""
        has = ~np.isnan(self.orders)
        return np.asarray(has.any(axis=1) & (has | ~self.known).all(axis=1), dtype=bool)

    @cached_property
    def ranks(self) -> Floats:
        """Rank of each group on the whole ladder, also of groups without value, ``(s, k)``.

        0 where it is unknown.
        """
        placed = np.where(np.isnan(self.orders), 0.0, self.sizes)
        return np.nan_to_num(ridits(placed, self.orders), nan=0.0)

    @cached_property
    def ranks_of_known(self) -> Floats:
        """Rank of each group among those with value, shape ``(s, k)``; 0 where unknown."""
        return np.nan_to_num(ridits(self.shares, self.orders), nan=0.0)

    @cached_property
    def has_errors(self) -> Flags:
        """Settings where every known group has a standard error, shape ``(s,)``."""
        return np.asarray((np.isfinite(self.errors) | ~self.known).all(axis=1), dtype=bool)

    @cached_property
    def variances(self) -> Floats:
        """Squared standard errors with 0 where unknown, shape ``(s, k)``."""
        return np.where(self.known & np.isfinite(self.errors), self.errors, 0.0) ** 2

    def propagated(self, gradient: Floats) -> Floats:
        """Standard error of an index by the delta method, shape ``(s,)``.

        ``sqrt(sum g_i^2 se_i^2)`` for independent groups.

        Args:
            gradient: derivative of the index by each group's value, shape ``(s, k)``; what
                stands at unknown groups is ignored.

        Returns:
            Not-a-number in settings where a known group has no standard error.
        """
        squares = np.where(self.known, gradient, 0.0) ** 2
        return np.where(self.has_errors, np.sqrt((squares * self.variances).sum(axis=1)), np.nan)

    def part(self, rows: NDArray[np.int64] | Flags) -> GroupedSettings:
        """Some of the settings, in the order given."""
        return GroupedSettings(*(getattr(self, f.name)[rows] for f in fields(self)))


def divided(above: Floats, below: Floats) -> Floats:
    """Quotient that is not-a-number, without a warning, where the divisor is 0."""
    with np.errstate(invalid="ignore", divide="ignore"):
        quotient: Floats = np.where(below == 0, np.nan, above / below)
    return quotient


def stacked(settings: Sequence[GroupedData]) -> GroupedSettings:
    """Single settings with the same number of groups as one batch.

    Raises:
        ValueError: if there is none, or their numbers of groups differ.
    """
    if not settings:
        raise ValueError("no settings")
    if len({len(one.estimates) for one in settings}) > 1:
        raise ValueError("settings of different numbers of groups cannot be stacked")
    infos = [None if one.scale is None else one.scale.info for one in settings]
    bounds = [one.limits for one in settings]
    signs = {Polarity.FAVOURABLE: 1, Polarity.ADVERSE: -1, None: 0}
    return GroupedSettings(
        values=_rows([one.estimates for one in settings]),
        populations=_rows([one.populations or _none(one) for one in settings]),
        errors=_rows([one.standard_errors or _none(one) for one in settings]),
        orders=_rows([one.orders or _none(one) for one in settings]),
        samples=_rows([one.samples or _none(one) for one in settings]),
        units=_row([None if info is None else info.factor for info in infos]),
        floors=_row([low for low, _ in bounds]),
        ceilings=_row([high for _, high in bounds]),
        polarities=np.array([signs[one.polarity] for one in settings], dtype=np.int8),
        references=np.array(
            [-1 if one.reference is None else one.reference for one in settings], dtype=np.int64
        ),
    )


def _none(one: GroupedData) -> tuple[None, ...]:
    return (None,) * len(one.estimates)


def _row(values: Sequence[float | None]) -> Floats:
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64)


def _rows(values: Sequence[Sequence[float | None]]) -> Floats:
    return np.array([_row(row) for row in values])
