"""Importance: how much an area's or an indicator's signs count, decided openly by somebody."""

from __future__ import annotations

from collections.abc import Sequence

from jevn.challenges.overview_results import ImportanceLine
from jevn.challenges.signs import SignKind
from jevn.terms import EffortArea


def kind_weight(lines: Sequence[ImportanceLine], area: EffortArea, kind: SignKind) -> float:
    """How much a kind of sign counts in an area: product of the lines that hold there."""
    weight = 1.0
    for line in lines:
        if line.indicator is None and line.area in (None, area) and line.sign in (None, kind):
            weight *= line.weight
    return weight


def indicator_weight(
    lines: Sequence[ImportanceLine], area: EffortArea, kind: SignKind, indicator: str
) -> float:
    """How much an indicator counts among those of its area, for a kind of sign."""
    weight = 1.0
    for line in lines:
        if line.indicator == indicator and line.area in (None, area) and line.sign in (None, kind):
            weight *= line.weight
    return weight
