"""How much each word counts: less where everybody in the collection uses it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from jevn.participation.duplicates.reading import Read

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_LEAST_TEXTS = 50
_COMMON = 0.02
_LOWEST = 0.6


def weights(read: Sequence[Read]) -> tuple[csr_matrix, csr_matrix, npt.NDArray[np.float64]]:
    """Texts by concepts: weights, whether present, and the sum of weights of each text.

    In collections of 50 texts or more, a concept that stands in more than 2 % of them weighs
    less, by inverse document frequency, but never under 0.6 of its weight.
    """
    from scipy.sparse import csr_matrix

    number: dict[str, int] = {}
    columns: list[int] = []
    values: list[float] = []
    starts = [0]
    for text in read:
        for concept, weight in text.weight.items():
            columns.append(number.setdefault(concept, len(number)))
            values.append(weight)
        starts.append(len(columns))
    column, value = np.array(columns, dtype=np.int64), np.array(values)
    texts = len(read)
    if texts >= _LEAST_TEXTS and columns:
        spread = np.bincount(column, minlength=len(number))
        rarity = np.log((texts + 1) / (spread + 1)) / np.log((texts + 1) / (_COMMON * texts + 1))
        value = value * np.clip(rarity, _LOWEST, 1.0)[column]
    shape = (texts, max(len(number), 1))
    weighted = csr_matrix((value, column, np.array(starts)), shape=shape)
    present = csr_matrix((np.ones(len(value)), column, np.array(starts)), shape=shape)
    totals = np.asarray(weighted.sum(axis=1)).ravel()
    return weighted, present, np.where(totals > 0, totals, 1.0)
