"""Zone map: where the zones lie; striped where they are not told apart from the municipality."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import Any

from jevn.challenges.results import IndicatorStatus, Sign
from jevn.publishing.chart import Chart
from jevn.publishing.charts import style
from jevn.publishing.charts.context import Studio
from jevn.publishing.charts.parts import Spec, fixed, layer
from jevn.publishing.charts.zones import (
    shown_zones,
    zone_headings,
    zone_rows,
    zone_summary,
    zone_title,
)

_FILL = {
    Sign.WORSE: "#f2b58a",
    Sign.BETTER: "#9cc4ea",
    Sign.SAME: style.HATCH,
    Sign.UNKNOWN: style.PAPER,
}

Ring = list[list[float]]
Box = tuple[float, float, float, float]

_NEAR = 24.0
"""Numbers nearer to each other than this many pixels cannot be read."""

_GAIN = 1.5
"""A part is enlarged only if it grows this many times."""


def zone_map(studio: Studio, status: IndicatorStatus, geojson: str | None) -> Chart | None:
    """Map of the zones with the numbers of the ranking; ``None`` without polygons or spread."""
    spread = status.spread
    if spread is None or not geojson:
        return None
    numbers = {z.place: n for n, z in enumerate(shown_zones(spread), 1)}
    signs = {z.place: z.sign if z.place in numbers else Sign.UNKNOWN for z in spread.zones}
    features = [f for f in flat_zones(geojson) if f["place"] in signs]
    if len(features) < 2:
        return None
    say = studio.say
    present = [s for s in (Sign.WORSE, Sign.SAME, Sign.BETTER, Sign.UNKNOWN) if s in signs.values()]

    picture = _picture(features, signs, numbers)
    enlarged = ".enlarged" if "vconcat" in picture else ""
    legend = ", ".join(say(f"publishing.map.legend.{s.value}") for s in present)
    return studio.chart(
        f"map-{status.indicator.id}",
        title=zone_title(studio, status),
        subtitle=say(
            f"publishing.map.subtitle{enlarged}",
            legend=legend[:1].upper() + legend[1:],
            period=spread.period,
        ),
        source=studio.source(spread.origin or status.indicator.origin),
        summary=zone_summary(studio, status),
        headings=zone_headings(studio, spread),
        rows=zone_rows(studio, status),
        spec=picture,
    )


def _picture(
    features: list[dict[str, Any]], signs: dict[str, Sign], numbers: dict[str, int]
) -> Spec:
    """The map; where numbers would lie upon each other, with that part enlarged below."""
    wide, whole = float(style.WIDTH - 4), bounds(features)
    tall = float(map_height(features))
    crowded = crowd(features, whole, (wide, tall))
    cut = inset(features, crowded, whole)
    if cut is None:
        return _view(features, signs, numbers, whole, (wide, tall))
    # The enlargement tells its own numbers.
    outside = {place: n for place, n in numbers.items() if place not in crowded}
    inside = {place: n for place, n in numbers.items() if place in crowded}
    above = _view(features, signs, outside, whole, (wide, tall))
    above["layer"].append(_frame(cut, whole, (wide, tall)))
    lower = min(360.0, max(200.0, wide * (cut[3] - cut[1]) / (cut[2] - cut[0])))
    below = _view(features, signs, inside, cut, (wide, round(lower)))
    below["view"] = {"stroke": style.QUIET, "strokeWidth": 1.5}
    return {"vconcat": [above, below], "spacing": 14}


def _view(
    features: list[dict[str, Any]],
    signs: dict[str, Sign],
    numbers: dict[str, int],
    box: Box,
    size: tuple[float, float],
) -> Spec:
    scale, across, down = placing(box, size)

    def at(point: Sequence[float]) -> list[float]:
        return [round(across + scale * point[0], 2), round(down - scale * point[1], 2)]

    shapes = [
        {
            "type": "Feature",
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [[[at(p) for p in ring] for ring in g] for g in f["polygons"]],
            },
            "properties": {
                "fill": _FILL[signs[f["place"]]],
                "width": 2.4 if signs[f["place"]] is Sign.WORSE else 1.2,
            },
        }
        for f in features
    ]
    points = [
        {"x": x, "y": y, "label": str(numbers[f["place"]])}
        for f in features
        if f["place"] in numbers
        for x, y in [at(f["centre"])]
    ]
    areas: Spec = {
        "mark": {"type": "geoshape", "stroke": style.INK, "strokeJoin": "round", "clip": True},
        "data": {
            "values": {"type": "FeatureCollection", "features": shapes},
            "format": {"type": "json", "property": "features"},
        },
        "encoding": {
            "fill": fixed("properties.fill"),
            "strokeWidth": {**fixed("properties.width"), "type": "quantitative"},
        },
    }
    where: Spec = {
        "longitude": {"field": "x", "type": "quantitative"},
        "latitude": {"field": "y", "type": "quantitative"},
        "text": {"field": "label", "type": "nominal"},
    }
    look: Spec = {"fill": style.INK, "fontWeight": 600, "fontSize": 15, **style.HALO}
    return {
        "width": size[0],
        "height": size[1],
        # In pixels already: views beside each other would share one projection.
        "projection": {"type": "identity", "scale": 1, "translate": [0, 0]},
        "layer": [areas, layer("text", points, where, **look)],
    }


def _frame(cut: Box, whole: Box, size: tuple[float, float]) -> Spec:
    """The border of the part that is enlarged, drawn where it lies."""
    scale, across, down = placing(whole, size)
    left, low, right, high = cut
    corners = {
        "x": across + scale * left,
        "x2": across + scale * right,
        "y": down - scale * high,
        "y2": down - scale * low,
    }
    return {
        "mark": {"type": "rect", "fillOpacity": 0, "stroke": style.QUIET, "strokeWidth": 1.5},
        "data": {"values": [{}]},
        "encoding": {name: {"value": round(at, 2)} for name, at in corners.items()},
    }


def bounds(features: list[dict[str, Any]]) -> Box:
    """Left, low, right and high end of all polygons."""
    points = [p for f in features for polygon in f["polygons"] for p in polygon[0]]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def placing(box: Box, size: tuple[float, float]) -> tuple[float, float, float]:
    """Scale and shift that put a box in the middle of a picture, with a rim of two pixels."""
    left, low, right, high = box
    wide, tall = size
    scale = min((wide - 4) / ((right - left) or 1.0), (tall - 4) / ((high - low) or 1.0))
    across = wide / 2 - scale * (left + right) / 2
    down = tall / 2 + scale * (low + high) / 2
    return round(scale, 6), round(across, 4), round(down, 4)


def crowd(features: list[dict[str, Any]], whole: Box, size: tuple[float, float]) -> set[str]:
    """Zones whose numbers would lie upon each other."""
    scale, _, _ = placing(whole, size)
    return {
        f["place"]
        for a, b in combinations(features, 2)
        for f in (a, b)
        if scale * math.dist(a["centre"], b["centre"]) < _NEAR
    }


def inset(features: list[dict[str, Any]], crowded: set[str], whole: Box) -> Box | None:
    """The part to enlarge: about the crowded zones; ``None`` where that would gain little."""
    inner = [f for f in features if f["place"] in crowded]
    if not inner:
        return None
    sizes = sorted(bounds([f])[2] - bounds([f])[0] for f in inner)
    rim = 0.75 * sizes[len(sizes) // 2]
    xs, ys = [f["centre"][0] for f in inner], [f["centre"][1] for f in inner]
    cut = (min(xs) - rim, min(ys) - rim, max(xs) + rim, max(ys) + rim)
    gain = max(whole[2] - whole[0], whole[3] - whole[1]) / max(cut[2] - cut[0], cut[3] - cut[1])
    return cut if gain > _GAIN else None


def flat_zones(geojson: str) -> list[dict[str, Any]]:
    """Polygons on a flat map (degrees, longitudes shrunk by the cosine of the latitude)."""
    found = []
    raw = json.loads(geojson).get("features", [])
    latitudes = [p[1] for f in raw for polygon in _polygons(f) for p in polygon[0]]
    shrink = math.cos(math.radians(sum(latitudes) / len(latitudes))) if latitudes else 1.0
    for feature in raw:
        polygons = [
            [[[round(x * shrink, 6), round(y, 6)] for x, y, *_ in ring] for ring in polygon]
            for polygon in _polygons(feature)
        ]
        if polygons:
            largest = max((p[0] for p in polygons), key=lambda r: abs(_area(r)))
            place = str(feature.get("properties", {}).get("place", ""))
            found.append({"place": place, "polygons": polygons, "centre": _inside(largest)})
    return found


def _polygons(feature: dict[str, Any]) -> list[list[Ring]]:
    geometry = feature.get("geometry") or {}
    if geometry.get("type") == "Polygon":
        return [geometry["coordinates"]]
    return list(geometry["coordinates"]) if geometry.get("type") == "MultiPolygon" else []


def _area(ring: Ring) -> float:
    pairs = pairwise(ring)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2


def _inside(ring: Ring) -> tuple[float, float]:
    """A point inside a ring: middle of the widest stretch on the line through its centroid."""
    area = _area(ring)
    if not area:
        return ring[0][0], ring[0][1]
    pairs = list(pairwise(ring))
    y = sum((a[1] + b[1]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * area)
    crossings = sorted(
        a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        for a, b in pairs
        if (a[1] <= y) != (b[1] <= y)
    )
    stretches = [
        (r - left, (left + r) / 2) for left, r in zip(crossings[::2], crossings[1::2], strict=False)
    ]
    return (max(stretches)[1] if stretches else ring[0][0]), y


def map_height(features: list[dict[str, Any]], width: float = style.WIDTH - 4) -> int:
    """Height of the map at a width, within what fits a page."""
    points = [p for f in features for polygon in f["polygons"] for p in polygon[0]]
    wide = max(p[0] for p in points) - min(p[0] for p in points)
    tall = max(p[1] for p in points) - min(p[1] for p in points)
    return round(min(520.0, max(0.48 * width, width * tall / wide if wide else 300.0)))
