"""Large tables in Parquet: checked whole, read in part, through DuckDB where it is installed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from jevn.tables.checking import FIRST_YEAR, ID, LAST_YEAR
from jevn.tables.reading import read_table
from jevn.tables.schema import Column, TableSchema

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Where = Mapping[str, Collection[str]]
"""Values to keep, by column; rows without any of them are not read."""

_WHOLE: Final = frozenset(
    {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"}
)
_NUMBER: Final = _WHOLE | {"FLOAT", "DOUBLE"}
_EMPTY: Final = "INTEGER"  # a column of nothing but nulls
_LARGEST: Final = "1.7e308"


def read_large(
    path: Path, schema: TableSchema, where: Where | None = None, *, name: str | None = None
) -> pl.DataFrame:
    """The rows asked for of a Parquet file whose every row is checked.

    The result is that of :func:`jevn.tables.read_table` filtered afterwards, and so are the
    refusals: a fault in a row that is not asked for is told all the same. With DuckDB (extra
    ``microdata``) the checks are sums over the file and only the rows asked for are brought into
    memory; a file that is not plain (headings in other words, numbers as text, any fault) is read
    by :func:`~jevn.tables.read_table`, which understands more and tells where a fault lies.

    Args:
        path: a ``.parquet`` file.
        schema: what it must and may hold.
        where: values to keep, by column; ``None`` keeps all rows.
        name: what to call the file in messages.

    Raises:
        InputRefused: with every fault found.
    """
    found = None
    if find_spec("duckdb") is not None and path.is_file():
        found = _by_duckdb(path, schema, where or {})
    if found is not None:
        return found
    whole = read_table(path, schema, name=name)
    for column, values in (where or {}).items():
        whole = whole.filter(pl.col(column).is_in(list(values)))
    return whole


def _by_duckdb(path: Path, schema: TableSchema, where: Where) -> pl.DataFrame | None:
    """The rows, or ``None`` where the file needs the thorough road."""
    import duckdb

    source = "read_parquet(?, file_row_number = true)"
    describe = f"DESCRIBE SELECT * FROM {source}"  # noqa: S608 - names are the schema's, quoted
    with duckdb.connect() as connection:
        try:
            described = connection.execute(describe, [str(path)]).fetchall()
            types = {str(row[0]): str(row[1]) for row in described}
            del types["file_row_number"]
            if not _plain(types, schema):
                return None
            there = [c for c in schema.columns if c.name in types]
            if not _sound(connection, path, source, schema, there):
                return None
            return _rows(connection, path, source, schema, types, where)
        except duckdb.Error:
            return None


def _plain(types: Mapping[str, str], schema: TableSchema) -> bool:
    """Whether headings and types are those of the schema, with nothing to understand."""
    known = {c.name: c for c in schema.columns}
    if not set(schema.required) <= types.keys() <= known.keys():
        return False
    for name, given in types.items():
        column = known[name]
        if column.kind in ("text", "id", "choice"):
            fits = given in ("VARCHAR", _EMPTY)
        elif column.is_whole:
            fits = given in _WHOLE
        elif column.is_number:
            fits = given in _NUMBER
        else:
            fits = False
        if not fits:
            return False
    return True


def _sound(
    connection: DuckDBPyConnection,
    path: Path,
    source: str,
    schema: TableSchema,
    there: list[Column],
) -> bool:
    """Whether every row is without fault."""
    sums = ["count(*)"]
    for column in there:
        sums += [f"coalesce(count(*) FILTER (WHERE {fault}), 0)" for fault in _faults(column)]
    query = f"SELECT {', '.join(sums)} FROM {source}"  # noqa: S608
    [found] = connection.execute(query, [str(path)]).fetchall()
    if any(found[1:]):
        return False
    for column in there:
        if not column.is_number and not _words(connection, path, source, column):
            return False
    key = ", ".join(_name(c) for c in schema.key if any(t.name == c for t in there))
    if not key:
        return True
    # Two keys with one hash send the file the thorough road, which finds that they differ.
    query = f"SELECT count(*) FROM (SELECT DISTINCT hash({key}) FROM {source})"  # noqa: S608
    [different] = connection.execute(query, [str(path)]).fetchall()
    return bool(different[0] == found[0])


def _faults(column: Column) -> list[str]:
    """Conditions that a row of this column must not meet."""
    name = _name(column.name)
    found = [f"{name} IS NULL"] if column.required else []
    if column.is_number:
        found.append(f"{name} IN ('inf'::DOUBLE, '-inf'::DOUBLE)")
        inside = f"{name} BETWEEN -{_LARGEST} AND {_LARGEST}"
        if column.required:
            found.append(f"NOT ({inside})")
        if column.kind == "year":
            found.append(f"NOT ({name} BETWEEN {FIRST_YEAR} AND {LAST_YEAR})")
        least, most = column.limits
        if least is not None:
            found.append(f"{inside} AND {name} < {least!r}")
        if most is not None:
            found.append(f"{inside} AND {name} > {most!r}")
    return found


def _words(connection: DuckDBPyConnection, path: Path, source: str, column: Column) -> bool:
    """Whether every different text is written as the schema has it."""
    name = _name(column.name)
    rows = connection.execute(
        f"SELECT DISTINCT CAST({name} AS VARCHAR) FROM {source} WHERE {name} IS NOT NULL",  # noqa: S608
        [str(path)],
    ).fetchall()
    values = pl.Series([r[0] for r in rows], dtype=pl.String)
    if column.kind == "choice":
        return bool(values.is_in(list(column.choices)).all())
    neat = (values == values.str.strip_chars().str.normalize("NFC")) & (values != "")
    return bool((neat if column.kind == "text" else neat & values.str.contains(ID)).all())


def _rows(
    connection: DuckDBPyConnection,
    path: Path,
    source: str,
    schema: TableSchema,
    types: Mapping[str, str],
    where: Where,
) -> pl.DataFrame:
    """The rows asked for, in the file's order, with the schema's types and ``_row``."""
    params: list[Any] = [str(path)]
    parts = []
    for column, values in where.items():
        parts.append(f"{_name(column)} IN (SELECT unnest(CAST(? AS VARCHAR[])))")
        params.append(sorted(values))
    columns = [_clean(c) if c.name in types else f"NULL AS {_name(c.name)}" for c in schema.columns]
    query = (
        f"SELECT {', '.join(columns)}, file_row_number + 2 AS _row FROM {source}"  # noqa: S608
        + (f" WHERE {' AND '.join(parts)}" if parts else "")
        + " ORDER BY file_row_number"
    )
    frame = pl.from_arrow(connection.sql(query, params=params).to_arrow_table())
    assert isinstance(frame, pl.DataFrame)
    wanted = [(c.name, c.dtype) for c in schema.columns] + [("_row", pl.Int64())]
    return frame.select(pl.col(name).cast(dtype) for name, dtype in wanted)


def _clean(column: Column) -> str:
    """A column as it is read: what is not a number is nothing."""
    name = _name(column.name)
    if column.is_number and not column.is_whole:
        return f"CASE WHEN {name} BETWEEN -{_LARGEST} AND {_LARGEST} THEN {name} END AS {name}"
    return name


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'
