"""The knowledge base of a real city: from published files to figures, pages and documents."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def skien(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """The plan folder of Skien, and the seconds it took to fetch its figures from files."""
    shared = Path(os.environ.get("JEVN_SHARED") or ROOT.parent / "shared")
    if not shared.is_dir():
        pytest.skip("real material is not here; JEVN_SHARED=DIR says where it lies")
    sys.path.insert(0, str(ROOT / "tests"))
    from real.skien import build_skien

    folder = tmp_path_factory.mktemp("skien") / "plan"
    began = perf_counter()
    build_skien(folder, shared)
    return folder, perf_counter() - began


def bench_skien_cold(skien: tuple[Path, float], tmp_path: Path) -> None:
    """A process of its own: everything is imported, read and made for the first time."""
    folder, fetching = skien
    out = tmp_path / "out"
    began = perf_counter()
    command = "from jevn.cli import main; main()"
    subprocess.run(
        [sys.executable, "-c", command, "build", str(folder), "--out", str(out)],
        check=True,
        capture_output=True,
    )
    seconds = perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024**2
    figures = sum(1 for _ in (folder / "fetched").glob("*.parquet"))
    print(f"\nSkien: {figures} tables taken in from files: {fetching:.1f} s")
    print(
        f"Skien's knowledge base, cold: {seconds:.1f} s (at most 40), "
        f"largest process {peak:.2f} GiB"
    )
    assert seconds < 40
    assert peak < 1.5


def bench_skien_warm(skien: tuple[Path, float]) -> None:
    """The same process again: what a planner waits for after an edit."""
    from jevn.planwork import challenges_of, read_folder

    folder, _ = skien
    challenges_of(read_folder(folder))
    began = perf_counter()
    work = read_folder(folder)
    read = perf_counter() - began
    profile = challenges_of(work)
    seconds = perf_counter() - began
    assert profile is not None
    shown = sum(s.level is not None for s in profile.indicators)
    print(
        f"\nSkien, warm: {shown} indicators, {work.observations.height} figures read in "
        f"{read:.2f} s, where it burns found in {seconds - read:.2f} s (at most 3 s in all)"
    )
    assert seconds < 3
