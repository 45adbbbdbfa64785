"""Computed packages of two changes whose effects are written by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from jevn.impact.projection.action_effects import ActionEffects
from jevn.prioritisation.portfolio import PackageWishes, PortfolioStudy, study
from jevn.prioritisation.results import Frame
from jevn.prioritisation.shared_budget import (
    BudgetRule,
    CountedBudget,
    Counting,
    Election,
    count_budget,
)

if TYPE_CHECKING:
    from jevn.impact.alternatives import ProfileChange
    from jevn.prioritisation.results import Prioritisation


def effects(changes: tuple[str, ...] = ("los", "bolig"), draws: int = 8) -> ActionEffects:
    """The first change helps all most, the second those lowest down; the draws swing them."""
    found = np.zeros((len(changes), 3, 2, 3, draws))
    swing = np.linspace(0.2, 1.8, draws)
    for j in range(len(changes)):
        middle = np.array([10.0, 30.0, 60.0]) if j % 2 == 0 else np.array([40.0, 20.0, 10.0])
        factor = swing if j % 2 == 0 else swing[::-1]
        for i, level in enumerate((0.0, 0.5, 1.0)):
            found[j, i] = (middle[:, None] * factor)[None] * level
    return ActionEffects(
        changes=changes,
        nok_per_year=(2.4e6,) * len(changes),
        levels=(0.0, 0.5, 1.0),
        outcomes=("healthy_years", "fullfort/vgs"),
        education=("basic", "upper_secondary", "higher"),
        persons=np.array([2e4, 4e4, 4e4]),
        effects=found,
        target=np.ones(len(changes), dtype=np.int64),
        room=np.full((len(changes), 3), 1e6),
        first_year=2028,
        years=10,
        seed=0,
    )


def portfolio(changes: tuple[ProfileChange, ...], packages: Prioritisation) -> PortfolioStudy:
    """Computed packages beside those of the fixture."""
    wishes = PackageWishes(levels=(0.5, 1.0))
    by_id = {c.id: c for c in changes}
    return study(effects(), by_id, Frame(2.4e6), wishes, prioritisation=packages)


def shared_budget() -> CountedBudget:
    """An election of twelve voters over three projects, one of which is too dear."""
    ballots = [["a", "b"]] * 7 + [["c"]] * 5
    made = Election.of(
        {"a": 60.0, "b": 50.0, "c": 90.0},
        ballots,
        120.0,
        names={"a": "Benker", "b": "Lys", "c": "Bane"},
    )
    about = (("sex", ("F",) * 6 + ("M",) * 6), ("zone", ("Sentrum",) * 12))
    rule = BudgetRule("nabo/1", "Felles budsjett", Counting("equal-shares", "cost", "none"))
    return count_budget(replace(made, about=about), rule)
