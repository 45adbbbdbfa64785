"""Opinion groups of real conversations and a large made-up one: seconds and peak memory.

The recorded figures are those of red-dwarf 0.4.0, the Python library in use today, on the same
kind of data (33 000 people, 500 statements, 15 % of the cells filled): 46 s and 2.4 GiB. What is
measured here is the whole command, from its start to its last byte of JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter

import numpy as np

RED_DWARF_SECONDS, RED_DWARF_GIB = 46.0, 2.4
PEOPLE, STATEMENTS, FILL = 33_000, 500, 0.15

SHARED = Path(os.environ.get("JEVN_SHARED") or Path(__file__).resolve().parents[2] / "shared")

MEASURED = """
import json, resource, sys
from time import perf_counter
began = perf_counter()
from jevn.cli import app
out = sys.stdout
sys.stdout = open(sys.argv[2], "w", encoding="utf-8")
app(["participation", "opinions", sys.argv[1], "--json"], standalone_mode=False)
sys.stdout.close()
print(perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2,
      file=out)
"""

PLAIN = """
import resource, sys
from time import perf_counter
began = perf_counter()
import polars as pl
import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import silhouette_score
frame = pl.read_csv(sys.argv[1], infer_schema_length=None)
votes = frame.drop("participant").cast(pl.Float64).to_numpy()
filled = np.where(np.isnan(votes), np.nanmean(votes, axis=0), votes)
given = (~np.isnan(votes)).sum(axis=1)
points = PCA(2, svd_solver="covariance_eigh").fit_transform(filled)
points *= np.sqrt(votes.shape[1] / np.maximum(1, given))[:, None]
points = points[given >= 7]
best = 0
for k in range(2, 6):
    labels = KMeans(k, n_init=24, random_state=0).fit_predict(points)
    best = max(best, silhouette_score(points, labels))
print(perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2, best)
"""


@contextmanager
def made_up(long: bool = False) -> Iterator[Path]:
    """A conversation of three camps on disk, as a matrix or as one row per vote."""
    rng = np.random.default_rng(7)
    camp = rng.integers(0, 3, PEOPLE)
    lean = rng.uniform(-0.8, 0.8, (3, STATEMENTS))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("votes.csv" if long else "participants-votes.csv")
        with path.open("w", encoding="utf-8") as file:
            head = "timestamp,datetime,comment-id,voter-id,vote"
            if not long:
                head = ",".join(["participant", *(str(i) for i in range(STATEMENTS))])
            file.write(head + "\n")
            for person in range(PEOPLE):
                seen = rng.random(STATEMENTS) < FILL
                agree = rng.random(STATEMENTS) < (1 + lean[camp[person]]) / 2
                votes = np.where(rng.random(STATEMENTS) < 0.2, 0, np.where(agree, 1, -1))
                if long:
                    when = "1500000000000,Fri Jul 14 02:40:00 UTC 2017"
                    file.writelines(
                        f"{when},{i},{person},{votes[i]}\n" for i in np.flatnonzero(seen)
                    )
                else:
                    cells = (str(v) if s else "" for v, s in zip(votes, seen, strict=True))
                    file.write(f"{person},{','.join(cells)}\n")
        yield path


def measured(source: Path) -> tuple[float, float, dict[str, object]]:
    """Seconds and GiB of the command, and what it printed."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.json"
        run = subprocess.run(
            [sys.executable, "-c", MEASURED, str(source), str(out)],
            check=True,
            capture_output=True,
            text=True,
        )
        seconds, memory = (float(x) for x in run.stdout.split())
        return seconds, memory, json.loads(out.read_text("utf-8"))


def bench_real_conversations() -> None:
    for name, most in (("vtaiwan.uberx", 5), ("american-assembly.bowling-green", 8)):
        folder = SHARED / "data" / "polis" / name
        if not folder.is_dir():
            print(f"\n{name}: the real conversation is not here")
            continue
        seconds, memory, found = measured(folder)
        sizes = [g["size"] for g in found["groups"]]  # type: ignore[attr-defined]
        print(
            f"\n{name}, {found['people']} people x {found['statements']} statements: "
            f"{seconds:.1f} s, {memory:.2f} GiB, groups of {sizes}"
        )
        assert seconds < most
        assert memory < 1


def bench_large_conversation() -> None:
    for long in (False, True):
        with made_up(long) as path:
            size = path.stat().st_size / 1e6
            seconds, memory, found = measured(path)
        times, less = RED_DWARF_SECONDS / seconds, RED_DWARF_GIB / memory
        print(
            f"\n{PEOPLE} people x {STATEMENTS} statements, {found['votes']} votes, "
            f"{'one row per vote' if long else 'matrix'} of {size:.0f} MB: {seconds:.1f} s, "
            f"{memory:.2f} GiB; {times:.1f} times as fast as red-dwarf ({RED_DWARF_SECONDS} s) "
            f"with {less:.1f} times less memory ({RED_DWARF_GIB} GiB)"
        )
        assert [g["size"] for g in found["groups"]]  # type: ignore[attr-defined]
        assert found["split"]
        assert seconds < 10
        assert memory < 1


def bench_plain_reference() -> None:
    """The same without stability and trial by chance, in scikit-learn."""
    if find_spec("sklearn") is None:
        print("\nscikit-learn is not here")
        return
    with made_up() as path:
        began = perf_counter()
        run = subprocess.run(
            [sys.executable, "-c", PLAIN, str(path)], check=False, capture_output=True, text=True
        )
        if run.returncode:
            print(f"\nscikit-learn did not finish after {perf_counter() - began:.0f} s")
            return
        seconds, memory, best = (float(x) for x in run.stdout.split())
        mine, used, found = measured(path)
    print(
        f"\nplain scikit-learn: {seconds:.1f} s, {memory:.2f} GiB; "
        f"Jevn {mine:.1f} s, {used:.2f} GiB"
    )
    assert abs(best - float(str(found["silhouette"]))) < 1e-3
    assert mine < seconds
