"""Small parts that several charts are built of: points with intervals, labels with a halo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from jevn.publishing.charts import style

Rows = Sequence[Mapping[str, Any]]


def inline(rows: Rows) -> alt.InlineData:
    """Rows as data that stand in the chart itself."""
    return alt.InlineData(values=[dict(row) for row in rows])


def labels(
    rows: Rows,
    x: Any,
    y: Any,
    *,
    text: str = "label",
    dx: float = 0,
    dy: float = 0,
    align: Any = "left",
    baseline: Any = "middle",
    colour: Any = style.INK,
    weight: Any = "normal",
    size: int = style.TEXT,
) -> alt.LayerChart:
    """Direct labels with a white halo, so that lines beneath do not disturb them."""
    base = alt.Chart(inline(rows)).encode(x=x, y=y, text=f"{text}:N")
    at: dict[str, Any] = {
        "dx": dx,
        "dy": dy,
        "align": align,
        "baseline": baseline,
        "fontSize": size,
        "fontWeight": weight,
    }
    halo = base.mark_text(stroke=style.PAPER, strokeWidth=4, strokeJoin="round", **at)
    return halo + base.mark_text(color=colour, **at)


def sized(chart: Any, height: float, width: float = style.WIDTH) -> Any:
    """Give a chart its full width including axes, and the height of its plot."""
    return chart.properties(
        width=width, height=height, autosize=alt.AutoSizeParams(type="fit-x", contains="padding")
    )


def span(values: Sequence[float | None], room: float = 0.08) -> tuple[float, float]:
    """Lowest and highest known value with some room around."""
    known = [v for v in values if v is not None]
    low, high = min(known), max(known)
    around = (high - low or abs(high) or 1.0) * room
    return low - around if low < 0 or low - around >= 0 else 0.0, high + around


def lookup(choices: Mapping[int, Sequence[str]], factor: int) -> str:
    """Axis label expression: label lines by the value times a factor, rounded."""
    pairs = ",".join(f"'{k}':{list(v)!r}" for k, v in choices.items())
    return f"({{{pairs}}})[round(datum.value*{factor})]"
