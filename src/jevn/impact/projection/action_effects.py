"""What every action gives at every level, by group and draw: worked out once, added up at once.

A slider that is moved, a package that is put together and the search for the best package all ask
the same question over and over. The projection of one action at one level does not depend on
the others but for people whom two of them reach; so it is run once for each, and sums answer.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from jevn.impact.alternatives import Alternative
from jevn.impact.population import GROUPS
from jevn.impact.projection.arrays import BASIC, Floats, Ints
from jevn.impact.projection.assembling import intake_of
from jevn.impact.projection.preparing import Inputs, lens, prepare, values_of
from jevn.impact.projection.projecting import MAIN
from jevn.impact.projection.running import Engine, run
from jevn.impact.projection.summarising import names_of, person_years
from jevn.impact.projection.uncertain import LATER
from jevn.impact.uncertainty import Drawn, drawn, sobol_draws

LEVELS = (0.5, 1.0, 1.5, 2.0)
"""Parts of the proposed money that effects are worked out for; between them they are straight."""


@dataclass(frozen=True)
class ActionEffects:
    """Effects of actions at levels, by outcome, education group and draw.

    Attributes:
        changes: ids of the computed changes.
        nok_per_year: kroner a year of each as proposed.
        levels: parts of that money, 0 first.
        outcomes: names, as in the projection.
        education: groups, lowest first.
        persons: inhabitants by education at the start, (groups,).
        effects: over all years, (changes, levels, outcomes, groups, draws).
        target: number of the outcome that counts each change's determinant, (changes,).
        room: person-years in the adverse state of that determinant, (changes, groups).
        first_year: first year followed.
        years: years followed.
        seed: seed of the draws.
    """

    changes: tuple[str, ...]
    nok_per_year: tuple[float, ...]
    levels: tuple[float, ...]
    outcomes: tuple[str, ...]
    education: tuple[str, ...]
    persons: Floats
    effects: Floats
    target: Ints
    room: Floats
    first_year: int
    years: int
    seed: int

    @property
    def draws(self) -> int:
        """Number of draws."""
        return int(self.effects.shape[-1])

    def at(self, levels: Mapping[str, float]) -> Floats:
        """What some actions give together, (outcomes, groups, draws).

        Between the levels effects are read off a straight line, beyond the last they stay. Actions
        on the same determinant cannot help the same person twice: with A the person-years in
        the adverse state and h_j those that action j alone takes away, together they take away
        A (1 - Π (1 - h_j / A)), and their other effects shrink alike.

        Args:
            levels: part of the proposed money by change; changes left out get none.

        Raises:
            KeyError: a change that is not computed: it would be silently without effect.
            ValueError: a negative level.
        """
        parts = np.zeros((len(self.changes), *self.effects.shape[2:]))
        for change, level in levels.items():
            j = self.changes.index(change) if change in self.changes else -1
            if j < 0:
                raise KeyError(change)
            if level < 0:
                raise ValueError(f"{change}: a level cannot be negative")
            parts[j] = self._between(j, level)
        total = np.zeros(self.effects.shape[2:])
        for target in dict.fromkeys(self.target.tolist()):
            same = np.flatnonzero(self.target == target)
            summed = parts[same].sum(axis=0)
            alone = parts[same][:, target]
            if len(same) > 1:
                room = self.room[same[0]][:, None]
                part = np.divide(alone, room, out=np.zeros_like(alone), where=room > 0)
                together = room * (1 - np.prod(1 - np.minimum(part, 1), axis=0))
                plain = alone.sum(axis=0)
                shrink = np.divide(together, plain, out=np.ones_like(plain), where=plain != 0)
                summed = summed * shrink[None]
            total += summed
        return total

    def _between(self, j: int, level: float) -> Floats:
        at = np.asarray(self.levels)
        i = int(np.clip(np.searchsorted(at, level, side="right") - 1, 0, len(at) - 2))
        share = min(1.0, (level - at[i]) / (at[i + 1] - at[i]))
        low, high = self.effects[j, i], self.effects[j, i + 1]
        return np.asarray(low + share * (high - low))

    def summed(self, levels: Mapping[str, float]) -> dict[str, Drawn]:
        """Every outcome of some actions together, in all."""
        found = self.at(levels).sum(axis=1)
        return {name: drawn(found[o]) for o, name in enumerate(self.outcomes)}


def action_effects(
    inputs: Inputs,
    *,
    levels: Sequence[float] = LEVELS,
    draws: int = 64,
    seed: int = 0,
    engine: Engine = "auto",
    later: int = 0,
) -> ActionEffects | None:
    """Run every computed change alone at every level.

    Args:
        inputs: what the projection stands on.
        levels: parts of the proposed money, rising and above 0; 0 is added.
        draws: draws of the uncertain numbers, the same for all.
        seed: seed of the draws.
        engine: ``auto``, ``compiled`` or ``numpy``.
        later: run every change begun so many years later too, as ``<id>@<year>``, with the same
            draws of what is uncertain and the same last year.

    Returns:
        ``None`` if no change can be computed.

    Raises:
        ValueError: levels that do not rise or are not above 0.
    """
    at = (0.0, *levels)
    if any(b <= a for a, b in itertools.pairwise(at)):
        raise ValueError("levels must rise and be above 0")
    prepared = prepare(_with_later(inputs, later))
    if prepared is None:
        return None
    ground = prepared.ground
    values = values_of(prepared.parameters, sobol_draws(prepared.parameters, draws, seed))
    names = names_of(ground.determinants)
    many = len(prepared.used)
    effects = np.zeros((many, len(at), len(names), len(GROUPS), draws))
    target = np.zeros(many, dtype=np.int64)
    room = np.zeros((many, len(GROUPS)))
    persons = np.zeros(len(GROUPS))
    for i, level in enumerate(levels, start=1):
        intakes = [intake_of(u, ground, values, level) for u in prepared.used]
        whole = lens(prepared, intakes, values, MAIN)
        education = whole.chain.education
        member = np.zeros((len(education), len(GROUPS)))
        member[np.arange(len(education)), education] = 1.0
        persons = whole.chain.population[0].sum(axis=1) @ member
        for j in range(many):
            chain, drawn_arrays = whole.only(np.array([j], dtype=np.int64))
            gains = run(chain, drawn_arrays, engine=engine)
            effects[j, i] = np.einsum("wgo,ge->oew", gains.by_group, member)
            k = int(chain.target[0])
            counted = ground.determinants[k].counted
            target[j] = len(BASIC) + k
            room[j] = (person_years(chain, counted) * chain.start[k]) @ member
    return ActionEffects(
        changes=tuple(u.change.id for u in prepared.used),
        nok_per_year=tuple(u.change.nok_per_year for u in prepared.used),
        levels=at,
        outcomes=names,
        education=GROUPS,
        persons=persons,
        effects=effects,
        target=target,
        room=room,
        first_year=ground.first_year,
        years=ground.years,
        seed=seed,
    )


def _with_later(inputs: Inputs, later: int) -> Inputs:
    """The same inputs, with copies of every change begun later."""
    changes = {c.id: c for a in inputs.alternatives for c in a.changes}
    copies = tuple(
        replace(c, id=f"{c.id}{LATER}{c.start_year + n}", start_year=c.start_year + n)
        for c in changes.values()
        for n in range(1, later + 1)
    )
    if not copies:
        return inputs
    added = Alternative(LATER, LATER, "", copies)
    return replace(inputs, alternatives=(*inputs.alternatives, added))
