"""What is hidden, and that nothing hidden can be recomputed."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from jevn.challenges.schemas import OBSERVATIONS, PLACES
from jevn.tables import DisclosureRules, protect, table_from_rows
from jevn.terms import Scale

RULES = DisclosureRules()
EDUCATION = ("basic", "upper_secondary", "higher")


def row(place="9901", group=None, numerator=None, denominator=None, year=2024, **more):
    value = None
    if numerator is not None:
        value = 100 * numerator / denominator if denominator else 0.0
    return {
        "indicator": "i",
        "place": place,
        "period_start": year,
        "dimension": "education" if group else None,
        "group": group,
        "value": value,
        "numerator": numerator,
        "denominator": denominator,
        **more,
    }


def protected(rows, **kwargs):
    frame = table_from_rows(OBSERVATIONS, rows)
    before = frame.clone()
    shown, hidden = protect(frame, RULES, **kwargs)
    assert frame.equals(before), "the input was changed"
    hidden_by_producer = frame.filter(pl.col("flag") == "hidden").height
    assert hidden == shown.filter(pl.col("flag") == "hidden").height - hidden_by_producer
    return shown


def flags(shown):
    return [f == "hidden" for f in shown["flag"].to_list()]


def test_two_cases_are_hidden_and_three_are_shown():
    assert flags(protected([row(numerator=2, denominator=100)])) == [True]
    assert flags(protected([row(numerator=3, denominator=100)])) == [False]


def test_zero_cases_are_hidden_as_any_other_small_number():
    assert flags(protected([row(numerator=0, denominator=100)])) == [True]


def test_a_share_with_nearly_everyone_is_hidden():
    assert flags(protected([row(numerator=98, denominator=100)])) == [True]


def test_a_rate_with_more_events_than_persons_is_shown():
    assert flags(protected([row(numerator=300, denominator=100, basis="rate")])) == [False]


def test_a_segment_of_nine_is_hidden_with_its_size():
    shown = protected([row(numerator=4, denominator=9)])
    assert shown.select("value", "numerator", "denominator", "flag").row(0) == (
        None,
        None,
        None,
        "hidden",
    )


def test_cases_are_known_from_value_and_respondents_where_the_scale_is_known():
    survey = [row(value=1.0, n=150)]  # 1 % of 150 respondents: one or two people
    assert flags(protected(survey)) == [False]
    assert flags(protected(survey, scales={"i": Scale.PERCENT})) == [True]


def test_the_next_smallest_group_is_hidden_when_the_total_is_shown():
    shown = protected(
        [
            row(numerator=102, denominator=3000),
            row(group="basic", numerator=2, denominator=900),
            row(group="upper_secondary", numerator=60, denominator=1100),
            row(group="higher", numerator=40, denominator=1000),
        ]
    )
    assert flags(shown) == [False, True, False, True]


def test_one_hidden_group_is_enough_when_a_group_is_unknown_anyway():
    shown = protected(
        [
            row(numerator=102, denominator=3000),
            row(group="basic", numerator=2, denominator=900),
            row(group="upper_secondary", numerator=60, denominator=1100),
        ]
    )
    assert flags(shown) == [False, True, False]


def test_two_hidden_groups_with_too_few_cases_together_hide_a_third():
    shown = protected(
        [
            row(numerator=61, denominator=3000),
            row(group="basic", numerator=1, denominator=900),
            row(group="upper_secondary", numerator=60, denominator=1100),
            row(group="higher", numerator=0, denominator=1000),
        ]
    )
    assert flags(shown) == [False, True, True, True]


def test_a_zone_cannot_be_found_from_the_municipality_and_the_other_zones():
    places = table_from_rows(
        PLACES,
        [
            {"place": "9901", "name": "E", "kind": "municipality"},
            *({"place": z, "name": z, "kind": "zone", "parent": "9901"} for z in "abc"),
        ],
    )
    rows = [
        row(numerator=100, denominator=3000),
        row("a", numerator=1, denominator=1000),
        row("b", numerator=59, denominator=1000),
        row("c", numerator=40, denominator=1000),
    ]
    assert flags(protected(rows, places=places)) == [False, True, False, True]


def test_a_series_with_more_than_a_fifth_small_is_hidden_whole():
    years = [(2020, 2), (2021, 9), (2022, 9), (2023, 9)]
    rows = [row(numerator=n, denominator=500, year=y) for y, n in years]
    assert flags(protected(rows)) == [True] * 4
    longer = [*rows, row(numerator=9, denominator=500, year=2024)]
    assert flags(protected(longer)) == [True] + [False] * 4  # one of five is not more than a fifth


def test_a_series_that_mostly_rests_on_six_cases_or_fewer_is_hidden_whole():
    rows = [
        row(numerator=n, denominator=500, year=y)
        for y, n in ((2020, 2), (2021, 6), (2022, 6), (2023, 5), (2024, 9), (2025, 9))
    ]
    assert flags(protected(rows)) == [True] * 6
    fewer = [r | {"numerator": n} for r, n in zip(rows, (2, 6, 6, 9, 9, 9), strict=True)]
    assert flags(protected(fewer)) == [True] + [False] * 5


def test_both_editions_of_a_hidden_figure_are_hidden():
    shown = protected(
        [
            row(numerator=2, denominator=500, vintage="a"),
            row(numerator=4, denominator=500, vintage="b"),
        ]
    )
    assert flags(shown) == [True, True]


def test_what_the_producer_has_hidden_stays_as_it_is():
    shown = protected([row(numerator=50, denominator=500), row(group="basic", flag="hidden")])
    assert shown["flag"].to_list() == [None, "hidden"]
    assert shown["value"].to_list() == [10.0, None]


def test_a_zone_that_is_hidden_already_cannot_be_found_from_the_others():
    places = table_from_rows(
        PLACES,
        [
            {"place": "9901", "name": "E", "kind": "municipality"},
            *({"place": z, "name": z, "kind": "zone", "parent": "9901"} for z in "abc"),
        ],
    )
    rows = [
        row(numerator=121, denominator=3000),
        row("a", flag="hidden"),
        row("b", numerator=53, denominator=1000),
        row("c", numerator=40, denominator=1000),
    ]
    assert flags(protected(rows, places=places)) == [False, True, False, True]
    two = [*rows[:3], row("c", flag="hidden")]
    assert flags(protected(two, places=places)) == [False, True, False, True]


def test_two_margins_where_no_single_sum_betrays_but_all_together_do():
    # Small: two cells of row a, three of row b, one of row c. Each column has two or more
    # unknown cells; the pattern as a whole can still be solved unless it is closed.
    numbers = {"a": (1, 1, 50), "b": (1, 2, 2), "c": (30, 40, 2), "d": (25, 35, 45)}
    check_nothing_recomputable(numbers)


def check_nothing_recomputable(numbers):
    """Slow reference: solve the whole system of sums for what is not shown."""
    zones = tuple(numbers)
    places = table_from_rows(
        PLACES,
        [
            {"place": "9901", "name": "E", "kind": "municipality"},
            *({"place": z, "name": z, "kind": "zone", "parent": "9901"} for z in zones),
        ],
    )
    size = 400
    rows = []
    table = np.array([numbers[z] for z in zones])
    for i, g in enumerate(EDUCATION):
        rows += [row(z, g, int(table[j, i]), size) for j, z in enumerate(zones)]
        rows.append(row("9901", g, int(table[:, i].sum()), size * len(zones)))
    rows += [row(z, None, int(table[j].sum()), 3 * size) for j, z in enumerate(zones)]
    rows.append(row("9901", None, int(table.sum()), 3 * size * len(zones)))
    shown = protected(rows, places=places)
    basis = np.eye(table.size)  # every row as a combination of the innermost cells
    at = {(z, g): basis[j * 3 + i] for j, z in enumerate(zones) for i, g in enumerate(EDUCATION)}

    def combination(place, group):
        return sum(
            at[z, g]
            for z in (zones if place == "9901" else (place,))
            for g in (EDUCATION if group is None else (group,))
        )

    known, secret = [], []
    for r in shown.iter_rows(named=True):
        vector = combination(r["place"], r["group"])
        (secret if r["flag"] == "hidden" else known).append(vector)
    rank = np.linalg.matrix_rank(np.array(known)) if known else 0
    for vector in secret:
        assert np.linalg.matrix_rank(np.array([*known, vector])) == rank + 1


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(("a", "b", "c", "d", "e")),
        st.tuples(*[st.one_of(st.integers(0, 6), st.integers(0, 200))] * 3),
        min_size=2,
    )
)
def test_nothing_hidden_can_be_recomputed_from_what_is_shown(numbers):
    check_nothing_recomputable(numbers)
