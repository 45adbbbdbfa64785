"""Who lives here: women and men by age, the newest year filled and the oldest as a line."""

from __future__ import annotations

from typing import Any

from jevn.challenges.ages import AgeBand
from jevn.challenges.inhabitants import PopulationPicture, Pyramid
from jevn.publishing.chart import Chart
from jevn.publishing.charts import parts, style
from jevn.publishing.charts.context import Studio

_WOMEN, _MEN = "#3c9d8f", "#0062ba"
_OLD = 65


def pyramid_chart(studio: Studio, picture: PopulationPicture, *origins: str) -> Chart:
    """The pyramid of the newest year, with the oldest year drawn as a line over it."""
    say, now, then = studio.say, picture.last, picture.first
    compared = then.year != now.year
    bands = [str(AgeBand(b.start, b.end)) for b in now.bands][::-1]
    filled = _rows(now)
    most = max(abs(r["persons"]) for r in (*filled, *_rows(then)))
    x: dict[str, Any] = parts.quantity("persons", (-most * 1.05, most * 1.05), hide=True)
    y: dict[str, Any] = {
        "field": "age",
        "type": "ordinal",
        "sort": bands,
        "axis": {"title": None, "labelFontSize": style.SMALL, "ticks": False, "domain": False},
    }
    colour = {
        "field": "sex",
        "type": "nominal",
        "scale": {"domain": ["women", "men"], "range": [_WOMEN, _MEN]},
        "legend": None,
    }
    layers = [
        parts.layer(
            "bar", filled, {"x": x, "y": y, "color": colour}, height={"band": 0.8}, opacity=0.85
        )
    ]
    if compared:
        layers += [
            parts.layer(
                "tick",
                [r for r in _rows(then) if r["age"] in bands],
                {"x": x, "y": y},
                color=style.INK,
                thickness=2,
                size=13,
            )
        ]
    top = bands[0]
    sides = [
        {"persons": -most * 0.98, "age": top, "label": say("publishing.people.women")},
        {"persons": most * 0.62, "age": top, "label": say("publishing.people.men")},
    ]
    layers.append(parts.labels(sides, x, y, weight=600, size=style.SMALL))
    old_now, old_then = now.share(_OLD), then.share(_OLD)
    key = "same" if not compared else "more" if old_now >= old_then else "fewer"
    heads = ["age", "women", "men"]
    headings = [say(f"publishing.people.{h}") for h in heads]
    if compared:
        headings += [f"{say(f'publishing.people.{h}')} {then.year}" for h in ("women", "men")]
    earlier = {b.start: b for b in then.bands}
    rows: list[tuple[Any, ...]] = []
    for band in now.bands:
        cells: tuple[Any, ...] = (
            str(AgeBand(band.start, band.end)),
            round(band.women),
            round(band.men),
        )
        if compared:
            other = earlier.get(band.start)
            same = other is not None and other.end == band.end
            cells += (round(other.women), round(other.men)) if other and same else (None, None)
        rows.append(cells)
    return studio.chart(
        "people-pyramid",
        title=say(
            f"publishing.people.title.{key}",
            place=studio.municipality,
            now_share=old_now,
            then_share=old_then,
            now_year=str(now.year),
            then_year=str(then.year),
        ),
        subtitle=say(
            "publishing.people.subtitle.two" if compared else "publishing.people.subtitle.one",
            now_year=str(now.year),
            then_year=str(then.year),
        ),
        source=studio.source(*origins),
        summary=say(
            "publishing.people.summary",
            place=studio.municipality,
            persons=round(now.persons),
            now_year=str(now.year),
            young_share=now.share(0, 19),
            old_share=old_now,
        ),
        headings=tuple(headings),
        rows=rows,
        spec=parts.sized(layers, 19 * len(bands), left=56),
    )


def _rows(pyramid: Pyramid) -> list[dict[str, Any]]:
    return [
        {"age": str(AgeBand(b.start, b.end)), "sex": sex, "persons": sign * persons}
        for b in pyramid.bands
        for sex, sign, persons in (("women", -1, b.women), ("men", 1, b.men))
    ]
