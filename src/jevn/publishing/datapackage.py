"""The data package: every table in and every result out, with origins, as open data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
from pydantic import TypeAdapter

from jevn.participation.privacy import published
from jevn.participation.results import Voices
from jevn.publishing.dcat import dcat
from jevn.publishing.dossier import Dossier
from jevn.publishing.knowledge_tables import KNOWLEDGE_TABLES
from jevn.tables import Origin, TableSchema, write_table

_TYPES = {
    "text": "string",
    "id": "string",
    "choice": "string",
    "list": "string",
    "integer": "integer",
    "year": "year",
    "number": "number",
    "share": "number",
    "amount": "number",
    "date": "date",
}

STEPS: tuple[str, ...] = (
    "challenges",
    "effort",
    "need_effort",
    "zone_need",
    "effort_gaps",
    "voices",
    "represented",
    "assessment",
    "projection",
    "prioritisation",
    "portfolio",
    "shared_budgets",
    "process",
    "versions",
    "present",
    "differences",
    "proposal",
    "followup",
)
"""Results that are written as JSON, one file each."""


_NOT_PUBLIC = frozenset(("sender", "address", "age_group"))
"""Columns that tell of the person who said something."""


def write_datapackage(
    dossier: Dossier, frames: Mapping[str, tuple[TableSchema, pl.DataFrame]], folder: Path
) -> None:
    """Write a Frictionless data package (``datapackage.json``) with CSV, Parquet and JSON.

    Names of private persons are not in it: the columns ``sender``, ``address`` and
    ``age_group`` of ideas and statements are left out, so are the participants of workshops and
    lines of reports that could not be placed, and observations are those after protection of
    small numbers. Small numbers of users of services are left out with the whole dimension
    they are in.

    Args:
        dossier: the results.
        frames: tables put in, by name, with their schema.
        folder: folder to make.

    Source: Data Package standard, https://datapackage.org/standard/data-package/
    """
    folder.mkdir(parents=True)
    resources = [
        *_tables(frames, folder),
        *_knowledge(dossier, folder),
        *_results(dossier, folder),
    ]
    cover = dossier.cover
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": _slug(f"{cover.municipality}-{cover.as_of}"),
        "title": cover.plan_title or cover.municipality,
        "description": cover.notice or cover.plan_summary,
        "created": f"{cover.as_of}T00:00:00Z",
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "sources": [_source(origin) for origin in dossier.origins],
        "resources": resources,
    }
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(text, "utf-8")
    described = json.dumps(dcat(dossier, package), ensure_ascii=False, indent=2) + "\n"
    (folder / "dcat.jsonld").write_text(described, "utf-8")


def _tables(
    frames: Mapping[str, tuple[TableSchema, pl.DataFrame]], folder: Path
) -> Iterator[dict[str, Any]]:
    for name, (schema, frame) in frames.items():
        public = TableSchema(
            schema.name,
            schema.about,
            tuple(c for c in schema.columns if c.name not in _NOT_PUBLIC),
            schema.key,
        )
        keep = [c.name for c in public.columns if c.name in frame.columns]
        shown = _public(name, frame).select(keep)
        yield from _both(shown, public, folder)


def _public(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """A table put in, without small numbers of users and without contact details in texts."""
    from jevn.effort.use import public_services, public_users

    if name in ("ideas", "hearing", "hearing_points"):
        return _without_contacts(frame)
    if name == "services":
        return public_services(frame)
    return public_users(frame) if name == "service_users" else frame


def _without_contacts(frame: pl.DataFrame) -> pl.DataFrame:
    """What people wrote, without addresses and numbers, and private persons' own names."""
    senders = frame["sender"] if "sender" in frame.columns else [None] * frame.height
    kinds = frame["sender_type"] if "sender_type" in frame.columns else [None] * frame.height
    private = [
        name if kind in (None, "person") else None
        for name, kind in zip(senders, kinds, strict=True)
    ]
    texts = [n for n in ("heading", "text") if n in frame.columns]
    return frame.with_columns(
        pl.Series(
            name,
            [
                None if value is None else published(value, own)
                for value, own in zip(frame[name], private, strict=True)
            ],
            dtype=pl.String,
        )
        for name in texts
    )


