"""Need beside effort, zone by zone: as bars on one line each, and as two maps."""

from __future__ import annotations

from typing import Any

from jevn.effort.results import EffortProfile, ZonePoint
from jevn.publishing.chart import Cell, Chart
from jevn.publishing.charts import parts, style
from jevn.publishing.charts.context import Studio
from jevn.publishing.charts.zonemap import flat_zones, map_height
from jevn.publishing.words import listed
from jevn.terms import Reach

_NEED_WIDE, _FROM, _EFFORT_WIDE = 0.26, 0.50, 0.32
"""Share of the width that the longest bar of need takes, where effort begins, and its width."""


def zone_need_chart(
    studio: Studio, points: tuple[ZonePoint, ...], effort: EffortProfile
) -> Chart | None:
    """Worse indicators to the left, kroner per inhabitant to the right; ``None`` under two."""
    known = _known(points)
    if len(known) < 2:
        return None
    say = studio.say
    most_need = max([p.need or 0.0 for p in known]) or 1.0
    most = max([p.per_inhabitant or 0.0 for p in known]) or 1.0
    names = [f"{n}  {p.name}" for n, p in enumerate(known, 1)]
    need = [
        {
            "zone": name,
            "x": 0.0,
            "to": _NEED_WIDE * (p.need or 0.0) / most_need,
            "colour": style.WORSE if p.corner.startswith("high") else style.SAME,
            "label": say("publishing.effort.zones.of", worse=p.worse, known=p.known),
        }
        for name, p in zip(names, known, strict=True)
    ]
    money: list[dict[str, Any]] = []
    ends: list[dict[str, Any]] = []
    zones = {z.place: z for z in effort.zones}
    for name, p in zip(names, known, strict=True):
        zone, at = zones[p.place], _FROM
        for reach, nok in zone.by_reach:
            wide = _EFFORT_WIDE * max(0.0, nok) / (zone.inhabitants or 1.0) / most
            row = {"zone": name, "x": at, "to": at + wide, "reach": say(f"reach.{reach}.short")}
            money.append(row)
            at += wide
        label = say.number(round(p.per_inhabitant or 0.0), 0)
        ends.append({"zone": name, "x": at, "label": label})
    x = parts.quantity("x", (0.0, 1.0), hide=True)
    y = parts.name("zone", labelFontSize=style.TEXT, labelPadding=8, labelLimit=150)
    legend = {"orient": "bottom", "title": None, "direction": "horizontal", "columnPadding": 14}
    scale = {
        "domain": [say(f"reach.{r.value}.short") for r in Reach],
        "range": [style.REACH_COLOURS[r] for r in Reach],
    }
    heads = [
        {"x": 0.0, "label": say("publishing.effort.zones.need")},
        {"x": _FROM, "label": say("publishing.effort.zones.money")},
    ]
    to = {"x": x, "x2": {"field": "to"}, "y": y}
    layers = [
        parts.layer("bar", need, {**to, "color": parts.fixed("colour")}, height={"band": 0.6}),
        parts.layer(
            "bar",
            money,
            {**to, "fill": {"field": "reach", "type": "nominal", "scale": scale, "legend": legend}},
            height={"band": 0.6},
        ),
        parts.labels([{**r, "x": r["to"]} for r in need], x, y, dx=6, size=style.SMALL),
        parts.labels(ends, x, y, dx=6, size=style.SMALL, weight=600),
        parts.layer(
            "text",
            heads,
            {"x": x, "y": {"value": -10}, "text": {"field": "label", "type": "nominal"}},
            align="left",
            fontSize=style.SMALL,
            fill=style.QUIET,
        ),
    ]
    return studio.chart(
        "effort-zones",
        title=zone_need_title(studio, known),
        subtitle=say("publishing.effort.zones.subtitle", year=str(effort.year)),
        source=studio.source(*effort.origins),
        summary=zone_need_summary(studio, known),
        headings=_headings(studio),
        rows=_rows(studio, known),
        spec=parts.sized(layers, 29 * len(known), left=parts.room(names, most=150)),
    )


