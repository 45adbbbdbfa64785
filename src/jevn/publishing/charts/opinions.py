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
