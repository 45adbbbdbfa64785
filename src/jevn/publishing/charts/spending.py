"""What we spend held against others: by area, and over the years."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jevn.effort.results import AreaEffort, EffortProfile
from jevn.publishing.chart import Cell, Chart
from jevn.publishing.charts import parts, style
from jevn.publishing.charts.context import Studio
from jevn.publishing.charts.dots import Dot, dot_rows
from jevn.publishing.charts.support import shortened
from jevn.publishing.words import listed

_APART = 0.10
"""Difference from which an area is named in the title."""

_MOST_NAMED = 3


def spending_chart(
    studio: Studio, effort: EffortProfile, names: Callable[[str], str]
) -> Chart | None:
    """Kroner per inhabitant against the comparison, area by area; ``None`` without any."""
    say = studio.say
    known = [
        (a, a.per_inhabitant / a.comparison_per_inhabitant - 1)
        for a in effort.areas
        if a.per_inhabitant is not None and a.comparison_per_inhabitant
    ]
    if len(known) < 2:
        return None
    known.sort(key=lambda k: k[1])
    other = listed(tuple(names(p) for p in known[0][0].comparison), say)
    dots = [
        Dot(
            say(f"area.{a.area.value}.short"),
            100 * ratio,
            100 * min(ratio, 0.0),
            100 * max(ratio, 0.0),
            _signed(ratio, studio),
            style.ACCENT,
            hollow=abs(ratio) < 0.02,
        )
        for a, ratio in known
    ]
    places = list(dict.fromkeys(c.place for a, _ in known for c in a.compared))
    less = tuple(_name(a, studio) for a, r in known if r <= -_APART)[:_MOST_NAMED]
    more = tuple(_name(a, studio) for a, r in reversed(known) if r >= _APART)[:_MOST_NAMED]
    found = "both" if less and more else "less" if less else "more" if more else "alike"
    return studio.chart(
        "effort-compared",
        title=say(
            f"publishing.effort.compared.{found}",
            less=listed(less, say),
            more=listed(more, say),
            other=other,
        ),
        subtitle=say("publishing.effort.compared.subtitle", other=other, year=str(effort.year)),
        source=studio.source(*effort.origins),
        summary=" ".join(
            say(
                "publishing.effort.compared.line",
                area_key=f"area.{a.area.value}.short",
                here=say.nok(round(a.per_inhabitant or 0)),
                there=say.nok(round(a.comparison_per_inhabitant or 0)),
                difference=_signed(r, studio),
            )
            for a, r in known
        ),
        headings=(
            say("publishing.table.area"),
            studio.municipality,
            *(names(p) for p in places),
            say("publishing.effort.compared.difference"),
        ),
        rows=[_row(say(f"area.{a.area.value}.short"), a, r, places) for a, r in known],
        spec=dot_rows(
            dots,
            unit=say("publishing.effort.compared.axis"),
            line=(0.0, other),
            zero=True,
            row_height=30,
        ),
    )


def _row(name: str, area: AreaEffort, ratio: float, places: list[str]) -> tuple[Cell, ...]:
    there = {c.place: dict(c.years).get(area.year) for c in area.compared}
    per_place = [v if (v := there.get(p)) is None else round(v) for p in places]
    return (name, round(area.per_inhabitant or 0), *per_place, round(100 * ratio))


def _name(area: AreaEffort, studio: Studio) -> str:
    return studio.say(f"area.{area.area.value}.short").lower()


def _signed(ratio: float, studio: Studio) -> str:
    whole = round(100 * ratio) / 100 or 0.0
    text = studio.say.percent(whole, 0)
    return f"+{text}" if whole > 0 else text


def spending_years_chart(
    studio: Studio, effort: EffortProfile, names: Callable[[str], str]
) -> Chart | None:
    """Kroner per inhabitant in all areas over the years, here and there; nominal.

    ``None`` with under three years here. A place has a point in a year where every area
    with money here has a figure there.
    """
    say = studio.say
    spending = [a for a in effort.areas if a.years_per_inhabitant and a.net_nok]
    here = _summed([dict(a.years_per_inhabitant) for a in spending])
    if len(here) < 3:
        return None
    places = list(dict.fromkeys(c.place for a in spending for c in a.compared))
    there = {
        place: _summed(
            [dict(next((c.years for c in a.compared if c.place == place), ())) for a in spending]
        )
        for place in places
    }
    there = {place: years for place, years in there.items() if len(years) >= 2}
    years = sorted(here)
    lines = [(studio.municipality, here, style.ACCENT)]
    lines += [(names(p), by_year, style.QUIET) for p, by_year in there.items()]
    title = "publishing.effort.spending.alone"
    params: dict[str, Any] = {}
    first = next(iter(there), None)
    if first is not None and years[-1] in there[first]:
        ratio = here[years[-1]] / there[first][years[-1]] - 1
        kind = "alike" if abs(ratio) < 0.01 else "more" if ratio > 0 else "less"
        title = f"publishing.effort.spending.{kind}"
        params = {"other": names(first), "part_share": abs(ratio)}
    change = here[years[-1]] / here[years[0]] - 1 if here[years[0]] else 0.0
    return studio.chart(
        "effort-spending",
        title=say(title, year=str(years[-1]), place=studio.municipality, **params),
        subtitle=say("publishing.effort.spending.subtitle"),
        source=studio.source(*effort.origins),
        summary=say(
            "publishing.effort.spending.summary",
            first_year=str(years[0]),
            first=say.nok(round(here[years[0]])),
            last_year=str(years[-1]),
            last=say.nok(round(here[years[-1]])),
            change=_signed(change, studio),
        ),
        headings=(say("publishing.table.year"), *(name for name, _, _ in lines)),
        rows=[
            (str(y), *(None if y not in line else round(line[y]) for _, line, _ in lines))
            for y in years
        ],
        spec=_lines(lines, studio),
    )


def _summed(series: list[dict[int, float]]) -> dict[int, float]:
    """The sum over all series in the years that all of them have."""
    if not series:
        return {}
    common = set(series[0]).intersection(*series[1:])
    return {year: sum(s[year] for s in series) for year in sorted(common)}


def _lines(lines: list[tuple[str, dict[int, float], str]], studio: Studio) -> parts.Spec:
    years = sorted({y for _, line, _ in lines for y in line})
    values = [v / 1000 for _, line, _ in lines for v in line.values()]
    low, high = parts.span(values, 0.2)
    words = {
        name: f"{shortened(name[:1].upper() + name[1:], 26)} "
        f"{studio.say.number(line[max(line)] / 1000, 1)}"
        for name, line, _ in lines
    }
    plot = style.WIDTH - 40.0
    room = min(0.6 * plot, 7.0 * max(len(w) for w in words.values()) + 10)
    x = parts.quantity(
        "year",
        (years[0] - 0.2, years[-1] + (years[-1] - years[0]) * room / (plot - room)),
        values=years,
        format="d",
        grid=False,
        title=None,
    )
    y = parts.quantity(
        "value",
        (low, high),
        tickCount=4,
        nice=True,
        **parts.top_title(studio.say("publishing.effort.spending.axis")),
    )
    ends = sorted(
        ((line[max(line)] / 1000, name, colour) for name, line, colour in lines), reverse=True
    )
    layers = []
    for name, line, colour in reversed(lines):
        rows = [{"year": year, "value": v / 1000} for year, v in line.items()]
        own = name == lines[0][0]
        dash: dict[str, Any] = {} if own else {"strokeDash": [5, 3]}
        layers.append(
            parts.layer(
                "line", rows, {"x": x, "y": y}, stroke=colour, strokeWidth=3 if own else 2, **dash
            )
        )
    near, taken = (high - low) * 0.11, float("inf")
    labels = []
    for value, name, colour in ends:
        at = min(value, taken - near)
        taken = at
        labels.append({"year": years[-1], "value": at, "label": words[name], "colour": colour})
    for label in labels:
        own = label["colour"] == style.ACCENT
        layers.append(
            parts.labels(
                [label], x, y, dx=9, size=style.SMALL, weight=600 if own else 400,
                colour=str(label["colour"]),
            )
        )  # fmt: skip
    return parts.sized(layers, 190, left=40)
