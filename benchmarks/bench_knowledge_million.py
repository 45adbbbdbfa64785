"""A million observations: loaded, checked and filtered, against what people use today."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from time import perf_counter

import numpy as np
import polars as pl
import pytest

from jevn.challenges.schemas import OBSERVATIONS
from jevn.tables import write_table

PLACES = ["3301", "0", "33", "3312", "4003"]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """60 indicators of 357 municipalities in 47 years, as Parquet and as CSV."""
    n, at = 1_000_000, np.arange(1_000_000)
    places = [f"{i:04d}" for i in range(352)] + PLACES
    frame = pl.DataFrame(
        {
            "indicator": [f"ind{i}" for i in range(60)] * (n // 60 + 1),
        }
    ).head(n)
    frame = frame.with_columns(
        place=pl.Series(places).gather((at // 60) % 357),
        period_start=pl.Series(1980 + at // (60 * 357), dtype=pl.Int64),
        value=pl.Series(np.random.default_rng(1).normal(50, 10, n)),
        basis=pl.lit("share"),
        vintage=pl.lit("2026-06-15"),
        origin=pl.lit("ssb"),
    )
    folder = tmp_path_factory.mktemp("million")
    parquet, text = folder / "observations.parquet", folder / "observations.csv"
    write_table(frame, OBSERVATIONS, parquet)
    frame.write_csv(text)
    return parquet, text


def process(command: str) -> tuple[float, float]:
    """Seconds of a command inside a process of its own, and the process's largest memory."""
    done = subprocess.run(
        [sys.executable, "-c", command], check=True, capture_output=True, text=True
    )
    seconds, memory = done.stdout.split()
    return float(seconds), float(memory)


HEAD = "from time import perf_counter\n"
FOOT = """
from pathlib import Path as P
status = P("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else []
print(s, next((int(x.split()[1]) / 1024**2 for x in lines if x.startswith("VmHWM")), 0.0))
"""


def bench_million_observations(files: tuple[Path, Path]) -> None:
    from jevn.tables.large import read_large

    parquet, text = files
    where = {"place": PLACES}
    read_large(parquet, OBSERVATIONS, where)
    times = []
    for _ in range(3):
        began = perf_counter()
        found = read_large(parquet, OBSERVATIONS, where)
        times.append(perf_counter() - began)
    own = min(times)
    _, memory = process(
        HEAD + "from pathlib import Path\nfrom jevn.tables.large import read_large\n"
        "from jevn.challenges.schemas import OBSERVATIONS\nb = perf_counter()\n"
        f"f = read_large(Path({str(parquet)!r}), OBSERVATIONS, {where!r})\n"
        "s = perf_counter() - b" + FOOT
    )
    pandas, pandas_memory = process(
        HEAD + "import pandas as pd\nb = perf_counter()\n"
        f"f = pd.read_parquet({str(parquet)!r})\nf = f[f.place.isin({PLACES!r})]\n"
        "s = perf_counter() - b" + FOOT
    )
    csv, csv_memory = process(
        HEAD + "import pandas as pd\nb = perf_counter()\n"
        f"f = pd.read_csv({str(text)!r}, dtype={{'place': str}})\n"
        f"f = f[f.place.isin({PLACES!r})]\ns = perf_counter() - b" + FOOT
    )
    print(
        f"\n1 000 000 observations checked, {found.height} kept: {own:.2f} s (at most 1), "
        f"{memory:.2f} GiB in a process of its own"
    )
    print(
        f"  pandas, Parquet, not checked: {pandas:.2f} s, {pandas_memory:.2f} GiB; "
        f"pandas, CSV: {csv:.2f} s ({csv / own:.1f} times as long), {csv_memory:.2f} GiB"
    )
    assert own < 1
    assert memory < 1
