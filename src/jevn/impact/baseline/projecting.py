"""The population carried on as today: deaths that add up, births, migration, new education."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from jevn.impact.baseline import facts
from jevn.impact.baseline.gradients import Gradients, default_gradients, ratios, split_deaths
from jevn.impact.baseline.model import AGES, Baseline, Floats, Strata
from jevn.impact.baseline.schedule import Schedule, default_schedule
from jevn.impact.population import GROUPS
from jevn.terms import Message

TRANSITION_AGE = 25
_YOUNG_ADULTS = slice(25, 35)


@dataclass(frozen=True, slots=True)
class Future:
    """What is assumed about births and migration.

    Attributes:
        fertility: children per woman.
        migration: net persons a year by sex (``women``, ``men``), (ages,) each; ``None``: none.
        total: persons on 1 January of a later year that migration is scaled to reach:
            (year, persons).
    """

    fertility: float = facts.FERTILITY
    migration: Mapping[str, Floats] | None = None
    total: tuple[int, float] | None = None


def project(
    strata: Strata,
    *,
    steps: int,
    schedule: Schedule | None = None,
    gradients: Gradients | None = None,
    future: Future | None = None,
) -> Baseline:
    """Follow the strata as today for some years from the year of their figures.

    In every year, for each sex and age, the deaths of the strata sum to the total rate times all
    persons: since low strata die faster, their weights change, and the rates are parted anew each
    year (Andersen et al. 2022). Births go into the mother's stratum, boys into the same stratum of
    men. Those who turn 25 get an education of their own (:func:`transition_of`).

    Args:
        strata: the people.
        steps: years.
        schedule: total rates; ``None``: :func:`default_schedule`.
        gradients: ``None``: :func:`default_gradients`.
        future: births and migration; ``None``: Norwegian fertility, no migration.

    Raises:
        ValueError: fewer than one step, or a projected total of a year outside the projection.
    """
    if steps < 1:
        raise ValueError("there must be at least one year")
    schedule = schedule or default_schedule()
    future = future or Future()
    given = gradients or default_gradients(strata, schedule)
    plain = _project(strata, steps, schedule, given, future, 0.0)
    if future.total is None:
        return plain
    year, persons = future.total
    at = year - strata.year
    if not 1 <= at <= steps:
        raise ValueError(f"the year {year} of the projected total is outside the projection")
    # Migration spread like people of 20-39 years and their children; the total is close to linear.
    low, high = 0.0, 1.0
    for _ in range(40):
        start = (
            _total(plain, at)
            if low == 0
            else _total(_project(strata, steps, schedule, given, future, low), at)
        )
        end = _total(_project(strata, steps, schedule, given, future, high), at)
        if abs(end - persons) <= 1e-6 * persons:
            break
        low, high = high, high + (persons - end) * (high - low) / (end - start)
    return _project(strata, steps, schedule, given, future, high)


def _total(baseline: Baseline, at: int) -> float:
    return float(baseline.population[at].sum())


def _project(
    strata: Strata,
    steps: int,
    schedule: Schedule,
    gradients: Gradients,
    future: Future,
    moving: float,
) -> Baseline:
    many = len(strata.cells)
    ratio = ratios(strata, schedule, gradients)
    sexes = _sexes(strata, schedule)
    transition = transition_of(strata)
    mothers, sons = _mothers(strata), _sons(strata)
    fertility = _fertility(future.fertility)
    population = np.zeros((steps + 1, many, AGES))
    population[0] = strata.persons
    mortality = np.zeros((steps, many, AGES))
    births, migration = np.zeros((steps, many)), np.zeros((steps, many, AGES))
    for t in range(steps):
        people = population[t]
        for i, here in enumerate(sexes):
            total = schedule.mortality[i] * np.exp(schedule.trend[i] * t)
            mortality[t, here] = split_deaths(total, people[here], ratio[here])
        survivors = people * np.exp(-mortality[t])
        older = np.zeros_like(people)
        older[:, 1:] = survivors[:, :-1]
        older[:, -1] += survivors[:, -1]
        older[:, TRANSITION_AGE] = survivors[:, TRANSITION_AGE - 1] @ transition
        born = (people * mothers[:, None] * fertility).sum(axis=1)
        births[t] = born * (1 - facts.BOYS) if "sex" in strata.dimensions else born
        if "sex" in strata.dimensions:
            np.add.at(births[t], sons[sons >= 0], born[sons >= 0] * facts.BOYS)
        migration[t] = _migration(strata, older, future, moving)
        older[:, 0] = births[t]
        population[t + 1] = np.maximum(older + migration[t], 0.0)
        migration[t] = population[t + 1] - older
    gone = population[:-1] * (1 - np.exp(-mortality))
    return Baseline(
        strata=strata,
        first_year=strata.year,
        population=population,
        mortality=mortality,
        disability=schedule.disability[_sex_number(strata, schedule)],
        births=births,
        migration=migration,
        transition=transition,
        transition_age=TRANSITION_AGE,
        deaths=gone,
        person_years=population[:-1] - gone / 2,
        assumptions=(*strata.assumptions, *_said(schedule, future)),
    )


def transition_of(strata: Strata) -> Floats:
    """Where people of a stratum (parents' education) go when they get an education of their own.

    Those whose parents have more education complete more often (SSB, cohort of 1996: 33.4, 51.2 and
    68.0 per cent on time). The shares are raked so that the education of those who are 25-34
    years old today is reproduced for each sex; sex, income and zone stay.
    """
    many = len(strata.cells)
    found = np.eye(many)
    if "education" not in strata.dimensions:
        return found
    at = strata.dimensions.index("education")
    number = {cell: i for i, cell in enumerate(strata.cells)}
    sexes = strata.label("sex") if "sex" in strata.dimensions else ("all",) * many
    for sex in dict.fromkeys(sexes):
        here = np.array([s == sex for s in sexes])
        table = _mobility(strata, here)
        for cell, i in number.items():
            if not here[i]:
                continue
            found[i] = 0.0
            for own, group in enumerate(GROUPS):
                target = number.get((*cell[:at], group, *cell[at + 1 :]))
                if target is not None:
                    found[i, target] += table[GROUPS.index(cell[at]), own]
            found[i] /= found[i].sum()
    return found


def _mobility(strata: Strata, here: np.ndarray) -> Floats:
    """Own education (columns) by parents' (rows), rows summing to 1."""
    groups = np.array([GROUPS.index(g) for g in strata.label("education")])
    unsettled = strata.persons[here, 18:TRANSITION_AGE].sum(axis=1)
    young = np.bincount(groups[here], unsettled, len(GROUPS)) + 1e-9
    settled = strata.persons[here, _YOUNG_ADULTS].sum(axis=1)
    adult = np.bincount(groups[here], settled, len(GROUPS)) + 1e-9
    done = np.array(facts.COMPLETION)
    odds = done / (1 - done)
    # Seed: those who do not complete have basic; higher follows completion the same way.
    seed = np.column_stack([1 - done, done / (1 + odds), done * odds / (1 + odds)])
    flow = seed * (young / young.sum())[:, None]
    wanted_rows, wanted_columns = young / young.sum(), adult / adult.sum()
    for _ in range(500):
        flow *= (wanted_columns / flow.sum(axis=0))[None, :]
        flow *= (wanted_rows / flow.sum(axis=1))[:, None]
    return np.asarray(flow / flow.sum(axis=1, keepdims=True))


def _sexes(strata: Strata, schedule: Schedule) -> list[np.ndarray]:
    if "sex" not in strata.dimensions:
        return [np.ones(len(strata.cells), dtype=bool)]
    return [np.array([s == sex for s in strata.label("sex")]) for sex in schedule.sexes]


def _sex_number(strata: Strata, schedule: Schedule) -> list[int]:
    if "sex" not in strata.dimensions:
        return [0] * len(strata.cells)
    return [schedule.sexes.index(s) for s in strata.label("sex")]


def _mothers(strata: Strata) -> Floats:
    """1 for strata of women (one half where the strata have no sex)."""
    if "sex" not in strata.dimensions:
        return np.full(len(strata.cells), 0.5)
    return np.array([1.0 if s == "women" else 0.0 for s in strata.label("sex")])


def _sons(strata: Strata) -> np.ndarray:
    """For strata of women, the same stratum of men; -1 for others."""
    found = np.full(len(strata.cells), -1, dtype=np.int64)
    if "sex" in strata.dimensions:
        number = {cell: i for i, cell in enumerate(strata.cells)}
        for cell, i in number.items():
            if cell[0] == "women":
                found[i] = number.get(("men", *cell[1:]), -1)
    return found


def _fertility(children: float) -> Floats:
    """Births per woman and year by age: a bell around the mothers' mean age, 15-49."""
    mean, spread = facts.MOTHERS_AGE
    age = np.arange(AGES) + 0.5
    bell = np.where((age > 15) & (age < 50), np.exp(-(((age - mean) / spread) ** 2) / 2), 0.0)
    return np.asarray(children * bell / bell.sum())


def _migration(strata: Strata, older: Floats, future: Future, moving: float) -> Floats:
    """Net migration by stratum and age: the given numbers, and the scaled flow to a total."""
    found = np.zeros_like(older)
    if future.migration is not None:
        for sex, numbers in future.migration.items():
            here = np.ones(len(strata.cells), dtype=bool)
            if "sex" in strata.dimensions:
                here = np.array([s == sex for s in strata.label("sex")])
            people = older[here].sum(axis=0)
            share = np.divide(
                older[here], people, out=np.full_like(older[here], 1 / here.sum()), where=people > 0
            )
            found[here] += share * numbers
    if moving:
        flow = np.zeros(AGES)
        flow[20:40] = 1.0
        flow[0:10] = 0.4
        found += moving * 0.01 * older * flow
    return found


def _said(schedule: Schedule, future: Future) -> tuple[Message, ...]:
    return (
        Message("impact.assumption.schedule", {"source": schedule.source}),
        Message("impact.assumption.fertility", {"children_exact": future.fertility}),
        Message("impact.assumption.no_income_mobility"),
    )
