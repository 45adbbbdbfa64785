"""Complementary protection: hide more cells until no hidden cell can be recomputed.

The figures of one indicator and period form a system of sums: in each place, the groups of
a dimension add up to the total; over a municipality, its zones add up to it, in total and group
by group. A hidden cell can be recomputed exactly when it has the same value in every solution
of that system, that is, when every vector of the null space of the sums (restricted to what is
not shown) is zero there. This finds also what no single subtraction would find, as in tables
with two margins (Willenborg & de Waal 2001, *Elements of Statistical Disclosure Control*,
ch. 4). An attacker also knows that no cell has fewer than no cases, or more cases than persons.
So a hidden cell counts as found, too, when every solution near the true one that keeps to this
has the same value there: a linear programme finds which cells at a bound cannot leave it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from jevn.terms import SocialDimension
from jevn.terms.dimensions import known_groups

Key = tuple[str, str | None, str | None]
"""Place, dimension, group."""

_ZERO: Final = 1e-9
_MOVED: Final = 1e-6

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of one indicator and period.

    Attributes:
        place: id of the place.
        dimension: social dimension, or ``None`` for the total.
        group: its group.
        known: has a figure that would be shown.
        small: must be hidden in itself.
        cases: cases it rests on, if known.
        others: persons that are no cases, if known.
    """

    place: str
    dimension: str | None
    group: str | None
    known: bool
    small: bool
    cases: float | None
    others: float | None

    @property
    def key(self) -> Key:
        """What the cell is called in the system."""
        return self.place, self.dimension, self.group

    @property
    def weight(self) -> float:
        """What is lost by hiding it: the cases it rests on."""
        return float("inf") if self.cases is None else self.cases


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and the parts that add up to it."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def cells(self) -> tuple[Key, ...]:
        """The total and its parts."""
        return (self.total, *self.parts)


def complementary(
    cells: Iterable[Cell], zones: Mapping[str, tuple[str, ...]], least_cases: int
) -> frozenset[Key]:
    """All cells to be hidden so that none of them can be recomputed.

    Args:
        cells: the cells of one indicator and period.
        zones: the zones of each place that has any.
        least_cases: hidden cells whose sum is shown must together have at least so many
            cases, and so many non-cases.

    Returns:
        Keys of the small cells and of the ones hidden to protect them.
    """
    by_key = {c.key: c for c in cells}
    hidden = {k for k, c in by_key.items() if c.small}
    sums = tuple(_sums(by_key, zones))
    order = {k: i for i, k in enumerate(by_key)}
    while True:
        shown = {k for k, c in by_key.items() if c.known and k not in hidden}
        few = _too_few_together(sums, by_key, hidden, shown, least_cases)
        more = _picks(few, by_key, shown, order)
        if not more:
            bare = _recomputable(sums, by_key, hidden, shown)
            beside = [each for k in bare if (each := _tightest(k, sums, shown))]
            if bare and not beside:  # found through sums further off
                beside = [s for s in sums if any(k in shown for k in s.cells)]
                beside = [s for s in beside if any(k in hidden for k in s.cells)]
            more = _picks(beside, by_key, shown, order)
        if not more:
            return frozenset(hidden)
        hidden |= more


def _sums(cells: Mapping[Key, Cell], zones: Mapping[str, tuple[str, ...]]) -> Iterator[Sum]:
    groups: dict[tuple[str, str], list[str]] = {}
    for place, dimension, group in cells:
        if dimension is not None and group is not None:
            groups.setdefault((place, dimension), []).append(group)
    for (place, dimension), present in groups.items():
        known = known_groups(SocialDimension(dimension)) or ()
        every = tuple(dict.fromkeys((*known, *present)))
        yield Sum((place, None, None), tuple((place, dimension, g) for g in every))
    for place, inner in zones.items():
        sorts = dict.fromkeys((d, g) for p, d, g in cells if p == place or p in inner)
        for dimension, group in sorts:
            yield Sum((place, dimension, group), tuple((z, dimension, group) for z in inner))


def _too_few_together(
    sums: tuple[Sum, ...],
    cells: Mapping[Key, Cell],
    hidden: set[Key],
    shown: set[Key],
    least: int,
) -> list[Sum]:
    """Shown sums whose hidden cells together have too few cases."""
    found = []
    for each in sums:
        missing = [k for k in each.cells if k not in shown]
        if not missing or each.total in missing or any(k not in hidden for k in missing):
            continue
        cases = [cells[k].cases for k in missing]
        others = [cells[k].others for k in missing]
        if _few(cases, least) or _few(others, least):
            found.append(each)
    return found


