"""What the engine's formulas recover from Elvebyen's figures is what was put in."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from jevn.challenges.schemas import INDICATORS, OBSERVATIONS
from jevn.demo.population import ZONES
from jevn.demo.rates import expit, logit, read_rates, shifted, slope_index
from jevn.demo.writer import Generated
from jevn.indices import GroupedData, sii_linear
from jevn.tables import DisclosureRules, protect, read_table
from jevn.terms import AREAS, Scale

EDUCATION = ("basic", "upper_secondary", "higher")
PROPORTIONS = [r for r in read_rates() if r.kind != "mean"]
WITH_EDUCATION = [r for r in read_rates() if r.education]


@pytest.fixture(scope="module")
def observations(elvebyen: Path) -> pl.DataFrame:
    return read_table(elvebyen / "observations.csv", OBSERVATIONS)


def latest(frame: pl.DataFrame, indicator: str, place: str, dimension: str | None) -> pl.DataFrame:
    same = pl.col("dimension").is_null() if dimension is None else pl.col("dimension") == dimension
    rows = frame.filter((pl.col("indicator") == indicator) & (pl.col("place") == place) & same)
    if rows.is_empty():
        return rows
    return rows.filter(pl.col("period_end") == rows["period_end"].max())


def test_slope_index_of_three_equal_groups_by_hand() -> None:
    # Ranks 1/6, 3/6, 5/6; values 10, 20, 30: slope = 10 per third = 30.
    assert slope_index((10.0, 20.0, 30.0), np.array([5.0, 5.0, 5.0])) == pytest.approx(30.0)


def test_the_shift_in_log_odds_gives_the_wanted_mean() -> None:
    values, weights = np.array([0.1, 0.4, 0.9]), np.array([3.0, 2.0, 1.0])
    moved = shifted(values, weights, 0.5)
    assert moved @ weights / 6 == pytest.approx(0.5, abs=1e-12)
    moves = logit(moved) - logit(values)
    assert moves == pytest.approx([moves[0]] * 3)
    assert expit(logit(values)) == pytest.approx(values)


@pytest.mark.parametrize("rate", WITH_EDUCATION, ids=lambda r: r.id)
def test_the_true_groups_are_exactly_those_of_the_rates_file(rate: Any, drawn: Generated) -> None:
    truth = drawn.truths[rate.id]
    by_group = (truth.cells * truth.persons).sum(axis=0) / truth.persons.sum(axis=0)
    assert by_group == pytest.approx(rate.education, rel=1e-9)


@pytest.mark.parametrize("rate", PROPORTIONS, ids=lambda r: r.id)
def test_groups_and_zones_add_up_to_the_municipality(rate: Any, observations: pl.DataFrame) -> None:
    whole = latest(observations, rate.id, "9901", None).row(0, named=True)
    for dimension in ("education", "income", "background", "sex"):
        groups = latest(observations, rate.id, "9901", dimension)
        if groups.height:
            assert groups["numerator"].sum() == whole["numerator"]
            assert groups["denominator"].sum() == whole["denominator"]
            assert (groups["numerator"] <= groups["denominator"]).all()
    zones = [latest(observations, rate.id, z.id, None) for z in ZONES]
    if all(z.height for z in zones) and "withheld" not in rate.tables:
        assert sum(z["numerator"][0] for z in zones) == whole["numerator"]


@pytest.mark.parametrize("rate", PROPORTIONS, ids=lambda r: r.id)
def test_values_are_counts_over_persons_on_the_scale(rate: Any, observations: pl.DataFrame) -> None:
    factor = {"percent": 100, "per_1000": 1000, "per_100000": 100_000}[rate.scale.value]
    rows = observations.filter((pl.col("indicator") == rate.id) & pl.col("value").is_not_null())
    expected = rows["numerator"] / rows["denominator"] * factor
    assert (rows["value"] - expected).abs().max() < 1e-4


def test_observed_groups_scatter_about_the_truth_as_chance_says(
    observations: pl.DataFrame, truth: Any
) -> None:
    """z-scores of all groups and zones: mean 0, standard deviation 1, few beyond 1.96."""
    scores = []
    for rate in PROPORTIONS:
        entry = truth["indicators"][rate.id]
        factor = rate.factor
        wanted = [("education", g, "9901", v) for g, v in entry.get("education", {}).items()]
        wanted += [(None, None, z, v) for z, v in entry.get("zones", {}).items()]
        for dimension, group, place, value in wanted:
            rows = latest(observations, rate.id, place, dimension)
            if group:
                rows = rows.filter(pl.col("group") == group)
            row = rows.row(0, named=True)
            p, n = value / factor, row["denominator"]
            if row["value"] is None or n * p * (1 - p) < 9:
                continue
            scores.append((row["value"] / factor - p) / math.sqrt(p * (1 - p) / n))
    z = np.array(scores)
    assert len(z) > 300
    assert abs(z.mean()) < 3 / math.sqrt(len(z))
    assert z.std() == pytest.approx(1.0, abs=0.12)
    assert (np.abs(z) > 1.96).mean() < 0.09


def test_the_engines_slope_index_recovers_the_one_put_in(
    observations: pl.DataFrame, truth: Any, drawn: Generated
) -> None:
    """Of all gradients about 95 % of the intervals hold the truth; the rest miss by little."""
    hits, total = 0, 0
    for rate in PROPORTIONS:
        if not rate.education:
            continue
        rows = latest(observations, rate.id, "9901", "education")
        persons = drawn.people.by_education(rate.ages).sum(axis=0)
        by_group = {r["group"]: r for r in rows.iter_rows(named=True)}
        p = [by_group[g]["numerator"] / by_group[g]["denominator"] for g in EDUCATION]
        n = [by_group[g]["denominator"] for g in EDUCATION]
        found = sii_linear(
            GroupedData(
                estimates=tuple(x * rate.factor for x in p),
                populations=tuple(float(x) for x in persons),
                standard_errors=tuple(
                    math.sqrt(x * (1 - x) / m) * rate.factor for x, m in zip(p, n, strict=True)
                ),
                orders=(1.0, 2.0, 3.0),
                scale=Scale(rate.scale),
            )
        )
        wanted = truth["indicators"][rate.id]["sii_education"]
        assert found.estimate is not None
        assert found.se is not None
        assert abs(found.estimate - wanted) < 4 * found.se, rate.id
        total += 1
        hits += abs(found.estimate - wanted) <= 1.96 * found.se
    assert total >= 30
    assert hits / total >= 0.85


def test_the_story_has_all_three_endings(truth: Any) -> None:
    sii = {k: v.get("sii_education") for k, v in truth["indicators"].items()}
    assert sii["bibliotekbruk"] == pytest.approx(0, abs=1e-9)  # no gradient
    assert sii["hoy_gjeld"] > 10
    assert sii["alkohol_ofte"] > 5
    assert sii["royking"] < -10  # adverse, low education worse off


def test_elvebyen_is_better_than_the_country_on_one_and_worse_on_another(
    observations: pl.DataFrame,
) -> None:
    def level(indicator: str, place: str) -> float:
        return float(latest(observations, indicator, place, None)["value"][0])

    assert level("psykisk_fastlege", "9901") < level("psykisk_fastlege", "0")
    assert level("barn_lavinntekt", "9901") > level("barn_lavinntekt", "0")


def test_all_areas_have_indicators_and_one_has_little_data(elvebyen: Path) -> None:
    indicators = read_table(elvebyen / "indicators.csv", INDICATORS)
    per_area = dict(indicators.group_by("area").len().iter_rows())
    assert set(per_area) == {a.value for a in AREAS}
    assert all(n >= 3 for area, n in per_area.items() if area != "samordning")
    assert per_area["samordning"] == 2
    for column in ("name", "name_nn", "name_en", "definition", "definition_nn", "definition_en"):
        assert indicators[column].null_count() == 0


def test_yearly_registers_cover_at_least_five_years(observations: pl.DataFrame) -> None:
    levels = observations.filter((pl.col("place") == "9901") & pl.col("dimension").is_null())
    years = dict(levels.group_by("indicator").agg(pl.col("period_end").n_unique()).iter_rows())
    assert sum(n >= 5 for n in years.values()) >= 15


def test_small_cells_are_there_and_protection_hides_them(observations: pl.DataFrame) -> None:
    small = observations.filter((pl.col("numerator") > 0) & (pl.col("numerator") < 3))
    assert small.height >= 5
    shown = protect(observations, DisclosureRules())
    frame = shown[0] if isinstance(shown, tuple) else shown
    left = frame.filter((pl.col("numerator") > 0) & (pl.col("numerator") < 3))
    assert left.height == 0


def test_every_figure_says_it_is_fictional(elvebyen: Path, observations: pl.DataFrame) -> None:
    import yaml

    origins = {o["id"]: o for o in yaml.safe_load((elvebyen / "origins.yaml").read_text("utf-8"))}
    used = set(observations["origin"].unique())
    assert used <= set(origins)
    assert {o["kind"] for o in origins.values()} == {"fictional"}
    based = [o for o in used if o != "gen-forutsetning"]
    assert all("satt fra publiserte norske gradienter" in origins[o]["title"] for o in based)
