"""Effort by area, stacked by reach: for all, for all by need, for a defined group."""

from __future__ import annotations

from typing import Any

import altair as alt

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

    def make() -> Any:
        order = {r: n for n, r in enumerate(Reach)}
        rows: list[dict[str, Any]] = [
            {
                "area": say(f"area.{a.area.value}.short"),
                "reach": say(f"reach.{reach.value}.short"),
                "order": order[reach],
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
        top = max(t["nok"] for t in totals) * 1.32
        x = alt.X("nok:Q").scale(domain=[0, top], nice=False).axis(None)
        y = alt.Y("area:N").sort(None).axis(title=None, labelFontSize=style.TEXT)
        names = [say(f"reach.{r.value}.short") for r in Reach]
        bars = alt.Chart(parts.inline(rows)).mark_bar(height={"band": 0.66}).encode(
            x=alt.X("nok:Q").stack("zero").scale(domain=[0, top], nice=False).axis(None),
            y=y,
            order="order:O",
            color=alt.Color("reach:N")
            .scale(domain=names, range=[style.REACH_COLOURS[r] for r in Reach])
            .legend(orient="top", title=None, direction="horizontal", columnPadding=14),
        )
        return parts.sized(
            alt.layer(bars, parts.labels(totals, x, y, dx=8, size=style.SMALL, weight=600)),
            32 * len(areas),
        )

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
        make=make,
    )
