"""Figures as fetched: one Parquet file per query in the folder ``fetched``, with a sidecar."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

import polars as pl

from jevn.tables import Origin, OriginKind
from jevn.terms import Problem

FOLDER: Final = "fetched"
Into = Literal["observations", "population"]


@dataclass(frozen=True, eq=False)
class FetchedTable:
    """What one query has brought.

    Attributes:
        name: the query's indicator.
        into: which table it adds to.
        rows: the rows, in all vintages that differ.
        origin: where they come from.
        fetched: when they were fetched, ISO 8601 in UTC.
        requests: what was asked, as address and body.
        notes: notes of the producer.
        shown_apart: former municipalities whose figures are shown apart.
    """

    name: str
    into: Into
    rows: pl.DataFrame
    origin: Origin
    fetched: str
    requests: tuple[tuple[str, str | None], ...] = ()
    notes: tuple[str, ...] = ()
    shown_apart: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Fetched:
    """Everything that has been fetched to a plan folder."""

    tables: tuple[FetchedTable, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    def rows(self, into: Into) -> list[pl.DataFrame]:
        """The frames that add to a table."""
        return [t.rows for t in self.tables if t.into == into and not t.rows.is_empty()]

    @property
    def origins(self) -> tuple[Origin, ...]:
        """The origins, each once."""
        return tuple({t.origin.id: t.origin for t in self.tables}.values())


def write_fetched(folder: Path, table: FetchedTable) -> None:
    """Write a table and its sidecar, each whole or not at all."""
    where = folder / FOLDER
    where.mkdir(exist_ok=True)
    buffer = io.BytesIO()
    table.rows.write_parquet(buffer, compression="zstd")
    body = buffer.getvalue()
    about = {
        "name": table.name,
        "into": table.into,
        "origin": asdict(table.origin),
        "fetched": table.fetched,
        "requests": [list(r) for r in table.requests],
        "notes": list(table.notes),
        "shown_apart": list(table.shown_apart),
        "rows": table.rows.height,
        "flags": _flags(table.rows),
        "sha256": hashlib.sha256(body).hexdigest(),
    }
    text = json.dumps(about, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    _replace(where / f"{table.name}.parquet", body)
    _replace(where / f"{table.name}.json", text.encode("utf-8"))


def _flags(rows: pl.DataFrame) -> dict[str, int]:
    """How many figures have each flag."""
    if "flag" not in rows.columns:
        return {}
    found = rows["flag"].drop_nulls().value_counts(sort=True)
    return {str(flag): int(n) for flag, n in sorted(found.rows())}


def read_fetched(folder: Path) -> Fetched:
    """Everything fetched to a folder; files that do not fit together are told as problems.

    ``problems`` holds ``fetched_sidecar`` (no or broken sidecar), ``fetched_changed`` (the
    Parquet file is not the one that was fetched).
    """
    tables: list[FetchedTable] = []
    problems: list[Problem] = []
    for path in sorted((folder / FOLDER).glob("*.parquet")):
        found = _read(path)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            tables.append(found)
    return Fetched(tuple(tables), tuple(problems))


def add_fetched(
    frames: Mapping[str, pl.DataFrame],
    fetched: Fetched,
    indicators: Collection[str],
    *,
    units: Collection[str] = (),
) -> dict[str, pl.DataFrame]:
    """The tables of a plan folder with what was fetched added.

    A figure that the folder's own files hold too counts as they have it. Rows of places and
    indicators that the folder does not list are left out: they were fetched for others.

    Args:
        frames: tables by name.
        fetched: what was fetched.
        indicators: ids of the folder's indicators.
        units: basic units whose figures are wanted too.
    """
    found = dict(frames)
    places = [*frames["places"]["place"].to_list(), *units]
    for into, key in _KEYS.items():
        own = found[into]
        for rows in fetched.rows(into):
            kept = rows.filter(pl.col("place").is_in(places))
            if into == "observations":
                kept = kept.filter(pl.col("indicator").is_in(list(indicators)))
            shaped = kept.select(
                (pl.col(c) if c in kept.columns else pl.lit(None)).cast(t).alias(c)
                for c, t in own.schema.items()
            )
            new = shaped.join(_keys(frames[into], key), on=key, how="anti", nulls_equal=True)
            own = pl.concat([own, new])
        found[into] = own
    return found


def _keys(frame: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """Keys of a table's rows; a period without end ends in its first year."""
    if "period_end" in key:
        frame = frame.with_columns(period_end=pl.coalesce("period_end", "period_start"))
    return frame.select(key)


_KEYS: Final[Mapping[Into, list[str]]] = {
    "observations": [
        "indicator", "place", "period_start", "period_end", "dimension", "group", "basis"
    ],
    "population": ["place", "year", "sex", "age", "education", "income", "background"],
}  # fmt: skip


def files_of(folder: Path) -> Sequence[str]:
    """Names of all fetched files, relative to the plan folder."""
    found = sorted((folder / FOLDER).glob("*.parquet")) + sorted((folder / FOLDER).glob("*.json"))
    return [f"{FOLDER}/{p.name}" for p in found]


def _read(path: Path) -> FetchedTable | Problem:
    name = f"{FOLDER}/{path.name}"
    beside = path.with_suffix(".json")
    try:
        about: Mapping[str, Any] = json.loads(beside.read_text("utf-8"))
        body = path.read_bytes()
        if about["sha256"] != hashlib.sha256(body).hexdigest():
            return Problem("fetched_changed", name)
        origin = {**about["origin"], "kind": OriginKind(about["origin"]["kind"])}
        return FetchedTable(
            name=str(about["name"]),
            into=about["into"],
            rows=pl.read_parquet(io.BytesIO(body)),
            origin=Origin(**{**origin, "steps": tuple(origin.get("steps", ()))}),
            fetched=str(about["fetched"]),
            requests=tuple((str(a), b) for a, b in about.get("requests", [])),
            notes=tuple(about.get("notes", [])),
            shown_apart=tuple(about.get("shown_apart", [])),
        )
    except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError):
        return Problem("fetched_sidecar", name, params={"beside": beside.name})


def _replace(path: Path, body: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(body)
        Path(name).chmod(0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
