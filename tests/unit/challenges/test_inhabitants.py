"""Who lives here: bands of five years whatever the ages were, everyone once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jevn.challenges.inhabitants import population_picture
from jevn.challenges.schemas import POPULATION
from jevn.tables import table_from_rows

Rows = list[dict[str, object]]


def by_age(year: int, persons: dict[tuple[str, str], int]) -> Rows:
    return [
        {"place": "1", "year": year, "sex": sex, "age": age, "persons": n, "origin": "ssb"}
        for (sex, age), n in persons.items()
    ]


@given(st.dictionaries(
    st.tuples(st.sampled_from(["women", "men"]), st.integers(0, 105)),
    st.integers(1, 900), min_size=1,
))  # fmt: skip
def test_one_year_ages_become_bands_and_nobody_is_lost(ages: dict[tuple[str, int], int]) -> None:
    ages |= {("women", 40): 7, ("men", 40): 9}
    rows = by_age(2026, {(s, str(a) if a < 105 else "105+"): n for (s, a), n in ages.items()})
    picture = population_picture(table_from_rows(POPULATION, rows), "1")
    assert picture is not None
    assert picture.last.persons == sum(ages.values())
    for band in picture.last.bands:
        last = 200 if band.end is None else band.end
        wanted = sum(n for (s, a), n in ages.items() if s == "men" and band.start <= a <= last)
        assert band.men == wanted
    assert picture.origins == ("ssb",)


def test_bands_that_are_not_of_five_years_are_not_guessed() -> None:
    rows = by_age(2026, {("women", "0-7"): 10, ("men", "0-7"): 10})
    assert population_picture(table_from_rows(POPULATION, rows), "1") is None


def test_a_table_that_opens_early_opens_the_pyramid_there() -> None:
    rows = by_age(2026, {(s, a): 10 for s in ("women", "men") for a in ("0-4", "75-79", "80+")})
    picture = population_picture(table_from_rows(POPULATION, rows), "1")
    assert picture is not None
    assert (picture.last.bands[-1].start, picture.last.bands[-1].end) == (80, None)
    assert picture.last.share(65) == 2 / 3


def test_tables_beside_each_other_are_not_mixed() -> None:
    rows = by_age(2025, {("women", "0-4"): 10, ("men", "0-4"): 12})
    rows += by_age(2015, {("women", "0-4"): 8, ("men", "0-4"): 9})
    rows += [
        {"place": "1", "year": 2025, "persons": 999},
        {"place": "1", "year": 2025, "education": "higher", "persons": 5},
        {"place": "1", "year": 2025, "education": "basic", "persons": 6},
        {"place": "2", "year": 2025, "sex": "men", "age": "0-4", "persons": 100},
    ]
    picture = population_picture(table_from_rows(POPULATION, rows), "1")
    assert picture is not None
    assert picture.persons == ((2015, 17.0), (2025, 22.0))
    assert picture.education == ((2025, (("basic", 6.0), ("higher", 5.0))),)


def test_a_table_divided_by_more_is_summed_over_the_rest() -> None:
    rows = [
        {"place": "1", "year": 2026, "sex": sex, "age": "0-4", "education": level, "persons": 3}
        for sex in ("women", "men")
        for level in ("basic", "higher")
    ]
    rows += by_age(2025, {("women", "0-4"): 10, ("men", "0-4"): 12})
    picture = population_picture(table_from_rows(POPULATION, rows), "1")
    assert picture is not None
    assert picture.persons == ((2025, 22.0), (2026, 12.0))
    assert picture.education == ((2026, (("basic", 6.0), ("higher", 6.0))),)
