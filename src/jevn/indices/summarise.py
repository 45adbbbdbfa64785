"""Any number of settings in a long table: one call, a tidy table back."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal

import numpy as np

from jevn.indices.checks import problem
from jevn.indices.columns import Columns, columns_of, taken
from jevn.indices.errors import with_errors_at_bounds
from jevn.indices.facts import Facts, facts_of
from jevn.indices.index import INDICES, Family, Index
from jevn.indices.result import IndexResults, critical
from jevn.indices.settings import Flags
from jevn.indices.tidy import Tidy, as_given
from jevn.indices.turning import all_burden_positive, turned
from jevn.terms import InputRefused, Polarity, Problem, Scale

SignOf = Literal["native", "burden"]
_UNKNOWN_SCALE: Final = ("no_scale", "no_unit", "no_bounds", "no_curve_of_means")
"""Notes of what a scale would give."""


def summarise(
    table: Any,
    *,
    by: str | Sequence[str] | None = None,
    indices: str | Iterable[str] | None = None,
    scale: str | float | Scale | None = None,
    polarity: str | Polarity | None = None,
    bounds: tuple[float, float] | None = None,
    level: float = 0.95,
    sign: SignOf = "native",
    **options: Any,
) -> Any:
    """Indices of every setting in a long table.

    Columns that are read, a row per social group: ``subgroup`` (its name), ``subgroup_order``
    (1 lowest), ``estimate``, ``se``, ``population``, ``n``. Without ``estimate``, values come from
    ``numerator`` and ``denominator``, with binomial standard errors (Poisson for rates per N), and
    the denominators stand for ``population`` and ``n`` where these are absent. What the numbers
    are is declared by the columns ``indicator_scale`` (1, 100, N or words),
    ``favourable_indicator``, ``ordered_dimension`` and ``reference_subgroup`` (1 or 0), or by the
    arguments, which go before the columns; nothing is guessed. An empty ``estimate`` is a missing
    group; equal positions are ties.

    Args:
        table: a frame that narwhals reads (Polars, also lazy, pandas, PyArrow).
        by: the columns that part settings. ``None``: ``setting`` if there is one, else the whole
            table is one setting.
        indices: names of indices in the order wanted. ``None``: all that apply to the setting;
            those of social rank only where groups have an order.
        scale: scale of all values, as :func:`jevn.indices.declared_scale` takes it.
        polarity: ``favourable`` or ``adverse``, for all.
        bounds: least and greatest possible value, for all; ``None``: those of the scale.
        level: level of the intervals.
        sign: ``native``, or ``burden``: greater is more inequality to the harm of low positions.
        options: options of the indices by name, e.g. ``compat``; each goes to those that have it.
            ``half_case=True`` first replaces standard errors of 0 where no respondent, or every
            one, is a case (:func:`jevn.indices.with_errors_at_bounds`), with a note.

    Returns:
        A frame of the same library, a row per setting and index: the key columns, then ``index``,
        ``estimate``, ``se``, ``lower``, ``upper``, ``level``, ``method``, ``weights``, ``scale``,
        ``reference`` (name of the reference group; its position from 0 in tables without
        ``subgroup``), ``polarity``, ``groups`` and ``note`` (text ``indices.note.<note>``).

    Raises:
        InputRefused: with every fault of the table (row, setting, remedy); if an index does not
            exist, or needs a scale or polarity that is not declared.
        TypeError: if ``table`` is no frame.
        ValueError: if ``level``, ``sign``, ``bounds`` or an option is not possible.

    >>> import polars as pl
    >>> table = pl.DataFrame({
    ...     "setting": ["a", "a", "a", "b", "b"], "subgroup_order": [1, 2, 3, 1, 2],
    ...     "estimate": [30.0, 20.0, 10.0, 8.0, 4.0], "population": [10, 20, 10, 5, 5],
    ... })
    >>> found = summarise(table, indices=["d", "sii_linear"], scale="percent")
    >>> found.select("setting", "index", "estimate").rows()
    [('a', 'd', -20.0), ('a', 'sii_linear', -26.666666666666668), ('b', 'd', -4.0), \
('b', 'sii_linear', -8.0)]
    """
    critical(level)
    if sign not in ("native", "burden"):
        raise ValueError(f"sign must be native or burden, not {sign!r}")
    half_case = bool(options.pop("half_case", False))
    chosen = _chosen(indices)
    given = _options(chosen, options)
    frame = taken(table)
    columns = columns_of(frame, [by] if isinstance(by, str) else by)
    facts = facts_of(columns, scale=scale, polarity=polarity, bounds=bounds)
    tidy = Tidy([index.name for index in chosen], len(facts.starts), level)
    gaps, ties = facts.gaps_and_ties()
    refused: dict[str, Problem] = {}
    for at, plain in facts.batches():
        groups, raised = with_errors_at_bounds(plain) if half_case else (plain, None)
        for column, index in enumerate(chosen):
            results: IndexResults = index(groups, level=level, **given[index.name])
            bare = _without_scale(results) & (facts.scale[at] == 0)
            if indices is not None:
                _refuse(bare, at, columns, refused, "needs_scale", index.name)
            if sign == "burden":
                unsigned = turned(results) & (groups.polarities == 0)
                _refuse(unsigned, at, columns, refused, "needs_polarity", index.name)
                results = all_burden_positive(results, groups.polarities)
            tidy.put(at, column, results)
            tidy.set_note(at, column, "no_scale", bare)
            if raised is not None:
                tidy.add_note(at, column, "zero_error", raised)
            if index.ordered:
                tidy.add_note(at, column, "order_gap", gaps[at])
                tidy.add_note(at, column, "ties", ties[at])
    if refused:
        raise InputRefused(refused.values())
    wanted = None if indices is not None else _apply(chosen, facts)
    return as_given(table, frame, tidy.columns(columns, facts), wanted)


def _chosen(names: str | Iterable[str] | None) -> list[Index[...]]:
    if names is None:
        families = list(Family)
        return sorted(INDICES.values(), key=lambda index: families.index(index.family))
    asked = list(dict.fromkeys([names] if isinstance(names, str) else names))
    faults = []
    for name in asked:
        if name not in INDICES:
            near = difflib.get_close_matches(name, INDICES, n=1, cutoff=0.0)[0]
            faults.append(problem("unknown_index", given=name, near=near, known=", ".join(INDICES)))
    if faults:
        raise InputRefused(faults)
    return [INDICES[name] for name in asked]


def _options(chosen: Sequence[Index[...]], options: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The options of each index; ``None`` stands for its default."""
    given = {name: value for name, value in options.items() if value is not None}
    taken_by = {
        index.name: {
            name: value
            for name, value in given.items()
            if name in inspect.signature(index.formula).parameters
        }
        for index in chosen
    }
    for name in given:
        if not any(name in own for own in taken_by.values()):
            raise ValueError(f"none of the indices has an option {name}")
    return taken_by


def _without_scale(results: IndexResults) -> Flags:
    """Settings without result for want of what a scale would give."""
    codes = [n for n, note in enumerate(results.notes) if note in _UNKNOWN_SCALE]
    return np.isin(results.note, codes) & np.isnan(results.estimate)


def _refuse(
    lacking: Flags,
    at: np.ndarray[tuple[int], np.dtype[np.int64]],
    columns: Columns,
    refused: dict[str, Problem],
    id: str,
    index: str,
) -> None:
    for setting in at[lacking][:1].tolist():
        line = int(columns.place.lines[columns.starts[setting]])
        name = columns.place.name(setting)
        refused.setdefault(id, problem(id, line, None, index=index, setting=name))


def _apply(chosen: Sequence[Index[...]], facts: Facts) -> Flags:
    """Which indices apply to which settings, shape ``(s, number of indices)``."""
    free = np.array([not index.ordered for index in chosen])
    found: Flags = free | facts.ordered[:, None]
    return found
