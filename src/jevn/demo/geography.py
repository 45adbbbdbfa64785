"""Ten zone polygons for Elvebyen, tiling a made-up municipality on both sides of a river.

The zones are the cells nearest to ten seeds (Voronoi), clipped to an outline. Shared
borders are shared to the last decimal, so that neighbours neither overlap nor leave gaps.
The place is made up: a point at sea west of Norway, with the size of a real municipality.
"""

from __future__ import annotations

import json
import math

from jevn.demo.population import ZONES

Point = tuple[float, float]

_CENTRE = (5.0, 61.0)  # longitude, latitude of the middle of the outline
_KM_PER_DEGREE = 111.2
_DECIMALS = 5

# Outline in kilometres from the middle, anticlockwise.
_OUTLINE: tuple[Point, ...] = (
    (-11.5, -6.0), (-5.0, -8.5), (1.5, -9.0), (8.0, -7.5), (12.5, -3.0), (13.0, 3.0),
    (9.5, 8.0), (3.0, 10.0), (-4.0, 9.5), (-10.0, 6.5), (-13.0, 0.5),
)  # fmt: skip
# Seeds in the order of the zones; the river runs from north-east to south-west.
_SEEDS: tuple[Point, ...] = (
    (0.0, 0.2), (2.6, -1.6), (-3.2, -2.6), (4.2, 2.6), (-0.6, 4.4),
    (-5.2, 1.6), (5.6, -4.8), (-1.0, -4.4), (-8.4, -3.6), (6.4, 6.6),
)  # fmt: skip


def _cut(polygon: list[Point], a: float, b: float, c: float) -> list[Point]:
    """The part of a convex or simple polygon where ``a x + b y <= c`` (Sutherland-Hodgman)."""
    kept: list[Point] = []
    for i, (x1, y1) in enumerate(polygon):
        x2, y2 = polygon[(i + 1) % len(polygon)]
        d1, d2 = a * x1 + b * y1 - c, a * x2 + b * y2 - c
        if d1 <= 0:
            kept.append((x1, y1))
        if (d1 < 0 < d2) or (d2 < 0 < d1):
            t = d1 / (d1 - d2)
            kept.append((x1 + t * (x2 - x1), y1 + t * (y2 - y1)))
    return kept


def zone_polygons() -> list[list[Point]]:
    """Corner points of each zone in kilometres from the middle, anticlockwise, not closed."""
    cells = []
    for i, (x, y) in enumerate(_SEEDS):
        cell = list(_OUTLINE)
        for j, (u, v) in enumerate(_SEEDS):
            if i != j:
                cell = _cut(cell, 2 * (u - x), 2 * (v - y), u * u + v * v - x * x - y * y)
        cells.append(cell)
    return _with_shared_corners(cells)


def _with_shared_corners(cells: list[list[Point]]) -> list[list[Point]]:
    """Round, and add to each side the corners of neighbours that lie on it."""
    rounded = [[(round(x, 4), round(y, 4)) for x, y in cell] for cell in cells]
    corners = sorted({p for cell in rounded for p in cell})
    finished = []
    for cell in rounded:
        ring: list[Point] = []
        for i, p in enumerate(cell):
            q = cell[(i + 1) % len(cell)]
            on_side = [r for r in corners if r not in (p, q) and _between(p, r, q)]
            ring.append(p)
            ring += sorted(on_side, key=lambda r: math.dist(p, r))
        finished.append([p for i, p in enumerate(ring) if p != ring[i - 1]])
    return finished


def _between(p: Point, r: Point, q: Point) -> bool:
    return abs(math.dist(p, r) + math.dist(r, q) - math.dist(p, q)) < 1e-6


def _degrees(point: Point) -> list[float]:
    lon, lat = _CENTRE
    east = _KM_PER_DEGREE * math.cos(math.radians(lat))
    return [
        round(lon + point[0] / east, _DECIMALS),
        round(lat + point[1] / _KM_PER_DEGREE, _DECIMALS),
    ]


def zones_geojson() -> str:
    """The text of ``zones.geojson`` (WGS 84, RFC 7946): one feature per zone."""
    features = []
    for zone, cell in zip(ZONES, zone_polygons(), strict=True):
        ring = [_degrees(p) for p in cell]
        features.append(
            {
                "type": "Feature",
                "properties": {"place": zone.id, "name": zone.name},
                "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
            }
        )
    rows = ",\n".join(json.dumps(f, ensure_ascii=False) for f in features)
    return f'{{"type": "FeatureCollection", "features": [\n{rows}\n]}}\n'
