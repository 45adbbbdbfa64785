"""Commands of step 5: what follows from each alternative, and for whom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jevn.cli.common import JsonFlag, console, current_say, print_json
from jevn.cli.lifetable import lifetable
from jevn.cli.projection import assessment_json, show_projection
from jevn.terms import Say, UserError

if TYPE_CHECKING:
    from jevn.impact import AlternativeAssessment, ChangeAssessment, CriterionResult

app = typer.Typer(
    help="What follows from each alternative, and for whom.",
    no_args_is_help=True,
)
app.command()(lifetable)


@app.command()
def assess(
    folder: Annotated[Path, typer.Argument(help="The plan folder (holds jevn.toml).")],
    alternative: Annotated[
        str, typer.Option("--alternative", help="Show one alternative with its whole chain.")
    ] = "",
    draws: Annotated[
        int | None,
        typer.Option("--draws", min=1, help="Draws of the uncertain numbers (else as model.yaml)."),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of the draws.")] = 0,
    scheduler: Annotated[
        str, typer.Option("--scheduler", help="Address of a Dask cluster to share the draws.")
    ] = "",
    json: JsonFlag = False,
) -> None:
    """Assess the alternatives on benefit, cost, distribution and autonomy."""
    from jevn.planwork import assessment_of, projection_of, read_folder

    work = read_folder(folder)
    assessment = assessment_of(work)
    if assessment is None:
        raise UserError("impact_no_alternatives")
    by_id = {a.alternative.id: a for a in assessment.alternatives}
    if alternative and alternative not in by_id:
        raise UserError("impact_no_alternative", id=alternative, known=", ".join(by_id))
    projection = projection_of(work, draws=draws, seed=seed, scheduler=scheduler or None)
    if json:
        print_json(assessment_json(assessment, projection, alternative))
        return
    say = current_say()
    for found in [by_id[alternative]] if alternative else assessment.alternatives:
        _show_alternative(found, say)
        if alternative:
            for change in found.changes:
                _show_change(change, say)
    console().print(say("impact.cli.judged_note"))
    if projection is not None:
        show_projection(projection, assessment, alternative, say)


def _title(found: AlternativeAssessment, say: Say) -> str:
    zero = found.alternative.id == "zero"
    return say("impact.zero.title") if zero else found.alternative.title


def _show_alternative(found: AlternativeAssessment, say: Say) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from jevn.terms import CRITERIA

    out = console()
    out.print(Text(f"\n{_title(found, say)}", style="bold"))
    if found.alternative.id == "zero":
        out.print(Text(say("impact.zero.summary")))
        return
    helped = None if found.helped is None else found.helped.value
    if found.changes:
        table = Table(box=box.SIMPLE_HEAD, show_footer=True, padding=(0, 1, 0, 0))
        table.add_column(say("impact.cli.change"), footer=say("impact.cli.total"), min_width=16)
        total = say.number(found.nok_per_year / 1e6)
        table.add_column(say("impact.cli.nok"), footer=total, justify="right")
        for criterion, result in zip(CRITERIA, found.criteria, strict=True):
            name = say(f"criterion.{criterion.value}")
            footer = _score(result, say)
            table.add_column(name, footer=footer, justify="right", no_wrap=True)
        table.add_column(say("impact.cli.effect"), footer=say.number(helped), justify="right")
        for change in found.changes:
            computed = change.computed
            table.add_row(
                change.change.title,
                say.number(change.change.nok_per_year / 1e6),
                *(_score(c, say) for c in change.criteria),
                say.number(computed.helped.value if computed else None),
            )
        out.print(table)
    out.print(
        Text(
            say(
                "impact.cli.summary",
                computed=found.computed_changes,
                judged=found.judged_changes,
                verdict_key=f"impact.verdict.{found.verdict}",
            )
        )
    )


def _score(result: CriterionResult, say: Say) -> str:
    if result.score is None:
        return "–"
    return say.number(result.score) + ("*" if result.basis == "judged" else "")


def _show_change(change: ChangeAssessment, say: Say) -> None:
    from rich.text import Text

    out = console()
    trust = say(f"impact.trust.{change.trust}")
    out.print(Text(f"\n{change.change.title} ({trust})", style="bold"))
    if change.why_not_computed is not None:
        out.print(Text("  " + say.message(change.why_not_computed)))
    if change.computed is not None:
        for message in change.computed.chain:
            out.print(Text("  " + say.message(message)))
        out.print(Text(f"  {say('impact.cli.assumptions')}:", style="italic"))
        for message in change.computed.assumptions:
            out.print(Text("    " + say.message(message)))
    for result in change.criteria:
        reasons = [say.message(result.reason)] if result.reason else []
        reasons += [result.judged_reason] if result.judged_reason else []
        name = say(f"criterion.{result.criterion.value}")
        out.print(Text(f"  {name}: {_score(result, say)}  {' '.join(reasons)}"))
