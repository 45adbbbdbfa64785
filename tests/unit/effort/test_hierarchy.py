"""Sums by hierarchy tables: small ones by hand, Statistics Norway's against a slow reference."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.effort import effort_profile, schemas
from jevn.effort.hierarchy import (
    Books,
    Cell,
    Hierarchy,
    corrected,
    parse_formulas,
    read_hierarchy,
    read_netting,
)
from jevn.tables import empty_table
from jevn.terms import UserError

from .conftest import PEOPLE, people, table

FOLDER = "data/kostra-accounts-ssb"


def _rows(path: Path, period: str) -> list[dict[str, str]]:
    rows = csv.DictReader(path.read_text("utf-8").splitlines())
    return [r for r in rows if r["periode"] == period]


def _amounts(path: Path, period: str, region: str) -> dict[Cell, int]:
    found: dict[Cell, int] = defaultdict(int)
    for r in _rows(path, period):
        if r["region"] == region:
            found[r["kontoklasse"], r["funksjon"], r["art"].zfill(3)] += int(r["belop"])
    return dict(found)


def _slow(rows: list[dict[str, str]], amounts: dict[str, int], code: str) -> int:
    """A sum by following the lines of the table down, one at a time."""
    lines = [r for r in rows if r["to"] == code]
    if not lines:
        return amounts.get(code, 0)
    return sum((1 if r["sign"] == "+" else -1) * _slow(rows, amounts, r["from"]) for r in lines)


@pytest.fixture(params=[("2015", "0301"), ("2016", "0301"), ("2016", "0100"), ("2015", "030101")])
def real(request: pytest.FixtureRequest, shared_data: Path) -> tuple[Path, str, Books]:
    folder, (period, region) = shared_data / FOLDER, request.param
    books = Books(
        own=_amounts(folder / "data.csv", period, region),
        functions=read_hierarchy(folder / "funksjonshierarki.csv", period=period),
        types=read_hierarchy(folder / "artshierarki.csv", period=period),
        undertakings=_amounts(folder / "data-saer.csv", period, region),
        netting=read_netting(folder / "artshierarki-nettinger.csv", period=period),
    )
    return folder, period, books


def test_a_sum_is_followed_down_through_other_sums() -> None:
    tree = Hierarchy.of([("all", "in", 1), ("all", "c", -1), ("in", "a", 1), ("in", "b", 1)])
    assert tree.of_code("all") == {"a": 1, "b": 1, "c": -1}
    assert tree.of_code("a") == {"a": 1}


def test_a_code_added_and_taken_away_is_left_out() -> None:
    tree = Hierarchy.of([("all", "in", 1), ("all", "a", -1), ("in", "a", 1), ("in", "b", 1)])
    assert tree.of_code("all") == {"b": 1}


@given(st.lists(st.integers(-50, 50), min_size=4, max_size=4))
def test_the_sum_is_linear_in_the_amounts(amounts: list[int]) -> None:
    types = Hierarchy.of([("net", "cost", 1), ("net", "700", -1), ("cost", "010", 1)])
    cells: list[Cell] = [("D", f, t) for f in ("201", "202") for t in ("010", "700")]
    own = dict(zip(cells, amounts, strict=True))
    books = Books(own, Hierarchy.of([("FG", "201", 1), ("FG", "202", 1)]), types)
    expected = amounts[0] - amounts[1] + amounts[2] - amounts[3]
    assert books.own_sum(("D", "FG", "net")) == expected
    assert books.consolidated(("D", "FG", "net")) == expected


def test_consolidation_takes_out_what_the_two_buy_of_each_other() -> None:
    types = Hierarchy.of([("gross", "010", 1), ("gross", "380", 1), ("trade", "380", 1)])
    books = Books(
        own={("D", "265", "380"): 100, ("D", "265", "010"): 10},
        functions=Hierarchy.of([]),
        types=types,
        undertakings={("D", "265", "380"): 40, ("D", "265", "010"): 5},
        netting=Hierarchy.of([("gross", "trade", -1), ("trade", "=trade", -1)]),
    )
    assert books.consolidated(("D", "265", "gross")) == 110 + 45 - 40
    assert books.consolidated(("D", "265", "trade")) == 100


def test_formulas_are_used_in_the_order_they_depend() -> None:
    own = {("D", "1", "a"): 5, ("D", "1", "b"): 3, ("D", "1", "c"): 100}
    books = Books(own, Hierarchy.of([]), Hierarchy.of([]))
    formulas = parse_formulas(["D:1:c = D:1:a - D:1:x", "D:1:a = D:1:a + D:1:b"])
    assert corrected(books, formulas) == {("D", "1", "a"): 8, ("D", "1", "c"): 8}


def test_a_formula_without_account_class_holds_for_both() -> None:
    cells = {f.cell for f in parse_formulas(["FG2:AGD64 = - FG2:AGD64"])}
    assert cells == {("D", "FG2", "AGD64"), ("I", "FG2", "AGD64")}


@pytest.mark.parametrize(
    "texts",
    [
        ["D:1:a"],
        ["D:1:a = D:1:b * 2"],
        ["D:1:a = 1:b"],
        ["D:1:a = D:1:b", "D:1:b = D:1:a"],
        ["D:1:a = D:1:b", "D:1:a = D:1:c"],
        ["D:1:a ="],
    ],
)
def test_what_is_no_formula_is_refused(texts: list[str]) -> None:
    with pytest.raises(UserError) as refused:
        parse_formulas(texts)
    assert refused.value.id == "effort_formula"


@pytest.mark.parametrize(
    ("text", "period", "id"),
    [
        ("to,from,sign\nA,B,+\nB,A,+\n", None, "effort_hierarchy_circle"),
        ("to,from,sign\nA,B,+\nA,B,-\n", None, "effort_hierarchy_twice"),
        ("periode,to,from,sign\n2015,A,B,+\n2016,A,C,+\n", None, "effort_hierarchy_period"),
        ("periode,to,from,sign\n2015,A,B,+\n", "2016", "effort_hierarchy_period"),
    ],
)
def test_faulty_hierarchies_are_refused(
    tmp_path: Path, text: str, period: str | None, id: str
) -> None:
    path = tmp_path / "hierarki.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(UserError) as refused:
        read_hierarchy(path, period=period)
    assert refused.value.id == id


def test_every_published_sum_equals_the_slow_reference(real: tuple[Path, str, Books]) -> None:
    folder, period, books = real
    functions = _rows(folder / "funksjonshierarki.csv", period)
    types = _rows(folder / "artshierarki.csv", period)
    by_type: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (kind, function, type), amount in books.own.items():
        if kind == "D":
            by_type[type][function] += amount
    seen = 0
    for to in sorted({r["to"] for r in functions}):
        amounts = {t: _slow(functions, dict(per), to) for t, per in by_type.items()}
        for sum_of_types in ("AGD10", "AGD2", "LONN"):
            slow = _slow(types, amounts, sum_of_types)
            assert books.own_sum(("D", to, sum_of_types)) == slow, (to, sum_of_types)
            seen += bool(slow)
    assert seen > 0


def test_areas_of_service_are_the_sum_of_their_functions(real: tuple[Path, str, Books]) -> None:
    _, _, books = real
    for total in ("AGD10", "AGD2"):
        for area in ("FGK8", "FGK9", "FGK10", "FG2"):
            if area in books.functions.weights:
                singles = books.functions.of_code(area).items()
                by_hand = sum(w * books.own_sum(("D", f, total)) for f, w in singles)
                assert books.own_sum(("D", area, total)) == by_hand


def test_published_formulas_are_read_and_hold(real: tuple[Path, str, Books]) -> None:
    folder, period, books = real
    texts = [r["formel"] for r in _rows(folder / "formler.csv", period)]
    formulas = parse_formulas(texts)
    found = corrected(books, formulas)
    assert len(formulas) == len(texts) + sum(t.split("=")[0].count(":") == 1 for t in texts)
    for formula in formulas:
        value = sum(
            sign * (found[c] if c in found and c != formula.cell else books.consolidated(c))
            for c, sign in formula.terms
        )
        assert found[formula.cell] == value


def test_without_undertakings_consolidated_is_own(real: tuple[Path, str, Books]) -> None:
    _, _, books = real
    alone = Books(books.own, books.functions, books.types)
    assert alone.consolidated(("D", "FG2", "AGD10")) == alone.own_sum(("D", "FG2", "AGD10"))


def test_the_profile_reconciles_with_the_published_sums(real: tuple[Path, str, Books]) -> None:
    _, period, books = real
    rows = [
        {
            "year": int(period),
            "function": function,
            "type": type,
            "amount": (-1000.0 if type >= "600" else 1000.0) * amount,
        }
        for (kind, function, type), amount in books.own.items()
        if kind == "D" and function < "400"
    ]
    if not rows:
        pytest.skip("no municipal functions in this region")
    profile = effort_profile(
        municipality="0301",
        year=int(period),
        accounts=table(schemas.ACCOUNTS, rows),
        comparison_accounts=empty_table(schemas.COMPARISON_ACCOUNTS),
        shares=empty_table(schemas.SHARES),
        services=empty_table(schemas.SERVICES),
        service_users=empty_table(schemas.SERVICE_USERS),
        population=people([dict.fromkeys(PEOPLE)]).clear(),
    )
    for line in profile.reconciliation.lines:
        assert line.net_nok == 1000 * books.own_sum(("D", line.function, "AGD2"))
        assert line.gross_nok == 1000 * books.own_sum(("D", line.function, "AGD10"))
        assert line.allocated_nok + line.residual_nok == pytest.approx(line.net_nok, abs=0.005)
    total = profile.reconciliation
    assert total.allocated_nok + total.residual_nok == pytest.approx(total.net_nok, abs=0.005)
