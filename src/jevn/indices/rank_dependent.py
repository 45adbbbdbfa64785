"""Concentration indices of grouped data: how health concentrates along the social ladder."""

from __future__ import annotations

from jevn.indices.index import Estimates, Family, Sign, Unit, index
from jevn.indices.settings import GroupedSettings, divided


@index("aci", Family.RANK, sign=Sign.DIFFERENCE, unit=Unit.VALUE, ordered=True)
def absolute_concentration_index(groups: GroupedSettings, *, level: float = 0.95) -> Estimates:
    """Absolute (generalised) concentration index."""
    weights = 2 * groups.shares * (groups.ranks_of_known - 0.5)
    return Estimates((weights * groups.filled).sum(axis=1), groups.propagated(weights))


@index("rci", Family.RANK, sign=Sign.DIFFERENCE, unit=Unit.NONE, ordered=True)
def relative_concentration_index(groups: GroupedSettings, *, level: float = 0.95) -> Estimates:
    """Relative concentration index."""
    weights = 2 * groups.shares * (groups.ranks_of_known - 0.5)
    estimate = divided((weights * groups.filled).sum(axis=1), groups.means)
    gradient = divided(weights - estimate[:, None] * groups.shares, groups.means[:, None])
    return Estimates(
        estimate, groups.propagated(gradient), notes=[(groups.means == 0, "zero_mean")]
    )
