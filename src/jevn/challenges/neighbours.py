"""Which zones share a border, from their polygons."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Any, Final

_DECIMALS: Final = 4
"""Corners are the same when they agree to about ten metres."""

_LEAST_CORNERS: Final = 2
"""A border has a length: at least two corners in common."""


def neighbours(geojson: str | None) -> tuple[tuple[str, str], ...]:
    """Pairs of zones that have at least two corners of their polygons in common.

    Polygons that were simplified each by itself may have none in common; then nothing is said
    of neighbours.

    Args:
        geojson: a FeatureCollection whose features have the property ``place``.

    Returns:
        Pairs of place ids, each once, sorted.
    """
    if not geojson:
        return ()
    at: dict[tuple[float, float], set[str]] = defaultdict(set)
    for feature in json.loads(geojson).get("features", []):
        place = str(feature.get("properties", {}).get("place", ""))
        for x, y, *_ in _corners(feature.get("geometry") or {}):
            at[round(x, _DECIMALS), round(y, _DECIMALS)].add(place)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for places in at.values():
        for a, b in combinations(sorted(places), 2):
            shared[a, b] += 1
    return tuple(sorted(pair for pair, n in shared.items() if n >= _LEAST_CORNERS))


def _corners(geometry: dict[str, Any]) -> Iterator[list[float]]:
    kind, coordinates = geometry.get("type"), geometry.get("coordinates", [])
    polygons = [coordinates] if kind == "Polygon" else coordinates if kind == "MultiPolygon" else []
    for polygon in polygons:
        for ring in polygon:
            yield from ring
