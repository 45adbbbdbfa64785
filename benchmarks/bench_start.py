"""How long a start takes: what everyone waits for, every time."""

from __future__ import annotations

import subprocess
import sys
from time import perf_counter

import pytest


def best_of(runs: int, *command: str) -> float:
    """Seconds of the quickest of some runs."""
    times = []
    for _ in range(runs):
        began = perf_counter()
        subprocess.run([sys.executable, *command], check=True, capture_output=True)
        times.append(perf_counter() - began)
    return min(times)


@pytest.mark.parametrize(
    ("what", "command", "most_seconds"),
    [
        ("import jevn", ["-c", "import jevn"], 0.5),
        ("jevn --help", ["-c", "from jevn.cli import main; main()", "--help"], 1.0),
    ],
)
def bench_start(what: str, command: list[str], most_seconds: float) -> None:
    seconds = best_of(5, *command)
    print(f"\n{what}: {seconds:.2f} s (at most {most_seconds} s)")
    assert seconds < most_seconds
