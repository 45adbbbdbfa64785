"""``jevn prioritise portfolio``: the best package of computed actions within a frame."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jevn.cli.common import JsonFlag, console, current_say, print_json
from jevn.terms import InputRefused, Problem, Say, UserError

if TYPE_CHECKING:
    from jevn.planwork import PlanWork
    from jevn.prioritisation.portfolio import PortfolioStudy


def portfolio(
    folder: Annotated[Path, typer.Argument(help="The plan folder (holds jevn.toml).")],
    frame: Annotated[
        float | None,
        typer.Option(
            "--frame",
            help="Kroner a year for what can be computed, instead of what the proposed package "
            "leaves of the folder's frame.",
        ),
    ] = None,
    lock: Annotated[
        list[str] | None,
        typer.Option("--lock", help="ID=LEVEL: an action that is settled; 0 is out."),
    ] = None,
    front: Annotated[
        bool,
        typer.Option("--front", help="Show packages between most to all and most to those last."),
    ] = False,
    robust: Annotated[
        bool, typer.Option("--robust", help="Show what is always, sometimes and never in.")
    ] = False,
    json: JsonFlag = False,
) -> None:
    """Compute the package that gives most, and say why each action is in or out."""
    from jevn.planwork import challenges_of, portfolio_of, prioritisation_of, read_folder

    work = _asked(read_folder(folder), frame, lock or [])
    if work.frame is None:
        raise UserError("prioritisation_no_frame")
    challenges = challenges_of(work)
    found = portfolio_of(
        work,
        prioritisation=prioritisation_of(work, challenges=challenges),
        challenges=challenges,
        reserve=frame is None,
    )
    if found is None:
        raise UserError("portfolio_nothing")
    if json:
        print_json(found)
        return
    titles = {c.id: c.title for a in work.alternatives for c in a.changes}
    _show(found, titles, current_say())
    if front:
        _show_points(found, current_say())
    if robust:
        _show_robust(found, current_say())


def _asked(work: PlanWork, frame: float | None, locks: list[str]) -> PlanWork:
    """The work with frame and locks as given on the command line."""
    from dataclasses import replace

    from jevn.prioritisation import Frame

    settled = dict(work.wishes.locks)
    for given in locks:
        id, _, level = given.rpartition("=")
        try:
            settled[id] = float(level.replace(",", "."))
        except ValueError:
            id = ""
        if not id:
            problem = Problem("portfolio_lock_form", "--lock", params={"given": given})
            raise InputRefused([problem])
    wishes = replace(work.wishes, locks=tuple(settled.items()))
    if frame is None:
        return replace(work, wishes=wishes)
    limits = Frame(frame) if work.frame is None else replace(work.frame, nok_per_year=frame)
    return replace(work, wishes=replace(wishes, frame=()), frame=limits)


def _show(found: PortfolioStudy, titles: dict[str, str], say: Say) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    out = console()
    year, nok = found.frame[-1]
    out.print(Text(say("portfolio.cli.frame", frame_nok=nok / 100, year=str(year))))
    for key, ids in (("reserved", found.reserved), ("left", found.left_out)):
        if ids:
            names = ", ".join(titles.get(id, id) for id in ids)
            out.print(Text(say(f"portfolio.cli.{key}", names=names), style="dim"))
    if found.best.loosened:
        out.print(Text(say("portfolio.cli.loosened"), style="bold"))
        for given in found.best.loosened:
            out.print(Text(f"  • {say.message(given.message)}"))
    out.print(Text(f"\n{say('portfolio.cli.chosen')}", style="bold"))
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column(say("portfolio.cli.actions"))
    for column in ("level", "start", "nok"):
        table.add_column(say(f"portfolio.cli.{column}"), justify="right")
    table.add_column(say(f"portfolio.outcome.{found.wishes.outcome}"), justify="right")
    table.add_column(say("portfolio.cli.worst"), justify="right")
    for c in found.best.chosen:
        table.add_row(
            c.title,
            say.percent(c.level, 0),
            str(c.start),
            say.number(c.nok / 1e8, 1),
            say.number(sum(c.gain), 0),
            say.number(c.gain[0], 0),
        )
    out.print(table)
    out.print(Text(say("portfolio.cli.why"), style="bold"))
    for reason in sorted(found.reasons, key=lambda r: not r.inside):
        mark = "+" if reason.inside else "−"
        line = Text(f"  {mark} ", style="bold" if reason.inside else "")
        line.append(" ".join(say.message(m) for m in reason.reasons), style="not bold")
        out.print(line)


def _show_points(found: PortfolioStudy, say: Say) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    out = console()
    out.print(Text(f"\n{say('portfolio.cli.front')}", style="bold"))
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column(say("portfolio.cli.package"))
    table.add_column(say("portfolio.cli.nok"), justify="right")
    table.add_column(say(f"portfolio.outcome.{found.wishes.outcome}"), justify="right")
    table.add_column(say("portfolio.cli.worst"), justify="right")
    table.add_column(say("portfolio.cli.actions"))
    for p in sorted(found.points, key=lambda p: (-p.total, p.worst_off)):
        if p.kind == "best":
            continue
        inside = ", ".join(f"{id} {say.percent(level, 0)}" for id, level in p.levels)
        table.add_row(
            p.title or say(f"portfolio.made.{p.kind}"),
            say.number(p.nok / 1e6, 1),
            say.number(p.total, 0),
            say.number(p.worst_off, 0),
            inside,
        )
    out.print(table)


def _show_robust(found: PortfolioStudy, say: Say) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    out = console()
    sure = found.robustness
    out.print(Text(f"\n{say('portfolio.cli.robust', draws=sure.draws)}", style="bold"))
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column(say("portfolio.cli.actions"))
    table.add_column(say("portfolio.cli.share"), justify="right")
    table.add_column(say("portfolio.cli.standing"))
    for o in sure.options:
        standing = say(f"portfolio.standing.{o.standing}")
        table.add_row(o.title, say.percent(o.share_in, 0), standing)
    out.print(table)
    out.print(
        say(
            "portfolio.cli.regret",
            best_share=sure.best_share,
            regret_exact=round(sure.regret),
            perfect_exact=round(sure.perfect),
        )
    )
