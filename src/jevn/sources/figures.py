"""The figures of a statistics file: numbers, and the signs that stand where there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from jevn.sources.column import Column
from jevn.sources.fileforms import FileForm
from jevn.sources.layout import Layout
from jevn.sources.wording import SIGN
from jevn.tables.faults import Faults, shorten
from jevn.tables.numerals import Evidence, ambiguous, evidence, parse, tidy
from jevn.terms import InputRefused, Message, Problem

_PERCENT = r"\s?%$"


@dataclass(frozen=True, eq=False)
class Figures:
    """Figures as read: a table of ``value`` and ``flag`` per column, and what was understood."""

    columns: tuple[pl.DataFrame, ...]
    steps: tuple[Message, ...]


def read_figures(columns: Sequence[Column], layout: Layout, form: FileForm, file: str) -> Figures:
    """Numbers and signs of the figure columns.

    The decimal sign is what the numbers of the whole file show; where they show nothing, what
    the form of the file implies.

    Raises:
        InputRefused: ``sources_file_cell`` (neither number nor sign), ``table_ambiguous_number``,
            ``sources_file_percent`` (percent sign in some cells of a column only).
    """
    signs = [_signs(c, form) for c in columns]
    texts = [
        tidy(c.texts.set(s | c.typed.is_not_null(), None).str.replace(_PERCENT, ""))
        for c, s in zip(columns, signs, strict=True)
    ]
    shown = Evidence()
    for series in texts:
        shown |= evidence(series.drop_nulls())
    _check_percent(columns, layout, file)
    found, problems, faults = [], [], Faults(file)
    told: Counter[str] = Counter()
    for column, sign, series in zip(columns, signs, texts, strict=True):
        numbers = parse(series, shown, layout.sheet.decimal)
        values = column.typed.fill_null(numbers)
        unread = values.is_null() & ~sign
        double = unread & ambiguous(series)
        for row in double.arg_true().to_list():
            given = shorten(column.texts[row])
            faults.add("ambiguous_number", layout.lines[row], column.name, {"given": given})
        for row in (unread & ~double).arg_true().to_list()[:50]:
            given = shorten(column.texts[row])
            params = {"given": given}
            line = layout.lines[row]
            problems.append(Problem("sources_file_cell", file, line, column.name, params))
        flags = column.texts.set(~sign, None)
        told.update(flags.drop_nulls().to_list())
        found.append(pl.DataFrame([values.alias("value"), flags.alias("flag")]))
    if problems:
        raise InputRefused(problems[:50])
    faults.stop()
    return Figures(tuple(found), tuple(_steps(told, columns, layout, form, shown)))


def _signs(column: Column, form: FileForm) -> pl.Series:
    """Which cells hold a sign, or nothing."""
    given = column.texts.str.contains(SIGN) | column.texts.is_in(list(form.signs))
    return given & column.typed.is_null()


def _check_percent(columns: Sequence[Column], layout: Layout, file: str) -> None:
    for column in columns:
        with_sign = column.texts.str.contains(_PERCENT)
        without = column.texts.str.contains(r"^[^%]*\d[^%]*$") & ~column.texts.str.contains(
            "[<>≤≥]"
        )
        if with_sign.any() and without.any():
            row = layout.lines[without.arg_true()[0]]
            raise InputRefused([Problem("sources_file_percent", file, row, column.name)])


def _steps(
    told: Counter[str],
    columns: Sequence[Column],
    layout: Layout,
    form: FileForm,
    shown: Evidence,
) -> list[Message]:
    steps = []
    for sign, n in told.most_common():
        if not sign:
            steps.append(Message("sources.file.empty", {"n": n}))
            continue
        meaning = form.signs.get(sign)
        key = "sources.file.sign_meaning" if meaning else "sources.file.sign"
        steps.append(Message(key, {"n": n, "sign": sign, "meaning": meaning or ""}))
    if shown.comma and not shown.point:
        steps.append(Message("sources.file.comma"))
    for column in columns:
        if column.texts.str.contains("%", literal=True).any():
            steps.append(Message("sources.file.percent", {"column": column.name}))
    shares = {c for _, c in layout.sheet.percent}
    for column in columns:
        if column.at in shares:
            steps.append(Message("sources.file.percent_cells", {"column": column.name}))
    return steps
