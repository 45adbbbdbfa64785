"""What all commands share: language, output, JSON, and how errors are shown."""

from __future__ import annotations

import json
import sys
from contextvars import ContextVar
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jevn.terms import LANGUAGES, Language, Say, UserError

if TYPE_CHECKING:
    from rich.console import Console

JsonFlag = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]

_language: ContextVar[Language] = ContextVar("language", default="nb")


def use_language(lang: str) -> None:
    """Set the language of output for this run.

    Raises:
        UserError: ``cli_language`` if it is none of nb, nn, en.
    """
    if lang not in LANGUAGES:
        raise UserError("cli_language", given=lang)
    _language.set(lang)


def current_language() -> Language:
    """The language chosen by ``--lang``."""
    return _language.get()


def current_say() -> Say:
    """Texts, numbers and dates in the language chosen by ``--lang``."""
    return Say(_language.get())


def console() -> Console:
    """Rich console on standard output."""
    from rich.console import Console

    return Console(highlight=False)


def err() -> Console:
    """Rich console on standard error: progress and messages that are not the result."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def print_json(value: Any) -> None:
    """Print any result (dataclasses, tuples, enums, plain values) as JSON, in UTF-8."""
    from pydantic_core import to_jsonable_python

    text = json.dumps(to_jsonable_python(value), ensure_ascii=False, indent=2)
    sys.stdout.write(text + "\n")


def show_error(error: UserError) -> None:
    """Write a user error on standard error: id, place, what happened and what to do."""
    from rich.text import Text

    lang, out = current_language(), err()
    say = Say(lang)
    out.print(Text(say("cli.refused", n=len(error.problems)), style="bold red"))
    for problem in error.problems:
        place = problem.place(lang)
        line = Text("  ")
        line.append(f"{place}: " if place else "", style="bold")
        line.append(problem.what(lang))
        out.print(line)
        out.print(Text(f"    → {problem.remedy(lang)}  [{problem.id}]", style="dim"))
