"""How the columns of a spreadsheet become contributions: a small YAML file, read and written."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from jevn.tables.yamlfile import YamlDocument, load_yaml, parse
from jevn.terms import InputRefused, Problem

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Kind = Literal["ideas", "hearing"]

SINGLE = (
    "id",
    "date",
    "sender_type",
    "sender",
    "place",
    "age_group",
    "heading",
    "paragraph",
    "areas",
    "support",
    "channel",
    "address",
    "recorder",
)
"""Columns of the plan folder that one column of the spreadsheet may fill."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which columns of a spreadsheet hold what.

    Attributes:
        kind: ``ideas`` or ``hearing``.
        text: headings of columns that together are the text of one contribution.
        each: headings of columns that are a contribution each; the heading is its question.
        columns: heading by column of the plan folder (see ``SINGLE``).
        fixed: the same value for every row, by column of the plan folder.
        values: what values mean, by column of the plan folder.
        sheet: name of the sheet; ``None`` for the only one with the headings.
        header: first and last line with headings; ``None`` to find it by the headings.
        date_format: form of dates as in Python's ``strptime``; ``None`` for ISO and day first.
        empty: answers that say nothing, compared without case.
    """

    kind: Kind = "ideas"
    text: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    columns: Map[str, str] = field(default_factory=dict)
    fixed: Map[str, str] = field(default_factory=dict)
    values: Map[str, Map[str, str | None]] = field(default_factory=dict)
    sheet: str | None = None
    header: tuple[int, int] | None = None
    date_format: str | None = None
    empty: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that is named, once."""
        return tuple(dict.fromkeys([*self.text, *self.each, *self.columns.values()]))


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    kind: Kind = "ideas"
    text: _Text | list[_Text] | None = None
    each: list[_Text] = Field(default_factory=list)
    id: _Text | None = None
    date: _Text | None = None
    sender_type: _Text | None = None
    sender: _Text | None = None
    place: _Text | None = None
    age_group: _Text | None = None
    heading: _Text | None = None
    paragraph: _Text | None = None
    areas: _Text | None = None
    support: _Text | None = None
    channel: _Text | None = None
    address: _Text | None = None
    recorder: _Text | None = None
    fixed: dict[_Text, _Text] = Field(default_factory=dict)
    values: dict[_Text, dict[_Text, str | None]] = Field(default_factory=dict)
    sheet: _Text | None = None
    header: Annotated[int, Field(ge=1)] | list[Annotated[int, Field(ge=1)]] | None = None
    date_format: _Text | None = None
    empty: list[_Text] = Field(default_factory=list)


def read_mapping(path: Path) -> ColumnMapping:
    """A mapping from a YAML file.

    Raises:
        InputRefused: faults of the file; ``contributions_no_text`` if neither ``text`` nor
            ``each`` is given; ``contributions_column`` if ``fixed`` or ``values`` name a
            column that there is not.
    """
    return mapping_of(load_yaml(path))


def mapping_of(document: YamlDocument) -> ColumnMapping:
    """A mapping from parsed YAML (see `read_mapping`)."""
    form = parse(document, TypeAdapter(_Form))
    problems = []
    text = (form.text,) if isinstance(form.text, str) else tuple(form.text or ())
    if not text and not form.each:
        problems.append(Problem("contributions_no_text", document.file))
    for part, given in (("fixed", form.fixed), ("values", form.values)):
        for name in given:
            if name not in SINGLE:
                params = {"given": name, "known": ", ".join(SINGLE)}
                line = document.line((part, name))
                problems.append(Problem("contributions_column", document.file, line, part, params))
    if problems:
        raise InputRefused(problems)
    lines = [form.header] if isinstance(form.header, int) else form.header
    return ColumnMapping(
        kind=form.kind,
        text=text,
        each=tuple(form.each),
        columns={n: heading for n in SINGLE if (heading := getattr(form, n)) is not None},
        fixed=form.fixed,
        values=form.values,
        sheet=form.sheet,
        header=(min(lines), max(lines)) if lines else None,
        date_format=form.date_format,
        empty=tuple(form.empty),
    )
