"""Effort by area, stacked by reach: for all, for all by need, for a defined group."""

from __future__ import annotations

from typing import Any

from jevn.effort.results import EffortProfile
from jevn.publishing.chart import Chart
from jevn.publishing.charts import parts, style
from jevn.publishing.charts.context import Studio
from jevn.publishing.words import money
from jevn.terms import Reach


def reach_chart(studio: Studio, effort: EffortProfile) -> Chart | None:
    """Net kroner per area and reach, most money first; ``None`` without money."""
    say = studio.say
    areas = sorted(
        (a for a in effort.areas if a.net_nok > 0), key=lambda a: (-a.net_nok, a.area.value)
    )
    if not areas:
        return None
    total = sum(a.net_nok for a in effort.areas)
    by_reach = {r: sum(dict(a.by_reach).get(r, 0.0) for a in areas) for r in Reach}

    rows: list[dict[str, Any]] = [
        {
            "area": say(f"area.{a.area.value}.short"),
            "reach": say(f"reach.{reach.value}.short"),
            "order": list(Reach).index(reach),
            "nok": nok / 1e6,
        }
        for a in areas
        for reach, nok in a.by_reach
        if nok > 0
    ]
    totals = [
        {
            "area": say(f"area.{a.area.value}.short"),
            "nok": sum(max(0.0, n) for _, n in a.by_reach) / 1e6,
            "label": money(a.net_nok, say),
        }
        for a in areas
    ]
    across = (0.0, max(float(str(t["nok"])) for t in totals) * 1.36)
    x = parts.quantity("nok", across, hide=True)
    y = parts.name("area", labelFontSize=style.TEXT)
    legend = {"orient": "top", "title": None, "direction": "horizontal", "columnPadding": 14}
    colours = {
        "domain": [say(f"reach.{r.value}.short") for r in Reach],
        "range": [style.REACH_COLOURS[r] for r in Reach],
    }
    bars = parts.layer(
        "bar",
        rows,
        {
            "x": {**x, "stack": "zero"},
            "y": y,
            "order": {"field": "order", "type": "ordinal"},
            "color": {"field": "reach", "type": "nominal", "scale": colours, "legend": legend},
        },
        height={"band": 0.66},
    )
    words = parts.labels(totals, x, y, dx=8, size=style.SMALL, weight=600)

    first = areas[0]
    return studio.chart(
        "effort-by-reach",
        title=say("publishing.reach.title", area_key=f"area.{first.area.value}.short"),
        subtitle=say("publishing.reach.subtitle", year=str(effort.year), place=studio.municipality),
        source=studio.source(*effort.origins),
        summary=say(
            "publishing.reach.summary",
            total=money(total, say),
            universal_share=by_reach[Reach.UNIVERSAL] / total if total else None,
            proportionate_share=by_reach[Reach.PROPORTIONATE] / total if total else None,
            targeted_share=by_reach[Reach.TARGETED] / total if total else None,
        ),
        headings=(
            say("publishing.table.area"),
            *(say(f"reach.{r.value}.short") for r in Reach),
            say("publishing.table.sum"),
        ),
        rows=[
            (
                say(f"area.{a.area.value}.short"),
                *(round(dict(a.by_reach).get(r, 0.0)) for r in Reach),
                round(a.net_nok),
            )
            for a in areas
        ],
        spec=parts.sized(
            [bars, words], 32 * len(areas), left=parts.room([str(t["area"]) for t in totals])
        ),
    )
