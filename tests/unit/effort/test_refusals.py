"""What is refused, with file, line and column, and nothing computed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from jevn.effort.results import EffortProfile
from jevn.terms import EffortArea, InputRefused, Problem

from .conftest import account, service

Make = Callable[..., EffortProfile]
BOOKS = [account("202", 1_000_000), account("232", 200_000)]


def refused(profile: Make, **tables: Any) -> tuple[Problem, ...]:
    with pytest.raises(InputRefused) as error:
        profile(**tables)
    for problem in error.value.problems:
        for lang in ("nb", "nn", "en"):
            assert problem.what(lang)
            assert problem.remedy(lang)
    return error.value.problems


def only(problems: tuple[Problem, ...]) -> tuple[str, str | None, int | None, str | None]:
    (problem,) = problems
    return problem.id, problem.file, problem.row, problem.column


USERS: dict[str, Any] = {
    "service": "a", "year": 2026, "dimension": "education", "group": "basic", "users": 10.0,
}  # fmt: skip
SHARE: dict[str, Any] = {"function": "232", "area": "oppvekst", "share": 0.5, "reach": "universal"}
CASES: list[tuple[dict[str, Any], tuple[str, str, int | None, str]]] = [
    (
        {"accounts": [*BOOKS, account("999", 1)]},
        ("effort_unknown_function", "accounts.csv", 4, "function"),
    ),
    (
        {"accounts": [*BOOKS, account("202", 1, "10100")]},
        ("effort_unknown_type", "accounts.csv", 4, "type"),
    ),
    (
        {"accounts": [*BOOKS, account("202", 1, year=2027)]},
        ("effort_year_outside", "accounts.csv", 4, "year"),
    ),
    (
        {"accounts": [*BOOKS, account("202", float("nan"))]},
        ("effort_not_number", "accounts.csv", 4, "amount"),
    ),
    (
        {"accounts": [*BOOKS, account("202", 1, None)]},
        ("effort_net_and_types", "accounts.csv", 4, "type"),
    ),
    (
        {"accounts": [*BOOKS, account("202", 50_000, "600")]},
        ("effort_income_positive", "accounts.csv", 4, "amount"),
    ),
    (
        {"accounts": [account("202", 1, year=2024)]},
        ("effort_no_year", "accounts.csv", None, "year"),
    ),
    ({"shares": [SHARE | {"area": "helse"}]}, ("effort_unknown_area", "shares.csv", 2, "area")),
    ({"shares": [SHARE | {"reach": "alle"}]}, ("effort_unknown_reach", "shares.csv", 2, "reach")),
    ({"shares": [SHARE | {"share": 1.5}]}, ("effort_share_range", "shares.csv", 2, "share")),
    (
        {"shares": [SHARE | {"function": "2320"}]},
        ("effort_unknown_function", "shares.csv", 2, "function"),
    ),
    (
        {"services": [service("a", "oppvekst", "202", fte=-1.0)]},
        ("effort_negative", "services.csv", 2, "fte"),
    ),
    (
        {"services": [service("a", "oppvekst", "202", users=-3.0)]},
        ("effort_negative", "services.csv", 2, "users"),
    ),
    (
        {"services": [service("a", "oppvekst", "202"), service("a", "oppvekst", "202")]},
        ("effort_service_twice", "services.csv", 3, "service"),
    ),
    (
        {"services": [service("a", "oppvekst", "202", places=["Z9"])], "places": {"9901"}},
        ("effort_unknown_place", "services.csv", 2, "places"),
    ),
    (
        {
            "services": [service("a", "oppvekst", "202", intervention="x")],
            "interventions": {"y": (EffortArea.OPPVEKST, "A")},
        },
        ("effort_unknown_intervention", "services.csv", 2, "intervention"),
    ),
    (
        {"services": [service("a", "oppvekst", "202", net_nok=2.0, gross_nok=1.0)]},
        ("effort_net_above_gross", "services.csv", 2, "net_nok"),
    ),
    (
        {"services": [service("a", "oppvekst", "202", year=2030)]},
        ("effort_year_outside", "services.csv", 2, "year"),
    ),
    ({"users": [USERS]}, ("effort_unknown_service", "service_users.csv", 2, "service")),
    (
        {"services": [service("a", "oppvekst", "202")], "users": [USERS | {"group": "q1"}]},
        ("effort_unknown_group", "service_users.csv", 2, "group"),
    ),
    (
        {"services": [service("a", "oppvekst", "202")], "users": [USERS | {"users": -1.0}]},
        ("effort_negative", "service_users.csv", 2, "users"),
    ),
    (
        {
            "comparison": [
                {"place": "0", "year": 2026, "function": "99", "net_nok_per_inhabitant": 1.0}
            ]
        },
        ("effort_unknown_function", "comparison_accounts.csv", 2, "function"),
    ),
    (
        {"services": [service("a", "utsatte", "244", net_nok=1.0)]},
        ("effort_no_money", "services.csv", 2, "net_nok"),
    ),
]


@pytest.mark.parametrize(("tables", "expected"), CASES, ids=[f"{c[1][0]}-{c[1][1]}" for c in CASES])
def test_faults_are_refused_with_file_line_and_column(
    profile: Make, tables: dict[str, Any], expected: tuple[str, str, int | None, str]
) -> None:
    assert only(refused(profile, **{"accounts": BOOKS, **tables})) == expected


def test_shares_above_one_name_their_lines(profile: Make) -> None:
    shares = [
        SHARE | {"share": 0.7},
        {"function": "202", "area": "oppvekst", "share": 1.0, "reach": "universal"},
        SHARE | {"area": "helsetjenester", "share": 0.4},
    ]
    (problem,) = refused(profile, accounts=BOOKS, shares=shares)
    assert problem.id == "effort_shares_above_one"
    assert problem.params["rows"] == "2, 4"
    assert problem.params["total"] == "1.1"


def test_three_times_a_third_is_not_above_one(profile: Make) -> None:
    shares = [
        SHARE | {"area": a, "share": s}
        for a, s in (("oppvekst", 0.34), ("fritid", 0.33), ("levevaner", 0.33))
    ]
    line = profile(accounts=BOOKS, shares=shares).reconciliation.lines[1]
    assert (line.function, line.residual_nok) == ("232", 0.0)


def test_services_above_the_functions_money_name_their_lines(profile: Make) -> None:
    services = [
        service("a", "oppvekst", "232", net_nok=90_000.0),
        service("b", "helsetjenester", "232", net_nok=110_000.01),
    ]
    (problem,) = refused(profile, accounts=BOOKS, services=services)
    assert problem.id == "effort_services_above_function"
    assert problem.params["rows"] == "2, 3"


def test_services_above_the_areas_share_are_told_which_share_would_do(profile: Make) -> None:
    services = [service("a", "oppvekst", "232", net_nok=130_000.0)]
    (problem,) = refused(profile, accounts=BOOKS, services=services)
    assert problem.id == "effort_services_above_share"
    assert problem.params["share"] == "0.65"  # 130 000 of 200 000; the default is a half
    assert problem.params["limit_nok"] == 100_000
    raised = [
        SHARE | {"share": 0.65},
        SHARE | {"area": "helsetjenester", "share": 0.35},
    ]
    found = profile(accounts=BOOKS, services=services, shares=raised)
    assert found.area(EffortArea.OPPVEKST).net_nok == 1_130_000


def test_services_in_a_function_whose_income_exceeds_its_cost_lie_within_its_gross_cost(
    profile: Make,
) -> None:
    books = [account("265", 4e6), account("265", -5e6, "630")]
    within = [service("a", "bolig", "265", net_nok=3e6)]
    assert profile(accounts=books, services=within).area(EffortArea.BOLIG).services
    above = [service("a", "bolig", "265", net_nok=4.1e6)]
    assert only(refused(profile, accounts=books, services=above))[0] == (
        "effort_services_above_function"
    )


def test_all_faults_of_all_files_are_told_in_one_go(profile: Make) -> None:
    problems = refused(
        profile,
        accounts=[*BOOKS, account("999", 1)],
        shares=[SHARE | {"share": 2.0}],
        services=[service("a", "x", "202")],
        users=[USERS],
    )
    assert {p.file for p in problems} == {
        "accounts.csv", "shares.csv", "services.csv", "service_users.csv",
    }  # fmt: skip


def test_a_fault_on_many_lines_is_told_once(profile: Make) -> None:
    (problem,) = refused(profile, accounts=[*BOOKS, *[account("999", 1)] * 500])
    assert (problem.row, problem.params["n"]) == (4, 500)
