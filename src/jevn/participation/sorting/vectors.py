"""Local sentence vectors: a second opinion on texts where no word names an area.

Nothing is fetched: the model is a folder on this machine. What vectors say is a suggestion to a
person, with how near it is, and never an area that was found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from jevn.terms import AREAS, EffortArea, UserError

LEAST_NEARNESS = 0.35
"""Least cosine between a text and an area for it to be suggested."""


class Vectors(Protocol):
    """Anything that turns texts into vectors."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.floating[Any]]:
        """One row per text, of any length but the same for all."""
        ...


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An area that a text may be about.

    Attributes:
        area: the nearest area.
        nearness: cosine between the text and the area's description, -1 to 1.
    """

    area: EffortArea
    nearness: float


def load_vectors(folder: Path) -> Vectors:
    """A model2vec model from a folder on this machine.

    Raises:
        UserError: ``vectors_extra`` if the extra is not installed, ``vectors_folder`` if there
            is no model in the folder.
    """
    if not (folder / "config.json").is_file():
        raise UserError("vectors_folder", folder=str(folder))
    try:
        from model2vec import StaticModel
    except ModuleNotFoundError as error:
        raise UserError("vectors_extra", package=error.name or "model2vec") from error
    model: Vectors = StaticModel.from_pretrained(str(folder))
    return model


def suggest_areas(
    texts: Sequence[str], descriptions: Mapping[EffortArea, str], vectors: Vectors
) -> list[Suggestion | None]:
    """The nearest area of each text, or ``None`` where none is near.

    Args:
        texts: what was said.
        descriptions: what each area is about.
        vectors: a model.
    """
    if not texts:
        return []
    areas = [area for area in AREAS if area in descriptions]
    about = _unit(vectors.encode([descriptions[area] for area in areas]))
    near = _unit(vectors.encode(list(texts))) @ about.T
    best = near.argmax(axis=1)
    return [
        Suggestion(areas[b], round(float(row[b]), 3)) if row[b] >= LEAST_NEARNESS else None
        for row, b in zip(near, best, strict=True)
    ]


def _unit(rows: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    table = np.asarray(rows, dtype=np.float64)
    length = np.linalg.norm(table, axis=1, keepdims=True)
    return table / np.where(length > 0, length, 1.0)
