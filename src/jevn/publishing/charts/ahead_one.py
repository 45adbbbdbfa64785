"""One alternative through the years: year by year, by group, and what moves the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jevn.impact.projection.results import AlternativeProjection, OutcomeGain
from jevn.publishing.chart import Cell, Chart
from jevn.publishing.charts import parts, style
from jevn.publishing.charts.ahead import HEALTH, three
from jevn.publishing.charts.context import Studio
from jevn.publishing.charts.dots import Dot, dot_rows
from jevn.publishing.words import group_name, lower_first


def years_chart(
    studio: Studio, found: AlternativeProjection, gain: OutcomeGain, name: str, unit: str
) -> Chart | None:
    """One outcome of an alternative year by year with 95 % limits; ``None`` if nothing moves."""
    if gain.verdict == "no_effect" or len(gain.years) < 3:
        return None
    say = studio.say
    rows: list[dict[str, Any]] = [
        {
            "year": y.year,
            "value": y.median,
            "lower": y.lower,
            "upper": y.upper,
            "label": three(y.median, say),
        }
        for y in gain.years
    ]
    first, last = rows[0]["year"], rows[-1]["year"]
    low, high = parts.span([0.0, *(r[k] for r in rows for k in ("lower", "upper"))], 0.1)
    step = max(1, -(-(last - first) // 5))
    x = parts.quantity(
        "year",
        (first - 0.3, last + (last - first) * 0.16),
        values=list(range(last, first - 1, -step)),
        format="d",
        grid=False,
        title=None,
    )
    y = parts.quantity("value", (low, high), nice=True, tickCount=4, **parts.top_title(unit))
    most = max(rows, key=lambda r: abs(r["value"]))
    ends = [rows[-1]] if most is rows[-1] else [most, rows[-1]]
    layers = [
        parts.layer(
            "area",
            rows,
            {"x": x, "y": parts.quantity("lower"), "y2": {"field": "upper"}},
            color=style.ACCENT,
            opacity=0.14,
        ),
        parts.layer("rule", [{"at": 0.0}], {"y": parts.quantity("at")}, stroke=style.LINE),
        parts.layer("line", rows, {"x": x, "y": y}, stroke=style.ACCENT, strokeWidth=2.5),
        parts.labels(ends[-1:], x, y, dx=8, weight=600),
    ]
    if len(ends) > 1 and last - most["year"] > 2:
        layers.append(parts.labels(ends[:1], x, y, dy=-12, align="center", weight=600))
    table: list[tuple[Cell, ...]] = [
        (str(r["year"]), *(round(float(r[k]), 3) for k in ("value", "lower", "upper")))
        for r in rows
    ]
    return studio.chart(
        f"ahead-years-{found.alternative}-{gain.outcome}",
        title=say(f"publishing.ahead.years.title.{gain.verdict}", name=name),
        subtitle=say("publishing.ahead.years.subtitle", unit=unit),
        source=say("publishing.ahead.source"),
        summary=say(
            "publishing.ahead.years.summary",
            first_year=str(first),
            last_year=str(last),
            most_year=str(most["year"]),
            most=most["label"],
            last=rows[-1]["label"],
            unit=lower_first(unit),
        ),
        headings=tuple(
            say(f"publishing.{k}")
            for k in ("table.year", "ahead.middle", "table.lower", "table.upper")
        ),
        rows=table,
        spec=parts.sized(layers, 190, left=46),
    )


def groups_chart(
    studio: Studio, found: AlternativeProjection, dimension: str, names: Mapping[str, str]
) -> Chart | None:
    """Healthy years per 1 000 by groups of one dimension; ``None`` if nobody gains or loses."""
    say = studio.say
    given = next((d for d in found.distribution if d.dimension == dimension), None)
    if given is None or all(g.verdict == "unchanged" for g in given.groups):
        return None

    def called(group: str) -> str:
        return names.get(group) or group_name(dimension, group, say)

    def answer(verdict: str) -> str:
        return say(f"impact.projection.verdict.{verdict}.short")

    label = {"gains": "gains", "loses": "loses", "unchanged": "unchanged"}
    words = {g.group: answer(label.get(g.verdict, "cannot_tell")) for g in given.groups}
    dots = [
        Dot(
            called(g.group),
            g.per_1000.median,
            g.per_1000.lower,
            g.per_1000.upper,
            three(g.per_1000.median, say)
            + ("" if g.verdict == "gains" else f" · {words[g.group]}"),
            colour=style.WORSE if g.verdict == "loses" else style.ACCENT,
            hollow=g.verdict not in ("gains", "loses"),
        )
        for g in given.groups
    ]
    most = max(given.groups, key=lambda g: g.per_1000.median)
    least = min(given.groups, key=lambda g: g.per_1000.median)
    rows: list[tuple[Cell, ...]] = [
        (
            called(g.group),
            round(g.persons),
            round(float(g.per_1000.median), 3),
            round(float(g.per_1000.lower), 3),
            round(float(g.per_1000.upper), 3),
            round(float(g.total.median), 2),
            words[g.group],
        )
        for g in given.groups
    ]
    values = {
        "most": called(most.group),
        "least": called(least.group),
        "most_value": three(most.per_1000.median, say),
        "least_value": three(least.per_1000.median, say),
    }
    return studio.chart(
        f"ahead-{dimension}-{found.alternative}",
        title=say("publishing.ahead.groups.title", group=called(most.group)),
        subtitle=say("publishing.ahead.groups.subtitle", dimension_key=f"dimension.{dimension}"),
        source=say("publishing.ahead.source"),
        summary=say("publishing.ahead.groups.summary", **values),
        headings=tuple(
            say(f"publishing.{k}")
            for k in (
                "table.group",
                "table.persons",
                "ahead.per_1000",
                "table.lower",
                "table.upper",
                "ahead.healthy_years",
                "ahead.answer",
            )
        ),
        rows=rows,
        spec=dot_rows(
            dots,
            unit=say("publishing.ahead.per_1000"),
            line=(0.0, say("publishing.ahead.as_today")),
            zero=True,
            row_height=36,
        ),
    )


def drivers_chart(
    studio: Studio,
    found: AlternativeProjection,
    names: Mapping[str, tuple[str, str]],
    most: int = 7,
) -> Chart | None:
    """Tornado: healthy years with each uncertain number low and high; ``None`` without any."""
    say = studio.say
    bars = [b for b in found.tornado if b.parameter in names][:most]
    health = found.outcome(HEALTH)
    if not bars or health is None or health.verdict == "no_effect":
        return None
    rows: list[dict[str, Any]] = [
        {
            "name": names[b.parameter][0],
            "about": names[b.parameter][1],
            "id": b.parameter,
            "low": min(b.at_low, b.at_high),
            "high": max(b.at_low, b.at_high),
            "from": three(min(b.at_low, b.at_high), say),
            "to": three(max(b.at_low, b.at_high), say),
        }
        for b in bars
    ]
    low, high = parts.span([r[k] for r in rows for k in ("low", "high")], 0.24)
    x = parts.quantity(
        "low",
        (low, high),
        title=say("publishing.ahead.healthy_years"),
        tickCount=4,
        gridDash=[2, 3],
    )
    y = {"field": "id", "type": "nominal", "sort": None, "axis": None}
    edge: Any = {"size": style.SMALL, "dy": 14}
    small: Any = {"size": style.SMALL, "limit": style.WIDTH}
    layers = [
        parts.layer(
            "rule",
            rows,
            {"x": x, "x2": {"field": "high"}, "y": y},
            stroke=style.ACCENT,
            strokeWidth=10,
            yOffset=14,
        ),
        parts.labels(
            rows,
            parts.quantity("low"),
            y,
            text="from",
            **{**edge, "align": "right", "dx": -7},
        ),
        parts.labels(
            rows, parts.quantity("high"), y, text="to", **{**edge, "align": "left", "dx": 7}
        ),
        parts.labels(rows, {"value": 0}, y, text="name", dy=-23, weight=600, **small),
        parts.labels(rows, {"value": 0}, y, text="about", dy=-6, colour=style.QUIET, **small),
    ]
    first = rows[0]
    return studio.chart(
        f"ahead-drivers-{found.alternative}",
        title=say("publishing.ahead.drivers.title"),
        subtitle=say("publishing.ahead.drivers.subtitle"),
        source=say("publishing.ahead.source"),
        summary=say(
            "publishing.ahead.drivers.summary",
            name=": ".join(names[bars[0].parameter]),
            low=first["from"],
            high=first["to"],
        ),
        headings=tuple(
            say(f"publishing.ahead.{k}") for k in ("drivers.number", "drivers.low", "drivers.high")
        ),
        rows=[
            (": ".join(names[b.parameter]), round(b.at_low, 3), round(b.at_high, 3)) for b in bars
        ],
        spec=parts.sized(layers, 62 * len(rows)),
    )
