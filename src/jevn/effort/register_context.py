"""What the rows of a register are read with, and what is found while reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from jevn.terms import Problem


@dataclass
class Context:
    """What rows are read with, and what is found while reading.

    Attributes:
        file: name of the file.
        kind: what a row is where it does not say.
        places: place ids by name in lower case, and by id.
        interventions: ids of the evidence catalogue by name in lower case, and by id; empty =
            not checked.
        problems: faults so far.
        counts: how often something was filled in or left out.
        ids: ids made from names.
    """

    file: str
    kind: Literal["service", "action"]
    places: Mapping[str, str]
    interventions: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def fault(self, id: str, row: int, column: str | None, given: str, **params: Any) -> None:
        """Note a fault with its place."""
        self.problems.append(
            Problem(id, self.file, row, column, {"given": given or "–", "n": 1, **params})
        )

    def count(self, what: str) -> None:
        """Count something for the report."""
        self.counts[what] = self.counts.get(what, 0) + 1
