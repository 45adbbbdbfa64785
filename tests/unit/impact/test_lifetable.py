"""Life tables: recorded results of another model, properties, and the compiled kernel."""

from __future__ import annotations

import json
from math import exp, log
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jevn.impact.lifetable import LifeTableModel, read_model, run_lifetable, scenario_of
from jevn.indices import GroupedData, sii_linear
from unit.impact.lifetables import CHANGE, population, rates, run, write_model

COLUMNS = ("population", "acmr", "deaths", "yld_rate", "person_years", "HALY", "LE", "HALE")
RECORDED = {
    "s1_acmr": {"all_cause_mortality": 0.95},
    "s2_chd_full": {"incidence": {"CHD": 0.9}},
    "s3_chd_simplified": {"incidence": {"CHD": 0.9}, "simplified": {"CHD": True}},
}


@pytest.fixture(scope="module")
def oracle(shared_data: Path) -> Path:
    return shared_data / "oracles" / "mslt"


@pytest.fixture(scope="module")
def recorded_model(oracle: Path) -> LifeTableModel:
    return read_model(oracle / "inputs")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> LifeTableModel:
    return read_model(write_model(tmp_path_factory.mktemp("model") / "m"))


def followed(model: LifeTableModel, change: dict[str, Any]) -> Any:
    return run_lifetable(model, scenario_of({"start_year": 2025, "steps": 41} | change, model))


@pytest.mark.parametrize("name", RECORDED)
def test_recorded_rows_are_met(recorded_model: LifeTableModel, oracle: Path, name: str) -> None:
    expected = pl.read_csv(oracle / "outputs" / f"{name}.csv")
    keys = ["edu", "sex", "year_of_birth", "year", "age"]
    found = followed(recorded_model, RECORDED[name]).rows
    both = expected.join(found, on=keys, how="left", suffix="_found")
    assert both.height == expected.height > 200
    for column in COLUMNS:
        np.testing.assert_allclose(both[f"{column}_found"], both[column], rtol=1e-9, err_msg=column)


def test_recorded_rows_without_a_change_are_met(
    recorded_model: LifeTableModel, oracle: Path
) -> None:
    expected = pl.read_csv(oracle / "outputs" / "bau.csv")
    keys = ["edu", "sex", "year_of_birth", "year", "age"]
    found = followed(recorded_model, {}).rows
    both = expected.join(found, on=keys, how="left", suffix="_found")
    for column in COLUMNS:
        name = f"bau_{column}"
        np.testing.assert_allclose(both[f"{name}_found"], both[name], rtol=1e-9, err_msg=name)


@pytest.mark.parametrize("name", RECORDED)
def test_recorded_totals_are_met(recorded_model: LifeTableModel, oracle: Path, name: str) -> None:
    expected = json.loads((oracle / "outputs" / "totals.json").read_text())[name]
    result = followed(recorded_model, RECORDED[name])
    for stratum, values in expected.items():
        total = result.total(stratum)
        assert total.life_years == pytest.approx(values["LY_gain"], rel=1e-9)
        assert total.healthy_years == pytest.approx(values["HALY_gain"], rel=1e-9)
        assert total.deaths_averted == pytest.approx(values["deaths_averted"], rel=1e-9)
        if "HALY_gain_per_1000_initial" in values:
            per = values["HALY_gain_per_1000_initial"]
            assert total.healthy_years_per_1000 == pytest.approx(per, rel=1e-9)


def test_recorded_disease_is_met_with_prevalence_over_its_own_living(
    recorded_model: LifeTableModel, oracle: Path
) -> None:
    expected = pl.read_csv(oracle / "outputs" / "s2_chd_full_disease.csv")
    found = followed(recorded_model, RECORDED["s2_chd_full"]).diseases.filter(
        pl.col("disease") == "CHD"
    )
    keys = ["edu", "sex", "year_of_birth", "year", "age"]
    both = expected.join(found, on=keys, how="left", suffix="_found")
    for name in ("bau_incidence", "int_incidence", "bau_prevalence", "bau_deaths", "int_deaths"):
        np.testing.assert_allclose(both[f"{name}_found"], both[name], rtol=1e-9, atol=1e-12)
    # the recorded prevalence with the change is divided by the living without it
    over_the_others = both["int_prevalence_found"] * (
        (1000 - both["int_deaths_found"]) / (1000 - both["bau_deaths_found"])
    )
    np.testing.assert_allclose(over_the_others, both["int_prevalence"], rtol=1e-9)


def test_no_change_is_exactly_nothing(model: LifeTableModel) -> None:
    same: dict[str, object] = {
        "incidence": {"HEART": 1.0},
        "exposure": {"TOB": {"initiation": 1.0, "cessation": "baseline", "affects": ["HEART"]}},
    }
    result = run(model, same)
    for column in COLUMNS:
        assert (result.rows[column] == result.rows[f"bau_{column}"]).all()
    assert result.total().healthy_years == 0.0


