"""The steps of indices of individual data as expressions that any database can run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from typing import Any
from uuid import uuid4

from jevn.indices.rank_curves import RankCurve
from jevn.indices.survey import Lone


@dataclass(frozen=True, slots=True)
class PersonColumns:
    """Which columns of a table of persons hold what.

    Attributes:
        outcome: health of each person; numbers or yes and no.
        ranker: what places persons on the social ladder, lowest first; numbers.
        weight: persons that each stands for; ``None``: all the same.
        cluster: primary sampling unit; ``None``: each person was drawn alone.
        stratum: stratum; ``None``: one.
        by: columns that part the persons, such as sex and year.
    """

    outcome: str
    ranker: str
    weight: str | None = None
    cluster: str | None = None
    stratum: str | None = None
    by: tuple[str, ...] = ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """Columns that must be numbers."""
        return tuple(dict.fromkeys(c for c in (self.outcome, self.ranker, self.weight) if c))

    @property
    def all(self) -> tuple[str, ...]:
        """All columns that are used, each once."""
        more = (self.cluster, self.stratum, *self.by)
        return tuple(dict.fromkeys([*self.numbers, *(c for c in more if c)]))

    @property
    def alone(self) -> bool:
        """Whether persons were drawn one by one, all together."""
        return self.cluster is None and self.stratum is None

    @property
    def keys(self) -> tuple[str, ...]:
        """Names of the parting columns in the expressions."""
        return tuple(f"key{i}" for i in range(len(self.by)))

    @property
    def design(self) -> tuple[str, ...]:
        """Names of stratum and cluster in the expressions, those that are given."""
        given = {"stratum": self.stratum, "cluster": self.cluster}
        return tuple(name for name, column in given.items() if column is not None)


@dataclass(frozen=True, eq=False)
class Rows:
    """Persons with the columns that are used, under fixed names; ``known``: all is known.

    Attributes:
        table: the expression.
        columns: what was asked for.
    """

    table: Any
    columns: PersonColumns

    def totals(self) -> list[dict[str, Any]]:
        """Numbers, mean and range of each part of the persons."""
        t = self.table
        used = t.known
        below = ((t.w < 0) | (t.w == float("inf"))).fill_null(False).cast("int64")
        found = _grouped(t, self.columns.keys).aggregate(
            everyone=t.count(),
            persons=t.count(where=used),
            weight=t.w.sum(where=used),
            outcome=(t.w * t.y).sum(where=used),
            least=t.y.min(where=used),
            greatest=t.y.max(where=used),
            bad_weights=below.sum(),
        )
        rows = _rows(found)
        for row in rows:
            row["mean"] = row["outcome"] / row["weight"] if row["persons"] else None
        return rows

    def cells(self, totals: list[dict[str, Any]]) -> Any:
        """Sums over the persons at each place in each cluster.

        Outcomes count from the mean of their part, so that no figures are lost in the sums.
        """
        t, columns = self.table.filter(self.table.known), self.columns
        means = _looked_up(t, columns.keys, totals)
        t = t.mutate(d=t.y - means)
        sums = {
            "n": t.count().cast("float64"),
            "a": t.w.sum(),
            "b": (t.w * t.d).sum(),
            "c": (t.w * t.d * t.d).sum(),
        }
        if columns.cluster is None:
            sums["q0"] = (t.w * t.w).sum()
            sums["q1"] = (t.w * t.w * t.d).sum()
            sums["q2"] = (t.w * t.w * t.d * t.d).sum()
        return t.group_by([*columns.keys, *columns.design, "x"]).aggregate(**sums)


def rows_of(table: Any, columns: PersonColumns) -> Rows:
    """Persons under fixed names, with a mark on those of whom all is known."""
    import ibis

    def number(column: str) -> Any:
        return table[column].cast("float64")

    def finite(value: Any) -> Any:
        # DuckDB 2.0 believes that a Parquet column whose recorded range has no not-a-number has
        # none, and says so when asked isnan(); a difference it must work out.
        return value - value == 0

    y, x = number(columns.outcome), number(columns.ranker)
    known = finite(y) & finite(x)
    chosen: dict[str, Any] = {"y": y, "x": x, "w": ibis.literal(1.0)}
    if columns.weight is not None:
        chosen["w"] = w = number(columns.weight)
        known &= finite(w) & (w > 0)
    for name in columns.design:
        value = table[getattr(columns, name)]
        known &= value.notnull()
        if value.type().is_string():
            known &= value != ""
        if value.type().is_floating():
            known &= finite(value)
        chosen[name] = value
    for name, column in zip(columns.keys, columns.by, strict=True):
        chosen[name] = table[column]
    return Rows(table.select(**chosen, known=known.fill_null(False)), columns)


def ladder_of(cells: Any, curves: Sequence[RankCurve], columns: PersonColumns) -> Any:
    """Each place of the ladder with what the influence of a person on it is made of.

    The influence of a person with outcome ``d`` above the mean on moment ``j`` is
    ``slope_j * d + shift_j``.
    """
    import ibis

    keys = list(columns.keys)
    t = cells
    if columns.design:
        sums = [c for c in ("n", "a", "b", "c", "q0", "q1", "q2") if c in cells.columns]
        t = cells.group_by([*keys, "x"]).aggregate(**{c: cells[c].sum() for c in sums})
    whole = ibis.window(group_by=keys)
    upto = ibis.cumulative_window(group_by=keys, order_by="x")
    t = t.mutate(all=t.a.sum().over(whole), end=t.a.sum().over(upto))
    t = t.mutate(p=t.a / t["all"], lower=(t.end - t.a) / t["all"], upper=t.end / t["all"])
    t = t.mutate(cube=t.p * t.p * t.p, own_mean=t.b / t.a)
    t = t.mutate(
        slope0=ibis.literal(1.0),
        shift0=ibis.literal(0.0),
        slope1=ibis.literal(0.0),
        shift1=3 * (t.p * t.p - t.cube.sum().over(whole)),
    )
    for at, curve in enumerate(curves, 2):
        end = curve.at(t.upper)
        t = t.mutate(
            **{
                f"slope{at}": curve.mean(t.lower, t.upper),
                f"end{at}": t.own_mean * end,
                f"step{at}": t.own_mean * (end - curve.at(t.lower)),
            }
        )
        t = t.mutate(**{f"past{at}": t[f"end{at}"] - t[f"step{at}"].sum().over(upto)})
        past = t[f"past{at}"]
        centre = (t.p * past).sum().over(whole)
        t = t.mutate(**{f"shift{at}": past - centre - t.own_mean * t[f"slope{at}"]})
    return t


@contextmanager
def kept(expression: Any) -> Iterator[Any]:
    """The rows of an expression, made once and held by the database for as long as needed."""
    backend = expression.get_backend()
    if backend.name != "duckdb":
        cached = expression.cache()
        try:
            yield cached
        finally:
            cached.release()
        return
    # Not by cache(): of Ibis 12 with SQLGlot 30, the statement that removes it has no name in it.
    name = f"jevn_{uuid4().hex}"
    table = backend.create_table(name, expression, temp=True)
    try:
        yield table
    finally:
        backend.raw_sql(f"DROP TABLE IF EXISTS {name}")


def moments_of(ladder: Any, curves: int, columns: PersonColumns) -> list[dict[str, Any]]:
    """Sums over the ladder, and the squares of the influences of persons drawn alone."""
    t = ladder
    sums: dict[str, Any] = {
        "positions": t.count(),
        "cubes": t.cube.sum(),
        "squares": (t.c / t["all"]).sum(),
    }
    for at in range(curves):
        sums[f"sum{at}"] = (t[f"slope{at + 2}"] * t.b / t["all"]).sum()
    if columns.alone:
        sums |= {name: value.sum() for name, value in _products(t, curves + 2).items()}
    return _rows(_grouped(t, columns.keys).aggregate(**sums))


def clusters_of(
    cells: Any, ladder: Any, curves: int, columns: PersonColumns, lone: Lone
) -> list[dict[str, Any]]:
    """Sampling covariances under the design: between the clusters within each stratum."""
    import ibis

    keys, size = list(columns.keys), curves + 2
    strata = [*keys, *(name for name in columns.design if name == "stratum")]
    places = [c for i in range(size) for c in (f"slope{i}", f"shift{i}")]
    right = ladder.select(
        **{f"{name}_": ladder[name] for name in [*keys, "x"]},
        **{"all": ladder["all"], **{name: ladder[name] for name in places}},
    )
    same = [cells[name].identical_to(right[f"{name}_"]) for name in [*keys, "x"]]
    t = cells.inner_join(right, same)
    parts = {f"z{i}": (t[f"slope{i}"] * t.b + t[f"shift{i}"] * t.a) / t["all"] for i in range(size)}
    if columns.cluster is None:
        products = _products(t, size)
        t = t.mutate(**parts)
        sums = {name: t[name].sum() for name in parts}
        t = t.mutate(**products)
        sums |= {name: t[name].sum() for name in products}
        t = _grouped(t, strata).aggregate(h=t.n.sum(), **sums)
    else:
        t = t.mutate(**parts)
        t = t.group_by([*strata, "cluster"]).aggregate(**{name: t[name].sum() for name in parts})
        pairs = {f"v{i}_{j}": t[f"z{i}"] * t[f"z{j}"] for i in range(size) for j in range(i, size)}
        t = _grouped(t, strata).aggregate(
            h=t.count().cast("float64"),
            **{name: t[name].sum() for name in parts},
            **{name: value.sum() for name, value in pairs.items()},
        )
    single = t.h < 1.5
    factor = t.h / single.ifelse(ibis.literal(1.0), t.h - 1)
    # The mean of all clusters is 0: influences are centred.
    alone = 1.0 if lone == "centred" else 0.0
    within = {
        f"v{i}_{j}": single.ifelse(
            alone * t[f"v{i}_{j}"], factor * (t[f"v{i}_{j}"] - t[f"z{i}"] * t[f"z{j}"] / t.h)
        ).sum()
        for i in range(size)
        for j in range(i, size)
    }
    found = _grouped(t, keys).aggregate(
        clusters=t.h.sum(), strata=t.count(), lone=single.cast("int64").sum(), **within
    )
    return _rows(found)


def _products(t: Any, size: int) -> dict[str, Any]:
    """Sums over the persons at a place of the products of their influences."""
    found = {}
    for i in range(size):
        for j in range(i, size):
            one, other = (t[f"slope{i}"], t[f"shift{i}"]), (t[f"slope{j}"], t[f"shift{j}"])
            crossed = one[0] * other[1] + one[1] * other[0]
            value = one[0] * other[0] * t.q2 + crossed * t.q1 + one[1] * other[1] * t.q0
            found[f"v{i}_{j}"] = value / (t["all"] * t["all"])
    return found


def _looked_up(t: Any, keys: Sequence[str], totals: list[dict[str, Any]]) -> Any:
    """The mean outcome of the part that each person belongs to."""
    import ibis

    if not keys:
        return ibis.literal(float(totals[0]["mean"] or 0.0) if totals else 0.0)
    branches = []
    for total in totals:
        if total["mean"] is not None:
            same = [_is(t[key], total[key]) for key in keys]
            branches.append((reduce(lambda a, b: a & b, same), float(total["mean"])))
    return ibis.cases(*branches, else_=0.0) if branches else ibis.literal(0.0)


def _is(column: Any, value: Any) -> Any:
    if value is None:
        return column.isnull()
    return column == value


def _grouped(t: Any, keys: Sequence[str]) -> Any:
    return t.group_by(list(keys)) if keys else t


def _rows(expression: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = expression.to_pyarrow().to_pylist()
    return found
