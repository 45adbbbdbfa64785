"""Effects by social group: how many are helped (forest plot), and before and after (dumbbell)."""

from __future__ import annotations

from typing import Any

from jevn.impact.results import ChangeAssessment, ComputedEffect
from jevn.publishing.chart import Cell, Chart
from jevn.publishing.charts import parts, style
from jevn.publishing.charts.context import Studio
from jevn.publishing.charts.dots import Dot, dot_rows
from jevn.publishing.words import group_name, points_text
from jevn.terms import Say


def people(value: float, say: Say) -> str:
    """A number of persons: whole from ten up, one decimal below."""
    return say.number(value, 0 if abs(value) >= 10 else 1)


def helped_chart(studio: Studio, change: ChangeAssessment) -> Chart | None:
    """Forest plot: persons helped a year per group with limits; ``None`` if not computed."""
    effect = change.computed
    if effect is None or not effect.groups:
        return None
    say, dimension = studio.say, effect.dimension.value

    dots = [
        Dot(
            group_name(dimension, g.group, say),
            g.helped.value,
            g.helped.lower,
            g.helped.upper,
            people(g.helped.value, say),
        )
        for g in effect.groups
    ]
    none = (0.0, say("publishing.effects.none"))
    unit = say("publishing.effects.persons")
    most = max(effect.groups, key=lambda g: g.helped.value)
    rows: list[tuple[Cell, ...]] = [
        (
            group_name(dimension, g.group, say),
            round(g.population),
            round(g.eligible),
            round(g.reached),
            round(float(g.helped.value), 1),
            None if g.helped.lower is None else round(float(g.helped.lower), 1),
            None if g.helped.upper is None else round(float(g.helped.upper), 1),
        )
        for g in effect.groups
    ]
    return studio.chart(
        f"helped-{change.change.id}",
        title=say(
            f"publishing.effects.title.{effect.verdict}",
            title=change.change.title,
            n=round(effect.helped.value),
        ),
        subtitle=say("publishing.effects.subtitle", dimension_key=f"dimension.{dimension}"),
        source=say("publishing.effects.source"),
        summary=say(
            "publishing.effects.summary",
            reached=people(effect.reached, say),
            helped=people(effect.helped.value, say),
            interval=_limits(effect, say),
            group=group_name(dimension, most.group, say),
        ),
        headings=tuple(
            say(f"publishing.table.{k}")
            for k in ("group", "persons", "eligible", "reached", "helped", "lower", "upper")
        ),
        rows=rows,
        spec=dot_rows(dots, unit=unit, line=none, zero=True, row_height=38),
    )


def _limits(effect: ComputedEffect, say: Say) -> str:
    low, high = effect.helped.lower, effect.helped.upper
    if low is None or high is None:
        return say("word.unknown")
    return say("publishing.interval", lower=people(low, say), upper=people(high, say))


def before_after_chart(studio: Studio, change: ChangeAssessment, determinant: str) -> Chart | None:
    """Dumbbell: the determinant per group without and with the change; ``None`` if not computed."""
    effect = change.computed
    if effect is None or not effect.groups:
        return None
    say, dimension = studio.say, effect.dimension.value
    groups: list[dict[str, Any]] = [
        {
            "group": group_name(dimension, g.group, say),
            "before": 100 * g.determinant_before,
            "after": 100 * g.determinant_after.value,
            "lower": None if g.determinant_after.lower is None else 100 * g.determinant_after.lower,
            "upper": None if g.determinant_after.upper is None else 100 * g.determinant_after.upper,
            "before_label": say.percent(g.determinant_before, 2),
            "after_label": say.percent(g.determinant_after.value, 2),
        }
        for g in effect.groups
    ]

    return studio.chart(
        f"before-after-{change.change.id}",
        title=say(f"publishing.before_after.title.{effect.verdict}", name=determinant),
        subtitle=say("publishing.before_after.subtitle", name=determinant),
        source=say("publishing.effects.source"),
        summary=say(
            "publishing.before_after.summary",
            before=points_text(effect.gap_before, say),
            after=points_text(effect.gap_after.value, say),
        ),
        headings=tuple(
            say(f"publishing.table.{k}") for k in ("group", "before", "after", "lower", "upper")
        ),
        rows=[
            (
                r["group"],
                round(r["before"], 3),
                round(r["after"], 3),
                None if r["lower"] is None else round(r["lower"], 3),
                None if r["upper"] is None else round(r["upper"], 3),
            )
            for r in groups
        ],
        spec=_dumbbell(groups, say("scale.percent").capitalize()),
    )


def _beside(align: str) -> dict[str, Any]:
    return {"align": align, "dx": 11 if align == "left" else -11}


def _dumbbell(groups: list[dict[str, Any]], unit: str) -> parts.Spec:
    low, high = parts.span(
        [r[k] for r in groups for k in ("before", "after", "lower", "upper")], 0.45
    )
    y = parts.name("group", padding=0.5, labelFontSize=style.TEXT)
    x = parts.quantity("after", (low, high), title=unit, tickCount=4, gridDash=[2, 3])
    before, dot = parts.quantity("before"), {**parts.DOT, "size": 110}
    layers = [
        parts.layer(
            "rule",
            groups,
            {"x": x, "x2": {"field": "before"}, "y": y},
            stroke=style.LINE,
            strokeWidth=2,
        ),
        parts.layer(
            "rule",
            groups,
            {"x": parts.quantity("lower"), "x2": {"field": "upper"}, "y": y},
            stroke=style.ACCENT,
            strokeWidth=7,
            opacity=0.25,
        ),
        parts.layer(
            "point", groups, {"x": before, "y": y}, **dot, fill=style.PAPER, stroke=style.QUIET
        ),
        parts.layer(
            "point", groups, {"x": x, "y": y}, **dot, fill=style.ACCENT, stroke=style.ACCENT
        ),
    ]
    for row in groups:
        rises = row["after"] > row["before"]
        to_left, to_right = _beside("right"), _beside("left")
        after_at, before_at = (to_right, to_left) if rises else (to_left, to_right)
        layers += [
            parts.labels(
                [row],
                x,
                y,
                text="after_label",
                weight=600,
                size=style.SMALL,
                colour=style.ACCENT,
                **after_at,
            ),
            parts.labels(
                [row],
                before,
                y,
                text="before_label",
                size=style.SMALL,
                colour=style.QUIET,
                **before_at,
            ),
        ]
    return parts.sized(layers, 46 * len(groups), left=parts.room([r["group"] for r in groups]))