def zone_need_map(
    studio: Studio,
    points: tuple[ZonePoint, ...],
    effort: EffortProfile,
    geojson: str | None,
) -> Chart | None:
    """Two maps side by side, the same zones: need and effort; ``None`` without polygons."""
    known = _known(points)
    if len(known) < 2 or not geojson:
        return None
    numbers = {p.place: str(n) for n, p in enumerate(known, 1)}
    features = [f for f in flat_zones(geojson) if f["place"] in numbers]
    if len(features) < 2:
        return None
    say = studio.say
    need = {p.place: p.need or 0.0 for p in known}
    nok = {p.place: p.per_inhabitant or 0.0 for p in known}
    fills = (_shades(need, 0.0, style.WORSE), _shades(nok, min(nok.values()), style.ACCENT))
    titles = (say("publishing.effort.zones.need"), say("publishing.effort.zones.money"))
    maps = [_map(features, fill, numbers, title) for fill, title in zip(fills, titles, strict=True)]
    return studio.chart(
        "effort-zones-map",
        title=say("publishing.effort.zones.map.title"),
        subtitle=say("publishing.effort.zones.map.subtitle"),
        source=studio.source(*effort.origins),
        summary=zone_need_summary(studio, known),
        headings=_headings(studio),
        rows=_rows(studio, known),
        spec={"hconcat": maps, "spacing": 12},
    )


def _known(points: tuple[ZonePoint, ...]) -> list[ZonePoint]:
    """Zones with need and effort; none where no money can be placed at all."""
    known = [p for p in points if p.need is not None and p.per_inhabitant is not None]
    return known if any(p.per_inhabitant for p in known) else []


def zone_need_title(studio: Studio, points: list[ZonePoint]) -> str:
    """The finding: zones with high need and low effort, or how effort follows need."""
    say = studio.say
    gaps = tuple(p.name for p in points if p.corner == "high_need_low_effort")
    high = tuple(p.name for p in points if p.corner == "high_need_high_effort")
    if gaps:
        return say("publishing.effort.zones.title.gap", zones=listed(gaps, say))
    if high:
        return say("publishing.effort.zones.title.follows", zones=listed(high, say))
    return say("publishing.effort.zones.title.none")


def zone_need_summary(studio: Studio, points: list[ZonePoint]) -> str:
    """Each zone in a sentence."""
    say = studio.say
    return " ".join(
        say(
            "publishing.effort.zones.line",
            zone=p.name,
            worse=p.worse,
            known=p.known,
            nok=say.nok(round(p.per_inhabitant or 0.0)),
        )
        for p in points
    )


def _headings(studio: Studio) -> tuple[str, ...]:
    keys = ("worse", "known", "per_inhabitant", "users", "corner")
    return (
        studio.say("publishing.table.zone"),
        *(studio.say(f"publishing.effort.zones.column.{k}") for k in keys),
    )


def _rows(studio: Studio, points: list[ZonePoint]) -> list[tuple[Cell, ...]]:
    return [
        (
            p.name,
            p.worse,
            p.known,
            round(p.per_inhabitant or 0.0),
            None if p.users_per_1000 is None else round(p.users_per_1000),
            studio.say(f"publishing.need.corner.{p.corner}"),
        )
        for p in points
    ]


def _shades(values: dict[str, float], low: float, colour: str) -> dict[str, str]:
    """A fill per zone from nearly white to the colour, by where its value lies."""
    wide = (max(values.values()) - low) or 1.0
    return {k: _mixed(colour, 0.06 + 0.7 * max(0.0, v - low) / wide) for k, v in values.items()}


def _mixed(colour: str, part: float) -> str:
    """A part of a colour on white."""
    parts_ = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - part * (255 - c)):02x}" for c in parts_)


def _map(
    features: list[dict[str, Any]], fill: dict[str, str], numbers: dict[str, str], title: str
) -> parts.Spec:
    width = (style.WIDTH - 16) / 2
    shapes = [
        {
            "type": "Feature",
            "geometry": {"type": "MultiPolygon", "coordinates": f["polygons"]},
            "properties": {"fill": fill[f["place"]]},
        }
        for f in features
    ]
    areas: parts.Spec = {
        "mark": {"type": "geoshape", "stroke": style.INK, "strokeWidth": 1, "strokeJoin": "round"},
        "data": {
            "values": {"type": "FeatureCollection", "features": shapes},
            "format": {"type": "json", "property": "features"},
        },
        "encoding": {"fill": parts.fixed("properties.fill")},
    }
    points = [
        {"x": f["centre"][0], "y": f["centre"][1], "label": numbers[f["place"]]} for f in features
    ]
    where: parts.Spec = {
        "longitude": {"field": "x", "type": "quantitative"},
        "latitude": {"field": "y", "type": "quantitative"},
        "text": {"field": "label", "type": "nominal"},
    }
    look: parts.Spec = {"fill": style.INK, "fontWeight": 600, "fontSize": 13, **style.HALO}
    return {
        "width": width,
        "height": map_height(features, width),
        "title": {
            "text": title, "fontSize": style.SMALL, "fontWeight": "normal", "font": style.FONT,
            "color": style.QUIET, "anchor": "start",
        },
        "projection": {"type": "identity", "reflectY": True},
        "layer": [areas, parts.layer("text", points, where, **look)],
    }  # fmt: skip
