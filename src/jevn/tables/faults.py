"""Collecting the faults of one file, so that all of them are told in one go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from jevn.terms import InputRefused, Problem
from jevn.terms.language import Param

MOST_PROBLEMS: Final = 50
"""Problems told of one file; the rest are counted."""


class Faults:
    """The faults found so far in one file. Grows while the file is checked."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[Problem] = []
        self._untold = 0

    def __bool__(self) -> bool:
        return bool(self._found) or self._untold > 0

    def add(
        self,
        id: str,
        row: int | None = None,
        column: str | None = None,
        params: Mapping[str, Param] | None = None,
    ) -> None:
        """Note one fault (counted only, once there are too many)."""
        if len(self._found) >= 4 * MOST_PROBLEMS:
            self._untold += 1
            return
        self._found.append(Problem(f"table_{id}", self.file, row, column, dict(params or {})))

    def count(self, more: int) -> None:
        """Note faults of a kind already told, by number only."""
        self._untold += more

    def refusal(self) -> InputRefused:
        """The error with the first problems in the order of lines, and how many more there are."""
        ordered = sorted(self._found, key=lambda p: p.row if p.row is not None else 0)
        told = ordered[:MOST_PROBLEMS]
        more = len(ordered) - len(told) + self._untold
        if more:
            told.append(Problem("table_more", self.file, params={"n": more}))
        return InputRefused(told)

    def stop(self) -> None:
        """Raise if anything was found.

        Raises:
            InputRefused: with all faults noted so far.
        """
        if self:
            raise self.refusal()


def refuse(file: str, id: str, **params: Param) -> InputRefused:
    """The refusal of a whole file for one reason."""
    return InputRefused([Problem(f"table_{id}", file, params=params)])


def shorten(text: str, most: int = 60) -> str:
    """A cell as it can stand in a sentence: one line, not too long."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= most else line[: most - 1] + "…"
