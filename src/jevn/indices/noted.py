"""Notes on the areas of a result, and what counts of areas must be."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from jevn.indices.result import NOTES
from jevn.indices.ridits import Floats
from jevn.indices.settings import Flags

Notes = Mapping[str, Flags]
"""Names of notes (texts ``indices.note.<name>``) with the areas each holds for. Only those that
occur are there; the areas have the shape of the estimate (of life tables: without the ages)."""


def noted(**chosen: Flags) -> Notes:
    """The notes that hold for at least one area."""
    return MappingProxyType({name: areas for name, areas in chosen.items() if areas.any()})


def notes_at(notes: Notes, area: int | tuple[int, ...] = ()) -> tuple[str, ...]:
    """Keys of the texts that hold for one area.

    >>> notes_at({"small_population": np.array([True, False])}, 0)
    ('indices.note.small_population',)
    """
    return tuple(NOTES + name for name, areas in notes.items() if areas[area])


def counted(name: str, values: ArrayLike) -> Floats:
    """Counts as an array of their own; unknown is not-a-number.

    Raises:
        ValueError: if one is negative or not finite, naming the area.
    """
    found = np.array(values, dtype=np.float64)
    refuse((found < 0) | np.isinf(found), f"{name}: negative or not finite")
    return found


def refuse(wrong: Flags, why: str) -> None:
    """Stop if anything is wrong.

    Raises:
        ValueError: naming the first area (position from 0) that is wrong.
    """
    if wrong.any():
        at = np.argwhere(wrong)[0].tolist()
        where = f"area {at[0]}" + (f" (position {at})" if len(at) > 1 else "") if at else "area 0"
        raise ValueError(f"{where}: {why}")
