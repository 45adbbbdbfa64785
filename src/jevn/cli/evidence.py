"""Commands on the evidence catalogue: list, show, search; pages of the documentation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jevn.cli.common import JsonFlag, console, current_language, current_say, print_json
from jevn.terms import UserError

if TYPE_CHECKING:
    from jevn.evidence import EvidenceCatalogue

app = typer.Typer(
    help="Step 1: what research-based recommendations say, area by area.", no_args_is_help=True
)

Folder = Annotated[
    Path | None,
    typer.Option(
        "--folder",
        help="Plan folder whose own evidence (evidence/*.yaml) is added.",
        exists=True,
        file_okay=False,
    ),
]
Markdown = Annotated[bool, typer.Option("--markdown", help="Print the page of the documentation.")]


def _catalogue(folder: Path | None) -> EvidenceCatalogue:
    from jevn.evidence import load_catalogue

    return load_catalogue(folder)


@app.command("list")
def list_command(
    area: Annotated[
        str | None, typer.Option("--area", help="Only this area, e.g. oppvekst.")
    ] = None,
    strength: Annotated[
        str | None, typer.Option("--strength", help="Only these strengths, e.g. AB.")
    ] = None,
    folder: Folder = None,
    json: JsonFlag = False,
) -> None:
    """List interventions with strength, distribution, cost and time.

    Everything is listed unless you ask for less: also what is not graded (U) and what was
    tested without effect (E). With --area, interventions of other areas that also concern it
    stand last.
    """
    from rich.markup import escape
    from rich.table import Table

    from jevn.terms import EffortArea

    say, catalogue = current_say(), _catalogue(folder)
    if area is not None and area not in tuple(EffortArea):
        raise UserError("evidence_area_unknown", given=area, choices=", ".join(EffortArea))
    wanted = (strength or "ABCDEU").upper().replace(",", "").replace(" ", "")
    if not wanted or not set(wanted) <= set("ABCDEU"):
        raise UserError("evidence_strength_unknown", given=strength or "")
    if area is None:
        found = [i for a in catalogue.areas for i in a.interventions]
    else:
        found = list(catalogue.interventions_for(EffortArea(area)))
    found = [i for i in found if i.strength in wanted]
    if json:
        print_json(found)
        return
    table = Table(title=say("evidence.list.title"), title_justify="left")
    table.add_column(say("evidence.head.strength"), justify="center")
    table.add_column(say("evidence.head.name"), ratio=1)
    table.add_column(say("evidence.head.id"), max_width=24, overflow="fold")
    table.add_column(say("evidence.head.equity"), max_width=14)
    heading = None
    for i in found:
        if i.area != heading:
            heading = i.area
            table.add_section()
            table.add_row("", f"[bold]{say(f'area.{i.area.value}.short')}[/bold]")
        mine = f" ({say('evidence.local')})" if i.local else ""
        equity = say(f"evidence.equity.{i.equity}")
        table.add_row(i.strength, escape(i.name(say.lang) + mine), i.id, equity)
    out = console()
    out.print(table)
    for letter in sorted({i.strength for i in found}):
        out.print(f"{letter}: {say(f'evidence.strength.{letter}')}")
    out.print(say("evidence.list.count", n=len(found)), say("evidence.list.more"))


@app.command()
def show(
    id: Annotated[
        str,
        typer.Argument(help="Id of an area, intervention, indicator, effect size or source."),
    ],
    folder: Folder = None,
    json: JsonFlag = False,
) -> None:
    """Show one entry with its grade, effects and sources."""
    from difflib import get_close_matches

    from jevn.evidence.showing import entry_ids, find_entry, sheet

    say, catalogue = current_say(), _catalogue(folder)
    entry = find_entry(catalogue, id)
    if entry is None:
        near = get_close_matches(id, entry_ids(catalogue), n=3)
        raise UserError(
            "evidence_not_found", given=id, near=f" ({', '.join(near)}?)" if near else ""
        )
    if json:
        print_json(entry)
        return
    _print_sheet(sheet(catalogue, entry, say))


def _print_sheet(sheet: tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]) -> None:
    from rich.table import Table
    from rich.text import Text

    title, rows = sheet
    table = Table(title=Text(title), title_justify="left", show_header=False, show_lines=True)
    table.add_column(style="bold", max_width=24)
    table.add_column(overflow="fold")
    for head, lines in rows:
        table.add_row(head, Text("\n".join(lines)))
    console().print(table)


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="Words; all must stand in the entry.")],
    limit: Annotated[int, typer.Option("--limit", min=0, help="Most hits; 0 = all.")] = 25,
    folder: Folder = None,
    json: JsonFlag = False,
) -> None:
    """Search names, texts, determinants and sources; case and accents do not matter."""
    from rich.table import Table
    from rich.text import Text

    from jevn.evidence import search as find

    say = current_say()
    text = " ".join(words)
    hits = find(_catalogue(folder), text, current_language())
    shown = hits[: limit or None]
    if json:
        print_json(shown)
        return
    out = console()
    if not hits:
        out.print(say("evidence.search.nothing", words=text))
        return
    table = Table(title=say("evidence.search.title", words=text), title_justify="left")
    for head in ("kind", "id", "about", "area"):
        table.add_column(say(f"evidence.head.{head}"), overflow="fold")
    for hit in shown:
        area = say(f"area.{hit.area.value}.short") if hit.area else "–"
        table.add_row(say(f"evidence.kind.{hit.kind}"), hit.id, Text(hit.title(say.lang)), area)
    out.print(table)
    if len(hits) > len(shown):
        out.print(say("evidence.search.more", n=len(hits) - len(shown)))


@app.command()
def indicators(markdown: Markdown = False, folder: Folder = None, json: JsonFlag = False) -> None:
    """List the indicators the catalogue suggests; --markdown makes the reference page."""
    from rich.table import Table
    from rich.text import Text

    say, catalogue = current_say(), _catalogue(folder)
    found = [x for a in catalogue.areas for x in a.indicators]
    if json:
        print_json(found)
    elif markdown:
        from jevn.evidence.markdown import indicators_page

        typer.echo(indicators_page(catalogue), nl=False)
    else:
        table = Table(title=say("evidence.head.indicators"), title_justify="left")
        for head in ("id", "name", "area", "unit", "from"):
            table.add_column(say(f"evidence.head.{head}"), overflow="fold")
        for x in found:
            area = say(f"area.{x.area.value}.short")
            origin = [t(say.lang) for t in (x.system_text, x.table_text) if t]
            table.add_row(x.id, Text(x.name(say.lang)), area, x.unit(say.lang), ": ".join(origin))
        console().print(table)


@app.command()
def glossary(markdown: Markdown = False, json: JsonFlag = False) -> None:
    """List the terms of the field; --markdown makes GLOSSARY.md."""
    from rich.table import Table

    from jevn.evidence import vocabulary

    say, terms = current_say(), vocabulary()
    if json:
        print_json(terms)
    elif markdown:
        from jevn.evidence.markdown import glossary_page

        typer.echo(glossary_page(terms), nl=False)
    else:
        table = Table(show_lines=True)
        table.add_column(say("evidence.head.name"), overflow="fold")
        table.add_column(say("evidence.head.about"), overflow="fold")
        for term in terms:
            table.add_row(term.name(say.lang), term.definition(say.lang))
        console().print(table)
