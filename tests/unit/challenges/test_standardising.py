"""Levels standardised for age, held against sums written out here."""

from __future__ import annotations

import math

import pytest

from jevn.challenges import ChallengeSettings, Choices, Sign
from jevn.challenges.ages import AgeBand, AgedPersons, age_band, apart
from jevn.challenges.schemas import POPULATION
from jevn.tables import table_from_rows
from unit.challenges.small import COUNTRY, HOME, by_age, gap_keys, row, status

YOUNG, OLD = "18-66", "67+"
# Age by age the two are the same, 10 % and 30 %; the municipality is older.
HERE = {YOUNG: (400, 4000), OLD: (1800, 6000)}
THERE = {YOUNG: (8000, 80_000), OLD: (6000, 20_000)}


def test_an_older_municipality_that_is_alike_age_by_age_is_not_called_worse():
    found = status(by_age(HOME, HERE) + by_age(COUNTRY, THERE))
    one = found.comparisons[0]
    assert one.basis == "standardised"
    assert (one.here.value, one.there.value) == pytest.approx((14.0, 14.0))
    assert one.sign is Sign.SAME
    # Crude: 22 % against 14 %.
    assert one.crude.value == pytest.approx(8.0)
    assert (found.level.value, found.standardised.crude.value) == pytest.approx((22.0, 22.0))
    assert found.standardised.standard == "country"
    assert found.standardised.ages == ("18–66", "67+")


def test_limits_are_those_of_a_weighted_sum_of_binomial_shares():
    figure = status(by_age(HOME, HERE) + by_age(COUNTRY, THERE)).standardised.figure
    variance = (0.8**2) * 0.1 * 0.9 / 4000 + (0.2**2) * 0.3 * 0.7 / 6000
    half = 100 * 1.959964 * math.sqrt(variance)
    assert figure.upper - figure.value == pytest.approx(half, rel=0.03)
    assert figure.value - figure.lower == pytest.approx(half, rel=0.03)


def test_the_european_standard_can_be_chosen_and_is_used_where_the_country_is_unknown():
    bands = {"15-64": (400, 4000), "65+": (1800, 6000)}
    chosen = Choices(settings=ChallengeSettings(standard="esp2013"))
    there = dict(zip(bands, THERE.values(), strict=True))
    rows = by_age(HOME, bands) + by_age(COUNTRY, there)
    # Eurostat 2013: 16 000 below 15 years, 64 500 from 15 to 64, 19 500 from 65.
    expected = (64_500 * 10 + 19_500 * 30) / 84_000
    for found in (status(rows, choices=chosen), status(by_age(HOME, bands))):
        assert found.standardised.standard == "esp2013"
        assert found.standardised.figure.value == pytest.approx(expected)


def test_the_population_table_gives_the_standard_where_the_country_has_no_figures_by_age():
    people = [
        {"place": COUNTRY, "year": 2024, "age": age, "persons": n}
        for age, n in (("18-40", 300), ("41-66", 300), ("67-79", 300), ("80+", 100))
    ]
    found = status(by_age(HOME, HERE), population=people)
    assert found.standardised.standard == "country"
    assert found.standardised.figure.value == pytest.approx(0.6 * 10 + 0.4 * 30)


def test_means_with_limits_are_weighted_too():
    def at(place, values, sizes):
        rows = [
            row(place, value=v, lower=v - 2, upper=v + 2, denominator=n, dimension="age", group=g)
            for g, v, n in zip((YOUNG, OLD), values, sizes, strict=True)
        ]
        return [row(place, value=50.0, lower=49.0, upper=51.0), *rows]

    rows = at(HOME, (40.0, 60.0), (50, 50)) + at(COUNTRY, (41.0, 55.0), (750, 250))
    found = status(rows, indicators={"scale": "points"})
    assert found.standardised.figure.value == pytest.approx(45.0)
    half = 2 * math.sqrt(0.75**2 + 0.25**2)
    assert found.standardised.figure.upper == pytest.approx(45 + half, abs=1e-3)


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        (
            lambda rows: [r | {"flag": "hidden"} if r.get("group") == OLD else r for r in rows],
            "ages_hidden",
        ),
        (
            lambda rows: [r | {"group": "60+"} if r.get("group") == OLD else r for r in rows],
            "ages_overlap",
        ),
        (
            lambda rows: [rows[0] | {"denominator": 12_000, "numerator": 2640}, *rows[1:]],
            "ages_cover",
        ),
        (lambda rows: rows, "ages_no_standard"),
    ],
)
def test_nothing_is_standardised_where_it_would_mislead_and_it_is_said(change, gap):
    found = status(change(by_age(HOME, HERE)))
    assert found.standardised is None
    assert gap in gap_keys(found)


def test_the_source_s_own_standardised_figures_are_used_where_ages_are_not_known():
    rows = [
        row(cases=300, of=1000, basis="share"),
        row(year=2023, cases=290, of=1000, basis="share"),
        row(COUNTRY, cases=2500, of=10_000, basis="share"),
        row(value=26.0, lower=24.0, upper=28.0, basis="standardised"),
        row(COUNTRY, value=25.0, lower=24.8, upper=25.2, basis="standardised"),
    ]
    found = status(rows)
    assert (found.standardised.basis, found.standardised.standard) == ("published", "source")
    assert (found.level.value, found.standardised.figure.value) == (30.0, 26.0)
    one = found.comparisons[0]
    assert (one.basis, one.sign) == ("published", Sign.SAME)
    assert one.crude.value == pytest.approx(5.0)


def test_bands_are_read_as_people_write_them():
    assert age_band("16–24 år") == AgeBand(16, 24)
    assert age_band(" 80+") == AgeBand(80, None)
    assert age_band("17") == AgeBand(17, 17)
    assert age_band("24-16") is None
    assert age_band("alle") is None
    assert apart([AgeBand(25, 44), AgeBand(0, 24), AgeBand(45, None)])
    assert not apart([AgeBand(0, 24), AgeBand(24, 44)])


def test_persons_of_an_age_are_never_counted_twice_nor_guessed():
    rows = [
        {"place": "a", "year": 2024, "age": str(age), "sex": sex, "persons": 10}
        for age in range(15, 20)
        for sex in ("women", "men")
    ]
    rows += [{"place": "a", "year": 2024, "age": "15-19", "persons": 100}]
    rows += [{"place": "a", "year": 2020, "age": "15-19", "persons": 7}]
    aged = AgedPersons(table_from_rows(POPULATION, rows))
    assert aged.persons("a", 2025, AgeBand(15, None)) == {None: 100}
    assert aged.persons("a", 2021, AgeBand(0, 30)) == {None: 7}
    # 17 lies inside the band 15-19, so it cannot be told how many are of that age.
    assert aged.persons("a", 2025, AgeBand(17, None)) == {}
    assert aged.persons("a", 2025, AgeBand(17, None), "sex") == {"women": 30, "men": 30}
