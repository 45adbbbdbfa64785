"""Ceilings on how much may go to each neighbourhood or category."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from jevn.prioritisation.shared_budget.election import Election
from jevn.prioritisation.shared_budget.money import ore_of
from jevn.terms import InputRefused, Problem

_KEYS: Final = (
    (("neighborhoods", "neighbourhoods"), ("budget_per_neighborhood", "budget_per_neighbourhood"),
     ("neighborhood", "neighbourhood")),
    (("categories",), ("budget_per_category",), ("category", "categories")),
    (("subunits", "areas", "zones"), ("budget_per_subunit", "budget_per_area", "budget_per_zone"),
     ("subunit", "area", "zone")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Caps:
    """Ceilings, and which of them each project counts against.

    Attributes:
        limits: name and most øre of each ceiling.
        of: per project the numbers of its ceilings; empty if there are no ceilings at all.
    """

    limits: tuple[tuple[str, int], ...]
    of: tuple[tuple[int, ...], ...]

    def broken(self, project: int, cost: int, spent: Iterable[int]) -> int | None:
        """Number of the ceiling that a project would break after these øre are spent."""
        if not self.of:
            return None
        used = list(spent)
        return next((c for c in self.of[project] if used[c] + cost > self.limits[c][1]), None)

    def add(self, project: int, cost: int, spent: list[int]) -> None:
        """Count a chosen project against its ceilings."""
        for cap in self.of[project] if self.of else ():
            spent[cap] += cost


def caps_of(election: Election) -> Caps:
    """The ceilings of a file's head: names under one key, kroner in the same order under another.

    Pabulib's ``neighborhoods`` and ``budget_per_neighborhood`` with a project's column
    ``neighborhood``; the same for ``categories`` and for ``subunits``. A project with several
    categories (comma between) counts in full against each of them.

    Raises:
        InputRefused: ``budget_no_caps`` if there are none; ``budget_caps`` if names and kroner
            do not match, an amount is no number, or a project's place is not among the names.
    """
    meta = {key.strip().lower(): value for key, value in election.meta}
    limits: list[tuple[str, int]] = []
    of: list[list[int]] = [[] for _ in election.projects]
    problems: list[Problem] = []
    for name_keys, limit_keys, columns in _KEYS:
        key = next((k for k in limit_keys if meta.get(k)), None)
        if key is None:
            continue
        names = _split(next((meta[k] for k in name_keys if meta.get(k)), ""))
        amounts = [ore_of(a) for a in _split(meta[key])]
        if len(names) != len(amounts) or any(a is None or a < 0 for a in amounts):
            problems.append(Problem("budget_caps", column=key, params={"key": key}))
            continue
        number = {name: len(limits) + i for i, name in enumerate(names)}
        limits += [(n, a) for n, a in zip(names, amounts, strict=True) if a is not None]
        for i, project in enumerate(election.projects):
            told = project.detail(*columns)
            whole = told in number
            for place in [told] if whole else _split(told):
                if place in number:
                    of[i].append(number[place])
                else:
                    params = {"project": project.id, "place": place, "key": key}
                    problems.append(Problem("budget_caps_place", column=columns[0], params=params))
    if not limits and not problems:
        problems.append(Problem("budget_no_caps"))
    if problems:
        raise InputRefused(problems)
    return Caps(tuple(limits), tuple(tuple(c) for c in of))


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
