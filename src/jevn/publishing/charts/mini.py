"""The small picture on an area's card: one indicator from the lowest to the highest group."""

from __future__ import annotations

from html import escape

from jevn.challenges.results import ChallengeProfile, Gradient, IndicatorStatus, Sign
from jevn.publishing.chart import Cell, Chart
from jevn.publishing.charts import style
from jevn.publishing.charts.context import Studio, table
from jevn.publishing.charts.render import opening
from jevn.publishing.links import slug
from jevn.publishing.words import decimals_of, drawn, group_name, local, lower_first, value_text
from jevn.terms import EffortArea

_WIDE, _TALL, _SIDE = 300, 74, 26


def telling_gradient(
    profile: ChallengeProfile, area: EffortArea
) -> tuple[IndicatorStatus, Gradient] | None:
    """The gradient to show for an area: one that is surely steep, else any; first in the list."""
    known = [
        (status, gradient)
        for id in profile.area(area).indicators
        if (status := profile.indicator(id)) is not None
        for gradient in status.gradients
        if sum(g.value is not None and not g.hidden for g in gradient.groups) >= 2
    ]
    sure = [pair for pair in known if pair[1].sign is Sign.WORSE]
    return next(iter(sure or known), None)


def mini_gradient(studio: Studio, status: IndicatorStatus, gradient: Gradient) -> Chart:
    """Dots of the groups on one line, the lowest and the highest group named with their values."""
    say, scale, at = studio.say, status.indicator.scale, decimals_of(status.indicator.scale)
    dimension = gradient.dimension.value
    groups = [
        (g.group, drawn(g.value, scale), value_text(g.value, scale, say))
        for g in gradient.groups
        if g.value is not None and not g.hidden
    ]
    values = [v for _, v, _ in groups]
    low, wide = min(values), (max(values) - min(values)) or 1.0
    colour = style.WORSE if gradient.sign is Sign.WORSE else style.SAME
    y = 40

    def x(value: float) -> float:
        return round(_SIDE + (value - low) / wide * (_WIDE - 2 * _SIDE), 1)

    first, last = groups[0], groups[-1]
    summary = ", ".join(f"{group_name(dimension, g, say)} {label}" for g, _, label in groups)
    name = local(status.indicator.name, say)
    marks = [
        f'<path d="M{x(min(values))} {y}H{x(max(values))}" stroke="{style.LINE}" stroke-width="3"/>'
    ]
    for n, (_, value, _) in enumerate(groups):
        ends = n in (0, len(groups) - 1)
        fill = colour if n == 0 else style.PAPER if n == len(groups) - 1 else style.LINE
        marks.append(
            f'<circle cx="{x(value)}" cy="{y}" r="{7 if ends else 4}" fill="{fill}" '
            f'stroke="{colour if ends else style.LINE}" stroke-width="2.5"/>'
        )
    left_first = first[1] <= last[1]
    for group, _, label in (first, last):
        is_left = (group == first[0]) == left_first
        who = escape(lower_first(group_name(dimension, group, say)))
        anchor, at_x = ("start", 0) if is_left else ("end", _WIDE)
        marks.append(
            f'<text x="{at_x}" y="20" text-anchor="{anchor}" font-family="{style.FONT}" '
            f'font-size="15" font-weight="600" fill="{style.INK}">{escape(label)}</text>'
            f'<text x="{at_x}" y="68" text-anchor="{anchor}" font-family="{style.FONT}" '
            f'font-size="13" fill="{style.QUIET}">{who}</text>'
        )
    picture = f"{opening(_WIDE, _TALL, f'{name}. {summary}.')}{''.join(marks)}</svg>"
    rows: list[tuple[Cell, ...]] = [
        (group_name(dimension, g, say), round(v, at)) for g, v, _ in groups
    ]
    headings = (say("publishing.table.group"), say("publishing.table.value"))
    return Chart(
        slug(f"mini-{status.indicator.id}-{dimension}"),
        name,
        gradient.period,
        studio.source(gradient.origin or status.indicator.origin),
        f"{summary}.",
        table(headings, rows),
        picture,
        _WIDE,
        _TALL,
    )
