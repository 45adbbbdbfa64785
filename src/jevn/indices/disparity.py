"""Index of disparity: how far groups without order lie from the whole."""

from __future__ import annotations

import numpy as np

from jevn.indices.index import Estimates, Family, Sign, Unit, index
from jevn.indices.result import critical
from jevn.indices.ridits import Floats
from jevn.indices.settings import GroupedSettings


@index("idisw", Family.DISPROPORTIONALITY, sign=Sign.SIZE, unit=Unit.PERCENT)
def index_of_disparity(
    groups: GroupedSettings, *, level: float = 0.95, about: float | None = None
) -> Estimates:
    """Index of disparity, groups weighted with persons."""
    return _disparity(groups, groups.shares, about, level)


@index("idisu", Family.DISPROPORTIONALITY, sign=Sign.SIZE, unit=Unit.PERCENT)
def index_of_disparity_unweighted(
    groups: GroupedSettings, *, level: float = 0.95, about: float | None = None
) -> Estimates:
    """Index of disparity, groups counting the same."""
    part = groups.known / np.maximum(groups.groups, 1)[:, None]
    return _disparity(groups, part, about, level)


def _disparity(
    groups: GroupedSettings, part: Floats, about: float | None, level: float
) -> Estimates:
    mean = groups.means if about is None else np.full(len(groups), about)
    side = np.where(groups.known, np.sign(groups.filled - mean[:, None]), 0.0)
    total = (part * side * (groups.filled - mean[:, None])).sum(axis=1)
    estimate = np.where(mean > 0, 100 * total / mean, np.nan)
    moved = groups.shares if about is None else np.zeros_like(groups.shares)
    slope = part * side - moved * (part * side).sum(axis=1, keepdims=True)
    gradient = 100 * (slope / mean[:, None] - total[:, None] * moved / mean[:, None] ** 2)
    se = groups.propagated(gradient)
    half = critical(level) * se
    return Estimates(
        estimate,
        se,
        np.maximum(estimate - half, 0.0),
        estimate + half,
        notes=[(~(mean > 0), "zero_mean")],
    )
