"""Areas that a person has confirmed, and what they teach about the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from jevn.participation.collecting import area_problems, given_areas
from jevn.participation.results import Contribution
from jevn.participation.sorting import Example, Learnt, Sorted, WordLists, learn, sort_text
from jevn.participation.sorting.learning import sort_learnt
from jevn.terms import EffortArea, InputRefused, Problem

FILE = "corrections.csv"


def corrected(
    contributions: Iterable[Contribution],
    corrections: pl.DataFrame,
    lists: WordLists | None = None,
) -> tuple[Contribution, ...]:
    """Contributions with confirmed areas, and the rest sorted with what those teach.

    Areas that a person has given always stand. Where a contribution was confirmed more than
    once, the latest date counts (and of equal dates the last row). An empty ``areas`` confirms
    that it belongs to none.

    Args:
        contributions: contributions as sorted by word list or by a person.
        corrections: table ``CORRECTIONS``.
        lists: word lists that they were sorted by.

    Raises:
        InputRefused: an unknown contribution or area, with file and row.
    """
    contributions = tuple(contributions)
    confirmed = _confirmed(contributions, corrections)
    found = tuple(_by_person(c, confirmed[c.id]) if c.id in confirmed else c for c in contributions)
    learnt = learn_from(found, lists)
    return tuple(_with_learnt(c, learnt) for c in found)


def learn_from(contributions: Iterable[Contribution], lists: WordLists | None = None) -> Learnt:
    """What the contributions that a person has sorted teach about the others."""
    return learn(
        Example(c.text, sort_text(c.text, c.heading, lists).areas, c.areas)
        for c in contributions
        if c.sorted_by == "person"
    )


def _confirmed(
    contributions: Sequence[Contribution], corrections: pl.DataFrame
) -> dict[str, tuple[EffortArea, ...]]:
    known = {c.id for c in contributions}
    rows: list[dict[str, Any]] = list(corrections.iter_rows(named=True))
    problems = area_problems(corrections, FILE)
    problems += [
        Problem(
            "participation_unknown_contribution",
            FILE,
            row.get("_row") or i + 2,
            "contribution",
            {"given": row["contribution"]},
        )
        for i, row in enumerate(rows)
        if row["contribution"] not in known
    ]
    if problems:
        raise InputRefused(problems)
    rows.sort(key=lambda row: str(row.get("date") or ""))
    return {row["contribution"]: given_areas(row["areas"]) for row in rows}


def _by_person(contribution: Contribution, areas: tuple[EffortArea, ...]) -> Contribution:
    words = tuple(pair for pair in contribution.words if pair[0] in areas)
    return replace(contribution, areas=areas, words=words, sorted_by="person")


def _with_learnt(contribution: Contribution, learnt: Learnt) -> Contribution:
    if contribution.sorted_by == "person" or not learnt.used:
        return contribution
    by_list = Sorted(
        contribution.areas,
        contribution.words,
        tuple((area, 0.0) for area in contribution.areas),
    )
    found = sort_learnt(contribution.text, by_list, learnt)
    if found.areas == contribution.areas:
        return contribution
    return replace(contribution, areas=found.areas, words=found.words, sorted_by="learnt")
