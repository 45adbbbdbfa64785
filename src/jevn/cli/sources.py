"""Commands on providers of statistics: list, search, describe, fetch; import and refresh."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jevn.cli.common import JsonFlag, console, current_say, err, print_json
from jevn.cli.refreshing import refresh_command
from jevn.cli.source_files import import_command
from jevn.terms import UserError

if TYPE_CHECKING:
    from jevn.sources.provider import Fetched, Provider, TableInfo, Variable

app = typer.Typer(
    help="Statistics from those who publish them: find a table, fetch figures.",
    no_args_is_help=True,
)
app.command("import")(import_command)
app.command("refresh")(refresh_command)

Who = Annotated[str, typer.Argument(help="Id of the provider, as in «jevn sources list».")]
Which = Annotated[str, typer.Argument(help="The table, as in «jevn sources search».")]
Offline = Annotated[bool, typer.Option("--offline", help="Only what has been fetched before.")]
Renew = Annotated[bool, typer.Option("--renew", help="Ask even where an answer is kept.")]
Cache = Annotated[
    Path | None, typer.Option("--cache", help="Folder of answers; the user's own if not given.")
]

LONGEST_NOTE = 500
"""Signs of a note shown in the terminal; all of it is in the JSON."""
SHOWN = 20
"""Rows and values shown in the terminal unless more is asked for."""


@app.command("list")
def list_command(json: JsonFlag = False) -> None:
    """List the providers: what they have, on what terms, and what they allow."""
    from rich.markup import escape

    from jevn.sources.registry import providers

    say, found = current_say(), providers()
    if json:
        print_json(found)
        return
    table = _table("provider", "about", "country", "licence")
    table.columns[0].no_wrap = True
    table.columns[1].ratio = 3
    table.columns[3].ratio = 1
    for info in found:
        about = f"[bold]{escape(info.name(say.lang))}[/bold]\n{escape(info.about(say.lang))}"
        licence = info.licence or say("sources.cli.no_licence")
        table.add_row(info.id, about, info.country, escape(licence))
    out = console()
    out.print(table)
    out.print(say("sources.cli.list_more"))


@app.command()
def search(
    provider: Who,
    words: Annotated[list[str], typer.Argument(help="Words to look for.")],
    limit: Annotated[int, typer.Option("--limit", min=1, help="Most tables.")] = 25,
    offline: Offline = False,
    renew: Renew = False,
    cache: Cache = None,
    json: JsonFlag = False,
) -> None:
    """Search a provider's tables."""
    from rich.text import Text

    say = current_say()
    hits = _provider(provider, cache, offline, renew).search(" ".join(words), most=limit)
    if json:
        print_json(hits)
        return
    out = console()
    if not hits:
        out.print(say("sources.cli.none"))
        return
    table = _table("table", "title", "periods", "updated")
    for hit in hits:
        title = Text(hit.title)
        if hit.ended:
            title.append(f" ({say('sources.cli.ended')})", style="dim")
        if hit.path:
            title.append(f"\n{' › '.join(hit.path)}", style="dim")
        ends = [p for p in (hit.first_period, hit.last_period) if p]
        table.add_row(hit.id, title, "–".join(dict.fromkeys(ends)), (hit.updated or "")[:10])
    out.print(table)


@app.command()
def describe(
    provider: Who,
    table: Which,
    variable: Annotated[
        str,
        typer.Option(
            "--variable",
            help="Show every value of this variable, or of a code list: Region@agg_KommSummer.",
        ),
    ] = "",
    offline: Offline = False,
    renew: Renew = False,
    cache: Cache = None,
    json: JsonFlag = False,
) -> None:
    """Describe a table: its variables, values, code lists and notes."""
    asked = _provider(provider, cache, offline, renew)
    about = asked.describe(table)
    name, _, listed = variable.partition("@")
    if listed:
        _grouping(asked, about.variable(name), listed, json=json)
    elif variable:
        one = about.variable(name)
        if json:
            print_json(one)
            return
        found = _table("code", "name")
        for category in one.categories:
            found.add_row(_plain(category.code), _plain(category.label))
        console().print(found)
    elif json:
        print_json(about)
    else:
        _show(about)


@app.command()
def fetch(  # noqa: PLR0913, PLR0917 (one argument per option of the command)
    provider: Who,
    table: Which,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", help="Values of a variable, e.g. Region=3301 or Tid=top(5)."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="File to write: .parquet or .csv.")
    ] = None,
    labels: Annotated[bool, typer.Option("--labels", help="Names instead of codes.")] = False,
    offline: Offline = False,
    renew: Renew = False,
    cache: Cache = None,
    json: JsonFlag = False,
) -> None:
    """Fetch figures of a table, and show them or write them to a file.

    Beside the file a JSON file says where the figures come from, what was asked, and what the
    producer notes. Variables that are not selected come whole, or are added up where the producer
    can do so.
    """
    from jevn.sources.provider import Selection
    from jevn.sources.tidyfile import ENDINGS, write_tidy

    say = current_say()
    if out is not None and out.suffix.casefold() not in ENDINGS:
        raise UserError("sources_file_out", file=out.name, reason=out.suffix or "–")
    selections = [Selection.parse(text) for text in select or ()]
    found = _provider(provider, cache, offline, renew).fetch(table, selections)
    more = _asked(found)
    if out is not None:
        rows = write_tidy(found.dataset, found.origin, out, labels=labels, more=more)
        if json:
            print_json({"files": [str(out), f"{out}.json"], "rows": rows, "origin": found.origin})
            return
        console().print(say("sources.cli.written", n=rows, file=str(out)), markup=False)
    elif json:
        cells = found.dataset.labelled() if labels else found.dataset.table
        told = {"origin": found.origin, **more, "notes": found.dataset.notes}
        print_json({**told, "cells": cells.to_dicts()})
        return
    else:
        _cells(found, labels=labels)
    _origin(found)


