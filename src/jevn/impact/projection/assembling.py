"""From what people have put in to the arrays of the model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from jevn.challenges.results import Indicator
from jevn.evidence.entries import EvidenceCatalogue
from jevn.impact.alternatives import ProfileChange
from jevn.impact.baseline.model import Baseline, Strata
from jevn.impact.chain import usable_size
from jevn.impact.effects import measured_side
from jevn.impact.population import GROUPS as EDUCATION
from jevn.impact.projection.arrays import Chain, Draws, Floats, Ints
from jevn.impact.projection.graph import MORTALITY, Determinant, ImpactModel, ordered
from jevn.impact.projection.reaching import Taken, better, take_part
from jevn.impact.projection.uncertain import UsedArrow, UsedChange, Values
from jevn.indices import ridits
from jevn.terms import Message, Polarity

_LASTING = 1e9
"""Time constant of an effect that never fades."""


@dataclass(frozen=True)
class Ground:
    """The municipality: its people carried on as today, and the start level of determinants.

    Attributes:
        baseline: of the finest strata.
        shares: adverse share by determinant, (strata,) each.
        model: determinants and arrows, determinants in topological order.
        arrows: arrows of the model with their effect sizes, in the order of their parents.
        first_year: first year that any alternative changes anything.
        years: years followed.
        names: names of the determinants' indicators.
    """

    baseline: Baseline
    shares: Mapping[str, Floats]
    model: ImpactModel
    arrows: tuple[UsedArrow, ...]
    first_year: int
    years: int
    names: Mapping[str, str]

    @property
    def strata(self) -> Strata:
        """The finest strata."""
        return self.baseline.strata

    @property
    def determinants(self) -> tuple[Determinant, ...]:
        """Determinants in topological order."""
        return self.model.determinants


@dataclass(frozen=True)
class Intake:
    """One change: who can take part, who does, and how many get better, by finest stratum.

    Attributes:
        used: the change.
        persons: people of the eligible ages, (strata,).
        eligible: those who can take part, (strata,).
        taken: who takes part in each draw.
        helped: persons who get better in a year, (W, strata).
        most: persons who would if all eligible took part, (W, strata).
    """

    used: UsedChange
    persons: Floats
    eligible: Floats
    taken: Taken
    helped: Floats
    most: Floats


def usable(
    change: ProfileChange, catalogue: EvidenceCatalogue, indicators: Mapping[str, Indicator]
) -> UsedChange | Message:
    """The change with its effect size, or why it cannot be computed."""
    use = change.effect
    if use is None:
        return Message("impact.why.no_effect")
    size = usable_size(catalogue, use.effect_size, use.interval)
    if isinstance(size, Message):
        return size
    if use.determinant not in indicators:
        return Message("impact.why.unknown_indicator", {"indicator": use.determinant})
    return UsedChange(change, use, size)


def used_arrows(model: ImpactModel, catalogue: EvidenceCatalogue) -> tuple[UsedArrow, ...]:
    """Arrows with their effect sizes, turned to the adverse side, in the order of their parents.

    A ratio below 1 is the effect of *not* being in the adverse state; its inverse is the ratio
    of those who are.
    """
    found = []
    names = [d.indicator for d in model.determinants]
    for arrow in sorted(model.arrows, key=lambda a: names.index(a.parent)):
        size = catalogue.effect_size(arrow.effect_size)
        assert size is not None
        assert size.value is not None
        if arrow.interval is not None:
            size = replace(size, lower=arrow.interval[0], upper=arrow.interval[1])
        found.append(UsedArrow(arrow, size))
    return tuple(found)


def topological(model: ImpactModel) -> ImpactModel:
    """The model with every determinant after those that lead to it."""
    names = ordered([d.indicator for d in model.determinants], model.arrows)
    by_name = {d.indicator: d for d in model.determinants}
    return replace(model, determinants=tuple(by_name[n] for n in names))


def intake_of(used: UsedChange, ground: Ground, values: Values, level: float = 1.0) -> Intake:
    """Who takes part in a change and how many of them get better, in each draw.

    Args:
        used: the change.
        ground: the municipality.
        values: drawn parameters.
        level: how much of the change's money is given (1: as proposed).
    """
    adverse = ground.shares[used.use.determinant]
    change, use, strata = used.change, used.use, ground.strata
    persons = strata.persons[:, use.ages[0] : min(use.ages[1], 100) + 1].sum(axis=1)
    within = np.ones(len(strata.cells))
    if change.places and "zone" in strata.dimensions:
        zones = set(change.places)
        if not zones - set(strata.label("zone")):
            within = np.array([z in zones for z in strata.label("zone")], dtype=np.float64)
    eligible = persons * within * (adverse if use.eligible_share_by_need else 1.0)
    ranks = _ranks(strata, persons * within)
    need = _standardised(adverse, persons * within)
    terms, weights = [ranks], [values.of(f"uptake:{used.draws_id}")]
    if use.need_gradient:
        terms.append(need)
        weights.append(np.full(len(values.draws), use.need_gradient))
    taken = take_part(
        change.nok_per_year * level,
        values.of(f"unit_cost:{used.draws_id}"),
        eligible,
        np.array(terms),
        np.stack(weights, axis=1),
    )
    counted = measured_side(used.size, use.effect_on)
    start = np.full(len(strata.cells), use.start_level) if use.start_level is not None else adverse
    if use.start_level is None and use.eligible_share_by_need and used.size.scale == "RD":
        # A risk difference among people chosen by need needs no start level.
        sign = 1.0 if counted is Polarity.FAVOURABLE else -1.0
        drawn = np.clip(values.of(f"effect:{used.size.id}") / 100.0, -1.0, 1.0)
        raw = sign * np.tile(drawn[:, None], (1, len(start)))
    else:
        effect = values.of(f"effect:{used.size.id}")
        raw = better(used.size.scale, effect, start, counted is Polarity.FAVOURABLE)
    kept = (values.of(f"fidelity:{used.draws_id}") * values.of(f"transfer:{used.draws_id}"))[
        :, None
    ] * np.exp(values.of(f"gradient:{used.draws_id}")[:, None] * ranks)
    bad, well = persons * within * adverse, persons * within * (1 - adverse)
    helped = np.clip(taken.persons * raw * kept, -well, bad)
    sign = -1.0 if change.nok_per_year < 0 else 1.0
    most = np.clip(sign * eligible * raw * kept, -well, bad)
    return Intake(used, persons, eligible, taken, helped, most)


def _ranks(strata: Strata, persons: Floats) -> Floats:
    """Social rank -0.5 … 0.5 of every stratum by education, over those concerned."""
    groups = strata.label("education")
    order = [g for g in EDUCATION if g in groups]
    sizes = np.array([persons[[x == g for x in groups]].sum() for g in order])
    if sizes.sum() <= 0:
        return np.zeros(len(groups))
    ranks = np.asarray(ridits(sizes, np.arange(len(order), dtype=float))) - 0.5
    by_group = dict(zip(order, ranks, strict=True))
    return np.array([by_group[g] for g in groups])


def _standardised(values: Floats, weights: Floats) -> Floats:
    """Values less their mean, in standard deviations between people."""
    if weights.sum() <= 0:
        return np.zeros_like(values)
    mean = np.average(values, weights=weights)
    spread = np.sqrt(np.average((values - mean) ** 2, weights=weights))
    return np.asarray((values - mean) / spread if spread > 0 else values * 0.0)


def chain_of(
    ground: Ground, intakes: Sequence[Intake], dimensions: Sequence[str]
) -> tuple[Chain, Ints]:
    """The fixed arrays for strata of the given dimensions, and each finest stratum's number.

    ``intakes`` must stand in the order of their determinants.
    """
    base, model = ground.baseline, ground.model
    strata, into = ground.strata.aggregate(dimensions)
    first = ground.first_year - base.first_year
    span = slice(first, first + ground.years)
    population = _summed(base.population[span], into, len(strata.cells))
    deaths = _summed(
        base.population[span] * (1 - np.exp(-base.mortality[span])), into, len(strata.cells)
    )
    mean = _summed(base.mortality[span], into, len(strata.cells)) / np.bincount(into)[None, :, None]
    dying = np.divide(deaths, population, out=np.zeros_like(deaths), where=population > 0)
    mortality = np.where(population > 0, -np.log1p(-np.minimum(dying, 1 - 1e-12)), mean)
    weight = base.population[first]
    disability = _mean(base.disability, weight, into, len(strata.cells))
    names = [d.indicator for d in model.determinants]
    start = np.zeros((len(names), len(strata.cells)))
    for k, d in enumerate(model.determinants):
        persons = ground.strata.persons[:, d.ages[0] : d.ages[1] + 1].sum(axis=1)
        start[k] = _mean(ground.shares[d.indicator], persons, into, len(strata.cells))
    arrows = [u.arrow for u in ground.arrows]
    education = strata.label("education")
    groups = [g for g in EDUCATION if g in education]
    chain = Chain(
        population=population,
        mortality=mortality,
        disability=disability,
        transition=_transition(base, into, len(strata.cells), first),
        transition_age=base.transition_age,
        start=start,
        ages=_pairs([d.ages for d in model.determinants]),
        counted=_pairs([d.counted for d in model.determinants]),
        set_at=np.array(
            [-1 if d.set_at is None else d.set_at for d in model.determinants], np.int64
        ),
        parent=np.array([names.index(a.parent) for a in arrows], np.int64),
        child=np.array(
            [len(names) if a.child == MORTALITY else names.index(a.child) for a in arrows], np.int64
        ),
        ratio=np.array([u.size.scale != "RD" for u in ground.arrows], dtype=np.bool_),
        arrow_ages=_pairs([a.ages for a in arrows]),
        lagged=np.array([a.lag_years > 0 for a in arrows], dtype=np.bool_),
        target=np.array([names.index(i.used.use.determinant) for i in intakes], np.int64),
        intake=_pairs([i.used.use.ages for i in intakes]),
        begins=np.array([i.used.change.start_year - ground.first_year for i in intakes], np.int64),
        room=_room(ground, intakes),
        education=np.array([groups.index(e) for e in education], np.int64),
        groups=len(groups),
    )
    return chain, into


def draws_of(ground: Ground, intakes: Sequence[Intake], into: Ints, values: Values) -> Draws:
    """What differs between draws, for the strata that ``into`` leads to."""
    many, n = int(into.max()) + 1, len(values.draws)
    share = np.zeros((n, len(intakes), many))
    young, most = np.zeros_like(share), np.zeros_like(share)
    first = ground.first_year - ground.baseline.first_year
    transition = _transition(ground.baseline, into, many, first)
    at = ground.baseline.transition_age
    youth = np.bincount(into, ground.baseline.population[first][:, at - 1], many)
    for j, intake in enumerate(intakes):
        persons = np.bincount(into, intake.persons, many)
        for array, helped in ((share, intake.helped), (most, intake.most)):
            summed = _columns(helped, into, many)
            np.divide(summed, persons, out=array[:, j], where=persons > 0)
        moved = (youth[:, None] * transition).sum(axis=0)
        mixed = (share[:, j] * youth) @ transition
        np.divide(mixed, moved, out=young[:, j], where=moved > 0)
    return Draws(
        share=share,
        young=young,
        most=most,
        build_up=_times(intakes, n, lambda i: np.full(n, i.used.use.build_up_years)),
        hold=_times(intakes, n, lambda i: values.of(f"hold:{i.used.draws_id}")),
        fade=_times(
            intakes,
            n,
            lambda i: (
                np.full(n, _LASTING)
                if i.used.use.fade_years is None
                else values.of(f"fade:{i.used.draws_id}")
            ),
        ),
        value=np.stack([_arrow_value(u, values) for u in ground.arrows], axis=1)
        if ground.arrows
        else np.zeros((n, 0)),
        causal=np.stack([values.of(f"causal:{u.arrow.id}") for u in ground.arrows], axis=1)
        if ground.arrows
        else np.zeros((n, 0)),
        lag=np.stack([values.of(f"lag:{u.arrow.id}", 0.0) for u in ground.arrows], axis=1)
        if ground.arrows
        else np.zeros((n, 0)),
        weight=np.stack(
            [values.of(f"weight:{d.indicator}", 0.0) for d in ground.determinants], axis=1
        ),
    )


def _arrow_value(used: UsedArrow, values: Values) -> Floats:
    """Ratio of risks (the direct part) or difference in shares, in each draw."""
    drawn = values.of(f"effect:{used.size.id}")
    if used.size.scale == "RD":
        return np.asarray(drawn / 100.0)
    assert used.size.value is not None
    turned = 1 / drawn if used.size.value < 1 else drawn
    return np.asarray(turned ** (1 - used.arrow.mediated))


def _times(intakes: Sequence[Intake], n: int, of: Callable[[Intake], Floats]) -> Floats:
    return np.stack([of(i) for i in intakes], axis=1) if intakes else np.zeros((n, 0))


def _pairs(spans: Sequence[tuple[int, int]]) -> Ints:
    return np.array(spans, dtype=np.int64).reshape(len(spans), 2)


def _summed(values: Floats, into: Ints, many: int) -> Floats:
    """(T, strata, A) summed into coarser strata."""
    found = np.zeros((values.shape[0], many, values.shape[2]))
    for i, g in enumerate(into):
        found[:, g] += values[:, i]
    return found


def _columns(values: Floats, into: Ints, many: int) -> Floats:
    """(W, strata) summed into coarser strata."""
    member = np.zeros((len(into), many))
    member[np.arange(len(into)), into] = 1.0
    return np.asarray(values @ member)


def _mean(values: Floats, weights: Floats, into: Ints, many: int) -> Floats:
    """Weighted means of strata, (strata,) or (strata, A), into coarser ones."""
    top = np.zeros((many, *values.shape[1:]))
    under, plain = np.zeros_like(top), np.zeros_like(top)
    np.add.at(top, into, values * weights)
    np.add.at(under, into, weights)
    np.add.at(plain, into, values)
    count = np.bincount(into, minlength=many).reshape(many, *([1] * (values.ndim - 1)))
    return np.divide(top, under, out=plain / count, where=under > 0)


def _transition(base: Baseline, into: Ints, many: int, first: int) -> Floats:
    """The transition of coarser strata, weighted by those about to move."""
    youth = np.maximum(base.population[first][:, base.transition_age - 1], 1e-9)
    member = np.zeros((len(into), many))
    member[np.arange(len(into)), into] = 1.0
    flow = member.T @ (youth[:, None] * base.transition) @ member
    return np.asarray(flow / flow.sum(axis=1, keepdims=True))


def _room(ground: Ground, intakes: Sequence[Intake]) -> Floats:
    """Helped share of the eligible compared with the first year, as their number changes.

    The same money reaches the same number of people: when the eligible grow, their share falls.
    Where all are reached, the share stays.
    """
    first = ground.first_year - ground.baseline.first_year
    total = ground.baseline.population[first : first + ground.years].sum(axis=1)
    found = np.ones((len(intakes), ground.years))
    for j, i in enumerate(intakes):
        low, high = i.used.use.ages
        persons = total[:, low : min(high, 100) + 1].sum(axis=1)
        if float(np.median(i.taken.unused)) == 0.0 and (persons > 0).all():
            found[j] = persons[0] / persons
    return found
