"""Commands of step 5: what follows from each alternative, and for whom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jevn.cli.common import JsonFlag, console, current_say, print_json
from jevn.terms import Say, UserError

if TYPE_CHECKING:
    from jevn.impact import AlternativeAssessment, ChangeAssessment, CriterionResult

app = typer.Typer(
    help="What follows from each alternative, and for whom.",
    no_args_is_help=True,
)


@app.callback()
def _impact() -> None:
    """Keep the command's name although there is only one."""


@app.command()
def assess(
    folder: Annotated[Path, typer.Argument(help="The plan folder (holds jevn.toml).")],
    alternative: Annotated[
        str, typer.Option("--alternative", help="Show one alternative with its whole chain.")
    ] = "",
    json: JsonFlag = False,
) -> None:
    """Assess the alternatives on benefit, cost, distribution and autonomy."""
    from jevn.planwork import assessment_of, read_folder

    assessment = assessment_of(read_folder(folder))
    if assessment is None:
        raise UserError("impact_no_alternatives")
    by_id = {a.alternative.id: a for a in assessment.alternatives}
    if alternative and alternative not in by_id:
        raise UserError("impact_no_alternative", id=alternative, known=", ".join(by_id))
    if json:
        print_json(by_id[alternative] if alternative else assessment)
        return
    say = current_say()
    for found in [by_id[alternative]] if alternative else assessment.alternatives:
        _show_alternative(found, say)
        if alternative:
            for change in found.changes:
                _show_change(change, say)
    console().print(say("impact.cli.judged_note"))


def _title(found: AlternativeAssessment, say: Say) -> str:
    zero = found.alternative.id == "zero"
    return say("impact.zero.title") if zero else found.alternative.title


def _show_alternative(found: AlternativeAssessment, say: Say) -> None:
    from rich.table import Table

    from jevn.terms import CRITERIA

    table = Table(title=_title(found, say), title_justify="left", show_footer=True)
    table.add_column(say("impact.cli.change"), footer=say("impact.cli.total"))
    table.add_column(say("impact.cli.nok"), footer=say.nok(found.nok_per_year), justify="right")
    for criterion, result in zip(CRITERIA, found.criteria, strict=True):
        name = say(f"criterion.{criterion.value}")
        table.add_column(name, footer=_score(result, say), justify="right")
    helped = None if found.helped is None else found.helped.value
    table.add_column(say("impact.cli.effect"), footer=say.number(helped), justify="right")
    table.add_column(say("impact.cli.verdict"), footer=say(f"impact.verdict.{found.verdict}.short"))
    table.add_column(say("impact.cli.trust"))
    for change in found.changes:
        computed = change.computed
        table.add_row(
            change.change.title,
            say.nok(change.change.nok_per_year),
            *(_score(c, say) for c in change.criteria),
            say.number(computed.helped.value if computed else None),
            say(f"impact.verdict.{computed.verdict if computed else 'not_known'}.short"),
            say(f"impact.trust.{change.trust}"),
        )
    console().print(table)


def _score(result: CriterionResult, say: Say) -> str:
    if result.score is None:
        return "–"
    return say.number(result.score) + ("*" if result.basis == "judged" else "")


def _show_change(change: ChangeAssessment, say: Say) -> None:
    from rich.text import Text

    out = console()
    out.print(Text(f"\n{change.change.title}", style="bold"))
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
