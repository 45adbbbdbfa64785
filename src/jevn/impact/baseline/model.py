"""The people without any change: strata, and what happens to them year by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jevn.terms import Message

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

AGES = 101
"""Single years of age 0-100, the last open."""
DIMENSIONS = ("sex", "education", "income", "zone")
"""What people can be divided by, in the order of the strata's labels."""


@dataclass(frozen=True, slots=True)
class Strata:
    """Persons by stratum and single year of age.

    Attributes:
        dimensions: some of :data:`DIMENSIONS`, in that order.
        cells: one label per dimension, a row per stratum; product order, lowest social
            position first.
        persons: on 1 January of ``year``, (strata, ages).
        year: year of the figures.
        assumptions: what had to be assumed.
    """

    dimensions: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    persons: Floats
    year: int
    assumptions: tuple[Message, ...] = ()

    def label(self, dimension: str) -> tuple[str, ...]:
        """The label of every stratum in one dimension.

        Raises:
            ValueError: if the strata are not divided by it.
        """
        if dimension not in self.dimensions:
            raise ValueError(f"strata are not divided by {dimension}")
        i = self.dimensions.index(dimension)
        return tuple(cell[i] for cell in self.cells)

    def aggregate(self, dimensions: Sequence[str]) -> tuple[Strata, Ints]:
        """Coarser strata, and for every stratum here the number of its coarser one.

        Raises:
            ValueError: if the strata are not divided by one of ``dimensions``.
        """
        kept = tuple(d for d in self.dimensions if d in dimensions)
        if len(kept) < len(set(dimensions)):
            lacking = ", ".join(sorted(set(dimensions) - set(kept)))
            raise ValueError(f"strata are not divided by {lacking}")
        where = [self.dimensions.index(d) for d in kept]
        labels = [tuple(cell[i] for i in where) for cell in self.cells]
        cells = tuple(dict.fromkeys(labels))
        number = {cell: i for i, cell in enumerate(cells)}
        into = np.array([number[label] for label in labels], dtype=np.int64)
        persons = np.zeros((len(cells), self.persons.shape[1]))
        np.add.at(persons, into, self.persons)
        return Strata(kept, cells, persons, self.year, self.assumptions), into


@dataclass(frozen=True, slots=True)
class Baseline:
    """The population carried on as today. Years follow ``first_year``; a step is a year.

    Within a year: deaths = N (1 - exp(-m)); survivors become a year older (those of 99 and of 100
    and over both into the last age); those who turn ``transition_age`` are spread by
    ``transition``; then migration is added, and those born enter at age 0.

    Attributes:
        strata: the people at the start.
        first_year: calendar year of the first step.
        population: persons on 1 January, (steps + 1, strata, ages).
        mortality: deaths per person-year, (steps, strata, ages).
        disability: years lived with disability per person-year, 0-1, (strata, ages).
        births: persons aged 0 on the next 1 January, (steps, strata).
        migration: net persons added on the next 1 January by their age then,
            (steps, strata, ages).
        transition: row-stochastic: where people of a stratum (by parents' education) go when
            they get an education of their own, (strata, strata).
        transition_age: age at which they do.
        deaths: (steps, strata, ages).
        person_years: survivors and half the deaths, (steps, strata, ages).
        assumptions: what had to be assumed.
    """

    strata: Strata
    first_year: int
    population: Floats
    mortality: Floats
    disability: Floats
    births: Floats
    migration: Floats
    transition: Floats
    transition_age: int
    deaths: Floats
    person_years: Floats
    assumptions: tuple[Message, ...] = ()

    @property
    def steps(self) -> int:
        """Number of years."""
        return int(self.mortality.shape[0])
