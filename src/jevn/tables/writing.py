"""Writing tables so that they read back the same: one form, and never half a file."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import polars as pl

from jevn.tables.schema import TableSchema


def write_table(frame: pl.DataFrame, schema: TableSchema, path: Path) -> None:
    """Write a frame as ``.csv`` (UTF-8, comma, decimal point, line feeds) or ``.parquet``.

    The file is written beside its place and renamed, so a reader never sees half of it.
    Columns stand in the schema's order; columns that hold nothing and are not required are
    left out; ``_row`` is not written. The same frame gives the same bytes, and
    ``read_table`` gives the same frame back.

    Raises:
        ValueError: if a column of the schema that is required is not in the frame, or an
            item of a list holds the list's own separator ``;``.
    """
    missing = [n for n in schema.required if n not in frame.columns]
    if missing:
        raise ValueError(f"{schema.name}: columns missing: {', '.join(missing)}")
    kept = [
        c
        for c in schema.columns
        if c.name in frame.columns and (c.required or not frame[c.name].is_null().all())
    ]
    table = frame.select([pl.col(c.name).cast(c.dtype) for c in kept])
    if path.suffix.casefold() != ".parquet":
        table = table.select([_as_text(table[c.name]) for c in kept])
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            if path.suffix.casefold() == ".parquet":
                table.write_parquet(file)
            else:
                table.write_csv(file, quote_style="necessary", line_terminator="\n")
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _as_text(cells: pl.Series) -> pl.Series:
    if isinstance(cells.dtype, pl.List):
        if cells.explode().str.contains(";", literal=True).any():
            raise ValueError(f"{cells.name}: an item of a list holds ';'")
        return cells.list.join(";")
    if cells.dtype.is_float():
        return cells.cast(pl.String).str.strip_suffix(".0")
    return cells.cast(pl.String)


def schema_markdown(schema: TableSchema) -> str:
    """The schema as a Markdown section, for the reference docs."""
    lines = [f"### `{schema.name}`", "", schema.about, ""]
    lines += ["| column | holds | kind | also called |", "|---|---|---|---|"]
    for column in schema.columns:
        star = " *" if column.required else ""
        kind = ", ".join(f"`{c}`" for c in column.choices) or column.kind
        least, most = column.limits
        if least is not None or most is not None:
            ends = ("" if limit is None else f"{limit:g}" for limit in (least, most))
            kind += " " + "–".join(ends)
        also = ", ".join(f"`{a}`" for a in column.aliases)
        lines.append(f"| `{column.name}`{star} | {column.about} | {kind} | {also} |")
    if schema.key:
        lines += [
            "",
            "A row is unique by " + ", ".join(f"`{k}`" for k in schema.key) + ".",
        ]
    return "\n".join(lines) + "\n"
