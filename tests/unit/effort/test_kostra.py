"""The chart of accounts as data, and gross and net against Statistics Norway's hierarchy."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from jevn.effort.accounts import function_money
from jevn.effort.chart_of_accounts import default_shares, kostra_functions, type_weights
from jevn.effort.schemas import ACCOUNTS
from jevn.terms import LANGUAGES, Say

from .conftest import table

# A-types and AD-types are types as reported; the others are sums of types.
Weights = dict[str, int]


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def _expand(hierarchy: dict[str, list[tuple[str, int]]], node: str) -> Weights:
    """A sum of types as its single types with their signs, by following it down."""
    if node not in hierarchy:
        return {node: 1}
    found: Weights = defaultdict(int)
    for part, sign in hierarchy[node]:
        for leaf, weight in _expand(hierarchy, part).items():
            found[leaf] += sign * weight
    return dict(found)


@pytest.fixture
def hierarchy(shared_data: Path) -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in _rows(shared_data / "data/kostra-accounts-ssb/artshierarki.csv"):
        if row["periode"] == "2016":
            found[row["to"]].append((row["from"], 1 if row["sign"] == "+" else -1))
    return dict(found)


@pytest.mark.parametrize(("sum_of_types", "kind"), [("AGD10", "gross"), ("AGD2", "net")])
def test_every_type_counts_as_in_statistics_norways_hierarchy(
    hierarchy: dict[str, list[tuple[str, int]]], sum_of_types: str, kind: str
) -> None:
    published = {t: w for t, w in _expand(hierarchy, sum_of_types).items() if w and t.isdigit()}
    assert len(published) > 50
    reported = {t for parts in hierarchy.values() for t, _ in parts if t.isdigit()}
    for type in sorted(reported):
        weights = type_weights(type)
        assert weights is not None, type
        sign = -1 if type >= "600" else 1  # income is positive there, negative here
        expected = sign * published.get(type, 0)
        assert getattr(weights, kind) == expected, type


@pytest.mark.parametrize("file", ["data.csv", "data-saer.csv"])
def test_gross_and_net_of_real_accounts_equal_a_slow_sum_over_the_hierarchy(
    shared_data: Path, hierarchy: dict[str, list[tuple[str, int]]], file: str
) -> None:
    rows = [
        r
        for r in _rows(shared_data / "data/kostra-accounts-ssb" / file)
        if r["region"] == "0301" and r["kontoklasse"] == "D" and r["art"].isdigit()
    ]
    gross, net = _expand(hierarchy, "AGD10"), _expand(hierarchy, "AGD2")
    expected: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        cell = expected[int(row["periode"]), row["funksjon"]]
        thousands = int(row["belop"])
        cell[0] += thousands * gross.get(row["art"], 0)
        cell[1] += thousands * net.get(row["art"], 0)
    accounts = table(
        ACCOUNTS,
        [
            {
                "year": int(r["periode"]),
                "function": r["funksjon"],
                "type": r["art"],
                "amount": (-1 if r["art"] >= "600" else 1) * 1000.0 * int(r["belop"]),
            }
            for r in rows
        ],
    )
    found = {(m.year, m.function): [m.gross, m.net] for m in function_money(accounts)}
    assert found == {k: [100_000 * v for v in cell] for k, cell in expected.items()}
    assert any(net for _, net in found.values())


def test_every_function_of_the_hierarchy_2016_is_known(shared_data: Path) -> None:
    rows = _rows(shared_data / "data/kostra-accounts-ssb/funksjonshierarki.csv")
    municipal = {r["from"] for r in rows if r["to"].startswith("FGK") and r["from"].isdigit()} | {
        r["from"] for r in rows if r["to"] == "FG1"
    }
    assert len(municipal) > 70
    assert municipal <= set(kostra_functions())


def test_default_shares_are_the_reviewed_ones(shared_data: Path) -> None:
    rows = _rows(shared_data / "data/evidence/kostra_functions.csv")
    reviewed = {
        (r["function"], r["area"], r["default_profile"]): float(r["share_of_function"])
        for r in rows
        if r["area"] != "none"
    }
    ours = {
        (s.function, s.area.value, s.reach.value): float(s.share)
        for shares in default_shares().values()
        for s in shares
    }
    assert ours == reviewed
    outside = {r["function"] for r in rows if r["area"] == "none"}
    assert all(kostra_functions()[f].outside for f in outside)


def test_every_function_is_in_an_area_or_outside_with_a_reason() -> None:
    for number, function in kostra_functions().items():
        shares = default_shares()[number]
        assert bool(shares) != bool(function.outside), number
        assert sum(s.share for s in shares) <= 1
        assert function.name.nn, number
        assert function.name.en, number
        if function.outside:
            assert all(Say(lang).has(f"effort.outside.{function.outside}") for lang in LANGUAGES)


def test_a_net_sum_without_type_counts_in_gross_and_net() -> None:
    (money,) = function_money(table(ACCOUNTS, [{"year": 2026, "function": "202", "amount": 12.34}]))
    assert (money.gross, money.net) == (1234, 1234)


def test_types_that_lost_their_leading_zero_count_as_what_they_are() -> None:
    rows = [
        {"year": 2026, "function": "202", "type": "10", "amount": 5.0},
        {"year": 2026, "function": "202", "type": "990", "amount": 7.0},
        {"year": 2026, "function": "202", "type": "290", "amount": 9.0},
    ]
    (money,) = function_money(table(ACCOUNTS, rows))
    assert (money.gross, money.net) == (500, 500)
