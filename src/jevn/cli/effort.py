"""Commands of step 3: ``jevn effort profile | gaps | shares | functions`` (and ``import``)."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from jevn.cli.common import (
    JsonFlag,
    console,
    current_language,
    current_say,
    print_json,
)
from jevn.cli.effort_import import import_command
from jevn.terms import AREAS, EffortArea, SocialDimension, UserError

if TYPE_CHECKING:
    from rich.table import Table

    from jevn.effort.results import AreaEffort, EffortProfile

app = typer.Typer(
    help="Step 3: what is done today, in which area, with how much, for whom.",
    no_args_is_help=True,
)
app.command("import")(import_command)


@app.command("profile")
def profile(
    folder: Annotated[Path, typer.Argument(help="The plan folder (holds jevn.toml).")],
    area: Annotated[
        str, typer.Option("--area", help="Show one area with its services, e.g. oppvekst.")
    ] = "",
    json: JsonFlag = False,
) -> None:
    """Show the effort profile: money by area, reconciled to the accounts."""
    from jevn.planwork import effort_of, read_folder

    chosen = _area(area) if area else None
    found = effort_of(read_folder(folder))
    if found is None:
        if json:
            print_json(None)
        else:
            console().print(current_say()("effort.not_begun"))
        return
    if json:
        print_json(found.area(chosen) if chosen else found)
    elif chosen:
        _print_area(found.area(chosen))
    else:
        _print_profile(found)


@app.command("gaps")
def gaps(
    folder: Annotated[Path, typer.Argument(help="The plan folder (holds jevn.toml).")],
    area: Annotated[str, typer.Option("--area", help="Only gaps of one area, e.g. oppvekst.")] = "",
    json: JsonFlag = False,
) -> None:
    """Show what calls for a word: high need and low effort, evidence not used, no evidence."""
    from jevn.planwork import challenges_of, effort_of, need_of, read_folder

    chosen = _area(area) if area else None
    work = read_folder(folder)
    found = need_of(work, challenges_of(work), effort_of(work))
    shown = tuple(g for g in found.gaps if chosen is None or g.area == chosen)
    if json:
        print_json(shown)
        return
    say, out = current_say(), console()
    for kind, group in groupby(shown, key=lambda g: g.kind):
        out.print(f"[bold]{say(f'publishing.effort.gap.{kind}')}[/bold]")
        for gap in group:
            title = gap.title(current_language()) if gap.title else ""
            text = say.message(gap.message)
            own = gap.kind not in ("area", "zone")
            out.print(f"• {title}: {text}" if own else f"• {text}")
    if not shown:
        out.print(say("effort.gaps.none"))


@app.command("shares")
def shares_command(
    folder: Annotated[Path, typer.Argument(help="The plan folder (holds jevn.toml).")],
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Where to write; default shares.csv in the folder."),
    ] = None,
    json: JsonFlag = False,
) -> None:
    """Write every share in force to shares.csv, to be edited; your own lines stay as they are."""
    from jevn.effort.schemas import SHARES
    from jevn.effort.shares import shares_to_edit
    from jevn.planwork import read_folder
    from jevn.tables import write_table

    found = shares_to_edit(read_folder(folder).shares, language=current_language())
    if json:
        print_json(found.to_dicts())
        return
    target = out or folder / "shares.csv"
    write_table(found, SHARES, target)
    defaults = found.filter(found["basis"] == "default").height
    console().print(
        current_say()("effort.shares.written", n=found.height, defaults=defaults, file=str(target))
    )


@app.command("functions")
def functions(json: JsonFlag = False) -> None:
    """Show the KOSTRA functions and their default shares."""
    from jevn.effort.chart_of_accounts import default_shares, kostra_functions

    if json:
        shares = default_shares()
        print_json(
            [
                {
                    "function": f.number,
                    "name": f.name,
                    "sector": f.sector,
                    "verified": f.verified,
                    "source": f.source,
                    "outside": f.outside,
                    "note": f.note,
                    "shares": [
                        {"area": s.area, "share": float(s.share), "reach": s.reach, "note": s.note}
                        for s in shares[f.number]
                    ],
                }
                for f in kostra_functions().values()
            ]
        )
        return
    say = current_say()
    table = _table("effort.function", "", "effort.area", "effort.share", "effort.reach")
    for number, function in kostra_functions().items():
        name = function.name(current_language())
        if not function.verified:
            name = f"{name} ({say('effort.unverified')})"
        if function.outside:
            reason = say(f"effort.outside.{function.outside}")
            table.add_row(number, name, f"{say('effort.outside')}: {reason}", "", "")
        for at, share in enumerate(default_shares()[number]):
            table.add_row(
                "" if at else number,
                "" if at else name,
                say(f"area.{share.area}.short"),
                say.percent(float(share.share)),
                say(f"reach.{share.reach}.short"),
            )
    console().print(table)


_LEFT = ("", "effort.zone", "effort.area", "effort.function", "effort.service", "effort.reach")


def _area(given: str) -> EffortArea:
    if given not in set(AREAS):
        raise UserError("effort_unknown_area", given=given, known=", ".join(AREAS))
    return EffortArea(given)


def _table(*keys: str) -> Table:
    from rich.box import SIMPLE
    from rich.table import Table

    say = current_say()
    table = Table(box=SIMPLE)
    for key in keys:
        justify: Literal["left", "right"] = "left" if key in _LEFT else "right"
        table.add_column(say(key) if key else "", overflow="fold", justify=justify)
    return table


def _print_profile(found: EffortProfile) -> None:
    say, out = current_say(), console()
    table = _table(
        "effort.area",
        "effort.column.net",
        "effort.column.per_inhabitant",
        "effort.column.comparison",
        "effort.column.default_share",
        "effort.fte",
    )
    table.columns[0].no_wrap = True
    table.title = say("effort.title", year=found.year)
    for area in found.areas:
        table.add_row(
            say(f"area.{area.area}.short"),
            say.number(area.net_nok / 1e6, 1),
            say.number(area.per_inhabitant, 0),
            say.number(area.comparison_per_inhabitant, 0),
            say.percent(area.default_share),
            say.number(area.fte, 1),
        )
    out.print(table)
    books = found.reconciliation
    for key, amount in (
        ("effort.net_total", books.net_nok),
        ("effort.allocated", books.allocated_nok),
        ("effort.residual", books.residual_nok),
        ("effort.default_total", books.default_nok),
    ):
        out.print(f"{say(key)}: {say.nok(amount)}")
    for note in (*found.notes, *(n for a in found.areas for n in a.notes)):
        out.print(f"• {say.message(note)}")
    if found.zones:
        _print_zones(found)


def _print_zones(found: EffortProfile) -> None:
    """What reaches each zone, and what cannot be placed."""
    say, out = current_say(), console()
    table = _table("effort.zone", "effort.column.per_inhabitant", "effort.column.users_per_1000")
    for zone in found.zones:
        table.add_row(
            zone.place, say.number(zone.per_inhabitant, 0), say.number(zone.users_per_1000, 0)
        )
    out.print(table)
    out.print(f"{say('effort.unplaced')}: {say.nok(found.unplaced_nok)}")


def _print_area(area: AreaEffort) -> None:
    say, out = current_say(), console()
    out.print(f"[bold]{say(f'area.{area.area}')}[/bold], {area.year}")
    for key, amount in (
        ("effort.net", area.net_nok),
        ("effort.gross", area.gross_nok),
        ("effort.per_inhabitant", area.per_inhabitant),
        ("effort.comparison", area.comparison_per_inhabitant),
    ):
        out.print(f"{say(key)}: {say.nok(amount)}")
    for reach, amount in area.by_reach:
        out.print(f"{say(f'reach.{reach}.short')}: {say.nok(amount)}")
    if area.services:
        table = _table("effort.service", "effort.reach", "effort.net", "effort.fte", "effort.users")
        for service in area.services:
            table.add_row(
                service.name,
                say(f"reach.{service.reach}.short"),
                say.nok(service.net_nok),
                say.number(service.fte, 1),
                say.number(service.users, 0),
            )
        out.print(table)
    for use in area.use:
        if use.dimension is SocialDimension.ZONE:
            continue  # zones have no order; they stand in the profile
        heading = say(f"dimension.{use.dimension}")
        if use.concentration is not None:
            shown = round(use.concentration, 2)
            lower = shown if use.lower is None else use.lower
            upper = shown if use.upper is None else use.upper
            lean = "poor" if upper < 0 else "rich" if lower > 0 else "even"
            index = f"{say.number(shown, 2)} ({say.number(lower, 2)} – {say.number(upper, 2)})"
            out.print(f"{heading}: {say(f'effort.use.{lean}', index=index)}")
        if use.note:
            out.print(f"{heading}: {say.message(use.note)}")
    if area.missing_interventions:
        out.print(f"{say('effort.missing')} {', '.join(area.missing_interventions)}")
    for note in area.notes:
        out.print(f"• {say.message(note)}")
