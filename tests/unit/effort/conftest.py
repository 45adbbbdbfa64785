"""A small municipality whose every figure can be worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl
import pytest

from jevn.effort import EffortProfile, effort_profile
from jevn.effort.schemas import (
    ACCOUNTS,
    COMPARISON_ACCOUNTS,
    SERVICE_USERS,
    SERVICES,
    SHARES,
)
from jevn.tables import TableSchema, empty_table

Rows = Sequence[Mapping[str, Any]]
PEOPLE = ("place", "year", "sex", "age", "education", "income", "background", "persons")


def table(schema: TableSchema, rows: Rows) -> pl.DataFrame:
    """Rows as a frame with the schema's columns, unchecked; line 2 is the first row."""
    empty = empty_table(schema)
    full = [{**dict.fromkeys(empty.columns), **r, "_row": i + 2} for i, r in enumerate(rows)]
    return pl.DataFrame(full, schema=empty.schema)


def people(rows: Rows) -> pl.DataFrame:
    """A population table."""
    kinds: dict[str, Any] = {c: pl.String() for c in PEOPLE}
    kinds |= {"year": pl.Int64(), "persons": pl.Float64()}
    return pl.DataFrame([{**dict.fromkeys(PEOPLE), **r} for r in rows], schema=kinds)


@pytest.fixture
def profile() -> Callable[..., EffortProfile]:
    """Make the profile of municipality 9901 in 2026 from rows."""

    def make(
        accounts: Rows = (),
        comparison: Rows = (),
        shares: Rows = (),
        services: Rows = (),
        users: Rows = (),
        population: Rows = (),
        order: Sequence[str] = (),
        **options: Any,
    ) -> EffortProfile:
        return effort_profile(
            municipality="9901",
            year=2026,
            accounts=table(ACCOUNTS, accounts),
            comparison_accounts=table(COMPARISON_ACCOUNTS, comparison),
            shares=table(SHARES, shares),
            services=table(SERVICES, services),
            service_users=table(SERVICE_USERS, users),
            population=people(population),
            comparison=order,
            **{"interventions": {}, **options},
        )

    return make


def account(
    function: str, amount: float, type: str | None = "010", year: int = 2026
) -> dict[str, Any]:
    """One row of accounts."""
    return {"year": year, "function": function, "type": type, "amount": amount}


def service(id: str, area: str, function: str, **more: Any) -> dict[str, Any]:
    """One row of the register."""
    return {
        "service": id,
        "name": id,
        "kind": "service",
        "area": area,
        "year": 2026,
        "function": function,
        "reach": "universal",
        **more,
    }
