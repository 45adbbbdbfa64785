"""Observed figures of Elvebyen: the true rates with the chance of real counts and surveys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jevn.demo.population import (
    BACKGROUND,
    COUNTRY,
    EDUCATION,
    GROUP,
    INCOME,
    MUNICIPALITY,
    SEX,
    ZONES,
    People,
    comparison_people,
)
from jevn.demo.rates import Rate, TrueValues, at_year, shifted, true_values

Floats = NDArray[np.float64]
Row = dict[str, object]

_VINTAGE = "2027-02"
_OLDEST = 90
_RESPONDENTS = {COUNTRY: 30_000, GROUP: 8_000}


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts (or sums, for means) of one period: zone x education."""

    cases: Floats
    n: Floats


@dataclass(frozen=True, slots=True)
class _Writer:
    """Makes rows of one indicator."""

    rate: Rate
    year: int

    def row(self, place: str, cases: float, n: float, dim: str = "", group: str = "") -> Row:
        """A row from cases and n; for means ``cases`` is the sum of values."""
        rate, mean = self.rate, self.rate.kind == "mean"
        if n <= 0:
            return self._bare(place, dim, group) | {"flag": "not_possible"}
        value = cases / n * rate.factor
        row = self._bare(place, dim, group) | {"value": round(value, 4)}
        if mean:
            half = 1.96 * (rate.sd or 0.0) / np.sqrt(n * (rate.deaths or 1.0) * rate.span)
            row |= {"lower": round(value - half, 4), "upper": round(value + half, 4)}
            return row | {"denominator": int(n), "n": None if rate.deaths else int(n)}
        row |= {"numerator": int(cases), "denominator": int(n)}
        return row | ({"n": int(n)} if rate.kind == "survey" else {})

    def _bare(self, place: str, dim: str, group: str) -> Row:
        basis = {"mean": "mean", "survey": "share", "register": "share"}[self.rate.kind]
        if self.rate.scale.info.factor in (1000.0, 100_000.0):
            basis = "rate"
        return {
            "indicator": self.rate.id,
            "place": place,
            "period_start": self.year - self.rate.span + 1,
            "period_end": self.year,
            "dimension": dim or None,
            "group": group or None,
            **dict.fromkeys(("value", "numerator", "denominator", "n", "lower", "upper", "flag")),
            "basis": basis,
            "vintage": _VINTAGE,
            "origin": f"gen-{self.rate.source}",
        }


def _count(rate: Rate, truth: TrueValues, year: int, rng: np.random.Generator) -> Counted:
    """Draw one period: binomial counts, or normal means, in every zone x education."""
    persons = truth.persons
    values = at_year(truth.cells, rate, year)
    if rate.kind == "survey":
        asked = rng.multinomial(rate.n or 0, (persons / persons.sum()).ravel())
        persons = asked.reshape(persons.shape).astype(np.float64)
    if rate.kind == "mean":
        effective = np.maximum(persons * (rate.deaths or 1.0) * rate.span, 1.0)
        drawn = values + rng.standard_normal(values.shape) * (rate.sd or 0.0) / np.sqrt(effective)
        return Counted(drawn * persons, np.asarray(persons, dtype=np.float64))
    cases = rng.binomial(np.asarray(persons, dtype=np.int64), values / rate.factor)
    return Counted(cases.astype(np.float64), np.asarray(persons, dtype=np.float64))


def _shared_out(
    rate: Rate, values: tuple[float, ...], n: Floats, total: Counted, rng: np.random.Generator
) -> Floats:
    """Split the total of a period over groups with these true values, so that it still adds up."""
    cases, everyone = float(total.cases.sum()), float(n.sum())
    y = np.array(values)
    if rate.kind == "mean":
        drawn = y + rng.standard_normal(len(y)) * (rate.sd or 0.0) / np.sqrt(
            np.maximum(n * (rate.deaths or 1.0) * rate.span, 1.0)
        )
        return np.asarray((drawn + cases / everyone - drawn @ n / everyone) * n)
    p = shifted(y / rate.factor, n, min(max(cases / everyone, 1e-9), 1 - 1e-9))
    few = cases <= everyone / 2
    expected = n * (p if few else 1 - p)
    shared = rng.multinomial(round(cases if few else everyone - cases), expected / expected.sum())
    capped = _capped(shared.astype(np.float64), n)
    return capped if few else np.asarray(n - capped)


def _capped(drawn: Floats, n: Floats) -> Floats:
    """No group has more cases than persons: what is over goes to where there is most room."""
    drawn = drawn.copy()
    while (over := np.maximum(drawn - n, 0)).sum() > 0:
        drawn -= over
        drawn[int(np.argmax(n - drawn))] += over.sum()
    return drawn


