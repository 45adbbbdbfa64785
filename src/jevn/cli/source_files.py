"""Command ``jevn sources import``: figures from files that come by mail or download."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from jevn.cli.common import JsonFlag, console, current_say, err, print_json


def import_command(
    file: Annotated[Path, typer.Argument(help="Statistics file: CSV, tab-separated or XLSX.")],
    form: Annotated[
        str,
        typer.Option("--form", help="What the columns are: name of a ready form, or a YAML file."),
    ] = "",
    sheet: Annotated[str, typer.Option("--sheet", help="Sheet of a workbook.")] = "",
    place: Annotated[
        str, typer.Option("--place", help="The place of all figures, if the file does not say.")
    ] = "",
    period: Annotated[
        str, typer.Option("--period", help="The period of all figures, if the file does not say.")
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Where to write the table: .parquet or .csv."),
    ] = None,
    json: JsonFlag = False,
) -> None:
    """Read a statistics file, say what was understood, and write it as a tidy table."""
    from jevn.sources.fileforms import FileForm, form_named
    from jevn.sources.files import import_file
    from jevn.sources.tidyfile import tidy_rows, write_tidy

    chosen = form_named(form) if form else None
    given = {"place_of_file": place or None, "period_of_file": period or None}
    given = {k: v for k, v in given.items() if v}
    if given:
        own = chosen or FileForm()
        chosen = FileForm(**{**own.given(), "id": own.id, **given})
    found = import_file(file, chosen, sheet=sheet or None)
    say = current_say()
    if out is not None:
        steps = [say.message(step) for step in found.steps]
        written = write_tidy(found.dataset, found.origin, out, more={"steps": steps})
    if json:
        dimensions = {d.code: d.codes for d in found.dataset.dimensions}
        rows = [] if out is not None else tidy_rows(found.dataset).to_dicts()
        print_json(
            {
                "origin": found.origin,
                "dimensions": dimensions,
                "steps": found.steps,
                "cells": found.dataset.table.height,
                "rows": rows,
            }
        )
        return
    for step in found.steps:
        console().print(f"• {say.message(step)}", markup=False)
    if out is not None:
        err().print(say("sources.file.written", n=written, file=str(out)), markup=False)
