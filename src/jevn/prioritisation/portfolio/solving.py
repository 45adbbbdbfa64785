"""The best package, the front between all and the worst off, and the baseline by need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from highspy import kHighsInf

from jevn.prioritisation.portfolio.choices import Demands, Floats, Option, check
from jevn.prioritisation.portfolio.evaluating import MadeBy, preview
from jevn.prioritisation.portfolio.model import Model, Row, Solved, build, solve
from jevn.prioritisation.portfolio.results import Portfolio
from jevn.terms import UserError

EXACT = 200
"""Up to so many ways the answer is the best there is; beyond, within a hundredth of it."""
GAP = 0.01
_CLOSE = 1e-7
_APART = 1e-5
"""Part of the greatest gain of an action that two points of the front must differ by."""
_AT_ONCE = 12
_CUTS = 50
_MOST_EXACT = 200


def best_package(
    options: Sequence[Option], demands: Demands, *, equity_weight: float = 0.0
) -> Portfolio:
    """The package with most gain, all groups counted alike and the worst off once more.

    Maximises total gain + ``equity_weight`` · gain of the group lowest in social position. Of
    equally good packages the cheapest is taken, then the one that holds the first id in which
    they differ. If no package meets every demand, those that cost least to loosen (kroner; a
    post or a healthy year at its price) give way, and the answer names them.

    Args:
        options: the actions.
        demands: the limits.
        equity_weight: 0: only the total counts.

    Raises:
        InputRefused: see :func:`~jevn.prioritisation.portfolio.choices.check`.
        ValueError: a negative weight.
        UserError: ``portfolio_impossible`` where no package exists even with every limit loose.
    """
    check(options, demands)
    if equity_weight < 0:
        raise ValueError("the equity weight cannot be negative")
    made: Literal["total", "equity"] = "equity" if equity_weight else "total"
    return best_of(build(options, demands), equity_weight, made)


def best_of(
    model: Model,
    weight: float,
    made_by: MadeBy,
    *,
    draw: int | None = None,
    extra: Sequence[tuple[Row, float, float]] = (),
    fixed: Mapping[int, float] | None = None,
) -> Portfolio:
    """The best package of a model: see :func:`best_package`.

    Args:
        model: the choice.
        weight: on the worst off.
        made_by: how it is called.
        draw: count the gains of one draw, ids not settling ties; ``None``: as expected.
        extra: more limits.
        fixed: columns that are settled.
    """
    goal = objective(model, weight, draw)
    gap = 0.0 if model.ways <= EXACT else GAP
    found = _kept(model, goal, extra, fixed, gap, made_by, ids=draw is None)
    if found is not None:
        return found
    return _loosened(model, goal, extra, fixed, gap, made_by)


def objective(model: Model, weight: float, draw: int | None = None) -> Floats:
    """Value of every column: its gain to all, and once more by weight to the worst off."""
    gains = model.gains(draw)
    return np.asarray(gains.sum(axis=1) + weight * gains[:, 0])


def _kept(
    model: Model,
    goal: Floats,
    extra: Sequence[tuple[Row, float, float]],
    fixed: Mapping[int, float] | None,
    gap: float,
    made_by: MadeBy,
    ids: bool = True,
) -> Portfolio | None:
    """The best package that keeps to every limit in whole øre; ``None`` if there is none."""
    cuts = list(extra)
    for _ in range(_CUTS):
        solved = _settled(model, goal, cuts, fixed, gap, ids)
        if solved is None:
            return None
        choice = model.choice(solved.values)
        package = preview(
            model.options, model.demands, choice, made_by=made_by, gap=round(solved.gap, 6)
        )
        if not package.loosened:
            return package
        cuts.append(_unlike(model, solved.values))  # rounding let a limit be passed
    return None


def _settled(
    model: Model,
    goal: Floats,
    extra: Sequence[tuple[Row, float, float]],
    fixed: Mapping[int, float] | None,
    gap: float,
    ids: bool = True,
) -> Solved | None:
    """Best first, then cheapest, then (where ids count) first ids."""
    scale = float(np.abs(goal).max(initial=0.0)) or 1.0
    scaled = goal / scale * 1000
    found = solve(model, scaled, extra=extra, fixed=fixed, gap=gap)
    if found is None or gap > 0:
        return found
    top = float(scaled @ np.round(found.values))
    as_good = (dict(enumerate(scaled)), top - 1e-7 * max(1.0, abs(top)), kHighsInf)
    rows = [*extra, as_good]
    cheap = solve(model, -model.costs(), extra=rows, fixed=fixed)
    if cheap is None or not ids:
        return cheap or found
    nok = float(model.costs() @ np.round(cheap.values))
    rows.append((dict(enumerate(model.costs())), -kHighsInf, nok + 1e-7))
    return _first_ids(model, cheap, rows, dict(fixed or {}))


def _first_ids(
    model: Model,
    last: Solved,
    rows: Sequence[tuple[Row, float, float]],
    settled: dict[int, float],
) -> Solved:
    """Of equally good and dear packages, the one that holds the first id where they differ.

    Columns are settled some at a time, each counting twice the next: the first that can be in, is.
    """
    order = [model.columns[key] for key in sorted(model.columns)]
    free = [c for c in order if c not in settled]
    for k in range(0, len(free), _AT_ONCE):
        some = free[k : k + _AT_ONCE]
        first = np.zeros(len(model.low))
        first[some] = 2.0 ** np.arange(len(some))[::-1]
        last = solve(model, first, extra=rows, fixed=settled) or last
        settled |= {c: float(round(last.values[c])) for c in some}
    return last


def _unlike(model: Model, values: Floats) -> tuple[Row, float, float]:
    """Any choice but this one."""
    inside = [c for c in range(model.ways) if values[c] > 0.5]
    row = {c: (1.0 if values[c] > 0.5 else -1.0) for c in range(model.ways)}
    return row, -kHighsInf, len(inside) - 1.0


def _loosened(
    model: Model,
    goal: Floats,
    extra: Sequence[tuple[Row, float, float]],
    fixed: Mapping[int, float] | None,
    gap: float,
    made_by: MadeBy,
) -> Portfolio:
    """Loosen the cheapest demands, then find the best package within what is left."""
    prices = [(s.row, s.sign, s.price / 1e6) for s in model.slacks]
    least = solve(model, np.zeros(len(goal)), extra=extra, fixed=fixed, slack_prices=prices)
    if least is None:
        raise UserError("portfolio_impossible")
    wider = Model(
        model.options,
        model.demands,
        model.columns,
        list(model.rows),
        model.slacks,
        model.low,
        model.high,
        model.synergies,
    )
    for slack, amount in zip(model.slacks, least.slack, strict=True):
        row, low, high = model.rows[slack.row]
        room = max(float(amount), 0.0) + (1e-6 if amount > 1e-9 else 0.0)
        if slack.sign > 0:
            wider.rows[slack.row] = (row, low - room, high)
        else:
            wider.rows[slack.row] = (row, low, high + room)
    solved = _settled(wider, goal, extra, fixed, gap) or least
    return preview(
        model.options,
        model.demands,
        model.choice(solved.values),
        made_by=made_by,
        gap=round(solved.gap, 6),
    )


def front(options: Sequence[Option], demands: Demands, *, most: int = 25) -> tuple[Portfolio, ...]:
    """Packages that cannot give more to all without giving less to the worst off, or the reverse.

    The ε-constraint method (Haimes, Lasdon & Wismer 1971) with a second step at each point, so that
    every package is efficient: most gain to all with at least so much to the worst off; then,
    of those, most to the worst off. The first package is the best for all, the last the best for
    the worst off. Of more than ``most`` packages, those at even steps are given. Gains that differ
    by less than a hundred-thousandth count as alike.

    Returns:
        From most gain to all. One package where demands must be loosened.

    Raises:
        ValueError: fewer than two packages asked for.
    """
    check(options, demands)
    if most < 2:
        raise ValueError("a front has two ends")
    model = build(options, demands)
    first = best_of(model, 0.0, "front")
    if first.loosened:
        return (first,)
    gains = model.gains()
    total, worst = np.asarray(gains.sum(axis=1)), np.asarray(gains[:, 0])
    exact = model.ways <= EXACT
    end = _two_steps(model, worst, total, -kHighsInf) or first
    start = _two_steps(model, total, worst, -kHighsInf) or first
    found = [start]
    cap = max(_MOST_EXACT, most) if exact else most
    step = 0.0 if exact else (end.worst_off - start.worst_off) / most
    floor = start.worst_off
    while len(found) < cap - 1:
        floor = max(floor, found[-1].worst_off) + max(step, _tolerance(worst))
        if floor > end.worst_off:
            break
        point = _two_steps(model, total, worst, floor)
        if point is None:
            break
        found.append(point)
    return _thinned(_efficient([*found, end]), most)


def _efficient(found: Sequence[Portfolio]) -> list[Portfolio]:
    """Those that no other gives at least as much as both to all and to the worst off."""
    kept: list[Portfolio] = []
    for package in sorted(found, key=lambda p: (-p.total, -p.worst_off)):
        small = _APART * max(1.0, abs(package.worst_off))
        if not kept or package.worst_off > kept[-1].worst_off + small:
            kept.append(package)
    return kept


def _thinned(found: list[Portfolio], most: int) -> tuple[Portfolio, ...]:
    kept = np.unique(np.round(np.linspace(0, len(found) - 1, min(most, len(found)))).astype(int))
    return tuple(found[i] for i in kept)


def _tolerance(goal: Floats) -> float:
    return _APART * max(float(np.abs(goal).max(initial=0.0)), 1e-9)


def _two_steps(model: Model, main: Floats, second: Floats, floor: float) -> Portfolio | None:
    """Most of the main goal with the second at least at the floor; then most of the second."""
    rows: list[tuple[Row, float, float]] = []
    if floor > -kHighsInf:
        rows.append(_at_least(second, floor))
    gap = 0.0 if model.ways <= EXACT else GAP
    best = _kept(model, main, rows, None, gap, "front", ids=False)
    if best is None:
        return None
    as_good = _at_least(main, float(main @ values_of(model, best)))
    return _kept(model, second, [*rows, as_good], None, gap, "front") or best


def _at_least(goal: Floats, value: float) -> tuple[Row, float, float]:
    """A row in which the greatest number is 1, so that the solver's tolerance means the same."""
    scale = float(np.abs(goal).max(initial=0.0)) or 1.0
    row = {c: float(x) / scale for c, x in enumerate(goal) if x}
    return row, value / scale - _CLOSE, kHighsInf


