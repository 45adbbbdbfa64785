"""The choice as a mixed-integer model, solved exactly by HiGHS without a word on the screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from highspy import (
    Highs,
    HighsLp,
    HighsModelStatus,
    HighsVarType,
    MatrixFormat,
    ObjSense,
    kHighsInf,
)

from jevn.prioritisation.portfolio.choices import Demands, Floats, Option
from jevn.prioritisation.portfolio.results import Limit

Row = dict[int, float]
_MILLION = 1e6
_TINY = 1e-7


@dataclass(frozen=True, slots=True)
class Slack:
    """A demand that may give: which row, in which unit, at what price a unit."""

    limit: Limit
    about: str
    row: int
    sign: int
    unit: float
    price: float


@dataclass
class Model:
    """Columns: a 0-1 choice per way, then a number per synergy. Rows: the limits.

    Money in rows is in millions of kroner, posts in posts: numbers of like size solve best. What
    is chosen is checked afterwards in whole øre.
    """

    options: tuple[Option, ...]
    demands: Demands
    columns: dict[tuple[str, int], int] = field(default_factory=dict)
    rows: list[tuple[Row, float, float]] = field(default_factory=list)
    slacks: list[Slack] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    synergies: list[int] = field(default_factory=list)

    @property
    def ways(self) -> int:
        """Number of 0-1 columns."""
        return len(self.columns)

    def gains(self, draw: int | None = None) -> Floats:
        """Gain of every column by group, (columns, groups); of one draw or as expected."""
        found = []
        for o in self.options:
            for w, way in enumerate(o.ways):
                drawn = draw is not None and o.draws is not None
                found.append(o.draws[w, :, draw] if drawn else way.gain)  # type: ignore[index]
        for s in self.demands.synergies:
            drawn = draw is not None and s.draws is not None
            found.append(s.draws[:, draw] if drawn else s.gain)  # type: ignore[index]
        return np.array(found, dtype=np.float64).reshape(len(found), -1)

    def costs(self) -> Floats:
        """Millions of kroner a year in full operation, by column."""
        ways = [w.nok / 100 / _MILLION for o in self.options for w in o.ways]
        return np.array([*ways, *(0.0 for _ in self.synergies)])

    def choice(self, values: Floats) -> dict[str, int]:
        """The way that each action in the package is done, by its number."""
        return {id: w for (id, w), c in self.columns.items() if values[c] > 0.5}


def build(options: Sequence[Option], demands: Demands) -> Model:
    """State the choice."""
    model = Model(tuple(options), demands)
    locked = demands.locked()
    for option in options:
        for w, way in enumerate(option.ways):
            model.columns[option.id, w] = len(model.columns)
            model.low.append(0.0)
            model.high.append(0.0 if locked.get(option.id) == 0 else 1.0)
            if option.id in locked and locked[option.id] not in (0, way.level):
                model.high[-1] = 0.0
        lock = locked.get(option.id, 0.0)
        at_least = 1.0 if lock > 0 else -kHighsInf
        model.rows.append((_in(model, option), at_least, 1.0))
    by_id = {o.id: o for o in options}
    for one, other in demands.excludes:
        both = _plus(_in(model, by_id[one]), _in(model, by_id[other]))
        model.rows.append((both, -kHighsInf, 1.0))
    for one, other in demands.requires:
        difference = _plus(_in(model, by_id[one]), _in(model, by_id[other]), -1.0)
        model.rows.append((difference, -kHighsInf, 0.0))
    for s in demands.synergies:
        column = len(model.low)
        model.low.append(0.0)
        model.high.append(1.0)
        model.synergies.append(column)
        one_in, other_in = _in(model, by_id[s.one]), _in(model, by_id[s.other])
        for side in (one_in, other_in):
            model.rows.append((_plus({column: 1.0}, side, -1.0), -kHighsInf, 0.0))
        model.rows.append(
            (_plus(_plus({column: 1.0}, one_in, -1.0), other_in, -1.0), -1.0, kHighsInf)
        )
    _money_and_posts(model)
    _shares(model)
    if demands.worst_off is not None:
        row = {c: float(g) for c, g in enumerate(model.gains()[:, 0]) if g}
        model.slacks.append(Slack("worst_off", "", len(model.rows), 1, 1.0, GAIN_NOK))
        close = _TINY * max(1.0, abs(demands.worst_off))
        model.rows.append((row, demands.worst_off - close, kHighsInf))
    return model


def _in(model: Model, option: Option) -> Row:
    return {model.columns[option.id, w]: 1.0 for w in range(len(option.ways))}


def _plus(one: Row, other: Row, factor: float = 1.0) -> Row:
    found = dict(one)
    for column, value in other.items():
        found[column] = found.get(column, 0.0) + factor * value
    return found


def _money_and_posts(model: Model) -> None:
    demands = model.demands
    for name, limits, unit, price in (
        ("frame", demands.frame, 100 * _MILLION, _MILLION),
        ("posts", demands.posts, 1000.0, POST_NOK),
    ):
        for year, most in limits:
            row: Row = {}
            for o in model.options:
                for w, way in enumerate(o.ways):
                    amount = way.nok if name == "frame" else way.posts
                    if way.start <= year and amount:
                        row[model.columns[o.id, w]] = amount / unit
            limit: Limit = "frame" if name == "frame" else "posts"
            model.slacks.append(Slack(limit, str(year), len(model.rows), -1, unit, price))
            # Half an øre (or a thousandth of a post) of room: sums of whole ones that just fit, do.
            model.rows.append((row, -kHighsInf, (most + 0.5) / unit))


def _shares(model: Model) -> None:
    spent = [
        (o, model.columns[o.id, w], max(way.nok, 0) / 100 / _MILLION)
        for o in model.options
        for w, way in enumerate(o.ways)
    ]
    for share in model.demands.shares:
        about = share.area or "universal"
        for limit, part, sign in (
            ("share_least", share.least, 1),
            ("share_most", share.most, -1),
        ):
            if (limit == "share_least" and part <= 0) or (limit == "share_most" and part >= 1):
                continue
            row: Row = {}
            for o, column, nok in spent:
                inside = o.universal if share.area is None else o.area == share.area
                row[column] = nok * ((1.0 if inside else 0.0) - part)
            half = 0.5 / (100 * _MILLION)
            bounds = (-half, kHighsInf) if sign > 0 else (-kHighsInf, half)
            kind: Limit = "share_least" if sign > 0 else "share_most"
            unit = 100 * _MILLION
            model.slacks.append(Slack(kind, about, len(model.rows), sign, unit, _MILLION))
            model.rows.append((row, *bounds))


POST_NOK = 900_000.0
"""Kroner a year that a post is reckoned at where demands are weighed against each other: our
assumption, about wages with social costs in a municipality."""
GAIN_NOK = 275_000.0
"""Kroner that a unit of gain is reckoned at there: what a healthy year costs at the margin of the
health services (Meld. St. 34 (2015-2016))."""


@dataclass(frozen=True)
class Solved:
    """Values of all columns, those of the slacks, and how far from the best at most."""

    values: Floats
    slack: Floats
    gap: float


def solve(
    model: Model,
    objective: Floats,
    *,
    extra: Sequence[tuple[Row, float, float]] = (),
    fixed: Mapping[int, float] | None = None,
    slack_prices: Sequence[tuple[int, int, float]] = (),
    gap: float = 0.0,
) -> Solved | None:
    """Greatest objective within the limits; ``None`` if nothing keeps to them.

    Args:
        model: the choice.
        objective: value of each column.
        extra: more rows.
        fixed: columns that are settled.
        slack_prices: (row, sign, price) of rows that may give.
        gap: relative gap that is good enough.
    """
    rows = [*model.rows, *extra]
    many = len(model.low)
    size = many + len(slack_prices)
    lp = HighsLp()
    lp.num_col_, lp.num_row_ = size, len(rows)
    lp.sense_ = ObjSense.kMaximize
    lp.col_cost_ = np.array([*objective, *(-p for _, _, p in slack_prices)], dtype=np.float64)
    low, high = np.array(model.low), np.array(model.high)
    for column, value in (fixed or {}).items():
        low[column] = high[column] = value
    lp.col_lower_ = np.concatenate([low, np.zeros(len(slack_prices))])
    lp.col_upper_ = np.concatenate([high, np.full(len(slack_prices), kHighsInf)])
    lp.row_lower_ = np.array([r[1] for r in rows])
    lp.row_upper_ = np.array([r[2] for r in rows])
    kinds = [HighsVarType.kInteger] * model.ways
    lp.integrality_ = kinds + [HighsVarType.kContinuous] * (size - model.ways)
    parts = [dict(r[0]) for r in rows]
    for k, (row, sign, _) in enumerate(slack_prices):
        parts[row][many + k] = float(sign)
    lp.a_matrix_.format_ = MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(p) for p in parts)])
    lp.a_matrix_.index_ = np.array([c for p in parts for c in p], dtype=np.int32)
    lp.a_matrix_.value_ = np.array([v for p in parts for v in p.values()], dtype=np.float64)
    highs = Highs()  # type: ignore[no-untyped-call]
    for name, setting in _OPTIONS.items():
        highs.setOptionValue(name, setting)
    highs.setOptionValue("mip_rel_gap", gap)
    highs.passModel(lp)
    highs.run()
    if highs.getModelStatus() != HighsModelStatus.kOptimal:
        return None
    found = np.array(highs.getSolution().col_value)
    left = float(highs.getInfo().mip_gap)
    reached = left if np.isfinite(left) and gap > 0 else 0.0
    return Solved(found[:many], found[many:], min(reached, gap))


_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_abs_gap": 0.0,
}
