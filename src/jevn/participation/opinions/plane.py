"""From votes to a point per person: the two directions in which votes differ most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jevn.participation.opinions.conversation import Conversation

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

_BLOCK = 2048
_MOST_DENSE = 4000
_SMALL = 24


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Votes as cells of a matrix that holds only statements with votes.

    Attributes:
        start: where each person's cells begin; one entry more than there are people.
        column: column of each cell.
        value: vote of each cell; cells of rejected statements are left out.
        seen: votes of each person, also on rejected statements.
        columns: number of columns, with rejected statements.
        rejected: per column whether the statement is rejected.
        statement: per column the place of its statement in the conversation.
    """

    start: Places
    column: Places
    value: Floats
    seen: Places
    columns: int
    rejected: npt.NDArray[np.bool_]
    statement: Places

    @property
    def people(self) -> int:
        """Number of rows."""
        return self.start.size - 1

    @property
    def person(self) -> Places:
        """Row of each cell."""
        return np.repeat(np.arange(self.people), np.diff(self.start))

    def rows(self, chosen: Places) -> Cells:
        """The same with the rows chosen, in that order; a row may be chosen twice."""
        sizes = np.diff(self.start)[chosen]
        start = np.concatenate(([0], np.cumsum(sizes)))
        at = np.arange(start[-1]) + np.repeat(self.start[chosen] - start[:-1], sizes)
        return Cells(
            start,
            self.column[at],
            self.value[at],
            self.seen[chosen],
            self.columns,
            self.rejected,
            self.statement,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """Where people stand.

    Attributes:
        points: x and y of each person, shape (people, 2).
        mean: mean vote of each column.
        axes: the two axes, shape (2, columns); unit length.
        explained: share of the variance along each axis, 0-1.
    """

    points: Floats
    mean: Floats
    axes: Floats
    explained: tuple[float, float]


def cells_of(talk: Conversation) -> Cells:
    """Votes as cells; statements that nobody has voted on have no column."""
    statements = len(talk.statements)
    voted = np.bincount(talk.statement, minlength=statements) > 0
    column = (np.cumsum(voted) - 1)[talk.statement]
    rejected = np.array([s.rejected for s in talk.statements], dtype=bool)
    kept = ~rejected[talk.statement]
    people = len(talk.people)
    sizes = np.bincount(talk.person[kept], minlength=people)
    return Cells(
        start=np.concatenate(([0], np.cumsum(sizes))),
        column=column[kept],
        value=talk.vote[kept].astype(np.float64),
        seen=np.bincount(talk.person, minlength=people),
        columns=int(voted.sum()),
        rejected=rejected[voted],
        statement=np.flatnonzero(voted),
    )


def plane_of(cells: Cells, tolerance: float = 0.0) -> Plane:
    """Principal components of the votes, and each person's point.

    A missing vote is set to the statement's mean, a rejected statement to 0 for everybody.
    Both are 0 once the mean is taken off, so only given votes need to be held: with
    ``c = vote - mean`` where there is a vote, the axes are the two leading eigenvectors of
    ``C'C``, and a person's point is ``C·axes × √(columns / max(1, filled))``. ``filled`` is
    the person's votes on statements that are not rejected, and all rejected ones, as in
    pol.is. The sign of an axis is chosen so that its loadings sum to something positive.

    Args:
        cells: the votes.
        tolerance: relative error allowed in the axes; 0 is machine precision.

    Source: Small et al. (2021), Polis: Scaling deliberation by mapping high dimensional
    opinion spaces, Recerca 26(2).
    """
    mean = np.zeros(cells.columns)
    given = np.bincount(cells.column, minlength=cells.columns)
    total = np.bincount(cells.column, weights=cells.value, minlength=cells.columns)
    np.divide(total, given, out=mean, where=given > 0)
    centred = cells.value - mean[cells.column]
    axes, values = _leading(cells, centred, tolerance)
    points = np.column_stack(
        [
            np.bincount(cells.person, weights=centred * axis[cells.column], minlength=cells.people)
            for axis in axes
        ]
    )
    filled = np.diff(cells.start) + int(cells.rejected.sum())
    points = points * np.sqrt(cells.columns / np.maximum(1, filled))[:, None]
    whole = float(centred @ centred)
    shares = [float(v) / whole if whole > 0 else 0.0 for v in values]
    return Plane(points, mean, axes, (shares[0], shares[1]))


def extremity_of(plane: Plane, cells: Cells) -> Floats:
    """How far from the middle agreement to each statement alone would put a person.

    The length of the point of somebody whose only vote is 1 on the statement:
    ``(1 - mean) · |loadings| · √columns``; 0 for rejected statements.
    """
    length = np.hypot(*plane.axes) * (1 - plane.mean) * np.sqrt(cells.columns)
    return np.where(cells.rejected, 0.0, length)


def _leading(cells: Cells, centred: Floats, tolerance: float) -> tuple[Floats, Floats]:
    """The two leading eigenvectors and eigenvalues of C'C over columns not rejected."""
    kept = np.flatnonzero(~cells.rejected)
    axes, values = np.zeros((2, cells.columns)), np.zeros(2)
    whole = float(centred @ centred)
    if whole <= 0:
        return axes, values
    place = np.full(cells.columns, -1)
    place[kept] = np.arange(kept.size)
    column = place[cells.column]
    if _dense_is_less(cells.people, kept.size, centred.size):
        found, vectors = _eigen(_products(cells, centred, column, kept.size), tolerance)
    else:
        found, vectors = _eigen_sparse(cells, centred, column, kept.size, tolerance)
    for i in range(min(2, kept.size)):
        vector = vectors[:, -1 - i]
        weight = vector.sum()
        if abs(weight) < 1e-9:
            weight = vector[np.argmax(np.abs(vector))]
        axes[i, kept] = vector if weight > 0 else -vector
        values[i] = max(0.0, found[-1 - i])
    return axes, values


def _dense_is_less(people: int, width: int, given: int) -> bool:
    """Whether a square matrix of columns is less work than to multiply with the votes anew.

    About 20 products of a dense matrix take as long as one of a sparse one, which is used
    some 600 times.
    """
    return width <= _MOST_DENSE and people * width**2 <= 20 * 600 * max(given, width)


def _products(cells: Cells, centred: Floats, column: Places, width: int) -> Floats:
    """C'C, a block of people at a time."""
    products = np.zeros((width, width))
    for low in range(0, cells.people, _BLOCK):
        high = min(low + _BLOCK, cells.people)
        first, last = cells.start[low], cells.start[high]
        block = np.zeros((high - low, width))
        rows = np.repeat(np.arange(high - low), np.diff(cells.start[low : high + 1]))
        block[rows, column[first:last]] = centred[first:last]
        products += block.T @ block
    return products


def _eigen(products: Floats, tolerance: float) -> tuple[Floats, Floats]:
    """Leading eigenvalues and eigenvectors of a symmetric matrix, largest last."""
    if len(products) <= _SMALL:
        values, vectors = np.linalg.eigh(products)
        return values, vectors
    from scipy.sparse.linalg import ArpackError, eigsh

    try:
        values, vectors = eigsh(products, k=2, which="LA", v0=_start(len(products)), tol=tolerance)
    except ArpackError:
        values, vectors = np.linalg.eigh(products)
    order = np.argsort(values)
    return values[order], vectors[:, order]


def _eigen_sparse(
    cells: Cells, centred: Floats, column: Places, width: int, tolerance: float
) -> tuple[Floats, Floats]:
    """The same for so many columns that a square matrix of them costs more."""
    from scipy.sparse import csr_array
    from scipy.sparse.linalg import LinearOperator, eigsh

    matrix = csr_array((centred, column, cells.start), shape=(cells.people, width))
    turned = matrix.T.tocsr()
    operator = LinearOperator(
        (width, width), matvec=lambda x: turned @ (matrix @ x), dtype=np.float64
    )
    values, vectors = eigsh(
        operator, k=2, which="LA", v0=_start(width), tol=tolerance, ncv=20, maxiter=100 * width
    )
    order = np.argsort(values)
    return values[order], vectors[:, order]


def _start(width: int) -> Floats:
    """A start that is the same each time and at right angles to no likely axis."""
    return np.random.default_rng(0).normal(size=width)
