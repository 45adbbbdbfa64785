"""A small municipality whose sums can be done by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from jevn.challenges.results import Indicator
from jevn.evidence.entries import EffectSize, EvidenceCatalogue
from jevn.impact import Alternative, Assessment, ChangeAssessment, EffectUse, ProfileChange, assess
from jevn.terms import EffortArea, LocalText, Polarity, Reach, Scale

PLACE = "9901"

DIMENSIONS = ("sex", "age", "education", "income", "background")


def size(id: str, scale: Any, value: float | None, **more: Any) -> EffectSize:
    given = {"lower": None, "upper": None, "design": "rct", "source": None, **more}
    return EffectSize(
        id=id,
        about=LocalText(f"om {id}"),
        scale=scale,
        value=value,
        population=None,
        link=None,
        interventions=(),
        caution=None,
        **given,
    )


def population_frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = {"place": pl.String, "year": pl.Int64, **dict.fromkeys(DIMENSIONS, pl.String)}
    empty: dict[str, Any] = dict.fromkeys(DIMENSIONS)
    filled = [{"place": PLACE, "year": 2026, **empty, **row} for row in rows]
    return pl.DataFrame(filled, schema={**schema, "persons": pl.Float64})


def observation_frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    texts = ("indicator", "place", "dimension", "group", "flag", "basis", "vintage", "origin")
    numbers = ("value", "numerator", "denominator", "n", "lower", "upper")
    schema: dict[str, Any] = dict.fromkeys(texts, pl.String)
    schema |= {"period_start": pl.Int64, "period_end": pl.Int64}
    schema |= dict.fromkeys(numbers, pl.Float64)
    empty = dict.fromkeys(schema)
    base = {"place": PLACE, "period_start": 2025, "dimension": "education"}
    return pl.DataFrame([{**empty, **base, **row} for row in rows], schema=schema)


def by_education(indicator: str, values: tuple[float, ...], **more: Any) -> list[dict[str, Any]]:
    groups = ("basic", "upper_secondary", "higher")
    return [
        {"indicator": indicator, "group": g, "value": v, **more}
        for g, v in zip(groups, values, strict=True)
    ]


PEOPLE = population_frame(
    [
        {"age": "18-29", "education": "basic", "persons": 1000.0},
        {"age": "18-29", "education": "upper_secondary", "persons": 2000.0},
        {"age": "18-29", "education": "higher", "persons": 2000.0},
        {"age": "30-66", "education": "basic", "persons": 4000.0},
    ]
)
FIGURES = observation_frame(
    by_education("utenfor", (30.0, 15.0, 5.0)) + by_education("dod", (400.0, 200.0, 100.0))
)
INDICATORS = (
    Indicator(
        "utenfor",
        EffortArea.ARBEID,
        LocalText("Utenfor arbeid"),
        Scale.PERCENT,
        Polarity.ADVERSE,
    ),
    Indicator(
        "i_arbeid",
        EffortArea.ARBEID,
        LocalText("I arbeid"),
        Scale.PERCENT,
        Polarity.FAVOURABLE,
    ),
    Indicator(
        "dod",
        EffortArea.HELSETJENESTER,
        LocalText("Dødelighet"),
        Scale.PER_100_000,
        Polarity.ADVERSE,
    ),
    Indicator(
        "levealder",
        EffortArea.HELSETJENESTER,
        LocalText("Levealder"),
        Scale.YEARS,
        Polarity.FAVOURABLE,
    ),
)
SIZES = (
    size("es36", "RD", 9.5),
    size("es36b", "RD", 9.5, lower=0.5, upper=18.5),
    size("wide", "RD", 9.5, lower=-2.0, upper=21.0),
    size("es37", "OR", 10.39, lower=2.79, upper=38.68),
    size("es17", "HR", 1.63, lower=1.5, upper=1.8, design="cohort"),
    size("es35", "none", None),
    size("es28", "mean_change", -13.5),
)
CATALOGUE = EvidenceCatalogue((), (), (), SIZES, (), ())
USE = EffectUse("es36", "utenfor", 90_000.0, (18, 29), fidelity=0.8, transfer=0.8)
CHANGE = ProfileChange(
    "ips", "Jobbspesialister", EffortArea.ARBEID, "more", 2028, 4_500_000.0, Reach.TARGETED,
    effect=USE,
)  # fmt: skip


def alternative(*changes: ProfileChange, id: str = "a") -> Alternative:
    return Alternative(id, id, "", changes)


def assessed(
    *changes: ProfileChange, catalogue: EvidenceCatalogue = CATALOGUE, **more: Any
) -> Assessment:
    given: dict[str, Any] = {
        "judgements": (),
        "indicators": INDICATORS,
        "observations": FIGURES,
        "population": PEOPLE,
        "municipality": PLACE,
        **more,
    }
    return assess(alternatives=(alternative(*changes),), catalogue=catalogue, **given)


@pytest.fixture
def change() -> Callable[..., ProfileChange]:
    """The sample change with other kroner or another use of effects."""

    def make(*, use: dict[str, Any] | None = None, **fields: Any) -> ProfileChange:
        return replace(CHANGE, effect=replace(USE, **(use or {})), **fields)

    return make


@pytest.fixture
def run() -> Callable[..., ChangeAssessment]:
    """Assess one change in the sample municipality."""

    def one(change: ProfileChange, **more: Any) -> ChangeAssessment:
        found = assessed(change, **more).change(change.id)
        assert found is not None
        return found

    return one


@pytest.fixture
def run_all() -> Callable[..., Assessment]:
    """Assess several changes as one alternative."""
    return assessed


@pytest.fixture
def figures() -> Callable[..., pl.DataFrame]:
    """Observations by education: ``figures((indicator, values, more), …)``."""

    def make(*parts: tuple[str, tuple[float, ...], dict[str, Any]]) -> pl.DataFrame:
        return observation_frame([r for i, v, more in parts for r in by_education(i, v, **more)])

    return make


@pytest.fixture
def people() -> Callable[..., pl.DataFrame]:
    """A population table from rows."""
    return population_frame


@pytest.fixture
def catalogue() -> Callable[..., EvidenceCatalogue]:
    """A catalogue with one more effect size."""

    def make(id: str, scale: Any, value: float | None, **more: Any) -> EvidenceCatalogue:
        return replace(CATALOGUE, effect_sizes=(*SIZES, size(id, scale, value, **more)))

    return make
