"""Pictures of any table of groups: gradients with their slope, and concentration curves."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from math import floor, inf, isnan, log10
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from jevn.indices import GroupedData, concentration_curve, critical, sii_linear
from jevn.indices import relative_concentration_index as rci
from jevn.indices.columns import SUBGROUP, columns_of, taken
from jevn.indices.facts import Facts, facts_of
from jevn.indices.regression import rank_line
from jevn.indices.ridits import rank_ranges
from jevn.publishing.charts import parts, style
from jevn.publishing.charts.render import svg
from jevn.terms import InputRefused, Problem, Say

if TYPE_CHECKING:
    from jevn.indices.columns import Columns
    from jevn.indices.result import IndexResult

ChartKind = Literal["gradient", "concentration"]
MOST: Final = 12
"""Settings that one picture can show."""

_SMALL: Final = 320
_HEIGHT: Final = 220
_WHOLE: Final = {"percent": 100.0, "proportion": 1.0}


@dataclass(frozen=True)
class _Setting:
    """One setting as it is drawn; groups from the bottom of the ladder."""

    title: str
    data: GroupedData
    names: tuple[str, ...]
    scale: str


def settings_chart(
    table: Any,
    kind: ChartKind,
    say: Say,
    *,
    by: list[str] | None = None,
    scale: Any = None,
    polarity: Any = None,
    level: float = 0.95,
) -> str:
    """An SVG with a small picture for each setting of a long table.

    Args:
        table: a long table, as :func:`jevn.indices.summarise` takes it.
        kind: ``gradient`` or ``concentration``.
        say: language of the words.
        by: columns that part settings.
        scale: scale of all values.
        polarity: polarity of all.
        level: level of the intervals.

    Raises:
        InputRefused: if the table is refused, there are over twelve settings, or groups of a
            setting have no order or under two values.
    """
    columns = columns_of(taken(table), by)
    facts = facts_of(columns, scale=scale, polarity=polarity)
    if len(facts.starts) > MOST:
        raise _refused("too_many_pictures", n=len(facts.starts), most=MOST)
    settings = [_setting(columns, facts, at) for at in range(len(facts.starts))]
    width = style.WIDTH if len(settings) == 1 else _SMALL
    draw = _gradient if kind == "gradient" else _curve
    drawn = [draw(setting, say, level, width) for setting in settings]
    summary = " ".join(words for _, words in drawn)
    panels = [panel for panel, _ in drawn]
    whole: parts.Spec = (
        panels[0] if len(panels) == 1 else {"concat": panels, "columns": 2, "spacing": 36}
    )
    spec = {**whole, "background": style.PAPER, "padding": 16}
    return svg(spec, f"indices-{kind}", summary, say.lang)[0]


def _refused(id: str, **params: Any) -> InputRefused:
    return InputRefused([Problem(f"indices_{id}", params=params)])


def _setting(columns: Columns, facts: Facts, at: int) -> _Setting:
    rows = np.arange(facts.starts[at], facts.starts[at] + facts.lengths[at])
    keys = columns.place.keys
    shown = [str(v) for v in keys.row(at)] if keys.columns else _constant(columns)
    title = ", ".join(shown)
    if not facts.ordered[at] or int((~np.isnan(facts.values[rows])).sum()) < 2:
        raise _refused("no_ladder", setting=title or "*")
    rows = rows[np.argsort(facts.orders[rows], kind="stable")]
    persons = np.nan_to_num(facts.populations[rows], nan=0.0)
    names = (
        [str(v) for v in columns.frame[SUBGROUP].gather(rows)]
        if columns.has(SUBGROUP)
        else [f"{v:g}" for v in facts.orders[rows]]
    )
    data = GroupedData(
        estimates=_tuple(facts.values[rows]),
        populations=tuple(persons.tolist()) if persons.sum() > 0 else None,
        standard_errors=_tuple(facts.errors[rows]),
        orders=tuple(facts.orders[rows].tolist()),
        samples=_tuple(facts.samples[rows]),
    )
    return _Setting(title, data, tuple(names), facts.scales[facts.scale[at]].name)


def _constant(columns: Columns) -> list[str]:
    return [
        str(columns.frame[name][0])
        for name in ("indicator", "dimension")
        if columns.has(name) and columns.frame[name][0] is not None
    ]


def _tuple(values: np.ndarray[Any, np.dtype[np.float64]]) -> tuple[float | None, ...]:
    return tuple(None if isnan(v) else v for v in values.tolist())


def _gradient(setting: _Setting, say: Say, level: float, width: int) -> tuple[parts.Spec, str]:
    """Each group's value as wide as its share of the people, and the slope through them."""
    data = setting.data
    left, right = rank_ranges(data.weights, np.array(data.orders))
    known = [n for n, ok in enumerate(data.known) if ok]
    decimals = _decimals([data.values[n] for n in known], setting.scale)
    ceiling = _WHOLE.get(setting.scale, inf)
    rows = [_row(data, n, float(left[n]), float(right[n]), level, ceiling) for n in known]
    for row in rows:
        row["label"] = say.number(row["value"], decimals)
    line = rank_line(data)
    ends = (
        []
        if line is None
        else [{"x": 0, "y": line.intercept}, {"x": 1, "y": line.intercept + line.slope}]
    )
    low, high = parts.span(
        [r[k] for r in rows for k in ("value", "lower", "upper")] + [e["y"] for e in ends], 0.12
    )
    if setting.scale in _WHOLE:
        low, high = max(low, 0.0), min(high, _WHOLE[setting.scale])
    y = parts.quantity("value", (low, high), nice=True, tickCount=5, title=None)
    labels, below = _labels(setting, rows, known, width)
    x = _ladder([r["middle"] for r in rows], labels, grid=False, title=below or None)
    step = {**x, "field": "left"}
    layers = [
        parts.layer(
            "line",
            ends,
            {"x": {**x, "field": "x"}, "y": {**y, "field": "y"}},
            stroke=style.LINE,
            strokeWidth=2,
            strokeDash=[5, 4],
            clip=True,
        ),
        parts.layer(
            "rule",
            rows,
            {"x": step, "x2": {"field": "right"}, "y": y},
            stroke=style.ACCENT,
            strokeWidth=7,
            opacity=0.22,
        ),
        parts.layer(
            "rule",
            [r for r in rows if r["lower"] is not None],
            {"x": x, "y": {**y, "field": "lower"}, "y2": {"field": "upper"}},
            stroke=style.ACCENT,
            strokeWidth=2.5,
            opacity=0.6,
            clip=True,
        ),
        parts.layer(
            "point", rows, {"x": x, "y": y}, **parts.DOT, fill=style.ACCENT, stroke=style.PAPER
        ),
        parts.labels(
            rows,
            x,
            {**y, "field": "top"},
            weight=600,
            size=style.TEXT if len(rows) * 45 <= width else 11,
            align="center",
            baseline="bottom",
            dy=-7,
        ),
    ]
    found = sii_linear(data, level=level)
    finding = _finding(found, say, f"slope.{_kind(setting.scale)}", decimals)
    unit = _unit(setting.scale, say)
    groups = ", ".join(f"{setting.names[n]} {r['label']}" for n, r in zip(known, rows, strict=True))
    words = [w for w in (unit, finding, say("publishing.indices.ladder")) if w]
    summary = f"{setting.title}: {groups}. {finding}"
    return _panel(setting, words, layers if ends else layers[1:], width), summary


