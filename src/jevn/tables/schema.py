"""Schemas of tables: which columns a file must and may have, and what each may hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

Kind = Literal[
    "text",
    "id",
    "integer",
    "number",
    "share",
    "amount",
    "date",
    "year",
    "choice",
    "list",
]

_NUMBERS: Final = ("integer", "number", "share", "amount", "year")

NULL_SIGNS: Final[dict[str, str]] = {
    ":": "hidden",
    "*": "hidden",
    ".": "not_possible",
    "..": "missing",
    "...": "missing",
    "-": "missing",
}
"""Signs for "no number here" and the flag they mean, the strongest first.

Statistics Norway: ``:`` not published (confidentiality), ``.`` category not applicable, ``..``
data not available; FHI the same. ``*`` is used for hidden by the Directorate of Education. ``-``
has meant nil, none and missing in different tables: it is read as missing, never as zero.
"""


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
        signs: the signs that statistics bureaus write instead of a number (``:`` hidden,
            ``.`` not possible, ``..`` ``...`` ``-`` ``*`` others) are accepted here as an
            empty cell; a column called ``flag`` is then set, see :data:`NULL_SIGNS`.
    """

    name: str
    kind: Kind
    about: str
    required: bool = False
    choices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    at_least: float | None = None
    at_most: float | None = None
    signs: bool = False

    @property
    def is_number(self) -> bool:
        """Whether cells are whole or decimal numbers."""
        return self.kind in _NUMBERS

    @property
    def is_whole(self) -> bool:
        """Whether cells are whole numbers."""
        return self.kind in ("integer", "year")

    @property
    def limits(self) -> tuple[float | None, float | None]:
        """Least and greatest accepted number; a share lies between 0 and 1 unless said else."""
        if self.kind == "share":
            return (
                0.0 if self.at_least is None else self.at_least,
                1.0 if self.at_most is None else self.at_most,
            )
        return self.at_least, self.at_most

    @property
    def dtype(self) -> pl.DataType:
        """Polars type of the column in a frame."""
        if self.is_whole:
            return pl.Int64()
        if self.is_number:
            return pl.Float64()
        if self.kind == "date":
            return pl.Date()
        return pl.List(pl.String) if self.kind == "list" else pl.String()


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

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in the order they are written."""
        return tuple(c.name for c in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns that every file must have."""
        return tuple(c.name for c in self.columns if c.required)
