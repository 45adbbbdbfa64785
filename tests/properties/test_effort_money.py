"""Money is never made or lost on its way from accounts to areas."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from jevn.effort import effort_profile
from jevn.effort.chart_of_accounts import kostra_functions
from jevn.effort.money import split
from jevn.effort.schemas import (
    ACCOUNTS,
    COMPARISON_ACCOUNTS,
    SERVICE_USERS,
    SERVICES,
    SHARES,
)
from jevn.tables import TableSchema, empty_table
from jevn.terms import AREAS, Reach

SERVICE_FUNCTIONS = [f.number for f in kostra_functions().values() if not f.is_finance]
parts = st.lists(st.integers(0, 1000), min_size=1, max_size=6).map(
    lambda w: [Fraction(x, max(sum(w), 1)) for x in w]
)


@given(st.integers(-(10**13), 10**13), parts)
def test_parts_sum_to_the_rounded_whole_and_are_within_one_ore(
    total: int, shares: list[Fraction]
) -> None:
    found = split(total, shares)
    assert sum(found) == round(total * sum(shares))
    assert all(abs(p - total * s) <= 1 for p, s in zip(found, shares, strict=True))


def _frame(schema: TableSchema, rows: list[dict[str, Any]]) -> pl.DataFrame:
    empty = empty_table(schema)
    full = [{**dict.fromkeys(empty.columns), **row} for row in rows]
    return pl.DataFrame(full, schema=empty.schema)


amounts = st.integers(-(10**11), 10**11).map(lambda ore: ore / 100)
accounts = st.lists(
    st.fixed_dictionaries(
        {
            "year": st.sampled_from([2025, 2026]),
            "function": st.sampled_from(SERVICE_FUNCTIONS),
            "type": st.sampled_from(["010", "370", "590", "500"]),
            "amount": amounts,
        }
    ),
    min_size=1,
    max_size=30,
)
share_rows = st.lists(
    st.tuples(
        st.sampled_from(SERVICE_FUNCTIONS), st.sampled_from(AREAS), st.sampled_from(list(Reach))
    ),
    unique=True,
    max_size=20,
).flatmap(
    lambda keys: st.lists(st.integers(0, 33), min_size=len(keys), max_size=len(keys)).map(
        lambda percents: _at_most_three(keys, percents)
    )
)


def _at_most_three(keys: list[tuple[str, Any, Any]], percents: list[int]) -> list[dict[str, Any]]:
    """At most three shares of a function, so that they cannot exceed 1."""
    seen: dict[str, int] = {}
    rows = []
    for (function, area, reach), percent in zip(keys, percents, strict=True):
        seen[function] = seen.get(function, 0) + 1
        if seen[function] <= 3:
            rows.append(
                {
                    "function": function,
                    "area": area.value,
                    "reach": reach.value,
                    "share": percent / 100,
                }
            )
    return rows


def ore(kroner: float) -> int:
    return round(kroner * 100)


@settings(max_examples=60, deadline=None)
@given(accounts, share_rows)
def test_every_ore_is_in_an_area_or_in_the_residual(
    books: list[dict[str, Any]], shares: list[dict[str, Any]]
) -> None:
    books = [*books, {"year": 2026, "function": "202", "type": "010", "amount": 1.0}]
    found = effort_profile(
        municipality="9901",
        year=2026,
        accounts=_frame(ACCOUNTS, books),
        comparison_accounts=empty_table(COMPARISON_ACCOUNTS),
        shares=_frame(SHARES, shares),
        services=empty_table(SERVICES),
        service_users=empty_table(SERVICE_USERS),
        population=pl.DataFrame(),
    )
    counted = [b for b in books if b["year"] == 2026 and b["type"] != "500"]
    whole = sum(ore(b["amount"]) for b in counted)
    in_areas = sum(ore(a.net_nok) for a in found.areas)
    reconciled = found.reconciliation
    assert in_areas == ore(reconciled.allocated_nok)
    assert in_areas + ore(reconciled.residual_nok) == ore(reconciled.net_nok) == whole
    for line in reconciled.lines:
        assert ore(line.allocated_nok) + ore(line.residual_nok) == ore(line.net_nok)
    for area in found.areas:
        assert sum(ore(n) for _, n in area.by_reach) == ore(area.net_nok)
        assert 0 <= area.default_share <= 1


@settings(max_examples=30, deadline=None)
@given(accounts, st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(books: list[dict[str, Any]], random: Any) -> None:
    books = [*books, {"year": 2026, "function": "202", "type": "010", "amount": 1.0}]
    mixed = list(books)
    random.shuffle(mixed)
    tables: dict[str, Any] = {
        "municipality": "9901",
        "year": 2026,
        "comparison_accounts": empty_table(COMPARISON_ACCOUNTS),
        "shares": empty_table(SHARES),
        "services": empty_table(SERVICES),
        "service_users": empty_table(SERVICE_USERS),
        "population": pl.DataFrame(),
    }
    first = effort_profile(accounts=_frame(ACCOUNTS, books), **tables)
    assert effort_profile(accounts=_frame(ACCOUNTS, mixed), **tables) == first
