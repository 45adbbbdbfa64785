"""Alternatives through the years, side by side: healthy years with limits, and the plane."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jevn.impact.projection.results import AlternativeProjection, Projection
from jevn.impact.uncertainty import Drawn
from jevn.publishing.chart import Cell, Chart
from jevn.publishing.charts import parts, style
from jevn.publishing.charts.beside import beside
from jevn.publishing.charts.context import Studio
from jevn.publishing.charts.dots import Dot, dot_rows
from jevn.terms import Say

HEALTH = "healthy_years"


def three(value: float, say: Say, most: int = 2) -> str:
    """A number with about three figures: no more than a projection can bear."""
    size = abs(value)
    places = 0 if size >= 100 else 1 if size >= 10 else most
    if size < 0.5 * 10**-places:
        return say.number(0, 0)
    if size >= 1000:
        return say.number(round(value, -1), 0)
    return say.number(round(value, places), places if round(value, places) % 1 else 0)


def limits(found: Drawn, say: Say) -> str:
    """Limits in words, with a word between them where one has a minus."""
    return between(three(found.lower, say), three(found.upper, say), say)


def between(lower: str, upper: str, say: Say) -> str:
    """``105–876``, or with a word between where one has a minus."""
    key = "publishing.interval.to" if "−" in lower + upper else "publishing.interval"
    return say(key, lower=lower, upper=upper)


def with_limits(found: Drawn, say: Say) -> str:
    """Median and limits: ``323 (105–876)``; one number where they are the same."""
    if found.lower == found.upper:
        return three(found.median, say)
    return f"{three(found.median, say)} ({limits(found, say)})"


def gains_chart(
    studio: Studio, projection: Projection, titles: Mapping[str, str], outcome: str = HEALTH
) -> Chart | None:
    """Forest plot: an outcome of every alternative with 95 % limits; ``None`` if none moves it."""
    say = studio.say
    given = [(a, g) for a in projection.alternatives if (g := a.outcome(outcome)) is not None]
    if all(g.verdict == "no_effect" for _, g in given):
        return None
    dots = [
        Dot(
            titles[a.alternative],
            g.total.median,
            g.total.lower,
            g.total.upper,
            three(g.total.median, say),
            hollow=g.verdict != "gains",
        )
        for a, g in given
    ]
    best, gain = max(given, key=lambda x: x[1].total.median)
    rows: list[tuple[Cell, ...]] = [
        (
            titles[a.alternative],
            round(g.total.median, 3),
            round(g.total.lower, 3),
            round(g.total.upper, 3),
            say(f"impact.projection.verdict.{g.verdict}.short"),
        )
        for a, g in given
    ]
    return studio.chart(
        f"ahead-{outcome}",
        title=say("publishing.ahead.gains.title", title=titles[best.alternative]),
        subtitle=say("publishing.ahead.gains.subtitle", **_period(projection)),
        source=say("publishing.ahead.source"),
        summary=say(
            "publishing.ahead.gains.summary",
            title=titles[best.alternative],
            value=with_limits(gain.total, say),
        ),
        headings=tuple(
            say(f"publishing.{k}")
            for k in (
                "table.alternative",
                "ahead.healthy_years",
                "table.lower",
                "table.upper",
                "ahead.answer",
            )
        ),
        rows=rows,
        spec=dot_rows(
            dots,
            unit=say("publishing.ahead.healthy_years"),
            line=(0.0, say("publishing.ahead.as_today")),
            zero=True,
            row_height=40,
        ),
    )


def plane_chart(studio: Studio, projection: Projection, titles: Mapping[str, str]) -> Chart | None:
    """Health gained against how much more the bottom of the ladder gains; crosses are limits."""
    say = studio.say
    moving = [a for a in projection.alternatives if _moves(a)]
    if not moving:
        return None
    rows: list[dict[str, Any]] = [
        {
            "title": titles[a.alternative],
            "x": a.plane.health.median,
            "x0": a.plane.health.lower,
            "x1": a.plane.health.upper,
            "y": a.plane.fairness.median,
            "y0": a.plane.fairness.lower,
            "y1": a.plane.fairness.upper,
        }
        for a in moving
    ]
    known: list[tuple[Cell, ...]] = [
        (
            r["title"],
            *(round(float(r[k]), 4) for k in ("x", "x0", "x1", "y", "y0", "y1")),
        )
        for r in rows
    ]
    fairest = max(moving, key=lambda a: a.plane.win_win)
    return studio.chart(
        "ahead-plane",
        title=say("publishing.ahead.plane.title"),
        subtitle=say("publishing.ahead.plane.subtitle", **_period(projection)),
        source=say("publishing.ahead.source"),
        summary=say(
            "publishing.ahead.plane.summary",
            n=len(moving),
            title=titles[fairest.alternative],
            falls_chance=fairest.plane.win_win,
        ),
        headings=tuple(
            say(f"publishing.{k}")
            for k in (
                "table.alternative",
                "ahead.plane.health",
                "table.lower",
                "table.upper",
                "ahead.plane.fairness",
                "table.lower",
                "table.upper",
            )
        ),
        rows=known,
        spec=_plane(rows, say),
    )


def _plane(rows: list[dict[str, Any]], say: Say) -> parts.Spec:
    x_low, x_high = parts.span([0.0, *(r[k] for r in rows for k in ("x0", "x1"))], 0.1)
    y_low, y_high = parts.span([0.0, *(r[k] for r in rows for k in ("y0", "y1"))], 0.16)
    x_low, y_low = min(x_low, -0.04 * x_high), min(y_low, -0.06 * y_high)
    x = parts.quantity(
        "x",
        (x_low, x_high),
        title=say("publishing.ahead.plane.x"),
        tickCount=4,
        gridDash=[2, 3],
    )
    y = parts.quantity(
        "y",
        (y_low, y_high),
        tickCount=4,
        gridDash=[2, 3],
        **parts.top_title(say("publishing.ahead.plane.y"), x=-36),
    )
    zero = [{"at": 0.0}]
    corners = [
        {"x": x_high, "y": y_high, "label": say("publishing.ahead.plane.win_win"), "up": 1},
    ]
    if y_low < -0.2 * y_high:
        label = say("publishing.ahead.plane.health_only")
        corners.append({"x": x_high, "y": y_low, "label": label, "up": 0})
    layers = [
        parts.layer("rule", zero, {"x": parts.quantity("at")}, stroke=style.INK, strokeWidth=1),
        parts.layer("rule", zero, {"y": parts.quantity("at")}, stroke=style.INK, strokeWidth=1),
        parts.layer(
            "rule",
            rows,
            {"x": parts.quantity("x0"), "x2": {"field": "x1"}, "y": y},
            stroke=style.ACCENT,
            strokeWidth=2,
            opacity=0.45,
        ),
        parts.layer(
            "rule",
            rows,
            {"x": x, "y": parts.quantity("y0"), "y2": {"field": "y1"}},
            stroke=style.ACCENT,
            strokeWidth=2,
            opacity=0.45,
        ),
        parts.layer(
            "point", rows, {"x": x, "y": y}, **parts.DOT, fill=style.ACCENT, stroke=style.PAPER
        ),
    ]
    for corner in corners:
        layers.append(
            parts.labels(
                [corner],
                x,
                y,
                colour=style.QUIET,
                size=style.SMALL,
                align="right",
                dy=8 if corner["up"] else -8,
            )
        )
    height = 260
    layers += beside(rows, x, y, ((x_low, x_high), (y_low, y_high)), height)
    return parts.sized(layers, height, left=46)


def _moves(a: AlternativeProjection) -> bool:
    health = a.outcome(HEALTH)
    return health is not None and health.verdict != "no_effect"


def _period(projection: Projection) -> dict[str, str | int]:
    return {
        "years": projection.years,
        "first_year": str(projection.first_year),
        "last_year": str(projection.first_year + projection.years - 1),
    }