def test_the_order_of_settings_changes_nothing(model: LifeTableModel) -> None:
    turned = dict(reversed(CHANGE.items()))
    turned["incidence"] = {"MOOD": 0.9, "HEART": 0.8}
    assert run(model, turned).rows.equals(run(model, CHANGE).rows)


def test_a_stratum_alone_is_as_among_others(model: LifeTableModel, tmp_path: Path) -> None:
    alone = read_model(write_model(tmp_path / "m", population().filter(pl.col("edu") == "long")))
    whole, part = run(model, CHANGE), run(alone, CHANGE)
    assert part.total("long") == whole.total("long")
    parts = sum(whole.total(s).life_years for s in ("short", "long"))
    assert whole.total().life_years == pytest.approx(parts, rel=1e-12)


def test_two_halves_of_a_stratum_equal_the_whole(tmp_path: Path) -> None:
    one = read_model(write_model(tmp_path / "one", population(("whole",)), rates(("whole",))))
    halves = ("left", "right")
    people = pl.concat(
        [
            population(("whole",)).with_columns(
                pl.lit(h).alias("edu"), pl.col("population") * share
            )
            for h, share in zip(halves, (0.3, 0.7), strict=True)
        ]
    )
    table = pl.concat([rates(("whole",)).with_columns(pl.lit(h).alias("edu")) for h in halves])
    two = read_model(write_model(tmp_path / "two", people, table))
    whole, both = run(one, CHANGE).total(), run(two, CHANGE).total()
    assert both.healthy_years == pytest.approx(whole.healthy_years, rel=1e-12)
    assert both.deaths_averted == pytest.approx(whole.deaths_averted, rel=1e-12)


@given(
    first=st.floats(0.1, 1.0), second=st.floats(0.1, 1.0), name=st.sampled_from(["HEART", "MOOD"])
)
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_fewer_new_cases_never_cost_healthy_years(
    model: LifeTableModel, first: float, second: float, name: str
) -> None:
    less, more = sorted((first, second))
    gains = [run(model, {"incidence": {name: x}}).total().healthy_years for x in (less, more)]
    assert gains[0] >= gains[1] - 1e-9
    assert gains[1] >= -1e-9


def test_the_slope_of_the_gain_is_the_fall_of_the_slope(model: LifeTableModel) -> None:
    rows = run(model, CHANGE).rows.filter(pl.col("year") == 2035)
    people = rows.group_by("edu", maintain_order=True).agg(
        pl.col("bau_HALY", "HALY").sum(), pl.col("bau_population").sum()
    )
    weights = people["bau_population"].to_numpy()
    before, after = (people[c].to_numpy() / weights for c in ("bau_HALY", "HALY"))
    slopes = []
    for values in (before, after, after - before):
        groups = GroupedData(tuple(values), tuple(weights), orders=(1.0, 2.0))
        slopes.append(sii_linear(groups).estimate or 0.0)
    assert slopes[1] - slopes[0] == pytest.approx(slopes[2], rel=1e-9)


def test_one_year_of_one_disease_by_hand(tmp_path: Path) -> None:
    people = pl.DataFrame({"edu": ["x"], "sex": ["f"], "age": [0], "population": [1000.0]})
    table = pl.DataFrame(
        {
            "edu": ["x"] * 2, "sex": ["f"] * 2, "age": [0, 1],
            "acmr_base": [0.01, 0.02], "acmr_apc": [0.0, 0.1], "yld": [0.1, 0.1],
            "D_i": [0.0, 0.2], "D_r": [0.0, 0.0], "D_f": [0.0, 0.05],
            "D_dr": [0.5, 0.5], "D_prev": [0.1, 0.0],
        }
    )  # fmt: skip
    folder = write_model(tmp_path / "m", people, table)
    found = read_model(folder)
    raw = {"start_year": 2025, "steps": 2, "max_age": 1, "incidence": {"D": 0.5}}
    result = run_lifetable(found, scenario_of(raw, found))
    # 900 healthy and 100 diseased of 1 000; without remission the healthy fall as exp(-i)
    without, with_it = 900 * exp(-0.2), 900 * exp(-0.1)

    def diseased(i: float) -> float:
        # new cases fade from the day they fall ill: 900 i (exp(-0.05) - exp(-i)) / (i - 0.05)
        return 100 * exp(-0.05) + 900 * i * (exp(-0.05) - exp(-i)) / (i - 0.05)

    alive = (without + diseased(0.2), with_it + diseased(0.1))
    rate = 0.02 * exp(0.1) + log(alive[0] / 1000) - log(alive[1] / 1000)
    second = result.rows.row(1, named=True)
    assert second["acmr"] == pytest.approx(rate, rel=1e-12)
    share = [
        (100 + d) / (1000 + a) for d, a in zip((diseased(0.2), diseased(0.1)), alive, strict=True)
    ]
    assert second["yld_rate"] == pytest.approx(0.1 + 0.5 * (share[1] - share[0]), rel=1e-12)
    start = 1000 * exp(-0.01)
    assert second["deaths"] == pytest.approx(start * (1 - exp(-rate)), rel=1e-12)
    assert second["LE"] == pytest.approx(second["person_years"] / start, rel=1e-12)


