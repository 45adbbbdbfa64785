"""Headings that say what the figures below them are about: years, sex, kind of figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from jevn.sources.column import Column
from jevn.sources.fileforms import FileForm
from jevn.sources.layout import Layout
from jevn.sources.wording import has_code, is_figure, is_period, kind_of, read_periods, split_period
from jevn.terms import InputRefused, Problem

UNSAID: Final = "value"
"""The figure where no heading says which it is."""


@dataclass(frozen=True, slots=True)
class Level:
    """One thing that headings say, with a text for each figure column.

    ``name`` is ``period``, ``place``, ``figure``, or the name of a group.
    """

    name: str
    texts: tuple[str, ...]


def levels_of(
    figures: Sequence[Column], layout: Layout, form: FileForm, file: str, *, has: frozenset[str]
) -> list[Level]:
    """What the headings of the figure columns say.

    Args:
        figures: the figure columns, from the left.
        layout: the layout they stand in.
        form: names for what the header lines hold, if given.
        file: name of the file, for faults.
        has: which of ``period``, ``place`` and ``kind`` (of figure) other columns say already.

    Returns:
        Levels from the top line to the lowest, with one named ``figure`` at least.

    Raises:
        InputRefused: ``sources_file_two_periods``, ``sources_file_period_some``,
            ``sources_form_across``.
    """
    rows = _rows(figures, layout, form, file)
    if form.across:
        if len(form.across) != len(rows):
            params = {"given": len(form.across), "found": len(rows)}
            at = layout.header_lines[-1]
            raise InputRefused([Problem("sources_form_across", file, at, params=params)])
        found = [Level(n, r) for n, r in zip(form.across, rows, strict=True)]
    else:
        names = _names(layout, len(rows))
        found = []
        for name, texts in zip(names, rows, strict=True):
            found += _read(name, texts, figures, layout, file, has)
        found = _named(found)
    _check(found, layout, file, has)
    found = _apart(found)
    if "kind" in has:
        more = [level for level in found if level.name == "figure" and len(set(level.texts)) > 1]
        named = [level for level in found if level.name != "figure"]
        return [*named, *(Level("overskrift", level.texts) for level in more)]
    if not any(level.name == "figure" for level in found):
        found.append(Level("figure", (UNSAID,) * len(figures)))
    return found


def _rows(
    figures: Sequence[Column], layout: Layout, form: FileForm, file: str
) -> list[tuple[str, ...]]:
    """Texts of each header line over the figure columns, filled to the right."""
    if form.split is not None:
        parts = [tuple(p.strip() for p in c.name.split(form.split)) for c in figures]
        if len({len(p) for p in parts}) > 1:
            params = {"given": len(parts[0]), "found": max(map(len, parts))}
            row = layout.header_lines[-1]
            raise InputRefused([Problem("sources_form_across", file, row, params=params)])
        return [tuple(p[i] for p in parts) for i in range(len(parts[0]))]
    rows = []
    for level in range(len(layout.header)):
        texts, last = [], ""
        for column in figures:
            last = column.path[level] or ("" if _is_lowest(column, level) else last)
            texts.append(last)
        if any(texts):
            rows.append(tuple(texts))
    return rows


def _is_lowest(column: Column, level: int) -> bool:
    return level == len(column.path) - 1


def _names(layout: Layout, rows: int) -> list[str]:
    """What stands to the left of each header line: the name of what it holds."""
    if len(layout.header) != rows:
        return [""] * rows
    last = layout.header[-1]
    names = []
    for row in layout.header[:-1]:
        told = [t for i, t in enumerate(row[: layout.first_figure]) if t and last[i] not in ("", t)]
        names.append(told[-1] if told else "")
    beside = last[: layout.first_figure]
    across = len(beside) == 1 and is_period(beside[0]) and _is_years(last[layout.first_figure :])
    return [*names, beside[0] if across else ""]


def _is_years(texts: Sequence[str]) -> bool:
    given = [t for t in texts if t]
    return bool(given) and read_periods(given) is not None


def _read(
    name: str,
    row: tuple[str, ...],
    figures: Sequence[Column],
    layout: Layout,
    file: str,
    has: frozenset[str],
) -> list[Level]:
    given = list(dict.fromkeys(t for t in row if t))
    if read_periods(given) is not None and all(row):
        return [Level("period", row)]
    parted = {t: split_period(t) for t in given}
    dated = {t for t, p in parted.items() if p and read_periods([p[1]]) is not None}
    if dated and "period" not in has:
        if dated != set(row):
            missing = next(t for t in row if t not in dated)
            at = next(c for c, t in zip(figures, row, strict=True) if t == missing)
            raise InputRefused(
                [Problem("sources_file_period_some", file, layout.header_lines[-1], at.name)]
            )
        both = [parted[t] or ("", "") for t in row]
        period = Level("period", tuple(p for _, p in both))
        rest = tuple(t for t, _ in both)
        return [*([Level(_kind(name, rest), rest)] if any(rest) else []), period]
    if "place" not in has and len(given) > 1 and all(map(has_code, given)):
        return [Level("place", row)]
    return [Level(_kind(name, row), row)]


def _kind(name: str, row: Sequence[str]) -> str:
    if name:
        return name
    found = kind_of(list(dict.fromkeys(t for t in row if t)))
    return found if found is not None and len(set(row)) > 1 else ""


def _named(levels: Sequence[Level]) -> list[Level]:
    """Levels of which nothing is known: one is the figure, others are numbered."""
    unknown = [i for i, level in enumerate(levels) if not level.name]
    told = [i for i in unknown if any(map(is_figure, levels[i].texts))]
    figure = (told or unknown)[-1] if unknown else None
    found = []
    for i, level in enumerate(levels):
        if level.name:
            found.append(level)
        elif i == figure:
            found.append(Level("figure", level.texts))
        else:
            found.append(Level(f"overskrift {i + 1}", level.texts))
    return found


def _apart(levels: Sequence[Level]) -> list[Level]:
    """Levels of which no two have the same name."""
    found: list[Level] = []
    for level in levels:
        n = sum(level.name == other.name for other in levels[: len(found)])
        found.append(Level(f"{level.name} {n + 1}", level.texts) if n else level)
    return found


def _check(levels: Sequence[Level], layout: Layout, file: str, has: frozenset[str]) -> None:
    periods = sum(level.name == "period" for level in levels) + ("period" in has)
    if periods > 1:
        raise InputRefused([Problem("sources_file_two_periods", file, layout.header_lines[-1])])
