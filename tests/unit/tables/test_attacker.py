"""Someone who knows every shown figure and every sum tries to find what is hidden.

Linear programming gives the least and the greatest value that each hidden cell may have, given
what is shown, that groups add up to their total and zones to their municipality, and that no
cell has fewer than no cases or more cases than persons.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from jevn.challenges.schemas import OBSERVATIONS, PLACES
from jevn.tables import DisclosureRules, protect, table_from_rows

EDUCATION = ("basic", "upper_secondary", "higher")
SIZE = 400
TOWN = "9901"
Key = tuple[str, str | None]


def published(cases: dict[str, tuple[int, ...]]) -> dict[Key, tuple[bool, int]]:
    """Whether each cell of zones, groups and totals is hidden, with its true number."""
    zones = tuple(cases)
    places = table_from_rows(
        PLACES,
        [
            {"place": TOWN, "name": "E", "kind": "municipality"},
            *({"place": z, "name": z, "kind": "zone", "parent": TOWN} for z in zones),
        ],
    )
    true: dict[Key, int] = {(z, g): cases[z][i] for z in zones for i, g in enumerate(EDUCATION)}
    for z in zones:
        true[z, None] = sum(cases[z])
    for group in (*EDUCATION, None):
        true[TOWN, group] = sum(true[z, group] for z in zones)
    rows: list[dict[str, Any]] = []
    for (place, group), n in true.items():
        persons = SIZE * (len(zones) if place == TOWN else 1) * (3 if group is None else 1)
        rows.append(
            {
                "indicator": "i", "place": place, "period_start": 2024, "group": group,
                "dimension": "education" if group else None, "value": 100 * n / persons,
                "numerator": n, "denominator": persons,
            }
        )  # fmt: skip
    shown, _ = protect(table_from_rows(OBSERVATIONS, rows), DisclosureRules(), places=places)
    return {
        (r["place"], r["group"]): (r["flag"] == "hidden", true[r["place"], r["group"]])
        for r in shown.iter_rows(named=True)
    }


def ranges(found: dict[Key, tuple[bool, int]], zones: tuple[str, ...]) -> dict[Key, float]:
    """How wide a range the attacker is left with for each hidden cell."""
    inner = list(product(zones, EDUCATION))
    at = {key: i for i, key in enumerate(inner)}

    def vector(key: Key) -> Any:
        place, group = key
        made = np.zeros(len(inner))
        for z in zones if place == TOWN else (place,):
            for g in EDUCATION if group is None else (group,):
                made[at[z, g]] = 1
        return made

    known = [(vector(k), n) for k, (hidden, n) in found.items() if not hidden]
    sums = np.array([v for v, _ in known]) if known else None
    totals = np.array([n for _, n in known]) if known else None
    left = {}
    for key, (hidden, _) in found.items():
        if not hidden:
            continue
        aim = vector(key)
        least, most = (
            linprog(sign * aim, A_eq=sums, b_eq=totals, bounds=(0, SIZE)) for sign in (1, -1)
        )
        assert least.success
        assert most.success
        left[key] = -most.fun - least.fun
    return left


def assert_nothing_found(cases: dict[str, tuple[int, ...]]) -> None:
    found = published(cases)
    left = ranges(found, tuple(cases))
    assert set(left) == {k for k, (hidden, _) in found.items() if hidden}
    assert all(width >= 1 - 1e-6 for width in left.values()), left


def test_the_attacker_finds_a_cell_that_is_hidden_alone() -> None:
    alone: dict[Key, tuple[bool, int]] = {
        ("a", "basic"): (True, 2),
        ("a", "upper_secondary"): (False, 20),
        ("a", "higher"): (False, 20),
        ("a", None): (False, 42),
    }
    assert ranges(alone, ("a", "b"))["a", "basic"] < 1e-9


def test_zones_and_groups_with_two_margins_leave_the_attacker_a_range() -> None:
    assert_nothing_found({"a": (1, 1, 50), "b": (1, 2, 2), "c": (30, 40, 2), "d": (25, 35, 45)})


def test_no_cell_is_found_from_there_being_no_fewer_than_no_cases() -> None:
    assert_nothing_found({"a": (0, 0, 0), "b": (0, 0, 3), "c": (0, 3, 3)})


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(("a", "b", "c", "d")),
        st.tuples(*[st.one_of(st.integers(0, 6), st.integers(0, 200))] * 3),
        min_size=2,
    )
)
def test_no_hidden_cell_is_found_whatever_the_figures(cases: dict[str, tuple[int, ...]]) -> None:
    assert_nothing_found(cases)
