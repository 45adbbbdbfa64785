"""Standard populations: how many of each age there are in a population all are weighed as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from jevn.indices.ridits import Floats


@dataclass(frozen=True, slots=True)
class StandardPopulation:
    """Persons in each age band of a standard population.

    Attributes:
        name: its name.
        age_starts: first age of each band; the last is open.
        persons: persons in each band.
        source: who made it, and where it is printed.
    """

    name: str
    age_starts: tuple[int, ...]
    persons: tuple[int, ...]
    source: str

    def weights(self, age_starts: ArrayLike) -> Floats:
        """Persons in other, wider bands from the first of them on; the last is open.

        Raises:
            ValueError: if a band begins inside one of the standard's.

        >>> EUROPEAN_2013.weights([0, 5, 85]).tolist()
        [5000.0, 92500.0, 2500.0]
        """
        starts = np.asarray(age_starts, dtype=np.float64)
        odd = sorted(set(starts.tolist()) - set(map(float, self.age_starts)))
        if odd or starts.ndim != 1 or (np.diff(starts) <= 0).any():
            raise ValueError(f"{self.name} has no bands that begin at {odd or starts.tolist()}")
        at = [self.age_starts.index(int(start)) for start in starts]
        return np.add.reduceat(np.array(self.persons, dtype=np.float64), at)


EUROPEAN_2013: Final = StandardPopulation(
    name="European standard population 2013",
    age_starts=(0, 1, *range(5, 100, 5)),
    persons=(
        *(1000, 4000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000),
        *(7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 800, 200),
    ),
    source=(
        "Eurostat 2013, Revision of the European Standard Population: report of Eurostat's "
        "task force"
    ),
)
"""The European standard population 2013: 100 000 persons in bands from 0 to 95 and over."""
