"""Import of statistics files as people get them: a tidy table, and what was understood."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from jevn.sources.across import UNSAID, Level, levels_of
from jevn.sources.column import Column, Understood
from jevn.sources.columns import understand
from jevn.sources.dataset import Category, Dataset, Dimension, Role
from jevn.sources.figures import read_figures
from jevn.sources.fileforms import FileForm, recognised
from jevn.sources.layout import Layout, find_layout
from jevn.sources.sheets import Sheet, read_sheets
from jevn.sources.wording import read_periods, read_place
from jevn.tables import Origin, OriginKind
from jevn.terms import InputRefused, Message, Problem

_SOURCE: Final = re.compile(r"^(?:kilder?|kjelder?|source)\s*:\s*(.+)$", re.IGNORECASE)
_OWN: Final = frozenset({"place", "period", "figure"})
_KEYS: Final[dict[str, str | None]] = {
    "place": "place",
    "period": "period",
    "kind": "figure",
    "group": None,
}
"""What tells rows apart, and the name of its dimension."""


@dataclass(frozen=True, eq=False)
class ImportedFile:
    """A statistics file as read.

    Attributes:
        dataset: the figures: dimensions ``place`` and ``period`` where the file has them, groups
            under their headings, and ``figure``; every cell that holds no figure keeps its sign
            as flag (empty text where the cell is empty).
        origin: where they come from, as far as form and file say.
        steps: what was understood, in order.
        form: the form it was read by.
    """

    dataset: Dataset
    origin: Origin
    steps: tuple[Message, ...]
    form: FileForm


def import_file(
    path: Path, form: FileForm | None = None, *, sheet: str | None = None
) -> ImportedFile:
    """Read a statistics file.

    Nothing is guessed: what cannot be understood is refused, with the place in the file. A form
    says what the file cannot; without one, a ready form is used where its headings are there.

    Args:
        path: delimited text or workbook.
        form: what is known of the file.
        sheet: sheet of a workbook to read.

    Raises:
        InputRefused: every fault, with file, line, column and remedy.
    """
    name, steps = path.name, []
    one, layout = _table(read_sheets(path), form, sheet or (form.sheet if form else None), name)
    known = recognised([t for row in layout.header for t in row])
    if known is not None and (form is None or not form.says_columns):
        steps.append(Message("sources.file.recognised", {"form": known.id}))
        form = known if form is None else known.model_copy(update=form.given())
    form = form or FileForm()
    steps += _layout_steps(layout, one)
    found = understand(layout, form, name)
    figures = found.of("figure")
    has = frozenset(c.part for c in found.columns if c.part in ("place", "period", "kind"))
    levels = levels_of(figures, layout, form, name, has=has)
    values = read_figures(figures, layout, form, name)
    steps += [*found.steps, *_column_steps(found, levels, form), *values.steps]
    tidy = _tidy(found, levels, values.columns, layout, form, name)
    dimensions, table = tidy.dimensions, tidy.table
    producer = form.producer or _producer(layout)
    if producer is None:
        steps.append(Message("sources.file.no_producer"))
    dataset = Dataset(
        label=form.title or next(iter(layout.titles), path.stem),
        source=producer,
        updated=None,
        dimensions=dimensions,
        table=table,
        notes=(*layout.titles, *layout.notes),
        extension={"signs": dict(form.signs)} if form.signs else {},
    )
    steps += tidy.steps
    steps.append(Message("sources.file.cells", {"n": table.height}))
    origin = Origin(
        id=re.sub(r"[^a-z0-9]+", "_", path.stem.casefold()).strip("_") or "fil",
        producer=producer or "–",
        title=dataset.label,
        kind=OriginKind.PUBLISHED if producer else OriginKind.LOCAL,
        licence=form.licence,
        link=form.link,
    )
    return ImportedFile(dataset, origin, tuple(steps), form)


def _table(
    sheets: Sequence[Sheet], form: FileForm | None, wanted: str | None, file: str
) -> tuple[Sheet, Layout]:
    """The one sheet that holds a table.

    Raises:
        InputRefused: ``sources_file_sheet`` (no sheet of that name), ``sources_file_sheets``
            (several with a table); the fault of the only sheet.
    """
    names = ", ".join(s.name or "–" for s in sheets)
    if wanted is not None:
        sheets = [s for s in sheets if (s.name or "").casefold() == wanted.casefold()]
        if not sheets:
            params = {"given": wanted, "known": names}
            raise InputRefused([Problem("sources_file_sheet", file, params=params)])
    skip = (form.skip or 0) if form else 0
    rows = form.header_rows if form else None
    found: list[tuple[Sheet, Layout]] = []
    faults: list[InputRefused] = []
    for one in sheets:
        try:
            found.append((one, find_layout(one.after(skip), file, header_rows=rows)))
        except InputRefused as fault:
            faults.append(fault)
    if not found:
        raise faults[0]
    if len(found) > 1:
        params = {"known": ", ".join(s.name or "–" for s, _ in found)}
        raise InputRefused([Problem("sources_file_sheets", file, params=params)])
    return found[0]


@dataclass(frozen=True, eq=False)
class _Tidy:
    dimensions: tuple[Dimension, ...]
    table: pl.DataFrame
    steps: tuple[Message, ...]


def _tidy(
    found: Understood,
    levels: Sequence[Level],
    values: Sequence[pl.DataFrame],
    layout: Layout,
    form: FileForm,
    file: str,
) -> _Tidy:
    keys = {c.at: c for c in found.columns if c.part in _KEYS}
    names = _names(list(keys.values()), levels)
    base = pl.DataFrame({"_row": pl.Series(layout.lines, dtype=pl.Int64)})
    base = base.with_columns(c.texts.alias(names[at]) for at, c in keys.items())
    parts = []
    for i, value in enumerate(values):
        constants = [pl.lit(level.texts[i]).alias(names[level.name]) for level in levels]
        parts.append(base.with_columns(constants).hstack(value))
    whole = pl.concat(parts)
    steps: list[Message] = []
    for name, given in (("place", form.place_of_file), ("period", form.period_of_file)):
        if given is not None and name in whole.columns:
            raise InputRefused([Problem(f"sources_file_has_{name}", file, params={"given": given})])
        if given is not None:
            whole = whole.with_columns(pl.lit(given).alias(name))
        elif name not in whole.columns:
            steps.append(Message(f"sources.file.no_{name}"))
    order: list[str] = [n for n in ("place", "period") if n in whole.columns]
    groups = [n for n in whole.columns if n not in {*_OWN, "_row", "value", "flag"}]
    order += [*groups, "figure"]
    place_names = _place_names(found)
    dimensions: list[Dimension] = []
    for name in order:
        dimension, codes = _dimension(name, whole[name], place_names, form, file)
        dimensions.append(dimension)
        cells = whole[name].replace_strict(codes, return_dtype=pl.Enum(dimension.codes))
        whole = whole.with_columns(cells.alias(name))
    whole, doubled = _once(whole, order, file)
    if doubled:
        steps.append(Message("sources.file.doubled", {"n": doubled}))
    table = whole.sort(order, maintain_order=True).select(*order, "value", "flag")
    return _Tidy(tuple(dimensions), table, tuple(steps))


def _names(keys: Sequence[Column], levels: Sequence[Level]) -> dict[int | str, str]:
    """A name for each key column (by position) and level (by name); none twice."""
    found: dict[int | str, str] = {}
    taken: set[str] = set()
    wanted: list[tuple[int | str, str]] = [(c.at, _KEYS.get(c.part) or c.title) for c in keys]
    wanted += [(level.name, level.name) for level in levels]
    own = _OWN | {"value", "flag", "_row"}
    for key, name in wanted:
        is_own = name in _OWN and (key == name or (isinstance(key, int) and _is_own(key, keys)))
        text = name if is_own or name.casefold() not in own else f"{name} (kolonne)"
        while text in taken:
            text += "_"
        taken.add(text)
        found[key] = text
    return found


def _is_own(at: int, keys: Sequence[Column]) -> bool:
    return next(c for c in keys if c.at == at).part != "group"


def _place_names(found: Understood) -> Mapping[str, str]:
    place, name = found.of("place"), found.of("place_name")
    if not place or not name:
        return {}
    pairs = pl.DataFrame({"p": place[0].texts, "n": name[0].texts}).unique(maintain_order=True)
    return {p: n for p, n in pairs.rows() if n}


def _dimension(
    name: str, cells: pl.Series, place_names: Mapping[str, str], form: FileForm, file: str
) -> tuple[Dimension, dict[str, str]]:
    """A dimension, and its code for each text."""
    texts: list[str] = cells.unique(maintain_order=True).to_list()
    if name == "period":
        read = read_periods([t for t in texts if t])
        if read is None or "" in texts:
            given = next((t for t in texts if not t or read_periods([t]) is None), texts[0])
            raise InputRefused(
                [Problem("sources_file_period", file, column=name, params={"given": given})]
            )
        labels = {code: text for text, code in read.items()}
        categories = tuple(Category(c, labels[c]) for c in sorted(labels))
        return Dimension(name, "periode", categories, Role.TIME), read
    if name == "place":
        return _places(texts, place_names)
    role = Role.METRIC if name == "figure" else None
    return Dimension(name, name, tuple(Category(t, t) for t in texts), role), {t: t for t in texts}


def _places(
    texts: Sequence[str], place_names: Mapping[str, str]
) -> tuple[Dimension, dict[str, str]]:
    read = {t: read_place(t) for t in texts}
    codes = {t: code for t, (code, _) in read.items()}
    if len(set(codes.values())) < len(codes):  # two ways of writing would fall together
        codes = {t: t for t in texts}
    found = tuple(Category(codes[t], place_names.get(t) or read[t][1] or codes[t]) for t in texts)
    return Dimension("place", "sted", found, Role.GEO), codes


def _once(whole: pl.DataFrame, order: Sequence[str], file: str) -> tuple[pl.DataFrame, int]:
    """The table without rows that say the same twice.

    Raises:
        InputRefused: ``sources_file_twice`` for two different figures of the same.
    """
    keys = list(order)
    twice = whole.select(pl.struct(keys).is_duplicated()).to_series()
    if not twice.any():
        return whole, 0
    kept = whole.unique([*keys, "value", "flag"], keep="first", maintain_order=True)
    still = kept.filter(pl.struct(keys).is_duplicated()).sort([*keys, "_row"])
    if still.height:
        problems = []
        for _, rows in still.group_by(keys, maintain_order=True):
            first, second = rows["_row"][0], rows["_row"][1]
            about = ", ".join(str(rows[k][0]) for k in keys)[:200]
            params = {"first": str(first), "about": about}
            problems.append(Problem("sources_file_twice", file, second, params=params))
            if len(problems) == 20:
                break
        raise InputRefused(problems)
    return kept, whole.height - kept.height


def _producer(layout: Layout) -> str | None:
    for text in (*layout.notes, *layout.titles):
        found = _SOURCE.match(text)
        if found is not None:
            return found[1].strip()[:120]
    return None


def _layout_steps(layout: Layout, sheet: Sheet) -> list[Message]:
    steps = []
    if sheet.name is not None:
        steps.append(Message("sources.file.sheet", {"sheet": sheet.name}))
    lines = layout.header_lines
    key = "sources.file.header" if len(lines) == 1 else "sources.file.headers"
    first, last = str(lines[0]), str(lines[-1])
    steps.append(Message(key, {"first": first, "last": last, "n": len(layout.body)}))
    if layout.titles:
        steps.append(Message("sources.file.titles", {"titles": " · ".join(layout.titles)[:300]}))
    if layout.notes:
        steps.append(Message("sources.file.notes", {"notes": " · ".join(layout.notes)[:300]}))
    return steps


def _column_steps(found: Understood, levels: Sequence[Level], form: FileForm) -> list[Message]:
    steps = []
    for column in found.of("place"):
        names = found.of("place_name")
        key = "sources.file.place_named" if names else "sources.file.place"
        name = names[0].name if names else ""
        steps.append(Message(key, {"column": column.title, "name": name}))
    for column in found.of("period"):
        steps.append(Message("sources.file.period", {"column": column.title}))
    for column in found.of("kind"):
        texts = ", ".join(column.distinct)[:200]
        steps.append(Message("sources.file.across_figure", {"texts": texts}))
    groups = ", ".join(c.title for c in found.of("group"))
    if groups:
        steps.append(Message("sources.file.groups", {"columns": groups[:300]}))
    for level in levels:
        texts = ", ".join(dict.fromkeys(level.texts))
        if level.name in _OWN and texts != UNSAID:
            steps.append(Message(f"sources.file.across_{level.name}", {"texts": texts[:200]}))
        elif level.name not in _OWN:
            params = {"name": level.name, "texts": texts[:200]}
            steps.append(Message("sources.file.across", params))
    if form.note:
        steps.append(Message("sources.file.form_note", {"note": form.note}))
    return steps
