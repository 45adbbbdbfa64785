"""How many people there are, from tables divided in different ways."""

from __future__ import annotations

from jevn.effort.people import by_group, inhabitants, population_year
from jevn.effort.schemas import SERVICE_USERS, SERVICES
from jevn.effort.use import public_services, public_users
from jevn.terms import SocialDimension

from .conftest import people, table

EDUCATION = SocialDimension.EDUCATION


def test_the_row_for_all_is_the_population() -> None:
    table = people(
        [
            {"place": "A", "year": 2026, "persons": 100.0},
            {"place": "A", "year": 2026, "sex": "women", "persons": 52.0},
            {"place": "A", "year": 2026, "sex": "men", "persons": 47.0},
            {"place": "B", "year": 2026, "persons": 7.0},
        ]
    )
    assert inhabitants(table, "A", 2026) == 100


def test_divisions_beside_each_other_are_not_added_up() -> None:
    table = people(
        [
            *[{"place": "A", "year": 2026, "sex": s, "persons": 50.0} for s in ("women", "men")],
            {"place": "A", "year": 2026, "education": "basic", "persons": 30.0},
            {"place": "A", "year": 2026, "education": "higher", "persons": 40.0},
        ]
    )
    assert inhabitants(table, "A", 2026) == 100
    assert by_group(table, "A", 2026, EDUCATION) == {"basic": 30.0, "higher": 40.0}
    assert by_group(table, "A", 2026, SocialDimension.INCOME) == {}


def test_groups_are_summed_over_a_cross_table() -> None:
    table = people(
        [
            {"place": "A", "year": 2026, "sex": s, "age": "30-34", "education": e, "persons": n}
            for s, e, n in (
                ("women", "basic", 1.0), ("women", "higher", 4.0),
                ("men", "basic", 2.0), ("men", "higher", 3.0),
            )
        ]
    )  # fmt: skip
    assert by_group(table, "A", 2026, EDUCATION) == {"basic": 3.0, "higher": 7.0}
    assert inhabitants(table, "A", 2026) == 10


def test_the_nearest_year_not_after_is_used() -> None:
    table = people([{"place": "A", "year": y, "persons": 1.0} for y in (2020, 2024, 2028)])
    assert population_year(table, "A", 2026) == 2024
    assert population_year(table, "A", 2019) == 2020
    assert population_year(table, "B", 2026) is None


def test_small_numbers_of_users_are_not_published() -> None:
    rows = [
        {"service": s, "year": 2026, "dimension": d, "group": g, "users": n}
        for s, d, g, n in (
            ("a", "zone", "Z1", 3.0),
            ("a", "zone", "Z2", 40.0),
            ("a", "sex", "women", 0.0),
            ("a", "sex", "men", 43.0),
            ("b", "zone", "Z1", 5.0),
        )
    ]
    shown = public_users(table(SERVICE_USERS, rows))
    assert shown.select("service", "dimension", "users").rows() == [
        ("a", "sex", 0.0),
        ("a", "sex", 43.0),
        ("b", "zone", 5.0),
    ]
    services = [{"service": str(n), "users": float(n)} for n in (0, 4, 5)] + [{"service": "-"}]
    assert public_services(table(SERVICES, services))["users"].to_list() == [0.0, None, 5.0, None]
