"""Zone map: where the zones lie; striped where they are not told apart from the municipality."""

from __future__ import annotations

import json
import math
from itertools import pairwise
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

    legend = ", ".join(say(f"publishing.map.legend.{s.value}") for s in present)
    return studio.chart(
        f"map-{status.indicator.id}",
        title=zone_title(studio, status),
        subtitle=say(
            "publishing.map.subtitle",
            legend=legend[:1].upper() + legend[1:],
            period=spread.period,
        ),
        source=studio.source(spread.origin or status.indicator.origin),
        summary=zone_summary(studio, status),
        headings=zone_headings(studio, spread),
        rows=zone_rows(studio, status),
        spec=_picture(features, signs, numbers),
    )


def _picture(
    features: list[dict[str, Any]], signs: dict[str, Sign], numbers: dict[str, int]
) -> Spec:
    shapes = [
        {
            "type": "Feature",
            "geometry": {"type": "MultiPolygon", "coordinates": f["polygons"]},
            "properties": {
                "fill": _FILL[signs[f["place"]]],
                "width": 2.4 if signs[f["place"]] is Sign.WORSE else 1.2,
            },
        }
        for f in features
    ]
    points = [
        {"x": f["centre"][0], "y": f["centre"][1], "label": str(numbers.get(f["place"], ""))}
        for f in features
    ]
    areas: Spec = {
        "mark": {"type": "geoshape", "stroke": style.INK, "strokeJoin": "round"},
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
        "width": style.WIDTH - 4,
        "height": map_height(features),
        "projection": {"type": "identity", "reflectY": True},
        "layer": [areas, layer("text", points, where, **look)],
    }


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
