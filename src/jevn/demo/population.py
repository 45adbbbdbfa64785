"""The people of Elvebyen: zone, sex, age, education, income and background from one seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MUNICIPALITY = "9901"
COUNTRY = "0"
GROUP = "KG11"
YEAR = 2026
"""Year of the full population table (persons on 1 January)."""
FIRST_YEAR = 2020
AGES = 91
"""Single years 0-89, and 90 years and over as the last."""
EDUCATION = ("basic", "upper_secondary", "higher")
INCOME = ("q1", "q2", "q3", "q4", "q5")
BACKGROUND = ("immigrant", "other")
SEX = ("women", "men")

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone as the generator knows it.

    ``deprivation``: 1 = hardest living conditions, -1 = best. ``young`` and ``old`` tilt the
    age distribution (log-odds) towards 20-39 years and 67 years and over.
    """

    id: str
    name: str
    persons: int
    deprivation: float
    young: float
    old: float


ZONES: tuple[Zone, ...] = (
    Zone("9901-01", "Sentrum", 11_800, 0.20, 0.65, 0.15),
    Zone("9901-02", "Elvestranda", 10_900, -0.10, 0.25, 0.20),
    Zone("9901-03", "Brusvika", 12_400, 1.00, 0.15, -0.20),
    Zone("9901-04", "Furulia", 9_700, 0.75, 0.05, 0.00),
    Zone("9901-05", "Nordbyen", 13_100, 0.10, 0.00, 0.00),
    Zone("9901-06", "Skogheim", 11_600, -0.35, -0.10, 0.05),
    Zone("9901-07", "Solåsen", 10_300, -1.00, -0.30, 0.00),
    Zone("9901-08", "Fabrikken", 8_200, 0.90, 0.45, -0.30),
    Zone("9901-09", "Vestmarka", 11_900, -0.85, -0.20, 0.00),
    Zone("9901-10", "Øvre Dalen", 6_400, 0.00, -0.35, 0.35),
)

_PLACES = {COUNTRY: 5_620_000, GROUP: 1_130_000}
_GROWTH = 0.0085  # yearly growth of the population before YEAR

# Persons per 1000 at some ages, in the shape of the Norwegian population.
_AGE_SHAPE = (
    (0, 9.6), (10, 11.6), (18, 12.0), (25, 12.6), (33, 13.9), (45, 13.0), (53, 13.4),
    (62, 12.0), (72, 10.0), (80, 6.6), (86, 3.2), (89, 2.0),
)  # fmt: skip
_AT_90 = 8.6

# Education by age (own from 25 years, the parents' below): basic, upper secondary, higher.
_EDUCATION = (
    (0, (0.115, 0.365, 0.520)), (24, (0.150, 0.380, 0.470)), (25, (0.175, 0.340, 0.485)),
    (40, (0.185, 0.345, 0.470)), (55, (0.215, 0.430, 0.355)), (70, (0.275, 0.465, 0.260)),
    (90, (0.410, 0.440, 0.150)),
)  # fmt: skip

# Income quintile by education, before the zone's tilt.
_INCOME = np.array(
    [[0.34, 0.25, 0.19, 0.13, 0.09], [0.19, 0.22, 0.22, 0.21, 0.16], [0.12, 0.16, 0.20, 0.24, 0.28]]
)
_IMMIGRANT = (0.40, 0.17, 0.23)  # share with immigrant background by education


@dataclass(frozen=True, slots=True)
class People:
    """Head counts of 1 January ``YEAR``; every table adds up to the same persons.

    Attributes:
        cells: zone x sex x age x education.
        income: zone x age x education x income.
        background: zone x age x education x background.
    """

    cells: Ints
    income: Ints
    background: Ints

    @property
    def total(self) -> int:
        """All inhabitants."""
        return int(self.cells.sum())

    def by_education(self, ages: tuple[int, int]) -> Ints:
        """Zone x education of an age span (both ends included)."""
        return np.asarray(self.cells[:, :, _span(ages)].sum(axis=(1, 2)), dtype=np.int64)

    def by_sex(self, ages: tuple[int, int]) -> Ints:
        """Persons of each sex in an age span."""
        return np.asarray(self.cells[:, :, _span(ages)].sum(axis=(0, 2, 3)), dtype=np.int64)

    def by_income(self, ages: tuple[int, int]) -> Ints:
        """Persons of each income fifth in an age span."""
        return np.asarray(self.income[:, _span(ages)].sum(axis=(0, 1, 2)), dtype=np.int64)

    def by_background(self, ages: tuple[int, int]) -> Ints:
        """Persons of each background in an age span."""
        return np.asarray(self.background[:, _span(ages)].sum(axis=(0, 1, 2)), dtype=np.int64)


def _span(ages: tuple[int, int]) -> slice:
    return slice(ages[0], min(ages[1], AGES - 1) + 1)


def _age_shape() -> Floats:
    points = np.array(_AGE_SHAPE)
    shape = np.interp(np.arange(AGES), points[:, 0], points[:, 1])
    shape[AGES - 1] = _AT_90
    return np.asarray(shape / shape.sum(), dtype=np.float64)


def _education_shape() -> Floats:
    ages = np.array([a for a, _ in _EDUCATION])
    shares = np.array([s for _, s in _EDUCATION])
    return np.stack([np.interp(np.arange(AGES), ages, shares[:, k]) for k in range(3)], axis=1)


def _share_of_women() -> Floats:
    ages = np.arange(AGES)
    return np.asarray(np.interp(ages, (0, 60, 75, 85, 90), (0.487, 0.495, 0.52, 0.59, 0.68)))


