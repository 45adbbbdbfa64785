"""How sure is it that what we pay for works? Registered money by strength of evidence."""

from __future__ import annotations

from typing import Any

from jevn.effort.results import EffortProfile
from jevn.publishing.chart import Chart
from jevn.publishing.charts import parts, style
from jevn.publishing.charts.context import Studio
from jevn.publishing.words import money

KINDS: dict[str, tuple[str, ...]] = {
    "strong": ("A", "B"),
    "weak": ("C", "D"),
    "ungraded": ("U",),
    "without_effect": ("E",),
    "none": ("none",),
}
"""What is told apart, and the strengths of evidence in each."""

_COLOURS = {
    "strong": "#0062ba",
    "weak": "#7fb2e5",
    "ungraded": "#aeb6c0",
    "without_effect": style.WORSE,
    "none": "#e6e9ed",
}


def strength_of_money(effort: EffortProfile) -> dict[str, dict[str, float]]:
    """Registered net kroner by area and kind of evidence, where positive."""
    return {
        a.area.value: {
            kind: sum(n for s, n in a.by_strength if s in strengths and n > 0)
            for kind, strengths in KINDS.items()
        }
        for a in effort.areas
    }


def strength_chart(studio: Studio, effort: EffortProfile) -> Chart | None:
    """Parts of each area's registered money, most evidence first; ``None`` without any."""
    say = studio.say
    found = {a: by for a, by in strength_of_money(effort).items() if sum(by.values()) > 0}
    if not found:
        return None
    ordered = sorted(found.items(), key=lambda f: -f[1]["strong"] / sum(f[1].values()))
    rows: list[dict[str, Any]] = [
        {
            "area": say(f"area.{area}.short"),
            "kind": say(f"publishing.effort.strength.{kind}"),
            "order": list(KINDS).index(kind),
            "part": nok / sum(by.values()),
        }
        for area, by in ordered
        for kind, nok in by.items()
        if nok > 0
    ]
    totals = [
        {"area": say(f"area.{area}.short"), "part": 1.0, "label": money(sum(by.values()), say)}
        for area, by in ordered
    ]
    present = [k for k in KINDS if any(by[k] > 0 for by in found.values())]
    sums = {k: sum(by[k] for by in found.values()) for k in KINDS}
    total = sum(sums.values())
    legend = {
        "orient": "top", "title": None, "columns": 2, "columnPadding": 14, "labelLimit": 220,
    }  # fmt: skip
    scale = {
        "domain": [say(f"publishing.effort.strength.{k}") for k in present],
        "range": [_COLOURS[k] for k in present],
    }
    x = parts.quantity("part", (0.0, 1.34), hide=True)
    y = parts.name("area", labelFontSize=style.TEXT)
    bars = parts.layer(
        "bar",
        rows,
        {
            "x": {**x, "stack": "zero"},
            "y": y,
            "order": {"field": "order", "type": "ordinal"},
            "color": {"field": "kind", "type": "nominal", "scale": scale, "legend": legend},
        },
        height={"band": 0.66},
    )
    return studio.chart(
        "effort-strength",
        title=say("publishing.effort.strength.title", strong_share=sums["strong"] / total),
        subtitle=say("publishing.effort.strength.subtitle", year=str(effort.year)),
        source=studio.source(*effort.origins),
        summary=say(
            "publishing.effort.strength.summary",
            **{f"{k}_nok": sums[k] for k in KINDS},
        ),
        headings=(
            say("publishing.table.area"),
            *(say(f"publishing.effort.strength.{k}") for k in present),
            say("publishing.table.sum"),
        ),
        rows=[
            (
                say(f"area.{area}.short"),
                *(round(by[k]) for k in present),
                round(sum(by.values())),
            )
            for area, by in ordered
        ],
        spec=parts.sized(
            [bars, parts.labels(totals, x, y, dx=8, size=style.SMALL, weight=600)],
            30 * len(ordered),
            left=parts.room([str(t["area"]) for t in totals]),
        ),
    )
