"""Alternatives through the years: one, a thousand draws, and the answer to a moved slider."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import pytest

from jevn.demo import write_elvebyen
from jevn.impact.projection import action_effects
from jevn.impact.projection.assembling import intake_of
from jevn.impact.projection.preparing import lens, prepare, values_of
from jevn.impact.projection.projecting import MAIN
from jevn.impact.projection.reference import run_reference
from jevn.impact.projection.running import run
from jevn.impact.uncertainty import central, sobol_draws
from jevn.planwork import inputs_of, read_folder


def elvebyen(years: int) -> object:
    """What the projection of Elvebyen stands on."""
    from dataclasses import replace

    with tempfile.TemporaryDirectory() as folder:
        write_elvebyen(Path(folder) / "elvebyen")
        work = read_folder(Path(folder) / "elvebyen")
    assert work.model is not None
    found = inputs_of(replace(work, model=replace(work.model, years=years)))
    assert found is not None
    return found


def arrays(years: int, draws: int) -> tuple[object, object]:
    """All computed changes of Elvebyen together, by sex, education and income."""
    prepared = prepare(elvebyen(years))  # type: ignore[arg-type]
    assert prepared is not None
    rows = sobol_draws(prepared.parameters, draws, 1) if draws > 1 else central(prepared.parameters)
    values = values_of(prepared.parameters, rows)
    intakes = [intake_of(u, prepared.ground, values) for u in prepared.used]
    seen = lens(prepared, intakes, values, MAIN)
    return seen.chain, seen.draws


def bench_one_alternative() -> None:
    chain, draws = arrays(40, 1)
    run(chain, draws)  # type: ignore[arg-type]
    start = perf_counter()
    run(chain, draws)  # type: ignore[arg-type]
    fast = perf_counter() - start
    start = perf_counter()
    run_reference(chain, draws)  # type: ignore[arg-type]
    slow = perf_counter() - start
    print(f"\n30 strata, 101 ages, 40 years, one draw: {fast * 1000:.0f} ms (at most 50)")
    print(f"  the plain reference {slow:.1f} s: {slow / fast:,.0f} times as fast")
    assert fast < 0.05


def bench_a_moved_slider() -> None:
    effects = action_effects(elvebyen(20), draws=128, seed=1)  # type: ignore[arg-type]
    assert effects is not None
    start = perf_counter()
    for level in range(100):
        effects.summed(dict.fromkeys(effects.changes, level / 60))
    each = (perf_counter() - start) / 100
    print(f"\na moved slider, {len(effects.changes)} actions: {each * 1000:.1f} ms (at most 100)")
    assert each < 0.1


LARGE = """
from time import perf_counter
from bench_projection import arrays
from jevn.impact.projection.running import run
chain, draws = arrays(40, 1000)
run(chain, draws.part(0, 2))
start = perf_counter()
run(chain, draws)
s = perf_counter() - start
lines = open("/proc/self/status").read().splitlines()
print(s, next(int(x.split()[1]) / 1024 for x in lines if x.startswith("VmHWM")))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def bench_a_thousand_draws() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LARGE],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent,
    )
    seconds, memory = (float(x) for x in done.stdout.split())
    print(
        f"\nall changes of Elvebyen, 30 strata, 101 ages, 40 years, 1 000 draws: {seconds:.1f} s"
        f" (at most 15), {memory:.0f} MB (at most 500)"
    )
    assert seconds < 15
    assert memory < 500
