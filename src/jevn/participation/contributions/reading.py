"""From the rows of a spreadsheet to contributions, by a mapping of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from jevn.participation.appending import content_id
from jevn.participation.collecting import area_problems
from jevn.participation.contributions.mapping import ColumnMapping, Kind
from jevn.participation.contributions.sheet import Answers, answers_of, below, sheets_of
from jevn.participation.schemas import CHANNELS, HEARING, IDEAS, SENDER_TYPES
from jevn.sources.sheets import Cell, said
from jevn.tables import TableSchema, table_from_rows
from jevn.tables.checking import ID
from jevn.tables.faults import Faults, shorten
from jevn.tables.raw import heading_key, known_headings
from jevn.terms import LANGUAGES, InputRefused, Problem, Say

_PREFIX: Mapping[Kind, str] = {"ideas": "I", "hearing": "H"}
_SCHEMA: Mapping[Kind, TableSchema] = {"ideas": IDEAS, "hearing": HEARING}
_DAY_FIRST = re.compile(
    r"(\d{1,2})[./](\d{1,2})[./](\d{4})(?:[ T,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)?"
)
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d| UTC)?)?"
)
_FIRST_DAY = date(1899, 12, 30)
_FAULTS = {
    "date": "contributions_date",
    "sender_type": "contributions_value",
    "channel": "contributions_value",
    "support": "contributions_number",
    "place": "contributions_place",
    "id": "contributions_id",
}
_NOTHING = re.compile(r"[\W_]*")
_ID = re.compile(ID.replace(r"\p{L}\p{N}", r"\w"))


@dataclass(frozen=True, slots=True)
class Repeated:
    """A row that says the same as an earlier row, and was left out."""

    line: int
    first: int


@dataclass(frozen=True)
class Contributions:
    """Contributions read from a spreadsheet.

    Attributes:
        kind: ``ideas`` or ``hearing``.
        rows: table ``IDEAS`` or ``HEARING``.
        repeated: rows that say the same as an earlier one.
        empty: lines where nothing was written.
    """

    kind: Kind
    rows: pl.DataFrame
    repeated: tuple[Repeated, ...]
    empty: tuple[int, ...]

    @property
    def schema(self) -> TableSchema:
        """Schema of the rows."""
        return _SCHEMA[self.kind]


def read_contributions(
    path: Path,
    mapping: ColumnMapping | None = None,
    *,
    kind: Kind = "ideas",
    places: Mapping[str, str] | None = None,
) -> Contributions:
    """Read a spreadsheet of ideas or statements.

    Rows without an id get one made from what they say, so that the same row read again gets
    the same id, and a row that stands twice is one.

    Args:
        path: ``.csv`` (or other delimited text) or ``.xlsx``.
        mapping: which columns hold what. Without it the headings must be names of columns in
            the plan folder, or their Norwegian names.
        kind: what the rows are, where there is no mapping.
        places: id of each place by its name, to understand names of places.

    Raises:
        InputRefused: ``contributions_no_mapping`` if the headings are not known; faults of
            headings; for each cell with file, line and column ``contributions_date``,
            ``contributions_value``, ``contributions_number``, ``contributions_place``,
            ``contributions_id``, ``contributions_same_id``; ``contributions_nothing``.
            Then nothing is read.
    """
    if mapping is None:
        mapping = _by_names(path, kind)
    reader = _Rows(path.name, mapping, answers_of(path, mapping), places or {})
    rows = list(reader.rows())
    reader.faults.stop()
    if not rows:
        raise InputRefused([Problem("contributions_nothing", path.name)])
    frame = table_from_rows(_SCHEMA[mapping.kind], rows, name=path.name)
    if problems := area_problems(frame, path.name):
        raise InputRefused(problems)
    return Contributions(mapping.kind, frame, tuple(reader.repeated), tuple(reader.empty))


def _by_names(path: Path, kind: Kind) -> ColumnMapping:
    """The mapping of a file whose headings are the plan folder's own."""
    known = known_headings(_SCHEMA[kind])
    for sheet in sheets_of(path):
        for number in sheet.numbers[:25]:
            found = below(sheet, number, number)
            named = {known[k]: h for h in found.headings if (k := heading_key(h)) in known}
            if "text" in named:
                text = (named.pop("text"),)
                return ColumnMapping(kind, text, (), named, sheet=sheet.name)
    raise InputRefused([Problem("contributions_no_mapping", path.name)])


