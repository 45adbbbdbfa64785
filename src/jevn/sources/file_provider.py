"""Files in a plan folder, asked as any provider: figures that come by mail or download."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import polars as pl

from jevn.sources.dataset import Dataset, Dimension
from jevn.sources.fileforms import FileForm, form_named, read_form
from jevn.sources.files import ImportedFile, import_file
from jevn.sources.provider import (
    Fetched,
    ProviderInfo,
    Selection,
    TableHit,
    TableInfo,
    Variable,
)
from jevn.terms import LocalText, UserError

FILE: Final = "file"
"""Id of the provider of files."""


class FileProvider:
    """Files of a plan folder.

    Args:
        folder: the plan folder; a table is a path in it.
        forms: how each table is read: name of a ready form, or a path in the folder.
    """

    def __init__(self, folder: Path, forms: Mapping[str, str] | None = None) -> None:
        self._folder = folder
        self._forms = dict(forms or {})
        self._read: dict[str, ImportedFile] = {}

    @property
    def info(self) -> ProviderInfo:
        """Files of the plan folder."""
        name = LocalText("Egne filer", "Eigne filer", "Own files")
        about = LocalText("Filer i planmappen.", "Filer i planmappa.", "Files of the plan folder.")
        home = str(self._folder)
        return ProviderInfo(FILE, name, "NO", about, home, home, None, "", searchable=False)

    def search(self, words: str, *, most: int = 50) -> tuple[TableHit, ...]:
        """Statistics files of the plan folder whose path holds the words."""
        wanted = words.casefold().split()
        paths = sorted(self._folder.rglob("*"))
        found = [str(p.relative_to(self._folder)) for p in paths if p.suffix in _ENDINGS]
        fitting = [f for f in found if all(w in f.casefold() for w in wanted)]
        return tuple(TableHit(f, f) for f in fitting[:most])

    def describe(self, table: str) -> TableInfo:
        """Columns and values of a file.

        Raises:
            UserError: ``sources_no_such_file``; what the import raises.
        """
        data = self._import(table).dataset
        variables = tuple(
            Variable(d.code, d.label, d.categories, d.role, required=False) for d in data.dimensions
        )
        return TableInfo(FILE, table, data.label, variables, data.updated, data.source, data.notes)

    def fetch(self, table: str, selections: Sequence[Selection]) -> Fetched:
        """The chosen rows of a file; columns not chosen keep all values.

        Raises:
            UserError: as :meth:`describe`; ``sources_unknown_variable``,
                ``sources_unknown_value``.
        """
        found, info = self._import(table), self.describe(table)
        data = found.dataset
        kept: dict[str, list[str]] = {}
        for selection in selections:
            variable = info.variable(selection.variable)
            kept[variable.code] = selection.chosen(variable.codes)
        rows = data.table
        for code, codes in kept.items():
            rows = rows.filter(pl.col(code).cast(pl.String).is_in(codes))
        dimensions = tuple(_only(d, kept.get(d.code)) for d in data.dimensions)
        chosen = Dataset(
            data.label, data.source, data.updated, dimensions, rows, data.notes, data.extension
        )
        origin = found.origin
        for step in found.form.note or "", f"fil: {table}":
            origin = origin.after(step) if step else origin
        return Fetched(chosen, origin)

    def _import(self, table: str) -> ImportedFile:
        if table not in self._read:
            path = (self._folder / table).resolve()
            if not path.is_relative_to(self._folder.resolve()) or not path.is_file():
                raise UserError("sources_no_such_file", given=table, folder=self._folder.name)
            self._read[table] = import_file(path, self._form(table))
        return self._read[table]

    def _form(self, table: str) -> FileForm | None:
        given = self._forms.get(table)
        if given is None:
            return None
        own = (self._folder / given).resolve()
        if own.is_relative_to(self._folder.resolve()) and own.is_file():
            return read_form(own)
        return form_named(given)


_ENDINGS: Final = frozenset({".csv", ".tsv", ".txt", ".xlsx"})


def _only(dimension: Dimension, codes: Sequence[str] | None) -> Dimension:
    if codes is None:
        return dimension
    chosen = tuple(c for c in dimension.categories if c.code in codes)
    return Dimension(
        dimension.code, dimension.label, chosen, dimension.role, dimension.notes,
        dimension.extension,
    )  # fmt: skip
