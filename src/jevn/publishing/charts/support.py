"""Support of changes: which packages each change is in; always, sometimes or never."""

from __future__ import annotations

from jevn.prioritisation.results import Prioritisation
from jevn.publishing.chart import Chart
from jevn.publishing.charts import parts, style
from jevn.publishing.charts.context import Studio

_ORDER = {"always": 0, "sometimes": 1, "never": 2}
_COLOUR = {"always": style.ACCENT, "sometimes": "#4f8fcf", "never": style.QUIET}


def support_chart(studio: Studio, prioritisation: Prioritisation) -> Chart | None:
    """Bars of how many packages hold each change; ``None`` without packages."""
    say, packages = studio.say, prioritisation.packages
    changes = sorted(
        prioritisation.support, key=lambda s: (_ORDER[s.standing], -len(s.packages), s.position)
    )
    if not packages or not changes:
        return None

    rows = [
        {
            "change": shortened(s.title, 34),
            "n": len(s.packages),
            "label": say(f"publishing.standing.{s.standing}")
            if s.standing != "sometimes"
            else say("publishing.support.count", n=len(s.packages), of=len(packages)),
            "colour": _COLOUR[s.standing],
        }
        for s in changes
    ]
    x = parts.quantity("n", (0, len(packages) * 1.4), hide=True)
    y = parts.name("change", labelFontSize=style.SMALL, labelLimit=230, labelPadding=6)
    bars = parts.layer(
        "bar", rows, {"x": x, "y": y, "color": parts.fixed("colour")}, height={"band": 0.6}
    )
    words = parts.labels(rows, x, y, dx=7, size=style.SMALL, weight=600)
    counts = {k: sum(s.standing == k for s in changes) for k in _ORDER}
    return studio.chart(
        "support",
        title=say("publishing.support.title", n=counts["always"])
        if counts["always"]
        else say("publishing.support.title.none"),
        subtitle=say("publishing.support.subtitle", n=len(packages)),
        source=say("publishing.support.source"),
        summary=say("publishing.support.summary", **counts),
        headings=(
            say("publishing.table.change"),
            say("publishing.table.standing"),
            *(p.title for p in packages),
        ),
        rows=[
            (
                s.title,
                say(f"publishing.standing.{s.standing}"),
                *(say("word.yes") if p.id in s.packages else say("word.no") for p in packages),
            )
            for s in changes
        ],
        spec=parts.sized(
            [bars, words],
            28 * len(rows),
            left=parts.room([str(r["change"]) for r in rows], style.SMALL, 230),
        ),
    )


def shortened(text: str, most: int) -> str:
    """A text cut at a word with an ellipsis, if it is longer than ``most`` characters."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
