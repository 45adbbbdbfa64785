"""What the columns of a statistics file are: place, period, group or figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import polars as pl

from jevn.sources.column import Column, Part, Understood, follows
from jevn.sources.fileforms import FileForm
from jevn.sources.judging import judged
from jevn.sources.layout import Layout
from jevn.sources.sheets import Cell, said
from jevn.sources.wording import (
    SIGN,
    code_width,
    has_code,
    heading,
    is_code,
    is_helper,
    is_name,
    read_periods,
)
from jevn.terms import InputRefused, Message, Problem

_FIELDS: Final[dict[str, Part]] = {
    "place": "place",
    "place_name": "place_name",
    "period": "period",
    "figure": "kind",
    "values": "figure",
    "groups": "group",
    "leave_out": "left_out",
}


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
    found.columns = [judged(c, layout, form, found.columns, file) for c in found.columns]
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
        name = column.title
        n = int(blank.sum())
        found.steps.append(Message("sources.file.filled_down", {"column": name, "n": n}))


def _settle_doubt(found: Understood, layout: Layout, file: str) -> None:
    """Numbers whose heading says nothing are figures if the other columns tell rows apart."""
    doubtful = found.of("doubtful")
    if not doubtful:
        return
    keys = [
        c for c in found.columns if c.part in ("place", "place_name", "period", "group", "kind")
    ]
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
        if follows(column, main):
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
    follow = [c for c in places if c is not main and follows(c, main)]
    loose = [c for c in found.of("group") if is_name(c.name) and follows(c, main)]
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
        follow = sum(follows(other, column) for other in places if other is not column)
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
        return follows(main, column), stem, len(column.distinct), -column.at

    best: Callable[[Column], tuple[bool, bool, int, int]] = likeness
    found = max(texts, key=best, default=None)
    if found is None or not (likeness(found)[0] or likeness(found)[1] or len(texts) == 1):
        return None
    return found


def _follows_step(column: Column, main: Column) -> Message:
    return Message("sources.file.follows", {"column": column.name, "main": main.name})
