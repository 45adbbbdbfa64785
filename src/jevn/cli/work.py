"""Commands on a plan folder: ``new``, ``check``, ``build``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jevn.cli.common import (
    JsonFlag,
    console,
    current_language,
    current_say,
    err,
    print_json,
)
from jevn.terms import UserError

if TYPE_CHECKING:
    from datetime import date

    from jevn.planwork.checking import Checked

Folder = Annotated[Path, typer.Argument(help="The plan folder (holds jevn.toml).")]


def register(app: typer.Typer) -> None:
    """Add the commands to the main command."""
    app.command("new")(new)
    app.command("check")(check)
    app.command("build")(build_command)


def new(
    folder: Annotated[Path, typer.Argument(help="Folder to make; must not exist or be empty.")],
    name: Annotated[str, typer.Option("--name", help="The municipality's name.")] = "",
    municipality: Annotated[
        str,
        typer.Option("--municipality", help="The municipality's number or name, e.g. 3301."),
    ] = "",
    peers: Annotated[
        str,
        typer.Option("--peers", help="Municipalities to compare with: numbers or names, by comma."),
    ] = "",
    group: Annotated[
        str,
        typer.Option("--kostra-group", help="Number of its KOSTRA group; else asked of Klass."),
    ] = "",
    offline: Annotated[bool, typer.Option("--offline", help="Ask nothing of the network.")] = False,
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of",
            help="Date the documents are made for (YYYY-MM-DD); today if not given.",
        ),
    ] = "",
    json: JsonFlag = False,
) -> None:
    """Make a plan folder to start from.

    With an empty file of each kind; for a Norwegian municipality also with places to compare
    with, suggested indicators, and the queries that fetch their figures.
    """
    from datetime import date

    from jevn.planwork import new_folder
    from jevn.sources.municipalities import municipalities
    from jevn.sources.municipalities import municipality as find

    try:
        day = date.fromisoformat(as_of) if as_of else date.today()
    except ValueError:
        raise UserError("cli_date", given=as_of) from None
    number = municipality or "0000"
    if municipality and not (municipality.isdigit() and municipality not in municipalities()):
        number = find(municipality).number
    known = municipalities().get(number)
    names = new_folder(
        folder,
        name=name or (known.name if known else folder.resolve().name),
        number=number,
        as_of=day,
        language=current_language(),
        peers=[find(p) for p in peers.split(",") if p.strip()],
        group=group or (_kostra_group(number, day, offline=offline) if known else None),
    )
    if json:
        print_json({"folder": str(folder), "files": names})
        return
    say = current_say()
    console().print(say("cli.new.made", folder=str(folder), n=len(names)), markup=False)


def _kostra_group(number: str, day: date, *, offline: bool) -> str | None:
    """Number of the municipality's KOSTRA group by Klass; ``None`` if it cannot be asked now."""
    from jevn.sources.answers import transport
    from jevn.sources.klass import kostra_groups

    try:
        found = kostra_groups(transport(offline=offline, attempts=2), day).get(number)
    except (UserError, ValueError):
        return None
    return found.removeprefix("EKG") if found else None


def check(folder: Folder, json: JsonFlag = False) -> None:
    """Say what is wrong in a plan folder, and what each step still lacks.

    Ends with exit code 0 when the folder can be read (things may still be missing), 2 when
    it cannot.
    """
    from jevn.planwork import check_folder

    checked = check_folder(folder)
    if json:
        _print_check_json(checked)
    else:
        _print_check(checked)
    if not checked.readable:
        raise typer.Exit(2)


def _print_check_json(checked: Checked) -> None:
    say, lang = current_say(), current_language()
    print_json(
        {
            "readable": checked.readable,
            "problems": [
                {
                    "id": p.id,
                    "file": p.file,
                    "row": p.row,
                    "column": p.column,
                    "what": p.what(lang),
                    "remedy": p.remedy(lang),
                }
                for p in checked.problems
            ],
            "steps": [
                {
                    "step": s.step,
                    "begun": s.begun,
                    "missing": [say.message(m) for m in s.missing],
                }
                for s in checked.steps
            ],
        }
    )


def _print_check(checked: Checked) -> None:
    from rich.table import Table
    from rich.text import Text

    say, lang, out = current_say(), current_language(), console()
    if not checked.readable:
        out.print(Text(say("cli.check.unreadable", n=len(checked.problems)), style="bold red"))
        for problem in checked.problems:
            place = problem.place(lang)
            out.print(Text(f"  {place + ': ' if place else ''}{problem.what(lang)}"))
            out.print(Text(f"    → {problem.remedy(lang)}  [{problem.id}]", style="dim"))
        return
    table = Table(title=say("cli.check.title"), title_justify="left", show_lines=True)
    for heading in ("step", "state", "missing"):
        table.add_column(say(f"cli.check.{heading}"))
    for step in checked.steps:
        state = "begun" if step.begun else "not_begun"
        lines = [say.message(m) for m in step.missing]
        if len(lines) > 8:
            rest = len(lines) - 8
            lines = [*lines[:8], say("cli.check.more", n=rest)]
        table.add_row(
            Text(say(f"step.{step.step}")),
            Text(say(f"cli.check.{state}"), style="green" if step.begun else "yellow"),
            Text("\n".join(lines) or say("cli.check.nothing")),
        )
    out.print(table)


def build_command(
    folder: Folder,
    out: Annotated[
        Path | None, typer.Option("--out", help="Where to write; default FOLDER/build.")
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            help="Make only this part (site, plan, knowledge, data, exchange); may be repeated.",
        ),
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Make everything again, also what is unchanged.")
    ] = False,
    json: JsonFlag = False,
) -> None:
    """Make web pages, documents and open data from a plan folder.

    Parts that are unchanged since the last build are left as they are.
    """
    from jevn.planwork import build
    from jevn.planwork.build import PARTS

    target = out or folder / "build"
    with Steps() as steps:
        parts = tuple(only) if only else PARTS
        built = build(folder, target, only=parts, progress=steps, fresh=fresh)
    if json:
        print_json({"out": str(target), "files": built.files})
        return
    say = current_say()
    console().print(say("cli.build.made", folder=str(target)), markup=False, soft_wrap=True)
    for name in built.files:
        console().print(f"  {target / name}", markup=False, soft_wrap=True)


class Steps:
    """Progress on standard error: what is being done, and how long each piece took."""

    def __init__(self) -> None:
        from time import monotonic

        self._clock = monotonic
        self._began = self._piece = monotonic()
        self._out = err()
        self._say = current_say()
        self._open: str | None = None
        self._status = self._out.status("") if self._out.is_terminal else None

    def __enter__(self) -> Steps:
        """Begin."""
        if self._status:
            self._status.start()
        return self

    def __call__(self, key: str) -> None:
        """Say that a piece of work begins."""
        self._close()
        self._open, self._piece = self._say(key), self._clock()
        if self._status:
            self._status.update(self._open)

    def _close(self) -> None:
        if self._open is not None:
            seconds = self._say.number(self._clock() - self._piece, 1)
            self._out.print(f"  ✓ {self._open} ({seconds} s)", markup=False)
            self._open = None

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        """End; the last piece counts as done only if nothing went wrong."""
        if self._status:
            self._status.stop()
        if error is None:
            self._close()