def test_smokers_who_end_are_counted_year_by_year(model: LifeTableModel) -> None:
    """The bins of one cohort, followed one person-group at a time in plain loops."""
    exposure, group, age = model.exposures[0], 0, 40
    cohort = next(
        j
        for j, (g, a) in enumerate(zip(model.cohort_group, model.cohort_age, strict=True))
        if (g, a) == (group, age)
    )
    change: dict[str, object] = {
        "exposure": {"TOB": {"initiation": 0.0, "cessation": 0.25, "affects": ["FLU"]}}
    }
    rows = run(model, change).rows.filter(
        (pl.col("edu") == model.groups[group][0])
        & (pl.col("sex") == model.groups[group][1])
        & (pl.col("year_of_birth") == 2025 - age)
    )
    assert cohort >= 0
    risk = dict(exposure.risks)["FLU"]
    bins = {arm: list(exposure.shares[group, age]) for arm in ("bau", "int")}
    flu = model.acute[0].mortality
    for t in range(1, 10):
        a = age + t
        m = model.mortality[group, a] * exp(model.mortality_trend[group, a] * t)
        mixed = sum(
            s * r
            for s, r in zip(exposure.shares[group, a], exposure.mortality_risk[a], strict=True)
        )
        mean = {}
        for arm, held in bins.items():
            relative = list(exposure.mortality_risk[a])
            relative[-2] = 1.0
            held = [s * exp(-m / mixed) ** r for s, r in zip(held, relative, strict=True)]
            begin = exposure.initiation[group, a] * (1 if arm == "bau" else 0)
            end = exposure.cessation[group, a] if arm == "bau" else 0.25
            never, now, since = held[0], held[1], held[2:]
            older = [0.0, *since[:-2], since[-2] + since[-1]]
            held = [never * (1 - begin), now + never * begin - now * end, now * end, *older[1:]]
            bins[arm] = held
            mean[arm] = sum(s * r for s, r in zip(held, risk[a], strict=True)) / sum(held)
        pif = (mean["bau"] - mean["int"]) / mean["bau"]
        found = rows.row(t, named=True)
        expected = m + flu[group, a] * ((1 - pif) - 1)
        assert found["acmr"] == pytest.approx(expected, rel=1e-11), t


UNSURE = CHANGE | {"incidence": {"HEART": {"value": 0.8, "low": 0.6, "high": 0.95}, "MOOD": 0.9}}


def test_the_compiled_kernel_gives_what_the_equations_give(model: LifeTableModel) -> None:
    pytest.importorskip("numba")
    compiled, plain = (run(model, UNSURE, e, draws=7, seed=3) for e in ("compiled", "numpy"))
    for a, b in zip(compiled.totals, plain.totals, strict=True):
        assert a.healthy_years_drawn is not None
        assert b.healthy_years_drawn is not None
        assert a.healthy_years_drawn.lower == pytest.approx(b.healthy_years_drawn.lower, rel=1e-9)
        assert a.healthy_years_drawn.upper == pytest.approx(b.healthy_years_drawn.upper, rel=1e-9)


def test_the_same_seed_gives_the_same_draws(model: LifeTableModel) -> None:
    assert (
        run(model, UNSURE, draws=50, seed=1).totals == run(model, UNSURE, draws=50, seed=1).totals
    )
    other = run(model, UNSURE, draws=50, seed=2).totals
    assert other != run(model, UNSURE, draws=50, seed=1).totals


def test_limits_of_a_factor_become_limits_of_the_gain(model: LifeTableModel) -> None:
    only: dict[str, object] = {
        "incidence": {"HEART": {"value": 0.8, "low": 0.7, "high": 0.9142857}}
    }
    drawn = run(model, only, draws=1024).total().healthy_years_drawn
    assert drawn is not None
    ends = [run(model, {"incidence": {"HEART": x}}).total().healthy_years for x in (0.9142857, 0.7)]
    assert drawn.lower == pytest.approx(ends[0], rel=0.03)
    assert drawn.upper == pytest.approx(ends[1], rel=0.03)
    assert drawn.median == pytest.approx(
        run(model, {"incidence": {"HEART": 0.8}}).total().healthy_years, rel=0.01
    )
