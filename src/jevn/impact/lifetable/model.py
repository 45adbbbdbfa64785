"""The life table model as arrays: population, rates by age, diseases and lagged exposures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

CHRONIC = ("i", "r", "f", "dr", "prev")
"""Columns of a chronic disease: incidence, remission, fatality, disability weight, prevalence."""
ACUTE = ("mort", "yld")
"""Columns of an acute disease: excess mortality, years lived with disability."""


@dataclass(frozen=True, slots=True)
class ChronicDisease:
    """A disease that people have for years. Rates per person-year, arrays of (groups, ages).

    Attributes:
        name: name in the columns.
        incidence: new cases among those who do not have it.
        remission: those who are rid of it, among those who have it.
        fatality: deaths from it, among those who have it.
        disability: disability weight, 0-1.
        prevalence: share that has it at the start, 0-1.
    """

    name: str
    incidence: Floats
    remission: Floats
    fatality: Floats
    disability: Floats
    prevalence: Floats


@dataclass(frozen=True, slots=True)
class AcuteDisease:
    """A disease that is over within the year. Arrays of (groups, ages).

    Attributes:
        name: name in the columns.
        mortality: its part of all-cause mortality, deaths per person-year.
        disability: years lived with disability from it, per person-year.
    """

    name: str
    mortality: Floats
    disability: Floats


@dataclass(frozen=True, slots=True)
class LaggedExposure:
    """An exposure whose risk fades after it ends, such as smoking.

    People are never exposed, exposed, or ``0 ... lag`` years rid of it, or longer.

    Attributes:
        name: name in the columns.
        initiation: share of the never exposed who begin in a year, (groups, ages).
        cessation: share of the exposed who end in a year, (groups, ages).
        shares: people by bin at the start, (groups, ages, bins); bins are never, exposed, years
            since, and more than ``lag`` years.
        mortality_risk: relative risk of death by (ages, bins).
        risks: per disease its relative risk by (ages, bins).
    """

    name: str
    initiation: Floats
    cessation: Floats
    shares: Floats
    mortality_risk: Floats
    risks: tuple[tuple[str, Floats], ...]

    @property
    def lag(self) -> int:
        """Years after which those who ended are no longer told apart."""
        return int(self.shares.shape[2]) - 4


@dataclass(frozen=True, slots=True)
class LifeTableModel:
    """Population, rates and diseases of strata by sex and single year of age.

    Attributes:
        stratum: what the strata are called (the column's name).
        groups: per group its stratum and sex.
        mortality: all-cause deaths per person-year in the start year, (groups, ages).
        mortality_trend: yearly change of its logarithm, (groups, ages).
        disability: years lived with disability per person-year, (groups, ages).
        chronic: chronic diseases.
        acute: acute diseases.
        exposures: lagged exposures.
        cohort_group: per cohort the number of its group, (cohorts,).
        cohort_age: per cohort its age at the start, (cohorts,).
        cohort_size: per cohort its persons at the start, (cohorts,).
    """

    stratum: str
    groups: tuple[tuple[str, str], ...]
    mortality: Floats
    mortality_trend: Floats
    disability: Floats
    chronic: tuple[ChronicDisease, ...]
    acute: tuple[AcuteDisease, ...]
    exposures: tuple[LaggedExposure, ...]
    cohort_group: Ints
    cohort_age: Ints
    cohort_size: Floats

    @property
    def ages(self) -> int:
        """Number of single years of age that the rates are given for, from 0."""
        return int(self.mortality.shape[1])

    @property
    def strata(self) -> tuple[str, ...]:
        """The strata in the order of the population file."""
        return tuple(dict.fromkeys(self.groups[g][0] for g in self.cohort_group))

    def diseases(self) -> tuple[str, ...]:
        """Names of all diseases, chronic first."""
        return (*(d.name for d in self.chronic), *(d.name for d in self.acute))
