"""Accounts, shares and services of Elvebyen agree to the krone."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from jevn.challenges.schemas import POPULATION
from jevn.demo.services import true_use
from jevn.effort import effort_profile, schemas
from jevn.effort.chart_of_accounts import kostra_functions, type_weights
from jevn.effort.results import EffortProfile
from jevn.tables import read_table


@pytest.fixture(scope="module")
def accounts(elvebyen: Path) -> pl.DataFrame:
    return read_table(elvebyen / "accounts.csv", schemas.ACCOUNTS)


@pytest.fixture(scope="module")
def profile(elvebyen: Path) -> EffortProfile:
    read = lambda schema: read_table(elvebyen / f"{schema.name}.csv", schema)  # noqa: E731
    return effort_profile(
        municipality="9901",
        year=2026,
        accounts=read(schemas.ACCOUNTS),
        comparison_accounts=read(schemas.COMPARISON_ACCOUNTS),
        shares=read(schemas.SHARES),
        services=read(schemas.SERVICES),
        service_users=read(schemas.SERVICE_USERS),
        population=read(POPULATION),
        comparison=("KG11", "0"),
    )


def test_every_function_and_type_is_in_the_kostra_chart(accounts: pl.DataFrame) -> None:
    assert set(accounts["function"]) <= set(kostra_functions())
    assert all(type_weights(t) is not None for t in accounts["type"].unique())


def test_the_net_cost_recovered_is_the_net_cost_put_in(profile: EffortProfile, truth: Any) -> None:
    put_in = truth["net_nok"]["functions"]
    recovered = {line.function: line.net_nok for line in profile.reconciliation.lines}
    for function, nok in put_in.items():
        assert recovered[function] == nok
    assert profile.reconciliation.net_nok == truth["net_nok"]["total"]
    assert 7.5e9 < profile.reconciliation.net_nok < 8.5e9


def test_the_residual_is_what_the_shares_leave(profile: EffortProfile) -> None:
    for line in profile.reconciliation.lines:
        assert line.allocated_nok + line.residual_nok == pytest.approx(line.net_nok, abs=0.005)
    assert profile.reconciliation.residual_nok > 0


def test_five_years_of_accounts_rise(accounts: pl.DataFrame) -> None:
    service = accounts.filter(pl.col("function") < "800")
    sums = dict(service.group_by("year").agg(pl.col("amount").sum()).sort("year").iter_rows())
    assert list(sums) == [2022, 2023, 2024, 2025, 2026]
    assert list(sums.values()) == sorted(sums.values())


def test_income_types_are_negative_and_costs_positive(accounts: pl.DataFrame) -> None:
    odd = accounts.filter(
        ((pl.col("type") >= "600") & (pl.col("amount") > 0) & (pl.col("function") < "800"))
        | ((pl.col("type") < "600") & (pl.col("amount") < 0))
    )
    assert odd.height == 0


def test_registered_services_stay_within_their_areas_money(profile: EffortProfile) -> None:
    room: dict[tuple[str, str], float] = defaultdict(float)
    for line in profile.reconciliation.lines:
        for area, share, _, _ in line.shares:
            room[line.function, area.value] += share * line.net_nok
    used: dict[tuple[str, str], float] = defaultdict(float)
    for area in profile.areas:
        for service in area.services:
            used[service.function, area.area.value] += service.net_nok or 0.0
    assert len(used) > 25
    assert all(nok <= room[key] + 1 for key, nok in used.items())


def test_who_uses_the_services_leans_the_way_it_was_put_in(elvebyen: Path, truth: Any) -> None:
    users = read_table(elvebyen / "service_users.csv", schemas.SERVICE_USERS)
    people = list(truth["population"]["education"].values())
    checked = 0
    for (service,), rows in users.filter(pl.col("dimension") == "education").group_by("service"):
        uptake = truth["uptake_by_service"][service]
        by_group = dict(rows.select("group", "users").iter_rows())
        rate = [
            by_group[g] / n for g, n in zip(truth["population"]["education"], people, strict=True)
        ]
        if abs(uptake) >= 1 and rows["users"].sum() > 200:
            assert (rate[2] > rate[0]) == (uptake > 0), service
            checked += 1
    assert checked >= 20


def test_use_by_hand_for_two_equal_groups() -> None:
    import math

    import numpy as np

    # Mid-ranks 0.25 and 0.75: weights exp(-0.25) and exp(0.25) for uptake 1.
    low, high = math.exp(-0.25), math.exp(0.25)
    assert true_use(1.0, np.array([10.0, 10.0])) == pytest.approx(
        [low / (low + high), high / (low + high)]
    )
