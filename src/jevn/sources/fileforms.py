"""Forms: what the columns of a statistics file are, where the file itself cannot say it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter

from jevn.sources.wording import heading
from jevn.tables.yamlfile import load_yaml, parse
from jevn.terms import UserError


def _listed(given: Any) -> Any:
    return [given] if isinstance(given, str | int) else given


Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""One heading, or a list of them."""


class FileForm(BaseModel):
    """What is known beforehand of a kind of file. All but ``id`` may be left out.

    Attributes:
        id: short name.
        producer: who makes the figures.
        title: what the figures are.
        licence: terms of use.
        link: page to read more.
        verified: whether the form was held against a real file.
        note: what to beware of, in bokmål.
        recognise: headings that a file of this kind has; one with all of them is read by the form.
        sheet: sheet of a workbook.
        skip: lines of the file above the header.
        header_rows: lines of the header.
        place: column of the place (its code, if there are both code and name).
        place_name: column of the place's name.
        period: column of the period.
        figure: column that says which figure a row holds.
        values: columns of figures.
        groups: columns that say whom or what a figure is about.
        leave_out: columns that are not wanted.
        across: what the header lines hold, from the top: names of dimensions; ``period``,
            ``place`` and ``figure`` have their meaning.
        split: sign that parts several such in one header cell.
        place_of_file: the place, where the file holds one place only and does not say it.
        period_of_file: the period, likewise.
        signs: signs in cells without a figure, beyond the usual ones, and what they mean.
    """

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True, frozen=True)

    id: str = "own"
    producer: str | None = None
    title: str | None = None
    licence: str | None = None
    link: str | None = None
    verified: bool = False
    note: str | None = None
    recognise: Names = ()
    sheet: str | None = None
    skip: int | None = Field(default=None, ge=0)
    header_rows: int | None = Field(default=None, ge=1, le=8)
    place: str | None = None
    place_name: str | None = None
    period: str | None = None
    figure: str | None = None
    values: Names = ()
    groups: Names = ()
    leave_out: Names = ()
    across: Names = ()
    split: str | None = Field(default=None, min_length=1, max_length=3)
    place_of_file: str | None = None
    period_of_file: str | None = None
    signs: dict[str, str] = Field(default_factory=dict)

    def part_of(self, text: str) -> str | None:
        """What a column with this heading is by the form: the name of the field."""
        key = heading(text)
        for field in ("place", "place_name", "period", "figure"):
            given = getattr(self, field)
            if given is not None and heading(given) == key:
                return field
        for field in ("values", "groups", "leave_out"):
            if key in map(heading, getattr(self, field)):
                return field
        return None

    @property
    def says_columns(self) -> bool:
        """Whether it says anything of columns or headings."""
        return bool(self.columns or self.across or self.split or self.header_rows or self.skip)

    def given(self) -> dict[str, Any]:
        """The fields that were filled in, without the id."""
        return {k: getattr(self, k) for k in self.model_fields_set if k != "id"}

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the form names."""
        single = [c for c in (self.place, self.place_name, self.period, self.figure) if c]
        return (*single, *self.values, *self.groups, *self.leave_out)


_ADAPTER: TypeAdapter[FileForm] = TypeAdapter(FileForm)


def read_form(path: Path) -> FileForm:
    """A form from a YAML file.

    Raises:
        InputRefused: every fault of the file, with line and remedy.
    """
    return parse(load_yaml(path), _ADAPTER)


@cache
def ready_forms() -> dict[str, FileForm]:
    """The forms that come with Jevn, by id."""
    folder = files("jevn.sources") / "forms"
    found = {}
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".yaml"):
            with as_file(entry) as path:
                form = read_form(path)
            found[form.id] = form
    return found


def form_named(given: str) -> FileForm:
    """A ready form by its id, or one from a file.

    Raises:
        UserError: ``sources_unknown_form``, naming those there are; what :func:`read_form` raises.
    """
    if given in ready_forms():
        return ready_forms()[given]
    if Path(given).suffix.casefold() in (".yaml", ".yml"):
        return read_form(Path(given))
    raise UserError("sources_unknown_form", given=given, known=", ".join(ready_forms()))


def recognised(headings: Sequence[str]) -> FileForm | None:
    """The ready form whose headings are all there; of several the one with most."""
    there = set(map(heading, headings))
    fitting = [
        form
        for form in ready_forms().values()
        if form.recognise and set(map(heading, form.recognise)) <= there
    ]
    return max(fitting, key=lambda f: len(f.recognise), default=None)
