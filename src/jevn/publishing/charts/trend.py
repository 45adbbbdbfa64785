"""Trend: the level over the years with its interval, and the newest figure of a comparison."""

from __future__ import annotations

import re
from typing import Any

from jevn.challenges.results import Comparison, Figure, IndicatorStatus
from jevn.publishing.chart import Chart
from jevn.publishing.charts import parts, style
from jevn.publishing.charts.context import Studio
from jevn.publishing.words import (
    decimals_of,
    difference_text,
    drawn,
    interval_text,
    local,
    unit_text,
    value_text,
)

_YEAR = re.compile(r"\d{4}")


def year_of(period: str) -> int | None:
    """The last year named in a period such as ``2018–2024``."""
    years = _YEAR.findall(period)
    return int(years[-1]) if years else None


def crude_there(status: IndicatorStatus, comparison: Comparison) -> Figure | None:
    """The other place's figure as it is, to stand beside the crude series; ``None`` if unknown."""
    if status.standardised is None or status.standardised.crude != status.level:
        return comparison.there
    if comparison.basis == "crude":
        return comparison.there
    if comparison.crude is None or status.level is None:
        return None
    value = status.level.value - comparison.crude.value
    return Figure(value, period=comparison.there.period, origin=comparison.there.origin)


def trend_chart(studio: Studio, status: IndicatorStatus) -> Chart | None:
    """The trend of an indicator; ``None`` with under three points in time."""
    if status.trend is None:
        return None
    say, scale = studio.say, status.indicator.scale
    points = [(y, p) for p in status.trend.points if (y := year_of(p.period)) is not None]
    if len(points) < 3:
        return None
    rows: list[dict[str, Any]] = [
        {
            "year": year,
            "value": drawn(p.value, scale),
            "lower": None if p.lower is None else drawn(p.lower, scale),
            "upper": None if p.upper is None else drawn(p.upper, scale),
            "label": value_text(p.value, scale, say),
        }
        for year, p in points
    ]
    compared_with = ((c, crude_there(status, c)) for c in status.comparisons)
    other = next(((c, f) for c, f in compared_with if f and year_of(f.period)), None)
    there: list[dict[str, Any]] = []
    if other is not None:
        place, figure = other[0].place_name, other[1]
        name = f"{place} {value_text(figure.value, scale, say)}"
        year = year_of(figure.period)
        there = [{"year": year, "value": drawn(figure.value, scale), "label": name}]

    spec = _picture(rows, there, unit_text(scale, say).capitalize())
    first, last = points[0], points[-1]
    slope = status.trend.slope_per_year
    summary = say(
        "publishing.trend.summary",
        first_year=str(first[0]),
        first=value_text(first[1].value, scale, say),
        last_year=str(last[0]),
        last=value_text(last[1].value, scale, say),
    )
    if slope is not None:
        at = decimals_of(scale)
        limits = interval_text(slope.lower, slope.upper, scale, say)
        per_year = difference_text(round(slope.value, at + 2), scale, say)
        text = say("publishing.trend.per_year", change=per_year)
        summary = f"{summary} {text}{f' ({limits})' if limits else ''}."
    if other is not None:
        compared = say(
            "publishing.trend.compared",
            place=other[0].place_name,
            value=value_text(other[1].value, scale, say),
            period=other[1].period,
        )
        summary = f"{summary} {compared}"
    at = decimals_of(scale)
    return studio.chart(
        f"trend-{status.indicator.id}",
        title=say(
            f"publishing.trend.title.{status.trend.sign.value}",
            name=local(status.indicator.name, say),
        ),
        subtitle=say(
            "publishing.trend.subtitle",
            unit=unit_text(scale, say).capitalize(),
            place=studio.municipality,
            first_year=str(first[0]),
            last_year=str(last[0]),
        ),
        source=studio.source(*(p.origin or status.indicator.origin for _, p in points)),
        summary=summary,
        headings=tuple(say(f"publishing.table.{k}") for k in ("period", "value", "lower", "upper")),
        rows=[
            (
                p.period,
                *(
                    None if v is None else round(drawn(v, scale), at)
                    for v in (p.value, p.lower, p.upper)
                ),
            )
            for _, p in points
        ],
        spec=spec,
    )


def _picture(rows: list[dict[str, Any]], there: list[dict[str, Any]], unit: str) -> parts.Spec:
    years = [r["year"] for r in rows]
    step = max(1, -(-(years[-1] - years[0]) // 5))
    low, high = parts.span(
        [r[k] for r in rows for k in ("value", "lower", "upper")] + [r["value"] for r in there],
        0.12,
    )
    x = parts.quantity(
        "year",
        (years[0] - 0.3, years[-1] + (years[-1] - years[0]) * (0.42 if there else 0.24)),
        values=list(range(years[-1], years[0] - 1, -step)),
        format="d",
        grid=False,
        title=None,
    )
    y = parts.quantity("value", (low, high), nice=True, tickCount=5, **parts.top_title(unit))
    near = (high - low) * 0.09
    apart = bool(there) and abs(there[0]["value"] - rows[-1]["value"]) < near
    up = bool(there) and there[0]["value"] > rows[-1]["value"]
    shift = (9 if up else -9) if apart else 0
    layers = [
        parts.layer(
            "area",
            rows,
            {"x": x, "y": parts.quantity("lower"), "y2": {"field": "upper"}},
            color=style.ACCENT,
            opacity=0.14,
        ),
        parts.layer("line", rows, {"x": x, "y": y}, stroke=style.ACCENT, strokeWidth=2.5),
        parts.layer(
            "point",
            rows,
            {"x": x, "y": y},
            **{**parts.DOT, "size": 60, "strokeWidth": 1.5},
            fill=style.ACCENT,
            stroke=style.PAPER,
        ),
        parts.labels(rows[:1], x, y, dx=-4, dy=-16, weight=600),
        parts.labels(rows[-1:], x, y, dx=11, dy=shift, weight=600),
    ]
    if there:
        layers += [
            parts.layer(
                "point",
                there,
                {"x": x, "y": y},
                **{**parts.DOT, "shape": "diamond"},
                fill=style.PAPER,
                stroke=style.INK,
            ),
            parts.labels(there, x, y, dx=11, dy=-shift, size=style.SMALL),
        ]
    return parts.sized(layers, 200, left=40)
