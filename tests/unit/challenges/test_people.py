"""People affected and people too many, held against sums written out here."""

from __future__ import annotations

import pytest

from jevn.challenges import ChallengeSettings, Choices
from jevn.terms import SocialDimension
from unit.challenges.small import COUNTRY, HOME, profile, row, status, zone_rows

GROUPS = {"basic": (60, 200), "upper_secondary": (60, 300), "higher": (50, 500)}


def groups(place=HOME, factor=1):
    rows = [
        row(place, cases=c * factor, of=n * factor, dimension="education", group=g)
        for g, (c, n) in GROUPS.items()
    ]
    return [row(place, cases=170 * factor, of=1000 * factor), *rows]


def excess(rows, reference, **more):
    chosen = Choices(settings=ChallengeSettings(reference=reference))
    found = status(rows, choices=chosen, **more).gradient(SocialDimension.EDUCATION)
    assert found.against == reference
    return found.excess


def test_people_too_many_against_the_best_group():
    # 170 persons; with 10 % in all groups 100.
    assert excess(groups(), "best").value == pytest.approx(70)


def test_people_too_many_against_the_group_of_the_middle_person():
    # From the best: 500 have 10 %, 300 have 20 %; the middle falls between them: 15 %.
    assert excess(groups(), "median").value == pytest.approx(20)


def test_people_too_many_against_the_country_with_limits_from_all_errors():
    rows = [*groups(), row(COUNTRY, cases=1500, of=10_000)]
    found = excess(rows, "country")
    assert found.value == pytest.approx(1000 * (0.17 - 0.15))
    variance = sum((n / 1000) ** 2 * (c / n) * (1 - c / n) / n for c, n in GROUPS.values())
    variance += 0.15 * 0.85 / 10_000
    assert found.upper - found.value == pytest.approx(1000 * 1.959964 * variance**0.5)
    assert excess(groups(), "country") is None


def test_people_of_a_borrowed_gradient_are_those_who_live_here_and_an_estimate():
    people = [
        {"place": HOME, "year": 2024, "education": g, "persons": n / 10}
        for g, (_, n) in GROUPS.items()
    ]
    found = excess(groups(COUNTRY, factor=100), "best", population=people)
    assert found.value == pytest.approx(7)
    assert found.note.key == "challenges.note.estimated"
    assert excess(groups(COUNTRY, factor=100), "best") is None


def test_a_survey_is_told_in_persons_where_its_ages_are_known_and_called_an_estimate():
    rows = [row(value=25.0, n=400)]
    people = [
        {"place": HOME, "year": 2024, "age": a, "persons": n}
        for a, n in (("0-15", 500), ("16+", 2000))
    ]
    found = status(rows, population=people, indicators={"ages": "16+"})
    assert found.people_affected == pytest.approx(500)
    assert found.people.note.key == "challenges.note.people_estimated"
    # Wilson limits of 100 of 400: 0.2099 to 0.2946 (Newcombe 1998, method 3).
    assert (found.people.lower, found.people.upper) == pytest.approx((420, 590), abs=2)
    assert status(rows, population=people).people_affected is None


def test_those_who_lack_something_good_are_counted():
    found = status([row(cases=750, of=1000)], indicators={"polarity": "favourable"})
    assert found.people_affected == pytest.approx(250)
    assert found.people.lower < 250 < found.people.upper


def test_people_too_many_in_zones_are_those_above_the_municipality():
    # With many persons chance plays no part, and the sum is the plain one.
    zones = {"z1": (60_000, 200_000), "z2": (40_000, 200_000), "z3": (20_000, 200_000)}
    places, rows = zone_rows(zones)
    rows += [row(cases=120_000, of=600_000)]
    chosen = Choices(settings=ChallengeSettings(reference="median"))
    spread = profile(rows, places=places, choices=chosen).indicator("i").spread
    found = {e.reference: e.persons for e in spread.excess}
    assert found["municipality"].value == pytest.approx(20_000, rel=0.02)
    assert found["median"].value == pytest.approx(20_000, rel=0.02)
    assert found["municipality"].lower < 20_000 < found["municipality"].upper
    assert [s.place for s in spread.standings] == ["z1", "z2", "z3"]
    assert [round(s.excess.value, -3) for s in spread.standings] == [20_000, 0, -20_000]


def test_people_in_zones_of_a_survey_follow_the_ages_of_the_municipality():
    zones = {"z1": (60, 200), "z2": (40, 200)}
    places, _ = zone_rows({"z1": (0, 1000), "z2": (0, 3000)})
    rows = [row(z, value=100 * c / n, n=n) for z, (c, n) in zones.items()]
    people = [
        {"place": HOME, "year": 2024, "age": a, "persons": n}
        for a, n in (("0-15", 800), ("16+", 3200))
    ]
    spread = (
        profile(rows, places=places, population=people, indicators={"ages": "16+"})
        .indicator("i")
        .spread
    )
    assert [s.persons for s in spread.standings] == pytest.approx([800, 2400])
    assert all(e.estimated for e in spread.excess)
    nothing = profile(rows, places=places, population=people).indicator("i").spread
    assert nothing.excess == ()
