"""The ten zones tile the municipality: valid, no overlap, no gap, borders shared."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from jevn.demo.geography import _OUTLINE, zone_polygons
from jevn.demo.population import ZONES


def area(ring: list[tuple[float, float]]) -> float:
    """Shoelace formula; positive anticlockwise."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs) / 2


def test_zones_fill_the_outline() -> None:
    areas = [area(cell) for cell in zone_polygons()]
    assert all(a > 10 for a in areas)
    assert sum(areas) == pytest.approx(area(list(_OUTLINE)), abs=0.01)


def test_every_inner_border_is_shared_by_two_zones_in_opposite_directions() -> None:
    sides = Counter()
    for cell in zone_polygons():
        sides.update(zip(cell, cell[1:] + cell[:1], strict=True))
    assert set(sides.values()) == {1}
    alone = [(p, q) for p, q in sides if (q, p) not in sides]
    outline = sum(
        ((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2) ** 0.5
        for p, q in zip(_OUTLINE, _OUTLINE[1:] + _OUTLINE[:1], strict=True)
    )
    length = sum(((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2) ** 0.5 for p, q in alone)
    assert length == pytest.approx(outline, abs=0.01)


def test_the_file_is_geojson_with_one_closed_anticlockwise_ring_per_zone(elvebyen: Path) -> None:
    found = json.loads((elvebyen / "zones.geojson").read_text("utf-8"))
    assert [f["properties"]["place"] for f in found["features"]] == [z.id for z in ZONES]
    for feature in found["features"]:
        (ring,) = feature["geometry"]["coordinates"]
        assert ring[0] == ring[-1]
        assert area([tuple(p) for p in ring[:-1]]) > 0
        assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in ring)
