"""What a column is, by its heading and its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from jevn.sources.column import Column, Part, follows
from jevn.sources.fileforms import FileForm
from jevn.sources.layout import Layout
from jevn.sources.wording import (
    NUMBER,
    SIGN,
    has_code,
    heading,
    is_code,
    is_figure,
    is_helper,
    is_key,
    is_period,
    is_place,
    kind_of,
    read_periods,
    split_period,
)
from jevn.terms import InputRefused, Problem


def judged(
    column: Column, layout: Layout, form: FileForm, all_columns: Sequence[Column], file: str
) -> Column:
    """A column with what it is by its own heading and cells.

    Raises:
        InputRefused: ``sources_file_unnamed``, ``sources_file_mixed``, ``sources_file_period``.
    """
    if column.certain:
        return column
    part = _part(column, layout, form, all_columns)
    if part is None:
        params = {"position": column.at + 1}
        row = layout.header_lines[-1]
        raise InputRefused([Problem("sources_file_unnamed", file, row, params=params)])
    if part == "mixed":
        row, given = _first(column, layout, ~column.texts.str.contains(f"{NUMBER}|{SIGN}"))
        raise InputRefused(
            [Problem("sources_file_mixed", file, row, column.name, {"given": given})]
        )
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
        unnamed = not name or names_across
        return _part_without_numbers(
            column, layout, form, all_columns, periods=periods, unnamed=unnamed
        )
    if not name and periods:
        return "period"
    answers = heading(name) == "verdi" and any(heading(c.name) == "svar" for c in all_columns)
    return _part_of_numbers(column, answers=answers)


def _part_without_numbers(
    column: Column,
    layout: Layout,
    form: FileForm,
    all_columns: Sequence[Column],
    *,
    periods: bool,
    unnamed: bool,
) -> Part | None:
    name, texts = column.name, [t for t in column.distinct if t]
    if _is_signs(column, form):
        return _part_of_signs(column, texts)
    if not name and _names_codes(column, all_columns):
        return "place_name"
    if not is_key(name) and _is_mixed(column):
        return "figure" if is_figure(name) else "mixed"
    left = column.at < layout.first_figure
    return _part_of_texts(column, texts, periods=periods, unnamed=unnamed, left=left)


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
    return bool(codes) and all(map(has_code, codes)) and follows(column, left)


def _part_of_numbers(column: Column, *, answers: bool) -> Part | None:
    if is_key(column.name) or answers:
        return "group"
    if is_figure(column.name) or _has_fractions(column):
        return "figure"
    return "doubtful" if column.name else None


def _part_of_texts(
    column: Column, texts: Sequence[str], *, periods: bool, unnamed: bool, left: bool
) -> Part | None:
    """What a column of texts is; without heading, one to the left of the figures is a group."""
    if column.name and not (unnamed and is_period(column.name)):
        return "group"
    if periods:
        return "period"
    if texts and all(map(has_code, texts)):
        return "place"
    return "group" if left or kind_of(texts) else None


def _years_across(layout: Layout) -> bool:
    last = [t for t in layout.header[-1][layout.first_figure :] if t]
    return bool(last) and read_periods(last) is not None


def _no_period(column: Column, layout: Layout) -> tuple[int, str]:
    odd = [t for t in column.distinct if t and read_periods([t]) is None]
    return _first(column, layout, column.texts.is_in(odd or column.distinct))


def _first(column: Column, layout: Layout, cells: pl.Series) -> tuple[int, str]:
    """Line and text of the first cell that is meant."""
    at = int(cells.arg_true()[0])
    return layout.lines[at], str(column.texts[at])[:60]


def _is_numeric(column: Column, form: FileForm) -> bool:
    """Whether a column holds numbers and signs only, with at least one number."""
    texts = column.texts
    numbers = texts.str.contains(NUMBER)
    signs = texts.str.contains(SIGN) | texts.is_in(list(form.signs))
    return bool(numbers.any()) and bool((numbers | signs | (texts == "")).all())


def _is_mixed(column: Column) -> bool:
    """Whether a column holds numbers for the most part, and other texts too."""
    filled = column.texts.filter(column.texts != "")
    numbers = filled.str.contains(NUMBER).sum()
    return 0 < numbers < len(filled) <= 2 * numbers and not _is_signs_and_numbers(filled)


def _is_signs_and_numbers(filled: pl.Series) -> bool:
    return bool((filled.str.contains(NUMBER) | filled.str.contains(SIGN)).all())


def _is_signs(column: Column, form: FileForm) -> bool:
    return bool((column.texts.str.contains(SIGN) | column.texts.is_in(list(form.signs))).all())


def _has_fractions(column: Column) -> bool:
    return bool(
        column.texts.str.contains(r"^[+\-−]?\d*[.,](?:\d{1,2}|\d{4,})\s?%?$").any()
        or column.texts.str.contains("%", literal=True).any()
    )
