"""Determinants of persons as columns of numbers, for regressions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jevn.indices.ridits import Floats


@dataclass(frozen=True, eq=False)
class Determinants:
    """Determinants as columns: numbers as they are, categories as 0 and 1.

    Attributes:
        labels: determinant of each column.
        names: category of each column; empty for numbers.
        columns: the values, shape ``(n, m)``; not-a-number where unknown. All categories of a
            determinant have a column, the first in sorted order too.
        first: whether a column is of the first category, which is left out of regressions,
            shape ``(m,)``.
    """

    labels: tuple[str, ...]
    names: tuple[str, ...]
    columns: Floats
    first: NDArray[np.bool_]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Persons with all determinants known."""
        return np.asarray(np.isfinite(self.columns).all(axis=1), dtype=bool)

    @property
    def several(self) -> tuple[str, ...]:
        """Determinants with categories, in their order."""
        found = zip(self.labels, self.names, strict=True)
        return tuple(dict.fromkeys(label for label, name in found if name))


def determinants_of(given: Mapping[str, ArrayLike], persons: int) -> Determinants:
    """Determinants by label as columns.

    Numbers and truths are one column. Texts are categories, a column each; empty texts and what
    is no text are unknown.

    Raises:
        ValueError: if there is none, or a length is not that of the persons.
    """
    if not given:
        raise ValueError("no determinants")
    labels: list[str] = []
    names: list[str] = []
    first: list[bool] = []
    columns: list[Floats] = []
    for label, values in given.items():
        raw = np.asarray(values)
        if raw.dtype.kind == "U":
            raw = raw.astype(object)
        if raw.shape != (persons,):
            raise ValueError(f"{label}: shape {raw.shape} for {persons} persons")
        if raw.dtype.kind != "O" or not any(isinstance(value, str) for value in raw):
            columns.append(raw.astype(np.float64))
            labels, names, first = [*labels, label], [*names, ""], [*first, False]
            continue
        texts = np.array([value if isinstance(value, str) else "" for value in raw])
        for at, name in enumerate(sorted(set(texts) - {""})):
            columns.append(np.where(texts == "", np.nan, texts == name))
            labels, names, first = [*labels, label], [*names, name], [*first, at == 0]
    return Determinants(
        tuple(labels), tuple(names), np.column_stack(columns), np.array(first, dtype=bool)
    )


def fitted(weights: Floats, outcome: Floats, columns: Floats) -> tuple[float, Floats]:
    """Intercept and coefficients of weighted least squares; of least size where not unique."""
    share = weights / weights.sum()
    centre = share @ columns
    away = columns - centre
    size = np.sqrt(share @ away**2)
    away = away / np.where(size > 0, size, 1.0)
    weighted = away * share[:, None]
    middle = float(share @ outcome)
    solved = np.linalg.lstsq(weighted.T @ away, weighted.T @ (outcome - middle), rcond=1e-11)[0]
    slopes: Floats = np.where(size > 1e-12 * np.abs(centre), solved, 0.0)
    slopes = slopes / np.where(size > 0, size, 1.0)
    return middle - float(centre @ slopes), slopes


def refuse_collinear(weights: Floats, columns: Floats) -> None:
    """Refuse columns of which one follows from the others.

    Raises:
        ValueError: if so, since coefficients would be arbitrary.
    """
    share = weights / weights.sum()
    away = columns - share @ columns
    size = np.sqrt(share @ away**2)
    if (size <= 1e-12 * np.abs(share @ columns)).any() or len(columns) <= columns.shape[1]:
        raise ValueError("determinants: one is the same for all, or there are too few persons")
    away = away / size
    if np.linalg.eigvalsh((away * share[:, None]).T @ away)[0] < 1e-11:
        raise ValueError("determinants: one follows from the others")
