"""The headline of an area says the surest finding, and says plainly when there is too little."""

from __future__ import annotations

import polars as pl

from jevn.challenges import challenge_profile, read_indicators
from jevn.challenges.schemas import INDICATORS, OBSERVATIONS, PLACES, POPULATION
from jevn.tables import empty_table, table_from_rows
from jevn.terms import EffortArea, Say


def headline(rows: list[dict[str, object]], comparison: tuple[str, ...] = ("0",)) -> str:
    indicators = read_indicators(
        table_from_rows(
            INDICATORS,
            [
                {
                    "indicator": "levealder",
                    "area": "helsetjenester",
                    "name": "Forventet levealder",
                    "scale": "years",
                    "polarity": "favourable",
                }
            ],
        )
    )
    places = table_from_rows(
        PLACES,
        [
            {"place": "1", "name": "Her", "kind": "municipality", "parent": "0"},
            {"place": "0", "name": "Norge", "kind": "country"},
        ],
    )
    observations: pl.DataFrame = table_from_rows(
        OBSERVATIONS, [{"indicator": "levealder", "period_start": 2024, **r} for r in rows]
    )
    profile = challenge_profile(
        indicators=indicators,
        observations=observations,
        places=places,
        population=empty_table(POPULATION),
        municipality="1",
        comparison=comparison,
    )
    return Say("nb").message(profile.area(EffortArea.HELSETJENESTER).headline)


def test_one_level_without_comparison_is_too_little_to_tell() -> None:
    assert "for få til å si hvor det brenner" in headline([{"place": "1", "value": 82.0}])


def test_a_national_gradient_without_limits_is_told_as_an_indication() -> None:
    # the published gap at age 30: 86.9 - 80.2 = 6.7 years
    rows: list[dict[str, object]] = [
        {"place": "0", "dimension": "education", "group": g, "value": v, "flag": "estimated"}
        for g, v in (("basic", 80.187), ("upper_secondary", 83.899), ("higher", 86.885))
    ]
    said = headline([*rows, {"place": "1", "value": 82.0}])
    assert "6,7" in said
    assert "Tall for Norge tyder på" in said
    assert "Vi har ikke tall for gruppene her" in said


def test_a_national_gradient_the_other_way_is_not_called_burning() -> None:
    rows: list[dict[str, object]] = [
        {"place": "0", "dimension": "education", "group": g, "value": v, "flag": "estimated"}
        for g, v in (("basic", 86.9), ("upper_secondary", 83.9), ("higher", 80.2))
    ]
    assert "tyder på" not in headline([*rows, {"place": "1", "value": 82.0}])


def test_no_figures_are_said() -> None:
    assert headline([]).endswith("Vi har ingen tall for dette området.")
