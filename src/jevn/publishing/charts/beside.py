"""Names beside points: towards the middle, above their limits, and apart from each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jevn.publishing.charts import parts, style

Span = tuple[float, float]
_GAP = 12


def beside(
    rows: Sequence[Mapping[str, Any]],
    x: parts.Spec,
    y: parts.Spec,
    spans: tuple[Span, Span],
    height: float,
) -> list[parts.Spec]:
    """A label layer for each point.

    Args:
        rows: points with ``x``, ``y`` and ``title``.
        x: encoding of the horizontal place.
        y: encoding of the vertical place.
        spans: domain of both axes.
        height: height of the chart in pixels.
    """
    (low, high), across = spans
    layers = []
    shifts = _apart([float(r["y"]) for r in rows], across, height)
    for row, dy in zip(rows, shifts, strict=True):
        right = float(row["x"]) < low + 0.5 * (high - low)
        layers.append(
            parts.labels(
                [row],
                x,
                y,
                text="title",
                size=style.SMALL,
                weight=600,
                align="left" if right else "right",
                dx=_GAP if right else -_GAP,
                dy=dy,
            )
        )
    return layers


def _apart(values: Sequence[float], domain: Span, height: float) -> list[float]:
    """How far to shift labels up (negative) so that they stand above their limits and apart."""
    low, high = domain
    shifts = [0.0] * len(values)
    last = -1e9
    for i in sorted(range(len(values)), key=values.__getitem__):
        at = (values[i] - low) / (high - low) * height + 11
        at = max(at, last + 17)
        shifts[i] = (values[i] - low) / (high - low) * height - at
        last = at
    return shifts