class _Rows:
    """Goes through the rows; faults are gathered so that all are told at once."""

    def __init__(
        self, file: str, mapping: ColumnMapping, answers: Answers, places: Mapping[str, str]
    ) -> None:
        self.faults = _Faults(file)
        self.repeated: list[Repeated] = []
        self.empty: list[int] = []
        self._mapping, self._answers = mapping, answers
        self._places = {_key(name): id for name, id in places.items()}
        self._known_places = set(places.values())
        self._nothing = {_key(e) for e in mapping.empty}
        self._seen: dict[str, tuple[int, tuple[Any, ...]]] = {}
        self._ids: set[str] = set()

    def rows(self) -> Iterator[dict[str, Any]]:
        for line, cells in self._answers.rows:
            texts = list(self._texts(cells))
            if not texts:
                self.empty.append(line)
                continue
            shared = self._shared(line, cells)
            for number, (heading, text) in enumerate(texts, start=1):
                row = shared | {"text": text}
                if self._mapping.each:
                    name = "heading" if self._mapping.kind == "ideas" else "paragraph"
                    row[name] = row.get(name) or heading
                    if row.get("id"):
                        row["id"] = f"{row['id']}-{number}"
                if (kept := self._once(line, row)) is not None:
                    yield kept

    def _texts(self, cells: tuple[Cell, ...]) -> Iterator[tuple[str | None, str]]:
        joined = [t for h in self._mapping.text if (t := self._text(cells, h))]
        if joined:
            yield None, "\n".join(joined)
        for heading in self._mapping.each:
            if text := self._text(cells, heading):
                yield heading, text

    def _text(self, cells: tuple[Cell, ...], heading: str) -> str:
        cell = self._cell(cells, heading)
        text = cell.strip() if isinstance(cell, str) else said(cell)
        text = "\n".join(" ".join(line.split()) for line in text.replace("\r", "").split("\n"))
        return "" if _NOTHING.fullmatch(text) or _key(text) in self._nothing else text.strip()

    def _cell(self, cells: tuple[Cell, ...], heading: str) -> Cell:
        at = self._answers.place(heading)
        return cells[at] if at < len(cells) else None

    def _shared(self, line: int, cells: tuple[Cell, ...]) -> dict[str, Any]:
        """What all contributions of a row have in common."""
        names = set(_SCHEMA[self._mapping.kind].names)
        row: dict[str, Any] = {n: v for n, v in self._mapping.fixed.items() if n in names}
        for name, heading in self._mapping.columns.items():
            cell = self._cell(cells, heading)
            if name in names and cell is not None and said(cell):
                value = self._value(name, cell, line, heading)
                if value is not None:
                    row[name] = value
        return row

    def _value(self, name: str, cell: Cell, line: int, heading: str) -> Any:
        text = said(cell)
        meant = {_key(k): v for k, v in self._mapping.values.get(name, {}).items()}
        if _key(text) in meant:
            text = meant[_key(text)] or ""
            if not text:
                return None
        if name == "address" and "@" not in text:
            return None
        found = self._read(name, cell, text)
        if found is None:
            choices = {"sender_type": SENDER_TYPES, "channel": CHANNELS}.get(name, ())
            params = {"given": shorten(text), "known": ", ".join(choices), "name": name}
            self.faults.add(_FAULTS[name], line, heading, params)
        return found

    def _read(self, name: str, cell: Cell, text: str) -> Any:
        """The value of a cell; ``None`` if it cannot be one of this column."""
        if name == "date":
            return _date(cell if text == said(cell) else text, self._mapping.date_format)
        if name == "sender_type":
            return _choice("sender", text, SENDER_TYPES)
        if name == "channel":
            return _choice("channel", text, CHANNELS)
        if name == "support":
            return int(text) if re.fullmatch(r"\d{1,9}", text) else None
        if name == "place":
            place = self._places.get(_key(text), text)
            known = not self._known_places or place in self._known_places
            return place if known and _ID.fullmatch(place) else None
        if name == "id":
            return text if _ID.fullmatch(text) else None
        if name == "areas":
            return [a.strip() for a in re.split(r"[;,]", text) if a.strip()]
        return text

    def _once(self, line: int, row: dict[str, Any]) -> dict[str, Any] | None:
        """The row with its id; ``None`` if it says the same as an earlier one."""
        said_by = tuple(str(row.get(n) or "") for n in ("text", "sender", "heading", "date"))
        prefix = _PREFIX[self._mapping.kind]
        row.setdefault("id", content_id(prefix, *said_by))
        first = self._seen.setdefault(row["id"], (line, said_by))
        if row["id"] not in self._ids:
            self._ids.add(row["id"])
            return row
        if first[1] == said_by:
            self.repeated.append(Repeated(line, first[0]))
        else:
            params = {"id": row["id"], "first": str(first[0])}
            self.faults.add("contributions_same_id", line, "id", params)
        return None


class _Faults(Faults):
    """Faults with ids of their own."""

    def add(self, id: str, row: Any = None, column: Any = None, params: Any = None) -> None:
        """Note one fault."""
        self._found.append(Problem(id, self.file, row, column, dict(params or {})))


def _date(cell: Cell, form: str | None) -> date | None:
    try:
        if isinstance(cell, float):
            return _FIRST_DAY + timedelta(days=int(cell)) if 20_000 < cell < 80_000 else None
        text = said(cell)
        if form:
            return datetime.strptime(text, form).date()
        if hit := _ISO.fullmatch(text):
            return date(int(hit[1]), int(hit[2]), int(hit[3]))
        if hit := _DAY_FIRST.fullmatch(text):
            return date(int(hit[3]), int(hit[2]), int(hit[1]))
    except ValueError:
        return None
    return None


def _choice(kind: str, text: str, choices: tuple[str, ...]) -> str | None:
    for choice in choices:
        names = {Say(lang)(f"participation.{kind}.{choice}") for lang in LANGUAGES}
        if _key(text) in {_key(choice), *map(_key, names)}:
            return choice
    return (
        "person" if _key(text) in ("privatperson", "private person") and kind == "sender" else None
    )


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()
