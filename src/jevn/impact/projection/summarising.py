"""From gains over draws to results that can be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from jevn.impact.baseline.schedule import years_left
from jevn.impact.equity import (
    PlanePoint,
    WelfareChange,
    equity,
    plane_point,
    welfare,
    winners_losers,
)
from jevn.impact.projection.arrays import AGE_BANDS, BASIC, PREMATURE, Chain, Floats, Gains
from jevn.impact.projection.assembling import Ground, Intake
from jevn.impact.projection.graph import Determinant
from jevn.impact.projection.results import (
    ActionGain,
    BenefitVerdict,
    Costs,
    Distribution,
    OutcomeEquity,
    OutcomeGain,
    YearValue,
)
from jevn.impact.projection.uncertain import Values
from jevn.impact.uncertainty import drawn

_SURE = 0.95


@dataclass(frozen=True)
class View:
    """Strata seen by some dimensions, and what an alternative gives them.

    Attributes:
        labels: dimension to the label of every stratum.
        persons: inhabitants at the start by stratum, (G,).
        gains: of the alternative.
    """

    labels: Mapping[str, tuple[str, ...]]
    persons: Floats
    gains: Gains

    def by(self, dimension: str) -> tuple[tuple[str, ...], Floats, Floats]:
        """Names of the groups, persons (groups,), and healthy years gained (W, groups)."""
        labels = self.labels[dimension]
        names = tuple(dict.fromkeys(labels))
        number = np.array([names.index(x) for x in labels])
        gain = np.zeros((len(self.gains.by_group), len(names)))
        np.add.at(gain.T, number, self.gains.by_group[:, :, 0].T)
        persons = np.asarray(np.bincount(number, self.persons, len(names)), dtype=np.float64)
        return names, persons, gain


def verdict(values: Floats) -> BenefitVerdict:
    """What can be said of draws of a benefit."""
    if not np.any(np.abs(values) > 1e-12):
        return "no_effect"
    if float((values > 0).mean()) >= _SURE:
        return "gains"
    return "loses" if float((values < 0).mean()) >= _SURE else "cannot_tell"


def names_of(determinants: Sequence[Determinant]) -> tuple[str, ...]:
    """Names of the outcomes, in their order."""
    return (*BASIC, *(d.indicator for d in determinants))


def factors(years: int, rate: float) -> Floats:
    """What each year counts, the first whole, (T,)."""
    return np.asarray((1 + rate) ** -np.arange(years, dtype=np.float64))


def benefit(ground: Ground, chain: Chain, gains: Gains) -> tuple[OutcomeGain, ...]:
    """Every outcome over all years, per 1 000 inhabitants, and year by year."""
    inhabitants = float(chain.population[0].sum())
    weight = factors(ground.years, ground.model.discount)
    found = []
    for o, name in enumerate(names_of(ground.determinants)):
        by_year = gains.by_year[:, :, :, o]
        total = by_year.sum(axis=(1, 2))
        discounted = None
        if name == "healthy_years":
            discounted = drawn((by_year.sum(axis=1) * weight).sum(axis=1))
        lower, median, upper = np.quantile(by_year.sum(axis=1), (0.025, 0.5, 0.975), axis=0)
        groups = np.median(by_year, axis=0)
        years = tuple(
            YearValue(
                ground.first_year + t,
                float(median[t]),
                float(lower[t]),
                float(upper[t]),
                tuple(float(x) for x in groups[:, t]),
            )
            for t in range(ground.years)
        )
        found.append(
            OutcomeGain(
                name,
                drawn(total),
                drawn(total / inhabitants * 1000),
                discounted,
                verdict(total),
                years,
            )
        )
    return tuple(found)


def distribution(views: Sequence[View], gains: Gains, chain: Chain) -> tuple[Distribution, ...]:
    """Healthy years by education, income, sex, zone and age, where known."""
    found: dict[str, Distribution] = {}
    for view in views:
        for dimension in view.labels:
            if dimension not in found:
                names, persons, gain = view.by(dimension)
                groups = winners_losers(gain, persons, names)
                found[dimension] = Distribution(dimension, groups)
    names = tuple(f"{a}–{b}" if b < 100 else f"{a}+" for a, b in AGE_BANDS)
    persons = np.array([chain.population[0][:, a : b + 1].sum() for a, b in AGE_BANDS])
    by_age = winners_losers(gains.by_age[:, :, 0], persons, names)
    found["age"] = Distribution("age", by_age)
    order = ("education", "income", "zone", "age", "sex")
    return tuple(found[d] for d in order if d in found)


def person_years(chain: Chain, ages: tuple[int, int]) -> Floats:
    """Person-years without change at some ages over all years, by stratum, (G,)."""
    alive = np.exp(-chain.mortality)
    lived = chain.population * (1 + alive) / 2
    return np.asarray(lived[:, :, ages[0] : ages[1] + 1].sum(axis=(0, 2)))


def _by_education(values: Floats, chain: Chain) -> Floats:
    """Sums by education group of (..., G)."""
    member = np.zeros((len(chain.education), chain.groups))
    member[np.arange(len(chain.education)), chain.education] = 1.0
    return np.asarray(values @ member)


def outcome_equity(
    ground: Ground, chain: Chain, gains: Gains, groups: tuple[str, ...]
) -> tuple[OutcomeEquity, ...]:
    """Inequality by education in premature mortality and in every determinant that moves."""
    found = []
    years = _by_education(person_years(chain, PREMATURE), chain)
    lived = slice(PREMATURE[0], PREMATURE[1] + 1)
    dead = (chain.population * (1 - np.exp(-chain.mortality)))[:, :, lived].sum(axis=(0, 2))
    averted = _by_education(gains.by_group[:, :, 3], chain)
    found.append(
        _equity("premature_mortality", groups, years, _by_education(dead, chain), averted, 1e5)
    )
    for k, d in enumerate(ground.determinants):
        years = _by_education(person_years(chain, d.counted), chain)
        cases = _by_education(person_years(chain, d.counted) * chain.start[k], chain)
        fewer = _by_education(gains.by_group[:, :, len(BASIC) + k], chain)
        if np.any(np.abs(fewer) > 1e-12):
            found.append(_equity(d.indicator, groups, years, cases, fewer, 100.0))
    return tuple(found)


def _equity(
    name: str, groups: tuple[str, ...], years: Floats, cases: Floats, fewer: Floats, unit: float
) -> OutcomeEquity:
    there = np.maximum(years, 1e-9)
    before = cases / there * unit
    after = before - fewer / there * unit
    return OutcomeEquity(
        name,
        groups,
        tuple(float(x) for x in before),
        tuple(drawn(after[:, i]) for i in range(len(groups))),
        equity(years, before, after),
    )


def healthy_expectancy(chain: Chain) -> Floats:
    """Healthy years expected at birth by education at the first year's rates, (E,)."""
    first = chain.population[0]
    found = np.zeros(chain.groups)
    for e in range(chain.groups):
        here = chain.education == e
        weight = np.maximum(first[here], 1e-9)
        dying = (weight * (1 - np.exp(-chain.mortality[0][here]))).sum(axis=0) / weight.sum(axis=0)
        disability = (weight * chain.disability[here]).sum(axis=0) / weight.sum(axis=0)
        rate = -np.log1p(-np.minimum(dying, 0.9999999))
        found[e] = years_left(rate, 1 - disability)[0]
    return found


