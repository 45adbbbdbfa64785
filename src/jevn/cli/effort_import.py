"""``jevn effort import``: accounts, KOSTRA tables and registers turned into plan tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jevn.cli.common import JsonFlag, console, current_say, err, print_json
from jevn.terms import LANGUAGES, InputRefused, Problem, UserError

if TYPE_CHECKING:
    import polars as pl

    from jevn.effort.importing import ImportedAccounts, IncomeSign
    from jevn.effort.kostra_import import Scope
    from jevn.planwork.model import PlanWork
    from jevn.tables import Origin, TableSchema
    from jevn.terms import Message

_REGISTER = ("services", "service_users")
TABLES = {
    "accounts": ("accounts",),
    "kostra": ("accounts", "comparison_accounts"),
    "services": _REGISTER,
    "actions": _REGISTER,
}
"""What each kind of file becomes."""


def import_command(  # noqa: PLR0913, PLR0917 - one argument per option
    file: Annotated[Path, typer.Argument(help="Accounts, KOSTRA table or register.")],
    kind: Annotated[
        str, typer.Option("--kind", help="accounts, kostra, services or actions.")
    ] = "accounts",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", help="Where to write: a file for accounts, else a folder. Else nothing."
        ),
    ] = None,
    year: Annotated[
        int | None, typer.Option("--year", help="Year of the amounts, if the file does not say.")
    ] = None,
    unit: Annotated[
        int | None, typer.Option("--unit", help="What amounts are multiplied by, e.g. 1000.")
    ] = None,
    income: Annotated[
        str, typer.Option("--income", help="How income stands in the file: negative or positive.")
    ] = "",
    municipality: Annotated[
        str, typer.Option("--municipality", help="Municipality as in the KOSTRA table, e.g. 3301.")
    ] = "",
    scope: Annotated[
        str, typer.Option("--scope", help="KOSTRA accounts: A consolidated, B the municipality's.")
    ] = "A",
    folder: Annotated[
        Path | None,
        typer.Option(
            "--folder", help="Plan folder to look up places, inhabitants and evidence in."
        ),
    ] = None,
    only: Annotated[
        str, typer.Option("--only", help="Only this table, e.g. comparison_accounts.")
    ] = "",
    add: Annotated[
        bool, typer.Option("--add", help="Add to the tables that are there already.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace the tables that are there already.")
    ] = False,
    json: JsonFlag = False,
) -> None:
    """Turn a spreadsheet or KOSTRA table into tables of the plan folder, and say what was done."""
    from jevn.effort.schemas import ACCOUNTS
    from jevn.tables import write_table

    _one_of(kind, tuple(TABLES), "--kind")
    _one_of(income, ("", "negative", "positive"), "--income")
    _one_of(scope, ("A", "B"), "--scope")
    _one_of(only, ("", *TABLES[kind]), "--only")
    work = _work(folder)
    if kind == "accounts":
        whole = _accounts(file, year, unit, income)
        if out is not None and out.is_dir():
            _write({"accounts": (ACCOUNTS, whole.frame)}, out, add=add, replace=replace)
            out /= "accounts.csv"
        elif out is not None:
            write_table(whole.frame, ACCOUNTS, out)
        _tell_accounts(whole, out, json)
        return
    found: dict[str, tuple[TableSchema, pl.DataFrame]]
    if kind == "kostra":
        found, steps, origin = _kostra(file, municipality, scope, work)
    else:
        found, steps = _register(file, kind, year, unit, work)
        origin = None
    if only:
        found = {only: found[only]}
    added = False
    if out is not None:
        found = {name: (s, f) for name, (s, f) in found.items() if not f.is_empty()}
        _write(found, out, add=add, replace=replace)
        added = origin is not None and _add_origin(origin, out)
    if json:
        rows = {name: frame.to_dicts() for name, (_, frame) in found.items()}
        print_json({"tables": rows, "origin": origin, "steps": steps})
        return
    _say(steps)
    if origin is not None:
        key = "effort.kostra.origin_added" if added else "effort.kostra.origin"
        console().print(current_say()(key, id=origin.id))
    if out is not None:
        for name, (_, frame) in found.items():
            path = str(out / f"{name}.csv")
            err().print(current_say()("effort.import.written", n=frame.height, file=path))


def _one_of(given: str, known: tuple[str, ...], option: str) -> None:
    if given not in known:
        shown = ", ".join(k for k in known if k)
        raise UserError("effort_import_option", given=given, option=option, known=shown)


def _work(folder: Path | None) -> PlanWork | None:
    if folder is None:
        return None
    from jevn.planwork import read_folder

    return read_folder(folder)


def _accounts(file: Path, year: int | None, unit: int | None, income: str) -> ImportedAccounts:
    from jevn.effort.importing import import_accounts

    sign: IncomeSign | None = None
    if income:
        sign = "positive" if income == "positive" else "negative"
    return import_accounts(file, year=year, unit=unit, income=sign)


def _tell_accounts(found: ImportedAccounts, target: Path | None, json: bool) -> None:
    if json:
        print_json({"rows": found.frame.to_dicts(), "steps": found.steps})
        return
    _say(found.steps)
    if target is not None:
        written = current_say()("effort.import.written", n=found.frame.height, file=str(target))
        err().print(written)


def _say(steps: tuple[Message, ...]) -> None:
    say, out = current_say(), console()
    for step in steps:
        out.print(f"• {say.message(step)}")


def _kostra(
    file: Path, municipality: str, scope: str, work: PlanWork | None
) -> tuple[dict[str, tuple[TableSchema, pl.DataFrame]], tuple[Message, ...], Origin]:
    from jevn.effort.kostra_import import kostra_accounts
    from jevn.effort.people import inhabitants
    from jevn.effort.schemas import ACCOUNTS, COMPARISON_ACCOUNTS

    number = municipality or (work.municipality.number if work else "")
    if not number:
        raise UserError("effort_kostra_municipality")
    persons: dict[tuple[str, int], float] = {}
    if work is not None:
        for place, year in work.population.select("place", "year").unique().iter_rows():
            people = inhabitants(work.population, place, year)
            if people:
                persons[place, year] = people
    chosen: Scope = "B" if scope == "B" else "A"
    known = work.places["place"].to_list() if work and not work.places.is_empty() else None
    found = kostra_accounts(file, municipality=number, persons=persons, scope=chosen, places=known)
    tables = {
        "accounts": (ACCOUNTS, found.accounts),
        "comparison_accounts": (COMPARISON_ACCOUNTS, found.comparison),
    }
    return tables, found.steps, found.origin


def _register(
    file: Path, kind: str, year: int | None, unit: int | None, work: PlanWork | None
) -> tuple[dict[str, tuple[TableSchema, pl.DataFrame]], tuple[Message, ...]]:
    from jevn.effort.registering import import_register
    from jevn.effort.schemas import SERVICE_USERS, SERVICES
    from jevn.evidence import load_catalogue

    catalogue = (work.own_evidence if work else None) or load_catalogue()
    entries = [i for area in catalogue.areas for i in area.interventions]
    found = import_register(
        file,
        kind="action" if kind == "actions" else "service",
        year=year,
        unit=unit,
        places=dict(work.places.select("name", "place").iter_rows()) if work else {},
        interventions={e.name(lang): e.id for e in entries for lang in LANGUAGES},
    )
    tables = {
        "services": (SERVICES, found.services),
        "service_users": (SERVICE_USERS, found.users),
    }
    return tables, found.steps


def _write(
    tables: dict[str, tuple[TableSchema, pl.DataFrame]], to: Path, *, add: bool, replace: bool
) -> None:
    """Write the tables into a folder: all of them or none, and nothing over what is there."""
    import polars as pl

    from jevn.tables import read_table, table_from_rows, write_table

    if not to.is_dir():
        raise UserError("folder_missing", folder=str(to))
    there = [name for name in tables if (to / f"{name}.csv").exists()]
    if there and not add and not replace:
        raise InputRefused([Problem("effort_import_there", f"{name}.csv") for name in there])
    ready = {}
    for name, (schema, frame) in tables.items():
        path, whole = to / f"{name}.csv", frame
        if add and path.exists():
            before = read_table(path, schema)
            columns = [c for c in schema.names if c in frame.columns]
            lacking = [
                pl.lit(None, dtype=before[c].dtype).alias(c)
                for c in schema.names
                if c not in columns
            ]
            own = frame.with_columns(lacking).select(schema.names)
            rows = [*before.select(schema.names).to_dicts(), *own.to_dicts()]
            whole = table_from_rows(schema, rows, name=path.name)
        ready[path] = (schema, whole)
    for path, (schema, whole) in ready.items():
        write_table(whole, schema, path)


def _add_origin(origin: Origin, folder: Path) -> bool:
    """Enter an origin in ``origins.yaml`` of a plan folder, if it is not there; whether it was."""
    from jevn.planwork.writer import dump, plain
    from jevn.tables.yamlfile import load_yaml

    if not (folder / "jevn.toml").is_file():
        return False
    path = folder / "origins.yaml"
    before = path.read_text("utf-8") if path.is_file() else ""
    known = load_yaml(path, name=path.name).data if before.strip() else None
    if any(entry.get("id") == origin.id for entry in known or ()):
        return False
    kept = before.rstrip("\n") + "\n" if known else ""
    path.write_text(kept + dump(plain((origin,))), "utf-8")
    return True
