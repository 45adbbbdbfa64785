"""Effects by social group: how many are helped (forest plot), and before and after (dumbbell)."""

from __future__ import annotations

from typing import Any

import altair as alt

from jevn.impact.results import ChangeAssessment, ComputedEffect
from jevn.publishing.chart import Cell, Chart
from jevn.publishing.charts import parts, style
from jevn.publishing.charts.context import Studio
from jevn.publishing.charts.dots import Dot, dot_rows
from jevn.publishing.words import group_name
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

    def make() -> Any:
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
        zero = (0.0, say("publishing.effects.none"))
        return dot_rows(
            dots, unit=say("publishing.effects.persons"), line=zero, zero=True, row_height=38
        )

    most = max(effect.groups, key=lambda g: g.helped.value)
    rows: list[tuple[Cell, ...]] = [
        (
            group_name(dimension, g.group, say),
            round(g.population),
            round(g.eligible),
            round(g.reached),
            round(g.helped.value, 1),
            None if g.helped.lower is None else round(g.helped.lower, 1),
            None if g.helped.upper is None else round(g.helped.upper, 1),
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
        subtitle=say(
            "publishing.effects.subtitle", dimension_key=f"dimension.{dimension}"
        ),
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
        make=make,
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
    groups = [
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

    def make() -> Any:
        values = [r[k] for r in groups for k in ("before", "after", "lower", "upper")]
        low, high = parts.span(values, 0.45)
        y = alt.Y("group:N").sort(None).scale(padding=0.5).axis(title=None, labelFontSize=style.TEXT)
        x = alt.X("after:Q").scale(domain=[low, high], nice=False, zero=False).axis(
            title=say("scale.percent").capitalize(), tickCount=4, gridDash=[2, 3]
        )
        base = alt.Chart(parts.inline(groups)).encode(y=y)
        left = [r for r in groups if r["after"] <= r["before"]]
        right = [r for r in groups if r["after"] > r["before"]]
        layers: list[Any] = [
            base.mark_rule(stroke=style.LINE, strokeWidth=2).encode(x=x, x2="before:Q"),
            base.mark_rule(stroke=style.ACCENT, strokeWidth=6, opacity=0.25).encode(
                x=alt.X("lower:Q"), x2="upper:Q"
            ),
            base.mark_point(
                shape="circle", size=110, fill=style.PAPER, stroke=style.QUIET, strokeWidth=2, opacity=1
            ).encode(x=alt.X("before:Q")),
            base.mark_point(shape="circle", size=110, fill=style.ACCENT, strokeWidth=0, opacity=1).encode(
                x=x
            ),
        ]
        for rows, after_side, before_side in ((left, "right", "left"), (right, "left", "right")):
            if rows:
                at = {"left": 10, "right": -10}
                layers.append(
                    parts.labels(
                        rows, x, y, text="after_label", align=after_side, dx=at[after_side], weight=600,
                        size=style.SMALL, colour=style.ACCENT,
                    )
                )
                layers.append(
                    parts.labels(
                        rows, alt.X("before:Q"), y, text="before_label", align=before_side,
                        dx=at[before_side], size=style.SMALL, colour=style.QUIET,
                    )
                )
        return parts.sized(alt.layer(*layers), 46 * len(groups))

    return studio.chart(
        f"before-after-{change.change.id}",
        title=say(f"publishing.before_after.title.{effect.verdict}", name=determinant),
        subtitle=say("publishing.before_after.subtitle", name=determinant),
        source=say("publishing.effects.source"),
        summary=say(
            "publishing.before_after.summary",
            before=say.percent(effect.gap_before, 2),
            after=say.percent(effect.gap_after.value, 2),
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
        make=make,
    )
