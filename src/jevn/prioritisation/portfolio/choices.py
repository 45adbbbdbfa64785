"""What can be chosen, and what is demanded of the package: plain numbers, money in whole øre."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
import numpy.typing as npt

from jevn.terms import InputRefused, Problem

Floats = npt.NDArray[np.float64]
ORE = 100
"""Øre in a krone."""
POSTS = 1000
"""Posts are counted in thousandths."""
_FILE = "priorities.yaml"


@dataclass(frozen=True, slots=True)
class Way:
    """One way of doing an action: at a level, from a year.

    Attributes:
        level: part of the proposed money, above 0.
        start: first year.
        nok: whole øre a year from then on; negative where the action releases money.
        posts: thousandths of posts from then on.
        gain: what it gives each social group over all years, lowest social position first.
    """

    level: float
    start: int
    nok: int
    posts: int
    gain: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """An action that can be in the package in one of its ways, or not at all.

    Attributes:
        id: its id.
        title: its name.
        area: area of effort.
        universal: whether it is for everyone.
        ways: at least one.
        draws: uncertain gains, (ways, groups, draws); ``None``: not drawn.
    """

    id: str
    title: str
    area: str
    universal: bool
    ways: tuple[Way, ...]
    draws: Floats | None = None


@dataclass(frozen=True, slots=True)
class Synergy:
    """What two actions give beyond (or short of) their sum when both are in, by group.

    ``draws``: the same, (groups, draws).
    """

    one: str
    other: str
    gain: tuple[float, ...]
    draws: Floats | None = None


@dataclass(frozen=True, slots=True)
class ShareDemand:
    """Least and most share (0-1) of the money spent that goes to an area, or to universal effort.

    ``area`` is ``None`` for universal effort. Money released counts as none.
    """

    area: str | None
    least: float = 0.0
    most: float = 1.0


@dataclass(frozen=True, slots=True)
class Demands:
    """What a package must keep to.

    Attributes:
        frame: most net øre a year, by year; every year that anything can cost in.
        posts: most thousandths of posts, by year; none given: not limited.
        shares: of the money.
        worst_off: least gain of the group lowest in social position.
        excludes: pairs that cannot both be in.
        requires: (an action, another that must be in if the first is).
        synergies: of pairs.
        locks: level of an action that is settled; 0: out.
    """

    frame: tuple[tuple[int, int], ...]
    posts: tuple[tuple[int, int], ...] = ()
    shares: tuple[ShareDemand, ...] = ()
    worst_off: float | None = None
    excludes: tuple[tuple[str, str], ...] = ()
    requires: tuple[tuple[str, str], ...] = ()
    synergies: tuple[Synergy, ...] = ()
    locks: tuple[tuple[str, float], ...] = ()

    def locked(self) -> dict[str, float]:
        """Level of each locked action."""
        return dict(self.locks)


def check(options: Sequence[Option], demands: Demands) -> None:
    """Refuse what cannot be meant.

    Raises:
        InputRefused: ``portfolio_twice``, ``portfolio_no_ways``, ``portfolio_level`` (not
            above 0), ``portfolio_number``, ``portfolio_unknown``,
            ``portfolio_circle``, ``portfolio_lock_level``, ``portfolio_locks_clash``,
            ``portfolio_share``, ``portfolio_year``.
    """
    problems = [*_options(options), *_names(options, demands)]
    if not problems:
        problems += [*_locks(options, demands), *_limits(options, demands)]
        circle = _circle(demands.requires)
        if circle:
            problems.append(Problem("portfolio_circle", _FILE, params={"circle": circle}))
    if problems:
        raise InputRefused(problems)


def _options(options: Sequence[Option]) -> Iterator[Problem]:
    if not options:
        yield Problem("portfolio_empty", _FILE)
    for id, many in Counter(o.id for o in options).items():
        if many > 1:
            yield Problem("portfolio_twice", _FILE, params={"id": id})
    groups = {len(w.gain) for o in options for w in o.ways}
    for option in options:
        params = {"id": option.id}
        if not option.ways:
            yield Problem("portfolio_no_ways", _FILE, params=params)
        if any(w.level <= 0 for w in option.ways):
            yield Problem("portfolio_level", _FILE, params=params)
        finite = all(isfinite(g) for w in option.ways for g in w.gain)
        whole = option.draws is None or (
            option.draws.ndim == 3
            and option.draws.shape[:2] == (len(option.ways), len(option.ways[0].gain))
            and bool(np.isfinite(option.draws).all())
        )
        if not finite or len(groups) > 1 or not whole:
            yield Problem("portfolio_number", _FILE, params=params)


def _names(options: Sequence[Option], demands: Demands) -> Iterator[Problem]:
    known = {o.id for o in options}
    areas = {o.area for o in options}
    named = [
        *(id for pair in (*demands.excludes, *demands.requires) for id in pair),
        *(id for s in demands.synergies for id in (s.one, s.other)),
        *(id for id, _ in demands.locks),
    ]
    for id in dict.fromkeys(named):
        if id not in known:
            params = {"id": id, "known": ", ".join(sorted(known))}
            yield Problem("portfolio_unknown", _FILE, params=params)
    for share in demands.shares:
        if share.area is not None and share.area not in areas:
            params = {"id": share.area, "known": ", ".join(sorted(areas))}
            yield Problem("portfolio_unknown", _FILE, params=params)


def _locks(options: Sequence[Option], demands: Demands) -> Iterator[Problem]:
    by_id = {o.id: o for o in options}
    locked = demands.locked()
    if len(locked) < len(demands.locks):
        twice = next(id for id, n in Counter(i for i, _ in demands.locks).items() if n > 1)
        yield Problem("portfolio_twice", _FILE, params={"id": twice})
    for id, level in demands.locks:
        levels = [w.level for w in by_id[id].ways]
        if level != 0 and level not in levels:
            known = ", ".join(f"{x:g}" for x in (0.0, *dict.fromkeys(levels)))
            params = {"id": id, "level": f"{level:g}", "known": known}
            yield Problem("portfolio_lock_level", _FILE, params=params)
    for one, other in demands.excludes:
        if locked.get(one, 0) > 0 and locked.get(other, 0) > 0:
            yield Problem("portfolio_locks_clash", _FILE, params={"id": one, "other": other})
    for one, other in demands.requires:
        if locked.get(one, 0) > 0 and locked.get(other) == 0:
            yield Problem("portfolio_locks_clash", _FILE, params={"id": one, "other": other})


def _limits(options: Sequence[Option], demands: Demands) -> Iterator[Problem]:
    for share in demands.shares:
        if not 0 <= share.least <= share.most <= 1:
            yield Problem("portfolio_share", _FILE, params={"id": share.area or "universal"})
    years = {year for year, _ in demands.frame}
    for option in options:
        for start in dict.fromkeys(w.start for w in option.ways):
            if not any(year >= start for year in years):
                params = {"id": option.id, "year": str(start)}
                yield Problem("portfolio_year", _FILE, params=params)


def _circle(requires: Sequence[tuple[str, str]]) -> str:
    """Actions that require each other in a ring, as text; empty if there are none."""
    onwards: Mapping[str, list[str]] = {}
    onwards = {a: [y for x, y in requires if x == a] for a, _ in requires}

    def walk(path: tuple[str, ...]) -> str:
        for there in onwards.get(path[-1], []):
            if there in path:
                ring = path[path.index(there) :]
                return " → ".join((*ring, there)) if len(ring) > 1 or there == path[-1] else ""
            if found := walk((*path, there)):
                return found
        return ""

    return next((found for a in onwards if (found := walk((a,)))), "")
