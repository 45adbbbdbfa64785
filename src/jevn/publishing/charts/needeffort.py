"""Need-effort chart: where it burns against effort, area by area, with the four corners named."""

from __future__ import annotations

from typing import Any

from jevn.effort.results import EffortProfile, NeedEffortPoint
from jevn.publishing.chart import Chart
from jevn.publishing.charts import parts, style
from jevn.publishing.charts.context import Studio
from jevn.publishing.words import listed, money

_WIDE, _TALL = 356, 330
_CORNERS = (
    "high_need_low_effort",
    "high_need_high_effort",
    "low_need_low_effort",
    "low_need_high_effort",
)


def need_effort_chart(
    studio: Studio, points: tuple[NeedEffortPoint, ...], effort: EffortProfile | None
) -> Chart | None:
    """Areas by effort (across) and need (up); ``None`` with under two areas to place."""
    known = [p for p in points if p.need is not None and p.effort is not None]
    if len(known) < 2:
        return None
    say = studio.say
    reach = max([abs((p.effort or 1.0) - 1.0) for p in known] + [0.25]) * 1.18
    low, high = max(0.0, 1.0 - reach), 1.0 + reach

    def across(value: float) -> float:
        return (value - low) / (high - low) * _WIDE

    def up(value: float) -> float:
        return (1.04 - value) / 1.08 * _TALL

    placed = place_labels(
        [
            (say(f"area.{p.area.value}.short"), across(p.effort or 0.0), up(p.need or 0.0))
            for p in known
        ]
    )

    corners: list[dict[str, Any]] = [
        {"px": 6, "py": 12, "align": "left", "corner": _CORNERS[0]},
        {"px": _WIDE - 6, "py": 12, "align": "right", "corner": _CORNERS[1]},
        {"px": 6, "py": _TALL - 12, "align": "left", "corner": _CORNERS[2]},
        {"px": _WIDE - 6, "py": _TALL - 12, "align": "right", "corner": _CORNERS[3]},
    ]
    x = parts.quantity(
        "effort",
        (low, high),
        title=say("publishing.need.axis_effort"),
        format="%",
        tickCount=4,
        grid=False,
    )
    y = parts.quantity(
        "need",
        (-0.04, 1.04),
        format="%",
        values=[0, 0.25, 0.5, 0.75, 1],
        grid=False,
        **parts.top_title(say("publishing.need.axis_need"), -40, -16),
    )
    rows = [
        {
            "effort": p.effort,
            "need": p.need,
            "colour": style.WORSE if p.corner == _CORNERS[0] else style.ACCENT,
        }
        for p in known
    ]
    between = _between(known)
    centre = [{"effort": 1.0, "need": between}]
    layers = [
        parts.layer(
            "rect",
            [{"effort": low, "right": 1.0, "need": between, "top": 1.04}],
            {"x": x, "x2": {"field": "right"}, "y": y, "y2": {"field": "top"}},
            color="#fdf1e8",
        ),
        parts.layer("rule", centre, {"x": x}, stroke=style.LINE),
        parts.layer("rule", centre, {"y": y}, stroke=style.LINE),
        *(
            _words(
                say(f"publishing.need.corner.{c['corner']}"),
                c["px"],
                c["py"],
                align=c["align"],
                fontSize=12,
                fontStyle="italic",
                fill=style.QUIET,
            )
            for c in corners
        ),
        parts.layer(
            "point",
            rows,
            {"x": x, "y": y, "fill": parts.fixed("colour")},
            **{**parts.DOT, "strokeWidth": 1.5},
            stroke=style.PAPER,
        ),
        *(
            _words(name, px, py, align=align, fontSize=13, fill=style.INK, **style.HALO)
            for name, px, py, align in placed
        ),
    ]

    burning = [p for p in known if p.corner == "high_need_low_effort"]
    names = listed(tuple(say(f"area.{p.area.value}.short") for p in burning), say)
    title = "none" if not burning else "one" if len(burning) == 1 else "many"
    return studio.chart(
        "need-effort",
        title=say(f"publishing.need.title.{title}", areas=names),
        subtitle=say("publishing.need.subtitle"),
        source=studio.source(*(effort.origins if effort else ())),
        summary=" ".join(_sentence(studio, corner, known) for corner in _CORNERS).strip(),
        headings=tuple(
            say(f"publishing.table.{k}")
            for k in ("area", "need", "effort", "per_inhabitant", "corner")
        ),
        rows=[
            (
                say(f"area.{p.area.value}.short"),
                None if p.need is None else round(100 * p.need),
                None if p.effort is None else round(100 * p.effort),
                money(p.per_inhabitant, say),
                say(f"publishing.need.corner.{p.corner}"),
            )
            for p in points
        ],
        spec={"width": _WIDE, "height": _TALL, "layer": layers},
    )


