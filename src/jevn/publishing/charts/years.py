"""Money per year: columns with the amount above each."""

from __future__ import annotations

from typing import Any

from jevn.publishing.chart import Chart
from jevn.publishing.charts import parts, style
from jevn.publishing.charts.context import Studio
from jevn.publishing.words import money


def money_chart(
    studio: Studio,
    id: str,
    years: tuple[tuple[int, float], ...],
    *,
    title: str,
    subtitle: str,
    source: str,
) -> Chart | None:
    """Kroner per year; ``None`` with under two years."""
    if len(years) < 2:
        return None
    say = studio.say
    rows: list[dict[str, Any]] = [
        {"year": str(year), "nok": nok / 1e6, "label": say.number(nok / 1e6, 1 if nok < 1e8 else 0)}
        for year, nok in years
    ]

    low = min(0.0, *(r["nok"] for r in rows))
    x = {**parts.name("year", labelAngle=0, labelFontSize=style.TEXT), "type": "ordinal"}
    y = parts.quantity("nok", (low, max(r["nok"] for r in rows) * 1.15), hide=True)
    size = style.TEXT if len(rows) <= 8 else 12
    bars = parts.layer("bar", rows, {"x": x, "y": y}, color=style.ACCENT, width={"band": 0.68})
    words = parts.labels(rows, x, y, dy=-10, align="center", weight=600, size=size)
    parts_of = ", ".join(f"{year}: {money(nok, say)}" for year, nok in years)
    return studio.chart(
        id,
        title=title,
        subtitle=subtitle,
        source=source,
        summary=f"{parts_of}.",
        headings=(say("publishing.table.year"), say("publishing.table.nok")),
        rows=[(str(year), round(nok)) for year, nok in years],
        spec=parts.sized([bars, words], 170),
    )
