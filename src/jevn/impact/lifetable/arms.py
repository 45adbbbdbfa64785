"""What both engines share: time, the factors of a scenario as numbers, and the arrays filled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jevn.impact.lifetable.model import Floats, Ints, LifeTableModel
from jevn.impact.lifetable.scenario import Scenario

COLUMNS = ("population", "acmr", "deaths", "yld_rate", "person_years", "HALY")
"""What each arm has for a cohort and year, in the order of :attr:`Arms.values`."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Where every cohort is in every step.

    Attributes:
        group: group of each cohort, (cohorts,).
        age: age by step, no higher than the last age of the rates, (cohorts, steps).
        followed: whether the cohort is still followed, (cohorts, steps).
    """

    group: Ints
    age: Ints
    followed: npt.NDArray[np.bool_]


def timeline(model: LifeTableModel, steps: int, max_age: int) -> Timeline:
    """Age by step; the age at the start is as given, and grows by one in each later step."""
    age = model.cohort_age[:, None] + np.arange(steps)
    followed = (age <= max_age) | (np.arange(steps) == 0)
    return Timeline(model.cohort_group, np.minimum(age, model.ages - 1), followed)


@dataclass(frozen=True, slots=True)
class Levers:
    """The factors of one scenario (or one draw of it), in the model's order.

    Attributes:
        all_cause: factor on all-cause mortality.
        incidence: per chronic disease, (chronic,).
        acute: per acute disease, (acute,).
        simplified: per chronic disease whether the equations without remission are used.
        initiation: per exposure, (exposures,).
        cessation: per exposure the share that ends in a year; NaN for as today, (exposures,).
        affects: per exposure the diseases that follow it.
    """

    all_cause: float
    incidence: Floats
    acute: Floats
    simplified: npt.NDArray[np.bool_]
    initiation: Floats
    cessation: Floats
    affects: tuple[tuple[str, ...], ...]

    @classmethod
    def of(
        cls, model: LifeTableModel, scenario: Scenario, drawn: dict[str, float] | None = None
    ) -> Levers:
        """The factors of a scenario; ``drawn`` gives other values to some of them."""
        values = {name: factor.value for name, factor in scenario.multipliers()}
        values |= drawn or {}
        exposures = [scenario.exposures.get(x.name) for x in model.exposures]
        return cls(
            all_cause=values["all_cause_mortality"],
            incidence=np.array([values.get(f"incidence.{d.name}", 1.0) for d in model.chronic]),
            acute=np.array([values.get(f"acute.{d.name}", 1.0) for d in model.acute]),
            simplified=np.array(
                [d.name in scenario.simplified for d in model.chronic], dtype=np.bool_
            ),
            initiation=np.array(
                [values.get(f"exposure.{x.name}.initiation", 1.0) for x in model.exposures]
            ),
            cessation=np.array(
                [values.get(f"exposure.{x.name}.cessation", np.nan) for x in model.exposures]
            ),
            affects=tuple(x.affects if x else () for x in exposures),
        )


@dataclass
class Arms:
    """Both arms: without the change (0) and with it (1).

    Attributes:
        values: (2, columns, cohorts, steps), columns as :data:`COLUMNS`; 0 where a cohort is no
            longer followed.
        disease: incidence, prevalence and dead of 1 000 members per chronic disease,
            (2, chronic, 3, cohorts, steps).
        log_survival: logarithm of those a chronic disease leaves alive in each step without the
            change, (chronic, cohorts, steps).
        share: share that has the disease over each step without the change, likewise.
        mean_risk: mean relative risk of each exposure and disease without the change,
            (exposures, diseases, cohorts, steps).
        expectancy: remaining years until the end of the run, of those alive at the start of
            each year, whole and healthy, (2, 2, cohorts, steps).
    """

    values: Floats
    disease: Floats
    log_survival: Floats
    share: Floats
    mean_risk: Floats
    expectancy: Floats

    @classmethod
    def empty(cls, model: LifeTableModel, steps: int) -> Arms:
        """Arrays to be filled."""
        cohorts = len(model.cohort_size)
        return cls(
            np.zeros((2, len(COLUMNS), cohorts, steps)),
            np.zeros((2, len(model.chronic), 3, cohorts, steps)),
            np.zeros((len(model.chronic), cohorts, steps)),
            np.zeros((len(model.chronic), cohorts, steps)),
            np.ones((len(model.exposures), len(model.diseases()), cohorts, steps)),
            np.zeros((2, 2, cohorts, steps)),
        )

    def finish(self, model: LifeTableModel) -> None:
        """Fill in the expectancies."""
        left = self.values[:, 0]
        start = np.concatenate(
            [
                np.broadcast_to(model.cohort_size[:, None], (2, len(model.cohort_size), 1)),
                left[:, :, :-1],
            ],
            axis=2,
        )
        for i, column in enumerate((4, 5)):
            ahead = self.values[:, column, :, ::-1].cumsum(axis=2)[:, :, ::-1]
            self.expectancy[:, i] = np.divide(
                ahead, start, out=np.zeros_like(ahead), where=start > 0
            )
