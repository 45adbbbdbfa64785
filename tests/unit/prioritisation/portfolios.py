"""Small portfolios, and every package of them tried one by one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np

from jevn.prioritisation.portfolio import (
    Demands,
    Option,
    Portfolio,
    ShareDemand,
    Synergy,
    Way,
    preview,
)

AREAS = ("oppvekst", "bolig", "arbeid")
YEARS = (2028, 2029, 2030)


def option(
    id: str,
    *ways: tuple[float, float, tuple[float, ...]],
    area: str = "oppvekst",
    universal: bool = False,
    **more: Any,
) -> Option:
    """An action with (level, million kroner, gain) ways from 2028."""
    made = tuple(
        Way(level, more.get("start", 2028), round(nok * 1e8), more.get("posts", 0), gain)
        for level, nok, gain in ways
    )
    return Option(id, id.upper(), area, universal, made, more.get("draws"))


def frame(million: float, **more: Any) -> Demands:
    """The same frame every year."""
    return Demands(frame=tuple((y, round(million * 1e8)) for y in YEARS), **more)


def drawn_case(seed: int, many: int = 7, *, draws: int = 0) -> tuple[tuple[Option, ...], Demands]:
    """A portfolio at random, with something of everything."""
    rng = np.random.default_rng(seed)
    options = []
    for i in range(many):
        levels = (0.5, 1.0) if rng.random() < 0.5 else (1.0,)
        cost = int(rng.integers(1, 60)) * 10_000_007 * (-1 if rng.random() < 0.12 else 1)
        gain = rng.integers(-2, 30, 3) * 1.0
        ways = tuple(
            Way(
                level,
                int(rng.choice([2028, 2029])),
                round(cost * level),
                int(rng.integers(0, 4000)),
                tuple(float(g) * (level**0.7) for g in gain),
            )
            for level in levels
        )
        noise = None
        if draws:
            base = np.array([w.gain for w in ways])[:, :, None]
            spread = rng.normal(1, 0.6, (1, 1, draws))
            noise = base * (spread / spread.mean())
        area = str(rng.choice(AREAS))
        options.append(Option(f"o{i}", f"O{i}", area, bool(rng.random() < 0.5), ways, noise))
    money = sum(max(w.nok for w in o.ways) for o in options)
    ids = [o.id for o in options]
    pairs = list(itertools.combinations(ids, 2))
    pick = rng.permutation(len(pairs))
    areas = sorted({o.area for o in options})
    demands = Demands(
        frame=tuple(
            (y, round(max(money, 1e8) * f)) for y, f in zip(YEARS, (0.3, 0.5, 0.5), strict=True)
        ),
        posts=((2029, 9000),) if rng.random() < 0.5 else (),
        shares=(ShareDemand(areas[0], 0.1, 0.8), ShareDemand(None, 0.0, 0.7))
        if rng.random() < 0.5
        else (),
        worst_off=float(rng.integers(5, 25)) if rng.random() < 0.4 else None,
        excludes=(pairs[pick[0]],) if many > 1 else (),
        requires=(pairs[pick[1]],) if many > 2 else (),
        synergies=tuple(
            Synergy(*pairs[pick[k]], tuple(float(x) for x in rng.integers(-9, 9, 3)))
            for k in range(2, min(5, len(pairs)))
        ),
        locks=((ids[0], 0.0),) if rng.random() < 0.2 else (),
    )
    return tuple(options), demands


def every_package(options: tuple[Option, ...], demands: Demands) -> Iterator[Portfolio]:
    """All packages that keep to every demand."""
    ways = [(None, *range(len(o.ways))) for o in options]
    for picked in itertools.product(*ways):
        choice = {o.id: w for o, w in zip(options, picked, strict=True) if w is not None}
        package = preview(options, demands, choice)
        if not package.loosened:
            yield package
