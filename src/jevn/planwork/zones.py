"""Zones of a plan folder: the basic units they are made of, their polygons, and what lacks."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import Any, Final, Literal

import polars as pl
from pydantic import BaseModel, TypeAdapter

from jevn.challenges.zoning import Zoned
from jevn.tables.yamlfile import YamlDocument, parse
from jevn.terms import InputRefused, Message, Problem

POLYGONS: Final = "zones.geojson"
_UNITS: Final = "zones.csv"
_MOST_CHARACTERS: Final = 50_000_000
_LEAST_RING: Final = 4
_TOLD: Final = 8


class _Feature(BaseModel):
    type: Literal["Feature"]
    properties: dict[str, Any]
    geometry: dict[str, Any]


class _Polygons(BaseModel):
    type: Literal["FeatureCollection"]
    features: list[_Feature]


def read_polygons(text: str) -> str:
    """The polygons of zones as compact GeoJSON.

    Raises:
        InputRefused: ``json_syntax``, ``zone_file_size``, ``zone_geometry`` (no polygon or no
            ``place``), ``zone_ring`` (a ring that is not closed, has fewer than four corners or
            no area), ``zone_range`` (not degrees of longitude and latitude).
    """
    if len(text) > _MOST_CHARACTERS:
        raise InputRefused([Problem("zone_file_size", POLYGONS)])
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise InputRefused([Problem("json_syntax", POLYGONS, line)]) from None
    found = parse(YamlDocument(POLYGONS, data, {}), TypeAdapter(_Polygons))
    faults = []
    for i, feature in enumerate(found.features):
        fault = _fault(feature)
        if fault is not None:
            place = str(feature.properties.get("place"))
            faults.append(Problem(fault, POLYGONS, params={"number": i + 1, "id": place}))
    if faults:
        raise InputRefused(faults)
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _fault(feature: _Feature) -> str | None:
    kind, coordinates = feature.geometry.get("type"), feature.geometry.get("coordinates")
    polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(str(kind))
    if not isinstance(feature.properties.get("place"), str) or not isinstance(polygons, list):
        return "zone_geometry"
    if not polygons or any(not isinstance(p, list) or not p for p in polygons):
        return "zone_geometry"
    return next((f for p in polygons for ring in p if (f := _ring_fault(ring))), None)


def _ring_fault(ring: Any) -> str | None:
    if not isinstance(ring, list) or not all(_is_position(at) for at in ring):
        return "zone_ring"
    if len(ring) < _LEAST_RING or ring[0][:2] != ring[-1][:2]:
        return "zone_ring"
    if not all(abs(x) <= 180 and abs(y) <= 90 for x, y, *_ in ring):
        return "zone_range"
    (x0, y0, *_), area = ring[0], 0.0
    for (x1, y1, *_), (x2, y2, *_) in pairwise(ring):
        area += (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
    return None if area else "zone_ring"


def _is_position(at: Any) -> bool:
    return (
        isinstance(at, list)
        and len(at) >= 2
        and all(type(v) in (int, float) and math.isfinite(v) for v in at)
    )


def check_zones(
    units: pl.DataFrame,
    places: pl.DataFrame,
    polygons: str | None,
    *,
    number: str,
    norwegian: bool,
) -> Iterator[Problem]:
    """Problems of ``zones.csv`` and ``zones.geojson`` against ``places.csv``.

    Yields:
        ``zone_unknown``: a zone that is no zone of the municipality in ``places.csv``;
        ``zone_unit_place``: a basic unit that is a place itself; ``zone_unit_outside``: a
        basic unit of another municipality; ``zone_polygon_unknown``: a polygon of no zone.
    """
    zones, everywhere = _zones(places, number), set(places["place"].to_list())
    prefixes = prefixes_of(places, number)
    for row in units.iter_rows(named=True):
        unit, zone, line = row["basic_unit"], row["zone"], row.get("_row")
        if zone not in zones:
            yield Problem("zone_unknown", _UNITS, line, "zone", {"id": zone})
        if unit in everywhere:
            yield Problem("zone_unit_place", _UNITS, line, "basic_unit", {"id": unit})
        elif norwegian and not (len(unit) == 8 and unit.isdigit() and unit[:4] in prefixes):
            params = {"id": unit, "number": number}
            yield Problem("zone_unit_outside", _UNITS, line, "basic_unit", params)
    if polygons and everywhere:
        for place in dict.fromkeys(_drawn(polygons)):
            if place not in everywhere:
                yield Problem(
                    "zone_polygon_unknown", POLYGONS, column="place", params={"id": place}
                )


def zone_gaps(
    zoned: Zoned, units: pl.DataFrame, places: pl.DataFrame, polygons: str | None, number: str
) -> tuple[Message, ...]:
    """What lacks, in words: polygons, units, zones, and figures that could not be added."""
    zones = _zones(places, number)
    found = []
    if polygons:
        found.append(("polygons", sorted(zones.keys() - set(_drawn(polygons)))))
    if not units.is_empty():
        found.append(("units", sorted(zones.keys() - set(units["zone"].to_list()))))
    named = [(key, [zones[z] for z in missing]) for key, missing in found]
    named += [
        ("unplaced", list(zoned.unplaced)),
        ("not_added", list(zoned.not_added)),
        ("rounded", list(zoned.rounded)),
        ("uneven", [zones.get(z, z) for z in zoned.uneven]),
    ]
    told = [
        Message(f"check.zones.{key}", {"n": len(names), "names": _listed(names)})
        for key, names in named
        if names
    ]
    if zoned.partly:
        told.append(Message("check.zones.partly", {"n": zoned.partly}))
    return tuple(told)


def prefixes_of(places: pl.DataFrame, number: str) -> Collection[str]:
    """How the ids of a municipality's basic units begin, also under its former codes."""
    former = places.filter((pl.col("kind") == "former") & (pl.col("parent") == number))
    return {number, *former["place"].to_list()}


def _zones(places: pl.DataFrame, number: str) -> dict[str, str]:
    inside = pl.col("parent").is_null() | (pl.col("parent") == number)
    return dict(places.filter((pl.col("kind") == "zone") & inside).select("place", "name").rows())


def _drawn(polygons: str) -> list[str]:
    return [str(f["properties"]["place"]) for f in json.loads(polygons)["features"]]


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_TOLD]) + (" …" if len(names) > _TOLD else "")
