"""Parts put together are the cube they were taken from: cells, signs, order and notes."""

from __future__ import annotations

import json
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.sources.choosing import in_parts
from jevn.sources.cubes import MOST_PARTS, Limits, ask_in_parts, fetched_of
from jevn.sources.provider import ProviderInfo, TableInfo
from jevn.sources.request import Answer, Request
from jevn.terms import LocalText, UserError

INFO = ProviderInfo(
    "made", LocalText("Made"), "NO", LocalText("x"), "https://x.no", "https://x.no", None, "x"
)
ABOUT = TableInfo("made", "T1", "Title", (), "2024-01-01", "Maker", ("A note.",))
SIGNS = (None, None, None, ":", "..")


def value(codes):
    """Number and sign of a cell, made of its codes alone."""
    number = sum(ord(c) * 7**i for i, code in enumerate(codes) for c in code)
    sign = SIGNS[number % len(SIGNS)]
    return (None, sign) if sign else (float(number), None)


def answer(part, order, *, sparse):
    """What a service says to a part, with its own order of the codes."""
    lists = {name: [c for c in order[name] if c in part[name]] for name in part}
    cells = [value(codes) for codes in product(*lists.values())]
    signs = {str(i): sign for i, (_, sign) in enumerate(cells) if sign}
    values = [v for v, _ in cells]
    found = {
        "class": "dataset", "version": "2.0", "label": "", "id": list(lists),
        "size": [len(v) for v in lists.values()],
        "dimension": {
            name: {"category": {"index": codes, "label": {c: c.upper() for c in codes}}}
            for name, codes in lists.items()
        },
        "value": {str(i): v for i, v in enumerate(values) if v is not None} if sparse else values,
        "status": signs if sparse else [s or "" for _, s in cells],
        "note": [f"Part of {len(cells)}."],
    }  # fmt: skip
    return Answer(Request("https://x.no/d"), json.dumps(found).encode(), "2026-11-01T00:00:00Z")


@given(
    sizes=st.lists(st.integers(1, 7), min_size=1, max_size=4),
    cells=st.integers(1, 40),
    values=st.one_of(st.none(), st.integers(4, 20)),
    sparse=st.booleans(),
)
def test_parts_together_are_the_whole_cube(sizes, cells, values, sparse):
    wanted = {f"v{i}": [f"{'zyxwvut'[j]}{i}" for j in range(n)] for i, n in enumerate(sizes)}
    parts = in_parts(wanted, cells, values)
    found = fetched_of(INFO, ABOUT, [answer(p, wanted, sparse=sparse) for p in parts], wanted)
    whole = fetched_of(INFO, ABOUT, [answer(wanted, wanted, sparse=sparse)], wanted)
    assert found.dataset.table.equals(whole.dataset.table)
    assert found.dataset.dimensions == whole.dataset.dimensions
    expected = [(*codes, *value(codes)) for codes in product(*wanted.values())]
    assert found.dataset.table.rows() == expected
    assert len(found.requests) == len(parts)
    assert found.dataset.notes[-1] == "A note."
    assert (found.dataset.label, found.dataset.source) == ("Title", "Maker")
    assert found.origin.version == "2024-01-01"


class Refusing:
    """A transport that refuses questions of more than so many cells."""

    def __init__(self, most, status="403"):
        self.most, self.status, self.asked = most, status, []

    def fetch(self, request):
        self.asked.append(int(request.body))
        if int(request.body) > self.most:
            params = {"host": "x.no", "status": self.status, "reason": "", "address": "x"}
            raise UserError("sources_refused", **params)
        return Answer(request, b"{}", "2026-11-01T00:00:00Z")


def ask(transport, limits, told):
    wanted = {"a": [str(i) for i in range(100)]}
    return ask_in_parts(
        transport, wanted, limits, lambda p: Request("https://x.no", body=str(len(p["a"]))),
        lambda: told,
    )  # fmt: skip


def test_a_service_that_refuses_is_asked_for_less_once_it_says_how_much():
    transport = Refusing(30)
    assert len(ask(transport, Limits(100), Limits(30))) == 4
    assert transport.asked == [100, 25, 25, 25, 25]


def test_a_refusal_for_another_reason_stands():
    for told in (Limits(100), Limits(None), Limits(200, None)):
        with pytest.raises(UserError) as fault:
            ask(Refusing(30), Limits(100), told)
        assert fault.value.id == "sources_refused"
    with pytest.raises(UserError) as fault:
        ask(Refusing(30, "400"), Limits(100), Limits(30))
    assert fault.value.id == "sources_refused"


def test_so_many_parts_are_not_asked_for():
    transport = Refusing(1)
    wanted = {"a": [str(i) for i in range(MOST_PARTS * 3)]}
    with pytest.raises(UserError) as fault:
        ask_in_parts(transport, wanted, Limits(2), lambda _: Request("https://x.no", body="1"))
    assert fault.value.id == "sources_too_large"
    assert transport.asked == []
