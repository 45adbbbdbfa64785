"""The alternatives followed through the years, as tables in the terminal and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jevn.cli.common import console
from jevn.terms import Say

if TYPE_CHECKING:
    from jevn.impact import Assessment
    from jevn.impact.projection import AlternativeProjection, Projection
    from jevn.impact.uncertainty import Drawn

_GAINS = ("healthy_years", "life_years", "deaths_averted", "premature_deaths_averted")


def assessment_json(
    assessment: Assessment, projection: Projection | None, alternative: str
) -> dict[str, Any]:
    """The assessment in open form: each alternative with its projection beside it.

    With ``alternative`` given only that one, as one object.
    """
    from pydantic import TypeAdapter

    plain: dict[str, Any] = TypeAdapter(type(assessment)).dump_python(assessment, mode="json")
    followed: dict[str, Any] | None = None
    if projection is not None:
        followed = TypeAdapter(type(projection)).dump_python(projection, mode="json")
    by_id = {a["alternative"]: a for a in followed["alternatives"]} if followed else {}
    rows = []
    for row in plain["alternatives"]:
        rows.append({**row, "projection": by_id.get(row["alternative"]["id"])})
    if alternative:
        return next(r for r in rows if r["alternative"]["id"] == alternative)
    settings = None
    if followed is not None:
        settings = {k: v for k, v in followed.items() if k != "alternatives"}
    return {**plain, "alternatives": rows, "projection": settings}


def show_projection(
    projection: Projection, assessment: Assessment, alternative: str, say: Say
) -> None:
    """Print what each alternative gives over the years, or one of them with its whole chain."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    out = console()
    titles = {a.alternative.id: a.alternative.title for a in assessment.alternatives}
    last = projection.first_year + projection.years - 1
    out.print(
        Text(
            "\n"
            + say(
                "impact.cli.ahead",
                first_year=projection.first_year,
                last_year=last,
                draws=projection.draws,
                seed_exact=projection.seed,
            ),
            style="bold",
        )
    )
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column(say("impact.cli.alternative"), min_width=14)
    for name in ("healthy", "premature", "gap", "fair"):
        table.add_column(say(f"impact.cli.ahead.{name}"), justify="right")
    shown = [a for a in projection.alternatives if a.alternative in ("zero", alternative)]
    for found in shown if alternative else projection.alternatives:
        if found.alternative == "zero":
            continue
        table.add_row(titles.get(found.alternative, found.alternative), *_cells(found, say))
    out.print(table)
    if alternative and alternative != "zero":
        one = projection.alternative(alternative)
        if one is not None:
            _whole(one, projection, say)


def _cells(found: AlternativeProjection, say: Say) -> tuple[str, str, str, str]:
    healthy, premature = found.outcome("healthy_years"), found.outcome("premature_deaths_averted")
    verdict = found.equity[0].equity.verdict
    return (
        _span(healthy.total, say) if healthy else "–",
        _span(premature.total, say) if premature else "–",
        say(f"impact.verdict.{verdict}.short"),
        say.percent(found.gap_falls) if verdict != "no_change" else "–",
    )


def _span(drawn: Drawn, say: Say) -> str:
    if drawn.lower == drawn.upper == 0:
        return say.number(0, 0)
    return say(
        "impact.cli.span",
        value=_short(drawn.median, say),
        lower=_short(drawn.lower, say),
        upper=_short(drawn.upper, say),
    )


def _short(value: float, say: Say) -> str:
    size = abs(value)
    return say.number(value, 0 if size >= 100 else 1 if size >= 1 else 2)


def _whole(found: AlternativeProjection, projection: Projection, say: Say) -> None:
    from rich.text import Text

    out = console()
    for message in found.chain:
        out.print(Text("  " + say.message(message)))
    if found.unknown:
        out.print(Text(f"  {say('impact.cli.unknown')}:", style="italic"))
        for message in found.unknown:
            out.print(Text("    " + say.message(message)))
    out.print(Text(f"  {say('impact.cli.assumptions')}:", style="italic"))
    for message in projection.assumptions:
        out.print(Text("    " + say.message(message)))
