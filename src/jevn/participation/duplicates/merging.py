"""Merging what a person has found to say the same: the first author is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import polars as pl

from jevn.participation.results import Contribution
from jevn.terms import InputRefused, Problem

FILE = "merged.csv"


@dataclass(frozen=True, slots=True)
class Merge:
    """A person's decision that two contributions say the same.

    Attributes:
        kept: id of the one that is kept, by the first author.
        merged: id of the one that is merged into it.
        date: ISO date of the decision, if known.
        row: row of the file, if read from one.
    """

    kept: str
    merged: str
    date: str | None = None
    row: int | None = None


def read_merged(frame: pl.DataFrame) -> tuple[Merge, ...]:
    """The decisions of table ``MERGED``, in its order."""
    return tuple(
        Merge(
            row["kept"],
            row["merged"],
            row["date"].isoformat() if row.get("date") else None,
            row.get("_row") or number + 2,
        )
        for number, row in enumerate(frame.iter_rows(named=True))
    )


def merge(
    contributions: Sequence[Contribution], merges: Iterable[Merge]
) -> tuple[Contribution, ...]:
    """Carry out merges: nothing is taken away, and nobody's voice is lost.

    Every contribution stays in its place with its text, sender and id, so that counts and links
    hold. The kept one gets ``also`` (ids merged into it, in their order) and the sum of the
    support of all; a merged one gets ``merged_into``. Pages show the kept one, with the others
    below it, and lead links to a merged one there.

    The first author is the one with the earliest date; where either has no date, or both the
    same, the one that stands first. They may be of different channels and languages.

    Args:
        contributions: everything said, first come first.
        merges: decisions.

    Raises:
        InputRefused: every fault at once: ``merged_unknown`` (no such contribution),
            ``merged_self``, ``merged_twice`` (merged in two rows), ``merged_chain`` (kept in
            one row and merged in another), ``merged_not_first`` (the one to keep came later).
    """
    merges = tuple(merges)
    place = {c.id: i for i, c in enumerate(contributions)}
    problems = _faults(contributions, merges, place)
    if problems:
        raise InputRefused(problems)
    into = {m.merged: m.kept for m in merges}
    also: dict[str, list[str]] = {}
    for c in contributions:
        if c.id in into:
            also.setdefault(into[c.id], []).append(c.id)
    return tuple(
        replace(c, merged_into=into[c.id])
        if c.id in into
        else replace(
            c,
            also=tuple(also[c.id]),
            support=_support(contributions[place[id]] for id in (c.id, *also[c.id])),
        )
        if c.id in also
        else c
        for c in contributions
    )


def _support(contributions: Iterable[Contribution]) -> int | None:
    counted = [c.support for c in contributions if c.support is not None]
    return sum(counted) if counted else None


def _faults(
    contributions: Sequence[Contribution], merges: Sequence[Merge], place: dict[str, int]
) -> list[Problem]:
    times = Counter(m.merged for m in merges)
    kept = {m.kept for m in merges}
    problems: list[Problem] = []
    for m in merges:
        for column, id in (("kept", m.kept), ("merged", m.merged)):
            if id not in place:
                problems.append(Problem("merged_unknown", FILE, m.row, column, {"id": id}))
        ids = {"kept": m.kept, "merged": m.merged}
        if m.kept == m.merged:
            problems.append(Problem("merged_self", FILE, m.row, "merged", {"id": m.kept}))
        elif times[m.merged] > 1:
            problems.append(Problem("merged_twice", FILE, m.row, "merged", {"id": m.merged}))
        elif m.merged in kept:
            problems.append(Problem("merged_chain", FILE, m.row, "merged", {"id": m.merged}))
        elif m.kept in place and m.merged in place:
            one, other = contributions[place[m.kept]], contributions[place[m.merged]]
            if _later(one, other, place):
                problems.append(Problem("merged_not_first", FILE, m.row, "kept", ids))
    return problems


def _later(one: Contribution, other: Contribution, place: dict[str, int]) -> bool:
    """Whether ``one`` came after ``other``."""
    if one.date and other.date and one.date != other.date:
        return one.date > other.date
    return place[one.id] > place[other.id]
