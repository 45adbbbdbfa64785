"""Everything that is worked out once before alternatives are followed through the years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from jevn.challenges.results import Indicator
from jevn.evidence.entries import EvidenceCatalogue
from jevn.impact.alternatives import Alternative, ProfileChange
from jevn.impact.baseline import Baseline, Strata
from jevn.impact.projection.arrays import Chain, Draws, Floats, Ints
from jevn.impact.projection.assembling import (
    Ground,
    Intake,
    chain_of,
    draws_of,
    topological,
    usable,
    used_arrows,
)
from jevn.impact.projection.graph import Determinant, ImpactModel
from jevn.impact.projection.start import StartShares, start_shares
from jevn.impact.projection.uncertain import UsedChange, Values, parameters_of
from jevn.impact.uncertainty import Parameter
from jevn.terms import InputRefused, Message, Problem


@dataclass(frozen=True)
class Inputs:
    """What the projection stands on.

    Attributes:
        alternatives: the zero alternative first.
        model: how far ahead, and the determinant graph.
        catalogue: effect sizes.
        indicators: of the plan folder.
        observations: protected observations.
        baseline: the people carried on as today, of the finest strata.
        municipality: id of the municipality.
        country: id of the country.
    """

    alternatives: tuple[Alternative, ...]
    model: ImpactModel
    catalogue: EvidenceCatalogue
    indicators: tuple[Indicator, ...]
    observations: pl.DataFrame
    baseline: Baseline
    municipality: str
    country: str


@dataclass(frozen=True)
class Prepared:
    """Everything that is worked out once for all alternatives.

    Attributes:
        ground: the municipality.
        used: changes that can be computed, by id, in the order of their determinants.
        why_not: why the others cannot.
        levels: start shares by determinant.
        parameters: every uncertain number.
    """

    ground: Ground
    used: tuple[UsedChange, ...]
    why_not: Mapping[str, Message]
    levels: Mapping[str, StartShares]
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True)
class Lens:
    """The arrays of all computed changes for strata of some dimensions."""

    strata: Strata
    chain: Chain
    draws: Draws

    def only(self, actions: Ints) -> tuple[Chain, Draws]:
        """The arrays of some of the changes."""
        chain = replace(
            self.chain,
            target=self.chain.target[actions],
            intake=self.chain.intake[actions],
            begins=self.chain.begins[actions],
            room=self.chain.room[actions],
        )
        return chain, self.draws.only(actions)


def check_changes(
    alternatives: Sequence[Alternative], catalogue: EvidenceCatalogue, file: str
) -> Iterator[Problem]:
    """Effects that cannot be drawn: ``impact_no_interval``, for each change that has one."""
    told: set[str] = set()
    for change in (c for a in alternatives for c in a.changes):
        if change.effect is None or change.id in told:
            continue
        told.add(change.id)
        size = catalogue.effect_size(change.effect.effect_size)
        if size is None or size.value is None or change.effect.interval is not None:
            continue
        if size.lower is None or size.upper is None:
            params = {"id": change.id, "effect_size": size.id}
            yield Problem("impact_no_interval", file, column="interval", params=params)


def prepare(inputs: Inputs) -> Prepared | None:
    """Work out what all alternatives stand on; ``None`` if no change can be computed."""
    indicators = {i.id: i for i in inputs.indicators}
    used: dict[str, UsedChange] = {}
    why_not: dict[str, Message] = {}
    levels: dict[str, StartShares] = {}
    strata = inputs.baseline.strata
    determinants = {d.indicator: d for d in inputs.model.determinants}
    for change in _changes(inputs.alternatives):
        found = usable(change, inputs.catalogue, indicators)
        if isinstance(found, UsedChange):
            name = found.use.determinant
            if name not in determinants:
                ages = (found.use.ages[0], 100)
                determinants[name] = Determinant(name, ages, ages)
            shares = _levels(name, inputs, indicators[name], determinants[name], levels)
            if shares is None:
                params = {"indicator": indicators[name].name.nb}
                found = Message("impact.why.no_levels", params)
            elif found.size.lower is None or found.size.upper is None:
                params = {"id": change.id, "effect_size": found.size.id}
                raise InputRefused(
                    [Problem("impact_no_interval", "alternatives.yaml", params=params)]
                )
        if isinstance(found, Message):
            why_not[change.id] = found
        else:
            used[change.id] = found
    if not used or "education" not in strata.dimensions:
        return None
    kept = tuple(
        d
        for name, d in determinants.items()
        if name in indicators and _levels(name, inputs, indicators[name], d, levels) is not None
    )
    names = {d.indicator for d in kept}
    arrows = tuple(
        a
        for a in inputs.model.arrows
        if a.parent in names and (a.child in names or a.child == "mortality")
    )
    model = topological(replace(inputs.model, determinants=kept, arrows=arrows))
    order = [d.indicator for d in model.determinants]
    changes = sorted(used.values(), key=lambda u: order.index(u.use.determinant))
    first = min(u.change.start_year for u in changes)
    base = inputs.baseline
    years = min(model.years, base.first_year + base.steps - first)
    if first < base.first_year or years < 1:
        params = {"year": str(first), "first": str(base.first_year)}
        raise InputRefused([Problem("impact_year", "alternatives.yaml", params=params)])
    ground = Ground(
        baseline=base,
        shares={name: found.shares for name, found in levels.items()},
        model=model,
        arrows=used_arrows(model, inputs.catalogue),
        first_year=first,
        years=years,
        names={d.indicator: indicators[d.indicator].name.nb for d in model.determinants},
    )
    parameters = parameters_of(changes, ground.arrows, model.determinants, ground.names)
    return Prepared(ground, tuple(changes), why_not, levels, parameters)


def _changes(alternatives: Sequence[Alternative]) -> list[ProfileChange]:
    """Every change once, in the order they first stand."""
    return list({c.id: c for a in alternatives for c in a.changes}.values())


def _levels(
    name: str,
    inputs: Inputs,
    indicator: Indicator,
    determinant: Determinant,
    known: dict[str, StartShares],
) -> StartShares | None:
    if name not in known:
        found = start_shares(
            inputs.observations,
            indicator,
            inputs.baseline.strata,
            ages=determinant.ages,
            municipality=inputs.municipality,
            country=inputs.country,
        )
        if found is None:
            return None
        known[name] = found
    return known[name]


def lens(prepared: Prepared, intakes: Sequence[Intake], values: Values, by: Sequence[str]) -> Lens:
    """The arrays of all computed changes for strata of some dimensions."""
    there = [d for d in by if d in prepared.ground.strata.dimensions]
    strata, _ = prepared.ground.strata.aggregate(there)
    chain, into = chain_of(prepared.ground, intakes, there)
    return Lens(strata, chain, draws_of(prepared.ground, intakes, into, values))


def values_of(parameters: Sequence[Parameter], draws: Floats) -> Values:
    """Drawn values by name."""
    return Values({p.id: i for i, p in enumerate(parameters)}, draws)