def _few(numbers: list[float | None], least: int) -> bool:
    known = [n for n in numbers if n is not None]
    return len(known) == len(numbers) and sum(known) < least


def _recomputable(
    sums: tuple[Sum, ...], cells: Mapping[Key, Cell], hidden: set[Key], shown: set[Key]
) -> list[Key]:
    """Hidden cells with the same value in every solution of the sums."""
    found: list[Key] = []
    for part in _connected(sums, shown):
        unknown = list(dict.fromkeys(k for s in part for k in s.cells if k not in shown))
        at = {k: i for i, k in enumerate(unknown)}
        matrix = np.zeros((len(part), len(unknown)))
        for row, each in enumerate(part):
            if each.total in at:
                matrix[row, at[each.total]] = -1.0
            for k in each.parts:
                if k in at:
                    matrix[row, at[k]] = 1.0
        stuck = _stuck(matrix, [cells.get(k) for k in unknown])
        _, singular, vectors = np.linalg.svd(np.where(stuck, 0.0, matrix))
        rank = int((singular > _ZERO * max(1.0, singular.max(initial=0.0))).sum())
        free = np.where(stuck, 0.0, np.abs(vectors[rank:]).sum(axis=0))
        found += [
            k for k in unknown if k in hidden and free[at[k]] < _ZERO and not _is_empty(cells[k])
        ]
    return found


def _is_empty(cell: Cell) -> bool:
    """Whether there is nobody in it, so that nothing can be known of anyone."""
    return cell.cases == 0 and cell.others == 0


def _stuck(matrix: Floats, cells: list[Cell | None]) -> Flags:
    """Which cells with no case, or no other than cases, cannot be otherwise.

    A change of the unknown cells keeps every sum when ``matrix @ change`` is zero. Changes that
    keep to the bounds may be added, so one programme finds all cells that can leave theirs.
    """
    none = np.array([c is not None and c.cases == 0 for c in cells])
    every = np.array([c is not None and c.others == 0 for c in cells])
    bound = np.flatnonzero(none | every)
    if not bound.size:
        return np.zeros(len(cells), dtype=np.bool_)
    from scipy.optimize import linprog

    n, m = matrix.shape[1], bound.size
    sign = np.where(none[bound], 1.0, -1.0)
    moves = np.zeros((m, n + m))  # each cell moves at least as much as is counted, at most 1
    moves[np.arange(m), bound] = -sign
    moves[np.arange(m), n + np.arange(m)] = 1.0
    limits = [(0.0 if a else None, 0.0 if b else None) for a, b in zip(none, every, strict=True)]
    answer = linprog(
        np.concatenate([np.zeros(n), -np.ones(m)]),
        A_ub=moves,
        b_ub=np.zeros(m),
        A_eq=np.hstack([matrix, np.zeros((len(matrix), m))]),
        b_eq=np.zeros(len(matrix)),
        bounds=[*limits, *[(0.0, 1.0)] * m],
    )
    stuck = np.zeros(n, dtype=np.bool_)
    if answer.success:
        stuck[bound[answer.x[n:] < _MOVED]] = True
    return stuck


def _connected(sums: tuple[Sum, ...], shown: set[Key]) -> Iterator[list[Sum]]:
    """The sums in sets that share cells that are not shown."""
    touching: dict[Key, list[int]] = {}
    for i, each in enumerate(sums):
        for k in each.cells:
            if k not in shown:
                touching.setdefault(k, []).append(i)
    seen: set[int] = set()
    for start in range(len(sums)):
        if start in seen:
            continue
        seen.add(start)
        queue, part = [start], []
        while queue:
            i = queue.pop()
            part.append(sums[i])
            for k in sums[i].cells:
                for j in touching.get(k, ()):
                    if j not in seen:
                        seen.add(j)
                        queue.append(j)
        if any(k not in shown for each in part for k in each.cells):
            yield part


def _tightest(at: Key, sums: tuple[Sum, ...], shown: set[Key]) -> Sum | None:
    """The sum with fewest unknown cells among those that hold a cell and show any other."""
    holding = [s for s in sums if at in s.cells and any(k in shown for k in s.cells)]
    return min(holding, key=lambda s: sum(k not in shown for k in s.cells), default=None)


def _picks(
    sums: Iterable[Sum], cells: Mapping[Key, Cell], shown: set[Key], order: Mapping[Key, int]
) -> set[Key]:
    """In each sum, the shown part with fewest cases; the total where no part is shown."""
    picked = set()
    for each in sums:
        pool = [k for k in each.parts if k in shown] or [k for k in (each.total,) if k in shown]
        if pool:
            picked.add(min(pool, key=lambda k: (cells[k].weight, order[k])))
    return picked