def _group_rows(
    rate: Rate, truth: TrueValues, people: People, counted: Counted, rng: np.random.Generator
) -> Iterator[Row]:
    """Latest period by income, background and sex, adding up to the same total."""
    write = _Writer(rate, rate.years[-1])
    for dim, names, values, persons in (
        ("income", INCOME, truth.income, people.by_income(rate.ages)),
        ("background", BACKGROUND, truth.background, people.by_background(rate.ages)),
        ("sex", SEX, truth.sex, people.by_sex(rate.ages)),
    ):
        if not values:
            continue
        n = persons.astype(np.float64)
        if rate.kind == "survey":
            n = rng.multinomial(int(counted.n.sum()), n / n.sum()).astype(np.float64)
        cases = _shared_out(rate, values, n, counted, rng)
        for group, c, size in zip(names, cases, n, strict=True):
            yield write.row(MUNICIPALITY, float(c), float(size), dim, group)


def _comparison_rows(rate: Rate) -> Iterator[Row]:
    """Levels of the country and the comparison group over the years."""
    for place, level in ((COUNTRY, rate.country), (GROUP, rate.group)):
        if level is None:
            continue
        people = comparison_people(place)[rate.ages[0] : rate.ages[1] + 1].sum(axis=0)
        n = float(_RESPONDENTS[place] if rate.kind == "survey" else people.sum())
        for year in rate.years:
            write = _Writer(rate, year)
            value = float(at_year(np.array(level), rate, year)) / rate.factor
            cases = value * n if rate.kind == "mean" else round(value * n)
            yield write.row(place, cases, n)
        if place == COUNTRY:
            for group, value, size in zip(
                EDUCATION[: len(rate.country_education)],
                rate.country_education,
                people,
                strict=False,
            ):
                cases = value / rate.factor * float(size)
                cases = cases if rate.kind == "mean" else round(cases)
                yield _Writer(rate, rate.years[-1]).row(
                    place, cases, float(size), "education", group
                )


def observation_rows(
    rate: Rate, people: People, rng: np.random.Generator
) -> tuple[TrueValues, list[Row]]:
    """The true values of one indicator, and its rows of ``observations.csv``."""
    truth = true_values(rate, people, rng)
    rows: list[Row] = []
    for year in rate.years:
        counted = _count(rate, truth, year, rng)
        write = _Writer(rate, year)
        rows.append(write.row(MUNICIPALITY, float(counted.cases.sum()), float(counted.n.sum())))
        if rate.education:
            by_group = zip(counted.cases.sum(axis=0), counted.n.sum(axis=0), strict=True)
            for group, (cases, n) in zip(EDUCATION, by_group, strict=True):
                rows.append(write.row(MUNICIPALITY, float(cases), float(n), "education", group))
        if rate.zone is not None and year in rate.years[-2:]:
            by_zone = zip(counted.cases.sum(axis=1), counted.n.sum(axis=1), strict=True)
            for zone, (cases, n) in zip(ZONES, by_zone, strict=True):
                rows.append(write.row(zone.id, float(cases), float(n)))
        if year == rate.years[-1]:
            rows += _group_rows(rate, truth, people, counted, rng)
            if "zone_education" in rate.tables:
                for (z, e), cases in np.ndenumerate(counted.cases):
                    n = float(counted.n[z, e])
                    zone_id, group = ZONES[z].id, EDUCATION[e]
                    rows.append(write.row(zone_id, float(cases), n, "education", group))
    rows += _comparison_rows(rate)
    return truth, [_marked(rate, row) for row in rows]


def _marked(rate: Rate, row: Row) -> Row:
    """Flags a supplier would set: withheld small counts, and unrevised latest figures."""
    few = row.get("numerator")
    if "withheld" in rate.tables and isinstance(few, int) and few < 5:
        return row | {"value": None, "numerator": None, "flag": "hidden"}
    if "unrevised" in rate.tables and row["period_end"] == rate.years[-1]:
        return row | {"flag": "unrevised"}
    return row


def indicator_rows(rates: tuple[Rate, ...]) -> Iterator[Row]:
    """Rows of ``indicators.csv``."""
    for rate in rates:
        yield {
            "indicator": rate.id,
            "area": rate.area.value,
            "name": rate.name.nb,
            "name_nn": rate.name.nn,
            "name_en": rate.name.en,
            "scale": rate.scale.value,
            "polarity": rate.polarity.value,
            "definition": rate.definition.nb,
            "definition_nn": rate.definition.nn,
            "definition_en": rate.definition.en,
            "origin": f"gen-{rate.source}",
            "note": rate.note,
            "ages": _span(*rate.ages),
        }


def _span(first: int, last: int) -> str:
    """Ages as the plan folder writes them: ``18-66``, ``18+`` or ``10``."""
    if last >= _OLDEST:
        return f"{first}+"
    return str(first) if first == last else f"{first}-{last}"
