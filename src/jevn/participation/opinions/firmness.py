"""How firm groups are: people drawn anew, and votes without any pattern."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from jevn.participation.opinions.kmeans import Partition, k_means
from jevn.participation.opinions.plane import Cells, Floats, plane_of
from jevn.participation.opinions.silhouette import silhouettes

Labels = npt.NDArray[np.int64]

ROUNDS = 19
"""Draws of either kind; with 19, the greatest by chance is exceeded by chance one time in 20."""
_MOST = 1000
_STARTS = 2
_ROUGH = 1e-3


def adjusted_rand(one: npt.ArrayLike, other: npt.ArrayLike) -> float:
    """Likeness of two partitions of the same things: 1 alike, about 0 by chance.

    Source: Hubert & Arabie (1985), Comparing partitions, J. Classification 2.

    >>> adjusted_rand([0, 0, 1, 1], [1, 1, 0, 0])
    1.0
    """
    table = _cross(np.asarray(one), np.asarray(other)).astype(np.float64)

    def pairs(counts: Floats) -> float:
        return float((counts * (counts - 1) / 2).sum())

    both, rows, columns = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    whole = pairs(np.array([table.sum()]))
    expected = rows * columns / whole if whole else 0.0
    most = (rows + columns) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def stability(
    cells: Cells, labels: Labels, seed: int, rounds: int = ROUNDS
) -> tuple[tuple[float, ...], float]:
    """How alike the groups come out when people are drawn anew with replacement.

    Each round makes the axes and the same number of groups from the people drawn (at most
    1 000), and compares them with the groups found.

    Sources: Hennig (2007), Cluster-wise assessment of cluster stability, CSDA 52;
    Hubert & Arabie (1985).

    Args:
        cells: votes of the people in groups.
        labels: their groups.
        seed: seed of the draws.
        rounds: number of draws.

    Returns:
        Mean Jaccard similarity of each group, and mean adjusted Rand index.
    """
    rng = np.random.default_rng([seed, 101])
    k = int(labels.max()) + 1
    size = min(cells.people, _MOST)
    alike, rand = [], []
    for turn in range(rounds):
        drawn = np.sort(rng.choice(cells.people, size))
        new = k_means(plane_of(cells.rows(drawn), _ROUGH).points, k, seed + turn, _STARTS)
        once = np.unique(drawn, return_index=True)[1]
        old = labels[drawn[once]]
        again = np.zeros_like(old) if new is None else new.labels[once]
        table = _cross(old, again, k)
        union = table.sum(axis=1)[:, None] + table.sum(axis=0) - table
        alike.append((table / np.maximum(1, union)).max(axis=1))
        rand.append(adjusted_rand(old, again))
    return tuple(float(v) for v in np.mean(alike, axis=0)), float(np.mean(rand))


def silhouette_by_chance(
    cells: Cells, numbers: range, least: int, seed: int, rounds: int = ROUNDS
) -> float:
    """The greatest silhouette that votes without any pattern give.

    The votes on each statement are shuffled among those who voted on it, so that every
    statement keeps its votes and every person the number of them, but no two statements
    have anything to do with each other. Of at most 1 000 people, drawn once.

    Args:
        cells: votes of the people in groups.
        numbers: numbers of groups to try.
        least: persons a group must have.
        seed: seed of the draws.
        rounds: number of shuffles.
    """
    rng = np.random.default_rng([seed, 202])
    if cells.people > _MOST:
        cells = cells.rows(np.sort(rng.choice(cells.people, _MOST, replace=False)))
    in_order = np.argsort(cells.column, kind="stable")
    best = -1.0
    for turn in range(rounds):
        mixed = np.argsort(cells.column + rng.random(cells.column.size))
        value = np.empty_like(cells.value)
        value[in_order] = cells.value[mixed]
        shuffled = Cells(
            cells.start,
            cells.column,
            value,
            cells.seen,
            cells.columns,
            cells.rejected,
            cells.statement,
        )
        points = plane_of(shuffled, _ROUGH).points
        tried = partitions(points, numbers, least, seed + turn, _STARTS)
        values = silhouettes(points, [p.labels for p in tried])
        best = max([best, *values])
    return best


def partitions(
    points: Floats, numbers: range, least: int, seed: int, starts: int
) -> list[Partition]:
    """Partitions into each number of groups, where all groups have persons enough."""
    found = []
    for k in numbers:
        if k * least > len(points):
            break
        made = k_means(points, k, seed, starts)
        if made is not None and np.bincount(made.labels, minlength=k).min() >= least:
            found.append(made)
    return found


def _cross(one: Labels, other: Labels, size: int = 0) -> Labels:
    rows, columns = max(size, int(one.max()) + 1), max(size, int(other.max()) + 1)
    return np.bincount(one * columns + other, minlength=rows * columns).reshape(rows, columns)
