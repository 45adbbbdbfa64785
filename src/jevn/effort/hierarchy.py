"""Sums of functions and types by a hierarchy table: which codes a sum is made of, and its sign.

Statistics Norway publishes its sums of the accounts (AGD10 gross, AGD2 net, FGK10 …) as tables
of *to*, *from* and *sign*. A sum may be made of other sums; followed down, it is a weighted sum
of single codes. Consolidated accounts are those of the municipality itself, those of its
separate undertakings, and what the two buy of each other taken out (netting).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from jevn.tables import Column, TableSchema, read_table
from jevn.terms import InputRefused, Problem

Cell = tuple[str, str, str]
"""Account class (``D`` running, ``I`` investment), function and type; sums or single codes."""

ITSELF = "COPY"
"""In a netting table: the sum itself, on the side of the separate undertakings."""

HIERARCHY = TableSchema(
    "hierarchy",
    "One part of a sum.",
    (
        Column("periode", "id", "year the line holds for", aliases=("period", "year")),
        Column("to", "text", "code of the sum", required=True),
        Column("from", "text", "code of the part: a single code or another sum", required=True),
        Column("sign", "choice", "whether the part is added or taken away", required=True,
               choices=("+", "-")),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Sums of codes.

    Attributes:
        parts: sum -> (part, +1 or -1) in the order of the table.
        weights: sum -> single code -> weight, followed all the way down. A code that is both
            added and taken away is left out.
    """

    parts: Mapping[str, tuple[tuple[str, int], ...]]
    weights: Mapping[str, Mapping[str, int]]

    @classmethod
    def of(cls, lines: Iterable[tuple[str, str, int]], file: str = "hierarchy") -> Hierarchy:
        """A hierarchy of (sum, part, sign) lines.

        Raises:
            InputRefused: ``effort_hierarchy_twice``: a part stands twice in a sum;
                ``effort_hierarchy_circle``: a sum is made of itself.
        """
        parts: dict[str, dict[str, int]] = {}
        for to, part, sign in lines:
            own = parts.setdefault(to, {})
            if part in own:
                params = {"sum": to, "part": part}
                raise InputRefused([Problem("effort_hierarchy_twice", file, params=params)])
            own[part] = sign
        return cls({to: tuple(own.items()) for to, own in parts.items()}, _weights(parts, file))

    def of_code(self, code: str) -> Mapping[str, int]:
        """Single codes of a sum with their weights; a single code is itself."""
        return self.weights.get(code, {code: 1})


def _weights(parts: Mapping[str, Mapping[str, int]], file: str) -> dict[str, dict[str, int]]:
    try:
        order = list(TopologicalSorter(parts).static_order())
    except CycleError as error:
        params = {"codes": " ← ".join(map(str, error.args[1]))}
        raise InputRefused([Problem("effort_hierarchy_circle", file, params=params)]) from None
    found: dict[str, dict[str, int]] = {}
    for code in order:
        if code not in parts:
            continue
        total: dict[str, int] = {}
        for part, sign in parts[code].items():
            for single, weight in found.get(part, {part: 1}).items():
                total[single] = total.get(single, 0) + sign * weight
        found[code] = {single: weight for single, weight in total.items() if weight}
    return found


def read_hierarchy(path: Path, *, period: str | None = None) -> Hierarchy:
    """Read a hierarchy table.

    Args:
        path: a file with columns ``to``, ``from``, ``sign``, and ``periode`` if it holds for
            several years.
        period: the year to use; needed where the file has several.

    Raises:
        InputRefused: faults of the table, or ``effort_hierarchy_period``.
    """
    return Hierarchy.of(_lines(path, period), path.name)


def read_netting(path: Path, *, period: str | None = None) -> Hierarchy:
    """Read a netting table: what is taken out of a sum, from the separate undertakings.

    The same columns as :func:`read_hierarchy`. :data:`ITSELF` stands for the sum itself.
    """
    lines = [(to, f"={to}" if part == ITSELF else part, s) for to, part, s in _lines(path, period)]
    return Hierarchy.of(lines, path.name)


def _lines(path: Path, period: str | None) -> list[tuple[str, str, int]]:
    rows = read_table(path, HIERARCHY).iter_rows(named=True)
    lines = [(r["periode"], r["to"], r["from"], 1 if r["sign"] == "+" else -1) for r in rows]
    periods = sorted({p for p, *_ in lines if p is not None})
    if (period is None and len(periods) > 1) or (period is not None and period not in periods):
        params = {"given": period or "–", "known": ", ".join(periods) or "–"}
        raise InputRefused([Problem("effort_hierarchy_period", path.name, params=params)])
    return [(to, part, sign) for p, to, part, sign in lines if period is None or p == period]


