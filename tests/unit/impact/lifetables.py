"""Small made-up life table models for tests, written as the files a user would give."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from jevn.impact.lifetable import LifeTableModel, LifeTableResult, run_lifetable, scenario_of
from jevn.impact.lifetable.running import Engine

AGES = 60
LAG = 4
BINS = ("no", "yes", *(str(n) for n in range(LAG + 2)))


def population(strata: tuple[str, ...] = ("short", "long"), size: float = 1000.0) -> pl.DataFrame:
    rows = [
        {"edu": s, "sex": x, "age": a, "population": size / (1 + i)}
        for i, s in enumerate(strata)
        for x in ("female", "male")
        for a in (0, 20, 40)
    ]
    return pl.DataFrame(rows)


def rates(strata: tuple[str, ...] = ("short", "long")) -> pl.DataFrame:
    rows = []
    for i, stratum in enumerate(strata):
        for x in ("female", "male"):
            for a in range(AGES):
                steep = (1.5 - 0.5 * i) * (1.2 if x == "male" else 1.0)
                smokers = 0.3 - 0.1 * i if a >= 15 else 0.0
                rows.append(
                    {
                        "edu": stratum,
                        "sex": x,
                        "age": a,
                        "acmr_base": 0.0008 * steep * float(np.exp(0.07 * a)),
                        "acmr_apc": -0.01,
                        "yld": 0.02 + 0.002 * a,
                        "HEART_i": 0.0005 * steep * a / 10,
                        "HEART_r": 0.0,
                        "HEART_f": 0.02 * steep,
                        "HEART_dr": 0.1,
                        "HEART_prev": 0.001 * a,
                        "MOOD_i": 0.01 * steep,
                        "MOOD_r": 0.4,
                        "MOOD_f": 0.0,
                        "MOOD_dr": 0.2,
                        "MOOD_prev": 0.03,
                        "FLU_mort": 0.00005 * steep,
                        "FLU_yld": 0.001,
                        "TOB_inc": 0.05 if 15 <= a < 25 else 0.0,
                        "TOB_rem": 0.03 if a >= 20 else 0.0,
                        "TOB_no": 1 - smokers - (0.05 if a >= 30 else 0.0),
                        "TOB_yes": smokers,
                        **{f"TOB_{n}": 0.01 if a >= 30 and n < 5 else 0.0 for n in range(LAG + 2)},
                    }
                )
    return pl.DataFrame(rows)


def risks() -> pl.DataFrame:
    rows = []
    for first, last, height in ((0, 30, 0.0), (30, AGES, 1.0)):
        for b in BINS:
            fading = {"no": 0.0, "yes": 1.0}.get(b)
            if fading is None:
                fading = float(np.exp(-int(b) / 2))
            rows.append(
                {
                    "age_from": first,
                    "age_to": last,
                    "bin": b,
                    "mortality": 1 + 1.5 * height * fading,
                    "HEART": 1 + 1.0 * height * fading,
                    "FLU": 1 + 0.5 * height * fading,
                }
            )
    return pl.DataFrame(rows)


def write_model(
    folder: Path,
    people: pl.DataFrame | None = None,
    table: pl.DataFrame | None = None,
    relative: pl.DataFrame | None = None,
) -> Path:
    folder.mkdir(exist_ok=True)
    (population() if people is None else people).write_csv(folder / "population.csv")
    (rates() if table is None else table).write_csv(folder / "rates_by_age.csv")
    (risks() if relative is None else relative).write_csv(folder / "tobacco_rr.csv")
    return folder


CHANGE = {
    "all_cause_mortality": 0.99,
    "incidence": {"HEART": 0.8, "MOOD": 0.9},
    "acute": {"FLU": 0.7},
    "simplified": {"MOOD": True},
    "exposure": {"TOB": {"initiation": 0.5, "cessation": 0.1, "affects": ["HEART", "FLU"]}},
}


def run(
    model: LifeTableModel, change: dict[str, object], engine: Engine = "auto", **more: int
) -> LifeTableResult:
    raw = {"start_year": 2025, "steps": 20, "max_age": AGES - 1} | change
    return run_lifetable(model, scenario_of(raw, model), engine=engine, **more)
