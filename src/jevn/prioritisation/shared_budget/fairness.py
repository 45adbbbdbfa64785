"""Who got something out of a shared budget: all voters, and by age, sex and zone."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
from numpy.typing import NDArray

from jevn.prioritisation.shared_budget.election import Election
from jevn.prioritisation.shared_budget.prepared import Prepared
from jevn.prioritisation.shared_budget.result import Fairness, GroupShare

_FEWEST: Final = 5
_BANDS: Final = ((18, "0–17"), (30, "18–29"), (45, "30–44"), (67, "45–66"), (999, "67+"))
_ZONES: Final = ("zone", "neighborhood", "neighbourhood", "district", "subunit", "area")
_AGE: Final = re.compile(r"\d{1,3}")


def fairness(prepared: Prepared, chosen: tuple[int, ...]) -> Fairness:
    """Share of voters with at least one selected project, and how many they have.

    A voter has a selected project if it has points above 0 on the ballot; blank ballots count
    among the voters. Groups of fewer than five voters are hidden, and with one hidden group the
    smallest of the others too, so that it cannot be worked out.
    """
    winners = np.zeros(prepared.voters, dtype=np.int64)
    for project in chosen:
        winners[prepared.supporters[project]] += 1
    with_one = winners > 0
    groups: list[GroupShare] = []
    for column, labels in _columns(prepared.election):
        groups += _groups(column, labels, winners)
    return Fairness(
        voters=prepared.voters,
        share_voters_with_a_winner=float(with_one.mean()),
        mean_winners=float(winners.mean()),
        without_winner=int((~with_one).sum()),
        groups=tuple(groups),
    )


def _columns(election: Election) -> list[tuple[str, list[str]]]:
    """The columns that part voters, ages in bands."""
    about = dict(election.about)
    zone = next((z for z in _ZONES if z in about), None)
    found: list[tuple[str, list[str]]] = []
    for column in ("age", "sex", zone):
        if column is None or column not in about:
            continue
        values = [v or "–" for v in about[column]]
        if column == "age":
            values = [_band(v) for v in values]
        if len(set(values)) > 1:
            found.append((column, values))
    return found


def _band(age: str) -> str:
    if not _AGE.fullmatch(age):
        return age
    return next(label for below, label in _BANDS if int(age) < below or below == _BANDS[-1][0])


def _groups(column: str, labels: list[str], winners: NDArray[np.int64]) -> list[GroupShare]:
    names, of = np.unique(np.array(labels), return_inverse=True)
    sizes = np.bincount(of)
    with_one = np.bincount(of, weights=winners > 0)
    total = np.bincount(of, weights=winners)
    hidden = {int(i) for i in np.flatnonzero(sizes < _FEWEST)}
    if len(hidden) == 1:
        hidden |= set(np.argsort(sizes, kind="stable")[:2].tolist())
    return [
        GroupShare(column, str(name), None, None, None)
        if i in hidden
        else GroupShare(
            column,
            str(name),
            int(sizes[i]),
            float(with_one[i] / sizes[i]),
            float(total[i] / sizes[i]),
        )
        for i, name in enumerate(names)
    ]
