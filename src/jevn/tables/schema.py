"""Schemas of tables: which columns a file must and may have, and what each may hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "id", "integer", "number", "share", "amount", "date", "year", "choice", "list"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        name: name in the file and in the frame.
        kind: ``text``; ``id`` (letters, digits, ``_ - . /``); ``integer``; ``number``;
            ``share`` (0-1); ``amount`` (kroner); ``date`` (ISO or dd.mm.yyyy); ``year``;
            ``choice`` (one of ``choices``); ``list`` (texts parted by ``;``).
        about: what it holds, with unit (English, for the reference docs).
        required: an empty cell is refused.
        choices: allowed values for ``choice``.
        aliases: other accepted headings, e.g. Norwegian ones (compared without case).
        at_least: least accepted number.
        at_most: greatest accepted number.
    """

    name: str
    kind: Kind
    about: str
    required: bool = False
    choices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    at_least: float | None = None
    at_most: float | None = None


@dataclass(frozen=True, slots=True)
class TableSchema:
    """A table: its file name, columns and key.

    Attributes:
        name: file name without ending.
        about: what a row is (English, for the reference docs).
        columns: the columns in the order they are written.
        key: columns that together must be unique (empty: no key).
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        """The column of this name."""
        return next(c for c in self.columns if c.name == name)

