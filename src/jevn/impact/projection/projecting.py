"""Following every alternative through the years, in the same draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from jevn.impact.alternatives import Alternative
from jevn.impact.inheritance import Inherited, passed_on
from jevn.impact.population import GROUPS
from jevn.impact.projection.arrays import BASIC, Chain, Floats, Gains, Ints, no_gains
from jevn.impact.projection.assembling import Ground, Intake, intake_of
from jevn.impact.projection.explaining import chain_in_words, not_known
from jevn.impact.projection.graph import MORTALITY
from jevn.impact.projection.preparing import Inputs, Lens, Prepared, lens, prepare, values_of
from jevn.impact.projection.results import (
    ActionGain,
    AlternativeProjection,
    KnowledgeValue,
    Projection,
)
from jevn.impact.projection.running import Engine, run
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

MAIN = ("sex", "education", "income")
ZONES = ("sex", "education", "zone")
_TRUST: tuple[Trust, ...] = ("low", "medium", "high")


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
        uncertain=tuple(
            (p.id, p.name) for p in prepared.parameters if p.name is not None and not p.certain
        ),
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

        bars = tornado(prepared.parameters, outcome, among=_behind_health(used, prepared.ground))
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


def _behind_health(used: Sequence[UsedChange], ground: Ground) -> frozenset[str]:
    """Ids of the numbers that can move the healthy years of some changes."""
    reached = {u.use.determinant for u in used}
    for arrow in ground.arrows:  # in the order of their parents
        if arrow.arrow.parent in reached:
            reached.add(arrow.arrow.child)
    arrows = [a for a in ground.arrows if a.arrow.parent in reached]
    determinants = [d for d in ground.determinants if d.indicator in reached]
    if MORTALITY not in reached and all(d.disability is None for d in determinants):
        return frozenset()
    found = parameters_of(used, arrows, determinants, ground.names)
    return frozenset(p.id for p in found if not p.id.startswith("saving:"))
