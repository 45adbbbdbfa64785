"""Checking a long table: every fault with its row and setting, all told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jevn.indices.settings import Flags
from jevn.terms import InputRefused, Problem
from jevn.terms.language import Param

MOST_OF_ONE: Final = 5
"""Rows told of one kind of fault; the rest are counted."""


@dataclass(frozen=True, eq=False)
class Place:
    """Where a row of the sorted table stands.

    Attributes:
        keys: the key columns, a row per setting.
        setting: setting of each row, shape ``(n,)``.
        lines: line of each row in its file, shape ``(n,)``.
    """

    keys: pl.DataFrame
    setting: NDArray[np.int64]
    lines: NDArray[np.int64]

    def name(self, setting: int) -> str:
        """A setting in words: its keys and their values; ``*`` where the table is one setting."""
        if not self.keys.columns:
            return "*"
        return ", ".join(
            f"{name}={_plain(value)}"
            for name, value in zip(self.keys.columns, self.keys.row(setting), strict=True)
        )


@dataclass
class Checks:
    """The faults found so far in one table. Grows while the table is checked."""

    place: Place
    found: list[Problem] = field(default_factory=list)

    def rows(
        self,
        bad: Flags,
        id: str,
        column: str,
        given: pl.Series | NDArray[np.float64] | None = None,
        **params: Param,
    ) -> None:
        """Note a fault of each row where ``bad`` holds; the first few are told, others counted."""
        at = np.flatnonzero(bad)
        for row in at[:MOST_OF_ONE].tolist():
            more: dict[str, Param] = dict(params)
            if given is not None:
                more["given"] = _plain(given[row])
            setting = self.place.name(int(self.place.setting[row]))
            self.add(id, int(self.place.lines[row]), column, {"setting": setting, **more})
        if len(at) > MOST_OF_ONE:
            self.add("more", None, column, {"n": len(at) - MOST_OF_ONE})

    def add(
        self,
        id: str,
        row: int | None = None,
        column: str | None = None,
        params: Mapping[str, Param] | None = None,
    ) -> None:
        """Note one fault."""
        self.found.append(problem(id, row, column, **(params or {})))

    def stop(self) -> None:
        """Raise if anything was found.

        Raises:
            InputRefused: with all faults noted so far.
        """
        if self.found:
            raise InputRefused(self.found)


def problem(id: str, row: int | None = None, column: str | None = None, **params: Param) -> Problem:
    """A fault of a table of groups; its texts are ``problem.indices_<id>``."""
    return Problem(f"indices_{id}", None, row, column, params)


def listed(names: Sequence[object], most: int = 8) -> str:
    """Some names as text, and a sign that there are more."""
    shown = ", ".join(_plain(n) for n in names[:most])
    return f"{shown}, …" if len(names) > most else shown


def _plain(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.10g}"
    return "–" if value is None else str(value)