def equity_summary(chain: Chain, gains: Gains) -> tuple[tuple[WelfareChange, ...], PlanePoint]:
    """Change in welfare by aversion, and the place in the plane of health and inequality.

    Healthy years gained per inhabitant of a group are added to the group's healthy life
    expectancy, as in distributional cost-effectiveness analysis (Asaria, Griffin & Cookson 2016).
    """
    persons = _by_education(chain.population[0].sum(axis=1), chain)
    gain = _by_education(gains.by_group[:, :, 0], chain)
    before = healthy_expectancy(chain)
    after = before + np.divide(gain, persons, out=np.zeros_like(gain), where=persons > 0)
    return welfare(persons, before, after), plane_point(gain, persons)


def costs(
    ground: Ground,
    gains: Gains,
    values: Values,
    intakes: Sequence[Intake],
    money: Sequence[tuple[str, float, int]],
) -> Costs:
    """Kroner over all years, discounted.

    Args:
        ground: the municipality.
        gains: of the alternative.
        values: drawn parameters.
        intakes: its computed changes.
        money: id, kroner a year and first year of every change, judged ones too.
    """
    weight = factors(ground.years, ground.model.discount)
    actions = sum(_spent(nok, start, ground) for _, nok, start in money)
    n = len(values.draws)
    saved = {name: np.zeros(n) for name in ("municipality", "state", "user")}
    for k, d in enumerate(ground.determinants):
        if d.costs is None:
            continue
        fewer = (gains.by_year[:, :, :, len(BASIC) + k].sum(axis=1) * weight).sum(axis=1)
        scale = values.of(f"saving:{d.indicator}", 1.0)
        for name, total in saved.items():
            total += fewer * getattr(d.costs, name) * scale
    net = drawn(actions - saved["municipality"])
    healthy = (gains.by_year[:, :, :, 0].sum(axis=1) * weight).sum(axis=1)
    mean = float(healthy.mean())
    ids = {i.used.change.id for i in intakes}
    computed = sum(_spent(nok, start, ground) for id, nok, start in money if id in ids)
    own = computed - float(saved["municipality"].mean())
    per = own / mean if mean > 1e-9 and own > 0 else None
    new = sum(nok for _, nok, _ in money if nok > 0)
    taken = -sum(nok for _, nok, _ in money if nok < 0)
    return Costs(
        per_year=sum(nok for _, nok, _ in money),
        actions=actions,
        computed=computed,
        municipality=net,
        state=drawn(-saved["state"]),
        user=drawn(-saved["user"]),
        unused=drawn(sum((i.taken.unused for i in intakes), np.zeros(n))),
        per_healthy_year=per,
        forgone=max(0.0, net.mean) / ground.model.healthy_year_nok,
        funded=min(1.0, taken / new) if new > 0 else 1.0,
    )


def _spent(nok: float, start: int, ground: Ground) -> float:
    """Kroner a year from a year on, discounted and summed."""
    weight = factors(ground.years, ground.model.discount)
    return nok * float(weight[max(0, start - ground.first_year) :].sum())


def action_gain(chain: Chain, intake: Intake, gains: Gains) -> ActionGain:
    """One computed change on its own."""
    by_education = _by_education(gains.by_group[:, :, 0], chain)
    return ActionGain(
        intake.used.change.id,
        drawn(intake.taken.persons.sum(axis=1)),
        drawn(intake.helped.sum(axis=1)),
        drawn(gains.by_group[:, :, 0].sum(axis=1)),
        tuple(float(x) for x in np.median(by_education, axis=0)),
    )


def net_benefit(ground: Ground, gains: Gains, cost: Floats) -> Floats:
    """Healthy years weighed in kroner less the municipality's net cost, discounted, (W,)."""
    weight = factors(ground.years, ground.model.discount)
    healthy = (gains.by_year[:, :, :, 0].sum(axis=1) * weight).sum(axis=1)
    return np.asarray(healthy * ground.model.healthy_year_nok - cost)