def _row(
    data: GroupedData, n: int, left: float, right: float, level: float, ceiling: float
) -> dict[str, Any]:
    value = float(data.values[n])
    error = None if data.standard_errors is None else data.standard_errors[n]
    around = None if error is None else critical(level) * error
    gap = 0.004 if right - left > 0.02 else 0.0
    return {
        "left": left + gap,
        "right": right - gap,
        "middle": (left + right) / 2,
        "value": value,
        "lower": None if around is None else value - around,
        "upper": None if around is None else value + around,
        "top": value if around is None else min(value + around, ceiling),
    }


def _ladder(ticks: list[float], labels: dict[int, list[str]], **axis: Any) -> parts.Spec:
    return parts.quantity(
        "middle",
        (0, 1),
        values=ticks,
        labelExpr=parts.lookup(labels, 10_000),
        labelOverlap=False,
        labelLimit=400,
        titleAnchor="start",
        titleAlign="left",
        titleLineHeight=18,
        **axis,
    )


def _labels(
    setting: _Setting, rows: list[dict[str, Any]], known: list[int], width: int
) -> tuple[dict[int, list[str]], list[str]]:
    """Names below the groups; their positions, and lines of names, where there is no room."""
    found: dict[int, list[str]] = {}
    for n, row in zip(known, rows, strict=True):
        letters = max(1, int((row["right"] - row["left"]) * width / 7.6))
        lines = textwrap.wrap(setting.names[n], letters, break_long_words=False) or [""]
        if len(lines) > 3 or max(map(len, lines)) > letters:
            found = {}
            break
        found[round(10_000 * row["middle"])] = [line.replace("'", "’") for line in lines]
    if found:
        return found, []
    orders = setting.data.orders or ()
    numbers = [f"{orders[n]:g}" for n in known]
    labels = {
        round(10_000 * row["middle"]): [number] for number, row in zip(numbers, rows, strict=True)
    }
    names = [
        f"{number}: {setting.names[n]}".replace(" ", "\N{NO-BREAK SPACE}")
        for number, n in zip(numbers, known, strict=True)
        if setting.names[n] != number
    ]
    return labels, textwrap.wrap(" · ".join(names), width // 7, break_long_words=False)


def _curve(setting: _Setting, say: Say, level: float, width: int) -> tuple[parts.Spec, str]:
    """The concentration curve below or above the line of equality."""
    curve = concentration_curve(setting.data, level=level)
    if curve.note is not None or not curve.population:
        raise _refused("no_ladder", setting=setting.title or "*")
    rows = [
        {"x": p, "y": v, "lower": low, "upper": high}
        for p, v, low, high in zip(
            curve.population, curve.value, curve.lower, curve.upper, strict=True
        )
    ]
    share: dict[str, Any] = {"format": "%", "values": [0, 0.25, 0.5, 0.75, 1], "gridDash": [2, 3]}
    x = parts.quantity("x", (0, 1), title=say("publishing.indices.people"), **share)
    y = parts.quantity("y", (0, 1), title=None, **share)
    even = [{"x": 0, "y": 0}, {"x": 1, "y": 1}]
    layers = [
        parts.layer(
            "area", rows, {"x": x, "y": y, "y2": {"field": "x"}}, fill=style.ACCENT, opacity=0.1
        ),
        parts.layer("line", even, {"x": x, "y": y}, stroke=style.LINE, strokeWidth=2),
        parts.layer(
            "rule",
            [r for r in rows if r["lower"] is not None],
            {"x": x, "y": {**y, "field": "lower"}, "y2": {"field": "upper"}},
            stroke=style.ACCENT,
            strokeWidth=2.5,
            opacity=0.5,
        ),
        parts.layer("line", rows, {"x": x, "y": y}, stroke=style.ACCENT, strokeWidth=2.5),
        parts.layer(
            "point", rows, {"x": x, "y": y}, **parts.DOT, fill=style.ACCENT, stroke=style.PAPER
        ),
    ]
    finding = _finding(rci(setting.data, level=level), say, "rci", 3)
    words = [say("publishing.indices.cumulative"), finding]
    panel = _panel(setting, words, layers, width)
    panel["height"] = width - 60
    return panel, f"{setting.title}: {words[0]} {finding}"


def _panel(setting: _Setting, words: list[str], layers: Any, width: int) -> parts.Spec:
    letters = width // 7
    subtitle = [line for word in words for line in textwrap.wrap(word, letters)]
    title = {
        "text": textwrap.wrap(setting.title, int(letters * 0.88)) or [""],
        "subtitle": subtitle,
        "anchor": "start",
        "frame": "group",
        "offset": 16,
        "color": style.INK,
        "fontSize": style.TEXT + 2,
        "fontWeight": 600,
        "font": style.FONT,
        "subtitleColor": style.QUIET,
        "subtitleFontSize": style.SMALL,
        "subtitleFont": style.FONT,
        "subtitleLineHeight": 18,
        "subtitlePadding": 6,
    }
    return {**parts.sized(layers, _HEIGHT, left=style.WIDTH - width), "title": title}


def _finding(result: IndexResult, say: Say, key: str, decimals: int) -> str:
    if result.estimate is None:
        return say(result.note) if result.note else ""
    value = say.number(result.estimate, decimals)
    if result.lower is None or result.upper is None:
        return say(f"publishing.indices.{key}", value=value)
    limits = (say.number(end, decimals) for end in (result.lower, result.upper))
    return say(
        "publishing.indices.limits",
        what=say(f"publishing.indices.{key}", value=value),
        lower=next(limits),
        upper=next(limits),
    )


def _kind(scale: str) -> str:
    return "percent" if scale == "percent" else "other"


def _unit(scale: str, say: Say) -> str:
    key = f"publishing.indices.unit.{scale}"
    return say(key) if say.has(key) else scale.capitalize()


def _decimals(values: list[float], scale: str) -> int:
    spread = max(values) - min(values) or max(abs(v) for v in values) or 1.0
    found = min(4, max(0, 2 - floor(log10(spread))))
    return min(1, found) if scale == "percent" else found