def _between(points: list[NeedEffortPoint]) -> float:
    """Where to draw the line between high and low need: midway between the nearest of each."""
    high = [p.need for p in points if p.need is not None and p.corner.startswith("high")]
    low = [p.need for p in points if p.need is not None and p.corner.startswith("low")]
    return (min(high) + max(low)) / 2 if high and low else 0.5


def _words(text: str, px: float, py: float, **look: Any) -> parts.Spec:
    """Words at a place given in pixels."""
    encoding = {
        "x": {"value": px},
        "y": {"value": py},
        "text": {"field": "label", "type": "nominal"},
    }
    return parts.layer("text", [{"label": text}], encoding, baseline="middle", **look)


def _sentence(studio: Studio, corner: str, points: list[NeedEffortPoint]) -> str:
    names = tuple(studio.say(f"area.{p.area.value}.short") for p in points if p.corner == corner)
    if not names:
        return ""
    return f"{studio.say(f'publishing.need.corner.{corner}')}: {listed(names, studio.say)}."


Label = tuple[str, float, float, Any]


def place_labels(
    points: list[tuple[str, float, float]], wide: float = _WIDE, tall: float = _TALL
) -> list[Label]:
    """Places for labels beside their points without overlap: right, left, above, below, farther.

    Args:
        points: text, and place of the point in pixels.
        wide: width of the plot.
        tall: height of the plot.

    Returns:
        Text, place in pixels, and alignment; in the order given.
    """
    taken: list[tuple[float, float, float, float]] = [
        (x - 7, y - 7, x + 7, y + 7) for _, x, y in points
    ]
    placed: list[Label] = []
    for text, x, y in points:
        size = 7.2 * len(text)
        choices: list[tuple[float, float, Any]] = []
        for away in (0, 16, 30, 44, 58, 72):
            for dy in (0,) if away == 0 else (-away, away):
                choices += [
                    (x + 11, y + dy, "left"),
                    (x - 11, y + dy, "right"),
                    (x, y + dy, "center"),
                ]
        best = min(choices, key=lambda c: (_cost(c, size, taken, wide, tall), choices.index(c)))
        placed.append((text, round(best[0], 1), round(best[1], 1), best[2]))
        taken.append(_box(best, size))
    return placed


def _box(place: tuple[float, float, Any], size: float) -> tuple[float, float, float, float]:
    x, y, align = place
    left = x if align == "left" else x - size if align == "right" else x - size / 2
    return left, y - 8, left + size, y + 8


def _cost(
    place: tuple[float, float, Any],
    size: float,
    taken: list[tuple[float, float, float, float]],
    wide: float,
    tall: float,
) -> float:
    left, top, right, bottom = _box(place, size)
    outside = (
        max(0.0, -left) + max(0.0, right - wide) + max(0.0, 22 - top) + max(0.0, bottom - tall + 22)
    )
    overlap = sum(
        max(0.0, min(right, r) - max(left, x)) * max(0.0, min(bottom, b) - max(top, t))
        for x, t, r, b in taken
    )
    return outside * 20 + overlap
