"""Indices of persons: a million in memory, five million through the database."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from jevn.indices import IndividualData, individual_index

RINEQ, MOVEQ_CORE = 1.6, 0.32
"""Recorded seconds of the same by the R package rineq and by moveq-core, one core."""

LARGE = """
import resource, sys
from time import perf_counter
from jevn.indices import PersonColumns, Storage, microdata_indices

path, ranker, weight, cluster, memory = sys.argv[1:]
began = perf_counter()
found = microdata_indices(
    path, PersonColumns("ill", ranker, weight or None, cluster or None),
    storage=Storage(memory=memory),
)
seconds = perf_counter() - began
assert found[0].persons == 5_000_000
print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2)
"""


def bench_concentration_of_a_million_persons() -> None:
    rng = np.random.default_rng(1)
    n = 1_000_000
    tied = rng.integers(0, 3000, n).astype(float)
    ill = (rng.uniform(size=n) < 0.3 - 0.1 * tied / 3000).astype(float)
    weights, clusters = rng.uniform(0.5, 2, n), rng.integers(0, 4000, n)
    cases = {
        "3 000 incomes": {"ranker": tied},
        "all incomes different": {"ranker": tied + rng.uniform(size=n)},
        "3 000 incomes, weights": {"ranker": tied, "weights": weights},
        "3 000 incomes, weights, clusters": {
            "ranker": tied,
            "weights": weights,
            "clusters": clusters,
        },
    }
    for what, parts in cases.items():
        times = []
        for _ in range(5):
            began = perf_counter()
            found = individual_index(IndividualData(ill, **parts))
            times.append(perf_counter() - began)
        assert found.se is not None
        seconds = min(times)
        print(
            f"\nrci with standard error of 1 000 000 persons, {what}: {seconds:.3f} s, "
            f"{RINEQ / seconds:.1f} times as fast as rineq ({RINEQ} s), "
            f"{MOVEQ_CORE / seconds:.1f} times as fast as moveq-core ({MOVEQ_CORE} s)"
        )


def bench_five_million_persons_through_the_database() -> None:
    import polars as pl

    rng = np.random.default_rng(2)
    n = 5_000_000
    with TemporaryDirectory(prefix="jevn-bench-") as folder:
        income = rng.lognormal(10, 0.7, n)
        frame = pl.DataFrame(
            {
                "ill": (rng.uniform(size=n) < 0.25).astype(np.int8),
                "income": income,
                "thousands": np.round(income / 1000),
                "weight": rng.uniform(0.5, 2, n),
                "cluster": rng.integers(0, 5000, n),
            }
        )
        parquet, text = Path(folder) / "people.parquet", Path(folder) / "people.csv"
        frame.write_parquet(parquet)
        frame.write_csv(text)
        del frame, income
        for path, ranker, weight, cluster in (
            (parquet, "thousands", "", ""),
            (parquet, "income", "", ""),
            (parquet, "thousands", "weight", "cluster"),
            (text, "thousands", "", ""),
        ):
            run = subprocess.run(
                [sys.executable, "-c", LARGE, str(path), ranker, weight, cluster, "1GB"],
                check=True,
                capture_output=True,
                text=True,
            )
            seconds, peak = map(float, run.stdout.split())
            what = ", ".join(filter(None, (ranker, weight, cluster)))
            print(
                f"\nrci of 5 000 000 persons, {path.suffix[1:]} of "
                f"{path.stat().st_size / 1024**2:.0f} MiB, {what}: {seconds:.1f} s, "
                f"{peak:.2f} GiB at most"
            )
