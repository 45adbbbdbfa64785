"""Former municipalities joined with today's: added where it is right, shown apart where not."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.planwork.joining import join_observations, join_population
from jevn.sources.observing import _OUT
from jevn.tables.codes import CodeChange, CodeHistory
from jevn.terms import Scale

HISTORY = CodeHistory(
    (
        CodeChange("0602", "3301", 2005, 2019),
        CodeChange("0625", "3301", 2005, 2019),
        CodeChange("0711", "3301", 2005, 2019),
        CodeChange("3005", "3301", 2020, 2023),
        CodeChange("1507", "1580", 2020, 2023, 0.4),
    )
)
SCALES = {"share": Scale.PERCENT, "rate": Scale.PER_1000, "count": Scale.COUNT, "mean": Scale.NOK}


def row(indicator: str, place: str, year: int, **more: Any) -> dict[str, Any]:
    blank = dict.fromkeys(_OUT)
    return {**blank, "indicator": indicator, "place": place, "period_start": year,
            "period_end": year, **more}  # fmt: skip


def frame(*rows: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=_OUT)


def merged(indicator: str = "share", year: int = 2019, **more: Any) -> list[dict[str, Any]]:
    return [
        row(indicator, place, year, value=v, numerator=c, denominator=p, **more)
        for place, v, c, p in (
            ("0602", 10.0, 600.0, 6000.0), ("0625", 20.0, 400.0, 2000.0),
            ("0711", 5.0, 50.0, 1000.0),
        )
    ]  # fmt: skip


def test_shares_are_made_from_the_sums_never_averaged() -> None:
    found = join_observations(frame(*merged()), HISTORY, SCALES)
    assert found.apart == ()
    assert found.rows.select("place", "numerator", "denominator", "flag").rows() == [
        ("3301", 1050.0, 9000.0, None)
    ]
    assert found.rows["value"][0] == pytest.approx(100 * 1050 / 9000)


def test_a_number_that_only_changed_keeps_its_figure_with_limits() -> None:
    one = row("mean", "3005", 2021, value=8100.0, lower=8000.0, upper=8200.0, basis="mean")
    found = join_observations(frame(one), HISTORY, SCALES)
    assert found.rows.select("place", "value", "lower", "basis").rows() == [
        ("3301", 8100.0, 8000.0, "mean")
    ]


def test_counts_are_added() -> None:
    rows = [row("count", p, 2018, value=v) for p, v in (("0602", 3), ("0625", 4), ("0711", 5))]
    assert join_observations(frame(*rows), HISTORY, SCALES).rows["value"].to_list() == [12.0]


@pytest.mark.parametrize("basis", ["standardised", "mean"])
def test_what_cannot_be_added_is_shown_apart(basis: str) -> None:
    found = join_observations(frame(*merged(basis=basis)), HISTORY, SCALES)
    assert found.apart == ("0602", "0625", "0711")
    assert sorted(found.rows["place"]) == ["0602", "0625", "0711"]


def test_shares_without_persons_are_shown_apart() -> None:
    rows = [{**r, "numerator": None, "denominator": None} for r in merged()]
    found = join_observations(frame(*rows), HISTORY, SCALES)
    assert found.apart == ("0602", "0625", "0711")


def test_a_part_that_lacks_leaves_no_sum() -> None:
    found = join_observations(frame(*merged()[:2]), HISTORY, SCALES)
    assert found.apart == ("0602", "0625")
    assert "3301" not in found.rows["place"].to_list()


def test_a_hidden_part_hides_the_whole() -> None:
    rows = merged()
    rows[1] |= {"value": None, "numerator": None, "flag": "hidden"}
    found = join_observations(frame(*rows), HISTORY, SCALES)
    assert found.rows.select("place", "value", "numerator", "flag").rows() == [
        ("3301", None, None, "hidden")
    ]


def test_a_divided_place_gives_an_estimate() -> None:
    one = row("rate", "1507", 2021, value=50.0, numerator=100.0, denominator=2000.0)
    found = join_observations(frame(one), HISTORY, SCALES)
    assert found.rows.select("place", "numerator", "denominator", "value", "flag").rows() == [
        ("1580", 40.0, 800.0, 50.0, "estimated")
    ]


def test_what_the_source_gives_for_today_is_never_replaced() -> None:
    given_now = row("share", "3301", 2019, value=11.0)
    found = join_observations(frame(given_now, *merged()), HISTORY, SCALES)
    assert found.rows.select("place", "value").rows() == [("3301", 11.0)]
    assert found.apart == ()


def test_groups_are_joined_each_by_itself() -> None:
    rows = merged(dimension="education", group="basic") + merged(
        dimension="education", group="higher"
    )
    found = join_observations(frame(*rows), HISTORY, SCALES)
    assert sorted(found.rows["group"]) == ["basic", "higher"]


people = st.integers(1, 5000)


@given(st.lists(st.tuples(people, people), min_size=3, max_size=3))
def test_sums_agree_with_a_plain_reference(parts: list[tuple[int, int]]) -> None:
    rows = [
        row("rate", place, 2015, numerator=float(c), denominator=float(c + p),
            value=1000 * c / (c + p))
        for place, (c, p) in zip(("0602", "0625", "0711"), parts, strict=True)
    ]  # fmt: skip
    found = join_observations(frame(*rows), HISTORY, SCALES).rows
    cases, persons = sum(c for c, _ in parts), sum(c + p for c, p in parts)
    assert found["value"].to_list() == pytest.approx([1000 * cases / persons])


PEOPLE = {"place": pl.String, "year": pl.Int64, "sex": pl.String, "persons": pl.Float64}


def persons(*rows: tuple[str, int, str, float]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=PEOPLE, orient="row")


def test_persons_are_added_and_a_year_that_lacks_a_part_is_left_out() -> None:
    found = join_population(
        persons(
            ("0602", 2018, "men", 30.0), ("0625", 2018, "men", 12.0), ("0711", 2018, "men", 3.0),
            ("0602", 2019, "men", 31.0), ("3005", 2020, "men", 50.0), ("3301", 2024, "men", 52.0),
            ("0", 2024, "men", 900.0),
        ),
        HISTORY,
    )  # fmt: skip
    assert sorted(found.rows.rows()) == [
        ("0", 2024, "men", 900.0),
        ("3301", 2018, "men", 45.0),
        ("3301", 2020, "men", 50.0),
        ("3301", 2024, "men", 52.0),
    ]
    assert found.apart == ("0602",)
