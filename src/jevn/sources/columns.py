"""What the columns of a statistics file are: place, period, group or figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

import polars as pl

from jevn.sources.fileforms import FileForm
from jevn.sources.layout import Layout
from jevn.sources.sheets import Cell, said
from jevn.sources.wording import (
    NUMBER,
    SIGN,
    code_width,
    has_code,
    heading,
    is_code,
    is_figure,
    is_helper,
    is_key,
    is_name,
    is_period,
    is_place,
    kind_of,
    read_periods,
    split_period,
)
from jevn.terms import InputRefused, Message, Problem

Part = Literal["place", "place_name", "period", "group", "figure", "left_out", "doubtful"]

_FIELDS: Final[dict[str, Part]] = {
    "place": "place",
    "place_name": "place_name",
    "period": "period",
    "values": "figure",
    "groups": "group",
    "leave_out": "left_out",
}


@dataclass(frozen=True, eq=False)
class Column:
    """One column of a file.

    Attributes:
        at: position from 0.
        name: its heading: the lowest that is written above it.
        path: all texts above it, from the top.
        texts: its cells as text; empty cells are empty text.
        typed: numbers of cells typed as numbers in a workbook, else null.
        part: what it is.
        certain: whether that was said by the form.
    """

    at: int
    name: str
    path: tuple[str, ...]
    texts: pl.Series
    typed: pl.Series
    part: Part = "doubtful"
    certain: bool = False

    @property
    def distinct(self) -> list[str]:
        """The texts that occur, in order of first appearance."""
        found: list[str] = self.texts.unique(maintain_order=True).to_list()
        return found


@dataclass(slots=True)
class Understood:
    """The columns with what each is, and what was understood on the way."""

    columns: list[Column]
    steps: list[Message] = field(default_factory=list)

    def of(self, part: Part) -> list[Column]:
        """The columns that are this."""
        return [c for c in self.columns if c.part == part]

    def set(self, column: Column, part: Part) -> None:
        """Say what a column is."""
        self.columns = [replace(c, part=part) if c is column else c for c in self.columns]


def understand(layout: Layout, form: FileForm, file: str) -> Understood:
    """What each column of a layout is.

    Raises:
        InputRefused: ``sources_form_column`` (the form names a column that is not there),
            ``sources_file_unnamed``, ``sources_file_period``, ``sources_file_doubtful``,
            ``sources_file_no_figures``, ``sources_file_blank_label``.
    """
    found = Understood([_column(layout, at, form) for at in range(layout.width)])
    _check_form(found, form, file, layout)
    _fill_down(found, layout, file)
    found.columns = [_judged(c, layout, form, found.columns, file) for c in found.columns]
    _settle_doubt(found, layout, file)
    _settle_periods(found)
    _pad_codes(found)
    _settle_places(found)
    for column in found.of("left_out"):
        if is_helper(column.name) or column.certain or (column.texts == "").all():
            params = {"column": column.name}
            found.steps.append(Message("sources.file.left_out", params))
    if not found.of("figure"):
        raise InputRefused([Problem("sources_file_no_figures", file)])
    return found


def _column(layout: Layout, at: int, form: FileForm) -> Column:
    path = tuple(row[at] for row in layout.header)
    name = next((t for t in reversed(path) if t), "")
    cells: list[Cell] = [line[at] if at < len(line) else None for line in layout.body]
    texts = pl.Series(name, [said(c) for c in cells], dtype=pl.String)
    typed = pl.Series(name, [c if isinstance(c, float) else None for c in cells], dtype=pl.Float64)
    named = form.part_of(name) or next((p for t in path if t and (p := form.part_of(t))), None)
    if named is not None:
        return Column(at, name, path, texts, typed, _FIELDS[named], certain=True)
    return Column(at, name, path, texts, typed)


def _check_form(found: Understood, form: FileForm, file: str, layout: Layout) -> None:
    there = {heading(t) for c in found.columns for t in c.path}
    names = ", ".join(c.name for c in found.columns)
    problems = [
        Problem("sources_form_column", file, layout.header_lines[-1], c, {"known": names[:300]})
        for c in form.columns
        if heading(c) not in there
    ]
    if problems and not form.recognise:
        raise InputRefused(problems)


def _fill_down(found: Understood, layout: Layout, file: str) -> None:
    """Labels written once for several rows are filled down, from the left."""
    blank = pl.repeat(True, len(layout.body), eager=True)
    for i, column in enumerate(found.columns[: max(layout.first_figure - 1, 0)]):
        blank = blank & (column.texts == "")
        if not blank.any():
            return
        if blank[0]:
            raise InputRefused(
                [Problem("sources_file_blank_label", file, layout.lines[0], column.name)]
            )
        texts = column.texts.set(blank, None).fill_null(strategy="forward")
        found.columns[i] = replace(column, texts=texts)
        name = column.name or str(column.at + 1)
        n = int(blank.sum())
        found.steps.append(Message("sources.file.filled_down", {"column": name, "n": n}))


def _judged(
    column: Column, layout: Layout, form: FileForm, all_columns: Sequence[Column], file: str
) -> Column:
    if column.certain:
        return column
    part = _part(column, layout, form, all_columns)
    if part is None:
        params = {"position": column.at + 1}
        row = layout.header_lines[-1]
        raise InputRefused([Problem("sources_file_unnamed", file, row, params=params)])
    if part == "period" and read_periods([t for t in column.distinct if t]) is None:
        row, given = _no_period(column, layout)
        raise InputRefused(
            [Problem("sources_file_period", file, row, column.name, {"given": given})]
        )
    return replace(column, part=part)


def _part(
    column: Column, layout: Layout, form: FileForm, all_columns: Sequence[Column]
) -> Part | None:
    """What a column is by its heading and cells; ``None`` if nothing tells."""
    name, across = column.name, len(layout.header) > 1 and column.at >= layout.first_figure
    texts = [t for t in column.distinct if t]
    periods = bool(texts) and read_periods(texts) is not None
    numeric = _is_numeric(column, form)
    names_across = layout.first_figure == 1 and column.at == 0 and not periods
    if is_helper(name) or (is_period(name) and not (names_across and _years_across(layout))):
        return "left_out" if is_helper(name) else "period"
    if is_place(name) and (not numeric or is_code(name) or all(map(has_code, texts))):
        return "place"
    dated = any(split_period(t) for t in column.path)
    if (numeric or _is_signs(column, form)) and (across or dated):
        return "figure"
    if not numeric:
        if _is_signs(column, form):
            return _part_of_signs(column, texts)
        if not name and _names_codes(column, all_columns):
            return "place_name"
        return _part_of_texts(column, texts, periods=periods, unnamed=not name or names_across)
    if not name and periods:
        return "period"
    answers = heading(name) == "verdi" and any(heading(c.name) == "svar" for c in all_columns)
    return _part_of_numbers(column, answers=answers)


def _part_of_signs(column: Column, texts: Sequence[str]) -> Part:
    """A column of signs only: hidden figures, unless its letters may be codes (``K``, ``M``)."""
    if is_figure(column.name):
        return "figure"
    if not texts:
        return "left_out"
    letters = all(t.isalpha() for t in texts)
    return "group" if letters or is_key(column.name) else "doubtful"


def _names_codes(column: Column, all_columns: Sequence[Column]) -> bool:
    """Whether a column without heading holds the names of the codes to its left."""
    if column.at == 0:
        return False
    left = all_columns[column.at - 1]
    codes = [t for t in left.distinct if t]
    return bool(codes) and all(map(has_code, codes)) and _follows(column, left)


def _part_of_numbers(column: Column, *, answers: bool) -> Part | None:
    if is_key(column.name) or answers:
        return "group"
    if is_figure(column.name) or _has_fractions(column):
        return "figure"
    return "doubtful" if column.name else None


def _part_of_texts(
    column: Column, texts: Sequence[str], *, periods: bool, unnamed: bool
) -> Part | None:
    if column.name and not (unnamed and is_period(column.name)):
        return "group"
    if periods:
        return "period"
    if texts and all(map(has_code, texts)):
        return "place"
    return "group" if kind_of(texts) or column.name else None


def _years_across(layout: Layout) -> bool:
    last = [t for t in layout.header[-1][layout.first_figure :] if t]
    return bool(last) and read_periods(last) is not None


def _no_period(column: Column, layout: Layout) -> tuple[int, str]:
    for text, line in zip(column.texts, layout.lines, strict=True):
        if text and read_periods([text]) is None:
            return line, text[:60]
    return layout.lines[0], column.distinct[0][:60]


def _is_numeric(column: Column, form: FileForm) -> bool:
    """Whether a column holds numbers and signs only, with at least one number."""
    texts = column.texts
    numbers = texts.str.contains(NUMBER)
    signs = texts.str.contains(SIGN) | texts.is_in(list(form.signs))
    return bool(numbers.any()) and bool((numbers | signs | (texts == "")).all())


def _is_signs(column: Column, form: FileForm) -> bool:
    return bool((column.texts.str.contains(SIGN) | column.texts.is_in(list(form.signs))).all())


def _has_fractions(column: Column) -> bool:
    return bool(
        column.texts.str.contains(r"^[+\-−]?\d*[.,](?:\d{1,2}|\d{4,})\s?%?$").any()
        or column.texts.str.contains("%", literal=True).any()
    )


def _settle_doubt(found: Understood, layout: Layout, file: str) -> None:
    """Numbers whose heading says nothing are figures if the other columns tell rows apart."""
    doubtful = found.of("doubtful")
    if not doubtful:
        return
    keys = [c for c in found.columns if c.part in ("place", "place_name", "period", "group")]
    numbers = [c for c in doubtful if not c.texts.str.contains(SIGN).all()]
    if not numbers and not found.of("figure"):
        raise InputRefused([Problem("sources_file_no_figures", file)])
    apart = bool(keys) and (
        pl.DataFrame([c.texts.alias(str(c.at)) for c in keys]).n_unique() == len(layout.body)
    )
    only = len(doubtful) == 1 and not found.of("figure")
    if not (apart or only):
        row = layout.header_lines[-1]
        raise InputRefused([Problem("sources_file_doubtful", file, row, c.name) for c in doubtful])
    for column in doubtful:
        found.set(column, "figure")


def _settle_periods(found: Understood) -> None:
    """One column is the period: the one that says most; those that follow from it are left out."""
    periods = found.of("period")
    if len(periods) < 2:
        return
    sure = [c for c in periods if c.certain]
    main = max(sure or periods, key=_says_spans)
    for column in [c for c in periods if c is not main]:
        if _follows(column, main):
            found.set(column, "left_out")
            found.steps.append(_follows_step(column, main))
        else:
            found.set(column, "group")


def _says_spans(column: Column) -> tuple[bool, int]:
    codes = read_periods([t for t in column.distinct if t]) or {}
    return any("_" in c for c in codes.values()), -column.at


def _pad_codes(found: Understood) -> None:
    """Zeros that a spreadsheet took from the front of codes are put back (``301`` is ``0301``)."""
    for i, column in enumerate(found.columns):
        width = code_width(column.name)
        if column.part not in ("place", "group") or width is None:
            continue
        short = column.texts.str.contains(rf"^\d{{{width - 1}}}$")
        if short.any() and column.texts.str.contains(rf"^\d{{{width - 1},{width}}}$").all():
            found.columns[i] = replace(column, texts=column.texts.str.zfill(width))
            n = int(short.sum())
            found.steps.append(Message("sources.file.padded", {"column": column.name, "n": n}))


def _settle_places(found: Understood) -> None:
    """One column is the place: the finest; its name beside it; others that follow are left out."""
    places = found.of("place")
    sure = [c for c in places if c.certain]
    if not places:
        return
    main = sure[0] if sure else _finest(places)
    given = found.of("place_name")
    follow = [c for c in places if c is not main and _follows(c, main)]
    loose = [c for c in found.of("group") if is_name(c.name) and _follows(c, main)]
    name = given[0] if given else _name_of(main, [*follow, *loose])
    for column in [*follow, *loose]:
        if column is name:
            found.set(column, "place_name")
        elif column in follow or column.texts.equals(main.texts):
            found.set(column, "left_out")
            found.steps.append(_follows_step(column, main))
    for column in places:
        if column is not main and column not in follow:
            found.set(column, "group")


def _finest(places: Sequence[Column]) -> Column:
    """The place column that the others follow from; of equals a code, then the first."""

    def rank(column: Column) -> tuple[int, bool, int, int]:
        follow = sum(_follows(other, column) for other in places if other is not column)
        coded = is_code(column.name) or all(has_code(t) for t in column.distinct if t)
        return follow, coded, len(column.distinct), -column.at

    return max(places, key=rank)


def _name_of(main: Column, others: Sequence[Column]) -> Column | None:
    """The column with the names of the places, if the main one holds codes."""
    if not (is_code(main.name) or all(has_code(t) for t in main.distinct if t)):
        return None
    texts = [c for c in others if not all(has_code(t) for t in c.distinct if t)]

    def likeness(column: Column) -> tuple[bool, bool, int, int]:
        stem = heading(main.name)[:5] == heading(column.name)[:5]
        return _follows(main, column), stem, len(column.distinct), -column.at

    best: Callable[[Column], tuple[bool, bool, int, int]] = likeness
    found = max(texts, key=best, default=None)
    if found is None or not (likeness(found)[0] or likeness(found)[1] or len(texts) == 1):
        return None
    return found


def _follows(column: Column, main: Column) -> bool:
    """Whether one column is known wherever another is."""
    both = pl.DataFrame({"main": main.texts, "other": column.texts}).unique()
    return both["main"].n_unique() == both.height


def _follows_step(column: Column, main: Column) -> Message:
    return Message("sources.file.follows", {"column": column.name, "main": main.name})
