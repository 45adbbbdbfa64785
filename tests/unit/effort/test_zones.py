"""Effort by zone: where users live, else the zones a service names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.effort.results import EffortProfile
from jevn.effort.schemas import SERVICES
from jevn.effort.services import GroupUsers, RegisteredService, read_services
from jevn.effort.zones import zone_effort
from jevn.terms import EffortArea, InputRefused, Reach, SocialDimension

from .conftest import account, service, table

Make = Callable[..., EffortProfile]
ZONES = ("Z1", "Z2", "Z3")
POPULATION = [
    {"place": "9901", "year": 2026, "persons": 1000.0},
    {"place": "Z1", "year": 2026, "persons": 400.0},
    {"place": "Z2", "year": 2026, "persons": 500.0},
    {"place": "Z3", "year": 2026, "persons": 100.0},
]
BOOKS = [account("202", 10_000_000.0)]


def by_zone(service: str, counts: Sequence[float]) -> list[dict[str, Any]]:
    return [
        {"service": service, "year": 2026, "dimension": "zone", "group": z, "users": n}
        for z, n in zip(ZONES, counts, strict=True)
    ]


def test_counted_users_place_a_services_money(profile: Make) -> None:
    found = profile(
        accounts=BOOKS,
        population=POPULATION,
        zones=ZONES,
        services=[service("a", "oppvekst", "202", net_nok=100_000.0, reach="targeted")],
        users=by_zone("a", (10.0, 30.0, 60.0)),
    )
    assert [z.nok for z in found.zones] == [10_000, 30_000, 60_000]
    assert [z.per_inhabitant for z in found.zones] == [25, 60, 600]
    assert [z.users_per_1000 for z in found.zones] == [25, 60, 600]
    assert dict(found.zones[2].by_reach)[Reach.TARGETED] == 60_000
    assert found.zones[2].areas == ((EffortArea.OPPVEKST, 60_000),)
    assert found.unplaced_nok == 0


def test_named_zones_share_by_inhabitants_and_the_rest_is_summed_apart(profile: Make) -> None:
    found = profile(
        accounts=BOOKS,
        population=POPULATION,
        zones=ZONES,
        services=[
            service("a", "oppvekst", "202", net_nok=900.0, places=["Z1", "Z2"]),
            service("b", "oppvekst", "202", net_nok=70.0),
            service("c", "oppvekst", "202", net_nok=7.0, places=["9901"]),
        ],
    )
    assert [z.nok for z in found.zones] == [400, 500, 0]
    assert found.zones[0].services == ("a",)
    assert found.unplaced_nok == 77
    assert found.zones[0].users is None


def test_a_zone_with_few_users_is_not_shown_by_the_money(profile: Make) -> None:
    found = profile(
        accounts=BOOKS,
        population=POPULATION,
        zones=ZONES,
        services=[service("a", "oppvekst", "202", net_nok=100.0)],
        users=by_zone("a", (3.0, 30.0, 60.0)),
    )
    assert [z.nok for z in found.zones] == [0, 0, 0]
    assert found.unplaced_nok == 100
    assert [z.users for z in found.zones] == [None, None, None]


def test_users_in_an_unknown_zone_are_refused(profile: Make) -> None:
    with pytest.raises(InputRefused) as refused:
        profile(
            accounts=BOOKS,
            zones=("Z1", "Z2"),
            services=[service("a", "oppvekst", "202")],
            users=by_zone("a", (10.0, 10.0, 10.0)),
        )
    assert [(p.id, p.row) for p in refused.value.problems] == [("effort_unknown_group", 4)]


def test_without_zones_nothing_is_placed(profile: Make) -> None:
    found = profile(accounts=BOOKS, services=[service("a", "oppvekst", "202", net_nok=1.0)])
    assert (found.zones, found.unplaced_nok) == ((), 0)


def _registered(rows: Sequence[dict[str, Any]]) -> tuple[RegisteredService, ...]:
    services, problems = read_services(table(SERVICES, rows), year=2026)
    assert not problems
    return services


@given(
    st.lists(
        st.tuples(
            st.integers(0, 10**7),
            st.lists(st.sampled_from(ZONES), max_size=3, unique=True),
            st.lists(st.integers(0, 50), min_size=3, max_size=3),
        ),
        max_size=5,
    )
)
def test_placed_and_unplaced_money_is_all_the_money(
    rows: list[tuple[int, list[str], list[int]]],
) -> None:
    services = _registered(
        [
            service(f"s{i}", "bolig", "265", net_nok=float(nok), places=places)
            for i, (nok, places, _) in enumerate(rows)
        ]
    )
    users = [
        GroupUsers(f"s{i}", 2026, SocialDimension.ZONE, zone, float(n))
        for i, (_, _, counts) in enumerate(rows)
        for zone, n in zip(ZONES, counts, strict=True)
    ]
    placed = zone_effort(services, users, dict.fromkeys(ZONES, 10.0), 5)
    total = sum(z.nok for z in placed.zones) + placed.unplaced_nok
    assert total == pytest.approx(sum(nok for nok, _, _ in rows), abs=0.005)
