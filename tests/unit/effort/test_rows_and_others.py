"""Rows of the profile with all they hold, and what other places spend over the years."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jevn.effort.results import EffortProfile
from jevn.effort.schemas import SHARES
from jevn.effort.shares import effective_shares, shares_to_edit
from jevn.tables import empty_table
from jevn.terms import EffortArea, InputRefused, SocialDimension

from .conftest import account, service, table

Make = Callable[..., EffortProfile]
POPULATION = [
    {"place": "9901", "year": 2025, "persons": 900.0},
    {"place": "9901", "year": 2026, "persons": 1000.0},
]
BOOKS = [
    account("244", 4_000_000.0),
    account("244", 3_600_000.0, year=2025),
    account("244", 3_000_000.0, year=2024),
]


def there(place: str, function: str, value: float, year: int = 2026) -> dict[str, Any]:
    return {"place": place, "year": year, "function": function, "net_nok_per_inhabitant": value}


def test_a_row_holds_share_of_the_function_strength_ages_and_users(profile: Make) -> None:
    found = profile(
        accounts=BOOKS,
        services=[
            service(
                "a",
                "utsatte",
                "244",
                net_nok=1_000_000.0,
                from_age=0,
                to_age=17,
                situation="Bekymring",
                intervention="hjelp",
            )
        ],
        users=[
            {"service": "a", "year": 2026, "dimension": d, "group": g, "users": n}
            for d, g, n in (
                ("education", "basic", 40.0),
                ("education", "higher", 10.0),
                ("sex", "women", 3.0),
                ("sex", "men", 47.0),
            )
        ],
        interventions={"hjelp": (EffortArea.UTSATTE, "B")},
    )
    (row,) = found.area(EffortArea.UTSATTE).services
    assert row.function_share == 0.25
    assert row.strength == "B"
    assert (row.ages, row.situation) == ((0, 17), "Bekymring")
    education, sex = row.users_by
    assert education.dimension is SocialDimension.EDUCATION
    assert education.users == (("basic", 40.0), ("higher", 10.0))
    assert (sex.users, sex.hidden) == ((), True)


def test_a_service_with_small_counts_cannot_be_found_by_subtraction(profile: Make) -> None:
    people = [
        {"place": "9901", "year": 2026, "education": g, "persons": 100.0}
        for g in ("basic", "upper_secondary", "higher")
    ]
    users = [
        {"service": s, "year": 2026, "dimension": "education", "group": g, "users": n}
        for s, counts in (("a", (3.0, 8.0, 9.0)), ("b", (30.0, 20.0, 10.0)))
        for g, n in zip(("basic", "upper_secondary", "higher"), counts, strict=True)
    ]
    found = profile(
        accounts=BOOKS,
        population=people,
        services=[service("a", "utsatte", "244"), service("b", "utsatte", "244")],
        users=users,
    ).area(EffortArea.UTSATTE)
    (use,) = found.use
    assert use.users == (("basic", 30.0), ("upper_secondary", 20.0), ("higher", 10.0))
    assert use.concentration is not None
    assert use.note is not None
    assert (use.note.key, use.note.params["n"]) == ("effort.use.partly", 1)
    assert [u.hidden for row in found.services for u in row.users_by] == [True, False]


def test_ages_with_only_the_first_go_to_the_end(profile: Make) -> None:
    found = profile(accounts=BOOKS, services=[service("a", "utsatte", "244", from_age=67)])
    assert found.area(EffortArea.UTSATTE).services[0].ages == (67, 120)


def test_ages_the_wrong_way_are_refused(profile: Make) -> None:
    with pytest.raises(InputRefused) as refused:
        profile(accounts=BOOKS, services=[service("a", "utsatte", "244", from_age=9, to_age=3)])
    (problem,) = refused.value.problems
    assert (problem.id, problem.file, problem.row) == ("effort_ages", "services.csv", 2)
    assert problem.remedy("nn")


def test_every_place_is_compared_over_its_years_in_the_order_asked(profile: Make) -> None:
    found = profile(
        accounts=BOOKS,
        population=POPULATION,
        comparison=[
            there("0", "244", 3_000.0, 2025),
            there("0", "244", 3_300.0),
            there("KG11", "244", 5_000.0),
            there("KG11", "202", 1.0, 2024),
        ],
        order=("KG11", "0"),
    ).area(EffortArea.UTSATTE)
    assert [(c.place, c.years) for c in found.compared] == [
        ("KG11", ((2026, 5_000.0),)),
        ("0", ((2025, 3_000.0), (2026, 3_300.0))),
    ]


def test_amounts_per_inhabitant_only_for_years_with_population(profile: Make) -> None:
    found = profile(accounts=BOOKS, population=POPULATION).area(EffortArea.UTSATTE)
    assert found.years_per_inhabitant == ((2025, 4_000.0), (2026, 4_000.0))


def test_shares_to_edit_hold_every_default_with_its_reason() -> None:
    found = shares_to_edit(empty_table(SHARES))
    assert set(found["basis"]) == {"default"}
    assert found["note"].null_count() == 0
    assert all(note for note in found["note"])


def test_writing_defaults_down_changes_nothing() -> None:
    before, _ = effective_shares(empty_table(SHARES))
    after, problems = effective_shares(
        shares_to_edit(empty_table(SHARES)).with_row_index("_row", 2)
    )
    assert not problems
    assert {f: [(s.area, s.share, s.reach, s.basis) for s in v] for f, v in after.items()} == {
        f: [(s.area, s.share, s.reach, s.basis) for s in v] for f, v in before.items()
    }


def test_editing_one_function_leaves_the_others() -> None:
    own = table(
        SHARES,
        [{"function": "232", "area": "oppvekst", "share": 0.7, "reach": "universal",
          "basis": "counted", "note": "Telt i 2026"}],
    )  # fmt: skip
    found = shares_to_edit(own)
    (row,) = found.filter(found["function"] == "232").iter_rows(named=True)
    assert (row["share"], row["basis"], row["note"]) == (0.7, "counted", "Telt i 2026")
    others = found.filter(found["function"] != "232")
    defaults = shares_to_edit(empty_table(SHARES))
    assert others.equals(defaults.filter(defaults["function"] != "232"))


def test_faulty_shares_are_not_written_down() -> None:
    own = table(
        SHARES, [{"function": "232", "area": "oppvekst", "share": 1.2, "reach": "universal"}]
    )
    with pytest.raises(InputRefused) as refused:
        shares_to_edit(own)
    assert refused.value.id == "effort_share_range"
