"""Comparison dots: the municipality beside the places it is compared with."""

from __future__ import annotations

from jevn.challenges.results import IndicatorStatus
from jevn.publishing.chart import Chart
from jevn.publishing.charts import style
from jevn.publishing.charts.context import Studio
from jevn.publishing.charts.dots import Dot, dot_rows
from jevn.publishing.words import (
    decimals_of,
    difference_text,
    drawn,
    interval_text,
    local,
    unit_text,
    value_text,
)


def comparison_chart(studio: Studio, status: IndicatorStatus) -> Chart | None:
    """Here and there with intervals; ``None`` without comparison."""
    if not status.comparisons:
        return None
    say, scale, at = studio.say, status.indicator.scale, decimals_of(status.indicator.scale)
    first = status.comparisons[0]
    alike = [c for c in status.comparisons if c.basis == first.basis]
    figures = [(studio.municipality, first.here)] + [(c.place_name, c.there) for c in alike]
    dots = [
        Dot(
            name,
            drawn(f.value, scale),
            None if f.lower is None else drawn(f.lower, scale),
            None if f.upper is None else drawn(f.upper, scale),
            value_text(f.value, scale, say),
            style.ACCENT if n == 0 else style.QUIET,
            hollow=n > 0,
        )
        for n, (name, f) in enumerate(figures)
    ]

    spec = dot_rows(dots, unit=unit_text(scale, say))
    sentences = []
    if status.standardised is not None and status.standardised.crude is not None:
        crude = value_text(status.standardised.crude.value, scale, say)
        sentences.append(say("publishing.comparison.crude", value=crude))
    for c in alike:
        limits = interval_text(c.difference.lower, c.difference.upper, scale, say)
        sentences.append(
            say(
                f"publishing.comparison.summary.{c.sign.value}",
                here=value_text(c.here.value, scale, say),
                there=value_text(c.there.value, scale, say),
                place=c.place_name,
                difference=difference_text(c.difference.value, scale, say)
                + (f" ({limits})" if limits else ""),
            )
        )
    return studio.chart(
        f"comparison-{status.indicator.id}",
        title=say(
            f"publishing.comparison.title.{first.sign.value}",
            name=local(status.indicator.name, say),
            place=first.place_name,
            municipality=studio.municipality,
        ),
        subtitle=say(
            f"publishing.comparison.subtitle.{first.basis}",
            unit=unit_text(scale, say).capitalize(),
            period=first.here.period,
        ),
        source=studio.source(*(f.origin or status.indicator.origin for _, f in figures)),
        summary=" ".join(sentences),
        headings=tuple(
            say(f"publishing.table.{k}") for k in ("place", "period", "value", "lower", "upper")
        ),
        rows=[
            (
                name,
                f.period,
                *(
                    None if v is None else round(drawn(v, scale), at)
                    for v in (f.value, f.lower, f.upper)
                ),
            )
            for name, f in figures
        ],
        spec=spec,
    )
