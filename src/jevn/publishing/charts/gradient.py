"""Gradient dot plot: the value of each social group with its interval, and the slope line."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from jevn.challenges.results import Gradient, GroupValue, IndicatorStatus, Sign
from jevn.publishing.chart import Cell, Chart
from jevn.publishing.charts import parts, style
from jevn.publishing.charts.context import Studio
from jevn.publishing.words import (
    decimals_of,
    difference_text,
    drawn,
    group_name,
    interval_text,
    local,
    lower_first,
    unit_text,
    value_text,
)


def gradient_chart(studio: Studio, status: IndicatorStatus, gradient: Gradient) -> Chart | None:
    """Groups along the social ladder, lowest position to the left; ``None`` with under two groups.

    The line runs from the fitted value at the bottom to that at the top of the ladder: its
    rise is the slope index of inequality.
    """
    say, scale = studio.say, status.indicator.scale
    known = [
        (g, rank)
        for g, rank in zip(gradient.groups, gradient.ranks, strict=True)
        if g.value is not None and not g.hidden
    ]
    if len(known) < 2:
        return None
    dimension = gradient.dimension.value
    rows: list[dict[str, Any]] = [
        {
            "rank": round(rank, 4),
            "value": drawn(g.value or 0.0, scale),
            "lower": None if g.lower is None else drawn(g.lower, scale),
            "upper": None if g.upper is None else drawn(g.upper, scale),
            "label": value_text(g.value, scale, say),
        }
        for g, rank in known
    ]
    line: list[dict[str, Any]] = []
    if gradient.sii is not None and gradient.intercept is not None:
        ends = (gradient.intercept, gradient.intercept + gradient.sii.value)
        line = [
            {"rank": rank, "value": drawn(end, scale)}
            for rank, end in zip((0, 1), ends, strict=True)
        ]
    names = {
        round(10_000 * rank): group_name(dimension, g.group, say).split(" ", 1) for g, rank in known
    }

    unit = unit_text(scale, say).capitalize()
    low, high = parts.span(
        [r[k] for r in rows for k in ("value", "lower", "upper")] + [r["value"] for r in line]
    )
    x = parts.quantity(
        "rank",
        (0, 1),
        values=[r["rank"] for r in rows],
        labelExpr=parts.lookup(names, 10_000),
        grid=False,
        title=None,
        labelOverlap=False,
    )
    y = parts.quantity("value", (low, high), nice=True, tickCount=5, **parts.top_title(unit))
    fill = style.PAPER if gradient.estimated else style.ACCENT
    layers = [
        parts.layer(
            "line", line, {"x": x, "y": y}, stroke=style.LINE, strokeWidth=2, strokeDash=[5, 4]
        ),
        parts.layer(
            "rule",
            rows,
            {"x": x, "y": parts.quantity("lower"), "y2": {"field": "upper"}},
            stroke=style.ACCENT,
            strokeWidth=3,
            opacity=0.45,
        ),
        parts.layer("point", rows, {"x": x, "y": y}, **parts.DOT, fill=fill, stroke=style.ACCENT),
        *_values(rows, x, y, high - low),
    ]

    return studio.chart(
        f"gradient-{status.indicator.id}-{dimension}",
        title=_title(studio, status, gradient),
        subtitle=_subtitle(studio, status, gradient),
        source=studio.source(gradient.origin or status.indicator.origin),
        summary=_summary(studio, status, gradient, [g for g, _ in known]),
        headings=tuple(
            say(f"publishing.table.{k}") for k in ("group", "value", "lower", "upper", "persons")
        ),
        rows=[_row(studio, dimension, g, status) for g in gradient.groups],
        spec=parts.sized(layers if line else layers[1:], 210, left=40),
    )


def _values(
    rows: list[dict[str, Any]], x: parts.Spec, y: parts.Spec, span: float
) -> list[parts.Spec]:
    """Values beside their dots: above or below where the next dot is near, else to the right."""
    layers = []
    for n, row in enumerate(rows):
        after = rows[n + 1]["rank"] - row["rank"] if n + 1 < len(rows) else 1.0 - row["rank"]
        if after >= 0.24:
            at: dict[str, Any] = {"align": "left", "dx": 11}
        elif n and abs(row["value"] - rows[n - 1]["value"]) < 0.12 * span:
            below = row["value"] < rows[n - 1]["value"]
            at = {"align": "right", "dx": 14, "dy": 18 if below else -18}
        elif len(rows) <= 3:
            at = {"align": "right", "dx": -11}
        else:
            at = (
                {"align": "left", "dx": 6, "dy": -13}
                if n < len(rows) - 1
                else {"align": "right", "dx": 14, "dy": 18}
            )
        layers.append(parts.labels([row], x, y, weight=600, **at))
    return layers


def _row(
    studio: Studio, dimension: str, g: GroupValue, status: IndicatorStatus
) -> tuple[Cell, ...]:
    scale, at = status.indicator.scale, decimals_of(status.indicator.scale)
    name = group_name(dimension, g.group, studio.say)
    if g.hidden:
        return f"{name} ({studio.say('publishing.hidden')})", None, None, None, None
    return (
        name,
        *(None if v is None else round(drawn(v, scale), at) for v in (g.value, g.lower, g.upper)),
        None if g.population is None else round(g.population),
    )


def _title(studio: Studio, status: IndicatorStatus, gradient: Gradient) -> str:
    say, dimension = studio.say, gradient.dimension.value
    ends = gradient.groups[0].group, gradient.groups[-1].group
    low, high = (lower_first(group_name(dimension, g, say)) for g in ends)
    return say(
        f"publishing.gradient.title.{gradient.sign.value}",
        name=local(status.indicator.name, say),
        low=low,
        high=high,
        dimension=lower_first(say(f"dimension.{dimension}")),
    )


def _subtitle(studio: Studio, status: IndicatorStatus, gradient: Gradient) -> str:
    say = studio.say
    text = say(
        "publishing.gradient.subtitle",
        unit=unit_text(status.indicator.scale, say).capitalize(),
        dimension=lower_first(say(f"dimension.{gradient.dimension.value}")),
        place=gradient.elsewhere or studio.municipality,
        period=gradient.period,
    )
    if gradient.elsewhere is not None:
        here = say("publishing.gradient.elsewhere", place=studio.municipality)
        return f"{text} {here}"
    return f"{text} {say('publishing.gradient.estimated')}" if gradient.estimated else text


def _summary(
    studio: Studio, status: IndicatorStatus, gradient: Gradient, groups: list[GroupValue]
) -> str:
    say, scale, dimension = studio.say, status.indicator.scale, gradient.dimension.value
    sentences = [
        ", ".join(
            f"{group_name(dimension, g.group, say)} {value_text(g.value, scale, say)}"
            for g in groups
        )
        + "."
    ]
    if gradient.sii is not None:
        sentences.append(
            say(
                "publishing.gradient.slope",
                slope=difference_text(gradient.sii.value, scale, say),
                interval=interval_text(gradient.sii.lower, gradient.sii.upper, scale, say) or "–",
            )
        )
    if gradient.sign is Sign.SAME:
        sentences.append(say("publishing.gradient.no_slope"))
    pairs = pairwise(groups)
    if any(_overlap(a, b) for a, b in pairs):
        sentences.append(say("publishing.gradient.overlap"))
    return " ".join(sentences)


def _overlap(a: GroupValue, b: GroupValue) -> bool:
    if a.lower is None or a.upper is None or b.lower is None or b.upper is None:
        return False
    return a.lower <= b.upper and b.lower <= a.upper
