"""Who gets it: the concentration index of use, area by area."""

from __future__ import annotations

from jevn.effort.results import EffortProfile, UseGradient
from jevn.publishing.chart import Chart
from jevn.publishing.charts import style
from jevn.publishing.charts.context import Studio
from jevn.publishing.charts.dots import Dot, dot_rows
from jevn.publishing.words import limits_text, listed, lower_first
from jevn.terms import EffortArea, SocialDimension


def use_chart(
    studio: Studio, effort: EffortProfile, dimension: SocialDimension = SocialDimension.EDUCATION
) -> Chart | None:
    """Index of use per area with limits, most to the low end first; ``None`` under two areas."""
    say = studio.say
    found: list[tuple[EffortArea, UseGradient, float]] = sorted(
        (
            (a.area, u, u.concentration)
            for a in effort.areas
            for u in a.use
            if u.dimension is dimension and u.concentration is not None
        ),
        key=lambda f: f[2],
    )
    if len(found) < 2:
        return None
    dots = [
        Dot(
            say(f"area.{area.value}.short"),
            value,
            use.lower,
            use.upper,
            say.number(round(value, 2) or 0.0, 2),
            _COLOUR[lean(use)],
            hollow=lean(use) == "even",
        )
        for area, use, value in found
    ]
    leaning = {
        k: tuple(say(f"area.{a.value}.short").lower() for a, u, _ in found if lean(u) == k)
        for k in _COLOUR
    }
    named = lower_first(say(f"dimension.{dimension.value}"))
    title = "poor" if leaning["poor"] else "rich" if leaning["rich"] else "even"
    return studio.chart(
        f"effort-use-{dimension.value}",
        title=say(
            f"publishing.effort.use.{title}",
            n=len(leaning["poor"]),
            of=len(found),
            dimension=named,
        ),
        subtitle=say(
            "publishing.effort.use.subtitle",
            dimension=named,
        ),
        source=studio.source(*effort.origins),
        summary=" ".join(
            say(f"publishing.effort.use.list.{k}", areas=listed(areas, say))
            for k, areas in leaning.items()
            if areas
        ),
        headings=tuple(
            say(f"publishing.table.{k}") for k in ("area", "value", "interval", "standing")
        ),
        rows=[
            (
                say(f"area.{area.value}.short"),
                round(value, 2),
                limits_text(use.lower, use.upper, 2, say)
                if use.lower is not None and use.upper is not None
                else "–",
                say(f"publishing.effort.use.lean.{lean(use)}"),
            )
            for area, use, value in found
        ],
        spec=dot_rows(
            dots,
            unit=say("publishing.effort.use.axis"),
            line=(0.0, say("publishing.effort.use.line")),
            zero=True,
            row_height=30,
        ),
    )


_COLOUR = {"poor": style.ACCENT, "even": style.SAME, "rich": style.WORSE}


def lean(use: UseGradient) -> str:
    """``poor``, ``rich`` or ``even``: whom the limits of the index say it goes to most."""
    if use.upper is not None and use.upper < 0:
        return "poor"
    return "rich" if use.lower is not None and use.lower > 0 else "even"
