"""Small parts of Vega-Lite that the charts are built of: layers, scales, labels with a halo.

Charts are written as Vega-Lite values, not through Altair's classes: the classes copy
themselves at every step, which would cost more than drawing the picture. Tests hold every
chart against Altair's schema.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jevn.publishing.charts import style

Spec = dict[str, Any]
Rows = Sequence[Mapping[str, Any]]

DOT: Spec = {"shape": "circle", "size": 130, "strokeWidth": 2, "opacity": 1, "filled": False}
"""A round dot; its fill and stroke are given beside."""


def layer(mark: str, rows: Rows, encoding: Spec, **look: Any) -> Spec:
    """One layer: a mark over its own rows."""
    return {
        "mark": {"type": mark, **look},
        "data": {"values": [dict(row) for row in rows]},
        "encoding": encoding,
    }


def quantity(field: str, domain: tuple[float, float] | None = None, **axis: Any) -> Spec:
    """A number along an axis. ``axis`` sets the axis; ``hide=True`` leaves it out."""
    found: Spec = {"field": field, "type": "quantitative"}
    if domain is not None:
        found["scale"] = {"domain": list(domain), "nice": axis.pop("nice", False), "zero": False}
    if axis.pop("hide", False):
        found["axis"] = None
    elif axis:
        found["axis"] = axis
    return found


def name(field: str, *, padding: float | None = None, **axis: Any) -> Spec:
    """Names along an axis in the order of the rows."""
    found: Spec = {"field": field, "type": "nominal", "sort": None, "axis": {"title": None, **axis}}
    if padding is not None:
        found["scale"] = {"padding": padding}
    return found


def fixed(field: str) -> Spec:
    """A channel whose values are colours (or sizes) as they stand."""
    return {"field": field, "type": "nominal", "scale": None, "legend": None}


def top_title(text: str, x: float = 0, y: float = -14) -> Spec:
    """Title of a vertical axis, set level above it."""
    return {
        "title": text,
        "titleAngle": 0,
        "titleAlign": "left",
        "titleAnchor": "start",
        "titleX": x,
        "titleY": y,
    }


def labels(
    rows: Rows,
    x: Spec,
    y: Spec,
    *,
    text: str = "label",
    colour: str = style.INK,
    size: int = style.TEXT,
    weight: int = 400,
    **at: Any,
) -> Spec:
    """Direct labels with a white halo, so that lines beneath do not disturb them."""
    look: Spec = {
        "align": "left",
        "baseline": "middle",
        "fontSize": size,
        "fontWeight": weight,
        "fill": colour,
        **style.HALO,
        **at,
    }
    return layer("text", rows, {"x": x, "y": y, "text": {"field": text, "type": "nominal"}}, **look)


def sized(layers: Sequence[Spec], height: float, left: float = 0) -> Spec:
    """A picture of full width; ``left`` is the room its vertical axis takes.

    The room is given, not measured: fitting would lay every picture out twice.
    """
    return {"width": style.WIDTH - left, "height": height, "layer": list(layers)}


def room(words: Sequence[str], size: float = style.TEXT, most: float = 190) -> float:
    """About how wide the longest of these words is as axis labels, with padding."""
    return min(most, 0.56 * size * max(len(w) for w in words)) + 12


def span(values: Sequence[float | None], room: float = 0.08) -> tuple[float, float]:
    """Lowest and highest known value with some room around."""
    known = [v for v in values if v is not None]
    low, high = min(known), max(known)
    around = (high - low or abs(high) or 1.0) * room
    return low - around if low < 0 or low - around >= 0 else 0.0, high + around


def lookup(choices: Mapping[int, Sequence[str]], factor: int) -> str:
    """Axis label expression: label lines by the value times a factor, rounded."""
    pairs = ",".join(f"'{k}':{[str(x) for x in v]!r}" for k, v in choices.items())
    return f"({{{pairs}}})[round(datum.value*{factor})]"
