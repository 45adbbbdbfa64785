"""The command ``jevn indices FILE``: social inequality in any table of groups."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer.core import TyperGroup

from jevn.cli.common import JsonFlag, console, current_say, err, print_json
from jevn.terms import InputRefused, UserError

if TYPE_CHECKING:
    import polars as pl
    from rich.table import Table

TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".parquet")
"""What names of tables end in."""


class SeveralNames(TyperGroup):
    """Options that take one name or more: ``--index d r`` is ``--index d --index r``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse, with each name given its option."""
        return super().parse_args(ctx, spread(args, ("--by", "--index")))


def spread(args: Sequence[str], options: Sequence[str]) -> list[str]:
    """Repeat an option before each of its names; a name of a table is not one of them.

    >>> spread(["a.csv", "--index", "d", "r", "--json"], ["--index"])
    ['a.csv', '--index', 'd', '--index', 'r', '--json']
    """
    found: list[str] = []
    option, fresh = "", False
    for arg in args:
        if arg in options:
            option, fresh = arg, True
        elif arg.startswith("-") or (not fresh and arg.casefold().endswith(TABLES)):
            option, fresh = "", False
        elif option and not fresh:
            found.append(option)
        else:
            fresh = False
        found.append(arg)
    return found


app = typer.Typer(
    cls=SeveralNames,
    help="Social inequality in a table of groups: differences, slopes, concentration and more.",
    invoke_without_command=True,
    subcommand_metavar="",
    context_settings={"allow_interspersed_args": True},
)
SignName = Literal["native", "burden"]
ChartKind = Literal["gradient", "concentration"]
MOST_SHOWN = 20
"""Settings shown in full on the screen; ``--csv`` and ``--json`` give all."""


@app.callback()
def indices(  # noqa: PLR0913 (one argument per option of the command)
    context: typer.Context,
    *,
    file: Annotated[
        Path | None,
        typer.Argument(help="Table with a row per social group: CSV, TSV, XLSX or Parquet."),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", help="Columns that part settings, e.g. indicator year."),
    ] = None,
    index: Annotated[
        list[str] | None,
        typer.Option("--index", help="Only these indices, e.g. d sii_linear."),
    ] = None,
    scale: Annotated[
        str, typer.Option("--scale", help="percent, proportion, mean, or N for rates per N.")
    ] = "",
    adverse: Annotated[
        bool | None,
        typer.Option("--adverse/--favourable", help="Whether high values are bad or good."),
    ] = None,
    level: Annotated[
        float, typer.Option("--level", help="Level of the intervals, between 0 and 1.")
    ] = 0.95,
    sign: Annotated[
        SignName,
        typer.Option("--sign", help="burden: greater is more to the harm of low positions."),
    ] = "native",
    compat: Annotated[
        str,
        typer.Option("--compat", help="Compute as another tool does: healthequal-1.0.1."),
    ] = "",
    half_case: Annotated[
        bool,
        typer.Option(
            "--half-case",
            help="Where no respondent is a case: the standard error of half a case, not 0.",
        ),
    ] = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print the result as CSV.")] = False,
    json: JsonFlag = False,
    chart: Annotated[
        Path | None, typer.Option("--chart", help="Write a picture to this SVG file.")
    ] = None,
    chart_kind: Annotated[
        ChartKind,
        typer.Option("--chart-kind", help="gradient (dots and slope) or concentration (curve)."),
    ] = "gradient",
    outcome: Annotated[
        str, typer.Option("--outcome", help="Column of health; FILE then has a row per person.")
    ] = "",
    ranker: Annotated[
        str, typer.Option("--ranker", help="Column that ranks persons, lowest first.")
    ] = "",
    weight: Annotated[str, typer.Option("--weight", help="Column of persons' weights.")] = "",
    cluster: Annotated[str, typer.Option("--cluster", help="Column of sampling units.")] = "",
    stratum: Annotated[str, typer.Option("--stratum", help="Column of strata.")] = "",
    out_of_core: Annotated[
        bool, typer.Option("--out-of-core", help="Go through a database: for large files.")
    ] = False,
    list_all: Annotated[bool, typer.Option("--list", help="List all indices.")] = False,
) -> None:
    """Measure social inequality in a table of groups, setting by setting."""
    if list_all:
        _print_list(json)
        return
    if file is None:
        typer.echo(context.get_help())
        return
    if not 0 < level < 1:
        raise UserError("indices_level", given=str(level))
    polarity = None if adverse is None else ("adverse" if adverse else "favourable")
    if outcome or ranker or weight or cluster or stratum or out_of_core:
        if not (outcome and ranker):
            raise UserError("indices_outcome_and_ranker")
        if chart is not None or compat:
            raise UserError("indices_not_for_persons")
        from jevn.cli.individuals import PersonOptions, individual_table
        from jevn.indices import PersonColumns

        columns = PersonColumns(
            outcome, ranker, weight or None, cluster or None, stratum or None, tuple(_split(by))
        )
        asked = PersonOptions(
            columns, _split(index), scale, polarity, level, sign == "burden", out_of_core
        )
        _print(individual_table(file, asked), json, csv)
        return
    table = _read(file, _split(by))
    options: dict[str, Any] = {
        "by": _split(by) or None,
        "scale": scale or None,
        "polarity": polarity,
    }
    if chart is not None:
        _draw(table, file, chart, chart_kind, {**options, "level": level})
    try:
        found = _summarised(
            table,
            {
                **options,
                "indices": _split(index) or None,
                "level": level,
                "sign": sign,
                "half_case": half_case,
            },
            compat,
        )
    except InputRefused as error:
        raise _of_file(error, file) from None
    if json or csv or chart is None:
        _print(found, json, csv)


def _print(found: pl.DataFrame, json: bool, csv: bool) -> None:
    if json:
        print_json(found.rows(named=True))
    elif csv:
        sys.stdout.write(found.write_csv())
    else:
        _print_settings(found)


def _split(given: Sequence[str] | None) -> list[str]:
    """Names given by repeated options, by comma or by space."""
    return [name for part in given or () for name in part.replace(",", " ").split()]


def _read(file: Path, by: Sequence[str]) -> pl.DataFrame:
    from jevn.indices.columns import DECLARATIONS, KEYS, NUMBERS, SUBGROUP
    from jevn.tables.anyfile import read_any

    return read_any(file, NUMBERS, [*DECLARATIONS, SUBGROUP, *KEYS, *by])


def _summarised(table: pl.DataFrame, options: dict[str, Any], compat: str) -> pl.DataFrame:
    from jevn.indices import summarise

    try:
        found: pl.DataFrame = summarise(table, **options, compat=compat or None)
    except ValueError as error:
        if not compat:
            raise
        raise UserError("indices_compat", given=compat, reason=str(error)) from None
    return found


def _of_file(error: InputRefused, file: Path) -> InputRefused:
    return InputRefused([replace(p, file=p.file or file.name) for p in error.problems])


def _draw(
    table: pl.DataFrame, file: Path, chart: Path, kind: ChartKind, options: dict[str, Any]
) -> None:
    from importlib.util import find_spec

    if find_spec("vl_convert") is None:
        raise UserError("indices_no_charts")
    if chart.suffix.casefold() != ".svg":
        raise UserError("indices_not_svg", given=chart.name)
    from jevn.publishing.charts.indices import settings_chart

    try:
        picture = settings_chart(table, kind, current_say(), **options)
    except InputRefused as error:
        raise _of_file(error, file) from None
    try:
        chart.write_text(picture, encoding="utf-8")
    except OSError as error:
        raise UserError("indices_unwritable", given=str(chart)) from error
    err().print(current_say()("cli.indices.drawn", file=str(chart)))


def _text(kind: str, index: str) -> str:
    """Full name of an index, or what it is about; its short name if there is no text."""
    say, key = current_say(), f"indices.{kind}.{index}"
    return say(key) if say.has(key) else index


def _print_list(json: bool) -> None:
    from jevn.indices import INDICES, Family

    if json:
        facts = ("name", "family", "sign", "unit", "ordered")
        print_json(
            [
                {
                    **{fact: getattr(index, fact) for fact in facts},
                    "title": _text("name", index.name),
                    "about": _text("about", index.name),
                }
                for index in INDICES.values()
            ]
        )
        return
    table = _table("", "index", "name", "about")
    for family in Family:
        members = [index for index in INDICES.values() if index.family is family]
        if members:
            table.add_section()
        for index in members:
            table.add_row(index.name, _text("name", index.name), _text("about", index.name))
    console().print(table)


def _table(title: str, *columns: str, numbers: tuple[int, ...] = ()) -> Table:
    from rich import box
    from rich.table import Table

    say = current_say()
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for i, column in enumerate(columns):
        heading = say(f"cli.indices.{column}")
        table.add_column(heading, justify="right" if i in numbers else "left")
    return table


def _print_settings(found: pl.DataFrame) -> None:
    """A table for each setting, its notes below in words."""
    say, out = current_say(), console()
    keys = found.columns[: found.columns.index("index")]
    settings = found.partition_by(keys, maintain_order=True) if keys else [found]
    for setting in settings[:MOST_SHOWN]:
        title = ", ".join(str(setting[key][0]) for key in keys)
        out.print(_setting(setting, title))
        for note in setting["note"].drop_nulls().unique(maintain_order=True):
            of = setting.filter(setting["note"] == note)["index"]
            out.print(f"• {', '.join(of)}: {say(f'indices.note.{note}')}")
        out.print()
    if len(settings) > MOST_SHOWN:
        out.print(say("cli.indices.more", n=len(settings) - MOST_SHOWN))


def _setting(setting: pl.DataFrame, title: str) -> Table:
    say = current_say()
    level = say.percent(setting["level"][0], 0 if 100 * setting["level"][0] % 1 < 1e-9 else 1)
    about = [level]
    for column in ("scale", "polarity", "weights"):
        value = setting[column][0]
        if value is not None:
            key = f"cli.indices.{column}.{value}"
            about.append(say(key) if say.has(key) else value)
    table = _table(
        f"{title + ': ' if title else ''}{', '.join(about)}",
        "name",
        "index",
        "value",
        "limits",
        numbers=(2, 3),
    )
    for row in setting.iter_rows(named=True):
        name = _text("name", row["index"])
        table.add_row(name, row["index"], _number(row["estimate"]), _limits(row))
    return table


def _limits(row: dict[str, Any]) -> str:
    if row["lower"] is None or row["upper"] is None:
        return ""
    return current_say()(
        "cli.indices.between", low=_number(row["lower"]), high=_number(row["upper"])
    )


def _number(value: float | None) -> str:
    """Four figures that count, or all before the decimal sign."""
    if value is None or value == 0:
        return current_say().number(value, 0)
    from math import floor, log10

    decimals = min(6, max(0, 3 - floor(log10(abs(value)))))
    return current_say().number(value, decimals)
