"""How sure a package is, why an action is in or out, and what it would take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from jevn.prioritisation.portfolio.choices import ORE, Demands, Option, check
from jevn.prioritisation.portfolio.evaluating import preview
from jevn.prioritisation.portfolio.model import Model, build
from jevn.prioritisation.portfolio.results import (
    OptionStanding,
    Portfolio,
    Robustness,
    Standing,
    Why,
)
from jevn.prioritisation.portfolio.solving import best_of, objective, values_of
from jevn.terms import InputRefused, Message, Problem

Progress = Callable[[int, int], None]
_SAME = 1e-6


def _quiet(done: int, total: int) -> None:
    """Say nothing."""


def robustness(
    options: Sequence[Option],
    demands: Demands,
    package: Portfolio | None = None,
    *,
    equity_weight: float = 0.0,
    draws: int | None = None,
    progress: Progress = _quiet,
) -> Robustness:
    """The best package in every draw of the gains: what is in always, sometimes and never.

    The draws are those the options hold, taken in order, so the same options give the same answer.

    Args:
        options: the actions, with draws.
        demands: the limits.
        package: the package that regret is counted for; ``None``: the best as expected.
        equity_weight: as in :func:`best_package`.
        draws: how many of the draws; ``None``: all.
        progress: told (done, of how many).

    Raises:
        ValueError: options without draws, or with different numbers of them.
    """
    check(options, demands)
    model = build(options, demands)
    numbers = {o.draws.shape[2] for o in options if o.draws is not None}
    if len(numbers) != 1:
        raise ValueError("options need the same number of draws of their gains")
    most = numbers.pop()
    many = most if draws is None else min(draws, most)
    package = package or best_of(model, equity_weight, "total")
    held = values_of(model, package)
    counted = dict.fromkeys((o.id for o in options), 0)
    values = np.zeros((many, 2))
    rival: dict[tuple[tuple[str, float, int], ...], np.ndarray] = {}
    goals = np.stack([objective(model, equity_weight, d) for d in range(many)])
    for d in range(many):
        found = best_of(model, equity_weight, "total", draw=d)
        for chosen in found.chosen:
            counted[chosen.id] += 1
        columns = values_of(model, found)
        rival[tuple((c.id, c.level, c.start) for c in found.chosen)] = columns
        values[d] = goals[d] @ columns, goals[d] @ held
        progress(d + 1, many)
    # Several packages may be best as expected, or near: the best mean of all that were met counts.
    rival[tuple((c.id, c.level, c.start) for c in package.chosen)] = held
    means = [float((goals @ columns).mean()) for columns in rival.values()]
    lost = np.maximum(values[:, 0] - values[:, 1], 0.0)
    small = _SAME * np.maximum(1.0, np.abs(values[:, 0]))
    shown = sorted(options, key=lambda o: (-counted[o.id], o.id))
    return Robustness(
        draws=many,
        options=tuple(
            OptionStanding(o.id, o.title, counted[o.id] / many, _standing(counted[o.id], many))
            for o in shown
        ),
        regret=float(lost.mean()),
        worst_regret=float(lost.max()),
        best_share=float((lost <= small).mean()),
        perfect=max(0.0, float(np.maximum(values[:, 0], values[:, 1]).mean()) - max(means)),
    )


def _standing(times: int, draws: int) -> Standing:
    return "always" if times == draws else "sometimes" if times else "never"


def why(
    options: Sequence[Option],
    demands: Demands,
    package: Portfolio,
    id: str,
    *,
    equity_weight: float = 0.0,
) -> Why:
    """Why an action is in or out of the best package, and what forcing it the other way does.

    Raises:
        InputRefused: ``portfolio_unknown`` for an action that is not there.
    """
    check(options, demands)
    by_id = {o.id: o for o in options}
    if id not in by_id:
        params = {"id": id, "known": ", ".join(sorted(by_id))}
        raise InputRefused([Problem("portfolio_unknown", "priorities.yaml", params=params)])
    model = build(options, demands)
    inside = package.level(id) > 0
    forced = _forced(model, id, inside, equity_weight)
    levels = {o.id: package.level(o.id) for o in options if o.id != id}
    then = {o.id: forced.level(o.id) if forced else levels.get(o.id, 0.0) for o in options}
    pushes = tuple(i for i, level in levels.items() if then[i] < level)
    brings = tuple(i for i, level in levels.items() if then[i] > level)
    total = forced.total - package.total if forced else 0.0
    worst = forced.worst_off - package.worst_off if forced else 0.0
    binding, room = ((), None) if inside else _lacking(options, demands, package, by_id[id])
    found = Why(id, inside, forced, pushes, brings, total, worst, room, binding, ())
    return _told(found, by_id, demands)


def _forced(model: Model, id: str, inside: bool, weight: float) -> Portfolio | None:
    """The best package with the action the other way; ``None`` if demands must give for it."""
    columns = [c for (i, _), c in model.columns.items() if i == id]
    locked = model.demands.locked()
    if id in locked:
        return None
    if inside:
        found = best_of(model, weight, "total", fixed=dict.fromkeys(columns, 0.0))
    else:
        row = (dict.fromkeys(columns, 1.0), 1.0, 1.0)
        found = best_of(model, weight, "total", extra=[row])
    return found


def _lacking(
    options: Sequence[Option], demands: Demands, package: Portfolio, option: Option
) -> tuple[tuple[str, ...], int | None]:
    """Limits that adding the action would pass, and øre more a year that would make room."""
    choice = {
        c.id: next(
            w
            for o in options
            if o.id == c.id
            for w, x in enumerate(o.ways)
            if (x.level, x.start) == (c.level, c.start)
        )
        for c in package.chosen
    }
    fewest: tuple[tuple[str, ...], int | None] | None = None
    for w in range(len(option.ways)):
        trial = preview(options, demands, {**choice, option.id: w})
        before = {(x.limit, x.about): x.amount for x in package.loosened}
        passed = [x for x in trial.loosened if x.amount > before.get((x.limit, x.about), -1.0)]
        money = [int(x.amount) for x in passed if x.limit == "frame"]
        limits = tuple(dict.fromkeys(str(x.limit) for x in passed))
        found = (limits, max(money) if limits == ("frame",) else None)
        if fewest is None or (len(found[0]), found[1] or 0) < (len(fewest[0]), fewest[1] or 0):
            fewest = found
    return fewest or ((), None)


def _told(found: Why, by_id: dict[str, Option], demands: Demands) -> Why:
    title = by_id[found.id].title
    said: list[Message] = []
    names: dict[str, str] = {"action": title}
    if found.id in demands.locked():
        key = "portfolio.why.locked_in" if found.inside else "portfolio.why.locked_out"
        return replace(found, reasons=(Message(key, names),))
    change: dict[str, str | float] = {}
    for name, value in (("total", found.total), ("worst", found.worst_off)):
        change[f"{name}_exact"] = _short(abs(value))
        change[f"{name}_key"] = "portfolio.fewer" if value < 0 else "portfolio.more"
    pushed = ", ".join(by_id[i].title for i in found.pushes_out)
    brought = ", ".join(by_id[i].title for i in found.brings_in)
    state = "in" if found.inside else "out"
    if found.forced is not None:
        said.append(Message(f"portfolio.why.{state}", {**names, **change}))
        if pushed:
            said.append(Message(f"portfolio.why.{state}.pushes", {**names, "others": pushed}))
        if brought:
            said.append(Message(f"portfolio.why.{state}.brings", {**names, "others": brought}))
        said += [x.message for x in found.forced.loosened]
    if found.room_nok is not None:
        room = found.room_nok / ORE
        said.append(Message("portfolio.why.room", {**names, "room_nok": room}))
    met = (limit for limit in found.binding if found.room_nok is None)
    said += [Message(f"portfolio.why.meets.{limit}", names) for limit in met]
    if not found.inside and not found.binding and found.total <= 0:
        said.append(Message("portfolio.why.no_gain", names))
    return replace(found, reasons=tuple(said))


def _short(value: float) -> float:
    """Whole numbers, but for the smallest."""
    return round(value) if value >= 10 else round(value, 1)
