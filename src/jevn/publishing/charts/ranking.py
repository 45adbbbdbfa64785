"""Ranking of areas: where each comes by the rule, and how sure that is."""

from __future__ import annotations

from typing import Any

from jevn.challenges.overview_results import AreaRank, AreaRanking
from jevn.publishing.chart import Cell, Chart
from jevn.publishing.charts import parts, style
from jevn.publishing.charts.context import Studio

_FIRST = 3


def ranking_chart(studio: Studio, ranking: AreaRanking | None) -> Chart | None:
    """Dots with the span of places of each area; ``None`` with under two areas to rank."""
    if ranking is None or len(ranking.areas) < 2:
        return None
    say, number = studio.say, len(ranking.areas)
    rows: list[dict[str, Any]] = [
        {
            "area": say(f"area.{a.area.value}.short"),
            "place": a.place,
            "lower": a.figures.lower - 0.18,
            "upper": a.figures.upper + 0.18,
            "least": a.importance.lower - 0.18,
            "most": a.importance.upper + 0.18,
            "edge": max(a.figures.upper, a.importance.upper) + 0.18,
            "label": say.percent(a.figures.top),
            "fill": style.WORSE if a.figures.top >= 0.9 else style.PAPER,
            "colour": style.WORSE if a.figures.top >= 0.9 else style.SAME,
        }
        for a in ranking.areas
    ]
    x = parts.quantity(
        "place",
        (0.5, number + 2.1),
        values=list(range(1, number + 1)),
        format="d",
        grid=False,
        title=say("publishing.ranking.axis"),
    )
    y = parts.name("area", padding=0.5, labelFontSize=style.TEXT, labelPadding=8)
    band = [{"from": 0.5, "to": _FIRST + 0.5}]
    spec = parts.sized(
        [
            parts.layer(
                "rect",
                band,
                {"x": parts.quantity("from"), "x2": {"field": "to"}},
                fill=style.GRID,
                opacity=0.7,
            ),
            parts.layer(
                "rule",
                rows,
                {"x": parts.quantity("least"), "x2": {"field": "most"}, "y": y},
                stroke=style.QUIET,
                strokeWidth=1.5,
            ),
            parts.layer(
                "rule",
                rows,
                {
                    "x": parts.quantity("lower"),
                    "x2": {"field": "upper"},
                    "y": y,
                    "stroke": parts.fixed("colour"),
                },
                strokeWidth=6,
                opacity=0.45,
            ),
            parts.layer(
                "point",
                rows,
                {"x": x, "y": y, "fill": parts.fixed("fill"), "stroke": parts.fixed("colour")},
                **parts.DOT,
            ),
            parts.labels(rows, parts.quantity("edge"), y, dx=8, weight=600),
        ],
        30 * number,
        left=parts.room([r["area"] for r in rows]),
    )
    return studio.chart(
        "area-ranking",
        title=say.message(ranking.message),
        subtitle=say("publishing.ranking.subtitle", draws=ranking.draws),
        source=say("publishing.ranking.source"),
        summary=_summary(studio, ranking),
        headings=tuple(
            say(f"publishing.ranking.{k}")
            for k in ("area", "place", "span", "first", "top", "span_varied", "top_varied")
        ),
        rows=[_row(studio, a) for a in ranking.areas],
        spec=spec,
    )


def span_text(studio: Studio, lower: int, upper: int) -> str:
    """A span of places: ``2–5``, or one place."""
    if lower == upper:
        return str(lower)
    return studio.say("publishing.interval", lower=str(lower), upper=str(upper))


def _row(studio: Studio, area: AreaRank) -> tuple[Cell, ...]:
    say = studio.say
    return (
        say(f"area.{area.area.value}.short"),
        area.place,
        span_text(studio, area.figures.lower, area.figures.upper),
        say.percent(area.figures.first),
        say.percent(area.figures.top),
        span_text(studio, area.importance.lower, area.importance.upper),
        say.percent(area.importance.top),
    )


def _summary(studio: Studio, ranking: AreaRanking) -> str:
    say = studio.say
    sentences = [
        say(
            "publishing.ranking.sentence",
            area_key=f"area.{a.area.value}.short",
            place=a.place,
            span=span_text(studio, a.figures.lower, a.figures.upper),
            top_share=a.figures.top,
        )
        for a in ranking.areas[: 2 * _FIRST]
    ]
    if ranking.unranked:
        sentences.append(say("publishing.ranking.unranked", n=len(ranking.unranked)))
    return " ".join(sentences)
