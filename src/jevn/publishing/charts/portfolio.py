"""Computed packages: all against those lowest down, and what is always, sometimes or never in."""

from __future__ import annotations

from typing import Any

from jevn.prioritisation.portfolio.study import Point, PortfolioStudy
from jevn.publishing.chart import Cell, Chart
from jevn.publishing.charts import parts, style
from jevn.publishing.charts.ahead import three
from jevn.publishing.charts.beside import beside
from jevn.publishing.charts.context import Studio
from jevn.publishing.charts.support import shortened
from jevn.terms import Say

_HEIGHT = 280
_LONG = 0.25
_COLOUR = {"always": style.ACCENT, "sometimes": "#4f8fcf", "never": style.QUIET}


def point_title(point: Point, say: Say) -> str:
    """Name of a package in the plane."""
    if point.kind == "front":
        return say("publishing.portfolio.front", n=(point.portfolio or 0) + 1)
    return point.title or say(f"portfolio.made.{point.kind}")


def packages_chart(studio: Studio, found: PortfolioStudy) -> Chart | None:
    """What every package gives to all, against what it gives those lowest down, and the front."""
    say = studio.say
    shown = [p for p in found.points if p.kind != "best"]
    if len(shown) < 2:
        return None
    front = [p for p in found.points if p.kind == "front"]
    proposed = next((p for p in shown if p.kind == "proposed"), None)
    headings = [
        say("publishing.portfolio.package"),
        say("portfolio.cli.nok"),
        say(f"portfolio.outcome.{found.wishes.outcome}"),
        say("publishing.table.lower"),
        say("publishing.table.upper"),
        say("portfolio.cli.worst"),
        say("publishing.table.lower"),
        say("publishing.table.upper"),
    ]
    rows: list[tuple[Cell, ...]] = [
        (
            point_title(p, say),
            round(p.nok / 1e6, 2),
            *(round(x, 1) for x in (p.total, p.total_low, p.total_high)),
            *(round(x, 1) for x in (p.worst_off, p.worst_low, p.worst_high)),
        )
        for p in sorted(shown, key=lambda p: -p.total)
    ]
    best = front[0] if front else shown[0]
    return studio.chart(
        "portfolio-plane",
        title=say(
            "publishing.portfolio.plane.title.more"
            if proposed and best.total > 1.02 * proposed.total
            else "publishing.portfolio.plane.title"
        ),
        subtitle=say(f"publishing.portfolio.plane.subtitle.{found.wishes.outcome}"),
        source=say("publishing.ahead.source"),
        summary=say(
            "publishing.portfolio.plane.summary",
            n=len(shown),
            best=three(best.total, say),
            worst=three(best.worst_off, say),
        ),
        headings=tuple(headings),
        rows=rows,
        spec=_plane(shown, front, say),
    )


def _plane(shown: list[Point], front: list[Point], say: Say) -> parts.Spec:
    x_span = parts.span([0.0, *(p.total for p in shown)], 0.12)
    y_span = parts.span([0.0, *(p.worst_off for p in shown)], 0.16)
    x = parts.quantity(
        "x", x_span, title=say("publishing.portfolio.plane.x"), tickCount=4, gridDash=[2, 3]
    )
    y = parts.quantity(
        "y",
        y_span,
        tickCount=4,
        gridDash=[2, 3],
        **parts.top_title(say("publishing.portfolio.plane.y"), x=-44),
    )
    rows: dict[str, list[dict[str, Any]]] = {"front": [], "package": [], "need": [], "proposed": []}
    for p in shown:
        rows[p.kind].append({"x": p.total, "y": p.worst_off, "title": point_title(p, say)})
    line = sorted(rows["front"], key=lambda r: float(r["x"]))
    layers = [
        parts.layer("line", line, {"x": x, "y": y}, stroke=style.ACCENT, strokeWidth=2),
        parts.layer(
            "point",
            rows["package"],
            {"x": x, "y": y},
            **{**parts.DOT, "filled": False},
            stroke=style.QUIET,
            fill=style.PAPER,
        ),
        *(
            parts.layer("point", rows[kind], {"x": x, "y": y}, **parts.DOT, fill=colour)
            for kind, colour in (
                ("front", style.ACCENT),
                ("need", style.WORSE),
                ("proposed", style.INK),
            )
        ),
    ]
    named = [
        *_front_labels(front, x_span[1], say),
        *(
            {"x": r["x"], "y": r["y"], "title": say(f"publishing.portfolio.{kind}")}
            for kind in ("proposed", "need")
            for r in rows[kind][:1]
        ),
    ]
    layers += beside(named, x, y, (x_span, y_span), _HEIGHT)
    return parts.sized(layers, _HEIGHT, left=52)


def _front_labels(front: list[Point], widest: float, say: Say) -> list[dict[str, Any]]:
    """Names of the ends of the front; one for all of it where it is short."""
    if not front:
        return []
    most, last = max(front, key=lambda p: p.total), min(front, key=lambda p: p.total)
    if most.total - last.total < _LONG * widest:
        title = say("publishing.portfolio.computed")
        return [{"x": last.total, "y": last.worst_off, "title": title}]
    return [
        {"x": most.total, "y": most.worst_off, "title": say("portfolio.made.total")},
        {"x": last.total, "y": last.worst_off, "title": say("publishing.portfolio.worst")},
    ]


def standing_chart(studio: Studio, found: PortfolioStudy) -> Chart | None:
    """In how many of the draws each action is in the best package; ``None`` without actions."""
    say, sure = studio.say, found.robustness
    if not sure.options:
        return None
    rows = [
        {
            "action": shortened(o.title, 34),
            "share": o.share_in,
            "label": f"{say.percent(o.share_in, 0)} · {say(f'portfolio.standing.{o.standing}')}",
            "colour": _COLOUR[o.standing],
        }
        for o in sure.options
    ]
    x = parts.quantity("share", (0, 1.5), hide=True)
    y = parts.name("action", labelFontSize=style.SMALL, labelLimit=230, labelPadding=6)
    bars = parts.layer(
        "bar", rows, {"x": x, "y": y, "color": parts.fixed("colour")}, height={"band": 0.6}
    )
    words = parts.labels(rows, x, y, dx=7, size=style.SMALL, weight=600)
    counts = {k: sum(o.standing == k for o in sure.options) for k in _COLOUR}
    return studio.chart(
        "portfolio-standing",
        title=say("publishing.portfolio.standing.title", n=counts["always"], of=len(rows)),
        subtitle=say("publishing.portfolio.standing.subtitle", n=sure.draws),
        source=say("publishing.ahead.source"),
        summary=say("publishing.support.summary", **counts),
        headings=(
            say("publishing.table.change"),
            say("portfolio.cli.share"),
            say("publishing.table.standing"),
        ),
        rows=[
            (o.title, round(o.share_in, 3), say(f"portfolio.standing.{o.standing}"))
            for o in sure.options
        ],
        spec=parts.sized(
            [bars, words],
            28 * len(rows),
            left=parts.room([str(r["action"]) for r in rows], style.SMALL, 230),
        ),
    )
