"""Voices by area: how many contributions each area got, by channel."""

from __future__ import annotations

from jevn.participation.results import Voices
from jevn.publishing.chart import Chart
from jevn.publishing.charts import parts, style
from jevn.publishing.charts.context import Studio
from jevn.terms import AREAS


def voices_chart(studio: Studio, voices: Voices) -> Chart | None:
    """Bars of contributions per area, most first; ``None`` without contributions."""
    say = studio.say
    counts = sorted(
        ((a, len(voices.by_area(a))) for a in AREAS),
        key=lambda pair: (-pair[1], AREAS.index(pair[0])),
    )
    if not any(n for _, n in counts):
        return None

    rows = [
        {"area": say(f"area.{a.value}.short"), "n": n, "label": say.number(n, 0)} for a, n in counts
    ]
    x = parts.quantity("n", (0, counts[0][1] * 1.15), hide=True)
    y = parts.name("area", labelFontSize=style.TEXT)
    bars = parts.layer("bar", rows, {"x": x, "y": y}, color=style.ACCENT, height={"band": 0.62})
    words = parts.labels(rows, x, y, dx=7, weight=600)
    channels = sorted({c.channel for c in voices.contributions})
    first, second = counts[0], counts[1]
    return studio.chart(
        "voices-by-area",
        title=say("publishing.voices.chart.title", area_key=f"area.{first[0].value}.short"),
        subtitle=say("publishing.voices.chart.subtitle"),
        source=say("publishing.voices.chart.source"),
        summary=say(
            "publishing.voices.chart.summary",
            total=len(voices.contributions),
            first_key=f"area.{first[0].value}.short",
            first=first[1],
            second_key=f"area.{second[0].value}.short",
            second=second[1],
        ),
        headings=(
            say("publishing.table.area"),
            *(say(f"publishing.channel.{c}") for c in channels),
            say("publishing.table.sum"),
        ),
        rows=[
            (
                say(f"area.{a.value}.short"),
                *(sum(v.channel == c for v in voices.by_area(a)) for c in channels),
                n,
            )
            for a, n in counts
        ],
        spec=parts.sized(
            [bars, words], 30 * len(rows), left=parts.room([str(r["area"]) for r in rows])
        ),
    )
