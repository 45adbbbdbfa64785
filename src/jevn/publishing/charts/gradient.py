"""Gradient dot plot: the value of each social group with its interval, and the slope line."""

from __future__ import annotations

from typing import Any

import altair as alt

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
            {"rank": rank, "value": drawn(end, scale)} for rank, end in zip((0, 1), ends, strict=True)
        ]
    names = {
        round(10_000 * rank): group_name(dimension, g.group, say).split(" ", 1) for g, rank in known
    }

    def make() -> Any:
        low, high = parts.span(
            [r[k] for r in rows for k in ("value", "lower", "upper")] + [r["value"] for r in line]
        )
        x = alt.X("rank:Q").scale(domain=[0, 1]).axis(
            values=[r["rank"] for r in rows],
            labelExpr=parts.lookup(names, 10_000),
            grid=False,
            title=None,
            labelOverlap=False,
        )
        y = alt.Y("value:Q").scale(domain=[low, high], nice=True, zero=False).axis(
            title=unit_text(scale, say).capitalize(),
            tickCount=5,
            titleAngle=0,
            titleAlign="left",
            titleAnchor="start",
            titleX=0,
            titleY=-14,
        )
        base = alt.Chart(parts.inline(rows))
        layers: list[Any] = []
        if line:
            slope = alt.Chart(parts.inline(line)).encode(x=x, y=y)
            layers.append(slope.mark_line(stroke=style.LINE, strokeWidth=2, strokeDash=[5, 4]))
        layers.append(
            base.mark_rule(stroke=style.ACCENT, strokeWidth=3, opacity=0.45).encode(
                x=x, y=alt.Y("lower:Q"), y2="upper:Q"
            )
        )
        fill = style.PAPER if gradient.estimated else style.ACCENT
        layers.append(
            base.mark_point(
                shape="circle", size=130, fill=fill, stroke=style.ACCENT, strokeWidth=2, opacity=1
            ).encode(x=x, y=y)
        )
        for side, chosen in (
            ("left", [r for r in rows if r["rank"] < 0.72]),
            ("right", [r for r in rows if r["rank"] >= 0.72]),
        ):
            if chosen:
                dx = 11 if side == "left" else -11
                layers.append(parts.labels(chosen, x, y, align=side, dx=dx, weight=600))
        return parts.sized(alt.layer(*layers), 210)

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
        make=make,
    )


def _row(studio: Studio, dimension: str, g: GroupValue, status: IndicatorStatus) -> tuple[Cell, ...]:
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
        place=studio.municipality,
        period=gradient.period,
    )
    return f"{text} {say('publishing.gradient.estimated')}" if gradient.estimated else text


def _summary(
    studio: Studio, status: IndicatorStatus, gradient: Gradient, groups: list[GroupValue]
) -> str:
    say, scale, dimension = studio.say, status.indicator.scale, gradient.dimension.value
    sentences = [
        ", ".join(
            f"{group_name(dimension, g.group, say)} {value_text(g.value, scale, say)}" for g in groups
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
    pairs = zip(groups, groups[1:], strict=False)
    if any(_overlap(a, b) for a, b in pairs):
        sentences.append(say("publishing.gradient.overlap"))
    return " ".join(sentences)


def _overlap(a: GroupValue, b: GroupValue) -> bool:
    if a.lower is None or a.upper is None or b.lower is None or b.upper is None:
        return False
    return a.lower <= b.upper and b.lower <= a.upper
