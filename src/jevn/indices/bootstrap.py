"""Limits by drawing the values of groups anew from their standard errors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

import numpy as np

from jevn.indices.result import critical
from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags, GroupedSettings

_AT_ONCE = 200_000
"""Drawn settings computed together, which bounds the memory."""


def drawn_limits(
    groups: GroupedSettings,
    formula: Callable[[GroupedSettings], Floats],
    *,
    level: float,
    draws: int,
    seed: int,
) -> tuple[Floats, Floats, Floats, Flags]:
    """Standard error and percentile limits of an index by the parametric bootstrap.

    Each value is drawn from the normal distribution about it with its standard error, held
    within the bounds of its scale. Every setting uses the same standard normal draws, so its
    limits do not depend on which other settings are in the table.

    Args:
        groups: the settings.
        formula: the index of settings, shape ``(s,)``.
        level: level of the limits.
        draws: number of draws; at least 2.
        seed: where the draws begin.

    Returns:
        Standard error, lower and upper limits, and the settings whose limits are left out since
        more draws than lie outside one limit have no index; each of shape ``(s,)``.

    Raises:
        ValueError: if there are fewer than two draws.

    Source: Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 6 and 13.
    """
    critical(level)
    if draws < 2:
        raise ValueError(f"draws: {draws} give no limits")
    count, width = groups.values.shape
    # Drawn group by group, so that more groups do not change the draws of the first.
    normal = np.random.default_rng(seed).standard_normal((width, draws)).T
    found = np.full((3, count), np.nan)
    few = np.zeros(count, dtype=bool)
    usable = np.flatnonzero(groups.has_errors & (groups.groups > 0))
    tail = (1 - level) / 2
    size = max(1, _AT_ONCE // draws)
    for start in range(0, usable.size, size):
        rows = usable[start : start + size]
        indices = formula(_drawn(groups.part(rows), normal)).reshape(rows.size, draws)
        indices = np.where(np.isfinite(indices), indices, np.nan)
        bad = np.isnan(indices).mean(axis=1) > tail
        few[rows] = bad
        kept = np.where(bad[:, None], 0.0, indices)
        limits = np.nanquantile(kept, [tail, 1 - tail], axis=1)
        found[:, rows] = np.where(bad, np.nan, [np.nanstd(kept, axis=1, ddof=1), *limits])
    return found[0], found[1], found[2], few


def _drawn(part: GroupedSettings, normal: Floats) -> GroupedSettings:
    """Every setting once for each draw."""
    draws = len(normal)
    low = np.where(np.isnan(part.floors), -np.inf, part.floors)[:, None, None]
    high = np.where(np.isnan(part.ceilings), np.inf, part.ceilings)[:, None, None]
    errors = np.where(part.known, part.errors, 0.0)
    values = np.clip(part.values[:, None, :] + errors[:, None, :] * normal[None], low, high)
    repeated = {f.name: np.repeat(getattr(part, f.name), draws, axis=0) for f in fields(part)}
    return GroupedSettings(**{**repeated, "values": values.reshape(-1, values.shape[-1])})
