"""Dots with intervals, one row each: the shape of comparisons, zone rankings and forest plots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jevn.publishing.charts import parts, style


@dataclass(frozen=True)
class Dot:
    """One row: name to the left, dot with interval, value in words to the right."""

    name: str
    value: float
    lower: float | None
    upper: float | None
    label: str
    colour: str = style.ACCENT
    hollow: bool = False
    strong: bool = False
    also: float | None = None
    """Another value of the same, drawn as a small square."""


def dot_rows(
    dots: list[Dot],
    *,
    unit: str,
    line: tuple[float, str] | None = None,
    zero: bool = False,
    row_height: int = 34,
) -> parts.Spec:
    """Rows of dots from the top, with an optional vertical line and its label."""
    names = {d.name: _folded(d.name) for d in dots}
    row_height = max(row_height, 40) if any("\n" in n for n in names.values()) else row_height
    rows: list[dict[str, Any]] = [
        {
            "name": names[d.name],
            "value": d.value,
            "lower": d.lower,
            "upper": d.upper,
            "label": d.label,
            "colour": d.colour,
            "fill": style.PAPER if d.hollow else d.colour,
        }
        for d in dots
    ]
    known = [v for d in dots for v in (d.value, d.lower, d.upper, d.also)]
    wide = max(len(d.label) for d in dots)
    low, high = parts.span([*known, line[0] if line else None, 0.0 if zero else None])
    high += (high - low) * max(0.26, 0.033 * wide)  # room for the words to the right
    x = parts.quantity("value", (low, high), title=unit.capitalize(), tickCount=4, gridDash=[2, 3])
    y = parts.name("name", padding=0.5, labelFontSize=style.TEXT, labelPadding=10, labelLimit=190)
    folded = {"test": "indexof(datum.label, '\\n') > 0", "value": -8}
    y["axis"]["labelOffset"] = {"condition": folded, "value": 0}
    y["axis"]["labelExpr"] = "split(datum.label, '\\n')"
    layers = []
    if line:
        left = line[0] < (low + high) / 2
        at = [{"value": line[0], "label": line[1]}]
        layers += [
            parts.layer("rule", at, {"x": x}, stroke=style.INK, strokeWidth=1.5, strokeDash=[4, 3]),
            parts.layer(
                "text",
                at,
                {"x": x, "y": {"value": -9}, "text": {"field": "label", "type": "nominal"}},
                align="left" if left else "right",
                dx=-4 if left else 4,
                fontSize=style.SMALL,
                fill=style.QUIET,
            ),
        ]
    also = [{"name": names[d.name], "value": d.also} for d in dots if d.also is not None]
    words = [{**r, "edge": max(v for v in (r["upper"], r["value"]) if v is not None)} for r in rows]
    layers += [
        parts.layer(
            "rule",
            rows,
            {
                "x": parts.quantity("lower"),
                "x2": {"field": "upper"},
                "y": y,
                "stroke": parts.fixed("colour"),
            },
            strokeWidth=3,
            opacity=0.5,
        ),
        parts.layer(
            "point",
            rows,
            {"x": x, "y": y, "fill": parts.fixed("fill"), "stroke": parts.fixed("colour")},
            **parts.DOT,
        ),
        parts.labels(words, parts.quantity("edge"), y, dx=11, weight=600),
    ]
    if also:
        square = {**parts.DOT, "shape": "square", "size": 28, "strokeWidth": 1.5}
        layers.append(
            parts.layer(
                "point", also, {"x": x, "y": y}, **square, fill=style.PAPER, stroke=style.INK
            )
        )
    lines = [line for name in names.values() for line in name.split("\n")]
    return parts.sized(layers, row_height * len(dots), left=parts.room(lines))


def _folded(name: str, most: int = 24) -> str:
    """A long name on two lines, as even as its words allow; shorter ones as they are."""
    words = name.split(" ")
    if len(name) <= most or len(words) == 1:
        return name
    places = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    return "\n".join(min(places, key=lambda p: max(map(len, p))))
