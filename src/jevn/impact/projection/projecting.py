"""Following every alternative through the years, in the same draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from jevn.challenges.results import Indicator
from jevn.evidence.entries import EvidenceCatalogue
from jevn.impact.alternatives import Alternative, ProfileChange
from jevn.impact.baseline import Baseline, Strata
from jevn.impact.inheritance import Inherited, passed_on
from jevn.impact.population import GROUPS
from jevn.impact.projection.arrays import BASIC, Chain, Draws, Floats, Gains, Ints, no_gains
from jevn.impact.projection.assembling import (
    Ground,
    Intake,
    chain_of,
    draws_of,
    intake_of,
    topological,
    usable,
    used_arrows,
)
from jevn.impact.projection.explaining import chain_in_words, not_known
from jevn.impact.projection.graph import Determinant, ImpactModel
from jevn.impact.projection.results import (
    ActionGain,
    AlternativeProjection,
    KnowledgeValue,
    Projection,
)
from jevn.impact.projection.running import Engine, run
from jevn.impact.projection.start import StartShares, start_shares
from jevn.impact.projection.summarising import (
    View,
    action_gain,
    benefit,
    costs,
    distribution,
    equity_summary,
    net_benefit,
    outcome_equity,
)
from jevn.impact.projection.uncertain import UsedChange, Values, parameters_of
from jevn.impact.results import Trust
from jevn.impact.scores import trust_of
from jevn.impact.uncertainty import Bar, Parameter, evpi, evppi, paired, sobol_draws, tornado
from jevn.terms import InputRefused, Message, Problem

MAIN = ("sex", "education", "income")
ZONES = ("sex", "education", "zone")
_TRUST: tuple[Trust, ...] = ("low", "medium", "high")
_NONE: Ints = np.zeros(0, dtype=np.int64)


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


def project_alternatives(
    inputs: Inputs,
    *,
    draws: int | None = None,
    seed: int = 0,
    engine: Engine = "auto",
    scheduler: str | None = None,
) -> Projection | None:
    """Follow every alternative through the years, against carrying on as today.

    Args:
        inputs: what the projection stands on.
        draws: draws of the uncertain numbers; ``None``: as the model says.
        seed: seed of the draws. The same parameters, draws and seed give the same result,
            whichever alternatives are asked for and however many processors there are.
        engine: ``auto``, ``compiled`` or ``numpy``.
        scheduler: address of a Dask scheduler to share the draws among.

    Returns:
        The projection; ``None`` if no change can be computed.

    Raises:
        InputRefused: ``impact_no_interval`` and ``impact_year``.
    """
    prepared = prepare(inputs)
    if prepared is None:
        return None
    count = inputs.model.draws if draws is None else draws
    drawn_values = sobol_draws(prepared.parameters, count, seed)
    values = values_of(prepared.parameters, drawn_values)
    intakes = [intake_of(u, prepared.ground, values) for u in prepared.used]
    main = lens(prepared, intakes, values, MAIN)
    zones = (
        lens(prepared, intakes, values, ZONES)
        if "zone" in prepared.ground.strata.dimensions
        else None
    )
    worker = _Worker(prepared, intakes, values, (main, zones), (seed, engine, scheduler))
    parts = [worker.alternative(a) for a in inputs.alternatives]
    benefits = np.column_stack([b for _, b in parts])
    alternatives = tuple(
        replace(a, better=_better(i, inputs.alternatives, benefits))
        for i, (a, _) in enumerate(parts)
    )
    ground = prepared.ground
    education = main.chain.education
    persons = np.bincount(education, main.chain.population[0].sum(axis=1), len(GROUPS))
    perfect = evpi(benefits)
    said = [m for d in ground.determinants for m in prepared.levels[d.indicator].assumptions]
    return Projection(
        first_year=ground.first_year,
        years=ground.years,
        draws=count,
        seed=seed,
        discount=ground.model.discount,
        healthy_year_nok=ground.model.healthy_year_nok,
        education=GROUPS,
        persons=tuple(float(x) for x in persons),
        alternatives=alternatives,
        perfect=perfect,
        knowledge=_knowledge(prepared.parameters, drawn_values, benefits, perfect),
        assumptions=(*ground.baseline.assumptions, *said),
    )


def _better(
    i: int, alternatives: Sequence[Alternative], benefits: Floats
) -> tuple[tuple[str, float], ...]:
    return tuple(
        (other.id, paired(benefits[:, i], benefits[:, k]).better)
        for k, other in enumerate(alternatives)
        if k != i
    )


def _knowledge(
    parameters: Sequence[Parameter], draws: Floats, benefits: Floats, perfect: float
) -> tuple[KnowledgeValue, ...]:
    found = []
    for i, parameter in enumerate(parameters):
        if parameter.certain or parameter.name is None:
            continue
        part = evppi(draws[:, i], benefits)
        if part.value > 0:
            share = part.value / perfect if perfect > 0 else 0.0
            found.append(
                KnowledgeValue(parameter.id, parameter.name, part.value, part.error, share)
            )
    return tuple(sorted(found, key=lambda k: (-k.value, k.parameter)))


class _Worker:
    """Runs alternatives and single changes on the same draws."""

    def __init__(
        self,
        prepared: Prepared,
        intakes: Sequence[Intake],
        values: Values,
        lenses: tuple[Lens, Lens | None],
        how: tuple[int, Engine, str | None],
    ) -> None:
        self.prepared, self.intakes, self.values = prepared, intakes, values
        self.main, self.zones = lenses
        self.seed, self.engine, self.scheduler = how
        self.singles: dict[int, ActionGain] = {}

    def run(self, lens: Lens, actions: Ints) -> tuple[Chain, Gains]:
        """What some of the changes give together; nothing is run for none of them."""
        chain, draws = lens.only(actions)
        if not len(actions):
            return chain, no_gains(chain, draws.draws)
        return chain, run(chain, draws, engine=self.engine, scheduler=self.scheduler)

    def alternative(self, alternative: Alternative) -> tuple[AlternativeProjection, Floats]:
        """The projection of an alternative, and its net benefit in every draw."""
        ground = self.prepared.ground
        wanted = {c.id for c in alternative.changes}
        actions = np.array(
            [j for j, u in enumerate(self.prepared.used) if u.change.id in wanted], dtype=np.int64
        )
        chain, gains = self.run(self.main, actions)
        if len(actions) == 1 and int(actions[0]) not in self.singles:
            single = action_gain(chain, self.intakes[int(actions[0])], gains)
            self.singles[int(actions[0])] = single
        views = [_view(self.main, gains)]
        if self.zones is not None:
            zoned = self.run(self.zones, actions)[1]
            views.append(_view(self.zones, adding_up(zoned, gains)))
        intakes = [self.intakes[j] for j in actions]
        money = [(c.id, c.nok_per_year, c.start_year) for c in alternative.changes]
        spent = costs(ground, gains, self.values, intakes, money)
        well, plane = equity_summary(chain, gains)
        fair = outcome_equity(ground, chain, gains, GROUPS)
        judged = tuple(c.id for c in alternative.changes if c.id in self.prepared.why_not)
        found = AlternativeProjection(
            alternative=alternative.id,
            computed=tuple(self.prepared.used[j].change.id for j in actions),
            judged=judged,
            benefit=benefit(ground, chain, gains),
            distribution=distribution(views, gains, chain),
            equity=fair,
            welfare=well,
            plane=plane,
            costs=spent,
            actions=tuple(self._single(int(j)) for j in actions),
            tornado=self._tornado(actions),
            inherited=self._inherited(gains),
            better=(),
            gap_falls=fair[0].equity.sii_falls,
            trust=self._trust(actions),
            chain=(),
            unknown=(),
        )
        shown = self.prepared.parameters
        found = replace(
            found,
            chain=chain_in_words(found, ground, intakes, {p.id: p for p in shown}),
            unknown=not_known(found, ground, self.prepared.levels),
        )
        cost = self._net_cost(gains, spent.computed)
        return found, net_benefit(ground, gains, cost)

    def _net_cost(self, gains: Gains, actions: float) -> Floats:
        """The municipality's net cost in every draw, discounted."""
        ground = self.prepared.ground
        weight = (1 + ground.model.discount) ** -np.arange(ground.years, dtype=np.float64)
        saved = np.zeros(len(self.values.draws))
        for k, d in enumerate(ground.determinants):
            if d.costs is not None:
                fewer = (gains.by_year[:, :, :, len(BASIC) + k].sum(axis=1) * weight).sum(axis=1)
                saved += fewer * d.costs.municipality * self.values.of(f"saving:{d.indicator}", 1.0)
        return actions - saved

    def _single(self, j: int) -> ActionGain:
        if j not in self.singles:
            chain, gains = self.run(self.main, np.array([j], dtype=np.int64))
            self.singles[j] = action_gain(chain, self.intakes[j], gains)
        return self.singles[j]

    def _tornado(self, actions: Ints) -> tuple[Bar, ...]:
        if not len(actions):
            return ()
        prepared = self.prepared
        used = [prepared.used[j] for j in actions]

        def outcome(rows: Floats) -> Floats:
            values = values_of(prepared.parameters, rows)
            intakes = [intake_of(u, prepared.ground, values) for u in used]
            seen = lens(prepared, intakes, values, MAIN)
            gains = run(seen.chain, seen.draws, engine=self.engine)
            return np.asarray(gains.by_group[:, :, 0].sum(axis=1))

        bars = tornado(prepared.parameters, outcome)
        return tuple(b for b in bars if b.width > 1e-12)

    def _inherited(self, gains: Gains) -> Inherited | None:
        """What is passed on, where schooling that is settled for life is changed."""
        ground = self.prepared.ground
        for k, d in enumerate(ground.determinants):
            if d.set_at is None:
                continue
            years = gains.by_group[:, :, len(BASIC) + k].sum(axis=1)
            if not np.any(np.abs(years) > 1e-12):
                continue
            # Person-years of a state for life, over the years it was followed, are persons.
            persons = gains.by_year[:, :, -1, len(BASIC) + k].sum(axis=1)
            return passed_on(persons, seed=self.seed, kappa=ground.model.kappa_generations)
        return None

    def _trust(self, actions: Ints) -> Trust:
        labels = []
        for j in actions:
            u = self.prepared.used[j]
            estimated = self.prepared.levels[u.use.determinant].estimated
            labels.append(trust_of(u.size, u.use.transfer, estimated))
        return min(labels, key=_TRUST.index, default="low")


def adding_up(parts: Gains, whole: Gains) -> Gains:
    """Gains by other strata, scaled in each draw to sum to those of the main ones.

    People who differ in income differ in how likely they are to die early; strata by zone do not
    see that, so their sum is a little off. Their shares are kept, the total is the main one.
    """
    have, want = parts.by_group.sum(axis=1), whole.by_group.sum(axis=1)
    same = have * want > 0
    factor = np.divide(want, have, out=np.ones_like(want), where=same)
    return replace(parts, by_group=parts.by_group * factor[:, None, :])


def _view(lens: Lens, gains: Gains) -> View:
    labels = {d: lens.strata.label(d) for d in lens.strata.dimensions}
    return View(labels, lens.chain.population[0].sum(axis=1), gains)
