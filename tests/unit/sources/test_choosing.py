"""Choosing values: expressions mean the same whatever way a table lists its periods."""

from __future__ import annotations

from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.sources.choosing import by_code, chosen_codes, in_parts
from jevn.sources.dataset import Category, Role
from jevn.sources.provider import Selection, TableInfo, Variable
from jevn.terms import UserError

YEARS = [str(year) for year in range(2015, 2025)]


def variable(codes, labels=None, role=Role.TIME):
    names = labels or codes
    categories = tuple(Category(c, n) for c, n in zip(codes, names, strict=True))
    return Variable("Tid", "år", categories, role)


ORDERS = {
    "rising": variable(YEARS),
    "falling": variable(YEARS[::-1]),
    "numbered": variable([str(n) for n in range(95, 105)], YEARS),
    "numbered and falling": variable([str(n) for n in range(10)], YEARS[::-1]),
    "spans": variable([f"{int(y) - 2}_{y}" for y in YEARS], [f"{int(y) - 2}–{y}" for y in YEARS]),
}


def assert_spans_go_by_their_first_year():
    one = ORDERS["spans"]
    assert chosen_codes(one, [Selection("Tid", ("from(2020)",))])[0] == "2020_2022"
    assert chosen_codes(one, [Selection("Tid", ("to(2014)",))])[-1] == "2014_2016"


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("top(3)", YEARS[-3:]),
        ("bottom(2)", YEARS[:2]),
        ("top(2,1)", YEARS[-3:-1]),
        ("bottom(2,3)", YEARS[3:5]),
        ("top(99)", YEARS),
        ("*", YEARS),
        ("from(2022)", YEARS[-3:]),
        ("to(2016)", YEARS[:2]),
        ("range(2018,2020)", YEARS[3:6]),
    ],
)
def test_the_newest_are_the_newest_in_every_order(order, text, years):
    one = ORDERS[order]
    if order == "spans" and text.startswith(("from", "to(", "range")):
        assert_spans_go_by_their_first_year()
        return
    found = chosen_codes(one, [Selection("Tid", (text,))])
    names = {c.code: c.label[-4:] for c in one.categories}
    assert sorted(names[c] for c in found) == years
    assert found == [c for c in one.codes if c in found]


@pytest.mark.parametrize(
    "text", ["top(x)", "top(1,2,3)", "from(2015,2016)", "range(2015)", "to(1,2)", "bottom(-1)"]
)
def test_an_expression_that_says_nothing_is_refused(text):
    with pytest.raises(UserError) as fault:
        chosen_codes(ORDERS["rising"], [Selection("Tid", (text,))])
    assert fault.value.id == "sources_selection"


def test_numbered_periods_may_be_called_by_name_or_number():
    one = ORDERS["numbered"]
    assert chosen_codes(one, [Selection("Tid", ("2024", "95"))]) == ["95", "104"]
    with pytest.raises(UserError) as fault:
        chosen_codes(one, [Selection("Tid", ("1999",))])
    assert fault.value.id == "sources_unknown_value"


@pytest.mark.parametrize("text", ["top(0)", "19??", "from(2030)", "to(1999)", "range(2020,2018)"])
def test_an_expression_without_any_value_is_refused(text):
    with pytest.raises(UserError) as fault:
        chosen_codes(ORDERS["rising"], [Selection("Tid", (text,))])
    assert fault.value.id == "sources_unknown_value"
    assert fault.value.problems[0].params["given"] == text


def test_a_name_is_no_code_but_leads_to_it():
    one = variable(["0301", "3301", "3303"], ["Oslo", "Drammen", "Kongsberg"], role=Role.GEO)
    with pytest.raises(UserError) as fault:
        chosen_codes(one, [Selection("Region", ("drammen",))])
    assert fault.value.problems[0].params["known"] == "3301 (Drammen)"
    with pytest.raises(UserError) as fault:
        chosen_codes(one, [Selection("Region", ("9999",))])
    assert fault.value.problems[0].params["known"].startswith("0301 (Oslo), 3301")


def test_codes_are_taken_once_and_in_the_order_of_the_table():
    one = variable(["0", "0301", "3301", "33*"], role=Role.GEO)
    chosen = [Selection("x", ("3301", "0301", "3301")), Selection("x", ("03*", "33*"))]
    assert chosen_codes(one, chosen) == ["0301", "3301", "33*"]
    assert chosen_codes(one, [Selection("x", ("????",))]) == ["0301", "3301"]


def test_selections_of_one_variable_stand_together():
    table = TableInfo("x", "t", "T", (variable(YEARS),))
    found = by_code(table, [Selection("tid", ("2020",)), Selection("TID", ("2021",))])
    assert chosen_codes(table.variables[0], found["Tid"]) == ["2020", "2021"]


@given(
    sizes=st.lists(st.integers(1, 12), min_size=1, max_size=4),
    cells=st.one_of(st.none(), st.integers(1, 60)),
    values=st.one_of(st.none(), st.integers(4, 30)),
)
def test_parts_hold_every_cell_once_and_keep_the_limits(sizes, cells, values):
    wanted = {f"v{i}": tuple(f"{i}.{j}" for j in range(n)) for i, n in enumerate(sizes)}
    parts = in_parts(wanted, cells, values)
    assert sum(prod(map(len, p.values())) for p in parts) == prod(sizes)
    for part in parts:
        assert list(part) == list(wanted)
        assert all(p for p in part.values())
        if cells is not None:
            assert prod(map(len, part.values())) <= cells
        if values is not None:
            assert sum(map(len, part.values())) <= max(values, len(sizes))
    seen = {(c, *p["v0"][:1]) for p in parts for c in p["v0"]}
    assert {c for c, _ in seen} == set(wanted["v0"])
