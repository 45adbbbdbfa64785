"""The columns of pol.is' exports, and opening their files whatever they look like."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import polars as pl

from jevn.tables.delimited import decode
from jevn.tables.faults import refuse
from jevn.terms import InputRefused, Problem
from jevn.terms.language import Param

VOTES: Final = "votes.csv"
COMMENTS: Final = "comments.csv"
MATRIX: Final = "participants-votes.csv"

PERSON: Final = ("voter-id", "participant", "participant-id", "person", "deltaker", "deltakar")
STATEMENT: Final = ("comment-id", "statement", "statement-id", "tid", "påstand", "påstand-id")
VOTE: Final = ("vote", "stemme", "svar", "røyst")
TIME: Final = ("timestamp",)
TEXT: Final = ("comment-body", "comment", "text", "tekst", "body")
MODERATED: Final = ("moderated",)
AUTHOR: Final = ("author-id",)
COUNTS: Final = ("group-id", "n-comments", "n-votes", "n-agree", "n-disagree", "xid")
"""Columns of the matrix that are no statements."""

_MOST_BYTES: Final = {VOTES: 500_000_000, MATRIX: 500_000_000, COMMENTS: 50_000_000}
_SEPARATORS: Final = (",", ";", "\t")
_HEAD: Final = 4_000_000
_MOST_LINES: Final = 200_000
_MOST_TOLD: Final = 50


@dataclass(frozen=True, slots=True)
class Table:
    """A delimited file whose header has been read.

    Attributes:
        name: what to call it in messages.
        source: the file, or its text in UTF-8.
        separator: character between cells.
        headings: headings as written.
        above: lines above the header that were passed over.
    """

    name: str
    source: Path | bytes
    separator: str
    headings: tuple[str, ...]
    above: int = 0

    @property
    def keys(self) -> tuple[str, ...]:
        """Headings in lower case, with hyphens."""
        return tuple(key_of(h) for h in self.headings)

    def column(self, names: Iterable[str]) -> int | None:
        """The column with the first of these names that is there."""
        keys = self.keys
        return next((keys.index(name) for name in names if name in keys), None)

    def read(self, kinds: Mapping[int, type[pl.DataType]]) -> pl.DataFrame | None:
        """The columns asked for, named by their number; ``None`` if cells do not fit.

        Raises:
            InputRefused: ``opinions_cells`` if the file cannot be taken apart.
        """
        names = [str(i) for i in range(len(self.headings))]
        schema = {name: kinds.get(i, pl.String) for i, name in enumerate(names)}
        source = self.source if isinstance(self.source, Path) else io.BytesIO(self.source)
        try:
            return pl.read_csv(
                source,
                separator=self.separator,
                new_columns=names,
                schema=schema,
                columns=[names[i] for i in sorted(kinds)],
            )
        except pl.exceptions.PolarsError as error:
            if all(kind is pl.String for kind in kinds.values()):
                why = str(error).splitlines()[0][:200]
                raise refused("opinions_cells", self.name, why=why) from None
            return None

    def check_rows(self) -> None:
        """See that every row has as many cells as the header.

        Raises:
            InputRefused: ``opinions_cells`` with the first row that has not.
        """
        wanted, mark = len(self.headings) - 1, self.separator.encode()
        marks = lines = 0
        with self._open() as file:
            while chunk := file.read(1 << 22):
                if b'"' in chunk:
                    self._check_quoted()
                    return
                marks += chunk.count(mark)
                lines += chunk.count(b"\n")
                last = chunk[-1:]
        even = marks == wanted * (lines + (last != b"\n"))
        if even and lines > _MOST_LINES:  # one row too long and one too short would pass
            return
        with self._open() as file:
            for number, line in enumerate(file, start=1):
                if line.strip() and line.count(mark) != wanted:
                    raise refused("opinions_cells", self.name, number + self.above, why="")

    def _check_quoted(self) -> None:
        with self._open() as file:
            text = io.TextIOWrapper(file, "utf-8", newline="")
            rows = csv.reader(text, delimiter=self.separator, strict=True)
            begins = 1
            try:
                for record in rows:
                    number, begins = begins + self.above, rows.line_num + 1
                    if len(record) != len(self.headings) and any(c.strip() for c in record):
                        raise refused("opinions_cells", self.name, number, why="")
            except csv.Error as error:
                number = begins + self.above
                raise refused("opinions_cells", self.name, number, why=str(error)) from None

    def _open(self) -> BinaryIO:
        return self.source.open("rb") if isinstance(self.source, Path) else io.BytesIO(self.source)


def key_of(heading: str) -> str:
    """A heading as it is compared: lower case, hyphens for blanks and underscores."""
    return heading.strip().lower().replace("_", "-").replace(" ", "-")


def refused(id: str, file: str, row: int | None = None, **params: Param) -> InputRefused:
    """A refusal with one problem."""
    return InputRefused([Problem(id, file, row, params=params)])


def stop(problems: list[Problem]) -> None:
    """Raise what was found, at most 50 of them.

    Raises:
        InputRefused: if there is any problem.
    """
    if problems:
        raise InputRefused(problems[:_MOST_TOLD])


def open_table(path: Path, name: str, kind: str) -> Table:
    """Find encoding, separator and header of a file.

    Raises:
        InputRefused: the file is not there, is empty, too large, of another format, or
            names a column twice.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError:
        raise refuse(name, "no_file") from None
    except OSError as error:
        raise refuse(name, "unreadable_file", reason=error.strerror or "") from None
    if size > _MOST_BYTES[kind]:
        raise refused("opinions_too_large", name, most=_MOST_BYTES[kind] // 1_000_000)
    if not head.strip():
        raise refuse(name, "empty_file")
    source: Path | bytes = path
    if size > len(head):
        # only the first lines are looked at; the last may be cut, also within a letter
        marked = head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"))
        if marked or b"\n" not in head or not _is_utf8(path):
            first = decode(path.read_bytes(), name)
            source = first.encode()
        else:
            first = decode(head[: head.rfind(b"\n") + 1], name)
    else:
        first = decode(head, name)
        source = first.lstrip("\n").encode()
    above = 1 if first.lower().startswith("sep=") else 0
    if above:
        whole = first if isinstance(source, bytes) else decode(path.read_bytes(), name)
        source = whole.split("\n", 1)[-1].encode()
        first = first.split("\n", 1)[-1]
    separator, headings = _header(first, name)
    keys = [key_of(h) for h in headings]
    twice = {h for h, key in zip(headings, keys, strict=True) if key and keys.count(key) > 1}
    if twice:
        raise refused("opinions_same_column", name, 1, names=", ".join(sorted(twice)))
    return Table(name, source, separator, headings, above)


def _is_utf8(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            while file.read(1 << 22):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _header(text: str, name: str) -> tuple[str, tuple[str, ...]]:
    """Separator and headings: the separator that parts the first line most."""
    found: tuple[str, tuple[str, ...]] = (",", ())
    csv.field_size_limit(max(csv.field_size_limit(), 10_000_000))
    for separator in _SEPARATORS:
        try:
            cells = next(csv.reader(io.StringIO(text), delimiter=separator), [])
        except csv.Error:
            continue
        if len(cells) > len(found[1]):
            found = (separator, tuple(c.strip() for c in cells))
    if len(found[1]) < 2:
        raise refused("opinions_format", name)
    return found
