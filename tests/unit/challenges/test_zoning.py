"""Basic units added up to zones: against sums by hand, and no unit left."""

from __future__ import annotations

import random
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jevn.challenges.schemas import OBSERVATIONS, POPULATION
from jevn.challenges.zoning import LEAST_COVER, Zoned, add_to_zones
from jevn.indices import proportion
from jevn.tables import empty_table, table_from_rows
from jevn.terms import Scale

ZONE_OF = {"33010101": "a", "33010102": "a", "33010103": "a", "33010201": "b"}
SCALES = {
    "share": Scale.PERCENT, "rate": Scale.PER_1000, "count": Scale.COUNT, "life": Scale.YEARS,
}  # fmt: skip


def row(place: str, cases: float | None = None, persons: float | None = None, **more: Any) -> Any:
    return {
        "indicator": "share", "place": place, "period_start": 2024, "numerator": cases,
        "denominator": persons, **more,
    }  # fmt: skip


def people(place: str, persons: float, year: int = 2024, **more: Any) -> dict[str, Any]:
    return {"place": place, "year": year, "persons": persons, **more}


def added(
    rows: list[Any], population: list[Any] | None = None, zone_of: dict[str, str] = ZONE_OF
) -> Zoned:
    return add_to_zones(
        table_from_rows(OBSERVATIONS, rows) if rows else empty_table(OBSERVATIONS),
        table_from_rows(POPULATION, population) if population else empty_table(POPULATION),
        zone_of,
        SCALES,
        prefixes=["3301"],
    )


def zone(found: Zoned, place: str = "a") -> dict[str, Any]:
    [one] = found.observations.filter(pl.col("place") == place).rows(named=True)
    return one


def test_shares_are_made_from_the_added_cases_and_persons() -> None:
    found = added([row(u, c, p) for u, c, p in zip(ZONE_OF, (5, 20, 30, 8), (50, 100, 50, 40),
                                                    strict=True)])  # fmt: skip
    assert zone(found)["value"] == pytest.approx(100 * 55 / 200)
    assert (zone(found)["numerator"], zone(found)["denominator"]) == (55, 200)
    assert zone(found)["flag"] is None
    assert zone(found, "b")["value"] == pytest.approx(20)


def test_no_basic_unit_is_left_in_any_table() -> None:
    units = [*ZONE_OF, "33019999"]
    found = added([row(u, 5, 50) for u in units], [people(u, 50) for u in units])
    assert set(found.observations["place"]) == {"a", "b"}
    assert set(found.population["place"]) == {"a", "b"}
    assert found.unplaced == ("33019999",)


def test_units_of_another_municipality_are_left_for_the_check_of_places() -> None:
    found = added([row("33010101", 5, 50), row("40030101", 5, 50)])
    assert "40030101" in found.observations["place"].to_list()
    assert found.unplaced == ()


def test_a_hidden_unit_hides_its_zone_and_no_other() -> None:
    rows = [row(u, 5, 50) for u in ZONE_OF]
    rows[1] = row("33010102", flag="hidden", denominator=50)
    found = added([{k: v for k, v in r.items() if v is not None} for r in rows])
    assert zone(found)["flag"] == "hidden"
    assert zone(found)["value"] is zone(found)["numerator"] is None
    assert zone(found, "b")["value"] == pytest.approx(10)


@pytest.mark.parametrize(("lacking", "flag"), [(9, "estimated"), (11, "missing")])
def test_part_of_a_zone_is_said_to_be_so(lacking: int, flag: str) -> None:
    sizes = dict(zip(ZONE_OF, (50, 50 - lacking, lacking, 10), strict=True))
    assert (1 - lacking / 100 >= LEAST_COVER) is (flag == "estimated")
    found = added(
        [row("33010101", 5, 50), row("33010102", 5, 50 - lacking)],
        [people(u, n) for u, n in sizes.items()],
    )
    assert zone(found)["flag"] == flag
    assert (zone(found)["value"] is None) is (flag == "missing")
    assert found.partly == 1


def test_a_count_of_part_of_a_zone_is_no_count_of_the_zone() -> None:
    units = list(ZONE_OF)[:3]
    whole = added([row(u, indicator="count", value=4.0) for u in units])
    part = added([row(u, indicator="count", value=4.0) for u in units[:2]])
    assert zone(whole)["value"] == 12
    assert (zone(part)["value"], zone(part)["flag"]) == (None, "missing")