def values_of(model: Model, package: Portfolio) -> Floats:
    """Values of all columns of a package."""
    found = np.zeros(len(model.low))
    inside = {c.id for c in package.chosen}
    for option in model.options:
        for w, way in enumerate(option.ways):
            chosen = next((c for c in package.chosen if c.id == option.id), None)
            if chosen and (chosen.level, chosen.start) == (way.level, way.start):
                found[model.columns[option.id, w]] = 1.0
    for column, synergy in zip(model.synergies, model.demands.synergies, strict=True):
        found[column] = float(synergy.one in inside and synergy.other in inside)
    return found


def need_based(options: Sequence[Option], demands: Demands, need: Mapping[str, float]) -> Portfolio:
    """The same money spread by need, without an optimiser: what any other package is held against.

    Areas are gone through again and again from the greatest need; each time an area gets the action
    that gives the worst-off group most per krone, at the highest level there is room for, until
    nothing more fits. Locks hold; what an action requires comes with it.

    Args:
        options: the actions.
        demands: the limits.
        need: need of each area; areas left out have none.
    """
    check(options, demands)
    locked = demands.locked()
    choice: dict[str, int] = {}
    by_id = {o.id: o for o in options}
    for id, level in locked.items():
        if level > 0:
            choice[id] = next(w for w, x in enumerate(by_id[id].ways) if x.level == level)
    areas = sorted({o.area for o in options}, key=lambda a: (-need.get(a, 0.0), a))
    waiting = {
        area: sorted((o for o in options if o.area == area and o.id not in locked), key=_per_krone)
        for area in areas
    }
    while any(waiting.values()):
        for area in areas:
            while waiting[area]:
                added = _fitting(waiting[area].pop(0), options, demands, choice)
                if added is not None:
                    choice = added
                    break
    return preview(options, demands, choice, made_by="need")


def _per_krone(option: Option) -> tuple[float, str]:
    way = max(option.ways, key=lambda x: x.level)
    return (-way.gain[0] / way.nok if way.nok > 0 else -kHighsInf, option.id)


def _fitting(
    option: Option, options: Sequence[Option], demands: Demands, choice: Mapping[str, int]
) -> dict[str, int] | None:
    """The choice with this action at the highest level that passes no more than before."""
    now = preview(options, demands, choice)
    hard = ("frame", "posts", "excludes", "requires", "lock")
    before = {(x.limit, x.about): x.amount for x in now.loosened if x.limit in hard}
    order = sorted(range(len(option.ways)), key=lambda w: (-option.ways[w].level, w))
    for w in order:
        trial = {**choice, option.id: w}
        after = preview(options, demands, trial)
        broken = [x for x in after.loosened if x.limit in hard]
        if all(x.amount <= before.get((x.limit, x.about), -1.0) for x in broken):
            return trial
    return None
