"""Dots with intervals, one row each: the shape of comparisons, zone rankings and forest plots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt

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


def dot_rows(
    dots: list[Dot],
    *,
    unit: str,
    line: tuple[float, str] | None = None,
    zero: bool = False,
    row_height: int = 34,
) -> Any:
    """Rows of dots from the top, with an optional vertical line and its label."""
    rows: list[dict[str, Any]] = [
        {
            "name": d.name,
            "value": d.value,
            "lower": d.lower,
            "upper": d.upper,
            "label": d.label,
            "colour": d.colour,
            "fill": style.PAPER if d.hollow else d.colour,
        }
        for d in dots
    ]
    known = [v for d in dots for v in (d.value, d.lower, d.upper)]
    low, high = parts.span([*known, line[0] if line else None, 0.0 if zero else None])
    high += (high - low) * 0.26  # room for the words to the right
    height = row_height * len(dots)
    x = alt.X("value:Q").scale(domain=[low, high], nice=False, zero=False).axis(
        title=unit.capitalize(), tickCount=4, gridDash=[2, 3]
    )
    y = alt.Y("name:N").sort(None).scale(padding=0.5).axis(
        title=None, labelFontSize=style.TEXT, labelPadding=10, labelLimit=180
    )
    base = alt.Chart(parts.inline(rows))
    layers: list[Any] = []
    if line:
        at = [{"value": line[0], "label": line[1]}]
        rule = alt.Chart(parts.inline(at)).encode(x=x)
        layers.append(rule.mark_rule(stroke=style.INK, strokeWidth=1.5, strokeDash=[4, 3]))
        layers.append(
            rule.mark_text(
                align="left" if line[0] < (low + high) / 2 else "right",
                dx=4 if line[0] < (low + high) / 2 else -4,
                fontSize=style.SMALL,
                color=style.QUIET,
            ).encode(y=alt.value(-8), text="label:N")
        )
    layers.append(
        base.mark_rule(strokeWidth=3, opacity=0.5).encode(
            x=alt.X("lower:Q"), x2="upper:Q", y=y, stroke=alt.Stroke("colour:N").scale(None)
        )
    )
    layers.append(
        base.mark_point(shape="circle", size=130, strokeWidth=2, opacity=1).encode(
            x=x,
            y=y,
            fill=alt.Fill("fill:N").scale(None),
            stroke=alt.Stroke("colour:N").scale(None),
        )
    )
    words = [{**r, "edge": max(v for v in (r["upper"], r["value"]) if v is not None)} for r in rows]
    layers.append(parts.labels(words, alt.X("edge:Q"), y, dx=11, weight=600))
    return parts.sized(alt.layer(*layers), height)