def test_what_cannot_be_added_is_told_and_not_shown() -> None:
    found = added(
        [row("33010101", indicator="life", value=80.0), row("33010102", 5, 50, basis="mean")]
    )
    assert found.observations.is_empty()
    assert found.not_added == ("life", "share")


def test_the_zones_own_figure_is_never_replaced() -> None:
    found = added([row(u, 5, 50) for u in ZONE_OF] + [row("a", value=33.0, period_end=2024)])
    assert zone(found)["value"] == 33.0


def test_cases_found_from_the_share_make_an_estimate() -> None:
    found = added([row(u, persons=50, value=20.0) for u in ZONE_OF])
    assert zone(found)["value"] == pytest.approx(20)
    assert zone(found)["flag"] == "estimated"


def test_population_is_added_by_year_and_group() -> None:
    rows = [
        people(u, 10 + i, year, sex=sex, age=age)
        for i, u in enumerate(ZONE_OF) for year in (2023, 2024)
        for sex in ("women", "men") for age in ("0-17", "18+")
    ]  # fmt: skip
    found = added([], rows)
    assert found.population["persons"].sum() == sum(r["persons"] for r in rows)
    of_a = found.population.filter(pl.col("place") == "a")
    assert of_a.height == 8
    assert set(of_a["persons"]) == {33}
    assert found.uneven == ()
    assert added([], rows[:-1]).uneven == ()
    assert added([], [*rows, people("33010201", 4, 2022), people("33010101", 4, 2022)]).uneven == (
        "a",
    )


figures = st.lists(
    st.tuples(
        st.sampled_from(list(ZONE_OF)), st.sampled_from(["share", "rate"]),
        st.sampled_from([2023, 2024]), st.sampled_from([None, "basic", "higher"]),
        st.integers(4, 40), st.integers(40, 90),
    ),
    unique_by=lambda r: r[:4], max_size=20,
)  # fmt: skip


@given(figures)
def test_sums_are_those_of_a_plain_loop(rows: list[tuple[Any, ...]]) -> None:
    found = added(
        [
            row(u, c, p, indicator=i, period_start=y, group=g, dimension="education" if g else None)
            for u, i, y, g, c, p in rows
        ]
    )
    by_hand: dict[tuple[Any, ...], list[tuple[int, int]]] = {}
    for u, i, y, g, c, p in rows:
        by_hand.setdefault((ZONE_OF[u], i, y, g), []).append((c, p))
    shown = {}
    for key, parts in by_hand.items():
        if len(parts) / list(ZONE_OF.values()).count(key[0]) >= LEAST_COVER:
            factor = 100 if key[1] == "share" else 1000
            shown[key] = factor * sum(c for c, _ in parts) / sum(p for _, p in parts)
    got = {
        (r["place"], r["indicator"], r["period_start"], r["group"]): r["value"]
        for r in found.observations.filter(pl.col("value").is_not_null()).rows(named=True)
    }
    assert got == pytest.approx(shown)
    assert found.observations.height == len(by_hand)


def rounded(cases: int, chance: random.Random) -> int:
    """1 and 2 made 0 or 3, right on average."""
    return 3 * (chance.random() < cases / 3) if cases < 3 else cases


def test_rounding_of_small_counts_widens_the_limits_enough() -> None:
    chance = random.Random(4)
    units = {f"330101{i:02d}": "a" for i in range(60)}
    held = wider = 0
    for _ in range(60):
        true = [sum(chance.random() < 0.1 for _ in range(20)) for _ in units]
        rows = [
            row(u, rounded(c, chance), 20, origin="ssb") for u, c in zip(units, true, strict=True)
        ]
        found = added(rows, zone_of=units)
        one = zone(found)
        assert found.rounded == ("ssb",)
        plain = proportion(one["numerator"], one["denominator"])
        wider += (one["upper"] - one["lower"]) / 100 > plain.upper - plain.lower
        held += one["lower"] <= 10 <= one["upper"]
    assert wider == 60
    assert held >= 54


def test_counts_that_are_not_rounded_have_limits_of_their_own() -> None:
    units = {f"330101{i:02d}": "a" for i in range(30)}
    found = added([row(u, (0, 3, 1)[i % 3], 20) for i, u in enumerate(units)], zone_of=units)
    assert found.rounded == ()
    assert zone(found)["lower"] is None


def test_without_zones_nothing_is_done() -> None:
    rows = [row("33010101", 5, 50)]
    assert added(rows, zone_of={}).observations["place"].to_list() == ["33010101"]