def _asked(found: Fetched) -> dict[str, Any]:
    """What was asked, how often each sign stands, and what else the producer says."""
    counts = found.dataset.table["flag"].drop_nulls().value_counts().sort("flag")
    return {
        "requests": [{"address": r.address, "body": r.body} for r in found.requests],
        "stale": found.stale,
        "flags": dict(counts.iter_rows()),
        "extension": found.dataset.extension,
    }


def _provider(id: str, cache: Path | None, offline: bool, renew: bool) -> Provider:
    from jevn.sources.answers import transport
    from jevn.sources.registry import provider

    def waiting(seconds: float) -> None:
        if seconds >= 2:
            text = current_say()("sources.cli.waiting", n=round(seconds))
            err().print(text, style="dim", markup=False)

    return provider(id, transport(cache, offline=offline, renew=renew, waiting=waiting))


def _table(*heads: str) -> Any:
    from rich.box import SIMPLE
    from rich.table import Table

    say, table = current_say(), Table(box=SIMPLE)
    for head in heads:
        table.add_column(say(f"sources.cli.{head}"), overflow="fold")
    return table


def _plain(text: str) -> Any:
    from rich.text import Text

    return Text(text)


def _grouping(asked: Provider, variable: Variable, id: str, *, json: bool) -> None:
    """The values of a code list, and what each is made of."""
    from jevn.sources.pxweb import PxWeb, unknown_list

    known = [c.id for c in variable.code_lists]
    if not isinstance(asked, PxWeb) or (known and id not in known):
        raise unknown_list(id, known)
    grouping = asked.grouping(id)
    if json:
        print_json(grouping)
        return
    found = _table("code", "name", "members")
    for one in grouping.categories:
        members = ", ".join(grouping.members[one.code])
        found.add_row(_plain(one.code), _plain(one.label), _plain(members))
    console().print(found)


def _show(about: TableInfo) -> None:
    from rich.text import Text

    say, out = current_say(), console()
    out.print(Text(about.title, style="bold"))
    parts = [about.source, about.updated and say("sources.cli.of", day=about.updated[:10])]
    out.print(Text(", ".join(p for p in parts if p), style="dim"))
    table = _table("variable", "values", "unchosen")
    for one in about.variables:
        shown = [f"{c.code} {c.label}" if c.code != c.label else c.code for c in one.categories]
        text = Text("; ".join(shown[:6]))
        if len(shown) > 6:
            last = f" … {shown[-1]} ({say('sources.cli.count', n=len(shown))})"
            text.append(last, style="dim")
        for listed in one.code_lists[:8]:
            text.append(f"\n@{listed.id}  {listed.label}", style="dim")
        if len(one.code_lists) > 8:
            more = say("sources.cli.more_lists", n=len(one.code_lists) - 8)
            text.append(f"\n{more}", style="dim")
        unchosen = say("sources.cli.all" if one.required else "sources.cli.added")
        table.add_row(Text(f"{one.code}\n{one.label}"), text, unchosen)
    out.print(table)
    for note in about.notes:
        shown_note = note if len(note) <= LONGEST_NOTE else f"{note[:LONGEST_NOTE]} …"
        out.print(Text(f"• {shown_note}"))
    if about.link:
        out.print(Text(about.link, style="dim"))


def _cells(found: Fetched, *, labels: bool) -> None:
    """The first cells as a table, and how many there are."""
    say, out = current_say(), console()
    cells = found.dataset.labelled() if labels else found.dataset.table
    from rich.box import SIMPLE
    from rich.table import Table

    table = Table(box=SIMPLE)
    for name in cells.columns[:-2]:
        table.add_column(_plain(name), overflow="fold")
    table.add_column(say("sources.cli.value"), justify="right")
    for *codes, value, flag in cells.head(SHOWN).iter_rows():
        number = flag or "–" if value is None else f"{say.number(value, _decimals(value))}"
        if value is not None and flag:
            number += f" {flag}"
        table.add_row(*(_plain(str(c)) for c in codes), _plain(number))
    out.print(table)
    if cells.height > SHOWN:
        out.print(say("sources.cli.first", n=SHOWN, all=cells.height), markup=False)


def _decimals(value: float) -> int:
    """Decimals that the figure has, at most six."""
    return len(f"{value:.6f}".rstrip("0").partition(".")[2])


def _origin(found: Fetched) -> None:
    say, out, origin = current_say(), console(), found.origin
    parts = [f"{origin.producer}: {origin.title}"]
    if origin.version:
        parts.append(say("sources.cli.of", day=origin.version))
    if origin.retrieved:
        parts.append(say("sources.cli.retrieved", day=origin.retrieved))
    if origin.licence:
        parts.append(origin.licence)
    out.print(_plain(", ".join(parts)), style="dim")
    from datetime import UTC, datetime

    if origin.retrieved and origin.retrieved < datetime.now(UTC).date().isoformat():
        out.print(say("sources.cli.kept", day=origin.retrieved), markup=False)
    if found.stale:
        out.print(say("sources.cli.stale"), style="bold", markup=False)
