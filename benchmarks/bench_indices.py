"""Indices of many settings at once, against recorded times of the packages used today.

The recorded seconds are those of R packages on the same kind of data and one core: healthequal
1.0.1 (slope and relative index with limits of 1 000 settings; concentration index of the same).
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from time import perf_counter

import numpy as np

from jevn.indices import INDICES, GroupedSettings

HEALTHEQUAL_SLOPES = 104.0
HEALTHEQUAL_CONCENTRATION = 5.8


def made_up(settings: int, groups: int, seed: int = 1) -> GroupedSettings:
    """Prevalences in per cent with a gradient, groups of unequal size."""
    rng = np.random.default_rng(seed)
    persons = rng.integers(300, 30_000, (settings, groups)).astype(float)
    ladder = np.linspace(1, -1, groups)
    truth = rng.uniform(5, 40, (settings, 1)) * np.exp(
        rng.uniform(-0.3, 0.3, (settings, 1)) * ladder
    )
    samples = np.ceil(persons / 10)
    values = 100 * rng.binomial(samples.astype(int), truth / 100) / samples
    return GroupedSettings(
        values=values,
        populations=persons,
        errors=np.sqrt(values * (100 - values) / samples),
        orders=np.broadcast_to(np.arange(1.0, groups + 1), (settings, groups)).copy(),
        samples=samples,
        units=np.full(settings, 100.0),
        floors=np.zeros(settings),
        ceilings=np.full(settings, 100.0),
        polarities=np.full(settings, -1, dtype=np.int8),
        references=np.full(settings, groups - 1, dtype=np.int64),
    )


def best_of(runs: int, work: Callable[[], object]) -> float:
    """Seconds of the quickest of some runs."""
    times = []
    for _ in range(runs):
        began = perf_counter()
        work()
        times.append(perf_counter() - began)
    return min(times)


def bench_slopes_of_1000_settings() -> None:
    names = ("sii_linear", "rii_linear", "sii_logit", "rii_logit")
    for chosen in (names[:2], names[2:], names):
        seconds = best_of(5, lambda chosen=chosen: [INDICES[n](made_up_1000()) for n in chosen])
        ratio = HEALTHEQUAL_SLOPES / seconds
        print(
            f"\n{', '.join(chosen)} of 1 000 settings x 5 groups: {seconds:.4f} s, "
            f"{ratio:,.0f} times as fast as healthequal ({HEALTHEQUAL_SLOPES} s)"
        )
        assert ratio > 1000


def bench_concentration_of_1000_settings() -> None:
    seconds = best_of(5, lambda: INDICES["rci"](made_up_1000()))
    ratio = HEALTHEQUAL_CONCENTRATION / seconds
    print(
        f"\nrci of 1 000 settings x 5 groups: {seconds:.4f} s, {ratio:,.0f} times as fast as "
        f"healthequal ({HEALTHEQUAL_CONCENTRATION} s)"
    )
    assert ratio > 500


def made_up_1000() -> GroupedSettings:
    """The same settings anew, so that nothing is kept from the run before."""
    kept = _KEPT.setdefault("1000", made_up(1000, 5))
    return kept.part(np.arange(1000))


_KEPT: dict[str, GroupedSettings] = {}

BANK = """
import resource, sys
from time import perf_counter
import numpy as np, polars as pl
from jevn.indices import INDICES, summarise

places, indicators, years = 357, 60, 20
rng = np.random.default_rng(2)
settings = places * indicators * years
rows = settings * 3
place = np.repeat(np.arange(places, dtype=np.int32) + 301, rows // places)
indicator = np.tile(np.repeat(np.arange(indicators, dtype=np.int32), years * 3), places)
year = np.tile(np.repeat(np.arange(2005, 2005 + years, dtype=np.int32), 3), places * indicators)
order = np.tile(np.array([1, 2, 3], dtype=np.int8), settings)
value = rng.uniform(10, 30, rows) - 3.0 * order
persons = rng.integers(200, 20000, rows)
bank = pl.DataFrame({
    "municipality": pl.Series(place).cast(pl.String),
    "indicator": pl.Series(indicator).cast(pl.String),
    "year": year, "subgroup_order": order, "estimate": value,
    "se": np.sqrt(value * (100 - value) / persons * 10), "population": persons,
})
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
began = perf_counter()
found = summarise(bank, by=["municipality", "indicator", "year"], indices=sys.argv[1].split(","),
                  scale="percent", polarity="adverse")
seconds = perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
assert found.height == settings * len(sys.argv[1].split(","))
print(seconds, peak, before, rows, found.height)
"""


def bench_whole_bank() -> None:
    sets = {
        "slope and relative index": "sii_linear,rii_linear",
        "a usual set": "d,r,sii_linear,rii_linear,sii_logit,rii_logit,aci,rci,par,paf",
    }
    for what, names in sets.items():
        run = subprocess.run(
            [sys.executable, "-c", BANK, names], check=True, capture_output=True, text=True
        )
        seconds, peak, before, rows, results = (float(x) for x in run.stdout.split())
        print(
            f"\nBank of 357 municipalities x 60 indicators x 20 years x 3 groups "
            f"({rows:,.0f} rows), {what} ({results:,.0f} results): {seconds:.1f} s, {peak:.2f} GiB "
            f"(of which {before:.2f} the bank itself)"
        )
        assert seconds < 10
        assert peak < 2
