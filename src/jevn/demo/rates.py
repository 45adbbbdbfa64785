"""True rates of Elvebyen: what the generator puts in, before chance has its say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import numpy as np
import yaml
from numpy.typing import NDArray

from jevn.demo.population import ZONES, People
from jevn.terms import EffortArea, LocalText, Polarity, Scale

Floats = NDArray[np.float64]
Kind = Literal["register", "survey", "mean"]


@dataclass(frozen=True, slots=True)
class Rate:
    """One indicator of ``data/rates``: what is true in Elvebyen, and how it is observed.

    Values stand on the indicator's own scale (percent, per 1000, points, years).

    Attributes:
        ages: first and last age of those it is about.
        education: true value per education group; empty if not known by education.
        level: true value of everyone where there is no education.
        country: value of the country (``None``: not published), with its education groups.
        group: value of the comparison group.
        zone: change from an average zone to one with deprivation 1, in log-odds (in units
            for means); ``None`` = not known per zone.
        trend: yearly change, in log-odds (in units for means).
        span: years in a period.
        n: respondents of a survey.
        sd: standard deviation between persons, for means.
        deaths: yearly deaths per person, for the precision of life expectancy.
    """

    id: str
    area: EffortArea
    name: LocalText
    definition: LocalText
    scale: Scale
    polarity: Polarity
    kind: Kind
    ages: tuple[int, int]
    years: tuple[int, ...]
    education: tuple[float, ...]
    level: float | None
    country: float | None
    country_education: tuple[float, ...]
    group: float | None
    zone: float | None
    trend: float
    span: int
    n: int | None
    sd: float | None
    deaths: float | None
    income: tuple[float, ...]
    background: tuple[float, ...]
    sex: tuple[float, ...]
    source: str
    note: str | None
    tables: tuple[str, ...]

    @property
    def factor(self) -> float:
        """Value on the scale per case and person (percent: 100); 1 for means."""
        return self.scale.info.factor or 1.0


@dataclass(frozen=True, slots=True)
class TrueValues:
    """The true values of one indicator in the latest period, on its own scale.

    ``cells`` is zone x education. Groups are empty and ``zones`` ``None`` where the
    indicator is not known that way.
    """

    cells: Floats
    persons: Floats
    total: float
    education: tuple[float, ...]
    zones: tuple[float, ...]
    income: tuple[float, ...]
    background: tuple[float, ...]
    sex: tuple[float, ...]


def _texts(entry: list[str]) -> LocalText:
    return LocalText(*entry)


def _rate(entry: dict[str, Any]) -> Rate:
    country = entry["country"] or {}
    years = tuple(entry["years"])
    if entry["kind"] != "survey" and len(years) == 2:
        years = tuple(range(years[0], years[1] + 1))
    return Rate(
        id=entry["id"],
        area=EffortArea(entry["area"]),
        name=_texts(entry["name"]),
        definition=_texts(entry["definition"]),
        scale=Scale(entry["scale"]),
        polarity=Polarity(entry["polarity"]),
        kind=entry["kind"],
        ages=tuple(entry["ages"]),
        years=years,
        education=tuple(entry.get("education", ())),
        level=entry.get("level"),
        country=country.get("all"),
        country_education=tuple(country.get("education", ())),
        group=entry["group"],
        zone=entry["zone"],
        trend=entry["trend"],
        span=entry.get("span", 1),
        n=entry.get("n"),
        sd=entry.get("sd"),
        deaths=entry.get("deaths"),
        income=tuple(entry.get("income", ())),
        background=tuple(entry.get("background", ())),
        sex=tuple(entry.get("sex", ())),
        source=entry["source"],
        note=entry.get("note"),
        tables=tuple(entry.get("tables", ())),
    )


@cache
def read_rates() -> tuple[Rate, ...]:
    """Every indicator of ``data/rates``, area by area."""
    folder = files("jevn.demo").joinpath("data", "rates")
    found: list[Rate] = []
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.name.endswith(".yaml"):
            found += [_rate(e) for e in yaml.safe_load(path.read_text("utf-8"))]
    return tuple(found)


def logit(p: Floats) -> Floats:
    """Log-odds of a proportion."""
    return np.asarray(np.log(p / (1 - p)), dtype=np.float64)


def expit(x: Floats) -> Floats:
    """Proportion of a log-odds."""
    return np.asarray(1 / (1 + np.exp(-x)), dtype=np.float64)


def shifted(values: Floats, weights: Floats, wanted: float) -> Floats:
    """Proportions moved equally in log-odds until their weighted mean is as wanted.

    Newton's method on the one unknown shift; the mean is monotone in it.
    """
    odds, share = logit(values), weights / weights.sum()
    move = 0.0
    for _ in range(50):
        p = expit(odds + move)
        step = (float(share @ p) - wanted) / float(share @ (p * (1 - p)))
        move -= step
        if abs(step) < 1e-12:
            break
    return expit(odds + move)


def at_year(values: Floats, rate: Rate, year: int) -> Floats:
    """Cell values (own scale) of an earlier year by the indicator's trend."""
    years_back = year - rate.years[-1]
    if rate.kind == "mean":
        return np.asarray(values + rate.trend * years_back)
    odds = logit(values / rate.factor) + rate.trend * years_back
    return np.asarray(expit(odds) * rate.factor)


