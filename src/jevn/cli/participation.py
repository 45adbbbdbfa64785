"""Commands of step 4: read a workshop report, sort texts into areas, show the voices."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jevn.cli import (
    participation_answers,
    participation_duplicates,
    participation_opinions,
    participation_sorting,
    participation_statements,
    participation_who,
)
from jevn.cli.common import JsonFlag, console, current_say, print_json
from jevn.cli.participation_statements import Given, Kind
from jevn.terms import Say, UserError

if TYPE_CHECKING:
    from jevn.participation.results import Voices, WorkshopReport

app = typer.Typer(
    help="What people propose and wish for: workshop reports, sorting, voices.",
    no_args_is_help=True,
)
app.command()(participation_opinions.opinions)
app.command()(participation_answers.answers)
app.command()(participation_duplicates.duplicates)
app.command()(participation_who.who)
app.command()(participation_sorting.sort)
app.command()(participation_sorting.words)


@app.command("import")
def import_file(  # noqa: PLR0913, PLR0917 (one argument per option)
    file: Annotated[
        Path, typer.Argument(help="Report or statement (.docx, .pdf, .md, .txt, .eml), or a sheet.")
    ],
    kind: Annotated[Kind, typer.Option(help="What the file is.")] = Kind.REPORT,
    into: Annotated[
        Path | None, typer.Option(help="Add what was read to this plan folder.")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="YAML file that says what the columns hold.")
    ] = None,
    guess_mapping: Annotated[
        bool, typer.Option("--guess-mapping", help="Print a proposed mapping, and read nothing.")
    ] = False,
    sender: Annotated[str | None, typer.Option(help="Who the statement is from.")] = None,
    sender_type: Annotated[
        str | None, typer.Option(help="What kind of sender the statement is from.")
    ] = None,
    recorder: Annotated[
        str | None, typer.Option(help="Role of the member of staff who wrote it down.")
    ] = None,
    json: JsonFlag = False,
) -> None:
    """Read a workshop report, a hearing statement, or a spreadsheet of ideas or statements."""
    given = Given(file, kind, into, mapping, guess_mapping, sender, sender_type, recorder)
    if kind is not Kind.REPORT:
        participation_statements.import_statement_or_sheet(given, json)
        return
    participation_statements.refuse_options(given)
    from jevn.participation import read_report

    report, say = read_report(file), current_say()
    if json:
        print_json(report_json(report, say))
    else:
        _show_report(report, say)


@app.command()
def voices(
    folder: Annotated[Path, typer.Argument(help="The plan folder (holds jevn.toml).")],
    json: JsonFlag = False,
) -> None:
    """Show who has spoken, what about, what groups put first, and what lacks an answer."""
    from jevn.planwork import read_folder, voices_of

    work = read_folder(folder)
    heard = voices_of(work)
    if heard is None:
        raise UserError("participation_nothing_said")
    if json:
        print_json(heard)
    else:
        names = dict(work.places.select("place", "name").iter_rows())
        _show_voices(heard, names, current_say())


def report_json(report: WorkshopReport, say: Say) -> dict[str, Any]:
    """A report in the open form that the command prints."""
    return {
        "title": report.title,
        "date": report.date,
        "parts": [
            {
                "title": part.title,
                "questions": [
                    {
                        "title": question.title,
                        "summary": list(question.summary),
                        "sections": [
                            {"heading": s.heading, "bullets": list(s.bullets)}
                            for s in question.sections
                        ],
                        "groups": [
                            {"name": g.name, "ranked": list(g.ranked)} for g in question.groups
                        ],
                    }
                    for question in part.questions
                ],
            }
            for part in report.parts
        ],
        "participants": [
            {"name": p.name, "role": p.role, "municipality": p.municipality}
            for p in report.participants
        ],
        "doubtful": [
            {"line": d.line, "text": d.text, "reason": say(f"participation.doubt.{d.reason}")}
            | ({} if d.page is None else {"page": d.page})
            for d in report.doubtful
        ],
    }


def _show_report(report: WorkshopReport, say: Say) -> None:
    from rich.text import Text
    from rich.tree import Tree

    out = console()
    tree = Tree(Text(report.title, style="bold"))
    questions = [q for part in report.parts for q in part.questions]
    for part in report.parts:
        branch = tree.add(Text(part.title)) if part.title else tree
        for question in part.questions:
            node = branch.add(Text(question.title))
            for section in question.sections:
                below = node.add(Text(section.heading)) if section.heading else node
                for bullet in section.bullets:
                    below.add(Text(bullet))
            for group in question.groups:
                below = node.add(Text(group.name))
                for rank, point in enumerate(group.ranked, start=1):
                    below.add(Text(f"{rank}. {point}"))
    out.print(tree)
    groups = [g for q in questions for g in q.groups]
    ranked = sum(len(g.ranked) for g in groups)
    points = ranked + sum(len(s.bullets) for q in questions for s in q.sections)
    counts = {"n": points, "groups": len(groups), "ranked": ranked}
    out.print(say("participation.import.counts", **counts, people=len(report.participants)))
    if not report.doubtful:
        out.print(say("participation.import.certain"))
        return
    out.print(say("participation.import.doubtful", n=len(report.doubtful)))
    for doubt in report.doubtful:
        place = say("participation.import.line", row=str(doubt.line))
        if doubt.page is not None:
            place = say("participation.import.page", page=str(doubt.page), line=place)
        reason = say(f"participation.doubt.{doubt.reason}")
        out.print(Text(f"  {place}: «{doubt.text}»\n    {reason}"))


def _show_voices(heard: Voices, places: dict[str, str], say: Say) -> None:
    from rich.table import Table
    from rich.text import Text

    from jevn.terms import AREAS

    out = console()
    hearing = [c.id for c in heard.contributions if c.channel == "hearing"]
    answered = len(hearing) - len(heard.unanswered)
    n = len(heard.contributions)
    out.print(say("participation.voices.counts", n=n, answered=answered, hearing=len(hearing)))
    count = say("participation.table.count")
    table = Table(say("participation.table.area"), count)
    for area in sorted(AREAS, key=lambda a: -len(heard.by_area(a))):
        name = say(f"area.{area.value}.short")
        table.add_row(Text(name), say.number(len(heard.by_area(area)), 0))
    out.print(table)
    unsorted = sum(not c.areas for c in heard.contributions)
    out.print(say("participation.voices.unsorted", n=unsorted))
    for dimension, heading in (("channel", "channel"), ("sender_type", "sender"), ("zone", "zone")):
        rows = [s for s in heard.spoken if s.dimension == dimension]
        if not rows:
            continue
        share = say("participation.table.population")
        columns = (say(f"participation.table.{heading}"), count)
        table = Table(*columns, *((share,) if dimension == "zone" else ()))
        for row in rows:
            key = f"participation.{heading}.{row.group}"
            label = Text(say(key) if say.has(key) else places.get(row.group, row.group))
            extra = (say.percent(row.population_share, 1),) if dimension == "zone" else ()
            table.add_row(label, say.number(row.contributions, 0), *extra)
        out.print(table)
    for ranking in heard.rankings:
        out.print(Text(ranking.theme, style="bold"))
        out.print(Text(say.message(ranking.message)))
    if heard.unanswered:
        out.print(Text(say("participation.voices.unanswered", ids=", ".join(heard.unanswered))))
