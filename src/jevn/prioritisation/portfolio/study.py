"""Computed packages of a plan beside those that people and rules have made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from jevn.prioritisation.portfolio.choices import Floats, Way
from jevn.prioritisation.portfolio.judging import robustness, why
from jevn.prioritisation.portfolio.results import Portfolio, Robustness, Why
from jevn.prioritisation.portfolio.solving import best_package, front, need_based
from jevn.prioritisation.portfolio.stating import (
    Reserved,
    demands_of,
    gain_of,
    options_of,
    synergies_of,
)
from jevn.prioritisation.portfolio.wishes import Outcome, PackageWishes

if TYPE_CHECKING:
    from jevn.impact.alternatives import ProfileChange
    from jevn.impact.projection.action_effects import ActionEffects
    from jevn.prioritisation.results import Frame, Package, Prioritisation

Kind = Literal["best", "front", "need", "package", "proposed"]
_MOST_ON_FRONT = 12


@dataclass(frozen=True, slots=True)
class Point:
    """A package by what it gives to all and to the group lowest down, with 95 % limits.

    Attributes:
        id: of the package.
        title: its name; empty for those on the front.
        kind: how it came about.
        nok: kroner a year of what is computed in it.
        levels: level of each computed change.
        total, total_low, total_high: gain of all: mean, and 2.5 and 97.5 percentiles.
        worst_off, worst_low, worst_high: of the group lowest down.
        portfolio: number of the package among those on the front, from 0.
    """

    id: str
    title: str
    kind: Kind
    nok: float
    levels: tuple[tuple[str, float], ...]
    total: float
    total_low: float
    total_high: float
    worst_off: float
    worst_low: float
    worst_high: float
    portfolio: int | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """An action to choose or leave, and its ways."""

    id: str
    title: str
    area: str
    universal: bool
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class PortfolioStudy:
    """Everything said about computed packages.

    Attributes:
        wishes: political demands.
        groups: social groups by education, lowest first.
        first_year: first year counted.
        years: years counted.
        draws: draws of what is uncertain.
        options: the actions to choose between.
        frame: øre by year, less what is set aside.
        posts: thousandths of posts by year, likewise; none: not limited.
        best: the package with most in all (and most by the weight, where there is one).
        front: those that cannot give more to all without giving less to those lowest down.
        need: by need, without an optimiser.
        robustness: of ``best``.
        reasons: of every action, in or out of ``best``.
        points: every package in the plane.
        reserved: changes whose money is set aside, because they cannot be computed but are in the
            proposed package.
        left_out: other changes that cannot be computed.
    """

    wishes: PackageWishes
    groups: tuple[str, ...]
    first_year: int
    years: int
    draws: int
    options: tuple[Offered, ...]
    frame: tuple[tuple[int, int], ...]
    posts: tuple[tuple[int, int], ...]
    best: Portfolio
    front: tuple[Portfolio, ...]
    need: Portfolio
    robustness: Robustness
    reasons: tuple[Why, ...]
    points: tuple[Point, ...]
    reserved: tuple[str, ...]
    left_out: tuple[str, ...]

    def point(self, id: str) -> Point | None:
        """The package with this id, or ``None``."""
        return next((p for p in self.points if p.id == id), None)


def study(
    effects: ActionEffects,
    changes: Mapping[str, ProfileChange],
    frame: Frame,
    wishes: PackageWishes,
    *,
    prioritisation: Prioritisation | None = None,
    need: Mapping[str, float] | None = None,
    reserve: bool = True,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> PortfolioStudy:
    """Compute packages within the frame, and set those already made beside them.

    Args:
        effects: of every computed change, with copies begun later if ``wishes`` ask for them.
        changes: every change by id.
        frame: kroner and posts a year.
        wishes: political demands.
        prioritisation: packages made by groups, weights and need.
        need: of each area of effort, for the package by need.
        reserve: set aside the money of the proposed package's other changes.
        progress: told (done, of how many) while the uncertain is drawn again.

    Raises:
        InputRefused: demands that cannot be meant.
    """
    options = options_of(effects, changes, wishes)
    computed = {o.id for o in options}
    proposed = None
    if prioritisation is not None and prioritisation.proposed and reserve:
        proposed = prioritisation.package(prioritisation.proposed)
    kept = [changes[c.change] for c in proposed.chosen] if proposed else []
    reserved = Reserved.of(c for c in kept if c.id not in computed)
    synergies = synergies_of(effects, options, wishes.outcome)
    demands = demands_of(options, changes, frame, wishes, reserved=reserved, synergies=synergies)
    best = best_package(options, demands, equity_weight=wishes.equity_weight)
    on_front = front(options, demands, most=_MOST_ON_FRONT)
    by_need = need_based(options, demands, need or {})
    named = {
        "computed-best": ("best", best),
        "computed-need": ("need", by_need),
        **{f"front-{k}": ("front", p) for k, p in enumerate(on_front)},
    }
    points = [
        _point(effects, wishes.outcome, id, "", kind, _levels(p), _number(id), p.nok / 100)
        for id, (kind, p) in named.items()
    ]
    if prioritisation is not None:
        points += [
            _of_package(effects, wishes.outcome, p, computed, p.id == prioritisation.proposed)
            for p in prioritisation.packages
        ]
    return PortfolioStudy(
        wishes=wishes,
        groups=effects.education,
        first_year=effects.first_year,
        years=effects.years,
        draws=effects.draws,
        options=tuple(Offered(o.id, o.title, o.area, o.universal, o.ways) for o in options),
        frame=demands.frame,
        posts=demands.posts,
        best=best,
        front=on_front,
        need=by_need,
        robustness=robustness(
            options, demands, best, equity_weight=wishes.equity_weight, progress=progress
        ),
        reasons=tuple(
            why(options, demands, best, o.id, equity_weight=wishes.equity_weight) for o in options
        ),
        points=tuple(points),
        reserved=reserved.changes,
        left_out=tuple(sorted(set(changes) - computed - set(reserved.changes))),
    )


def _number(id: str) -> int | None:
    return int(id.removeprefix("front-")) if id.startswith("front-") else None


def _levels(package: Portfolio) -> dict[str, tuple[float, int]]:
    return {c.id: (c.level, c.start) for c in package.chosen}


def _of_package(
    effects: ActionEffects, outcome: Outcome, package: Package, computed: set[str], proposed: bool
) -> Point:
    inside = [c for c in package.chosen if c.change in computed]
    levels = {c.change: (1.0, 0) for c in inside}
    nok = sum(c.nok_per_year for c in inside)
    kind: Kind = "proposed" if proposed else "package"
    return _point(effects, outcome, package.id, package.title, kind, levels, None, nok)


def _point(
    effects: ActionEffects,
    outcome: Outcome,
    id: str,
    title: str,
    kind: str,
    levels: Mapping[str, tuple[float, int]],
    number: int | None,
    nok: float,
) -> Point:
    known = set(effects.changes)
    named = {
        (f"{change}@{start}" if f"{change}@{start}" in known else change): level
        for change, (level, start) in levels.items()
    }
    drawn = gain_of(effects, named, outcome)
    return Point(
        id,
        title,
        kind,  # type: ignore[arg-type]
        nok,
        tuple(sorted((change, level) for change, (level, _) in levels.items())),
        *_limits(drawn.sum(axis=0)),
        *_limits(drawn[0]),
        number,
    )


def _limits(drawn: Floats) -> tuple[float, float, float]:
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(drawn.mean()), float(low), float(high)