def _groups(shape: tuple[float, ...], persons: Floats, rate: Rate, total: float) -> Floats:
    """Group values of the given shape, moved so that they give the same total."""
    if not shape:
        return np.zeros(0)
    values = np.array(shape, dtype=np.float64)
    if rate.kind == "mean":
        return np.asarray(values + total - float(values @ persons / persons.sum()))
    return shifted(values / rate.factor, persons, total / rate.factor) * rate.factor


def true_values(rate: Rate, people: People, rng: np.random.Generator) -> TrueValues:
    """True values per zone and group; those by education are exactly as in ``data/rates``.

    Zones differ by who lives there (education), by deprivation, and by a little noise that
    is part of the truth.
    """
    persons = people.by_education(rate.ages).astype(np.float64)
    deprivation = np.array([z.deprivation for z in ZONES])
    slope = rate.zone or 0.0
    effect = slope * deprivation + abs(slope) * 0.25 * rng.standard_normal(len(ZONES))
    wanted = rate.education or (rate.level or 0.0,) * 3
    columns = []
    for e, value in enumerate(wanted):
        if rate.kind == "mean":
            raw = value + effect
            columns.append(raw - (raw @ persons[:, e] / persons[:, e].sum() - value))
        else:
            p = expit(logit(np.array(value / rate.factor)) + effect)
            columns.append(shifted(p, persons[:, e], value / rate.factor) * rate.factor)
    cells = np.stack(columns, axis=1)
    total = float((cells * persons).sum() / persons.sum())
    zones = (cells * persons).sum(axis=1) / persons.sum(axis=1)
    income = _groups(rate.income, people.by_income(rate.ages).astype(float), rate, total)
    background = _groups(
        rate.background, people.by_background(rate.ages).astype(float), rate, total
    )
    sex = _groups(rate.sex, people.by_sex(rate.ages).astype(float), rate, total)
    return TrueValues(
        cells=cells,
        persons=persons,
        total=total,
        education=rate.education,
        zones=() if rate.zone is None else tuple(zones.tolist()),
        income=tuple(income.tolist()),
        background=tuple(background.tolist()),
        sex=tuple(sex.tolist()),
    )


def slope_index(values: tuple[float, ...], persons: Floats) -> float:
    """Slope index of inequality of true group values: weighted least squares on mid-ranks.

    ``persons``: head count per group, lowest position first. Equals cov(rank, value) over
    var(rank), weighted by persons.
    """
    share = persons / persons.sum()
    rank = np.cumsum(share) - share / 2
    y = np.array(values)
    centred = rank - share @ rank
    return float((share * centred) @ y / ((share * centred) @ centred))
