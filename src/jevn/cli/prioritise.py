"""Commands of step 6: packages within a frame, and ranked lists combined."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jevn.cli.budget import budget
from jevn.cli.common import JsonFlag, console, current_say, print_json
from jevn.cli.portfolio import portfolio
from jevn.cli.weigh import weigh
from jevn.terms import Say, UserError

if TYPE_CHECKING:
    from jevn.prioritisation import Package, Prioritisation
    from jevn.rankings import Ranking

app = typer.Typer(
    help="What politicians put first, and why.",
    no_args_is_help=True,
)
app.command()(budget)
app.command()(weigh)
app.command()(portfolio)


@app.command()
def packages(
    folder: Annotated[Path, typer.Argument(help="The plan folder (holds jevn.toml).")],
    frame: Annotated[
        float | None,
        typer.Option("--frame", help="Kroner a year, instead of the folder's frame."),
    ] = None,
    json: JsonFlag = False,
) -> None:
    """Make packages within the frame, with a reason for every change in and out."""
    from dataclasses import replace

    from jevn.planwork import prioritisation_of, read_folder
    from jevn.prioritisation import Frame

    work = read_folder(folder)
    if frame is not None:
        old = work.frame
        new = Frame(frame) if old is None else replace(old, nok_per_year=frame)
        work = replace(work, frame=new)
    found = prioritisation_of(work)
    if found is None:
        raise UserError("prioritisation_no_frame")
    if json:
        print_json(found)
    else:
        _show(found, current_say())


@app.command()
def rank(
    file: Annotated[
        Path, typer.Argument(help="Ranked lists: .soc, .soi, .toc, .toi (PrefLib) or .csv.")
    ],
    rule: Annotated[
        str, typer.Option("--rule", help="borda, copeland, kemeny, plackett-luce or all.")
    ] = "borda",
    json: JsonFlag = False,
) -> None:
    """Combine ranked lists of unequal length into one order."""
    from time import perf_counter

    from jevn.rankings import RULES, read_preflib, read_table_of_lists

    if rule not in (*RULES, "all"):
        raise UserError("prioritisation_rule", given=rule, known=", ".join((*RULES, "all")))
    ending = file.suffix.lower()
    if ending not in (".soc", ".soi", ".toc", ".toi", ".csv", ".xlsx"):
        raise UserError("prioritisation_rank_format", file=file.name)
    read = read_table_of_lists if ending in (".csv", ".xlsx") else read_preflib
    lists, names = read(file)
    made: dict[str, tuple[Ranking, float]] = {}
    for name, combine in RULES.items():
        if rule in (name, "all"):
            start = perf_counter()
            ranking = combine(lists)
            made[name] = (ranking, perf_counter() - start)
    if json:
        print_json(
            {
                name: {
                    "order": r.order,
                    "scores": dict(r.scores),
                    "disagreements": r.disagreements,
                    "ties": r.ties,
                    "other_orders": r.other_orders,
                    "all_orders": r.all_orders,
                    "seconds": round(seconds, 6),
                }
                for name, (r, seconds) in made.items()
            }
        )
        return
    for shown, (ranking, _) in made.items():
        _show_ranking(shown, ranking, names, current_say())


def _show(found: Prioritisation, say: Say) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    out = console()
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for column in ("package", "changes", "nok", "posts", "value", "helped"):
        left = column == "package"
        table.add_column(
            say(f"prioritisation.cli.{column}"),
            justify="left" if left else "right",
            min_width=22 if left else None,
        )
    for package in found.packages:
        table.add_row(
            package.title,
            str(len(package.chosen)),
            say.number(package.nok_per_year / 1e6),
            say.number(package.posts),
            say.number(package.total_value, 2),
            say.number(package.helped),
        )
    out.print(table)
    support = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for column in ("place", "change", "standing", "listed"):
        support.add_column(say(f"prioritisation.cli.{column}"))
    for change in found.support:
        support.add_row(
            str(change.position),
            change.title,
            say(f"prioritisation.standing.{change.standing}"),
            ", ".join(change.listed_by) or "–",
        )
    out.print(support)
    shown = found.package(found.proposed or "weights-all")
    if shown is not None:
        if found.proposed:
            out.print(Text(say("prioritisation.cli.proposed", title=shown.title), style="bold"))
        _show_package(shown, say)


def _show_package(package: Package, say: Say) -> None:
    from rich.text import Text

    out = console()
    out.print(Text(say.message(package.message)))
    for choice in sorted(package.choices, key=lambda c: not c.chosen):
        mark = "+" if choice.chosen else "−"
        line = Text(f"  {mark} {choice.title}: ", style="bold" if choice.chosen else "")
        line.append(say.message(choice.reason), style="not bold")
        out.print(line)


def _show_ranking(rule: str, ranking: Ranking, names: dict[str, str], say: Say) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    out = console()
    out.print(Text(f"\n{say(f'rankings.rule.{rule}')}", style="bold"))
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column(say("prioritisation.cli.place"), justify="right")
    table.add_column(say("prioritisation.cli.item"))
    if ranking.scores:
        table.add_column(say("prioritisation.cli.points"), justify="right")
    places, scores = dict(ranking.positions()), dict(ranking.scores)
    for item in ranking.order:
        cells = [str(places[item]), names.get(item, item)]
        table.add_row(*cells, *([say.number(scores[item], 2)] if scores else []))
    out.print(table)
    if ranking.other_orders or not ranking.all_orders:
        key = "all" if ranking.all_orders else "some"
        out.print(say(f"rankings.orders.{key}", n=len(ranking.other_orders)))
