"""Statements by group: how large a part of each opinion group agrees."""

from __future__ import annotations

from jevn.participation.opinions import OpinionSummary
from jevn.publishing.chart import Chart
from jevn.publishing.charts import parts, style
from jevn.publishing.charts.context import Studio
from jevn.publishing.charts.support import shortened

COLOURS = ("#0062ba", "#b84a00", "#3c9d8f", "#7a5195", "#6b7480")
"""One colour per group, told apart also by those who are colour-blind; letters say the same."""
_MOST = 8
_LONGEST = 44
_DOT = {**parts.DOT, "size": 300, "filled": True}


def opinions_chart(studio: Studio, opinions: OpinionSummary) -> Chart | None:
    """Share of each group that agrees with the statements that divide and unite.

    ``None`` without groups, or without statements that every group has voted on.
    """
    say = studio.say
    rows_of = {s.id: s for s in opinions.statements if s.groups}
    chosen = [id for id in opinions.dividing if id in rows_of][: _MOST // 2]
    chosen += [id for id in rows_of if id not in chosen][: _MOST - len(chosen)]
    if not opinions.groups or not chosen:
        return None
    names = [say("participation.opinions.name", letter="ABCDE"[g.id]) for g in opinions.groups]
    points = [
        {
            "statement": shortened(rows_of[id].text, _LONGEST),
            "share": 100 * shares.agree,
            "letter": "ABCDE"[g],
            "colour": COLOURS[g],
        }
        for id in chosen
        for g, shares in enumerate(rows_of[id].groups)
    ]
    lines = [
        {
            "statement": shortened(rows_of[id].text, _LONGEST),
            "low": 100 * min(s.agree for s in rows_of[id].groups),
            "high": 100 * max(s.agree for s in rows_of[id].groups),
        }
        for id in chosen
    ]
    x = parts.quantity(
        "share",
        (-5, 105),
        title=say("publishing.opinions.axis"),
        values=[0, 25, 50, 75, 100],
        gridDash=[2, 3],
    )
    y = parts.name("statement", labelFontSize=style.SMALL, labelLimit=230, labelPadding=12)
    span = {
        "x": {**x, "field": "low"},
        "x2": {"field": "high"},
        "y": y,
    }
    colour = parts.fixed("colour")
    layers = [
        parts.layer("rule", lines, span, stroke=style.LINE, strokeWidth=3),
        parts.layer("point", points, {"x": x, "y": y, "color": colour, "fill": colour}, **_DOT),
        parts.layer(
            "text",
            points,
            {"x": x, "y": y, "text": {"field": "letter", "type": "nominal"}},
            fill=style.PAPER,
            fontSize=12,
            fontWeight=700,
            baseline="middle",
        ),
    ]
    first = rows_of[chosen[0]]
    high = max(range(len(first.groups)), key=lambda g: first.groups[g].agree)
    low = min(range(len(first.groups)), key=lambda g: first.groups[g].agree)
    return studio.chart(
        f"opinions-{opinions.id}",
        title=say("publishing.opinions.title", n=len(names), title=opinions.title),
        subtitle=say("publishing.opinions.subtitle"),
        source=say("publishing.opinions.source", n=opinions.people, votes=opinions.votes),
        summary=say(
            "publishing.opinions.summary",
            text=first.text,
            high=names[high],
            high_share=first.groups[high].agree,
            low=names[low],
            low_share=first.groups[low].agree,
        ),
        headings=(
            say("publishing.opinions.statement"),
            *(f"{name} ({say('publishing.opinions.percent')})" for name in names),
        ),
        rows=[(rows_of[id].text, *(100 * s.agree for s in rows_of[id].groups)) for id in chosen],
        spec=parts.sized(
            layers,
            36 * len(chosen),
            left=parts.room([str(line["statement"]) for line in lines], style.SMALL, 230),
        ),
    )


def opinion_map(studio: Studio, opinions: OpinionSummary) -> Chart | None:
    """Where people stand: near each other if they have voted alike.

    Marks hold at least five people each and grow with them. ``None`` without groups, and where
    so few are near each other that the marks leave out a group or half of the people.
    """
    say = studio.say
    groups = {cell.group for cell in opinions.map}
    marked = sum(cell.people for cell in opinions.map)
    if not opinions.groups or len(groups) < len(opinions.groups) or 2 * marked < opinions.clustered:
        return None
    most = max(cell.people for cell in opinions.map)
    marks = [
        {
            "x": cell.x,
            "y": cell.y,
            "size": 80 + 620 * cell.people / most,
            "colour": COLOURS[cell.group],
        }
        for cell in opinions.map
    ]
    middles = []
    for group in opinions.groups:
        own = [cell for cell in opinions.map if cell.group == group.id]
        people = sum(cell.people for cell in own)
        if people:
            middles.append(
                {
                    "x": sum(cell.x * cell.people for cell in own) / people,
                    "y": sum(cell.y * cell.people for cell in own) / people,
                    "label": "ABCDE"[group.id],
                }
            )
    x, y = (parts.quantity(axis, (-0.04, 1.04), hide=True) for axis in ("x", "y"))
    colour = parts.fixed("colour")
    size = {"field": "size", "type": "quantitative", "scale": None, "legend": None}
    names = [say("participation.opinions.name", letter="ABCDE"[g.id]) for g in opinions.groups]
    shown = sum(cell.people for cell in opinions.map)
    layers = [
        parts.layer(
            "point",
            marks,
            {"x": x, "y": y, "size": size, "color": colour, "fill": colour},
            shape="circle",
            filled=True,
            opacity=0.7,
        ),
        parts.labels(middles, x, y, size=26, weight=700, align="center"),
    ]
    return studio.chart(
        f"opinion-map-{opinions.id}",
        title=say("publishing.opinions.map.title"),
        subtitle=say("publishing.opinions.map.subtitle"),
        source=say("publishing.opinions.source", n=opinions.people, votes=opinions.votes),
        summary=say("publishing.opinions.map.summary", n=shown, clustered=opinions.clustered),
        headings=(say("publishing.opinions.groups"), say("publishing.opinions.people")),
        rows=[(name, g.size) for name, g in zip(names, opinions.groups, strict=True)],
        spec=parts.sized(layers, 300),
    )
