"""The command ``demo``: Elvebyen, from nothing to a served plan proposal."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path
from typing import Annotated

import typer

from jevn.cli.common import console, current_say
from jevn.cli.work import Steps


def register(app: typer.Typer) -> None:
    """Add the command to the main command."""
    app.command("demo")(demo)


def demo(
    out: Annotated[
        Path,
        typer.Option("--out", help="Folder for the demonstration; made anew each time."),
    ] = Path("jevn-demo"),
    seed: Annotated[int, typer.Option("--seed", help="Seed of the generator.")] = 2026,
    serve: Annotated[
        bool,
        typer.Option("--serve/--no-serve", help="Start the web application at the end."),
    ] = True,
    port: Annotated[
        int,
        typer.Option("--port", help="Port of the web application; the next free one if taken."),
    ] = 8000,
) -> None:
    """Make the fictional municipality Elvebyen, build everything, and show it on the web."""
    from jevn.demo import write_elvebyen
    from jevn.planwork import build

    say, folder = current_say(), out / "elvebyen"
    with Steps() as steps:
        steps("cli.demo.making")
        out.mkdir(parents=True, exist_ok=True)
        if folder.exists():
            shutil.rmtree(folder)
        write_elvebyen(folder, seed)
        built = build(folder, out, progress=steps)
    console().print(say("cli.build.made", folder=str(out)), markup=False, soft_wrap=True)
    for name in ("site/index.html", *(f for f in built.files if f != "site")):
        console().print(f"  {out / name}", markup=False, soft_wrap=True)
    if not serve:
        return
    if importlib.util.find_spec("django") is None:
        console().print(say("cli.demo.no_web"), markup=False)
        return
    from importlib.metadata import entry_points

    for entry in entry_points(group="jevn.commands"):
        if entry.name == "serve":
            # the web application contributes this; the library never imports it
            app = typer.Typer()
            entry.load()(app)
            app(["serve", str(folder), "--port", str(port)], standalone_mode=False)
