"""A column of a statistics file, and what it may be."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

import polars as pl

from jevn.sources.wording import kind_of
from jevn.terms import Message

Part = Literal[
    "place", "place_name", "period", "group", "figure", "left_out", "doubtful", "mixed", "kind"
]


@dataclass(frozen=True, eq=False)
class Column:
    """One column of a file.

    Attributes:
        at: position from 0.
        name: its heading: the lowest that is written above it.
        path: all texts above it, from the top.
        texts: its cells as text; empty cells are empty text.
        typed: numbers of cells typed as numbers in a workbook, else null.
        part: what it is.
        certain: whether that was said by the form.
    """

    at: int
    name: str
    path: tuple[str, ...]
    texts: pl.Series
    typed: pl.Series
    part: Part = "doubtful"
    certain: bool = False

    @property
    def title(self) -> str:
        """Its heading; without one, what its cells plainly are, or its number."""
        return self.name or kind_of(self.distinct) or f"kolonne {self.at + 1}"

    @property
    def distinct(self) -> list[str]:
        """The texts that occur, in order of first appearance."""
        found: list[str] = self.texts.unique(maintain_order=True).to_list()
        return found


@dataclass(slots=True)
class Understood:
    """The columns with what each is, and what was understood on the way."""

    columns: list[Column]
    steps: list[Message] = field(default_factory=list)

    def of(self, part: Part) -> list[Column]:
        """The columns that are this."""
        return [c for c in self.columns if c.part == part]

    def set(self, column: Column, part: Part) -> None:
        """Say what a column is."""
        self.columns = [replace(c, part=part) if c is column else c for c in self.columns]


def follows(column: Column, main: Column) -> bool:
    """Whether one column is known wherever another is."""
    both = pl.DataFrame({"main": main.texts, "other": column.texts}).unique()
    return both["main"].n_unique() == both.height
