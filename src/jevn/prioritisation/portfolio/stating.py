"""From changes and their computed effects to options and demands."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from jevn.prioritisation.portfolio.choices import (
    ORE,
    POSTS,
    Demands,
    Floats,
    Option,
    Synergy,
    Way,
)
from jevn.prioritisation.portfolio.wishes import Outcome, PackageWishes
from jevn.terms import Reach

if TYPE_CHECKING:
    from jevn.impact.alternatives import ProfileChange
    from jevn.impact.projection.action_effects import ActionEffects
    from jevn.prioritisation.results import Frame

_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Reserved:
    """What is set aside for changes that cannot be computed: øre and thousandths of posts by year.

    ``changes``: their ids.
    """

    changes: tuple[str, ...] = ()
    amounts: tuple[tuple[int, int, int], ...] = ()

    @classmethod
    def of(cls, changes: Iterable[ProfileChange]) -> Reserved:
        """Everything that some changes take from the year each begins."""
        kept = sorted(changes, key=lambda c: c.id)
        return cls(
            tuple(c.id for c in kept),
            tuple(
                (c.start_year, round(c.nok_per_year * ORE), round(c.posts * POSTS)) for c in kept
            ),
        )

    def nok(self, year: int) -> int:
        """Øre in a year."""
        return sum(nok for start, nok, _ in self.amounts if start <= year)

    def posts(self, year: int) -> int:
        """Thousandths of posts in a year."""
        return sum(posts for start, _, posts in self.amounts if start <= year)


def options_of(
    effects: ActionEffects, changes: Mapping[str, ProfileChange], wishes: PackageWishes
) -> tuple[Option, ...]:
    """Every computed change with its levels and years of beginning, and what each way gives.

    Money, posts and level follow each other; what is given at a level is that of the projection,
    where those who can be reached set a limit.
    """
    begun: dict[str, list[int]] = {}
    for j, id in enumerate(effects.changes):
        begun.setdefault(id.partition("@")[0], []).append(j)
    found = []
    for id, numbers in sorted(begun.items()):
        change = changes[id]
        ways, draws = [], []
        for n, j in enumerate(numbers):
            for level in wishes.levels:
                if change.nok_per_year < 0 and level > 1:
                    continue  # more than all of it cannot be taken away
                drawn = _gain(effects, {effects.changes[j]: level}, wishes.outcome, j)
                ways.append(
                    Way(
                        level,
                        change.start_year + n,
                        round(change.nok_per_year * ORE * level),
                        round(change.posts * POSTS * level),
                        tuple(float(x) for x in drawn.mean(axis=-1)),
                    )
                )
                draws.append(drawn)
        universal = change.reach is not Reach.TARGETED
        made = Option(id, change.title, change.area.value, universal, tuple(ways), np.stack(draws))
        found.append(made)
    return tuple(found)


def _gain(
    effects: ActionEffects, levels: Mapping[str, float], outcome: Outcome, *numbers: int
) -> Floats:
    """What some changes give together, (groups, draws)."""
    at = effects.at(levels)
    if outcome == "healthy_years":
        return np.asarray(at[effects.outcomes.index("healthy_years")])
    targets = sorted({int(effects.target[j]) for j in numbers})
    return np.asarray(at[targets].sum(axis=0))


def gain_of(effects: ActionEffects, levels: Mapping[str, float], outcome: Outcome) -> Floats:
    """What a package gives in all, (groups, draws), those whom two actions reach counted once."""
    numbers = [j for j, id in enumerate(effects.changes) if levels.get(id, 0.0) > 0]
    return _gain(effects, levels, outcome, *numbers)


def synergies_of(
    effects: ActionEffects, options: Sequence[Option], outcome: Outcome
) -> tuple[Synergy, ...]:
    """What pairs give short of their sum, at the proposed money, because they reach the same."""
    found = []
    at = {id: j for j, id in enumerate(effects.changes)}
    for one, other in itertools.combinations([o.id for o in options], 2):
        i, j = at[one], at[other]
        if effects.target[i] != effects.target[j]:
            continue
        both = _gain(effects, {one: 1.0, other: 1.0}, outcome, i, j)
        apart = _gain(effects, {one: 1.0}, outcome, i) + _gain(effects, {other: 1.0}, outcome, j)
        drawn = both - apart
        if np.abs(drawn).max(initial=0.0) > _SAME:
            mean = tuple(float(x) for x in drawn.mean(axis=-1))
            found.append(Synergy(one, other, mean, drawn))
    return tuple(found)


def demands_of(
    options: Sequence[Option],
    changes: Mapping[str, ProfileChange],
    frame: Frame,
    wishes: PackageWishes,
    *,
    reserved: Reserved | None = None,
    synergies: Sequence[Synergy] = (),
) -> Demands:
    """The limits, year by year from the first start to the last, less what is set aside.

    Args:
        options: the actions.
        changes: what excludes and requires what.
        frame: kroner and posts a year.
        wishes: political demands.
        reserved: what is set aside; an excluded action is locked out by what excludes it.
        synergies: of pairs.
    """
    kept = reserved or Reserved()
    ids = {o.id for o in options}
    starts = [w.start for o in options for w in o.ways] + [year for year, _, _ in kept.amounts]
    given = [year for year, _ in (*wishes.frame, *wishes.posts)]
    years = range(min((*starts, *given)), max((*starts, *given)) + 1)
    frames, posts = dict(wishes.frame), dict(wishes.posts)
    limits = [(y, round(frames.get(y, frame.nok_per_year) * ORE) - kept.nok(y)) for y in years]
    posted = [
        (y, round(most * POSTS) - kept.posts(y))
        for y in years
        if (most := posts.get(y, frame.posts)) is not None
    ]
    pairs = {tuple(sorted((id, x))) for id in changes for x in changes[id].excludes if x in changes}
    inside = set(kept.changes)
    out = {id for pair in pairs for id in pair if id in ids and set(pair) & (inside - {id})}
    needed = [(id, x) for id in sorted(ids) for x in changes[id].requires if x in changes]
    out |= {id for id, x in needed if x not in ids and x not in inside}
    locks = {**dict.fromkeys(sorted(out), 0.0), **dict(wishes.locks)}
    return Demands(
        frame=tuple(limits),
        posts=tuple(posted),
        shares=wishes.shares,
        worst_off=wishes.worst_off,
        excludes=tuple(sorted((a, b) for a, b in pairs if a in ids and b in ids)),
        requires=tuple((id, x) for id, x in needed if x in ids),
        synergies=tuple(synergies),
        locks=tuple(locks.items()),
    )
