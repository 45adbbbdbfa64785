"""The command ``jevn``: one file per group of commands; heavy parts are imported when used."""

from __future__ import annotations

import importlib
import os
import sys
from importlib.metadata import entry_points
from typing import Annotated

import typer

from jevn.cli.common import show_error, use_language
from jevn.terms import UserError

app = typer.Typer(
    name="jevn",
    help="From knowledge to an adopted and followed-up plan against social inequality in health.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_GROUPS: tuple[tuple[str, str], ...] = (
    ("sources", "jevn.cli.sources"),
    ("evidence", "jevn.cli.evidence"),
    ("challenges", "jevn.cli.challenges"),
    ("effort", "jevn.cli.effort"),
    ("participation", "jevn.cli.participation"),
    ("impact", "jevn.cli.impact"),
    ("prioritise", "jevn.cli.prioritise"),
    ("plan", "jevn.cli.plan"),
    ("archive", "jevn.cli.archive"),
    ("indices", "jevn.cli.indices"),
)


def _version(value: bool) -> None:
    if value:
        from jevn import __version__

        typer.echo(f"jevn {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    lang: Annotated[
        str,
        typer.Option("--lang", envvar="JEVN_LANG", help="Language of output: nb, nn or en."),
    ] = "nb",
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    use_language(lang)


def _register() -> None:
    """Add the groups of commands, and those contributed by other packages."""
    for module in ("jevn.cli.work", "jevn.cli.demonstration"):
        importlib.import_module(module).register(app)
    for name, module in _GROUPS:
        app.add_typer(importlib.import_module(module).app, name=name)
    for entry in entry_points(group="jevn.commands"):
        entry.load()(app)


_register()


def main() -> None:
    """Run the command; a user error ends with exit code 2 and no traceback."""
    try:
        app(standalone_mode=True)
    except UserError as error:
        show_error(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