@dataclass(frozen=True, slots=True)
class Books:
    """Accounts to be summed.

    Attributes:
        own: amount by cell in the municipality's own accounts.
        undertakings: the same of its separate undertakings; none where there are none.
        functions: sums of functions.
        types: sums of types.
        netting: what consolidation takes out, by sum of types.
    """

    own: Mapping[Cell, int]
    functions: Hierarchy
    types: Hierarchy
    undertakings: Mapping[Cell, int] | None = None
    netting: Hierarchy | None = None

    def own_sum(self, cell: Cell) -> int:
        """A sum over the municipality's own accounts."""
        return self._sum(self.own, cell)

    def consolidated(self, cell: Cell) -> int:
        """A sum over own accounts and undertakings, less what they trade with each other."""
        if self.undertakings is None:
            return self.own_sum(cell)
        total = self.own_sum(cell) + self._sum(self.undertakings, cell)
        kind, function, type = cell
        for part, sign in self.netting.parts.get(type, ()) if self.netting else ():
            total += sign * self._sum(self.undertakings, (kind, function, part.lstrip("=")))
        return total

    def _sum(self, amounts: Mapping[Cell, int], cell: Cell) -> int:
        kind, function, type = cell
        types = self.types.of_code(type)
        return sum(
            by_function * by_type * amounts.get((kind, f, t), 0)
            for f, by_function in self.functions.of_code(function).items()
            for t, by_type in types.items()
        )


_TERM = re.compile(r"([+-]?)\s*([^\s+-]+)")
_WHOLE = re.compile(r"\s*[+-]?\s*[^\s+-]+(\s*[+-]\s*[^\s+-]+)*\s*")


@dataclass(frozen=True, slots=True)
class Formula:
    """A correction of one cell: the cell is the sum of these cells with their signs.

    The cell itself on the right side is its value before the correction.
    """

    cell: Cell
    terms: tuple[tuple[Cell, int], ...]


def parse_formulas(texts: Iterable[str]) -> tuple[Formula, ...]:
    """Formulas such as ``D:FG2:AGD65 = D:FG2:AGD45 - D:FG2:AGD46``, in the order they depend.

    A formula without account class holds for running and investment accounts alike.

    Raises:
        InputRefused: ``effort_formula``: a line that is no such formula, or formulas that
            depend on each other in a circle.
    """
    found: dict[Cell, Formula] = {}
    for text in texts:
        left, equals, right = text.partition("=")
        codes = [left.strip(), *(term for _, term in _TERM.findall(right))]
        parts = {len(code.split(":")) for code in codes}
        if not equals or not _WHOLE.fullmatch(right) or len(parts) > 1 or parts - {2, 3}:
            raise _no_formula(text)
        signs = [-1 if sign == "-" else 1 for sign, _ in _TERM.findall(right)]
        for kind in ("D:", "I:") if parts == {2} else ("",):
            cells = [_cell(kind + code) for code in codes]
            if cells[0] in found:
                raise _no_formula(text)
            found[cells[0]] = Formula(cells[0], tuple(zip(cells[1:], signs, strict=True)))
    depends = {c: {t for t, _ in f.terms if t in found and t != c} for c, f in found.items()}
    try:
        return tuple(found[c] for c in TopologicalSorter(depends).static_order())
    except CycleError as error:
        raise _no_formula(" ← ".join(":".join(c) for c in error.args[1])) from None


def _cell(code: str) -> Cell:
    kind, function, type = code.split(":")
    return kind, function, type


def _no_formula(text: str) -> InputRefused:
    return InputRefused([Problem("effort_formula", params={"given": text.strip() or "–"})])


def corrected(
    books: Books, formulas: Iterable[Formula], *, consolidated: bool = True
) -> dict[Cell, int]:
    """The cells that formulas correct, with their value after all of them.

    Args:
        books: the accounts and their sums.
        formulas: as :func:`parse_formulas` orders them.
        consolidated: over the consolidated accounts, else over the municipality's own.
    """
    value = books.consolidated if consolidated else books.own_sum
    found: dict[Cell, int] = {}
    for formula in formulas:
        found[formula.cell] = sum(
            sign * (found[cell] if cell in found else value(cell)) for cell, sign in formula.terms
        )
    return found
