"""Files of a plan folder: each read once, noted with its hash, its faults gathered."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import polars as pl

from jevn.tables import TableSchema, read_table
from jevn.tables.large import Where, read_large
from jevn.tables.reading import empty_table
from jevn.tables.yamlfile import YamlDocument, decode, load_yaml
from jevn.terms import InputRefused, Problem, UserError

T = TypeVar("T")
_ENDINGS = (".csv", ".parquet", ".xlsx")


class FolderReader:
    """Collects problems over all files, so that one run names them all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.hashes: list[tuple[str, str]] = []

    def attempt(self, act: Callable[[], T], default: T) -> T:
        """What an act gives; where it refuses, its problems are kept and the default given."""
        try:
            return act()
        except UserError as error:
            self.problems += error.problems
            return default

    def path(self, name: str) -> Path | None:
        """The file, if it is there; its hash is kept."""
        path = self.folder / name
        if not path.is_file():
            return None
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            self.problems.append(
                Problem("file_unreadable", name, params={"why": str(error.strerror)})
            )
            return None
        self.hashes.append((name, digest))
        return path

    def table(self, schema: TableSchema, where: Where | None = None) -> pl.DataFrame:
        """A table; of a Parquet file only the rows asked for are read, though all are checked."""
        found = [p for e in _ENDINGS if (p := self.path(schema.name + e)) is not None]
        if len(found) > 1:
            names = ", ".join(p.name for p in found)
            self.problems.append(Problem("folder_twice", found[1].name, params={"names": names}))
        if not found:
            return empty_table(schema)
        path = found[0]
        if path.suffix == ".parquet" and where is not None:
            return self.attempt(
                lambda: read_large(path, schema, where, name=path.name), empty_table(schema)
            )
        return self.attempt(lambda: read_table(path, schema, name=path.name), empty_table(schema))

    def yaml(self, name: str, read: Callable[[YamlDocument], T], default: T) -> T:
        """What a YAML file holds; the default if there is none."""
        path = self.path(name)
        if path is None:
            return default

        def act() -> T:
            document = load_yaml(path, name=name)
            if document.data is None:
                raise InputRefused([Problem("file_empty", name)])
            return read(document)

        return self.attempt(act, default)

    def text(self, name: str) -> str:
        """The text of a file; empty if there is none."""
        path = self.path(name)
        return self.attempt(lambda: decode(path.read_bytes(), name), "") if path else ""
