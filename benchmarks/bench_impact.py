"""Life tables: one scenario, and a thousand draws of a whole municipality.

The Python framework in use until 2026 took 18.0 s of processor time for one draw of a model of
44 cohorts, 40 years, two chronic diseases, an acute one and smoking.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import pytest

from jevn.impact.lifetable import LifeTableModel, run_lifetable, scenario_of
from jevn.impact.lifetable.model import AcuteDisease, ChronicDisease, LaggedExposure

RECORDED = 18.0
CHANGE = {
    "incidence": {"A": {"value": 0.9, "low": 0.8, "high": 0.98}, "B": 0.9},
    "exposure": {"TOB": {"initiation": 0.5, "cessation": 0.05, "affects": ["A", "B"]}},
}


def made_up(strata: int, ages: list[int], chronic: str) -> LifeTableModel:
    """A model of ``strata`` by two sexes, with smooth rates, an acute disease and smoking."""
    groups = [(f"s{i}", x) for i in range(strata) for x in ("female", "male")]
    shape = (len(groups), 111)
    age = np.arange(111.0)
    steep = np.linspace(1.5, 0.7, len(groups))[:, None]
    full = np.ones(shape)
    shares = np.zeros((*shape, 24))
    shares[..., 0], shares[..., 1] = 0.75, 0.25
    fading = np.concatenate([[0, 1], np.exp(-np.arange(22) / 8)])
    risk = 1 + np.where(age >= 35, 1.2, 0.0)[:, None] * fading
    return LifeTableModel(
        stratum="stratum",
        groups=tuple(groups),
        mortality=steep * 2e-5 * np.exp(0.095 * age),
        mortality_trend=-0.01 * full,
        disability=full * 0.02 + 0.003 * age,
        chronic=tuple(
            ChronicDisease(
                name,
                steep * 1e-5 * np.exp(0.07 * age),
                0.01 * full,
                steep * 0.02 * full,
                0.1 * full,
                full * np.minimum(0.001 * age, 0.1),
            )
            for name in chronic
        ),
        acute=(AcuteDisease("FLU", 1e-6 * np.exp(0.08 * age) * full, 0.001 * full),),
        exposures=(
            LaggedExposure(
                "TOB", 0.01 * full, 0.03 * full, shares, risk, tuple((d, risk) for d in chronic)
            ),
        ),
        cohort_group=np.repeat(np.arange(len(groups)), len(ages)),
        cohort_age=np.tile(np.array(ages), len(groups)),
        cohort_size=np.full(len(groups) * len(ages), 500.0),
    )


def run(model: LifeTableModel, steps: int, change: dict[str, object], draws: int) -> None:
    raw = {"start_year": 2025, "steps": steps} | change
    run_lifetable(model, scenario_of(raw, model), draws=draws, seed=1)


def bench_a_scenario_of_44_cohorts() -> None:
    model = made_up(2, [5, 15, 25, 35, 45, 55, 65, 75, 85, 95, 100], "AB")
    run(model, 40, CHANGE, 1)
    start, wall = process_time(), perf_counter()
    run(model, 40, CHANGE, 0)
    one = perf_counter() - wall
    start = process_time()
    run(model, 40, CHANGE, 1000)
    each = (process_time() - start) / 1000
    print(f"\n44 cohorts, 40 years: one scenario {one:.3f} s (at most 0.05)")
    print(f"  each of 1 000 draws {each * 1000:.2f} ms of processor time, recorded {RECORDED} s:")
    print(f"  {RECORDED / each:,.0f} times as fast")
    assert one < 0.05


LARGE = """
from time import perf_counter
from bench_impact import made_up, run
change = {"incidence": {d: {"value": 0.9, "low": 0.8, "high": 0.98} for d in "ABCD"}}
run(made_up(1, [30], "ABCD"), 5, change, 2)
model = made_up(15, list(range(101)), "ABCD")
start = perf_counter()
run(model, 40, change, 1000)
s = perf_counter() - start
lines = open("/proc/self/status").read().splitlines()
print(s, next(int(x.split()[1]) / 1024 for x in lines if x.startswith("VmHWM")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def bench_a_thousand_draws_of_a_municipality() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LARGE],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent,
    )
    seconds, memory = (float(x) for x in done.stdout.split())
    print(
        f"\n30 strata by sex, 101 ages, 40 years, 4 diseases, 1 000 draws: {seconds:.1f} s"
        f" (at most 15), {memory:.0f} MB (at most 500)"
    )
    assert seconds < 15
    assert memory < 500
