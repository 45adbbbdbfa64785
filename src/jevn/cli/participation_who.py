"""The command ``jevn participation who``: who has spoken, against who lives here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jevn.cli.common import JsonFlag, console, current_say, print_json
from jevn.terms import Say, UserError

if TYPE_CHECKING:
    from jevn.participation.representation import ChannelHeard, Heard, Represented


def who(
    folder: Annotated[Path, typer.Argument(help="The plan folder (holds jevn.toml).")],
    json: JsonFlag = False,
) -> None:
    """Show who has spoken against who lives here, those nobody has heard from first."""
    from jevn.planwork import read_folder
    from jevn.planwork.steps import represented_of, voices_of

    work = read_folder(folder)
    heard = voices_of(work)
    if heard is None:
        raise UserError("participation_nothing_said")
    found = represented_of(work, heard)
    if json:
        print_json(found)
    else:
        _show(found, dict(work.places.select("place", "name").iter_rows()), current_say())


def _show(found: Represented, places: dict[str, str], say: Say) -> None:
    from rich.text import Text

    out = console()
    out.print(Text(say.message(found.message)))
    for dimension in found.dimensions:
        out.print()
        out.print(Text(say.message(dimension.message), style="bold"))
        _show_dimension(dimension, places, say)
    _show_names("channel", found.channels, say)
    _show_names("sender", found.sender_types, say)
    others = say("participation.who.others")
    for event in found.events:
        out.print(Text(say("participation.who.attendance", n=event.people, title=event.title)))
        for kind in (event.municipalities, event.roles):
            if any(name for name, _ in kind):
                out.print(Text("  " + ", ".join(f"{name or others}: {n}" for name, n in kind)))
    for talk in found.conversations:
        out.print(Text(say("participation.who.conversation", n=talk.people, title=talk.title)))


def _show_dimension(heard: Heard, places: dict[str, str], say: Say) -> None:
    from rich.table import Table
    from rich.text import Text

    zone = heard.dimension == "zone"
    table = Table(
        say("participation.table.zone" if zone else "participation.who.age"),
        say("participation.table.count"),
        say("participation.who.expected"),
        say("participation.who.ratio"),
        say("participation.who.standing"),
    )
    for g in heard.groups:
        spoken = say("participation.who.hidden") if g.spoken is None else say.number(g.spoken, 0)
        table.add_row(
            Text(places.get(g.group, g.group)),
            say("participation.who.silent") if g.silent else spoken,
            "" if g.expected is None else say.number(g.expected, 1),
            "" if g.ratio is None else say.number(g.ratio, 2),
            say(f"participation.who.standing.{g.standing}"),
        )
    console().print(table)
    if any(g.spoken is None for g in heard.groups):
        console().print(Text(say("participation.who.hidden.note")))


def _show_names(kind: str, names: tuple[ChannelHeard, ...], say: Say) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(
        say(f"participation.table.{kind}"),
        say("participation.table.count"),
        say("participation.who.with_zone"),
    )
    for n in names:
        key = f"participation.{kind}.{n.name}"
        hidden = say("participation.who.hidden")
        placed = hidden if n.with_zone is None else say.number(n.with_zone, 0)
        label = Text(say(key) if say.has(key) else n.name)
        table.add_row(label, say.number(n.contributions, 0), placed)
    console().print(table)
