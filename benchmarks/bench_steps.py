"""How long the steps take: what a planner waits for when a folder is built."""

from __future__ import annotations

from time import perf_counter

import pytest


def bench_sorting() -> None:
    from jevn.participation import sort_text

    sort_text("varm")
    texts = [
        f"Flere helsesykepleiere på ungdomsskolen, og lys langs elva {i}" for i in range(10_000)
    ]
    began = perf_counter()
    for text in texts:
        sort_text(text)
    seconds = perf_counter() - began
    print(f"\n10 000 short texts sorted: {seconds:.1f} s (at most 10 s)")
    assert seconds < 10


def bench_catalogue() -> None:
    from jevn.evidence.loading import _packaged

    times = []
    for _ in range(3):
        _packaged.cache_clear()
        began = perf_counter()
        _packaged()
        times.append(perf_counter() - began)
    print(f"\nevidence catalogue loaded: {min(times):.2f} s (at most 0.3 s)")
    assert min(times) < 0.3


def bench_demo(tmp_path_factory: pytest.TempPathFactory) -> None:
    import resource
    import subprocess
    import sys

    out = tmp_path_factory.mktemp("demo")
    began = perf_counter()
    command = "from jevn.cli import main; main()"
    subprocess.run(
        [sys.executable, "-c", command, "demo", "--no-serve", "--out", str(out)],
        check=True,
        capture_output=True,
    )
    seconds = perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024**2
    print(f"\njevn demo --no-serve: {seconds:.0f} s (at most 60), largest process {peak:.2f} GiB")
    assert seconds < 60
    assert peak < 1.5
