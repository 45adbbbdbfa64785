"""k-means in the plane: many starts, moved on until no single person's move helps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]

STARTS = 24
"""Starts tried for each number of groups."""
_WHOLE = 5000
_SAMPLE = 4000
_FEW_STARTS = 12
_MOST_ROUNDS = 500


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """Points in groups.

    Attributes:
        labels: group of each point; 0 is the largest group.
        centres: mean point of each group.
        within: sum of squared distances from points to the centre of their group.
    """

    labels: Labels
    centres: Floats
    within: float


def k_means(points: Floats, k: int, seed: int, starts: int = STARTS) -> Partition | None:
    """The partition into k groups with the least sum of squares that was found.

    Each start chooses centres far from each other at random (k-means++), then moves points
    to the nearest centre and centres to their mean until nothing changes (Lloyd). Single
    points are then moved where that lowers the sum (Hartigan & Wong). With more than 5 000
    points twelve starts are tried on 4 000 of them and the best two carried on with all.
    Single points are moved in the best few, since the least of all need not come from the
    best of them.
    The same points and seed give the same groups, in whatever order the seed is used.

    Sources: Lloyd (1982); Arthur & Vassilvitskii (2007), k-means++; Hartigan & Wong (1979).

    Args:
        points: shape (n, 2).
        k: number of groups, at least 1.
        seed: seed of the random starts.
        starts: number of starts.

    Returns:
        The partition; ``None`` if there are fewer than k different points.
    """
    if k < 1 or starts < 1:
        raise ValueError("at least one group and one start")
    rng = np.random.default_rng([seed, k])
    few = points = np.asfortranarray(points)
    if len(points) > _WHOLE:
        drawn = np.sort(rng.choice(len(points), _SAMPLE, replace=False))
        few = np.asfortranarray(points[drawn])
    found: list[Partition] = []
    for _ in range(starts if few is points else min(starts, _FEW_STARTS)):
        centres = _spread(few, k, rng)
        if centres is None:
            return None
        found.append(_settle(few, centres))
    many = few is not points
    best = _best_different(found, 1 if starts < STARTS else 2 if many else 4)
    if many:
        best = [_settle(points, partition.centres) for partition in best]
    improved = [_improved(points, partition) for partition in best]
    return _in_order(min(improved, key=lambda p: p.within))


def _best_different(found: list[Partition], most: int) -> list[Partition]:
    """The best partitions, leaving out those that are the same as a better one."""
    best: list[Partition] = []
    for partition in sorted(found, key=lambda p: p.within):
        if not best or partition.within > best[-1].within * (1 + 1e-6):
            best.append(partition)
    return best[:most]


def _distances(points: Floats, centres: Floats) -> Floats:
    """Squared distances, shape (k, n)."""
    x, y = points[:, 0], points[:, 1]
    found = np.empty((len(centres), len(points)))
    for row, (cx, cy) in zip(found, centres, strict=True):
        np.square(x - cx, out=row)
        row += np.square(y - cy)
    return found


def _nearest(distance: Floats) -> tuple[Labels, Floats]:
    """The nearest centre of each point, the first of several, and the distance to it."""
    labels, least = np.zeros(distance.shape[1], dtype=np.int64), distance[0].copy()
    for g in range(1, len(distance)):
        np.copyto(labels, g, where=distance[g] < least)
        np.minimum(least, distance[g], out=least)
    return labels, least


def _spread(points: Floats, k: int, rng: np.random.Generator) -> Floats | None:
    chosen = [points[rng.integers(len(points))]]
    nearest = _distances(points, np.array(chosen))[0]
    while len(chosen) < k:
        total = np.cumsum(nearest)
        if total[-1] <= 0:
            return None
        at = min(int(np.searchsorted(total, rng.random() * total[-1], "right")), len(points) - 1)
        chosen.append(points[at])
        nearest = np.minimum(nearest, _distances(points, np.array(chosen[-1:]))[0])
    return np.array(chosen)


def _settle(points: Floats, centres: Floats) -> Partition:
    labels = np.full(len(points), -1, dtype=np.int64)
    for _ in range(_MOST_ROUNDS):
        distance = _distances(points, centres)
        new, least = _nearest(distance)
        sizes = np.bincount(new, minlength=len(centres))
        for empty in np.flatnonzero(sizes == 0):
            # the point farthest from its centre begins a group of its own
            lonely = int(np.where(sizes[new] > 1, least, -1).argmax())
            sizes[new[lonely]] -= 1
            new[lonely], sizes[empty] = empty, 1
            least[lonely] = 0
        if np.array_equal(new, labels):
            break
        labels, centres = new, _means(points, new, len(centres))
    return Partition(labels, centres, _within(points, labels, centres))


def _improved(points: Floats, found: Partition) -> Partition:
    """Move single points as long as a move lowers the sum of squares."""
    k = len(found.centres)
    for _ in range(_MOST_ROUNDS):
        distance = _distances(points, found.centres)
        sizes = np.bincount(found.labels, minlength=k)
        here = np.arange(len(points))
        own = sizes[found.labels]
        leaving = np.where(own > 1, distance[found.labels, here] * own / np.maximum(1, own - 1), 0)
        joining = distance * (sizes / (sizes + 1))[:, None]
        joining[found.labels, here] = np.inf
        gain = leaving - joining.min(axis=0)
        mover = int(gain.argmax())
        if gain[mover] <= 1e-9 * max(found.within, 1e-300):
            return found
        labels = found.labels.copy()
        labels[mover] = joining[:, mover].argmin()
        found = _settle(points, _means(points, labels, k))
    return found


def _means(points: Floats, labels: Labels, k: int) -> Floats:
    sizes = np.bincount(labels, minlength=k)
    sums = [np.bincount(labels, weights=points[:, i], minlength=k) for i in (0, 1)]
    return np.column_stack(sums) / np.maximum(1, sizes)[:, None]


def _within(points: Floats, labels: Labels, centres: Floats) -> float:
    return float(((points - centres[labels]) ** 2).sum())


def _in_order(found: Partition) -> Partition:
    """Largest group first; groups of one size from left to right."""
    k = len(found.centres)
    sizes = np.bincount(found.labels, minlength=k)
    order = sorted(range(k), key=lambda g: (-sizes[g], *found.centres[g]))
    rank = np.empty(k, dtype=np.int64)
    rank[order] = np.arange(k)
    return Partition(rank[found.labels], found.centres[order], found.within)
