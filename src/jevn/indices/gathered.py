"""Results of one index as columns, and some of their rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np
from numpy.typing import ArrayLike

from jevn.indices.result import NOTES, IndexResult, IndexResults
from jevn.indices.ridits import Floats


def gathered(results: Sequence[IndexResult]) -> IndexResults:
    """Single results of one index as columns.

    Raises:
        ValueError: if there is none, or they are of different indices, scales, polarities or
            levels.
    """
    if not results:
        raise ValueError("no results")
    first = results[0]
    for name in ("index", "level", "scale", "polarity"):
        found = {getattr(one, name) for one in results}
        # Unknown goes with anything: a result without polarity is not of another one.
        if len(found - {None}) > 1:
            raise ValueError(f"results of different {name} cannot be compared: {sorted(found)}")
    methods = tuple(dict.fromkeys(["none", *(one.method for one in results)]))
    texts = [(one.note or "").removeprefix(NOTES) for one in results]
    notes = tuple(dict.fromkeys(["", *texts]))
    return IndexResults(
        index=first.index,
        level=first.level,
        methods=methods,
        method=np.array([methods.index(one.method) for one in results], dtype=np.int8),
        weighted=np.array([one.weights == "population" for one in results]),
        groups=np.array([one.groups for one in results], dtype=np.int64),
        notes=notes,
        note=np.array([notes.index(text) for text in texts], dtype=np.int8),
        ordered=np.array([one.ordered for one in results]),
        estimate=_column([one.estimate for one in results]),
        se=_column([one.se for one in results]),
        lower=_column([one.lower for one in results]),
        upper=_column([one.upper for one in results]),
    )


def part(results: IndexResults, rows: ArrayLike) -> IndexResults:
    """Some of the settings, in the order given."""
    names = [f.name for f in fields(results) if isinstance(getattr(results, f.name), np.ndarray)]
    return replace(results, **{name: getattr(results, name)[np.asarray(rows)] for name in names})


def _column(values: Sequence[float | None]) -> Floats:
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64)