def _tilted(shares: Floats, tilt: Floats) -> Floats:
    """Shares along the last axis multiplied by exp(tilt), summing to one again."""
    raw = shares * np.exp(tilt)
    return np.asarray(raw / raw.sum(axis=-1, keepdims=True), dtype=np.float64)


def expected_shares(zone: Zone) -> Floats:
    """Probability of each sex x age x education in a zone; sums to one."""
    ages = np.arange(AGES)
    tilt = zone.young * ((ages >= 20) & (ages < 40)) + zone.old * (ages >= 67)
    by_age = _tilted(_age_shape(), tilt)
    women = _share_of_women()
    sex = np.stack([women, 1 - women])
    ladder = np.array([0.60, 0.10, -0.42]) * zone.deprivation
    education = _tilted(_education_shape(), ladder[None, :])
    return np.asarray(sex[:, :, None] * by_age[None, :, None] * education[None], dtype=np.float64)


def make_people(rng: np.random.Generator) -> People:
    """Draw everyone: multinomial in each zone, then income and background within each cell."""
    cells, income, background = [], [], []
    for zone in ZONES:
        shares = expected_shares(zone)
        drawn = rng.multinomial(zone.persons, shares.ravel()).reshape(shares.shape)
        cells.append(drawn)
        people = drawn.sum(axis=0)
        ladder = np.linspace(0.45, -0.45, 5) * zone.deprivation
        income.append(rng.multinomial(people, _tilted(_INCOME, ladder[None, :])[None]))
        odds = np.log(np.array(_IMMIGRANT) / (1 - np.array(_IMMIGRANT))) + 0.75 * zone.deprivation
        old = np.interp(np.arange(AGES), (0, 40, 67, 90), (0.15, 0.25, -0.9, -2.2))
        immigrant = 1 / (1 + np.exp(-(odds[None, :] + old[:, None])))
        first = rng.binomial(people, immigrant)
        background.append(np.stack([first, people - first], axis=-1))
    return People(*(np.asarray(x, dtype=np.int64) for x in (cells, income, background)))


def persons_in(people: People, zone: int | None, year: int) -> int:
    """Inhabitants of a zone (``None``: the municipality) on 1 January of a year."""
    now = people.total if zone is None else int(people.cells[zone].sum())
    return now if year == YEAR else round(now / (1 + _GROWTH) ** (YEAR - year))


def inhabitants(place: str, year: int) -> int:
    """Inhabitants of the country or the comparison group on 1 January of a year."""
    return round(_PLACES[place] / (1 + _GROWTH) ** (YEAR - year))


def comparison_people(place: str) -> Ints:
    """Age x education of the country or the comparison group, from the same shape."""
    expected = _PLACES[place] * _age_shape()[:, None] * _education_shape()
    return np.asarray(np.rint(expected), dtype=np.int64)


def _age(age: int) -> str:
    return "90+" if age == AGES - 1 else str(age)


def _row(place: str, year: int, persons: int, **groups: str) -> dict[str, object]:
    row: dict[str, object] = {"place": place, "year": year}
    row |= {k: groups.get(k) for k in ("sex", "age", "education", "income", "background")}
    return row | {"persons": int(persons)}


def population_rows(people: People) -> Iterator[dict[str, object]]:
    """Rows of ``population.csv``: the full table per zone, and margins that agree with it."""
    everyone = [(MUNICIPALITY, slice(None))] + [
        (z.id, slice(i, i + 1)) for i, z in enumerate(ZONES)
    ]
    for place, part in everyone:
        zone = None if place == MUNICIPALITY else int(part.start)
        for year in range(FIRST_YEAR, YEAR + 1):
            yield _row(place, year, persons_in(people, zone, year))
        cells = people.cells[part].sum(axis=0)
        for (s, a, e), persons in np.ndenumerate(cells):
            yield _row(place, YEAR, persons, sex=SEX[s], age=_age(a), education=EDUCATION[e])
        for q, persons in enumerate(people.income[part].sum(axis=(0, 1, 2))):
            yield _row(place, YEAR, persons, income=INCOME[q])
        for b, persons in enumerate(people.background[part].sum(axis=(0, 1, 2))):
            yield _row(place, YEAR, persons, background=BACKGROUND[b])
    for (a, q), persons in np.ndenumerate(people.income.sum(axis=(0, 2))):
        yield _row(MUNICIPALITY, YEAR, persons, age=_age(a), income=INCOME[q])
    for (a, b), persons in np.ndenumerate(people.background.sum(axis=(0, 2))):
        yield _row(MUNICIPALITY, YEAR, persons, age=_age(a), background=BACKGROUND[b])
    for place in (COUNTRY, GROUP):
        for year in range(FIRST_YEAR, YEAR):
            yield _row(place, year, inhabitants(place, year))
        table = comparison_people(place)
        yield _row(place, YEAR, int(table.sum()))
        for (a, e), expected in np.ndenumerate(table):
            yield _row(place, YEAR, int(expected), age=_age(a), education=EDUCATION[e])


def place_rows(people: People) -> Iterator[dict[str, object]]:
    """Rows of ``places.csv``."""

    def row(place: str, name: str, kind: str, parent: str | None, n: int) -> dict[str, object]:
        return {"place": place, "name": name, "kind": kind, "parent": parent, "population": n}

    yield row(COUNTRY, "Norge", "country", None, int(comparison_people(COUNTRY).sum()))
    group = int(comparison_people(GROUP).sum())
    yield row(GROUP, "Sammenlignbare kommuner", "group", COUNTRY, group)
    yield row(MUNICIPALITY, "Elvebyen", "municipality", COUNTRY, people.total)
    for i, zone in enumerate(ZONES):
        yield row(zone.id, zone.name, "zone", MUNICIPALITY, int(people.cells[i].sum()))
