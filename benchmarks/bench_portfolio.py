"""Packages under a frame: 300 actions at 3 levels over 8 years, and any edit without the solver."""

from __future__ import annotations

from time import perf_counter

import numpy as np

from jevn.prioritisation.portfolio import Demands, Option, ShareDemand, Way, best_package, preview

ACTIONS, LEVELS, YEARS = 300, (0.5, 1.0, 1.5), range(2027, 2035)
AREAS = ("oppvekst", "arbeid", "bolig", "levevaner", "fattigdom", "naermiljo")


def large() -> tuple[tuple[Option, ...], Demands]:
    """Actions that can begin in any of the years; what begins later gives less."""
    rng = np.random.default_rng(11)
    options = []
    for i in range(ACTIONS):
        cost = float(rng.lognormal(14.5, 0.8))
        gain = rng.lognormal(1.5, 1.0, 3) * (cost / 2e6) ** 0.8
        ways = tuple(
            Way(
                level,
                year,
                round(cost * level * 100),
                round(cost * level / 900),
                tuple(float(g) * level**0.8 * (2047 - year) / 20 for g in gain),
            )
            for level in LEVELS
            for year in YEARS
        )
        area = AREAS[int(rng.integers(len(AREAS)))]
        options.append(Option(f"a{i:03}", f"A{i}", area, bool(rng.random() < 0.6), ways))
    total = sum(o.ways[len(YEARS)].nok for o in options)
    demands = Demands(
        frame=tuple((y, round(total * (0.1 + 0.02 * k))) for k, y in enumerate(YEARS)),
        posts=tuple((y, round(total / 100 / 900 * (0.12 + 0.02 * k))) for k, y in enumerate(YEARS)),
        shares=(ShareDemand("bolig", 0.1), ShareDemand(None, 0.4, 0.8)),
        excludes=tuple((f"a{i:03}", f"a{i + 1:03}") for i in range(0, 60, 2)),
        requires=tuple((f"a{i:03}", f"a{i + 1:03}") for i in range(100, 140, 2)),
    )
    return options, demands  # type: ignore[return-value]


def bench_large_portfolio() -> None:
    options, demands = large()
    began = perf_counter()
    found = best_package(options, demands)
    seconds = perf_counter() - began
    print(
        f"\n{ACTIONS} actions, {len(LEVELS)} levels, {len(YEARS)} years: {len(found.chosen)} "
        f"chosen, within {found.gap:.2%} of the best, {seconds:.2f} s"
    )
    assert not found.loosened
    assert found.gap <= 0.01
    assert seconds < 10


def bench_preview() -> None:
    options, demands = large()
    choice = {o.id: 8 for o in options[::3]}
    began = perf_counter()
    many = 20
    for k in range(many):
        preview(options, demands, {**choice, options[k].id: 3})
    each = (perf_counter() - began) / many
    print(f"\npreview of an edit: {each * 1000:.1f} ms")
    assert each < 0.1