def _knowledge(dossier: Dossier, folder: Path) -> Iterator[dict[str, Any]]:
    """The tables of the knowledge base, each with the command that makes it again."""
    for table in KNOWLEDGE_TABLES:
        frame = table.frame(dossier)
        if frame.is_empty():
            continue
        shown = frame.select([n for n in table.schema.names if n in frame.columns])
        for resource in _both(shown, table.schema, folder):
            yield {**resource, "command": table.command, **_used(dossier, shown)}


def _used(dossier: Dossier, frame: pl.DataFrame) -> dict[str, Any]:
    """The sources of one table, where its rows name them."""
    if "origin" not in frame.columns:
        return {}
    ids = set(frame["origin"].drop_nulls())
    found = [_source(o) for o in dossier.origins if o.id in ids]
    return {"sources": found} if found else {}


def _both(frame: pl.DataFrame, schema: TableSchema, folder: Path) -> Iterator[dict[str, Any]]:
    """A table as CSV, and once more as Parquet for analysis."""
    name = schema.name
    path = folder / f"{name}.csv"
    write_table(frame, schema, path)
    described = _table_schema(schema, path, frame)
    yield {
        **_file(path, name, schema.about),
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": described,
    }
    parquet = folder / f"{name}.parquet"
    frame.write_parquet(parquet, compression="zstd")
    yield {
        **_file(parquet, f"{name}-parquet", schema.about),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
    }


def _table_schema(schema: TableSchema, path: Path, frame: pl.DataFrame) -> dict[str, Any]:
    """Table Schema of the file as written: columns that hold nothing are not in it.

    A key with empty cells ("all" of a dimension) is no primary key, so it is not given as one.
    """
    with path.open(encoding="utf-8") as file:
        written = file.readline().rstrip("\n").split(",")
    columns = (schema.column(name) for name in written)
    whole = schema.key and all(k in written and not frame[k].has_nulls() for k in schema.key)
    return {
        "fields": [
            {"name": c.name, "type": _TYPES[c.kind], "description": c.about} for c in columns
        ],
        "missingValues": [""],
        **({"primaryKey": list(schema.key)} if whole else {}),
    }


def _results(dossier: Dossier, folder: Path) -> Iterator[dict[str, Any]]:
    for step in STEPS:
        result = getattr(dossier, step)
        if not result:
            continue
        if isinstance(result, Voices):
            result = _without_people(result)
        path = folder / f"result-{step.replace('_', '-')}.json"
        data = TypeAdapter(type(result)).dump_json(result, indent=1)
        path.write_bytes(data + b"\n")
        yield {
            **_file(path, path.stem, f"Result of the step: {step.replace('_', ' ')}"),
            "format": "json",
            "mediatype": "application/json",
        }


def _without_people(voices: Voices) -> Voices:
    """Reports without participants and lines that may hold names; no counts of few persons.

    Who has spoken is published as ``represented``, where small numbers are hidden.
    """
    reports = tuple(replace(r, participants=(), doubtful=()) for r in voices.reports)
    return replace(voices, reports=reports, spoken=())


def _file(path: Path, name: str, about: str) -> dict[str, Any]:
    data = path.read_bytes()
    return {
        "name": _slug(name),
        "path": path.name,
        "description": about,
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
    }


def _source(origin: Origin) -> dict[str, str]:
    title = f"{origin.producer}: {origin.title}"
    if origin.version:
        title += f" ({origin.version})"
    more = {
        "id": origin.id,
        "kind": origin.kind.value,
        "licence": origin.licence,
        "retrieved": origin.retrieved,
    }
    known = {name: value for name, value in more.items() if value}
    return {"title": title, **({"path": origin.link} if origin.link else {}), **known}


def _slug(name: str) -> str:
    plain = name.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in plain)
