"""Results of a life table run: rows by cohort and year, and totals by stratum with intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from jevn.impact.lifetable.arms import COLUMNS, Arms
from jevn.impact.lifetable.model import Floats, LifeTableModel
from jevn.impact.lifetable.scenario import Scenario

ALL = "all"
"""Name of all strata together."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Median and 95 % limits over draws."""

    median: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class StratumTotal:
    """What a change does for one stratum over the whole run.

    Attributes:
        stratum: its name; ``all`` for all together.
        initial_population: persons at the start.
        life_years: person-years gained.
        healthy_years: health-adjusted person-years gained.
        deaths_averted: deaths within the run without the change less those with it.
        healthy_years_per_1000: healthy years gained per 1 000 persons at the start.
        life_years_drawn: its interval over draws; ``None`` without draws.
        healthy_years_drawn: likewise.
        deaths_averted_drawn: likewise.
    """

    stratum: str
    initial_population: float
    life_years: float
    healthy_years: float
    deaths_averted: float
    healthy_years_per_1000: float
    life_years_drawn: Interval | None = None
    healthy_years_drawn: Interval | None = None
    deaths_averted_drawn: Interval | None = None


@dataclass(frozen=True, slots=True)
class LifeTableResult:
    """A scenario held against no change.

    Attributes:
        stratum: what the strata are called.
        rows: per stratum, sex, year of birth and year both arms: ``population`` at the end of
            the year, ``acmr`` all-cause mortality rate, ``deaths``, ``yld_rate`` years lived with
            disability per person-year, ``person_years``, ``HALY`` health-adjusted person-years,
            and ``LE`` and ``HALE``, years and healthy years until the end of the run per person
            alive at the start of the year. Columns of the arm without the change begin with
            ``bau_``.
        diseases: per chronic disease, stratum, sex, year of birth and year: incidence rate,
            prevalence at the end of the year (of the same arm's living) and dead of 1 000 members.
        totals: per stratum, then all together.
        draws: number of draws behind the intervals.
        seed: seed of the draws.
    """

    stratum: str
    rows: pl.DataFrame
    diseases: pl.DataFrame
    totals: tuple[StratumTotal, ...]
    draws: int
    seed: int

    def total(self, stratum: str = ALL) -> StratumTotal:
        """Total of one stratum.

        Raises:
            KeyError: if there is no such stratum.
        """
        for found in self.totals:
            if found.stratum == stratum:
                return found
        raise KeyError(stratum)


def result_of(
    model: LifeTableModel,
    scenario: Scenario,
    arms: Arms,
    drawn: Floats | None = None,
    seed: int = 0,
) -> LifeTableResult:
    """Gather the arrays of both arms into tables and totals.

    Args:
        model: the model that was run.
        scenario: what was changed.
        arms: both arms.
        drawn: gains by draw, stratum and kind (life years, healthy years, deaths averted),
            (draws, strata, 3), or ``None``.
        seed: seed of the draws.
    """
    keys = _keys(model, scenario)
    here = (arms.values[0, 0] != 0) | _followed(model, scenario)
    flat = here.ravel()
    columns: dict[str, Floats] = {}
    for arm, lead in enumerate(("bau_", "")):
        for i, name in enumerate(COLUMNS):
            columns[f"{lead}{name}"] = arms.values[arm, i].ravel()[flat]
        for i, name in enumerate(("LE", "HALE")):
            columns[f"{lead}{name}"] = arms.expectancy[arm, i].ravel()[flat]
    rows = keys.filter(pl.Series(flat)).with_columns(
        **{name: pl.Series(values) for name, values in columns.items()}
    )
    return LifeTableResult(
        model.stratum,
        rows,
        _diseases(model, keys, arms, flat),
        _totals(model, arms, drawn),
        0 if drawn is None else len(drawn),
        seed,
    )


def _followed(model: LifeTableModel, scenario: Scenario) -> np.ndarray:
    age = model.cohort_age[:, None] + np.arange(scenario.steps)
    found: np.ndarray = (age <= scenario.max_age) | (np.arange(scenario.steps) == 0)
    return found


def _keys(model: LifeTableModel, scenario: Scenario) -> pl.DataFrame:
    steps = np.arange(scenario.steps)
    cohorts = len(model.cohort_size)
    repeated = np.repeat(np.arange(cohorts), scenario.steps)
    group = model.cohort_group[repeated]
    age = model.cohort_age[repeated]
    step = np.tile(steps, cohorts)
    return pl.DataFrame(
        {
            model.stratum: [model.groups[g][0] for g in group],
            "sex": [model.groups[g][1] for g in group],
            "year_of_birth": scenario.start_year - age,
            "year": scenario.start_year + step,
            "age": age + step,
        }
    )


def _diseases(
    model: LifeTableModel, keys: pl.DataFrame, arms: Arms, flat: np.ndarray
) -> pl.DataFrame:
    parts = []
    for k, disease in enumerate(model.chronic):
        columns = {
            f"{lead}_{name}": arms.disease[arm, k, i].ravel()[flat]
            for i, name in enumerate(("incidence", "prevalence", "deaths"))
            for arm, lead in enumerate(("bau", "int"))
        }
        parts.append(
            keys.filter(pl.Series(flat)).select(
                pl.lit(disease.name).alias("disease"),
                pl.all(),
                *(pl.Series(n, v) for n, v in columns.items()),
            )
        )
    return pl.concat(parts) if parts else keys.clear().with_columns(disease=pl.lit(""))


def _totals(model: LifeTableModel, arms: Arms, drawn: Floats | None) -> tuple[StratumTotal, ...]:
    of_cohort = np.array([model.groups[g][0] for g in model.cohort_group])
    gain = arms.values[1] - arms.values[0]
    found = []
    for number, stratum in enumerate((*model.strata, ALL)):
        who = of_cohort == stratum if stratum != ALL else np.ones(len(of_cohort), dtype=bool)
        people = float(model.cohort_size[who].sum())
        years, healthy = (float(gain[i][who].sum()) for i in (4, 5))
        deaths = -float(gain[2][who].sum())
        intervals: tuple[Interval | None, ...] = (None, None, None)
        if drawn is not None:
            of_draw = drawn[:, number] if stratum != ALL else drawn.sum(axis=1)
            intervals = tuple(_interval(of_draw[:, i]) for i in range(3))
        found.append(
            StratumTotal(
                stratum,
                people,
                years,
                healthy,
                deaths,
                1000 * healthy / people if people else 0.0,
                *intervals,
            )
        )
    return tuple(found)


def _interval(values: Floats) -> Interval:
    lower, median, upper = np.quantile(values, (0.025, 0.5, 0.975))
    return Interval(float(median), float(lower), float(upper))
